"""Work out who denies, doubts or confirms whom, or what it carries; never a flow."""

from collections.abc import Iterator

from provenance.model import Attribution, Certainty, Dispute, Resolution, SourceType, Span, Stance


def find_disputes(resolution: Resolution) -> tuple[Dispute, ...]:
    """Return the disputes between the sources of *resolution*, sorted by their ends.

    The target is the source that the content speaks of, an artefact before others; where it speaks
    of none ("agreed with this assessment"), it is whoever spoke last before.
    """
    types = {s.id: s.type for s in resolution.sources}
    found: dict[tuple[str, str], list[tuple[Stance, Span, Span, Certainty]]] = {}
    for one in resolution.attributions:
        if one.stance is None or not one.source_ids:
            continue
        target = _target(one, resolution, types)
        for speaker in one.source_ids:
            if target and target != speaker:
                found.setdefault((speaker, target), []).append(
                    (one.stance, one.sentence, one.cue[0], one.certainty)
                )
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


def _target(one: Attribution, resolution: Resolution, types: dict[str, SourceType]) -> str:
    held = [id_ for id_ in _held(one, resolution) if id_ not in one.source_ids]
    artefacts = [id_ for id_ in held if types[id_].is_artefact]
    if artefacts or held:
        return (artefacts or held)[0]
    rivals = [
        a
        for a in resolution.attributions
        if a.content == one.content and a.source_ids and a.source_ids != one.source_ids
    ]
    if rivals:
        return rivals[0].source_ids[0]
    return _previous_speaker(one, resolution) if one.stance is Stance.CONFIRMS else ""


def _held(one: Attribution, resolution: Resolution) -> Iterator[str]:
    """Yield the sources that the content of *one* mentions, in order."""
    for span, id_ in resolution.by_span:
        if any(span in content for content in one.content):
            yield id_


def _previous_speaker(one: Attribution, resolution: Resolution) -> str:
    """Return who spoke last before *one*, within two sentences or so, "" if nobody."""
    before = [
        a
        for a in resolution.attributions
        if a.cue < one.cue
        and a.source_ids
        and a.source_ids != one.source_ids
        and one.sentence.start - a.sentence.end < 40
    ]
    return before[-1].source_ids[0] if before else ""
