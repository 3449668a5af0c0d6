"""A chain of custody as one plain sentence, from the reader back to the origin."""

from collections.abc import Iterable, Sequence

from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    CustodyEvent,
    EventKind,
    EventRole,
    Flow,
    SourceGraph,
    SourceType,
    Stance,
)
from provenance.view.wording import EVENTS, Pieces

_HEDGES = {
    Certainty.ALLEGED: "allegedly",
    Certainty.SPECULATIVE: "possibly",
    Certainty.DENIED: "though this is denied,",
}
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "another",
        "any",
        "his",
        "her",
        "its",
        "my",
        "our",
        "some",
        "that",
        "their",
        "this",
        "those",
    ]
)
_PREPOSITIONS = {EventRole.ORIGIN: "from", EventRole.CHANNEL: "on", EventRole.AGENT: "by"}
_DISPUTED = {
    Stance.DENIES: ("However,", "denies", "deny"),
    Stance.DOUBTS: ("However,", "doubts", "doubt"),
    Stance.CONFIRMS: ("Besides,", "confirms", "confirm"),
}
_UNTOLD = frozenset({EventKind.DENIAL, EventKind.AUTHENTICATION, EventKind.INTERVIEW})
"""Events that say nothing of how an artefact came from its upstream source."""


def tell_chain(graph: SourceGraph, chain: Chain) -> Pieces:
    """Return *chain* as a sentence, its gaps and who disputes what it runs through included."""
    hops = [hop for hop in reversed(chain.flows) if hop.target != ARTICLE]
    nearest = chain.flows[-1].source if chain.flows[-1].target == ARTICLE else hops[0].target
    hedge = _HEDGES.get(chain.flows[-1].certainty) if nearest == chain.flows[-1].source else None
    begin = f"According {hedge} to" if hedge else "According to"
    pieces = [*_named(graph, begin, nearest), *_left_out(chain, nearest)]
    for hop in hops:
        pieces += [*_named(graph, _link(graph, hop), hop.source), *_left_out(chain, hop.source)]
    return [*pieces, ".", *_disputed(graph, [nearest, *(hop.source for hop in hops)])]


def _named(graph: SourceGraph, words: str, id_: str) -> Pieces:
    """Return *words* and the source: a thing that only a description names gets its article."""
    source = next((one for one in graph.sources if one.id == id_), None)
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


def _link(graph: SourceGraph, hop: Flow) -> str:
    """Return the words between the downstream end of *hop* and its upstream end."""
    types = {source.id: source.type for source in graph.sources}
    upstream, downstream = types.get(hop.source), types.get(hop.target)
    words = _happened(graph.events, hop) or _plainly(upstream, downstream)
    hedge = _HEDGES.get(hop.certainty)
    if not hedge:
        return f", {words}"
    who, _, rest = words.partition(" ")
    return f", {who} {hedge} {rest}" if who in ("who", "which") else f", {hedge} {words}"


def _happened(events: Iterable[CustodyEvent], hop: Flow) -> str:
    """Return what the text says happened to the artefact *hop.target* through *hop.source*."""
    for event in events:
        artefact = any(
            one.role is EventRole.ARTEFACT and one.source_id == hop.target
            for one in event.participants
        )
        if not artefact or event.kind in _UNTOLD:
            continue
        for one in event.participants:
            if one.source_id == hop.source and one.role in _PREPOSITIONS:
                verb = EVENTS[event.kind.value].removeprefix("was ")
                preposition = _PREPOSITIONS[one.role]
                if event.kind is EventKind.DISCOVERY:
                    return "traced to" if one.role is not EventRole.AGENT else "traced by"
                if event.kind is EventKind.PUBLICATION and one.role is EventRole.ORIGIN:
                    return "drawing on"
                return f"{verb} {preposition}"
    return ""


def _plainly(upstream: SourceType | None, downstream: SourceType | None) -> str:
    if upstream is None or upstream.is_agent:
        if downstream is SourceType.STATEMENT:
            return "in the words of"
        if downstream is not None and not downstream.is_agent:
            return "which came from"
        who = "who" if downstream in (SourceType.PERSON, SourceType.UNNAMED) else "which"
        return f"{who} had it from"
    if upstream is SourceType.CHANNEL:
        return "by way of"
    return "citing" if downstream is None or downstream.is_agent else "drawing on"


def _disputed(graph: SourceGraph, ids: Sequence[str]) -> Pieces:
    """Return who disputes any of *ids*, a sentence for each thing and stance."""
    found: dict[tuple[str, Stance], list[str]] = {}
    for one in graph.disputes:
        if one.target in ids and one.source not in ids:
            found.setdefault((one.target, one.stance), []).append(one.source)
    pieces: Pieces = []
    for (target, stance), who in found.items():
        first, alone, together = _DISPUTED[stance]
        pieces.append(first)
        for number, id_ in enumerate(who):
            if number:
                pieces.append("and" if number == len(who) - 1 else ",")
            pieces.append(f"@{id_}")
        pieces += [*_named(graph, together if len(who) > 1 else alone, target), "."]
    return pieces
