"""Give words to whom they belong: a claim, what tells it, and the hops that rest on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from provenance.graph import findings, said_kind
from provenance.model import (
    ARTICLE,
    Attribution,
    Basis,
    Claim,
    Decision,
    Dispute,
    Facet,
    Flow,
    Source,
    SourceGraph,
    Span,
    Stance,
)


def credited(graph: SourceGraph, claim: Claim, source: Source) -> SourceGraph:
    """Return *graph* with *claim* as the words of *source* alone.

    A hop that rests on the sentence begins at *source* then, unless whoever the words were given to
    says something else there, or has them from *source*.
    """
    told = [one for one in graph.attributions if one.content == claim.content]
    others = {id for one in told for id in one.source_ids} | {*claim.sources}
    places = [one.sentence for one in told] or [*claim.content]
    moved = frozenset(others - {source.id, "", *_staying(graph, told, places, source.id)})
    return replace(
        graph,
        claims=tuple(
            replace(one, sources=(source.id,)) if one.content == claim.content else one
            for one in graph.claims
        ),
        attributions=tuple(
            _said_by(one, source) if one in told else one for one in graph.attributions
        ),
        flows=_flows(graph, moved, others, (places, source)),
        disputes=_disputes(graph, claim, moved, (places, source.id)),
    )


def _staying(
    graph: SourceGraph, told: Sequence[Attribution], places: Sequence[Span], id: str
) -> Iterator[str]:
    """Yield who keeps the hops that rest on *places* when the words of *told* go to *id*."""
    for one in graph.attributions:
        if one not in told and any(one.sentence.overlaps(place) for place in places):
            yield from one.source_ids
    yield from (flow.target for flow in graph.flows if flow.source == id and _rests(flow, places))


def _flows(
    graph: SourceGraph,
    moved: frozenset[str],
    others: set[str],
    to: tuple[Sequence[Span], Source],
) -> tuple[Flow, ...]:
    """Return the flows of *graph*: those that rest on the places of words begin at their source."""
    (places, source), found = to, list[Flow]()
    has = any(flow.source == source.id and _rests(flow, places) for flow in graph.flows)
    for flow in graph.flows:
        here = tuple(span for span in flow.evidence if _within(span, places))
        theirs = flow.source in others - {source.id} and bool(here)
        goes = theirs and (flow.source in moved or flow.target == source.id)
        rest = tuple(span for span in flow.evidence if span not in here)
        if rest or not goes:
            found.append(replace(flow, evidence=rest) if goes else flow)
        if theirs and flow.target != source.id and (goes or not has):
            found.append(replace(_new(source, here), target=flow.target, certainty=flow.certainty))
    known = any(flow.source == source.id and _rests(flow, places) for flow in found)
    return (*found, *(() if known else [_new(source, places)]))


def _new(source: Source, evidence: Sequence[Span]) -> Flow:
    return Flow(
        source=source.id,
        target=ARTICLE,
        kind=said_kind(source.type),
        evidence=tuple(sorted({*evidence})),
        decision=Decision(facet=Facet.HOP, by=Basis.CURATOR),
    )


def _disputes(
    graph: SourceGraph, claim: Claim, moved: frozenset[str], to: tuple[Sequence[Span], str]
) -> tuple[Dispute, ...]:
    """Return the disputes of *graph*: what rests on the words or bears on them goes along."""
    (places, id), points = to, findings(graph).points
    mine = {number for one in points if claim.id in one.claims for number in one.disputes}
    kept = {
        (number, id)
        for one in points
        if claim.id not in one.claims
        for number in one.disputes
        for id in (id for other in graph.claims if other.id in one.claims for id in other.sources)
    }
    found: dict[tuple[str, str, Stance], Dispute] = {}
    for number, one in enumerate(graph.disputes):
        rests = bool(one.evidence) and all(_within(span, places) for span in one.evidence)
        if rests and one.source in moved:
            one = replace(one, source=id)
        elif number in mine and one.target in claim.sources and (number, one.target) not in kept:
            one = replace(one, target=id)
        if one.source != one.target:
            found.setdefault((one.source, one.target, one.stance), one)
    return tuple(one for _, one in sorted(found.items()))


def _said_by(told: Attribution, source: Source) -> Attribution:
    """Return *told* as of *source*: by its mention in the sentence that is nearest to the words."""
    begin = min(told.content, default=told.sentence).start
    named = [
        span
        for span in source.mentions
        if span in told.sentence and not any(span.overlaps(part) for part in told.content)
    ]
    nearest = tuple(sorted(named, key=lambda span: abs(span.start - begin))[:1])
    speakers = nearest or source.mentions[:1]
    return replace(told, source=nearest, speakers=speakers, source_ids=(source.id,), score=1.0)


def _rests(flow: Flow, places: Sequence[Span]) -> bool:
    return any(_within(span, places) for span in flow.evidence)


def _within(span: Span, places: Sequence[Span]) -> bool:
    return any(span.overlaps(place) for place in places)
