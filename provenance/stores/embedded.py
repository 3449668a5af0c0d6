"""A folder with an Oxigraph store: the graphs of many articles, and where each was read from.

Beside one named graph for each article stands the ledger, a named graph of its own: which location
an article was read from, and with which settings. An article's graph and its lines in the ledger
are written in one transaction, so whatever is in the ledger is whole, whenever the run was killed.
Beside the store's own files lies a shelf with what was worked out from them.

What is taken out is taken out in one transaction with its lines in the ledger. The store's files
still have its words then, which the ledger notes, too; they are written anew before it is closed.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from provenance import vocab
from provenance.common.memory import hold_little
from provenance.errors import StoreError
from provenance.model import SourceGraph
from provenance.rdf import read_graphs
from provenance.stores.disk import LIGHT, LOOKS, Disk, step
from provenance.stores.ledger import (
    BUILT_WITH,
    LEDGER,
    LINKS,
    READ_FROM,
    dropping,
    forgetting,
    ledger_lines,
    share_of,
    state_of,
)
from provenance.stores.oxigraph import is_store, open_reading, open_writing, rewrite
from provenance.stores.shelf import UNCORRECTED, Joints, Shelf

_UNSWEPT = Quad(LEDGER, NamedNode(vocab.SP + "unswept"), Literal("true"), LEDGER)
"""That what was taken out may still be read in the store's files."""
_BODY = NamedNode(vocab.PREFIXES["schema"] + "articleBody")
_URL = NamedNode(vocab.PREFIXES["schema"] + "url")
_PUBLISHED = NamedNode(vocab.PREFIXES["schema"] + "datePublished")
_STARTED = NamedNode(vocab.PREFIXES["prov"] + "startedAtTime")
_SHELF = "derived.sqlite"
_AT_ONCE, _BLOCKS = 2_000, 4
"""Statements that are taken out in one transaction; blocks after which a store is opened anew."""
_UNFLUSHED = 4_000_000
"""Bytes of N-Quads that are loaded before the store writes them down: it would take ten times more
memory for them than they have bytes, and hold on to it."""


class Collection:
    """The articles in a store."""

    def __init__(self, store: Store | Disk, folder: Path, shelf: Shelf) -> None:
        """Take *store*, which is open in *folder*, and what is kept beside it."""
        self._store = Disk(store, folder) if isinstance(store, Store) else store
        self._shelf = shelf
        self._loaded = 0
        self.folder = folder

    def holds(self, article: str, location: str, settings: str) -> bool:
        """Whether *article* (an IRI) was built with *settings* already; note this place."""
        node = NamedNode(article)
        if not self._has(node, BUILT_WITH, Literal(settings)):
            return False
        place = Quad(node, READ_FROM, Literal(location), LEDGER)
        gone, dropped = self._others(location, article)
        if gone or not self._store.has(place):
            self._change(gone, ledger_lines(article, [location], settings), dropped)
        return True

    def add(
        self, article: str, location: str, settings: str, quads: bytes, derived: bytes | None = None
    ) -> None:
        """Add the graph of *article* in place of an earlier one, and of what was read there before.

        Args:
            article: Its IRI.
            location: Where it was read; an article that was read there before is forgotten.
            settings: What it was built with.
            quads: Its named graph as N-Quads.
            derived: What `derived` returns for it.
        """
        gone, dropped = self._others(location, article)
        node = NamedNode(article)
        noted = ledger_lines(article, {*self._places(node), location}, settings)
        if self._ledger(node, BUILT_WITH):
            steps, quads = self._store.renewed(NamedNode(vocab.graph_iri(article)), quads)
            gone += [dropping(node)[0], *steps]
        if derived is not None:  # first, so that no kill leaves the ledger with more than the shelf
            self._shelf.put(article, settings, derived)
        if gone:
            self._change(gone, quads + noted, dropped)
        else:
            self._load(quads + noted)

    def fill(self, files: Iterable[Path]) -> None:
        """Load *files* of N-Quads into a store that is empty, by the bulk loader.

        Raises:
            StoreError: It is not empty.
        """
        if not self._store.is_empty():
            raise StoreError(f"cannot load into {self.folder}: it holds articles already")
        for file in files:
            self._store.bulk_load(file)

    def remove(self, article: str) -> None:
        """Remove *article* and all that is known of it."""
        self._change(dropping(NamedNode(article)), b"", [article])

    def is_swept(self) -> bool:
        """Whether what was removed is in no file of the store any more."""
        return not self._store.has(_UNSWEPT)

    def close(self) -> None:
        """Close the store, and what is kept beside it."""
        self._store.close()
        self._shelf.close()

    def articles(self) -> dict[str, tuple[str, ...]]:
        """Return the IRIs of all articles, sorted, with the locations that each was read from."""
        found: dict[str, list[str]] = {}
        for article, location in self._read_from(None):
            found.setdefault(article.value, []).append(location)
        return {article: tuple(sorted(found[article])) for article in sorted(found)}

    def names(self) -> list[str]:
        """Return the IRIs of all articles, sorted; quicker than `articles`."""
        return sorted(self.each_name())

    def each_name(self) -> Iterator[str]:
        """Yield the IRIs of all articles."""
        return (name for name, _ in self._built())

    def settings(self, article: str) -> str:
        """Return what *article* was built with, "" if it is not here."""
        found = self._ledger(NamedNode(article), BUILT_WITH)
        return next((q.object.value for q in found if isinstance(q.object, Literal)), "")

    def places(self, article: str) -> tuple[str, ...]:
        """Return where *article* was read, sorted."""
        return tuple(sorted(self._places(NamedNode(article))))

    def uncorrected(self, article: str, stamp: str) -> bytes | None:
        """Return what is kept of *article* from before corrections, if it has this *stamp*."""
        found = self._shelf.get(article, UNCORRECTED)
        return found[1] if found is not None and found[0] == stamp else None

    def keep_uncorrected(self, article: str, stamp: str, data: bytes) -> None:
        """Keep *data* of *article* as it is before corrections, under a *stamp*."""
        self._shelf.put(article, stamp, data, UNCORRECTED)

    def graph(self, article: str) -> SourceGraph:
        """Return the graph of *article*.

        Raises:
            StoreError: It is not here.
        """
        name = NamedNode(vocab.graph_iri(article))
        quads = self._store.find(None, None, None, name)
        data = serialize(quads, format=RdfFormat.N_QUADS)
        if not data:
            raise StoreError(f"cannot read {article}: it is not in {self.folder}")
        return read_graphs(data, "nquads", name=article)[0]

    def quads(self, graph: NamedNode | None) -> Iterator[Quad]:
        """Yield what is in *graph*, or in all graphs."""
        return self._store.find(None, None, None, graph)

    def text(self, article: str) -> str:
        """Return the text of *article*, "" where it was left out."""
        name = NamedNode(vocab.graph_iri(article))
        found = self._store.find(NamedNode(article), _BODY, None, name)
        return next((q.object.value for q in found if isinstance(q.object, Literal)), "")

    def addressed(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield the IRI of each article that has an address, with that, its date, its capture's.

        The dates are "" where nothing says them.
        """
        for quad in self._store.find(None, _URL, None, None):
            node, graph = quad.subject, quad.graph_name
            if isinstance(node, NamedNode) and "#" not in node.value:
                named = graph if isinstance(graph, NamedNode) else None
                captured = NamedNode(f"{node.value}#capture")
                dates = [
                    next((q.object.value for q in found if isinstance(q.object, Literal)), "")
                    for found in (
                        self._store.find(node, _PUBLISHED, None, named),
                        self._store.find(captured, _STARTED, None, named),
                    )
                ]
                if isinstance(quad.object, NamedNode | Literal):
                    yield node.value, quad.object.value, dates[0], dates[1]

    def derived(self, name: str) -> bytes | None:
        """Return what was derived from the graph *name* (an article's IRI, or that of `LINKS`).

        None if nothing was, or not from the graph as it is now.
        """
        found = self._shelf.get(name)
        if found is None:
            return None
        stamp, data = found
        return data if self._has(NamedNode(name), BUILT_WITH, Literal(stamp)) else None

    def derive(self, name: str, data: bytes) -> None:
        """Keep *data*, which was derived from the graph *name*."""
        for quad in self._ledger(NamedNode(name), BUILT_WITH):
            if isinstance(quad.object, Literal):
                self._shelf.put(name, quad.object.value, data)

    def is_joined(self) -> bool:
        """Whether `LINKS` was made of the articles that are here now."""
        return self._has(LINKS, BUILT_WITH, self._state())

    def joints(self) -> Joints | None:
        """Return what joins the articles, by article; None where it is not of those here now."""
        joints = self._shelf.joints
        if (state := joints.state()) is None:
            return None
        stamp, articles = state
        same = self._has(LINKS, BUILT_WITH, Literal(stamp)) and self._count() == articles
        return joints if same else None

    @contextmanager
    def renewed_joints(self) -> Iterator[Joints]:
        """Give what is to be filled with what joins the articles, all or nothing."""
        with self._shelf.joints.renewed(self.settings(LINKS.value)) as joints:
            yield joints

    def write_links(self, blocks: Iterable[bytes]) -> None:
        """Replace what joined the articles by *blocks* of N-Quads, all in `LINKS`.

        They are noted in the ledger last: after a kill in between, they are made again.
        """
        self._store.update(forgetting(LINKS))
        while some := list(islice(self._store.find(None, None, None, LINKS), _AT_ONCE)):
            self._store.update(gone := step("DELETE", some))  # a transaction is held in memory
            self._count_in(gone.encode())
            self._store.looked(len(some) / LIGHT)
        for block in blocks:
            self._load(block)
            self._store.looked(LOOKS / _BLOCKS)
        self._store.add(Quad(LINKS, BUILT_WITH, self._state(), LEDGER))
        here = () if self._is_kept() else {name for name, _ in self._written_down()}
        told = self._shelf.stamps() if here else [(LINKS.value, "")]
        self._shelf.drop([name for name, _ in told if name not in here])

    def let_go(self) -> None:
        """Give back what the store holds of what it read and wrote."""
        self._store.looked(LOOKS)

    def _state(self) -> Literal:
        return Literal(state_of(share_of(name, how) for name, how in self._built()))

    def _built(self) -> Iterator[tuple[str, str]]:
        """Yield each article, and with which settings it was built.

        The store looks up every string that it gives out, at some 5 kB of memory each; so the names
        are taken from the shelf if the ledger has the same ones.
        """
        return self._kept() if self._is_kept() else self._written_down()

    def _is_kept(self) -> bool:
        try:
            kept = 0
            for name, how in self._kept():
                if not self._has(NamedNode(name), BUILT_WITH, Literal(how)):
                    return False
                kept += 1
        except ValueError:  # one is no name
            return False
        return kept == self._count()

    def _kept(self) -> Iterator[tuple[str, str]]:
        return (row for row in self._shelf.stamps() if row[0] != LINKS.value)

    def _count(self) -> int:
        """Return how many articles the ledger has, without looking up a string."""
        lines = f"GRAPH {LEDGER} {{ ?article {BUILT_WITH} ?how . FILTER(?article != {LINKS}) }}"
        (found,) = self._store.rows(f"SELECT (COUNT(*) AS ?count) WHERE {{ {lines} }}", "count")
        return int(found.value)

    def _written_down(self) -> Iterator[tuple[str, str]]:
        for quad in self._store.find(None, BUILT_WITH, None, LEDGER):
            article, how = quad.subject, quad.object
            if isinstance(article, NamedNode) and isinstance(how, Literal) and article != LINKS:
                yield article.value, how.value

    def dump(self) -> Iterator[bytes]:
        """Yield all that is in the store as sorted N-Quads, one per line."""
        quads = self._store.quads()
        lines = (serialize([quad], format=RdfFormat.N_QUADS) or b"" for quad in quads)
        yield from sorted(lines)

    def flush(self) -> None:
        """Write to disk whatever is not there yet."""
        self._store.flush()

    def _load(self, quads: bytes) -> None:
        """Add *quads* in one transaction; what the store still holds in memory stays bounded."""
        self._shelf.joints.forget()
        self._store.load(quads)
        self._count_in(quads)

    def _count_in(self, quads: bytes) -> None:
        self._loaded += len(quads)
        if self._loaded > _UNFLUSHED:
            self._store.flush()
            self._loaded = 0

    def _others(self, location: str, article: str) -> tuple[list[str], list[str]]:
        """Return the steps that remove what else was read at *location*, and the articles gone."""
        steps, gone = [], []
        for other, _ in list(self._read_from(Literal(location))):
            if other.value == article:
                continue
            if len(self._ledger(other, READ_FROM)) > 1:
                steps.append(step("DELETE", [Quad(other, READ_FROM, Literal(location), LEDGER)]))
            else:
                steps += dropping(other)
                gone.append(other.value)
        return steps, gone

    def _change(self, steps: Iterable[str], quads: bytes, gone: Iterable[str]) -> None:
        """Do *steps*, add *quads*, and note that what is *gone* is still in the files: at once."""
        self._shelf.joints.forget()
        added = [*parse(quads, format=RdfFormat.N_QUADS), _UNSWEPT]
        self._store.update(";\n".join([*steps, step("INSERT", added)]))
        self._count_in(quads)
        self._shelf.drop(gone)

    def _read_from(self, location: Literal | None) -> Iterator[tuple[NamedNode, str]]:
        for quad in self._store.find(None, READ_FROM, location, LEDGER):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield quad.subject, quad.object.value

    def _places(self, article: NamedNode) -> Iterator[str]:
        for quad in self._ledger(article, READ_FROM):
            if isinstance(quad.object, Literal):
                yield quad.object.value

    def _ledger(self, article: NamedNode, what: NamedNode) -> list[Quad]:
        return list(self._store.find(article, what, None, LEDGER))

    def _has(self, article: NamedNode, what: NamedNode, value: Literal) -> bool:
        return self._store.has(Quad(article, what, value, LEDGER))


@contextmanager
def open_collection(folder: Path, *, write: bool = False) -> Iterator[Collection]:
    """Open the store in *folder*; to *write*, create it if it does not exist.

    Raises:
        StoreError: There is none, it is no store, or somebody else writes to it.
    """
    if not write and not is_store(folder):
        raise StoreError(f"cannot read {folder}: there is no store, prov build --store makes one")
    if not write:
        with closing(Shelf(folder / _SHELF)) as shelf:
            disk = Disk(open_reading(folder), folder, write=False)
            yield Collection(disk, folder, shelf)
        return
    hold_little()
    collection = _open_writing(folder)
    if not collection.is_swept():  # who was to do that was killed
        collection = _swept(collection)
    try:
        yield collection
        collection.flush()
        if not collection.is_swept():
            collection.close()
            rewrite(folder, _UNSWEPT)
    finally:
        collection.close()


def _open_writing(folder: Path) -> Collection:
    return Collection(open_writing(folder), folder, Shelf(folder / _SHELF))


def _swept(collection: Collection) -> Collection:
    """Rewrite the files of *collection*, and return it open again."""
    collection.close()
    rewrite(collection.folder, _UNSWEPT)
    return _open_writing(collection.folder)


def load_files(folder: Path, files: Iterable[Path]) -> None:
    """Create a store in *folder* from *files* of N-Quads that ``prov build --engine spark`` wrote.

    Raises:
        StoreError: There is one already, or something else.
    """
    with open_collection(folder, write=True) as collection:
        collection.fill(files)
