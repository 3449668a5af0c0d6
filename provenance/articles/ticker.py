"""The entries of a live blog in plain text: pieces that each begin with a clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from provenance.articles.blocks import Block
from provenance.articles.bylines import find_authors, split_names
from provenance.articles.dates import find_date
from provenance.articles.labels import turn_label
from provenance.articles.shapes import PROSE, RULE
from provenance.model import Entry, Span

_CLOCK = re.compile(
    r"[\[(*_]{0,3}(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?(?P<zone>GMT|UTC|CET|CEST|EDT|EST|CDT|PDT|PST)\b)?"
    r"(?:\s?(?:BST|ET|IST|local time|hrs|h|uhr)\b)?[\])*_]{0,3}(?=$|[\s:|–—-])",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*[:|–—-]{0,2}\s*")
_DASHED = re.compile(r"[-–—―]+\s*(?P<who>\w.*)")
_CLOSING = ('"', "”", "’", "»", "''")
_FEWEST = 2
_SURE = 3
"""Clocks that a text has at the least which calls itself live, and any other."""
_LIVE = re.compile(r"\blive\b|as it happened|minute by minute|\bticker\b", re.IGNORECASE)
_SENTENCE = 6
"""Words of a sentence, at the least, that tells something."""
_LONGEST = 20
"""Words of an entry's title."""


@dataclass(slots=True)
class Ticker:
    """What was found.

    Attributes:
        stamps: Of each block that begins with a clock, where what stands behind it begins.
        struck: The blocks that are a clock or a byline alone.
        titles: Those that are an entry's title.
    """

    entries: tuple[Entry, ...] = ()
    stamps: dict[int, int] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    titles: set[int] = field(default_factory=set)

    @property
    def first(self) -> int:
        """The block that the first entry begins with."""
        return min(self.stamps)

    def cut(self, blocks: Sequence[Block]) -> list[Block]:
        """Return *blocks* without their clocks."""
        return [_cut(b, self.stamps[i]) if i in self.stamps else b for i, b in enumerate(blocks)]

    def marked(self, kinds: Sequence[str]) -> list[str]:
        """Return *kinds*, those of running text for titles, none for what is struck."""
        return [
            RULE if i in self.struck else PROSE if i in self.titles else kind
            for i, kind in enumerate(kinds)
        ]


def _cut(block: Block, begin: int) -> Block:
    text = block.text[begin - block.span.start :]
    if not text:
        return block
    span = Span(begin, block.span.end)
    return Block(span, text, block.mark, len(text.split()), block.ends)


def read_ticker(blocks: Sequence[Block]) -> Ticker:
    """Return the entries in *blocks*; none where clocks are rare or go back and forth."""
    clocks = {i: one for i, b in enumerate(blocks) if (one := _CLOCK.match(b.text))}
    live = any(_LIVE.search(block.text) for block in blocks[:3] if block.words <= 40)
    times = [_minutes(one) for one in clocks.values()]
    ordered = all(a <= b for a, b in pairwise(times)) or all(a >= b for a, b in pairwise(times))
    if len(clocks) < (_FEWEST if live else _SURE) or not ordered or len(set(times)) < 2:
        return Ticker()
    if not live and not _is_prose(blocks, list(clocks)):
        return Ticker()
    if 2 * sum(turn_label(blocks[i].text) is not None for i in clocks) >= len(clocks):
        return Ticker()  # a transcript with its times
    found = Ticker()
    starts = [*clocks, len(blocks)]
    for i, until in pairwise(starts):
        _take(found, blocks, i, until, clocks[i])
    return found


def _is_prose(blocks: Sequence[Block], starts: Sequence[int]) -> bool:
    """Whether most entries hold sentences, and together most of the text; a timetable does not."""
    told = sum(
        any(block.ends and block.words >= _SENTENCE for block in blocks[i:until])
        for i, until in pairwise([*starts, len(blocks)])
    )
    above = sum(block.words for block in blocks[: starts[0]])
    return 2 * told >= len(starts) and above <= sum(block.words for block in blocks[starts[0] :])


def _take(found: Ticker, blocks: Sequence[Block], i: int, until: int, clock: re.Match[str]) -> None:
    """Add the entry whose clock stands in the block *i*, and that ends before *until*."""
    mark = _MARK.match(blocks[i].text, clock.end())
    begin = blocks[i].span.start + (mark.end() if mark else clock.end())
    rest = blocks[i].text[begin - blocks[i].span.start :]
    found.stamps[i] = begin
    own = list(range(i + 1, until))
    if not rest.strip("*_ "):
        found.struck.add(i)
    else:
        own.insert(0, i)
    authors: tuple[str, ...] = ()
    for k in own[:3]:
        if k != i and not authors and (names := find_authors(blocks[k].text)):
            authors = names
            found.struck.add(k)
    if len(own) > 1 and not authors and (names := _signature(blocks, own[-1])):
        authors = names
        found.struck.add(own[-1])
    own = [k for k in own if k not in found.struck]
    if not own:
        return
    headline = _headline(blocks, own, i, begin)
    if headline is not None:
        found.titles.add(own[0])
    start = begin if own[0] == i else blocks[own[0]].span.start
    entry = Entry(
        span=Span(start, blocks[own[-1]].span.end),
        headline=headline,
        authors=authors,
        published=_time(clock),
    )
    found.entries = (*found.entries, entry)


def _signature(blocks: Sequence[Block], last: int) -> tuple[str, ...]:
    """Return who signs an entry on its last line: "- Ada Roth"; a quotation's is its speaker."""
    dashed = _DASHED.fullmatch(f"{blocks[last].mark} {blocks[last].text}".strip())
    above = blocks[last - 1]
    if dashed is None or blocks[last].words > _LONGEST or above.text.endswith(_CLOSING):
        return ()
    return split_names(dashed["who"]) if above.ends else ()


def _headline(blocks: Sequence[Block], own: Sequence[int], i: int, begin: int) -> Span | None:
    """Return where the title of an entry stands: a line that is no sentence, over others."""
    block = blocks[own[0]]
    start = begin if own[0] == i else block.span.start
    short = block.words <= _LONGEST and (not block.ends or block.text.endswith(":"))
    return Span(start, block.span.end) if short and len(own) > 1 else None


def _minutes(clock: re.Match[str]) -> int:
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    return 60 * hour + int(clock["minute"])


def _time(clock: re.Match[str]) -> str:
    """Return the clock as ISO 8601, with its zone if it has one; it has no day yet."""
    minutes = _minutes(clock)
    plain = f"{minutes // 60:02}:{minutes % 60:02}:00"
    whole = find_date(f"2000-01-01 {plain} {clock['zone']}") if clock["zone"] else ""
    return whole[11:] or plain


def on_day(entry: Entry, published: str) -> Entry:
    """Return *entry* with the day of *published* before its clock, and that one's zone."""
    clock = entry.published
    if len(published) < 10 or clock[2:3] != ":":
        return entry
    zone = published[19:] if len(clock) == 8 else ""
    return replace(entry, published=f"{published[:10]}T{clock}{zone}")
