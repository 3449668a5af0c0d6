"""When the text says that sources did what they did, and where those dates contradict the flows."""

from collections.abc import Iterator

from provenance.graph import dates_of_flows
from provenance.model import (
    AGENTS,
    ARTICLE,
    Certainty,
    CustodyEvent,
    EventKind,
    EventRole,
    SourceGraph,
    SourceType,
)

_AFTERWARDS = frozenset({EventKind.DISCOVERY, EventKind.AUTHENTICATION, EventKind.DENIAL})
"""What may happen to a thing at any time after it was made: it dates whoever does it only."""
_GIVEN = frozenset({EventKind.INTERVIEW, EventKind.TRANSFER, EventKind.LEAK})
_SPEAKING = AGENTS | {SourceType.STATEMENT}
"""What is dated by when it is said; papers are older than whoever cites them."""
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def dates_of(graph: SourceGraph) -> dict[str, str]:
    """Return the first date, in ISO 8601 as far as it is given, of each source that has one.

    That of what happened to it, or of when it said something.
    """
    found = _first_dates(graph)
    types = {source.id: source.type for source in graph.sources}
    for flow, date in zip(graph.flows, dates_of_flows(graph), strict=True):
        told = [flow.source] if types.get(flow.source) in _SPEAKING else []
        for id_ in told if date else ():
            found[id_] = min(found.get(id_, date), date)
    return found


def _first_dates(graph: SourceGraph) -> dict[str, str]:
    found: dict[str, str] = {}
    for event in graph.events:
        for id_ in _dated_by(event):
            found[id_] = min(found.get(id_, event.date), event.date)
    return found


def _dated_by(event: CustodyEvent) -> Iterator[str]:
    """Yield the ids of those to whom the date of *event* belongs."""
    if not event.date or event.certainty is Certainty.DENIED:
        return
    for one in event.participants:
        if not one.source_id or (event.kind in _AFTERWARDS and one.role is not EventRole.AGENT):
            continue
        if one.role is not EventRole.ORIGIN or event.kind in _GIVEN:
            yield one.source_id


def contradictions(graph: SourceGraph) -> dict[int, str]:
    """Return, by the number of each flow that goes back in time, in words how it does.

    Only what flows out of an artefact is compared: a person or an outlet may well have acted before
    the one time of which the text gives the date.
    """
    first = _first_dates(graph)
    last = _last_dates(graph) | {ARTICLE: graph.article.published[:10]}
    types = {source.id: source.type for source in graph.sources}
    names = {source.id: source.name for source in graph.sources} | {ARTICLE: "the article"}
    found: dict[int, str] = {}
    for number, flow in enumerate(graph.flows):
        early, late = last.get(flow.target, ""), first.get(flow.source, "")
        shared = min(len(early), len(late))
        if not shared or not _is_thing(flow.source, types) or not _is_thing(flow.target, types):
            continue
        if early[:shared] < late[:shared]:
            ends = (names[flow.target], tell_date(early), names[flow.source], tell_date(late))
            found[number] = "{} is dated {}, but {} only {}".format(*ends)
    return found


def _is_thing(id_: str, types: dict[str, SourceType]) -> bool:
    return id_ == ARTICLE or (id_ in types and types[id_].is_artefact)


def _last_dates(graph: SourceGraph) -> dict[str, str]:
    found: dict[str, str] = {}
    for event in graph.events:
        for id_ in _dated_by(event):
            found[id_] = max(found.get(id_, ""), event.date)
    return found


def tell_date(date: str) -> str:
    """Return a date in ISO 8601 as people write it; as it is where it is none.

    >>> tell_date("2023-04-08T10:00:00Z"), tell_date("2023-04"), tell_date("2023")
    ('8 Apr 2023', 'Apr 2023', '2023')
    """
    parts = date[:10].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return date
    if len(parts) > 1:
        if not 1 <= int(parts[1]) <= 12:
            return date
        parts[1] = _MONTHS[int(parts[1]) - 1]
    if len(parts) > 2:
        parts[2] = str(int(parts[2]))
    return " ".join(reversed(parts))
