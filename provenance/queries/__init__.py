"""SPARQL over graphs, wherever they are: in files, in a store on disk, behind an endpoint.

Our own questions stand in ``ontology/queries``, one in each file, told in its leading comment.
"""

from provenance.queries.answering import FORMATS, Answer, answer, serialized
from provenance.queries.binding import bind
from provenance.queries.library import Parameter, Query, find_query, parse_query, queries

__all__ = [
    "FORMATS",
    "Answer",
    "Parameter",
    "Query",
    "answer",
    "bind",
    "find_query",
    "parse_query",
    "queries",
    "serialized",
]
