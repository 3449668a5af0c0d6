"""Each example's page at its usual size: the chain read at one glance, nothing over another."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import provenance
from provenance.model import ARTICLE
from provenance.pipeline import render_page
from tests.helpers.article_page import Opened, close, open_file
from tests.helpers.places import ROOT, SHARED

ESPRESO = SHARED / "gold" / "espreso.txt"
PAGES = [*sorted((ROOT / "examples" / "built").glob("*.ttl")), ESPRESO]
READABLE = 9.5
"""Pixels of the letters of a name; the notes below are smaller."""
SQUEEZED = """() => {
  const ctx = document.createElement("canvas").getContext("2d");
  ctx.font = `500 13.5px ${getComputedStyle(document.body).fontFamily}`;
  const wide = ({ box }) => box.lines.filter(
    (line) => ctx.measureText(line).width > 1.04 * (box.width - 36));
  const named = ({ id, box }) => box && id !== "s:article";
  return provenance.picture().nodes.filter(named).flatMap(wide);
}"""


@pytest.fixture(scope="module", params=PAGES, ids=lambda path: path.stem)
def example(
    request: pytest.FixtureRequest, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    path: Path = request.param
    if path == ESPRESO and not path.exists():
        pytest.skip("the annotated articles are not here")
    graph = (provenance.build if path == ESPRESO else provenance.read)(path).record
    page = tmp_path_factory.mktemp("page") / f"{path.stem}.html"
    page.write_text(render_page([graph]), encoding="utf-8")
    opened = open_file(browser, page)
    yield opened
    close(opened)


def test_the_chain_is_read_at_one_glance(example: Opened) -> None:
    example.page.evaluate("provenance.reset()")
    chain = example.page.evaluate("provenance.graph().chains[0].ids")
    assert chain[-1] == "article"
    assert len(chain) >= 3
    frame = example.page.locator("#graph").bounding_box()
    scale = example.page.evaluate("provenance.network().getScale()")
    assert 13.5 * scale >= READABLE
    labels = example.labels()
    places = [example.place_of(f"s:{id}") for id in chain]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    for id, (x, y) in zip(chain, places, strict=True):
        left, right, top, bottom = (scale * one for one in labels[f"s:{id}"])
        assert frame["x"] <= x - (right - left) / 2
        assert x + (right - left) / 2 <= frame["x"] + frame["width"]
        assert frame["y"] <= y - (bottom - top) / 2
        assert y + (bottom - top) / 2 <= frame["y"] + frame["height"]


@pytest.mark.parametrize("view", ["chain", "time"])
def test_no_label_covers_another_and_none_is_squeezed(example: Opened, view: str) -> None:
    example.page.evaluate("(view) => provenance.go({ view })", view)
    assert example.covered() == []
    assert example.page.evaluate(SQUEEZED) == []


def test_no_page_is_too_large_to_mail(example: Opened) -> None:
    words = len(example.page.locator("#text").inner_text().split())
    size = len(Path(example.page.url.removeprefix("file://").split("#")[0]).read_bytes())
    assert size < 1_500_000 * max(1.0, words / 1000)


def test_every_line_of_the_chain_leads_to_its_words(example: Opened) -> None:
    example.page.evaluate("provenance.reset()")
    for hop in example.page.evaluate("provenance.graph().chains[0].hops"):
        example.click(hop)
        assert example.selected() == hop
        assert example.shows_evidence()
        example.page.keyboard.press("Escape")


def test_of_a_picture_that_is_too_large_the_article_stays_in_sight(example: Opened) -> None:
    example.resize(1440, 500)
    example.page.evaluate("provenance.reset()")
    frame = example.page.locator("#graph").bounding_box()
    scale = example.page.evaluate("provenance.network().getScale()")
    _, y = example.place_of("s:article")
    places = example.labels()
    _, _, top, bottom = places.pop("s:article")
    assert frame["y"] <= y - scale * (bottom - top) / 2
    assert y + scale * (bottom - top) / 2 <= frame["y"] + frame["height"]
    assert any(low < top or high > bottom for _, _, low, high in places.values())
    example.resize(1440, 900)
    example.page.evaluate("provenance.reset()")


def test_on_a_phone_the_chain_is_read_from_its_beginning(example: Opened) -> None:
    page = example.page
    example.resize(390, 844)
    page.evaluate("provenance.reset()")
    page.wait_for_function("() => provenance.network().canvas.frame.clientWidth < 400")
    frame = page.locator("#graph").bounding_box()
    scale = page.evaluate("provenance.network().getScale()")
    assert 13.5 * scale >= READABLE

    def inside(key: str) -> bool:
        x, y = example.place_of(key)
        left, right, top, bottom = (scale * one for one in example.labels()[key])
        across = frame["x"] <= x - (right - left) / 2 and x + (right - left) / 2 <= frame["width"]
        return bool(across and frame["y"] <= y - (bottom - top) / 2)

    first, second, *_ = page.evaluate("provenance.graph().chains[0].ids")
    assert inside(f"s:{first}")
    assert second == ARTICLE or inside(f"s:{second}")
    more = page.locator("#upstream")
    keys = page.evaluate("[...provenance.picture().nodes.filter((one) => one.box)]")
    behind = [one["id"] for one in keys if example.place_of(one["id"])[0] < frame["x"]]
    assert (more.inner_text() == f"◂ {len(behind)} more") if behind else more.is_hidden()
    if behind:
        more.click()
        assert all(example.place_of(key)[0] > frame["x"] for key in behind)
        assert more.is_hidden()
        page.evaluate("provenance.reset()")
    onward = page.locator("#onward")
    for words in ("to the article", "to where it begins"):
        page.locator("#onward", has_text=words).click()
    assert inside(f"s:{first}")
    example.resize(1440, 900)
    page.evaluate("provenance.reset()")
    page.wait_for_function("() => provenance.network().canvas.frame.clientWidth > 600")
    onward.wait_for(state="hidden")


def test_each_number_opens_its_list_and_is_as_long(example: Opened) -> None:
    page = example.page
    page.evaluate("provenance.reset()")
    facets = page.locator("#legend .facet").evaluate_all(
        """all => all.map((one) => {
          return [one.dataset.facet, Number(one.querySelector(".count").textContent)];
        })"""
    )
    assert len(facets) > 8
    for facet, count in facets:
        page.evaluate("(one) => provenance.go({ only: [one], select: '' })", facet)
        assert page.locator("#panel .rows > li").count() == count, facet
        assert facet != "gap" or page.locator("#panel .rows .basis").count() == count
    numbers = dict(facets)
    page.evaluate("provenance.reset()")
    for answer in page.locator("#answers button").all():
        figure = int(answer.locator("b").inner_text())
        answer.click()
        (facet,) = example.state()["only"] or [""]
        assert not facet or numbers[facet] == figure or facet == "unnamed"
    page.evaluate("provenance.reset()")


def test_each_gap_says_why(example: Opened) -> None:
    page = example.page
    page.evaluate("provenance.reset()")
    gaps = page.evaluate("provenance.graph().gaps")
    assert gaps
    for gap in gaps:
        page.evaluate("(id) => provenance.go({ select: `s:${id}`, only: [] })", gap["source"])
        shown = page.locator("#panel .gap", has_text=gap["reason"]).first
        why = shown.locator("xpath=following-sibling::details[1]")
        why.locator("summary").focus()
        page.keyboard.press("Enter")
        told = why.inner_text()
        assert "a rule (" in told
        assert "undefined" not in told
        assert why.locator("mark").all_inner_texts(), gap
        assert gap["reason"] in told
    page.evaluate("provenance.reset()")
