"""The JSON is the gold format with offsets, the same every time."""

import json
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from provenance.exports.records import to_json, to_json_lines, to_record
from provenance.model import ARTICLE, Attribution, CustodyEvent, Facet, Source, Span
from provenance.rdf import read_graphs, write_graphs
from tests.helpers.factories import (
    TEXT,
    make_attribution,
    make_claim,
    make_decision,
    make_graph,
    make_source,
)
from tests.helpers.places import SHARED

SCORER = SHARED / "tools" / "score_graph.py"


def test_the_keys_of_the_gold_format_are_there() -> None:
    record = json.loads(to_json(make_graph()))
    assert record["article"] == "ferries.txt"
    assert record["text"] == TEXT
    memo = next(s for s in record["sources"] if s["id"] == "memo")
    assert (memo["name"], memo["type"]) == ("leaked memo", "document")
    assert memo["aliases"] == ["leaked memo", "memo"]
    flow = next(f for f in record["flows"] if (f["from"], f["to"]) == ("memo", "gazette"))
    assert flow["kind"] == "derived_from"
    assert flow["evidence"].startswith("The Northport Gazette reported on Thursday")
    assert {f["to"] for f in record["flows"]} >= {ARTICLE}
    denial = next(d for d in record["disputes"] if d["stance"] == "denies")
    assert (denial["by"], denial["target"]) == ("authority", "memo")


def test_offsets_point_at_the_words_they_stand_for() -> None:
    record = json.loads(to_json(make_graph()))
    text = record["text"]
    for one in [*record["flows"], *record["disputes"], *record["events"]]:
        assert "\n".join(text[start:end] for start, end in one["span"]) == one["evidence"]
    first = record["attributions"][0]
    assert [text[s:e] for s, e in first["cue"]] == ["reported"]
    assert [text[s:e] for s, e in first["content"]] == [
        "three ferries had sailed with cracked hulls 🚢"
    ]
    assert first["source_id"] == "gazette"
    assert first["score"] == 0.93


def test_an_absent_role_is_an_empty_list_and_an_unknown_source_is_null() -> None:
    attribution = make_attribution(source=(), speakers=(), source_ids=(), basis=())
    (one,) = to_record(make_graph(attributions=(attribution,)))["attributions"]
    assert one["source"] == one["basis"] == one["route"] == []
    assert one["source_id"] is None


def test_an_unresolved_first_speaker_does_not_hide_the_second() -> None:
    graph = make_graph(attributions=(make_attribution(source_ids=("", "gazette")),))
    (one,) = to_record(graph)["attributions"]
    assert one["source_id"] == "gazette"
    assert one["source_ids"] == ["", "gazette"]


SPENT = {"against", "pointing"}  # of attributions: what disputes are made of, then gone


@pytest.mark.parametrize(
    ("record", "keys", "elsewhere"),
    [
        (Source, "sources", {"decisions": "why"}),
        (Attribution, "attributions", {"sentence": "span"}),
        (CustodyEvent, "events", {"trigger": "cue", "sentence": "span", "participants": "roles"}),
    ],
)
def test_no_field_of_a_record_is_forgotten(
    record: type[Any], keys: str, elsewhere: dict[str, str]
) -> None:
    why = (make_decision(Facet.TYPE),)
    source = make_source("gazette", wikidata="Q1", found_by=("llm",), decisions=why)
    written = to_record(make_graph(sources=(source,)))[keys][0]
    kept = [f.name for f in fields(record) if f.name not in SPENT]
    assert {elsewhere.get(name, name) for name in kept} <= set(written)


def test_text_is_not_escaped_and_indented_by_two() -> None:
    written = to_json(make_graph())
    assert "Порт Онлайн" in written
    assert "🚢" in written
    assert written.startswith('{\n  "article": "ferries.txt",\n')
    assert written.endswith("}\n")


def test_hostile_strings_stay_strings() -> None:
    graph = make_graph(claims=(make_claim(text='"}\n</script>\x00\u2028\u202e'),))
    assert json.loads(to_json(graph))["claims"][0]["text"] == '"}\n</script>\x00\u2028\u202e'


def test_lines_hold_one_graph_each() -> None:
    graph = make_graph()
    lines = to_json_lines([graph, replace(graph, flows=())]).splitlines()
    assert [len(json.loads(line)["flows"]) for line in lines] == [len(graph.flows), 0]


def test_a_withheld_text_still_gives_its_evidence() -> None:
    (graph,) = read_graphs(write_graphs([make_graph()], "nt", text=False))
    record, whole = to_record(graph), to_record(make_graph())
    assert record["text"] == ""
    assert record["flows"] == whole["flows"]
    assert record["events"] == whole["events"]


def test_evidence_that_is_gone_with_the_text_is_empty_not_an_error() -> None:
    graph = make_graph(claims=(make_claim(content=(Span(0, 3),)),))
    withheld = replace(graph, article=replace(graph.article, text="", excerpts=()))
    assert {flow["evidence"] for flow in to_record(withheld)["flows"]} == {""}


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer is not beside this checkout")
def test_the_scorer_reads_it_and_finds_it_equal_to_itself(tmp_path: Path) -> None:
    for folder in ("gold", "pred"):
        (tmp_path / folder).mkdir()
    name = {"gold": "ferries.gold.json", "pred": "ferries.json"}
    for folder, file in name.items():
        (tmp_path / folder / file).write_text(to_json(make_graph()), encoding="utf-8")
    folders = [str(tmp_path / "gold"), str(tmp_path / "pred")]
    done = subprocess.run(
        [sys.executable, str(SCORER), *folders], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("F1 1.000") >= 3, done.stdout
