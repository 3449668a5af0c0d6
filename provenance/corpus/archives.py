"""Pages in web archives: WARC (ISO 28500) and WACZ."""

import io
import logging
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from provenance.files import reason, without_user
from provenance.model import Failure, Item

SUFFIXES = (".warc", ".warc.gz", ".wacz")
LARGEST = 20_000_000
"""Bytes of one page; what is larger is no article."""
_LINE, _HEAD = 65_536, 1_000_000
"""Bytes of one line of a record's headers, and of all of them, at the most."""
_PIECE = 16_384
"""Bytes of a page that are unpacked at once: a thousand times as many may come out."""
_PAGES = ("text/html", "application/xhtml+xml")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, OverflowError),
    *(ArchiveLoadFailed, AttributeError, ValueError),  # AttributeError: a record without an address
)


def read_archive(path: str, file: IO[bytes]) -> Iterator[Item | Failure]:
    """Yield the pages in *file*, which is at *path*; other records are passed over."""
    try:
        if path.lower().endswith(".wacz"):
            with zipfile.ZipFile(file) as packed:
                for name in sorted(packed.namelist()):
                    if name.lower().endswith((".warc", ".warc.gz")):
                        with packed.open(name) as inside:
                            yield from _pages(inside, f"{path}/{PurePosixPath(name).name}")
        else:
            yield from _pages(file, path)
    except _BROKEN as error:
        why = reason(error) if isinstance(error, OSError) and error.strerror else str(error)
        yield Failure(location=path, reason=f"cannot read {path}: {' '.join(why.split())[:200]}")


class _Bounded(DecompressingBufferedReader):  # type: ignore[misc]
    """Reads an archive; refuses headers without end, which the library would hold in memory."""

    _left = _HEAD

    def readline(self, length: int | None = None) -> bytes:
        """Return a line of the headers.

        Raises:
            ArchiveLoadFailed: It is too long, or the headers are.
        """
        line: bytes = super().readline(min(length or _LINE, _LINE))
        self._left -= len(line)
        if self._left < 0 or (len(line) == _LINE and not line.endswith(b"\n")):
            raise ArchiveLoadFailed(
                f"headers longer than {_HEAD // 1_000_000} MB, or a line of them"
            )
        return line

    def read(self, length: int | None = None) -> bytes:
        """Return *length* bytes of what follows the headers."""
        self._left = _HEAD
        data: bytes = super().read(length)
        return data


class _Brotli:
    """Unpacks Brotli, of which a few bytes may unpack to gigabytes, to no more than one page."""

    unused_data = b""

    def __init__(self) -> None:
        from brotli import Decompressor

        self._inner = Decompressor()

    def decompress(self, data: bytes) -> bytes:
        unpacked: bytes = self._inner.process(data, output_buffer_limit=LARGEST + 1)
        return unpacked


if "br" in _Bounded.DECOMPRESSORS:
    _Bounded.DECOMPRESSORS["br"] = _Brotli


class _Said(io.StringIO):
    """What was said first."""

    def write(self, text: str) -> int:
        """Keep *text* unless there is enough."""
        return super().write(text[:_LINE]) if self.tell() < _LINE else len(text)


def _pages(file: IO[bytes], where: str) -> Iterator[Item | Failure]:
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    said = _Said()  # the library tells people what it cannot read, and goes on
    with redirect_stderr(said):
        archive = ArchiveIterator(file)
        archive.reader = _Bounded(archive.fh)
        records = iter(archive)
    while True:
        with redirect_stderr(said):
            found = _next_page(records, where)
        if found is None:
            break
        yield found
    if told := said.getvalue().split("\n", 1)[0].strip():
        yield Failure(location=where, reason=f"cannot read all of {where}: {told}")


def _next_page(records: Iterator[Any], where: str) -> Item | Failure | None:
    for record in records:
        if record.rec_type not in ("response", "resource"):
            continue
        url = without_user(record.rec_headers.get_header("WARC-Target-URI") or "")
        headers = record.http_headers
        kind = (headers or record.rec_headers).get_header("Content-Type") or ""
        status = headers.get_statuscode() if headers else "200"
        if status != "200" or not kind.lower().startswith(_PAGES):
            continue
        data = _content(record.content_stream())
        location = f"{where}#{url}"
        if len(data) > LARGEST:
            why = f"larger than {LARGEST // 1_000_000} MB"
            return Failure(location=location, reason=f"cannot read {location}: {why}")
        fields = (("url", url),) if urlsplit(url).scheme in ("http", "https") else ()
        return Item(location=location, name=_name(url), data=data, fields=fields)
    return None


def _content(stream: IO[bytes]) -> bytes:
    """Return what *stream* holds, as far as it is no larger than one page."""
    data = bytearray()
    while len(data) <= LARGEST and (piece := stream.read(_PIECE)):
        data += piece
    return bytes(data)


def _name(url: str) -> str:
    last = PurePosixPath(urlsplit(url).path).name or urlsplit(url).hostname or "page"
    return last if last.lower().endswith((".html", ".htm", ".xhtml")) else f"{last}.html"
