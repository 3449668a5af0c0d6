"""The points that lines run through: out of a box at its right, into the next at its left."""

from collections.abc import Iterable, Mapping, Sequence

from provenance.model import ARTICLE
from provenance.view.blocks import Point
from provenance.view.boxes import Box
from provenance.view.structure import Line

_APART = 10.0
"""Pixels between lines that meet in one box, where it is high enough."""

_GAP = 14.0
"""What the mark of a gap takes of the side of a box."""


def route(
    lines: Iterable[Line], boxes: Mapping[str, Box], lanes: Mapping[str, Sequence[Point]]
) -> dict[str, tuple[Point, ...]]:
    """Return the points of each line by its id, those that share a box apart from each other.

    Lines into the article run level, so each meets it where it comes from.
    """
    out: dict[str, list[tuple[float, str]]] = {}
    into: dict[str, list[tuple[float, str]]] = {}
    lines = tuple(lines)
    for line in lines:
        way = lanes.get(line.id, ())
        ahead = boxes[line.left if line.right == ARTICLE else line.right]
        out.setdefault(line.left, []).append((way[0][1] if way else ahead.y, line.id))
        if line.right != ARTICLE:
            into.setdefault(line.right, []).append(
                (way[-1][1] if way else boxes[line.left].y, line.id)
            )
    leaving = {i: y for id_, rows in out.items() for i, y in _ports(boxes[id_], rows).items()}
    reaching = {i: y for id_, rows in into.items() for i, y in _ports(boxes[id_], rows).items()}
    found: dict[str, tuple[Point, ...]] = {}
    for line in lines:
        way = tuple(lanes.get(line.id, ()))
        start = (boxes[line.left].right, leaving[line.id])
        level = way[-1][1] if way else start[1]
        found[line.id] = (start, *way, (boxes[line.right].left, reaching.get(line.id, level)))
    return found


def _ports(box: Box, rows: Sequence[tuple[float, str]]) -> dict[str, float]:
    """Return where each line meets the side of *box*, in the order of where it comes from.

    Below the mark of a gap, where the box has one.
    """
    taken = (_GAP if box.size.note else _GAP / 2) if box.size.before else 0.0
    step = min(_APART, (box.size.height - 10 - taken) / len(rows))
    top = box.y + taken / 2 - step * (len(rows) - 1) / 2
    return {id_: top + step * number for number, (_, id_) in enumerate(sorted(rows))}
