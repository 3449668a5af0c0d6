"""Prove that one article copies another, and tell which of them is the copy.

Shared runs of words are found greedily, the longest at each place first, as in greedy string tiling
(Wise, *YAP3*, SIGCSE 1996). Words inside quotation marks do not count: who quotes the same
speech copies nobody.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from provenance.analysis.briefs import Brief
from provenance.analysis.fingerprints import GRAM, word_spans
from provenance.analysis.spilling import Bench, Kept
from provenance.common.normal import comparable_form
from provenance.model import Reuse, SharedQuotation, Span, Version


@dataclass(frozen=True, slots=True, order=True)
class Addressed:
    """An article that says where it is published.

    Attributes:
        published: As in the article, "" where it is not said.
        captured: When it came into a web archive, "" where it came from none.
    """

    url: str
    published: str
    digest: str
    captured: str = ""


def versions(articles: Iterable[Addressed]) -> Iterator[Version]:
    """Yield each article that was published under the address of another, with that other.

    Of several, each is joined to the one before it. Which is the newer is known where their dates
    of publication differ, as far as the less precise of the two goes, or else those of capture.
    """
    groups: dict[str, set[Addressed]] = {}
    for article in articles:
        groups.setdefault(article.url.partition("#")[0], set()).add(article)
    for url in sorted(groups):
        for older, newer in pairwise(_in_order(groups[url])):
            dated = any(
                _before(getattr(older, kind), getattr(newer, kind))
                for kind in ("published", "captured")
            )
            yield Version(newer=newer.digest, older=older.digest, dated=dated)


def _in_order(articles: Iterable[Addressed]) -> list[Addressed]:
    """Return *articles* by their dates; where those of publication agree, by those of capture."""
    ordered = sorted(articles, key=lambda a: (a.captured, a.digest))
    if all(a.captured for a in ordered) and len({a.published[:10] for a in ordered}) == 1:
        return ordered  # a page may change its own date, and drop the hour
    return sorted(ordered, key=lambda a: (a.published, a.captured, a.digest))


def _before(one: str, other: str) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


Texts = Callable[[str], str]
"""Gives the text of an article by its digest."""

_RUN = 6
"""Words that a shared run has at the least: a shorter one is a phrase that anybody uses."""
_FEWEST, _SHARE, _LONG = 24, 0.12, 9
"""Of a copy: its shared words outside of quotations, their share of all its words, and the longest
run of them, at the least."""
_TELLS = 5
"""Words that a quotation has at the least for two articles to have it from one statement."""
NOTICE, _PART = 4, 0.3
"""Articles with which a lone passage is a standing notice, if it is less than that of the text."""
CREDIT = "credit"
PRINTS = 2
"""Fingerprints that two texts share before they are compared word by word."""
_QUOTED = re.compile(
    r"“(?:[^“”\n]|\n(?!\n)){1,1500}”|\"(?:[^\"\n]|\n(?!\n)){1,1500}\"|"
    r"«(?:[^«»\n]|\n(?!\n)){1,1500}»"
)

Passage = tuple[Span, Span]
Ends = tuple[str, str]
"""The digests of two articles."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words, which of them stand in quotation marks, and where each run begins."""

    spans: list[tuple[int, int]]
    words: list[str]
    quoted: list[bool]
    places: dict[tuple[str, ...], list[int]]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles have in common, and the words of it if it is a lone short passage."""

    reuse: Reuse | None
    quotation: SharedQuotation | None
    notice: str = ""


class Comparer:
    """Compares articles word by word; keeps the words of those that it saw last."""

    def __init__(self, texts: Texts) -> None:
        """Take what gives the text of each article."""
        self._words = lru_cache(maxsize=200)(lambda digest: _words(texts(digest)))

    def __call__(self, one: Brief, other: Brief) -> Shared:
        """Return what *one* and *other* have in common; which is which does not matter."""
        copy, original, reason = _directed(one, other)
        mine, theirs = self._words(copy.digest), self._words(original.digest)
        runs = list(_runs(mine, theirs))
        free = [run for run in runs if not run.quoted]
        said = [run for run in runs if run.quoted and run.length >= _TELLS]
        quotation = SharedQuotation(
            one=copy.digest, other=original.digest, passages=_passages(said, mine, theirs)
        )
        if not _is_copy(free, mine):
            return Shared(None, quotation if said else None)
        reuse = Reuse(
            copy=copy.digest,
            original=original.digest,
            passages=_passages(free, mine, theirs),
            share=round(sum(run.length for run in free) / len(mine.words), 3),
            reason=reason,
        )
        first = free[0].mine + 2
        lone = len(free) == 1 and reuse.share < _PART
        notice = " ".join(mine.words[first : first + GRAM]) if lone else ""
        return Shared(reuse, quotation if said else None, notice)


def settled(
    found: Iterable[Shared], bench: Bench
) -> tuple[Kept[Ends, Reuse], Kept[Ends, SharedQuotation]]:
    """Return the copies and shared quotations in *found*, all that were, by their two articles.

    A lone passage that stands in article after article is left out: an editor's note or an appeal
    for donations is no story that one had from another. So is, of an article that credits an
    original, what it has in common with others.
    """
    every, reuses = Kept[Ends, tuple[Reuse, str]](bench), Kept[Ends, Reuse](bench)
    quotations = Kept[Ends, SharedQuotation](bench)
    holders, crediting = Kept[Ends, None](bench), Kept[tuple[str], None](bench)
    for one in found:
        if one.quotation:
            quotations.put((one.quotation.one, one.quotation.other), one.quotation)
        if one.reuse:
            ends = one.reuse.copy, one.reuse.original
            every.put(ends, (one.reuse, one.notice))
            for end in ends if one.notice else ():
                holders.put((one.notice, end), None)
    for ends, (reuse, notice) in every.each():
        if holders.under(notice) < NOTICE:
            reuses.put(ends, reuse)
            if reuse.reason == CREDIT:
                crediting.put((reuse.copy,), None)
    told = Kept[Ends, Reuse](bench)
    for ends, reuse in reuses.each():
        if reuse.reason == CREDIT or (reuse.copy,) not in crediting:
            told.put(ends, reuse)
    return told, quotations


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that both texts have, from the numbers *mine* and *theirs* on."""

    mine: int
    theirs: int
    length: int
    quoted: bool


def _is_copy(free: Sequence[_Run], mine: _Words) -> bool:
    total = sum(run.length for run in free)
    longest = max((run.length for run in free), default=0)
    return total >= max(_FEWEST, _SHARE * len(mine.words)) and longest >= _LONG


def _directed(one: Brief, other: Brief) -> tuple[Brief, Brief, str]:
    """Return the copy, the original, and what told them apart."""
    credits = _credits(one, other), _credits(other, one)
    if credits[0] != credits[1]:
        return (one, other, CREDIT) if credits[0] else (other, one, CREDIT)
    if one.published and other.published and one.published != other.published:
        # A day is earlier than, or the same as, any time of that day.
        length = min(len(one.published), len(other.published))
        if one.published[:length] != other.published[:length]:
            later, earlier = sorted((one, other), key=lambda b: b.published, reverse=True)
            return later, earlier, "date"
    first, second = sorted((one, other), key=lambda b: (b.published or "9", b.digest))
    return second, first, ""


def _credits(one: Brief, other: Brief) -> bool:
    """Whether *one* credits the publisher of *other*, or the agency that *other* has it from."""
    if other.outlet is None:
        return False
    if one.wire is not None and one.outlet != one.wire:
        return one.wire == other.outlet
    keys = {source.id: source.key for source in one.sources}
    cited = {keys.get(f.source) for f in one.flows if f.target == "article"}
    return other.outlet in cited and one.outlet != other.outlet


def _words(text: str) -> _Words:
    form = comparable_form(text)
    text = form.text
    spans = word_spans(text)
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    starts = [start for start, _ in quotes]

    def inside(at: int) -> bool:
        place = bisect_right(starts, at) - 1
        return place >= 0 and at < quotes[place][1]

    words = [text[start:end].casefold() for start, end in spans]
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(words) - GRAM + 1):
        places.setdefault(tuple(words[at : at + GRAM]), []).append(at)
    quoted = [inside(start) for start, _ in spans]
    kept = (form.kept(Span(start, end)) for start, end in spans)
    return _Words([(span.start, span.end) for span in kept], words, quoted, places)


def _runs(mine: _Words, theirs: _Words) -> Iterator[_Run]:
    at = 0
    while at <= len(mine.words) - GRAM:
        starts = theirs.places.get(tuple(mine.words[at : at + GRAM]), ())
        length, start = max(
            ((_length(mine.words, at, theirs.words, start), -start) for start in starts[:50]),
            default=(0, 0),
        )
        if length < GRAM:
            at += 1
            continue
        yield from _cut(mine, at, -start, length)
        at += length


def _length(one: Sequence[str], at: int, other: Sequence[str], start: int) -> int:
    length = GRAM
    most = min(len(one) - at, len(other) - start)
    while length < most and one[at + length] == other[start + length]:
        length += 1
    return length


def _cut(mine: _Words, at: int, start: int, length: int) -> Iterator[_Run]:
    """Yield a shared run in pieces that are quoted, or not, all through."""
    begin = 0
    for end in range(1, length + 1):
        if end == length or mine.quoted[at + end] != mine.quoted[at + begin]:
            quoted = mine.quoted[at + begin]
            if end - begin >= (_TELLS if quoted else _RUN):
                yield _Run(at + begin, start + begin, end - begin, quoted)
            begin = end


def _passages(runs: Iterable[_Run], mine: _Words, theirs: _Words) -> tuple[Passage, ...]:
    def span(words: _Words, first: int, length: int) -> Span:
        return Span(words.spans[first][0], words.spans[first + length - 1][1])

    return tuple(
        (span(mine, run.mine, run.length), span(theirs, run.theirs, run.length)) for run in runs
    )


def originals(reuses: Iterable[Reuse]) -> dict[str, list[Reuse]]:
    """Return what each copy has from others."""
    found: dict[str, list[Reuse]] = {}
    for reuse in reuses:
        found.setdefault(reuse.copy, []).append(reuse)
    return found
