"""Say that a person decided, where a correction changes what the machine had decided."""

from collections.abc import Sequence
from dataclasses import replace

from provenance.model import Basis, Decision, Facet, Source, Span


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
