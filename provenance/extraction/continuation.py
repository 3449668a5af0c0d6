"""Give quotations without a cue of their own to whoever was speaking."""

from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.parsing import Passage
from provenance.extraction.quotations import Quotation
from provenance.model import Attribution, Span, SpeechKind

_SHORTEST = 4
"""Words that a quotation needs to be speech and not a term set in quotation marks."""


def continue_quotations(
    passage: Passage,
    quotations: Sequence[Quotation],
    own: Sequence[Attribution],
    last: Attribution | None,
) -> list[Attribution]:
    """Return an attribution for each quotation that none of *own* holds and a speaker explains.

    The speaker is that of the last quoted statement of the same paragraph, else of the next one in
    it, else, where the paragraph is a quotation from end to end, *last*, who was quoted before.
    Cue and source are repeated: the sentence that names the speaker is evidence too.
    """
    spoken = _spoken(quotations, own)
    out: list[Attribution] = []
    for quotation in quotations:
        if _is_told(quotation, own) or len(_inner(passage, quotation).split()) < _SHORTEST:
            continue
        speaker = _speaker(passage, quotation, spoken, last)
        if speaker is not None and _stands_alone(passage, quotation):
            out.append(_repeat(speaker, passage, quotation))
    return out


def last_quoted(
    passage: Passage,
    quotations: Sequence[Quotation],
    own: Sequence[Attribution],
    last: Attribution | None,
) -> Attribution | None:
    """Return who may go on speaking in the next paragraph: the last one quoted, if any."""
    spoken = _spoken(quotations, own)
    if spoken:
        return spoken[-1]
    return last if quotations and _opens(passage, quotations[0]) else None


def _spoken(quotations: Sequence[Quotation], own: Sequence[Attribution]) -> list[Attribution]:
    """Return those of *own* that quote somebody, and are not within a quotation themselves."""
    quoting = (a for a in own if a.speech is not SpeechKind.INDIRECT)
    return [a for a in quoting if not any(a.cue[0] in q.inner for q in quotations)]


def _opens(passage: Passage, quotation: Quotation) -> bool:
    return quotation.span.start - passage.offset <= 1


def _speaker(
    passage: Passage,
    quotation: Quotation,
    spoken: Sequence[Attribution],
    last: Attribution | None,
) -> Attribution | None:
    before = [a for a in spoken if a.cue[0].end <= quotation.span.start]
    if before:
        return before[-1]
    if not _opens(passage, quotation):
        return None
    after = [a for a in spoken if a.cue[0].start >= quotation.span.end]
    return after[0] if after else last if not spoken else None


def _is_told(quotation: Quotation, found: Sequence[Attribution]) -> bool:
    outer = (a for a in found if a.cue[0] not in quotation.inner)  # "Lee told me", in it, is not
    return any(quotation.span.overlaps(s) for a in outer for s in (*a.content, *a.source, *a.cue))


def _stands_alone(passage: Passage, quotation: Quotation) -> bool:
    """Whether the quotation is a sentence of its own and no phrase within one."""
    start = quotation.inner.start - passage.offset
    before = passage.text[: max(0, quotation.span.start - passage.offset)].rstrip()
    return passage.text[start : start + 1].isupper() and (not before or before[-1] in ".!?,:;\"'”’")


def _inner(passage: Passage, quotation: Quotation) -> str:
    return passage.text[
        max(0, quotation.inner.start - passage.offset) : quotation.inner.end - passage.offset
    ]


def _repeat(speaker: Attribution, passage: Passage, quotation: Quotation) -> Attribution:
    return replace(
        speaker,
        content=(quotation.span,),
        sentence=Span(
            min(speaker.sentence.start, quotation.span.start),
            max(speaker.sentence.end, quotation.span.end),
        ),
        speech=SpeechKind.DIRECT,
        basis=(),
        score=round(speaker.score * 0.9, 3),
        stance=None,
    )
