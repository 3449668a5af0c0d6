"""Counts, and the figures that are made of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one kind of thing: how many were right, predicted, and in the gold graphs.

    Attributes:
        labelled: Of those that are right, how many have the right type, kind or stance as well.
    """

    right: int = 0
    predicted: int = 0
    gold: int = 0
    labelled: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.right + other.right,
            self.predicted + other.predicted,
            self.gold + other.gold,
            self.labelled + other.labelled,
        )

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right, 0 where nothing was."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found, 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.predicted + self.gold) if self.right else 0.0

    @property
    def label(self) -> float:
        """The share of what is right whose label is right as well."""
        return self.labelled / self.right if self.right else 0.0
