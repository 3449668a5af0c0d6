"""The order of sources in the text, and where the flows between them begin."""

from collections.abc import Iterable, Mapping

import networkx as nx

from provenance.model import ARTICLE, Flow, Source, SourceGraph

Place = tuple[int, str]


def order_of(graph: SourceGraph) -> dict[str, Place]:
    """Return what sorts the sources by their first mention."""
    last = len(graph.article.text)

    def first(source: Source) -> int:
        return min((span.start for span in source.mentions), default=last)

    return {source.id: (first(source), source.id) for source in graph.sources}


def rank(id: str, order: Mapping[str, Place]) -> Place:
    """Return the place of *id*; a node that no record describes comes first, by its name."""
    return order.get(id, (-1, id))


def network_of(flows: Iterable[Flow]) -> "nx.DiGraph[str]":
    """Return the ends of *flows*, less what flows into itself or out of the article."""
    return nx.DiGraph(
        sorted({(f.source, f.target) for f in flows if f.source not in (f.target, ARTICLE)})
    )


def origins_of(
    network: "nx.DiGraph[str]", order: Mapping[str, Place]
) -> list[tuple[str, frozenset[str]]]:
    """Return each origin with the circle that it stands for, which is mostly itself alone."""
    found = []
    for part in map(frozenset, nx.strongly_connected_components(network)):
        before = {source for node in part for source in network.predecessors(node)}
        if ARTICLE not in part and before <= part:
            found.append((min(part, key=lambda id: rank(id, order)), part))
    return sorted(found, key=lambda pair: rank(pair[0], order))


def ends_of(
    network: "nx.DiGraph[str]", order: Mapping[str, Place]
) -> list[tuple[str, frozenset[str]]]:
    """Return where information ends that nothing leads on from, the article first."""
    found = []
    for part in map(frozenset, nx.strongly_connected_components(network)):
        after = {target for node in part for target in network.successors(node)}
        if after <= part:
            found.append((min(part, key=lambda id: rank(id, order)), part))
    return sorted(found, key=lambda pair: (pair[0] != ARTICLE, rank(pair[0], order)))
