"""The one thread that a store is open in: whatever anybody wants of it is done there in turn."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from provenance.desk.recalling import Recalling
from provenance.stores.embedded import open_collection

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
