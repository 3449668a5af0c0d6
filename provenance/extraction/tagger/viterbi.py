"""From emissions to tags: Viterbi and forward-backward over many chains at once.

A chain is a paragraph. Shapes: ``W`` words, ``T`` tags, ``P`` paragraphs side by side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

ROLES: Final = ("Source", "Cue", "Content")
TAGS: Final = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
TAG_COUNT: Final = len(TAGS)

# What a word is to one cue: nothing, its source or its content.
LINKS: Final = ("none", "Source", "Content")

FORBIDDEN: Final = -1e4  # a log score that no path survives


def may_follow(tag: str, before: str) -> bool:
    """Return whether *tag* may follow *before*: I- only continues its own role."""
    return not tag.startswith("I-") or before[2:] == tag[2:]


Floats = NDArray[np.float32]
_SIDE_BY_SIDE = 256
_LEAST = -1e3  # log scores below this are forbidden


@dataclass(frozen=True, slots=True)
class Chain:
    """Scores of the linear-chain CRF.

    Attributes:
        trans: [T, T], from and to.
        start: [T], of the first word of a paragraph.
    """

    trans: Floats
    start: Floats


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A run of words in one role.

    Attributes:
        begin: Its first word.
        end: The word behind its last.
        role: One of `ROLES`.
        score: Between 0 and 1: the mean posterior probability of its tags.
    """

    begin: int
    end: int
    role: str
    score: float


def decode(emissions: Floats, paragraphs: Sequence[tuple[int, int]], chain: Chain) -> list[Piece]:
    """Return the pieces of the likeliest tags, in order.

    Args:
        emissions: [W, T].
        paragraphs: Begin and end of each chain, covering all words.
        chain: The CRF.
    """
    tags = np.zeros(len(emissions), np.int8)
    sure = np.zeros(len(emissions), np.float32)
    for group in _groups(paragraphs):
        lengths = np.array([end - begin for begin, end in group])
        padded = np.zeros((len(group), lengths[0], TAG_COUNT), np.float32)
        for row, (begin, end) in enumerate(group):
            padded[row, : end - begin] = emissions[begin:end]
        best = viterbi(padded, lengths, chain)
        nodes = marginals(padded, lengths, chain)
        own = np.take_along_axis(nodes, best[:, :, None].astype(np.int64), 2)[:, :, 0]
        for row, (begin, end) in enumerate(group):
            tags[begin:end] = best[row, : end - begin]
            sure[begin:end] = own[row, : end - begin]
    return list(_pieces(tags, sure))


def viterbi(emissions: Floats, lengths: NDArray[np.int64], chain: Chain) -> NDArray[np.int8]:
    """Return the likeliest tags [P, W] of chains of *lengths*, longest first."""
    count, width, _ = emissions.shape
    came = np.zeros((count, width, TAG_COUNT), np.int8)
    score = chain.start + emissions[:, 0]
    for t in range(1, width):
        live = int(np.searchsorted(-lengths, -t))
        moves = score[:live, :, None] + chain.trans
        came[:live, t] = moves.argmax(1)
        score[:live] = moves.max(1) + emissions[:live, t]
    best = np.zeros((count, width), np.int8)
    tag = score.argmax(1)
    for t in range(width - 1, -1, -1):
        live = int(np.searchsorted(-lengths, -t))
        best[:live, t] = tag[:live]
        tag[:live] = np.take_along_axis(came[:live, t], tag[:live, None], 1)[:, 0]
    return best


def marginals(emissions: Floats, lengths: NDArray[np.int64], chain: Chain) -> Floats:
    """Return the posterior probability of each tag [P, W, T], chains of *lengths* longest first."""
    ahead, behind = passes(emissions, lengths, chain)
    nodes = ahead * behind
    total = nodes.sum(2, keepdims=True)
    found: Floats = (nodes / np.maximum(total, 1e-30)).astype(np.float32)
    return found


def passes(
    emissions: Floats, lengths: NDArray[np.int64], chain: Chain
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the forward and backward passes [P, W, T], each word's scaled to a sum of 1."""
    count, width, _ = emissions.shape
    scaled = likelihoods(emissions)
    moves, first = transitions(chain)
    ahead = np.zeros((count, width, TAG_COUNT))
    behind = np.ones((count, width, TAG_COUNT))
    ahead[:, 0] = _normal(first * scaled[:, 0])
    for t in range(1, width):
        live = int(np.searchsorted(-lengths, -t))
        ahead[:live, t] = _normal((ahead[:live, t - 1] @ moves) * scaled[:live, t])
    for t in range(width - 2, -1, -1):
        live = int(np.searchsorted(-lengths, -(t + 1)))
        behind[:live, t] = _normal((scaled[:live, t + 1] * behind[:live, t + 1]) @ moves.T)
    return ahead, behind


def likelihoods(emissions: Floats) -> NDArray[np.float64]:
    """Return the emissions as factors, the largest of each word 1."""
    found: NDArray[np.float64] = np.exp(
        (emissions - emissions.max(-1, keepdims=True)).astype(float)
    )
    return found


def transitions(chain: Chain) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the chain's scores as factors, 0 for what is forbidden."""
    trans, start = chain.trans.astype(float), chain.start.astype(float)
    return (
        np.where(trans > _LEAST, np.exp(np.maximum(trans, _LEAST)), 0.0),
        np.where(start > _LEAST, np.exp(np.maximum(start, _LEAST)), 0.0),
    )


def _normal(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = rows / np.maximum(rows.sum(-1, keepdims=True), 1e-300)
    return found


def _groups(paragraphs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    ordered = sorted(paragraphs, key=lambda p: p[0] - p[1])
    for at in range(0, len(ordered), _SIDE_BY_SIDE):
        yield ordered[at : at + _SIDE_BY_SIDE]


def _pieces(tags: NDArray[np.int8], sure: Floats) -> Iterator[Piece]:
    opens = {TAGS.index(f"B-{role}"): role for role in ROLES}
    begin = 0
    for word in np.flatnonzero(tags):
        if word < begin:
            continue
        role = opens.get(int(tags[word]))
        if role is None:
            continue
        begin = int(word) + 1
        while begin < len(tags) and TAGS[tags[begin]] == f"I-{role}":
            begin += 1
        yield Piece(int(word), begin, role, float(sure[word:begin].mean()))
