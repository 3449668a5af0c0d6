"""What the chain is trained towards: annotators, and a teacher's reading of the same words."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from provenance.extraction.tagger.inputs import Document
from provenance.extraction.tagger.viterbi import (
    TAG_COUNT,
    TAGS,
    Chain,
    likelihoods,
    passes,
    transitions,
)

Array = NDArray[np.float32]
Target = tuple[Array, Array]  # marginals [W, tags], and joint ones with the word before [W, t, t]


def gold_target(document: Document, tagged: Sequence[Sequence[int]]) -> Target:
    """Return the mean of the annotators' tag sequences."""
    nodes = np.zeros((len(document), TAG_COUNT), np.float32)
    pairs = np.zeros((len(document), TAG_COUNT, TAG_COUNT), np.float32)
    for tags in tagged:
        for word, tag in enumerate(tags):
            nodes[word, tag] += 1 / len(tagged)
            if not document.starts_paragraph(word):
                pairs[word, tags[word - 1], tag] += 1 / len(tagged)
    return nodes, pairs


def read_teacher(folder: Path) -> dict[str, tuple[NDArray[np.int32], Array, Array, Array]]:
    """Return, by article, the offsets of words, their emissions, transitions and start scores.

    Raises:
        ValueError: The tags of the teacher are others than ours.
    """
    found = {}
    for path in sorted(folder.glob("*.npz")):
        with np.load(path, allow_pickle=False) as kept:
            if tuple(map(str, kept["tags"])) != TAGS:
                raise ValueError(f"{path}: its tags are not {' '.join(TAGS)}")
            offsets, emissions, articles = kept["off"], kept["emis"], kept["art"]
            scores = (kept["trans"].astype(np.float32), kept["start"].astype(np.float32))
            for number, name in enumerate(kept["names"]):
                own = articles == number
                found[str(name)] = (offsets[own], emissions[own].astype(np.float32), *scores)
    return found


def teacher_target(
    document: Document,
    kept: tuple[NDArray[np.int32], Array, Array, Array],
    temperature: float,
) -> Target:
    """Return a teacher's marginals for *document*, softened by *temperature*.

    Raises:
        ValueError: The teacher cut the text into other words.
    """
    offsets, emissions, trans, start = kept
    if len(offsets) != len(document) or offsets.tolist() != [list(w) for w in document.words]:
        raise ValueError("the teacher's words are not those of the document")
    nodes = np.zeros((len(document), TAG_COUNT), np.float32)
    pairs = np.zeros((len(document), TAG_COUNT, TAG_COUNT), np.float32)
    chain = Chain(trans / temperature, start / temperature)
    for begin, end in document.paragraph_ranges():
        nodes[begin:end], pairs[begin:end] = marginals(emissions[begin:end] / temperature, chain)
    return nodes, pairs


def marginals(emissions: Array, chain: Chain) -> Target:
    """Return the marginals of one chain, by the forward-backward algorithm.

    Args:
        emissions: [W, tags].
        chain: The CRF.
    """
    count = len(emissions)
    ahead, behind = (one[0] for one in passes(emissions[None], np.array([count]), chain))
    nodes = ahead * behind
    nodes /= nodes.sum(1, keepdims=True)
    pairs = np.zeros((count, TAG_COUNT, TAG_COUNT))
    if count > 1:
        moves, _ = transitions(chain)
        factors = likelihoods(emissions) * behind
        pairs[1:] = ahead[:-1, :, None] * moves * factors[1:, None, :]
        pairs[1:] /= pairs[1:].sum((1, 2), keepdims=True)
    return nodes.astype(np.float32), pairs.astype(np.float32)
