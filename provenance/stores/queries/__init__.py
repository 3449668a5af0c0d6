"""Answer SPARQL over graphs in files, in a store on disk, or behind an endpoint.

In: a query, ours from ``ontology/queries`` or the user's, and where to ask. Out: an `Answer`.
Never: open a connection from a query, write, or use more memory than is allowed.
"""

from provenance.stores.queries.answering import FORMATS, Answer, answer, serialized
from provenance.stores.queries.library import (
    Parameter,
    Query,
    bind,
    find_query,
    parse_query,
    queries,
)
from provenance.stores.queries.processes import Asker, Wanted

__all__ = [
    "FORMATS",
    "Answer",
    "Asker",
    "Parameter",
    "Query",
    "Wanted",
    "answer",
    "bind",
    "find_query",
    "parse_query",
    "queries",
    "serialized",
]
