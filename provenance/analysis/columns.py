"""What is compared of very many claims and sources, in columns of numbers.

A claim takes about 150 bytes here, a source about 400, ten times less than as records.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from provenance.analysis.briefs import Brief, Key, Sentence, Told
from provenance.analysis.spellings import serving
from provenance.analysis.spilling import Codes, Lists, Numbers, Spill
from provenance.common.stemming import converted_in, is_weighty, measures, metric, namesakes
from provenance.model import SourceType, Span

Flags = npt.NDArray[np.bool_]
Amounts = npt.NDArray[np.float64]

T = TypeVar("T", bound=np.generic)

_TOGETHER = 2_000
"""Claims that are held before they are written, and that are read together."""
FEWEST = 3
"""Stems that a claim has at the least to be compared at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Claims of several articles.

    Attributes:
        article, place: Whose each is, and which of that one's.
        begin, end: Where its content begins, and where the first piece of it ends.
        own: Whether it is a sentence that an article says in its own voice.
        starts: Where in the next four the stems of each begin, and where the last one's end.
        codes: Of its stems, sorted, each once.
        said: Which of them are no names.
        number: Which of them are numbers.
        denied: Which of them it denies.
        measure: Of each number, what those have that can be compared with it; else 0.
        weighty: Which numbers two hardly say by chance; known within a story alone.
        amount: Of each number, how much it is in metric measures, below 0 where it is said in
            others, 0 where it has none; known within a story alone.
    """

    article: Numbers
    place: Numbers
    begin: Numbers
    end: Numbers
    own: Flags
    starts: Numbers
    codes: Codes
    said: Flags
    number: Flags
    denied: Flags
    measure: Codes
    weighty: Flags
    amount: Amounts

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.article)

    @property
    def rows(self) -> Numbers:
        """The claim of each stem."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts))


@dataclass(frozen=True, slots=True, eq=False)
class Bearers:
    """Sources of several articles that others may know.

    Attributes:
        article, place: Whose each is, and which of that one's.
        key: What it has in common with the same source elsewhere.
        namesakes: Of persons, how many of ten billion people are called so; else 0.
        story: The first article of each one's story.
        starts, context: Of persons, stems around them.
    """

    article: Numbers
    place: Numbers
    story: Numbers
    key: Codes
    namesakes: Numbers
    starts: Numbers
    context: Codes


class ClaimRows:
    """Puts claims together, one after the other."""

    def __init__(self) -> None:
        self._whole = array("q")
        self._starts = array("q", [0])
        self._codes, self._flags, self._measures = array("Q"), array("B"), array("Q")
        self._amounts = array("d")

    def add(self, article: int, claims: Sequence[Told]) -> None:
        """Add those of *claims*, all that *article* has, that have enough words to compare."""
        for place, claim in enumerate(claims):
            if len(set(claim.stems)) >= FEWEST:
                span = claim.content[0]
                self._whole.extend((article, place, span.start, span.end, False))
                self._add_stems(claim)

    def add_own(self, article: int, sentences: Sequence[Sentence]) -> None:
        """Add those of *sentences*, all that *article* has, that it says in its own voice."""
        for place, sentence in enumerate(sentences):
            if not sentence.claims and len(set(sentence.stems)) >= FEWEST:
                self._whole.extend((article, place, *_ends(sentence.span), True))
                self._add_stems(sentence)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def _add_stems(self, claim: Told | Sentence) -> None:
        converted = converted_in(claim.text) if "(" in claim.text else frozenset()
        measured = {n: how for n, how in measures(claim.stems).items() if n not in converted}
        for code, stem in sorted((code_of(stem), stem) for stem in set(claim.stems)):
            self._codes.append(code)
            flags = (stem in claim.said) + 2 * (stem in measured) + 4 * (stem in claim.denied)
            self._flags.append(flags + 8 * (stem in measured and is_weighty(stem)))
            self._measures.append(code_of(measured[stem]) if stem in measured else 0)
            self._amounts.append(metric(stem, measured.get(stem, "")))
        self._starts.append(len(self._codes))

    def columns(self) -> Claims:
        """Return what was added."""
        whole = _column(self._whole, np.int64).reshape(-1, 5)
        flags = _column(self._flags, np.uint8)
        return Claims(
            article=whole[:, 0],
            place=whole[:, 1],
            begin=whole[:, 2],
            end=whole[:, 3],
            own=whole[:, 4].astype(bool),
            starts=_column(self._starts, np.int64),
            codes=_column(self._codes, np.uint64),
            said=(flags & 1).astype(bool),
            number=(flags & 2).astype(bool),
            denied=(flags & 4).astype(bool),
            measure=_column(self._measures, np.uint64),
            weighty=(flags & 8).astype(bool),
            amount=_column(self._amounts, np.float64),
        )


def _column(held: "array[int] | array[float]", type_: type[T]) -> npt.NDArray[T]:
    """Return what is *held* as a column, in the same memory."""
    return np.frombuffer(held, type_) if held else np.empty(0, type_)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


class BearerRows:
    """Puts sources together, one after the other."""

    def __init__(self) -> None:
        self._whole = array("q")
        self._keys, self._starts, self._context = array("Q"), array("q", [0]), array("Q")

    def add(
        self, article: int, story: int, brief: Brief, called: Mapping[tuple[str, str], Key]
    ) -> None:
        """Add those sources of *brief*, the *article* of a *story*, that others may know.

        A body is added once, and its spokesmen are not it.

        Args:
            article: Its number.
            story: That of the first article of its story.
            brief: All that it has.
            called: The keys that sources have in their story, where they are others than theirs.
        """
        seen: set[Key] = set()
        for place, source in enumerate(brief.sources):
            key = called.get((brief.digest, source.id), source.key)
            if key is None:
                continue
            kind, name = key
            person = kind == SourceType.PERSON.value
            if not person and (key in seen or serving(source.name)):
                continue
            seen.add(key)
            self._whole.extend((article, place, story, namesakes(name) if person else 0))
            self._keys.append(code_of_key(key))
            if person:
                self._context.extend(sorted(map(code_of, source.context)))
            self._starts.append(len(self._context))

    def columns(self) -> Bearers:
        """Return what was added."""
        whole = _column(self._whole, np.int64).reshape(-1, 4)
        return Bearers(
            article=whole[:, 0],
            place=whole[:, 1],
            story=whole[:, 2],
            key=_column(self._keys, np.uint64),
            namesakes=whole[:, 3],
            starts=_column(self._starts, np.int64),
            context=_column(self._context, np.uint64),
        )


class Sets:
    """Sets of codes, one for each article: the fingerprints of its text, or the names in it."""

    def __init__(self) -> None:
        self._sets = Lists(1)
        self.keys = Spill(2)

    def add(self, codes: Codes) -> None:
        """Add the set of the next article."""
        self.keys.add(codes, np.full(len(codes), len(self._sets)))
        self._sets.add(codes)

    def __len__(self) -> int:
        return len(self._sets)

    def sizes(self) -> Numbers:
        """Return how many each has."""
        return self._sets.sizes()

    def take(self, articles: Numbers) -> list[Codes]:
        """Return those of *articles*, in rising order."""
        starts, rows = self._sets.take(articles)
        return np.split(rows[:, 0], starts[1:-1])


def codes_of(words: Iterable[str]) -> Codes:
    """Return the codes of *words*, sorted."""
    return np.array(sorted(map(code_of, words)), np.uint64)


class ClaimPile:
    """Claims of all articles, on disk."""

    def __init__(self) -> None:
        self._lists = Lists(3)
        self._first = array("q", [0])
        self._rows = ClaimRows()
        self._stems = Spill(1)

    def add(self, claims: Sequence[Told]) -> None:
        """Add the claims of the next article."""
        self._rows.add(len(self._first) - 1, claims)
        self._first.append(len(self))
        if len(self._rows) >= _TOGETHER:
            self._write()

    def __len__(self) -> int:
        return len(self._lists) + len(self._rows)

    def of(self, article: int) -> Claims:
        """Return those of *article*."""
        return self.take(np.arange(self._first[article], self._first[article + 1]))

    def batches(self) -> Iterator[tuple[int, Claims]]:
        """Yield all, some at a time, after the number of the first of them."""
        for first in range(0, len(self), _TOGETHER):
            yield first, self.take(np.arange(first, min(first + _TOGETHER, len(self))))

    def counted(self) -> tuple[Codes, Numbers]:
        """Return the stems that several have, sorted, and how many each."""
        self._write()
        return counted(self._stems)

    def take(self, numbers: Numbers) -> Claims:
        """Return those with *numbers*, in rising order."""
        self._write()
        starts, rows = self._lists.take(numbers)
        heads = rows[starts[:-1]].astype(np.int64)
        body = np.ones(len(rows), bool)
        body[starts[:-1]] = body[starts[:-1] + 1] = False
        codes, measure, flags = np.ascontiguousarray(rows[body].T)
        return Claims(
            article=heads[:, 0],
            place=heads[:, 1],
            begin=heads[:, 2],
            end=rows[starts[:-1] + 1, 0].astype(np.int64),
            own=np.zeros(len(numbers), bool),
            starts=starts - 2 * np.arange(len(starts)),
            codes=codes,
            said=(flags & 1).astype(bool),
            number=(flags & 2).astype(bool),
            denied=(flags & 4).astype(bool),
            measure=measure,
            weighty=np.zeros(len(codes), bool),
            amount=np.zeros(len(codes)),
        )

    def _write(self) -> None:
        claims, self._rows = self._rows.columns(), ClaimRows()
        if not len(claims):
            return
        self._stems.add(claims.codes)
        starts = claims.starts + 2 * np.arange(len(claims) + 1)
        rows = np.zeros((starts[-1], 3), np.uint64)
        body = np.ones(len(rows), bool)
        body[starts[:-1]] = body[starts[:-1] + 1] = False
        for column, values in enumerate((claims.article, claims.place, claims.begin)):
            rows[starts[:-1], column] = values
        rows[starts[:-1] + 1, 0] = claims.end
        flags = claims.said + 2 * claims.number + 4 * claims.denied
        for column, values in enumerate((claims.codes, claims.measure, flags)):
            rows[body, column] = values
        self._lists.add(rows, starts)


class BearerPile:
    """Sources of all articles, on disk."""

    def __init__(self) -> None:
        self._sources, self._contexts = Spill(6), Lists(1)
        self.stems, self.persons = Spill(1), 0

    def add(self, bearers: Bearers) -> None:
        """Add *bearers*."""
        numbers = np.arange(len(self._contexts), len(self._contexts) + len(bearers.key))
        columns = (bearers.article, bearers.place, bearers.story, bearers.namesakes, numbers)
        self._sources.add(bearers.key, *(np.ascontiguousarray(column) for column in columns))
        self._contexts.add(bearers.context, bearers.starts)
        self.stems.add(bearers.context)
        self.persons += int(np.count_nonzero(bearers.namesakes))

    def parts(self) -> Iterator[Bearers]:
        """Yield all, those of one key together."""
        for rows in self._sources.parts():
            rows = rows[np.argsort(rows[:, 5])]
            article, place, story, namesakes, numbers = rows[:, 1:].astype(np.int64).T
            starts, context = self._contexts.take(numbers)
            yield Bearers(article, place, story, rows[:, 0], namesakes, starts, context[:, 0])


def counted(stems: Spill) -> tuple[Codes, Numbers]:
    """Return the *stems* that are there more than once, sorted, and how often each is."""
    found, often = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for rows in stems.parts():
        codes, counts = np.unique(rows[:, 0], return_counts=True)
        found.append(codes[counts > 1])
        often.append(counts[counts > 1])
    codes, counts = np.concatenate(found), np.concatenate(often)
    order = np.argsort(codes)
    return codes[order], counts[order]


@lru_cache(maxsize=20_000)
def code_of(stem: str) -> int:
    """Return a number for *stem*, the same everywhere."""
    return int.from_bytes(blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def code_of_key(key: Key) -> int:
    """Return a number for *key*, the same everywhere."""
    return code_of("\0".join(key))
