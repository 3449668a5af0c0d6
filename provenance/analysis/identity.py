"""Which sources of different articles are one: by name, type and context, never by name alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import networkx as nx
import numpy as np

from provenance.analysis.briefs import Brief, Known
from provenance.analysis.columns import Bearers, Codes, Numbers
from provenance.analysis.fingerprints import sharing

Node = tuple[str, ...]
"""A source among all articles: its key and a number, or for one that only its article knows the
digest and its id."""
_FIRST = "0"


class Identity:
    """Which node each source of each article is."""

    def __init__(self, split: Mapping[tuple[str, str], int], briefs: Mapping[str, Brief]) -> None:
        """Take *split*, the numbers of those persons who only have their name from another."""
        self.split = split
        self._briefs = briefs

    def of(self, digest: str, source: Known) -> Node:
        """Return the node of *source* in the article *digest*."""
        if source.key is None:
            return "own", digest, source.id
        return "known", *source.key, str(self.split.get((digest, source.id), _FIRST))

    def is_known(self, node: Node) -> bool:
        """Whether *node* has a name that tells it from all others."""
        return node[0] == "known"

    @cached_property
    def names(self) -> Mapping[Node, str]:
        """What to call each node, and each node of one claim: what most articles call it.

        Within a claim all who have a name are one, and the number is left out: saying the same is
        context enough.
        """
        called: dict[Node, Counter[str]] = {}
        for digest, brief in self._briefs.items():
            for source in brief.sources:
                node = self.of(digest, source)
                wanted = (node, node[:-1]) if self.is_known(node) else (node,)
                for one in wanted:
                    called.setdefault(one, Counter())[source.name] += 1
        return {
            node: max(names, key=lambda name: (names[name], len(name), name))
            for node, names in called.items()
        }


def groups_of(bearers: Bearers) -> Iterator[list[Numbers]]:
    """Yield for each key that several of *bearers* have which of them are one.

    Organizations and outlets of one name are one. Persons are where something is said of both
    in the same words besides; who is alone with a name has it.
    """
    order = np.lexsort((bearers.place, bearers.article, bearers.key))
    keys = bearers.key[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]][: len(keys)])
    sizes = np.diff(np.r_[starts, len(keys)])
    for start, size in zip(starts, sizes, strict=True):
        members = order[start : start + size]
        if len(members) == 1:
            continue
        if not (least := int(bearers.least[members[0]])):
            yield [members]
            continue
        contexts = [bearers.context[bearers.starts[m] : bearers.starts[m + 1]] for m in members]
        yield [members[part] for part in apart(contexts, least)]


def apart(contexts: Iterable[Codes], least: int) -> list[list[int]]:
    """Return which of the bearers of one name are one person: where *least* stems are the same."""
    held = list(contexts)
    owner = np.repeat(np.arange(len(held)), [len(one) for one in held])
    alike: nx.Graph[int] = nx.Graph()
    alike.add_nodes_from(range(len(held)))
    alike.add_edges_from(zip(*sharing(np.concatenate(held), owner, least), strict=True))
    return sorted(sorted(int(one) for one in part) for part in nx.connected_components(alike))
