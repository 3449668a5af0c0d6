"""The one thread that a store is open in: whatever anybody wants of it is done there in turn."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from provenance.model import SourceGraph
from provenance.stores.embedded import Collection, open_collection

_MOST = 24
"""Graphs that are known; one of a thousand words takes a megabyte or two."""


class Recalling(Collection):
    """A store that nobody else writes to, and that knows the graphs it read or wrote last."""

    def __init__(self, held: Collection) -> None:
        """Take what *held* is open on."""
        super().__init__(held._store, held.folder, held._shelf)
        self._known: OrderedDict[tuple[str, str], SourceGraph] = OrderedDict()

    def graph(self, article: str) -> SourceGraph:
        """Do as `Collection.graph`."""
        return self.recalled(article) or self.recall(article, "", super().graph(article))

    def recalled(self, article: str, stamp: str = "") -> SourceGraph | None:
        """Return a graph of *article* if it is known still.

        That in the store, or that of before corrections under its *stamp*.
        """
        if (article, stamp) in self._known:
            self._known.move_to_end((article, stamp))
        return self._known.get((article, stamp))

    def recall(self, article: str, stamp: str, graph: SourceGraph) -> SourceGraph:
        """Know *graph* of *article* from now on, and return it."""
        self._known[article, stamp] = graph
        self._known.move_to_end((article, stamp))
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return graph

    def add(
        self, article: str, location: str, settings: str, quads: bytes, derived: bytes | None = None
    ) -> None:
        """Do as `Collection.add`."""
        self._known.pop((article, ""), None)
        super().add(article, location, settings, quads, derived)

    def keep_uncorrected(self, article: str, stamp: str, data: bytes) -> None:
        """Do as `Collection.keep_uncorrected`."""
        self._known.pop((article, stamp), None)
        super().keep_uncorrected(article, stamp, data)

    def _change(self, steps: Iterable[str], quads: bytes, gone: Iterable[str]) -> None:
        dropped = set(gone)
        for one in [one for one in self._known if one[0] in dropped]:
            del self._known[one]
        super()._change(steps, quads, dropped)


T = TypeVar("T")


class Keeper:
    """A store that is open for writing, for many who want something of it at once.

    It is `gathering.Holding` too: articles are built elsewhere and only put into it here.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store in *folder*, made where there is none.

        Raises:
            StoreError: It is no store, or somebody else writes to it.
        """
        self.folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="keeper")
        self._open = ExitStack()
        try:
            self._held = self._thread.submit(self._enter).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def _enter(self) -> Recalling:
        return Recalling(self._open.enter_context(open_collection(self.folder, write=True)))

    def ask(self, what: Callable[[Recalling], T]) -> T:
        """Return what *what* returns of the store; others wait meanwhile."""
        return self._thread.submit(what, self._held).result()

    async def asked(self, what: Callable[[Recalling], T]) -> T:
        """Return the same without keeping the caller's thread."""
        return await asyncio.wrap_future(self._thread.submit(what, self._held))

    def holds(self, article: str, location: str, settings: str) -> bool:
        """Do as `Collection.holds`."""
        return self.ask(lambda held: held.holds(article, location, settings))

    def add(
        self, article: str, location: str, settings: str, quads: bytes, derived: bytes | None = None
    ) -> None:
        """Do as `Collection.add`."""
        self.ask(lambda held: held.add(article, location, settings, quads, derived))

    def close(self) -> None:
        """Close the store; what was taken out of it is then in none of its files."""
        try:
            self._thread.submit(self._open.close).result()
        finally:
            self._thread.shutdown()
