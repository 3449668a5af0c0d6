"""What is no article though it is text: what `prov` writes, and RDF by anybody."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

from provenance.errors import ArticleError

HEAD: Final = 4096
"""Bytes by which a file is recognised."""

PAGE: Final = re.compile(
    rb'<!doctype html>\n<html lang="en"[^<>]*>\n<head>\n<meta charset="utf-8">\n'
    rb'(?:<meta http-equiv="[^<>]*>\n)?<meta name="generator" content="source-provenance">'
)
"""How a page of ours begins."""
REPORT: Final = b"<!-- Written by source-provenance. -->\n"
"""How a report of ours begins."""

_SHOW: Final = "prov view shows it and prov trace lists its chains"
_AGAIN: Final = "prov build takes the article that it was made from"
_XML: Final = rb"\A(?:<\?xml[^<>]*+>\s*+)?+"
_KINDS: Final = (
    (PAGE, "a page that prov made", f"open it in a browser; {_AGAIN}"),
    (re.compile(re.escape(REPORT)), "a report that prov wrote", _AGAIN),
    (
        re.compile(
            rb"\A(?:#[^\n]*+\n|\s++)*+(?:@prefix|@base|PREFIX|BASE)\s++(?:[\w.-]*+:)?+\s*+<[^<>\s]*+>"
            rb"(?:#[^\n]*+\n|[\s.]++|(?:@prefix|@base|PREFIX|BASE)\s++(?:[\w.-]*+:)?+\s*+<[^<>\s]*+>)*+"
            rb"(?:\Z|<[^<>\s]*+>|[\w.-]*+:[\w.-]|\[|\{|GRAPH\s)"  # not words: they quote it
        ),
        "a graph in RDF",
        _SHOW,
    ),
    (
        re.compile(
            rb"\A(?:#[^\n]*+\n|\s++)*+(?:<[^<>\s]++>|_:[\w.-]++)\s++<[a-z][a-z0-9+.-]*+:[^<>\s]*+>"
            rb'\s++(?:<[^<>\s]++>|_:\S|")'
        ),
        "a graph in RDF",
        _SHOW,
    ),
    (re.compile(_XML + rb"<rdf:RDF\b"), "a graph in RDF", _SHOW),
    (re.compile(rb'\A\s*+\[?+\s*+\{\s*+"@(?:context|graph|id)"\s*+:'), "a graph in RDF", _SHOW),
    (
        re.compile(rb'\A\s*+\{\s*+"article"\s*+:\s*+"(?:[^"\\]|\\.)*+",\s*+"title"\s*+:'),
        "a graph that prov wrote as JSON",
        _AGAIN,
    ),
    (
        re.compile(
            _XML + rb"<(?:graphml|gexf|prov:document)\b"
            rb'|\{"prefix": \{|document\n  prefix '
        ),
        "a graph that prov wrote for other programs",
        _AGAIN,
    ),
    (
        re.compile(rb"article,(?:Source,Target|Id,Label),"),
        "a table that prov wrote",
        f"a spreadsheet opens it; {_AGAIN}",
    ),
    (
        re.compile(rb'\{"id": "c-[0-9a-f]{10}", "action": "'),
        "a log of corrections",
        "it is replayed when it lies beside its article",
    ),
)


def check_not_ours(data: bytes, name: str) -> None:
    """Refuse what is no news, however much of it is text, and say what to do with it.

    Raises:
        ArticleError: *data* is what `prov` writes, or RDF.
    """
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    for pattern, what, do in _KINDS:
        if pattern.match(head):
            raise ArticleError(f"cannot read {name} as an article: it is {what}; {do}")
    if head.startswith(b"PK") and _is_bundle(data):
        do = "prov verify checks it, and what it was made from is in it"
        raise ArticleError(f"cannot read {name} as an article: it is a bundle; {do}")


def is_ours(path: Path) -> bool:
    """Return whether there is a page or report of ours at *path*, as they lie beside articles."""
    head = head_of(path)
    return PAGE.match(head) is not None or head.startswith(REPORT)


def head_of(path: Path) -> bytes:
    """Return how the file at *path* begins, nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except (OSError, ValueError):
        return b""


def _is_bundle(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return {"bagit.txt", "manifest-sha256.txt"} <= set(packed.namelist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
