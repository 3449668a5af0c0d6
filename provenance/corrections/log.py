"""The log of corrections: JSON Lines beside the article, each line a correction.

It is only ever added to; undoing is a line too.
"""

import errno
import os
from pathlib import Path

from provenance.errors import RecordError
from provenance.files import reason
from provenance.loglines import parse_line, to_line, with_id
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
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(parse_line(line))
            except RecordError as error:
                raise RecordError(f"cannot read {path}, line {number}: {error}") from error
    undone = {one.undoes for one in found if one.action is Action.UNDO}
    return tuple(one for one in found if one.action is not Action.UNDO and one.id not in undone)


def append(path: Path, correction: Correction) -> Correction:
    """Add *correction* to the log at *path*, and return it with its id.

    Raises:
        RecordError: It cannot be written.
    """
    named = with_id(correction)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(to_line(named) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise RecordError(f"cannot write {path}: {reason(error)}") from error
    return named
