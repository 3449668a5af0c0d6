"""The reader's network as it ships: layers of a transformer in ONNX, the rest in a few products.

It is what `training.reader.network` trains; names and shapes are the same there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provenance.graph.reader.features import (
    FIRST,
    HEAD,
    HEAD_LAST,
    KIND,
    LAST,
    OWNER,
    ROLE,
    SENTENCE,
    TOLD,
    TYPE,
    Arrays,
    Floats,
    Integers,
)

WINDOW: Final = 448
"""Words in a window, those of its neighbours included."""
HALO: Final = 48
BETWEEN: Final = 40
"""Words around and between the mentions of a pair that are looked at."""


def windows_of(words: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the first and last word of each window, and those of its own part, all half open."""
    if words <= WINDOW:
        yield 0, words, 0, words
        return
    own = WINDOW - 2 * HALO
    for begin in range(0, words, own):
        end = min(words, begin + own)
        yield max(0, begin - HALO), min(words, end + HALO), begin, end


Upper = Callable[[Floats, Floats], Floats]
"""From inner vectors [1, L, size] and a mask [1, L] to vectors [1, L, size]."""
_LAYERS, _HEADS = 2, 4
_TOGETHER: Final = 512
"""Mentions that are read against one another at the most; long texts are cut."""
_AROUND: Final = 128
_AT_ONCE: Final = 1024
"""Pairs that are scored at once: each takes some kilobytes."""
_FLOOR: Final = np.float32(-12.0)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one article's arrays, all as log-odds.

    Attributes:
        mention: [M] that what this mention stands for reaches the article straight.
        pair: [P, 4] that the first hands on to the second; denies, confirms, doubts it.
        type: [S, 9] of each source's type, from 1 on.
        same: [Q] that two sources are one.
    """

    mention: Floats
    pair: Floats
    type: Floats
    same: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """The layers, and the weights of all heads by name."""

    upper: Upper
    weights: Mapping[str, Floats]

    def __call__(self, inner: NDArray[np.float16], a: Arrays) -> Scores:
        """Return the scores of *a* in a text whose words have the vectors *inner* [W, size]."""
        words = self._words(inner)
        sums = np.concatenate([np.zeros((1, words.shape[1])), words.cumsum(0, dtype=np.float64)])
        mentions = np.concatenate(
            [np.zeros((0, len(self.weights["mention.bias"])), np.float32)]
            + [self._read(words, sums, a, *window) for window in _blocks(len(a.mentions))]
        )
        gathered = _mean_by(mentions, a.mentions[:, OWNER], len(a.types))
        return Scores(
            mention=self._head("alone", mentions)[:, 0],
            pair=self._pairs(words, sums, mentions, a),
            type=self._head("typed", gathered)
            + self.weights["type_named"] * np.eye(9, dtype=np.float32)[a.types],
            same=self._same(gathered, a),
        )

    def _words(self, inner: NDArray[np.float16]) -> Floats:
        out = np.zeros(inner.shape, np.float32)
        for begin, end, low, high in windows_of(len(inner)):
            part = inner[None, begin:end].astype(np.float32)
            read = self.upper(part, np.ones(part.shape[:2], np.float32))[0]
            out[low:high] = read[low - begin : high - begin]
        return out

    def _linear(self, name: str, x: Floats) -> Floats:
        product: Floats = x @ self.weights[f"{name}.weight"].T
        bias = self.weights.get(f"{name}.bias")
        return product if bias is None else product + bias

    def _norm(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
        out: Floats = scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return out

    def _head(self, name: str, x: Floats) -> Floats:
        hidden = _gelu(self._linear(f"{name}.1", self._norm(f"{name}.0", x)))
        return self._linear(f"{name}.2", hidden)

    def _kind(self, number: int, index: Integers) -> Floats:
        return self.weights[f"kinds.{number}.weight"][index]

    def _read(
        self, words: Floats, sums: NDArray[np.float64], a: Arrays, begin: int, end: int, own: slice
    ) -> Floats:
        """Return the vectors of the mentions *own* of those from *begin* to *end*."""
        m = a.mentions[begin:end]
        x = np.concatenate(
            [
                _mean(sums, m[:, HEAD], m[:, HEAD_LAST]),
                _mean(sums, m[:, FIRST], m[:, LAST]),
                words[np.minimum(m[:, LAST] + 1, len(words) - 1)],
                self._kind(0, m[:, TYPE]),
                self._kind(1, m[:, KIND]),
                self._kind(2, m[:, ROLE]),
                self._kind(3, a.types[m[:, OWNER]]),
                m[:, 9:14],
                a.found[begin:end],
                a.traits[m[:, OWNER]],
                np.minimum(m[:, :1] / 400, 3),
            ],
            1,
        ).astype(np.float32)
        x = self._linear("mention", x)
        away = np.clip(m[:, SENTENCE][:, None] - m[:, SENTENCE][None, :], -2, 2) + 2
        alike = m[:, OWNER][:, None] == m[:, OWNER][None, :]
        relations = np.where(alike, np.where(away == 2, 6, 5), away)
        for number in range(_LAYERS):
            x = self._layer(f"layers.{number}", x, relations)
        return x[own]

    def _layer(self, name: str, x: Floats, relations: Integers) -> Floats:
        count, size = x.shape
        mixed = self._linear(f"{name}.mix", self._norm(f"{name}.norm", x))
        q, k, v = mixed.reshape(count, 3, _HEADS, size // _HEADS).transpose(1, 2, 0, 3)
        scores = q @ k.transpose(0, 2, 1) / np.float32((size // _HEADS) ** 0.5)
        scores += self.weights[f"{name}.relation.weight"][relations].transpose(2, 0, 1)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        heard = (scores / scores.sum(-1, keepdims=True)) @ v
        x = x + self._linear(f"{name}.out", heard.transpose(1, 0, 2).reshape(count, size))
        hidden = _gelu(self._linear(f"{name}.wide", self._norm(f"{name}.norm2", x)))
        return x + self._linear(f"{name}.narrow", hidden)

    def _pairs(self, words: Floats, sums: NDArray[np.float64], x: Floats, a: Arrays) -> Floats:
        looked = self._linear("word", words)
        ends = {name: self._linear(name, x) for name in ("one", "other", "word_one", "word_other")}
        parts = [np.zeros((0, 4), np.float32)]
        for at in range(0, len(a.pairs), _AT_ONCE):
            parts.append(self._some_pairs(looked, sums, ends, a, a.pairs[at : at + _AT_ONCE]))
        return np.concatenate(parts)

    def _some_pairs(
        self,
        looked: Floats,
        sums: NDArray[np.float64],
        ends: Mapping[str, Floats],
        a: Arrays,
        pairs: Integers,
    ) -> Floats:
        m, (i, j) = a.mentions, pairs.T
        low = np.minimum(m[i, HEAD_LAST], m[j, HEAD_LAST])
        high = np.maximum(np.maximum(m[i, HEAD], m[j, HEAD]), low)
        gap = m[j, HEAD] - m[i, HEAD]
        bucket = np.clip(np.sign(gap) * np.round(np.log2(np.abs(gap) + 1.0)) + 8, 0, 16)
        apart = (m[i, SENTENCE] != m[j, SENTENCE]).astype(np.int64)
        places = np.maximum(low - 4, 0)[:, None] + np.arange(BETWEEN)
        inside = places < (high + 5)[:, None]
        seen = looked[np.minimum(places, len(looked) - 1)]
        seen = seen + ends["word_one"][i][:, None] + ends["word_other"][j][:, None]
        seen = np.where(inside[:, :, None], np.maximum(seen, 0), np.float32(0)).max(1)
        told = np.array([a.told.get((int(o), int(p)), _NOTHING) for o, p in m[pairs][:, :, OWNER]])
        z = self._linear("words", seen) + ends["one"][i] + ends["other"][j]
        z = z + self._linear("between", _mean(sums, low, high))
        distance = self.weights["distance.weight"]
        z = z + distance[bucket.astype(np.int64)] + distance[17 + apart]
        z = z + self._linear("told", told.astype(np.float32))
        return self._linear("pair.1", _gelu(self._linear("pair.0", _gelu(z))))

    def _same(self, gathered: Floats, a: Arrays) -> Floats:
        named = self._linear("name", gathered)
        one, other = named[a.alike[:, 0]], named[a.alike[:, 1]]
        rows = np.concatenate([one * other, np.abs(one - other), a.likeness], 1)
        return self._linear("same.1", _gelu(self._linear("same.0", rows)))[:, 0]

    def gather(self, a: Arrays, scores: Scores, groups: Integers, size: int) -> "Grouped":
        """Return the scores of groups of sources that are one.

        Args:
            a: The arrays.
            scores: What the network says of them.
            groups: [S] the group of each source.
            size: How many groups there are.
        """
        own = groups[a.mentions[:, OWNER]]
        article = _any_of(scores.mention[:, None], own, size)[:, 0]
        ends = np.unique(own[a.pairs[:, 0]] * size + own[a.pairs[:, 1]])
        keys = np.searchsorted(ends, own[a.pairs[:, 0]] * size + own[a.pairs[:, 1]])
        hops = _any_of(scores.pair, keys, len(ends))
        told = np.zeros((len(ends), TOLD), np.float32)
        reached = np.zeros((size, TOLD), np.float32)
        for (one, other), row in a.told.items():
            if other < 0:
                np.maximum(reached[groups[one]], row, out=reached[groups[one]])
                continue
            key = groups[one] * size + groups[other]
            place = int(np.searchsorted(ends, key))
            if place < len(ends) and ends[place] == key:
                np.maximum(told[place], row, out=told[place])
        return Grouped(
            article=article + self._linear("told_article", reached)[:, 0],
            ends=np.stack([ends // max(size, 1), ends % max(size, 1)], 1),
            hops=hops + self._linear("told_flow", told),
        )


_NOTHING: Final = np.zeros(TOLD, np.float32)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Scores of groups of sources.

    Attributes:
        article: [G] that it reaches the article straight.
        ends: [E, 2] two groups that are mentioned near each other.
        hops: [E, 4] of them: a hop; denies, confirms, doubts.
    """

    article: Floats
    ends: Integers
    hops: Floats


def _blocks(count: int) -> Iterator[tuple[int, int, slice]]:
    """Yield blocks of mentions with what stands around, and which of each block are its own."""
    if count <= _TOGETHER:
        yield 0, count, slice(0, count)
        return
    step = _TOGETHER - 2 * _AROUND
    for at in range(0, count, step):
        begin, end = max(0, at - _AROUND), min(count, at + step + _AROUND)
        yield begin, end, slice(at - begin, min(count, at + step) - begin)


def _mean(sums: NDArray[np.float64], low: Integers, high: Integers) -> Floats:
    mean = (sums[high + 1] - sums[low]) / (high - low + 1)[:, None]
    return np.asarray(mean, np.float32)


def _mean_by(x: Floats, index: Integers, size: int) -> Floats:
    sums = np.zeros((size, x.shape[1]), np.float32)
    np.add.at(sums, index, x)
    counts = np.bincount(index, minlength=size)[:, None]
    return np.asarray(sums / np.maximum(counts, 1), np.float32)


def _any_of(scores: Floats, index: Integers, size: int) -> Floats:
    """Return the log-odds, nearly, that any of *scores* [N, C] with the same *index* holds."""
    top = np.full((size, scores.shape[1]), _FLOOR, np.float32)
    np.maximum.at(top, index, scores)
    sums = np.zeros_like(top)
    np.add.at(sums, index, np.exp(scores - top[index]))
    held: Floats = np.where(sums > 0, top + np.log(np.maximum(sums, 1e-9)), top)
    return held


def _gelu(x: Floats) -> Floats:
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)
    out: Floats = np.float32(0.5) * x * (1 + np.tanh(inner))
    return out
