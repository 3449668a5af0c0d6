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
from warcio.exceptions import ArchiveLoadFailed

from provenance.files import reason, without_user
from provenance.model import Failure, Item

SUFFIXES = (".warc", ".warc.gz", ".wacz")
LARGEST = 20_000_000
"""Bytes of one page; what is larger is no article."""
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
        yield Failure(location=path, reason=f"cannot read {path}: {' '.join(why.split())}")


def _pages(file: IO[bytes], where: str) -> Iterator[Item | Failure]:
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    said = io.StringIO()  # the library tells people what it cannot read, and goes on
    with redirect_stderr(said):
        records = iter(ArchiveIterator(file))
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
        data = record.content_stream().read(LARGEST + 1)
        location = f"{where}#{url}"
        if len(data) > LARGEST:
            why = f"larger than {LARGEST // 1_000_000} MB"
            return Failure(location=location, reason=f"cannot read {location}: {why}")
        fields = (("url", url),) if urlsplit(url).scheme in ("http", "https") else ()
        return Item(location=location, name=_name(url), data=data, fields=fields)
    return None


def _name(url: str) -> str:
    last = PurePosixPath(urlsplit(url).path).name or urlsplit(url).hostname or "page"
    return last if last.lower().endswith((".html", ".htm", ".xhtml")) else f"{last}.html"
