"""A chain of custody as one plain sentence, from the reader back to the origin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.common.wordlists import read_words
from provenance.graph import READ_AS, claim_words, dispute_words, doubt, findings, quoted
from provenance.model import (
    ARTICLE,
    CargoKind,
    Certainty,
    Chain,
    Claim,
    CustodyEvent,
    EventKind,
    EventRole,
    Flow,
    FlowKind,
    Source,
    SourceGraph,
    SourceType,
    Span,
    Stance,
)
from provenance.view.wording import EVENTS, Pieces, unquoted, within

_HEDGES = {
    Certainty.ALLEGED: "allegedly",
    Certainty.SPECULATIVE: "possibly",
    Certainty.DENIED: "though this is denied,",
}
_SHORT = 4
"""Words that a claim has at the least that is told where others could be."""
_DETERMINERS = read_words("provenance.view", "words.toml", "sentences", "determiners")
_RELATIVE = read_words("provenance.view", "words.toml", "sentences", "relative")
_PREPOSITIONS = {EventRole.ORIGIN: "from", EventRole.CHANNEL: "on", EventRole.AGENT: "by"}
_FIRST = {Stance.DENIES: "However,", Stance.DOUBTS: "However,", Stance.CONFIRMS: "Besides,"}
_UNTOLD = frozenset({EventKind.DENIAL, EventKind.AUTHENTICATION, EventKind.INTERVIEW})
"""Events that say nothing of how an artefact came from its upstream source."""


@dataclass(frozen=True, slots=True)
class _Index:
    """A graph, looked up once for all of its chains."""

    graph: SourceGraph
    sources: Mapping[str, Source]
    events: Mapping[str, list[CustodyEvent]]
    claims: Mapping[str, Claim]
    bearing: Mapping[str, Sequence[int]]
    leading: frozenset[str]


def _index(graph: SourceGraph) -> _Index:
    events: dict[str, list[CustodyEvent]] = {}
    for event in graph.events:
        for one in event.participants:
            if one.role is EventRole.ARTEFACT:
                events.setdefault(one.source_id, []).append(event)
    points = findings(graph).points
    return _Index(
        graph,
        {source.id: source for source in graph.sources},
        events,
        {claim.id: claim for claim in graph.claims},
        {point.id: point.disputes for point in points},
        frozenset(point.id for point in points if point.leads),
    )


def tell_chains(graph: SourceGraph, chains: Iterable[Chain]) -> list[Pieces]:
    """Return each chain as a sentence, its gaps and who disputes what it runs through included."""
    index = _index(graph)
    return [_tell(index, chain) for chain in chains]


def _tell(index: _Index, chain: Chain) -> Pieces:
    hops = [hop for hop in reversed(chain.flows) if hop.target != ARTICLE]
    nearest = chain.flows[-1].source if chain.flows[-1].target == ARTICLE else hops[0].target
    hedge = _HEDGES.get(chain.flows[-1].certainty) if nearest == chain.flows[-1].source else None
    last = doubt(chain.flows[-1].score) if nearest == chain.flows[-1].source else ""
    claim = _claim(index, chain)
    words = claim_words(index.graph, claim, _ids(chain)) if claim else ""
    how = "according to" if claim and not words else "by way of"
    begin = " ".join(filter(None, [last, hedge, how]))
    pieces = [*_named(index, _capital(begin), nearest), *_left_out(chain, nearest)]
    for hop in hops:
        pieces += [*_named(index, _link(index, hop), hop.source), *_left_out(chain, hop.source)]
    told = _told(claim, words) if claim else _quoted(index, chain)
    return [*pieces, told, *_disputed(index, chain)]


def _capital(words: str) -> str:
    """Return *words* as a sentence begins, those in brackets, too: "[Probably] according to"."""
    at = words.startswith("[")
    return words[:at] + words[at].upper() + words[at + 1 :]


def _ids(chain: Chain) -> set[str]:
    return {chain.origin, *(flow.target for flow in chain.flows)}


def _claim(index: _Index, chain: Chain) -> Claim | None:
    """Return what of all that travels along *chain* is told: what says most by itself."""
    claims = [index.claims[one.name] for one in chain.cargo if one.name in index.claims]
    leading = [claim for claim in claims if claim.id in index.leading]
    if leading or not claims:
        return next(iter(leading), None)

    def alone(claim: Claim) -> tuple[bool, bool]:
        short = len(claim.text.split()) < _SHORT
        return bool(claim_words(index.graph, claim, _ids(chain))) or short, short

    return min(claims, key=alone)


def _quoted(index: _Index, chain: Chain) -> str:
    """Return the sentence by which a chain without a claim reaches the reader: all that is told.

    Not where that tells a claim, which others make.
    """
    told = (one.name.split("-") for one in chain.cargo if one.kind is CargoKind.SENTENCE)
    spans = [Span(int(start), int(end)) for start, end in told] or chain.flows[-1].evidence
    claims = [span for claim in index.claims.values() for span in claim.content]
    spans = [span for span in spans if not any(span.overlaps(one) for one in claims)]
    sentence = within(" ".join(quoted(index.graph, min(spans)).split())) if spans else ""
    return f"; the article says: “{sentence}”" if sentence else "."


def _told(claim: Claim, words: str) -> str:
    """Return a claim as the article words it: with its verb where *words* are given."""
    told = within(" ".join(words.split()) if words else unquoted(claim.text))
    end = "”" if told.rstrip("'’").endswith((".", "!", "?")) else "”."
    return f"{'; the article says' if words else ', as the article puts it'}: “{told}{end}"


def _named(index: _Index, words: str, id_: str) -> Pieces:
    """Return *words* and the source: a thing that only a description names gets its article."""
    source = index.sources.get(id_)
    if source is None:
        return [words, f"@{id_}"]
    if source.type is SourceType.UNNAMED:
        return [words, f"@{id_}", "(unnamed)"]
    described = not source.type.is_agent and source.name[:1].islower()
    bare = described and source.name.split()[0] not in _DETERMINERS
    return [f"{words} the" if bare else words, f"@{id_}"]


def _left_out(chain: Chain, id_: str) -> Pieces:
    reasons = [gap.reason for gap in chain.gaps if gap.source == id_]
    return [f"({'; '.join(dict.fromkeys(reasons))})"] if reasons else []


def _link(index: _Index, hop: Flow) -> str:
    """Return the words between the downstream end of *hop* and its upstream end."""
    upstream, downstream = index.sources.get(hop.source), index.sources.get(hop.target)
    types = (upstream.type if upstream else None, downstream.type if downstream else None)
    words = _happened(index.events.get(hop.target, ()), hop, types[0]) or _plainly(hop.kind, *types)
    own, hedge = doubt(hop.score), _HEDGES.get(hop.certainty, "")
    who, _, rest = words.partition(" ")
    if who not in _RELATIVE:
        return f", {' '.join(filter(None, [own, hedge, words]))}"
    aside = "," if hedge.endswith(",") else ""
    return f", {' '.join(filter(None, [who, own]))}{aside} {' '.join(filter(None, [hedge, rest]))}"


def _happened(events: Iterable[CustodyEvent], hop: Flow, upstream: SourceType | None) -> str:
    """Return what the text says happened to the artefact *hop.target* through *hop.source*."""
    told = (
        _deed(event, one.role, upstream)
        for event in events
        if event.kind not in _UNTOLD
        for one in event.participants
        if one.source_id == hop.source and one.role in _PREPOSITIONS
    )
    return next(told, "")


def _deed(event: CustodyEvent, role: EventRole, upstream: SourceType | None) -> str:
    if event.kind is EventKind.DISCOVERY:
        return "traced by" if role is EventRole.AGENT else "traced to"
    if event.kind is EventKind.PUBLICATION and role is EventRole.ORIGIN:
        return "from" if upstream is None or upstream.is_agent else "drawing on"
    return f"{EVENTS[event.kind.value].removeprefix('was ')} {_PREPOSITIONS[role]}"


def _plainly(kind: FlowKind, upstream: SourceType | None, downstream: SourceType | None) -> str:
    if upstream is None or upstream.is_agent:
        if downstream in (SourceType.STATEMENT, SourceType.CHANNEL):
            return "in the words of"
        if downstream is not None and not downstream.is_agent and kind is FlowKind.DERIVED_FROM:
            return "which came from"
        who = "who" if downstream in (SourceType.PERSON, SourceType.UNNAMED) else "which"
        return f"{who} had it from"
    if upstream is SourceType.CHANNEL:
        return "by way of"
    return "citing" if downstream is None or downstream.is_agent else "drawing on"


def _disputed(index: _Index, chain: Chain) -> Pieces:
    """Return who disputes what comes along *chain*, each in the text's own words."""
    ids = _ids(chain)
    points = [index.bearing.get(one.name, ()) for one in chain.cargo]
    numbers = dict.fromkeys(number for numbers in points for number in numbers)
    pieces: Pieces = []
    for one in (index.graph.disputes[number] for number in numbers):
        if one.source in ids or one.target not in ids:
            continue
        words = dispute_words(index.graph, one)
        pieces += [_FIRST[one.stance], f"@{one.source}", f"“{within(words)}”," if words else ""]
        read = " ".join(filter(None, [doubt(one.score), READ_AS[one.stance]]))
        pieces += [*_named(index, read, one.target), "."]
    return [piece for piece in pieces if piece]
