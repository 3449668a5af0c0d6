"""The log of corrections: JSON Lines beside the article, each line a correction.

It is only ever added to; undoing is a line too.
"""

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from provenance.common.files import reason
from provenance.corrections.loglines import parse_line, to_line, with_id
from provenance.errors import RecordError
from provenance.model import Action, Correction

_NO_FILE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
SUFFIX = ".corrections.jsonl"


def log_path(article: Path) -> Path:
    """Return where the corrections of *article* are kept, or of the graph made from it."""
    return article.with_name(article.stem + SUFFIX)


def read_log(path: Path) -> tuple[Correction, ...]:
    """Return the corrections in the log at *path*, without those that were undone.

    There are none where there is no log.

    Raises:
        RecordError: It cannot be read, or a line is no correction; says which.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # U+2028 ends no line of JSON
    except OSError as error:
        if error.errno in _NO_FILE:
            return ()
        raise RecordError(f"cannot read {path}: {reason(error)}") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"cannot read {path}: not UTF-8 at byte {error.start}") from error
    held: dict[str, Correction] = {}
    for number, line in enumerate(lines, 1):
        try:
            one = parse_line(line) if line.strip() else None
        except RecordError as error:
            if number == len(lines) and not _is_json(line):
                why = "its last line was cut off, and is no correction: delete it"
                raise RecordError(f"cannot read {path}: {why}") from error
            raise RecordError(f"cannot read {path}, line {number}: {error}") from error
        if one is None:
            continue
        if one.action is Action.UNDO:
            held.pop(one.undoes, None)
        else:
            held.setdefault(one.id, one)
    return tuple(held.values())


def append(path: Path, correction: Correction) -> Correction:
    """Add *correction* to the log at *path*, and return it with its id.

    It is added whole or not at all; one that holds already is not said twice.

    Raises:
        RecordError: It cannot be written.
    """
    named = with_id(correction)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file, _alone(file):
            if any(one.id == named.id for one in read_log(path)):
                return named
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 1, 0))
            begin = "" if file.read(1) in (b"", b"\n") else "\n"
            _add(file, f"{begin}{to_line(named)}\n".encode(), size)
    except OSError as error:
        raise RecordError(f"cannot write {path}: {reason(error)}") from error
    return named


def _add(file: BinaryIO, data: bytes, size: int) -> None:
    """Write *data* to the end of *file*, which has *size* bytes now, and has no more if that fails.

    Raises:
        OSError: It does.
    """
    try:
        while data:
            data = data[os.write(file.fileno(), data) :]
        os.fsync(file.fileno())
    except BaseException:
        os.ftruncate(file.fileno(), size)
        raise


@contextmanager
def _alone(file: BinaryIO) -> Iterator[None]:
    """Lock *file* against other writers meanwhile, where the system can."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    fcntl.flock(file, fcntl.LOCK_EX)
    yield


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
