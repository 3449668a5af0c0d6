"""Oxigraph's stores on disk as they are read: beside a writer, and broken as they may be."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Store

from provenance.errors import StoreError
from provenance.files import reason

T = TypeVar("T")
_TRIES, _PAUSE = 8, 0.05
"""How often a store is read again that a writer tidied up meanwhile, and seconds before that."""
_CURRENT = "CURRENT"


def is_store(folder: Path) -> bool:
    """Whether a store is in *folder*, whole or not."""
    return (folder / _CURRENT).is_file()


def open_reading(folder: Path) -> Store:
    """Return the store in *folder* as it is now, to be read.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    if not is_store(folder):
        raise StoreError(f"cannot read {folder}: no Oxigraph store is there")
    return again(lambda: Store.read_only(str(folder)), folder)


def again(read: Callable[[], T], folder: Path) -> T:
    """Return what *read* does, tried anew where the store in *folder* lost a file meanwhile.

    Who writes to it deletes files that were merged into others; what is read anew finds those.

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
    raise AssertionError


@contextmanager
def told(folder: Path, what: str) -> Iterator[None]:
    """Tell in our words that the store in *folder* is broken, or its disk full.

    Raises:
        StoreError: It is.
    """
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        held = "lock" in why.lower() and "hold" in why.lower()
        why = "another prov is writing to it" if held else " ".join(why.split())
        raise StoreError(f"cannot {what} {folder}: {why}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, which has no name in Python
            raise
        raise StoreError(f"cannot {what} {folder}: it is broken: {error}") from error
