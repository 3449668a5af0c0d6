"""Work out who denies, doubts or confirms whom, or what it carries; never a flow."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from provenance.model import (
    Attribution,
    Certainty,
    Dispute,
    Flow,
    Resolution,
    SourceType,
    Span,
    Stance,
)

_NEAR = 40
"""Code points between the sentences of a statement and of what is said against it."""
_FAR = 2000
"""Code points that are looked back for it."""
_PRONOUN = 5
"""Code points of a pronoun alone, "it" or "that", which is no word of who denies it himself."""
_SHORT = 22
"""Code points of an object that names no source and so points back: "the allegations"."""


def find_disputes(resolution: Resolution, flows: Iterable[Flow]) -> tuple[Dispute, ...]:
    """Return the disputes between the sources of *resolution*, sorted by their ends.

    The target is the source that the content speaks of, an artefact before others, and only one
    that the article has something from. Where it speaks of none ("denied it", "agreed with this
    assessment"), it is whoever spoke last before.
    """
    types = {s.id: s.type for s in resolution.sources}
    carrying = {f.source for f in flows}
    found: dict[tuple[str, str], list[tuple[Stance, Span, Span, Certainty]]] = {}
    for one in resolution.attributions:
        if one.stance is None or not one.source_ids:
            continue
        target = _target(one, resolution, types, carrying)
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
    )


def _target(
    one: Attribution,
    resolution: Resolution,
    types: dict[str, SourceType],
    carrying: set[str],
) -> str:
    mentioned = list(_held(one, resolution))
    held = [i for i in mentioned if i not in one.source_ids and i in carrying]
    artefacts = [i for i in held if types[i].is_artefact]
    if artefacts or held:
        return (artefacts or held)[0]
    others = (a for a in resolution.attributions if a.source_ids != one.source_ids)
    rivals = [
        a for a in others if a.content == one.content and a.source_ids and a.stance != one.stance
    ]
    if rivals:
        return rivals[0].source_ids[0]
    length = sum(s.end - s.start for s in one.content)
    if length > _PRONOUN and set(mentioned) & set(one.source_ids):
        return ""  # "denied that he had known" is about himself
    pointing = length <= _SHORT
    return _previous_speaker(one, resolution) if pointing else ""


def _held(one: Attribution, resolution: Resolution) -> Iterator[str]:
    """Yield the sources that the content of *one* mentions, in order."""
    for content in one.content:
        first = bisect_left(resolution.by_span, (Span(content.start, content.start), ""))
        for span, id_ in islice(resolution.by_span, first, None):
            if span.start >= content.end:
                break
            if span in content:
                yield id_


def _previous_speaker(one: Attribution, resolution: Resolution) -> str:
    """Return who spoke last before *one*, within two sentences or so, "" if nobody."""
    known = resolution.attributions
    for other in known[: bisect_left(known, one.cue, key=lambda a: a.cue)][::-1]:
        gap = one.sentence.start - other.sentence.end
        if gap >= _FAR:
            break
        if gap < _NEAR and other.source_ids and other.source_ids != one.source_ids:
            return "" if other.stance is one.stance else other.source_ids[0]
    return ""
