"""Files read and written, with errors of ours; a file is written whole or not at all."""

import os
import sys
from pathlib import Path

from provenance.errors import ProvenanceError, RecordError


def is_address(name: str) -> bool:
    """Return whether *name* is a web address and no file."""
    return name.lower().startswith(("http://", "https://"))


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the file at *path*, those of standard input for ``-``.

    Raises:
        RecordError: It cannot be read.
    """
    if path == Path("-"):
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise RecordError(f"cannot read {path}: {reason(error)}") from error


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path*, whole or not at all also when interrupted; its folder is made.

    Raises:
        ProvenanceError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a pipe or a device, which nothing may take the place of
        else:
            _replace(Path(os.path.realpath(path)), data)  # what a link leads to
    except OSError as error:
        raise ProvenanceError(f"cannot write {path}: {reason(error)}") from error


def reason(error: OSError) -> str:
    """Return why the system refused, in lower case."""
    why = error.strerror or str(error)
    return why[:1].lower() + why[1:]


def _replace(path: Path, data: bytes) -> None:
    """Fill a new file in the same folder, with the permissions of any, and move it to *path*."""
    new = path.parent / f".prov-{os.getpid()}.part"
    try:
        with new.open("xb") as file:
            file.write(data)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
