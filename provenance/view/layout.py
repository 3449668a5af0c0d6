"""Where everything stands: chains on top, those who speak straight to the article below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from provenance.model import ARTICLE, Chain, Dispute, Flow, Source, SourceGraph
from provenance.view.blocks import (
    COLUMN_GAP,
    Block,
    Column,
    Frame,
    Point,
    arrange_chains,
    arrange_singles,
)
from provenance.view.boxes import Box, Size, chain_size, single_size
from provenance.view.curves import Curve, bend
from provenance.view.layering import Ends, forward_ends, layers, longest_path
from provenance.view.routes import route

ARTICLE_WIDTH = 132.0
BLOCK_GAP = 24.0
HEADING = 34.0


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
        routes: For each flow, by its number, the points that it runs through from left to right;
            a flow that closes a cycle has none but a curve.
        curves: Of the lines that go from box to box: cycles, second lines and disputes.
        path: The ids along the longest chain.
    """

    boxes: tuple[Box, ...]
    routes: Mapping[int, tuple[Point, ...]]
    curves: Mapping[str, Curve]
    headings: tuple[Heading, ...]
    path: tuple[str, ...]


@dataclass(slots=True)
class _Parts:
    """What is known of a graph while it is laid out."""

    level: dict[str, int]
    ends: tuple[Ends, ...]
    path: tuple[str, ...]
    sizes: dict[str, Size]
    first: dict[Ends, int]
    chains: list[list[str]] = field(default_factory=list)
    singles: list[str] = field(default_factory=list)


def lay_out(graph: SourceGraph, chains: Sequence[Chain] = ()) -> Layout:
    """Return where the sources of *graph* stand, with room for the gaps of *chains*."""
    parts = _parts(graph, chains)
    columns = _columns(parts)
    frame = Frame(parts.level, parts.ends, parts.sizes, parts.path, columns)
    down, blocks = 0.0, []
    for ids in parts.chains:
        block = arrange_chains(ids, frame)
        blocks.append(block.moved(down))
        down += block.height + BLOCK_GAP
    if parts.singles:
        leading = {source for source, target in parts.ends if target == ARTICLE}
        room = (ARTICLE_WIDTH / 2 - min(c.x - c.width / 2 for c in columns.values()), down)
        grid = arrange_singles(parts.singles, parts.sizes, leading, -ARTICLE_WIDTH / 2, room)
        blocks.append(grid.moved(down + (HEADING - BLOCK_GAP / 2 if parts.chains else 0)))
    return _assemble(graph, parts, blocks, columns)


def _parts(graph: SourceGraph, chains: Sequence[Chain]) -> _Parts:
    ids = [source.id for source in graph.sources]
    ends = forward_ends(ids, graph.flows)
    level = layers(ids, ends)
    first: dict[Ends, int] = {}
    for number, flow in enumerate(graph.flows):
        first.setdefault((flow.source, flow.target), number)
    place = _positions(graph)
    parts = _Parts(level, ends, _main_path(graph, chains, level, ends, place), {}, first)
    types = {source.id: source.type for source in graph.sources}
    members = _components(ids, ends)
    parts.chains = sorted(
        (group for group in members if len(group) > 1),
        key=lambda group: (
            not set(group) & set(parts.path),
            not any(types[id_].is_artefact for id_ in group),
            -len(group),
            group[0],
        ),
    )
    disputing = {one.source for one in graph.disputes} | {one.target for one in graph.disputes}
    alone = [group[0] for group in members if len(group) == 1]
    parts.singles = sorted(alone, key=lambda id_: (id_ not in disputing, place[id_], id_))
    parts.sizes = _sizes(graph.sources, set(alone), chains)
    return parts


def _main_path(
    graph: SourceGraph,
    chains: Sequence[Chain],
    level: Mapping[str, int],
    ends: Sequence[Ends],
    place: Mapping[str, int],
) -> tuple[str, ...]:
    """Return the longest chain, of several the one through most artefacts."""
    artefacts = {source.id for source in graph.sources if source.type.is_artefact}
    whole = [c for c in chains if c.flows and c.flows[-1].target == ARTICLE]
    if not whole:
        return longest_path(level, ends, artefacts, place)
    paths = [(one.origin, *(flow.target for flow in one.flows)) for one in whole]
    return max(
        paths,
        key=lambda path: (len(path), len(artefacts & set(path)), [-place.get(i, 0) for i in path]),
    )


def _components(ids: Sequence[str], ends: Iterable[Ends]) -> list[list[str]]:
    """Return the sources that hang together without the article, each group sorted."""
    group = {id_: id_ for id_ in ids}

    def root(id_: str) -> str:
        while group[id_] != id_:
            group[id_] = group[group[id_]]
            id_ = group[id_]
        return id_

    for source, target in ends:
        if target != ARTICLE:
            group[root(source)] = root(target)
    found: dict[str, list[str]] = {}
    for id_ in sorted(ids):
        found.setdefault(root(id_), []).append(id_)
    return list(found.values())


def _positions(graph: SourceGraph) -> dict[str, int]:
    """Return where in the text each source first stands."""
    places: dict[str, list[int]] = {source.id: [] for source in graph.sources}
    for source in graph.sources:
        places[source.id] += [span.start for span in source.mentions]
    hops: tuple[Flow | Dispute, ...] = (*graph.flows, *graph.disputes)
    for one in hops:
        if one.source in places:
            places[one.source] += [span.start for span in one.evidence]
    return {id_: min(starts, default=0) for id_, starts in places.items()}


def _sizes(sources: Sequence[Source], alone: set[str], chains: Sequence[Chain]) -> dict[str, Size]:
    gaps = [gap for chain in chains for gap in chain.gaps]
    before = {gap.source for gap in gaps if gap.upstream}
    after = {gap.source for gap in gaps if not gap.upstream}
    return {
        source.id: (single_size if source.id in alone else chain_size)(
            source, before=source.id in before, after=source.id in after
        )
        for source in sources
    }


def _columns(parts: _Parts) -> dict[int, Column]:
    """Return the columns of the chains; the middle of the article's own is at 0."""
    widths: dict[int, float] = {}
    for id_ in (id_ for group in parts.chains for id_ in group):
        level = parts.level[id_]
        widths[level] = max(widths.get(level, 0.0), parts.sizes[id_].footprint)
    columns, edge = {0: Column(0.0, ARTICLE_WIDTH)}, -ARTICLE_WIDTH / 2
    for level in range(1, max(widths, default=0) + 1):
        columns[level] = Column(edge - COLUMN_GAP - widths[level] / 2, widths[level])
        edge -= COLUMN_GAP + widths[level]
    return columns


def _assemble(
    graph: SourceGraph, parts: _Parts, blocks: Sequence[Block], columns: Mapping[int, Column]
) -> Layout:
    places = [box for block in blocks for box in block.boxes]
    top = min((box.y - box.size.height / 2 for box in places), default=0.0)
    bottom = max((block.top + block.height for block in blocks), default=0.0)
    height = max(bottom - top, 96.0)
    lines = ("This article",)
    article = Box(ARTICLE, 0.0, top + height / 2, Size(ARTICLE_WIDTH, height, lines))
    boxes = {box.id: box for box in (*places, article)}
    lanes = {ends: lane for block in blocks for ends, lane in block.lanes.items()}
    ways = route(parts.ends, boxes, lanes)
    routes = {parts.first[ends]: way for ends, way in ways.items()}
    return Layout(
        boxes=tuple(boxes[id_] for id_ in sorted(boxes)),
        routes=routes,
        curves=_curves(graph, routes, boxes),
        headings=_headings(parts, blocks, columns, top),
        path=parts.path,
    )


def _curves(
    graph: SourceGraph, routes: Mapping[int, object], boxes: Mapping[str, Box]
) -> dict[str, Curve]:
    """Return the bend of every line that has no route, lines between the same ends apart."""
    lines: list[tuple[str, str, str]] = [
        (f"f:{n}", flow.source, flow.target)
        for n, flow in enumerate(graph.flows)
        if n not in routes
    ]
    lines += [(f"d:{n}", one.source, one.target) for n, one in enumerate(graph.disputes)]
    found: dict[str, Curve] = {}
    taken: dict[frozenset[str], list[Curve]] = {}
    along = {frozenset((f.source, f.target)) for n, f in enumerate(graph.flows) if n in routes}
    standing = tuple(boxes.values())
    for id_, source, target in lines:
        ends = frozenset((source, target))
        used = taken.setdefault(ends, [Curve(0.0)] if ends in along else [])
        found[id_] = bend(boxes[source], boxes[target], standing, used)
        used += [found[id_], Curve(-found[id_].roundness)]
    return found


def _headings(
    parts: _Parts, blocks: Sequence[Block], columns: Mapping[int, Column], top: float
) -> tuple[Heading, ...]:
    found = [Heading(0.0, top - 16, "what you read")]
    for level, column in columns.items():
        if level and parts.chains:
            found.append(Heading(column.x, top - 16, _hops(level)))
    if parts.singles:
        first = blocks[-1]
        left = min(box.left for box in first.boxes)
        y = first.top - 14 if parts.chains else top - 16
        found.append(Heading(left, y, f"straight to the article · {len(parts.singles)}", "left"))
    return tuple(found)


def _hops(level: int) -> str:
    return "last hop" if level == 1 else f"{level} hops away"
