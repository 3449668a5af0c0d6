"""Custody events of a reading: their words, their day and who had a part in them."""

import hashlib
from collections.abc import Mapping, Sequence

from provenance.extraction.moments import day_of, moments
from provenance.model import ARTICLE, CustodyEvent, Participant, Source, Span, Spans
from provenance.readings.finding import Finder
from provenance.readings.form import EventRow


def event_of(finder: Finder, row: EventRow, sources: Mapping[str, Source]) -> CustodyEvent | str:
    """Return the event that *row* tells, or why it is none."""
    ids = [part.source for part in row.roles if part.source]
    spans = finder.evidence(row.evidence, row.span, _mentions(ids, sources))
    if why := _wrong(finder, row, ids, sources, spans):
        return why
    sentence = Span(spans[0].start, spans[-1].end)
    named = (row.kind.value, sentence.start, sentence.end)
    digest = hashlib.sha256(" ".join(map(str, named)).encode()).hexdigest()[:12]
    return CustodyEvent(
        id=f"event-{digest}",
        kind=row.kind,
        trigger=sentence,
        sentence=sentence,
        participants=tuple(
            sorted(
                Participant(part.role, _mention(sources[part.source], sentence), part.source)
                for part in row.roles
                if part.source
            )
        ),
        date=row.date or "",
        place=" ".join((row.place or "").split()),
        certainty=row.certainty,
    )


def _mentions(ids: Sequence[str], sources: Mapping[str, Source]) -> list[Spans]:
    return [sources[id].mentions for id in ids if id in sources]


def _wrong(
    finder: Finder, row: EventRow, ids: Sequence[str], sources: Mapping[str, Source], spans: Spans
) -> str:
    """Return why *row* tells no event, "" if it does."""
    if ARTICLE in ids:
        return "the article has no part in what happened before it"
    if missing := [id for id in ids if id not in sources]:
        return f"there is no source {missing[0]!r}"
    if not spans:
        return finder.absent(row.evidence)
    for words in filter(None, (row.place, row.dated)):
        if not finder.places(words):
            return finder.absent(words)
    text = row.dated or finder.article.text[spans[0].start : spans[-1].end]
    if row.date and not _tells(text, row.date, finder.article.published):
        return f"“{text[:60]}” does not say the date {row.date}"
    return ""


def _mention(source: Source, sentence: Span) -> Span:
    """Return where *source* is mentioned in *sentence*, or else nearest to it."""
    return min(
        source.mentions,
        key=lambda m: (max(0, m.start - sentence.end, sentence.start - m.end), m.start),
    )


def _tells(words: str, date: str, published: str) -> bool:
    """Whether an expression of time in *words* comes to *date*, at its precision or a finer one.

    What leaves the year out comes to it only by the day on which the article was published, and
    without that to the same day or month of any year.
    """
    today = day_of(published)
    plain = " ".join(words.split())
    for moment in moments(plain):
        read = {moment.resolve(today, ahead) for ahead in (False, True)}
        if today is None:
            read |= {moment.resolve(day_of(f"{date[:4]}-12-31"), False)}
        if any(one.startswith(date) for one in read if one):
            return True
    return False
