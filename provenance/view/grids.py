"""What is packed side by side: those who stand alone, and short chains."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from provenance.model import ARTICLE
from provenance.view.boxes import Box, Size
from provenance.view.layering import Ends
from provenance.view.pieces import (
    ARTICLE_WIDTH,
    COLUMN_GAP,
    GRID_GAP,
    GRID_LABEL_GAP,
    LABEL_HEIGHT,
    LANE,
    ROW_GAP,
    Block,
    Column,
    Frame,
    Point,
    arrange_chains,
    columns_of,
)

_SCREEN = (1020.0, 660.0)
"""The room that a page has at its usual size; grids are made to fit it."""


def arrange_shelves(groups: Sequence[tuple[str, ...]], frame: Frame) -> Block:
    """Return short chains side by side, as many in a row as the picture is wide.

    What goes to the article from all but the last of a row runs below the row.
    """
    columns = columns_of(groups, frame.shape, frame.sizes)
    step = columns[1].right - columns[2].left + GRID_GAP
    taken = columns[1].right - min(column.left for column in frame.columns.values())
    count = max(1, min(len(groups), int(max(taken, _SCREEN[0] - 200) / step + 0.2)))
    y = 0.0
    boxes: list[Box] = []
    lanes: dict[str, tuple[Point, ...]] = {}
    for start in range(0, len(groups), count):
        row = groups[start : start + count]
        shelf = _shelf(row, frame, columns, step).moved(y)
        boxes += shelf.boxes
        lanes |= shelf.lanes
        y += shelf.height + ROW_GAP
    return Block(tuple(boxes), lanes, y - ROW_GAP)


def _shelf(
    row: Sequence[tuple[str, ...]], frame: Frame, columns: Mapping[int, Column], step: float
) -> Block:
    shifts = [step * (len(row) - 1 - number) for number in range(len(row))]
    blocks = [
        arrange_chains(ids, replace(frame, columns=_shifted(columns, shift)))
        for ids, shift in zip(row, shifts, strict=True)
    ]
    height = max(block.height for block in blocks)
    lanes: dict[str, tuple[Point, ...]] = {}
    for block, ids, shift in zip(blocks, row, shifts, strict=True):
        lanes |= block.lanes
        through = [li for li in frame.shape.lines if li.left in ids and li.right == ARTICLE]
        for line in through if shift else ():
            height += LANE
            below = (columns[2].left - shift + step - 6, height)
            lanes[line.id] = (*block.lanes.get(line.id, ()), below)
    return Block(tuple(box for block in blocks for box in block.boxes), lanes, height)


def _shifted(columns: Mapping[int, Column], left: float) -> dict[int, Column]:
    return {level: replace(column, x=column.x - left) for level, column in columns.items()}


def arrange_singles(
    ids: Sequence[str], frame: Frame, disputes: Sequence[Ends], down: float
) -> Block:
    """Return the grid of the sources *ids*, row by row.

    The lines of a row run to the article in a bundle below its boxes.

    Args:
        ids: In the order in which they are to be read.
        frame: Of the whole graph.
        disputes: The ends of those among them, whose labels need room between columns or rows.
        down: How far down it will stand.
    """
    sizes = frame.sizes
    gap = GRID_LABEL_GAP if disputes else GRID_GAP
    count = _grid_columns(ids, frame, gap, down)
    rows = [ids[start : start + count] for start in range(0, len(ids), count)]
    widths = _grid_widths(ids, sizes, count)
    end = -ARTICLE_WIDTH / 2 - COLUMN_GAP
    lefts = [end - sum(widths[c:]) - gap * (count - 1 - c) for c in range(count)]
    boxes: list[Box] = []
    lanes: dict[str, float] = {}
    y = 0.0
    stacked = _stacked(ids, count, disputes)
    for number, row in enumerate(rows):
        tallest = max(sizes[id_].height for id_ in row)
        for c, id_ in enumerate(row):
            x = lefts[c] + sizes[id_].footprint / 2
            boxes.append(Box(id_, x, y + tallest / 2, sizes[id_]))
            lanes[id_] = y + tallest + LANE * (len(row) - 1 - c)
        y += _pitch(tallest, len(row)) + (LABEL_HEIGHT if number in stacked else 0)
    starts = {id_: lefts[n % count + 1] - 6 for n, id_ in enumerate(ids) if n % count < count - 1}
    ways = {
        line.id: ((starts[line.left], lanes[line.left]),)
        for line in frame.shape.lines
        if line.left in starts
    }
    return Block(tuple(boxes), ways, y - ROW_GAP + LANE)


def _stacked(ids: Sequence[str], count: int, disputes: Sequence[Ends]) -> set[int]:
    """Return the rows below which somebody disputes the one right below."""
    place = {id_: divmod(number, count) for number, id_ in enumerate(ids)}
    found = set()
    for source, target in disputes:
        (row, column), (other, beside) = sorted((place[source], place[target]))
        if column == beside and other == row + 1:
            found.add(row)
    return found


def _pitch(height: float, columns: int) -> float:
    return height + LANE * (columns - 1) + ROW_GAP


def _grid_widths(ids: Sequence[str], sizes: Mapping[str, Size], count: int) -> list[float]:
    return [max(sizes[id_].footprint for id_ in ids[c::count]) for c in range(count)]


def _grid_columns(ids: Sequence[str], frame: Frame, gap: float, down: float) -> int:
    """Return how many columns make the whole picture the largest on a screen."""
    height = max(frame.sizes[id_].height for id_ in ids)
    taken = ARTICLE_WIDTH / 2 - min(column.left for column in frame.columns.values())

    def shrinking(count: int) -> float:
        gaps = gap * (count - 1) + 3 * COLUMN_GAP
        across = max(taken, sum(_grid_widths(ids, frame.sizes, count)) + gaps)
        below = down + -(-len(ids) // count) * _pitch(height, count)
        return max(across / _SCREEN[0], below / _SCREEN[1], 1.0)

    return min(range(1, min(len(ids), 40) + 1), key=lambda count: (shrinking(count), count))
