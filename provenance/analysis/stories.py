"""Which articles tell of one event: those that share names which few others have.

Alike in pairs makes a group, without chains of small steps.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import chain, pairwise
from typing import TypeVar

import numpy as np
from networkx.utils import UnionFind

from provenance.analysis.columns import Sets
from provenance.analysis.fingerprints import sharing
from provenance.analysis.spilling import Flat, Numbers, Spill
from provenance.model import ClaimRef, SameClaim

T = TypeVar("T", bound=Hashable)


def grouped(steps: Iterable[tuple[T, T]]) -> "UnionFind[T]":
    """Return the groups of what *steps* join, each once, the most alike first.

    Two groups become one while half of the pairs between them are alike (average linkage), so that
    no chain of small steps joins what has nothing in common.
    """
    ordered = dict.fromkeys(steps)
    between: dict[T, Counter[T]] = defaultdict(Counter)
    for one, other in ordered:
        between[one][other] = between[other][one] = 1
    group = UnionFind(chain.from_iterable(ordered))
    sizes = Counter(group)
    for step in ordered:
        one, other = group[step[0]], group[step[1]]
        if one == other or 2 * between[one][other] < sizes[one] * sizes[other]:
            continue
        group.union(one, other)
        kept, gone = (one, other) if group[one] == one else (other, one)
        sizes[kept] += sizes[gone]
        for third, count in between.pop(gone).items():
            del between[third][gone]
            if third != kept:
                between[kept][third] += count
                between[third][kept] += count
    return group


def together(refs: Iterable[ClaimRef], same: Iterable[SameClaim]) -> list[list[ClaimRef]]:
    """Return the claims *refs*, those that say the same by pairs of them together.

    Those that say the very same are one wording.
    """
    ordered = sorted(same, key=lambda p: (-p.score, p.one, p.other))
    wording = UnionFind(refs)
    for pair in ordered:
        if pair.score == 1.0:
            wording.union(pair.one, pair.other)
    ends = (sorted((wording[pair.one], wording[pair.other])) for pair in ordered)
    group = grouped((one, other) for one, other in ends if one != other)
    parts = defaultdict(list)
    for ref in wording:
        parts[group[wording[ref]]].append(ref)
    return [sorted(part) for part in parts.values()]


NAMES, _PART = 3, 0.14
"""Names that two articles of a story share at the least, and which part of all theirs (cosine)."""
_OFTEN, _SHARE = 50, 33
"""Articles, and one in so many of all, above which those with a name are of no one story."""


def stories(names: Sets) -> Numbers:
    """Return the number of the story of each article, that of the first article which tells it.

    Args:
        names: That each article mentions.
    """
    near, first = _near(names), np.arange(len(names))
    for rows in near.batches():
        for one, other in rows[:, 1:].tolist():
            ends = sorted((_first_of(first, one), _first_of(first, other)))
            first[ends[1]] = ends[0]
    joined = Spill(4)
    for rows in near.batches():
        told = np.array([_first_of(first, one) for one in rows[:, 1].tolist()], np.int64)
        joined.add(told, *np.ascontiguousarray(rows.T))
    found = np.arange(len(names))
    for rows in joined.parts():
        # What no step joins cannot be of one story, so these are all that matter to each other.
        parts = np.ascontiguousarray(rows[:, 1]).view(np.float64)
        steps = zip((-parts).tolist(), *rows[:, 2:].T.tolist(), strict=True)
        for together in grouped((one, other) for _, one, other in sorted(steps)).to_sets():
            found[list(together)] = min(together)
    return found


def _first_of(first: Numbers, one: int) -> int:
    """Return the first article that steps lead to from *one*, and shorten the way there."""
    while (above := int(first[one])) != one:
        first[one] = first[above]
        one = above
    return one


def _near(names: Sets) -> Flat:
    """Return the pairs of articles whose names are alike, each after how far that is."""
    size = names.sizes()
    most = max(_OFTEN, len(names) // _SHARE)
    telling, usual = Spill(2), [np.empty(0, np.uint64)]
    for rows in names.keys.parts():
        found, at, counts = np.unique(rows[:, 0], return_inverse=True, return_counts=True)
        telling.add(*np.ascontiguousarray(rows[counts[at] <= most].T))
        usual.append(found[counts > most])
    common, near = np.concatenate(usual), Flat(3)
    for ends in sharing(telling, len(names), NAMES):
        numbers, which = np.unique(np.concatenate(ends), return_inverse=True)
        held = [np.setdiff1d(codes, common, assume_unique=True) for codes in names.take(numbers)]
        shared = [
            len(np.intersect1d(held[one], held[other], assume_unique=True))
            for one, other in zip(*np.split(which, 2), strict=True)
        ]
        part = np.array(shared, np.float64) / np.sqrt(size[ends[0]] * size[ends[1]])
        near.add(np.stack([part.view(np.int64), *ends], axis=1)[part >= _PART])
    return near


def members(story: Numbers) -> Iterator[Numbers]:
    """Yield the articles of each story, in order of the first."""
    order = np.argsort(story, kind="stable")
    starts = np.flatnonzero(np.r_[True, story[order][1:] != story[order][:-1]][: len(story)])
    for start, end in pairwise([*starts.tolist(), len(story)]):
        yield order[start:end]
