"""What an investigator asks first, answered in a strip above the graph."""

from collections.abc import Sequence
from typing import Any

from provenance.graph import dates_of_flows, findings, unsaid_by
from provenance.graph.reasons import reasons, told_by, told_second
from provenance.model import ARTICLE, Dispute, Facet, Point, Reason, SourceGraph, SourceType, Stance
from provenance.view.boxes import clean
from provenance.view.chronology import tell_date

Answer = dict[str, Any]

_PLURAL = {Stance.DENIES: "deny", Stance.DOUBTS: "doubt", Stance.CONFIRMS: "confirm"}


def answers(graph: SourceGraph, opening: Point | None) -> list[Answer]:
    """Return the answers in order: a figure, the words after it, and where a click on it leads.

    That is something to select, or what alone is to be shown. The claim that the page opens with
    comes first.
    """
    found = findings(graph)
    unnamed = sum(source.type is SourceType.UNNAMED for source in graph.sources)
    count = len(graph.sources)
    rows = [*_opening(graph, opening)]
    rows.append(
        _answer(
            count,
            f"{_many(count, 'source')}, {unnamed or 'none'} unnamed",
            only="unnamed" if unnamed else "",
        )
    )
    rows += _disputes(graph)
    gaps = len(found.gaps)
    if gaps:
        rows.append(_answer(gaps, f"{_many(gaps, 'gap')} in what is told", only="gap", warn=True))
    return rows


def _opening(graph: SourceGraph, point: Point | None) -> list[Answer]:
    """Return on how many lines the claim *point* rests, and whose they are."""
    if not point:
        return []
    names = {source.id: source.name for source in graph.sources}
    lines = len(point.lines)
    whose = ", ".join(_short(names.get(line[0], line[0])) for line in point.lines[:3])
    rest = " and others" if lines > 3 else ""
    what = "the headline's claim" if point.leads else "the claim shown"
    words = f"independent {_many(lines, 'line')} for {what}: {whose}{rest}"
    if not lines:
        turned = ", ".join(_short(names.get(id, id)) for id in unsaid_by(graph, point)[:3])
        nobody = f"denied or doubted by {turned}" if turned else "nobody is named for it"
        words = f"{_many(lines, 'line')} for {what}: {nobody}"
    number = next(n for n, claim in enumerate(graph.claims) if claim.id == point.id)
    return [_answer(lines, words, select=f"c:{number}")]


def _many(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def _answer(
    figure: int, words: str, *, select: str = "", only: str = "", warn: bool = False
) -> Answer:
    return {"figure": figure, "words": words, "select": select, "only": only, "warn": warn}


def _disputes(graph: SourceGraph) -> list[Answer]:
    """Return, of each stance, how many take it, and against what most of them do."""
    names = {source.id: source.name for source in graph.sources} | {ARTICLE: "the article"}
    found = []
    for stance in Stance:
        rows = [one for one in graph.disputes if one.stance is stance]
        if not rows:
            continue
        target = min((one.target for one in rows), key=lambda id_: (_count(rows, id_), id_))
        verb = stance.value if len(rows) == 1 else _PLURAL[stance]
        others = "" if -_count(rows, target) == len(rows) else " or others"
        words = f"{verb} {_short(names[target])}{others}"
        found.append(
            _answer(len(rows), words, only=stance.value, warn=stance is not Stance.CONFIRMS)
        )
    return found


def _count(rows: Sequence[Dispute], target: str) -> int:
    return -sum(one.target == target for one in rows)


def _short(name: str) -> str:
    plain = clean(name[:400])
    return plain if len(plain) <= 44 else plain[:43].rstrip() + "…"


Rows = list[list[str]]
"""What a row is about, and what it says."""

_LABELS = {
    Facet.HOP: "Decided by",
    Facet.DISPUTE: "Decided by",
    Facet.TYPE: "Type by",
    Facet.NAME: "Name by",
    Facet.SAME: "Taken for one",
    Facet.CERTAINTY: "Certainty by",
    Facet.GAP: "Decided by",
}
_MOST = 6
"""Mentions that are quoted of those which one rule tells."""


def whys(graph: SourceGraph) -> dict[str, Rows]:
    """Return the rows of each hop, dispute, event, source and gap of *graph*."""
    found: dict[str, Rows] = {}
    for reason in reasons(graph):
        found.setdefault(reason.key, []).append([_LABELS[reason.facet], _told(graph, reason)])
    for number, date in enumerate(dates_of_flows(graph)):
        if date:
            found[f"f:{number}"].append(["When", tell_date(date)])
    return found


def _told(graph: SourceGraph, reason: Reason) -> str:
    if reason.facet is Facet.CERTAINTY:
        return f"{reason.told}: {quoted(graph, reason) or 'how the sentence is built'}"
    told = told_by(reason)
    if reason.facet is Facet.SAME and (words := quoted(graph, reason)):
        told = f"{words}: {told}"
    second = told_second(reason)
    return f"{told}; else {second}" if second else told


def quoted(graph: SourceGraph, reason: Reason) -> str:
    """Return the words that decided, each once."""
    found = []
    for span in reason.words:
        try:
            found.append(f"“{' '.join(graph.article.quote(span).split())}”")
        except KeyError:  # the text was withheld, and these words with it
            continue
    each = list(dict.fromkeys(found))
    return ", ".join(each[:_MOST]) + (f" and {len(each) - _MOST} more" if each[_MOST:] else "")
