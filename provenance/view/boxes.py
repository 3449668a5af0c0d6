"""How large each source is drawn, and with which words: names as the short lines that fit in."""

import re
import unicodedata
from dataclasses import dataclass

from provenance.model import Source

WRAP = 22
"""Cells in a line; a wide character (Chinese, emoji) takes two."""

_WIDTHS = (
    dict.fromkeys("mMWw@%&—…", 13.2)
    | dict.fromkeys("iljI|'.,:;!", 4.4)
    | dict.fromkeys("ftr()[]/-·", 5.6)
    | dict.fromkeys(" ", 4.4)
    | dict.fromkeys("sczxkvy", 7.6)
)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return *text* on one line, without control and bidirectional marks or lone surrogates."""
    plain = _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))
    return " ".join(plain.split())


def cells(text: str) -> int:
    """Return how many cells *text* takes when every wide character counts as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def extent(text: str) -> float:
    """Return about how many pixels *text* takes at the size of the labels, in a wide sans serif."""
    return sum(_WIDTHS.get(char, _extent(char)) for char in text)


def _extent(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 15.0
    return 9.4 if char.isupper() or char.isdigit() else 8.4


def wrap(text: str, width: int = WRAP, lines: int = 3) -> tuple[str, ...]:
    """Return *text* in at most *lines* lines of *width* cells, cut short with an ellipsis."""
    rows: list[str] = []
    for word in clean(text[: 4 * width * lines]).split():
        pieces = _split(word, width)
        if rows and cells(rows[-1]) + 1 + cells(pieces[0]) <= width:
            rows[-1] += " " + pieces.pop(0)
        rows.extend(pieces)
    if len(rows) > lines:
        rows[lines - 1 :] = [_shorten(rows[lines - 1], width)]
    return tuple(rows) or ("(no name)",)


def _split(word: str, width: int) -> list[str]:
    """Return *word* in pieces that each fit into a line."""
    pieces = [""]
    for char in word:
        if cells(pieces[-1]) + cells(char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _shorten(row: str, width: int) -> str:
    while cells(row) >= width:
        row = row[:-1]
    return row.rstrip(" ,;:–—-") + "…"


LINE = 17.0
ICON = 26.0
PADDING = 12.0
MARK = 20.0
"""Room beside a box for the mark of a gap."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a box needs.

    Attributes:
        lines: Of its label.
        note: The small line below them, or "".
        before, after: Whether a gap is marked at its left, at its right.
    """

    width: float
    height: float
    lines: tuple[str, ...]
    note: str = ""
    before: bool = False
    after: bool = False

    @property
    def footprint(self) -> float:
        """Width together with the marks of gaps, which stand evenly at both sides."""
        return self.width + (2 * MARK if self.before or self.after else 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A source or the article at its place; *x* and *y* are the middle."""

    id: str
    x: float
    y: float
    size: Size

    @property
    def left(self) -> float:
        """Where the box itself begins."""
        return self.x - self.size.width / 2

    @property
    def right(self) -> float:
        """Where the box itself ends."""
        return self.x + self.size.width / 2


def chain_size(source: Source, *, before: bool, after: bool) -> Size:
    """Return the size of *source* within a chain: up to three lines and its type below."""
    lines = wrap(source.name)
    note = source.type.value.replace("_", " ")
    width = max(max(map(extent, lines)), 6.2 * len(note)) + ICON + PADDING
    return Size(max(width, 96.0), LINE * len(lines) + 25, lines, note, before, after)


def compact_size(source: Source, *, before: bool, after: bool) -> Size:
    """Return the size of *source* where there are many: up to two lines, no type."""
    lines = wrap(source.name, lines=2)
    width = max(map(extent, lines)) + ICON + PADDING
    return Size(max(width, 72.0), LINE * len(lines) + 10, lines, "", before, after)
