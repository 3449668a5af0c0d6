"""The date that a page shows of its story, beside what it says of itself to programs."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from provenance.articles.dates import find_published

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST = re.compile(r"\b(?:written|published|posted|created|issued)\b", re.IGNORECASE)
_LATER = re.compile(r"(?:last )?(?:updated|modified|edited|changed)\b", re.IGNORECASE)
_BLOCKS = ("p", "div", "li", "section", "h1", "h2", "h3")
_CALLED = re.compile(r"(?:^|[\s_-])(?:date|time|timestamp|meta|byline)(?:$|[\s_-])", re.I)
_BELOW = 200
"""Elements below a headline among which its date is looked for."""
_SENTENCE, _PROSE = 6, 20
"""Words of a sentence with which the text begins, and of what is too long for a date's line."""
_ASIDE = ("aside", "blockquote", "footer", "nav")
_BESIDE = re.compile(r"comment|repl(?:y|ies)|related|sidebar|widget|trending|teaser", re.IGNORECASE)


def shown_date(tree: "HtmlElement") -> str:
    """Return the date that a page shows of its story, "" if it shows none.

    It stands between headline and text, or in an element called so and says what it is.
    """
    head = next(tree.iter("h1"), None)
    return (_below(head) if head is not None else "") or _labelled(tree)


def _below(head: "HtmlElement") -> str:
    """Return the date between *head* and the text."""
    below = islice(_after(head), _BELOW)
    for element in below:
        if element.tag == "blockquote":
            break
        if any(e.tag in _BLOCKS for e in element.iterdescendants()):
            continue
        words = " ".join(element.text_content()[:300].split())
        told = element.tag == "p" and words.endswith((".", "”", '"')) and not find_published(words)
        if told and len(words.split()) >= _SENTENCE:
            break
        if len(words.split()) > _PROSE:
            continue
        first = _FIRST.search(words)
        if (not _LATER.match(words) or first) and (date := find_published(words)):
            return date
    return ""


def _after(head: "HtmlElement") -> "Iterator[HtmlElement]":
    """Yield the elements behind *head* in the order of the page."""
    tree = head.getroottree().getroot()
    passed = False
    for element in tree.iter():
        if element is head:
            passed = True
        elif passed and isinstance(element.tag, str) and element.tag not in ("script", "style"):
            yield element


def _labelled(tree: "HtmlElement") -> str:
    """Return the first date that an element by its class gives as that of publication."""
    for element in tree.iter("p", "span", "div", "time", "em", "small"):
        if not _CALLED.search(element.get("class") or "") or any(
            one.tag in _ASIDE or _BESIDE.search(one.get("class") or "")
            for one in element.iterancestors()
        ):
            continue
        words = " ".join(element.text_content()[:300].split())
        known = _FIRST.search(words) and len(words.split()) <= _PROSE
        if known and (date := find_published(words)):
            return date
    return ""


def is_spelt(day: str, source: str) -> bool:
    """Whether *source* has *day* in a form that can mean no other: no 02/07/2018."""
    year, month, number = day.split("-")
    name = f"{_MONTHS[int(month) - 1]}[a-z]{{0,6}}\\.?"
    plain = f"0?{int(number)}(?:st|nd|rd|th)?"
    return (
        re.search(
            rf"{year}[-/.]?{month}[-/.]?{number}(?!\d)|\b{name} {plain},? {year}\b"
            rf"|\b{plain} (?:of )?{name},? {year}\b",
            source,
            re.IGNORECASE,
        )
        is not None
    )
