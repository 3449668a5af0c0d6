"""Open Oxigraph's stores on disk, beside a writer or broken, and rewrite them.

A store keeps every string that it ever had. To remove one from its files, all that the store holds
is written to a new one, which replaces it file by file; `settle` completes that after a kill.
"""

import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Quad, Store

from provenance.common.files import reason
from provenance.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

T = TypeVar("T")
_TRIES, _PAUSE = 8, 0.05
"""How often a store is read again that a writer tidied up meanwhile, and seconds before that."""
_CURRENT, _LOCK, _IDENTITY = "CURRENT", "LOCK", "IDENTITY"
_NEW, _WHOLE, _MOVING = "rewriting", "rewritten", "moving"
_OWN = re.compile(r"CURRENT|LOG(\.old\.\d+)?|MANIFEST-\d+|OPTIONS-\d+|\d+\.(sst|log|dbtmp|blob)")
_HELD = re.compile("lock hold|temporarily unavailable|No locks available")
_NAME = re.compile("[0-9A-Za-z-]{1,64}")
_BEFORE_CURRENT = re.compile(
    r"LOCK|LOG(\.old\.\d+)?|IDENTITY|MANIFEST-\d+|OPTIONS-\d+|\d+\.dbtmp|derived\.sqlite(-journal)?"
)
"""What there may be of a store that was never whole: it held nothing yet."""


def is_store(folder: Path) -> bool:
    """Whether a store is in *folder*, whole or not."""
    return any((folder / name).exists() for name in (_CURRENT, _WHOLE, _MOVING))


def identity(folder: Path) -> str:
    """Return what identifies the store in *folder*, wherever it is moved."""
    data = again((folder / _IDENTITY).read_bytes, folder).strip()
    name = data.decode("ascii", "replace")
    return name if _NAME.fullmatch(name) else hashlib.sha256(data).hexdigest()


def open_reading(folder: Path) -> Store:
    """Return the store in *folder* as it is now, to be read.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    if not is_store(folder):
        raise StoreError(f"cannot read {folder}: there is no Oxigraph store")
    return again(lambda: _opened(folder), folder)


def open_writing(folder: Path) -> Store:
    """Return the store in *folder* for writing; create it if it does not exist.

    Raises:
        StoreError: Something else is there, it is broken, or somebody else writes to it.
    """
    with told(folder, "write"):
        if folder.is_dir() and any(folder.iterdir()):
            if not is_store(folder):
                _clear_unmade(folder)
            elif _unsettled(folder):
                with locked(folder):
                    settle(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Store(str(folder))


def again(read: Callable[[], T], folder: Path, anew: Callable[[], None] = lambda: None) -> T:
    """Return what *read* returns, and retry it if the store in *folder* lost a file meanwhile.

    A writer deletes files that it merged into others; a new read finds those.

    Args:
        read: Called until it succeeds, a few times at most.
        folder: Where the store is.
        anew: Called before each retry.

    Raises:
        StoreError: It cannot be read.
    """
    for left in reversed(range(_TRIES)):
        with told(folder, "read"):
            try:
                return read()
            except (OSError, RuntimeError):
                if not left:
                    raise
        time.sleep(_PAUSE * (_TRIES - left))
        with suppress(OSError, RuntimeError):
            anew()
    raise AssertionError


@contextmanager
def told(folder: Path, what: str) -> Iterator[None]:
    """Raise our own error that the store in *folder* is broken, or its disk full.

    Raises:
        StoreError: It is.
    """
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        named = isinstance(error, OSError) and error.strerror is not None  # not by Oxigraph
        why = reason(error) if named and isinstance(error, OSError) else str(error)
        why = " ".join(why.split())
        if _LOCK in why and _HELD.search(why):
            why = "another prov is writing to it"
        elif "orruption" in why:
            why = f"it is broken: {why}"
        raise StoreError(f"cannot {what} {folder}: {why}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, which has no name in Python
            raise
        raise StoreError(f"cannot {what} {folder}: it is broken: {error}") from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep all others from writing to the store in *folder*, which is not open here.

    Raises:
        StoreError: Somebody does.
    """
    with (folder / _LOCK).open("ab") as file:
        if fcntl is not None:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                why = "another prov is writing to it"
                raise StoreError(f"cannot write {folder}: {why}") from error
        yield


def rewrite(folder: Path, without: Quad) -> None:
    """Rewrite the store in *folder*, which is not open, *without* one of its statements.

    Raises:
        StoreError: Somebody writes to it, or the disk is full; it is then unchanged.
    """
    with told(folder, "write"), locked(folder):
        settle(folder)
        new = folder / _NEW
        try:
            old, store = Store.read_only(str(folder)), Store(str(new))
            store.bulk_extend(quad for quad in old if quad != without)
            store.flush()
            del old, store
            new.rename(folder / _WHOLE)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        settle(folder)


def settle(folder: Path) -> None:
    """Complete an interrupted `rewrite` in *folder*."""
    shutil.rmtree(folder / _NEW, ignore_errors=True)
    whole, moving = folder / _WHOLE, folder / _MOVING
    if whole.is_dir():
        for file in _in_order(folder):
            if _OWN.fullmatch(file.name):
                file.unlink()
        whole.rename(moving)
    if moving.is_dir():
        for file in reversed(_in_order(moving)):
            if file.name in (_LOCK, _IDENTITY) and (folder / file.name).exists():
                file.unlink()  # the old ones stay: others look at these
            else:
                file.rename(folder / file.name)
        moving.rmdir()


def _in_order(folder: Path) -> list[Path]:
    """Return the files in *folder*, first the one without which the others are no store."""
    return sorted(folder.iterdir(), key=lambda file: (file.name != _CURRENT, file.name))


def _unsettled(folder: Path) -> bool:
    return any((folder / name).exists() for name in (_NEW, _WHOLE, _MOVING))


def _opened(folder: Path) -> Store:
    if not (folder / _CURRENT).exists():  # another store is taking its place, or was cut off
        with suppress(StoreError), locked(folder):
            settle(folder)
    return Store.read_only(str(folder))


def _clear_unmade(folder: Path) -> None:
    """Clear *folder* of what is left of a store if a process was killed while it created one.

    Raises:
        StoreError: It holds something else.
    """
    files = list(folder.iterdir())
    if any(_OWN.fullmatch(file.name) and file.suffix in (".sst", ".log") for file in files):
        raise StoreError(f"cannot write {folder}: it is a store that has lost its file {_CURRENT}")
    if not all(_BEFORE_CURRENT.fullmatch(file.name) for file in files):
        raise StoreError(f"cannot write {folder}: it holds files that are not a store")
    with locked(folder):
        for file in files:
            if file.name != _LOCK:
                file.unlink(missing_ok=True)
