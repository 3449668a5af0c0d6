"""Graphs too large to be drawn at once: what is drawn at first, and how to see the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.common.files import write_whole
from provenance.graph.custody import trace_chains
from provenance.model import ARTICLE, SourceGraph
from provenance.pipeline import render_page
from provenance.view.folding import MOST, fold
from provenance.view.payload import describe
from tests.helpers.factories import make_graph
from tests.helpers.large_graphs import synthetic
from tests.helpers.watched_page import Screen, open_screen

LARGE = synthetic(400, 800)
Open = Callable[..., Screen]


def test_a_graph_that_can_be_drawn_is_not_folded() -> None:
    assert fold(make_graph(), ()) is None
    assert fold(synthetic(MOST, 2 * MOST), ()) is None
    assert describe(make_graph(), ())["folded"] is None


def test_every_source_is_drawn_or_folded_into_one_that_is() -> None:
    part = fold(LARGE, ())
    assert part is not None
    kept = {one.id for one in part.graph.sources}
    assert len(kept) < 100
    assert sum(part.folded.values()) == len(LARGE.sources) - len(kept)
    assert set(part.folded) <= {*kept, ARTICLE}


def test_what_is_drawn_hangs_together_and_has_the_longest_chain() -> None:
    chains = trace_chains(LARGE)
    part = fold(LARGE, chains)
    assert part is not None
    kept = {one.id for one in part.graph.sources}
    onward = {flow.source for flow in part.graph.flows}
    assert kept == onward
    assert max(len(chain.flows) for chain in chains) == max(
        len(chain.flows) for chain in trace_chains(part.graph)
    )


def test_lines_that_are_drawn_keep_their_numbers() -> None:
    data = describe(LARGE, ())
    flows = {f"f:{n}": one for n, one in enumerate(LARGE.flows)}
    drawn = {node["id"] for node in data["pictures"]["chain"]["nodes"] if "box" in node}
    edges = data["pictures"]["chain"]["edges"]
    assert edges
    for edge in edges:
        flow = flows[edge["item"]]
        assert {f"s:{flow.source}", f"s:{flow.target}"} <= drawn
        assert edge["id"].startswith(f"{edge['item']}/")
    assert len({edge["id"] for edge in edges}) == len(edges)


def test_folding_does_not_depend_on_chance() -> None:
    assert fold(LARGE, ()) == fold(synthetic(400, 800), ())


# In the browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("large")
    write_whole(made / "large.html", render_page([LARGE]).encode())
    return made


@pytest.fixture
def look(browser: Any, folder: Path) -> Iterator[Open]:
    screens: list[Screen] = []

    def open_(**options: Any) -> Screen:
        screens.append(open_screen(browser, folder, "large.html", **options))
        return screens[-1]

    yield open_
    for screen in screens:
        screen.check()
        screen.page.context.close()


def boxes(screen: Screen) -> set[str]:
    """Return the ids of the sources that are drawn."""
    found = screen.page.evaluate(
        "Object.keys(provenance.network().body.nodes).filter((id) => id.startsWith('s:'))"
    )
    return {one[2:] for one in found}


def folded_source(graph: SourceGraph) -> str:
    part = fold(graph, trace_chains(graph))
    assert part is not None
    kept = {one.id for one in part.graph.sources}
    return next(one.id for one in reversed(graph.sources) if one.id not in kept)


def test_few_are_drawn_at_first_and_it_is_said_so(look: Open) -> None:
    screen = look()
    drawn = len(boxes(screen) - {ARTICLE})
    said = screen.page.locator("#crumbs").inner_text()
    assert said.startswith(f"{drawn} of 400 sources are drawn; the others are folded into them")


def test_a_source_that_is_folded_is_found_and_shown_with_its_neighbours(look: Open) -> None:
    screen = look()
    id_ = folded_source(LARGE)
    assert id_ not in boxes(screen)
    screen.page.keyboard.press("/")
    screen.page.keyboard.type(f"Speaker {id_[1:]}")
    screen.page.keyboard.press("Enter")
    assert screen.page.evaluate("provenance.selected()") == f"s:{id_}"
    neighbours = {
        end for one in LARGE.flows for end in (one.source, one.target)
        if id_ in (one.source, one.target)
    }  # fmt: skip
    assert boxes(screen) == neighbours
    lines = sum(id_ in (one.source, one.target) for one in LARGE.flows)
    assert screen.page.evaluate("provenance.network().body.edgeIndices.length") >= lines
    screen.page.locator("#crumbs button", has_text="All sources").click()
    assert len(boxes(screen)) > len(neighbours)


def test_the_fold_at_a_source_opens_by_a_key_and_the_address_keeps_it(look: Open) -> None:
    screen = look(fragment="#select=s:s00000")
    screen.page.locator("#graph").focus()
    screen.page.keyboard.press("f")
    opened = boxes(screen)
    feeding = {one.source for one in LARGE.flows if one.target == "s00000"}
    assert opened >= {"s00000", ARTICLE}
    assert len(opened & feeding) > 20
    again = look(fragment=screen.page.evaluate("location.hash"))
    assert boxes(again) == opened


def test_what_leads_to_a_source_is_laid_out_apart_and_nothing_covers_another(look: Open) -> None:
    screen = look(fragment="#path=s00003")
    rows = screen.page.evaluate(
        """Object.values(provenance.network().body.nodes).filter((one) => one.id.startsWith("s:"))
             .map((one) => [one, provenance.graph().folded.boxes[one.id.slice(2)]])
             .map(([one, box]) => [one.id, one.x, one.y, box.width, box.height])"""
    )
    assert len(rows) > 5
    for n, (one, x, y, w, h) in enumerate(rows):
        for other, x2, y2, w2, h2 in rows[n + 1 :]:
            assert abs(x - x2) >= (w + w2) / 2 or abs(y - y2) >= (h + h2) / 2, (one, other)


def test_a_long_table_shows_more_when_asked(look: Open) -> None:
    screen = look(fragment="#view=table")
    flows = screen.page.locator("#rows table").nth(1)
    assert flows.locator("tbody tr").count() == 200
    flows.locator("tfoot button").focus()
    screen.page.keyboard.press("Enter")
    assert screen.page.locator("#rows table").nth(1).locator("tbody tr").count() == 800
