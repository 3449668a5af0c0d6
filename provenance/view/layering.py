"""Which column each box stands in, and its place there, so that few lines cross.

A column is how many hops it is, at the most, from the article. Places are found by barycentre
sweeps after Sugiyama, Tagawa and Toda (1981) and by the isotonic regression of wanted places (pool
adjacent violators), so that boxes keep their distance and chains run straight.
"""

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

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


Columns = tuple[tuple[str, ...], ...]
Links = Sequence[tuple[str, str]]

_SWEEPS = 12


def neighbours(links: Links) -> dict[str, list[str]]:
    """Return the items at the other end of each item's links."""
    found: dict[str, list[str]] = {}
    for left, right in links:
        found.setdefault(left, []).append(right)
        found.setdefault(right, []).append(left)
    return found


def order(columns: Columns, links: Links) -> Columns:
    """Return *columns* each in the order with the fewest crossings that sweeping found.

    *links* join items of columns next to each other.
    """
    beside = neighbours(links)
    best, fewest = columns, crossings(columns, links)
    current = columns
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        current = _sweep(current, beside, backwards=bool(sweep % 2))
        count = crossings(current, links)
        if count < fewest:
            best, fewest = current, count
    return best


def _sweep(columns: Columns, beside: Mapping[str, list[str]], *, backwards: bool) -> Columns:
    rows = list(columns)
    indices = range(len(rows) - 2, -1, -1) if backwards else range(1, len(rows))
    for index in indices:
        fixed = rows[index + 1] if backwards else rows[index - 1]
        place = {item: number for number, item in enumerate(fixed)}
        own = {item: number for number, item in enumerate(rows[index])}
        scale = len(fixed) / max(1, len(own))
        centre = {
            item: _mean([place[n] for n in beside.get(item, ()) if n in place], own[item] * scale)
            for item in rows[index]
        }
        rows[index] = tuple(sorted(rows[index], key=lambda item: (centre[item], own[item])))
    return tuple(rows)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def crossings(columns: Columns, links: Links) -> int:
    """Return how many pairs of *links* cross."""
    place = {item: (c, r) for c, column in enumerate(columns) for r, item in enumerate(column)}
    between: dict[int, list[tuple[int, int]]] = {}
    for left, right in links:
        between.setdefault(place[left][0], []).append((place[left][1], place[right][1]))
    count = 0
    for pairs in between.values():
        seen: list[int] = []
        for _, right_row in sorted(pairs):
            count += len(seen) - bisect_right(seen, right_row)
            insort(seen, right_row)
    return count


def spread(
    columns: Columns,
    links: Links,
    heights: Mapping[str, float],
    heavy: frozenset[str],
    gap: float,
) -> dict[str, float]:
    """Return the middle of each item, from top to bottom; *heavy* ones are kept in a line."""
    beside = neighbours(links)
    place: dict[str, float] = {}
    for column in columns:
        top = 0.0
        for item in column:
            place[item] = top + heights[item] / 2
            top += heights[item] + gap
    for sweep in range(2 * _SWEEPS):
        for column in columns[:: -1 if sweep % 2 else 1]:
            wanted = [_wanted(item, beside.get(item, ()), place, heavy) for item in column]
            weights = [12.0 if item in heavy else 1.0 for item in column]
            steps = [(heights[a] + heights[b]) / 2 + gap for a, b in pairwise(column)]
            place |= zip(column, _apart(wanted, weights, steps), strict=True)
    return place


def _wanted(
    item: str, beside: Sequence[str], place: Mapping[str, float], heavy: frozenset[str]
) -> float:
    weights = [20.0 if item in heavy and other in heavy else 1.0 for other in beside]
    total = sum(w * place[other] for w, other in zip(weights, beside, strict=True))
    return total / sum(weights) if beside else place[item]


def _apart(
    wanted: Sequence[float], weights: Sequence[float], steps: Sequence[float]
) -> list[float]:
    """Return places nearest to *wanted* that lie *steps* apart at the least."""
    offsets = [0.0]
    for step in steps:
        offsets.append(offsets[-1] + step)
    pools: list[list[float]] = []
    for value, offset, weight in zip(wanted, offsets, weights, strict=True):
        pools.append([value - offset, weight, 1])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            value_b, weight_b, count_b = pools.pop()
            value_a, weight_a, count_a = pools.pop()
            total = weight_a + weight_b
            mean = (value_a * weight_a + value_b * weight_b) / total
            pools.append([mean, total, count_a + count_b])
    flat = [value for value, _, count in pools for _ in range(int(count))]
    return [value + offset for value, offset in zip(flat, offsets, strict=True)]
