"""Which column each source stands in: how many hops it is, at the most, from the article."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from provenance.model import ARTICLE, Flow

Ends = tuple[str, str]


def forward_ends(ids: Iterable[str], flows: Iterable[Flow]) -> tuple[Ends, ...]:
    """Return the ends of *flows* less those that close a cycle, sorted, each once.

    Walks against the flows from the article in depth, so that what is dropped is the hop that
    leads away from the reader. Nothing flows out of the article.
    """
    upstream: dict[str, list[str]] = {ARTICLE: [], **{id_: [] for id_ in sorted(ids)}}
    for source, target in sorted({(f.source, f.target) for f in flows}):
        if source not in (ARTICLE, target):
            upstream[target].append(source)
    kept: list[Ends] = []
    state: dict[str, str] = {}
    for root in _sinks_first(upstream):
        if root not in state:
            _walk(root, upstream, state, kept)
    return tuple(sorted(kept))


def _sinks_first(upstream: dict[str, list[str]]) -> list[str]:
    feeding = {source for sources in upstream.values() for source in sources}
    return sorted(upstream, key=lambda id_: (id_ != ARTICLE, id_ in feeding, id_))


def _walk(
    root: str, upstream: dict[str, list[str]], state: dict[str, str], kept: list[Ends]
) -> None:
    state[root] = "open"
    stack = [(root, iter(upstream[root]))]
    while stack:
        node, rest = stack[-1]
        for source in rest:
            if state.get(source) == "open":
                continue
            kept.append((source, node))
            if source not in state:
                state[source] = "open"
                stack.append((source, iter(upstream[source])))
                break
        else:
            state[node] = "done"
            stack.pop()


def layers(ids: Iterable[str], ends: Sequence[Ends]) -> dict[str, int]:
    """Return the column of each source, counted from the article (0) to the left.

    It is the length of the longest way to the article, so every hop goes to the right; a source
    that leads nowhere stands in column 1. *ends* must be free of cycles.
    """
    known = {ARTICLE, *ids}
    downstream: dict[str, list[str]] = {id_: [] for id_ in known}
    upstream: dict[str, list[str]] = {id_: [] for id_ in known}
    for source, target in ends:
        downstream[source].append(target)
        upstream[target].append(source)
    level = dict.fromkeys(known, 1) | {ARTICLE: 0}
    waiting = {id_: len(targets) for id_, targets in downstream.items()}
    ready = sorted(id_ for id_, count in waiting.items() if not count)
    while ready:
        node = ready.pop()
        for source in upstream[node]:
            level[source] = max(level[source], level[node] + 1)
            waiting[source] -= 1
            if not waiting[source]:
                ready.append(source)
    return level


def nearest(flows: Iterable[Flow]) -> dict[str, int]:
    """Return the fewest hops from each source to the article, those that reach it only."""
    upstream: dict[str, list[str]] = {}
    for flow in flows:
        upstream.setdefault(flow.target, []).append(flow.source)
    hops = {ARTICLE: 0}
    ring = [ARTICLE]
    while ring:
        ring = [one for target in ring for one in upstream.get(target, ()) if one not in hops]
        hops |= dict.fromkeys(ring, 1 + max(hops.values()))
    return hops


def longest_path(
    level: Mapping[str, int],
    ends: Sequence[Ends],
    artefacts: Collection[str],
    place: Mapping[str, int],
) -> tuple[str, ...]:
    """Return the ids along a longest way to the article, which comes last.

    Args:
        level: The column of each source.
        ends: Of the hops, free of cycles.
        artefacts: Of several ways that are as long, the one through most of these is taken.
        place: Of several such, the one whose sources stand first in the text.
    """
    leading: dict[str, list[str]] = {}
    for source, target in ends:
        if level[source] == level[target] + 1:
            leading.setdefault(source, []).append(target)
    worth, following = {ARTICLE: 0}, {ARTICLE: ""}
    for id_ in sorted(level, key=lambda one: (level[one], one)):
        reaching = [target for target in leading.get(id_, ()) if target in worth]
        if reaching:
            following[id_] = min(reaching, key=lambda one: (-worth[one], place.get(one, 0), one))
            worth[id_] = worth[following[id_]] + (id_ in artefacts)
    node = min(worth, key=lambda one: (-level[one], -worth[one], place.get(one, 0), one))
    path = [node]
    while following[path[-1]]:
        path.append(following[path[-1]])
    return tuple(path)
