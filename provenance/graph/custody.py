"""Chains of custody: how information went from its origins to the article, and what is left out.

The words are defined in ``docs/custody.md``. Paths are found shortest first, by Yen's algorithm
(Management Science 17, 1971).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

import networkx as nx

from provenance.graph import find_origins, findings, flows, to_networkx
from provenance.graph.gaps import NO_ORIGIN, events_of
from provenance.graph.ordering import Place, ends_of, network_of, order_of, origins_of, rank
from provenance.model import ARTICLE, Cargo, Chain, CustodyEvent, Flow, Gap, SourceGraph

__all__ = [
    "LIMIT",
    "count_chains",
    "custody_events",
    "find_gaps",
    "find_origins",
    "lone_flows",
    "trace_chains",
]

LIMIT = 12
"""Chains that are given between one origin and one end: paths can double with each hop."""

Ends = tuple[str, str]
Ways = dict[frozenset[Ends], list[Cargo]]
"""The hops along which something is carried, and what is carried along these very hops."""


def trace_chains(
    graph: SourceGraph, source: str | None = None, *, limit: int = LIMIT
) -> tuple[Chain, ...]:
    """Return the chains along each of which something is carried, origins in the order of the text.

    Of one origin those that reach the article come first, then those of the stronger hops, then
    the shorter. Where something goes in a circle with nothing leading into it, the first of the
    circle that the text mentions stands for its origin.

    Args:
        graph: Any source graph; circles and loose ends included.
        source: Only chains through the source with this id.
        limit: At most so many between one origin and one end of what carries the same, the
            shortest; `count_chains` says how many there are.
    """
    strongest = _strongest_flows(graph)
    order, loose = order_of(graph), _loose_ends(strongest)
    loads: dict[tuple[str, ...], list[Cargo]] = {}
    for hops, cargo in _ways(graph, strongest).items():
        for path in _paths_along(hops, order, source, limit):
            if path[-1] == ARTICLE or path[-1] in loose:
                loads.setdefault(tuple(path), []).extend(cargo)
    gaps = _gaps_of(graph)
    found = [
        _chain(tuple(strongest[hop] for hop in pairwise(path)), cargo, gaps)
        for path, cargo in loads.items()
    ]
    return tuple(sorted(found, key=lambda chain: _place(chain, order)))


def lone_flows(graph: SourceGraph, chains: Sequence[Chain]) -> tuple[Flow, ...]:
    """Return the flows that are in none of *chains*: the text does not say what follows them."""
    within = {(flow.source, flow.target) for chain in chains for flow in chain.flows}
    return tuple(flow for flow in graph.flows if (flow.source, flow.target) not in within)


def count_chains(graph: SourceGraph) -> dict[str, int | None]:
    """Return how many chains of one load each origin has, None where a circle forbids to count.

    Of several loads the one that has the most.
    """
    strongest, order = _strongest_flows(graph), order_of(graph)
    ends = {ARTICLE, *_loose_ends(strongest)}
    counts: dict[str, int | None] = {}
    for hops in _ways(graph, strongest):
        network: nx.DiGraph[str] = nx.DiGraph(sorted(hops))
        for origin, _ in origins_of(hops, order):
            reached = _downstream(network, origin)
            count = _count(reached, origin, [e for e in _ends(reached, origin, order) if e in ends])
            if count == 0:
                continue
            known = counts.setdefault(origin, count)
            counts[origin] = None if count is None or known is None else max(count, known)
    return dict(sorted(counts.items(), key=lambda row: rank(row[0], order)))


def custody_events(graph: SourceGraph, artefact: str) -> tuple[CustodyEvent, ...]:
    """Return what happened to *artefact*: dated events by date, then the others as they stand."""
    return events_of(graph, artefact)


def find_gaps(graph: SourceGraph, id: str | None = None) -> tuple[Gap, ...]:
    """Return what the text leaves out, or only that of how the source *id* came to be there."""
    return tuple(gap for gap in findings(graph).gaps if id is None or gap.source == id)


def _ways(graph: SourceGraph, strongest: Mapping[Ends, Flow]) -> Ways:
    """Return the hops that carry each load, once for all loads that go the same ways."""
    hops: dict[Cargo, set[Ends]] = {}
    for flow, cargo in zip(graph.flows, findings(graph).cargo, strict=True):
        if (flow.source, flow.target) in strongest:
            for load in cargo:
                hops.setdefault(load, set()).add((flow.source, flow.target))
    ways: Ways = {}
    for load in sorted(hops):
        ways.setdefault(frozenset(hops[load]), []).append(load)
    return ways


def _paths_along(
    hops: frozenset[Ends], order: Mapping[str, Place], source: str | None, limit: int
) -> Iterator[list[str]]:
    """Yield the paths from where *hops* begin to where they end, through *source* if given."""
    network: nx.DiGraph[str] = nx.DiGraph(sorted(hops))
    for origin, _ in origins_of(hops, order):
        reached = _downstream(network, origin)
        for end in _ends(reached, origin, order):
            yield from _paths(reached, (origin, source or origin, end), limit)


def _loose_ends(strongest: Mapping[Ends, Flow]) -> frozenset[str]:
    """Return the sources that nothing at all leads on from, but back to where it came from."""
    parts = ends_of(network_of(strongest.values()), {})
    return frozenset(id for end, part in parts if end != ARTICLE for id in part)


def _count(reached: "nx.DiGraph[str]", origin: str, ends: Sequence[str]) -> int | None:
    if ends and not nx.is_directed_acyclic_graph(reached):
        return None
    paths = dict.fromkeys(reached, 0) | {origin: 1}
    for node in nx.topological_sort(reached) if ends else ():
        for target in reached.successors(node):
            paths[target] += paths[node]
    return sum(paths[end] for end in ends)


def _strongest_flows(graph: SourceGraph) -> dict[Ends, Flow]:
    """Return one flow between each two nodes; none into itself, none out of the article."""
    strongest: dict[Ends, Flow] = {}
    ordered = sorted(
        flows(to_networkx(graph)),
        key=lambda f: (f.source, f.target, f.certainty.rank, f.kind, f.evidence),
    )
    for flow in ordered:
        if flow.source not in (flow.target, ARTICLE):
            strongest.setdefault((flow.source, flow.target), flow)
    return strongest


def _downstream(network: "nx.DiGraph[str]", origin: str) -> "nx.DiGraph[str]":
    """Return a copy of what *origin* reaches, its edges in a fixed order."""
    nodes = {origin} | nx.descendants(network, origin)
    return nx.DiGraph(sorted(network.edges(nodes)))


def _ends(reached: "nx.DiGraph[str]", origin: str, order: Mapping[str, Place]) -> list[str]:
    """Return the article, and where *reached* ends besides, the origin left out."""
    ends = []
    for part in nx.strongly_connected_components(reached):
        after = {target for node in part for target in reached.successors(node)}
        others = part - {origin}
        if after <= part and others:
            ends.append(min(others, key=lambda id: rank(id, order)))
    return sorted(ends, key=lambda id: (id != ARTICLE, rank(id, order)))


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


def _gaps_of(graph: SourceGraph) -> dict[str, list[Gap]]:
    gaps: dict[str, list[Gap]] = {}
    for gap in findings(graph).gaps:
        gaps.setdefault(gap.source, []).append(gap)
    return gaps


def _chain(hops: tuple[Flow, ...], cargo: Sequence[Cargo], gaps: Mapping[str, list[Gap]]) -> Chain:
    origin, end = hops[0].source, hops[-1].target
    left_out = [gap for hop in hops for gap in gaps.get(hop.source, ())]
    if end != ARTICLE:
        left_out += gaps.get(end, ())
    circular = [gap for gap in left_out if gap.source == origin and NO_ORIGIN in gap.reason]
    certainty = max((hop.certainty for hop in hops), key=lambda certainty: certainty.rank)
    return Chain(
        origin=origin,
        flows=hops,
        certainty=certainty,
        gaps=(*circular, *(gap for gap in left_out if gap not in circular)),
        cargo=tuple(sorted({*cargo})),
    )


def _place(chain: Chain, order: Mapping[str, Place]) -> tuple[Place, bool, int, int, list[Place]]:
    path = [rank(flow.target, order) for flow in chain.flows]
    loose = chain.flows[-1].target != ARTICLE
    return rank(chain.origin, order), loose, chain.certainty.rank, len(path), path
