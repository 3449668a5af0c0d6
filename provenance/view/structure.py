"""What hangs together in a graph, and what is drawn from left to right: before any pixel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.model import ARTICLE, Certainty, Chain, Dispute, Flow, SourceGraph
from provenance.view.blocks import Line
from provenance.view.layering import Ends, forward_ends, layers, longest_path


@dataclass(frozen=True, slots=True)
class Structure:
    """The order behind a picture.

    Attributes:
        level: The column of each source, counted from the article (0) to the left.
        path: The ids along the longest chain, the article last.
        groups: The sources that hang together without the article, the longest chain's first.
        singles: Those that hang together with nobody, in the order of the text.
        lines: The hops and disputes that run from one column to another.
    """

    level: Mapping[str, int]
    path: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    singles: tuple[str, ...]
    lines: tuple[Line, ...]


def structure(graph: SourceGraph, chains: Sequence[Chain] = ()) -> Structure:
    """Return what is to be drawn of *graph*, by its flows and by the longest of *chains*."""
    ids = [source.id for source in graph.sources]
    ends = forward_ends(ids, graph.flows)
    level = layers(ids, ends)
    place = _places(graph)
    path = _path(graph, chains, level, ends, place)
    across = _across(graph, ids, ends, level)
    joined = [line for line in (*_hops(graph, ends), *across) if line.right != ARTICLE]
    members = _groups(ids, [(line.left, line.right) for line in joined])
    artefacts = {source.id for source in graph.sources if source.type.is_artefact}
    groups = sorted(
        (group for group in members if len(group) > 1),
        key=lambda group: (
            not set(path) & set(group),
            not artefacts & set(group),
            -len(group),
            group,
        ),
    )
    disputing = {id_ for one in graph.disputes for id_ in (one.source, one.target)}
    singles = sorted(
        (group[0] for group in members if len(group) == 1),
        key=lambda id_: (id_ not in disputing, place[id_], id_),
    )
    singles = _side_by_side(singles, graph)
    lines = (*_hops(graph, ends), *across)
    return Structure(level, path, tuple(groups), tuple(singles), lines)


def _side_by_side(ids: Sequence[str], graph: SourceGraph) -> list[str]:
    """Return *ids* with those that a source disputes, or that dispute it, right after it."""
    partners: dict[str, list[str]] = {}
    for one in graph.disputes:
        partners.setdefault(one.source, []).append(one.target)
        partners.setdefault(one.target, []).append(one.source)
    found: dict[str, None] = {}
    for id_ in ids:
        found.setdefault(id_)
        found |= {other: None for other in partners.get(id_, ()) if other in ids}
    return list(found)


def _hops(graph: SourceGraph, ends: Sequence[Ends]) -> tuple[Line, ...]:
    forward = set(ends)
    return tuple(
        Line(f"f:{n}", flow.source, flow.target, flow.certainty.rank > Certainty.REPORTED.rank)
        for n, flow in enumerate(graph.flows)
        if (flow.source, flow.target) in forward
    )


def _across(
    graph: SourceGraph, ids: Sequence[str], ends: Sequence[Ends], level: Mapping[str, int]
) -> tuple[Line, ...]:
    """Return the disputes that touch a chain, so that who disputes is drawn beside it."""
    inner = [one for one in ends if one[1] != ARTICLE]
    in_chain = {id_ for group in _groups(ids, inner) if len(group) > 1 for id_ in group}
    found = []
    for number, one in enumerate(graph.disputes):
        pair = (one.source, one.target)
        if ARTICLE in pair or not in_chain & set(pair) or level[pair[0]] == level[pair[1]]:
            continue
        back = level[one.target] > level[one.source]
        left, right = reversed(pair) if back else pair
        found.append(Line(f"d:{number}", left, right, weak=True, back=back))
    return tuple(found)


def _places(graph: SourceGraph) -> dict[str, int]:
    """Return where in the text each source first stands."""
    starts: dict[str, list[int]] = {
        source.id: [span.start for span in source.mentions] for source in graph.sources
    }
    hops: tuple[Flow | Dispute, ...] = (*graph.flows, *graph.disputes)
    for one in hops:
        if one.source in starts:
            starts[one.source] += [span.start for span in one.evidence]
    return {id_: min(found, default=0) for id_, found in starts.items()}


def _path(
    graph: SourceGraph,
    chains: Sequence[Chain],
    level: Mapping[str, int],
    ends: Sequence[Ends],
    place: Mapping[str, int],
) -> tuple[str, ...]:
    """Return the longest chain, of several the one through most artefacts."""
    artefacts = {source.id for source in graph.sources if source.type.is_artefact}
    whole = [one for one in chains if one.flows and one.flows[-1].target == ARTICLE]
    if not whole:
        return longest_path(level, ends, artefacts, place)
    paths = [(one.origin, *(flow.target for flow in one.flows)) for one in whole]
    return max(
        paths,
        key=lambda path: (
            len(path),
            len(artefacts & set(path)),
            [-place.get(id_, 0) for id_ in path],
        ),
    )


def _groups(ids: Sequence[str], pairs: Iterable[Ends]) -> list[tuple[str, ...]]:
    """Return the ids that *pairs* hold together, each group sorted."""
    parent = {id_: id_ for id_ in ids}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    for left, right in pairs:
        parent[root(left)] = root(right)
    found: dict[str, list[str]] = {}
    for id_ in sorted(ids):
        found.setdefault(root(id_), []).append(id_)
    return [tuple(group) for group in found.values()]
