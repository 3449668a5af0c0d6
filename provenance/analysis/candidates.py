"""Which stories may answer a question, by the words that each has: all others need not be read."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from provenance.analysis.matching import ANSWERS, is_known, telling
from provenance.common.stemming import kindred, pointing_in, several, several_in, stems

Holders = Callable[[Collection[str]], Iterable[int]]
"""Gives the numbers of the stories that have one of some stems."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a question.

    Attributes:
        stems: It, and what means much the same.
        weight: How much it tells at the most.
        unsaid: Whether nothing is missing where no article says it.
        given: Whether other words may stand for it, whatever they are.
    """

    stems: frozenset[str]
    weight: float
    unsaid: bool
    given: bool


def candidates(text: str, holders: Holders) -> list[int]:
    """Return the numbers of the stories that may answer *text*.

    Of a story that lacks words of a question, these tell more than any that it has. So no sentence
    of it can have a greater part of the question than this, and most stories are ruled out.
    """
    parts = _parts(text)
    missing = sum(part.weight for part in parts if not (part.unsaid or part.given))
    given = sum(part.weight for part in parts if part.given)
    has: defaultdict[int, float] = defaultdict(float)
    found: defaultdict[int, float] = defaultdict(float)
    for part in parts:
        if not part.given:
            for story in holders(part.stems):
                has[story] += part.weight
                found[story] += 0.0 if part.unsaid else part.weight
    return sorted(
        story
        for story, weight in has.items()
        if weight + given >= ANSWERS * (weight + given + missing - found[story]) - 1e-9
    )


def _parts(text: str) -> list[_Part]:
    pointing, counted = pointing_in(text), bool(several_in(text))
    return [
        _Part(kindred(word), telling(word, pointing), is_known(word), counted and word in several())
        for word in dict.fromkeys(stems(text))
    ]
