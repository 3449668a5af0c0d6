"""What is compared of very many claims and sources, in columns of numbers.

A claim takes about 150 bytes here, a source about 400, ten times less than as records.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from provenance.analysis.briefs import Brief, Key, Sentence, Told
from provenance.analysis.spellings import serving
from provenance.common.stemming import converted_in, first_kin, measures, namesakes
from provenance.model import SourceType, Span

Codes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

T = TypeVar("T", bound=np.generic)

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

    def _add_stems(self, claim: Told | Sentence) -> None:
        converted = converted_in(claim.text) if "(" in claim.text else frozenset()
        measured = {n: how for n, how in measures(claim.stems).items() if n not in converted}
        for code, stem in sorted((code_of(stem), stem) for stem in set(claim.stems)):
            self._codes.append(code)
            flags = (stem in claim.said) + 2 * (stem in measured) + 4 * (stem in claim.denied)
            self._flags.append(flags)
            self._measures.append(code_of(measured[stem]) if stem in measured else 0)
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
        )


def _column(held: "array[int]", type_: type[T]) -> npt.NDArray[T]:
    """Return what is *held* as a column, in the same memory."""
    return np.frombuffer(held, type_) if held else np.empty(0, type_)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def by_kin(claims: Claims) -> Claims:
    """Return *claims* with words that mean much the same as one: who died was killed."""
    words, firsts = _kindred()
    at = np.minimum(np.searchsorted(words, claims.codes), len(words) - 1)
    codes = np.where(words[at] == claims.codes, firsts[at], claims.codes)
    order = np.lexsort((codes, claims.rows))
    codes, rows = codes[order], claims.rows[order]
    new = np.r_[True, (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])][: len(codes)]
    starts = np.flatnonzero(new)
    said, number, denied = (
        np.logical_or.reduceat(flags[order], starts)
        for flags in (claims.said, claims.number, claims.denied)
    )
    ends = np.cumsum(np.bincount(rows[new], minlength=len(claims)))
    return replace(
        claims,
        codes=codes[new],
        said=said,
        number=number,
        denied=denied,
        measure=np.maximum.reduceat(claims.measure[order], starts),
        starts=np.r_[0, ends].astype(np.int64),
    )


@cache
def _kindred() -> tuple[Codes, Codes]:
    """Return the codes of kindred words, sorted, and beside each that of the first of its kin."""
    pairs = sorted((code_of(word), code_of(first)) for word, first in first_kin().items())
    words, firsts = zip(*pairs, strict=True)
    return np.array(words, np.uint64), np.array(firsts, np.uint64)


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


class PrintRows:
    """Puts the fingerprints of texts together."""

    def __init__(self) -> None:
        self._prints, self._owners = array("Q"), array("q")

    def add(self, article: int, brief: Brief) -> None:
        """Add those of *brief*."""
        self._prints.frombytes(brief.prints.astype(np.uint64).tobytes())
        self._owners.extend([article] * len(brief.prints))

    def columns(self) -> tuple[Codes, Numbers]:
        """Return them, and whose each is."""
        return _column(self._prints, np.uint64), _column(self._owners, np.int64)


class NameRows:
    """Puts the names in articles together."""

    def __init__(self) -> None:
        self._names, self._owners = array("Q"), array("q")

    def add(self, article: int, names: Iterable[str]) -> None:
        """Add *names*, all that *article* has."""
        before = len(self._names)
        self._names.extend(sorted(map(code_of, names)))
        self._owners.extend([article] * (len(self._names) - before))

    def columns(self) -> tuple[Codes, Numbers]:
        """Return them, and whose each is."""
        return _column(self._names, np.uint64), _column(self._owners, np.int64)


@lru_cache(maxsize=20_000)
def code_of(stem: str) -> int:
    """Return a number for *stem*, the same everywhere."""
    return int.from_bytes(blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def code_of_key(key: Key) -> int:
    """Return a number for *key*, the same everywhere."""
    return code_of("\0".join(key))
