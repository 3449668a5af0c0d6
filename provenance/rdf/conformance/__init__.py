"""Check that a graph is what it says it is: shapes, PROV, evidence and custody.

In: RDF as bytes, and the article where it is at hand. Out: each `Finding`; none means it conforms.
Never: the extractor or the rooms that made the graph. Shapes are in ``ontology/shapes.ttl``, and
numbers of rules are those of the W3C Recommendation PROV-CONSTRAINTS (2013).
"""

from provenance import rdf
from provenance.errors import RecordError
from provenance.model import Article
from provenance.rdf.conformance.consistency import check_custody, check_dates
from provenance.rdf.conformance.evidence import check_article, check_lean, check_text, is_lean
from provenance.rdf.conformance.patterns import check_patterns, check_shapes
from provenance.rdf.conformance.reporting import Finding, Severity

__all__ = ["Finding", "Severity", "check"]


def check(
    data: bytes, format: str | None = None, *, article: Article | None = None, name: str = ""
) -> tuple[Finding, ...]:
    """Return all that is wrong with the graphs in *data*, sorted; nothing means that they conform.

    Args:
        data: RDF in any format that `rdf.read_graphs` knows.
        format: Its format; by default *name* or the bytes decide.
        article: The article as it is today, to read every quote in it again.
        name: Of the file, for error messages.

    Raises:
        RecordError: *data* is not RDF, has nothing to do with us, or is an earlier version's.
    """
    store = rdf.load_store(data, format, name)
    if not list(rdf.select(store, "SELECT ?a { ?a a sp:Article }")):
        raise RecordError(f"cannot check {name or 'the graph'}: it holds no article (sp:Article)")
    if why := rdf.outdated(store):
        raise RecordError(f"cannot check {name or 'the graph'}: {why}")
    findings = {*check_shapes(data, format, name), *check_patterns(store)}
    if is_lean(store):
        return tuple(sorted(findings | {*check_lean(store, article)}))
    try:
        graphs = rdf.read_named_graphs(data, format, name)
        quotes = tuple(rdf.read_quotes(data, format, name))
    except RecordError as error:
        return tuple(sorted(findings or {Finding("records", "", str(error))}))
    for iri, graph in graphs.items():
        own = [(node, excerpt) for source, node, excerpt in quotes if source == iri]
        findings.update(check_text(graph.article, iri, own))
        findings.update(check_custody(graph, iri))
        findings.update(check_dates(graph, iri))
        if article is not None and (len(graphs) == 1 or article.digest == graph.article.digest):
            findings.update(check_article(graph.article, article, iri, own))
    if article is not None and all(g.article.digest != article.digest for g in graphs.values()):
        why = f"{article.name} is not the file that was read: its SHA-256 is {article.digest}"
        findings.add(Finding("article", min(graphs), why))
    return tuple(sorted(findings))
