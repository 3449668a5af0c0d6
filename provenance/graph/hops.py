"""One reading of a flow, before those with the same ends are joined."""

from dataclasses import dataclass

from provenance.model import Certainty, FlowKind, SourceType, Span


@dataclass(frozen=True, slots=True)
class Hop:
    """One reading of a flow, before those with the same ends are joined.

    Attributes:
        told: Whether an attribution tells it, else a custody event.
        supporting: Whether the event's kind makes the artefact no source by itself.
        artefact: What the event happened to.
        rule: Which rule tells it.
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


def said_kind(type_: SourceType) -> FlowKind:
    """Return the kind of a hop away from a source of this type that tells something."""
    return FlowKind.REPORTED_BY if type_.is_agent else FlowKind.DERIVED_FROM
