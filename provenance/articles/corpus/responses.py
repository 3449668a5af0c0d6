"""An answer of HTTP in a web archive: its head, and its body as a browser would have it.

Crawlers keep a body as it was sent, or as they decoded it without a change to the head. So what the
head says of encodings is tried, and where the bytes are plain already, they stay.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from provenance.errors import ArticleError

_STATUS = re.compile(rb"(?:HTTP/\d(?:\.\d)?|:status:)[ \t]*(\d{3})\b[^\n]*\r?\n?", re.IGNORECASE)
_END = re.compile(rb"(?:(?<=\n)|^)\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_RANGE = re.compile(r"bytes\s+0-(\d+)/(?:(\d+)|\*)", re.IGNORECASE)
_TYPE = re.compile(r"\s*([\w.+*-]{1,40}/[\w.+*-]{1,80})")
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<!--(?:(?!-->).)*+-->\s*+|<\?xml[^<>]*>\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|article|main|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NAMES: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".txt",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}
_UNSAID = ("", "application/octet-stream", "unknown/unknown", "application/unknown", "*/*")
_MARKED = ("application/xml", "text/xml")
_MOST = 4
"""Encodings that one body may be in, one within the other."""
_HEAD = 1_000_000
_LITTLE = 1024
"""Bytes of zstd that are unpacked at once: they may hold 32 MB."""


class _CutError(ValueError):
    """Compressed data has no end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of HTTP; the names of its headers in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def read_answer(block: bytes) -> Answer | None:
    """Return the answer in *block*, None if it has no head of HTTP; of any version."""
    status, at = 100, 0
    headers: dict[str, str] = {}
    while 100 <= status < 200 and status != 101:  # what a server says before its answer
        line = _STATUS.match(block, at)
        if line is None:
            return None
        status = int(line[1])
        end = _END.search(block, line.end(), line.end() + _HEAD)
        if end is None and line.end() < len(block):
            return None
        headers = _headers(block[line.end() : end.start() if end else len(block)])
        at = end.end() if end else len(block)
    return Answer(status, headers, block[at:])


def _headers(head: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines():
        name, _, value = line.partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    return found


def type_of(said: str) -> tuple[str, str]:
    """Return the media type that a Content-Type says, in lower case, and its charset, or ""."""
    kind, charset = _TYPE.match(said), _CHARSET.search(said)
    return kind[1].lower() if kind else "", charset[1].lower() if charset else ""


def suffix_of(kind: str, body: bytes) -> str:
    """Return the suffix of a file with what may be an article, "" for what cannot be one.

    Args:
        kind: Its media type, "" where nobody said it: then its bytes decide.
        body: Its bytes.
    """
    if kind in _NAMES:
        return _NAMES[kind]
    if kind not in _UNSAID and kind not in _MARKED:
        return ""
    if body.startswith(b"%PDF-"):
        return ".pdf"
    if _MARKUP.match(body[:4000]):
        return ".html"
    return ".txt" if not kind and body.strip() and is_plain(body) else ""


def is_plain(body: bytes) -> bool:
    """Whether *body* begins as text does, not as compressed data."""
    return not _CONTROLS.search(body[:512])


def missing_part(answer: Answer) -> str:
    """Return what of the page an *answer* leaves out, "" if nothing."""
    if answer.status == 206 and (said := answer.headers.get("content-range")):
        found = _RANGE.match(said)
        if not found or (found[2] and int(found[1]) + 1 < int(found[2])):
            return "a part of a page (206)"
    length = answer.headers.get("content-length", "")
    coded = answer.headers.keys() & {"content-encoding", "transfer-encoding"}
    if not coded and length.isdigit() and len(length) < 18 and len(answer.body) < int(length):
        return f"{len(answer.body):,} of {int(length):,} bytes"
    return ""


def plain_body(answer: Answer, largest: int) -> bytes:
    """Return the body of *answer* without the encodings that it was sent in.

    Raises:
        ArticleError: It is cut, is encoded wrongly, or unpacks to more than *largest* bytes.
    """
    body = answer.body
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    said = answer.headers.get("content-encoding", "").lower().split(",")
    codings = [one.strip() for one in said if one.strip()]
    for coding in reversed(codings[-_MOST:]):
        body = _unpacked(body, coding, largest)
    for _ in range(_MOST):  # compressed, though the head says nothing of it
        if not body.startswith((b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")):
            break
        body = _unpacked(body, "gzip" if body[0] == 0x1F else "zstd", largest)
    if len(body) > largest:
        raise ArticleError(f"larger than {largest // 1_000_000} MB")
    return body


def _joined(body: bytes) -> bytes:
    """Return the chunks of *body* as one; as it is if it is in none."""
    out, at = bytearray(), 0
    while head := _CHUNK.match(body, at):
        size = int(head[1], 16)
        if size == 0:
            return bytes(out)
        out += body[head.end() : head.end() + size]
        at = head.end() + size
        end = body[at : at + 2]
        if at < len(body) and not end.startswith((b"\n", b"\r\n")):
            break
        at += 2 if end == b"\r\n" else 1
        if at > len(body) or head.end() + size > len(body):
            raise ArticleError("cut within a chunk")
    if out and at >= len(body):
        raise ArticleError("cut between two chunks")
    return body if not out else bytes(out)


def _unpacked(body: bytes, coding: str, largest: int) -> bytes:
    """Return *body* without *coding*, as it is if it was decoded already."""
    try:
        if coding in ("gzip", "x-gzip"):
            return _inflated(body, 31, largest) if body.startswith(b"\x1f\x8b") else body
        if not body or coding not in ("deflate", "br", "zstd"):
            return body
        if coding == "zstd":
            return _from_zstd(body, largest) if body.startswith(b"\x28\xb5\x2f\xfd") else body
        return _from_brotli(body, largest) if coding == "br" else _from_deflate(body, largest)
    except (zlib.error, ValueError) as error:
        if coding in ("br", "deflate") and is_plain(body):
            return body
        cut = isinstance(error, _CutError)
        raise ArticleError(str(error) if cut else f"it is no {coding}") from error


def _from_deflate(body: bytes, largest: int) -> bytes:
    """Return *body* unpacked, in the format of zlib as the standard has it, or without its head."""
    try:
        return _inflated(body, 15, largest)
    except zlib.error:
        if body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0:
            raise  # the head is that of zlib
        return _inflated(body, -15, largest)


def _inflated(body: bytes, bits: int, largest: int) -> bytes:
    out = bytearray()
    while body:
        member: Any = zlib.decompressobj(bits)
        out += member.decompress(body, largest + 1 - len(out))
        if len(out) > largest:
            raise ArticleError(f"unpacks to more than {largest // 1_000_000} MB")
        if not member.eof:
            raise _CutError("cut within its compressed data")
        body = member.unused_data if member.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(out)


def _from_brotli(body: bytes, largest: int) -> bytes:
    import brotli

    unpacking, out = brotli.Decompressor(), bytearray()
    try:
        while not unpacking.is_finished():
            more = unpacking.process(body, output_buffer_limit=1_000_000)
            out += more
            if len(out) > largest:
                raise ArticleError(f"unpacks to more than {largest // 1_000_000} MB")
            if not more and not body:
                raise _CutError("cut within its compressed data")
            body = b""
    except brotli.error as error:
        raise ValueError from error
    return bytes(out)


def _from_zstd(body: bytes, largest: int) -> bytes:
    import zstandard

    frame, out = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj(), bytearray()
    try:
        for start in range(0, len(body), _LITTLE):
            out += frame.decompress(body[start : start + _LITTLE])
            if len(out) > largest:
                raise ArticleError(f"unpacks to more than {largest // 1_000_000} MB")
            if frame.eof:
                return bytes(out)
    except zstandard.ZstdError as error:
        raise ValueError from error
    raise _CutError("cut within its compressed data")
