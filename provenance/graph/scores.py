"""How likely each part of a graph is: the scores of rules, and the graph without what is less sure.

Scores of rules are shares of hops and disputes that were right on the 944 annotated articles of
folds 1 to 4, by where a hop leads and the type of its source. What the form of a text says outright
is no guess.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from provenance.model import (
    ARTICLE,
    Basis,
    Claim,
    CustodyEvent,
    Decision,
    EventKind,
    EventRole,
    Facet,
    Flow,
    Reading,
    Resolution,
    SourceGraph,
    SourceType,
    Span,
)

_LAST: Final = {
    SourceType.NEWS_OUTLET: 0.87,
    SourceType.CHANNEL: 0.79,
    SourceType.DOCUMENT: 0.71,
    SourceType.INTERCEPT: 0.71,
    SourceType.STATEMENT: 0.7,
    SourceType.PERSON: 0.65,
    SourceType.ORGANIZATION: 0.57,
    SourceType.UNNAMED: 0.55,
}
_BETWEEN: Final = {
    SourceType.PERSON: 0.63,
    SourceType.STATEMENT: 0.58,
    SourceType.UNNAMED: 0.55,
    SourceType.ORGANIZATION: 0.51,
    SourceType.CHANNEL: 0.38,
    SourceType.DOCUMENT: 0.35,
    SourceType.INTERCEPT: 0.35,
    SourceType.NEWS_OUTLET: 0.33,
}
_DISPUTE: Final = 0.32


def with_chances(reading: Reading, resolution: Resolution) -> Reading:
    """Return *reading* with the share of its like that was right as the score of each part."""
    types = {s.id: s.type for s in reading.sources}
    said = set(_said(resolution))
    flows = tuple(
        replace(flow, decision=Decision(facet=Facet.HOP, by=Basis.FORM))
        if said & {(flow.source, span) for span in flow.evidence}
        else replace(
            flow, score=(_LAST if flow.target == ARTICLE else _BETWEEN)[types[flow.source]]
        )
        for flow in reading.flows
    )
    best: dict[str, float] = {}
    for flow in flows:
        best[flow.source] = max(best.get(flow.source, 0.0), flow.score)
    return replace(
        reading,
        sources=tuple(replace(s, score=best.get(s.id, s.score)) for s in reading.sources),
        flows=flows,
        disputes=tuple(replace(d, score=_DISPUTE) for d in reading.disputes),
    )


def _said(resolution: Resolution) -> Iterator[tuple[str, Span]]:
    """Yield who speaks by the form of the text, and the sentence for it."""
    for one in resolution.attributions:
        if not one.is_guess:
            yield from ((source, one.sentence) for source in one.source_ids)
    for event in resolution.events:
        things = any(p.role is EventRole.ARTEFACT for p in event.participants)
        if event.kind is EventKind.PUBLICATION and not things:
            yield from ((p.source_id, event.sentence) for p in event.participants)


def surer(graph: SourceGraph, least: float) -> SourceGraph:
    """Return *graph* without hops, disputes and attributions that are less likely than *least*.

    What then no longer leads to the article goes with them: sources, their claims, and their part
    in events.
    """
    if not least:
        return graph
    flows = tuple(one for one in graph.flows if one.score >= least)
    before = _leading(graph.flows)
    apart = {one.id for one in graph.sources if one.id not in before and one.score >= least}
    reached = _leading(flows) | apart
    told = tuple(one for one in graph.attributions if one.score >= least)
    unsure = {one.content for one in graph.attributions} - {one.content for one in told}
    return replace(
        graph,
        sources=tuple(one for one in graph.sources if one.id in reached),
        flows=tuple(one for one in flows if {one.source, one.target} <= reached),
        disputes=tuple(
            one
            for one in graph.disputes
            if one.score >= least and {one.source, one.target} <= reached
        ),
        attributions=tuple(
            replace(one, source_ids=tuple(i for i in one.source_ids if i in reached))
            for one in told
        ),
        claims=tuple(
            _claimed(one, reached)
            for one in graph.claims
            if one.content not in unsure and (not one.sources or reached & set(one.sources))
        ),
        events=tuple(_happened(one, reached) for one in graph.events),
        run=replace(graph.run, min_score=max(graph.run.min_score, least)),
    )


def _leading(flows: tuple[Flow, ...]) -> set[str]:
    """Return the ids of whatever leads to the article by *flows*, and the article's."""
    upstream: dict[str, list[str]] = {}
    for flow in flows:
        upstream.setdefault(flow.target, []).append(flow.source)
    reached = {ARTICLE}
    waiting = [ARTICLE]
    while waiting:
        further = [one for one in upstream.get(waiting.pop(), ()) if one not in reached]
        reached.update(further)
        waiting += further
    return reached


def _claimed(claim: Claim, reached: set[str]) -> Claim:
    return replace(claim, sources=tuple(one for one in claim.sources if one in reached))


def _happened(event: CustodyEvent, reached: set[str]) -> CustodyEvent:
    return replace(
        event,
        participants=tuple(
            one if one.source_id in reached else replace(one, source_id="")
            for one in event.participants
        ),
    )
