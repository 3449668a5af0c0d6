"""What an investigator asks first, answered in a strip above the graph."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    Dispute,
    Flow,
    SourceGraph,
    SourceType,
    Stance,
)
from provenance.view.labels import clean
from provenance.view.lines import find_origins, independent_lines

Answer = dict[str, Any]

_PLURAL = {Stance.DENIES: "deny", Stance.DOUBTS: "doubt", Stance.CONFIRMS: "confirm"}


def answers(graph: SourceGraph, path: Sequence[str], chains: Sequence[Chain]) -> list[Answer]:
    """Return the answers in order: a figure, the words after it, and where a click on it leads.

    That is something to select, or what alone is to be shown.
    """
    origins, lines = len(find_origins(graph)), len(independent_lines(graph))
    unnamed = sum(source.type is SourceType.UNNAMED for source in graph.sources)
    count = len(graph.sources)
    found = [
        _answer(
            lines,
            f"independent {_many(lines, 'line')} from {origins} {_many(origins, 'origin')}",
            select=f"s:{ARTICLE}",
        ),
        _answer(
            count,
            f"{_many(count, 'source')}, {unnamed or 'none'} unnamed",
            only="unnamed" if unnamed else "",
        ),
        *_disputes(graph),
    ]
    if len(path) > 1:
        found.append(_longest(graph, path))
    gaps = len({(gap.source, gap.reason) for chain in chains for gap in chain.gaps})
    if gaps:
        found.append(_answer(gaps, f"{_many(gaps, 'gap')} in the chains", only="gap", warn=True))
    return found


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


def _longest(graph: SourceGraph, path: Sequence[str]) -> Answer:
    names = {source.id: source.name for source in graph.sources}
    weakest = _weakest(graph, path)
    hops = len(path) - 1
    words = f"{_many(hops, 'hop')} from {_short(names[path[0]])} to the article"
    if weakest and weakest.certainty.rank > Certainty.REPORTED.rank:
        words += f"; weakest: {weakest.certainty.value}"
    return _answer(hops, words, select=f"f:{graph.flows.index(weakest)}" if weakest else "")


def _weakest(graph: SourceGraph, path: Sequence[str]) -> Flow | None:
    hops = set(pairwise(path))
    along = [flow for flow in graph.flows if (flow.source, flow.target) in hops]
    return max(along, key=lambda flow: flow.certainty.rank, default=None)


def _short(name: str) -> str:
    plain = clean(name[:400])
    return plain if len(plain) <= 44 else plain[:43].rstrip() + "…"
