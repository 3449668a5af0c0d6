"""Which of the custody events that an article tells are one event, told again."""

from collections.abc import Iterable
from dataclasses import replace

from provenance.model import Certainty, CustodyEvent, EventRole

Parts = frozenset[tuple[EventRole, str]]


def told_once(events: Iterable[CustodyEvent]) -> tuple[CustodyEvent, ...]:
    """Return resolved *events* without those that are told again.

    Two are one where the same sources did the same thing and neither date, place nor certainty
    speaks against it. The first is kept, with the day and place that the other has.
    """
    kept: list[CustodyEvent] = []
    for event in events:
        again = next((i for i, one in enumerate(kept) if _is_same(one, event)), None)
        if again is None:
            kept.append(event)
        else:
            kept[again] = _with(kept[again], event)
    return tuple(kept)


def _is_same(one: CustodyEvent, other: CustodyEvent) -> bool:
    denied = {e.certainty is Certainty.DENIED for e in (one, other)}
    return (
        one.kind is other.kind
        and bool(parts := _parts(one))
        and parts == _parts(other)
        and len(denied) == 1
        and _agree(one.date, other.date)
        and ("" in (one.place, other.place) or one.place == other.place)
    )


def _parts(event: CustodyEvent) -> Parts:
    """Return who did what in *event*, empty where one of them is no source of the graph."""
    found = frozenset((p.role, p.source_id) for p in event.participants)
    return frozenset() if any(not id_ for _, id_ in found) else found


def _agree(one: str, other: str) -> bool:
    """Whether two dates may be one, of which one may be only a month or nothing."""
    return one.startswith(other) or other.startswith(one)


def _with(one: CustodyEvent, other: CustodyEvent) -> CustodyEvent:
    return replace(
        one,
        date=max(one.date, other.date, key=len),
        place=one.place or other.place,
        certainty=min(one.certainty, other.certainty, key=lambda c: c.rank),
    )
