"""The network as pyvis carries it: nodes, edges and the options of vis-network."""

import json
from collections.abc import Sequence
from typing import Any

from provenance.model import ARTICLE, Certainty, Dispute, Flow, FlowKind, SourceGraph
from provenance.view.boxes import Box
from provenance.view.labels import clean, wrap
from provenance.view.layout import Layout

Record = dict[str, Any]

_OPTIONS: Record = {
    "autoResize": True,
    "physics": {"enabled": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 100000,
    },
    "nodes": {"chosen": False, "physics": False, "labelHighlightBold": False},
    "edges": {"chosen": False, "physics": False, "arrowStrikethrough": True},
}
_DASHED, _DOTTED = [9, 5], [2, 5]


def draw(graph: SourceGraph, layout: Layout) -> Record:
    """Return nodes, edges and options for vis-network.

    A hop is drawn from point to point along its route, so its edge has as many parts; each part
    says under ``item`` what it belongs to. Points are nodes without a look.
    """
    from pyvis.network import Network  # noqa: PLC0415 - takes 0.2 s, and only pages need it

    network = Network(directed=True)
    types = {source.id: source.type.value for source in graph.sources} | {ARTICLE: ARTICLE}
    for box in layout.boxes:
        _add_box(network, box, types[box.id], graph)
    for number, flow in enumerate(graph.flows):
        if number in layout.routes:
            _add_route(network, number, flow, layout.routes[number])
        elif f"f:{number}" in layout.curves:
            _add_curve(network, f"f:{number}", flow, layout, _flow_look(flow))
    for number, dispute in enumerate(graph.disputes):
        _add_curve(network, f"d:{number}", dispute, layout, _dispute_look(dispute))
    network.set_options(json.dumps(_OPTIONS))
    nodes, edges, _, _, _, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def _add_box(network: Any, box: Box, type_: str, graph: SourceGraph) -> None:
    lines = box.size.lines
    if box.id == ARTICLE:
        lines = ("This article", *wrap(graph.article.publisher, 15)[: 3 if clean(graph.article.publisher) else 0])
    network.add_node(
        f"s:{box.id}",
        label=" ".join(lines),
        shape="custom",
        x=round(box.x, 1),
        y=round(box.y, 1),
        box={
            "type": type_,
            "lines": list(lines),
            "note": box.size.note,
            "width": round(box.size.width, 1),
            "height": round(box.size.height, 1),
            "before": box.size.before,
            "after": box.size.after,
        },
    )


def _add_route(
    network: Any, number: int, flow: Flow, points: Sequence[tuple[float, float]]
) -> None:
    ids = [f"p:{number}/{step}" for step in range(len(points))]
    for id_, (x, y) in zip(ids, points, strict=True):
        network.add_node(id_, label=" ", shape="custom", x=round(x, 1), y=round(y, 1))
    look = _flow_look(flow)
    label = look.pop("label", None)
    parts = list(zip(ids, points, ids[1:], points[1:], strict=False))
    for step, (start, (_, y), end, (_, end_y)) in enumerate(parts):
        smooth = {"type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5}
        last = step == len(parts) - 1
        network.add_edge(
            start,
            end,
            **look,
            **({"label": label} if label and not step else {}),
            id=f"f:{number}/{step}",
            item=f"f:{number}",
            arrows=_arrow(flow) if last else "",
            smooth=smooth if abs(y - end_y) > 0.5 else False,
        )


def _arrow(flow: Flow) -> Record:
    told = flow.kind is FlowKind.REPORTED_BY
    return {"to": {"enabled": True, "type": "vee" if told else "arrow", "scaleFactor": 0.5}}


def _add_curve(network: Any, id_: str, one: Flow | Dispute, layout: Layout, look: Record) -> None:
    curve = layout.curves[id_]
    network.add_edge(
        f"s:{one.source}",
        f"s:{one.target}",
        **look,
        id=f"{id_}/0",
        item=id_,
        arrows={"to": {"enabled": True, "type": "arrow", "scaleFactor": 0.5}},
        smooth={"type": curve.type, "roundness": abs(curve.roundness)},
    )


def _flow_look(flow: Flow) -> Record:
    weak = flow.certainty.rank > Certainty.REPORTED.rank
    told = flow.kind is FlowKind.REPORTED_BY
    look: Record = {
        "tone": "said" if told else "from",
        "width": 1.5 if told else 2.8,
        "dashes": _DASHED if weak else False,
    }
    return look | ({"label": flow.certainty.value} if weak else {})


def _dispute_look(dispute: Dispute) -> Record:
    return {
        "tone": dispute.stance.value,
        "width": 2.2,
        "dashes": _DOTTED,
        "label": dispute.stance.value,
    }
