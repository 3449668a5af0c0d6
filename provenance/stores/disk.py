"""Wrap an Oxigraph store so that a full disk, a broken file or another writer is our own error."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
    serialize,
)

from provenance.common.memory import give_back
from provenance.errors import StoreError
from provenance.stores.oxigraph import again, is_store, open_reading, open_writing, told

Term = NamedNode | Literal
LOOKS, LIGHT = 500, 20
"""How often a store that is written is looked into before it is opened anew; as much as one look
costs it to say so many times whether a quad is there.

It holds every block of its files that it read; so its memory does not grow with the articles."""


class Disk:
    """A store; one that is only read is reopened when a writer has deleted files beneath it.

    Every method raises a `StoreError` if the store is broken or its disk is full.
    """

    def __init__(self, store: Store, folder: Path, *, write: bool = True) -> None:
        """Take *store*, which is open in *folder*."""
        self._held: Store | None = store
        self.folder, self._writes = folder, write
        self._looks, self._reading = 0.0, 0
        self._closed = False

    def find(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: Term | None,
        graph: NamedNode | None,
    ) -> Iterator[Quad]:
        """Yield the quads that have these terms, any where one is None."""

        def quads() -> Iterator[Quad]:
            return self._store.quads_for_pattern(subject, predicate, object, graph)

        if not self._writes:
            yield from again(lambda: list(quads()), self.folder, self._reopen)
            return
        self.looked(1)
        self._reading += 1
        try:
            with told(self.folder, "read"):
                yield from quads()
        finally:
            self._reading -= 1

    def has(self, quad: Quad) -> bool:
        """Whether *quad* is there."""
        self.looked(1 / LIGHT)
        return again(lambda: quad in self._store, self.folder, self._reopen)

    def rows(self, query: str, name: str) -> list[Term]:
        """Return what *query*, a SELECT, finds for the variable *name*."""

        def found() -> list[Term]:
            rows = self._store.query(query)
            assert isinstance(rows, QuerySolutions)
            terms = [row[Variable(name)] for row in rows]
            return [term for term in terms if isinstance(term, NamedNode | Literal)]

        return again(found, self.folder, self._reopen)

    def quads(self) -> Iterator[Quad]:
        """Yield all that is there."""
        self._reading += 1
        try:
            with told(self.folder, "read"):
                yield from self._store
        finally:
            self._reading -= 1

    def is_empty(self) -> bool:
        """Whether nothing is there."""
        with told(self.folder, "read"):
            return len(self._store) == 0

    def add(self, quad: Quad) -> None:
        """Add *quad*."""
        with told(self.folder, "write"):
            self._store.add(quad)

    def load(self, quads: bytes) -> None:
        """Add *quads*, which are N-Quads, all or none."""
        with told(self.folder, "write"):
            self._store.load(quads, RdfFormat.N_QUADS)

    def bulk_load(self, file: Path) -> None:
        """Add the N-Quads in *file* in parts."""
        with told(self.folder, "write"):
            self._store.bulk_load(path=str(file), format=RdfFormat.N_QUADS)

    def update(self, text: str) -> None:
        """Run the SPARQL update *text*, all or nothing."""
        with told(self.folder, "write"):
            self._store.update(text)

    def renewed(self, graph: NamedNode, quads: bytes) -> tuple[list[str], bytes]:
        """Return what turns *graph* into *quads*: steps that remove the rest, and the quads to add.

        A correction changes a few of many thousand.
        """
        old, new = (
            set(self.find(None, None, None, graph)),
            set(parse(quads, format=RdfFormat.N_QUADS)),
        )
        added = serialize(new - old, format=RdfFormat.N_QUADS) or b""
        return ([step("DELETE", old - new)] if old - new else []), added

    def flush(self) -> None:
        """Write to disk whatever is not there yet, and give back the memory that it took."""
        with told(self.folder, "write"):
            self._store.flush()
        give_back()

    def looked(self, times: float) -> None:
        """Note *times* more looks; open a store that is written anew after many, if none reads."""
        self._looks += times
        busy = not self._writes or self._reading or self._closed
        if self._looks >= LOOKS and not busy and is_store(self.folder):  # not in memory alone
            self._looks = 0
            self.flush()
            self._held = None  # its files are locked as long as there is one
            give_back()

    def close(self) -> None:
        """Close the store; others may then write to its files."""
        self._held, self._closed = None, True

    @property
    def _store(self) -> Store:
        if self._held is None and not self._closed:
            self._held = open_writing(self.folder)
        if self._held is None:
            raise StoreError(f"cannot read {self.folder}: it was closed")
        return self._held

    def _reopen(self) -> None:
        if not self._writes:
            self._held = open_reading(self.folder)


def step(what: str, quads: Iterable[Quad]) -> str:
    """Return the step of an update that does *what* with *quads*: INSERT or DELETE."""
    parts: dict[str, list[Triple]] = {}
    for quad in quads:
        name = quad.graph_name
        parts.setdefault("" if isinstance(name, DefaultGraph) else str(name), []).append(
            quad.triple
        )
    written = ""
    for graph, triples in parts.items():
        lines = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
        written += f"GRAPH {graph} {{\n{lines}}}\n" if graph else lines
    return f"{what} DATA {{\n{written}}}"
