"""The index page in a browser that is cut off from any network."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provenance.articles import read_article
from provenance.common.files import write_whole
from provenance.gathering import site as indexes
from provenance.model import SourceGraph, SourceType
from provenance.pipeline import build_record
from tests.helpers.generated_stories import cites, report, scene
from tests.helpers.places import ROOT
from tests.helpers.watched_page import Screen, open_screen

STORY = ROOT / "examples" / "dam"
Open = Callable[..., Screen]
TEN = "#list=claims&at=c1"
"""The claim that ten articles have; one that all have from one origin stands before it."""
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def write_folder(graphs: list[SourceGraph], folder: Path, title: str = "dam") -> Path:
    """Write the index of *graphs* and their pages, as the command does."""
    holdings = indexes.held(graphs)
    for name, page, _ in indexes.pages_of(holdings):
        write_whole(folder / name, page)
    write_whole(folder / "index.html", indexes.index_of(holdings, title))
    return folder


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    graphs = [build_record(read_article(path)) for path in sorted(STORY.glob("*.txt"))]
    return write_folder(graphs, tmp_path_factory.mktemp("pages ☂"))


def claim(number: int) -> str:
    """Return a claim in words that no other number has."""
    digest = hashlib.sha256(str(number).encode()).hexdigest().translate(LETTERS)
    return " ".join(digest[at : at + 6] for at in range(0, 60, 6))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of 130 articles on 120 claims, the pages of which share files."""
    graphs = [
        report(f"Outlet {n:03}", f"Person {n % 40}", day=n % 28 + 1, claim=claim(n))
        for n in range(120)
    ]
    graphs += [cites(f"Echo {n}", f"Outlet {n:03}", day=28, claim=claim(n)) for n in range(10)]
    return write_folder(graphs, tmp_path_factory.mktemp("many"), "many")


@pytest.fixture
def look(browser: Any) -> Iterator[Open]:
    """Return a function that opens an index, and fail on what it asks or says."""
    screens: list[Screen] = []

    def open_(folder: Path, **options: Any) -> Screen:
        screens.append(open_screen(browser, folder, "index.html", **options))
        return screens[-1]

    yield open_
    for screen in screens:
        screen.check()
        screen.page.context.close()


def rows(screen: Screen) -> list[str]:
    return list(screen.page.locator("#list tbody tr").all_inner_texts())


def test_the_story_of_ten_articles_is_shown_exactly(look: Open, dam: Path) -> None:
    page = look(dam, fragment=TEN).page
    assert page.locator("#panel .verdict").inner_text() == (
        "10 articles by 10 outlets: 3 independent lines, 4 copies, 1 circle"
    )
    panel = page.locator("#panel").inner_text()
    assert "in a circle: Evening Star → Morning Ledger → Evening Star; nobody in it" in panel
    origins = page.locator("#panel ul").first.locator("li").all_inner_texts()
    assert [" ".join(one.split()) for one in origins] == [
        "1 Ilan Roth", "2 Marta Olden", "3 Water Safety Board",
    ]  # fmt: skip
    assert page.locator(".story .node.independent").count() == 3
    assert page.locator(".story .node.circular").count() == 2
    assert page.locator(".story path.way.copy").count() == 4
    drawn = page.locator(".story .node.independent .badge").all_text_contents()
    assert sorted(drawn) == ["1", "2", "3"]
    chosen = page.locator("#list tr.here td").all_inner_texts()
    assert chosen == ["10", "3", "", "1"]


def test_the_picture_is_told_in_words_too(look: Open, dam: Path) -> None:
    panel = look(dam, fragment=TEN).page.locator("#panel").inner_text()
    for words in (
        "Coastal Times copies Northern Wire",
        "Radio Vessa has it from The Vessa Courier",
        "The Vessa Courier has it from Marta Olden",
        "The Morning Ledger has it from The Evening Star",
        "The Evening Star has it from The Morning Ledger",
    ):
        assert words in panel


def test_a_claim_is_read_in_the_article_at_its_sentence(look: Open, dam: Path) -> None:
    page = look(dam, fragment=TEN).page
    page.locator("#panel a.open").nth(1).click()
    page.wait_for_selector("#text mark.content")
    assert page.locator("#title").text_content() == "Safety board: crack found in Vessa dam"
    assert "crack" in "".join(page.locator("#text mark.content").all_text_contents())
    page.locator("#home").click()
    assert page.locator("#tabs").is_visible()


def test_names_in_the_picture_lead_to_articles_and_sources(look: Open, dam: Path) -> None:
    page = look(dam, fragment=TEN).page
    page.locator(".story a", has_text="Northern Wire").click()
    assert "Safety board: crack found" in page.locator("#panel h2").inner_text()
    assert page.locator("#panel .way.copy").count() == 4
    page.go_back()
    page.locator(".story a", has_text="Ilan Roth").click()
    assert "Ilan Roth" in page.locator("#panel h2").inner_text()
    page.locator("#panel a", has_text="Satellite pictures").click()
    page.locator("#panel a.page").click()
    page.wait_for_selector("#text .passage")
    assert "Satellite" in page.locator("#title").inner_text()


def test_all_of_it_works_by_keyboard(look: Open, many: Path) -> None:
    screen = look(many)
    page, keys = screen.page, screen.page.keyboard
    page.locator("[role=tab][aria-selected=true]").focus()
    keys.press("ArrowRight")
    assert page.evaluate("provenance.state().list") == "articles"
    keys.press("/")
    keys.type("echo 3-")
    assert len(rows(screen)) == 1
    keys.press("ArrowDown")
    keys.press("Enter")
    page.locator("#panel", has_text="echo 3").wait_for()  # what is chosen is drawn a frame later
    page.locator("tr.here").wait_for()
    keys.press("Escape")
    page.wait_for_function("() => provenance.state().at === ''")
    page.locator("#list thead button", has_text="Unnamed").focus()
    keys.press("Enter")
    assert page.locator("#list th[aria-sort=ascending]").inner_text() == "Unnamed"


def test_lists_are_searched_filtered_sorted_and_turned(look: Open, many: Path) -> None:
    screen = look(many, fragment="#list=articles")
    page = screen.page
    assert len(rows(screen)) == 50
    assert "page 1 of 3" in page.locator("#pager").inner_text()
    page.locator("#pager button", has_text="On").click()
    assert "page 2 of 3" in page.locator("#pager").inner_text()
    page.locator("#filter").select_option(label="copied, credited or linked to")
    assert len(rows(screen)) == 10
    page.locator("#tabs button", has_text="Copies").click()
    assert len(rows(screen)) == 10
    page.locator("#tabs button", has_text="Sources").click()
    head = page.locator("#list thead button", has_text="Source")
    head.first.click()
    up = rows(screen)
    head.first.click()
    assert rows(screen) != up
    page.locator("#search").fill("004 outlet")
    assert [row.split()[:2] for row in rows(screen)] == [["Outlet", "004"]]
    page.locator("#search").fill("nobody of that name")
    assert "Nothing here is like that" in page.locator("#list").inner_text()


def test_what_is_looked_for_is_counted_in_all_lists_and_kept(look: Open, dam: Path) -> None:
    screen = look(dam)
    page = screen.page
    page.locator("#search").fill("ilan roth")
    claims, _, sources, _ = page.locator("#tabs small").all_inner_texts()
    assert (claims, sources) == (str(len(rows(screen))), "1")
    page.locator(".elsewhere button", has_text="Sources 1").click()
    assert page.input_value("#search") == "ilan roth"
    assert ["Ilan Roth" in row for row in rows(screen)] == [True]
    page.locator("#search").fill("nobody of that name")
    assert page.locator("#tabs small").all_inner_texts() == ["0"] * 4
    assert page.locator(".elsewhere").count() == 0


def test_a_contested_claim_leads_and_says_who_denies_it(look: Open, tmp_path: Path) -> None:
    told = "two bearings of the bridge had cracked in the frost"
    graphs = [
        scene("Ash", ("Ada Quill", SourceType.PERSON, told)),
        scene("Elm", ("Eva Roth", SourceType.PERSON, told.replace("had", "had never"))),
        scene("Fir", ("Finn Tay", SourceType.PERSON, "farmers will sell cows and milk in May")),
    ]
    page = look(write_folder(graphs, tmp_path)).page
    told = page.locator("#answers li").first.inner_text()
    assert " ".join(told.split()) == "2 claims are contested"
    assert "denied by Eva Roth" in page.locator("#list tbody").inner_text()
    page.locator("#list tbody tr", has_text="denied by Eva Roth").locator("a").first.click()
    page.locator("#panel h3", has_text="Denied by").wait_for()
    assert "Eva Roth" in page.locator("#panel").inner_text()


def test_the_panel_tells_of_the_list_that_is_open(look: Open, dam: Path) -> None:
    page = look(dam, fragment=TEN).page
    claimed = page.locator("#panel h2").inner_text()
    page.locator("#tab-articles").click()
    headline = page.locator("#list tbody tr").first.locator("a bdi").last.inner_text()
    assert page.locator("#panel h2").inner_text().strip() == headline != claimed
    assert page.locator("#list tr.here").count() == 1
    page.locator("#tab-sources").click()
    assert page.locator("#list tr.here .who").inner_text() in page.locator("#panel h2").inner_text()
    page.locator("#tab-derivations").click()
    assert "Choose" in page.locator("#panel").inner_text()
    page.locator("#tab-claims").click()
    page.locator("#filter").select_option(label="with a circle")
    assert page.locator("#panel h3", has_text="Not counted").is_visible()


def test_the_header_says_how_many_have_no_date(look: Open, tmp_path: Path) -> None:
    dated, other = (scene(name, ("Ada Quill", SourceType.PERSON, "cows died")) for name in "AB")
    graphs = [dated, replace(other, article=replace(other.article, published=""))]
    page = look(write_folder(graphs, tmp_path / "some")).page
    assert page.locator("#meta").inner_text().endswith("2024-05-01 · 1 of 2 without a date")
    page = look(write_folder([dated], tmp_path / "all")).page
    assert "without a date" not in page.locator("#meta").inner_text()


def test_an_address_opens_the_same_view(look: Open, many: Path) -> None:
    screen = look(many, fragment="#list=articles&words=outlet&sort=-3&page=2&at=a7")
    page = screen.page
    seen = (rows(screen), page.locator("#panel").inner_text(), page.input_value("#search"))
    again = look(many, fragment=page.evaluate("location.hash"))
    page = again.page
    assert seen == (
        rows(again), page.locator("#panel").inner_text(), page.input_value("#search"),
    )  # fmt: skip


@pytest.mark.parametrize("fragment", ["#", "#%", "#at=a999999", "#list=__proto__&page=-1&at=c"])
def test_an_address_that_means_nothing_opens_the_start(
    look: Open, dam: Path, fragment: str
) -> None:
    assert rows(look(dam, fragment=fragment))


def test_an_article_that_shares_a_file_is_the_one_that_opens(look: Open, many: Path) -> None:
    page = look(many, fragment="#list=articles&words=outlet+077-").page
    page.locator("#list tbody a").click()
    page.locator("#panel a.page").click()
    page.wait_for_selector("#text .passage")
    assert "Outlet 077" in page.locator("#meta").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_index_stays_within_its_width(look: Open, dam: Path, width: int, scheme: str) -> None:
    page = look(dam, viewport={"width": width, "height": 800}, color_scheme=scheme).page
    for fragment in ("#", "#list=articles&at=a1", "#list=sources&at=s0", "#list=derivations"):
        page.evaluate("(to) => { location.hash = to; }", fragment)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_index_of_nothing_says_so(look: Open, tmp_path: Path) -> None:
    screen = look(write_folder([], tmp_path))
    assert "Nothing here" in screen.page.locator("#list").inner_text()


def test_a_claim_on_unnamed_sources_alone_says_so(look: Open, tmp_path: Path) -> None:
    two = [
        report(outlet, "two officials", SourceType.UNNAMED, day=n + 1)
        for n, outlet in enumerate(("Ash Courier", "Birch Post"))
    ]
    page = look(write_folder(two, tmp_path)).page
    assert page.locator("#panel .verdict b").inner_text() == "0 independent lines"
    assert "2 lines from who is unnamed or not told" in page.locator("#panel").inner_text()
    assert page.locator(".story .node.unknown").count() == 2
