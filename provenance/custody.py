"""Chains of custody: how information went from its origins to the article, and what is left out.

The words are defined in ``docs/custody.md``. Paths are found shortest first, by Yen's algorithm
(Management Science 17, 1971).
"""

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise

import networkx as nx

from provenance.graph import flows, to_networkx
from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    CustodyEvent,
    EventKind,
    EventRole,
    Flow,
    Gap,
    Source,
    SourceGraph,
    SourceType,
)

LIMIT = 12
"""Chains that are given between one origin and one end: paths can double with each hop."""

_UNKNOWN = {
    SourceType.DOCUMENT: "who wrote it or passed it on is not said",
    SourceType.INTERCEPT: "who intercepted it, and from whom, is not said",
    SourceType.STATEMENT: "who made it is not said",
    SourceType.CHANNEL: "who put it there is not said",
}
# What a custody event leaves unsaid, and the roles any of which would have said it.
_UNSAID = {
    EventKind.CREATION: ("who made it is not said", {EventRole.AGENT}),
    EventKind.INTERCEPTION: ("who intercepted it is not said", {EventRole.AGENT}),
    EventKind.THEFT: ("who took it is not said", {EventRole.AGENT}),
    EventKind.LEAK: ("who leaked it is not said", {EventRole.AGENT}),
    EventKind.POSTING: ("who posted it is not said", {EventRole.AGENT}),
    EventKind.PUBLICATION: (
        "who published it is not said",
        {EventRole.AGENT, EventRole.CHANNEL},
    ),
    EventKind.OBTAINING: (
        "who obtained it is not said",
        {EventRole.AGENT, EventRole.RECIPIENT},
    ),
    EventKind.TRANSFER: (
        "who passed it on is not said",
        {EventRole.AGENT, EventRole.ORIGIN},
    ),
}

_MOVING = {
    EventKind.THEFT,
    EventKind.LEAK,
    EventKind.POSTING,
    EventKind.TRANSFER,
    EventKind.OBTAINING,
}
# What must have happened before what; the rest may come at any time.
_STAGE = {
    EventKind.CREATION: 0,
    EventKind.INTERCEPTION: 0,
    EventKind.THEFT: 1,
    EventKind.POSTING: 2,
    EventKind.PUBLICATION: 2,
    EventKind.FIRST_REPORT: 2,
}


def trace_chains(
    graph: SourceGraph, source: str | None = None, *, limit: int = LIMIT
) -> tuple[Chain, ...]:
    """Return the chains from each origin to the article, origins in the order of the text.

    Of one origin those that reach the article come first, then those of the stronger hops, then
    the shorter. Where information goes in a circle with nothing leading into it, the first of the
    circle that the text mentions stands for its origin.

    Args:
        graph: Any source graph; circles and loose ends included.
        source: Only chains through the source with this id.
        limit: At most so many between one origin and one end, the shortest; `count_chains`
            says how many there are.
    """
    strongest = _strongest_flows(graph)
    network: nx.DiGraph[str] = nx.DiGraph(list(strongest))
    order = _order(graph)
    gaps = {one.id: find_gaps(graph, one.id) for one in graph.sources}
    found = []
    for origin, circle in _origins(network, order):
        reached = _downstream(network, origin)
        for end in _ends(reached, origin, order):
            for path in _paths(reached, (origin, source or origin, end), limit):
                hops = tuple(strongest[hop] for hop in pairwise(path))
                found.append(_chain(graph, hops, circle, gaps))
    return tuple(sorted(found, key=lambda chain: _place(chain, order)))


def find_origins(graph: SourceGraph) -> tuple[str, ...]:
    """Return the ids of the origins, in the order of the text."""
    network: nx.DiGraph[str] = nx.DiGraph(list(_strongest_flows(graph)))
    return tuple(origin for origin, _ in _origins(network, _order(graph)))


def count_chains(graph: SourceGraph) -> dict[str, int | None]:
    """Return how many chains each origin has in all, None where a circle forbids to count."""
    network: nx.DiGraph[str] = nx.DiGraph(list(_strongest_flows(graph)))
    order = _order(graph)
    counts: dict[str, int | None] = {}
    for origin, _ in _origins(network, order):
        reached = _downstream(network, origin)
        counts[origin] = None
        if nx.is_directed_acyclic_graph(reached):
            paths = dict.fromkeys(reached, 0) | {origin: 1}
            for node in nx.topological_sort(reached):
                for target in reached.successors(node):
                    paths[target] += paths[node]
            counts[origin] = sum(paths[end] for end in _ends(reached, origin, order))
    return counts


def custody_events(graph: SourceGraph, artefact: str) -> tuple[CustodyEvent, ...]:
    """Return what happened to *artefact*: dated events by date, then the others as they stand."""
    mine = [
        event
        for event in graph.events
        if any(p.source_id == artefact and p.role is EventRole.ARTEFACT for p in event.participants)
    ]
    return tuple(sorted(mine, key=lambda e: (not e.date, e.date, e.sentence, e.trigger, e.id)))


def find_gaps(graph: SourceGraph, id: str) -> tuple[Gap, ...]:
    """Return what the text leaves out of how the source *id* came to be where it is.

    Artefacts and channels only: a person or a body may well know a thing first-hand.
    """
    source = next((source for source in graph.sources if source.id == id), None)
    if source is None or source.type.is_agent:
        return ()
    events = [e for e in custody_events(graph, id) if e.certainty is not Certainty.DENIED]
    reasons = [
        *dict.fromkeys(_unsaid(events)),
        *_holders_unsaid(graph, events),
        *_misordered(events),
    ]
    traced = any(flow.target == id for flow in graph.flows)
    if not reasons and not traced and not any(map(_says_who, events)):
        reasons = [_UNKNOWN[source.type]]
    return tuple(Gap(source=id, upstream=True, reason=reason) for reason in reasons)


def _unsaid(events: list[CustodyEvent]) -> Iterator[str]:
    """Yield what no event of a kind says; one that does speaks for all of its kind."""
    said = {event.kind for event in events if _says_who(event)}
    for event in events:
        if event.kind in _UNSAID and event.kind not in said:
            yield _UNSAID[event.kind][0]


def _holders_unsaid(graph: SourceGraph, events: list[CustodyEvent]) -> Iterator[str]:
    """Yield between whom an artefact is held by nobody who is named: out of one, into the other."""
    moved = [e for e in events if e.kind in _MOVING]
    if any(p.source_id for e in moved for p in e.participants if p.role is EventRole.AGENT):
        return
    names = {source.id: source.name for source in graph.sources}

    def named(role: EventRole) -> str:
        ends = [p for e in events for p in e.participants if p.role is role and p.source_id]
        return names.get(min(ends).source_id, "") if ends else ""

    left = named(EventRole.ORIGIN)
    reached = named(EventRole.CHANNEL) or named(EventRole.RECIPIENT)
    if left and reached and left != reached:
        yield f"who had it between {left} and {reached} is not said"


def _misordered(events: list[CustodyEvent]) -> Iterator[str]:
    """Yield what is dated before it can have happened: published before it was stolen."""
    dated = [e for e in events if e.date and e.kind in _STAGE]
    for late in dated:
        for early in dated:
            shared = min(len(late.date), len(early.date))
            if _STAGE[late.kind] < _STAGE[early.kind] and early.date[:shared] < late.date[:shared]:
                yield (
                    f"the dates contradict each other: {early.kind.value.replace('_', ' ')} on "
                    f"{early.date}, {late.kind.value.replace('_', ' ')} on {late.date}"
                )


def _says_who(event: CustodyEvent) -> bool:
    roles = _UNSAID[event.kind][1] if event.kind in _UNSAID else {EventRole.AGENT}
    return any(participant.role in roles for participant in event.participants)


def _strongest_flows(graph: SourceGraph) -> dict[tuple[str, str], Flow]:
    """Return one flow between each two nodes; none into itself, none out of the article."""
    strongest: dict[tuple[str, str], Flow] = {}
    ordered = sorted(
        flows(to_networkx(graph)),
        key=lambda f: (f.source, f.target, f.certainty.rank, f.kind, f.evidence),
    )
    for flow in ordered:
        if flow.source not in (flow.target, ARTICLE):
            strongest.setdefault((flow.source, flow.target), flow)
    return strongest


def _order(graph: SourceGraph) -> dict[str, tuple[int, str]]:
    """Return what sorts the sources by their first mention."""
    last = len(graph.article.text)

    def first(source: Source) -> int:
        return min((span.start for span in source.mentions), default=last)

    return {source.id: (first(source), source.id) for source in graph.sources}


def _origins(
    network: "nx.DiGraph[str]", order: Mapping[str, tuple[int, str]]
) -> list[tuple[str, frozenset[str]]]:
    """Return each origin with the circle that it stands for, which is mostly itself alone."""
    found = []
    for component in map(frozenset, nx.strongly_connected_components(network)):
        before = {source for node in component for source in network.predecessors(node)}
        if ARTICLE not in component and before <= component:
            found.append((min(component, key=lambda id: _rank(id, order)), component))
    return sorted(found, key=lambda pair: _rank(pair[0], order))


def _downstream(network: "nx.DiGraph[str]", origin: str) -> "nx.DiGraph[str]":
    """Return a copy of what *origin* reaches, its edges in a fixed order."""
    nodes = {origin} | nx.descendants(network, origin)
    return nx.DiGraph(sorted(network.edges(nodes)))


def _ends(
    reached: "nx.DiGraph[str]", origin: str, order: Mapping[str, tuple[int, str]]
) -> list[str]:
    """Return the article, and where information went that nothing leads on from."""
    ends = []
    for component in nx.strongly_connected_components(reached):
        after = {target for node in component for target in reached.successors(node)}
        others = component - {origin}
        if after <= component and others:
            ends.append(min(others, key=lambda id: _rank(id, order)))
    return sorted(ends, key=lambda id: (id != ARTICLE, _rank(id, order)))


def _paths(
    reached: "nx.DiGraph[str]", stations: tuple[str, str, str], limit: int
) -> list[list[str]]:
    """Return at most *limit* of the shortest paths from the first over the second to the third."""
    origin, through, end = stations
    if through in (origin, end):
        return list(islice(nx.shortest_simple_paths(reached, origin, end), limit))
    if through not in reached or not nx.has_path(reached, through, end):
        return []
    heads = list(islice(nx.shortest_simple_paths(reached, origin, through), limit))
    tails = list(islice(nx.shortest_simple_paths(reached, through, end), limit))
    joined = [head + tail[1:] for head in heads for tail in tails if not {*head} & {*tail[1:]}]
    return sorted(joined, key=lambda path: (len(path), path))[:limit]


def _chain(
    graph: SourceGraph,
    hops: tuple[Flow, ...],
    circle: frozenset[str],
    gaps: Mapping[str, tuple[Gap, ...]],
) -> Chain:
    origin, end = hops[0].source, hops[-1].target
    left_out = [gap for hop in hops for gap in gaps.get(hop.source, ())]
    if len(circle) > 1:
        names = {source.id: source.name for source in graph.sources}
        others = " and ".join(names.get(id, id) for id in sorted(circle - {origin}))
        reason = f"it had it from {others}, and they from it: no origin is named"
        left_out.insert(0, Gap(source=origin, upstream=True, reason=reason))
    if end != ARTICLE:
        reason = "how the article came by it is not said"
        left_out += [*gaps.get(end, ()), Gap(source=end, upstream=False, reason=reason)]
    certainty = max((hop.certainty for hop in hops), key=lambda certainty: certainty.rank)
    return Chain(origin=origin, flows=hops, certainty=certainty, gaps=tuple(left_out))


def _place(
    chain: Chain, order: Mapping[str, tuple[int, str]]
) -> tuple[tuple[int, str], bool, int, int, list[tuple[int, str]]]:
    path = [_rank(flow.target, order) for flow in chain.flows]
    loose = chain.flows[-1].target != ARTICLE
    return _rank(chain.origin, order), loose, chain.certainty.rank, len(path), path


def _rank(id: str, order: Mapping[str, tuple[int, str]]) -> tuple[int, str]:
    """Return the place of *id*; a node that no record describes comes first, by its name."""
    return order.get(id, (-1, id))
