"""What follows from a graph: what its flows carry, its points with their lines, its gaps."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from provenance.graph.carrying import carried
from provenance.graph.claims import (
    Sense,
    against,
    alike,
    firsts_of,
    is_unsaid,
    overlap,
    saying,
    sense_of,
)
from provenance.graph.gaps import find_gaps
from provenance.graph.ordering import network_of, order_of, origins_of, rank
from provenance.model import (
    ARTICLE,
    Cargo,
    CargoKind,
    Claim,
    Dispute,
    Findings,
    Flow,
    Point,
    SourceGraph,
)

_LEADING = 0.34
"""How much of the headline's words a claim has at the least that stands for it."""


@lru_cache(maxsize=8)
def findings(graph: SourceGraph) -> Findings:
    """Return what follows from *graph*."""
    first = firsts_of(graph)
    cargo = carried(graph, first)
    return Findings(
        cargo=cargo,
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
    leading = _leading(graph, groups)
    points = []
    for id, claims in groups.items():
        load = Cargo(CargoKind.CLAIM, id)
        flows = [f for f, loads in zip(graph.flows, cargo, strict=True) if load in loads]
        points.append(
            Point(
                claims=tuple(claim.id for claim in claims),
                text=claims[0].text,
                lines=_lines(graph, flows, claims),
                disputes=tuple(_disputes(graph, flows, claims, groups)),
                leads=id == leading,
            )
        )
    return tuple(sorted(points, key=lambda point: not point.leads))


def _leading(graph: SourceGraph, groups: Mapping[str, list[Claim]]) -> str:
    """Return the claim that the headline makes, or says what it says; "" if none comes near."""
    headline = graph.article.headline
    title = sense_of(graph.article.title)
    best, leader = 0.0, ""
    for id, claims in groups.items():
        if is_unsaid(graph, claims[0]):
            continue
        inside = headline and any(span in headline for c in claims for span in c.content[:1])
        score = max(overlap(title, sense_of(c.text)) for c in claims) + (1.0 if inside else 0.0)
        if score > best:
            best, leader = score, id
    return leader if best >= _LEADING else ""


def _lines(
    graph: SourceGraph, flows: Sequence[Flow], claims: Sequence[Claim]
) -> tuple[tuple[str, ...], ...]:
    """Return the sources by which the article has *claims*, those with a common origin together.

    Whoever makes one of them without any flow that carries it is a line, too. Whoever only denies
    or doubts them is none, and a claim that nobody else speaks of has none.
    """
    makers = {id for claim in claims for id in saying(graph, claim)}
    turned = {id for claim in claims for id in against(graph)[claim.id]} - makers
    if turned and not makers:
        return ()
    flows = [flow for flow in flows if not turned & {flow.source, flow.target}]
    upstream = _upstream(flows)
    direct = dict.fromkeys(f.source for f in flows if f.target == ARTICLE)
    ends = {end for flow in flows for end in (flow.source, flow.target)}
    alone = [id for claim in claims for id in saying(graph, claim) if id not in ends]
    loose = [f.source for f in flows if f.source not in direct and f.source not in upstream]
    reaching = {id for one in direct for id in _behind(one, upstream)} | {*direct}
    alone += [id for id in loose if id not in reaching]
    groups: list[tuple[set[str], list[str]]] = []
    for id in dict.fromkeys((*direct, *alone)):
        behind = _behind(id, upstream)
        origins = {one for one in behind if not upstream.get(one)} or behind | {id}
        members = [id]
        apart = []
        for own, others in groups:
            if own & origins:
                origins |= own
                members = [*others, *members]
            else:
                apart.append((own, others))
        groups = [*apart, (origins, members)]
    order = order_of(graph)
    lines = [tuple(sorted(members, key=lambda id: rank(id, order))) for _, members in groups]
    return tuple(sorted(lines, key=lambda line: (rank(line[0], order), line)))


def _disputes(
    graph: SourceGraph,
    flows: Sequence[Flow],
    claims: Sequence[Claim],
    groups: Mapping[str, list[Claim]],
) -> Iterable[int]:
    """Yield the numbers of the disputes that bear on *claims*.

    A thing is disputed with all that it carries. Of somebody who makes several claims that one is
    which the words against it come nearest to, or none. A claim that only its denier speaks of is
    what his dispute is about.
    """
    ends = {end for flow in flows for end in (flow.source, flow.target)}
    things = {s.id for s in graph.sources if not s.type.is_agent}
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
            made = [c for c in graph.claims if dispute.target in c.sources]
            alone = len({id for id, group in groups.items() for c in made if c in group}) == 1
            if alone or any(_near(graph, dispute, c) for c in claims):
                yield number


def _turned_by(graph: SourceGraph, dispute: Dispute, claim: Claim) -> bool:
    """Whether *claim* is what the source of *dispute* denies or doubts in its sentences."""
    told = any(c.overlaps(span) for c in claim.content for span in dispute.evidence)
    return told and dispute.source in against(graph)[claim.id]


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


def _upstream(flows: Iterable[Flow]) -> dict[str, list[str]]:
    upstream: dict[str, list[str]] = {}
    for flow in flows:
        if flow.source not in (flow.target, ARTICLE):
            upstream.setdefault(flow.target, []).append(flow.source)
    return upstream


def _behind(id: str, upstream: Mapping[str, list[str]]) -> set[str]:
    """Return all from whom *id* has anything; itself only in a circle."""
    seen: set[str] = set()
    waiting = [id]
    while waiting:
        for source in upstream.get(waiting.pop(), ()):
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return seen
