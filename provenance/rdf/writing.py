"""A source graph as triples: the article first, its sources, flows and so on, its spans last."""

import re
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from provenance import vocab
from provenance.errors import RecordError
from provenance.model import Article, Run, Source, SourceGraph, SourceType, Span
from provenance.rdf.following import write_findings
from provenance.rdf.history import (
    write_capture,
    write_corrections,
    write_decisions,
    write_entries,
    write_finders,
    write_readers,
)
from provenance.rdf.lookup import link_key, source_key
from provenance.rdf.sheet import Sheet, address, decimal, iri, moment
from provenance.rdf.statements import (
    write_attributions,
    write_claims,
    write_disputes,
    write_events,
    write_flows,
)
from provenance.rdf.witness import write_primary

_PROV_CLASSES = {
    SourceType.PERSON: ("prov:Agent", "prov:Person"),
    SourceType.UNNAMED: ("prov:Agent",),
    SourceType.NEWS_OUTLET: ("prov:Agent", "prov:Organization"),
    SourceType.ORGANIZATION: ("prov:Agent", "prov:Organization"),
    SourceType.DOCUMENT: ("prov:Entity",),
    SourceType.INTERCEPT: ("prov:Entity",),
    SourceType.STATEMENT: ("prov:Entity",),
    SourceType.CHANNEL: ("prov:Entity", "prov:Location"),
}
_PRODUCT = "source-provenance"
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


@lru_cache(maxsize=1)  # the same is often written in several formats, one after the other
def graph_triples(graph: SourceGraph, base_iri: str | None, text: bool) -> tuple[Triple, ...]:
    """Return *graph* as triples, those of one subject in one run.

    Raises:
        RecordError: Two of its nodes would have one name, or one cannot have any.
    """
    sheet = Sheet(graph, base_iri)
    _write_article(sheet, graph.article, text)
    write_capture(sheet, graph.article.capture)
    _write_run(sheet, graph.run)
    _write_sources(sheet, graph)
    write_flows(sheet, graph.flows)
    write_disputes(sheet, graph.disputes)
    write_claims(sheet, graph)
    write_events(sheet, graph.events)
    write_primary(sheet, graph)
    write_attributions(sheet, graph)
    write_corrections(sheet, graph)
    write_findings(sheet, graph)
    _write_spans(sheet, graph.article)
    _write_concepts(sheet)
    return tuple(sheet.triples())


def _write_article(sheet: Sheet, article: Article, text: bool) -> None:
    node = sheet.article
    sheet.add(node, "rdf:type", *map(iri, ("sp:Article", "prov:Entity", "schema:NewsArticle")))
    sheet.add_text(node, "schema:headline", article.title)
    if article.published:
        sheet.add(node, "schema:datePublished", moment(article.published))
    sheet.add_text(node, "sp:datedBy", article.dated_by)
    if article.url:
        sheet.add(node, "schema:url", address(article.url))
    sheet.add_text(node, "schema:inLanguage", article.language)
    sheet.add_text(node, "sp:fileName", article.name)
    sheet.add_text(node, "sp:fileDigest", article.digest)
    sheet.add_text(node, "sp:textDigest", article.text_digest)
    if article.headline:
        sheet.add(node, "sp:headlineSpan", sheet.span(article.headline))
    sheet.add_all(node, "sp:paragraphSpan", article.paragraphs, sheet.place)
    if text:
        sheet.add_text(node, "schema:articleBody", article.text)
    _write_makers(sheet, article)
    _write_links(sheet, article)
    if article.part_of:
        sheet.add(node, "dcterms:isPartOf", sheet.other(article.part_of))
    write_entries(sheet, article)


def _write_makers(sheet: Sheet, article: Article) -> None:
    if article.publisher:
        publisher = NamedNode(f"{sheet.name}#publisher")
        sheet.add(sheet.article, "schema:publisher", publisher)
        sheet.add(sheet.article, "prov:wasAttributedTo", publisher)
        sheet.add(publisher, "rdf:type", iri("prov:Agent"), iri("schema:Organization"))
        sheet.add_text(publisher, "schema:name", article.publisher)
    for position, name in enumerate(article.authors, start=1):
        author = NamedNode(f"{sheet.name}#author-{position}")
        sheet.add(sheet.article, "schema:author", author)
        sheet.add(sheet.article, "prov:wasAttributedTo", author)
        sheet.add(author, "rdf:type", iri("prov:Agent"))
        sheet.add(author, "schema:name", Literal(name))
        sheet.add(author, "sp:position", Literal(position))


def _write_links(sheet: Sheet, article: Article) -> None:
    nodes = [sheet.minted("link", link, link.span, link.url) for link in article.links]
    for link, node in zip(article.links, nodes, strict=True):
        sheet.add(sheet.article, "sp:link", node)
        sheet.add(node, "rdf:type", iri("sp:Link"))
        sheet.add(node, "sp:span", sheet.span(link.span))
        sheet.add(node, "schema:url", address(link.url))
    sheet.add_nodes("sp:Link", article.links, link_key, nodes)


def _write_run(sheet: Sheet, run: Run) -> None:
    graph = NamedNode(vocab.graph_iri(sheet.name))
    activity, software = (NamedNode(f"{sheet.name}#{part}") for part in ("run", "software"))
    sheet.add(graph, "rdf:type", *map(iri, ("sp:SourceGraph", "prov:Entity", "dcat:Dataset")))
    sheet.add(graph, "dcterms:conformsTo", NamedNode(vocab.ONTOLOGY))
    sheet.add(graph, "prov:wasGeneratedBy", activity)
    sheet.add(activity, "rdf:type", iri("sp:Run"), iri("prov:Activity"))
    sheet.add(activity, "prov:used", sheet.article)
    sheet.add(activity, "prov:wasAssociatedWith", software)
    sheet.add_text(activity, "sp:extractor", run.extractor)
    if run.min_score:
        sheet.add(activity, "sp:minScore", decimal(run.min_score))
    sheet.add_all(activity, "sp:registryDigest", run.registry, Literal)
    sheet.add(software, "rdf:type", iri("prov:Agent"), iri("prov:SoftwareAgent"))
    sheet.add(software, "schema:name", Literal(_PRODUCT))
    sheet.add_text(software, "schema:softwareVersion", run.version)
    sheet.add_text(software, "sp:weightsDigest", run.weights)
    write_readers(sheet, activity, run)


def _write_sources(sheet: Sheet, graph: SourceGraph) -> None:
    nodes = [sheet.named("source", source) for source in graph.sources]
    for source, node in zip(graph.sources, nodes, strict=True):
        _write_source(sheet, source, node)
    sheet.add_nodes("sp:Source", graph.sources, source_key, nodes)


def _write_source(sheet: Sheet, source: Source, node: NamedNode) -> None:
    ours = "sp:" + vocab.SOURCE_CLASSES[source.type]
    sheet.add(node, "rdf:type", *map(iri, (ours, "sp:Source", *_PROV_CLASSES[source.type])))
    sheet.add(node, "dcterms:identifier", Literal(source.id))
    sheet.add(node, "skos:prefLabel", Literal(source.name))
    # SKOS forbids one label to be both preferred and alternative.
    if source.name in source.aliases:
        sheet.add(node, "sp:namedInText", Literal(True))
    natural = sorted(set(source.aliases))
    sheet.add(node, "skos:altLabel", *(Literal(a) for a in natural if a != source.name))
    sheet.add_order(node, "skos:altLabel", source.aliases, natural)
    sheet.add_spans(node, "sp:mentionSpan", source.mentions)
    sheet.add_score(node, source.score)
    write_finders(sheet, node, source)
    write_decisions(sheet, node, source)
    if source.wikidata:
        if not _WIKIDATA.fullmatch(source.wikidata):
            raise RecordError(f"not a Wikidata item: {source.wikidata!r} of {source.name!r}")
        sheet.add(node, "schema:sameAs", iri(f"wd:{source.wikidata}"))


def _write_spans(sheet: Sheet, article: Article) -> None:
    for span in sorted(sheet.quoted | sheet.bare):
        node, position = sheet.span_nodes(span, "char", "position")
        sheet.add(node, "rdf:type", iri("oa:SpecificResource"))
        sheet.add(node, "oa:hasSource", sheet.article)
        sheet.add(node, "oa:hasSelector", position)
        sheet.add(position, "rdf:type", iri("oa:TextPositionSelector"))
        sheet.add(position, "oa:start", Literal(span.start))
        sheet.add(position, "oa:end", Literal(span.end))
        if span in sheet.quoted:
            _write_quote(sheet, article, span, node)


def _write_quote(sheet: Sheet, article: Article, span: Span, node: NamedNode) -> None:
    try:
        excerpt = article.excerpt(span)
    except KeyError:  # the text was withheld, and these words with it
        return
    (quote,) = sheet.span_nodes(span, "quote")
    sheet.add(node, "oa:hasSelector", quote)
    sheet.add(quote, "rdf:type", iri("oa:TextQuoteSelector"))
    sheet.add(quote, "oa:exact", Literal(excerpt.exact))
    sheet.add_text(quote, "oa:prefix", excerpt.prefix)
    sheet.add_text(quote, "oa:suffix", excerpt.suffix)


def _write_concepts(sheet: Sheet) -> None:
    """Write what the concepts are called that the graph uses, so that it is read without us."""
    used = sheet.objects()
    for name, (scheme, notation) in vocab.CONCEPTS.items():
        if name in used:
            node = NamedNode(name)
            sheet.add(node, "rdf:type", iri("skos:Concept"))
            sheet.add(node, "skos:prefLabel", Literal(vocab.label(notation), language="en"))
            sheet.add(node, "skos:notation", Literal(notation))
            sheet.add(node, "skos:inScheme", iri(f"sp:{scheme}"))
