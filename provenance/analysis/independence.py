"""By how many independent lines what a claim rests on comes to the articles that carry it."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import networkx as nx

from provenance.analysis.identity import Node


def origins_in(graph: "nx.DiGraph[Node]") -> list[set[Node]]:
    """Return the components of a story's graph that no edge leads into."""
    parts = nx.condensation(graph)
    return [parts.nodes[p]["members"] for p in parts if not parts.in_degree(p)]


def lines_of(
    graph: "nx.DiGraph[Node]", parts: Sequence[set[Node]], wires: set[str]
) -> list[list[set[Node]]]:
    """Return the origins *parts* by the independent lines that they come by.

    As on the page of an article: those that lead to one source who stands next to it are one line.
    What comes through another article, or through an agency among *wires*, comes as that has it.
    """
    ends = {node for node in graph if node[0] == "article" or node[-1] in wires}
    inner = nx.DiGraph(graph)
    inner.remove_edges_from([*inner.out_edges(ends)])
    leads: dict[Node, set[int]] = defaultdict(set)
    for number, part in enumerate(parts):
        for node in part.union(*(nx.descendants(inner, one) for one in part)):
            leads[node].add(number)
    joined: nx.Graph[int] = nx.Graph()
    joined.add_nodes_from(range(len(parts)))
    for near in {near for end in ends for near in inner.predecessors(end)} - ends:
        joined.add_edges_from(pairwise(sorted(leads[near])))
    return [[parts[number] for number in sorted(one)] for one in nx.connected_components(joined)]
