"""Mentions of news outlets that the registry knows and the parse passed over."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from provenance.model import Article, Mention, MentionKind, SourceType, Span
from provenance.resolution.registry import Registry
from provenance.resolution.words import words


def find_outlets(
    article: Article, mentions: Sequence[Mention], registry: Registry
) -> Iterator[Mention]:
    """Yield a mention for each name of an outlet that is not part of one of *mentions*.

    Names that are common words ("Time", "the Sun") are left to the parse.
    """
    taken = sorted(
        {m.span for m in mentions} | {apposition for m in mentions for apposition in m.appositions}
    )
    starts = [span.start for span in taken]
    sentences = sorted({m.sentence for m in mentions})
    parts = ((article.headline,) if article.headline else ()) + article.paragraphs
    for part in parts:
        for match in _pattern(registry).finditer(article.text, part.start, part.end):
            span = Span(*match.span())
            near = taken[max(0, bisect_right(starts, span.start) - 3) :]
            if any(span.overlaps(t) for t in near if t.start < span.end):
                continue
            yield Mention(
                span=span,
                head=span,
                kind=MentionKind.NAME,
                type=SourceType.NEWS_OUTLET,
                definite=True,
                sentence=_around(sentences, span) or part,
            )


def _around(sentences: Sequence[Span], span: Span) -> Span | None:
    place = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
    return sentences[place] if place >= 0 and span in sentences[place] else None


@lru_cache(maxsize=8)
def _pattern(registry: Registry) -> re.Pattern[str]:
    outlets = (e for e in registry.entries if e.type is SourceType.NEWS_OUTLET)
    known = {n for e in outlets for n in (e.name, *e.short_names) if _is_plain(n)}
    longest = "|".join(map(re.escape, sorted(known, key=lambda n: (-len(n), n))))
    return re.compile(rf"(?<![\w@.-])(?:{longest})(?!\w)")


def _is_plain(name: str) -> bool:
    """Whether *name* can hardly be anything but the outlet's name."""
    if " " in name:
        return True
    return (len(name) > 2 or name == "AP") and name not in words("outlets", "common")
