"""Where the reading of an article lies: in a file, or in a folder beside others."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from provenance.errors import RecordError
from provenance.files import is_address, is_file, is_folder, read_bytes

STDIN: Final = "-"
SUFFIXES: Final = (".reading.json", ".gold.json", ".json")
"""What the file of the reading of ``a.txt`` has after the ``a``, the first that is there."""


def reading_of(given: Path, article: str) -> tuple[bytes, str]:
    """Return the reading of the file *article*, and what it is called.

    Args:
        given: A file, "-" for standard input, or a folder of files.
        article: The article's file or address, "-" for standard input.

    Raises:
        RecordError: There is none, or it cannot be read.
    """
    if not is_folder(given):
        return read_bytes(given), "standard input" if str(given) == STDIN else str(given)
    stem = "stdin" if article == STDIN else Path(article).stem
    paths = [given / f"{stem}{suffix}" for suffix in SUFFIXES]
    found = next((path for path in paths if is_file(path)), None)
    if found is None or is_address(article):
        listed = ", ".join(path.name for path in paths)
        raise RecordError(f"no reading of {article} in {given}: none of {listed}")
    return read_bytes(found), str(found)


def reading_bytes(reading: str | Path | Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the bytes of a reading in a file, or of what such a file holds, and what to call it.

    Raises:
        RecordError: It cannot be read, or JSON cannot hold it.
    """
    if not isinstance(reading, Mapping):
        return read_bytes(Path(reading)), str(reading)
    try:
        return json.dumps(reading, ensure_ascii=False, sort_keys=True).encode(), "the reading"
    except (TypeError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())
        raise RecordError(f"cannot use the reading: not what JSON can hold ({why})") from error
