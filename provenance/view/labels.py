"""Names as the short lines that fit into a box, and how much room they take."""

import re
import unicodedata

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
