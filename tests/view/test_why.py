"""Why: what decided about each part of a graph, in data, on the page and in print."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib.query import ResultRow

from provenance.cli import main
from provenance.corrections.applying import replay
from provenance.exports.records import to_record
from provenance.graph.reasons import reasons
from provenance.model import (
    Action,
    Anchor,
    Basis,
    Certainty,
    Correction,
    Decision,
    Facet,
    Flow,
    Quote,
    SourceGraph,
)
from provenance.pipeline import build, export
from provenance.rdf import parse_rdflib, read_graphs
from provenance.stores.queries.library import find_query
from provenance.view.strip import whys
from tests.helpers.graphs_by_rules import told_graph
from tests.helpers.places import DATA

SHORT = """Harbour was closed, officials say

Erik Lund told the Courier that the harbour was closed. He said the port had paid a spy.

The Gazette reported, citing a leaked memo, that the memo was apparently stolen from the \
Coast Guard. The Federal Bureau of Investigation declined to comment. The mayor denied it.
"""


@pytest.fixture(scope="module")
def read() -> SourceGraph:
    """Return the graph of an article long enough for the network."""
    return build(DATA / "golden" / "trove.txt").record


def rules_of(graph: SourceGraph) -> dict[tuple[str, str], str]:
    return {(f.source, f.target): f.decision.rule for f in graph.flows if f.decision}


def told(graph: SourceGraph, id: str, facet: Facet) -> list[Decision]:
    (source,) = (one for one in graph.sources if one.id == id)
    return [one for one in source.decisions if one.facet is facet]


def test_each_hop_of_rules_says_which_rule_tells_it() -> None:
    graph = told_graph(SHORT)
    rules = rules_of(graph)
    assert rules["erik-lund", "courier"] == "credited"
    assert rules["leaked-memo", "gazette"] in ("cited", "credited")
    assert any(rule.startswith("custody: ") for rule in rules.values())
    assert {one.decision.rule for one in graph.disputes if one.decision} <= {"verb of dispute"}


def test_what_is_one_source_says_why_and_who_else_it_would_have_been() -> None:
    he = told(told_graph(SHORT), "erik-lund", Facet.SAME)
    assert "goes on speaking" in {one.rule for one in he}
    text = "Anna Holm met Rosa Vik on Monday. She said the dam had cracks, she told Radio Nord."
    graph = told_graph(f"Dam\n\n{text}")
    same = [one for s in graph.sources for one in s.decisions if one.facet is Facet.SAME]
    assert {"Anna Holm", "Rosa Vik"} & {one.second for one in same}


def test_a_name_and_a_type_say_what_decided() -> None:
    graph = told_graph("Dam has cracks\n\nThe SVR told the Courier that the dam has cracks.\n")
    (known,) = (one for one in graph.sources if one.name != "Courier")
    kinds = {one.facet: one for one in known.decisions}
    assert kinds[Facet.TYPE].by is Basis.REGISTRY
    assert kinds[Facet.TYPE].rule == "Foreign Intelligence Service"


def test_the_network_says_how_likely_and_what_else(read: SourceGraph) -> None:
    decisions = [f.decision for f in read.flows] + [d.decision for d in read.disputes]
    assert all(decisions)
    by = {one.by for one in decisions if one}
    assert {Basis.NETWORK, Basis.BOTH} <= by
    assert any(one.second and 0 < one.second_score < 1 for one in decisions if one)
    for flow in read.flows:
        assert flow.decision
        assert (flow.decision.by is Basis.FORM) == (flow.score == 1)
    for source in read.sources:
        (kind,) = [one for one in source.decisions if one.facet is Facet.TYPE]
        assert kind.second != source.type.value


def test_what_decided_outlives_the_file(read: SourceGraph) -> None:
    assert read_graphs(export([read], "turtle"), "turtle") == (read,)
    record = to_record(read)
    assert all(one["why"]["by"] for one in record["flows"])
    assert {row["facet"] for one in record["sources"] for row in one["why"]} >= {"type", "same"}


def test_a_store_can_be_asked_which_hops_rest_on_what(read: SourceGraph) -> None:
    graph = parse_rdflib(export([read], "ntriples"), "ntriples")
    rows = [row for row in graph.query(find_query("why").text) if isinstance(row, ResultRow)]
    hops = [row for row in rows if str(row["what"]) == "hop"]
    assert len(hops) == len(read.flows)
    assert {str(row["by"]) for row in hops} == {f.decision.by for f in read.flows if f.decision}
    what = {str(row["what"]) for row in rows}
    assert what >= {"hop", "dispute", "type", "name", "same", "gap"}


def test_page_and_print_tell_the_same_of_each_part(read: SourceGraph, tmp_path: Path) -> None:
    keys = [one.key for one in reasons(read) if one.facet is Facet.HOP]
    assert keys == [f"f:{number}" for number in range(len(read.flows))]
    assert {one.key for one in reasons(read)} == {*whys(read)}
    path = tmp_path / "graph.ttl"
    path.write_bytes(export([read], "turtle"))
    done = CliRunner().invoke(main, ["trace", str(path), "--why"])
    assert done.exit_code == 0
    lines = done.output.splitlines()
    for title in ("Hops", "Disputes", "Types", "Names", "Taken for one", "Gaps"):
        assert title in lines
    hops = lines[lines.index("Hops") + 1 : lines.index("Disputes")]
    assert sum(line.startswith("  ") and " ▸ " in line for line in hops) == len(read.flows)
    assert any("; else " in line for line in hops)


@pytest.mark.parametrize(
    ("word", "certainty"),
    [("apparently", Certainty.SPECULATIVE), ("allegedly", Certainty.ALLEGED)],
)
def test_a_weak_certainty_shows_its_word(word: str, certainty: Certainty) -> None:
    graph = told_graph(SHORT.replace("apparently", word))
    found = [one for one in reasons(graph) if one.facet is Facet.CERTAINTY]
    words = {(one.told, graph.article.quote(one.words[0])) for one in found if one.words}
    assert (certainty.value, word) in words
    assert f'"{word}"' in export([graph], "turtle").decode()


def test_a_gap_shows_the_words_of_what_happened() -> None:
    graph = told_graph(SHORT)
    gaps = [one for one in reasons(graph) if one.facet is Facet.GAP and one.words]
    assert {graph.article.quote(span) for one in gaps for span in one.words}
    assert all(one.evidence for one in gaps)


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("A memo of the port was leaked last week. The memo says that the pier is unsafe.",
         "nobody who does it", {"was leaked"}),
        ("The Quay Post said the pier is unsafe, but did not name its source.",
         "source withheld", {"did not name"}),
        ("The pier is unsafe, according to a survey seen by the Quay Post.",
         "nothing before it", {"a survey", "survey"}),
        ("The pier is unsafe, a written statement said on Monday.",
         "nothing before it", {"a written statement", "written statement"}),
    ],
)  # fmt: skip
def test_a_gap_says_which_rule_found_it_and_by_which_words(
    text: str, rule: str, words: set[str]
) -> None:
    graph = told_graph(text)
    found = [one for one in reasons(graph) if one.facet is Facet.GAP]
    assert rule in {one.rule for one in found}
    quoted = {graph.article.quote(span) for one in found for span in one.words if one.rule == rule}
    assert quoted & words


def test_what_a_person_corrects_a_person_decided(read: SourceGraph) -> None:
    flow: Flow = read.flows[0]
    names = {one.id: one for one in read.sources}
    source = names[flow.source]
    start = source.mentions[0].start
    before = read.article.text[:start][-32:]
    quote = Quote(exact=read.article.quote(source.mentions[0]), prefix=before)
    one = Correction(
        id="c-1",
        action=Action.RETYPE,
        who="Ada",
        when="2024-01-01T00:00:00Z",
        source=Anchor(name=source.name, quote=quote),
        type="channel",
    )
    other = replace(one, id="c-2", action=Action.RENAME, name="X", type="")
    corrected, lost = replay(read, [one, other])
    assert not lost
    (changed,) = (s for s in corrected.sources if s.id == source.id)
    by = {d.facet: d.by for d in changed.decisions if d.facet is not Facet.SAME}
    assert by == {Facet.TYPE: Basis.CURATOR, Facet.NAME: Basis.CURATOR}
