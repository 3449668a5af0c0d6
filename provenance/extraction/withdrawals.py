"""Read correction notes: what an outlet takes back is denied from then on, whoever said it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from provenance.model import Article, Attribution, Certainty

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


def withdraw(article: Article, found: Iterable[Attribution]) -> list[Attribution]:
    """Return *found*, denied where the sentence says that the outlet takes it back.

    "An earlier version of this article said, citing a report, that the mayor had been charged."
    """
    return [_denied(one) if _is_taken_back(article, one) else one for one in found]


def _is_taken_back(article: Article, one: Attribution) -> bool:
    start, end = one.sentence.start, max(one.sentence.end, one.cue[-1].end)
    return _TAKEN_BACK.search(" ".join(article.text[start:end].split())) is not None


def _denied(one: Attribution) -> Attribution:
    return replace(one, certainty=Certainty.DENIED, claimed=Certainty.DENIED)
