"""Find what stands around a body: headline, publisher, authors, date and address."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from provenance.articles.blocks import Block
from provenance.articles.bylines import find_authors, find_url, split_names
from provenance.articles.dates import find_date, find_published
from provenance.articles.shapes import (
    META,
    NOTE,
    PROSE,
    RULE,
    is_named,
    is_note,
    is_spoken,
    split_key,
)
from provenance.common.wordlists import read_tables, read_words
from provenance.model import Span

_WORD = re.compile(r"[^\W\d_]{4,}")
_REPORTS = re.compile(
    r"\b(?:said|told|added|according to)\b|\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.,'’/ -]{2,40}|(?!On |In |By |At )[A-Z][\w.,'’/ -]{2,40}(?= \())"
    r" ?(?:,[ \w.]{1,30}){0,2}\s*"
    r"(?:(?:\([^()]{1,40}\)\s*)?(?:—|–|--?)\s|/[A-Z][\w -]{1,20}/\.?\s)"
)
_BAR = re.compile(r"(?<!\s)\s+(?:[|•·«»]\s+|[–—-]\s+(?=[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}$))")
_HEADLINE = 20
"""Words of a headline of two sentences, at the most."""
_TWO_SENTENCES = re.compile(r"[a-z0-9)]{3}[.!?][\"”’]*\s+[\"“‘]?[A-Z]")
_FIRST = read_words("provenance.articles", "words.toml", "dates", "first")
_LATER = read_words("provenance.articles", "words.toml", "dates", "later")
_SLUG = re.compile(
    r"[A-Z]{2,3}-[A-Z]|.*\b(?:\d(?:st|nd|rd|th)|1ST|2ND|3RD|[A-Z]+) L(?:d|D|ead|EAD)\b|"
    r"(?:ADV|URGENT|BULLETIN|EMBARGOED?)\b"
)
"""How an agency labels what it sends: "BC-PORT-FIRE, 1st Ld"."""
_PARTS = re.compile(r"(?<!\s)\s+[|•·–—-]\s+|[,;]\s+|\bfor\s+(?=[Tt]he\s|[A-Z])")
"""What stands between the author, the outlet and the date on one line."""
_TITLE = 4
"""Words of a headline behind a label."""
_LINE = 16
"""Words of a line about the article at the most."""
_SAMPLE = 400
"""Blocks of the body that a headline's words are looked for in."""


@dataclass(slots=True)
class Header:
    """What is said of an article beside its body; filled from top to bottom, the first counts."""

    headline: Span | None = None
    publisher: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    dates: list[tuple[int, str]] = field(default_factory=list)

    @property
    def published(self) -> str:
        """The date that is called that of publication, or any but that of a change."""
        return min(self.dates, key=lambda one: one[0])[1] if self.dates else ""


def read_keys(blocks: Sequence[Block], kinds: Sequence[str], header: Header) -> set[int]:
    """Fill *header* from lines such as "Byline: Jane Doe", and return which they are.

    They stand above the first running text; a line that only looks so within an article, such as
    the subject of an e-mail that it quotes, is left to it.
    """
    found: set[int] = set()
    for i, block in enumerate(blocks[:40]):
        name, key, value = split_key(block)
        if i == 0 and name == "other" and len(value.split()) >= _TITLE:
            continue  # "Full text: the minister on the ferry deal" is a headline
        if name and _fill(header, name, key, value, block):
            found.add(i)
        elif kinds[i] == PROSE and i > 1:
            break
    return found


def _fill(header: Header, name: str, key: str, value: str, block: Block) -> bool:
    """Note *value* in *header*, and return whether it can be what its key says."""
    if name == "title":
        if value and header.headline is None:
            start = block.span.start + block.text.index(value)
            header.headline = Span(start, start + len(value))
    elif name == "authors":
        header.authors = header.authors or find_authors(value) or _reversed(value)
    elif name == "published":
        if date := find_date(value):
            header.dates.append((_rank(key), date))
        return bool(date) or not value
    elif name == "publisher":
        if not _is_site(value) or len(value.split()) > 6 or block.ends:
            return find_url(value) != ""
        header.publisher = header.publisher or value
    elif name == "url":
        header.url = header.url or find_url(value)
        return find_url(value) != ""
    return True


def _reversed(value: str) -> tuple[str, ...]:
    """Return the people in *value*, also as catalogues write them: "Doe, Jane; Roe, John"."""
    parts = [one.strip(" .") for one in value.split(";") if one.strip(" .")]
    if all(re.fullmatch(r"[^\W\d_][\w'’-]+, [^\W\d_][\w.'’ -]*", one) for one in parts):
        return tuple(" ".join(reversed(one.split(", "))) for one in parts)
    return split_names(value)


def read_lines(blocks: Iterable[Block], header: Header, *, named: bool = False) -> None:
    """Fill *header* from bylines, dates and addresses on lines of their own.

    Args:
        blocks: The lines.
        header: What is known already.
        named: Whether a date counts only where the line says that it is that of publication.
    """
    for block in blocks:
        text = block.text
        header.authors = header.authors or find_authors(text)
        if date := find_published(text):
            rank = _rank(text.lower())
            if rank == 0 or not named:
                header.dates.append((rank, date))
        if not named:
            header.url = header.url or find_url(text)


def read_dateline(text: str, header: Header) -> None:
    """Fill *header* from the dateline before *text*: "LONDON, 3 June 2024 (AP) — ..."."""
    place = _DATELINE.match(text)
    if place and not header.dates and (date := find_date(place[0])):
        header.dates.append((1, date))


def find_outlet(blocks: Sequence[Block]) -> str:
    """Return the outlet that the lines about an article name: "Ada Roth, The Northern Ledger".

    Its line gives the author or the date as well, or stands next to one that does.
    """
    telling = [bool(find_authors(one.text) or find_date(one.text)) for one in blocks]
    for i, block in enumerate(blocks):
        if any(telling[max(0, i - 1) : i + 2]) and block.words <= _LINE:
            for part in _PARTS.split(block.text):
                name = part.strip(" *_.()").removeprefix("the ")
                if _is_outlet(name) and not find_authors(name):
                    return name
    return ""


def _is_outlet(name: str) -> bool:
    words = name.casefold().split()
    tables = read_tables("provenance.resolution", "name_words.toml")
    listed = tables["names"]
    kinds = {*listed["outlets"], *listed["surely_outlets"]} - {
        *tables["titles"]["generic"],
        "press",
    }
    named = 1 < len(words) < 6 and (words[-1] in kinds or words[0] in listed["broadcasting"])
    return named and _is_site(name) and not re.search(r"[:/@]", name)


def _rank(words: str) -> int:
    if any(one in words for one in _FIRST):
        return 0
    return 2 if any(one in words for one in _LATER) else 1


def find_headline(
    blocks: Sequence[Block],
    kinds: Sequence[str],
    first: int,
    last: int,
    keyed: set[int],
    spoken: Collection[int] = (),
) -> int | None:
    """Return the index of the headline: above the body, or the body's own first line.

    What is *spoken* by its form is none.

    Of several lines above it is the first whose words come back in the body: menus and the
    headlines of other stories do not.
    """
    lines = [
        i
        for i in range(first)
        if i not in keyed and i not in spoken
        if _may_be_title(blocks[i], kinds[i], top=i == 0, signed=kinds[i + 1 : i + 2] == [META])
    ]
    marked = [i for i in lines if blocks[i].is_heading]
    end = min(last, first + _SAMPLE)
    body = _words(blocks[i] for i in range(first, end) if kinds[i] == PROSE)
    if marked:
        return max(marked, key=lambda i: (-len(blocks[i].mark), _recurs(blocks[i], body), -i))
    longer = [i for i in lines if blocks[i].words >= 4] or [
        i for i in lines if blocks[i].words >= 2 and _is_near(kinds, i, first)
    ]
    if longer:
        shares = {i: _recurs(blocks[i], body) for i in longer}
        return next(i for i in longer if shares[i] >= 0.6 * max(shares.values()))
    own = first < len(blocks) - 1 and not keyed and first not in spoken
    signed = kinds[first + 1 : first + 2] == [META]
    below = [i for i in range(first + 1, len(blocks)) if kinds[i] == PROSE or not signed]
    if own and below and _tops(blocks[first], blocks[below[0] :]):
        return first
    return None


def _may_be_title(block: Block, kind: str, *, top: bool, signed: bool) -> bool:
    """Whether *block* may be a headline: one of two sentences only right above a byline."""
    if kind in (META, NOTE, RULE) or block.words > 35 or block.is_item:
        return False
    several = _TWO_SENTENCES.search(block.text) and not (signed and block.words <= _HEADLINE)
    if kind == PROSE and (several or not (top or _is_capital(block))):
        return False
    if "|" in block.text and len(title_span(block)[0].split()) < 4:
        return False
    return not any(is_named(block, table) for table in ("kicker", "related", "end"))


def _is_near(kinds: Sequence[str], i: int, first: int) -> bool:
    """Whether no other short line stands between this one and the body."""
    return all(kind in (META, NOTE, RULE, PROSE) for kind in kinds[i + 1 : first])


def _words(blocks: Iterable[Block]) -> set[str]:
    return {word[:5] for b in blocks for word in _WORD.findall(b.text[:20_000].lower())}


def _recurs(block: Block, body: set[str]) -> float:
    words = [word[:5] for word in _WORD.findall(block.text.lower())]
    return (sum(word in body for word in words) / len(words)) if words else 0.0


def _tops(one: Block, following: Sequence[Block]) -> bool:
    """Whether a first line that ends as a sentence is a headline all the same.

    It is one short sentence over longer text, written as headlines are, or saying again below
    what it says.
    """
    if not _may_top(one, following):
        return False
    if _DATELINE.match(following[0].text) or is_named(following[0], "kicker"):
        return True
    if _is_capital(one):
        return True
    if one.words <= 10 and 2 * one.words < following[0].words:
        return True
    return one.words <= 22 and _recurs(one, _words(following[:_SAMPLE])) >= 0.4


def _is_capital(block: Block) -> bool:
    """Whether most words begin with a capital, as American headlines are written."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", block.text) if len(word) > 3]
    return len(words) > 2 and 4 * sum(word[0].isupper() for word in words) >= 3 * len(words)


def _may_top(one: Block, following: Sequence[Block]) -> bool:
    text = one.text
    if not 2 <= one.words <= 35 or one.is_item or "\n" in text:
        return False
    if max(len(other.text) for other in following[:4]) < len(text):
        return False
    spoken = is_spoken(one) and is_spoken(following[0])
    quotation = one.is_quoted and text.rstrip(".")[-1:] in "\"”’'"
    return not (spoken or quotation or _DATELINE.match(text) or _REPORTS.search(text))


def title_span(block: Block) -> tuple[str, Span]:
    """Return the title in a headline, without the site's name after a bar, and where it stands."""
    parts = _BAR.split(block.text)
    title = max(parts, key=len) if "|" in block.text or "•" in block.text else block.text
    title = title.strip().strip("*_ ") or block.text
    start = block.span.start + block.text.index(title)
    return " ".join(title.rstrip(";").split()), Span(start, start + len(title))


def find_publisher(blocks: Sequence[Block], headline: int | None) -> str:
    """Return the site's name: on the first line above the headline, or after a bar within it."""
    if headline is None:
        return ""
    parts = [part.strip() for part in blocks[headline].text.split("|")]
    if len(parts) == 2 and len(parts[1].split()) <= 5 and _is_site(parts[1]):
        return parts[1]
    top = blocks[0]
    if headline == 0 or top.mark or top.words > 6 or is_named(top, "kicker") or is_note(top):
        return ""
    name = re.split(r"[|•·:]|\.\s|\s[–—-]\s", top.text, maxsplit=1)[0].strip()
    return name if not top.ends and _is_site(name) else ""


def _is_site(name: str) -> bool:
    words = name.split()
    small = ("of", "the", "and", "for", "on", "in", "&", "-")
    named = all(word[0].isupper() or word[0].isdigit() or word in small for word in words)
    site = bool(words) and named and not _SLUG.match(name)
    return 0 < len(name) <= 60 and site and not find_date(name)
