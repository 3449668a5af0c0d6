"""Who is heard: whoever is quoted, nobody where he is silent; and who is one with whom."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from provenance.graph.disputing import MOUTHS
from provenance.graph.hops import reached_from
from provenance.graph.reader.features import Arrays, Integers
from provenance.graph.reader.network import Scores
from provenance.graph.reader.scene import Scene
from provenance.model import (
    Basis,
    Certainty,
    Dispute,
    EventKind,
    EventRole,
    Flow,
    SourceType,
    SpeechKind,
)

_NOT: Final = np.float32(-9.0)
"""The log-odds of what is not so."""
_HANDING: Final = {
    EventKind.LEAK,
    EventKind.OBTAINING,
    EventKind.POSTING,
    EventKind.THEFT,
    EventKind.TRANSFER,
}
_CUSTODY: Final = {f"custody: {kind.value.replace('_', ' ')}" for kind in EventKind}
_LIKELY = 0.5
_QUOTED: Final = 25
"""Code points of a quotation that makes a source, at the least: no mere term."""
_NO_NAME: Final = re.compile(
    r"\b(?:anonym|(?:asked|asking|wanted|wished|requested|requesting|declined|refused|preferred) "
    r"(?:not )?(?:to|that) .{0,20}\b(?:named|identified)\b|not authori[sz]ed to (?:speak|talk))",
    re.IGNORECASE,
)
"""What is said of a speaker who would not give his name."""
_TITLES: Final = {
    "mr": "m",
    "sir": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "madam": "f",
    "dame": "f",
}


def hushed(scores: Scores, scene: Scene, a: Arrays) -> Scores:
    """Return *scores* with nothing said, handed on or disputed where somebody is silent.

    And with Mr and Mrs Lee apart.
    """
    titled = [
        {_TITLES.get(w) for t in s.aliases for w in _first(t)} - {None} for s in scene.sources
    ]
    apart = [bool(titled[i] and titled[j] and not titled[i] & titled[j]) for i, j in a.alike]
    scores = replace(scores, same=np.where(np.array(apart, bool), _NOT, scores.same))
    owners = scene.owner_of()
    silent = {s: owners[s] for s in scene.extraction.silent if s in owners}
    quiet = np.array(
        [
            any(m.span in span and owner == whose for span, whose in silent.items())
            for m, owner in zip(scene.mentions, scene.owners, strict=True)
        ],
        bool,
    )
    if not quiet.any():
        return scores
    said = (s for one in scene.extraction.attributions for s in one.speakers if not one.depth)
    speaking = {owners[s] for s in said if s in owners}  # elsewhere
    mute = quiet & np.array([owner not in speaking for owner in scene.owners], bool)
    pair = np.where(quiet[a.pairs[:, 0]][:, None], _NOT, scores.pair)
    return replace(scores, mention=np.where(mute, _NOT, scores.mention), pair=pair)


def _first(text: str) -> list[str]:
    return [word.rstrip(".").casefold() for word in text.split()[:1]]


def heard(scene: Scene, groups: Integers) -> set[int]:
    """Return the groups of sources that the article itself lets speak at some length.

    Anybody whose own words it quotes, and who speaks but wants no name.
    """
    owners = scene.owner_of()
    secret = {
        owner
        for mention, owner in zip(scene.mentions, scene.owners, strict=True)
        if scene.sources[owner].type is SourceType.UNNAMED
        and _NO_NAME.search(scene.text, mention.span.end, mention.sentence.end)
    }
    return {
        int(groups[owners[span]])
        for one in scene.extraction.attributions
        if not one.depth and one.stance is None
        if sum(piece.end - piece.start for piece in one.content) > _QUOTED
        for span in one.speakers
        if span in owners
        if one.speech is SpeechKind.DIRECT or owners[span] in secret
    }


def let_speak(
    quoted: Iterable[int],
    told: Iterable[tuple[int, int]],
    article: dict[int, float],
    rows: Mapping[tuple[int, int], list[float]],
    least: tuple[float, float],
) -> None:
    """Let whoever is quoted, and would go nowhere, go where rules say.

    Args:
        quoted: Groups of sources.
        told: The hops that rules tell, -1 for the article.
        article: Log-odds of last hops, which are raised.
        rows: Those of hops in the first column, which are raised.
        least: From which log-odds on a last hop, and a hop, are in the graph.
    """
    mute = {one for one in quoted if article[one] < least[0]}
    mute -= {one for (one, _), row in rows.items() if row[0] >= least[1]}
    for one, other in told:
        if one in mute and other < 0:
            article[one] = least[0]
        elif one in mute and (one, other) in rows:
            rows[one, other][0] = least[1]


def handed(scene: Scene, groups: Integers) -> set[int]:
    """Return the groups of artefacts that the article follows from hand to hand."""
    owners = scene.owner_of()
    times: Counter[int] = Counter()
    for event in scene.extraction.events:
        if event.kind in _HANDING and event.certainty is not Certainty.DENIED:
            things = (p for p in event.participants if p.role is EventRole.ARTEFACT)
            times.update({int(groups[owners[p.span]]) for p in things if p.span in owners})
    return {group for group, count in times.items() if count > 1}


def let_pass(
    things: Iterable[int],
    told: Mapping[tuple[int, int], Flow],
    rows: dict[tuple[int, int], list[float]],
    least: float,
    blank: Sequence[float],
) -> None:
    """Let what goes from hand to hand go as rules say, which follow it through the text.

    Args:
        things: Groups of artefacts.
        told: The hops that rules tell.
        rows: Log-odds of hops in the first column, which are raised, and lowered the other way.
        least: From which log-odds on a hop is in the graph.
        blank: The log-odds of sources too far apart to be scored.
    """
    custody = {
        pair
        for pair, hop in told.items()
        if hop.decision and hop.decision.rule in _CUSTODY and -1 not in pair
    }
    hands = {*things}
    while more := {end for pair in custody if {*pair} & hands for end in pair} - hands:
        hands |= more
    onward: dict[int, set[int]] = {}
    for one, other in custody:
        onward.setdefault(one, set()).add(other)
    for one in sorted(hands):
        behind = reached_from(onward.get(one, set()), onward)
        for other in sorted(onward.get(one, set()) | behind):
            row = rows.setdefault((one, other), [*blank])
            if other not in onward[one]:
                row[0] = min(row[0], blank[0])  # over the heads of those between
            else:
                row[0] = max(row[0], least)
            if (other, one) in rows and (other, one) not in told:
                rows[other, one][0] = min(rows[other, one][0], blank[0])


def merged(pairs: Integers, scores: np.ndarray, count: int, least: float) -> tuple[Integers, int]:
    """Return the group of each of *count* sources, the surest pairs joined first, and how many."""
    parent = list(range(count))

    def top(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for row in np.argsort(-scores, kind="stable"):
        if round(float(scores[row]), 3) < least:
            break
        one, other = sorted((top(int(pairs[row, 0])), top(int(pairs[row, 1]))))
        parent[other] = one
    tops = sorted({top(number) for number in range(count)})
    order = {number: place for place, number in enumerate(tops)}
    return np.array([order[top(number)] for number in range(count)], np.int64), len(tops)


def without_rivals(disputes: Iterable[Dispute]) -> list[Dispute]:
    """Return *disputes* without those that one told by the same word makes unlikely.

    One "denied" is rarely two denials: what is less than half as sure as the surest is left out,
    and whatever the network has alone where rules say the same as it of the surest.
    """
    found = list(disputes)

    def may_stay(one: Dispute) -> bool:
        rivals = (d for d in found if d.source == one.source and {*d.cues} & {*one.cues})
        first = max(rivals, key=lambda d: d.score, default=one)
        agreed = first.score >= _LIKELY and _is_told(first) and not _is_told(one)
        return one is first or not (agreed or 2 * one.score < first.score)

    return [one for one in found if may_stay(one)]


def speaks_for(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether somebody called *one* is the mouth of whoever is called *other*: "Lee's lawyer"."""
    mouths = [f" {text.casefold()} " for text in one if MOUTHS.search(text.casefold())]
    names = [name.casefold() for name in other]
    forms = [f" {name}{end} " for name in names for end in ("'s", "’s", "'", "’")]
    forms += [f" {word} {name} " for name in names for word in ("for", "of")]
    return any(form in mouth for form in forms for mouth in mouths)


def _is_told(one: Dispute) -> bool:
    return one.decision is not None and one.decision.by is Basis.BOTH
