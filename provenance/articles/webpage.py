"""Read a saved web page: trafilatura finds the body; its blocks and links become our text."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from provenance.articles.blocks import Block, ends_sentence
from provenance.articles.body import find_end, keep_body
from provenance.articles.bylines import find_authors
from provenance.articles.dates import find_date
from provenance.articles.embeds import ENTRY, mark_forms, take_mark
from provenance.articles.forms import Forms, read_forms, within
from provenance.articles.headers import Header, read_lines
from provenance.articles.live import Found, mark_entries
from provenance.articles.pagemeta import PageMeta, read_meta
from provenance.articles.parts import leave_one_story
from provenance.articles.shapes import LABEL, META, TEXT, classify, is_named, is_note
from provenance.common.normal import Normal, map_spans, normal_form, plain_text
from provenance.errors import ArticleError
from provenance.model import Article, Entry, Link, Span

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_MARKS = {"head": "#", "item": "•"}
_BLOCKS = frozenset(("p", "head", "item", "list", "quote", "code", "ab", "cell", "row", "table"))
_DECLARATION = re.compile(r"<\?xml[^<>]{0,200}\?>")
_SPACE = re.compile(r"\s+")
_CUT = re.compile(r"\w[-\xad\u2010]$")
_LINE = 120
"""Code points of a byline on a line of its own."""
_DATED = 5
"""Words of a date on a line of its own."""
_LARGE = 500_000
"""Code points of source, scripts aside, from which no second opinions are asked for."""
_MOST = 20_000
"""Paragraphs; trafilatura's time grows with their square, and this many take it some seconds."""


@dataclass(slots=True)
class _Piece:
    """A block as it is being read: its words and where its links stand in them."""

    mark: str = ""
    parts: list[str] = field(default_factory=list)
    length: int = 0
    spaced: bool = True
    links: list[tuple[int, int, str]] = field(default_factory=list)

    def put(self, raw: str | None) -> None:
        """Add words, white space as one blank."""
        words = _SPACE.sub(" ", raw or "")
        if self.spaced:
            words = words.lstrip()
        if words:
            self.parts.append(words)
            self.length += len(words)
            self.spaced = words.endswith(" ")

    def end_line(self) -> None:
        """Add what parts two lines: a line end behind a hyphen, which may cut a word."""
        last = self.parts[-1] if self.parts else ""
        if _CUT.search(last[-2:]):
            self.parts.append("\n")
            self.length += 1
            self.spaced = True
        else:
            self.put(" ")


def read_page(text: str, name: str, digest: str) -> Article:
    """Return the article on the web page whose source is *text*.

    Its text is the title, then the paragraphs of the body, with a blank line between them.

    Raises:
        ArticleError: No body was found.
    """
    meta, told, body = _extracted(text, name)
    found = _pieces(body) if body is not None else []
    pieces = [one for one in found if plain_text("".join(one.parts))]
    marks = [_unmarked(one) for one in pieces]
    first = int(bool(pieces) and not marks[0] and _is_title(pieces[0], meta.title))
    pieces, marks = pieces[first:], marks[first:]
    if not pieces:
        raise ArticleError(f"cannot read {name}: no article found on the page")
    parts = ([meta.title] if meta.title else []) + ["".join(one.parts).strip() for one in pieces]
    starts = _starts(parts)[len(parts) - len(pieces) :]
    text = "\n\n".join(parts)
    form = normal_form(text)
    blocks = [_block(one, start, form) for one, start in zip(pieces, starts, strict=True)]
    flat = [(i, one) for i, all_ in enumerate(marks) for one in all_]
    begun = {i: number for i, (number, part) in flat if part == ENTRY}
    forms = read_forms(blocks, {i: one for i, one in flat if one[1] != ENTRY})
    kept = _body(blocks, meta, forms) | {*begun}
    places = [form.kept(block.span) for block in blocks]
    links = _links(places, pieces, starts, kept, meta.url)
    return Article(
        name=name,
        text=text,
        digest=digest,
        text_digest="",
        headline=Span(0, len(meta.title)) if meta.title else None,
        paragraphs=tuple(places[i] for i in sorted(kept)),
        title=meta.title,
        publisher=meta.publisher,
        authors=meta.authors,
        published=meta.published,
        url=meta.url,
        language=meta.language,
        links=tuple(links),
        entries=_entries(places, sorted(kept), begun, told),
        lacks=meta.lacks,
        voices=map_spans(within(forms.voices, [blocks[i].span for i in sorted(kept)]), form.kept),
    )


def _starts(parts: Sequence[str]) -> list[int]:
    """Return where each of *parts* begins, with a blank line between them."""
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part) + 2
    return starts


def _links(
    places: Sequence[Span],
    pieces: Sequence[_Piece],
    starts: Sequence[int],
    kept: set[int],
    base: str,
) -> list[Link]:
    """Return the links in the paragraphs that are *kept*, which are at *places*."""
    return [
        Link(Span(start + first, min(start + last, place.end)), url)
        for i, (place, one, start) in enumerate(zip(places, pieces, starts, strict=True))
        if i in kept
        for first, last, target in one.links
        if (url := _absolute(target, base)) and start + first < place.end
    ]


def _entries(
    places: Sequence[Span], kept: Sequence[int], begun: Mapping[int, int], told: Sequence[Found]
) -> tuple[Entry, ...]:
    """Return the entries of a live blog, each from where it has *begun* to where the next does."""
    out = []
    starts = sorted(begun)
    for i, until in zip(starts, (*starts[1:], len(places)), strict=False):
        last = max(j for j in kept if i <= j < until)
        one = told[begun[i]]
        out.append(
            Entry(
                span=Span(places[i].start, places[last].end),
                headline=places[i] if one.title else None,
                authors=one.authors,
                published=one.published,
            )
        )
    return tuple(out)


def _extracted(text: str, name: str) -> "tuple[PageMeta, list[Found], _Element | None]":
    """Return what the page says of itself and its entries, and its body in trafilatura's XML."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    # Without a handler of their own its warnings would go to standard error beside our one line.
    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    source = _DECLARATION.sub("", text[:1000]) + text[1000:]
    try:
        tree: HtmlElement | None = load_html(source)
        if tree is None:
            raise ArticleError(f"cannot read {name}: no article found on the page")
        if sum(1 for _ in tree.iter("p")) > _MOST:
            raise ArticleError(f"cannot read {name}: more than {_MOST:,} paragraphs are no article")
        meta = read_meta(tree, source)
        meta.lacks = leave_one_story(tree, meta.title)
        mark_forms(tree)
        told = mark_entries(tree, meta.published)
        found = bare_extraction(
            tree, include_links=True, include_comments=False, fast=_size(tree, source) > _LARGE
        )
    except ArticleError:
        raise
    except Exception as error:  # trafilatura and lxml fail in whatever way the page leads them into
        why = " ".join(str(error).split())[:120] or type(error).__name__
        raise ArticleError(f"cannot read {name}: broken HTML: {why}") from error
    return meta, told, getattr(found, "body", None)


def _size(tree: "HtmlElement", source: str) -> int:
    """Return how long *source* is without what only programs read."""
    return len(source) - sum(len(one.text or "") for one in tree.iter("script", "style"))


def _pieces(body: "_Element") -> list[_Piece]:
    """Return the blocks of text in order; text that stands between blocks is one, too."""
    from lxml.etree import iterwalk

    reading = _Reading()
    for event, element in iterwalk(body, events=("start", "end")):
        if event == "start":
            reading.open(element)
            reading.pieces[-1].put(element.text if isinstance(element.tag, str) else "")
        else:
            reading.close(element)
            reading.pieces[-1].put(element.tail)
    return reading.pieces


class _Reading:
    """The blocks so far, and which marks and links are open."""

    def __init__(self) -> None:
        self.pieces = [_Piece()]
        self.marks = [""]
        self.links: list[tuple[_Piece, int]] = []

    def open(self, element: "_Element") -> None:
        """Begin a block or a link."""
        if element.tag in _BLOCKS:
            kept = "" if element.tag == "list" else self.marks[-1]
            self.marks.append(_MARKS.get(element.tag, kept))
            self.pieces.append(_Piece(self.marks[-1]))
        elif element.tag == "ref":
            self.links.append((self.pieces[-1], self.pieces[-1].length))

    def close(self, element: "_Element") -> None:
        """End a block, a link or a line."""
        piece = self.pieces[-1]
        if element.tag in _BLOCKS:
            self.marks.pop()
            self.pieces.append(_Piece(self.marks[-1]))
        elif element.tag == "ref":
            _end_link(piece, element.get("target") or "", *self.links.pop())
        elif element.tag == "lb":
            # Two breaks part paragraphs, and so does one after a whole sentence: trafilatura
            # does not keep both everywhere.
            piece.end_line()
            whole = ends_sentence("".join(piece.parts[-8:]).rstrip())
            if whole or _is_second_break(element) or _parts_lines(piece, element.tail or ""):
                self.pieces.append(_Piece(self.marks[-1]))


def _is_second_break(element: "_Element") -> bool:
    """Whether *element* follows another line break at once."""
    before = element.getprevious()
    return before is not None and before.tag == "lb" and not (before.tail or "").strip()


def _parts_lines(piece: _Piece, after: str) -> bool:
    """Whether a byline or a date alone ends at a line break, or a byline begins *after* it."""
    if piece.length <= _LINE:
        words = "".join(piece.parts).strip()
        if words[:1].isupper() and find_authors(words):
            return True
        if words[:1].isalnum() and len(words.split()) <= _DATED and find_date(words):
            return True
    line = after.strip()
    return line[:1].isupper() and len(line) <= _LINE and bool(find_authors(line))


def _end_link(piece: _Piece, target: str, began: _Piece, start: int) -> None:
    words = "".join(piece.parts)[start:] if began is piece else ""
    end = start + len(words.rstrip())
    start += len(words) - len(words.lstrip())
    if start < end:
        piece.links.append((start, end, target))


def _block(piece: _Piece, start: int, form: Normal) -> Block:
    span = form.place(Span(start, start + len("".join(piece.parts).strip())))
    text = form.text[span.start : span.end]
    return Block(span, text, piece.mark, len(text.split()), ends_sentence(text))


def _unmarked(piece: _Piece) -> list[tuple[int, str]]:
    """Take the marks off *piece*, and return what they say."""
    whole = words = "".join(piece.parts)
    marks = []
    while (taken := take_mark(words))[1] is not None:
        words = taken[0]
        marks.append(taken[1])
    if marks:
        off = len(whole) - len(words)
        piece.parts = [words]
        piece.links = [(max(0, a - off), b - off, url) for a, b, url in piece.links if b > off]
    return marks


def _is_title(piece: _Piece, title: str) -> bool:
    """Whether the body begins with the title again, perhaps a little different."""
    if not title:
        return False
    ours, theirs = (set(re.findall(r"\w+", one.lower())) for one in (title, "".join(piece.parts)))
    shared = len(ours & theirs)
    return bool(theirs) and 3 * shared >= 2 * max(len(theirs), 1) and len(theirs) <= 2 * len(ours)


def _body(blocks: Sequence[Block], meta: PageMeta, forms: Forms) -> set[int]:
    """Return the paragraphs of the story, and fill *meta* from the lines that are none."""
    kinds = forms.marked(classify(blocks))
    last = find_end(blocks, kinds)
    lines = [b for b, kind in zip(blocks[:8], kinds, strict=False) if kind == META]
    header = Header()
    read_lines(lines, header)
    meta.authors = meta.authors or header.authors
    meta.published = meta.published or header.published or meta.guessed
    kept = set(keep_body(blocks, kinds, 0, last))
    heads = {i for i, b in enumerate(blocks[:last]) if b.is_heading and not _is_label(b)}
    inner = {
        i
        for i in range(min(kept, default=0), max(kept, default=0))
        if kinds[i] in (TEXT, LABEL) and not _is_label(blocks[i])
    }
    return kept | heads | inner or set(range(len(blocks)))


def _is_label(block: Block) -> bool:
    return is_note(block) or any(is_named(block, table) for table in ("related", "end", "kicker"))


def _absolute(target: str, base: str) -> str:
    """Return *target* as an address on the web, "" where it is none."""
    try:
        url = urljoin(base, target.strip()) if base else target.strip()
    except ValueError:
        return ""
    whole = url.lower().startswith(("http://", "https://")) and not _SPACE.search(url)
    return url if whole and url.isprintable() else ""
