"""The graph of one article's sources: built from what was resolved, and seen through networkx."""

from provenance.graph.building import as_told, build_graph
from provenance.graph.hops import said_kind
from provenance.graph.network import disputes, flows, source, to_networkx

__all__ = ["as_told", "build_graph", "disputes", "flows", "said_kind", "source", "to_networkx"]
