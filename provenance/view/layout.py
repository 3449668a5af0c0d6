"""Where everything stands: chains on top, those who speak straight to the article below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provenance.model import ARTICLE, Chain, SourceGraph
from provenance.view.blocks import (
    COLUMN_GAP,
    GRID_GAP,
    GRID_LABEL_GAP,
    Block,
    Column,
    Frame,
    Line,
    Point,
    arrange_chains,
    arrange_singles,
)
from provenance.view.boxes import Box, Size, chain_size, single_size
from provenance.view.curves import Curve, bend
from provenance.view.routes import route
from provenance.view.structure import Structure, structure

ARTICLE_WIDTH = 132.0
BLOCK_GAP = 18.0
HEADING = 34.0
LABEL_GAP = 92.0
"""Between columns where a line is labelled."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Words above a column or a block."""

    x: float
    y: float
    text: str
    align: str = "center"


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one graph, in pixels at full size.

    Attributes:
        boxes: One for each source and one for the article.
        routes: The points that a hop or dispute runs through from left to right, by its id.
        backwards: The ids of the routes whose arrow is at the left.
        curves: Of the lines that go straight from box to box: what closes a cycle, what a source
            of one column has against another.
        quiet: The ids of hops straight to the article, which are many and alike.
        path: The ids along the longest chain.
    """

    boxes: tuple[Box, ...]
    routes: Mapping[str, tuple[Point, ...]]
    backwards: frozenset[str]
    curves: Mapping[str, Curve]
    quiet: frozenset[str]
    headings: tuple[Heading, ...]
    path: tuple[str, ...]


def lay_out(graph: SourceGraph, chains: Sequence[Chain] = ()) -> Layout:
    """Return where the sources of *graph* stand, with room for the gaps of *chains*."""
    shape = structure(graph, chains)
    sizes = _sizes(graph, shape, chains)
    columns = _columns(shape, sizes)
    alone = set(shape.singles)
    among = any({one.source, one.target} <= alone for one in graph.disputes)
    gap = GRID_LABEL_GAP if among else GRID_GAP
    frame = Frame(shape.level, shape.lines, sizes, shape.path, columns, gap)
    down = 0.0
    blocks: list[Block] = []
    for ids in shape.groups:
        blocks.append(arrange_chains(ids, frame).moved(down))
        down += blocks[-1].height + BLOCK_GAP
    if shape.singles:
        room = (ARTICLE_WIDTH / 2 - min(c.x - c.width / 2 for c in columns.values()), down)
        grid = arrange_singles(shape.singles, frame, -ARTICLE_WIDTH / 2, room)
        blocks.append(grid.moved(down + (HEADING - BLOCK_GAP / 2 if shape.groups else 0)))
    return _assemble(graph, shape, blocks, columns)


def _sizes(graph: SourceGraph, shape: Structure, chains: Sequence[Chain]) -> dict[str, Size]:
    gaps = [gap for chain in chains for gap in chain.gaps]
    before = {gap.source for gap in gaps if gap.upstream}
    after = {gap.source for gap in gaps if not gap.upstream}
    alone = set(shape.singles)
    return {
        source.id: (single_size if source.id in alone else chain_size)(
            source, before=source.id in before, after=source.id in after
        )
        for source in graph.sources
    }


def _columns(shape: Structure, sizes: Mapping[str, Size]) -> dict[int, Column]:
    """Return the columns of the chains; the middle of the article's own is at 0."""
    widths: dict[int, float] = {}
    for id_ in (id_ for group in shape.groups for id_ in group):
        widths[shape.level[id_]] = max(widths.get(shape.level[id_], 0.0), sizes[id_].footprint)
    labelled = {shape.level[line.left] for line in shape.lines if line.weak}
    columns, edge = {0: Column(0.0, ARTICLE_WIDTH)}, -ARTICLE_WIDTH / 2
    for level in range(1, max(widths, default=0) + 1):
        edge -= LABEL_GAP if level in labelled else COLUMN_GAP
        columns[level] = Column(edge - widths[level] / 2, widths[level])
        edge -= widths[level]
    return columns


def _assemble(
    graph: SourceGraph,
    shape: Structure,
    blocks: Sequence[Block],
    columns: Mapping[int, Column],
) -> Layout:
    bottom = max((block.top + block.height for block in blocks), default=0.0)
    height = max(bottom, 96.0)
    article = Box(ARTICLE, 0.0, height / 2, Size(ARTICLE_WIDTH, height, ("This article",)))
    boxes = {box.id: box for block in blocks for box in block.boxes} | {ARTICLE: article}
    lanes = {id_: lane for block in blocks for id_, lane in block.lanes.items()}
    routes = route(shape.lines, boxes, lanes)
    alone = set(shape.singles)
    return Layout(
        boxes=tuple(boxes[id_] for id_ in sorted(boxes)),
        routes=routes,
        backwards=frozenset(line.id for line in shape.lines if line.back),
        curves=_curves(graph, routes, boxes),
        quiet=frozenset(line.id for line in shape.lines if line.left in alone),
        headings=_headings(shape, blocks, columns),
        path=shape.path,
    )


def _curves(
    graph: SourceGraph, routes: Mapping[str, object], boxes: Mapping[str, Box]
) -> dict[str, Curve]:
    """Return the bend of every line that has no route, lines between the same ends apart."""
    lines = [Line(f"f:{n}", one.source, one.target) for n, one in enumerate(graph.flows)]
    lines += [Line(f"d:{n}", one.source, one.target) for n, one in enumerate(graph.disputes)]
    found: dict[str, Curve] = {}
    taken: dict[frozenset[str], list[Curve]] = {}
    standing = tuple(boxes.values())
    for line in lines:
        used = taken.setdefault(frozenset((line.left, line.right)), [])
        if line.id in routes:
            used.append(Curve(0.0))
        elif line.left != line.right:
            curve = bend(boxes[line.left], boxes[line.right], standing, used)
            found[line.id] = curve
            used += [curve, curve.back]
        else:
            found[line.id] = Curve(0.5)
    return found


def _headings(
    shape: Structure, blocks: Sequence[Block], columns: Mapping[int, Column]
) -> tuple[Heading, ...]:
    found = [
        Heading(column.x, -16.0, _hops_away(level))
        for level, column in columns.items()
        if shape.groups or not level
    ]
    if shape.singles:
        left = min(box.left for box in blocks[-1].boxes)
        words = f"straight to the article · {len(shape.singles)}"
        found.append(Heading(left, blocks[-1].top - (14 if shape.groups else 16), words, "left"))
    return tuple(found)


def _hops_away(level: int) -> str:
    return ("what you read", "last hop")[level] if level < 2 else f"{level} hops away"
