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

Answer = dict[str, Any]

_PLURAL = {Stance.DENIES: "deny", Stance.DOUBTS: "doubt", Stance.CONFIRMS: "confirm"}


def answers(graph: SourceGraph, path: Sequence[str], chains: Sequence[Chain]) -> list[Answer]:
    """Return the answers in order: a figure, the words after it, and what to select on a click."""
    sources = {source.id: source for source in graph.sources}
    fed = {flow.target for flow in graph.flows}
    leading = {flow.source for flow in graph.flows}
    origins = [id_ for id_ in sources if id_ in leading and id_ not in fed]
    unnamed = [id_ for id_, source in sources.items() if source.type is SourceType.UNNAMED]
    many = "source" if len(sources) == 1 else "sources"
    found = [
        _answer(len(origins), "origin" if len(origins) == 1 else "origins", ""),
        _answer(len(sources), f"{many}, {len(unnamed) or 'none'} unnamed", ""),
        *_disputes(graph),
    ]
    if len(path) > 1:
        found.append(_longest(graph, path))
    gaps = len({(gap.source, gap.reason) for chain in chains for gap in chain.gaps})
    if gaps:
        found.append(_answer(gaps, "gap" if gaps == 1 else "gaps", "", warn=True))
    return found


def _answer(figure: int, words: str, select: str, warn: bool = False) -> Answer:
    return {"figure": figure, "words": words, "select": select, "warn": warn}


def _disputes(graph: SourceGraph) -> list[Answer]:
    """Return how many dispute what: of each stance what meets it most, the rest as one figure."""
    names = {source.id: source.name for source in graph.sources} | {ARTICLE: "the article"}
    found, left = [], len(graph.disputes)
    for stance in Stance:
        rows = [(n, one) for n, one in enumerate(graph.disputes) if one.stance is stance]
        if not rows:
            continue
        target = min((one.target for _, one in rows), key=lambda id_: (_count(rows, id_), id_))
        against = [n for n, one in rows if one.target == target]
        verb = stance.value if len(against) == 1 else _PLURAL[stance]
        words = f"{verb} {_short(names[target])}"
        warn = stance is not Stance.CONFIRMS
        found.append(_answer(len(against), words, f"d:{against[0]}", warn))
        left -= len(against)
    if left:
        found.append(_answer(left, "more dispute" if left == 1 else "more disputes", ""))
    return found


def _count(rows: Sequence[tuple[int, Dispute]], target: str) -> int:
    return -sum(1 for _, one in rows if one.target == target)


def _longest(graph: SourceGraph, path: Sequence[str]) -> Answer:
    names = {source.id: source.name for source in graph.sources}
    weakest = _weakest(graph, path)
    hops = len(path) - 1
    words = f"{'hop' if hops == 1 else 'hops'} from {_short(names[path[0]])} to the article"
    if weakest and weakest.certainty.rank > Certainty.REPORTED.rank:
        words += f", the weakest {weakest.certainty.value}"
    select = f"f:{graph.flows.index(weakest)}" if weakest else ""
    return _answer(hops, words, select)


def _weakest(graph: SourceGraph, path: Sequence[str]) -> Flow | None:
    hops = set(pairwise(path))
    along = [flow for flow in graph.flows if (flow.source, flow.target) in hops]
    return max(along, key=lambda flow: flow.certainty.rank, default=None)


def _short(name: str) -> str:
    plain = clean(name[:400])
    return plain if len(plain) <= 30 else plain[:29].rstrip() + "…"
