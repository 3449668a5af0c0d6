"""Which articles tell of one event: those that share names which few others have."""

from collections.abc import Sequence

import numpy as np

from provenance.analysis.columns import Codes, Numbers
from provenance.analysis.fingerprints import sharing
from provenance.analysis.grouping import grouped

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
