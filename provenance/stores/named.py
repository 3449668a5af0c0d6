"""What is to go into a store: the statements of each named graph, by name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from provenance import vocab
from provenance.common.files import is_folder, read_bytes
from provenance.errors import RecordError
from provenance.rdf.formats import format_of, parsed
from provenance.stores.ledger import LEDGER, LINKS
from provenance.stores.oxigraph import again, identity, open_reading

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_ARTICLE = NamedNode(vocab.SP + "Article")
_VOCABULARY = vocab.ONTOLOGY


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A graph under its name.

    Attributes:
        lines: Its triples as N-Triples, sorted, each once.
    """

    iri: str
    lines: tuple[bytes, ...]

    def __len__(self) -> int:
        """Return how many triples it has."""
        return len(self.lines)


def read_named(names: Sequence[str]) -> Iterator[NamedGraph]:
    """Yield the named graphs in files of RDF and folders with an Oxigraph store.

    What a file says in no named graph belongs to the article that it is about. A graph that
    several files hold is put together from all of them. The ledger of a store is for this machine
    alone, as it names files of it; what joins the articles of a store has a name of its own.

    Raises:
        RecordError: A file is not RDF, or has no named graph and is not about one article.
        StoreError: A folder is not a store.
    """
    found: dict[str, set[Triple]] = {}
    for name in names:
        if is_folder(name):
            _gather(found, iter(_stored(Path(name))), name)
        else:
            data = read_bytes(Path(name))
            _gather(found, parsed(data, format_of(data, name), name), name)
    for iri in sorted(found):
        lines = serialize(found.pop(iri), format=RdfFormat.N_TRIPLES) or b""
        yield NamedGraph(iri, tuple(sorted(lines.splitlines(keepends=True))))


def _stored(folder: Path) -> list[Quad]:
    links = NamedNode(f"{LINKS.value}-{identity(folder)}")
    quads = again(lambda: list(open_reading(folder)), folder)
    return [
        Quad(quad.subject, quad.predicate, quad.object, links) if quad.graph_name == LINKS else quad
        for quad in quads
    ]


def _gather(found: dict[str, set[Triple]], quads: Iterator[Quad], name: str) -> None:
    nameless: list[Triple] = []
    for quad in quads:
        if quad.graph_name == LEDGER:
            continue
        if isinstance(quad.graph_name, NamedNode):
            found.setdefault(quad.graph_name.value, set()).add(quad.triple)
        elif isinstance(quad.graph_name, DefaultGraph):
            nameless.append(quad.triple)
        else:
            raise RecordError(f"cannot push {name}: one of its graphs has no IRI for a name")
    for iri, triples in _by_article(nameless, name):
        found.setdefault(iri, set()).update(triples)


def _by_article(triples: Sequence[Triple], name: str) -> Iterator[tuple[str, list[Triple]]]:
    """Yield *triples* by the graph of the article that they are about."""
    if not triples:
        return
    articles = [
        t.subject.value
        for t in triples
        if t.predicate == _TYPE and t.object == _ARTICLE and isinstance(t.subject, NamedNode)
    ]
    if len(articles) == 1:
        yield vocab.graph_iri(articles[0]), list(triples)
        return
    parts: dict[str, list[Triple]] = {article: [] for article in articles}
    called: dict[NamedNode, list[Triple]] = {}
    for triple in triples:
        subject = triple.subject.value if isinstance(triple.subject, NamedNode) else ""
        article = subject.partition("#")[0]
        if article == _VOCABULARY and isinstance(triple.subject, NamedNode):
            called.setdefault(triple.subject, []).append(triple)
            continue
        if article not in parts:
            why = "it has statements in no named graph that are about no one article"
            raise RecordError(f"cannot push {name}: {why}: write it as TriG or N-Quads")
        parts[article].append(triple)
    for article, own in sorted(parts.items()):
        yield vocab.graph_iri(article), [*own, *_called(own, called)]


def _called(own: Sequence[Triple], called: Mapping[NamedNode, list[Triple]]) -> Iterator[Triple]:
    """Yield the labels of the concepts that a graph's *own* triples use."""
    todo = list({t.object for t in own if isinstance(t.object, NamedNode) and t.object in called})
    seen = set(todo)
    while todo:
        for triple in called[todo.pop()]:
            yield triple
            end = triple.object
            if isinstance(end, NamedNode) and end in called and end not in seen:
                seen.add(end)
                todo.append(end)
