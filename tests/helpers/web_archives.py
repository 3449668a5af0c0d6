"""Web archives made by hand, as crawlers of several kinds write them."""

import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

DATE = "2024-03-09T08:30:00Z"


def story(number: int, more: str = "") -> str:
    """Return a page with an article that is like no other."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Bridge {number} is shut</title></head><body>"
        f"<article><h1>Bridge {number} is shut</h1><p>Bridge number {number} will stay shut until "
        f"spring, the surveyor Tove Alder told the county paper on Friday. {more}</p>"
        "<p>The ferry will run twice as often, a spokesman for the county said, and the fares "
        "will not go up before the work is done.</p></article></body></html>"
    )


def record(kind: str, block: bytes, **headers: str) -> bytes:
    """Return a record; an underscore in the name of a header is a hyphen."""
    lines = {"WARC-Type": kind, "WARC-Date": DATE, "WARC-Record-ID": "<urn:uuid:one>"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines.setdefault("Content-Length", str(len(block)))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def answer(body: bytes | str, status: str = "HTTP/1.1 200 OK", **headers: str) -> bytes:
    """Return an answer of HTTP."""
    data = body.encode() if isinstance(body, str) else body
    lines = {"Content_Type": "text/html; charset=utf-8"} | headers
    head = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in lines.items() if v)
    return f"{status}\r\n{head}\r\n".encode() + data


def response(url: str, block: bytes, **headers: str) -> bytes:
    """Return the record of an answer from *url*."""
    given = {"WARC_Target_URI": url, "Content_Type": "application/http; msgtype=response"}
    return record("response", block, **(given | headers))


def chunked(body: bytes, size: int = 90, end: bytes = b"0\r\n\r\n") -> bytes:
    """Return *body* as it is sent in chunks."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


def wacz(warcs: Mapping[str, bytes], pages: Sequence[Mapping[str, str]] = ()) -> bytes:
    """Return an archive of archives, with the list of its pages."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in warcs.items():
            packed.writestr(name, data)
        lines = [{"format": "json-pages-1.0", "id": "pages"}, *pages]
        packed.writestr("pages/pages.jsonl", "\n".join(map(json.dumps, lines)))
    return out.getvalue()


def members(*records: bytes) -> bytes:
    """Return each record compressed by itself."""
    return b"".join(map(gzip.compress, records))
