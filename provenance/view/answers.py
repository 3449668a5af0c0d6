"""What an investigator asks first, answered in a strip above the graph."""

from collections.abc import Sequence
from typing import Any

from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    Flow,
    SourceGraph,
    SourceType,
    Stance,
)
from provenance.view.labels import clean

Answer = dict[str, Any]


def answers(graph: SourceGraph, path: Sequence[str], chains: Sequence[Chain]) -> list[Answer]:
    """Return the answers in order: a figure, the words after it, and what to select on a click."""
    sources = {source.id: source for source in graph.sources}
    fed = {flow.target for flow in graph.flows}
    leading = {flow.source for flow in graph.flows}
    origins = [id_ for id_ in sources if id_ in leading and id_ not in fed]
    unnamed = [id_ for id_, source in sources.items() if source.type is SourceType.UNNAMED]
    found = [
        _answer(len(sources), "source" if len(sources) == 1 else "sources", ""),
        _answer(len(origins), "origin" if len(origins) == 1 else "origins", ""),
        _answer(len(unnamed), "unnamed", f"s:{unnamed[0]}" if unnamed else "", bool(unnamed)),
    ]
    found += _disputes(graph)
    if len(path) > 1:
        found.append(_longest(graph, path))
    gaps = len({(gap.source, gap.reason) for chain in chains for gap in chain.gaps})
    if gaps:
        found.append(_answer(gaps, "gap" if gaps == 1 else "gaps", "", warn=True))
    return found


def _answer(figure: int, words: str, select: str, warn: bool = False) -> Answer:
    return {"figure": figure, "words": words, "select": select, "warn": warn}


def _disputes(graph: SourceGraph) -> list[Answer]:
    """Return who disputes what: one answer for each stance, about what is disputed most."""
    names = {source.id: source.name for source in graph.sources} | {ARTICLE: "the article"}
    found = []
    for stance in Stance:
        rows = [(n, one) for n, one in enumerate(graph.disputes) if one.stance is stance]
        targets = sorted({one.target for _, one in rows}, key=lambda id_: (_count(rows, id_), id_))
        if not rows:
            continue
        who = {one.source for _, one in rows}
        verb = stance.value if len(who) == 1 else {"denies": "deny"}.get(stance, stance.value[:-1])
        objects = _short(names[targets[0]]) + (
            f" and {len(targets) - 1} more" if len(targets) > 1 else ""
        )
        first = next(n for n, one in rows if one.target == targets[0])
        warn = stance is not Stance.CONFIRMS
        found.append(_answer(len(who), f"{verb} {objects}", f"d:{first}", warn))
    return found


def _count(rows: Sequence[tuple[int, Any]], target: str) -> int:
    return -sum(one.target == target for _, one in rows)


def _longest(graph: SourceGraph, path: Sequence[str]) -> Answer:
    names = {source.id: source.name for source in graph.sources}
    weakest = _weakest(graph, path)
    hops = len(path) - 1
    words = f"{'hop' if hops == 1 else 'hops'} from {_short(names[path[0]])} to you"
    if weakest and weakest.certainty.rank > Certainty.REPORTED.rank:
        words += f", the weakest {weakest.certainty.value}"
    select = f"f:{graph.flows.index(weakest)}" if weakest else ""
    return _answer(hops, words, select)


def _weakest(graph: SourceGraph, path: Sequence[str]) -> Flow | None:
    hops = set(zip(path, path[1:], strict=False))
    along = [flow for flow in graph.flows if (flow.source, flow.target) in hops]
    return max(along, key=lambda flow: flow.certainty.rank, default=None)


def _short(name: str) -> str:
    plain = clean(name[:400])
    return plain if len(plain) <= 40 else plain[:39].rstrip() + "…"
