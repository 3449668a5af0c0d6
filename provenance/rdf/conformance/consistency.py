"""Whether the hops lead somewhere, and whether the dates of events agree with their order."""

from calendar import monthrange
from collections.abc import Iterator

from provenance import vocab
from provenance.model import (
    ARTICLE,
    Certainty,
    CustodyEvent,
    EventKind,
    EventRole,
    FlowKind,
    SourceGraph,
)
from provenance.rdf.conformance.reporting import Finding, Severity

_BRING_FORTH = {EventKind.CREATION, EventKind.INTERCEPTION, EventKind.INTERVIEW}
_MADE_PUBLIC = {EventKind.PUBLICATION, EventKind.POSTING, EventKind.FIRST_REPORT}
_REPEATED = {EventKind.REPUBLICATION}


def check_custody(graph: SourceGraph, iri: str) -> Iterator[Finding]:
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


def check_dates(graph: SourceGraph, iri: str) -> Iterator[Finding]:
    """Yield events whose dates contradict what has to come first.

    They are warnings: the article itself may say so. A date that is a month or a year
    stands for any day in it, so that only what cannot be is reported.
    """
    told = [e for e in graph.events if e.certainty is not Certainty.DENIED and _days(e.date)]
    known = {source.id: source.name for source in graph.sources}
    published = _days(graph.article.published)
    for event in told:
        if published and _days(event.date)[0] > published[1]:
            why = f"the {event.kind.value} is of {event.date}, after the article that tells it"
            yield _odd(iri, event, f"{why} ({graph.article.published})")
    for first in told:
        for later in told:
            rule = _order(first, later)
            if rule and _days(later.date)[1] < _days(first.date)[0]:
                for id in sorted(_artefacts(first) & _artefacts(later)):
                    why = f"the {later.kind.value} of {known.get(id, id)!r} is of {later.date}, "
                    why += f"before its {first.kind.value} of {first.date}: {rule}"
                    yield _odd(iri, later, why)


def _order(first: CustodyEvent, later: CustodyEvent) -> str:
    """Return the constraint by which *later* cannot be before *first*, "" where it can."""
    if first.kind in _BRING_FORTH and later.kind not in _BRING_FORTH:
        return "generation-precedes-usage (37)"
    if first.kind in _MADE_PUBLIC and later.kind in _REPEATED:
        return "what was not yet public cannot be republished"
    return ""


def _artefacts(event: CustodyEvent) -> set[str]:
    parts = event.participants
    return {p.source_id for p in parts if p.role is EventRole.ARTEFACT and p.source_id}


def _odd(iri: str, event: CustodyEvent, why: str) -> Finding:
    node = vocab.named_iri(iri, "event", event.id)
    return Finding("custody: dates", node, why, Severity.WARNING)


def _days(date: str) -> tuple[str, ...]:
    """Return the first and the last day that *date* may be, nothing where it is none."""
    day = date[:10]
    parts = day.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != 4:
        return ()
    if len(parts) == 1:
        return f"{day}-01-01", f"{day}-12-31"
    if len(parts) == 2 and 1 <= int(parts[1]) <= 12 and int(parts[0]):
        return f"{day}-01", f"{day}-{monthrange(int(parts[0]), int(parts[1]))[1]:02}"
    return (day, day) if len(parts) == 3 else ()
