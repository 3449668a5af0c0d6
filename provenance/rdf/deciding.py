"""What decided about hops, disputes and sources: to triples and back."""

from dataclasses import replace

from pyoxigraph import NamedNode

from provenance.model import Basis, Decision, Facet, Source
from provenance.rdf.index import Index
from provenance.rdf.sheet import Sheet
from provenance.rdf.terms import concept, decimal, iri


def write_decision(sheet: Sheet, node: NamedNode, decision: Decision | None) -> None:
    """Write what decided that there is the hop or dispute at *node*."""
    if decision is not None:
        _write(sheet, node, decision)


def write_decisions(sheet: Sheet, node: NamedNode, source: Source) -> None:
    """Write what decided about a source, each as a node of its own."""
    for one in source.decisions:
        decision = sheet.node("decision", source.id, *(getattr(one, s) for s in one.__slots__))
        sheet.add(node, "sp:decision", decision)
        sheet.add(decision, "rdf:type", iri("sp:Decision"))
        sheet.add(decision, "sp:facet", concept(one.facet))
        _write(sheet, decision, one)
        if one.score < 1:
            sheet.add(decision, "sp:score", decimal(one.score))
        sheet.add_spans(decision, "sp:mentionSpan", one.spans)


def _write(sheet: Sheet, node: NamedNode, one: Decision) -> None:
    sheet.add(node, "sp:decidedBy", concept(one.by))
    sheet.add_text(node, "sp:rule", one.rule)
    sheet.add_text(node, "sp:second", one.second)
    if one.second_score:
        sheet.add(node, "sp:secondScore", decimal(one.second_score))


def read_decision(index: Index, node: str, facet: Facet) -> Decision | None:
    """Return what decided about the *facet* of what is at *node*, None where nothing says so."""
    if not index.has(node, "sp:decidedBy"):
        return None
    second = index.number(node, "sp:secondScore", float) if index.has(node, "sp:secondScore") else 0
    return Decision(
        facet=facet,
        by=index.member(node, "sp:decidedBy", Basis),
        rule=index.text(node, "sp:rule"),
        second=index.text(node, "sp:second"),
        second_score=float(second),
    )


def read_decisions(index: Index, node: str) -> tuple[Decision, ...]:
    """Return what decided about the source at *node*, sorted."""
    found = []
    for decision in index.values(node, "sp:decision"):
        read = read_decision(index, decision, index.member(decision, "sp:facet", Facet))
        if read is None:
            raise index.fail(decision, "does not say what decided (sp:decidedBy)")
        spans = index.spans(decision, "sp:mentionSpan")
        found.append(replace(read, score=index.score(decision), spans=spans))
    return tuple(sorted(found))
