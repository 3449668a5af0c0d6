"""How likely each name before a pronoun is whom it stands for, by a network above the tagger's.

Three layers of a transformer go on from the tagger's inner vectors, one to a word, so the text is
encoded once for both. Pronoun and name are scored like the links of the tagger: by what the layers
give for each of them, and how many words lie between; mentions are ranked against one another as
in Lee et al. (EMNLP 2017).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provenance.extraction.tagger.viterbi import Floats

BACK: Final = 128
"""Words that a window has before the pronouns that are judged in it."""
AHEAD: Final = 16
"""Words that it has behind them."""
STRIDE: Final = 112
"""Words from which the pronouns of one window come."""
EDGES: Final = np.array([1, 2, 3, 4, 5, 8, 11, 16, 23, 32, 46, 64, 91, 128])
_AFTER: Final = np.array([1, 3, 7, 15])
DISTANCES: Final = len(EDGES) + 1 + len(_AFTER) + 1

Halves = NDArray[np.float16]
Words = tuple[int, int]
"""The first word and the one behind the last."""
Upper = Callable[[Floats], tuple[Floats, Floats]]
"""From inner vectors [W, size] to what words give as pronouns and as names [W, size]."""


@dataclass(frozen=True, slots=True)
class Judge:
    """The layers and the scorer: relu(pronoun + name + distance), then one number.

    Attributes:
        upper: The layers.
        distance: [`DISTANCES`, size].
        weight: [size].
    """

    upper: Upper
    distance: Floats
    weight: Floats

    def __call__(
        self, inner: Halves, pronouns: Sequence[int], names: Sequence[Words]
    ) -> Iterator[tuple[int, int, float]]:
        """Yield the number of a pronoun, of a name near it, and how well they go together.

        Args:
            inner: [W, size], of the words of a text.
            pronouns: The words that are pronouns, in order.
            names: The words of each name, in order.
        """
        firsts = np.array([first for first, _ in names], np.int64)
        lasts = np.array([last for _, last in names], np.int64)
        for block in dict.fromkeys(word // STRIDE for word in pronouns):
            begin = max(0, block * STRIDE - BACK)
            end = min(len(inner), (block + 1) * STRIDE + AHEAD)
            inside = np.flatnonzero((firsts >= begin) & (lasts <= end))
            if not len(inside):
                continue
            of_pronouns, of_names = self.upper(inner[begin:end].astype(np.float32))
            given = _means(of_names, firsts[inside] - begin, lasts[inside] - begin)
            for number, word in enumerate(pronouns):
                if word // STRIDE == block:
                    far = self.distance[distances(word - firsts[inside])]
                    hidden = np.maximum(of_pronouns[word - begin] + given + far, 0)
                    for name, score in zip(inside, hidden @ self.weight, strict=True):
                        yield number, int(name), float(score)


def distances(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the class of how many *words* a name stands before a pronoun, after it if below 1."""
    before = np.searchsorted(EDGES, words, side="right")
    after = len(EDGES) + 1 + np.searchsorted(_AFTER, -words, side="right")
    return np.where(words > 0, before, after)


def _means(vectors: Floats, firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Floats:
    """Return the mean of *vectors* over the words of each name."""
    rows = [vectors[first:last].mean(axis=0) for first, last in zip(firsts, lasts, strict=True)]
    return np.stack(rows).astype(np.float32)
