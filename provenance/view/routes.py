"""The points that lines run through: out of a box at its right, into the next at its left."""

from collections.abc import Mapping, Sequence

from provenance.model import ARTICLE
from provenance.view.blocks import Point
from provenance.view.boxes import Box
from provenance.view.layering import Ends

_APART = 10.0
"""Pixels between lines that meet in one box, where it is high enough."""


def route(
    ends: Sequence[Ends], boxes: Mapping[str, Box], lanes: Mapping[Ends, Sequence[Point]]
) -> dict[Ends, tuple[Point, ...]]:
    """Return the points of each hop, those that share a box apart from each other.

    Lines into the article run level, so each meets it where it comes from.
    """
    out: dict[str, list[tuple[float, Ends]]] = {}
    into: dict[str, list[tuple[float, Ends]]] = {}
    for one in ends:
        source, target = one
        way = lanes.get(one, ())
        next_y = way[0][1] if way else boxes[target].y
        last_y = way[-1][1] if way else boxes[source].y
        if target == ARTICLE and not way:
            next_y = boxes[source].y
        out.setdefault(source, []).append((next_y, one))
        into.setdefault(target, []).append((last_y, one))
    leaving = {one: y for id_, rows in out.items() for one, y in _ports(boxes[id_], rows).items()}
    reaching = {
        one: y
        for id_, rows in into.items()
        if id_ != ARTICLE
        for one, y in _ports(boxes[id_], rows).items()
    }
    found: dict[Ends, tuple[Point, ...]] = {}
    for one in ends:
        source, target = one
        way = tuple(lanes.get(one, ()))
        start = (boxes[source].right, leaving[one])
        y = way[-1][1] if way else start[1]
        end = (boxes[target].left, y if target == ARTICLE else reaching[one])
        found[one] = (start, *way, end)
    return found


def _ports(box: Box, rows: Sequence[tuple[float, Ends]]) -> dict[Ends, float]:
    """Return where each line meets the side of *box*, in the order of where it comes from."""
    step = min(_APART, (box.size.height - 10) / max(1, len(rows)))
    top = box.y - step * (len(rows) - 1) / 2
    return {one: top + step * number for number, (_, one) in enumerate(sorted(rows))}
