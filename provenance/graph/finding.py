"""What follows from a graph: what its flows carry, its points with their lines, its gaps."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from provenance.common.stemming import stands_alone
from provenance.graph.beginnings import begun, lines_of
from provenance.graph.carrying import carried
from provenance.graph.claims import (
    Sense,
    against,
    alike,
    common,
    firsts_of,
    is_unsaid,
    objections,
    overlap,
    saying,
    sense_of,
)
from provenance.graph.gaps import find_gaps
from provenance.graph.ordering import network_of, order_of, origins_of
from provenance.model import (
    Cargo,
    CargoKind,
    Claim,
    Dispute,
    Findings,
    Flow,
    Point,
    SourceGraph,
)

_COMMON = 2
"""How many words that are no names a denial and what it is of have in common at the least."""
_LEADING = 0.34
"""How much of the headline's words a claim has at the least that stands for it."""


@lru_cache(maxsize=8)
def findings(graph: SourceGraph) -> Findings:
    """Return what follows from *graph*."""
    first = firsts_of(graph)
    cargo = carried(graph, first)
    return Findings(
        cargo=cargo,
        begun=begun(graph, cargo),
        points=_points(graph, first, cargo),
        gaps=find_gaps(graph),
        origins=find_origins(graph),
    )


def find_origins(graph: SourceGraph) -> tuple[str, ...]:
    """Return the ids of the origins, in the order of the text; one for each circle."""
    order = order_of(graph)
    return tuple(origin for origin, _ in origins_of(network_of(graph.flows), order))


def _points(
    graph: SourceGraph, first: Mapping[str, str], cargo: Sequence[tuple[Cargo, ...]]
) -> tuple[Point, ...]:
    groups: dict[str, list[Claim]] = {}
    for claim in graph.claims:
        groups.setdefault(first[claim.id], []).append(claim)
    leading, order = _leading(graph, groups), order_of(graph)
    carrying: dict[Cargo, list[Flow]] = {}
    for flow, loads in zip(graph.flows, cargo, strict=True):
        for load in loads:
            carrying.setdefault(load, []).append(flow)
    points = []
    for id, claims in groups.items():
        flows = carrying.get(Cargo(CargoKind.CLAIM, id), [])
        disputes = tuple(_disputes(graph, flows, claims, first))
        points.append(
            Point(
                claims=tuple(claim.id for claim in claims),
                text=claims[0].text,
                ways=lines_of(graph, flows, claims, order),
                disputes=disputes,
                leads=id == leading,
                objections=objections(graph, claims, disputes),
            )
        )
    return tuple(sorted(points, key=_place))


def _place(point: Point) -> tuple[bool, bool]:
    """Return what *point* is sorted by: the headline's first, last what says nothing by itself."""
    sense = sense_of(point.text)
    return not point.leads, not stands_alone(sense.stems, sense.said)


def _leading(graph: SourceGraph, groups: Mapping[str, list[Claim]]) -> str:
    """Return the claim that the headline makes, or says what it says; "" if none comes near.

    Where what it says is only denied or doubted by whoever speaks of it, nobody makes it.
    """
    headline = graph.article.headline
    title = sense_of(graph.article.title)
    best, leader = 0.0, ""
    for id, claims in groups.items():
        inside = headline and any(span in headline for c in claims for span in c.content[:1])
        score = max(overlap(title, sense_of(c.text)) for c in claims) + (1.0 if inside else 0.0)
        if score > best:
            best, leader = score, "" if is_unsaid(graph, claims[0]) else id
    return leader if best >= _LEADING else ""


def _disputes(
    graph: SourceGraph,
    flows: Sequence[Flow],
    claims: Sequence[Claim],
    first: Mapping[str, str],
) -> Iterable[int]:
    """Yield the numbers of the disputes that bear on *claims*.

    A thing is disputed with all that it carries. Of somebody who makes several claims that one is
    which the words against it come nearest to, or none; of who makes only one it is that, unless
    something else is denied in so many words. A claim that only its denier speaks of is what his
    dispute is about.
    """
    ends = {end for flow in flows for end in (flow.source, flow.target)}
    things = _things(graph)
    makers = {id for claim in claims for id in saying(graph, claim)}
    for number, dispute in enumerate(graph.disputes):
        if dispute.source in makers:
            continue
        if any(_turned_by(graph, dispute, claim) for claim in claims):
            yield number
            continue
        if dispute.target in things & (ends | makers):
            yield number
        elif dispute.target in makers:
            alone = len({first[c.id] for c in graph.claims if dispute.target in c.sources}) == 1
            only = alone and not _is_on_another(graph, dispute, claims)
            if only or any(_near(graph, dispute, c) for c in claims):
                yield number


@lru_cache(maxsize=8)
def _things(graph: SourceGraph) -> frozenset[str]:
    return frozenset(source.id for source in graph.sources if not source.type.is_agent)


def _turned_by(graph: SourceGraph, dispute: Dispute, claim: Claim) -> bool:
    """Whether *claim* is what the source of *dispute* denies or doubts in its sentences."""
    told = any(c.overlaps(span) for c in claim.content for span in dispute.evidence)
    return told and dispute.source in against(graph)[claim.id]


def _is_on_another(graph: SourceGraph, dispute: Dispute, claims: Sequence[Claim]) -> bool:
    """Whether the words that *dispute* is told in say something, and nothing of *claims*."""
    senses = [sense_of(claim.text) for claim in claims]
    told = [sense_of(c.text) for c in graph.claims if _turned_by(graph, dispute, c)]
    return bool(told) and not any(
        not stands_alone(own.stems, own.said) or len(common(own, sense)) >= _COMMON
        for own in told
        for sense in senses
    )


def _near(graph: SourceGraph, dispute: Dispute, claim: Claim) -> bool:
    """Whether the words of *dispute* say something of what *claim* says."""
    return any(
        alike(sense_of(other.text), sense_of(claim.text))
        or _shares(sense_of(other.text), sense_of(claim.text))
        for other in graph.claims
        if dispute.source in other.sources
        and any(c.overlaps(span) for c in other.content[:1] for span in dispute.evidence)
    )


def _shares(one: Sense, other: Sense) -> bool:
    return min(overlap(one, other), overlap(other, one)) >= _LEADING
