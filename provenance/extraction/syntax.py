"""The extractor by syntax: rules over a dependency parse, with their words in data files."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from provenance.extraction import cues
from provenance.extraction.authorship import find_authorship
from provenance.extraction.continuation import continue_quotations, last_quoted
from provenance.extraction.credits import find_credits
from provenance.extraction.events import find_events
from provenance.extraction.headlines import find_in_headline
from provenance.extraction.parsing import parse
from provenance.extraction.phrases import mentions
from provenance.extraction.quotations import find_quotations
from provenance.model import Article, Attribution, Certainty, Extraction, Span


class SyntaxExtractor:
    """Finds attributions by syntax; loads spaCy's English pipeline when first called."""

    name = cues.NAME

    def __call__(self, article: Article) -> Extraction:
        """Return the attributions, custody events and mentions of *article*."""
        reading = parse(article)
        found: list[Attribution] = []
        last: Attribution | None = None
        for passage in reading.passages:
            where = Span(passage.offset, passage.offset + len(passage.doc.text))
            quotations = find_quotations(article.text, where)
            own = list(cues.find(passage, quotations))
            if article.headline is not None and where in article.headline:
                own += find_in_headline(passage)
            own = _without_rivals(own)
            found += nest([*own, *continue_quotations(passage, quotations, own, last)])
            last = last_quoted(passage, quotations, own, last)
        credits = tuple(find_credits(article))
        credited = {m.span for m, _ in credits}
        seen = [m for p in reading.passages for m in mentions(p) if m.span not in credited]
        events = [*find_events(reading), *(event for _, event in credits)]
        told = {(e.kind, e.trigger) for e in events}
        made = (e for p in reading.passages for e in find_authorship(p))
        events += [e for e in made if (e.kind, e.trigger) not in told]
        return Extraction(
            mentions=tuple(
                sorted([*seen, *(m for m, _ in credits)], key=lambda m: (m.span, m.head))
            ),
            attributions=tuple(sorted(found, key=lambda a: (a.cue, a.content))),
            events=tuple(sorted(events, key=lambda e: (e.trigger, e.id))),
            by=self.name,
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


def nest(found: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions in order of their cues with their depths.

    One is nested in another whose content holds its cue; what is told at second hand is reported at
    the best.
    """
    ordered = sorted(found, key=lambda a: (a.cue, a.content))
    out = []
    for one in ordered:
        depth = sum(holds(other, one) for other in ordered if other is not one)
        weaker = max(one.certainty, Certainty.REPORTED, key=lambda c: c.rank)
        out.append(replace(one, depth=depth, certainty=weaker if depth else one.certainty))
    return tuple(out)


def holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether the content of *outer* holds the cue and the source of *inner*."""
    cue, source = inner.cue[0], inner.source[0] if inner.source else inner.cue[0]
    inside = any(cue in c for c in outer.content) and any(source in c for c in outer.content)
    return inside and not any(outer.cue[0] in c for c in inner.content)
