"""Turn a scene into arrays: mentions, pairs of mentions near each other, sources that may be one.

The network sees the text by its word vectors. What stands here is what those do not say: what kind
of mention it is, who shares a name with whom, and what the extractor found about each of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provenance.graph.cue_words import words
from provenance.graph.reader.scene import Scene, is_named
from provenance.model import Certainty, EventRole, MentionKind, SourceType, Span, SpeechKind

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

TYPES: Final = tuple(
    SourceType(name)
    for name in (
        "person",
        "unnamed",
        "news_outlet",
        "organization",
        "document",
        "intercept",
        "statement",
        "channel",
    )
)
_KINDS: Final = (MentionKind.NAME, MentionKind.DESCRIPTION, MentionKind.PRONOUN)
_ROLES: Final = ("", "subject", "object", "possessive", "oblique")
_EVENT_ROLES: Final = (
    EventRole.AGENT,
    EventRole.ARTEFACT,
    EventRole.CHANNEL,
    EventRole.ORIGIN,
    EventRole.RECIPIENT,
)
FAR: Final = 64
"""Words between two mentions of a pair at the most; sentences apart: one."""
_BESIDE: Final = 12
"""Words between mentions of two sources that may be one for standing there."""
_FLAGS, FOUND, TOLD = 5, 16, 6
_CROWD: Final = 40
"""Sources with a word in common that are compared with one another at the most."""
_EMPTY: Final = words("reading", "empty")

# columns of `Arrays.mentions`
HEAD, HEAD_LAST, FIRST, LAST, TYPE, KIND, ROLE, SENTENCE, OWNER, FLAGS = range(10)


@dataclass(frozen=True, slots=True)
class Arrays:
    """A scene in numbers.

    Attributes:
        mentions: [M, 14]: head's first and last word, phrase's first and last word, type, kind and
            role as numbers, sentence, source, and five flags.
        found: [M, 16]: what the attributions and events say of each mention.
        pairs: [P, 2] mentions of different sources near each other, either way round.
        told: {(source, source or -1 for the article): [6]}, what the extractor says of two.
        types: [S] the type of each source by its names.
        traits: [S, 4].
        alike: [Q, 2] sources that may be one, the lower number first.
        likeness: [Q, 11].
    """

    mentions: Integers
    found: Floats
    pairs: Integers
    told: dict[tuple[int, int], Floats]
    types: Integers
    traits: Floats
    alike: Integers
    likeness: Floats


def arrays_of(scene: Scene) -> Arrays:
    """Return *scene* in numbers."""
    mentions = _mentions(scene)
    types = np.array([TYPES.index(s.type) + 1 for s in scene.sources], np.int64)
    traits = _traits(scene)
    alike, likeness = _alike(scene, mentions, types, traits)
    return Arrays(
        mentions=mentions,
        found=_found(scene),
        pairs=_pairs(mentions),
        told=_told(scene),
        types=types,
        traits=traits,
        alike=alike,
        likeness=likeness,
    )


def _mentions(scene: Scene) -> Integers:
    starts = sorted({m.sentence.start for m in scene.mentions})
    sentences = {start: number for number, start in enumerate(starts)}
    rows = [
        (
            scene.word_at(m.head.start),
            scene.word_at(m.head.end - 1),
            scene.word_at(m.span.start),
            scene.word_at(m.span.end - 1),
            TYPES.index(m.type) + 1 if m.type else 0,
            _KINDS.index(m.kind),
            _ROLES.index(m.role) if m.role in _ROLES else 0,
            sentences[m.sentence.start],
            owner,
            m.plural,
            m.definite,
            m.called,
            m.place,
            m.span.start < scene.headline,
        )
        for m, owner in zip(scene.mentions, scene.owners, strict=True)
    ]
    return np.array(rows, np.int64).reshape(-1, 9 + _FLAGS)


def _traits(scene: Scene) -> Floats:
    own: list[list[int]] = [[] for _ in scene.sources]
    for number, owner in enumerate(scene.owners):
        own[owner].append(number)
    rows = [
        (
            0.0,
            is_named([scene.mentions[n] for n in numbers]),
            bool(numbers) and scene.mentions[numbers[0]].plural,
            bool(source.wikidata),
        )
        for source, numbers in zip(scene.sources, own, strict=True)
    ]
    return np.array(rows, np.float32).reshape(-1, 4)


def _pairs(mentions: Integers) -> Integers:
    """Return the pairs of mentions of different sources within reach of each other."""
    heads, count = mentions[:, HEAD], len(mentions)
    order = np.argsort(heads, kind="stable")
    found: list[Integers] = []
    for step in range(1, count):
        one, other = order[:-step], order[step:]
        near = heads[other] - heads[one] <= FAR
        if not near.any():
            break
        one, other = one[near], other[near]
        fits = np.abs(mentions[one, SENTENCE] - mentions[other, SENTENCE]) <= 1
        fits &= mentions[one, OWNER] != mentions[other, OWNER]
        both = np.stack([one[fits], other[fits]], 1)
        found += [both, both[:, ::-1]]
    if not found:
        return np.zeros((0, 2), np.int64)
    pairs: Integers = np.concatenate(found)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _found(scene: Scene) -> Floats:
    """Return what the attributions and events say of each mention."""
    found = np.zeros((len(scene.mentions), FOUND), np.float32)
    places = {m.span: n for n, m in enumerate(scene.mentions)}
    starts = np.array([m.span.start for m in scene.mentions])
    ends = np.array([m.span.end for m in scene.mentions])
    for one in scene.extraction.attributions:
        speaks = (one.score, one.depth == 0, one.stance is not None)
        row = np.array([*speaks, one.speech is not SpeechKind.INDIRECT], np.float32)
        for n in (places[s] for s in one.speakers if s in places):
            found[n, :4] = np.maximum(found[n, :4], row)
        for column, spans in ((4, one.route), (5, one.basis), (6, one.against)):
            found[[places[s] for s in spans if s in places], column] = 1
        for span in one.content:
            found[(starts >= span.start) & (ends <= span.end), 7] = 1
        for span in one.source:
            found[(starts < span.end) & (ends > span.start), 8] = 1
    for event in scene.extraction.events:
        for part in (p for p in event.participants if p.span in places):
            found[places[part.span], 9 + _EVENT_ROLES.index(part.role)] = 1
    return found


def _told(scene: Scene) -> dict[tuple[int, int], Floats]:
    """Return what the extractor says of two sources, or of one and the article (-1)."""
    told: dict[tuple[int, int], Floats] = {}
    for one, other, column, value in (*_by_attributions(scene), *_by_events(scene)):
        row = told.setdefault((one, other), np.zeros(TOLD, np.float32))
        row[column] = max(row[column], value)
    return told


def _by_attributions(scene: Scene) -> Iterator[tuple[int, int, int, float]]:
    owners = scene.owner_of()

    def known(spans: Iterable[Span]) -> list[int]:
        return [owners[s] for s in spans if s in owners]

    attributions = scene.extraction.attributions
    for one in attributions:
        outer = [
            teller
            for other in attributions
            if other.depth < one.depth and any(one.cue[0] in c for c in other.content)
            for teller in known(other.speakers)
        ]
        for speaker in known(one.speakers):
            yield speaker, -1, 1, one.score
            yield from ((speaker, way, 2, 1.0) for way in known(one.route))
            yield from ((basis, speaker, 2, 1.0) for basis in known(one.basis))
            yield from ((speaker, rival, 3, 1.0) for rival in known(one.against))
            yield from ((speaker, teller, 5, 1.0) for teller in outer)


def _by_events(scene: Scene) -> Iterator[tuple[int, int, int, float]]:
    owners = scene.owner_of()
    for event in scene.extraction.events:
        if event.certainty is Certainty.DENIED:
            continue
        parts = [(p.role, owners[p.span]) for p in event.participants if p.span in owners]
        things = [owner for role, owner in parts if role is EventRole.ARTEFACT]
        for role, who in parts:
            for thing in (t for t in things if t != who and role is not EventRole.ARTEFACT):
                if role is EventRole.RECIPIENT:
                    yield thing, who, 4, 1.0
                elif role is EventRole.AGENT:
                    yield who, thing, 0, 1.0
                    yield who, thing, 1, 1.0
                else:
                    yield who, thing, 4, 1.0


def _alike(
    scene: Scene, mentions: Integers, types: Integers, traits: Floats
) -> tuple[Integers, Floats]:
    """Return the pairs of sources that may be one, and what speaks for it."""
    names = [_Names.of(scene, n) for n in range(len(scene.sources))]
    heads: list[Integers] = [mentions[mentions[:, OWNER] == n, HEAD] for n in range(len(names))]
    pairs, rows = [], []
    for one, other in sorted(_candidates(names, mentions)):
        a, b = names[one], names[other]
        if not a.words or not b.words or not len(heads[one]) or not len(heads[other]):
            continue
        shared = len(a.words & b.words)
        held = any(holds(x, y) or holds(y, x) for x in a.plain for y in b.plain)
        acronym = bool(a.initials & b.short or b.initials & a.short)
        apart = int(np.abs(heads[one][:, None] - heads[other][None, :]).min())
        same_head = bool(a.heads & b.heads)
        if not (shared or held or same_head or acronym or apart <= _BESIDE):
            continue
        pairs.append((one, other))
        rows.append(
            (
                shared / len(a.words | b.words),
                shared / min(len(a.words), len(b.words)),
                held,
                same_head,
                acronym,
                types[one] == types[other],
                min(apart, 60) / 60,
                traits[one, 1],
                traits[other, 1],
                apart <= 4,
                min(abs(int(heads[one].min()) - int(heads[other].min())), 400) / 400,
            )
        )
    return np.array(pairs, np.int64).reshape(-1, 2), np.array(rows, np.float32).reshape(-1, 11)


@dataclass(frozen=True, slots=True)
class _Names:
    """How one source is called, taken apart.

    Attributes:
        words: Of all its phrases, lower-cased.
        plain: The phrases, normalised.
        heads: Last words of its heads.
        short, initials: Acronyms among its phrases, and those that its phrases would make.
    """

    words: frozenset[str]
    plain: frozenset[str]
    heads: frozenset[str]
    short: frozenset[str]
    initials: frozenset[str]

    @classmethod
    def of(cls, scene: Scene, number: int) -> "_Names":
        source = scene.sources[number]
        found = {w for text in source.aliases for w in re.findall(r"[\w&]+", text.lower())}
        return cls(
            words=frozenset(found - _EMPTY),
            plain=frozenset({normalised(text) for text in source.aliases} - {""}),
            heads=frozenset(
                words[-1]
                for mention, owner in zip(scene.mentions, scene.owners, strict=True)
                if owner == number and mention.kind is not MentionKind.PRONOUN
                if (words := scene.text[mention.head.start : mention.head.end].lower().split())
            ),
            short=frozenset(filter(None, map(_acronym, source.aliases))),
            initials=frozenset(filter(None, map(_initials, source.aliases))),
        )


def _candidates(names: Sequence[_Names], mentions: Integers) -> set[tuple[int, int]]:
    """Return pairs of sources with a word, a head or an acronym in common, or side by side."""
    index: dict[tuple[str, str], list[int]] = {}
    for number, one in enumerate(names):
        for kind, forms in (("w", one.words), ("h", one.heads), ("a", one.short | one.initials)):
            for word in forms:
                index.setdefault((kind, word), []).append(number)
    found = set()
    for numbers in index.values():
        few = numbers[:_CROWD]
        found |= {(a, b) for i, a in enumerate(few) for b in few[i + 1 :] if a != b}
    order = np.argsort(mentions[:, HEAD], kind="stable")
    for step in range(1, len(order)):
        before, after = order[:-step], order[step:]
        near = mentions[after, HEAD] - mentions[before, HEAD] <= _BESIDE
        if not near.any():
            break
        owners = mentions[np.stack([before[near], after[near]], 1), OWNER]
        found |= {(int(a), int(b)) for a, b in owners if a != b}
    return {(min(a, b), max(a, b)) for a, b in found}


def normalised(name: str) -> str:
    """Return *name* as names are compared: lower-cased, without article and possessive."""
    name = name.replace("’", "'").replace("‘", "'").casefold().strip(" \t\n\"'“”.,;:()")
    name = re.sub(r"^(the|a|an)\s+", "", name)
    name = re.sub(r"'s\b", "", name)
    return " ".join(name.split())


@lru_cache(maxsize=50_000)
def _padded(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text)} "


def holds(short: str, long: str) -> bool:
    """Whether *short* stands in *long* as whole words."""
    return (
        len(short) > 2
        and len(long) > 2
        and bool(_padded(short).strip())
        and _padded(short) in _padded(long)
    )


def _acronym(text: str) -> str:
    bare = text.replace(".", "")
    return bare if 2 <= len(bare) <= 6 and bare.isupper() else ""


def _initials(text: str) -> str:
    return "".join(w[0] for w in re.findall(r"[A-Za-z]\w*", text) if w[0].isupper())
