"""RDF terms, and the triples of one graph while they are written, grouped by subject.

Nothing else in the package makes terms.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from provenance import vocab
from provenance.errors import RecordError
from provenance.model import ARTICLE, SourceGraph, SourceType, Span

Term = NamedNode | Literal

_XSD = vocab.PREFIXES["xsd"]
# Two slashes and a host, nothing that a parser would resolve, fold or refuse.
_WEB_ADDRESS = re.compile(
    r"https?://[a-z0-9.-]+(?::\d+)?(?:[/?](?:%[0-9A-F]{2}|[\w~:/?@!$&'()*+,;=.-])*)?"
)
_DOT_SEGMENT = re.compile(r"/\.{1,2}(?:[/?]|$)")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_TIME = re.compile(r"[0-9-]{10}T[0-9]{2}(?::[0-9]{2}){2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_PRECISION = {4: "gYear", 7: "gYearMonth", 10: "date"}


@cache
def iri(name: str) -> NamedNode:
    """Return the term for a prefixed name such as ``prov:Entity`` or ``sp:Flow``."""
    prefix, _, local = name.partition(":")
    if prefix == "sp":
        return NamedNode(vocab.term(local))
    return NamedNode(vocab.PREFIXES[prefix] + local)


@cache
def concept(member: StrEnum) -> NamedNode:
    """Return the SKOS concept of *member*."""
    return NamedNode(vocab.concept(member))


@cache
def _datatype(name: str) -> NamedNode:
    return NamedNode(_XSD + name)


def decimal(number: float) -> Literal:
    """Return *number* as an ``xsd:decimal`` from which the same float is read."""
    return Literal(format(Decimal(repr(number)), "f"), datatype=_datatype("decimal"))


def moment(text: str) -> Literal:
    """Return an ISO 8601 year, month, day or time with the datatype of its precision.

    What is none of these stays a plain string: nothing is made up and nothing lost.
    """
    try:
        if _DAY.fullmatch(text) and date.fromisoformat((text + "-01-01")[:10]):
            return Literal(text, datatype=_datatype(_PRECISION[len(text)]))
        if _TIME.fullmatch(text) and datetime.fromisoformat(text):
            return Literal(text, datatype=_datatype("dateTime"))
    except ValueError:
        return Literal(text)
    return Literal(text)


def address(url: str) -> Term:
    """Return *url* as an IRI where it is beyond doubt one, as an ``xsd:anyURI`` literal else."""
    # An address within a namespace of ours would be written as a prefixed name, which not every
    # reader can take with all that may stand in an address.
    ours = url.startswith(tuple(vocab.PREFIXES.values()))
    if not ours and url.isascii() and _WEB_ADDRESS.fullmatch(url) and not _DOT_SEGMENT.search(url):
        return NamedNode(url)
    return Literal(url, datatype=_datatype("anyURI"))


T = TypeVar("T", bound=Any)


class Sheet:
    """Collects rows for one article, and the spans that they point to."""

    def __init__(self, graph: SourceGraph, base_iri: str | None) -> None:
        self.base = base_iri
        self.name = vocab.article_iri(graph.article.digest, base_iri)
        try:
            self.article = NamedNode(self.name)
        except ValueError as error:
            raise RecordError(f"not a base IRI: {base_iri!r}: {error}") from error
        self.agents = {source.id: source.type.is_agent for source in graph.sources}
        self.agents[ARTICLE] = False
        self.channels = frozenset(s.id for s in graph.sources if s.type is SourceType.CHANNEL)
        self.quoted = {excerpt.span for excerpt in graph.article.excerpts}
        self.bare: set[Span] = set()
        self._rows: dict[NamedNode, dict[str, dict[Term, None]]] = {}
        self._minted: dict[NamedNode, object] = {}

    def add(self, subject: NamedNode, predicate: str, *objects: Term) -> None:
        """Add a triple for each of *objects*; one that is there already stays single."""
        if objects:
            rows = self._rows.setdefault(subject, {})
            if predicate in rows:
                rows[predicate].update(dict.fromkeys(objects))
            else:
                rows[predicate] = dict.fromkeys(objects)

    def other(self, digest: str) -> NamedNode:
        """Return the name of another article, of which the *digest* is known."""
        return NamedNode(vocab.article_iri(digest, self.base))

    def add_text(self, subject: NamedNode, predicate: str, text: str) -> None:
        """Add *text* as a plain string, nothing where it is empty."""
        if text:
            self.add(subject, predicate, Literal(text))

    def add_all(
        self, subject: NamedNode, predicate: str, values: Sequence[T], term: Callable[[T], Term]
    ) -> None:
        """Add a triple for each of *values*, and their order where it is not the natural one."""
        natural = sorted(set(values))
        self.add(subject, predicate, *map(term, natural))
        self.add_order(subject, predicate, values, natural)

    def add_spans(self, subject: NamedNode, predicate: str, spans: Sequence[Span]) -> None:
        """Add a triple for each of *spans*."""
        self.add_all(subject, predicate, spans, self.span)

    def add_score(self, subject: NamedNode, score: float) -> None:
        """Add how likely *subject* is, unless nothing about it was guessed."""
        if score < 1:
            self.add(subject, "sp:score", decimal(score))

    def add_order(
        self, subject: NamedNode, name: str, values: Sequence[T], natural: Sequence[T]
    ) -> None:
        """Write in which order *values* come, where that is not their *natural* one."""
        if list(values) != natural:
            places = {value: str(place) for place, value in enumerate(natural)}
            order = " ".join(places[value] for value in values)
            self.add(subject, "sp:order", Literal(f"{name} {order}"))

    def span(self, span: Span) -> NamedNode:
        """Return the node of *span*, which will be described with its words."""
        self.quoted.add(span)
        return NamedNode(vocab.span_iri(self.name, span))

    def place(self, span: Span) -> NamedNode:
        """Return the node of *span*, which need only be described by its position."""
        self.bare.add(span)
        return NamedNode(vocab.span_iri(self.name, span))

    def span_nodes(self, span: Span, *parts: str) -> Iterator[NamedNode]:
        """Yield the nodes of *span* itself ("char") or of its selectors."""
        yield from (NamedNode(vocab.span_iri(self.name, span, part)) for part in parts)

    def source(self, id: str) -> NamedNode:
        """Return the node of the source *id*, of the article if it is that."""
        return NamedNode(vocab.source_iri(self.name, id))

    def claim(self, id: str) -> NamedNode:
        """Return the node of the claim *id*."""
        return NamedNode(vocab.named_iri(self.name, "claim", id))

    def node(self, kind: str, *defining: object) -> NamedNode:
        """Return a node named by a hash of its *defining* content."""
        return NamedNode(vocab.node_iri(self.name, kind, *defining))

    def minted(self, kind: str, record: Any, *defining: object) -> NamedNode:
        """Return a node for *record*, by all of it where another record is defined alike."""
        node = self.node(kind, *defining)
        if self._minted.setdefault(node, record) != record:
            node = self.node(kind, [getattr(record, name) for name in record.__slots__])
            self._minted[node] = record
        return node

    def named(self, kind: str, record: Any) -> NamedNode:
        """Return the node for a *record* that has an id.

        Raises:
            RecordError: Another record of that kind has the same id, or it is the article's.
        """
        node = NamedNode(vocab.named_iri(self.name, kind, record.id))
        if self._minted.setdefault(node, record) != record:
            raise RecordError(f"cannot write the graph: two {kind}s have the id {record.id!r}")
        if kind == "source" and record.id == ARTICLE:
            raise RecordError(f"cannot write the graph: a source has the article's id {ARTICLE!r}")
        return node

    def add_nodes(
        self, name: str, records: Sequence[T], key: Callable[[T], Any], nodes: Sequence[NamedNode]
    ) -> None:
        """Write in which order the *records* come that stand at *nodes*, if it is not natural."""
        values = [(key(r), node.value) for r, node in zip(records, nodes, strict=True)]
        self.add_order(self.article, name, values, sorted(set(values)))

    def objects(self) -> set[str]:
        """Return the names of all nodes that anything points to."""
        rows = (objects for row in self._rows.values() for objects in row.values())
        return {o.value for objects in rows for o in objects if isinstance(o, NamedNode)}

    def triples(self) -> Iterator[Triple]:
        """Yield all rows, subjects and predicates as they were first added."""
        for subject, rows in self._rows.items():
            for name, objects in rows.items():
                predicate = iri(name)
                for object in objects:
                    yield Triple(subject, predicate, object)
