"""What stands on a page beside its story: consent boxes, paywalls, stories below, other pages.

All of it reads as running text, so that its shape alone is not enough; here its place in the page
and a few words do, before the body is looked for.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.articles.shapes import phrases

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORD = re.compile(r"[^\W_]+")
_PAGE_OF = re.compile(
    r"(?<!\s)\s*+(?:[|–—:·•(,-]\s*+)?"
    r"\(?\bpage\s+(?P<page>\d{1,3})\s+of\s+(?P<pages>\d{1,3})\)?\s*+(?P<site>[|–—·•-]\s[^|]{2,60})?$",
    re.IGNORECASE,
)
_WALL = re.compile(r"pay-?wall|reg-?wall|barrier|gateway", re.IGNORECASE)
_BLOCKS = ("div", "section", "aside", "dialog", "form", "article", "footer", "header", "p", "ul")
_HEADS = ("h1", "h2")
_SECTIONS = 4
"""Headlines side by side that are rather those of one text's sections."""
_LEAST = 25
"""Words that another story has at the least; fewer are a teaser, which its shape shows."""


def page_of(title: str) -> tuple[str, int, int]:
    """Return *title* without "Page 1 of 3", with these numbers, or 0 and 0."""
    found = _PAGE_OF.search(title)
    if found is None or not title[: found.start()].strip():
        return title, 0, 0
    site = f" {found['site']}" if found["site"] else ""
    return title[: found.start()] + site, int(found["page"]), int(found["pages"])


def leave_one_story(tree: "HtmlElement", title: str) -> str:
    """Take out of *tree* all that its story is not, and say what the reader should know of it.

    Args:
        tree: The page.
        title: What it says that its headline is.
    """
    said = [page for one in tree.iter("title", "h1") if (page := _pages(one))][:1]
    walled = False
    for element in [*_asides(tree)]:
        walled = walled or _WALL.search(_named(element)) is not None
        _drop(element)
    if walled:
        said.append("the rest may be behind a paywall")
    others = [*_others(tree, title)]
    if heads := sum(next(element.iter(*_HEADS), None) is not None for element in others):
        said.append(f"{heads} other {'story' if heads == 1 else 'stories'} on its page left out")
    for element in others:
        _drop(element)
    return ", ".join(said)


def _pages(element: "HtmlElement") -> str:
    _, page, pages = page_of(" ".join("".join(element.itertext()).split())[:300])
    return f"page {page} of {pages} alone" if pages > 1 else ""


def _asides(tree: "HtmlElement") -> "Iterator[HtmlElement]":
    """Yield boxes that ask for consent or for money, the outermost, if they are not the page."""
    whole = _count(tree)
    found: set[HtmlElement] = set()
    for element in tree.iter(*_BLOCKS):
        if any(above in found for above in element.iterancestors()):
            continue
        for table in ("consent", "paywall"):
            if phrases(table, "names").search(_named(element)):
                said = " ".join(element.itertext())[:20_000]
                if phrases(table, "holds").search(said) and _is_aside(
                    element, whole, 0.5 if table == "paywall" else 0.9
                ):
                    found.add(element)
                    yield element
                    break


def _is_aside(element: "HtmlElement", whole: int, most: float) -> bool:
    """Whether *element* holds no story: no headline of the page, and no more than *most* of it."""
    holds = next(element.iter("h1", "article", "main"), None)
    return (holds is None or holds is element) and _count(element) < most * whole


def _named(element: "HtmlElement") -> str:
    keys = ("id", "class", "role", "aria-label", "data-testid", "data-component", "aria-modal")
    said = " ".join(f"{key}={element.get(key)}" for key in keys if element.get(key))
    return f"{element.tag} {said}"


def _others(tree: "HtmlElement", title: str) -> "Iterator[HtmlElement]":
    """Yield what belongs to other stories than the one whose headline is *title*."""
    heads = [one for one in tree.iter(*_HEADS) if (_words(one) and _opens_story(one))]
    if len(heads) < 2:
        return
    wanted = set(_WORD.findall(title.lower()))
    main = max(heads, key=lambda one: (_likeness(_words(one), wanted), one.tag == "h1"))
    if not wanted or _likeness(_words(main), wanted) < 0.5:
        return
    around = {main, *main.iterancestors()}
    beside = Counter(one.getparent() for one in heads)
    for head in (one for one in heads if beside[one.getparent()] < _SECTIONS):
        if head is main or _words(head) == _words(main):
            continue
        if head.tag != "h1" and not _in_article(main):
            continue  # the items of a live blog, under its headline
        box = head
        while (above := box.getparent()) is not None and above not in around:
            if _before(head, above) > _LEAST:
                break  # a box within a text, and not the text, is another story
            box = above
        if box is head:  # no box of its own: all that follows, up to the next headline
            yield from _following(head, around)
        elif main not in box.iter() and _count(box) >= _LEAST:
            yield box


def _before(head: "HtmlElement", box: "HtmlElement") -> int:
    """Return how many words stand in *box* before *head*."""
    words, inside = 0, head
    while inside is not box and (above := inside.getparent()) is not None:
        words += len((above.text or "").split())
        words += sum(
            _count(one) + len((one.tail or "").split())
            for one in inside.itersiblings(preceding=True)
            if isinstance(one.tag, str)
        )
        inside = above
    return words


def _opens_story(head: "HtmlElement") -> bool:
    """Whether *head* is the headline of a story: a h1, or the first of an article's own."""
    if head.tag == "h1":
        return True
    for above in head.iterancestors():
        if above.tag == "article":
            first = next(above.iter("h1", "h2", "h3"), None)
            return first is head and next(above.iterancestors("article"), None) is None
    return False


def _in_article(head: "HtmlElement") -> bool:
    return next(head.iterancestors("article"), None) is not None


def _following(head: "HtmlElement", around: "set[HtmlElement]") -> "Iterator[HtmlElement]":
    if head.tag != "h1":
        return
    passed = [one for one in head.itersiblings() if isinstance(one.tag, str)]
    until = next((i for i, one in enumerate(passed) if one in around), len(passed))
    words = sum(_count(one) for one in passed[:until])
    if words >= _LEAST:
        yield from (head, *passed[:until])


def _likeness(words: set[str], wanted: set[str]) -> float:
    return len(words & wanted) / max(len(words | wanted), 1)


def _words(element: "HtmlElement") -> set[str]:
    return set(_WORD.findall(" ".join(element.itertext())[:500].lower()))


def _count(element: "HtmlElement") -> int:
    return sum(
        len((text or "").split())
        for one in element.iter()
        if isinstance(one.tag, str) and one.tag not in ("script", "style", "noscript", "template")
        for text in (one.text, one.tail if one is not element else "")
    )


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()
