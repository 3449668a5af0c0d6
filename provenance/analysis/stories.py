"""Which articles tell of one event: those that share names which few others have.

Alike in pairs makes a group, without chains of small steps.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np
from networkx.utils import UnionFind

from provenance.analysis.columns import Codes, Numbers
from provenance.analysis.fingerprints import sharing
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


def stories(names: Codes, owner: Numbers, articles: int) -> Numbers:
    """Return the number of the story of each article, that of the first article which tells it.

    Args:
        names: Of all articles, those of each one once.
        owner: The article that each is of, in order.
        articles: How many there are.
    """
    size = np.bincount(owner, minlength=articles)
    telling = ~np.isin(names, _everywhere(names, articles))
    names, owner = names[telling], owner[telling]
    starts = np.searchsorted(owner, np.arange(articles + 1))
    near = []
    for one, other in zip(*(side.tolist() for side in sharing(names, owner, NAMES)), strict=True):
        mine, theirs = (names[starts[at] : starts[at + 1]] for at in (one, other))
        shared = len(np.intersect1d(mine, theirs, assume_unique=True))
        part = shared / (size[one] * size[other]) ** 0.5
        if part >= _PART:
            near.append((-part, one, other))
    group = grouped((one, other) for _, one, other in sorted(near))
    found = np.arange(articles)
    for together in group.to_sets():
        found[list(together)] = min(together)
    return found


def members(story: Numbers) -> Sequence[Numbers]:
    """Return the articles of each story, in order of the first."""
    order = np.argsort(story, kind="stable")
    starts = np.flatnonzero(np.r_[True, story[order][1:] != story[order][:-1]][: len(story)])
    return np.split(order, starts[1:]) if len(story) else []


def _everywhere(names: Codes, articles: int) -> Codes:
    found, counts = np.unique(names, return_counts=True)
    return found[counts > max(_OFTEN, articles // _SHARE)]
