"""Triples by subject and predicate, with the questions that the reader asks of them.

Records have a natural order, which RDF need not state; any other order is written down.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode, Quad, Triple

from provenance import vocab
from provenance.errors import RecordError
from provenance.model import (
    Attribution,
    Claim,
    CustodyEvent,
    Dispute,
    Excerpt,
    Flow,
    Link,
    Source,
    Span,
)
from provenance.rdf.sheet import iri

T = TypeVar("T", bound=Any)
M = TypeVar("M", bound=StrEnum)
Rows = dict[str, dict[str, dict[str, None]]]

_TYPE = iri("rdf:type").value


def rows_of(statements: Iterable[Triple | Quad]) -> Rows:
    """Return statements by subject and predicate as plain strings, whatever graph they are in.

    Blank nodes and quoted triples, which are never ours, are passed over.
    """
    rows: Rows = {}
    for statement in statements:
        subject, object = statement.subject, statement.object
        if isinstance(subject, NamedNode) and isinstance(object, NamedNode | Literal):
            row = rows.setdefault(subject.value, {})
            row.setdefault(statement.predicate.value, {})[object.value] = None
    return rows


def subjects_of(rows: Rows, name: str) -> list[str]:
    """Return the subjects of the class *name*, sorted."""
    wanted = iri(name).value
    return sorted(s for s, row in rows.items() if wanted in row.get(_TYPE, ()))


def earlier(predicates: Iterable[str]) -> str:
    """Return why a graph with *predicates* must be built again, "" if it need not be."""
    for old in predicates:
        if old in vocab.RETIRED:
            was = f"sp:{old.removeprefix(vocab.SP)}"
            return (
                f"an earlier version wrote it ({was} is {vocab.RETIRED[old]} now): build it again"
            )
    return ""


class Index:
    """The rows of one article: it and the nodes whose names begin with its own."""

    def __init__(self, article: str, rows: Rows) -> None:
        self.article = article
        self._rows = rows
        self._spans: dict[str, Span] = {}

    def nodes(self, name: str) -> list[str]:
        """Return the nodes of the class *name*, sorted."""
        return subjects_of(self._rows, name)

    def fail(self, node: str, why: str) -> RecordError:
        """Return the error that says what is wrong with *node*."""
        return RecordError(f"<{node}> {why}")

    def values(self, node: str, predicate: str) -> list[str]:
        """Return all values, in no order that means anything."""
        return list(self._rows.get(node, {}).get(iri(predicate).value, ()))

    def text(self, node: str, predicate: str) -> str:
        """Return the one value, "" where there is none."""
        values = self.values(node, predicate)
        if len(values) > 1:
            raise self.fail(node, f"has {len(values)} values of {predicate} where one may stand")
        return values[0] if values else ""

    def one(self, node: str, predicate: str) -> str:
        """Return the one value."""
        if not self.values(node, predicate):
            raise self.fail(node, f"has no {predicate}")
        return self.text(node, predicate)

    def number(self, node: str, predicate: str, kind: Callable[[str], T]) -> T:
        """Return the one value as a number."""
        value = self.one(node, predicate)
        try:
            number = kind(value)
            if isinstance(number, float) and not math.isfinite(number):
                raise ValueError(value)
        except ValueError:
            raise self.fail(node, f"has {value!r} as {predicate}: not a number") from None
        return number

    def score(self, node: str) -> float:
        """Return how likely *node* is; 1 where nothing says so."""
        return self.number(node, "sp:score", float) if self.has(node, "sp:score") else 1.0

    def member(self, node: str, predicate: str, kind: type[M]) -> M:
        """Return the one value as a member of *kind*."""
        return self.member_of(node, self.one(node, predicate), kind)

    def member_of(self, node: str, value: str, kind: type[M]) -> M:
        """Return the member of *kind* that the concept *value* stands for."""
        try:
            member = vocab.member_of(value)
        except KeyError:
            member = None
        if not isinstance(member, kind):
            raise self.fail(node, f"has <{value}> where a {kind.__name__} must stand")
        return member

    def id(self, node: str, iri: str, kind: str) -> str:
        """Return the id of what *iri* names, which *node* speaks of."""
        known = self._rows.get(iri, {}).get(_IDENTIFIER)
        if known and iri != self.article:
            return self.text(iri, "dcterms:identifier")
        try:
            return vocab.id_of(iri, self.article, kind)
        except ValueError:
            raise self.fail(node, f"points to <{iri}>: not a {kind} of this article") from None

    def ids(self, node: str, predicate: str) -> tuple[str, ...]:
        """Return the ids of the sources that *node* points to."""
        ids = [self.id(node, value, "source") for value in self.values(node, predicate)]
        return self.ordered(node, predicate, ids)

    def source(self, node: str, predicate: str) -> str:
        """Return the id of the one source that *node* points to."""
        return self.id(node, self.one(node, predicate), "source")

    def span(self, node: str) -> Span:
        """Return the span that the selectors of *node* give."""
        if node not in self._spans:
            selectors = [s for s in self.values(node, "oa:hasSelector") if self.has(s, "oa:start")]
            if len(selectors) != 1:
                raise self.fail(node, "has no single position (oa:TextPositionSelector)")
            start, end = (self.number(selectors[0], p, int) for p in ("oa:start", "oa:end"))
            if not 0 <= start <= end:
                raise self.fail(node, f"is not a span: {start} to {end}")
            self._spans[node] = Span(start, end)
        return self._spans[node]

    def has(self, node: str, predicate: str) -> bool:
        """Return whether *node* has any value there."""
        return bool(self.values(node, predicate))

    def spans(self, node: str, predicate: str) -> tuple[Span, ...]:
        """Return the spans that *node* points to."""
        spans = [self.span(value) for value in self.values(node, predicate)]
        return self.ordered(node, predicate, spans)

    def excerpts(self) -> Iterator[Excerpt]:
        """Yield the quotes that stand in the graph."""
        for node in self.nodes("oa:SpecificResource"):
            yield from self.excerpts_at(node)

    def excerpts_at(self, node: str) -> Iterator[Excerpt]:
        """Yield the quotes of the span *node*."""
        for quote in self.values(node, "oa:hasSelector"):
            if self.has(quote, "oa:exact"):
                parts = (self.text(quote, f"oa:{part}") for part in ("exact", "prefix", "suffix"))
                yield Excerpt(self.span(node), *parts)

    def ordered(self, node: str, name: str, values: Iterable[T]) -> tuple[T, ...]:
        """Return *values* in the order that is written down, in their natural one else."""
        natural: list[T] = sorted(set(values))
        for order in self.values(node, "sp:order"):
            what, *places = order.split(" ")
            if what == name:
                try:
                    return tuple(natural[int(place)] for place in places)
                except (ValueError, IndexError):
                    raise self.fail(node, f"has a broken sp:order: {order!r}") from None
        return tuple(natural)

    def records(
        self, name: str, read: Callable[[str], T], key: Callable[[T], object]
    ) -> tuple[T, ...]:
        """Return what *read* makes of each node of the class *name*, in order."""
        records = {node: read(node) for node in self.nodes(name)}
        keyed = [(key(record), node) for node, record in records.items()]
        return tuple(records[node] for _, node in self.ordered(self.article, name, keyed))


_IDENTIFIER = iri("dcterms:identifier").value


Key = tuple[object, ...]


def link_key(link: Link) -> Key:
    """Order links as they stand."""
    return link.span, link.url


def source_key(source: Source) -> Key:
    """Order sources by id."""
    return (source.id,)


def flow_key(flow: Flow) -> Key:
    """Order flows by their ends."""
    return flow.source, flow.target, flow.kind.value


def dispute_key(dispute: Dispute) -> Key:
    """Order disputes by their ends."""
    return dispute.source, dispute.target, dispute.stance.value


def claim_key(claim: Claim) -> Key:
    """Order claims as they stand."""
    return claim.content, claim.id


def event_key(event: CustodyEvent) -> Key:
    """Order events as they stand."""
    return event.trigger, event.id


def attribution_key(attribution: Attribution) -> Key:
    """Order attributions as they stand, by their cues first."""
    return (
        attribution.cue,
        attribution.content,
        attribution.source,
        attribution.sentence,
        attribution.depth,
    )
