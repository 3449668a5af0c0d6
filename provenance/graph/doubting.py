"""A graph without what its reader was less sure of."""

from dataclasses import replace

from provenance.model import ARTICLE, Claim, CustodyEvent, Flow, SourceGraph


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
