"""The figures of quality: what counts as found."""

import importlib.util
import json
from typing import Any

import pytest

from provenance.evaluation.graphs import match_sources, score_graph
from provenance.evaluation.tally import Tally
from tests.helpers.places import SHARED


def source(
    id: str, name: str, type: str = "person", aliases: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {"id": id, "name": name, "type": type, "aliases": list(aliases)}


def graph(sources: list[dict[str, Any]], *flows: tuple[str, str, str]) -> dict[str, Any]:
    edges = [{"from": a, "to": b, "kind": kind} for a, b, kind in flows]
    return {"sources": sources, "flows": edges, "disputes": []}


def test_names_match_without_article_case_and_possessive() -> None:
    matched = match_sources([source("a", "The Ferry Office’s")], [source("x", "ferry office")])
    assert matched == {"a": "x"}


def test_a_name_within_two_gold_names_matches_neither() -> None:
    gold = [source("x", "Ann Holm"), source("y", "Bo Holm")]
    assert match_sources([source("a", "Holm")], gold) == {}
    assert match_sources([source("a", "Holm")], gold[:1]) == {"a": "x"}


def test_a_source_found_twice_counts_as_wrong_once() -> None:
    twice = graph([source("a", "Ann Holm"), source("b", "Ann Holm")])
    assert score_graph(graph([source("x", "Ann Holm")]), twice)["sources"] == Tally(1, 2, 1, 1)


def test_a_flow_needs_both_ends_and_the_direction() -> None:
    gold = graph(
        [source("x", "Ann Holm"), source("y", "Daily", "news_outlet")], ("x", "y", "reported_by")
    )
    right = graph([source("a", "Holm"), source("b", "Daily")], ("a", "b", "derived_from"))
    wrong = graph([source("a", "Holm"), source("b", "Daily")], ("b", "a", "reported_by"))
    assert score_graph(gold, right)["flows"] == Tally(1, 1, 1, 0)
    assert score_graph(gold, wrong)["flows"] == Tally(0, 1, 1, 0)


def test_figures_of_a_tally() -> None:
    tally = Tally(1, 2, 4, 1) + Tally(1, 2, 0, 0)
    assert (tally.precision, tally.recall, tally.f1, tally.label) == (0.5, 0.5, 0.5, 0.5)
    assert Tally().f1 == Tally().precision == Tally().recall == 0.0


def test_agrees_with_the_scorer_that_others_use() -> None:
    tool = SHARED / "tools" / "score_graph.py"
    if not tool.is_file():
        pytest.skip("../shared/tools is not here")
    spec = importlib.util.spec_from_file_location("score_graph", tool)
    assert spec is not None
    assert spec.loader is not None
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    golds = [
        json.loads(p.read_text(encoding="utf-8")) for p in sorted((SHARED / "gold").glob("*.json"))
    ]
    for gold in golds:
        for predicted in golds:
            tallies = other.fresh()
            other.score(gold, predicted, tallies)
            ours = score_graph(gold, predicted)
            for what, tally in tallies.items():
                theirs = Tally(tally.right, tally.predicted, tally.gold, tally.labelled)
                assert ours[what] == theirs
