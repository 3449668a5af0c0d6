"""Write source graphs as RDF and read them back; the only package that makes RDF terms.

In: `SourceGraph` records, or bytes of RDF. Out: the other of the two, byte for byte the same each
time; `conformance` checks it. pyoxigraph writes; rdflib only on request.
Never: decide anything about sources; the words are those of `vocab`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from provenance import vocab
from provenance.errors import RecordError
from provenance.model import SourceGraph
from provenance.rdf.formats import FORMATS, format_named, format_of, parsed, serialized, streamed
from provenance.rdf.lean import lean as leaned
from provenance.rdf.lookup import rows_of
from provenance.rdf.reading import graphs_of
from provenance.rdf.selecting import load_store, outdated, read_quotes, select
from provenance.rdf.writing import graph_triples

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "FORMATS",
    "load_store",
    "outdated",
    "parse_rdflib",
    "read_graphs",
    "read_named_graphs",
    "read_quotes",
    "select",
    "stream_graphs",
    "to_rdflib",
    "write_graphs",
]

_STRING = vocab.PREFIXES["xsd"] + "string"


def write_graphs(
    graphs: Sequence[SourceGraph],
    format: str,
    *,
    base_iri: str | None = None,
    text: bool = True,
    lean: bool = False,
) -> bytes:
    """Return *graphs* as RDF, in the order of their articles' names.

    Args:
        graphs: Graphs of different articles; one that is given twice is written once.
        format: Name or suffix of one of `FORMATS`.
        base_iri: What the articles' names begin with, RFC 6920 names without it.
        text: Whether the articles' own text goes with them; quotes of evidence always do.
        lean: Whether to leave out all evidence but these quotes; it is not read back then.

    Raises:
        RecordError: The format is unknown or cannot hold a character of the text, two graphs
            are of one article, or a graph has ids that clash.
    """
    chosen = format_named(format)
    named: dict[str, SourceGraph] = {}
    for graph in graphs:
        name = vocab.article_iri(graph.article.digest, base_iri)
        if named.setdefault(name, graph) != graph:
            one, other = named[name].article.name, graph.article.name
            raise RecordError(f"cannot write {one} and {other} together: they are the same file")
    ordered = sorted(named.items())
    whole = ((name, graph_triples(g, base_iri, text)) for name, g in ordered)
    if lean:
        whole = ((name, tuple(leaned(triples, name))) for name, triples in whole)
    return serialized(whole, chosen)


def stream_graphs(
    graphs: Iterable[SourceGraph],
    format: str,
    *,
    base_iri: str | None = None,
    text: bool = True,
) -> Iterator[bytes]:
    """Yield *graphs* of different articles as they come, so that one alone is ever in memory.

    The arguments are those of `write_graphs`. Lines of N-Quads are sorted within each graph.

    Raises:
        RecordError: The format is unknown or must be written as a whole, or as `write_graphs` says.
    """
    chosen = format_named(format)
    if not chosen.streamed:
        raise RecordError(f"cannot write {chosen.title} graph by graph")
    triples = (
        (vocab.article_iri(graph.article.digest, base_iri), graph_triples(graph, base_iri, text))
        for graph in graphs
    )
    return streamed(triples, chosen)


def read_graphs(data: bytes, format: str | None = None, name: str = "") -> tuple[SourceGraph, ...]:
    """Return the graphs that *data* holds, in the order of their articles' names.

    Args:
        data: What `write_graphs` wrote, or the same statements from elsewhere.
        format: Name or suffix of one of `FORMATS`; by default *name* or the bytes decide.
        name: Of the file, for the error messages.

    Raises:
        RecordError: It is not RDF, holds no article of ours, is lean, or is broken.
    """
    return tuple(read_named_graphs(data, format, name).values())


def read_named_graphs(
    data: bytes, format: str | None = None, name: str = ""
) -> dict[str, SourceGraph]:
    """Return the same as `read_graphs` under the IRI of each article.

    `vocab.base_iri` makes of that the base that the graph was written with.
    """
    chosen = format_named(format) if format else format_of(data, name)
    rows = rows_of(parsed(data, chosen, name))
    try:
        return graphs_of(rows)
    except RecordError as error:
        raise RecordError(f"cannot read {name or 'the graph'}: {error}") from error


def to_rdflib(
    graph: SourceGraph, *, base_iri: str | None = None, text: bool = True
) -> "rdflib.Graph":
    """Return *graph* as an rdflib graph with the usual prefixes bound."""
    return _rdflib(graph_triples(graph, base_iri, text))


def parse_rdflib(data: bytes, format: str | None = None, name: str = "") -> "rdflib.Graph":
    """Return all that *data* states in any of its graphs as one rdflib graph.

    Raises:
        RecordError: It is not RDF.
    """
    chosen = format_named(format) if format else format_of(data, name)
    return _rdflib(parsed(data, chosen, name))


def _rdflib(statements: Iterable[Triple | Quad]) -> "rdflib.Graph":
    import rdflib

    graph = rdflib.Graph()
    for prefix, namespace in vocab.PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    for statement in statements:
        graph.add((_node(statement.subject), _node(statement.predicate), _node(statement.object)))
    return graph


def _node(term: object) -> "rdflib.term.Node":
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, Literal):
        raise RecordError(f"cannot hand {term} to rdflib: it has no such terms")
    plain = term.language or term.datatype.value == _STRING  # as rdflib's own parsers have it
    datatype = None if plain else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, term.language, datatype, normalize=False)
