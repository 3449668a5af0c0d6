"""Read and write files, with our own errors; a file is written whole or not at all."""

import os
import re
import stat
import sys
from pathlib import Path

from provenance.errors import ProvenanceError, RecordError

# Whoever asks for a page, before its host. Elsewhere a name without a password is harmless, and
# usual: abfss://container@account. A path has lost the second slash.
_USER = re.compile(
    r"(https?:/++)[^/?#\s]*[@\uff20\ufe6b]|([a-z][a-z0-9+.-]{0,30}:/++)[^/?#\s:@]*:[^/?#\s]*@"
    # What is no port is a password, in which a slash, question mark or hash was not escaped.
    r'|([a-z][a-z0-9+.-]{0,30}:/++)[^/?#\s:@"<>[]*+:(?![0-9]++(?:[/?#\s]|$)|[/\s]|$)'
    r'(?:[^\s"<>@]{0,200}+@)++',
    re.IGNORECASE,
)


_DEVICE = 100_000_000
"""Bytes that are read of a device at the most: some never end."""


def utf8(name: str) -> str:
    """Return the *name* of a file without what stands in it for bytes that are not UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_address(name: str) -> bool:
    """Return whether *name* is a web address and no file."""
    return name.lower().startswith(("http://", "https://"))


def without_user(text: str) -> str:
    """Return *text* with no user and password in any address that it holds."""
    return _USER.sub(lambda found: found[1] or found[2] or found[3], text)


def check_no_user(address: str) -> None:
    """Refuse an address with a user or a password: results show the address.

    Raises:
        ProvenanceError: It has one; the message leaves it out.
    """
    if tells_user(address):
        shown = without_user("".join(address.split()))
        raise ProvenanceError(f"cannot use {shown}: the address holds a user or a password")


def tells_user(address: str) -> bool:
    """Return whether there is a user or a password in *address*."""
    # Parsers of addresses pass over tabs and line ends, and take blanks for a part of a name.
    plain = "".join(address.split())
    return without_user(plain) != plain


def is_file(path: str | Path) -> bool:
    """Return whether a file is at *path*; there is none where the name is one that no file has."""
    return os.path.isfile(path)  # noqa: PTH113 - that of pathlib fails for a name too long


def is_folder(path: str | Path) -> bool:
    """Return whether a folder is at *path*, likewise."""
    return os.path.isdir(path)  # noqa: PTH112


def is_there(path: str | Path) -> bool:
    """Return whether anything is at *path*, likewise."""
    return os.path.exists(path)  # noqa: PTH110


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the file at *path*, those of standard input for ``-``.

    Raises:
        RecordError: It cannot be read.
    """
    if path == Path("-"):
        return read_stdin()
    try:
        with path.open("rb") as file:
            if not stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
                return file.read()
            data = file.read(_DEVICE + 1)
    except OSError as error:
        raise RecordError(f"cannot read {path}: {reason(error)}") from error
    if len(data) > _DEVICE:
        raise RecordError(f"cannot read {path}: it is a device that does not end")
    return data


def read_stdin(most: int = -1) -> bytes:
    """Return what standard input brings, at *most* so many bytes.

    Raises:
        RecordError: It is closed, or cannot be read.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise RecordError("cannot read standard input: it is closed")
    try:
        return sys.stdin.buffer.read(most)
    except OSError as error:  # open to write alone
        raise RecordError(f"cannot read standard input: {reason(error)}") from error


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path*, whole or not at all also when interrupted; its folder is made.

    Raises:
        ProvenanceError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_there(path) and not is_file(path):
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
