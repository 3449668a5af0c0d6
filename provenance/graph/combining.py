"""Join the graphs that several extractors made of one article, and record which found what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from provenance.common.normal import plain_text
from provenance.graph.cue_words import words
from provenance.model import (
    ARTICLE,
    Attribution,
    Claim,
    CustodyEvent,
    Dispute,
    Flow,
    Run,
    Source,
    SourceGraph,
    Stance,
)

Edge = TypeVar("Edge", Flow, Dispute)
_ARTICLES = words("combining", "articles")


def combine(graphs: Mapping[str, SourceGraph]) -> SourceGraph:
    """Return the graphs of one article, by the names of their extractors, as one.

    Sources are one that have a name in common, or stand in the same places. What several found is
    there once, with all its evidence; what is contrary is there twice, each with who found it.
    """
    names = list(graphs)
    whole = _told(graphs[names[0]], names[0])
    for name in names[1:]:
        more = _told(graphs[name], name)
        whole = _joined(whole, _renamed(more, _same(whole.sources, more.sources)))
    return replace(
        whole,
        flows=_contrary_flows(whole.flows),
        disputes=_contrary_disputes(whole.disputes),
        run=_run(graphs),
    )


def part_of(graph: SourceGraph, extractor: str) -> SourceGraph:
    """Return what one of the extractors found, of a graph that several made."""
    sources = tuple(s for s in graph.sources if extractor in s.found_by)
    known = {source.id for source in sources}
    return replace(
        graph,
        sources=sources,
        flows=tuple(f for f in graph.flows if extractor in f.found_by),
        disputes=tuple(d for d in graph.disputes if extractor in d.found_by),
        claims=tuple(c for c in graph.claims if set(c.sources) <= known),
    )


def finders(graph: SourceGraph) -> tuple[str, ...]:
    """Return the extractors that made *graph* together, sorted; none if it was one."""
    found = [one.found_by for one in graph.sources]
    found += [one.found_by for one in graph.flows]
    return tuple(sorted({name for names in found for name in names}))


def _told(graph: SourceGraph, name: str) -> SourceGraph:
    return replace(
        graph,
        sources=tuple(replace(s, found_by=(name,)) for s in graph.sources),
        flows=tuple(replace(f, found_by=(name,)) for f in graph.flows),
        disputes=tuple(replace(d, found_by=(name,)) for d in graph.disputes),
    )


def _same(ours: Sequence[Source], theirs: Sequence[Source]) -> dict[str, str]:
    """Return what each of *theirs* is called here: like the one of *ours* that it is, or anew."""
    pairs = []
    for one in ours:
        for other in theirs:
            names = len(_names(one) & _names(other))
            places = len(set(one.mentions) & set(other.mentions))
            if names or places:
                pairs.append((-(2 * names + places), one.id, other.id))
    ids: dict[str, str] = {ARTICLE: ARTICLE}
    for _, our, their in sorted(pairs):
        if their not in ids and our not in ids.values():
            ids[their] = our
    taken = {source.id for source in ours} | {ARTICLE}
    for source in theirs:
        if source.id not in ids:
            ids[source.id] = _free(source.id, taken)
            taken.add(ids[source.id])
    return ids


def _names(source: Source) -> set[str]:
    names = {" ".join(plain_text(n).casefold().split()) for n in (source.name, *source.aliases)}
    return {_bare(name) for name in names}


def _bare(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first in _ARTICLES else name


def _free(id: str, taken: set[str]) -> str:
    number = 1
    while (free := id if number == 1 else f"{id}-{number}") in taken:
        number += 1
    return free


def _renamed(graph: SourceGraph, ids: Mapping[str, str]) -> SourceGraph:
    """Return *graph* with the sources called as *ids* says."""

    def new(some: Iterable[str]) -> tuple[str, ...]:
        return tuple(ids.get(id, "") for id in some)

    events = (
        replace(
            e,
            participants=tuple(
                replace(p, source_id=ids.get(p.source_id, "")) for p in e.participants
            ),
        )
        for e in graph.events
    )
    return replace(
        graph,
        sources=tuple(replace(s, id=ids[s.id]) for s in graph.sources),
        flows=tuple(replace(f, source=ids[f.source], target=ids[f.target]) for f in graph.flows),
        disputes=tuple(
            replace(d, source=ids[d.source], target=ids[d.target]) for d in graph.disputes
        ),
        claims=tuple(replace(c, sources=tuple(sorted(new(c.sources)))) for c in graph.claims),
        attributions=tuple(replace(a, source_ids=new(a.source_ids)) for a in graph.attributions),
        events=tuple(events),
    )


def _joined(one: SourceGraph, other: SourceGraph) -> SourceGraph:
    """Return two graphs whose sources are called alike as one."""
    sources = {source.id: source for source in one.sources}
    for source in other.sources:
        known = sources.get(source.id)
        sources[source.id] = _both(known, source) if known else source
    flows = {(f.source, f.target): f for f in one.flows}
    for flow in other.flows:
        ends = (flow.source, flow.target)
        flows[ends] = _merged(flows[ends], flow) if ends in flows else flow
    disputes = {(d.source, d.target, d.stance): d for d in one.disputes}
    for dispute in other.disputes:
        key = (dispute.source, dispute.target, dispute.stance)
        disputes[key] = _merged(disputes[key], dispute) if key in disputes else dispute
    return replace(
        one,
        sources=tuple(sorted(sources.values(), key=lambda s: s.id)),
        flows=tuple(flow for _, flow in sorted(flows.items())),
        disputes=tuple(dispute for _, dispute in sorted(disputes.items())),
        claims=_claims((*one.claims, *other.claims)),
        attributions=_attributions((*one.attributions, *other.attributions)),
        events=_events(one.events, other.events),
    )


def _both(one: Source, other: Source) -> Source:
    return replace(
        one,
        aliases=tuple(sorted({*one.aliases, *other.aliases})),
        mentions=tuple(sorted({*one.mentions, *other.mentions})),
        wikidata=one.wikidata or other.wikidata,
        score=max(one.score, other.score),
        found_by=tuple(sorted({*one.found_by, *other.found_by})),
    )


def _merged(one: Edge, other: Edge) -> Edge:
    """Return one flow or dispute that two extractors found."""
    return replace(
        one,
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
        cues=tuple(sorted({*one.cues, *other.cues})),
        certainty=min(one.certainty, other.certainty, key=lambda c: c.rank),
        score=max(one.score, other.score),
        found_by=tuple(sorted({*one.found_by, *other.found_by})),
    )


def _contrary_flows(flows: tuple[Flow, ...]) -> tuple[Flow, ...]:
    """Return *flows*, each with the extractors that found it the other way round, and not so."""
    known = {(flow.source, flow.target): flow for flow in flows}
    return tuple(
        replace(flow, denied_by=_without(known[back].found_by, flow.found_by))
        if (back := (flow.target, flow.source)) in known
        else flow
        for flow in flows
    )


def _contrary_disputes(disputes: tuple[Dispute, ...]) -> tuple[Dispute, ...]:
    """Return *disputes*, each with the extractors that found the other stance, and not this one."""
    sides: dict[tuple[str, str, bool], set[str]] = {}
    for one in disputes:
        side = (one.source, one.target, one.stance is Stance.CONFIRMS)
        sides.setdefault(side, set()).update(one.found_by)
    return tuple(
        replace(d, denied_by=_without(sides.get(other, set()), d.found_by))
        for d in disputes
        for other in [(d.source, d.target, d.stance is not Stance.CONFIRMS)]
    )


def _without(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names) - set(others)))


def _claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return *claims*, those with the same words in the same place as one."""
    found: dict[str, Claim] = {}
    for claim in claims:
        other = found.get(claim.id, claim)
        found[claim.id] = replace(
            other, sources=tuple(sorted({*other.sources, *claim.sources} - {""}))
        )
    return tuple(sorted(found.values(), key=lambda c: (c.content, c.id)))


def _attributions(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    return tuple(sorted(set(attributions), key=lambda a: (a.cue, a.content, a.by, a.source_ids)))


def _events(
    events: Iterable[CustodyEvent], more: Iterable[CustodyEvent]
) -> tuple[CustodyEvent, ...]:
    """Return *events* with what of *more* does not say the same in the same words."""
    kept = list(events)
    for event in more:
        same = (e for e in kept if e.kind is event.kind and e.sentence.overlaps(event.sentence))
        if next(same, None) is None:
            kept.append(event)
    return tuple(sorted(kept, key=lambda e: (e.trigger, e.id)))


def _run(graphs: Mapping[str, SourceGraph]) -> Run:
    runs = [graph.run for graph in graphs.values()]
    return replace(
        runs[0],
        extractor="+".join(graphs),
        weights=next((run.weights for run in runs if run.weights), ""),
        registry=next((run.registry for run in runs if run.registry), ()),
        min_score=max(run.min_score for run in runs),
        readers=tuple(sorted({reader for run in runs for reader in run.readers})),
        left_out=sum(run.left_out for run in runs),
    )
