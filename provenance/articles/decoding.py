"""Bytes to text: which encoding it is, and whether it is text at all."""

import re

from provenance.errors import ArticleError

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "a database"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, name: str) -> str:
    """Return the text of *data* with its line ends as "\\n".

    Raises:
        ArticleError: It is empty, is no text, or its encoding cannot be told.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ArticleError(f"cannot read {name}: it is {what}, not text")
    text = _decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ArticleError(f"cannot read {name}: it is empty")
    nul = text.find("\0")
    if nul >= 0:
        raise ArticleError(f"cannot read {name}: NUL at character {nul}, this is no text")
    controls = len(_CONTROLS.findall(text))
    if controls * 100 > len(text):
        raise ArticleError(f"cannot read {name}: binary data, {controls} control characters")
    return text


def _decoded(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise ArticleError(
                    f"cannot read {name}: not {encoding.upper()} at byte {error.start + len(bom)}"
                ) from error
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        return _guessed(data, name, error.start)


def _guessed(data: bytes, name: str, at: int) -> str:
    if data[at : at + 1] == b"\xed" and data[at + 1 : at + 2] >= b"\xa0":
        raise ArticleError(f"cannot read {name}: lone surrogate at byte {at}")
    if b"\0" in data:
        raise ArticleError(f"cannot read {name}: NUL at byte {data.index(0)}, this is no text")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise ArticleError(
            f"cannot read {name}: not UTF-8 at byte {at}, and no other encoding fits"
        )
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"cannot read {name}: not {best.encoding} at byte {error.start}"
        ) from error
