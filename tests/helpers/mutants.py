"""Bytes of every format that is read, and ways to break them as strangers and disks do."""

import gzip
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

# What parsers trip over: ends of quotes and blocks, numbers out of range, marks of other formats.
TOKENS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x1b[31m", b"\xe2\x80\xae", b"\xed\xa0\x80"),
    *(b'"', b"'", b'"""', b"\\", b"\\u0000", b"\\uD800", b"%00", b"<", b">", b"&#0;", b"&x;"),
    *(b"-1", b"0", b"99999999999999999999", b"1e999", b"NaN", b"null", b"[]", b"{}", b"[[[[[[[["),
    *(b"<!ENTITY a 'b'>", b"<!--", b"]]>", b"<![CDATA[", b"</body>", b"<script>", b"<base href=/>"),
    *(b"http://[", b"http://a:99999/", b"file:///etc/passwd", b"//", b"../", b"ni:///sha-256;"),
    *(b"PK\x03\x04", b"%PDF-1.7", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"endobj", b"stream\r\n"),
    *(b"\n\n", b"\t", b";", b" . ", b"@prefix", b"T1\tSource 0 1\tx\n", b"T", b"E1\t", b"#"),
    *("‘“”’«»".encode(), "\u2028".encode(), "\U0010ffff".encode(), b" said that ", b'," he said.'),
    *(b"=?utf-8?b?////?=", b"Content-Type: multipart/mixed; boundary=x\r\n", b"charset=utf-7"),
)

_NUMBER, _WORD = re.compile(rb"\d+"), re.compile(rb"[\w:/#.-]+")
Change = Callable[[bytearray, random.Random, Sequence[bytes]], None]


def mutated(data: bytes, draw: random.Random, others: Sequence[bytes]) -> bytes:
    """Return *data* with one to four changes; archives mostly in a file of theirs.

    Args:
        data: What a reader accepts.
        draw: Where chance comes from.
        others: Seeds that pieces may be spliced in from.
    """
    if data[:2] in (b"PK", b"\x1f\x8b") and draw.random() < 0.7:
        try:
            if data[:2] == b"PK":
                return in_zip(data, draw, lambda inside: mutated(inside, draw, others))
            return gzip.compress(mutated(gzip.decompress(data), draw, others), 1, mtime=0)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            LookupError,
        ):
            pass  # broken before: then as any other bytes
    found = bytearray(data)
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        draw.choice(CHANGES)(found, draw, others)
    return bytes(found)


def in_zip(data: bytes, draw: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """Return a zip file with one of its files changed, now and then lost or called otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        wanted = draw.choice(names)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as broken:
            for name in names:
                inside = packed.read(name)
                if name == wanted:
                    if draw.random() < 0.1:
                        continue
                    if draw.random() < 0.1:
                        name = draw.choice(("../x", "/x", "a/" * 50, name.upper(), "con", "\\x"))
                    inside = change(inside)
                broken.writestr(name, inside)
    return out.getvalue()


def _flip(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    for _ in range(draw.choice((1, 1, 2, 8, 32))):
        if data:
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)


def _cut_short(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    del data[draw.randint(0, len(data)) :]


def _cut_out(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    at = draw.randint(0, len(data))
    del data[at : at + draw.choice((1, 4, 64, 1024))]


def _repeat(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    at = draw.randint(0, len(data))
    data[at:at] = data[at : at + draw.choice((1, 4, 64, 512))] * draw.choice((1, 2, 40))


def _insert(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    at = draw.randint(0, len(data))
    data[at:at] = draw.choice(TOKENS) * draw.choice((1, 1, 1, 3, 200))


def _overwrite(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    at, token = draw.randint(0, len(data)), draw.choice(TOKENS)
    data[at : at + len(token)] = token


def _splice(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    other = draw.choice(others) if others else b""
    begin, at = draw.randint(0, len(other)), draw.randint(0, len(data))
    data[at : at + draw.choice((0, 16, 4096))] = other[begin : begin + draw.choice((16, 256, 4096))]


def _swap(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    size = draw.choice((1, 8, 128))
    one, other = (draw.randint(0, len(data)) for _ in range(2))
    data[one : one + size], data[other : other + size] = (
        data[other : other + size],
        data[one : one + size],
    )


def _lines(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    """Leave lines out, or put them elsewhere or twice: what is well formed stays so."""
    lines = data.split(b"\n")
    for _ in range(draw.choice((1, 1, 5))):
        line = lines[draw.randrange(len(lines))]
        if draw.random() < 0.6:
            lines.remove(line)
        if draw.random() < 0.6 or not lines:
            lines.insert(draw.randint(0, len(lines)), line)
    data[:] = b"\n".join(lines)


def _number(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    found = list(_NUMBER.finditer(data))
    if found:
        one = draw.choice(found)
        data[one.start() : one.end()] = draw.choice((b"-1", b"0", b"7", b"9" * 25, b"NaN", b"1e9"))


def _word(data: bytearray, draw: random.Random, others: Sequence[bytes]) -> None:
    """Put one word of the file in the place of another."""
    found = list(_WORD.finditer(data))
    if found:
        one, other = draw.choice(found), draw.choice(found)
        data[one.start() : one.end()] = other[0]


CHANGES: tuple[Change, ...] = (
    *(_flip, _cut_short, _cut_out, _repeat, _insert, _insert, _overwrite, _splice, _swap),
    *(_lines, _lines, _number, _word, _word),
)


def deep_zip(name: str, size: int) -> bytes:
    """Return a zip file whose one member *name* unpacks to *size* zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open(name, "w") as file:
        for _ in range(size // 1_000_000):
            file.write(bytes(1_000_000))
    return out.getvalue()


def zeros(size: int) -> bytes:
    """Return *size* zeros, deflated."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)]
    return b"".join([*parts, packer.flush()])
