"""The ontology as a page for people: ``docs/ontology.html`` from ``ontology/provenance.ttl``."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import jinja2
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from provenance import vocab

HERE = Path(__file__).parent
ONTOLOGY = rdflib.URIRef(vocab.ONTOLOGY)
SCHEMA = rdflib.Namespace(vocab.PREFIXES["schema"])
SECTIONS = (
    ("Classes", OWL.Class),
    ("Object properties", OWL.ObjectProperty),
    ("Data properties", OWL.DatatypeProperty),
)
FACTS = (
    ("subclass of", RDFS.subClassOf),
    ("subproperty of", RDFS.subPropertyOf),
    ("domain", RDFS.domain),
    ("used of", SCHEMA.domainIncludes),
    ("range", RDFS.range),
    ("leads to", SCHEMA.rangeIncludes),
    ("close match", SKOS.closeMatch),
    ("broad match", SKOS.broadMatch),
    ("related match", SKOS.relatedMatch),
    ("see also", RDFS.seeAlso),
)


@dataclass(frozen=True, slots=True)
class Value:
    """Something that a term is said to have: its prefixed name, and where it is described."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Term:
    """What the page says of a term."""

    name: str
    label: str
    definition: str
    example: str
    notation: str
    is_class: bool
    facts: tuple[tuple[str, tuple[Value, ...]], ...]


def page() -> str:
    """Return the whole page."""
    graph = rdflib.Graph().parse(data=vocab.ontology("provenance.ttl"), format="turtle")
    schemes = graph.subjects(RDF.type, SKOS.ConceptScheme)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("ontology.html.j2").render(
        title=graph.value(ONTOLOGY, DCTERMS.title),
        description=graph.value(ONTOLOGY, DCTERMS.description),
        namespace=vocab.SP,
        version=graph.value(ONTOLOGY, OWL.versionInfo),
        license=graph.value(ONTOLOGY, DCTERMS.license),
        profile=graph.value(ONTOLOGY, RDFS.comment),
        aligned=sorted({name for s in graph.subjects() for name in _vocabularies(graph, s)}),
        sections=[
            {"name": name, "terms": _terms(graph, graph.subjects(RDF.type, kind))}
            for name, kind in SECTIONS
        ],
        schemes=[_scheme(graph, s) for s in sorted(schemes, key=str)],
    )


def _scheme(graph: rdflib.Graph, scheme: rdflib.term.Node) -> dict[str, object]:
    return {
        "name": str(scheme).removeprefix(vocab.SP),
        "label": graph.value(scheme, RDFS.label),
        "definition": graph.value(scheme, SKOS.definition),
        # in the order of the file, which rdflib does not keep: the enumeration's
        "concepts": sorted(_terms(graph, graph.subjects(SKOS.inScheme, scheme)), key=_place),
    }


def _place(term: Term) -> int:
    order = [m.value for kind in vocab.SCHEMES for m in kind] + [
        type.value for type in vocab.SOURCE_CLASSES
    ]
    return order.index(term.notation)


def _terms(graph: rdflib.Graph, nodes: Iterable[rdflib.term.Node]) -> list[Term]:
    ours = {n for n in nodes if str(n).startswith(vocab.SP)}
    return [_term(graph, node) for node in sorted(ours, key=lambda n: str(n).lower())]


def _term(graph: rdflib.Graph, node: rdflib.term.Node) -> Term:
    facts = []
    for name, predicate in FACTS:
        values = tuple(_value(o) for o in sorted(graph.objects(node, predicate), key=str))
        if values:
            facts.append((name, values))
    return Term(
        name=str(node).removeprefix(vocab.SP),
        label=str(graph.value(node, RDFS.label) or graph.value(node, SKOS.prefLabel)),
        definition=str(graph.value(node, SKOS.definition)),
        example=str(graph.value(node, SKOS.example) or ""),
        notation=str(graph.value(node, SKOS.notation) or ""),
        is_class=(node, RDF.type, OWL.Class) in graph,
        facts=tuple(facts),
    )


def _value(node: rdflib.term.Node) -> Value:
    iri = str(node)
    if iri.startswith(vocab.SP):
        return Value(f"sp:{iri.removeprefix(vocab.SP)}", f"#{iri.removeprefix(vocab.SP)}")
    return Value(_short(iri), iri)


def _short(iri: str) -> str:
    known = vocab.PREFIXES | {"crm": "http://www.cidoc-crm.org/cidoc-crm/", "rdfs": vocab.RDFS}
    found = (f"{p}:{iri.removeprefix(n)}" for p, n in known.items() if iri.startswith(n))
    return next(found, iri)


def _vocabularies(graph: rdflib.Graph, subject: rdflib.term.Node) -> Iterable[str]:
    """Yield the prefixes of the vocabularies that a term of ours is tied to."""
    if str(subject).startswith(vocab.SP):
        for _, predicate in FACTS:
            for object in graph.objects(subject, predicate):
                prefix, colon, _ = _short(str(object)).partition(":")
                if colon and prefix not in ("sp", "xsd", "rdfs", "http", "https"):
                    yield prefix
