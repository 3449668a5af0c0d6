"""What the reader is less sure of is drawn weaker, and hidden by a slider and by `--min-score`."""

from dataclasses import replace
from pathlib import Path

import pytest

from provenance.cli.summary import summary
from provenance.cli.tracing import traced
from provenance.graph.custody import trace_chains
from provenance.graph.scores import surer
from provenance.graph.wholeness import missing_parts
from provenance.model import ARTICLE, SourceGraph
from provenance.pipeline import export
from provenance.rdf import read_graphs
from provenance.view.sentences import tell_chains
from provenance.view.wording import tell_dispute, tell_flow
from tests.conftest import Prov
from tests.helpers.article_page import Open, Opened
from tests.helpers.factories import make_graph
from tests.helpers.graphs_by_rules import told_graph


def doubted() -> SourceGraph:
    """Return the graph of the ferries with a score of its own for each hop and dispute."""
    graph = make_graph()
    count = len(graph.flows)
    flows = tuple(replace(f, score=round(1 - n / count, 2)) for n, f in enumerate(graph.flows))
    best = {f.source: max(o.score for o in flows if o.source == f.source) for f in flows}
    return replace(
        graph,
        flows=flows,
        sources=tuple(replace(one, score=best.get(one.id, 1.0)) for one in graph.sources),
        disputes=tuple(replace(one, score=0.4 + 0.2 * n) for n, one in enumerate(graph.disputes)),
    )


def drawn(opened: Opened) -> set[str]:
    keys = "[...provenance.picture().nodes.filter((one) => one.box).map((one) => one.id), "
    keys += "...provenance.picture().edges.map((one) => one.item)]"
    return set(opened.page.evaluate(f"{keys}.filter(provenance.isDrawn)"))


def kept(graph: SourceGraph, least: float) -> set[str]:
    """Return the keys of what is left of *graph*."""
    left = surer(graph, least)
    numbers = {(f.source, f.target, f.kind): f"f:{n}" for n, f in enumerate(graph.flows)}
    disputes = {(d.source, d.target): f"d:{n}" for n, d in enumerate(graph.disputes)}
    return {
        f"s:{ARTICLE}",
        *(f"s:{one.id}" for one in left.sources),
        *(numbers[f.source, f.target, f.kind] for f in left.flows),
        *(disputes[d.source, d.target] for d in left.disputes),
    }


@pytest.mark.parametrize("least", [0.0, 0.3, 0.55, 0.8, 1.0])
def test_what_is_left_is_whole_and_leads_to_the_article(least: float) -> None:
    graph = doubted()
    left = surer(graph, least)
    assert list(missing_parts(left)) == []
    assert all(one.score >= least for one in left.flows)
    assert all(one.score >= least for one in left.disputes)
    disputing = {one.source for one in graph.disputes} - {one.source for one in graph.flows}
    assert {one.id for one in left.sources} - disputing == {one.source for one in left.flows}
    assert read_graphs(export([left], "turtle"), "turtle") == (left,)


def test_the_slider_hides_what_min_score_leaves_out(open_page: Open) -> None:
    graph = doubted()
    opened = open_page(graph)
    slider = opened.page.locator("#sure")
    assert drawn(opened) == kept(graph, 0.0)
    for least in (0.3, 0.55, 0.8):
        slider.fill(str(least))
        assert opened.state()["sure"] == least
        assert drawn(opened) == kept(graph, least)
    assert "0.80" in opened.page.locator("#crumbs").inner_text()
    opened.page.locator("#table").click()
    rows = opened.page.locator("#rows table").nth(0).locator("tbody tr").count()
    assert rows == len(surer(graph, 0.8).sources)
    opened.page.locator("#crumbs .dropper").click()
    assert opened.state()["sure"] == 0


def test_the_slider_goes_by_keys_and_the_address_keeps_it(open_page: Open) -> None:
    graph = doubted()
    opened = open_page(graph)
    opened.page.locator("#sure").focus()
    for _ in range(12):
        opened.page.keyboard.press("ArrowRight")
    assert opened.state()["sure"] == pytest.approx(0.6)
    assert opened.page.evaluate("document.activeElement.id") == "sure"
    opened.page.reload()
    assert drawn(opened) == kept(graph, 0.6)
    assert opened.page.locator("#sure").input_value() == "0.6"


def test_less_sure_lines_and_boxes_are_drawn_weaker(open_page: Open) -> None:
    graph = doubted()
    opened = open_page(graph)
    look = """(item) => {
      const { id } = provenance.picture().edges.find((one) => one.item === item);
      const { width, color } = provenance.network().body.edges[id].options;
      return [width, color.opacity];
    }"""
    by_kind: dict[str, list[tuple[float, float, float]]] = {}
    for number, flow in enumerate(graph.flows):
        width, opacity = opened.page.evaluate(look, f"f:{number}")
        by_kind.setdefault(flow.kind.value, []).append((flow.score, width, opacity))
    for rows in by_kind.values():
        rows.sort()
        assert [one[1] for one in rows] == sorted(one[1] for one in rows)
        assert rows[0][1] < rows[-1][1]
        assert min(one[2] for one in rows) < max(one[2] for one in rows)


def test_the_panel_and_the_table_say_how_sure(open_page: Open) -> None:
    graph = doubted()
    opened = open_page(graph)
    number = min(range(len(graph.flows)), key=lambda n: graph.flows[n].score)
    opened.page.evaluate("(key) => provenance.select(key)", f"f:{number}")
    told = f"unsure {graph.flows[number].score:.2f}"
    assert told in opened.page.locator("#panel .chips").inner_text()


def test_where_nothing_is_a_guess_there_is_no_slider(open_page: Open) -> None:
    assert not open_page(make_graph()).page.locator("#doubt").is_visible()


def test_view_leaves_out_what_is_less_sure(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(export([doubted()], "turtle"))
    assert prov("view", "a.ttl", "--min-score", "0.6", "-o", "b.html").exit_code == 0
    page = (tmp_path / "b.html").read_text("utf-8")
    gone = {one.name for one in doubted().sources} - {
        one.name for one in surer(doubted(), 0.6).sources
    }
    assert gone
    data = page.partition('id="data">')[2]
    assert all(f'"name": "{name}"' not in data for name in gone)
    assert prov("view", "a.ttl", "--min-score", "2").exit_code == 2


@pytest.mark.parametrize(
    ("score", "word"),
    [(1.0, ""), (0.8, ""), (0.79, "[probably]"), (0.5, "[probably]"), (0.49, "[perhaps]")],
)
def test_what_the_reader_doubts_is_worded_weaker_and_in_brackets(score: float, word: str) -> None:
    graph = make_graph()
    flows = tuple(replace(one, score=score) for one in graph.flows)
    disputes = tuple(replace(one, score=score) for one in graph.disputes)
    weak = replace(graph, flows=flows, disputes=disputes)
    sources = {one.id: one for one in weak.sources}
    told = [" ".join(tell_flow(weak, sources, one)) for one in flows]
    told += [" ".join(tell_dispute(weak, sources, one)) for one in disputes]
    chains = [" ".join(one) for one in tell_chains(weak, trace_chains(weak))]
    told += [one for one in chains if not one.startswith("Of ")]  # that tells of no hop
    told += [one.plain for one in traced(weak, None, in_full=False) if " ▸ " in one.plain]
    told += [one.plain for one in traced(weak, "memo", in_full=True) if "read as" in one.plain]
    shown = [str(getattr(one, "renderable", one)) for one in summary(weak, ())]
    told += [one for one in shown if "read as" in one]
    assert len(told) > 20
    for line in told:
        plain = line.casefold()
        assert (word in plain) if word else "[" not in line
        assert not ({"[probably]", "[perhaps]"} - {word}) & {*plain.split()}


def test_a_dispute_is_told_by_the_verb_of_the_text() -> None:
    graph = told_graph("Dam\n\nErik Lund condemned the files. The files say the dam has cracks.\n")
    lines = [line.plain for line in traced(graph, "files", in_full=False)]
    (line,) = [one for one in lines if one.startswith("   ! ")]
    assert "“condemned" in line
    assert "denies" not in line
