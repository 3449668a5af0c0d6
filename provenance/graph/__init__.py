"""Build the graph of one article's sources, and show it through networkx.

In: an `Article`, its `Resolution` and a `Reading`. Out: a whole `SourceGraph`.
Never: read the text anew, or make RDF.
"""

from provenance.graph.building import as_told, build_graph
from provenance.graph.chances import with_chances
from provenance.graph.hops import said_kind
from provenance.graph.network import disputes, flows, source, to_networkx

__all__ = [
    "as_told",
    "build_graph",
    "disputes",
    "flows",
    "said_kind",
    "source",
    "to_networkx",
    "with_chances",
]
