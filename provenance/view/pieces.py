"""Blocks of the page's graph: sources that hang together, in columns by their hops."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from provenance.model import ARTICLE
from provenance.view.boxes import Box, Size
from provenance.view.layering import Columns, order, spread
from provenance.view.structure import Line, Structure

COLUMN_GAP = 66.0
GRID_GAP = 30.0
GRID_LABEL_GAP = 54.0
LANE = 5.0
ROW_GAP = 11.0
LABEL_GAP = 100.0
"""Between columns where a line is labelled."""
ARTICLE_WIDTH = 132.0
LABEL_HEIGHT = 22.0
"""Between boxes one below the other where the line between them is labelled."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Column:
    """Where the boxes of one layer stand; *x* is the middle."""

    x: float
    width: float

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """What all blocks of a graph have in common."""

    shape: Structure
    sizes: Mapping[str, Size]
    columns: Mapping[int, Column]


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


def columns_of(
    groups: Iterable[Collection[str]], shape: Structure, sizes: Mapping[str, Size]
) -> dict[int, Column]:
    """Return the columns that *groups* need; the middle of the article's own (0) is at 0."""
    widths: dict[int, float] = {}
    ids = {id_ for group in groups for id_ in group}
    for id_ in ids:
        widths[shape.level[id_]] = max(widths.get(shape.level[id_], 0.0), sizes[id_].footprint)
    labelled = {shape.level[line.left] for line in shape.lines if line.weak and line.left in ids}
    columns, edge = {0: Column(0.0, ARTICLE_WIDTH)}, -ARTICLE_WIDTH / 2
    for level in range(1, max(widths, default=0) + 1):
        edge -= LABEL_GAP if level in labelled else COLUMN_GAP
        columns[level] = Column(edge - widths[level] / 2, widths[level])
        edge -= widths[level]
    return columns


def arrange_chains(ids: Collection[str], frame: Frame) -> Block:
    """Return the block of the sources *ids*, which hang together.

    A line over several columns runs through a lane of its own in each column between.
    """
    lines = [line for line in frame.shape.lines if line.left in ids]
    via = {line.id: _lanes(line, frame.shape.level) for line in lines}
    links = [link for line in lines for link in _links(line, via[line.id])]
    levels = {id_: frame.shape.level[id_] for id_ in ids}
    levels |= {lane: level for lanes in via.values() for lane, level in lanes.items()}
    columns = _path_up(order(_rows(levels, frame.shape.path), links), frame.shape.path)
    heights = {item: frame.sizes[item].height if item in ids else LANE for item in levels}
    pulls = [pair for pair in frame.shape.pulls if pair[0] in ids]
    heights |= {id_: heights[id_] + LABEL_HEIGHT for pair in pulls for id_ in pair}
    ys = spread(columns, [*links, *pulls], heights, frozenset(frame.shape.path), ROW_GAP)
    top = min(ys[item] - heights[item] / 2 for item in ys)
    bottom = max(ys[item] + heights[item] / 2 for item in ys)
    boxes = tuple(
        Box(id_, frame.columns[frame.shape.level[id_]].x, ys[id_], frame.sizes[id_])
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
    """Return *columns*, upside down if that brings the first chain nearer to the top."""
    below = sum(
        2 * row - (len(column) - 1)
        for column in columns
        for row, item in enumerate(column)
        if item in path
    )
    return tuple(column[::-1] for column in columns) if below > 0 else columns


def _across(column: Column, y: float) -> tuple[Point, Point]:
    return (column.left, y), (column.right, y)
