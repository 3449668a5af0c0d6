"""Where the lines of the graph start, bend and end, so as to pass over few boxes."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.model import ARTICLE
from provenance.view.boxes import Box
from provenance.view.structure import Line

Point = tuple[float, float]

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


_BENDS = (0.0, 0.16, -0.16, 0.3, -0.3, 0.46, -0.46, 0.64, -0.64, 0.85, -0.85)
_SIDES = (0, 1, -1)
_STEPS = 24
_BEYOND = 6.0
"""Pixels that a line may run above or below all boxes: further up stand headings."""
_LABEL = (26.0, 9.0)
"""Half the room of the label in the middle of a line."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The bend of a line.

    Attributes:
        roundness: How far it bends, to the right of its way or (negative) to the left.
        side: Where it leaves and meets the boxes: 1 at their right, -1 at their left, 0 wherever
            it comes upon them on its way from middle to middle.
    """

    roundness: float
    side: int = 0

    @property
    def type(self) -> str:
        """What vis-network calls it."""
        return "curvedCW" if self.roundness >= 0 else "curvedCCW"

    @property
    def back(self) -> "Curve":
        """The same line drawn from the other end."""
        return Curve(-self.roundness, self.side)

    def ends(self, start: Box, end: Box) -> tuple[Point, Point]:
        """Return the points between which it is drawn."""
        first, last = ((box.x + self.side * box.size.width / 2, box.y) for box in (start, end))
        return first, last


def bend(start: Box, end: Box, boxes: Sequence[Box], taken: Iterable[Curve] = ()) -> Curve:
    """Return the gentlest curve from *start* to *end* that passes over the fewest of *boxes*.

    *taken* are the curves of other lines between the same ends, which are left to them.
    """
    used = set(taken)
    best, fewest = Curve(1.0), math.inf
    for curve in (Curve(bend, side) for side in _SIDES for bend in _BENDS):
        hits = math.inf if curve in used else _hits(curve, start, end, boxes)
        if hits < fewest:
            best, fewest = curve, hits
        if not hits:
            break
    return best


def _hits(curve: Curve, start: Box, end: Box, boxes: Sequence[Box]) -> int:
    """Return how many boxes the line passes over, those that its label covers counted twice.

    What leaves the picture counts as four.
    """
    points = sample(curve, start, end)
    x, y = points[_STEPS // 2]
    top = min(box.y - box.size.height / 2 for box in boxes)
    bottom = max(box.y + box.size.height / 2 for box in boxes)
    count = 4 * any(not top - _BEYOND < py < bottom + _BEYOND for _, py in points)
    for box in boxes:
        own = box.id in (start.id, end.id)
        width, height = box.size.width / 2, box.size.height / 2
        if not own or curve.side:
            margin = -3 if own else 4
            count += any(
                abs(px - box.x) < width + margin and abs(py - box.y) < height + margin
                for px, py in points
            )
        count += abs(x - box.x) < width + _LABEL[0] and abs(y - box.y) < height + _LABEL[1]
    return count


def sample(curve: Curve, start: Box, end: Box) -> list[Point]:
    """Return points along *curve* as vis-network draws it: a quadratic Bézier curve."""
    first, last = curve.ends(start, end)
    dx, dy = last[0] - first[0], first[1] - last[1]
    angle = math.atan2(dy, dx) + (0.5 * curve.roundness + 0.5) * math.pi
    reach = (0.5 * abs(curve.roundness) + 0.5) * math.hypot(dx, dy)
    via = (first[0] + reach * math.sin(angle), first[1] + reach * math.cos(angle))
    return [_at(step / _STEPS, first, via, last) for step in range(_STEPS + 1)]


def _at(t: float, a: Point, b: Point, c: Point) -> Point:
    x, y = (
        (1 - t) ** 2 * p + 2 * t * (1 - t) * q + t**2 * r for p, q, r in zip(a, b, c, strict=True)
    )
    return x, y
