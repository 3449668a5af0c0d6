"""What a named source is, where what it is called or what is done to it says so."""

from collections.abc import Iterator

from provenance.model import (
    Article,
    CustodyEvent,
    EventKind,
    EventRole,
    Extraction,
    SourceType,
    Span,
)
from provenance.resolution.clusters import Cluster, plain

_FIRMS = frozenset(
    {"ag", "bv", "co", "corp", "corporation", "gmbh", "inc", "incorporated", "limited", "llc"}
    | {"llp", "ltd", "nv", "oy", "plc", "pty", "sarl", "srl"}
)
"""What ends the name of a firm, whatever stands before it."""


def tell_kinds(article: Article, placed: dict[Span, Cluster], extraction: Extraction) -> None:
    """Settle the type of named clusters: firms, and who was told something or first with it."""
    for span in _told(article, extraction):
        cluster = placed.get(span)
        if (
            cluster
            and cluster.is_named
            and not (cluster.known_type or cluster.gender)
            and _may_be_outlet(cluster)
        ):
            cluster.know(SourceType.NEWS_OUTLET)
    for cluster in placed.values():
        firm = any(_is_firm(name) for name in (*cluster.names, *cluster.texts))
        if firm and not cluster.known_type and cluster.type() is SourceType.PERSON:
            cluster.know(SourceType.ORGANIZATION)


def _told(article: Article, extraction: Extraction) -> Iterator[Span]:
    """Yield where an outlet stands: told, leaked to, first with a thing, or the article's own."""
    yield from (span for a in extraction.attributions for span in a.route)
    for event in extraction.events:
        for one in event.participants:
            first = event.kind is EventKind.FIRST_REPORT and one.role is EventRole.AGENT
            leaked = event.kind is EventKind.LEAK and one.role is EventRole.RECIPIENT
            own = event.kind is EventKind.OBTAINING and one.role is EventRole.AGENT
            if first or leaked or (own and _is_own(article, one.span)):
                yield one.span


def _is_own(article: Article, span: Span) -> bool:
    name = plain(article.quote(span)).casefold()
    return bool(name) and name == plain(article.publisher).casefold()


def _is_firm(name: str) -> bool:
    words = name.casefold().replace(",", " ").split()
    return "&" in words[1:-1] or (len(words) > 1 and words[-1].rstrip(".") in _FIRMS)


def _may_be_outlet(cluster: Cluster) -> bool:
    """Whether a named cluster is no person: those come with more than one name at first."""
    alone = all(len(name.split()) == 1 for name in cluster.names)
    return cluster.type() is SourceType.ORGANIZATION or (
        alone and all(len(text.split()) == 1 for text in cluster.texts)
    )


def without_holders(events: tuple[CustodyEvent, ...]) -> tuple[CustodyEvent, ...]:
    """Return resolved *events* less what says that somebody made what they only got hold of.

    Of letters "obtained by the Ledger", "the Ledger's letters" are those that it has.
    """
    held = {
        (one.source_id, thing.source_id)
        for event in events
        for one in event.participants
        for thing in event.participants
        if one.source_id and thing.role is EventRole.ARTEFACT and _holds(event.kind, one.role)
    }
    return tuple(one for one in events if not _is_only_held(one, held))


def _holds(kind: EventKind, role: EventRole) -> bool:
    got = kind is EventKind.OBTAINING and role is EventRole.AGENT
    given = kind in {EventKind.LEAK, EventKind.TRANSFER} and role is EventRole.RECIPIENT
    return got or given


def _is_only_held(event: CustodyEvent, held: set[tuple[str, str]]) -> bool:
    """Whether *event* makes a maker of whoever stands before a thing: "the Ledger's letters"."""
    if event.kind is not EventKind.CREATION:
        return False
    makers = [p for p in event.participants if p.role is EventRole.AGENT]
    things = [p for p in event.participants if p.role is EventRole.ARTEFACT]
    return bool(makers) and all(
        any(m.span in t.span and (m.source_id, t.source_id) in held for t in things) for m in makers
    )
