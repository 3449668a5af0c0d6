"""Keep beside a store what was derived from it, so that it need not be derived again.

Each thing has a stamp of what it was made of; whoever asks compares it. Nothing here is needed: a
shelf that is lost or broken is filled again, and a store works without. What joins the articles is
kept by article, with an index of their words: an answer reads what it needs, not all articles.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from provenance.errors import StoreError

FORM = "2"
"""Told apart from what other versions of this module wrote."""
_TABLES = (
    "CREATE TABLE joined (form TEXT, stamp TEXT, articles INTEGER)",
    "CREATE TABLE joint (digest TEXT, data TEXT)",
    "CREATE TABLE story (digest TEXT PRIMARY KEY, name TEXT, number INTEGER) WITHOUT ROWID",
    "CREATE TABLE called (key TEXT, number TEXT, itself INTEGER, name TEXT, times INTEGER,"
    " PRIMARY KEY (key, number, itself, name)) WITHOUT ROWID",
    "CREATE TABLE told (number INTEGER PRIMARY KEY, sentences INTEGER, articles INTEGER)",
    "CREATE VIRTUAL TABLE word USING fts5(words, content='', detail='none')",
)
_INDEXES = (
    "CREATE INDEX joint_digest ON joint (digest)",
    "CREATE INDEX story_number ON story (number)",
)
_NAMES = ("joined", "joint", "story", "called", "told", "word")


class Joints:
    """Tables beside what a shelf holds."""

    def __init__(self, file: sqlite3.Connection) -> None:
        """Take the *file* of the shelf."""
        self._file = file

    def state(self) -> tuple[str, int] | None:
        """Return what the tables were made of, and of how many articles; None without tables."""
        try:
            row = self._file.execute("SELECT form, stamp, articles FROM joined").fetchone()
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError:
            return None
        return (row[1], row[2]) if row and row[0] == FORM else None

    def forget(self) -> None:
        """Note that the articles are others now.

        Raises:
            StoreError: It cannot be noted.
        """
        if self.state() is not None:
            try:
                with self._file:
                    self._file.execute("DELETE FROM joined")
            except sqlite3.DatabaseError as error:
                raise StoreError(f"cannot write what joins the articles: {error}") from error

    @contextmanager
    def renewed(self, stamp: str) -> Iterator["Joints"]:
        """Create the tables again, all or nothing; if that fails there are none."""
        try:
            with self._file:
                self._file.execute("BEGIN")
                clear(self._file)
                for table in _TABLES:
                    self._file.execute(table)
                yield self
                for index in _INDEXES:
                    self._file.execute(index)
                self._file.execute(
                    "INSERT INTO joined SELECT ?, ?, count(*) FROM story", (FORM, stamp)
                )
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError:
            return  # read only, full, or without an index of words: nothing is lost

    def put_joints(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add what joins articles, each with the digest of its article."""
        self._file.executemany("INSERT INTO joint VALUES (?, ?)", rows)

    def put_story(
        self, number: int, articles: Sequence[tuple[str, str]], sentences: Sequence[tuple[int, str]]
    ) -> None:
        """Add a story.

        Args:
            number: Its own; they begin with 0 and leave none out.
            articles: Their digests and IRIs.
            sentences: Of all of them, each with its place among those of all stories and its words.
        """
        told = ((digest, name, number) for digest, name in articles)
        self._file.executemany("INSERT INTO story VALUES (?, ?, ?)", told)
        self._file.executemany("INSERT INTO word(rowid, words) VALUES (?, ?)", sentences)
        row = number, len(sentences), len(articles)
        self._file.execute("INSERT INTO told VALUES (?, ?, ?)", row)

    def put_names(self, names: Iterable[tuple[str, str, bool, str]]) -> None:
        """Add what sources are called: a key, a number, whether it is itself, the name."""
        self._file.executemany(
            "INSERT INTO called VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
            names,
        )

    def joints(self, digest: str) -> list[str]:
        """Return what joins an article to others."""
        rows = self._rows("SELECT data FROM joint WHERE digest = ? ORDER BY rowid", digest)
        return [data for (data,) in rows]

    def sizes(self) -> list[tuple[int, int]]:
        """Return how many sentences each story has, and how many articles."""
        return self._rows("SELECT sentences, articles FROM told ORDER BY number")

    def sentences_with(self, words: Collection[str]) -> list[int]:
        """Return the places of the sentences that have one of *words*."""
        wanted = " OR ".join(f'"{word}"' for word in sorted(words))
        return [n for (n,) in self._rows("SELECT rowid FROM word WHERE word MATCH ?", wanted)]

    def story(self, number: int) -> list[str]:
        """Return the digests of the articles of a story, sorted."""
        rows = self._rows("SELECT digest FROM story WHERE number = ? ORDER BY digest", number)
        return [digest for (digest,) in rows]

    def name(self, digest: str) -> str | None:
        """Return the IRI of an article, None where it is in no story."""
        rows = self._rows("SELECT name FROM story WHERE digest = ?", digest)
        return str(rows[0][0]) if rows else None

    def digests(self) -> list[str]:
        """Return the digests of all articles, sorted."""
        return [digest for (digest,) in self._rows("SELECT digest FROM story ORDER BY digest")]

    def names(self, key: str, number: str | None) -> dict[str, int]:
        """Return how often each name is used for *key*; if it has none, those of its speakers.

        Args:
            key: Of a source.
            number: Which of those who have the key, None for all of them.
        """
        for itself in (1, 0) if number is None else (1,):
            rows = self._rows(
                "SELECT name, sum(times) FROM called WHERE key = ? AND itself = ?"
                " AND (number = ? OR ? IS NULL) GROUP BY name",
                key,
                itself,
                number,
                number,
            )
            if rows:
                return {str(name): int(times) for name, times in rows}
        return {}

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._file.execute(query, values).fetchall()
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            raise StoreError(f"cannot read what joins the articles: {error}") from error


def clear(file: sqlite3.Connection) -> None:
    """Remove the tables from *file*, in the transaction that is open there."""
    for name in _NAMES:
        file.execute(f"DROP TABLE IF EXISTS {name}")


KEPT, UNCORRECTED = "kept", "uncorrected"
"""What there is of a thing: what was derived from it, and how it was before a person changed it."""
_TABLE = "CREATE TABLE IF NOT EXISTS {} (name TEXT PRIMARY KEY, stamp TEXT, data BLOB)"
_SECONDS = 30.0
"""How long to wait for another process that writes."""


class Shelf:
    """Bytes by name, on disk."""

    def __init__(self, path: Path) -> None:
        """Open what is at *path*, or else something that is dropped in the end."""
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
        """Put *data* under *name*; replace what was there."""
        try:
            with self._file:
                self._file.execute(f"REPLACE INTO {table} VALUES (?, ?, ?)", (name, stamp, data))
        except sqlite3.DatabaseError:
            return  # read only, or full: nothing is lost

    def drop(self, names: Iterable[str]) -> None:
        """Delete all that is under *names*, and overwrite its place in the file.

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
        """Close the file."""
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
