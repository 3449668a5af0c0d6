"""Decide what "the stick" stands for, which the e-mails are on: what is in a thing goes with it."""

import re

from provenance.model import Article, Mention
from provenance.resolution.clusters import Board, Cluster, singular
from provenance.resolution.name_words import words

_CONTAINERS = words("descriptions", "containers")
_INTO = re.compile(
    r"\b(?:in|inside|into|on|onto|to)\s{1,2}(?:(?!and\b)[\w’'-]{1,30}\s{1,2}){0,4}\Z"
)
_HOLDING = re.compile(
    r"\s{1,2}(?:(?:that|which) )?"
    r"(?:with|of|full of|containing|contain(?:s|ed)|held|holds|holding|had)\b"
)
_STOP = re.compile(r"[.!?][\"”’']?\s|\n")
_WITHIN, _BEHIND = 250, 60
"""Code points before a container, and after it, in which what is in it stands."""
_FAR = 5000
"""Code points that are looked back for where a container was spoken of before."""


def contents_of(article: Article, mention: Mention, text: str, board: Board) -> Cluster | None:
    """Return the papers in the container that *mention*, reading *text*, speaks of again."""
    noun = singular(text.split()[-1])
    if noun not in _CONTAINERS or not mention.definite or mention.plural:
        return None
    at = mention.span.start
    if _INTO.search(article.text, max(0, at - 60), at) is not None:
        return None  # something is put there, or lies there
    before = re.compile(rf"[\w-]{{0,20}}{noun}\b", re.IGNORECASE)
    for seen in reversed([*before.finditer(article.text, max(0, at - _FAR), at)]):
        found = _put_into(article, seen.start(), board) or _held_in(article, seen.end(), board)
        if found is not None:
            return found
    return None


def _put_into(article: Article, at: int, board: Board) -> Cluster | None:
    """Return the papers that are said to be in what is named *at*: "kept them in a hat box"."""
    start = max(0, at - _WITHIN)
    start = max([start, *(m.end() for m in _STOP.finditer(article.text, start, at))])
    into = _INTO.search(article.text, start, at)
    if into is None:
        return None
    papers = [c for c in board.near(into.start(), into.start() - start + 1) if _is_paper(c)]
    return max(papers, key=lambda c: (c.last_before(into.start()), -c.number), default=None)


def _held_in(article: Article, end: int, board: Board) -> Cluster | None:
    """Return the papers that what ends at *end* holds: "a hard drive with 40,000 files"."""
    holding = _HOLDING.match(article.text, end)
    if holding is None:
        return None
    until = holding.end() + _BEHIND
    stop = _STOP.search(article.text, holding.end(), until)
    until = stop.start() if stop else until
    after = [c for c in board.near(until, until - holding.end()) if _is_paper(c)]
    return min(after, key=lambda c: (c.last_before(until), c.number), default=None)


def _is_paper(cluster: Cluster) -> bool:
    return cluster.type().is_artefact
