"""A folder with an Oxigraph store: the graphs of many articles, and how each came to be there.

Beside one named graph for each article stands the ledger, a named graph of its own: which location
an article was read from, and with which settings. An article's graph and its lines in the ledger
are written in one transaction, so whatever is in the ledger is whole, whenever the run was killed.
Beside the store's own files lies a shelf with what was worked out from them.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, serialize

from provenance import vocab
from provenance.errors import StoreError
from provenance.files import reason
from provenance.model import SourceGraph
from provenance.rdf import read_graphs
from provenance.stores.shelf import Shelf

LEDGER = NamedNode(vocab.SP + "ledger")
LINKS = NamedNode(vocab.SP + "links")
"""The graph of what joins articles, made anew whenever one was added or removed."""
_READ_FROM = NamedNode(vocab.SP + "readFrom")
_BUILT_WITH = NamedNode(vocab.SP + "builtWith")
_BODY = NamedNode(vocab.PREFIXES["schema"] + "articleBody")
_URL = NamedNode(vocab.PREFIXES["schema"] + "url")
_PUBLISHED = NamedNode(vocab.PREFIXES["schema"] + "datePublished")
_SHELF = "derived.sqlite"
_UNFLUSHED = 4_000_000
"""Bytes of N-Quads that are loaded before the store writes them down: it would take ten times more
memory for them than they have bytes, and hold on to it."""


class Collection:
    """The articles in a store."""

    def __init__(self, store: Store, folder: Path, shelf: Shelf) -> None:
        """Take *store*, which is open in *folder*, and what is kept beside it."""
        self._store, self._shelf = store, shelf
        self._loaded = 0
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

    def add(
        self, article: str, location: str, settings: str, quads: bytes, derived: bytes | None = None
    ) -> None:
        """Add the graph of *article*, in place of what was there and of what was read before.

        Args:
            article: Its IRI.
            location: Where it was read; an article that was read there before is forgotten.
            settings: What it was built with.
            quads: Its named graph as N-Quads.
            derived: What `derived` is to return for it.
        """
        self._forget_others(location, article)
        node = NamedNode(article)
        here = list(self._places(node))
        if self._ledger(node, _BUILT_WITH):
            self._drop(node)
        noted = ledger_lines(article, {*here, location}, settings)
        self._load(quads + noted)
        if derived is not None:
            self._shelf.put(article, settings, derived)

    def fill(self, files: Iterable[Path]) -> None:
        """Load *files* of N-Quads into a store that is empty, by the bulk loader.

        Raises:
            StoreError: It is not empty.
        """
        if len(self._store):
            raise StoreError(f"cannot load into {self.folder}: it holds articles already")
        for file in files:
            self._store.bulk_load(path=str(file), format=RdfFormat.N_QUADS)

    def remove(self, article: str) -> None:
        """Take *article* out, with all that is known of it."""
        self._drop(NamedNode(article))

    def articles(self) -> dict[str, tuple[str, ...]]:
        """Return the IRIs of all articles, sorted, with the locations that each was read from."""
        found: dict[str, list[str]] = {}
        for article, location in self._read_from(None):
            found.setdefault(article.value, []).append(location)
        return {article: tuple(sorted(found[article])) for article in sorted(found)}

    def names(self) -> list[str]:
        """Return the IRIs of all articles, sorted; quicker than `articles`, in less memory."""
        return sorted(self._built())

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

    def text(self, article: str) -> str:
        """Return the text of *article*, "" where it was left out."""
        name = NamedNode(vocab.graph_iri(article))
        found = self._store.quads_for_pattern(NamedNode(article), _BODY, None, name)
        return next((q.object.value for q in found if isinstance(q.object, Literal)), "")

    def addressed(self) -> Iterator[tuple[str, str, str]]:
        """Yield the IRI of each article that has an address, with that and its date or ""."""
        for quad in self._store.quads_for_pattern(None, _URL, None, None):
            node = quad.subject
            if isinstance(node, NamedNode) and "#" not in node.value:
                dates = self._store.quads_for_pattern(node, _PUBLISHED, None, quad.graph_name)
                date = next((q.object.value for q in dates if isinstance(q.object, Literal)), "")
                if isinstance(quad.object, NamedNode | Literal):
                    yield node.value, quad.object.value, date

    def derived(self, name: str) -> bytes | None:
        """Return what was derived from the graph *name* (an article's IRI, or that of `LINKS`).

        None if nothing was, or not from the graph as it is now.
        """
        found = self._shelf.get(name)
        if found is None:
            return None
        stamp, data = found
        return data if self._has(NamedNode(name), _BUILT_WITH, Literal(stamp)) else None

    def derive(self, name: str, data: bytes) -> None:
        """Keep *data*, which was derived from the graph *name*."""
        for quad in self._ledger(NamedNode(name), _BUILT_WITH):
            if isinstance(quad.object, Literal):
                self._shelf.put(name, quad.object.value, data)

    def is_joined(self) -> bool:
        """Whether `LINKS` was made of the articles that are here now."""
        return self._has(LINKS, _BUILT_WITH, self._state())

    def write_links(self, blocks: Iterable[bytes]) -> None:
        """Put *blocks* of N-Quads, all in `LINKS`, in place of what joined the articles before.

        They are noted in the ledger last: after a kill in between, they are made again.
        """
        for quad in self._ledger(LINKS, _BUILT_WITH):
            self._store.remove(quad)
        self._store.remove_graph(LINKS)
        for block in blocks:
            self._load(block)
        self._store.add(Quad(LINKS, _BUILT_WITH, self._state(), LEDGER))
        self._shelf.drop(self._shelf.stamps().keys() - self._built().keys())

    def _state(self) -> Literal:
        return Literal(state_of(share_of(name, how) for name, how in self._built().items()))

    def _built(self) -> dict[str, str]:
        """Return with which settings each article was built.

        The store looks up every string that it gives out, at some 5 kB of memory each; so the
        names are had from the shelf wherever the ledger has the very same.
        """
        kept = self._shelf.stamps()
        kept.pop(LINKS.value, None)
        same = len(kept) == self._count() and all(
            self._has(NamedNode(name), _BUILT_WITH, Literal(how)) for name, how in kept.items()
        )
        return kept if same else self._written_down()

    def _count(self) -> int:
        """Return how many articles the ledger has, which no string is looked up for."""
        lines = f"GRAPH {LEDGER} {{ ?article {_BUILT_WITH} ?how . FILTER(?article != {LINKS}) }}"
        rows = self._store.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ {lines} }}")
        found = next(rows)["count"] if isinstance(rows, QuerySolutions) else None
        return int(found.value) if isinstance(found, Literal) else 0

    def _written_down(self) -> dict[str, str]:
        return {
            quad.subject.value: quad.object.value
            for quad in self._store.quads_for_pattern(None, _BUILT_WITH, None, LEDGER)
            if isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, Literal)
            and quad.subject != LINKS
        }

    def dump(self) -> Iterator[bytes]:
        """Yield all that is in the store as sorted N-Quads, a line each."""
        lines = (serialize([quad], format=RdfFormat.N_QUADS) or b"" for quad in self._store)
        yield from sorted(lines)

    def flush(self) -> None:
        """Write to the disk whatever is not there yet."""
        self._store.flush()

    def _load(self, quads: bytes) -> None:
        """Add *quads* in one transaction; what the store still holds in memory stays bounded."""
        self._store.load(quads, RdfFormat.N_QUADS)
        self._loaded += len(quads)
        if self._loaded > _UNFLUSHED:
            self._store.flush()
            self._loaded = 0

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

    def _places(self, article: NamedNode) -> Iterator[str]:
        for quad in self._ledger(article, _READ_FROM):
            if isinstance(quad.object, Literal):
                yield quad.object.value

    def _drop(self, article: NamedNode) -> None:
        """Take the graph out after its lines in the ledger: what is not in there is not whole."""
        for quad in list(self._store.quads_for_pattern(article, None, None, LEDGER)):
            self._store.remove(quad)
        self._store.remove_graph(NamedNode(vocab.graph_iri(article.value)))
        self._shelf.drop([article.value])

    def _ledger(self, article: NamedNode, what: NamedNode) -> list[Quad]:
        return list(self._store.quads_for_pattern(article, what, None, LEDGER))

    def _has(self, article: NamedNode, what: NamedNode, value: Literal) -> bool:
        return Quad(article, what, value, LEDGER) in self._store


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
    with closing(Shelf(folder / _SHELF)) as shelf:
        collection = Collection(store, folder, shelf)
        yield collection
        if write:
            collection.flush()


def load_files(folder: Path, files: Iterable[Path]) -> None:
    """Make a store in *folder* of *files* of N-Quads, as ``prov build --engine spark`` wrote them.

    Raises:
        StoreError: There is one already, or something else.
    """
    with open_collection(folder, write=True) as collection:
        collection.fill(files)


def ledger_lines(article: str, locations: Iterable[str], settings: str) -> bytes:
    """Return what the ledger says of *article*, sorted."""
    node = NamedNode(article)
    lines = [Quad(node, _BUILT_WITH, Literal(settings), LEDGER)]
    lines += [Quad(node, _READ_FROM, Literal(one), LEDGER) for one in set(locations)]
    noted = serialize(lines, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(noted.splitlines(keepends=True)))


def joined_line(state: str) -> bytes:
    """Return what the ledger says of `LINKS`, made of the articles in *state*."""
    noted = [Quad(LINKS, _BUILT_WITH, Literal(state), LEDGER)]
    return serialize(noted, format=RdfFormat.N_QUADS) or b""


def share_of(article: str, settings: str) -> int:
    """Return what *article*, built with *settings*, adds to the digest of a store."""
    return int.from_bytes(hashlib.sha256(f"{article} {settings}".encode()).digest())


def state_of(shares: Iterable[int]) -> str:
    """Return a digest of which articles are in a store, and how they were built.

    A sum: it can be added up in parts, in any order (Bellare and Micciancio, EUROCRYPT 1997).
    """
    return f"{sum(shares) % (1 << 256):064x}"
