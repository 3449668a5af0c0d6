"""Which claims of different articles say the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from provenance.analysis.columns import ClaimPile, Claims, Flags
from provenance.analysis.fingerprints import pairs_of, shared
from provenance.analysis.spilling import Codes, Numbers, Spill
from provenance.analysis.synonyms import by_amount, by_kin
from provenance.model import Reuse, Span

ALIKE, NEAR, OWN = 0.7, 0.355, 0.45
"""The score from which two claims are the same, from which they are where both articles tell of one
event, and from which a claim is what an article says in its own voice."""
_AGAINST = 3
"""What the score of two that contradict each other is divided by."""
_SHARED, _SAID = 3, 2
"""Stems that two claims share at the least, and of these such as are no names."""
_MOSTLY = 0.6
"""The score from which one that is no name is enough, beside three names."""
_NUMBER = 2.0
"""How much more a weighty number tells that both have than a word."""
_SURELY, _RATHER = 4, 0.52
"""Stems that two claims of one story share at the least where their score is below the second;
below `ALIKE` where one of them is but a phrase, with no stem besides those."""
_SHORT = 5
"""Stems below which being held by a longer claim tells nothing."""
_RARE = 6
"""Rarest stems of a claim, two of which another must share to be compared with it."""
_AT_ONCE = 100_000
"""Pairs within stories that are compared at once."""
_TOGETHER = 5_000
"""Pairs of all articles that are compared at once."""

Scores = npt.NDArray[np.float64]
T = TypeVar("T")
Told = tuple[frozenset[int], frozenset[int], frozenset[int]]
"""The stems of a claim, its numbers, and what it denies."""
Place = tuple[T, int, int, Told]


def alike(claims: ClaimPile) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of *claims* of different articles that say the same, and how far."""
    total = len(claims)
    known = claims.counted()
    keys, pairs = Spill(2), Spill(2, total)
    for first, some in claims.batches():
        held, rows = keys_of(some, rarest(some, held_in(known, some.codes)))
        keys.add(held, rows + first)
    for part in keys.parts():
        found = pairs_of(part[:, 0], part[:, 1].astype(np.int64), total)
        pairs.add(*np.divmod(np.unique(found), total))
    for part in pairs.parts():
        found = np.unique(part[:, 0].astype(np.int64) * total + part[:, 1].astype(np.int64))
        for at in range(0, len(found), _TOGETHER):
            ends = np.divmod(found[at : at + _TOGETHER], total)
            numbers, which = np.unique(np.concatenate(ends), return_inverse=True)
            some = claims.take(numbers)
            weights = weights_of(held_in(known, some.codes), total)
            scores = likeness(some, weights, *np.split(which, 2))
            for row in np.flatnonzero(scores >= ALIKE):
                yield int(ends[0][row]), int(ends[1][row]), float(scores[row])


def held_in(known: tuple[Codes, Numbers], codes: Codes) -> Numbers:
    """Return how many claims have each of *codes*: one, but for those that are *known*."""
    every, counts = known
    if not len(every):
        return np.ones(len(codes), np.int64)
    at = np.minimum(np.searchsorted(every, codes), len(every) - 1)
    return np.where(every[at] == codes, counts[at], 1)


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs of claims of different articles of one story, with how far they are alike.

    Attributes:
        same: Those that say the same; one of the two may be a sentence of an article's own.
        against: Those that would, but that one denies what the other says.
    """

    same: Mapping[tuple[int, int], float]
    against: Mapping[tuple[int, int], float]


def alike_near(claims: Claims, story: Numbers) -> Near:
    """Return which of *claims* say the same as others of their story, and which the contrary.

    How much a stem tells is counted within the story, whose subject all have; there, words that
    mean much the same are one.

    Args:
        claims: In order of their articles.
        story: That of each article.
    """
    if not len(claims):
        return Near({}, {})
    claims = by_kin(by_amount(claims, story))
    of_stem = story[claims.article][claims.rows].astype(np.uint64)
    mixed = claims.codes ^ (of_stem * np.uint64(0x9E3779B97F4A7C15))
    every, counts = np.unique(mixed, return_counts=True)
    held = counts[np.searchsorted(every, mixed)].astype(np.int64)
    told = np.bincount(story[claims.article], minlength=int(story.max()) + 1)
    weights = weights_of(held, told[of_stem.astype(np.int64)])
    sizes = np.bincount(claims.rows, 1.0 + claims.weighty, len(claims))
    ones, others, _ = shared(mixed, claims.rows, _SHARED - 1)
    either = ~(claims.own[ones] & claims.own[others])
    either &= claims.article[ones] != claims.article[others]
    ones, others = ones[either], others[either]
    same: dict[tuple[int, int], float] = {}
    against: dict[tuple[int, int], float] = {}
    for at in range(0, len(ones), _AT_ONCE):
        some, more = ones[at : at + _AT_ONCE], others[at : at + _AT_ONCE]
        scores = likeness(claims, weights, some, more)
        pair, mine, theirs = _common(claims, some, more)
        weighty = claims.weighty[mine] | claims.weighty[theirs]
        several = np.bincount(pair, 1.0 + weighty, len(some)) >= _SURELY
        turned = claims.denied[mine] != claims.denied[theirs]
        denied = np.bincount(pair, turned, len(some)) > 0
        denied &= ~(claims.own[some] | claims.own[more])
        least = np.where(claims.own[some] | claims.own[more], OWN, NEAR)
        few = np.where(np.minimum(sizes[some], sizes[more]) > _SHARED, _RATHER, ALIKE)
        least = np.where(several, least, few)
        for chosen, found, kept in (
            (scores >= least, same, scores),
            (denied & several & (scores * _AGAINST >= OWN), against, scores * _AGAINST),
        ):
            ends = zip(some[chosen].tolist(), more[chosen].tolist(), strict=True)
            found |= zip(ends, kept[chosen].tolist(), strict=True)
    return Near(same, against)


def weights_of(held: Numbers, claims: int | Numbers) -> Scores:
    """Return how much stems tell that so many (*held*) of *claims* have (Sparck Jones, 1972)."""
    return 1.0 + np.log((1 + claims) / held)


def rarest(claims: Claims, held: Numbers) -> Codes:
    """Return the rarest stems of each claim that any other has too, [claims, `_RARE`], or 0."""
    rows = claims.rows
    order = np.lexsort((claims.codes, held, rows))
    order = order[held[order] > 1]
    rows = rows[order]
    first = np.searchsorted(rows, np.arange(len(claims)))
    rank = np.arange(len(rows)) - first[rows]
    kept = rank < _RARE
    chosen = np.zeros((len(claims), _RARE), np.uint64)
    chosen[rows[kept], rank[kept]] = claims.codes[order[kept]]
    return chosen


def keys_of(claims: Claims, chosen: Codes) -> tuple[Codes, Numbers]:
    """Return keys of *claims*, and the claim that each is of; what has one in common is compared.

    A key for each pair of the rarest stems, and one for all stems together: however many claims
    have a key, those that are the very same meet.

    Args:
        claims: All of which have stems.
        chosen: Of each, by `rarest`.
    """
    keys = [np.add.reduceat(claims.codes + claims.denied, claims.starts[:-1])]
    rows = [np.arange(len(claims))]
    for one, other in combinations(range(_RARE), 2):
        low, high = np.sort(chosen[:, (one, other)], axis=1).T
        mixed = (low * np.uint64(0x9E3779B97F4A7C15)) ^ (high * np.uint64(0xC2B2AE3D27D4EB4F))
        mixed ^= mixed >> np.uint64(29)
        own = np.flatnonzero(low > 0)
        keys.append(mixed[own])
        rows.append(own)
    return np.concatenate(keys), np.concatenate(rows)


def likeness(claims: Claims, weights: Scores, ones: Numbers, others: Numbers) -> Scores:
    """Return how far claims say the same, between 0 and 1; 0 within one article.

    The mean of the cosine of their stems, by weight, and of how much of the shorter the longer
    has; a third of that where one denies what the other says, or each has a number that the other
    lacks and that measures the same. A weighty number tells as much as two words.

    Args:
        claims: Among which the pairs are.
        weights: Of each of their stems.
        ones: The claims on one side of each pair.
        others: Those on its other side.
    """
    squares = weights**2
    sizes = np.bincount(claims.rows, squares, len(claims))
    pair, mine, theirs = _common(claims, ones, others)

    def summed(values: npt.NDArray[np.generic]) -> Scores:
        return np.bincount(pair, values.astype(np.float64), len(ones)).astype(np.float64)

    weighty = claims.weighty[mine] | claims.weighty[theirs]
    more = summed(squares[mine] * weighty * (_NUMBER**2 - 1))
    both, shared = summed(squares[mine]) + more, summed(1.0 + weighty)
    size, other = sizes[ones] + more, sizes[others] + more
    score = both / np.sqrt(size * other)
    score = np.where(shared >= _SHORT, (score + both / np.minimum(size, other)) / 2, score)
    numbers = claims.number[mine]
    against = _counted_otherwise(claims, (ones, others), (pair[numbers], mine[numbers]))
    against |= summed(claims.denied[mine] != claims.denied[theirs]) > 0
    told = summed((claims.said[mine] & claims.said[theirs]) * (1.0 + weighty))
    good = (shared >= _SHARED) & (told >= _SAID)
    good |= (shared >= _SURELY) & (told > 0) & (score >= _MOSTLY)
    good &= claims.article[ones] != claims.article[others]
    return np.where(good, np.where(against, score / _AGAINST, score), 0.0)


def _counted_otherwise(
    claims: Claims, sides: tuple[Numbers, Numbers], shared: tuple[Numbers, Numbers]
) -> Flags:
    """Return of which pairs each side has a number that the other lacks and that measures the same.

    Args:
        claims: Among which the pairs are.
        sides: The claims on either side of each pair.
        shared: Of which pair each number is that both sides have, and where it stands.
    """
    places = np.flatnonzero(claims.number)
    kinds, rank = np.unique(claims.measure[places], return_inverse=True)
    starts = np.searchsorted(claims.rows[places], np.arange(len(claims) + 1))
    base = max(1, len(kinds))
    keys = []
    for rows in sides:
        lengths = np.diff(starts)[rows]
        pair = np.repeat(np.arange(len(rows)), lengths)
        within = np.arange(len(pair)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        keys.append(pair * base + rank[starts[rows][pair] + within])
    at = np.searchsorted(kinds, claims.measure[shared[1]])
    keys.append(shared[0] * base + at)
    every, which = np.unique(np.concatenate(keys), return_inverse=True)
    first, second, both = (
        np.bincount(part, minlength=len(every))
        for part in np.split(which, np.cumsum([len(part) for part in keys])[:2])
    )
    found = np.zeros(len(sides[0]), bool)
    found[every[(first > both) & (second > both)] // base] = True
    return found


def _common(claims: Claims, ones: Numbers, others: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the stems that pairs have in common: of which pair, and where in each of the two."""
    lengths = np.diff(claims.starts)[ones]
    pair = np.repeat(np.arange(len(ones)), lengths)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    mine = claims.starts[ones][pair] + within
    # A stem by its rank fits into a number beside its claim; those are sorted, as both parts are.
    _, rank = np.unique(claims.codes, return_inverse=True)
    keys = (claims.rows << 32) | rank
    wanted = (others[pair] << 32) | rank[mine]
    theirs = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    same = keys[theirs] == wanted
    return pair[same], mine[same], theirs[same]


def copied(
    reuse: Reuse, copy: Iterable[Place[T]], original: Sequence[Place[T]]
) -> Iterator[tuple[T, T]]:
    """Yield the pairs of claims, of a copy and of its original, of which one is the other's copy.

    Whoever fills in a form that others use copies it, but for what he fills in: claims that
    contradict each other are none of another's copies.

    Args:
        reuse: What the copy has of the original.
        copy: What to call each claim of the copy, where its content begins and ends, what it tells.
        original: The same of the original.
    """
    for name, begin, end, told in copy:
        for mine, theirs in reuse.passages:
            if mine.end <= begin or end <= mine.start:
                continue
            start = theirs.start + max(0, begin - mine.start)
            there = Span(start, max(start, min(theirs.end, start + end - begin)))
            for other, other_begin, other_end, other_told in original:
                if _mostly(other_begin, other_end, there) and not _contradict(told, other_told):
                    yield name, other


def places_of(claims: Claims) -> list[Place[int]]:
    """Return the rows of *claims*, and where each stands."""
    return [
        (
            row,
            int(claims.begin[row]),
            int(claims.end[row]),
            told_of(claims.codes[stems], claims.number[stems], claims.denied[stems]),
        )
        for row in range(len(claims))
        for stems in [slice(claims.starts[row], claims.starts[row + 1])]
    ]


def told_of(codes: Iterable[int], numbers: Iterable[object], denied: Iterable[object]) -> Told:
    """Return what tells a claim from others of its form: its stems, the numbers, what it denies."""
    rows = [(int(c), bool(n), bool(d)) for c, n, d in zip(codes, numbers, denied, strict=True)]
    return (
        frozenset(code for code, _, _ in rows),
        frozenset(code for code, is_number, _ in rows if is_number),
        frozenset(code for code, _, is_denied in rows if is_denied),
    )


def _contradict(one: Told, other: Told) -> bool:
    (mine, numbers, denied), (theirs, others, against) = one, other
    return bool(mine & theirs & (denied ^ against)) or bool(numbers - others and others - numbers)


def _mostly(begin: int, end: int, other: Span) -> bool:
    common = min(end, other.end) - max(begin, other.start)
    return common >= 0.6 * max(end - begin, other.end - other.start)
