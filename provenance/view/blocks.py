"""Blocks of the page's graph: sources that hang together, and a grid of those that stand alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from provenance.model import ARTICLE
from provenance.view.boxes import Box, Size
from provenance.view.ordering import Columns, order, spread

COLUMN_GAP = 66.0
GRID_GAP = 30.0
GRID_LABEL_GAP = 54.0
LANE = 5.0
_ROW_GAP = 11.0
_SCREEN = (1020.0, 660.0)
"""The room that a page has at its usual size; the grid is made to fit it."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A hop or dispute that is drawn from the column of *left* to that of *right*.

    Attributes:
        weak: Whether it is labelled with its certainty, and needs room for that.
        back: Whether its arrow is at the left.
    """

    id: str
    left: str
    right: str
    weak: bool = False
    back: bool = False


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
        grid_gap: Between the columns of those who stand alone.
    """

    level: Mapping[str, int]
    lines: Sequence[Line]
    sizes: Mapping[str, Size]
    path: Sequence[str]
    columns: Mapping[int, Column]
    grid_gap: float = GRID_GAP


@dataclass(frozen=True, slots=True)
class Block:
    """Boxes that are moved as one.

    Attributes:
        lanes: The points that a line runs through between its two boxes, by its id.
        top: Where the block begins.
    """

    boxes: tuple[Box, ...]
    lanes: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    height: float = 0.0
    top: float = 0.0

    def moved(self, down: float) -> "Block":
        """Return the block *down* pixels further down."""
        return Block(
            tuple(replace(box, y=box.y + down) for box in self.boxes),
            {id_: tuple((x, y + down) for x, y in points) for id_, points in self.lanes.items()},
            self.height,
            self.top + down,
        )


def arrange_chains(ids: Collection[str], frame: Frame) -> Block:
    """Return the block of the sources *ids*, which hang together.

    A line over several columns runs through a lane of its own in each column between.
    """
    lines = [line for line in frame.lines if line.left in ids]
    via = {line.id: _lanes(line, frame.level) for line in lines}
    links = [link for line in lines for link in _links(line, via[line.id])]
    levels = {id_: frame.level[id_] for id_ in ids}
    levels |= {lane: level for lanes in via.values() for lane, level in lanes.items()}
    columns = _path_up(order(_rows(levels, frame.path), links), frame.path)
    heights = {item: frame.sizes[item].height if item in ids else LANE for item in levels}
    ys = spread(columns, links, heights, frozenset(frame.path), _ROW_GAP)
    top = min(ys[item] - heights[item] / 2 for item in ys)
    bottom = max(ys[item] + heights[item] / 2 for item in ys)
    boxes = tuple(
        Box(id_, frame.columns[frame.level[id_]].x, ys[id_], frame.sizes[id_])
        for id_ in sorted(ids)
    )
    ways = {
        id_: tuple(
            point
            for lane, level in lanes.items()
            for point in _across(frame.columns[level], ys[lane])
        )
        for id_, lanes in via.items()
    }
    return Block(boxes, ways, bottom - top, top).moved(-top)


def _lanes(line: Line, level: Mapping[str, int]) -> dict[str, int]:
    """Return the names of the lanes of *line* with their columns, from left to right."""
    between = range(level[line.left] - 1, level[line.right], -1)
    return {f"\0{line.id}/{one}": one for one in between}


def _links(line: Line, lanes: Iterable[str]) -> Iterable[tuple[str, str]]:
    return pairwise([line.left, *lanes, *([line.right] if line.right != ARTICLE else [])])


def _rows(levels: Mapping[str, int], path: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the items of each column, the leftmost first, those of *path* on top."""
    found: dict[int, list[str]] = {level: [] for level in range(max(levels.values()), 0, -1)}
    for item in sorted(levels, key=lambda one: (one not in path, one)):
        found[levels[item]].append(item)
    return tuple(tuple(items) for items in found.values())


def _path_up(columns: Columns, path: Sequence[str]) -> Columns:
    """Return *columns*, upside down if that brings the longest chain nearer to the top."""
    below = sum(
        2 * row - (len(column) - 1)
        for column in columns
        for row, item in enumerate(column)
        if item in path
    )
    return tuple(column[::-1] for column in columns) if below > 0 else columns


def _across(column: Column, y: float) -> tuple[Point, Point]:
    return (column.x - column.width / 2, y), (column.x + column.width / 2, y)


def arrange_singles(ids: Sequence[str], frame: Frame, right: float, room: Point) -> Block:
    """Return the grid of the sources *ids*, row by row.

    The lines of a row run to the article in a bundle below its boxes.

    Args:
        ids: In the order in which they are to be read.
        frame: Of the whole graph.
        right: Where the article's box begins.
        room: Width that is taken anyway, and height that is taken already.
    """
    sizes = frame.sizes
    count = _grid_columns(ids, frame, room)
    rows = [ids[start : start + count] for start in range(0, len(ids), count)]
    widths = _grid_widths(ids, sizes, count)
    end = right - COLUMN_GAP
    lefts = [end - sum(widths[c:]) - frame.grid_gap * (count - 1 - c) for c in range(count)]
    boxes: list[Box] = []
    lanes: dict[str, float] = {}
    y = 0.0
    for row in rows:
        tallest = max(sizes[id_].height for id_ in row)
        for c, id_ in enumerate(row):
            x = lefts[c] + sizes[id_].footprint / 2
            boxes.append(Box(id_, x, y + tallest / 2, sizes[id_]))
            lanes[id_] = y + tallest + LANE * (len(row) - 1 - c)
        y += _pitch(tallest, len(row))
    starts = {id_: lefts[n % count + 1] - 6 for n, id_ in enumerate(ids) if n % count < count - 1}
    ways = {
        line.id: ((starts[line.left], lanes[line.left]),)
        for line in frame.lines
        if line.left in starts
    }
    return Block(tuple(boxes), ways, y - _ROW_GAP + LANE)


def _pitch(height: float, columns: int) -> float:
    return height + LANE * (columns - 1) + _ROW_GAP


def _grid_widths(ids: Sequence[str], sizes: Mapping[str, Size], count: int) -> list[float]:
    return [max(sizes[id_].footprint for id_ in ids[c::count]) for c in range(count)]


def _grid_columns(ids: Sequence[str], frame: Frame, room: Point) -> int:
    """Return how many columns make the whole picture the largest on a screen."""
    height = max(frame.sizes[id_].height for id_ in ids)

    def shrinking(count: int) -> float:
        gaps = frame.grid_gap * (count - 1) + 3 * COLUMN_GAP
        across = max(room[0], sum(_grid_widths(ids, frame.sizes, count)) + gaps)
        down = room[1] + -(-len(ids) // count) * _pitch(height, count)
        return max(across / _SCREEN[0], down / _SCREEN[1], 1.0)

    return min(range(1, min(len(ids), 40) + 1), key=lambda count: (shrinking(count), count))
