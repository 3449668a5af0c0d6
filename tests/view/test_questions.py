"""Questions answered on the page: sentences, paths, focus, filters, dates, tables, keys."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provenance.graph.custody import trace_chains
from provenance.model import ARTICLE, Certainty, EventKind, EventRole, Participant, SourceType
from provenance.view.chronology import contradictions, dates_of, tell_date
from provenance.view.sentences import tell_chains
from provenance.view.timeline import lay_out_time
from tests.helpers.article_page import Open, Opened, close, open_graphs
from tests.helpers.factories import (
    make_event,
    make_ferries_article,
    make_flow,
    make_graph,
    make_source,
)

GRAPH = make_graph()


@pytest.fixture(scope="module")
def whole(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Return the page of the ferries, opened once for all tests here."""
    path: Path = tmp_path_factory.mktemp("page") / "ferries.html"
    opened = open_graphs(browser, path, GRAPH)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield opened
    close(opened)


@pytest.fixture
def ferry(whole: Opened) -> Opened:
    """Return the page as it opens."""
    whole.page.evaluate("document.querySelectorAll('dialog').forEach((one) => one.close())")
    whole.page.evaluate("document.activeElement.blur(); provenance.reset()")
    return whole


def told(graph: Any, chain: Any) -> str:
    names = {source.id: source.name for source in graph.sources} | {ARTICLE: "this article"}
    pieces = [names[p[1:]] if p.startswith("@") else p for p in tell_chains(graph, [chain])[0]]
    return re.sub(r" ([,.;:])", r"\1", " ".join(pieces))


def test_a_chain_is_told_from_the_reader_back_to_its_origin() -> None:
    chain = next(one for one in trace_chains(GRAPH) if one.origin == "port-online")
    assert told(GRAPH, chain) == (
        "According to The Northport Gazette, citing the leaked memo (who posted it is not named), "
        "posted on Порт Онлайн (who put it there is not said), as the article puts it: “three "
        "ferries had sailed with cracked hulls 🚢”. However, the Harbour Authority “denied that "
        "it had written the memo”, read as a "
        "denial of the leaked memo. Besides, the article says of senior ministry official: "
        "“A senior ministry official, who asked not to be named, confirmed that the memo was "
        "genuine”, read as a confirmation of the leaked memo."
    )


def test_what_is_uncertain_unnamed_or_left_out_is_told_as_such() -> None:
    chains = {one.origin: one for one in trace_chains(GRAPH)}
    assert told(GRAPH, chains["engineers"]) == (
        "According to Olga Brandt, who possibly had it from two engineers (unnamed), as the "
        "article puts it: “the pumps may fail”."
    )
    unsure = tuple(
        replace(f, certainty=Certainty.SPECULATIVE) if f.source == "authority" else f
        for f in GRAPH.flows
    )
    graph = replace(GRAPH, flows=unsure)
    chain = next(one for one in trace_chains(graph) if one.origin == "authority")
    assert "possibly made by the Harbour Authority" in told(graph, chain)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2024-04-28", "28 Apr 2024"),
        ("2024-04", "Apr 2024"),
        ("2024", "2024"),
        ("2024-04-28T07:40:00+01:00", "28 Apr 2024"),
        ("", ""),
        ("2024-13-01", "2024-13-01"),
        ("last May", "last May"),
        ("²", "²"),
    ],
)
def test_dates_are_told_as_people_write_them(date: str, words: str) -> None:
    assert tell_date(date) == words


def test_a_denial_dates_who_denies_and_not_what_is_denied() -> None:
    roles = (
        Participant(EventRole.AGENT, GRAPH.events[0].trigger, "authority"),
        Participant(EventRole.ARTEFACT, GRAPH.events[0].trigger, "memo"),
    )
    event = make_event(kind=EventKind.DENIAL, date="2024-05-02", participants=roles)
    assert dates_of(replace(GRAPH, events=(event,))) == {"authority": "2024-05-02"}


def backwards() -> Any:
    """Return the ferries, with a recording that is younger than the memo that draws on it."""
    events = tuple(
        replace(one, date="2024-06") if one.kind is EventKind.INTERCEPTION else one
        for one in GRAPH.events
    )
    return replace(GRAPH, events=events)


def test_a_flow_that_goes_back_in_time_is_told() -> None:
    assert contradictions(GRAPH) == {}
    graph = backwards()
    (number,) = contradictions(graph)
    assert (graph.flows[number].source, graph.flows[number].target) == ("recording", "memo")
    assert contradictions(graph)[number] == (
        "leaked memo is dated 28 Apr 2024, but radio recording only Jun 2024"
    )


def test_along_time_the_dated_stand_in_the_order_of_their_dates() -> None:
    layout = lay_out_time(GRAPH)
    assert layout is not None
    boxes = {box.id: box for box in layout.boxes}
    dates = dates_of(GRAPH)
    assert len(dates) >= 3
    for one, date in dates.items():
        for other, later in dates.items():
            if date < later:
                assert boxes[one].right < boxes[other].left
    undated = [boxes[one.id] for one in GRAPH.sources if one.id not in dates]
    assert min(box.y for box in undated) > max(boxes[one].y for one in dates)
    assert lay_out_time(replace(GRAPH, events=())) is None


def test_the_article_answers_where_it_has_it_from(ferry: Opened) -> None:
    panel = ferry.page.locator("#panel").inner_text()
    assert "1 independent line; denied by Harbour Authority." in panel
    assert "leaked memo: who posted it is not named" in panel
    for name in ("two engineers", "senior ministry official"):
        assert name in panel
    ferry.page.locator("#answers button", has_text="unnamed").click()
    assert ferry.state()["only"] == ["unnamed"]
    ferry.page.locator("#answers button", has_text="independent").click()
    assert ferry.selected() == "c:0"


def test_a_source_answers_through_whom_from_whom_and_what_disputes_it(ferry: Opened) -> None:
    ferry.click("s:recording")
    panel = ferry.page.locator("#panel").inner_text()
    for heading in (
        "From whom it has it", "Through whom it goes", "Who disputes it",
        "Who disputes what it came through", "What happened to it",
    ):  # fmt: skip
        assert heading.upper() in panel, heading
    assert "disputed by 1" in panel
    ferry.click("s:brandt")
    assert "WHAT IT IS CREDITED WITH" in ferry.page.locator("#panel").inner_text()
    assert "WHAT IT DISPUTES" in ferry.page.locator("#panel").inner_text()


def test_the_sentence_of_a_chain_is_copied_by_a_click_and_by_a_key(ferry: Opened) -> None:
    ferry.click("s:port-online")
    ferry.page.locator("#panel .copy").first.click()
    copied = ferry.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("According to The Northport Gazette, citing the leaked memo ")
    assert copied.endswith("(The Harbour Ledger, 3 May 2024)")
    ferry.page.evaluate("navigator.clipboard.writeText('')")
    ferry.page.locator("#graph").focus()
    ferry.page.keyboard.press("y")
    ferry.page.wait_for_function(
        "() => navigator.clipboard.readText().then((text) => text.length > 9)"
    )
    assert ferry.page.evaluate("navigator.clipboard.readText()") == copied


def test_what_is_copied_is_said_and_takes_no_word_of_the_page(ferry: Opened) -> None:
    page = ferry.page
    page.evaluate("provenance.select('s:port-online')")
    before = page.locator("#panel").inner_text()
    for node in page.locator("#panel .copy").all()[:2]:
        node.click()
        page.wait_for_function("() => document.querySelector('#notice')?.textContent === 'Copied'")
        assert page.locator("#notice").count() == 1
        assert page.locator("#panel").inner_text() == before
    page.evaluate("document.querySelector('#notice').remove()")
    page.locator("#graph").focus()
    page.keyboard.press("y")
    page.locator("#notice", has_text="Copied").wait_for()
    page.evaluate("provenance.select('s:memo')")
    assert "leaked memo" in page.locator("#said").inner_text()
    page.evaluate("document.querySelector('#notice').remove()")
    page.evaluate("provenance.select('e:0'); navigator.clipboard.writeText('mine')")
    page.keyboard.press("y")
    page.locator("#notice", has_text="Nothing is told of this in a sentence").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "mine"


def drawn(opened: Opened) -> set[str]:
    """Return the keys of the boxes that can be clicked on."""
    ids = [f"s:{one.id}" for one in GRAPH.sources] + ["s:article"]
    return {key for key in ids if opened.page.evaluate("(key) => provenance.isDrawn(key)", key)}


def test_the_path_to_its_origins_is_drawn_alone(ferry: Opened) -> None:
    ferry.click("s:memo")
    ferry.page.locator("#panel .action", has_text="Path to its origins").click()
    assert drawn(ferry) == {
        "s:memo", "s:authority", "s:port-online", "s:recording", "s:coast-guard",
    }  # fmt: skip
    assert "What leads to leaked memo" in ferry.page.locator("#crumbs").inner_text()
    ferry.click("s:recording")
    assert ferry.selected() == "s:recording"
    ferry.page.locator("#crumbs .crumb", has_text="All sources").click()
    assert "s:article" in drawn(ferry)
    assert not ferry.page.locator("#crumbs").is_visible()


def test_focus_goes_from_source_to_source_and_back_by_its_breadcrumb(ferry: Opened) -> None:
    x, y = ferry.place_of("s:memo")
    ferry.page.mouse.dblclick(x, y)
    ferry.page.wait_for_function("() => provenance.shown().focus.length === 1")
    assert drawn(ferry) == {
        "s:memo", "s:authority", "s:port-online", "s:recording", "s:gazette", "s:official",
    }  # fmt: skip
    ferry.click("s:recording")
    ferry.page.locator("#graph").focus()
    ferry.page.keyboard.press("Enter")
    assert ferry.state()["focus"] == ["memo", "recording"]
    assert drawn(ferry) == {"s:memo", "s:recording", "s:coast-guard", "s:brandt"}
    assert ferry.page.locator("#crumbs [aria-current]").inner_text() == "radio recording"
    ferry.page.locator("#crumbs .crumb", has_text="leaked memo").click()
    assert ferry.state()["focus"] == ["memo"]
    ferry.page.locator("#graph").focus()
    ferry.page.keyboard.press("Escape")
    ferry.page.keyboard.press("Escape")
    assert len(drawn(ferry)) == len(GRAPH.sources) + 1


def lit(opened: Opened) -> set[str]:
    return set(opened.page.evaluate("provenance.lit()"))


def test_the_legend_counts_and_filters(ferry: Opened) -> None:
    facet = ferry.page.locator("[data-facet=unnamed]")
    assert facet.locator(".count").inner_text() == "2"
    facet.click()
    assert facet.get_attribute("aria-pressed") == "true"
    unnamed = {f"s:{one.id}" for one in GRAPH.sources if one.type is SourceType.UNNAMED}
    assert unnamed <= lit(ferry)
    assert "s:gazette" not in lit(ferry)
    ferry.page.locator("[data-facet=denies]").click()
    assert unnamed.isdisjoint(lit(ferry)), "nobody unnamed denies anything"
    facet.click()
    assert {"d:0", "s:authority", "s:memo"} <= lit(ferry)
    assert "f:0" not in lit(ferry)
    ferry.page.locator("#crumbs .dropper").click()
    assert "f:0" in lit(ferry)


@pytest.mark.parametrize("certainty", sorted({flow.certainty.value for flow in GRAPH.flows}))
def test_certainty_filters(ferry: Opened, certainty: str) -> None:
    ferry.page.locator(f"[data-facet={certainty}]").click()
    flows = {f"f:{n}" for n, one in enumerate(GRAPH.flows) if one.certainty.value == certainty}
    assert {key for key in lit(ferry) if key.startswith("f:")} == flows


def test_what_is_left_out_filters_too(ferry: Opened) -> None:
    ferry.page.locator("[data-facet=gap]").click()
    gaps = {f"s:{gap.source}" for chain in trace_chains(GRAPH) for gap in chain.gaps}
    assert gaps
    assert gaps <= lit(ferry)
    rows = ferry.page.locator("#rows table").first.locator("tbody tr")
    ferry.page.locator("#table").click()
    assert rows.count() == len(gaps)


def test_along_time_dates_filter(ferry: Opened) -> None:
    ferry.page.locator("#time").click()
    assert ferry.state()["view"] == "time"
    dates = sorted({event.date for event in GRAPH.events if event.date})
    assert ferry.page.locator("#since option").all_text_contents() == ["any date", *dates]
    ferry.page.locator("#since").select_option(dates[-1])
    late = next(event for event in GRAPH.events if event.date == dates[-1])
    ids = {one.source_id for one in late.participants if one.source_id}
    names = {one.name for one in GRAPH.sources if one.id in ids}
    assert {f"s:{id}" for id in ids} <= lit(ferry)
    ferry.page.locator("#table").click()
    rows = ferry.page.locator("#rows table").first.locator("tbody th")
    assert set(rows.all_text_contents()) == names
    ferry.page.locator("#until").select_option(dates[0])
    assert lit(ferry) == {"s:article"}


def test_along_time_a_click_still_leads_to_the_sentence(ferry: Opened) -> None:
    ferry.page.locator("#graph").focus()
    ferry.page.keyboard.press("d")
    headings = ferry.page.evaluate("provenance.graph().pictures.time.headings.map((h) => h.text)")
    assert headings[0] == "3 May 2024"
    ferry.click("s:memo")
    assert ferry.selected() == "s:memo"
    assert ferry.shows_evidence()


def test_what_goes_back_in_time_is_marked_and_told(open_page: Open) -> None:
    graph = backwards()
    (number,) = contradictions(graph)
    opened = open_page(graph)
    label = opened.page.evaluate(
        "(item) => provenance.graph().pictures.chain.edges.find((one) => one.item === item).label",
        f"f:{number}",
    )
    assert label == "dates?"
    opened.click(f"f:{number}")
    assert "Out of order: leaked memo is dated" in opened.page.locator("#panel").inner_text()


def test_tables_sort_by_every_column_and_both_ways(ferry: Opened) -> None:
    ferry.page.locator("#table").click()
    table = ferry.page.locator("#rows table").first
    names = [one.name for one in GRAPH.sources]
    by_name = table.locator("th .sort").first
    by_name.focus()
    ferry.page.keyboard.press("Enter")
    assert table.locator("thead th").first.get_attribute("aria-sort") == "ascending"
    first = table.locator("tbody th")
    assert first.all_text_contents() == sorted(names, key=str.casefold)
    ferry.page.keyboard.press("Enter")
    assert first.all_text_contents() == sorted(names, key=str.casefold, reverse=True)
    flows = ferry.page.locator("#rows table").nth(1)
    flows.locator("th .sort").nth(2).click()
    assert ferry.state()["sort"] == ["-sources.0", "flows.2"]
    ranks = [Certainty(one).rank for one in flows.locator("td:nth-child(3)").all_text_contents()]
    assert ranks == sorted(ranks)


def test_a_row_shows_its_evidence_and_that_leads_into_the_text(ferry: Opened) -> None:
    ferry.page.locator("#table").click()
    row = ferry.page.locator("#rows table").nth(1).locator("tbody tr").nth(2)
    key = row.locator(".cited").inner_text()
    assert key in GRAPH.article.text.replace("\n", " ")
    row.locator(".cited").click()
    assert ferry.selected().startswith("f:")
    assert ferry.shows_evidence()
    assert "".join(ferry.marked("evidence")) == key


def test_the_table_follows_filters_and_parts(ferry: Opened) -> None:
    ferry.page.evaluate("provenance.go({ view: 'table', only: ['unnamed'] })")
    assert ferry.page.locator("#rows caption").first.inner_text().split("\n")[0] == "Sources · 2"
    ferry.page.evaluate("provenance.go({ only: [], path: 'memo' })")
    assert ferry.page.locator("#rows caption").first.inner_text().split("\n")[0] == "Sources · 5"
    assert ferry.page.locator("#rows caption").nth(1).inner_text().split("\n")[0] == "Flows · 4"


def test_a_link_reopens_all_that_is_shown(ferry: Opened) -> None:
    ferry.page.evaluate(
        "provenance.go({ view: 'time', select: 's:memo', only: ['document', 'asserted'],"
        " focus: ['recording', 'memo'], since: '2023' })"
    )
    before = ferry.state()
    link = ferry.page.evaluate("location.hash")
    assert link == (
        "#select=s:memo&view=time&only=document,asserted&since=2023&focus=recording,memo"
    )
    ferry.page.evaluate("provenance.reset()")
    ferry.page.evaluate("(link) => { location.hash = link; }", link)
    ferry.page.wait_for_function("() => provenance.shown().view === 'time'")
    assert ferry.state() == before
    ferry.page.go_back()
    ferry.page.wait_for_function("() => provenance.shown().view === 'chain'")


def test_ids_with_commas_and_percents_come_back_out_of_a_link(open_page: Open) -> None:
    odd = ("a,b", "50%25 & =#", "порт")
    sources = tuple(make_source(id, name=id) for id in odd)
    flows = tuple(make_flow(id, ARTICLE) for id in odd)
    graph = replace(GRAPH, sources=sources, flows=flows, disputes=(), claims=(), events=())
    opened = open_page(replace(graph, attributions=()))
    opened.page.evaluate("(ids) => provenance.go({ focus: ids, select: `s:${ids[0]}` })", odd)
    opened.page.reload()
    assert opened.state()["focus"] == list(odd)
    assert opened.selected() == "s:a,b"


def test_help_lists_every_key_and_every_key_does_what_it_says(ferry: Opened) -> None:
    keys = ferry.page.keyboard
    keys.press("?")
    dialog = ferry.page.locator("#help")
    assert dialog.is_visible()
    shown = set(dialog.locator("kbd").all_text_contents())
    assert {"←", "→", "↑", "↓", "f", "p", "y", "/", "c", "d", "t", "+", "-", "0", "Esc"} <= shown
    keys.press("t")
    assert ferry.state()["view"] == "chain", "keys do nothing behind a dialog"
    keys.press("Escape")
    assert not dialog.is_visible()
    keys.press("t")
    assert ferry.state()["view"] == "table"
    keys.press("c")
    assert ferry.state()["view"] == "chain"
    before = ferry.page.evaluate("provenance.network().getScale()")
    keys.press("+")
    assert ferry.page.evaluate("provenance.network().getScale()") > before
    keys.press("0")
    assert ferry.page.evaluate("provenance.network().getScale()") == pytest.approx(before)
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("p")
    assert ferry.state()["path"] == ferry.selected().removeprefix("s:") != ""
    keys.press("Escape")
    keys.press("Escape")
    assert ferry.state()["path"] == ""


def test_keys_go_through_the_lines_of_a_source(ferry: Opened) -> None:
    ferry.page.evaluate("provenance.select('s:recording')")
    ferry.page.locator("#graph").focus()
    seen = []
    for _ in range(3):
        ferry.page.keyboard.press(".")
        seen.append(ferry.selected())
    ends = [
        (one.source, one.target)
        for key in seen
        for one in [(GRAPH.flows if key[0] == "f" else GRAPH.disputes)[int(key[2:])]]
    ]
    assert len(set(seen)) == 3
    assert all("recording" in pair for pair in ends)
    ferry.page.keyboard.press(",")
    assert ferry.selected() == seen[1]


def test_typing_a_word_moves_nothing(ferry: Opened) -> None:
    ferry.page.locator("#search").focus()
    ferry.page.keyboard.type("tdp?.")
    assert ferry.state()["view"] == "chain"
    assert ferry.page.locator("#search").input_value() == "tdp?."
    ferry.page.locator("#search").fill("")


def test_a_selection_is_said_to_who_cannot_see_it(ferry: Opened) -> None:
    ferry.click("s:official")
    said = ferry.page.locator("#said")
    assert said.get_attribute("aria-live") == "polite"
    assert said.text_content() == "senior ministry official, unnamed speaker"


def test_everything_that_tab_reaches_shows_its_focus(ferry: Opened) -> None:
    ferry.page.keyboard.press("Tab")
    seen = []
    for _ in range(19):
        ferry.page.keyboard.press("Tab")
        seen.append(
            ferry.page.evaluate(
                """() => {
                  const { id, className, tagName } = document.activeElement;
                  const outline = getComputedStyle(document.activeElement).outlineStyle;
                  return [id || className || tagName, outline];
                }"""
            )
        )
    assert {"search", "chain", "time", "table", "fit", "explain", "keys", "graph"} <= {
        name for name, _ in seen
    }
    assert {outline for _, outline in seen} == {"solid"}


def test_names_from_right_to_left_are_themselves(open_page: Open) -> None:
    hebrew, arabic = "הארץ (עיתון)", "وكالة الأنباء 24"
    names = {"gazette": hebrew, "memo": arabic}
    sources = tuple(replace(one, name=names.get(one.id, one.name)) for one in GRAPH.sources)
    opened = open_page(replace(GRAPH, sources=sources))
    opened.click("s:gazette")
    title = opened.page.locator("#panel h2")
    assert title.get_attribute("dir") == "auto"
    assert title.locator("bdi").inner_text() == hebrew
    told_hop = opened.page.locator("#panel .row", has_text=arabic).first
    assert told_hop.locator("bdi").all_inner_texts() == [hebrew, arabic]
    opened.page.locator("#search").fill("הארץ")
    assert opened.page.locator("#hits bdi").all_inner_texts() == [hebrew]


def test_an_article_that_dates_nothing_has_no_time(open_page: Open) -> None:
    opened = open_page(
        replace(GRAPH, events=(), article=make_ferries_article()), fragment="#view=time"
    )
    assert not opened.page.locator("#time").is_visible()
    assert opened.state()["view"] == "chain"


def test_on_a_phone_the_sentence_stands_below_the_graph(open_page: Open) -> None:
    opened = open_page(GRAPH, viewport={"width": 390, "height": 844}, has_touch=True)
    opened.click("s:port-online")
    title = opened.page.locator("#panel h2")
    assert 0 < title.bounding_box()["y"] < 700
    assert opened.place_of("s:port-online")[1] > 0, "the graph is still seen"
    opened.page.locator("#panel .row").first.tap()
    cited = opened.page.locator("#panel .cited").first
    assert cited.inner_text().strip("“”") in GRAPH.article.text
    cited.tap()
    assert opened.shows_evidence()
