"""Cut a text into blocks: paragraphs, list items and lines, wherever their lines were broken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from provenance.model import Span

# All that ends a line for the eye; offsets count code points, so nothing is replaced.
_LINE = re.compile(r"[^\n\v\f\x85\u2028\u2029]+")
_BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\xad"
)
"""White space, and what takes no space at all."""
_BULLET = re.compile(
    r"(?:[•◦‣⁃▪▫■●○►▶]|[*·–-](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-z][.)](?=\s))[\s\u200b]*"
)
_HEADING = re.compile(r"#{1,6}\s+|(?:>\s?)+")
_ENDS = re.compile(
    r"(?:[.!?…:;]|[,.!?…—–-](?=[\"”’»]))(?:[\"'”’»)\]*_]|\s?\[[^\[\]]{1,60}\]\.?){0,40}$"
)
_CREDIT = re.compile(r"\s(?:[a-z]{2,4}/(?:[a-z]{2,4})?[\s-]{0,3})?\([A-Z][^()]{1,40}\)[\s-]{0,4}$")
"""Who wrote it and whose it is, behind the last sentence: "uhe/kd (AFP, dpa)"."""
_QUOTED = re.compile(r"[\"“„«]|''|``")
_TAIL, _CREDITED = 40, 60
"""Characters in which a sentence ends, and in which its credit stands."""
_SET_IN = 4
"""Lines that are set in, and go on, from which the room for them is known."""
_WIDEST, _NARROWEST = 120, 40
"""Columns between which text is wrapped by hand or by a program."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph's worth of lines.

    Attributes:
        span: Where it stands, without indentation and the mark of a list item or heading.
        text: The words there.
        mark: That mark, as it stands before it.
        words: How many.
        ends: Whether it ends as a sentence does.
    """

    span: Span
    text: str
    mark: str
    words: int
    ends: bool

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return bool(self.mark) and self.mark[0] not in "#>"

    @property
    def is_heading(self) -> bool:
        """Whether it is marked as a heading."""
        return self.mark.startswith("#")

    @property
    def is_quoted(self) -> bool:
        """Whether it begins with a quotation mark."""
        return _QUOTED.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_blank: bool
    mark: str


def cut_blocks(text: str) -> list[Block]:
    """Return the blocks of *text* in order; together they hold all that is not blank."""
    lines = list(_lines(text))
    out = []
    for first, last in _joined(text, lines):
        start = lines[first].start + len(lines[first].mark)
        words = text[start : lines[last].end]
        if words:
            mark = lines[first].mark.strip()
            span = Span(start, lines[last].end)
            out.append(Block(span, words, mark, len(words.split()), ends_sentence(words)))
    return out


def ends_sentence(words: str) -> bool:
    """Whether *words* end as a sentence does, rather than as a headline or a label."""
    credit = _CREDIT.search(words[-_CREDITED:])
    tail = words[: -len(credit[0])][-_TAIL:] if credit else words[-_TAIL:]
    return _ENDS.search(tail) is not None or (
        tail.endswith(('"', "”", "»", "''")) and _QUOTED.match(words) is not None
    )


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that are not blank."""
    reached = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = raw.strip(_BLANK)
        if not bare:
            continue
        left = len(raw) - len(raw.lstrip(_BLANK))
        start = match.start() + left
        # One line end lies between neighbours; a blank line is two, or one and blanks.
        blank = text.count("\n", reached, start) != 1 if reached else True
        mark = _BULLET.match(bare) or _HEADING.match(bare)
        yield _Line(start, start + len(bare), left, blank, mark.group() if mark else "")
        reached = start + len(bare)


def _joined(text: str, lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each block."""
    width = _width(text, lines)
    within = _width_set_in(lines, width)
    first = 0
    for i in range(1, len(lines)):
        one, following = lines[i - 1], lines[i]
        room = within if one.indent and following.indent else width
        if width and _continues(text, one, following, lines[first], room):
            continue
        yield first, i - 1
        first = i
    if lines:
        yield first, len(lines) - 1


def _width(text: str, lines: Sequence[_Line]) -> int:
    """Return the column at which the lines are wrapped, 0 where they are not.

    A break is forced where the next line's first word would have gone beyond that column. In
    wrapped text most breaks are, and sentences go on after them; in text with a
    paragraph, an item or a headline on each line they do not.
    """
    inner = [
        (a, b)
        for a, b in pairwise(lines)
        if not (b.after_blank or (b.mark and not b.mark.startswith(">")))
    ]
    whole = _in_sentences(text, lines)
    if len(inner) < 2:
        return 0
    width = sorted(a.indent + a.end - a.start for a, _ in inner)[len(inner) * 95 // 100]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    forced = [(a, b) for a, b in inner if _is_forced(text, a, b, width)]
    going_on = sum(
        text[b.start].islower() or (b.start in whole and not _ends(text, a)) for a, b in forced
    )
    cut = len(forced) >= 2 and 10 * len(forced) >= 4 * len(inner)
    return width if cut and 2 * going_on >= len(forced) else 0


def _width_set_in(lines: Sequence[_Line], width: int) -> int:
    """Return the column at which lines that are set in are wrapped.

    How far they are set in is one blank in what is read, however many there were.
    """
    sizes = sorted(
        a.indent + a.end - a.start
        for a, b in pairwise(lines)
        if a.indent and b.indent and not (b.after_blank or b.mark)
    )
    if len(sizes) < _SET_IN:
        return width
    found = sizes[len(sizes) * 95 // 100]
    return found if 4 * found >= 3 * width else width


def _in_sentences(text: str, lines: Sequence[_Line]) -> set[int]:
    """Return where the lines start that stand in a run of lines which ends as a sentence does."""
    out: set[int] = set()
    ends = False
    for line, following in zip(reversed(lines), (None, *reversed(lines)), strict=False):
        if following is None or following.after_blank or following.mark:
            ends = _ends(text, line)
        if ends:
            out.add(line.start)
    return out


def _ends(text: str, line: _Line) -> bool:
    return ends_sentence(text[line.start : line.end])


def _is_forced(text: str, one: _Line, following: _Line, width: int) -> bool:
    word = text[following.start : following.start + width].split(maxsplit=1)[0]
    if text[one.end - 1] == "-" and text[one.end - 2].isalpha() and word[0].isalpha():
        return True  # a word cut at the line's end
    return one.indent + one.end - one.start + 1 + len(word) > width


def _continues(text: str, one: _Line, following: _Line, first: _Line, width: int) -> bool:
    """Whether *following* goes on with the block that began at *first* and reached *one*."""
    quoted = following.mark.startswith(">") and following.mark.strip() == first.mark.strip()
    if following.after_blank or (following.mark and not quoted):
        return False
    if first.indent < one.indent == following.indent and not first.mark:
        return True  # it hangs: a new paragraph would begin further left
    forced, ended = _is_forced(text, one, following, width), _ends(text, one)
    if following.indent > one.indent and not first.mark and (ended or not forced):
        return False  # a new paragraph, set in
    return forced or (text[following.start].islower() and not ended)
