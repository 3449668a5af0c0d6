"""The extractor by syntax: rules over a dependency parse, with their words in data files."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from provenance.extraction import cues
from provenance.extraction.authorship import find_authorship
from provenance.extraction.beats import actor, settle
from provenance.extraction.continuation import continue_quotations, last_quoted
from provenance.extraction.correspondence import find_correspondence
from provenance.extraction.credits import find_credits
from provenance.extraction.dating import said_on
from provenance.extraction.events import find_events
from provenance.extraction.mentions import mentions
from provenance.extraction.parsing import Passage, parse
from provenance.extraction.quotations import Quotation, find_quotations
from provenance.extraction.silence import find_declining, without_acts
from provenance.extraction.voices import take_in
from provenance.extraction.withdrawals import withdraw, withdraw_events
from provenance.model import Article, Attribution, Certainty, Extraction, Span, Spans

NAME = "syntax"


Governing = tuple[Attribution, Spans]
"""An attribution with all that it governs, which may be more than its content."""
Refine = Callable[[Passage, Sequence[Quotation], list[Attribution]], list[Governing]]
"""Makes of a passage's attributions what is kept of them, before loose quotations are given out."""


class SyntaxExtractor:
    """Finds attributions by syntax; loads spaCy's English pipeline when first called."""

    name = cues.NAME

    def __call__(self, article: Article) -> Extraction:
        """Return the attributions, custody events and mentions of *article*."""
        return extract(article)


def extract(article: Article, refine: Refine | None = None) -> Extraction:
    """Return what syntax finds in *article*, its attributions as *refine* leaves them."""
    reading = parse(article)
    found, silent = list[Attribution](), set[Span]()
    last: Attribution | None = None
    for passage in reading.passages:
        where = Span(passage.offset, passage.offset + len(passage.text))
        quotations = find_quotations(article.text, where)
        own = list(cues.find(passage, quotations))
        own = _without_rivals(own)
        kept = refine(passage, quotations, own) if refine else _governing(own)
        kept = settle(passage, quotations, kept, cues.NAME)
        own = [one for one, _ in kept]
        new = nest([*kept, *_governing(continue_quotations(passage, quotations, own, last))])
        new, acting = without_acts(passage, new)
        silent.update(find_declining(passage), acting)
        found += [replace(one, date=said_on(passage, one, article.published)) for one in new]
        last = last_quoted(passage, quotations, own, last) or actor(passage, quotations, cues.NAME)
    credits = tuple(find_credits(article))
    credited = {m.span for m, _ in credits}
    seen = [m for p in reading.passages for m in mentions(p) if m.span not in credited]
    events = [*find_events(reading), *(event for _, event in credits)]
    told = {(e.kind, e.trigger) for e in events}
    made = (e for p in reading.passages for e in find_authorship(p))
    events += [e for e in made if (e.kind, e.trigger) not in told]
    all_mentions = sorted([*seen, *(m for m, _ in credits)], key=lambda m: (m.span, m.head))
    found, taken_out = find_correspondence(article, all_mentions, found, events)
    signing = [voice.cue for voice in article.voices]
    events = [e for e in events if not any(e.trigger in cue for cue in signing)]
    all_mentions, found, posted = take_in(article, all_mentions, found)
    events += [*taken_out, *posted]
    found, events = withdraw(article, found), withdraw_events(article, events)
    return Extraction(
        mentions=tuple(all_mentions),
        attributions=tuple(sorted(found, key=lambda a: (a.cue, a.content))),
        events=tuple(sorted(events, key=lambda e: (e.trigger, e.id))),
        silent=tuple(sorted(silent - {s for one in found for s in one.speakers})),
        by=cues.NAME,
    )


def _without_rivals(found: Sequence[Attribution]) -> list[Attribution]:
    """Drop the less sure of two attributions with the same cue, or the same content and source."""
    kept: list[Attribution] = []
    for one in sorted(found, key=lambda a: (-a.score, a.cue)):
        rival = any(
            a.cue[0].overlaps(one.cue[0])
            or (a.source == one.source and a.content == one.content)
            or (a.content == one.content and a.source != one.source and one.cue[0] in a.source[0])
            for a in kept
        )
        if not rival:
            kept.append(one)
    return sorted(kept, key=lambda a: a.cue)


def _governing(found: Iterable[Attribution]) -> list[Governing]:
    return [(one, one.content) for one in found]


def nest(found: Iterable[Governing]) -> tuple[Attribution, ...]:
    """Return the attributions in order of their cues with their depths.

    One is nested in another that governs its cue, by what found both where one thing did; what is
    heard at second hand is reported at the best.
    """
    ordered = sorted(found, key=lambda one: (one[0].cue, one[0].content))
    out = []
    for one, governed in ordered:
        depth = sum(
            holds(outer, outer.content if outer.by == one.by else reach, one)
            and not any(outer.cue[0] in span for span in governed)
            for outer, reach in ordered
            if outer is not one
        )
        weaker = max(one.certainty, Certainty.REPORTED, key=lambda c: c.rank)
        out.append(replace(one, depth=depth, certainty=weaker if depth else one.certainty))
    return tuple(out)


def holds(outer: Attribution, reach: Spans, inner: Attribution) -> bool:
    """Whether what *outer* governs holds the cue and the source of *inner*."""
    cue, source = inner.cue[0], inner.source[0] if inner.source else inner.cue[0]
    return any(cue in span for span in reach) and any(source in span for span in reach)
