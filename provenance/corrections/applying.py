"""Apply corrections to a graph, one by one, and report which can no longer be.

Where a correction changes what the machine had decided, a person decided.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from provenance.corrections.anchors import find_claim, find_source, find_span
from provenance.corrections.crediting import credited
from provenance.graph import said_kind
from provenance.model import (
    ARTICLE,
    Action,
    Anchor,
    Applied,
    Basis,
    Correction,
    Decision,
    Facet,
    Flow,
    Source,
    SourceGraph,
    SourceType,
    Span,
)


def decided(facet: Facet) -> Decision:
    """Return that a person decided about *facet*."""
    return Decision(facet=facet, by=Basis.CURATOR)


def by_hand(decisions: Sequence[Decision], *facets: Facet) -> tuple[Decision, ...]:
    """Return *decisions* with those about *facets* taken by a person."""
    kept = [one for one in decisions if one.facet not in facets]
    return tuple(sorted([*kept, *map(decided, facets)]))


def shared(whole: Source, part: Source) -> tuple[Decision, ...]:
    """Return the decisions of *whole* once a person has found it one with *part*."""
    merged = replace(decided(Facet.SAME), spans=part.mentions)
    same = (one for one in part.decisions if one.facet is Facet.SAME)
    return tuple(sorted({*whole.decisions, *same, merged}))


def without(source: Source, own: Sequence[Span]) -> Source:
    """Return *source* without its mentions *own*, which are somebody else's."""
    left = (
        replace(one, spans=tuple(span for span in one.spans if span not in own))
        for one in source.decisions
    )
    return replace(
        source,
        mentions=tuple(span for span in source.mentions if span not in own),
        decisions=tuple(sorted(one for one in left if one.spans or one.facet is not Facet.SAME)),
    )


Changed = tuple[SourceGraph, tuple[str, ...]]
Lost = tuple[Correction, str]


class _Gone(Exception):
    """What a correction is about is not there."""


def replay(graph: SourceGraph, log: Iterable[Correction]) -> tuple[SourceGraph, tuple[Lost, ...]]:
    """Return *graph* with the corrections in *log*, and those that no longer apply, with why.

    Each is found by the words that it rests on, so neither another extractor nor an edited article
    undoes it while these are there.
    """
    lost: list[Lost] = []
    for correction in log:
        try:
            graph, about = _ACTIONS[correction.action](graph, correction)
        except _Gone as gone:
            lost.append((correction, str(gone)))
            continue
        held = (*graph.corrections, Applied(correction=correction, about=about))
        graph = replace(graph, corrections=held)
    kept = {source.id for source in graph.sources} | {claim.id for claim in graph.claims}
    told = tuple(
        replace(a, about=tuple(i for i in a.about if i in kept)) for a in graph.corrections
    )
    return replace(graph, corrections=told), tuple(lost)


def _merge(graph: SourceGraph, correction: Correction) -> Changed:
    one, other = _source(graph, correction.source), _source(graph, correction.target)
    if one == other:
        raise _Gone("they are one already")
    sources = {source.id: source for source in graph.sources}
    whole = replace(
        sources[other],
        aliases=tuple(sorted({*sources[other].aliases, *sources[one].aliases, sources[one].name})),
        mentions=tuple(sorted({*sources[other].mentions, *sources[one].mentions})),
        decisions=shared(sources[other], sources[one]),
    )
    kept = tuple(whole if s.id == other else s for s in graph.sources if s.id != one)
    moved = _renamed(replace(graph, sources=kept), {one: other})
    return moved, (other,)


def _split(graph: SourceGraph, correction: Correction) -> Changed:
    id = _source(graph, correction.source)
    source = next(one for one in graph.sources if one.id == id)
    places = [p for q in correction.quotes if (p := find_span(graph.article, q)) is not None]
    own = tuple(m for m in source.mentions if any(m.overlaps(place) for place in places))
    if not own or own == source.mentions:
        raise _Gone("the mentions to be split off are not there, or are all there are")
    new = Source(
        id=_free_id(graph, correction.name),
        name=correction.name,
        type=SourceType(correction.type) if correction.type else source.type,
        aliases=(correction.name,),
        mentions=own,
        decisions=by_hand((), Facet.NAME, Facet.TYPE),
    )
    rest = without(source, own)
    sources = _sorted([*(rest if s.id == id else s for s in graph.sources), new])
    return _moved(replace(graph, sources=sources), id, new.id, own), (id, new.id)


def _moved(graph: SourceGraph, id: str, new: str, own: Sequence[Span]) -> SourceGraph:
    """Return *graph* with what rests on the mentions *own* of the source *id* moved to *new*."""

    def ids(some: Iterable[str], wanted: bool) -> tuple[str, ...]:
        return tuple(new if wanted and i == id else i for i in some)

    attributions = tuple(
        replace(a, source_ids=ids(a.source_ids, _touch(a.source or a.speakers, own)))
        for a in graph.attributions
    )
    contents = {a.content for a in attributions if new in a.source_ids}
    return replace(
        graph,
        flows=_joined(part for flow in graph.flows for part in _parted(flow, id, new, own)),
        disputes=tuple(
            replace(d, source=new) if d.source == id and _all_touch(d.evidence, own) else d
            for d in graph.disputes
        ),
        attributions=attributions,
        claims=tuple(
            replace(c, sources=tuple(sorted(ids(c.sources, c.content in contents))))
            for c in graph.claims
        ),
    )


def _retype(graph: SourceGraph, correction: Correction) -> Changed:
    id, type = _source(graph, correction.source), SourceType(correction.type)
    before = said_kind(next(s.type for s in graph.sources if s.id == id))
    sources = tuple(
        replace(s, type=type, decisions=by_hand(s.decisions, Facet.TYPE)) if s.id == id else s
        for s in graph.sources
    )
    flows = [
        replace(f, kind=said_kind(type)) if f.source == id and f.kind is before else f
        for f in graph.flows
    ]
    return replace(graph, sources=sources, flows=_joined(flows)), (id,)


def _rename(graph: SourceGraph, correction: Correction) -> Changed:
    id = _source(graph, correction.source)
    sources = tuple(
        replace(
            s,
            name=correction.name,
            aliases=tuple(sorted({*s.aliases, s.name})),
            decisions=by_hand(s.decisions, Facet.NAME),
        )
        if s.id == id
        else s
        for s in graph.sources
    )
    return replace(graph, sources=sources), (id,)


def _reject(graph: SourceGraph, correction: Correction) -> Changed:
    one, other = _source(graph, correction.source), _source(graph, correction.target)
    flows = tuple(f for f in graph.flows if (f.source, f.target) != (one, other))
    disputes = tuple(d for d in graph.disputes if (d.source, d.target) != (one, other))
    if (flows, disputes) == (graph.flows, graph.disputes):
        raise _Gone("there is no such flow or dispute")
    return replace(graph, flows=flows, disputes=disputes), (one, other)


def _confirm(graph: SourceGraph, correction: Correction) -> Changed:
    one, other = ends = _source(graph, correction.source), _source(graph, correction.target)
    flows = tuple(
        replace(f, score=1.0, decision=decided(Facet.HOP)) if (f.source, f.target) == ends else f
        for f in graph.flows
    )
    sure = decided(Facet.DISPUTE)
    disputes = tuple(
        replace(d, score=1.0, decision=sure) if (d.source, d.target) == ends else d
        for d in graph.disputes
    )
    known = {(f.source, f.target) for f in graph.flows}
    if ends not in known | {(d.source, d.target) for d in graph.disputes}:
        raise _Gone("there is no such flow or dispute")
    return replace(graph, flows=flows, disputes=disputes), (one, other)


def _add(graph: SourceGraph, correction: Correction) -> Changed:
    found = [find_span(graph.article, quote) for quote in correction.quotes]
    evidence = tuple(span for span in found if span is not None)
    if len(evidence) < len(found):
        raise _Gone("the words that it rests on are not in the article")
    graph, one = _source_or_new(graph, correction.source, correction.type, evidence)
    graph, other = _source_or_new(graph, correction.target, "", evidence)
    type = next(s.type for s in graph.sources if s.id == one)
    flow = Flow(
        source=one,
        target=other,
        kind=said_kind(type),
        evidence=evidence,
        decision=decided(Facet.HOP),
    )
    return replace(graph, flows=_joined([*graph.flows, flow])), (one, other)


def _credit(graph: SourceGraph, correction: Correction) -> Changed:
    if find_span(graph.article, correction.quotes[0]) is None:
        raise _Gone("the words are not in the article, or not where they were")
    claim = find_claim(graph, correction.quotes[0])
    if claim is None:
        raise _Gone("the words are no claim any more")
    if correction.source is not None and correction.source.quote is not None:
        id = _source(graph, correction.source)
    else:
        places = [one.sentence for one in graph.attributions if one.content == claim.content]
        evidence = places or claim.content
        graph, id = _source_or_new(graph, correction.source, correction.type, evidence)
    if id == ARTICLE:
        raise _Gone("the article itself is no source")
    if claim.sources == (id,):
        raise _Gone("they are the words of that source already")
    changed = credited(graph, claim, next(one for one in graph.sources if one.id == id))
    return replace(changed, flows=_joined(changed.flows)), (claim.id, id)


def _grade(graph: SourceGraph, correction: Correction) -> Changed:
    if correction.source is not None:
        return graph, (_source(graph, correction.source),)
    claim = find_claim(graph, correction.quotes[0]) if correction.quotes else None
    if claim is None:
        raise _Gone("the claim is not in the article, or is none any more")
    return graph, (claim.id,)


_ACTIONS: dict[Action, Callable[[SourceGraph, Correction], Changed]] = {
    Action.MERGE: _merge,
    Action.SPLIT: _split,
    Action.RETYPE: _retype,
    Action.RENAME: _rename,
    Action.REJECT: _reject,
    Action.CONFIRM: _confirm,
    Action.ADD: _add,
    Action.CREDIT: _credit,
    Action.GRADE: _grade,
}


def _source(graph: SourceGraph, anchor: Anchor | None) -> str:
    id = find_source(graph, anchor) if anchor is not None else None
    if id is None:
        name = anchor.name if anchor is not None else "nobody"
        raise _Gone(f"{name} is not in the graph, or not where it was")
    return id


def _source_or_new(
    graph: SourceGraph, anchor: Anchor | None, type: str, evidence: Sequence[Span]
) -> tuple[SourceGraph, str]:
    assert anchor is not None
    id = find_source(graph, anchor)
    if id is not None:
        return graph, id
    at = [p for span in evidence if (p := graph.article.quote(span).find(anchor.name)) >= 0]
    start = evidence[0].start + at[0] if at else -1
    new = Source(
        id=_free_id(graph, anchor.name),
        name=anchor.name,
        type=SourceType(type or SourceType.ORGANIZATION),
        aliases=(anchor.name,) if at else (),
        mentions=(Span(start, start + len(anchor.name)),) if at else (),
        decisions=by_hand((), Facet.NAME, Facet.TYPE),
    )
    return replace(graph, sources=_sorted([*graph.sources, new])), new.id


def _renamed(graph: SourceGraph, ids: dict[str, str]) -> SourceGraph:
    """Return *graph* with every reference to a source moved as *ids* says."""

    def new(id: str) -> str:
        return ids.get(id, id)

    flows = [replace(f, source=new(f.source), target=new(f.target)) for f in graph.flows]
    disputes = {
        (new(d.source), new(d.target), d.stance): replace(
            d, source=new(d.source), target=new(d.target)
        )
        for d in graph.disputes
    }
    return replace(
        graph,
        flows=_joined(f for f in flows if f.source != f.target),
        disputes=tuple(d for _, d in sorted(disputes.items()) if d.source != d.target),
        claims=tuple(
            replace(c, sources=tuple(sorted({new(i) for i in c.sources}))) for c in graph.claims
        ),
        attributions=tuple(
            replace(a, source_ids=tuple(map(new, a.source_ids))) for a in graph.attributions
        ),
        events=tuple(
            replace(
                e,
                participants=tuple(replace(p, source_id=new(p.source_id)) for p in e.participants),
            )
            for e in graph.events
        ),
    )


def _parted(flow: Flow, id: str, new: str, own: Sequence[Span]) -> list[Flow]:
    """Return *flow* in the parts that its evidence falls into, those with *own* as of *new*."""
    if id not in (flow.source, flow.target):
        return [flow]
    theirs = tuple(e for e in flow.evidence if _touch((e,), own))
    rest = tuple(e for e in flow.evidence if e not in theirs)
    parts = [replace(flow, evidence=rest)] if rest else []
    if theirs and flow.source == id:
        parts.append(replace(flow, evidence=theirs, source=new))
    elif theirs:
        parts.append(replace(flow, evidence=theirs, target=new))
    return parts


def _joined(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """Return *flows* in order, those of the same ends as one that rests on all their evidence."""
    found: dict[tuple[str, str], Flow] = {}
    for flow in flows:
        ends = flow.source, flow.target
        if ends in found:
            other = found[ends]
            flow = replace(
                other,
                evidence=tuple(sorted({*other.evidence, *flow.evidence})),
                cues=tuple(sorted({*other.cues, *flow.cues})),
                certainty=min(other.certainty, flow.certainty, key=lambda c: c.rank),
            )
        found[ends] = flow
    return tuple(flow for _, flow in sorted(found.items()))


def _free_id(graph: SourceGraph, name: str) -> str:
    stem = "-".join(re.findall(r"[^\W_]+", name.casefold())) or "source"
    taken = {source.id for source in graph.sources} | {ARTICLE}
    number = 1
    while (id := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return id


def _sorted(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: source.id))


def _touch(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def _all_touch(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return all(_touch((one,), others) for one in some)
