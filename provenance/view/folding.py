"""Of very many sources those that are drawn at first; the others are folded into these.

What is drawn is the chain that the page opens with and whoever most hops, disputes and claims lead
to, each with a shortest way to the article, so that what is left hangs together. All others are
folded into the nearest source on their own way that is drawn.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.model import ARTICLE, Chain, SourceGraph
from provenance.view.structure import structure

MOST = 150
"""Sources that are drawn all at once at the most."""
_KEPT = 70
"""Sources that are drawn of more."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What of a graph is drawn at first.

    Attributes:
        graph: That part of it.
        numbers: The numbers that its flows and disputes have in the whole graph, by those that
            they have in this part: "f:0", "d:0".
        folded: How many sources are folded into each, by id.
    """

    graph: SourceGraph
    numbers: Mapping[str, str]
    folded: Mapping[str, int]


def fold(graph: SourceGraph, chains: Sequence[Chain]) -> Fold | None:
    """Return what is drawn of *graph* at first, None where it is so small that all of it is."""
    if len(graph.sources) <= MOST:
        return None
    onward = _onward(graph)
    kept = _kept(graph, structure(graph, chains).path, onward)
    flows = [n for n, one in enumerate(graph.flows) if {one.source, one.target} <= kept]
    disputes = [n for n, one in enumerate(graph.disputes) if {one.source, one.target} <= kept]
    part = replace(
        graph,
        sources=tuple(one for one in graph.sources if one.id in kept),
        flows=tuple(graph.flows[n] for n in flows),
        disputes=tuple(graph.disputes[n] for n in disputes),
    )
    numbers = {f"f:{k}": f"f:{n}" for k, n in enumerate(flows)}
    numbers |= {f"d:{k}": f"d:{n}" for k, n in enumerate(disputes)}
    hosts = (_host(one.id, onward, kept) for one in graph.sources if one.id not in kept)
    return Fold(part, numbers, dict(sorted(Counter(hosts).items())))


def _onward(graph: SourceGraph) -> dict[str, str]:
    """Return for each source that leads to the article the next on a shortest way there."""
    upstream: dict[str, list[str]] = {}
    for flow in graph.flows:
        upstream.setdefault(flow.target, []).append(flow.source)
    onward: dict[str, str] = {}
    reached = [ARTICLE]
    while reached:
        further = []
        for target in reached:
            for source in upstream.get(target, ()):
                if source not in onward and source != ARTICLE:
                    onward[source] = target
                    further.append(source)
        reached = further
    return onward


def _kept(graph: SourceGraph, path: Sequence[str], onward: Mapping[str, str]) -> set[str]:
    links = Counter(end for one in graph.flows for end in (one.source, one.target))
    links.update(end for one in graph.disputes for end in (one.source, one.target))
    links.update(id_ for claim in graph.claims for id_ in claim.sources)
    kept = {ARTICLE, *path[-_KEPT:]}
    for id_ in sorted((one.id for one in graph.sources), key=lambda one: (-links[one], one)):
        way = _way(id_, onward, kept)
        if len(kept) + len(way) <= _KEPT:
            kept.update(way)
    return kept


def _way(id_: str, onward: Mapping[str, str], kept: Collection[str]) -> list[str]:
    """Return *id_* and what lies between it and what is kept already."""
    way = []
    while id_ and id_ not in kept:
        way.append(id_)
        id_ = onward.get(id_, "")
    return way


def _host(id_: str, onward: Mapping[str, str], kept: Collection[str]) -> str:
    while id_ not in kept:
        id_ = onward.get(id_, ARTICLE)
    return id_
