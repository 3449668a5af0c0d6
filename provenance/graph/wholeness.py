"""Whether all that a graph points to is there: one read from a file may be anybody's."""

from collections.abc import Iterator

from provenance.model import ARTICLE, SourceGraph, Span


def missing_parts(graph: SourceGraph) -> Iterator[str]:
    """Yield what *graph* points to and does not have, in words."""
    known = {source.id for source in graph.sources} | {ARTICLE}
    yield from (f"there is no source {id!r}" for id in _ids(graph) if id not in known)
    if not all(f.evidence for f in graph.flows) or not all(d.evidence for d in graph.disputes):
        yield "a flow or dispute rests on nothing"
    length = len(graph.article.text)
    if length:
        beyond = (span for span in _spans(graph) if span.end > length)
        yield from (f"{span.start} to {span.end} is beyond the text" for span in beyond)
    else:
        kept = {excerpt.span for excerpt in graph.article.excerpts}
        lost = (span for span in _evidence(graph) if span not in kept)
        yield from (f"neither the text nor a quote of {s.start} to {s.end} is there" for s in lost)


def _ids(graph: SourceGraph) -> Iterator[str]:
    for one in graph.flows:
        yield from (one.source, one.target)
    for dispute in graph.disputes:
        yield from (dispute.source, dispute.target)
    for claim in graph.claims:
        yield from claim.sources
    for attribution in graph.attributions:
        yield from filter(None, attribution.source_ids)
    for event in graph.events:
        yield from (p.source_id for p in event.participants if p.source_id)


def _spans(graph: SourceGraph) -> Iterator[Span]:
    yield from graph.article.paragraphs
    for source in graph.sources:
        yield from source.mentions
    for flow in graph.flows:
        yield from (*flow.evidence, *flow.cues)
    for dispute in graph.disputes:
        yield from (*dispute.evidence, *dispute.cues)
    for claim in graph.claims:
        yield from claim.content
    for a in graph.attributions:
        yield from (*a.source, *a.cue, *a.content, *a.speakers, *a.route, *a.basis, a.sentence)
    for event in graph.events:
        yield from (event.trigger, event.sentence, *(p.span for p in event.participants))


def _evidence(graph: SourceGraph) -> Iterator[Span]:
    for flow in graph.flows:
        yield from flow.evidence
    for dispute in graph.disputes:
        yield from dispute.evidence
