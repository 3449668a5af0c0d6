"""What follows from a graph as triples: loads, lines and gaps. It is not read back."""

from pyoxigraph import Literal, NamedNode

from provenance.graph import dates_of_flows, findings
from provenance.graph.reasons import reasons
from provenance.model import Cargo, CargoKind, Facet, Findings, Gap, SourceGraph, Span
from provenance.rdf.sheet import Sheet, iri, moment
from provenance.rdf.statements import write_evidence


def write_findings(sheet: Sheet, graph: SourceGraph) -> None:
    """Write what each flow carries, which claims say the same, their lines, and the gaps."""
    found = findings(graph)
    dates = dates_of_flows(graph)
    rows = zip(graph.flows, found.cargo, found.begun, dates, strict=True)
    for flow, cargo, begun, date in rows:
        node = sheet.minted("flow", flow, flow.source, flow.target, flow.kind)
        if date:
            sheet.add(node, "sp:date", moment(date))
        sheet.add(node, "sp:carries", *(_load(sheet, one) for one in cargo))
        sheet.add(node, "sp:begins", *(_load(sheet, one) for one in begun))
    _write_points(sheet, graph, found)
    _write_certainty(sheet, graph)
    for gap in found.gaps:
        _write_gap(sheet, gap)


def _write_certainty(sheet: Sheet, graph: SourceGraph) -> None:
    """Write the words by which the text is less certain than by reporting."""
    for reason in reasons(graph):
        if reason.facet is Facet.CERTAINTY and reason.words:
            node = _node(sheet, graph, reason.key)
            sheet.add(node, "sp:certaintySpan", *map(sheet.span, reason.words))


def _node(sheet: Sheet, graph: SourceGraph, key: str) -> NamedNode:
    """Return the node of the flow, dispute or event that *key* stands for."""
    kind, _, number = key.partition(":")
    if kind == "e":
        return sheet.named("event", graph.events[int(number)])
    if kind == "d":
        dispute = graph.disputes[int(number)]
        return sheet.minted("dispute", dispute, dispute.source, dispute.target, dispute.stance)
    flow = graph.flows[int(number)]
    return sheet.minted("flow", flow, flow.source, flow.target, flow.kind)


def _load(sheet: Sheet, cargo: Cargo) -> NamedNode:
    if cargo.kind is CargoKind.CLAIM:
        return sheet.claim(cargo.name)
    if cargo.kind is CargoKind.ARTEFACT:
        return sheet.source(cargo.name)
    start, end = map(int, cargo.name.split("-"))
    return sheet.span(Span(start, end))


def _write_points(sheet: Sheet, graph: SourceGraph, found: Findings) -> None:
    for point in found.points:
        first, *others = map(sheet.claim, point.claims)
        for other in others:
            sheet.add(other, "sp:repeats", first)
        if point.leads:
            sheet.add(first, "sp:leads", Literal(True))
        for line in point.ways:
            node = sheet.node("line", point.id, *line.through)
            sheet.add(node, "rdf:type", iri("sp:Line"))
            sheet.add(node, "sp:lineOf", first)
            sheet.add(node, "sp:through", *map(sheet.source, line.through))
            sheet.add(node, "sp:beginsWith", *map(sheet.source, line.origins))
            sheet.add(node, "sp:voice", *map(sheet.source, line.voices))
        for number in point.disputes:
            one = graph.disputes[number]
            dispute = sheet.minted("dispute", one, one.source, one.target, one.stance)
            sheet.add(dispute, "sp:bearsOn", first)


def _write_gap(sheet: Sheet, gap: Gap) -> None:
    node = sheet.node("gap", gap.source, gap.upstream, gap.reason)
    sheet.add(node, "rdf:type", iri("sp:Gap"))
    sheet.add(node, "sp:beside", sheet.source(gap.source))
    sheet.add(node, "sp:isBefore", Literal(gap.upstream))
    sheet.add(node, "schema:text", Literal(gap.reason))
    if gap.evidence:  # a ring of flows leaves no sentence out
        write_evidence(sheet, node, gap.evidence)
