"""Which sources of different articles are one: by name, type and context, never by name alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from provenance.analysis.briefs import Brief, Key, Known, named
from provenance.model import SourceType

Node = tuple[str, ...]
"""A source among all articles: its key and a number, or for one that only its article knows the
digest and its id."""
_COMMON = 2
"""Stems that two persons of one name have in common around them, at the least."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which node each source of each article is.

    Attributes:
        names: What to call each node.
        titles: The same for a key whose bearers are taken together: in one claim, who has the
            name is one, for saying the same is context enough.
    """

    nodes: Mapping[tuple[str, str], Node]
    names: Mapping[Node, str]
    titles: Mapping[Node, str]

    def of(self, digest: str, source: str) -> Node:
        """Return the node of *source* in the article *digest*."""
        return self.nodes[digest, source]

    def is_known(self, node: Node) -> bool:
        """Whether *node* has a name that tells it from all others."""
        return node[0] == "known"


def identify(briefs: Iterable[Brief]) -> Identity:
    """Return which sources of *briefs* are one.

    Organizations and outlets of one name are one. Persons are where something is said of both
    in the same words besides; who is alone with a name has it. Unnamed sources never are.
    """
    nodes: dict[tuple[str, str], Node] = {}
    names: dict[Node, str] = {}
    bearers: dict[Key, list[tuple[str, Known]]] = {}
    for brief in sorted(briefs, key=lambda b: b.digest):
        for source in brief.sources:
            if source.key is None:
                node: Node = ("own", brief.digest, source.id)
                nodes[brief.digest, source.id], names[node] = node, source.name
        for source in named(brief):
            assert source.key is not None
            bearers.setdefault(source.key, []).append((brief.digest, source))
    titles: dict[Node, str] = {}
    for key, found in bearers.items():
        titles["known", *key] = _longest(found)
        for number, group in enumerate(_groups(key, found)):
            node = ("known", *key, str(number))
            names[node] = _longest(group)
            nodes |= {(digest, source.id): node for digest, source in group}
    return Identity(nodes, names, titles)


def _longest(found: list[tuple[str, Known]]) -> str:
    return max((source.name for _, source in found), key=lambda name: (len(name), name))


def _groups(key: Key, found: list[tuple[str, Known]]) -> list[list[tuple[str, Known]]]:
    if key[0] != SourceType.PERSON.value or len(found) == 1:
        return [found]
    alike: nx.Graph[int] = nx.Graph()
    alike.add_nodes_from(range(len(found)))
    holders: dict[str, list[int]] = {}
    for number, (_, source) in enumerate(found):
        for stem in source.context:
            holders.setdefault(stem, []).append(number)
    shared: dict[tuple[int, int], int] = {}
    for some in holders.values():
        for at, one in enumerate(some[:30]):
            for other in some[at + 1 : 30]:
                shared[one, other] = shared.get((one, other), 0) + 1
    alike.add_edges_from(pair for pair, count in shared.items() if count >= _COMMON)
    parts = sorted(sorted(part) for part in nx.connected_components(alike))
    return [[found[number] for number in part] for part in parts]
