"""Give quotations without a cue of their own to whoever was speaking."""

from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.parsing import Passage
from provenance.extraction.quotations import Quotation
from provenance.model import Attribution, Span, SpeechKind

_SHORTEST = 4
"""Words that a quotation needs to be speech and not a term set in quotation marks."""


def continue_quotations(
    passages: Sequence[tuple[Passage, tuple[Quotation, ...]]], found: Sequence[Attribution]
) -> list[Attribution]:
    """Return an attribution for each quotation that no attribution holds and a speaker explains.

    The speaker is that of the last quoted statement of the same paragraph, else of the next one in
    it, else, where the paragraph is a quotation from end to end, of the last one of the paragraph
    before. Cue and source are repeated: the sentence that names the speaker is evidence too.
    """
    out: list[Attribution] = []
    last: Attribution | None = None
    for passage, quotations in passages:
        where = Span(passage.offset, passage.offset + len(passage.doc.text))
        own = [a for a in found if a.cue[0].overlaps(where) and a.speech is not SpeechKind.INDIRECT]
        for quotation in quotations:
            if _is_told(quotation, found) or len(_inner(passage, quotation).split()) < _SHORTEST:
                continue
            before = [a for a in own if a.cue[0].end <= quotation.span.start]
            after = [a for a in own if a.cue[0].start >= quotation.span.end]
            whole = quotation.span.start - where.start <= 1 and not own
            speaker = (
                before[-1]
                if before
                else after[0]
                if after and quotation.span.start - where.start <= 1
                else last
                if whole
                else None
            )
            if speaker is not None and _stands_alone(passage, quotation):
                out.append(_repeat(speaker, passage, quotation))
        if own:
            last = own[-1]
        elif not (quotations and quotations[0].span.start - where.start <= 1):
            last = None
    return out


def _is_told(quotation: Quotation, found: Sequence[Attribution]) -> bool:
    return any(quotation.span.overlaps(s) for a in found for s in (*a.content, *a.source, *a.cue))


def _stands_alone(passage: Passage, quotation: Quotation) -> bool:
    """Whether the quotation is a sentence of its own and no phrase within one."""
    start = quotation.inner.start - passage.offset
    before = passage.doc.text[: max(0, quotation.span.start - passage.offset)].rstrip()
    return passage.doc.text[start : start + 1].isupper() and (
        not before or before[-1] in ".!?,:;\"'”’"
    )


def _inner(passage: Passage, quotation: Quotation) -> str:
    return passage.doc.text[
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
