"""Find the wire agency that a dateline credits: "WASHINGTON (Reuters) -"."""

import hashlib
import re
from collections.abc import Iterator

from provenance.model import (
    Article,
    CustodyEvent,
    EventKind,
    EventRole,
    Mention,
    MentionKind,
    Participant,
    SourceType,
    Span,
)

_DATELINE = re.compile(
    r"(?:[A-Z][A-Za-z.'’/ ]+,? ?){1,4}(?:,[^()\n]{0,30})?\s*"
    r"\((?P<agency>[A-Z][\w.& -]{1,40})\)\s*[-–—]{1,2}\s"
)
_PARAGRAPHS = 3
"""Paragraphs from the top among which a dateline may stand."""


def find_credits(article: Article) -> Iterator[tuple[Mention, CustodyEvent]]:
    """Yield the agency of each dateline, and the event of its publishing the article itself."""
    for paragraph in article.paragraphs[:_PARAGRAPHS]:
        match = _DATELINE.match(
            article.text, paragraph.start, min(paragraph.end, paragraph.start + 120)
        )
        if match is None:
            continue
        span = Span(match.start("agency"), match.end("agency"))
        whole = Span(paragraph.start, match.end("agency") + 1)
        mention = Mention(
            span=span,
            head=span,
            kind=MentionKind.NAME,
            type=SourceType.NEWS_OUTLET,
            definite=True,
            sentence=whole,
        )
        name = f"{EventKind.PUBLICATION.value} {span.start} {match['agency']}"
        yield (
            mention,
            CustodyEvent(
                id="event-" + hashlib.sha256(name.encode()).hexdigest()[:12],
                kind=EventKind.PUBLICATION,
                trigger=span,
                sentence=whole,
                participants=(Participant(EventRole.AGENT, span),),
            ),
        )
