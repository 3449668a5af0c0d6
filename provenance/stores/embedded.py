"""A folder with an Oxigraph store: the graphs of many articles, and how each came to be there.

Beside one named graph for each article stands the ledger, a named graph of its own: which location
an article was read from, and with which settings. An article's graph and its lines in the ledger
are written in one transaction, so whatever is in the ledger is whole, whenever the run was killed.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from provenance import vocab
from provenance.errors import StoreError
from provenance.files import reason
from provenance.model import SourceGraph
from provenance.rdf import read_graphs

LEDGER = NamedNode(vocab.SP + "ledger")
LINKS = NamedNode(vocab.SP + "links")
"""The graph of what joins articles, made anew whenever one was added or removed."""
_READ_FROM = NamedNode(vocab.SP + "readFrom")
_BUILT_WITH = NamedNode(vocab.SP + "builtWith")


class Collection:
    """The articles in a store."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Take *store*, which is open in *folder*."""
        self._store = store
        self.folder = folder

    def holds(self, article: str, location: str, settings: str) -> bool:
        """Whether *article* (an IRI) was built with *settings* already; note this place."""
        node = NamedNode(article)
        if not self._has(node, _BUILT_WITH, Literal(settings)):
            return False
        self._forget_others(location, article)
        if not self._has(node, _READ_FROM, Literal(location)):
            self._store.add(Quad(node, _READ_FROM, Literal(location), LEDGER))
        return True

    def add(self, article: str, location: str, settings: str, quads: bytes) -> None:
        """Add the graph of *article*, in place of what was there and of what was read before.

        Args:
            article: Its IRI.
            location: Where it was read; an article that was read there before is forgotten.
            settings: What it was built with.
            quads: Its named graph as N-Quads.
        """
        self._forget_others(location, article)
        node = NamedNode(article)
        here = [q.object for q in self._ledger(node, _READ_FROM)]
        if self._ledger(node, _BUILT_WITH):
            self._drop(node)
        lines = [Quad(node, _BUILT_WITH, Literal(settings), LEDGER)]
        lines += [Quad(node, _READ_FROM, one, LEDGER) for one in {*here, Literal(location)}]
        noted = serialize(lines, format=RdfFormat.N_QUADS) or b""
        self._store.load(quads + noted, RdfFormat.N_QUADS)

    def remove(self, article: str) -> None:
        """Take *article* out, with all that is known of it."""
        self._drop(NamedNode(article))

    def articles(self) -> dict[str, tuple[str, ...]]:
        """Return the IRIs of all articles, sorted, with the locations that each was read from."""
        found: dict[str, list[str]] = {}
        for article, location in self._read_from(None):
            found.setdefault(article.value, []).append(location)
        return {article: tuple(sorted(found[article])) for article in sorted(found)}

    def graph(self, article: str) -> SourceGraph:
        """Return the graph of *article*.

        Raises:
            StoreError: It is not here.
        """
        name = NamedNode(vocab.graph_iri(article))
        quads = self._store.quads_for_pattern(None, None, None, name)
        data = serialize(quads, format=RdfFormat.N_QUADS)
        if not data:
            raise StoreError(f"cannot read {article}: it is not in {self.folder}")
        return read_graphs(data, "nquads", name=article)[0]

    def graphs(self) -> Iterator[SourceGraph]:
        """Yield the graph of each article, one at a time, by IRI."""
        return (self.graph(article) for article in self.articles())

    def is_joined(self) -> bool:
        """Whether `LINKS` was made of the articles that are here now."""
        return self._has(LINKS, _BUILT_WITH, self._state())

    def write_links(self, quads: bytes) -> None:
        """Put *quads*, which are all in `LINKS`, in place of what joined the articles before."""
        for quad in self._ledger(LINKS, _BUILT_WITH):
            self._store.remove(quad)
        self._store.remove_graph(LINKS)
        noted = serialize(
            [Quad(LINKS, _BUILT_WITH, self._state(), LEDGER)], format=RdfFormat.N_QUADS
        )
        self._store.load(quads + (noted or b""), RdfFormat.N_QUADS)

    def _state(self) -> Literal:
        """Return a digest of which articles are here, and how they were built."""
        built = self._store.quads_for_pattern(None, _BUILT_WITH, None, LEDGER)
        lines = sorted(str(quad) for quad in built if quad.subject != LINKS)
        return Literal(hashlib.sha256("\n".join(lines).encode()).hexdigest())

    def dump(self) -> Iterator[bytes]:
        """Yield all that is in the store as sorted N-Quads, a line each."""
        lines = (serialize([quad], format=RdfFormat.N_QUADS) or b"" for quad in self._store)
        yield from sorted(lines)

    def flush(self) -> None:
        """Write to the disk whatever is not there yet."""
        self._store.flush()

    def _forget_others(self, location: str, article: str) -> None:
        for other, _ in list(self._read_from(Literal(location))):
            if other.value == article:
                continue
            if len(self._ledger(other, _READ_FROM)) > 1:
                self._store.remove(Quad(other, _READ_FROM, Literal(location), LEDGER))
            else:
                self._drop(other)

    def _read_from(self, location: Literal | None) -> Iterator[tuple[NamedNode, str]]:
        for quad in self._store.quads_for_pattern(None, _READ_FROM, location, LEDGER):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield quad.subject, quad.object.value

    def _drop(self, article: NamedNode) -> None:
        """Take the graph out after its lines in the ledger: what is not in there is not whole."""
        for quad in list(self._store.quads_for_pattern(article, None, None, LEDGER)):
            self._store.remove(quad)
        self._store.remove_graph(NamedNode(vocab.graph_iri(article.value)))

    def _ledger(self, article: NamedNode, what: NamedNode) -> list[Quad]:
        return list(self._store.quads_for_pattern(article, what, None, LEDGER))

    def _has(self, article: NamedNode, what: NamedNode, value: Literal) -> bool:
        return any(True for _ in self._store.quads_for_pattern(article, what, value, LEDGER))


@contextmanager
def open_collection(folder: Path, *, write: bool = False) -> Iterator[Collection]:
    """Open the store in *folder*; to *write*, one that is not there is made.

    Raises:
        StoreError: There is none, it is no store, or somebody else writes to it.
    """
    if not write and not (folder / "CURRENT").is_file():
        raise StoreError(f"cannot read {folder}: no store is there, prov build --store makes one")
    if write and folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").is_file():
        raise StoreError(f"cannot write {folder}: it has files that are no store")
    try:
        store = Store(str(folder)) if write else Store.read_only(str(folder))
    except OSError as error:
        held = "lock" in str(error).lower()
        why = "another prov is writing to it" if held else reason(error)
        raise StoreError(f"cannot open {folder}: {' '.join(why.split())}") from error
    collection = Collection(store, folder)
    yield collection
    if write:
        collection.flush()
