"""The network as pyvis carries it: nodes, edges and the options of vis-network."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from provenance.model import ARTICLE, Certainty, Dispute, Flow, FlowKind, SourceGraph
from provenance.view.boxes import Box, Size, clean, wrap
from provenance.view.chronology import contradictions
from provenance.view.curves import Curve
from provenance.view.layout import Layout
from provenance.view.pieces import Point

Record = dict[str, Any]

_OPTIONS: Record = {
    "autoResize": False,  # the page fits the picture anew instead
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
DASHES: Mapping[Certainty, list[int]] = {
    Certainty.ASSERTED: [],
    Certainty.REPORTED: [26, 3],
    Certainty.ALLEGED: [9, 5],
    Certainty.SPECULATIVE: [4, 4],
    Certainty.DENIED: [9, 4, 2, 4],
}
"""How sure the text is of a hop, in its line."""
_DOTTED = [2, 5]


def draw(graph: SourceGraph, layout: Layout) -> Record:
    """Return nodes, edges and options for vis-network.

    A hop is drawn from point to point along its route, so its edge has as many parts; each part
    says under ``item`` what it belongs to. Points are nodes without a look.
    """
    # Imported here because it takes 0.2 s, and only pages need it.
    from pyvis.network import Network  # type: ignore[import-untyped]

    network = Network(directed=True)
    types = {source.id: source.type.value for source in graph.sources} | {ARTICLE: ARTICLE}
    for box in layout.boxes:
        _add_box(network, box, types[box.id], graph)
    looks = looks_of(graph)
    for id_, points in layout.routes.items():
        look = looks[id_] | {"quiet": id_ in layout.quiet, "faint": False}
        _add_route(network, id_, points, look, back=id_ in layout.backwards)
    ends = {f"f:{n}": (one.source, one.target) for n, one in enumerate(graph.flows)}
    ends |= {f"d:{n}": (one.source, one.target) for n, one in enumerate(graph.disputes)}
    boxes = {box.id: box for box in layout.boxes}
    for id_, curve in layout.curves.items():
        start, end = (boxes[one] for one in ends[id_])
        look = looks[id_] | {"quiet": False, "faint": id_ in layout.faint}
        _add_curve(network, id_, (start, end), curve, look)
    network.set_options(json.dumps(_OPTIONS))
    nodes, edges, _, _, _, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def looks_of(graph: SourceGraph) -> dict[str, Record]:
    """Return how each flow and dispute is drawn, by its id."""
    odd = contradictions(graph)
    looks = {f"f:{n}": _flow_look(flow, n in odd) for n, flow in enumerate(graph.flows)}
    return looks | {f"d:{n}": _dispute_look(one) for n, one in enumerate(graph.disputes)}


def box_record(size: Size, type_: str) -> Record:
    """Return what the script draws a box from, its place left out."""
    return {
        "type": type_,
        "lines": list(size.lines),
        "note": size.note,
        "width": round(size.width, 1),
        "height": round(size.height, 1),
        "before": size.before,
        "after": size.after,
    }


def _add_box(network: Any, box: Box, type_: str, graph: SourceGraph) -> None:
    lines = box.size.lines
    publisher = clean(graph.article.publisher[:400])
    if box.id == ARTICLE and publisher:
        lines = (*lines, *wrap(publisher, 15))
    network.add_node(
        f"s:{box.id}",
        label=" ".join(lines),
        shape="custom",
        # vis-network leaves out what lies outside the window by more than this.
        size=round(max(box.size.width, box.size.height) / 2, 1),
        x=round(box.x, 1),
        y=round(box.y, 1),
        box=box_record(replace(box.size, lines=lines), type_),
    )


def _add_route(
    network: Any, id_: str, points: Sequence[Point], look: Record, *, back: bool
) -> None:
    """Add a line as parts from point to point; the arrow is on the last, the label on the first."""
    names = [f"p:{id_}/{step}" for step in range(len(points))]
    for name, (x, y) in zip(names, points, strict=True):
        network.add_node(name, label=" ", shape="custom", x=round(x, 1), y=round(y, 1))
    last = 0 if back else len(points) - 2
    for step in range(len(points) - 1):
        own = {key: value for key, value in look.items() if key not in ("label", "arrows")}
        ends = (names[step + 1], names[step]) if back else (names[step], names[step + 1])
        if not step and "label" in look:
            own["label"] = look["label"]
        network.add_edge(
            *ends,
            **own,
            id=f"{id_}/{step}",
            item=id_,
            arrows=look["arrows"] if step == last else "",
            smooth={"type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5},
        )


def _arrow(shape: str) -> Record:
    return {"to": {"enabled": True, "type": shape, "scaleFactor": 0.5}}


def _add_curve(network: Any, id_: str, ends: tuple[Box, Box], curve: Curve, look: Record) -> None:
    """Add a line from box to box, or between points at the same side of both."""
    names = [f"s:{box.id}" for box in ends]
    if curve.side:
        names = [f"p:{id_}/{step}" for step in range(2)]
        for name, (x, y) in zip(names, curve.ends(*ends), strict=True):
            network.add_node(name, label=" ", shape="custom", x=round(x, 1), y=round(y, 1))
    network.add_edge(
        *names,
        **look,
        id=f"{id_}/0",
        item=id_,
        smooth={"type": curve.type, "roundness": abs(curve.roundness)},
    )


def _flow_look(flow: Flow, odd: bool) -> Record:
    """Return how a hop looks; one that goes back in time says so."""
    weak = flow.certainty.rank > Certainty.REPORTED.rank
    told = flow.kind is FlowKind.REPORTED_BY
    look: Record = {
        "tone": "said" if told else "from",
        "width": 1.5 if told else 2.8,
        "dashes": DASHES[flow.certainty] or False,
        "arrows": _arrow("vee" if told else "arrow"),
    }
    words = [flow.certainty.value] * weak + ["dates?"] * odd
    return look | ({"label": ", ".join(words)} if words else {})


def _dispute_look(dispute: Dispute) -> Record:
    return {
        "tone": dispute.stance.value,
        "width": 2.2,
        "dashes": _DOTTED,
        "label": dispute.stance.value,
        "arrows": _arrow("arrow"),
    }
