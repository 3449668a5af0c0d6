"""Several extractors on one article: what they find together, alone, and against each other."""

import json
from pathlib import Path

import pytest

import provenance
from provenance.errors import ExtractionError
from provenance.graph.combining import combine, finders, part_of
from provenance.model import ARTICLE, SourceGraph, Stance
from provenance.pipeline import export
from provenance.rdf import read_graphs, write_graphs
from provenance.rdf.conformance import check
from provenance.readings.asking import Asking
from tests.cli.test_bad_input import complaint
from tests.conftest import Prov
from tests.helpers.model_servers import says, served
from tests.readings.test_readings import FLOWS, SOURCES, TEXT, graph_of, reading


def other(**changes: object) -> SourceGraph:
    """Return another reading of the same article: other ids, a hop turned round, one not seen."""
    ids = {row["id"]: f"n-{row['id']}" for row in SOURCES} | {ARTICLE: ARTICLE}
    sources = [row | {"id": ids[row["id"]]} for row in SOURCES]
    keys = ("from", "to", "kind", "evidence")
    flows = [
        dict(zip(keys, (ids[a], ids[b], kind, words), strict=True)) for a, b, kind, words in FLOWS
    ]
    flows[0] = flows[0] | {"from": "n-memo", "to": "n-authority", "kind": "derived_from"}
    flows.append({"from": "n-authority", "to": ARTICLE, "evidence": "The authority’s spokesman"})
    disputes = [
        {"by": "n-vos", "target": "n-memo", "stance": "confirms", "evidence": "memo was genuine"}
    ]
    given = {"sources": sources, "flows": flows, "disputes": disputes, "claims": [], "events": []}
    return graph_of(reading(**given | changes))


def test_what_both_have_one_has_and_one_denies() -> None:
    graph = combine({"tagger": graph_of(reading()), "llm": other()})
    flows = {(f.source, f.target): (f.found_by, f.denied_by) for f in graph.flows}
    assert flows["memo", "gazette"] == (("llm", "tagger"), ())
    assert flows["authority", ARTICLE] == (("llm",), ())
    assert flows["authority", "memo"] == (("tagger",), ("llm",))
    assert flows["memo", "authority"] == (("llm",), ("tagger",))
    disputes = {d.stance: (d.found_by, d.denied_by) for d in graph.disputes}
    assert disputes == {
        Stance.DENIES: (("tagger",), ("llm",)),
        Stance.CONFIRMS: (("llm",), ("tagger",)),
    }
    assert {source.found_by for source in graph.sources} == {("llm", "tagger")}
    assert [source.id for source in graph.sources] == sorted(row["id"] for row in SOURCES)
    assert graph.run.extractor == "tagger+llm"
    assert finders(graph) == ("llm", "tagger")


def test_a_joint_graph_conforms_and_comes_back_from_rdf_as_it_was() -> None:
    graph = combine({"tagger": graph_of(reading()), "llm": other()})
    for format in ("turtle", "nquads", "jsonld"):
        data = write_graphs([graph], format)
        assert read_graphs(data, format) == (graph,)
    assert not check(write_graphs([graph], "turtle"), "turtle")
    rows = json.loads(export([graph], "json"))["flows"]
    assert {tuple(row["found_by"]) for row in rows} >= {("llm",), ("llm", "tagger")}
    assert [row["denied_by"] for row in rows if "denied_by" in row] == [["llm"], ["tagger"]]
    page = export([graph], "html").decode()
    assert "found by tagger alone" in page
    assert "llm found the contrary" in page


def test_the_order_changes_only_what_things_are_called() -> None:
    one, two = graph_of(reading()), other()
    graphs = (combine({"a": one, "b": two}), combine({"b": two, "a": one}))
    told = [
        {(len(f.evidence), f.kind, f.found_by, f.denied_by) for f in graph.flows}
        for graph in graphs
    ]
    assert told[0] == told[1]
    assert len(graphs[0].sources) == len(graphs[1].sources) == len(SOURCES)


def test_a_graph_with_itself_is_itself() -> None:
    one = graph_of(reading())
    both = combine({"a": one, "b": one})
    assert part_of(both, "a") == part_of(both, "b")
    assert [f.evidence for f in both.flows] == [f.evidence for f in one.flows]
    assert both.claims == one.claims
    assert not any(f.denied_by for f in both.flows)


def test_two_that_are_called_alike_and_are_not_one_stay_apart() -> None:
    mine = {
        "sources": [{"id": "s", "name": "Olga Brandt", "type": "person"}],
        "flows": [{"from": "s", "to": ARTICLE, "evidence": "said Olga Brandt"}],
    }
    yours = {
        "sources": [{"id": "s", "name": "Piet Vos", "type": "person"}],
        "flows": [{"from": "s", "to": ARTICLE, "evidence": "Piet Vos, denied"}],
    }
    graph = combine({"a": graph_of(mine), "b": graph_of(yours)})
    assert {source.id: source.name for source in graph.sources} == {
        "s": "Olga Brandt",
        "s-2": "Piet Vos",
    }


def test_tagger_and_model_together(prov: Prov) -> None:
    Path("a.txt").write_text(TEXT, "utf-8")
    good = {key: reading()[key] for key in ("sources", "flows", "disputes")}
    with served(says(good)) as model:
        options = ("--model", "parrot", "--endpoint", model.endpoint, "--replies", "kept")
        result = prov("build", "a.txt", "--extractor", "syntax+llm", *options, "-q")
        assert (result.exit_code, len(model.asked)) == (0, 1)
        stored = prov(
            "build", "a.txt", "--extractor", "syntax+llm", *options, "--store", "store", "-q"
        )
        assert (stored.exit_code, len(model.asked)) == (0, 1)
    graph = provenance.read("a.ttl").record
    assert graph.run.extractor == "syntax+llm"
    assert [reader.name for reader in graph.run.readers] == ["parrot"]
    assert any(flow.found_by == ("llm", "syntax") for flow in graph.flows)
    told = prov("diff", "a.ttl")
    assert told.exit_code == 0
    assert "added source" in told.stdout
    asking = Asking(model="parrot", replies="kept")
    again = provenance.build("a.txt", extractor="syntax+llm", asking=asking)
    assert again.to_turtle() == Path("a.ttl").read_text("utf-8")


@pytest.mark.parametrize("names", ["tagger+", "+", "syntax+syntax", "tagger+oracle"])
def test_extractors_that_cannot_be_joined_are_one_line(prov: Prov, names: str) -> None:
    Path("a.txt").write_text(TEXT, "utf-8")
    assert complaint(prov("build", "a.txt", "--extractor", names).stderr).startswith("no such ext")
    with pytest.raises(ExtractionError):
        provenance.build(TEXT, extractor=names)


def test_a_graph_of_one_extractor_is_compared_with_another_graph_only(prov: Prov) -> None:
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("a.json").write_text(json.dumps(reading()), "utf-8")
    assert prov("build", "a.txt", "--reading", "a.json", "-q").exit_code == 0
    assert "one extractor made it" in complaint(prov("diff", "a.ttl").stderr)
    Path("b.ttl").write_bytes(write_graphs([other()], "turtle"))
    assert "added flow: Harbour Authority to the article" in prov("diff", "a.ttl", "b.ttl").stdout


def test_any_number_of_readers_is_compared_on_gold_and_with_each_other(prov: Prov) -> None:
    Path("gold").mkdir()
    Path("gold/a.txt").write_text(TEXT, "utf-8")
    Path("gold/a.gold.json").write_text(json.dumps(reading()), "utf-8")
    for name, given in (("mine", reading()), ("yours", reading(disputes=[]))):
        Path(name).mkdir()
        Path(f"{name}/a.json").write_text(json.dumps(given), "utf-8")
    options = ("--readings", "mine", "--readings", "yours", "--extractor", "syntax", "--json")
    rows = json.loads(prov("evaluate", "graphs", "gold", *options).stdout)
    assert list(rows) == [
        *("syntax", "mine", "yours", "syntax and mine", "syntax and yours", "mine and yours")
    ]
    assert rows["mine"]["flows"]["f1"] == rows["mine and yours"]["flows"]["f1"] == 1
    assert rows["yours"]["disputes"]["f1"] == 0
    table = prov("evaluate", "graphs", "gold", *options[:-1]).stdout
    head = " ".join(table.splitlines()[1].split())
    assert head == "sources P R F1 flows P R F1 disputes P R F1"
    assert "mine" in table
    assert "…" not in table
    assert table.count("100.0") >= 12
    alone = json.loads(prov("evaluate", "graphs", "gold", "--readings", "mine", "--json").stdout)
    assert list(alone) == ["a", "all"]
