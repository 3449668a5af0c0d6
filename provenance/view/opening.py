"""What a page opens with: the headline's claim, or another that came through somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from provenance.graph import doubt, findings
from provenance.model import ARTICLE, Chain, Point, SourceGraph

_DOUBTS = ("", "[probably]", "[perhaps]")


@dataclass(frozen=True, slots=True)
class Opening:
    """The claim that a page begins with, and what it says above it."""

    point: Point
    title: str


def order_chains(graph: SourceGraph, chains: Sequence[Chain]) -> tuple[Chain, ...]:
    """Return *chains*, the one to begin with first.

    It carries the headline's claim, is read surely, and is the longest of such. Where no claim
    stands for the headline it is one that came through somebody, the first of what is read surely.
    """
    points = findings(graph).points
    place = {point.id: number for number, point in enumerate(points)}
    things = {source.id for source in graph.sources if source.type.is_artefact}
    starts = {s.id: min((m.start for m in s.mentions), default=0) for s in graph.sources}
    leads = bool(points) and points[0].leads

    def standing(chain: Chain) -> tuple[object, ...]:
        carried = [place[one.name] for one in chain.cargo if one.name in place]
        told = min(carried, default=len(place))
        ids = (chain.origin, *(flow.target for flow in chain.flows))
        length = (-len(ids), -len(things & {*ids}), [starts.get(id, 0) for id in ids])
        if leads:
            return told > 0, ids[-1] != ARTICLE, _doubt(chain), *length
        doubt = _doubt(chain)
        return told == len(place), ids[-1] != ARTICLE, doubt > 1, len(ids) < 3, doubt, told, *length

    return tuple(sorted(chains, key=standing))


def opening_of(graph: SourceGraph, chains: Sequence[Chain]) -> Opening | None:
    """Return what to begin with, *chains* being in their order; None where nothing is claimed."""
    points = findings(graph).points
    if not points:
        return None
    if points[0].leads:
        return Opening(points[0], "What the headline claims")
    carried = {one.name for chain in chains[:1] for one in chain.cargo}
    found = next((point for point in points if point.id in carried), None)
    if found and len(chains[0].flows) > 1:
        return Opening(found, "A claim that came through somebody")
    return Opening(found or points[0], "What is claimed first")


def _doubt(chain: Chain) -> int:
    return _DOUBTS.index(doubt(min((flow.score for flow in chain.flows), default=1.0)))
