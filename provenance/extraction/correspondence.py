"""Messages in a batch: whoever wrote one is heard through it, and it comes out of the batch.

Articles on leaked or released correspondence say "in one e-mail" once and then only "she wrote
back". Works on the records, as it joins what stands in several paragraphs.
"""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from provenance.model import (
    Article,
    Attribution,
    CustodyEvent,
    EventKind,
    EventRole,
    Mention,
    Participant,
    Span,
)

_NOUN: Final = r"(?:e-?mail|message|letter|cable|text|exchange|memo|note|thread)"
_BATCH = re.compile(rf"\b(?:{_NOUN}s|correspondence)\Z", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:one|another|(?:a )?(?:separate|second|third|later|subsequent|follow-up))\b"
    rf".*\b{_NOUN}s?\b",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"(?:e-?mailed|texted|messaged|wrote|writes|replied|replies|answered|answers|forwarded)\b",
    re.IGNORECASE,
)
_SENT = re.compile(r"(?:e-?mailed|texted|messaged|wrote (?:back|to)|writes (?:back|to))\b", re.I)
_HANDED: Final = {
    EventKind.LEAK,
    EventKind.THEFT,
    EventKind.PUBLICATION,
    EventKind.POSTING,
    EventKind.TRANSFER,
    EventKind.OBTAINING,
}
_FAR: Final = 1500
"""Code points for which a message that was brought in stays the one that is spoken of."""


def find_correspondence(
    article: Article,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    events: Sequence[CustodyEvent],
) -> tuple[list[Attribution], list[CustodyEvent]]:
    """Return *attributions* with messages as go-betweens, and where each message came from."""
    batches = sorted(_batches(article, mentions, events))
    items = [m for m in mentions if _ITEM.match(article.quote(m.span)) and not m.plural]
    routed: list[Attribution] = []
    last = -_FAR  # where somebody was last heard through the batch
    for one in sorted(attributions, key=lambda a: a.cue):
        through = _message(article, one, items, batches, last)
        if through is not None:
            last = one.cue[0].start
            one = replace(one, route=(through,))
        routed.append(one)
    return routed, [_taken_out(article, item, batches) for item in items if batches]


def _batches(
    article: Article, mentions: Sequence[Mention], events: Sequence[CustodyEvent]
) -> Iterator[Span]:
    """Yield the messages that were leaked, released or handed on, once for each report of it."""
    heads = {m.span: article.quote(m.head) for m in mentions if m.plural}
    for event in events:
        if event.kind in _HANDED:
            for one in event.participants:
                if one.role is EventRole.ARTEFACT and _BATCH.search(heads.get(one.span, "")):
                    yield one.span


def _message(
    article: Article,
    one: Attribution,
    items: Sequence[Mention],
    batches: Sequence[Span],
    last: int,
) -> Span | None:
    """Return the message or batch that *one* is heard through, None where it names another way."""
    cue = one.cue[0].start
    said = article.text[cue : cue + 40]
    if one.route or one.depth or not one.speakers or not _WRITTEN.match(said):
        return None
    at = bisect_left(items, cue, key=lambda m: m.span.start)
    if at and cue - items[at - 1].span.start < _FAR:
        return items[at - 1].span
    if batches and (_SENT.match(said) or 0 < cue - last < _FAR):
        return batches[max(0, bisect_right(batches, cue, key=lambda s: s.start) - 1)]
    return None


def _taken_out(article: Article, item: Mention, batches: Sequence[Span]) -> CustodyEvent:
    start = item.span.start
    batch = batches[max(0, bisect_left(batches, start, key=lambda s: s.start) - 1)]
    digest = hashlib.sha256(f"message {article.quote(item.span)} {start}".encode())
    return CustodyEvent(
        id=f"event-{digest.hexdigest()[:12]}",
        kind=EventKind.DISCOVERY,
        trigger=item.span,
        sentence=item.sentence,
        participants=tuple(
            sorted(
                (
                    Participant(EventRole.ARTEFACT, item.span),
                    Participant(EventRole.ORIGIN, batch),
                )
            )
        ),
    )
