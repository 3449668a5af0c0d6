"""Find out which statements of one author are one: the lead tells of it, the body quotes it."""

from collections.abc import Iterable, Iterator, Mapping

from provenance.model import EventKind, EventRole, Extraction, SourceType, Span
from provenance.resolution.clusters import Cluster, Way
from provenance.resolution.descriptions import is_one_of_several

_SAME = "statement"
"""The only head noun that tells no occasion: interviews are given one after the other."""


def join_statements(placed: Mapping[Span, Cluster], extraction: Extraction) -> None:
    """Join each statement with the first that the same author made, in *placed*.

    "The bank released a statement", and below: "Ann Lee said in a statement for the bank".
    """
    made: dict[int, Cluster] = {}
    for author, statement in sorted(_made(placed, extraction), key=lambda pair: pair[1].first):
        first = made.setdefault(author.number, statement)
        if first is not statement and statement.joined is None:
            statement.ways |= {m.span: Way("same author") for m in statement.mentions}
            first.take(statement)


def _made(
    placed: Mapping[Span, Cluster], extraction: Extraction
) -> Iterator[tuple[Cluster, Cluster]]:
    """Yield who made which statement."""
    for one in extraction.attributions:
        yield from _pairs(placed, one.speakers, one.route)
    for event in extraction.events:
        if event.kind is EventKind.CREATION:
            agents = [p.span for p in event.participants if p.role is EventRole.AGENT]
            things = [p.span for p in event.participants if p.role is EventRole.ARTEFACT]
            yield from _pairs(placed, agents, things)


def _pairs(
    placed: Mapping[Span, Cluster], authors: Iterable[Span], things: Iterable[Span]
) -> Iterator[tuple[Cluster, Cluster]]:
    authors = list(authors)
    for thing in (placed[s] for s in things if s in placed):
        plain = thing.type() is SourceType.STATEMENT and set(thing.heads) == {_SAME}
        if plain and not thing.is_named and not any(map(is_one_of_several, thing.texts)):
            yield from ((placed[s], thing) for s in authors if s in placed)
