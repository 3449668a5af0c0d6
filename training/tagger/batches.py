"""Windows of articles gathered into batches, the same ones again from the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from provenance.extraction.tagger.inputs import NO_WORD, Encoded, Vocabulary, encode, windows_of
from provenance.extraction.tagger.pairing import distances
from provenance.extraction.tagger.sections import Integers
from provenance.extraction.tagger.viterbi import Floats
from training.tagger.corpus import Example
from training.tagger.targets import Target

_CHUNK = 400  # windows sorted by length together
_SMALLEST_FIRST = 40  # pieces of an article's first window, at the least
_WHOLE = 0.5  # share of the articles whose windows hold whole paragraphs


@dataclass(frozen=True, slots=True)
class Sample:
    """One window to learn from.

    Attributes:
        example: Its article.
        encoded: What the network reads.
        target: Marginals of the article's words.
        links: Cues with a word in the window, by one annotator.
    """

    example: Example
    encoded: Encoded
    target: Target
    links: list[tuple[list[int], dict[int, int]]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of several windows; shapes as `network` names them."""

    ids: Tensor
    mask: Tensor
    features: Tensor
    firsts: Tensor
    words: Tensor
    starts: Tensor
    nodes: Tensor
    pairs: Tensor
    cue_window: Tensor
    cue_words: Tensor
    cue_weights: Tensor
    distances: Tensor
    goal: Tensor


def epoch(
    examples: Sequence[Example],
    targets: Sequence[Target],
    vocabulary: Vocabulary,
    window: int,
    pieces: int,
    seed: str,
) -> list[list[Sample]]:
    """Return the batches of one pass over *examples*.

    Args:
        examples: The articles.
        targets: What is to be learnt of each.
        vocabulary: For the marks of a window.
        window: Word pieces in a window at the most.
        pieces: Word pieces in a batch, about.
        seed: Of the order, and of where the windows fall.
    """
    draw = random.Random(seed)
    samples = [
        sample
        for example, target in zip(examples, targets, strict=True)
        for sample in _cut(example, target, vocabulary, window, draw)
    ]
    draw.shuffle(samples)
    batches: list[list[Sample]] = []
    for at in range(0, len(samples), _CHUNK):
        batch: list[Sample] = []
        for sample in sorted(samples[at : at + _CHUNK], key=lambda s: len(s.encoded.ids)):
            if batch and len(sample.encoded.ids) * (len(batch) + 1) > pieces:
                batches.append(batch)
                batch = []
            batch.append(sample)
        batches.append(batch)
    draw.shuffle(batches)
    return batches


def _cut(
    example: Example, target: Target, vocabulary: Vocabulary, window: int, draw: random.Random
) -> Iterator[Sample]:
    """Yield windows of *example*, cut somewhere else each time; links are one annotator's."""
    links = draw.choice(example.annotations).links if example.annotations else []
    first, whole = draw.randint(_SMALLEST_FIRST, window), draw.random() < _WHOLE
    for begin, end in windows_of(example.document, window, first, whole=whole):
        inside = (([word for word in cue if begin <= word < end], own) for cue, own in links)
        encoded = encode(example.document, begin, end, vocabulary)
        yield Sample(example, encoded, target, [(cue, own) for cue, own in inside if cue])


def collate(samples: Sequence[Sample]) -> Batch:
    """Pad *samples* into tensors."""
    count = len(samples)
    length = max(len(sample.encoded.ids) for sample in samples)
    width = max(len(sample.encoded.firsts) for sample in samples)
    tags = samples[0].target[0].shape[1]
    ids = np.zeros((count, length), np.int64)
    mask = np.zeros((count, length), np.int64)
    features = np.full((count, length), NO_WORD, np.int64)
    firsts = np.zeros((count, width), np.int64)
    words = np.zeros((count, width), bool)
    starts = np.zeros((count, width), bool)
    nodes = np.zeros((count, width, tags), np.float32)
    pairs = np.zeros((count, width, tags, tags), np.float32)
    for row, sample in enumerate(samples):
        encoded, document = sample.encoded, sample.example.document
        begin, own = encoded.begin, len(encoded.firsts)
        end = begin + own
        ids[row, : len(encoded.ids)] = encoded.ids
        mask[row, : len(encoded.ids)] = 1
        features[row, : len(encoded.ids)] = encoded.features
        firsts[row, :own] = encoded.firsts
        words[row, :own] = True
        starts[row, :own] = [document.starts_paragraph(word) for word in range(begin, end)]
        nodes[row, :own] = sample.target[0][begin:end]
        pairs[row, 1:own] = sample.target[1][begin + 1 : end]
    arrays = (ids, mask, features, firsts, words, starts, nodes, pairs, *_cues(samples, width))
    return Batch(*map(torch.from_numpy, arrays))


def _cues(
    samples: Sequence[Sample], width: int
) -> tuple[Integers, Integers, Floats, Integers, Integers]:
    """Return the window, the words and their weights of each cue, and its distances and links."""
    cues = [(row, cue, own) for row, s in enumerate(samples) for cue, own in s.links]
    most = max((len(cue) for _, cue, _ in cues), default=1)
    cue_words = np.zeros((len(cues), most), np.int64)
    cue_weights = np.zeros((len(cues), most), np.float32)
    away = np.zeros((len(cues), width), np.int64)
    goal = np.full((len(cues), width), -1, np.int64)
    for at, (row, cue, own) in enumerate(cues):
        begin, count = samples[row].encoded.begin, len(samples[row].encoded.firsts)
        numbers = np.arange(begin, begin + count)
        paragraphs = samples[row].example.document.paragraphs
        cue_words[at, : len(cue)] = [word - begin for word in cue]
        cue_weights[at, : len(cue)] = 1 / len(cue)
        away[at, :count] = distances(
            numbers,
            np.array(paragraphs[begin : begin + count]),
            (min(cue), max(cue)),
            paragraphs[cue[0]],
        )
        goal[at, :count] = [own.get(word, 0) for word in range(begin, begin + count)]
    windows = np.array([row for row, _, _ in cues], np.int64)
    return windows, cue_words, cue_weights, away, goal
