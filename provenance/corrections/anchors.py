"""Find again what a correction is about, in another build or another version of the article."""

from collections.abc import Iterator

from provenance.model import ARTICLE, Anchor, Article, Claim, Quote, Source, SourceGraph, Span

_ENOUGH = 8
"""Code points of context that must agree where the same words stand more than once."""


def quote_of(article: Article, span: Span) -> Quote:
    """Return the words at *span* with what stands around them."""
    excerpt = article.excerpt(span)
    return Quote(exact=excerpt.exact, prefix=excerpt.prefix, suffix=excerpt.suffix)


def anchor_of(graph: SourceGraph, id: str) -> Anchor:
    """Return what finds the source *id* again."""
    if id == ARTICLE:
        return Anchor(name=ARTICLE)
    source = next(one for one in graph.sources if one.id == id)
    named = [s for s in source.mentions if source.name in graph.article.quote(s)]
    first = next(iter(named or source.mentions), None)
    return Anchor(
        name=source.name, quote=quote_of(graph.article, first) if first is not None else None
    )


def find_span(article: Article, quote: Quote) -> Span | None:
    """Return where *quote* stands now: the place whose surroundings agree best.

    None where the words are gone, or stand in several places none of which is like the old one.
    """
    places = list(_places(article.text, quote.exact))
    if not places:
        return None
    best = max(places, key=lambda at: _agreement(article.text, at, quote))
    if len(places) > 1 and _agreement(article.text, best, quote) < _ENOUGH:
        return None
    return Span(best, best + len(quote.exact))


def find_source(graph: SourceGraph, anchor: Anchor) -> str | None:
    """Return the id of the source that *anchor* means, None if it is not there."""
    if anchor.name == ARTICLE:
        return ARTICLE
    if anchor.quote is not None:
        span = find_span(graph.article, anchor.quote)
        if span is None:
            return None
        holding = [s for s in graph.sources if any(m.overlaps(span) for m in s.mentions)]
        if holding:
            return max(holding, key=lambda s: (_closeness(s, span), s.name == anchor.name)).id
    called = [s for s in graph.sources if s.name == anchor.name or anchor.name in s.aliases]
    return called[0].id if len(called) == 1 else None


def find_claim(graph: SourceGraph, quote: Quote) -> Claim | None:
    """Return the claim whose content *quote* is."""
    span = find_span(graph.article, quote)
    if span is None:
        return None
    holding = [c for c in graph.claims if any(part.overlaps(span) for part in c.content)]
    return max(holding, key=lambda c: _common(c.content[0], span), default=None)


def _closeness(source: Source, span: Span) -> int:
    return max(
        _common(mention, span) - abs(mention.start - span.start) for mention in source.mentions
    )


def _common(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _agreement(text: str, at: int, quote: Quote) -> int:
    """Return how many code points before and after agree with what stood there."""
    before, after = text[max(0, at - len(quote.prefix)) : at], text[at + len(quote.exact) :]
    back = 0
    while (
        back < min(len(before), len(quote.prefix)) and before[-1 - back] == quote.prefix[-1 - back]
    ):
        back += 1
    on = 0
    while on < min(len(after), len(quote.suffix)) and after[on] == quote.suffix[on]:
        on += 1
    return back + on
