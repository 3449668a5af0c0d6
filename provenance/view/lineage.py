"""Who has a claim from whom, laid out as a small picture from the origins to the articles."""

from collections.abc import Mapping, Sequence
from typing import Any

from provenance.model import ARTICLE, Flow, FlowKind
from provenance.view.boxes import LINE, Box, Size, cells, extent, wrap
from provenance.view.curves import route
from provenance.view.layering import forward_ends, layers
from provenance.view.pieces import Frame, arrange_chains, columns_of
from provenance.view.structure import Line, Structure

Record = dict[str, Any]

_PADDING, _BADGE, _NOTE = 22.0, 22.0, 6.2
_MARGIN = 12.0


def draw_story(story: Mapping[str, Any], notes: Sequence[str]) -> Record:
    """Return boxes and lines of a story with their places, in pixels.

    Args:
        story: Its ``nodes`` (label, kind, articles) and ``edges`` (from, to, whether by copying).
        notes: The small line below each label.
    """
    ids = [f"{number:03}" for number in range(len(story["nodes"]))]
    lines = _lines(ids, story["edges"])
    shape = Structure(_levels(ids, lines), (), (tuple(ids),), (), lines)
    sizes = {
        id_: _size(label, kind, note)
        for id_, (label, kind, _), note in zip(ids, story["nodes"], notes, strict=True)
    }
    frame = Frame(shape, sizes, columns_of([ids], shape, sizes))
    block = arrange_chains(ids, frame)
    boxes = {box.id: box for box in block.boxes}
    routes = route(lines, boxes, block.lanes)
    return _placed(story, boxes, lines, routes, block.height)


def _lines(ids: Sequence[str], edges: Sequence[Sequence[int]]) -> tuple[Line, ...]:
    """Return a line for each edge; those that close a circle run back."""
    flows = [
        Flow(source=ids[a], target=ids[b], kind=FlowKind.DERIVED_FROM, evidence=())
        for a, b, _ in edges
    ]
    forward = set(forward_ends(ids, flows))
    return tuple(
        Line(f"{number}", flow.source, flow.target)
        if (flow.source, flow.target) in forward
        else Line(f"{number}", flow.target, flow.source, back=True)
        for number, flow in enumerate(flows)
    )


def _levels(ids: Sequence[str], lines: Sequence[Line]) -> dict[str, int]:
    """Return the column of each node, 1 for the rightmost."""
    onward = {line.left for line in lines}
    ends = {(line.left, line.right) for line in lines}
    ends |= {(id_, ARTICLE) for id_ in ids if id_ not in onward}
    return layers(ids, sorted(ends))


def _size(label: str, kind: str, note: str) -> Size:
    rows = wrap(label, lines=2)
    width = max(*map(extent, rows), _NOTE * cells(note)) + _PADDING
    badge = _BADGE if kind in ("independent", "unknown", "circular") else 0.0
    return Size(max(width + badge, 90.0), LINE * len(rows) + 25, rows, note)


def _placed(
    story: Mapping[str, Any],
    boxes: Mapping[str, Box],
    lines: Sequence[Line],
    routes: Mapping[str, Sequence[tuple[float, float]]],
    height: float,
) -> Record:
    left = min(box.left for box in boxes.values()) - _MARGIN
    right = max(box.right for box in boxes.values()) + _MARGIN
    nodes = [
        {
            "name": name,
            "lines": list(box.size.lines),
            "note": box.size.note,
            "kind": kind,
            "articles": articles,
            "at": [round(box.left - left), round(box.y - box.size.height / 2 + _MARGIN)],
            "size": [round(box.size.width), round(box.size.height)],
        }
        for box, (name, kind, articles) in zip(
            (boxes[id_] for id_ in sorted(boxes)), story["nodes"], strict=True
        )
    ]
    edges = [
        {
            "ends": [source, target],
            "copy": copy,
            "points": [
                [round(x - left), round(y + _MARGIN)]
                for x, y in (routes[line.id][::-1] if line.back else routes[line.id])
            ],
        }
        for line, (source, target, copy) in zip(lines, story["edges"], strict=True)
    ]
    size = [round(right - left), round(height + 2 * _MARGIN)]
    return {"size": size, "nodes": nodes, "edges": edges}
