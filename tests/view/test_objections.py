"""Who denies or doubts a claim is the same in lists, on pages, in the summary and as data."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from provenance.analysis import standings
from provenance.analysis.answers import answer_record, standing_record
from provenance.analysis.catalogue import catalogue, ordered
from provenance.analysis.contests import contested
from provenance.analysis.questions import about, answer
from provenance.articles import read_article
from provenance.cli.points import point_lines
from provenance.graph import findings
from provenance.graph.custody import trace_chains
from provenance.model import SourceGraph, Stance
from provenance.pipeline import build, build_record, export
from provenance.view.payload import describe
from tests.helpers.desk_server import serve
from tests.helpers.generated_stories import linked
from tests.helpers.places import ROOT

MONEY = "Rhee said that money was missing from the harbour fund."
TOLD: tuple[tuple[str, list[str], list[str]], ...] = (
    (f"{MONEY} The ministry denied it.", ["ministry"], []),
    (f"{MONEY} Ada Quill denied that money was missing from the fund.", ["Ada Quill"], []),
    ("Holm denied that he promised the land to his brother.", ["Holm"], []),
    ("Inspectors found no signs of a leak at the plant.", [], []),
    ("The auditors found no evidence that money was missing.", [], []),
    ("Cora Lind doubted that the tender was open.", [], ["Cora Lind"]),
    ("Finn Tay was sceptical that the new lock would hold.", [], ["Finn Tay"]),
    ("Eva Roth questioned whether the weir was safe for boats.", [], ["Eva Roth"]),
    (
        "A report by the water board says that the weir is cracked. Brakeline disputed the report.",
        ["Brakeline"],
        [],
    ),
    (MONEY, [], []),
    ("Ada Quill confirmed that the ledger was a forgery.", [], []),
)
DAM = ROOT / "examples" / "dam"


def graph_of(text: str) -> SourceGraph:
    return build(f"{text} The weather stayed dry all week.\n").record


ABOUT = (
    ("The ministry denied it.", True),
    ("The ministry denied the claim.", True),
    ("The ministry denied that any money of the fund was missing.", True),
    ("The ministry denied that the pumps had ever failed.", False),
    ("The ministry denied that it had sold the lock.", False),
)


@pytest.mark.parametrize(("told", "bears"), ABOUT)
def test_who_denies_something_else_denies_not_that(told: str, bears: bool) -> None:
    graph = graph_of(f"{MONEY} {told}")
    assert graph.disputes
    assert bool(findings(graph).points[0].objections) is bears


def names(graph: SourceGraph, ids: Sequence[str]) -> list[str]:
    known = {source.id: source.name for source in graph.sources}
    return [known[id] for id in ids]


@pytest.mark.parametrize(("text", "denied", "doubted"), TOLD)
def test_whoever_denies_or_doubts_is_told_alike(
    text: str, denied: list[str], doubted: list[str]
) -> None:
    graph = graph_of(text)
    points = findings(graph).points
    for stance, who in ((Stance.DENIES, denied), (Stance.DOUBTS, doubted)):
        found = {name for one in points for name in names(graph, one.objecting(stance))}
        assert found == {*who}


@pytest.fixture(scope="module")
def told() -> list[SourceGraph]:
    return [graph_of(text) for text, _, _ in TOLD]


@pytest.fixture(scope="module")
def dam() -> list[SourceGraph]:
    return [build_record(read_article(path)) for path in sorted(DAM.glob("*.txt"))]


@pytest.mark.parametrize("of", ["told", "dam"])
def test_lists_pages_and_data_have_the_same(of: str, request: pytest.FixtureRequest) -> None:
    graphs: list[SourceGraph] = request.getfixturevalue(of)
    links = linked(graphs)
    found = standings(links)
    rows = catalogue(links, found)
    order = ordered(links)
    by_digest = {graph.article.digest: graph for graph in graphs}
    objected = 0
    for one, denials in zip(found, contested(links, found), strict=True):
        told = {(d.name, d.digest, d.doubts) for d in denials}
        (row,) = (
            row
            for row in rows["claims"]
            if {(order[n], number) for n, number in row[7]}
            == {
                (ref.digest, claim.number)
                for ref in one.claims
                for claim in links.briefs[ref.digest].claims
                if claim.id == ref.claim
            }
        )
        assert {(name, order[n], bool(doubts)) for name, _, n, doubts in row[8]} == told
        assert len(row[8]) == len(told)
        page = about(links, one)
        record = answer_record(page, links)
        assert record["denied_by"] == standing_record(one, links, denials)["denied_by"]
        assert len(record["denied_by"]) + len(record["doubted_by"]) == len(told)
        assert record["lines"] == row[2]
        assert [*dict.fromkeys(match.digest for match in page.wordings)] == [
            digest for digest in one.carriers if digest not in one.own_voice
        ]
        asked = answer(links, one.text)
        exact = {match.digest for match in asked.wordings} if asked else set()
        names_told = {(d.name, d.digest) for d in asked.denials} if asked else set()
        assert {(d.name, d.digest) for d in denials if d.digest in exact} <= names_told
        for ref in one.claims:
            graph = by_digest[ref.digest]
            (point,) = (one for one in findings(graph).points if ref.claim in one.claims)
            own = {(id, at == "doubted") for at, id in _on_page(graph, ref.claim)}
            assert own == {(o.source, o.stance is Stance.DOUBTS) for o in point.objections}
            assert len(own) <= len([d for d in told if d[1] == ref.digest])
            objected += len(own)
    assert objected or of == "dam"


def _on_page(graph: SourceGraph, claim: str) -> list[tuple[str, str]]:
    number = next(n for n, one in enumerate(graph.claims) if one.id == claim)
    page = describe(graph, trace_chains(graph))
    (point,) = (one for one in page["points"] if f"c:{number}" in one["claims"])
    data = json.loads(export([graph], "json"))
    (row,) = (one for one in data["points"] if claim in one["claims"])
    assert (row["denied_by"], row["doubted_by"]) == (point["denied"], point["doubted"])
    return [(at, id) for at in ("denied", "doubted") for id in point[at]]


def test_the_summary_names_who_denies_beside_the_lines() -> None:
    graph = graph_of(f"{MONEY} The ministry denied it.")
    console = Console(width=300)
    with console.capture() as shown:
        console.print(*point_lines(graph, findings(graph).points, in_full=False))
    assert "one line  denied by ministry" in shown.get()


def test_the_desk_counts_on_a_claims_page_what_its_list_shows(tmp_path: Path) -> None:
    desk = serve(tmp_path / "store")
    try:
        files = [(f"{n}.txt", f"{text} It rained.\n") for n, (text, _, _) in enumerate(TOLD)]
        assert desk.bring(*files)["failed"] == 0
        told = desk.get("/list").json()
        for row in told["claims"]:
            number, claim = row[7][0]
            digest = told["pages"][number].rpartition("/")[2]
            page = desk.get(f"/claims?article={digest}&claim={claim}").text
            counted = [
                int(found[1]) if (found := re.search(rf"{word}</dt><dd>(\d+)", page)) else 0
                for word in ("Denials", "Doubts", "Independent lines")
            ]
            doubts = [one[3] for one in row[8]]
            assert counted == [doubts.count(0), doubts.count(1), len(row[2])], row[0]
            assert all(name in page for name, *_ in row[8])
        assert sum(len(row[8]) for row in told["claims"]) >= 6
        assert desk.get("/claims?article=00&claim=1").status_code == 404
        assert desk.get("/claims?article=00&claim=x&words=").status_code == 404
    finally:
        desk.stop()


WHOLE = "two bearings of the bridge had cracked in the frost"


def test_what_says_nothing_by_itself_is_led_with_nowhere() -> None:
    text = (
        "Ben Oster condemned the move. Cora Lind denied the reports. Eva Roth said that two "
        "bearings of the bridge had cracked in the frost."
    )
    graph = graph_of(text)
    assert len(graph.claims) > 1
    assert findings(graph).points[0].text.removeprefix("that ") == WHOLE
    links = linked([graph])
    found = standings(links)
    assert found[0].text.removeprefix("that ") == WHOLE
    assert catalogue(links, found)["claims"][0][0].removeprefix("that ") == WHOLE
