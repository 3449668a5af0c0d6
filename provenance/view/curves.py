"""How lines that do not run from left to right bend, so as to pass over few boxes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.view.boxes import Box

_BENDS = (0.0, 0.16, -0.16, 0.3, -0.3, 0.46, -0.46, 0.64, -0.64)


@dataclass(frozen=True, slots=True)
class Curve:
    """The bend of a line: how far (0 is straight), to the right of its way or to the left."""

    roundness: float

    @property
    def type(self) -> str:
        """What vis-network calls it."""
        return "curvedCW" if self.roundness >= 0 else "curvedCCW"


def bend(start: Box, end: Box, boxes: Sequence[Box], taken: Sequence[Curve] = ()) -> Curve:
    """Return the gentlest curve from *start* to *end* that passes over the fewest of *boxes*.

    *taken* are the curves of other lines between the same ends, which are left to them.
    """
    others = [box for box in boxes if box.id not in (start.id, end.id)]
    free = [Curve(bend) for bend in _BENDS if Curve(bend) not in taken] or [Curve(0.8)]
    return min(free, key=lambda curve: (_hits(curve, start, end, others), abs(curve.roundness)))


def _hits(curve: Curve, start: Box, end: Box, others: Sequence[Box]) -> int:
    points = sample(curve, start, end)
    return sum(
        any(
            abs(x - box.x) < box.size.width / 2 + 6 and abs(y - box.y) < box.size.height / 2 + 4
            for x, y in points
        )
        for box in others
    )


def sample(curve: Curve, start: Box, end: Box, count: int = 24) -> list[tuple[float, float]]:
    """Return points along *curve* as vis-network draws it: a quadratic Bézier curve."""
    dx, dy = end.x - start.x, start.y - end.y
    angle = math.atan2(dy, dx) + (0.5 * curve.roundness + 0.5) * math.pi
    reach = (0.5 * abs(curve.roundness) + 0.5) * math.hypot(dx, dy)
    via = (start.x + reach * math.sin(angle), start.y + reach * math.cos(angle))
    return [_at(step / count, (start.x, start.y), via, (end.x, end.y)) for step in range(count + 1)]


def _at(
    t: float, a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> tuple[float, float]:
    x, y = (
        (1 - t) ** 2 * p + 2 * t * (1 - t) * q + t**2 * r for p, q, r in zip(a, b, c, strict=True)
    )
    return x, y
