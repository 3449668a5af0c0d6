"""Say what decided about a hop, a dispute or a source, and what would have been second."""

from collections.abc import Mapping, Sequence
from math import exp

import numpy as np

from provenance.graph.reader.features import TYPES, Floats
from provenance.model import (
    Basis,
    Decision,
    Dispute,
    Facet,
    Flow,
    Source,
    Spans,
)

Pair = tuple[int, int]
REVERSE = "the other way round"
LEADS_ON = "nothing else leads on"
_NEAR = 0.05
"""What is less likely was no second."""


def seconds(chances: Mapping[Pair, float], chosen: set[Pair]) -> dict[Pair, tuple[float, Pair]]:
    """Return for each of the *chosen* hops the likeliest that was not, from the same source.

    Or the same hop the other way round, where that is likelier.
    """
    other: dict[int, tuple[float, Pair]] = {}
    for pair, chance in chances.items():
        if pair not in chosen and chance >= _NEAR:
            other[pair[0]] = max(other.get(pair[0], (0.0, pair)), (chance, pair))
    found = {}
    for pair in chosen:
        back = (pair[1], pair[0])
        rows = [(chances[back], back)] if back not in chosen and back in chances else []
        rows += [other[pair[0]]] if pair[0] in other else []
        if best := max((row for row in rows if row[0] >= _NEAR), default=None):
            found[pair] = best
    return found


def of_hop(told: Flow | None, chance: float, least: float, second: tuple[float, str]) -> Decision:
    """Return what decided that there is a hop.

    Args:
        told: The same hop by rules.
        chance: How likely it is; 1 where the form of the text says it.
        least: How likely a hop is at the least that the network takes.
        second: What would have been second, and how likely.
    """
    rule = told.decision.rule if told and told.decision else ""
    by = Basis.BOTH if told else Basis.NETWORK
    if chance == 1:
        by, rule = Basis.FORM, ""
    elif chance < least:
        by, rule = Basis.RULE, LEADS_ON
    score, name = second
    return Decision(facet=Facet.HOP, by=by, rule=rule, second=name, second_score=score)


def of_dispute(told: Dispute | None, second: tuple[float, str]) -> Decision:
    """Return what decided that there is a dispute, which rules may have *told* too."""
    rule = told.decision.rule if told and told.decision else ""
    by = Basis.BOTH if told else Basis.NETWORK
    score, name = second if second[0] >= _NEAR else (0.0, "")
    return Decision(facet=Facet.DISPUTE, by=by, rule=rule, second=name, second_score=score)


def of_source(
    best: Source, own: Sequence[Source], shares: Floats, sures: Sequence[float]
) -> tuple[Decision, ...]:
    """Return what decided about a source that is called as *best* is.

    Args:
        best: The one of *own* whose name it has.
        own: Those that the network takes for one.
        shares: How likely it is of each of `TYPES`, none where its names alone decide.
        sures: How likely each of *own* is the same as another of them.
    """
    kept = [one for one in best.decisions if one.facet is Facet.NAME or not len(shares)]
    kept += [d for one in own for d in one.decisions if d.facet is Facet.SAME]
    for one, sure in zip(own, sures, strict=True):
        if one is not best:
            kept.append(_same(one.mentions, sure))
    if len(shares):
        first, second = (int(n) for n in np.argsort(-shares, kind="stable")[:2])
        near = float(shares[second]) >= _NEAR
        kept.append(
            Decision(
                facet=Facet.TYPE,
                by=Basis.NETWORK,
                score=min(round(float(shares[first]), 2), 0.99),
                second=TYPES[second].value if near else "",
                second_score=round(float(shares[second]), 2) if near else 0.0,
            )
        )
    return tuple(sorted({*kept}))


def _same(mentions: Spans, odds: float) -> Decision:
    sure = round(1 / (1 + exp(-odds)), 2)
    return Decision(
        facet=Facet.SAME, by=Basis.NETWORK, rule="same source", score=sure, spans=mentions
    )
