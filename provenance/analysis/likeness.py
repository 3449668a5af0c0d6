"""Which claims of different articles say the same."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log
from zlib import crc32

import numpy as np

from provenance.analysis.briefs import Brief, Told
from provenance.analysis.fingerprints import pairs_of
from provenance.analysis.words import negated
from provenance.model import ClaimRef, Reuse, SameClaim, Span

ALIKE = 0.7
"""The score from which two claims are the same."""
_FEWEST = 3
"""Stems that a claim has at the least to be compared at all."""
_SAID = 2
"""Stems of what is said, names left out, that two claims share at the least."""
_SHORT = 5
"""Stems below which being held by a longer claim tells nothing."""
_RARE = 6
"""Rarest stems of a claim, two of which another must share to be compared with it."""

_Held = tuple[ClaimRef, Told]


def same_claims(briefs: Sequence[Brief], reuses: Sequence[Reuse]) -> tuple[SameClaim, ...]:
    """Return the pairs of claims of different articles that say the same.

    Claims in passages of which one is a copy say the same for certain; see `likeness` for others.
    """
    held = [
        (ClaimRef(digest=brief.digest, claim=claim.id), claim)
        for brief in sorted(briefs, key=lambda b: b.digest)
        for claim in brief.claims
        if len(set(claim.stems)) >= _FEWEST
    ]
    weights = _weights(held)
    found = {
        (one, other): score
        for one, other in _candidates(held, weights)
        if held[one][0].digest != held[other][0].digest
        and (score := likeness(held[one][1], held[other][1], weights)) >= ALIKE
    }
    found |= dict.fromkeys(_copied(held, reuses), 1.0)
    return tuple(
        SameClaim(one=held[one][0], other=held[other][0], score=round(score, 3))
        for (one, other), score in sorted(found.items())
    )


def likeness(one: Told, other: Told, weights: dict[str, float]) -> float:
    """Return how far two claims say the same, between 0 and 1.

    The mean of the cosine of their stems, weighted by how few claims have each (Sparck Jones,
    1972), and of how much of the shorter the longer has; halved where one denies and the other
    does not, or their numbers differ.
    """
    mine, theirs = set(one.stems), set(other.stems)
    both = _square(mine & theirs, weights)
    if not both or len(one.said & other.said) < _SAID:
        return 0.0
    sizes = _square(mine, weights), _square(theirs, weights)
    score = both / (sizes[0] * sizes[1]) ** 0.5
    if len(mine & theirs) >= _SHORT:
        score = (score + both / min(sizes)) / 2
    numbers = ({s for s in some if s.isdigit()} for some in (mine, theirs))
    first, second = numbers
    against = bool(first and second and not first & second)
    against |= negated(one.text) != negated(other.text)
    return float(score / 2 if against else score)


def _square(some: set[str], weights: dict[str, float]) -> float:
    return float(sum(weights.get(stem, 1.0) ** 2 for stem in some))


def _weights(held: Sequence[_Held]) -> dict[str, float]:
    counts = Counter(stem for _, claim in held for stem in set(claim.stems))
    weights = {stem: 1.0 + log((1 + len(held)) / count) for stem, count in counts.items()}
    weights[""] = 1.0 + log(1 + len(held))  # what a stem weighs that one claim alone has
    return weights


def _candidates(held: Sequence[_Held], weights: dict[str, float]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share two of the rarest stems that anybody shares with them."""
    alone = max(weights.values(), default=0.0)
    keys: list[int] = []
    owners: list[int] = []
    for number, (_, claim) in enumerate(held):
        shared = (stem for stem in set(claim.stems) if weights[stem] < alone)
        rarest = sorted(shared, key=lambda s: (-weights[s], s))[:_RARE]
        for pair in combinations(sorted(rarest), 2):
            keys.append(crc32(" ".join(pair).encode()))
            owners.append(number)
    if not keys:
        return
    codes = np.unique(pairs_of(np.array(keys, np.uint64), np.array(owners, np.int64), len(held)))
    for code in codes:
        one, other = divmod(int(code), len(held))
        if one != other:
            yield one, other


def _copied(held: Sequence[_Held], reuses: Sequence[Reuse]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of claims of which one is the other's copy."""
    of: dict[str, list[int]] = {}
    for number, (ref, _) in enumerate(held):
        of.setdefault(ref.digest, []).append(number)
    for reuse in reuses:
        for number in of.get(reuse.copy, ()):
            content = held[number][1].content[0]
            for mine, theirs in reuse.passages:
                if not mine.overlaps(content):
                    continue
                start = theirs.start + max(0, content.start - mine.start)
                there = Span(
                    start, max(start, min(theirs.end, start + content.end - content.start))
                )
                for other in of.get(reuse.original, ()):
                    if _mostly(held[other][1].content[0], there):
                        yield (min(number, other), max(number, other))


def _mostly(one: Span, other: Span) -> bool:
    common = min(one.end, other.end) - max(one.start, other.start)
    return common >= 0.6 * max(one.end - one.start, other.end - other.start)
