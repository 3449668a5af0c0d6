"""The entries of a live blog, which a page shows one below the other, each with time and author.

In the page's elements each entry's first paragraph is marked, as `provenance.articles.embeds` does
with other forms, and its time and byline are taken out: they are of the entry, and no sentences.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.articles.bylines import find_authors
from provenance.articles.dates import find_date
from provenance.articles.embeds import live_mark
from provenance.articles.pagemeta import BYLINE, ELSEWHERE, linked_data, names_of, read_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LIVE = re.compile(
    r"live-?blog|liveblogposting|live-?(?:updates?|ticker|coverage|report|feed)|minute by minute|"
    r"as it happened|\blive\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"(?:^|[\s_-])(?:block|entry|post|update|moment|event|item|card|liveblogupdate|blogposting)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?(?P<zone>GMT|UTC|Z|CET|CEST|EET|EEST|EDT|EST|CDT|PDT|PST)\b)?",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?:^|[\s_-])(?:time|timestamp|date|clock)(?:$|[\s_-])", re.IGNORECASE)
_NOTED = ("data-timestamp", "data-published", "data-time", "data-date", "data-datetime")
"""Where a page's programs keep the time of an entry."""
_HEADS = ("h1", "h2", "h3", "h4", "h5")
_LEAST = 6
"""Words of an entry; fewer are a line of a list of them."""
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """An entry's title, authors and time, empty where it has none."""

    title: str
    authors: tuple[str, ...]
    published: str


def mark_entries(tree: "HtmlElement", published: str) -> list[Found]:
    """Mark the first paragraph of each entry in *tree*, and return what is said of each, in order.

    Args:
        tree: The page.
        published: When it was; the day of entries that only have a clock.
    """
    if not _is_live(tree):
        return []
    boxes = _boxes(tree)
    if len(boxes) < 2:
        return []
    told = _updates(tree)
    found: list[Found] = []
    for box in boxes:
        first = _first(box)
        if first is None:
            continue
        one = _entry(box, told, published)
        first.text = live_mark(len(found)) + (first.text or "")
        found.append(one)
    return found


def _is_live(tree: "HtmlElement") -> bool:
    """Whether the page says that it is a live blog, in its title, names or data."""
    for element in tree.iter("title", "h1"):
        if _LIVE.search(_words(element)):
            return True
    for element in tree.iter("main", "article", "section", "div", "body", "html"):
        said = " ".join(element.get(key) or "" for key in ("class", "id", "itemtype"))
        if re.search(r"live-?blog", said, re.IGNORECASE):
            return True
    return any("LiveBlogPosting" in str(one.get("@type")) for one in linked_data(tree))


def _boxes(tree: "HtmlElement") -> "list[HtmlElement]":
    """Return the elements that hold an entry each, those of the commonest kind."""
    found: dict[HtmlElement, None] = {}
    for stamp in [*_stamps(tree)][:_MOST]:
        box = _box(stamp)
        if box is not None:
            found[box] = None
    outer = {above for box in found for above in box.iterancestors()}
    boxes = [box for box in found if box not in outer and len(_words(box).split()) >= _LEAST]
    kinds = Counter(map(_kind, boxes))
    best = max(kinds, key=lambda kind: kinds[kind], default=None)
    return [box for box in boxes if _kind(box) == best]


def _kind(box: "HtmlElement") -> tuple[str, str]:
    return str(box.tag), next(iter((box.get("class") or "").split()), "")


def _stamps(tree: "HtmlElement") -> "Iterator[HtmlElement]":
    """Yield the elements that give a time, outside of what stands beside the story."""
    for element in tree.iter("time", "span", "p", "div", "a"):
        classed = element.tag == "time" or _STAMP.search(element.get("class") or "")
        if not classed or len(_words(element)) > 60:
            continue
        timed = element.get("datetime") or _CLOCK.search(_words(element))
        aside = any(
            above.tag in ("nav", "aside", "footer") or ELSEWHERE.search(above.get("class") or "")
            for above in element.iterancestors()
        )
        if timed and not aside:
            yield element


def _box(stamp: "HtmlElement") -> "HtmlElement | None":
    """Return what holds the entry of *stamp*: what is called so, or all up to the next one."""
    best: HtmlElement | None = None
    for above in stamp.iterancestors():
        if above.tag in ("body", "main", "html"):
            break
        said = f"{above.get('class') or ''} {above.get('id') or ''} {above.get('itemtype') or ''}"
        whole = len(_words(above).split()) >= _LEAST
        if whole and (above.tag in ("article", "li") or _ENTRY.search(said.replace("/", " "))):
            return above
        if sum(1 for _ in above.iter("time")) > 1 or next(above.iter("h1"), None) is not None:
            break
        best = above if whole else best
    return best


def _first(box: "HtmlElement") -> "HtmlElement | None":
    """Return the first paragraph of *box* that is no time and no byline; its title, if it has one.

    The title becomes a paragraph, since what is left of a page may have no headings.
    """
    for element in box.iter(*_HEADS, "p", "blockquote", "li"):
        if element is box or _is_aside(element) or not _words(element):
            continue
        if element.tag in _HEADS:
            title = _words(element)
            for child in list(element):
                element.remove(child)
            element.tag, element.text = "p", title
        return element
    return box if (box.text or "").strip() else None


def _is_aside(element: "HtmlElement") -> bool:
    words = _words(element)
    classed = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    short = len(words.split()) <= 12
    return short and (
        BYLINE.search(classed) is not None
        or _STAMP.search(classed) is not None
        or element.tag == "time"
        or bool(find_authors(words))
        or _CLOCK.fullmatch(words) is not None
    )


def _entry(box: "HtmlElement", told: "Sequence[dict[str, Any]]", published: str) -> Found:
    """Return what *box* says of its entry, and take its time and byline out."""
    heads = [e for e in box.iter("p", *_HEADS) if not _is_aside(e)]
    title = _words(heads[0]) if heads and not _ends(_words(heads[0])) else ""
    stamps = [e for e in _stamps(box) if e is not box]
    noted = (read_date(e.get(key) or "") for e in (box, *stamps) for key in _NOTED)
    date = next(filter(None, noted), "") or next(
        (d for e in stamps if (d := _date(e, published))), ""
    )
    asides = [e for e in box.iter("p", "div", "span", "address", "a", "header") if _is_aside(e)]
    authors: tuple[str, ...] = ()
    for one in asides:
        words = _words(one)
        authors = authors or find_authors(words) or _named(one, words)
    also = next((t for t in told if _is_of(t, title, date, box)), {})
    for one in [*stamps, *asides]:
        if one.getparent() is not None:
            one.drop_tree()
    return Found(
        title=title,
        authors=authors or names_of(also.get("author")),
        published=date or read_date(also.get("datePublished")),
    )


def _named(element: "HtmlElement", words: str) -> tuple[str, ...]:
    classed = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return find_authors(f"By {words}") if BYLINE.search(classed) else ()


def _ends(words: str) -> bool:
    return words[-1:] in ".!…" or len(words.split()) > 20


def _date(element: "HtmlElement", published: str) -> str:
    """Return the time of *element*: its own, or its clock's on the day of *published*."""
    if date := read_date(element.get("datetime") or "") or find_date(_words(element)):
        return date
    clock = _CLOCK.search(_words(element))
    if clock is None or len(published) < 10:
        return ""
    zone = clock["zone"] or published[10:].lstrip("T0123456789:.")
    half = f" {clock['half']}m" if clock["half"] else ""
    return find_date(f"{published[:10]} {clock['hour']}:{clock['minute']}{half} {zone}")


def _updates(tree: "HtmlElement") -> list[dict[str, Any]]:
    """Return the entries that the page's data have."""
    for one in linked_data(tree):
        updates = one.get("liveBlogUpdate")
        if isinstance(updates, list):
            return [update for update in updates if isinstance(update, dict)]
    return []


def _is_of(told: "dict[str, Any]", title: str, date: str, box: "HtmlElement") -> bool:
    """Whether *told* is the data of the entry in *box*."""
    if title and told.get("headline") == title:
        return True
    body = told.get("articleBody")
    words = _words(box)
    if isinstance(body, str) and body.strip() and " ".join(body.split())[:60] in words:
        return True
    return bool(date) and read_date(told.get("datePublished")) == date


def _words(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())
