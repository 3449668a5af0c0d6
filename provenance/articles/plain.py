"""Read a plain-text article: its headline, its body, and what is said of it around them."""

from dataclasses import dataclass

from provenance.articles.blocks import Block, cut_blocks
from provenance.articles.body import find_body, keep_body
from provenance.articles.bylines import find_signed
from provenance.articles.forms import read_forms, within
from provenance.articles.headers import (
    Header,
    find_headline,
    find_outlet,
    find_publisher,
    read_dateline,
    read_keys,
    read_lines,
    title_span,
)
from provenance.articles.shapes import META, NOTE, PROSE, RULE, classify, parted
from provenance.articles.ticker import read_ticker
from provenance.model import Entry, Span, Spans, Voice

_LEAD = 8
"""Words from which a line under the headline that does not end as a sentence opens the story."""
_SIGNING = 3
"""Blocks at the end in which whoever reported may be signed."""
_TRAIL = 12
"""Lines below the body in which a date of publication is looked for."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the shape of a plain text shows."""

    headline: Span | None = None
    title: str = ""
    paragraphs: Spans = ()
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    url: str = ""
    voices: tuple[Voice, ...] = ()
    entries: tuple[Entry, ...] = ()


def read_layout(text: str) -> Layout:
    """Return the headline, the body and the metadata of *text*."""
    blocks = [part for block in cut_blocks(text) for part in parted(block)]
    if not blocks:
        return Layout()
    ticker = read_ticker(blocks)
    blocks = ticker.cut(blocks)
    kinds = classify(blocks)
    forms = read_forms(blocks)
    kinds = ticker.marked(forms.marked(kinds))
    header = Header()
    keyed = read_keys(blocks, kinds, header)
    first, last = (ticker.first, len(blocks)) if ticker.entries else find_body(blocks, kinds)
    while first in keyed and first < last - 1:
        first += 1
    index = None
    if header.headline is None:
        index = find_headline(blocks, kinds, first, last, keyed, forms.spoken)
    title = _title(text, header)
    if index is not None:
        title, header.headline = title_span(blocks[index])
        header.publisher = header.publisher or find_publisher(blocks, index)
    kept = _body(blocks, kinds, first, last, index, keyed)
    _read_around(blocks, kinds, header, keyed, first, last, index)
    return Layout(
        headline=header.headline,
        title=title,
        paragraphs=tuple(blocks[i].span for i in kept),
        publisher=header.publisher,
        authors=header.authors,
        published=header.published,
        url=header.url,
        voices=within(forms.voices, [blocks[i].span for i in kept]),
        entries=ticker.entries,
    )


def _title(text: str, header: Header) -> str:
    span = header.headline
    return " ".join(text[span.start : span.end].split()) if span else ""


def _body(
    blocks: list[Block], kinds: list[str], first: int, last: int, index: int | None, keyed: set[int]
) -> list[int]:
    """Return the blocks of the body in order, and the lead above it."""
    start = first if index is None else max(first, index + 1)
    above = range(0 if index is None else index + 1, start)
    leads = [i for i in above if i not in keyed and _is_lead(blocks[i], kinds[i])]
    kept = leads + [i for i in keep_body(blocks, kinds, start, last) if i not in keyed]
    if kept:
        return kept
    # Nothing reads as running text: notes, a list, a poem. All of it, rather than nothing.
    return [i for i in range(len(blocks)) if i != index and i not in keyed and kinds[i] != RULE]


def _is_lead(block: Block, kind: str) -> bool:
    if kind in (META, NOTE, RULE):
        return False
    return block.words >= (4 if kind == PROSE or block.is_item else _LEAD)


def _read_around(
    blocks: list[Block],
    kinds: list[str],
    header: Header,
    keyed: set[int],
    first: int,
    last: int,
    index: int | None,
) -> None:
    """Fill *header* from the lines above the body, at its top, and below it."""
    start = first if index is None else max(first, index + 1)
    lines = [i for i in range(min(start + 4, last)) if kinds[i] == META and i not in keyed]
    read_lines((blocks[i] for i in lines), header)
    head = next((i for i in range(start, last) if kinds[i] == PROSE), start)
    above = sorted({*lines, *range(head)} - {*keyed, index})
    header.publisher = header.publisher or find_outlet([blocks[i] for i in above])
    read_dateline(blocks[head].text, header)
    below = [i for i in range(last, min(last + _TRAIL, len(blocks))) if kinds[i] == META]
    read_lines((blocks[i] for i in below), header, named=True)
    for block in blocks[-_SIGNING:] if not header.authors else ():
        header.authors = header.authors or find_signed(block.text)
