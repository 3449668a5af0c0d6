"""Which stories may answer a question, by the words of their sentences: no other need be read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

import numpy as np
import numpy.typing as npt

from provenance.analysis.briefs import Sentence
from provenance.analysis.matching import (
    ANSWERS,
    KIN,
    MISSING,
    SAYING,
    TOGETHER,
    is_known,
    is_year,
    telling,
)
from provenance.analysis.spilling import Numbers
from provenance.common.stemming import (
    kindred,
    only_negates,
    pointing_in,
    several,
    several_in,
    stems,
)

Scores = npt.NDArray[np.float64]


class Index(Protocol):
    """The words of all sentences, which are numbered story after story."""

    def sizes(self) -> tuple[Numbers, Numbers]:
        """Return how many sentences each story has, and how many articles."""

    def sentences_with(self, words: Collection[str], *, named: bool = False) -> Numbers:
        """Return which sentences have one of *words*; with *named* those where it is a name."""


class Scan:
    """An index of the words of one question, made from all sentences."""

    def __init__(self, text: str, stories: Iterable[tuple[int, Sequence[Sentence]]]) -> None:
        """Read *stories*, the articles and the sentences of each, for what *text* asks."""
        wanted = {word for stem in stems(text) for word in kindred(stem)}
        self._rows: dict[tuple[str, bool], list[int]] = {}
        sizes, places = list[tuple[int, int]](), count()
        for articles, said in stories:
            sizes.append((len(said), articles))
            for one, place in zip(said, places, strict=False):
                for word in wanted.intersection(one.stems):
                    self._rows.setdefault((word, False), []).append(place)
                    if word not in one.said:
                        self._rows.setdefault((word, True), []).append(place)
        self._sizes = np.array(sizes, np.int64).reshape(-1, 2)

    def sizes(self) -> tuple[Numbers, Numbers]:
        """Return how many sentences each story has, and how many articles."""
        return self._sizes[:, 0], self._sizes[:, 1]

    def sentences_with(self, words: Collection[str], *, named: bool = False) -> Numbers:
        """Return which sentences have one of *words*; with *named* those where it is a name."""
        return np.array([n for w in words for n in self._rows.get((w, named), ())], np.int64)


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a question, and where it stands.

    Attributes:
        exact, near, named: The sentences that have it, a word that means much the same, or it as
            a name.
        tells: How much more it tells than a word that stands as often.
        known: Whether nothing is missing where no sentence of a story has it.
        given: Whether other words may stand for it, whatever they are.
        digits, number: Whether it is a number, and whether other than a year.
    """

    exact: Numbers
    near: Numbers
    named: Numbers
    tells: float
    known: bool
    given: bool
    digits: bool
    number: bool


def candidates(text: str, index: Index) -> list[int]:
    """Return the numbers of the stories that may answer *text*, the likeliest first.

    What a sentence scores depends on its words, and on how many others of its story have them. So
    the *index* gives the most that it can score, and rules out all stories where that is too low.
    """
    sentences, articles = index.sizes()
    parts = [*_parts(text, index).values()]
    if not parts:
        return []
    ends = np.cumsum(sentences)
    if all(part.given or part.known for part in parts):
        rows = np.arange(int(ends[-1]) if len(ends) else 0)
    else:
        rows = np.unique(np.concatenate([r for p in parts for r in (p.exact, p.near)]))
    story = np.searchsorted(ends, rows, side="right")
    best = np.zeros(len(sentences))
    np.maximum.at(best, story, _most(parts, rows, story, _Counts(sentences, ends)))
    order = np.lexsort((np.arange(len(best)), -articles, -best))
    return [int(number) for number in order if best[number] >= ANSWERS - 1e-9]


def _parts(text: str, index: Index) -> Mapping[str, _Part]:
    pointing, counted = pointing_in(text), bool(several_in(text))
    return {
        word: _Part(
            index.sentences_with({word}),
            index.sentences_with(kindred(word) - {word}),
            index.sentences_with({word}, named=True),
            telling(word, pointing),
            is_known(word),
            counted and word in several(),
            word[0].isdigit(),
            word[0].isdigit() and not is_year(word),
        )
        for word in dict.fromkeys(stems(text))
        if not only_negates(word)
    }


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many sentences each story has, and where they end."""

    sentences: Numbers
    ends: Numbers

    def having(self, rows: Numbers) -> Numbers:
        """Return how many of *rows* each story has."""
        story = np.searchsorted(self.ends, rows, side="right")
        return np.bincount(story, minlength=len(self.ends))


def _most(parts: Sequence[_Part], rows: Numbers, story: Numbers, counts: _Counts) -> Scores:
    """Return the most that each of *rows*, sentences of *story*, may score; as `matching` does."""
    found, total, said, all_said = np.zeros((4, len(rows)))
    shared, words = np.zeros((2, len(rows)), np.int64)
    missing = np.zeros(len(rows), bool)
    for part in parts:
        having = counts.having(np.union1d(part.exact, part.near))
        weight = np.log(1 + counts.sentences / (1 + having)) * part.tells
        weight = np.where((having == 0) & part.known, 0.0, weight)
        names = 2 * counts.having(part.named) > counts.having(part.exact)
        names &= not part.digits
        has = np.where(np.isin(rows, part.near), KIN, 0.0)
        has = np.where(np.isin(rows, part.exact) | part.given, 1.0, has)
        own, tells = weight[story], ~names[story]
        found, total = found + has * own, total + own
        said, all_said = said + has * own * tells, all_said + own * tells
        shared, words = shared + ((has > 0) & (own > 0)), words + (own > 0)
        missing |= part.number & (has == 0) & (own > 0)
    silent = said < SAYING * all_said - 1e-9
    scores = found / np.where(total > 0, total, 1.0)
    scores *= np.where(missing, MISSING, 1.0) * np.where(silent, MISSING, 1.0)
    return np.where(shared >= np.minimum(TOGETHER, np.maximum(words, 1)), scores, 0.0)
