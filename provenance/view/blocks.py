"""Blocks of the page's graph: sources that hang together, and a grid of those that stand alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from provenance.model import ARTICLE
from provenance.view.boxes import Box, Size
from provenance.view.layering import Ends
from provenance.view.ordering import order, spread

COLUMN_GAP = 66.0
GRID_GAP = 30.0
LANE = 6.0
_ROW_GAP = 12.0
_SCREEN = (1020.0, 700.0)
"""The room that a page has at its usual size; the grid is made to fit it."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Column:
    """Where the boxes of one layer stand; *x* is the middle."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Frame:
    """What all blocks of a graph have in common.

    Attributes:
        level: The column of each source, from the article (0) to the left.
        path: The longest chain, which is drawn straight.
    """

    level: Mapping[str, int]
    ends: Sequence[Ends]
    sizes: Mapping[str, Size]
    path: Sequence[str]
    columns: Mapping[int, Column]


@dataclass(frozen=True, slots=True)
class Block:
    """Boxes that are moved as one.

    Attributes:
        lanes: The points that a hop runs through between its two boxes, by its ends.
        top: Where the block begins.
    """

    boxes: tuple[Box, ...]
    lanes: Mapping[Ends, tuple[Point, ...]] = field(default_factory=dict)
    height: float = 0.0
    top: float = 0.0

    def moved(self, down: float) -> "Block":
        """Return the block *down* pixels further down."""
        return Block(
            tuple(replace(box, y=box.y + down) for box in self.boxes),
            {ends: tuple((x, y + down) for x, y in points) for ends, points in self.lanes.items()},
            self.height,
            self.top + down,
        )


def arrange_chains(ids: Collection[str], frame: Frame) -> Block:
    """Return the block of the sources *ids*, which hang together.

    A hop over several columns runs through a lane of its own in each column between.
    """
    via = {one: _lanes(one, frame.level) for one in frame.ends if one[0] in ids}
    links = [link for one, lanes in via.items() for link in _links(one, lanes)]
    levels = {id_: frame.level[id_] for id_ in ids}
    levels |= {lane: level for lanes in via.values() for lane, level in lanes.items()}
    columns = order(_rows(levels, frame.path), links)
    heights = {item: frame.sizes[item].height if item in ids else LANE for item in levels}
    ys = spread(columns, links, heights, frozenset(frame.path), _ROW_GAP)
    top = min(ys[item] - heights[item] / 2 for item in ys)
    bottom = max(ys[item] + heights[item] / 2 for item in ys)
    boxes = tuple(
        Box(id_, frame.columns[frame.level[id_]].x, ys[id_], frame.sizes[id_])
        for id_ in sorted(ids)
    )
    ways = {
        one: tuple(
            point
            for lane, level in lanes.items()
            for point in _across(frame.columns[level], ys[lane])
        )
        for one, lanes in via.items()
    }
    return Block(boxes, ways, bottom - top, top).moved(-top)


def _lanes(ends: Ends, level: Mapping[str, int]) -> dict[str, int]:
    """Return the names of a hop's lanes with their columns, from left to right."""
    between = range(level[ends[0]] - 1, level[ends[1]], -1)
    return {f"\0{ends[0]}\0{ends[1]}\0{one}": one for one in between}


def _links(ends: Ends, lanes: Iterable[str]) -> Iterable[Ends]:
    return pairwise([ends[0], *lanes, *([ends[1]] if ends[1] != ARTICLE else [])])


def _rows(levels: Mapping[str, int], path: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the items of each column, the leftmost first, those of *path* on top."""
    found: dict[int, list[str]] = {level: [] for level in range(max(levels.values()), 0, -1)}
    for item in sorted(levels, key=lambda one: (one not in path, one)):
        found[levels[item]].append(item)
    return tuple(tuple(items) for items in found.values())


def _across(column: Column, y: float) -> tuple[Point, Point]:
    return (column.x - column.width / 2, y), (column.x + column.width / 2, y)


def arrange_singles(
    ids: Sequence[str],
    sizes: Mapping[str, Size],
    leading: Collection[str],
    right: float,
    room: Point,
) -> Block:
    """Return the grid of the sources *ids*, row by row.

    Args:
        ids: In the order in which they are to be read.
        sizes: Of their boxes.
        leading: Those with a line to the article; it runs in a bundle below the row's boxes.
        right: Where the article's box begins.
        room: Width that is taken anyway, and height that is taken already.
    """
    count = _grid_columns(ids, sizes, room)
    rows = [ids[start : start + count] for start in range(0, len(ids), count)]
    widths = [max(sizes[row[c]].footprint for row in rows if c < len(row)) for c in range(count)]
    lefts = [
        right - COLUMN_GAP - sum(widths[c:]) - GRID_GAP * (count - 1 - c) for c in range(count)
    ]
    boxes: list[Box] = []
    ways: dict[Ends, tuple[Point, ...]] = {}
    y = 0.0
    for row in rows:
        tallest = max(sizes[id_].height for id_ in row)
        for c, id_ in enumerate(row):
            margin = (sizes[id_].footprint - sizes[id_].width) / 2
            boxes.append(
                Box(id_, lefts[c] + margin + sizes[id_].width / 2, y + tallest / 2, sizes[id_])
            )
            ways[id_, ARTICLE] = ()
            if c < count - 1 and id_ in leading:
                lane = y + tallest + LANE * (len(row) - 1 - c)
                ways[id_, ARTICLE] = ((lefts[c + 1] - 6, lane), (right - COLUMN_GAP + 4, lane))
        y += _pitch(tallest, len(row))
    return Block(tuple(boxes), ways, y - _ROW_GAP)


def _pitch(height: float, columns: int) -> float:
    return height + LANE * (columns - 1) + _ROW_GAP


def _grid_columns(ids: Sequence[str], sizes: Mapping[str, Size], room: Point) -> int:
    """Return how many columns make the whole picture the largest on a screen."""
    width = max(sizes[id_].footprint for id_ in ids) + GRID_GAP
    height = max(sizes[id_].height for id_ in ids)

    def shrinking(columns: int) -> float:
        rows = -(-len(ids) // columns)
        across = max(room[0], width * columns + 2 * COLUMN_GAP)
        return max(
            across / _SCREEN[0], (room[1] + rows * _pitch(height, columns)) / _SCREEN[1], 1.0
        )

    return min(range(1, min(len(ids), 40) + 1), key=lambda columns: (shrinking(columns), columns))
