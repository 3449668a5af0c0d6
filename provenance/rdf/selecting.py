"""Questions to RDF as it stands, whether or not records can be made of it."""

from collections.abc import Iterator
from itertools import compress

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store

from provenance import vocab
from provenance.model import Excerpt
from provenance.rdf.formats import format_named, format_of, parsed
from provenance.rdf.lookup import Index, earlier, rows_of

_HEADER = "".join(
    f"PREFIX {prefix}: <{namespace}>\n"
    for prefix, namespace in (vocab.PREFIXES | {"rdfs": vocab.RDFS}).items()
)


def load_store(data: bytes, format: str | None = None, name: str = "") -> Store:
    """Return a store in memory of all that *data* and our ontology state, in one graph.

    Raises:
        RecordError: *data* is not RDF.
    """
    chosen = format_named(format) if format else format_of(data, name)
    store = Store()
    ontology = parsed(vocab.ontology("provenance.ttl"), format_named("turtle"))
    for statements in (parsed(data, chosen, name), ontology):
        store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in statements)
    return store


def select(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a SPARQL SELECT as strings; our prefixes need not be declared."""
    solutions = store.query(_HEADER + query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("not a SELECT query")
    for solution in solutions:
        yield tuple(getattr(term, "value", str(term)) for term in solution)


def outdated(store: Store) -> str:
    """Return why what is in *store* must be built again, "" if it need not be."""
    found = (any(store.quads_for_pattern(None, NamedNode(old), None)) for old in vocab.RETIRED)
    return earlier(compress(vocab.RETIRED, found))


def read_quotes(
    data: bytes, format: str | None = None, name: str = ""
) -> Iterator[tuple[str, str, Excerpt]]:
    """Yield each quote in *data* with the names of its article and of its span.

    Raises:
        RecordError: *data* is not RDF, or a quote has no position.
    """
    chosen = format_named(format) if format else format_of(data, name)
    index = Index("", rows_of(parsed(data, chosen, name)))
    for node in index.nodes("oa:SpecificResource"):
        for excerpt in index.excerpts_at(node):
            yield index.text(node, "oa:hasSource"), node, excerpt
