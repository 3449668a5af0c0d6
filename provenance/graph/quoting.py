"""The words in which the text tells what a graph says of it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from provenance.graph.clauses import is_apart, is_cut
from provenance.graph.cue_words import words
from provenance.model import (
    Attribution,
    Certainty,
    Claim,
    Dispute,
    SourceGraph,
    Span,
    Spans,
    Stance,
)

READ_AS: Final = {
    Stance.DENIES: "read as a denial of",
    Stance.DOUBTS: "read as a doubt about",
    Stance.CONFIRMS: "read as a confirmation of",
}
SURE: Final = 0.8
"""Of what is at least so likely nine in ten are right (docs/quality.md)."""
UNSURE: Final = 0.5
_QUOTES: Final = "\"'“‘«"
_CLOSING: Final = "\"'”’»"
_NEXT: Final = 3
"""Characters between a sentence and the next."""
_BARE: Final = 2
_LITTLE: Final = 5
_ANSWER: Final = 1
_LETTERS: Final = 2
"""Words of a verb alone, of a sentence that says nothing without the one before, of an answer."""
_ENDED: Final = (*".!?", *_CLOSING)
_BORDER = re.compile(r"[.!?][\"”’]?[ \t]+(?=[\"“‘]?[A-Z])")
_FIRST = re.compile(r"[\"“‘«]?[^.!?]+(?=[.!?])")
_FAR: Final = 60
"""Characters between a verb and what it tells; what is further off is not joined to it."""


def doubt(score: float) -> str:
    """Return the reader's own doubt about what is so likely, in square brackets, "" for none.

    The article's doubt is told in words of the article, without brackets.
    """
    return "" if score >= SURE else "[probably]" if score >= UNSURE else "[perhaps]"


def dispute_words(graph: SourceGraph, dispute: Dispute) -> str:
    """Return what the text says that the source of *dispute* did: its verb and what it tells.

    "called them fakes", "has condemned the statements"; the sentence where no more than the verb is
    known.
    """
    for one in graph.attributions:
        if dispute.source in one.source_ids and {*one.cue} & {*dispute.cues}:
            told = _said_against(graph, one)
            if told and not _is_verb(told, quoted(graph, max(one.cue))):
                return told
    return next((told for span in dispute.evidence if (told := quoted(graph, span))), "")


def _said_against(graph: SourceGraph, one: Attribution) -> str:
    """Return what *one* tells, with its verb; alone what is quoted before it or far from it."""
    reach, first = _reach(one, graph), min(one.content, default=None)
    if first is None or not graph.article.text:
        return ""
    if any(is_apart(graph, one, span) for span in one.content):
        return _whole(graph, min(one.cue))
    parts = [quoted(graph, span) for span in one.content]
    if parts[0][:1] in _QUOTES:  # "“No,” he said of the tweets"
        parts = [part for part in parts if part[:1] in _QUOTES]
    apart = reach == min(one.cue) and _far_from(one)
    if parts[0][:1] in _QUOTES and (apart or first.start < min(one.cue).start):
        return " … ".join(part.strip(_QUOTES + "”’»,").strip() for part in parts)
    if apart:
        return " … ".join((quoted(graph, reach), *parts))
    return quoted(graph, reach)


def _is_verb(told: str, verb: str) -> bool:
    """Whether nothing is told but a verb: "strongly denies", and not what."""
    return bool(verb) and told.endswith(verb) and len(told.split()) <= _BARE


def _whole(graph: SourceGraph, verb: Span) -> str:
    """Return the words of *verb*, "" where it is cut: the "denies" of "denies the charge"."""
    behind = graph.article.text[verb.end : verb.end + _NEXT].lstrip(" ")
    return "" if behind[:1].isalpha() else quoted(graph, verb)


def _far_from(one: Attribution) -> bool:
    return not any(cue in content or content in cue for cue in one.cue for content in one.content)


def claim_sentence(graph: SourceGraph, claim: Claim, ids: Collection[str] = ()) -> str:
    """Return the sentence of *claim* where nothing less says what it says, else "".

    Whoever doubted, urged or condemned something did not say it, so that his verb must be read
    along; "he said", "she told the Herald that" may be left out. What is no whole clause is told by
    its sentence as well.

    Args:
        graph: The whole.
        claim: One of its claims.
        ids: Whose words are preferred where several say so.
    """
    one = _telling(graph, claim, ids)
    if one is None or not graph.article.text:
        return ""
    outright = claim.text[:1] in _QUOTES and _reach(one, graph) == min(one.cue)
    cut = is_cut(graph, one) or any(is_apart(graph, one, span) for span in one.content)
    cut = (
        cut
        or _is_answer(claim.text)
        or (claim.text.startswith("that ") and " and that " in claim.text)
    )
    if cut or not (outright or _stands(graph, claim, one)):
        return quoted(graph, _told_at(graph, one))
    return ""


def sentence_of(graph: SourceGraph, claim: Claim, ids: Collection[str] = ()) -> Span | None:
    """Return where *claim* is told: the sentence, and what is quoted right behind it."""
    one = _telling(graph, claim, ids)
    return _told_at(graph, one) if one else None


def _told_at(graph: SourceGraph, one: Attribution) -> Span:
    end = one.sentence.end
    for piece in sorted(one.content):
        words = quoted(graph, piece)
        whole = words[:1] in _QUOTES and words[-1:] in _CLOSING
        if whole and end < piece.end and piece.start - end <= _NEXT:
            end = piece.end
    span = Span(one.sentence.start, end)
    answers = any(_is_answer(quoted(graph, piece)) for piece in sorted(one.content)[:1])
    return fuller(graph, span, always=answers)


def fuller(graph: SourceGraph, span: Span, *, always: bool = False) -> Span:
    """Return *span* with the sentence before it, where alone it says nothing: "He denied it."."""
    told = [word.strip(",.") for word in quoted(graph, span).casefold().split()]
    little = len(told) <= _LITTLE and not words("standing", "pointing").isdisjoint(told)
    before = graph.article.text[: span.start].rstrip()
    if not (little or always) or not before.endswith(_ENDED):
        return span
    paragraph = before.rfind("\n") + 1
    first = max((one.end() for one in _BORDER.finditer(before, paragraph)), default=paragraph)
    return Span(first, span.end)


def _is_answer(told: str) -> bool:
    """Whether nothing but the question says what is meant: "No." or "Weapons. Weapons."."""
    first = _FIRST.match(told)
    if len(told.split()) <= _ANSWER and told[:1] not in _QUOTES:
        return True
    word = first[0].strip(_QUOTES).casefold() if first else ""
    shortened = len(word) < _LETTERS or word in words("standing", "abbreviated")
    return bool(word) and len(word.split()) <= _ANSWER and not shortened


def _telling(graph: SourceGraph, claim: Claim, ids: Collection[str]) -> Attribution | None:
    """Return by what *claim* is told, of several by what somebody of *ids* says."""
    told = _by_content(graph).get(claim.content, ())
    return min(told, key=lambda one: not {*one.source_ids} & {*ids}, default=None)


@lru_cache(maxsize=8)
def _by_content(graph: SourceGraph) -> Mapping[Spans, Sequence[Attribution]]:
    found: dict[Spans, list[Attribution]] = {}
    for one in graph.attributions:
        if one.cue:
            found.setdefault(one.content, []).append(one)
    return found


def _stands(graph: SourceGraph, claim: Claim, one: Attribution) -> bool:
    return claim.certainty is not Certainty.DENIED and _is_plain(graph, one)


def _is_plain(graph: SourceGraph, one: Attribution) -> bool:
    """Whether what *one* tells may be read without its verb."""
    verb = [word for word in _words(graph, one.cue) if word.strip("–—-")]
    if not verb:  # a headline's colon or dash
        return True
    if not words("telling", "plainly") & {*verb} or words("telling", "turned") & {*verb}:
        return False
    cue, content = max(one.cue), min(one.content)
    if content.start < cue.start:
        return not _is_passive(verb)
    between = _words(graph, (Span(cue.end, content.start),)) if cue.end < content.start else []
    begin = quoted(graph, content).casefold()
    if between[-1:] == ["that"] or begin.startswith(("that ", *_QUOTES)):
        return True
    first = begin.partition(" ")[0].strip(":,")
    asked = not begin or first in words("telling", "asking") | words("standing", "infinitive")
    named = words("telling", "naming") & {*verb} and not _is_clause(_words(graph, one.content))
    if asked or named:
        return False
    last = [*verb, *between][-1]
    return last not in words("telling", "about") or "according" in verb


def _is_clause(content: list[str]) -> bool:
    """Whether a verb is seen in *content* that is of no relative clause: else it is but a thing."""
    for place, word in enumerate(content):
        if word in words("telling", "relative") or (place and word in words("telling", "persons")):
            return False
        if word in words("telling", "auxiliaries"):
            return True
    return False


def _words(graph: SourceGraph, spans: Iterable[Span]) -> list[str]:
    text = " ".join(quoted(graph, span) for span in spans).casefold().replace("n’t", "n't")
    return [word.strip(",;:.\"“”'’") for word in text.replace("n't", " n't").split()]


def _reach(one: Attribution, graph: SourceGraph) -> Span:
    """Return where a statement stands: its verb and what it tells, if they stand together."""
    start, end = min(one.cue).start, max(one.cue).end
    if not graph.article.text:
        return min(one.cue)
    for span in _near(one.content, one.sentence):
        if span.start >= min(one.cue).start and span.end > end:
            end = span.end
    for span in reversed(_near(one.content, one.sentence)):
        if 0 <= start - span.end <= _FAR:
            start = span.start
    passive = _is_passive(_words(graph, one.cue))  # "was denied by a clerk"
    if passive and start < min(one.cue).start:
        end = max([end, *(span.end for span in one.source if 0 <= span.start - end <= _FAR)])
    return Span(start, end)


def _is_passive(verb: list[str]) -> bool:
    return not words("telling", "being").isdisjoint(verb)


def _near(content: Spans, sentence: Span) -> list[Span]:
    """Return what of *content* stands in the *sentence* of the verb."""
    return sorted(span for span in content if span in sentence)


def quoted(graph: SourceGraph, span: Span) -> str:
    """Return the words of the article at *span*, "" where its text was withheld."""
    try:
        return graph.article.quote(span)
    except KeyError:  # the text was withheld, and these words with it
        return ""
