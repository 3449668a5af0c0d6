"""What a web page says of itself: JSON-LD, meta elements, canonical address, byline."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from provenance.articles.bylines import find_authors
from provenance.articles.dates import find_date, local_moment
from provenance.articles.pagedates import is_spelt, shown_date
from provenance.articles.parts import page_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 300
"""Characters of one thing that a page says of itself."""
_ARTICLE = re.compile(r"(?:article|posting|report)$", re.IGNORECASE)
_SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>]+)"
)
_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
)
_NAMES = {
    "title": ("og:title", "twitter:title", "citation_title", "dc.title", "headline"),
    "publisher": ("og:site_name", "citation_journal_title", "dc.publisher", "application-name"),
    "author": (
        "author",
        "article:author",
        "parsely-author",
        "dc.creator",
        "byl",
        "sailthru.author",
    ),
    "url": ("og:url",),
}
_VALUE = re.compile(rf'[^"\n]{{{_LONGEST},}}+')
_PATH_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:[/-](?P<month>[01]?\d|[a-z]{3,9})[/-](?P<day>[0-3]?\d)"
    r"|(?P<month2>[01]\d)(?P<day2>[0-3]\d))(?:/|-|$)",
    re.IGNORECASE,
)
_PATH_MONTH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])/")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d:?\d\d)?)?")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
"""Since 1970, or thousandths of them."""
BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|authors?|contributors?|writers?)(?:$|[\s_-]|name)", re.I
)
ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|respond|repl(?:y|ies)|related|recommend\w*|sidebar|"
    r"widget|most-read|trending|teasers?)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes of what stands on a page beside its story."""
_NEAR = 3
_MOST = 20
"""Elements of a page that may name its authors."""
_TOP = 5000
"""Characters from the top in which a browser notes where it saved a page from."""
# The date it finds is a guess and comes last; so its search is short, and looks at no clock.
_DATE_SEARCH = {
    "extensive_search": False,
    "original_date": True,
    "outputformat": "%Y-%m-%d",
    "min_date": "1990-01-01",
    "max_date": "2199-12-31",
}


@dataclass(slots=True)
class PageMeta:
    """The metadata of a page, empty where it says nothing.

    Attributes:
        guessed: The day of its publication by whatever day its markup names, else the month by its
            address.
    """

    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    url: str = ""
    language: str = ""
    lacks: str = ""
    guessed: str = ""


def read_meta(tree: "HtmlElement", source: str) -> PageMeta:
    """Return what the page *tree* says of itself.

    JSON-LD comes first, then meta elements, then what trafilatura finds in the page itself.
    """
    data = next(linked_data(tree), {})
    named = _named(tree)
    found = _found(tree)
    saved = _SAVED.search(source, 0, _TOP)
    meta = PageMeta(
        title=_text(data.get("headline")) or _first(named, _NAMES["title"]) or _line(found.title),
        publisher=_text(data.get("publisher")) or _first(named, _NAMES["publisher"]),
        published=local_moment(_moment(data.get("datePublished"), tree, named), source),
        url=_canonical(tree) or _first(named, _NAMES["url"]) or _text(data.get("url")),
        language=(tree.get("lang") or "")[:3].split("-")[0].lower(),
    )
    if not meta.publisher and "." not in (found.sitename or "."):
        meta.publisher = _line(found.sitename)
    meta.publisher = meta.publisher or _site(tree, meta.title)
    meta.authors = _writers(tree, data, named, meta.publisher)
    meta.authors = meta.authors or _likely((found.author or "").split(";"))
    if not meta.url.startswith(("http://", "https://")):
        meta.url = saved[1] if saved else _line(found.url)
    if not meta.published and (day := _PATH_DAY.search(meta.url)):
        meta.published = find_date(_spelt(day))
    guess = shown_date(tree) or find_date(_line(found.date))
    month = _PATH_MONTH.search(meta.url)
    meta.guessed = guess if guess and is_spelt(guess[:10], source) else ""
    meta.guessed = meta.guessed or (f"{month['year']}-{month['month']}" if month else "")
    meta.title = _without_site(meta.title, meta.publisher)
    meta.title = page_of(meta.title)[0]
    return meta


def _writers(
    tree: "HtmlElement", data: dict[str, Any], named: dict[str, str], site: str
) -> tuple[str, ...]:
    """Return who wrote the page by its *data*, bylines and meta elements, but for its *site*.

    Whom the data only refer to is rather who put it there than whom a byline names.
    """
    here = _bylines(tree)
    said = names_of(data.get("author"))
    said = said or (() if here else names_of(_referred(data.get("author"), tree)))
    said = said or _authors(_first(named, _NAMES["author"]))
    said = tuple(name for name in said if name.casefold() != site.casefold())
    fewer = len(said) == 1 and said[0] in here
    return here if here and (fewer or not said) else said


def linked_data(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    """Yield what JSON-LD says of articles, the page's own first."""
    for one in _linked(tree):
        types = one.get("@type")
        types = types if isinstance(types, list) else [types]
        if any(isinstance(t, str) and _ARTICLE.search(t) for t in types):
            yield one


def _referred(value: Any, tree: "HtmlElement") -> Any:
    """Return the authors in *value*, in place of those that it only refers to by "@id"."""
    listed = value if isinstance(value, list) else [value]
    wanted = [one.get("@id") for one in listed if isinstance(one, dict) and "name" not in one]
    if not any(isinstance(one, str) for one in wanted):
        return value
    known = {str(one["@id"]): one for one in _linked(tree) if "@id" in one and "name" in one}
    return [known.get(str(one.get("@id")), one) if isinstance(one, dict) else one for one in listed]


def _linked(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    """Yield the things that the page's JSON-LD describes, each before those within it."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = deque([data])
        while waiting:
            one = waiting.popleft()
            if isinstance(one, list):
                waiting.extendleft(reversed(one))
            elif isinstance(one, dict):
                yield one
                waiting.extend(one[key] for key in ("@graph", "mainEntity") if key in one)


def _named(tree: "HtmlElement") -> dict[str, str]:
    """Return the first content of each meta element by its name, in lower case."""
    out: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = _line(element.get("content"))
        if key and value:
            out.setdefault(key.lower(), value)
    return out


def _found(tree: "HtmlElement") -> Any:
    from copy import deepcopy

    from trafilatura.metadata import extract_metadata

    copy = deepcopy(tree)
    for element in copy.iter("meta"):  # its expressions take time by the square of a value's length
        for name in ("content", "value", "datetime"):
            if len(value := element.get(name) or "") > _LONGEST:
                element.set(name, value[:_LONGEST])
    for element in copy.iter("script"):
        element.text = _VALUE.sub(lambda long: long[0][:_LONGEST], element.text or "")
    return extract_metadata(copy, date_config=dict(_DATE_SEARCH))


def _moment(said: Any, tree: "HtmlElement", named: dict[str, str]) -> str:
    """Return when the page was published: what JSON-LD has *said* of it, or the page itself.

    Where one gives the day, and another the time of that day, the time counts.
    """
    found = [date for one in (said, *_dates(tree, named)) if (date := read_date(one))]
    timed = (date for date in found if "T" in date and date.startswith(found[0]))
    return next(timed, found[0]) if found else ""


def _dates(tree: "HtmlElement", named: dict[str, str]) -> Iterator[str]:
    yield from (named[key] for key in _DATES if key in named)
    for element in tree.iter("time"):
        said = (element.get("itemprop") or "") + " " + (element.get("class") or "")
        if not re.search("modif|updat", said, re.IGNORECASE):
            yield element.get("datetime") or ""


def read_date(value: Any) -> str:
    """Return the date that a program wrote: also without marks, and as seconds since 1970."""
    text = str(value) if isinstance(value, int | float) else _text(value)
    if _SECONDS.fullmatch(text):
        whole = text.partition(".")[0]
        seconds = int(whole) // (1000 if len(whole) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        text = f"{year}-{month}-{day}"
        text += f"T{hour}:{minute}:{second}{zone or ''}" if hour else ""
    return find_date(text)


def _spelt(day: re.Match[str]) -> str:
    """Return a day in an address as it is read: "2021/apr/25"."""
    month, number = day["month"] or day["month2"], day["day"] or day["day2"]
    if month.isalpha():
        return f"{number} {month} {day['year']}"
    return f"{day['year']}-{int(month):02}-{int(number):02}"


def _bylines(tree: "HtmlElement") -> tuple[str, ...]:
    """Return whom elements of the page name as its authors, by their relation or class."""
    related = [e for e in tree.iter("a", "span", "address") if "author" in (e.get("rel") or "")]
    classed = [
        e
        for e in tree.iter("p", "div", "span", "address", "li", "a", "section")
        if BYLINE.search(f"{e.get('class') or ''}") or e.get("itemprop") == "author"
    ]
    for elements in (related, classed):
        if names := _beside(e for e in elements if len(e) < _MOST):
            return names
    return ()


def _beside(elements: "Iterable[HtmlElement]") -> tuple[str, ...]:
    """Return whom the first of *elements* that names somebody names, and those next to it.

    Further ones are of other stories and of comments.
    """
    names: list[str] = []
    around: HtmlElement | None = None
    for element in islice(elements, _MOST):
        near = [element, *islice(element.iterancestors(), _NEAR)]
        if around is not None and around not in near:
            continue
        if any(ELSEWHERE.search(_keys(e)) for e in element.iterancestors()):
            continue
        line = _line(element.text_content())
        if found := find_authors(line) or find_authors(f"By {line}"):
            names += found
            around = around if around is not None else near[-1]
    return tuple(dict.fromkeys(names))


def _keys(element: "HtmlElement") -> str:
    return (
        f"{element.get('class') or ''} {element.get('id') or ''}" if element.tag != "body" else ""
    )


def _canonical(tree: "HtmlElement") -> str:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            url = _line(element.get("href"))
            if url.startswith(("http://", "https://")):
                return url
    return ""


def names_of(value: Any) -> tuple[str, ...]:
    """Return the people in what JSON-LD has for an author, or several."""
    listed = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(name for one in listed for name in _authors(_text(one))))


def _authors(said: str) -> tuple[str, ...]:
    """Return the names in *said*, which may be a byline, and may be an address that is no name."""
    if not said or re.match(r"https?:|@|www\.", said):
        return ()
    bare = re.sub(r"^by\s+", "", said, flags=re.IGNORECASE)
    return find_authors(f"By {bare}") or ((bare,) if bare[:1].isupper() else ())


def _likely(names: list[str]) -> tuple[str, ...]:
    """Return those of *names* that people have, all of them if none is such."""
    lines = [line for line in map(_line, names) if line]
    people = [name for line in lines for name in find_authors(f"By {line}")]
    return tuple(dict.fromkeys(people or lines))


def _site(tree: "HtmlElement", title: str) -> str:
    """Return the name that the page's title adds to that of the article."""
    whole = page_of(_line(next((element.text for element in tree.iter("title")), "")))[0]
    rest = whole.removeprefix(title) if title and whole.startswith(title) else ""
    match = re.fullmatch(r"\s+[|–—·•-]\s+([^|–—·•]{2,60})", rest)
    return match[1].strip() if match else ""


def _first(named: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((named[key] for key in keys if key in named), "")


def _text(value: Any) -> str:
    """Return a text of JSON-LD, or the name of a thing in it."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return _line(value) if isinstance(value, str) else ""


def _line(value: str | None) -> str:
    from html import unescape

    text = unescape(value or "")
    line = " ".join(text.encode("utf-8", "ignore").decode().split())
    return line.replace("\0", "")[:_LONGEST]


def _without_site(title: str, publisher: str) -> str:
    """Return *title* without the name of the site after a bar or dash."""
    if publisher:
        return re.sub(
            rf"(?<!\s)\s+[|–—:·•-]\s+(?:the\s+)?{re.escape(publisher)}\s*$", "", title, flags=re.I
        )
    return title
