"""The order of sources in the text, and where the flows between them begin."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from provenance.model import ARTICLE, Flow, Source, SourceGraph

Place = tuple[int, str]
Network = frozenset[tuple[str, str]]
"""Hops by their ends."""


def order_of(graph: SourceGraph) -> dict[str, Place]:
    """Return what sorts the sources by their first mention."""
    last = len(graph.article.text)

    def first(source: Source) -> int:
        return min((span.start for span in source.mentions), default=last)

    return {source.id: (first(source), source.id) for source in graph.sources}


def rank(id: str, order: Mapping[str, Place]) -> Place:
    """Return the place of *id*; a node that no record describes comes first, by its name."""
    return order.get(id, (-1, id))


def network_of(flows: Iterable[Flow]) -> Network:
    """Return the ends of *flows*, less what flows into itself or out of the article."""
    return frozenset((f.source, f.target) for f in flows if f.source not in (f.target, ARTICLE))


def origins_of(network: Network, order: Mapping[str, Place]) -> list[tuple[str, frozenset[str]]]:
    """Return each origin with the circle that it stands for, which is mostly itself alone."""
    before: dict[str, set[str]] = {}
    for source, target in network:
        before.setdefault(target, set()).add(source)
    found = [
        (min(part, key=lambda id: rank(id, order)), part)
        for part in _circles(network)
        if ARTICLE not in part and all(before.get(id, part) <= part for id in part)
    ]
    return sorted(found, key=lambda pair: rank(pair[0], order))


def ends_of(network: Network, order: Mapping[str, Place]) -> list[tuple[str, frozenset[str]]]:
    """Return where information ends that nothing leads on from, the article first."""
    after: dict[str, set[str]] = {}
    for source, target in network:
        after.setdefault(source, set()).add(target)
    found = [
        (min(part, key=lambda id: rank(id, order)), part)
        for part in _circles(network)
        if all(after.get(id, part) <= part for id in part)
    ]
    return sorted(found, key=lambda pair: (pair[0] != ARTICLE, rank(pair[0], order)))


def _circles(network: Network) -> list[frozenset[str]]:
    """Return the circles of *network*, and by itself whatever is in none."""
    before: dict[str, set[str]] = {id: set() for hop in network for id in hop}
    for source, target in network:
        before[target].add(source)
    try:
        TopologicalSorter(before).prepare()
    except CycleError:
        import networkx as nx

        return [*map(frozenset, nx.strongly_connected_components(nx.DiGraph(sorted(network))))]
    return [frozenset({id}) for id in before]
