"""Whether a graph is what it says it is: shapes, PROV, evidence, custody.

The shapes are in ``ontology/shapes.ttl``; here is what they cannot express. The numbers are those
of the W3C Recommendation PROV-CONSTRAINTS (2013).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance import rdf, vocab
from provenance.errors import RecordError
from provenance.model import ARTICLE, Article, Excerpt, FlowKind, SourceGraph

if TYPE_CHECKING:
    from pyoxigraph import Store


class Severity(StrEnum):
    """How much a finding weighs."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that does not hold.

    Attributes:
        rule: Its group and, where it has one, its name in the standard that it comes from.
        node: The IRI of what it is about.
        message: What is wrong and what would be right, for people.
        severity: A warning does not make a graph invalid.
    """

    rule: str
    node: str
    message: str
    severity: Severity = Severity.VIOLATION


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern that must not occur: it binds ?node and at most one thing more."""

    name: str
    message: str
    where: str


_TYPING = (
    ("prov:wasAttributedTo", "prov:Entity", "prov:Agent"),
    ("prov:wasDerivedFrom", "prov:Entity", "prov:Entity"),
    ("prov:wasQuotedFrom", "prov:Entity", "prov:Entity"),
    ("prov:hadPrimarySource", "prov:Entity", "prov:Entity"),
    ("prov:wasRevisionOf", "prov:Entity", "prov:Entity"),
    ("prov:wasGeneratedBy", "prov:Entity", "prov:Activity"),
    ("prov:generated", "prov:Activity", "prov:Entity"),
    ("prov:used", "prov:Activity", "prov:Entity"),
    ("prov:wasInformedBy", "prov:Activity", "prov:Activity"),
    ("prov:wasAssociatedWith", "prov:Activity", "prov:Agent"),
    ("prov:actedOnBehalfOf", "prov:Agent", "prov:Agent"),
)
_DISJOINT = (
    ("prov:Entity", "prov:Activity", "entity-activity-disjoint (55)"),
    ("prov:Entity", "prov:Agent", "entity-agent-disjoint (ours)"),
    ("prov:Agent", "prov:Activity", "agent-activity-disjoint (ours)"),
)
_QUALIFIED = (
    ("prov:qualifiedAttribution", "prov:agent", "prov:wasAttributedTo"),
    ("prov:qualifiedDerivation", "prov:entity", "prov:wasDerivedFrom"),
    ("prov:qualifiedInfluence", "prov:influencer", "prov:wasInfluencedBy"),
)
_SHORT_FLOWS = ("hadFrom", "reportedBy", "derivedFrom", "toldBy", "drewOn", "takenFrom")
_SHORT_DISPUTES = (("disputedBy", "denies"), ("doubtedBy", "doubts"), ("confirmedBy", "confirms"))


def _is(variable: str, name: str) -> str:
    return f"{{ {variable} rdf:type/rdfs:subClassOf* {name} }}"


def _prov_rules() -> Iterator[_Rule]:
    """Yield what PROV-CONSTRAINTS and the qualified forms of PROV-O ask."""
    for name, domain, range in _TYPING:
        yield _Rule(
            "typing (50)",
            f"{name} must go from a {domain} to a {range}; it goes to <{{}}>",
            f"?node {name} ?o FILTER(NOT EXISTS {_is('?node', domain)}"
            f" || NOT EXISTS {_is('?o', range)})",
        )
    for one, other, number in _DISJOINT:
        where = f"{_is('?node', one)} {_is('?node', other)}"
        yield _Rule(number, f"nothing can be a {one} and a {other} at once", where)
    for qualified, influencer, short in _QUALIFIED:
        where = (
            f"?node {qualified} ?o FILTER NOT EXISTS {{ ?o {influencer} ?x . ?node {short} ?x }}"
        )
        message = f"{qualified} leads to <{{}}>, whose {influencer} is not that of any {short}"
        yield _Rule("qualified form", message, where)
    yield _Rule(
        "derivation-generation-generation-ordering (42)",
        "it is derived from itself by way of others; one of them must be a later version",
        "?node prov:wasDerivedFrom+ ?node",
    )


def _own_rules() -> Iterator[_Rule]:
    """Yield what our short properties must rest on, and what denial must not entail."""
    for short in _SHORT_FLOWS:
        where = (
            f"?node sp:{short} ?o FILTER NOT EXISTS {{ ?f a sp:Flow ; sp:from ?o ; sp:to ?node }}"
        )
        yield _Rule("flow", f"sp:{short} leads to <{{}}> without a sp:Flow that shows why", where)
    for _, _, short in _QUALIFIED:
        shown = "?f a sp:Flow ; sp:from ?o ; sp:to ?node"
        where = f"?node {short} ?o {{ ?node a sp:Source }} UNION {{ ?node a sp:Article }}"
        message = f"{short} leads to <{{}}> without a sp:Flow that shows why"
        yield _Rule("influence", message, f"{where} FILTER NOT EXISTS {{ {shown} }}")
    for short, stance in _SHORT_DISPUTES:
        shown = f"?d a sp:Dispute ; sp:by ?o ; sp:target ?node ; sp:stance sp:stance-{stance}"
        where = f"?node sp:{short} ?o FILTER NOT EXISTS {{ {shown} }}"
        yield _Rule("dispute", f"sp:{short} leads to <{{}}> without a sp:Dispute to show it", where)
    in_prov = f'FILTER(STRSTARTS(STR(?p), "{vocab.PREFIXES["prov"]}"))'
    yield _Rule(
        "dispute",
        "a dispute is no influence: <{}> must not stand between it and anything",
        f"{{ ?node a sp:Dispute ; ?p ?x }} UNION {{ ?node a sp:Dispute . ?x ?p ?node }} {in_prov}",
    )
    yield _Rule(
        "denied",
        "what is denied must not be stated in PROV as well: <{}>",
        f"?node sp:certainty sp:certainty-denied {{ ?node a sp:Flow }} UNION {{ ?node a sp:Claim }}"
        f" {{ ?node ?p ?x }} UNION {{ ?x ?p ?node }} {in_prov}",
    )


def check(
    data: bytes, format: str | None = None, *, article: Article | None = None, name: str = ""
) -> tuple[Finding, ...]:
    """Return all that is wrong with the graphs in *data*, sorted; nothing means that they conform.

    Args:
        data: RDF in any format that `rdf.read_graphs` knows.
        format: Its format, told by *name* or by the bytes if None.
        article: The article as it is today, to read every quote in it again.
        name: Of the file, for error messages.

    Raises:
        RecordError: *data* is not RDF, or has nothing to do with us.
    """
    store = rdf.load_store(data, format, name)
    if not list(rdf.select(store, "SELECT ?a { ?a a sp:Article }")):
        raise RecordError(f"cannot check {name or 'the graph'}: it holds no article (sp:Article)")
    findings = {*_check_shapes(data, format, name), *_check_prov(store)}
    try:
        graphs = rdf.read_named_graphs(data, format, name)
        quotes = tuple(rdf.read_quotes(data, format, name))
    except RecordError as error:
        return tuple(sorted(findings or {Finding("records", "", str(error))}))
    for iri, graph in graphs.items():
        own = [(node, excerpt) for source, node, excerpt in quotes if source == iri]
        findings.update(_check_text(graph.article, iri, own))
        findings.update(_check_custody(graph, iri))
        if article is not None and (len(graphs) == 1 or article.digest == graph.article.digest):
            findings.update(_check_article(graph.article, article, iri, own))
    if article is not None and all(g.article.digest != article.digest for g in graphs.values()):
        why = f"{article.name} is not the file that was read: its SHA-256 is {article.digest}"
        findings.add(Finding("article", min(graphs), why))
    return tuple(sorted(findings))


def _check_shapes(data: bytes, format: str | None, name: str) -> Iterator[Finding]:
    """Yield what the shapes find in the union of all graphs."""
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    shapes, ontology = (
        rdf.parse_rdflib(vocab.ontology(file), "turtle")
        for file in ("shapes.ttl", "provenance.ttl")
    )
    graph = rdf.parse_rdflib(data, format, name)
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology)
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"not a validation report: {results!r}")
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        node = results.value(result, SH.focusNode)
        value = results.value(result, SH.value)
        message = str(results.value(result, SH.resultMessage))
        shown = "" if value is None or value == node else f": {_short(str(value))!r}"
        yield Finding("shape", str(node), message + shown)


def _check_prov(store: "Store") -> Iterator[Finding]:
    for rule in (*_prov_rules(), *_own_rules()):
        for node, other in rdf.select(store, f"SELECT DISTINCT ?node ?o {{ {rule.where} }}"):
            yield Finding(f"prov: {rule.name}", node, rule.message.format(other))


def _check_text(article: Article, iri: str, quotes: list[tuple[str, Excerpt]]) -> Iterator[Finding]:
    """Yield what does not agree with the text in the graph, where it is there."""
    text = article.text
    if not text:
        return
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != article.text_digest:
        why = "the text (schema:articleBody) was changed: sp:textDigest is another one's"
        yield Finding("evidence", iri, why)
    yield from _misquotes(quotes, article, "evidence", "the text in the graph")
    for span in article.paragraphs:
        if span.end > len(text):
            why = f"a paragraph ends at {span.end}, the text at {len(text)}"
            yield Finding("evidence", iri, why)


def _check_article(
    kept: Article, found: Article, iri: str, quotes: list[tuple[str, Excerpt]]
) -> Iterator[Finding]:
    """Yield what the article says otherwise today."""
    if found.text_digest != kept.text_digest:
        why = f"the text of {found.name} is not the one that was read: its SHA-256 is another"
        yield Finding("article", iri, why)
    yield from _misquotes(quotes, found, "article", found.name)


def _misquotes(
    quotes: list[tuple[str, Excerpt]], article: Article, rule: str, where: str
) -> Iterator[Finding]:
    for node, excerpt in quotes:
        span, text = excerpt.span, article.text
        if span.end > len(text):
            why = f"{excerpt.exact!r} should end at {span.end}; {where} has {len(text)} code points"
            yield Finding(rule, node, why)
            continue
        there = article.excerpt(span)
        for part, quoted, read in (
            ("words", excerpt.exact, there.exact),
            ("words before", excerpt.prefix, there.prefix),
            ("words after", excerpt.suffix, there.suffix),
        ):
            if quoted != read:
                why = f"the {part} at {span.start} to {span.end} are {_short(quoted)!r} here"
                yield Finding(rule, node, f"{why}, {_short(read)!r} in {where}")
                break


def _check_custody(graph: SourceGraph, iri: str) -> Iterator[Finding]:
    """Yield hops of the wrong kind, and sources whose information gets nowhere."""
    sources = {source.id: source for source in graph.sources}
    for flow in graph.flows:
        source = sources.get(flow.source)
        if source and flow.kind is FlowKind.REPORTED_BY and not source.type.is_agent:
            node = vocab.source_iri(iri, flow.source)
            why = f"{source.name!r} is a {source.type.value} and reports nothing: derived_from"
            yield Finding("custody", node, f"{why} is the kind of its flow to {flow.target!r}")
    reaching = {ARTICLE}
    while new := {f.source for f in graph.flows if f.target in reaching} - reaching:
        reaching |= new
    for id in sorted({f.target for f in graph.flows} - reaching):
        if not any(flow.source == id for flow in graph.flows):
            name = sources[id].name if id in sources else id
            why = f"the chain of custody breaks off at {name!r}: no flow leads on to the article"
            yield Finding("custody", vocab.source_iri(iri, id), why, Severity.WARNING)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
