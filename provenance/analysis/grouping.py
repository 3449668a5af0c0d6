"""Groups of what is alike in pairs, without chains of small steps."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from itertools import chain
from typing import TypeVar

from networkx.utils import UnionFind

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
