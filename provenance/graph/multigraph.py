"""A source graph as a networkx graph; the one owner of its attributes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.model import ARTICLE, Dispute, Flow, Source, SourceGraph

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(graph: SourceGraph) -> "nx.MultiDiGraph[str]":
    """Return *graph* with a node per source and one for the article, an edge per flow and dispute.

    The nodes' keys are the ids, ``ARTICLE`` for the article; the record sits under the attribute
    ``record``. An edge's key is its kind or stance and its record sits there likewise.
    """
    import networkx as nx

    out: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    out.add_node(ARTICLE, record=graph.article, label=graph.article.title or graph.article.name)
    for source in graph.sources:
        out.add_node(source.id, record=source, label=source.name, type=source.type.value)
    for flow in graph.flows:
        out.add_edge(flow.source, flow.target, key=flow.kind.value, record=flow)
    for dispute in graph.disputes:
        out.add_edge(dispute.source, dispute.target, key=dispute.stance.value, record=dispute)
    return out


def _records(network: "nx.MultiDiGraph[str]") -> Iterator[object]:
    for _, _, attributes in network.edges(data=True):
        yield attributes["record"]


def flows(network: "nx.MultiDiGraph[str]") -> Iterator[Flow]:
    """Yield the flows of *network*."""
    yield from (r for r in _records(network) if isinstance(r, Flow))


def disputes(network: "nx.MultiDiGraph[str]") -> Iterator[Dispute]:
    """Yield the disputes of *network*."""
    yield from (r for r in _records(network) if isinstance(r, Dispute))


def source(network: "nx.MultiDiGraph[str]", id: str) -> Source | None:
    """Return the source behind the node *id*, None for the article's own node."""
    record = network.nodes[id]["record"]
    return record if isinstance(record, Source) else None
