"""Where what flows carry begins, and the independent lines by which a claim comes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.graph.claims import against, saying
from provenance.graph.ordering import Network, Place, network_of, order_of, origins_of, rank
from provenance.model import ARTICLE, Cargo, Certainty, Claim, Flow, Line, SourceGraph


def begun(graph: SourceGraph, cargo: Sequence[tuple[Cargo, ...]]) -> tuple[tuple[Cargo, ...], ...]:
    """Return what each flow carries from where it begins, in the order of the flows.

    That is where nothing leads into what carries that very load; what else its source has from
    others counts for nothing. A flow that the article denies begins nothing.
    """
    order = order_of(graph)
    carrying: dict[Cargo, list[Flow]] = {}
    for flow, loads in zip(graph.flows, cargo, strict=True):
        if flow.certainty is not Certainty.DENIED:
            for load in loads:
                carrying.setdefault(load, []).append(flow)
    known: dict[Network, frozenset[str]] = {}
    origins: dict[Cargo, frozenset[str]] = {}
    for load, flows in carrying.items():
        hops = network_of(flows)
        if hops not in known:
            known[hops] = frozenset(id for id, _ in origins_of(hops, order))
        origins[load] = known[hops]
    return tuple(
        ()
        if flow.certainty is Certainty.DENIED or flow.source == flow.target
        else tuple(load for load in loads if flow.source in origins[load])
        for flow, loads in zip(graph.flows, cargo, strict=True)
    )


def lines_of(
    graph: SourceGraph,
    flows: Sequence[Flow],
    claims: Sequence[Claim],
    order: Mapping[str, Place],
) -> tuple[Line, ...]:
    """Return the lines by which the article has *claims*, which *flows* carry.

    Whoever makes one of them without any flow that carries it is a line, too. Whoever only denies
    or doubts them is none, and a claim that nobody else speaks of has none.
    """
    makers = {id for claim in claims for id in saying(graph, claim)}
    turned = {id for claim in claims for id in against(graph)[claim.id]} - makers
    if turned and not makers:
        return ()
    told = (flow for flow in flows if flow.certainty is not Certainty.DENIED)
    hops = network_of(flow for flow in told if not turned & {flow.source, flow.target})
    ends = {end for hop in hops for end in hop}
    begins = _begins(hops, order) | {id: {id} for id in makers - ends}
    direct = {source for source, target in hops if target == ARTICLE}
    reaching = {origin for id in direct for origin in begins[id]}
    loose = {origin for part in begins.values() for origin in part} - reaching
    return _grouped(begins, direct | loose, order)


def _begins(hops: Network, order: Mapping[str, Place]) -> dict[str, set[str]]:
    """Return for each end of *hops* the origins that lead to it, an origin's own among them."""
    after: dict[str, list[str]] = {}
    for source, target in hops:
        after.setdefault(source, []).append(target)
    begins: dict[str, set[str]] = {}
    for origin, _ in origins_of(hops, order):
        for id in _reached(origin, after):
            begins.setdefault(id, set()).add(origin)
    begins.pop(ARTICLE, None)
    return begins


def _reached(id: str, after: Mapping[str, Iterable[str]]) -> set[str]:
    seen, waiting = {id}, [id]
    while waiting:
        new = {*after.get(waiting.pop(), ())} - seen
        seen |= new
        waiting += new
    return seen


@dataclass(slots=True)
class _Group:
    origins: set[str]
    members: set[str]


def _grouped(
    begins: Mapping[str, set[str]], nearest: Iterable[str], order: Mapping[str, Place]
) -> tuple[Line, ...]:
    """Return *nearest* as lines, those with an origin in common as one."""
    groups: list[_Group] = []
    for id in nearest:
        one = _Group({*begins[id]}, {id})
        for other in [g for g in groups if g.origins & one.origins]:
            one = _Group(one.origins | other.origins, one.members | other.members)
            groups.remove(other)
        groups.append(one)

    def sorted_(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=lambda id: rank(id, order)))

    lines = [
        Line(
            through=sorted_(one.members),
            origins=sorted_(one.origins),
            voices=sorted_(id for id, origins in begins.items() if origins & one.origins),
        )
        for one in groups
    ]
    return tuple(sorted(lines, key=lambda line: (rank(line.through[0], order), line.through)))
