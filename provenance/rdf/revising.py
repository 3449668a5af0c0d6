"""Corrections as triples: each an entity attributed to its curator, the graph a revision."""

from pyoxigraph import Literal, NamedNode

from provenance import vocab
from provenance.errors import RecordError
from provenance.loglines import parse_line, to_line
from provenance.model import Applied, Credibility, Reliability, SourceGraph
from provenance.rdf.index import Index
from provenance.rdf.sheet import Sheet
from provenance.rdf.terms import concept, iri, moment


def write_corrections(sheet: Sheet, graph: SourceGraph) -> None:
    """Write what people changed; the graph is then a revision of what the machine made."""
    if not graph.corrections:
        return
    whole = NamedNode(vocab.graph_iri(sheet.name))
    machine = NamedNode(f"{sheet.name}#machine")
    sheet.add(machine, "rdf:type", iri("prov:Entity"))
    sheet.add(machine, "prov:wasGeneratedBy", NamedNode(f"{sheet.name}#run"))
    sheet.add(whole, "prov:wasRevisionOf", machine)
    claims = {claim.id for claim in graph.claims}
    for place, applied in enumerate(graph.corrections, start=1):
        _write(sheet, applied, place, claims)
        sheet.add(whole, "prov:wasDerivedFrom", _node(sheet, applied))


def _node(sheet: Sheet, applied: Applied) -> NamedNode:
    return NamedNode(vocab.named_iri(sheet.name, "correction", applied.correction.id))


def _write(sheet: Sheet, applied: Applied, place: int, claims: set[str]) -> None:
    node, one = _node(sheet, applied), applied.correction
    curator = sheet.node("curator", one.who)
    sheet.add(node, "rdf:type", iri("sp:Correction"), iri("prov:Entity"))
    sheet.add(node, "dcterms:identifier", Literal(one.id))
    sheet.add(node, "prov:wasAttributedTo", curator)
    sheet.add(node, "prov:generatedAtTime", moment(one.when))
    sheet.add(node, "sp:action", Literal(one.action.value))
    sheet.add_text(node, "schema:description", one.why)
    sheet.add(node, "sp:logLine", Literal(to_line(one)))
    sheet.add(node, "sp:position", Literal(place))
    if one.grade:
        scale = Reliability if one.grade in set(Reliability) else Credibility
        sheet.add(node, "sp:grade", concept(scale(one.grade)))
    sheet.add_all(
        node, "sp:about", applied.about, lambda i: (sheet.claim if i in claims else sheet.source)(i)
    )
    sheet.add(curator, "rdf:type", iri("prov:Agent"), iri("prov:Person"))
    sheet.add(curator, "schema:name", Literal(one.who))


def read_corrections(index: Index) -> tuple[Applied, ...]:
    """Return the corrections that *index* has, in their order.

    Raises:
        RecordError: The line of one cannot be read.
    """
    nodes = index.nodes("sp:Correction")
    nodes = sorted(nodes, key=lambda node: index.number(node, "sp:position", int))
    return tuple(_read(index, node) for node in nodes)


def _read(index: Index, node: str) -> Applied:
    try:
        correction = parse_line(index.one(node, "sp:logLine"))
    except RecordError as error:
        raise index.fail(node, f"has a line that is no correction: {error}") from error
    ids = [index.id(node, name, _kind(index, name)) for name in index.values(node, "sp:about")]
    return Applied(correction=correction, about=index.ordered(node, "sp:about", ids))


def _kind(index: Index, name: str) -> str:
    return "claim" if name.startswith(f"{index.article}#claim-") else "source"
