"""Work out who denies, doubts or confirms whom, or what it carries; never a flow."""

from collections.abc import Iterable

from provenance.graph.opposing import Opposition
from provenance.model import (
    Article,
    Basis,
    Certainty,
    Decision,
    Dispute,
    Facet,
    Flow,
    Resolution,
    Span,
    Stance,
)


def find_disputes(
    article: Article, resolution: Resolution, flows: Iterable[Flow]
) -> tuple[Dispute, ...]:
    """Return the disputes between the sources of *resolution*, sorted by their ends.

    The target is the source that the stance is taken towards, and only one that the article has
    something from. Where the words point back ("denied it", "the allegations"), it is whoever
    spoke last before; where they say the same as was said before, who said that.
    """
    opposition = Opposition(article, resolution, {flow.source for flow in flows})
    found: dict[tuple[str, str], list[tuple[Stance, Span, Span, Certainty]]] = {}
    for one in resolution.attributions:
        if one.stance is None or not one.source_ids:
            continue
        target = opposition.target(one)
        for speaker in one.source_ids:
            if target and target != speaker:
                row = (one.stance, one.sentence, one.cue[0], one.certainty)
                found.setdefault((speaker, target), []).append(row)
    return tuple(_dispute(ends, rows) for ends, rows in sorted(found.items()))


def _dispute(ends: tuple[str, str], rows: list[tuple[Stance, Span, Span, Certainty]]) -> Dispute:
    return Dispute(
        source=ends[0],
        target=ends[1],
        stance=rows[0][0],
        evidence=tuple(sorted({r[1] for r in rows})),
        cues=tuple(sorted({r[2] for r in rows})),
        certainty=min((r[3] for r in rows), key=lambda c: c.rank),
        decision=Decision(facet=Facet.DISPUTE, by=Basis.RULE, rule="verb of dispute"),
    )
