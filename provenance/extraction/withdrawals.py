"""Read correction notes: what an outlet takes back is denied from then on, whoever said it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from provenance.model import Article, Attribution, Certainty, CustodyEvent, Span

_OWN = r"(?:article|column|dispatch|headline|item|newsletter|page|piece|post|report|story|update)"
_WRONGLY = r"(?:erroneously|falsely|inaccurately|incorrectly|mistakenly|wrongly)"
_BEFORE = "initially|originally|previously|at first"
_TAKEN_BACK = re.compile(
    rf"\b(?:earlier|initial|original|previous|prior|first) (?:version|draft|edition)s? of "
    rf"(?:this|the|our) {_OWN}\b"
    rf"|\b(?:this|our) {_OWN}(?: had| has)? (?:{_BEFORE}|{_WRONGLY})\b"
    rf"|\bwe(?: had| have)? (?:\w+ )?{_WRONGLY}\b"
    rf"|\bin an? (?:earlier|previous) version\b"
    rf"|\b(?:it|this|that) (?:was|were|had been) {_WRONGLY} (?:said|stated|reported)\b",
    re.IGNORECASE,
)


_NOTE = (
    r"(?:correct(?:ion|ed)s?|clarifications?|retraction|amendment|editor(?:['’]?s|s['’])? note|"
    r"note (?:to|from) (?:the )?(?:readers|editors?)|for the record)"
)
_LABEL = re.compile(rf"\W{{0,3}}{_NOTE}\b[^:\n]{{0,40}}:\s*", re.IGNORECASE)
_AMENDED = re.compile(
    rf"\W{{0,3}}(?:{_NOTE}\b|(?:this|the) {_OWN} (?:was|has been|is) (?:\w+ )?"
    r"(?:amended|changed|corrected|edited|revised|updated)\b)",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"\b(?:an?|the) (?:earlier|initial|original|previous|prior|first) (?:version|draft|edition)\b",
    re.IGNORECASE,
)


def note_label(words: str) -> int:
    """Return how long the label of a correction note is that *words* begin with, else 0."""
    match = _LABEL.match(words[:80])
    return match.end() if match else 0


def withdraw(article: Article, found: Iterable[Attribution]) -> list[Attribution]:
    """Return *found*, denied where the sentence says that the outlet takes it back.

    "An earlier version of this article said, citing a report, that the mayor had been charged."
    """
    notes = [p for p in article.paragraphs if _AMENDED.match(article.text, p.start, p.end)]
    kept = [one for each in found if (one := _outside(each, notes)) is not None]
    return [_denied(one) if _is_taken_back(article, one, notes) else one for one in kept]


def withdraw_events(article: Article, events: Iterable[CustodyEvent]) -> list[CustodyEvent]:
    """Return *events*, denied where the outlet takes back the sentence that tells them."""
    notes = [p for p in article.paragraphs if _AMENDED.match(article.text, p.start, p.end)]
    return [
        replace(one, certainty=Certainty.DENIED)
        if _says_so(article, one.sentence, noted=any(one.trigger in note for note in notes))
        else one
        for one in events
    ]


def _outside(one: Attribution, notes: Sequence[Span]) -> Attribution | None:
    """Return *one* without what a note says that its cue does not stand in."""
    others = [note for note in notes if one.cue[0] not in note]
    if not any(span.overlaps(note) for span in one.content for note in others):
        return one
    left = tuple(s for s in one.content if not any(s.overlaps(note) for note in others))
    return replace(one, content=left) if left else None


def _is_taken_back(article: Article, one: Attribution, notes: Sequence[Span]) -> bool:
    where = Span(one.sentence.start, max(one.sentence.end, one.cue[-1].end))
    return _says_so(article, where, noted=any(one.cue[0] in note for note in notes))


def _says_so(article: Article, where: Span, *, noted: bool) -> bool:
    words = " ".join(article.text[where.start : where.end].split())
    return bool(_TAKEN_BACK.search(words) or (noted and _VERSION.search(words)))


def _denied(one: Attribution) -> Attribution:
    return replace(one, certainty=Certainty.DENIED, claimed=Certainty.DENIED)
