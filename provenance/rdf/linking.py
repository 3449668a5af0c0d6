"""What joins articles, as RDF: one named graph of its own beside those of the articles."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from provenance import vocab
from provenance.model import (
    Reuse,
    SameClaim,
    SameSource,
    SharedQuotation,
    SourceType,
    Span,
    Version,
)
from provenance.rdf.sheet import Term, decimal, iri

Row = tuple[NamedNode, str, Term]
_BLOCK = 2_000
"""Statements in a block: memory does not grow with how many there are."""


def write_links(
    reuses: Iterable[Reuse],
    quotations: Iterable[SharedQuotation],
    same: Iterable[SameClaim],
    sources: Iterable[SameSource],
    versions: Iterable[Version] = (),
    *,
    graph: str,
    base_iri: str | None = None,
) -> Iterator[bytes]:
    """Yield what joins articles as blocks of N-Quads, each sorted; a line may be in several.

    Args:
        reuses: Who copies whom.
        quotations: What two articles quote alike.
        same: Claims that say the same.
        sources: Those that several articles have.
        versions: Articles that were published under one address.
        graph: The name of the graph.
        base_iri: What the names of the articles begin with.
    """

    def article(digest: str) -> str:
        return vocab.article_iri(digest, base_iri)

    rows = chain(
        chain.from_iterable(_reuse(r, article(r.copy), article(r.original)) for r in reuses),
        chain.from_iterable(_quotation(q, article(q.one), article(q.other)) for q in quotations),
        chain.from_iterable(
            _match(m, article(m.one.digest), article(m.other.digest)) for m in same
        ),
        chain.from_iterable(_one_source(one, base_iri) for one in sources),
        chain.from_iterable(_version(v, article(v.newer), article(v.older)) for v in versions),
    )
    name = NamedNode(graph)
    while some := list(islice(rows, _BLOCK)):
        quads = (Quad(subject, iri(predicate), object, name) for subject, predicate, object in some)
        lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
        yield b"".join(sorted(set(lines)))


def _version(version: Version, newer: str, older: str) -> Iterator[Row]:
    one, other = NamedNode(newer), NamedNode(older)
    if not version.dated:
        yield one, "prov:alternateOf", other
        return
    node = NamedNode(vocab.node_iri(newer, "revision", older))
    yield one, "prov:wasDerivedFrom", other
    yield one, "prov:wasRevisionOf", other
    yield one, "prov:qualifiedRevision", node
    yield node, "rdf:type", iri("prov:Revision")
    yield node, "prov:entity", other


def _one_source(one: SameSource, base_iri: str | None) -> Iterator[Row]:
    """Yield what stands for *one* source of several articles, and how sure each one's is that."""
    named = sorted(
        (vocab.source_iri(vocab.article_iri(m.digest, base_iri), m.source), m) for m in one.members
    )
    first = NamedNode(named[0][0])
    told = first.value if one.key[0] == SourceType.PERSON.value else ""  # many have one name
    node = NamedNode(vocab.canonical_iri(one.key, told, base_iri))
    yield node, "rdf:type", iri("sp:CanonicalSource")
    yield node, "skos:prefLabel", Literal(one.name)
    yield node, "dcterms:type", iri(f"sp:{vocab.SOURCE_CLASSES[one.type]}")
    if one.wikidata:
        yield node, "schema:sameAs", iri(f"wd:{one.wikidata}")
    for name, member in named:
        source = NamedNode(name)
        if source != first:
            yield source, "sp:sameSourceAs", first
        yield source, "sp:canonical", node
        yield node, "sp:occursAs", source
        match = NamedNode(vocab.node_iri(name.partition("#")[0], "same", name, node.value))
        yield match, "rdf:type", iri("sp:SourceMatch")
        yield match, "sp:source", source
        yield match, "sp:target", node
        yield match, "sp:score", decimal(member.score)
        yield match, "sp:reason", Literal(member.reason)


def _reuse(reuse: Reuse, copy: str, original: str) -> Iterator[Row]:
    one, other = NamedNode(copy), NamedNode(original)
    node = NamedNode(vocab.node_iri(copy, "reuse", original))
    yield one, "prov:wasDerivedFrom", other
    yield one, "prov:wasQuotedFrom", other
    yield one, "prov:qualifiedQuotation", node
    yield node, "rdf:type", iri("sp:Reuse")
    yield node, "rdf:type", iri("prov:Quotation")
    yield node, "prov:entity", other
    yield node, "sp:share", decimal(reuse.share)
    if reuse.reason:
        yield node, "sp:reason", Literal(reuse.reason)
    yield from _passages(node, reuse.passages, copy, original)


def _quotation(shared: SharedQuotation, one: str, other: str) -> Iterator[Row]:
    node = NamedNode(vocab.node_iri(one, "shared", other))
    yield NamedNode(one), "sp:sharesQuotationWith", NamedNode(other)
    yield node, "rdf:type", iri("sp:SharedQuotation")
    yield from _passages(node, shared.passages, one, other)


def _match(pair: SameClaim, one: str, other: str) -> Iterator[Row]:
    first = NamedNode(vocab.named_iri(one, "claim", pair.one.claim))
    second = NamedNode(vocab.named_iri(other, "claim", pair.other.claim))
    node = NamedNode(vocab.node_iri(one, "match", first.value, second.value))
    yield first, "sp:sameClaimAs", second
    yield node, "rdf:type", iri("sp:ClaimMatch")
    yield node, "sp:match", first
    yield node, "sp:match", second
    yield node, "sp:score", decimal(pair.score)


def _passages(
    node: NamedNode, passages: Iterable[tuple[Span, Span]], one: str, other: str
) -> Iterator[Row]:
    for here, there in passages:
        passage = NamedNode(vocab.node_iri(one, "passage", other, here, there))
        yield node, "sp:passage", passage
        yield passage, "rdf:type", iri("sp:Passage")
        for predicate, name, span in (("sp:here", one, here), ("sp:there", other, there)):
            place = NamedNode(vocab.span_iri(name, span))
            selector = NamedNode(vocab.span_iri(name, span, "position"))
            yield passage, predicate, place
            yield place, "rdf:type", iri("oa:SpecificResource")
            yield place, "oa:hasSource", NamedNode(name)
            yield place, "oa:hasSelector", selector
            yield selector, "rdf:type", iri("oa:TextPositionSelector")
            yield selector, "oa:start", Literal(span.start)
            yield selector, "oa:end", Literal(span.end)
