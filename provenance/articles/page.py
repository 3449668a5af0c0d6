"""Read a saved web page: trafilatura finds the body, its metadata and its links."""

import re
from typing import TYPE_CHECKING

from provenance.errors import ArticleError
from provenance.model import Article, Link, Span

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = {"p", "head", "item", "quote", "code", "ab"}


def read_page(text: str, name: str, digest: str) -> Article:
    """Return the article on the web page whose source is *text*.

    Its text is the title, then the paragraphs of the body, with a blank line between them.

    Raises:
        ArticleError: No body was found.
    """
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            text,
            include_links=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ArticleError(f"cannot read {name}: broken HTML: {error}") from error
    if found is None or found.body is None:
        raise ArticleError(f"cannot read {name}: no article found on the page")
    title = " ".join((found.title or "").split())
    parts: list[str] = [title] if title else []
    spans: list[Span] = []
    links: list[Link] = []
    at = len(title) + 2 if title else 0
    for block in _blocks(found.body):
        line, refs = _flatten(block)
        if not line or line == title:
            continue
        spans.append(Span(at, at + len(line)))
        links += [Link(Span(at + s, at + e), url) for s, e, url in refs]
        parts.append(line)
        at += len(line) + 2
    if not spans:
        raise ArticleError(f"cannot read {name}: no article found on the page")
    return Article(
        name=name,
        text="\n\n".join(parts),
        digest=digest,
        text_digest="",
        headline=Span(0, len(title)) if title else None,
        paragraphs=tuple(spans),
        title=title,
        publisher=found.sitename or "",
        authors=tuple(
            dict.fromkeys(a.strip() for a in (found.author or "").split(";") if a.strip())
        ),
        published=found.date or "",
        url=found.url or "",
        language=_language(text),
        links=tuple(links),
    )


def _blocks(body: "_Element") -> "list[_Element]":
    """Return the innermost blocks of text in order."""
    return [
        e
        for e in body.iter()
        if e.tag in _BLOCKS and not any(d.tag in _BLOCKS for d in e.iterdescendants())
    ]


def _flatten(block: "_Element") -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of *block* on one line, and its links with their offsets in that line."""
    text, refs = "", []

    def put(raw: str | None) -> None:
        nonlocal text
        line = re.sub(r"\s+", " ", raw or "")
        text += line.lstrip() if not text or text.endswith(" ") else line

    def walk(element: "_Element") -> None:
        start = len(text)
        put(element.text)
        for child in element:
            walk(child)
            put(child.tail)
        url = element.get("target") or ""
        if element.tag == "ref" and url.startswith(("http://", "https://")) and len(text) > start:
            refs.append((start, len(text.rstrip()), url))

    walk(block)
    line = text.rstrip()
    return line, [(s, min(e, len(line)), u) for s, e, u in refs if s < min(e, len(line))]


def _language(source: str) -> str:
    match = re.search(
        r"<html[^>]{0,500}\blang\s*=\s*[\"']?([A-Za-z]{2,3})", source[:20_000], re.IGNORECASE
    )
    return match[1].lower() if match else ""
