"""Which source and content belong to which cue.

Each cue is scored with each word near it, by what the network gives for both and how far apart they
stand; a piece goes to the cue that its words like best. A content has one cue; a source may serve
several ("He agreed, then said").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provenance.extraction.tagger.viterbi import LINKS, Floats, Piece

_EDGES: Final = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128])
_SIDE: Final = len(_EDGES) + 1
DISTANCES: Final = 4 * _SIDE
REACH: Final = 160  # words from a cue beyond which nothing is its own
_FAR: Final = (
    1_024  # words of a piece on either side of a cue that are asked; any article has fewer
)
_SHARED: Final = 0.5  # probability from which a source serves a second cue
_ALONE: Final = 0.2  # and from which it serves one that has no other


@dataclass(frozen=True, slots=True)
class Scorer:
    """The scorer of links: relu(word + cue + distance), then one layer.

    Attributes:
        distance: [`DISTANCES`, size].
        weight: [`LINKS`, size].
        bias: [`LINKS`].
    """

    distance: Floats
    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Linked:
    """A cue with what belongs to it, and between 0 and 1 how sure that is."""

    cue: Piece
    sources: tuple[Piece, ...]
    contents: tuple[Piece, ...]
    score: float


def distances(
    words: NDArray[np.int64], paragraphs: NDArray[np.int64], cue: tuple[int, int], own: int
) -> NDArray[np.int64]:
    """Return the distance class of each word from a cue: how far, which side, same paragraph.

    Args:
        words: Numbers of words in the document.
        paragraphs: Their paragraphs.
        cue: The first word of the cue and its last.
        own: The cue's paragraph.
    """
    first, last = cue
    after = words > last
    far = np.maximum(np.maximum(words - last, first - words), 0)
    side = np.searchsorted(_EDGES, far, side="right")
    found: NDArray[np.int64] = side + _SIDE * after + 2 * _SIDE * (paragraphs != own)
    return found


def link(
    pieces: Sequence[Piece],
    of_words: Floats,
    of_cues: Floats,
    paragraphs: NDArray[np.int64],
    scorer: Scorer,
) -> list[Linked]:
    """Group *pieces* by their cues, in the order of the cues; a cue without content is left out.

    Args:
        pieces: What was found, in order.
        of_words: [W, size], what each word gives to links.
        of_cues: [W, size], what it gives as part of a cue.
        paragraphs: [W].
        scorer: The scorer of links.
    """
    cues = [piece for piece in pieces if piece.role == "Cue"]
    others = [piece for piece in pieces if piece.role != "Cue"]
    owned: dict[Piece, list[tuple[Piece, float]]] = {cue: [] for cue in cues}
    likeliest: dict[Piece, tuple[Piece, float]] = {}
    liked = _liked(cues, others, of_words, of_cues, paragraphs, scorer)
    for piece, wishes in zip(others, liked, strict=True):
        if not wishes:
            continue
        best = max(wishes, key=lambda wish: wish[1])
        for cue, score in wishes:
            if cue is best[0] or (piece.role == "Source" and score > _SHARED):
                owned[cue].append((piece, score))
            elif piece.role == "Source" and score > likeliest.get(cue, (piece, _ALONE))[1]:
                likeliest[cue] = (piece, score)
    for cue, mine in owned.items():
        if cue in likeliest and not any(piece.role == "Source" for piece, _ in mine):
            mine.append(likeliest[cue])
    return [_linked(cue, mine) for cue, mine in owned.items() if _has_content(mine)]


def _liked(
    cues: Sequence[Piece],
    others: Sequence[Piece],
    of_words: Floats,
    of_cues: Floats,
    paragraphs: NDArray[np.int64],
    scorer: Scorer,
) -> list[list[tuple[Piece, float]]]:
    """Return for each of *others* the cues near it with the probability that it is theirs."""
    found: list[list[tuple[Piece, float]]] = [[] for _ in others]
    begins = np.array([piece.begin for piece in others])
    ends = np.array([piece.end for piece in others])
    for cue in cues:
        close = (ends > cue.begin - REACH) & (begins < cue.end + REACH)
        near: list[int] = np.flatnonzero(close).tolist()
        if not near:
            continue
        low, high = cue.begin - _FAR, cue.end + _FAR
        runs = [np.arange(max(low, others[at].begin), min(high, others[at].end)) for at in near]
        words = np.concatenate(runs)
        away = distances(words, paragraphs[words], (cue.begin, cue.end - 1), paragraphs[cue.begin])
        own = of_cues[cue.begin : cue.end].mean(0)
        hidden = np.maximum(of_words[words] + own + scorer.distance[away], 0)
        scores = hidden @ scorer.weight.T + scorer.bias
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        at = 0
        for index, run in zip(near, runs, strict=True):
            role = LINKS.index(others[index].role)
            own_chances = chances[at : at + len(run), role]
            found[index].append((cue, float(np.add.reduce(own_chances) / np.float32(len(run)))))
            at += len(run)
    return found


def _has_content(mine: Sequence[tuple[Piece, float]]) -> bool:
    return any(piece.role == "Content" for piece, _ in mine)


def _linked(cue: Piece, mine: Sequence[tuple[Piece, float]]) -> Linked:
    sources = tuple(piece for piece, _ in mine if piece.role == "Source")
    contents = tuple(piece for piece, _ in mine if piece.role == "Content")
    parts = [cue.score, *(piece.score for piece, _ in mine), *(score for _, score in mine)]
    return Linked(cue, sources, contents, float(np.exp(np.mean(np.log(np.maximum(parts, 1e-6))))))
