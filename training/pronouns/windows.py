"""Lessons cut into windows of inner vectors, and windows gathered into batches."""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from provenance.extraction.tagger.referents import AHEAD, BACK, STRIDE, Halves, Words, distances
from provenance.extraction.tagger.tagger import VECTOR, Notes, Tagger
from training.pronouns.lessons import Text, read_texts

HELD_OUT: Final = 4
"""One in so many texts is held out, to choose by."""
_FARTHEST: Final = 200  # words
_CHUNK: Final = 200  # windows sorted by length together


@dataclass(frozen=True, slots=True)
class Exercise:
    """A lesson in words of its text: the pronoun, then names, the right ones first."""

    pronoun: int
    names: tuple[Words, ...]
    right: int
    kind: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text as the judge sees it."""

    name: str
    inner: Halves
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a text's vectors with the exercises in it."""

    inner: Halves
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of several windows.

    Attributes:
        inner: [B, W, size].
        words: [B, W], true where there is a word.
        rows, pronouns, firsts, lasts, classes: [P], of each pair: its window, the pronoun's word,
            the first word of the name and the one behind its last, the class of their distance.
        groups: Of each exercise how many pairs are right, how many wrong, and its kind.
    """

    inner: Tensor
    words: Tensor
    rows: Tensor
    pronouns: Tensor
    firsts: Tensor
    lasts: Tensor
    classes: Tensor
    groups: tuple[tuple[int, int, str], ...]


def is_held_out(name: str) -> bool:
    """Whether nothing is learnt from the text called *name*."""
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % HELD_OUT == 0


def prepare(path: Path, tagger: Tagger, cache: Path) -> list[Prepared]:
    """Return the texts in the file *path*; their vectors are kept in the folder *cache*."""
    cache.mkdir(parents=True, exist_ok=True)
    found = []
    for number, text in enumerate(read_texts(path)):
        kept = cache / f"{path.stem}-{number}.npy"
        if not kept.exists():
            np.save(kept, tagger.note(text.text, text.paragraphs)[1].inner)
        words = tagger.words(text.text, text.paragraphs)
        inner = np.load(kept, mmap_mode="r")
        notes = Notes(words, inner)
        found.append(Prepared(text.name, inner, tuple(_exercises(text, notes))))
    return found


def _exercises(text: Text, notes: Notes) -> Iterator[Exercise]:
    for lesson in text.lessons:
        pronoun = notes.words_of(lesson.pronoun)[0]
        right = [notes.words_of(place) for place in lesson.right]
        wrong = [notes.words_of(place) for place in lesson.wrong]
        near = [w for w in right if pronoun - w[0] <= _FARTHEST]
        others = [w for w in wrong if pronoun - w[0] <= _FARTHEST and w not in right]
        yield Exercise(pronoun, (*near, *others), len(near), lesson.kind)


def windows(texts: Iterable[Prepared], draw: random.Random | None = None) -> Iterator[Window]:
    """Yield the windows of *texts* that have exercises, cut somewhere else each time by *draw*."""
    for text in texts:
        shift = draw.randrange(STRIDE) if draw else 0
        blocks: dict[int, list[Exercise]] = {}
        for one in text.exercises:
            blocks.setdefault((one.pronoun + shift) // STRIDE, []).append(one)
        for block, own in blocks.items():
            begin = max(0, block * STRIDE - shift - BACK)
            end = min(len(text.inner), (block + 1) * STRIDE - shift + AHEAD)
            cut = tuple(filter(None, (_within(one, begin, end) for one in own)))
            if cut:
                yield Window(text.inner[begin:end], cut)


def _within(one: Exercise, begin: int, end: int) -> Exercise | None:
    """Return *one* in the words of a window, None where too little of it is inside."""
    inside = [
        (number, (first - begin, last - begin))
        for number, (first, last) in enumerate(one.names)
        if begin <= first < last <= end
    ]
    right = sum(number < one.right for number, _ in inside)
    if not 0 < right < len(inside):
        return None
    return Exercise(one.pronoun - begin, tuple(words for _, words in inside), right, one.kind)


def batches(
    given: Sequence[Window], words: int, draw: random.Random | None = None
) -> list[list[Window]]:
    """Return *given* in batches of about so many *words*, windows of like length together."""
    order = list(given)
    if draw:
        draw.shuffle(order)
    found: list[list[Window]] = []
    for at in range(0, len(order), _CHUNK):
        batch: list[Window] = []
        for window in sorted(order[at : at + _CHUNK], key=lambda w: len(w.inner)):
            if batch and (len(batch) + 1) * len(window.inner) > words:
                found.append(batch)
                batch = []
            batch.append(window)
        found.append(batch)
    if draw:
        draw.shuffle(found)
    return found


def collate(given: Sequence[Window]) -> Batch:
    """Pad *given* into tensors."""
    length = max(len(window.inner) for window in given)
    inner = np.zeros((len(given), length, VECTOR), np.float32)
    words = np.zeros((len(given), length), bool)
    pairs: list[tuple[int, int, int, int]] = []
    groups = []
    for row, window in enumerate(given):
        inner[row, : len(window.inner)] = window.inner
        words[row, : len(window.inner)] = True
        for one in window.exercises:
            pairs += [(row, one.pronoun, first, last) for first, last in one.names]
            groups.append((one.right, len(one.names) - one.right, one.kind))
    table: NDArray[np.int64] = np.array(pairs, np.int64).T
    rows, pronouns, firsts, lasts = map(torch.from_numpy, table)
    classes = torch.from_numpy(distances(table[1] - table[2]))
    given_words = torch.from_numpy(inner), torch.from_numpy(words)
    return Batch(*given_words, rows, pronouns, firsts, lasts, classes, tuple(groups))
