"""Whoever denies or doubts something is no origin of it: in one article, and in many."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from provenance.analysis import brief_of, standings
from provenance.analysis.answers import resting_on, summary
from provenance.analysis.contests import contested
from provenance.analysis.packing import pack, unpack
from provenance.cli import main
from provenance.cli.points import point_lines
from provenance.graph import findings
from provenance.graph.custody import trace_chains
from provenance.model import Certainty, SourceGraph
from provenance.pipeline import build, export
from provenance.rdf import read_graphs
from provenance.rdf.conformance import check
from provenance.view.payload import describe
from tests.helpers.generated_stories import linked

DENYING = (
    ("Brakeline, the maker, disputed the memo's findings.", "Brakeline"),
    ("Holm denied that he promised the land to his brother.", "Holm"),
    ("Ada Quill denied that the ledger was a forgery.", "Ada Quill"),
    ("Mayor Dunn rejected the claim that the books were cooked.", "Dunn"),
    ("Ben Oster brushed aside the report of the wardens.", "Ben Oster"),
)
DOUBTING = (
    ("Cora Lind doubted that the tender was open.", "Cora Lind"),
    ("Cora Lind questioned whether the plant was safe.", "Cora Lind"),
    ("Eva Roth cast doubt on the figures of the board.", "Eva Roth"),
    ("Finn Tay was sceptical that the new lock would hold.", "Finn Tay"),
)
SAYING = (
    ("Cora Lind said that the tender was open.", "Cora Lind"),
    ("Eva Roth said that the figures of the board were false.", "Eva Roth"),
    ("Finn Tay believes that the report is questionable.", "Finn Tay"),
    ("Ada Quill confirmed that the ledger was a forgery.", "Ada Quill"),
)


def graph_of(text: str) -> SourceGraph:
    return build(f"{text} The weather stayed dry all week.\n").record


@pytest.mark.parametrize(("text", "who"), DENYING + DOUBTING)
def test_whoever_denies_or_doubts_is_no_line_and_no_origin(text: str, who: str) -> None:
    graph = graph_of(text)
    (claim,) = (one for one in graph.claims if one.content[0].end == text.rindex("."))
    assert claim.sources
    (point,) = (one for one in findings(graph).points if claim.id in one.claims)
    assert point.lines == ()
    for standing in standings(linked([graph])):
        assert (standing.origins, standing.unknown, standing.pivots) == ((), 0, ())
    totals = summary(standings(linked([graph])))
    assert (totals["one_origin"], totals["unnamed_alone"]) == (0, 0)
    assert resting_on(standings(linked([graph])), linked([graph]), who) == []


@pytest.mark.parametrize(("text", "who"), SAYING)
def test_whoever_says_so_in_his_own_words_is_one(text: str, who: str) -> None:
    graph = graph_of(text)
    (point,) = findings(graph).points
    assert len(point.lines) == 1
    (standing,) = standings(linked([graph]))
    assert standing.origins == (who,)


@pytest.mark.parametrize(("text", "who"), DENYING)
def test_deniers_stand_with_the_denials(text: str, who: str) -> None:
    links = linked([graph_of(text)])
    found = standings(links)
    names = {one.name for row in contested(links, found) for one in row}
    assert names == {who}


@pytest.mark.parametrize(("text", "who"), DENYING + DOUBTING)
def test_turtle_summary_and_page_say_the_same(text: str, who: str) -> None:
    graph = graph_of(text)
    turtle = export([graph], "turtle")
    (again,) = read_graphs(turtle, "turtle")
    assert findings(again).points == findings(graph).points
    assert b"sp:Line" not in turtle
    points = findings(graph).points
    console = Console(width=300)
    with console.capture() as shown:
        console.print(*point_lines(graph, points, in_full=False))
    assert f"no line: denied or doubted by {who}" in shown.get()
    page = describe(graph, trace_chains(graph))
    assert all(not point["lines"] and point["unsaid"] for point in page["points"])


def test_who_says_so_is_counted_without_who_doubts_it() -> None:
    said = "Rhee said that money was missing from the harbour fund."
    graph = graph_of(f"{said} The ministry doubts that money was missing from the harbour fund.")
    assert sorted(len(point.lines) for point in findings(graph).points) == [0, 1]
    totals = summary(standings(linked([graph])))
    assert (totals["one_origin"], totals["unnamed_alone"]) == (1, 0)


def test_a_brief_keeps_who_says_so() -> None:
    brief = brief_of(graph_of(DOUBTING[0][0]))
    assert brief.claims[0].sources
    assert not brief.claims[0].saying
    assert unpack(pack(brief)).claims == brief.claims


def test_a_store_counts_no_denier(tmp_path: Path) -> None:
    for number, (text, _) in enumerate(DENYING + DOUBTING):
        (tmp_path / f"{number}.txt").write_text(f"{text} The weather stayed dry all week.\n")
    run = CliRunner().invoke
    store = str(tmp_path / "store")
    assert run(main, ["build", str(tmp_path / "*.txt"), "--store", store]).exit_code == 0
    told = json.loads(run(main, ["independence", store, "--to", "json"]).stdout)
    assert told["one_origin"] == told["unnamed_alone"] == 0
    asked = run(main, ["independence", store, "--claim", DENYING[0][0]])
    assert "0 independent lines" in asked.stdout
    for name in ("one-origin", "unnamed-only"):
        rows = run(main, ["query", name, store, "--to", "json"])
        assert json.loads(rows.stdout)["results"]["bindings"] == []


@pytest.mark.parametrize(
    "told",
    [
        "“The tender was fixed,” Lena Marsh alleged and Orlo Shipping denied.",
        "“The dam will not hold,” Iris Kolb claimed and Mayor Dunn denied.",
        "“Nobody was paid,” Ben Oster asserted and Cora Lind denied.",
    ],
)
def test_a_claim_that_one_makes_and_another_denies_is_still_made(told: str) -> None:
    built = build(f"{told} The weather stayed dry all week.\n")
    (claim,) = built.record.claims
    assert len(claim.sources) == 2
    assert claim.certainty is Certainty.ALLEGED
    assert not [f for f in check(built.to("turtle"), "turtle") if f.rule == "prov: denied"]
