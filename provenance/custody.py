"""Chains of custody: from each origin to the article, with what the text leaves out.

Definitions are in ``docs/custody.md``. Paths are found by Yen's algorithm (1971), shortest first.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

import networkx as nx

from provenance.graph import flows as flows_of
from provenance.graph import to_networkx
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

MOST = 24
"""Chains that are followed from one origin: a dense graph has exponentially many."""

_DOING = {
    EventKind.LEAK: "leaked",
    EventKind.THEFT: "took",
    EventKind.POSTING: "posted",
    EventKind.INTERCEPTION: "intercepted",
}


def find_origins(graph: SourceGraph) -> tuple[str, ...]:
    """Return the sources that no flow leads into, sorted.

    Of a circle of sources that only have it from each other, the first by id stands for all.
    """
    network = _flow_network(graph)
    condensed = nx.condensation(network)
    roots = (
        min(condensed.nodes[n]["members"]) for n, degree in condensed.in_degree() if degree == 0
    )
    return tuple(sorted(r for r in roots if r != ARTICLE))


def trace_chains(graph: SourceGraph, source: str | None = None) -> tuple[Chain, ...]:
    """Return the chains from each origin to the article, at most `MOST` from each, shortest first.

    Args:
        graph: Where to look.
        source: Only chains through the source with this id.
    """
    network = _flow_network(graph)
    by_ends = {(f.source, f.target): f for f in graph.flows}
    sources = {s.id: s for s in graph.sources}
    chains = []
    for origin in find_origins(graph):
        for path in islice(_paths(network, origin), MOST):
            hops = tuple(by_ends[ends] for ends in zip(path, path[1:], strict=False))
            if source is None or source in path:
                chains.append(_chain(origin, hops, graph, sources))
    return tuple(chains)


def custody_account(graph: SourceGraph, artefact: str) -> tuple[CustodyEvent, ...]:
    """Return what happened to the source *artefact*: by date where events have one, else as told."""
    own = [
        e
        for e in graph.events
        if any(p.role is EventRole.ARTEFACT and p.source_id == artefact for p in e.participants)
    ]
    ordered, day = [], ""
    for event in sorted(own, key=lambda e: e.trigger):
        day = event.date or day
        ordered.append((day, event.trigger, event))
    return tuple(event for _, _, event in sorted(ordered, key=lambda row: row[:2]))


def _flow_network(graph: SourceGraph) -> "nx.DiGraph[str]":
    """Return the flows of *graph* alone, with every source that some flow touches."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_node(ARTICLE)
    network.add_edges_from(sorted((f.source, f.target) for f in flows_of(to_networkx(graph))))
    return network


def _paths(network: "nx.DiGraph[str]", origin: str) -> Iterator[list[str]]:
    if nx.has_path(network, origin, ARTICLE):
        yield from nx.shortest_simple_paths(network, origin, ARTICLE)
        return
    reached = nx.single_source_shortest_path(network, origin)
    yield max(reached.values(), key=lambda path: (len(path), path))


def _chain(
    origin: str, hops: tuple[Flow, ...], graph: SourceGraph, sources: dict[str, Source]
) -> Chain:
    certainty = max((h.certainty for h in hops), key=lambda c: c.rank, default=Certainty.ASSERTED)
    on_path = [origin, *(h.target for h in hops if h.target != ARTICLE)]
    gaps = [gap for id_ in on_path for gap in _gaps(sources[id_], id_ == origin, graph)]
    if not hops or hops[-1].target != ARTICLE:
        gaps.append(
            Gap(source=on_path[-1], upstream=False, reason="how it reached the article is not said")
        )
    return Chain(origin=origin, flows=hops, certainty=certainty, gaps=tuple(gaps))


def _gaps(source: Source, is_origin: bool, graph: SourceGraph) -> Iterator[Gap]:
    """Yield what the text leaves out about how *source* came by what it passes on."""
    if source.type.is_artefact:
        told = custody_account(graph, source.id)
        yield from _unnamed_doers(source, told)
        if is_origin:
            yield Gap(source=source.id, upstream=True, reason="who made it is not said")
    elif source.type is SourceType.CHANNEL and is_origin:
        yield Gap(source=source.id, upstream=True, reason="who put it there is not said")


def _unnamed_doers(source: Source, told: Iterable[CustodyEvent]) -> Iterator[Gap]:
    """Yield a gap for each kind of event that happened to *source* with nobody named who did it."""
    done: dict[str, bool] = {}
    for event in told:
        if word := _DOING.get(event.kind):
            named = any(p.role is EventRole.AGENT and p.source_id for p in event.participants)
            done[word] = done.get(word, False) or named
    for word, named in sorted(done.items()):
        if not named:
            yield Gap(source=source.id, upstream=True, reason=f"who {word} it is not said")
