"""One reading of a flow, before those with the same ends are joined; and when a flow happened."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from provenance.model import Certainty, Flow, FlowKind, SourceGraph, SourceType, Span


@dataclass(frozen=True, slots=True)
class Hop:
    """One reading of a flow, before those with the same ends are joined.

    Attributes:
        told: Whether it comes from an attribution, else from a custody event.
        supporting: Whether the event's kind makes the artefact no source by itself.
        artefact: What the event happened to.
        rule: The rule that found it.
    """

    source: str
    target: str
    kind: FlowKind
    evidence: Span
    cue: Span
    certainty: Certainty
    told: bool = False
    supporting: bool = False
    artefact: str = ""
    rule: str = ""


T = TypeVar("T", bound=Hashable)


def reached_from(starts: Iterable[T], ways: Mapping[T, Iterable[T]]) -> set[T]:
    """Return *starts* and all that *ways* lead to from there."""
    todo = list(starts)
    found = set(todo)
    while todo:
        for further in ways.get(todo.pop(), ()):
            if further not in found:
                found.add(further)
                todo.append(further)
    return found


def said_kind(type_: SourceType) -> FlowKind:
    """Return the kind of a hop away from a source of this type."""
    return FlowKind.REPORTED_BY if type_.is_agent else FlowKind.DERIVED_FROM


@lru_cache(maxsize=8)
def dates_of_flows(graph: SourceGraph) -> tuple[str, ...]:
    """Return the first date that the text gives for each flow, "" where it gives none."""
    places = {span: source.id for source in graph.sources for span in source.mentions}
    told = [
        (one.sentence, one.date, {*one.source_ids, *(places.get(span, "") for span in one.route)})
        for one in graph.attributions
        if one.date and one.certainty is not Certainty.DENIED
    ]
    done = [
        (event.sentence, event.date, {part.source_id for part in event.participants})
        for event in graph.events
        if event.date and event.certainty is not Certainty.DENIED
    ]

    def date(flow: Flow) -> str:
        ends = {flow.source, flow.target}
        found = [day for span, day, who in told if flow.source in who and span in flow.evidence]
        found += [day for span, day, who in done if ends <= who and span in flow.evidence]
        return min(found, default="")

    return tuple(map(date, graph.flows))
