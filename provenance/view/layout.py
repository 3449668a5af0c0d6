"""Where everything stands: chains on top, those who speak straight to the article below."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from provenance.model import ARTICLE, Chain, SourceGraph
from provenance.view.boxes import Box, Size, chain_size, compact_size
from provenance.view.curves import Curve, bend, route
from provenance.view.grids import arrange_shelves, arrange_singles
from provenance.view.layering import Ends, nearest
from provenance.view.pieces import (
    ARTICLE_WIDTH,
    Block,
    Frame,
    Point,
    arrange_chains,
    columns_of,
)
from provenance.view.structure import Line, Structure, structure

BLOCK_GAP = 18.0
HEADING = 42.0
_CAPITAL = 8.0
"""Width of a letter of a heading."""
_SHORT = 5
"""Sources in a group that may share a row with others."""

Groups = tuple[tuple[str, ...], ...]


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
        path: The ids along the chain that the page opens with.
        faint: The ids of hops that are drawn only while something that they touch is selected, or
            asked for in the legend.
    """

    boxes: tuple[Box, ...]
    routes: Mapping[str, tuple[Point, ...]]
    backwards: frozenset[str]
    curves: Mapping[str, Curve]
    quiet: frozenset[str]
    headings: tuple[Heading, ...]
    path: tuple[str, ...]
    faint: frozenset[str] = frozenset()


def lay_out(graph: SourceGraph, chains: Sequence[Chain] = ()) -> Layout:
    """Return where the sources of *graph* stand, with room for the gaps of *chains*."""
    shape = structure(graph, chains)
    long, short = _split(shape)
    compact = {*shape.singles, *(id_ for group in short for id_ in group)}
    sizes = sizes_of(graph, compact, chains)
    frame = Frame(shape, sizes, columns_of(long, shape, sizes))
    down = 0.0
    blocks: list[Block] = []
    for ids in long:
        blocks.append(arrange_chains(ids, frame).moved(down))
        down += blocks[-1].height + BLOCK_GAP
    marks: list[Heading] = []
    if short:
        blocks.append(headed(arrange_shelves(short, frame), down, "through one other", marks))
        down = blocks[-1].top + blocks[-1].height + BLOCK_GAP
    if shape.singles:
        grid = arrange_singles(shape.singles, frame, disputes_among(graph, shape), down)
        blocks.append(headed(grid, down, "straight to the article", marks))
    tops = _column_headings(frame, long, nearest(graph.flows))
    return assemble(graph, shape, blocks, [*tops, *marks])


def _split(shape: Structure) -> tuple[Groups, Groups]:
    """Return the groups that need columns of their own, and the short ones that share a row."""
    short = tuple(
        group
        for group in shape.groups
        if not set(group) & set(shape.path)
        and len(group) <= _SHORT
        and max(shape.level[id_] for id_ in group) == 2
    )
    if len(short) < 2:
        return shape.groups, ()
    return tuple(group for group in shape.groups if group not in short), short


def headed(block: Block, down: float, words: str, headings: list[Heading]) -> Block:
    """Return *block* below its heading, which is added to *headings*."""
    moved = block.moved(down + (HEADING - BLOCK_GAP if down else 0.0))
    text = f"{words} · {len(moved.boxes)}"
    room = -ARTICLE_WIDTH / 2 - _CAPITAL * len(text) - 16
    left = min(room, *(box.left for box in moved.boxes))
    headings.append(Heading(left, moved.top - (14 if down else 16), text, "left"))
    return moved


def disputes_among(graph: SourceGraph, shape: Structure) -> tuple[Ends, ...]:
    """Return the ends of the disputes between single sources."""
    alone = set(shape.singles)
    pairs = [(one.source, one.target) for one in graph.disputes]
    return tuple(pair for pair in pairs if set(pair) <= alone)


def sizes_of(
    graph: SourceGraph, compact: Collection[str], chains: Sequence[Chain]
) -> dict[str, Size]:
    """Return the size of each source, small for those in *compact*, gaps of *chains* included."""
    gaps = [gap for chain in chains for gap in chain.gaps]
    before = {gap.source for gap in gaps if gap.upstream}
    after = {gap.source for gap in gaps if not gap.upstream}
    return {
        source.id: (compact_size if source.id in compact else chain_size)(
            source, before=source.id in before, after=source.id in after
        )
        for source in graph.sources
    }


def assemble(
    graph: SourceGraph,
    shape: Structure,
    blocks: Sequence[Block],
    headings: Sequence[Heading],
    faint: frozenset[str] = frozenset(),
) -> Layout:
    """Return the whole of *blocks*, with the article and every line at its place."""
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
        curves=_curves(graph, routes, boxes, faint),
        quiet=frozenset(line.id for line in shape.lines if line.left in alone),
        headings=tuple(headings),
        path=shape.path,
        faint=faint,
    )


def _curves(
    graph: SourceGraph,
    routes: Mapping[str, object],
    boxes: Mapping[str, Box],
    faint: Collection[str],
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
        elif line.id in faint:
            found[line.id] = Curve(0.2)
        elif line.left != line.right:
            curve = bend(boxes[line.left], boxes[line.right], standing, used)
            found[line.id] = curve
            used += [curve, curve.back]
        else:
            found[line.id] = Curve(0.5)
    return found


def _column_headings(frame: Frame, long: Groups, hops: Mapping[str, int]) -> list[Heading]:
    """Return how far the sources of each column of the *long* groups are from the article."""
    level = frame.shape.level
    columned = [id_ for group in long for id_ in group]
    nearer = {level[id_] for id_ in columned if hops.get(id_, level[id_]) < level[id_]}
    return [
        Heading(column.x, -16.0, _hops_away(place, place in nearer))
        for place, column in frame.columns.items()
        if long or not place
    ]


def _hops_away(level: int, nearer: bool) -> str:
    """Return the heading of a column, some of whose sources may be *nearer* by another way."""
    if level < 2:
        return ("what you read", "last hop")[level]
    return f"up to {level} hops away" if nearer else f"{level} hops away"
