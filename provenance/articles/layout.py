"""Find the body of a plain-text article by the shape of its lines, and what stands above it.

Body text is lines that end as sentences do, in runs; menus, lists of other stories and tags are
short lines that do not. The body is the run with the greatest sum of words in the one less a charge
for each of the other (the maximum-sum segment of Bentley's *Programming Pearls*), so that neither
the words of one site nor their order matter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.articles.metadata import find_authors, find_date, find_url
from provenance.model import Span, Spans

_BULLET = re.compile(r"\s*(?:[•◦‣▪●○*·–—-]|\(?\d{1,2}[.)]|[a-z][.)])\s+")
_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$|[\"”»]\s*$|''\s*$")
_TIME = re.compile(r"^\W*\d{1,2}[:.]\d{2}\W*(?:[ap]\.?m\.?)?\W*$", re.IGNORECASE)
_CHARGE = 7
"""Words of prose that one line of furniture costs."""
_WRAP = (40, 90)
"""Code points between which the lines of hard-wrapped text end."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the shape of a plain text tells."""

    headline: Span | None = None
    paragraphs: Spans = ()
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph's worth of lines: where it stands and what it looks like."""

    span: Span
    text: str
    bullet: bool

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_prose(self) -> bool:
        """Whether it reads as running text rather than as a label or a headline."""
        if self.bullet:
            return self.words >= 12 or (self.words >= 5 and self.ends)
        return (self.ends and self.words >= 4) or self.words >= 35

    @property
    def ends(self) -> bool:
        return _ENDS.search(self.text) is not None

    @property
    def is_metadata(self) -> bool:
        """Whether it is a date, a byline, a time or an address on a line of its own."""
        if self.words > 14:
            return False
        dated = bool(find_date(self.text)) and not (self.ends and self.words > 6)
        return dated or bool(
            find_authors(self.text) or find_url(self.text) or _TIME.match(self.text)
        )


def read_layout(text: str) -> Layout:
    """Return the headline, the body and the metadata of *text*."""
    blocks = _blocks(text)
    if not blocks:
        return Layout()
    first, last = _body_bounds(blocks)
    headline = _headline(blocks, first)
    start = first if headline is None else max(first, headline + 1)
    above = [b for i, b in enumerate(blocks[:start]) if i != headline]
    leads = [
        b
        for b in above
        if b.words >= 12
        and not b.is_metadata
        and (headline is None or b.span > blocks[headline].span)
    ]
    body = leads + [b for b in blocks[start:last] if not _is_furniture(b)]
    authors, published, url = _metadata(above + blocks[start:last][:3] + blocks[last:][:6])
    return Layout(
        headline=blocks[headline].span if headline is not None else None,
        paragraphs=tuple(b.span for b in body),
        publisher=_publisher(blocks, headline),
        authors=authors,
        published=published,
        url=url,
    )


def _blocks(text: str) -> list[_Block]:
    """Cut *text* at line ends, or at blank lines where its lines are hard-wrapped."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    if _is_wrapped(text, lines):
        lines = [
            (m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text)
        ]
    out = []
    for start, end in lines:
        raw = text[start:end]
        mark = _BULLET.match(raw)
        bare = raw[mark.end() :] if mark else raw
        inner = bare.strip()
        if inner:
            at = start + (mark.end() if mark else 0) + len(bare) - len(bare.lstrip())
            out.append(_Block(Span(at, at + len(inner)), inner, mark is not None))
    return out


def _is_wrapped(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether most lines are cut within sentences at one width."""
    inner = [
        text[s:e].rstrip()
        for (s, e), (following, _) in zip(lines, lines[1:], strict=False)
        if following == e + 1
    ]
    cut = [line for line in inner if _WRAP[0] <= len(line) <= _WRAP[1] and not _ENDS.search(line)]
    longest = max((len(line) for line in inner), default=0)
    return len(cut) >= 4 and 2 * len(cut) > len(inner) and longest <= 1.3 * _WRAP[1]


def _body_bounds(blocks: Sequence[_Block]) -> tuple[int, int]:
    """Return the half-open range of blocks with the greatest sum of words less charges."""
    best, best_range, total, start = 0, (0, len(blocks)), 0, 0
    for i, block in enumerate(blocks):
        total += min(block.words, 120) if block.is_prose else -_CHARGE
        if total <= 0:
            total, start = 0, i + 1
        elif total > best:
            best, best_range = total, (start, i + 1)
    return best_range


def _headline(blocks: Sequence[_Block], first: int) -> int | None:
    """Return the index of the headline: the first line of some words above the body, or at its top."""
    for i, block in enumerate(blocks[:first]):
        if (
            4 <= block.words <= 35
            and not block.is_metadata
            and not block.bullet
            and "|" not in block.text
        ):
            return i
    if len(blocks) > 1 and first == 0 and _tops(blocks[0], blocks[1]):
        return 0
    return None


def _tops(one: _Block, following: _Block) -> bool:
    """Whether a first line that ends as a sentence is a headline all the same: short, over longer text."""
    return (
        3 <= one.words <= 20
        and "\n" not in one.text
        and not one.bullet
        and following.words > one.words
        and one.text[0] not in "\"“‘'"
    )


def _is_furniture(block: _Block) -> bool:
    """Whether a block within the body is a label, a template's leftover or metadata."""
    if block.is_metadata:
        return True
    label = block.words <= 7 and not block.ends and not block.text.endswith(",")
    shouting = block.words <= 4 and block.text.isupper()
    return (label and not block.bullet) or shouting


def _metadata(blocks: Sequence[_Block]) -> tuple[tuple[str, ...], str, str]:
    authors: tuple[str, ...] = ()
    published = url = ""
    for block in (b for b in blocks if b.words <= 20):
        authors = authors or find_authors(block.text)
        if block.is_metadata:
            published = published or find_date(block.text)
            url = url or find_url(block.text)
    return authors, published, url


def _publisher(blocks: Sequence[_Block], headline: int | None) -> str:
    """Return the name on the first line above the headline, "" where that line is a menu or a date."""
    if not headline:
        return ""
    top = blocks[0]
    if top.is_metadata or top.words > 5 or top.bullet or not top.text[0].isupper():
        return ""
    name = re.split(r"\s*[|•·]\s*|\.\s+|\s+[–—-]\s+", top.text)[0].strip(" .")
    return name if 0 < len(name) <= 60 else ""
