"""Leave out what does not lead to the article, and what a surer thing leaves no room for."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from provenance.model import ARTICLE, Dispute, Reading, Span

T = TypeVar("T", bound=Hashable)


def surer(reading: Reading, least: float) -> Reading:
    """Return *reading* without the hops and disputes that are less likely than *least*.

    What then leads nowhere goes with them.
    """
    if not least:
        return reading
    flows = tuple(f for f in reading.flows if f.score >= least)
    onward: dict[str, list[str]] = {}
    for flow in flows:
        onward.setdefault(flow.target, []).append(flow.source)
    reached = reaching([ARTICLE], onward)
    return replace(
        reading,
        flows=tuple(f for f in flows if f.target in reached),
        disputes=tuple(
            d for d in reading.disputes if d.score >= least and {d.source, d.target} <= reached
        ),
    )


def without_rivals(disputes: Iterable[Dispute]) -> list[Dispute]:
    """Return *disputes* without those that one told by the same word makes unlikely.

    One "denied" is rarely two denials: what is less than half as sure as the surest is left out.
    """
    found, best = list(disputes), dict[tuple[Span, ...], float]()
    for one in found:
        best[one.cues] = max(best.get(one.cues, 0.0), one.score)
    return [one for one in found if not one.cues or 2 * one.score >= best[one.cues]]


def reaching(ends: Iterable[T], onward: Mapping[T, list[T]]) -> set[T]:
    """Return who reaches one of *ends* by hops; *onward* has who hands on to each."""
    found, todo = set(ends), list(ends)
    while todo:
        for before in onward.get(todo.pop(), ()):
            if before not in found:
                found.add(before)
                todo.append(before)
    return found
