"""Where the reading of an article lies: in a file, or in a folder beside others."""

from pathlib import Path
from typing import Final

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
