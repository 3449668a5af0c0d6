"""Pages in web archives: WARC (ISO 28500) and WACZ, also one within the other.

Every record of an archive becomes an article, a failure, or one more of those that are counted as
passed over, by reason.
"""

import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

from provenance.articles.corpus.responses import (
    Answer,
    missing_part,
    plain_body,
    read_answer,
    suffix_of,
    type_of,
)
from provenance.articles.corpus.warc import LARGEST, Record, Unread, read_records
from provenance.common.files import reason, without_user
from provenance.errors import ArticleError
from provenance.model import Failure, Item, Passed

SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".wacz")
_WARCS = SUFFIXES[:3]
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, OverflowError),
    *(NotImplementedError, ValueError, LookupError),
)
_PASSED = {
    "": "of no type",
    "warcinfo": "about the crawl",
    "continuation": "piece of another",
}
_KIND = re.compile("[a-z-]{1,20}")
_GOOD = (200, 203, 206)
_FOR_PROGRAMS = frozenset(
    ("robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "security.txt", "llms.txt")
)
_SCRIPTS = (".js", ".css", ".json", ".map", ".csv", ".tsv", ".vtt", ".srt")
_TAKEN = "urn:text:"
"""How a crawler that is a browser names the text that it took from the page at an address."""
_DEEPEST = 3
_SPOOLED = 2_000_000_000
"""Bytes that an archive within another may unpack to."""
_MOST_PAGES = 50_000_000
"""Bytes of a list of pages that are read."""


class _Reading:
    """What is known of an archive while it is read."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.passed: Counter[str] = Counter()
        self.titles: dict[str, str] = {}
        self.crawl: dict[str, str] = {}
        self.addresses: Counter[bytes] = Counter()
        self.pages: set[bytes] = set()
        self.payloads: set[str] = set()
        self.revisits: list[tuple[str, bytes]] = []

    def told(self) -> Iterator[Passed]:
        """Yield what was passed over, if anything."""
        for digest, page in self.revisits:
            here = (digest and digest in self.payloads) or page in self.addresses
            self.passed[f"revisit of a page that is {'here' if here else 'not here'}"] += 1
        if self.passed:
            yield Passed(location=self.where, counts=tuple(sorted(self.passed.items())))


def read_archive(path: str, file: IO[bytes]) -> Iterator[Item | Failure | Passed]:
    """Yield the pages in *file*, which is at *path*, and in the end what was passed over."""
    reading = _Reading(path)
    if path.lower().endswith(".wacz"):
        yield from _guarded(path, _packed(file, path, reading, 0))
    else:
        yield from _guarded(path, _pages(file, path, reading))
    yield from reading.told()


def _guarded(where: str, found: Iterator[Item | Failure]) -> Iterator[Item | Failure]:
    """Yield what is *found*, and why it ended before its time if it did."""
    try:
        yield from found
    except _BROKEN as error:
        why = reason(error) if isinstance(error, OSError) and error.strerror else str(error)
        why = " ".join(why.split()) or type(error).__name__
        yield Failure(location=where, reason=f"cannot read {where}: {why}")


def _packed(file: IO[bytes], where: str, reading: _Reading, depth: int) -> Iterator[Item | Failure]:
    """Yield the pages in all archives within a WACZ file."""
    with zipfile.ZipFile(file) as packed:
        names = sorted(packed.namelist())
        reading.titles |= _titles(packed, names)
        inner = [name for name in names if name.lower().endswith(SUFFIXES)]
        if depth == _DEEPEST:
            raise ValueError(f"more than {_DEEPEST} archives within each other")
        for name in inner:
            place = f"{where}/{PurePosixPath(name).name}"
            yield from _guarded(place, _inside(packed, name, place, reading, depth))
        for path in _elsewhere(packed, names):
            why = f"cannot read {where}/{path}: it is not in the archive that lists it"
            yield Failure(location=f"{where}/{path}", reason=why)
        if not inner:
            yield Failure(location=where, reason=f"cannot read {where}: no web archive is in it")


def _inside(
    packed: zipfile.ZipFile, name: str, where: str, reading: _Reading, depth: int
) -> Iterator[Item | Failure]:
    with packed.open(name) as inside:
        if name.lower().endswith(_WARCS):
            yield from _pages(inside, where, reading)
        elif packed.getinfo(name).compress_type == zipfile.ZIP_STORED:
            yield from _packed(inside, where, reading, depth + 1)
        elif packed.getinfo(name).file_size > _SPOOLED:
            raise ValueError(f"it unpacks to more than {_SPOOLED // 1_000_000:,} MB")
        else:  # a place in compressed data is found only by reading all that is before it
            with tempfile.TemporaryFile() as copy:
                shutil.copyfileobj(inside, copy)
                yield from _packed(copy, where, reading, depth + 1)


def _titles(packed: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    """Return the titles of pages by their addresses, as the crawler wrote them down."""
    found: dict[str, str] = {}
    for name in names:
        if not (name.startswith("pages/") and name.lower().endswith(".jsonl")):
            continue
        with packed.open(name) as file:
            lines = file.read(_MOST_PAGES).splitlines()
        for line in lines:
            try:
                page = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(page, dict) and all(
                isinstance(page.get(k), str) for k in ("url", "title")
            ):
                found.setdefault(page["url"], " ".join(page["title"].split())[:300])
    return found


def _elsewhere(packed: zipfile.ZipFile, names: list[str]) -> list[str]:
    """Return the archives that an archive of archives lists and does not hold."""
    if "datapackage.json" not in names:
        return []
    with packed.open("datapackage.json") as file:
        try:
            listed = json.loads(file.read(_MOST_PAGES)).get("resources") or []
            paths = [str(one.get("path") or one.get("name") or "") for one in listed]
        except (ValueError, RecursionError, AttributeError, TypeError):
            return []
    here = {PurePosixPath(name).name for name in names}
    return [p for p in paths if p.lower().endswith(".wacz") and PurePosixPath(p).name not in here]


def _pages(file: IO[bytes], where: str, reading: _Reading) -> Iterator[Item | Failure]:
    for record in read_records(file):
        if isinstance(record, Unread):
            why = f"cannot read all of {where}: {record.reason}"
            yield Failure(location=where, reason=why)
            continue
        location = where
        try:
            location = f"{where}#{_address(record)}"
            found = _page(record, where, reading)
        except ArticleError as error:
            yield Failure(location=location, reason=f"cannot read {location}: {error}")
            continue
        except ValueError:  # an address that is none
            yield Failure(location=location, reason=f"cannot read {location}: a broken address")
            continue
        if isinstance(found, Item):
            yield found
        elif found:
            reading.passed[found] += 1


def _address(record: Record) -> str:
    url = record.headers.get("warc-target-uri", "").strip("<> ")
    return without_user(url)


def _page(record: Record, where: str, reading: _Reading) -> Item | str:
    """Return the page in *record*, or why it is passed over, "" where that is known in the end.

    Raises:
        ArticleError: There is one, and it cannot be read.
    """
    if not record.whole:
        raise ArticleError("the record is cut")
    if record.kind == "warcinfo":
        reading.crawl = _crawl(record.block)
    if record.kind == "revisit":
        first = record.headers.get("warc-refers-to-target-uri", "").strip("<> ")
        reading.revisits.append((_digest(record), _short(first or _address(record))))
        return ""
    if record.kind not in ("response", "resource", "conversion"):
        known = record.kind if _KIND.fullmatch(record.kind) else ""
        return _PASSED.get(known, known)
    url = _address(record)
    if not url:
        raise ArticleError("a record without an address")
    answer = _answer(record)
    if isinstance(answer, str):
        return answer
    return _item(record, answer, url, where, reading)


def _answer(record: Record) -> Answer | str:
    """Return what *record* holds as an answer of HTTP, or why it is no page."""
    said = record.headers.get("content-type", "")
    answer = read_answer(record.block)
    if answer is None:
        if "application/http" in said.lower():
            return "no answer of HTTP"
        return Answer(200, {"content-type": said}, record.block)
    if 300 <= answer.status < 400:
        return f"redirect ({answer.status})" if answer.status != 304 else "unchanged (304)"
    if answer.status not in _GOOD:
        return f"answer {answer.status}"
    return answer


def _item(record: Record, answer: Answer, url: str, where: str, reading: _Reading) -> Item | str:
    kind, charset = type_of(answer.headers.get("content-type", ""))
    body = _body(record, answer, kind)
    suffix = suffix_of(kind, body) if body else ""
    why = _no_article(body, suffix, kind, url)
    if body is None or why:
        return why
    url = url.removeprefix(_TAKEN)
    own = _short(url)
    if own in reading.addresses and (record.kind == "conversion" or url != _address(record)):
        return "made from a page that is here"
    page = own + _short(body)
    if page in reading.pages:
        return "same as a capture before it"
    reading.pages.add(page)
    reading.payloads.add(_digest(record))
    reading.addresses[own] += 1
    return Item(
        location=_location(where, url, record, reading.addresses[own]),
        name=_name(url, suffix),
        data=body,
        fields=_fields(record, url, charset, where, reading),
    )


def _body(record: Record, answer: Answer, kind: str) -> bytes | None:
    """Return what was sent, None where its type alone says that it can be no article.

    Raises:
        ArticleError: It is cut, too large, or packed wrongly.
    """
    long = record.length > len(record.block)
    if not suffix_of(kind, answer.body if long else b"%PDF-"):
        return None
    if long:
        raise ArticleError(f"larger than {LARGEST // 1_000_000} MB")
    part = "cut by the crawler" if "warc-truncated" in record.headers else missing_part(answer)
    if part:
        raise ArticleError(part)
    return plain_body(answer, LARGEST)


def _no_article(body: bytes | None, suffix: str, kind: str, url: str) -> str:
    """Return why what was sent can be no article, "" if it can."""
    if body is not None and not body.strip():
        return "empty"
    if not suffix:
        return f"type {kind or 'not said'}"
    return "for programs" if suffix == ".txt" and _is_for_programs(url) else ""


def _is_for_programs(url: str) -> bool:
    name = PurePosixPath(unquote(urlsplit(url).path)).name.lower()
    return name in _FOR_PROGRAMS or name.endswith(_SCRIPTS)


def _short(whole: str | bytes) -> bytes:
    data = whole.encode("utf-8", "replace") if isinstance(whole, str) else whole
    return blake2b(data, digest_size=12).digest()


def _location(where: str, url: str, record: Record, count: int) -> str:
    """Return where a page is; of several captures of one address each has its own place."""
    if count == 1:
        return f"{where}#{url}"
    return f"{where}#{url}@{record.headers.get('warc-date', '')}" + (
        f"#{count}" if count > 2 else ""
    )


def _fields(
    record: Record, url: str, charset: str, where: str, reading: _Reading
) -> tuple[tuple[str, str], ...]:
    """Return what is known of a page besides its bytes: where it was, and how it was captured."""
    known = {
        "archive": PurePosixPath(where).name,
        "captured": record.headers.get("warc-date", ""),
        "charset": charset,
        "record": record.headers.get("warc-record-id", "").strip("<> "),
        "record_digest": _digest(record),
        "listed_title": reading.titles.get(url, ""),
        "url": url if urlsplit(url).scheme in ("http", "https") else "",
        **reading.crawl,
    }
    return tuple(sorted((name, value[:300]) for name, value in known.items() if value))


def _digest(record: Record) -> str:
    headers = record.headers
    return headers.get("warc-payload-digest", "") or headers.get("warc-block-digest", "")


def _crawl(block: bytes) -> dict[str, str]:
    """Return who crawled, and with what, as a record about the crawl says it."""
    found: dict[str, str] = {}
    for line in block.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() in ("software", "operator") and value.strip():
            found.setdefault(name.strip().lower(), " ".join(value.split()))
    return found


def _name(url: str, suffix: str) -> str:
    last = PurePosixPath(urlsplit(url).path).name or urlsplit(url).hostname or "page"
    known = (".html", ".htm", ".xhtml") if suffix == ".html" else (suffix,)
    return last if last.lower().endswith(known) else f"{last}{suffix}"
