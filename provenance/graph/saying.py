"""Who says what a claim says, and who of its speakers only denies or doubts it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from provenance.model import Attribution, Certainty, Claim, Point, SourceGraph, Stance


@lru_cache(maxsize=8)
def against(graph: SourceGraph) -> Mapping[str, frozenset[str]]:
    """Return by the id of each claim those of its sources that deny or doubt it.

    Whoever "denied that" or "cast doubt on" something did not say it: nobody has it from there. A
    claim that is denied as a whole, as an outlet takes it back, nobody says.
    """
    told: dict[object, list[Attribution]] = {}
    for one in graph.attributions:
        told.setdefault(one.content, []).append(one)
    return {claim.id: _against(claim, told.get(claim.content, ())) for claim in graph.claims}


def saying(graph: SourceGraph, claim: Claim) -> tuple[str, ...]:
    """Return the sources of *claim* that say so."""
    return tuple(id for id in claim.sources if id not in against(graph)[claim.id])


def is_unsaid(graph: SourceGraph, claim: Claim) -> bool:
    """Whether whoever speaks of *claim* only denies or doubts it."""
    return claim.certainty is Certainty.DENIED or bool(claim.sources and not saying(graph, claim))


def unsaid_by(graph: SourceGraph, point: Point) -> tuple[str, ...]:
    """Return who denies or doubts *point*, of which nobody else speaks; nobody of any other."""
    if point.lines:
        return ()
    turned = against(graph)
    return tuple(dict.fromkeys(id for one in point.claims for id in sorted(turned[one])))


def _against(claim: Claim, told: Sequence[Attribution]) -> frozenset[str]:
    turned = {id for one in told if _turns(one) for id in one.source_ids}
    if claim.certainty is Certainty.DENIED and not turned:
        turned = {*claim.sources}
    return frozenset(turned.intersection(claim.sources))


def _turns(one: Attribution) -> bool:
    """Whether *one* is told against its content: "denied that", "questioned whether"."""
    doubted = one.stance is Stance.DOUBTS and one.claimed is Certainty.SPECULATIVE
    return doubted or Certainty.DENIED in (one.claimed, one.certainty)
