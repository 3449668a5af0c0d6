"""What a check finds."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that does not hold.

    Attributes:
        rule: Its group and, where it has one, its name in the standard that it comes from.
        node: The IRI of what it is about.
        message: What is wrong and what would be right, for people.
        severity: A warning does not make a graph invalid.
    """

    rule: str
    node: str
    message: str
    severity: Severity = Severity.VIOLATION


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that must not occur: it binds ?node and at most one thing more."""

    name: str
    message: str
    where: str
    severity: Severity = Severity.VIOLATION


def short(text: str) -> str:
    """Return *text*, or how it begins where it is long."""
    return text if len(text) <= 80 else text[:79] + "…"
