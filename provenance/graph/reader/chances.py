"""Probabilities of log-odds, by lines fitted to annotated articles (Platt, 1999), rounded."""

from dataclasses import dataclass
from math import exp

LEAST = 0.01
"""The least probability; the greatest is as far from 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """What makes a probability of a log-odds, and from where on it counts.

    Attributes:
        slope, shift: Of the line.
        least: The log-odds from which on the hop or dispute is in the graph.
    """

    slope: float
    shift: float
    least: float

    def chance(self, score: float) -> float:
        """Return the probability that goes with *score*, to two places."""
        chance = 1 / (1 + exp(-(self.slope * score + self.shift)))
        return min(max(round(chance, 2), LEAST), 1.0 - LEAST)


@dataclass(frozen=True, slots=True)
class Rules:
    """How scores are read: the lines of last hops, of hops between sources, of disputes.

    Attributes:
        same: The log-odds from which on two sources are one.
        told: What it adds to the log-odds of a last hop, a hop, a dispute that rules find as well.
    """

    article: Line
    hop: Line
    dispute: Line
    same: float
    told: tuple[float, float, float] = (0.0, 0.0, 0.0)
