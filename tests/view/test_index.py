"""The index of many articles: its rows, its files, and what it leads to."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provenance.analysis import standings
from provenance.analysis.catalogue import catalogue
from provenance.articles import read_article
from provenance.gathering import site as indexes
from provenance.model import SourceGraph, SourceType
from provenance.pipeline import build_record
from provenance.view import render_index
from provenance.view.lineage import draw_story
from tests.conftest import Prov
from tests.helpers.generated_stories import cites, linked, report, scene
from tests.helpers.places import ROOT

STORY = ROOT / "examples" / "dam"


@pytest.fixture(scope="module")
def dam() -> list[SourceGraph]:
    return [build_record(read_article(path)) for path in sorted(STORY.glob("*.txt"))]


def rows_of(graphs: list[SourceGraph]) -> Any:
    links = linked(graphs)
    return catalogue(links, standings(links))


def data_of(page: str) -> Any:
    """Return what the page's script reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_story_of_ten_articles_is_told_exactly(dam: list[SourceGraph]) -> None:
    rows = rows_of(dam)
    line, first, *_ = rows["claims"]
    assert (len(line[1]), line[2], line[5]) == (5, [["Water Safety Board"]], ["Water Safety Board"])
    text, articles, origins, unknown, circular, pivots, copies, places, *_, story = first
    assert (len(articles), unknown, copies, pivots) == (10, 0, 4, [])
    assert origins == [["Ilan Roth"], ["Marta Olden"], ["Water Safety Board"]]
    assert circular == [["Evening Star", "Morning Ledger"]]
    assert rows["articles"][articles[0]][1] == "The Vessa Courier"
    assert sorted({article for article, _ in places}) == list(range(10))
    assert text.startswith("Inspectors found a crack")
    kinds = [kind for _, kind, _ in story["nodes"]]
    assert (kinds.count("independent"), kinds.count("circular")) == (3, 2)
    assert sum(copy for _, _, copy in story["edges"]) == 4


def test_the_places_of_a_claim_are_those_of_its_graph(dam: list[SourceGraph]) -> None:
    rows = rows_of(dam)
    graphs = {graph.article.name: graph for graph in dam}
    for row in rows["claims"]:
        for article, number in row[7]:
            told = graphs[rows["articles"][article][3]].claims[number].text
            assert "crack" in told or len(row[1]) == 1


def test_what_comes_from_what_is_told_with_how(dam: list[SourceGraph]) -> None:
    rows = rows_of(dam)
    outlets = [row[1] for row in rows["articles"]]
    told = {(outlets[a], outlets[b], how) for a, b, how, _ in rows["derivations"]}
    assert ("The Vessa Courier", "Radio Vessa", "credit") in told
    assert ("The Evening Star", "The Morning Ledger", "credit") in told
    assert {b for a, b, how in told if how == "copy" and a == "Northern Wire"} == {
        "Coastal Times", "Eastport Gazette", "Plain Tribune", "The Daily Signal",
    }  # fmt: skip


def test_rows_do_not_depend_on_the_order_of_articles(dam: list[SourceGraph]) -> None:
    assert rows_of(dam) == rows_of(dam[::-1])


def test_an_article_is_counted_by_its_sources_origins_and_unnamed() -> None:
    graphs = [report("Ash Courier", "two officials", SourceType.UNNAMED), report("Birch", "Ada")]
    rows = rows_of(graphs)
    assert [row[4:7] for row in rows["articles"]] == [[1, 1, 1], [1, 1, 0]]
    assert [row[0] for row in rows["sources"]] == ["Ada"]


CRACK = "two bearings of the bridge had cracked in the frost"
FERRY = "the ferry would run all night for the school"
PERSON = SourceType.PERSON


def test_what_is_contested_leads_and_then_what_rests_on_one_line() -> None:
    rows = rows_of(
        [
            scene("Ash", ("Ada Quill", PERSON, CRACK), ("Cora Lind", PERSON, FERRY)),
            scene("Birch", ("Cora Lind", PERSON, FERRY), ("Dan Merz", PERSON, "cows died")),
            scene("Elm", ("Eva Roth", PERSON, CRACK.replace("had cracked", "had never cracked"))),
            scene("Fir", ("Finn Tay", PERSON, "farmers will sell cows and milk in May")),
        ]
    )
    told = [(row[0], [name for name, *_ in row[8]]) for row in rows["claims"]]
    assert dict(told[:2]) == {
        CRACK: ["Eva Roth"],
        CRACK.replace("had cracked", "had never cracked"): ["Ada Quill"],
    }
    assert told[2] == (FERRY, [])
    assert not any(names for _, names in told[2:])


def test_a_claim_has_its_other_wordings_and_a_source_its_other_names() -> None:
    other = "in the frost two bearings of the bridge cracked"
    rows = rows_of(
        [
            scene("Ash", ("Ada Quill", PERSON, CRACK)),
            scene("Birch", ("Mayor Ada Quill", PERSON, other), day=2),
        ]
    )
    assert [(row[0], row[9]) for row in rows["claims"]] == [(CRACK, [other])]
    assert [(row[0], row[5]) for row in rows["sources"]] == [("Mayor Ada Quill", ["Ada Quill"])]


def test_an_untitled_article_is_called_by_its_first_words() -> None:
    graph = scene("Ash", places=("Velden", "Orne Falls", "Halm", "Marsk"))
    (row,) = rows_of([graph])["articles"]
    assert row[0].endswith("…")
    assert len(row[0]) <= 71
    assert graph.article.text.startswith(row[0].removesuffix("…"))
    short = scene("Ash", own="Ice on the Orne.", places=("Velden", "Orne"))
    begun = replace(short.article, paragraphs=short.article.paragraphs[-1:])
    assert rows_of([replace(short, article=begun)])["articles"][0][0] == "Ice on the Orne."


def test_very_many_copies_are_one_box() -> None:
    original = report("Wire", "Ada Quill")
    copies = [
        report(f"Copy {n}", "Ada Quill", text=f"Reprint {n}.\n\n{original.article.text}", day=20)
        for n in range(9)
    ]
    story = rows_of([original, *copies])["claims"][0][-1]
    assert ["9 articles", "article", list(range(1, 10))] in story["nodes"]
    assert len(story["nodes"]) == 3


def test_a_story_is_drawn_from_left_to_right(dam: list[SourceGraph]) -> None:
    story = rows_of(dam)["claims"][1][-1]
    drawn = draw_story(story, [""] * len(story["nodes"]))
    back = 0
    for edge in drawn["edges"]:
        source, target = (drawn["nodes"][end] for end in edge["ends"])
        (x, _), *_, (end, _) = edge["points"]
        back += x > end
        assert source["at"][0] <= x <= source["at"][0] + source["size"][0] + 1
        assert target["at"][0] - 1 <= end <= target["at"][0] + target["size"][0]
    assert back == 1, "only what closes the circle runs back"
    boxes = [(*node["at"], *node["size"]) for node in drawn["nodes"]]
    for at, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[at + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_an_index_of_nothing_is_a_page() -> None:
    page = indexes.index_of(indexes.held([]), "empty").decode()
    assert data_of(page)["articles"] == []


def test_the_index_is_one_file_that_asks_for_nothing(dam: list[SourceGraph]) -> None:
    page = indexes.index_of(indexes.held(dam), "dam").decode()
    assert len(page) < 100_000
    assert not re.search(r"<(script|img|iframe|link)[^>]+(src|href)=\"(?!data:)", page)
    assert "script-src &#39;sha256-" in page or "script-src 'sha256-" in page
    assert "unsafe" not in page[: page.index("<style>")]
    assert page == indexes.index_of(indexes.held(dam[::-1]), "dam").decode()


def test_each_article_of_few_has_a_page_of_its_own() -> None:
    graphs = [report("Ash Courier", "Ada"), cites("Birch Post", "Ash Courier")]
    holdings = indexes.held(graphs)
    files = {name: data for name, data, _ in indexes.pages_of(holdings)}
    pages = data_of(indexes.index_of(holdings, "x").decode())["pages"]
    assert pages == ["articles/00001-ash-courier-1.html", "articles/00002-birch-post-1.html"]
    assert list(files) == pages
    assert b'href="../index.html"' in files[pages[0]]
    assert data_of(indexes.index_of(holdings, "x", alone=True).decode())["pages"] is None


def test_very_many_articles_share_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "_APART", 4)
    monkeypatch.setattr(indexes, "_TOGETHER", 3)
    holdings = indexes.held([report(f"Outlet {n}", "Ada") for n in range(5)])
    pages = data_of(indexes.index_of(holdings, "x").decode())["pages"]
    assert pages[3:] == [f"articles/00004-00005.html#article={n}" for n in (1, 2)]
    made = {name: data_of(data.decode()) for name, data, _ in indexes.pages_of(holdings)}
    names = [one["meta"]["name"] for name in sorted(made) for one in made[name]]
    assert names == [
        row[3] for row in data_of(indexes.index_of(holdings, "x").decode())["articles"]
    ]


def test_hostile_strings_stay_within_the_data() -> None:
    evil = "</script><img src=x onerror=alert(1)> {{7*7}} \u2028 <!--"
    page = render_index(rows_of([report(evil, evil)]), evil + "\ud800")
    page.encode()
    data = page[page.index('id="data">') + 10 :]
    assert not re.search("[<>&\u2028]", data[: data.index("</script>")])
    assert page.count("<script") == 2
    assert data_of(page)["title"] == evil + "\ud800"


# The command


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from click.testing import CliRunner

    from provenance.cli import main

    folder = tmp_path_factory.mktemp("stores") / "dam"
    two = [str(STORY / name) for name in ("08-ledger.txt", "09-star.txt")]
    done = CliRunner().invoke(main, ["build", *two, "--store", str(folder)])
    assert done.exit_code == 0
    return folder


def test_a_store_becomes_an_index_and_pages(prov: Prov, store: Path) -> None:
    done = prov("view", "--store", store)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "wrote dam-pages/index.html and 2 pages" in done.stderr
    pages = data_of(Path("dam-pages/index.html").read_text("utf-8"))["pages"]
    assert all((Path("dam-pages") / page).is_file() for page in pages)


def test_pages_that_are_no_longer_led_to_are_taken_away(prov: Prov, store: Path) -> None:
    prov("view", "--store", store)
    ours, theirs = (Path("dam-pages/articles") / f"00009-{n}.html" for n in ("ours", "theirs"))
    ours.write_bytes(Path("dam-pages/index.html").read_bytes())
    theirs.write_text("mine", "utf-8")
    prov("view", "--store", store)
    assert (ours.exists(), theirs.exists()) == (False, True)


def test_the_index_alone_is_one_file(prov: Prov, store: Path) -> None:
    assert prov("view", "--store", store, "-o", "all.html").exit_code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["all.html"]
    assert prov("view", "--store", store, "-o", "-").stdout_bytes == Path("all.html").read_bytes()


def test_one_article_of_a_store_is_shown(prov: Prov, store: Path) -> None:
    place = str(STORY / "09-star.txt")
    assert prov("view", "--store", store, "--article", place).exit_code == 0
    (data,) = data_of(Path("09-star.html").read_text("utf-8"))
    assert data["meta"]["publisher"] == "The Evening Star"
    done = prov("view", "--store", store, "--article", "nowhere")
    assert (done.exit_code, done.stderr) == (
        1,
        f"prov: cannot show nowhere: it is not in {store}\n",
    )


def test_somebody_elses_file_is_not_written_over(prov: Prov, store: Path) -> None:
    Path("dam-pages").mkdir()
    Path("dam-pages/index.html").write_text("mine", "utf-8")
    done = prov("view", "--store", store)
    assert done.exit_code == 1
    assert "what is there is no page of prov's" in done.stderr
    assert Path("dam-pages/index.html").read_text("utf-8") == "mine"


def test_view_needs_a_graph_or_a_store(prov: Prov, store: Path) -> None:
    assert prov("view").exit_code == 2
    assert prov("view", "x.ttl", "--store", store).exit_code == 2
    assert prov("view", "x.ttl", "--article", "x").exit_code == 2


def test_very_many_graphs_have_an_index(prov: Prov) -> None:
    from provenance.rdf import write_graphs

    graphs = [report(f"Outlet {n}", "Ada") for n in range(51)]
    Path("week.nq").write_bytes(write_graphs(graphs, "nquads"))
    assert prov("view", "week.nq").exit_code == 0
    assert len(data_of(Path("week-pages/index.html").read_text("utf-8"))["articles"]) == 51
