"""What joins articles, as RDF: one named graph of its own beside those of the articles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from provenance import vocab
from provenance.model import Reuse, SameClaim, SharedQuotation, Span
from provenance.rdf.terms import Term, decimal, iri

Row = tuple[NamedNode, str, Term]


def write_links(
    reuses: Iterable[Reuse],
    quotations: Iterable[SharedQuotation],
    same: Iterable[SameClaim],
    sources: Iterable[Sequence[tuple[str, str]]],
    *,
    graph: str,
    base_iri: str | None = None,
) -> bytes:
    """Return what joins articles as sorted N-Quads.

    Args:
        reuses: Who copies whom.
        quotations: What two articles quote alike.
        same: Claims that say the same.
        sources: Sources that are one: the digest of the article, and the id in it, of each.
        graph: The name of the graph.
        base_iri: What the names of the articles begin with.
    """

    def article(digest: str) -> str:
        return vocab.article_iri(digest, base_iri)

    rows: list[Row] = []
    for reuse in reuses:
        rows += _reuse(reuse, article(reuse.copy), article(reuse.original))
    for shared in quotations:
        rows += _quotation(shared, article(shared.one), article(shared.other))
    for pair in same:
        rows += _match(pair, article(pair.one.digest), article(pair.other.digest))
    for group in sources:
        names = sorted(vocab.source_iri(article(digest), id) for digest, id in group)
        first = NamedNode(names[0])
        rows += [(NamedNode(name), "sp:sameSourceAs", first) for name in names[1:]]
    name = NamedNode(graph)
    quads = [Quad(subject, iri(predicate), object, name) for subject, predicate, object in rows]
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(set(lines)))


def _reuse(reuse: Reuse, copy: str, original: str) -> Iterator[Row]:
    one, other = NamedNode(copy), NamedNode(original)
    node = NamedNode(vocab.node_iri(copy, "reuse", original))
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


def groups_of(nodes: Mapping[tuple[str, str], object]) -> list[list[tuple[str, str]]]:
    """Return the keys of *nodes* that have the same value, where several do, sorted."""
    found: dict[object, list[tuple[str, str]]] = {}
    for key, node in nodes.items():
        found.setdefault(node, []).append(key)
    return sorted(sorted(group) for group in found.values() if len(group) > 1)
