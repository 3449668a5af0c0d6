"""What was worked out from what is in a store, kept beside it so that it need not be again.

Each thing has a stamp of what it was made of; whoever asks compares it. Nothing here is needed: a
shelf that is lost, broken or not writable is filled anew, or does without.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from provenance.errors import StoreError
from provenance.stores.joints import Joints, clear

KEPT, UNCORRECTED = "kept", "uncorrected"
"""What there is of a thing: what was derived from it, and how it was before a person changed it."""
_TABLE = "CREATE TABLE IF NOT EXISTS {} (name TEXT PRIMARY KEY, stamp TEXT, data BLOB)"
_SECONDS = 30.0
"""How long to wait for another process that writes."""


class Shelf:
    """Bytes by name, on disk."""

    def __init__(self, path: Path) -> None:
        """Open what is at *path*, or something that is gone in the end where that cannot be."""
        self._path = path
        try:
            self._file = _opened(str(path))
        except sqlite3.DatabaseError:
            self._file = _opened("")

    def get(self, name: str, table: str = KEPT) -> tuple[str, bytes] | None:
        """Return what was put under *name*, after its stamp."""
        try:
            row = self._file.execute(
                f"SELECT stamp, data FROM {table} WHERE name = ?", (name,)
            ).fetchone()
        except sqlite3.ProgrammingError:
            raise  # it was closed: whoever asks would have all made anew, and never know
        except sqlite3.DatabaseError:
            return None
        whole = row and isinstance(row[0], str) and isinstance(row[1], bytes)
        return (row[0], row[1]) if whole else None

    def put(self, name: str, stamp: str, data: bytes, table: str = KEPT) -> None:
        """Put *data* under *name*, in place of what was there."""
        try:
            with self._file:
                self._file.execute(f"REPLACE INTO {table} VALUES (?, ?, ?)", (name, stamp, data))
        except sqlite3.DatabaseError:
            return  # read only, or full: nothing is lost

    def drop(self, names: Iterable[str]) -> None:
        """Take away all that is under *names*, and write over where it stood.

        Raises:
            StoreError: It cannot be written to.
        """
        gone = [(name,) for name in names]
        try:
            with self._file:
                for table in (KEPT, UNCORRECTED):
                    self._file.executemany(f"DELETE FROM {table} WHERE name = ?", gone)
                if gone:
                    clear(self._file)
        except sqlite3.DatabaseError as error:
            raise StoreError(f"cannot write {self._path}: {error}, remove it") from error

    def stamps(self) -> Iterator[tuple[str, str]]:
        """Yield all names under which there is something, with the stamp of each."""
        try:
            for name, how in self._file.execute("SELECT name, stamp FROM kept"):
                if {type(name), type(how)} == {str}:
                    yield name, how
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError:
            return

    @property
    def joints(self) -> Joints:
        """What joins the articles, by article."""
        return Joints(self._file)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _opened(path: str) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_SECONDS)
    try:
        # A killed process leaves the file whole; when the power fails, what is here is made anew.
        file.execute("PRAGMA synchronous = OFF")
        file.execute("PRAGMA secure_delete = ON")
        for table in (KEPT, UNCORRECTED):
            file.execute(_TABLE.format(table))
    except sqlite3.DatabaseError:
        file.close()
        raise
    return file
