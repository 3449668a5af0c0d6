"""Numbers and records in files that are gone in the end: memory does not grow with the articles."""

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from tempfile import TemporaryFile
from typing import Any, TypeVar, cast, overload
from weakref import finalize

import numpy as np
import numpy.typing as npt

from provenance.common.memory import give_back

Codes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
T = TypeVar("T")
V = TypeVar("V")
K = TypeVar("K", bound=tuple[str, ...])

PARTS = 64
"""Ranges of hashes; what is in one of them is held at once."""
_HELD = 1 << 15
"""Rows that are held before they are written."""
_BITS = 6
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Flat:
    """Rows of numbers, one after the other."""

    def __init__(self, width: int) -> None:
        """Take how many numbers a row has."""
        self._width = width
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115
        finalize(self, self._file.close)
        self._new: list[Codes] = []
        self._written = self._waiting = 0

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self._written + self._waiting

    def add(self, rows: npt.NDArray[np.generic]) -> None:
        """Add *rows*, of 64 bits a number."""
        self._new.append(np.ascontiguousarray(rows).view(np.uint64).reshape(-1, self._width))
        self._waiting += len(self._new[-1])
        if self._waiting >= _HELD:
            self._write()

    def read(self, starts: Numbers, ends: Numbers) -> Codes:
        """Return the rows from each of *starts* up to each of *ends*, one after the other."""
        self._write()
        new = np.flatnonzero(np.r_[True, starts[1:] != ends[:-1]][: len(starts)])
        last = ends[np.r_[new[1:] - 1, len(ends) - 1]] if len(new) else ends
        runs = zip(starts[new].tolist(), last.tolist(), strict=True)
        data = b"".join(self._run(start, end) for start, end in runs)
        return np.frombuffer(data, np.uint64).reshape(-1, self._width)

    def batches(self) -> Iterator[Codes]:
        """Yield all rows, some at a time."""
        for start in range(0, len(self), _HELD):
            yield self.read(np.array([start]), np.array([min(start + _HELD, len(self))]))

    def _run(self, start: int, end: int) -> bytes:
        size = 8 * self._width
        self._file.seek(start * size)
        return self._file.read((end - start) * size)

    def _write(self) -> None:
        if self._waiting:
            self._file.seek(0, 2)
            self._file.write(np.concatenate(self._new).tobytes())
            self._written += self._waiting
            self._new, self._waiting = [], 0


class Lists:
    """Lists of rows, found by their numbers."""

    def __init__(self, width: int) -> None:
        """Take how many numbers a row has."""
        self._rows = Flat(width)
        self._ends = array("q", [0])

    def __len__(self) -> int:
        """Return how many lists there are."""
        return len(self._ends) - 1

    def add(self, rows: npt.NDArray[np.generic], starts: Numbers | None = None) -> None:
        """Add a list of *rows*; where *starts* says so, several, each up to the next start."""
        before = len(self._rows)
        self._rows.add(rows)
        self._ends.extend([len(self._rows)] if starts is None else (starts[1:] + before).tolist())

    def take(self, numbers: Numbers) -> tuple[Numbers, Codes]:
        """Return where each list begins, and where the last one ends, among their rows."""
        ends = np.frombuffer(self._ends, np.int64)
        starts, stops = ends[numbers], ends[numbers + 1]
        del ends  # or no list can be added
        return np.r_[0, np.cumsum(stops - starts)], self._rows.read(starts, stops)

    def sizes(self) -> Numbers:
        """Return how many rows each list has."""
        ends = np.array(self._ends, np.int64)
        return ends[1:] - ends[:-1]


class Spill:
    """Rows of numbers; those whose first number is the same come together."""

    def __init__(self, width: int, below: int = 0) -> None:
        """Make one without rows.

        Args:
            width: How many numbers a row has.
            below: What the first numbers are below, where they are no hashes, and are to be in
                order: so are the parts then, though not what is in each.
        """
        self._rows, self._below = Flat(width), np.uint64(below)
        self._new: list[Codes] = []
        self._waiting = 0
        self._bounds: list[Numbers] = []

    def add(self, *columns: npt.NDArray[np.generic]) -> None:
        """Add rows of *columns*, of 64 bits a number."""
        self._new.append(np.stack([column.view(np.uint64) for column in columns], axis=1))
        self._waiting += len(self._new[-1])
        if self._waiting >= _HELD:
            self._write()

    def parts(self) -> Iterator[Codes]:
        """Yield all rows, range by range of the hashes of their first numbers."""
        self._write()
        bounds = np.array(self._bounds, np.int64).reshape(-1, PARTS + 1)
        for part in range(PARTS):
            yield self._rows.read(bounds[:, part], bounds[:, part + 1])
            give_back()

    def _write(self) -> None:
        if not self._waiting:
            return
        rows = np.concatenate(self._new)
        if self._below:
            part = rows[:, 0] * np.uint64(PARTS) // self._below
        else:
            part = (rows[:, 0] * _MIX) >> np.uint64(64 - _BITS)
        order = np.argsort(part, kind="stable")
        bounds = np.searchsorted(part[order], np.arange(PARTS + 1, dtype=np.uint64))
        self._bounds.append(bounds + len(self._rows))
        self._rows.add(rows[order])
        self._new, self._waiting = [], 0


class Digests(Sequence[str]):
    """Digests of articles, sorted, at 32 bytes each."""

    def __init__(self, digests: Iterable[str]) -> None:
        """Take SHA-256 digests in hex, in any order."""
        held = bytearray()
        for digest in digests:
            held += bytes.fromhex(digest)
        columns = np.frombuffer(held, ">u8").reshape(-1, 4)
        self._data = columns[np.lexsort(columns.T[::-1])].tobytes()

    def __len__(self) -> int:
        return len(self._data) // 32

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        start = 32 * (at % len(self))
        return self._data[start : start + 32].hex()

    def index(self, digest: str, start: int = 0, stop: int | None = None) -> int:
        """Return the place of *digest*.

        Raises:
            ValueError: It is not here.
        """
        at = bisect_left(self, digest, start, len(self) if stop is None else stop)
        if at == len(self) or self[at] != digest:
            raise ValueError(digest)
        return at

    def __contains__(self, digest: object) -> bool:
        try:
            return isinstance(digest, str) and self.index(digest) >= 0
        except ValueError:
            return False


class Bench:
    """A place for records while the articles are joined."""

    def __init__(self) -> None:
        """Make one that is empty."""
        # "" is on disk, and gone when it is closed.
        self.file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        finalize(self, self.file.close)
        self.file.execute("PRAGMA journal_mode = OFF")
        self.tables = 0

    def close(self) -> None:
        """Let go of it."""
        self.file.close()


class Kept(Mapping[K, V]):
    """Records on a bench, sorted by their keys, each of several strings."""

    def __init__(self, bench: Bench) -> None:
        """Make a table of *bench*."""
        self._bench = bench  # it goes when no table is wanted any more
        self._file = bench.file
        bench.tables += 1
        self._name = f"kept{bench.tables}"
        self._types: dict[str, type[Any]] = {}  # of what was put, and nothing else is made again
        self._file.execute(
            f"CREATE TABLE {self._name} (key BLOB PRIMARY KEY, data TEXT) WITHOUT ROWID"
        )

    def put(self, key: K, value: V) -> None:
        """Put *value* under *key*, in place of what was there."""
        data = json.dumps(_plain(value, self._types))
        self._file.execute(f"REPLACE INTO {self._name} VALUES (?, ?)", (_bytes(key), data))

    def under(self, first: str) -> int:
        """Return how many keys begin with the string *first*."""
        query = f"SELECT count(*) FROM {self._name} WHERE key >= ? AND key < ?"
        ends = _bytes((first, "")), _bytes((f"{first}\1",))
        (found,) = self._file.execute(query, ends).fetchone()
        return int(found)

    def each(self) -> Iterator[tuple[K, V]]:
        """Yield all, by their keys."""
        for key, data in self._file.execute(f"SELECT key, data FROM {self._name} ORDER BY key"):
            yield cast(K, _key(key)), cast(V, _made(json.loads(data), self._types))

    def __getitem__(self, key: K) -> V:
        query = f"SELECT data FROM {self._name} WHERE key = ?"
        if (row := self._file.execute(query, (_bytes(key),)).fetchone()) is None:
            raise KeyError(key)
        return cast(V, _made(json.loads(row[0]), self._types))

    def __iter__(self) -> Iterator[K]:
        return (key for key, _ in self.each())

    def __len__(self) -> int:
        return int(self._file.execute(f"SELECT count(*) FROM {self._name}").fetchone()[0])


class Values(Collection[T]):
    """What is made of the records of a table, in order of their keys."""

    def __init__(self, kept: Kept[K, V], make: Callable[[K, V], T]) -> None:
        """Take the table, and what makes something of each key and its value."""
        self._size: Callable[[], int] = kept.__len__
        self._each: Callable[[], Iterator[T]] = lambda: (make(*row) for row in kept.each())

    def __iter__(self) -> Iterator[T]:
        return self._each()

    def __len__(self) -> int:
        return self._size()

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)


def _plain(value: Any, types: dict[str, type[Any]]) -> Any:
    """Return *value* for JSON; records and members of enumerations have their type with them."""
    if isinstance(value, Enum):
        parts = [value.value]
    elif is_dataclass(value):
        parts = [_plain(getattr(value, one.name), types) for one in fields(value)]
    elif isinstance(value, tuple):
        return [_plain(one, types) for one in value]
    else:
        return value
    name = type(value).__qualname__
    types[name] = type(value)
    return {name: parts}


def _made(data: Any, types: Mapping[str, type[Any]]) -> Any:
    """Return what `_plain` was given."""
    if isinstance(data, list):
        return tuple(_made(one, types) for one in data)
    if not isinstance(data, dict):
        return data
    ((name, parts),) = data.items()
    made = [_made(one, types) for one in parts]
    if not is_dataclass(type_ := types[name]):
        return type_(*made)
    return type_(**{one.name: part for one, part in zip(fields(type_), made, strict=True)})


def _bytes(key: tuple[str, ...]) -> bytes:
    return "\0".join(key).encode("utf-8", "surrogatepass")


def _key(data: bytes) -> tuple[str, ...]:
    return tuple(data.decode("utf-8", "surrogatepass").split("\0"))
