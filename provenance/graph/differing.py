"""What changed between two graphs: of two versions of an article, or of prov."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from provenance.extraction.lexicon import words
from provenance.graph import cue_words
from provenance.model import ARTICLE, Claim, Dispute, Flow, Source, SourceGraph

Key = TypeVar("Key")
_ALIKE, _ALIKE_OF_ONE = 0.75, 0.6
"""How alike the words of two claims are, at the least, that are one claim in two versions; of the
same sources."""
_WORD = re.compile(r"\b[a-z][a-z-]*")
_SAYING = cue_words.words("differing", "saying")


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One thing that is otherwise in the second graph.

    Attributes:
        what: "source", "flow", "dispute" or "claim".
        change: "added", "dropped", "softened" or "hardened" (its certainty, or that its words
            hedge more or less), "reworded", "moved" (to other sources) or "retyped".
        text: In words, for people.
    """

    what: str
    change: str
    text: str


def differences(before: SourceGraph, after: SourceGraph) -> tuple[Difference, ...]:
    """Return what is otherwise in *after* than in *before*, sources first.

    Sources are matched by id, then by name; claims by their words, so that where they stand does
    not matter.
    """
    ids = _matched_sources(before, after)
    found = [*_sources(before, after, ids), *_flows(before, after, ids)]
    return (*found, *_disputes(before, after, ids), *_claims(before, after))


def _matched_sources(before: SourceGraph, after: SourceGraph) -> dict[str, str]:
    """Return the id in *after* of each source in *before* that is there too."""
    theirs = {source.id: source for source in after.sources}
    ids = {s.id: s.id for s in before.sources if s.id in theirs}
    free = {id: s for id, s in theirs.items() if id not in ids.values()}
    for source in before.sources:
        if source.id in ids:
            continue
        names = {source.name, *source.aliases}
        other = next((s for s in free.values() if names & {s.name, *s.aliases}), None)
        if other is not None:
            ids[source.id] = other.id
            del free[other.id]
    return ids | {ARTICLE: ARTICLE}


def _sources(before: SourceGraph, after: SourceGraph, ids: dict[str, str]) -> Iterator[Difference]:
    theirs = {source.id: source for source in after.sources}
    for source in before.sources:
        other = theirs.get(ids.get(source.id, ""))
        if other is None:
            yield Difference("source", "dropped", _called(source))
        elif other.type is not source.type:
            yield Difference("source", "retyped", f"{_called(source)}, now {other.type.value}")
        elif other.name != source.name:
            yield Difference("source", "reworded", f"{source.name}, now {other.name}")
    known = set(ids.values())
    for source in after.sources:
        if source.id not in known:
            yield Difference("source", "added", _called(source))


def _called(source: Source) -> str:
    return f"{source.name} ({source.type.value})"


def _flows(before: SourceGraph, after: SourceGraph, ids: dict[str, str]) -> Iterator[Difference]:
    ours = {(ids.get(f.source, f.source), ids.get(f.target, f.target)): f for f in before.flows}
    theirs = {(f.source, f.target): f for f in after.flows}
    yield from _compared("flow", ours, theirs, _Names(before), _Names(after))


def _disputes(before: SourceGraph, after: SourceGraph, ids: dict[str, str]) -> Iterator[Difference]:
    ours = {
        (ids.get(d.source, d.source), ids.get(d.target, d.target), d.stance): d
        for d in before.disputes
    }
    theirs = {(d.source, d.target, d.stance): d for d in after.disputes}
    yield from _compared("dispute", ours, theirs, _Names(before), _Names(after))


class _Names(dict[str, str]):
    """What to call the sources of a graph."""

    def __init__(self, graph: SourceGraph) -> None:
        super().__init__({source.id: source.name for source in graph.sources})
        self[ARTICLE] = "the article"

    def told(self, one: Flow | Dispute) -> str:
        """Return a flow or dispute in words."""
        ends = self.get(one.source, one.source), self.get(one.target, one.target)
        if isinstance(one, Flow):
            return f"{ends[0]} to {ends[1]}"
        return f"{ends[0]} {one.stance.value} {ends[1]}"


def _compared(
    what: str,
    ours: dict[Key, Flow] | dict[Key, Dispute],
    theirs: dict[Key, Flow] | dict[Key, Dispute],
    before: _Names,
    after: _Names,
) -> Iterator[Difference]:
    for ends, one in ours.items():
        other = theirs.get(ends)
        if other is None:
            yield Difference(what, "dropped", before.told(one))
        elif other.certainty is not one.certainty:
            weaker = other.certainty.rank > one.certainty.rank
            told = f"{before.told(one)}: {one.certainty.value}, now {other.certainty.value}"
            yield Difference(what, "softened" if weaker else "hardened", told)
    for ends, one in theirs.items():
        if ends not in ours:
            yield Difference(what, "added", after.told(one))


def _claims(before: SourceGraph, after: SourceGraph) -> Iterator[Difference]:
    names, others = _Names(before), _Names(after)
    pairs, dropped, added = _matched_claims(before.claims, after.claims)
    for one, other in pairs:
        if one.certainty is not other.certainty:
            weaker = other.certainty.rank > one.certainty.rank
            told = f"“{other.text}”: {one.certainty.value}, now {other.certainty.value}"
            yield Difference("claim", "softened" if weaker else "hardened", told)
        if one.text != other.text:
            change = _changed_words(one, other)
            yield Difference("claim", change, f"“{one.text}”, now “{other.text}”")
        was, now = ({n.get(i, i) for i in c.sources} for n, c in ((names, one), (others, other)))
        if was != now:
            told = f"“{other.text}”: {', '.join(sorted(was))}, now {', '.join(sorted(now))}"
            yield Difference("claim", "moved", told)
    for claim in dropped:
        yield Difference("claim", "dropped", f"“{claim.text}”")
    for claim in added:
        yield Difference("claim", "added", f"“{claim.text}”")


def _changed_words(one: Claim, other: Claim) -> str:
    """Return what the words of *other* do to those of *one*: whether they hedge more or less."""
    before, after = _hedges(one.text), _hedges(other.text)
    if one.certainty is not other.certainty or (before <= after) == (after <= before):
        return "reworded"
    return "softened" if before < after else "hardened"


def _hedges(text: str) -> frozenset[str]:
    """Return the words of *text* that leave open whether it is so; in capitals May is a month."""
    hedging = (words("certainty", "alleged") | words("certainty", "speculative")) - _SAYING
    said = (word.removesuffix(end) for word in _WORD.findall(text) for end in ("", "s", "ed", "d"))
    return frozenset(said) & hedging


def _matched_claims(
    before: tuple[Claim, ...], after: tuple[Claim, ...]
) -> tuple[list[tuple[Claim, Claim]], list[Claim], list[Claim]]:
    """Return the claims that are in both, those only in *before*, and those only in *after*."""
    free = list(after)
    pairs, dropped = [], []
    for claim in before:
        same = next((c for c in free if c.text == claim.text), None)
        if same is not None:
            pairs.append((claim, same))
            free.remove(same)
        else:
            dropped.append(claim)
    for claim in list(dropped):
        said = claim.text.split()
        scored = [(SequenceMatcher(None, said, c.text.split()).ratio(), c) for c in free]
        score, best = max(scored, key=lambda s: s[0], default=(0.0, claim))
        if score >= (_ALIKE_OF_ONE if claim.sources == best.sources else _ALIKE):
            pairs.append((claim, best))
            dropped.remove(claim)
            free.remove(best)
    return pairs, dropped, free
