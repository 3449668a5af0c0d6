"""The order of boxes within columns, so that few lines cross.

Barycentre sweeps after Sugiyama, Tagawa and Toda (1981); places by the isotonic regression of
wanted places (pool adjacent violators), so that boxes keep their distance and chains run straight.
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

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
