"""Bytes to text: whether it is text at all, and in which encoding."""

import codecs
import re

from provenance.errors import ArticleError

_MAGIC = (
    (b"%!PS", "PostScript, not text"),
    (b"{\\rtf", "RTF, save it as text or HTML"),
    (b"PK\x03\x04", "a zip archive, or an office document other than Word's, not text"),
    (b"\xd0\xcf\x11\xe0", "an old office document, not text"),
    (b"\x89PNG", "a PNG picture, not text"),
    (b"\xff\xd8\xff", "a JPEG picture, not text"),
    (b"GIF8", "a GIF picture, not text"),
    (b"II*\x00", "a TIFF picture, not text"),
    (b"MM\x00*", "a TIFF picture, not text"),
    (b"RIFF", "a picture or a recording, not text"),
    (b"OggS", "a recording, not text"),
    (b"ID3", "a recording, not text"),
    (b"\x1f\x8b", "gzip data, not text"),
    (b"BZh", "bzip2 data, not text"),
    (b"\xfd7zXZ", "xz data, not text"),
    (b"7z\xbc\xaf", "a 7-Zip archive, not text"),
    (b"\x28\xb5\x2f\xfd", "zstd data, not text"),
    (b"\x7fELF", "a program, not text"),
    (b"SQLite format 3", "a database, not text"),
)
# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}\bcharset\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})", re.IGNORECASE
)
# Those of the WHATWG; others of Python's are no encodings of text, fail, or take quadratic time.
_OF_PAGES = frozenset(
    (
        *("cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "big5", "big5hkscs"),
        *("gbk", "gb2312", "gb18030", "euc_jp", "shift_jis", "cp932", "iso2022_jp", "euc_kr"),
        *(
            "cp949",
            "tis-620",
            "iso8859-1",
            *(f"iso8859-{n}" for n in (*range(2, 12), *range(13, 17))),
        ),
        *(f"cp125{n}" for n in range(9)),
    )
)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_HIGH = re.compile(r"[^\x00-\x7f]+")
LOST = "\ufffd"
"""What stands for a byte that is no text."""
_SAMPLE = 100_000
"""Bytes from which an encoding is guessed."""
# What Western single-byte text is mostly made of above ASCII: accents, quotes, dashes, signs.
_WESTERN = re.compile(r"[‘’“”–—…•™€£©®°·½«»¡¿§´\xa0À-ÖØ-öø-ÿŒœŠšŽžŸ]")


def decode(data: bytes, name: str, charset: str = "") -> str:
    r"""Return the text of *data*, its line ends as "\n", without a byte order mark.

    Args:
        data: The bytes.
        name: What to call them.
        charset: The encoding that a server named, which goes before what a page declares.

    Raises:
        ArticleError: It is empty, is no text, or its encoding cannot be determined.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ArticleError(f"cannot read {name}: it is {what}")
    text = _decoded(data, name, charset)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ArticleError(f"cannot read {name}: it is empty")
    _check(text, name)
    return text


def _check(text: str, name: str) -> None:
    if (nul := text.find("\0")) >= 0:
        raise ArticleError(f"cannot read {name}: NUL at character {nul}, this is not text")
    controls = len(_CONTROLS.findall(text))
    if controls * 100 > len(text):
        raise ArticleError(f"cannot read {name}: not text, it has {controls} control characters")


def _decoded(data: bytes, name: str, charset: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            marked = _nearly(data[len(mark) :]) if encoding == "utf-8" else None
            return marked or _strictly(data[len(mark) :], encoding, name, len(mark))
    wide = _wide(data)
    if wide is not None:
        return _strictly(data, wide, name, 0)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        return _guessed(data, name, error.start, charset)


def _strictly(data: bytes, encoding: str, name: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + skipped
        why = "lone surrogate" if _is_surrogate(data, error) else f"not {encoding.upper()}"
        raise ArticleError(f"cannot read {name}: {why} at byte {at}") from error


def _is_surrogate(data: bytes, error: UnicodeDecodeError) -> bool:
    if "utf-16" in error.encoding.replace("_", "-"):
        return "surrogate" in error.reason
    return _SURROGATE.match(data, error.start) is not None


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 *data* is in where every other of its bytes is mostly NUL."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(data) < 8 or len(data) % 2 or b"\0" not in sample:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nuls, others = sample[first::2].count(0), sample[1 - first :: 2].count(0)
        if nuls * 10 > len(sample) // 2 * 7 and others == 0:
            return encoding
    return None


def _guessed(data: bytes, name: str, at: int, charset: str) -> str:
    """Decode what is not UTF-8 from byte *at*: by what a page declares, else by its letters."""
    if _SURROGATE.match(data, at):
        raise ArticleError(f"cannot read {name}: lone surrogate at byte {at}")
    if b"\0" in data:
        raise ArticleError(f"cannot read {name}: NUL at byte {data.index(0)}, this is not text")
    if (text := _nearly(data)) is not None:
        return text
    for encoding in (_as_browsers(charset), _declared(data), _western(data), _normalized(data)):
        if encoding is None:
            continue
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise ArticleError(f"cannot read {name}: not UTF-8 at byte {at}, and no other encoding fits")


def _nearly(data: bytes) -> str | None:
    """Return *data* read as UTF-8, as browsers do, if some bytes alone are wrong.

    Each of these is one U+FFFD (WHATWG Encoding Standard).
    """
    text = data.decode(errors="replace")
    wrong = text.count(LOST) - data.count(LOST.encode())
    if _SURROGATE.search(data):
        return None
    right = sum(map(len, _HIGH.findall(text))) - wrong
    return text if right > 2 * wrong else None


def _declared(data: bytes) -> str | None:
    """Return the encoding that a web page says it is in, other than UTF-8, which it is not."""
    match = _DECLARED.search(data, 0, 4096)
    return _as_browsers(match[1].decode("ascii", "replace")) if match else None


def _as_browsers(label: str) -> str | None:
    """Return the encoding that browsers take for *label*, None where it cannot be that."""
    said = label.lower()
    # As browsers do (WHATWG Encoding Standard): pages that say so are in Windows' superset.
    if said in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "cp1252"
    try:
        codec = codecs.lookup(said).name
    except LookupError:
        return None
    return codec if codec in _OF_PAGES else None


def _western(data: bytes) -> str | None:
    """Return cp1252 where nearly all is ASCII and the rest reads as accents, quotes and dashes.

    English news has so few other bytes that statistics over them mislead.
    """
    sample = data[:_SAMPLE]
    others = bytes(b for b in sample if b >= 0x80)
    if len(others) * 20 > len(sample):
        return None
    fits = len(_WESTERN.findall(others.decode("cp1252", "ignore")))
    return "cp1252" if fits * 10 >= len(others) * 9 else None


def _normalized(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    end = data.rfind(b"\n", 0, _SAMPLE) + 1 if len(data) > _SAMPLE else len(data)
    best = from_bytes(data[: end or _SAMPLE]).best()
    return best.encoding if best is not None else None
