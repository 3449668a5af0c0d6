"""The independent lines by which an article has what it tells."""

from collections.abc import Mapping

from provenance.model import ARTICLE, SourceGraph


def find_origins(graph: SourceGraph) -> tuple[str, ...]:
    """Return the ids of the sources that something comes from, and that no flow leads into."""
    fed = {flow.target for flow in graph.flows}
    leading = {flow.source for flow in graph.flows}
    return tuple(one.id for one in graph.sources if one.id in leading and one.id not in fed)


def independent_lines(graph: SourceGraph) -> tuple[tuple[str, ...], ...]:
    """Return the sources that speak straight to the article, those with a common origin together.

    Each group is one line, however many carry it; the largest come first.
    """
    upstream: dict[str, list[str]] = {}
    for flow in graph.flows:
        upstream.setdefault(flow.target, []).append(flow.source)
    direct = dict.fromkeys(upstream.get(ARTICLE, ()))
    groups: list[tuple[set[str], list[str]]] = []
    for id_ in direct:
        origins = _origins_of(id_, upstream)
        members = [id_]
        apart = []
        for own, others in groups:
            if own & origins:
                origins |= own
                members = [*others, *members]
            else:
                apart.append((own, others))
        groups = [*apart, (origins, members)]
    return tuple(tuple(m) for _, m in sorted(groups, key=lambda g: (-len(g[1]), g[1])))


def _origins_of(id_: str, upstream: Mapping[str, list[str]]) -> set[str]:
    """Return the origins behind *id_*; of a circle that nothing leads into, all that is in it."""
    seen, waiting = {id_}, [id_]
    while waiting:
        for source in upstream.get(waiting.pop(), ()):
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return {one for one in seen if not upstream.get(one)} or seen
