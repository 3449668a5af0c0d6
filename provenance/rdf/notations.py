"""PROV-N, PROV-JSON and PROV-XML, by the library `prov`: what of a graph is PROV, and labels."""

import logging
import warnings
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from provenance import vocab
from provenance.common.extras import missing
from provenance.errors import RecordError
from provenance.model import SourceGraph
from provenance.rdf.writing import graph_triples

if TYPE_CHECKING:
    from prov.model import ProvDocument

NOTATIONS: Final = {"provn": "provn", "provjson": "json", "provxml": "xml"}
"""Our names, and the library's."""
_TYPE = NamedNode(f"{vocab.PREFIXES['rdf']}type")
_LABEL = NamedNode(f"{vocab.RDFS}label")
_NAMES = (f"{vocab.PREFIXES['skos']}prefLabel", f"{vocab.PREFIXES['schema']}headline")


def write_notation(graphs: Sequence[SourceGraph], name: str, base_iri: str | None) -> bytes:
    """Return *graphs* in one of `NOTATIONS`, in a document with a bundle for each of several.

    These notations know PROV alone: evidence, claims and offsets stay in the RDF.

    Raises:
        MissingExtraError: The library is not installed.
        RecordError: Something in a graph cannot be said in it.
    """
    library = _library()
    from prov.model import ProvException

    try:
        return _written(graphs, name, base_iri, library())
    except ProvException as error:
        why = " ".join(str(error).split())
        raise RecordError(f"cannot write the graph as {name}: {why}") from None


def _written(graphs: Sequence[SourceGraph], name: str, base_iri: str | None, whole: Any) -> bytes:
    named = {vocab.article_iri(graph.article.digest, base_iri): graph for graph in graphs}
    several = len(named) > 1
    for number, (article, graph) in enumerate(sorted(named.items()), 1):
        prefix = f"article{number}" if several else "article"
        document = _document(article, prefix, graph_triples(graph, base_iri, False))
        if several:
            whole.add_namespace(prefix, f"{article}#")
            whole.add_bundle(document, whole.valid_qualified_name(f"{prefix}:graph"))
        else:
            whole = document
    text: Any = whole.serialize(format=NOTATIONS[name])
    data = text if isinstance(text, bytes) else text.encode()
    return data if data.endswith(b"\n") else data + b"\n"


def _library() -> "type[ProvDocument]":
    try:
        from prov.model import ProvDocument
    except ImportError as error:
        raise missing("prov", "PROV-N, PROV-JSON and PROV-XML need more") from error
    return ProvDocument


def _document(article: str, prefix: str, triples: Iterable[Triple]) -> "ProvDocument":
    prefixes = {prefix: f"{article}#"} | {
        name: vocab.PREFIXES[name] for name in ("prov", "sp", "xsd")
    }
    kept = [kept for triple in triples if (kept := _in_prov(triple)) is not None]
    turtle = serialize(kept, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of types that are not PROV's, which it leaves out
        logging.getLogger("prov").setLevel(logging.ERROR)
        document = _library().deserialize(
            content=turtle.decode(), format="rdf", rdf_format="turtle"
        )
    own = _library()()  # without the twenty prefixes that rdflib brings along
    for name, namespace in prefixes.items():
        if name not in ("prov", "xsd"):
            own.add_namespace(name, namespace)
    records = {f"{r.get_type()} {r.get_provn()}": r for r in document.get_records()}
    for _, record in sorted(records.items()):
        own.add_record(record)
    return own


def _in_prov(triple: Triple) -> Triple | None:
    """Return *triple* as PROV has it, None where it has no such thing."""
    name = triple.predicate.value
    if name in _NAMES:
        return Triple(triple.subject, _LABEL, triple.object)
    if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
        ours = triple.object.value.startswith((vocab.PREFIXES["prov"], vocab.SP))
        return triple if ours else None
    return triple if name.startswith(vocab.PREFIXES["prov"]) else None
