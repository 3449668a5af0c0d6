"""The records of a web archive (WARC, ISO 28500), and every byte that is none.

Archives in the wild break the standard: records without a blank line between them, all records in
one gzip stream, ends that are missing. The library warcio refuses or passes over these; here what
can be read is read, and what cannot is reported, so that records never vanish between two others.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

LARGEST = 20_000_000
"""Bytes of one page; what is larger is no article."""
_KEPT = LARGEST + 1_000_000
"""Bytes of a block that are kept: a page with its head."""
_READ = frozenset(("response", "resource", "conversion", "warcinfo", "revisit"))
_PIECE = 65_536
_LITTLE = 1024
"""Bytes of zstd that are unpacked at once: they may hold 32 MB."""
_LONGEST_LINE = 65_536
_MOST_LINES = 1_000
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_LENGTH = re.compile(r"[0-9]{1,30}")
_MARK = b"WARC/"


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a web archive.

    Attributes:
        kind: Its WARC-Type, in lower case.
        headers: By name in lower case.
        block: Its first bytes, none of a kind that holds no page.
        length: How many bytes it says it has.
        whole: Whether the archive holds all of them.
    """

    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)
    block: bytes = b""
    length: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Unread:
    """Bytes between records that could not be read, and why."""

    reason: str


def read_records(file: IO[bytes]) -> Iterator[Record | Unread]:
    """Yield each record of *file*, compressed or not, and each run of bytes that is none."""
    stream = _Stream(_unpacked(file))
    junk = 0
    before: Record | Unread | None = None
    while True:
        line = stream.readline()
        if line.startswith(_MARK) or not line:
            if junk and not isinstance(before, Unread):
                before = Unread(f"{junk:,} bytes that are no record")
                yield before
            junk = 0
        if line.startswith(_MARK):
            before = _record(stream)
            yield before
        elif line:
            junk += len(line.strip(b"\0\r\n\t "))
        elif not stream.resume():
            break
        elif before is None or (isinstance(before, Record) and before.whole):
            before = Unread("it is compressed wrongly, or cut")
            yield before
    if before is None:
        yield Unread("no record is in it")


def _record(stream: "_Stream") -> Record | Unread:
    headers: dict[str, str] = {}
    name = ""
    for _ in range(_MOST_LINES):
        line = stream.readline()
        if not line.endswith(b"\n"):
            return Unread("a record that is cut, or broken, within its head")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text.strip():
            break
        if text[0] in " \t" and name:
            headers[name] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        headers.setdefault(name, value.strip())
    else:
        return Unread(f"a record whose head has more than {_MOST_LINES:,} lines")
    if not _LENGTH.fullmatch(headers.get("content-length", "")):
        return Unread("a record that does not say how long it is")
    kind, length = headers.get("warc-type", "").lower(), int(headers["content-length"])
    block = stream.read(min(length, _KEPT)) if kind in _READ else b""
    had = len(block) + stream.skip(length - len(block))
    return Record(kind, headers, block, length, had == length)


class _Stream:
    """Bytes in pieces, read by lines and lengths; an empty piece is where some are missing."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = bytearray()
        self._at_gap = self._at_end = False

    def readline(self) -> bytes:
        """Return a line with its end, or as much of one as there is or is allowed."""
        looked = 0
        while (end := self._held.find(b"\n", looked)) < 0:
            looked = len(self._held)
            if looked >= _LONGEST_LINE or not self._fill():
                return self._take(min(looked, _LONGEST_LINE))
        return self._take(end + 1)

    def read(self, count: int) -> bytes:
        """Return *count* bytes, fewer where there are fewer up to the next gap."""
        while len(self._held) < count and self._fill():
            pass
        return self._take(min(count, len(self._held)))

    def skip(self, count: int) -> int:
        """Pass over *count* bytes, and return how many there were."""
        left = count
        while left:
            got = min(left, len(self._held))
            del self._held[:got]
            left -= got
            if left and not self._fill():
                break
        return count - left

    def resume(self) -> bool:
        """Go on behind a gap; return whether there was one."""
        was, self._at_gap = self._at_gap, False
        return was

    def _fill(self) -> bool:
        if self._at_gap or self._at_end:
            return False
        piece = next(self._pieces, None)
        self._at_gap, self._at_end = piece == b"", piece is None
        self._held += piece or b""
        return bool(piece)

    def _take(self, count: int) -> bytes:
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes in *file* in pieces, and an empty one wherever some are missing."""
    start = file.read(_PIECE)
    if start.startswith(_GZIP[:2]):
        yield from _inflated(start, file)
    elif start.startswith(_ZSTD):
        yield from _from_zstd(start, file)
    else:
        while start:
            yield start
            start = file.read(_PIECE)


def _inflated(held: bytes, file: IO[bytes]) -> Iterator[bytes]:
    """Yield what the members of a gzip file hold; a broken one is passed over for the next."""
    while held:
        member: Any = zlib.decompressobj(31)
        try:
            while not member.eof:
                piece = member.decompress(held, _PIECE)
                held = member.unconsumed_tail
                if not (piece or held or member.eof):
                    held = file.read(_PIECE)
                    if not held:
                        yield b""
                        return
                if piece:
                    yield piece
            held = (member.unused_data or file.read(_PIECE)).lstrip(b"\0")
        except zlib.error:
            yield b""
            held = _next_member(held[1:], file)


def _next_member(held: bytes, file: IO[bytes]) -> bytes:
    """Return what is left of *file* from where the next member of gzip may begin."""
    while (at := held.find(_GZIP)) < 0:
        more = file.read(_PIECE)
        if not more:
            return b""
        held = held[-2:] + more
    return held[at:]


def _from_zstd(held: bytes, file: IO[bytes]) -> Iterator[bytes]:
    import zstandard

    while held:
        frame = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        try:
            while not frame.eof:
                held = held or file.read(_PIECE)
                if not held:
                    yield b""
                    return
                some, held = held[:_LITTLE], held[_LITTLE:]
                if piece := frame.decompress(some):
                    yield piece
            held = frame.unused_data + held or file.read(_PIECE)
        except zstandard.ZstdError:
            yield b""
            return
