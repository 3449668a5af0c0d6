"""Build the graph of one article's sources: who has what from whom, by which chains, and why.

In: an `Article`, its `Resolution` and a `Reading`. Out: a whole `SourceGraph`,
its chains of custody, its reasons, and what differs between two.
Never: read the text anew, or make RDF.
"""

from provenance.graph.assembling import as_told, build_graph
from provenance.graph.claims import saying, unsaid_by
from provenance.graph.finding import find_origins, findings
from provenance.graph.hops import dates_of_flows, said_kind
from provenance.graph.multigraph import disputes, flows, source, to_networkx
from provenance.graph.quoting import (
    READ_AS,
    claim_sentence,
    dispute_words,
    doubt,
    fuller,
    quoted,
    sentence_of,
)
from provenance.graph.scores import with_chances

__all__ = [
    "READ_AS",
    "as_told",
    "build_graph",
    "claim_sentence",
    "dates_of_flows",
    "dispute_words",
    "disputes",
    "doubt",
    "find_origins",
    "findings",
    "flows",
    "fuller",
    "quoted",
    "said_kind",
    "saying",
    "sentence_of",
    "source",
    "to_networkx",
    "unsaid_by",
    "with_chances",
]
