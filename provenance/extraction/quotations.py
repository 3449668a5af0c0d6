"""Find quotations: typographic, typewriter and doubled apostrophes, paragraph by paragraph.

A mark opens or closes by what stands beside it, so that a stray one spoils no more than
its own quotation. A quotation left open at a paragraph's end goes on in the next if that one opens
with a mark again, as newspapers print them.
"""

import re
from dataclasses import dataclass

from provenance.model import Span

_MARK = re.compile(r"[“”„«»\"]|''|``|(?<!\w)‘(?=\w)|(?<=[\w.,!?…])’(?=[\s—.,;:)]|$)(?!\s*s\b)")
_ELIDED = re.compile(r"(?:bout|cause|em|til|tis|twas|twere)\b", re.IGNORECASE)
_OPENING = set("“„«‘") | {"``"}
_CLOSING = set("”»’")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks; *span* holds the marks, *inner* does not.

    *single* says that the marks were single; *open* that no closing mark was found.
    """

    span: Span
    inner: Span
    single: bool = False
    open: bool = False


def find_quotations(text: str, paragraph: Span) -> tuple[Quotation, ...]:
    """Return the outermost quotations of *paragraph* in order."""
    found: list[Quotation] = []
    start: re.Match[str] | None = None
    for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
        if start is None:
            if _opens(text, mark, paragraph):
                start = mark
        elif _pairs(start, mark) and _closes(text, mark, paragraph):
            found.append(_quotation(start, mark.start(), mark.end()))
            start = None
    if start is not None and (start.group() != "‘" or _begins(text, start, paragraph)):
        rest = text[start.end() : paragraph.end]
        if len(rest.split()) > 3:
            found.append(_quotation(start, paragraph.end, paragraph.end, open_=True))
    return tuple(found)


def _begins(text: str, mark: re.Match[str], within: Span) -> bool:
    """Whether a single mark begins a sentence, and does not stand for letters: "‘Tis", "‘90s"."""
    before = text[within.start : mark.start()].rstrip()
    after = text[mark.end() : mark.end() + 6]
    return after[:1].isupper() and not _ELIDED.match(after) and before[-1:] in {"", *".!?:,’"}


def _quotation(start: re.Match[str], inner_end: int, end: int, open_: bool = False) -> Quotation:
    span, inner = Span(start.start(), end), Span(start.end(), max(start.end(), inner_end))
    return Quotation(span, inner, start.group() == "‘", open_)


def _pairs(start: re.Match[str], mark: re.Match[str]) -> bool:
    """Whether *mark* is of the kind that may close what *start* opened."""
    return (start.group() == "‘") == (mark.group() == "’")


def _opens(text: str, mark: re.Match[str], within: Span) -> bool:
    if mark.group() in _OPENING:
        return True
    if mark.group() in _CLOSING:
        return False
    before = text[mark.start() - 1] if mark.start() > within.start else " "
    after = text[mark.end()] if mark.end() < within.end else " "
    return not after.isspace() and (before.isspace() or before in "([{-—–/:‘'")


def _closes(text: str, mark: re.Match[str], within: Span) -> bool:
    if mark.group() in _CLOSING:
        return True
    if mark.group() in _OPENING:
        return False
    after = text[mark.end()] if mark.end() < within.end else " "
    return not after.isalnum()
