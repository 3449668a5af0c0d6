"""Decoding against enumeration of all tag sequences, and linking by hand-made scores."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.extraction.tagger.pairing import DISTANCES, Scorer, distances, link
from provenance.extraction.tagger.viterbi import (
    FORBIDDEN,
    LINKS,
    TAG_COUNT,
    TAGS,
    Chain,
    Floats,
    Piece,
    decode,
    marginals,
    may_follow,
    viterbi,
)


def chain_of(seed: int) -> Chain:
    draw = np.random.default_rng(seed)
    banned = [[0.0 if may_follow(tag, before) else FORBIDDEN for tag in TAGS] for before in TAGS]
    first = [0.0 if may_follow(tag, "O") else FORBIDDEN for tag in TAGS]
    return Chain(
        (draw.normal(size=(TAG_COUNT, TAG_COUNT)) + banned).astype(np.float32),
        (draw.normal(size=TAG_COUNT) + first).astype(np.float32),
    )


def score_of(tags: tuple[int, ...], emissions: Floats, chain: Chain) -> float:
    total = chain.start[tags[0]] + emissions[0, tags[0]]
    for t in range(1, len(tags)):
        total += chain.trans[tags[t - 1], tags[t]] + emissions[t, tags[t]]
    return float(total)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), length=st.integers(1, 4))
def test_viterbi_and_marginals_agree_with_enumeration(seed: int, length: int) -> None:
    chain = chain_of(seed)
    emissions = np.random.default_rng(seed + 1).normal(size=(length, TAG_COUNT)).astype(np.float32)
    scores = {
        tags: score_of(tags, emissions, chain) for tags in product(range(TAG_COUNT), repeat=length)
    }
    lengths = np.array([length])
    best = viterbi(emissions[None], lengths, chain)[0]
    assert scores[tuple(map(int, best))] == pytest.approx(max(scores.values()), abs=1e-4)
    weights = {tags: np.exp(score) for tags, score in scores.items()}
    total = sum(weights.values())
    nodes = marginals(emissions[None], lengths, chain)[0]
    for word, tag in product(range(length), range(TAG_COUNT)):
        by_hand = sum(w for tags, w in weights.items() if tags[word] == tag) / total
        assert nodes[word, tag] == pytest.approx(by_hand, abs=1e-4)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), lengths=st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_chains_side_by_side_are_decoded_as_each_alone(seed: int, lengths: list[int]) -> None:
    chain = chain_of(seed)
    draw = np.random.default_rng(seed)
    emissions: Floats = draw.normal(scale=2, size=(sum(lengths), TAG_COUNT)).astype(np.float32)
    ends = np.cumsum(lengths).tolist()
    ranges = list(zip([0, *ends[:-1]], ends, strict=True))
    together = decode(emissions, ranges, chain)
    alone = [
        Piece(piece.begin + begin, piece.end + begin, piece.role, piece.score)
        for begin, end in ranges
        for piece in decode(emissions[begin:end], [(0, end - begin)], chain)
    ]
    assert [(p.begin, p.end, p.role) for p in together] == [(p.begin, p.end, p.role) for p in alone]
    assert [p.score for p in together] == pytest.approx([p.score for p in alone], abs=1e-5)


def test_a_tag_that_must_not_follow_never_does() -> None:
    emissions = np.zeros((3, TAG_COUNT), np.float32)
    emissions[:, TAGS.index("I-Content")] = 50
    pieces = decode(emissions, [(0, 3)], chain_of(1))
    assert [(p.begin, p.end, p.role) for p in pieces] == [(0, 3, "Content")]


def test_scores_are_probabilities() -> None:
    emissions = np.random.default_rng(3).normal(size=(40, TAG_COUNT)).astype(np.float32)
    pieces = decode(emissions, [(0, 25), (25, 40)], chain_of(3))
    assert pieces
    assert all(0 < piece.score <= 1 for piece in pieces)


def scorer_by_distance(best: dict[str, list[int]]) -> Scorer:
    """Return a scorer that likes a role at some distances, whatever the words."""
    distance = np.zeros((DISTANCES, len(LINKS)), np.float32)
    for role, classes in best.items():
        distance[classes, LINKS.index(role)] = 5
    return Scorer(distance, np.eye(len(LINKS), dtype=np.float32), np.zeros(3, np.float32))


def test_a_content_goes_to_one_cue_and_a_source_may_serve_two() -> None:
    """As in "He agreed to it and said so"."""
    he = Piece(0, 1, "Source", 0.9)
    agreed, it = Piece(1, 2, "Cue", 0.9), Piece(2, 4, "Content", 0.9)
    said, so = Piece(5, 6, "Cue", 0.9), Piece(6, 7, "Content", 0.9)
    paragraphs = np.zeros(7, np.int64)
    words = np.arange(7)
    behind = distances(words, paragraphs, (5, 5), 0)[6]
    before = sorted({int(distances(words, paragraphs, (c, c), 0)[0]) for c in (1, 5)})
    scorer = scorer_by_distance(
        {
            "Content": [int(behind), int(distances(words, paragraphs, (1, 1), 0)[3])],
            "Source": before,
        }
    )
    nothing = np.zeros((7, len(LINKS)), np.float32)
    found = link([he, agreed, it, said, so], nothing, nothing, paragraphs, scorer)
    assert [(one.cue, one.sources, one.contents) for one in found] == [
        (agreed, (he,), (it,)),
        (said, (he,), (so,)),
    ]


def test_a_cue_without_content_is_none() -> None:
    cue, source = Piece(1, 2, "Cue", 0.9), Piece(0, 1, "Source", 0.9)
    nothing = np.zeros((3, len(LINKS)), np.float32)
    scorer = scorer_by_distance({})
    assert link([source, cue], nothing, nothing, np.zeros(3, np.int64), scorer) == []


def test_distances_tell_sides_and_paragraphs_apart() -> None:
    paragraphs = np.array([0, 0, 0, 1, 1])
    classes = distances(np.arange(5), paragraphs, (1, 1), 0)
    assert len(set(classes.tolist())) == 5
    assert classes.max() < DISTANCES
