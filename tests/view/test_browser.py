"""The page in a browser that is cut off from any network, moved by real clicks and keys."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from provenance.graph.custody import trace_chains
from provenance.model import ARTICLE, Certainty, SourceGraph, SourceType, Span
from provenance.rdf import read_graphs, write_graphs
from tests.helpers.article_page import Open
from tests.helpers.factories import (
    TEXT,
    make_article,
    make_dispute,
    make_ferries_article,
    make_flow,
    make_graph,
    make_source,
)

HOSTILE = (
    "</script><script>window.broken = 1</script>",
    '<img src=x onerror="window.broken = 1">',
    "{{ 7 * 7 }} {% raw %} ${7 * 7} <!--",
    "\u202e\u2066 turned round \u2029 & &lt;b&gt; \\u003c \\",
    "__proto__",
    "n" * 10_000,
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_page_opens_and_stays_within_its_width(
    open_page: Open, scheme: str, width: int
) -> None:
    opened = open_page(make_graph(), viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert opened.page.title() == make_graph().article.title
    assert opened.page.locator("#title").text_content() == make_graph().article.title
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate("document.compatMode") == "CSS1Compat"
    assert opened.page.evaluate("document.characterSet") == "UTF-8"


def test_the_whole_graph_is_seen_and_readable_when_it_opens(open_page: Open) -> None:
    opened = open_page(make_graph())
    scale = opened.page.evaluate("provenance.network().getScale()")
    assert 13.5 * scale >= 9, "labels are smaller than nine pixels"
    frame = opened.page.locator("#graph").bounding_box()
    for source in make_graph().sources:
        x, y = opened.place_of(f"s:{source.id}")
        assert frame["x"] < x < frame["x"] + frame["width"]
        assert frame["y"] < y < frame["y"] + frame["height"]


def test_a_box_that_is_partly_out_of_the_window_is_drawn(open_page: Open) -> None:
    opened = open_page(make_graph())
    box = opened.page.evaluate(
        "provenance.graph().pictures.chain.nodes.find((one) => one.id === 's:article').box"
    )
    seen = opened.page.evaluate("provenance.network().getBoundingBox('s:article')")
    assert seen["bottom"] - seen["top"] >= box["height"]
    assert seen["right"] - seen["left"] >= box["width"]


def test_a_click_on_any_line_shows_the_sentence_that_it_stands_on(open_page: Open) -> None:
    graph = make_graph()
    opened = open_page(graph)
    for number, flow in enumerate(graph.flows):
        opened.click(f"f:{number}")
        assert opened.selected() == f"f:{number}"
        assert opened.shows_evidence()
        first = graph.article.quote(flow.evidence[0])
        assert first in "".join(opened.marked("evidence"))
        for cue in flow.cues:
            assert graph.article.quote(cue) in "".join(opened.marked("cue"))
        opened.page.keyboard.press("Escape")
        assert opened.selected() == ""


def test_a_click_on_a_dispute_tells_who_denies_what(open_page: Open) -> None:
    graph = make_graph()
    opened = open_page(graph)
    for number, dispute in enumerate(graph.disputes):
        opened.click(f"d:{number}")
        assert opened.selected() == f"d:{number}"
        told = opened.page.locator("#panel h2").text_content()
        assert {"denies": "denial", "confirms": "confirmation", "doubts": "doubt"}[
            dispute.stance.value
        ] in told
        assert graph.article.quote(dispute.cues[0]) in "".join(opened.marked("cue"))
        assert opened.shows_evidence()


def test_offsets_hold_behind_emoji_and_cyrillic(open_page: Open) -> None:
    opened = open_page(make_graph())
    opened.page.evaluate("provenance.select('c:1')")
    assert opened.marked("content") == ['"We told them twice,"', '"Nobody listened."']
    assert "".join(opened.marked("source")) == "Captain Olga Brandt"
    opened.page.evaluate("provenance.select('c:0')")
    assert "".join(opened.marked("content")) == "three ferries had sailed with cracked hulls 🚢"


def test_a_click_on_a_box_shows_its_panel_and_its_mentions(open_page: Open) -> None:
    opened = open_page(make_graph())
    opened.click("s:brandt")
    assert opened.selected() == "s:brandt"
    panel = opened.page.locator("#panel").text_content()
    assert "Olga Brandt" in panel
    assert "Captain Brandt" in panel
    assert "two engineers" in panel
    assert "Captain Olga Brandt" in "".join(opened.marked("source"))


def test_the_chain_through_a_source_reads_from_its_origin_to_the_article(open_page: Open) -> None:
    opened = open_page(make_graph(), fragment="#select=s:memo")
    first = opened.page.locator("#panel .path").first
    names = first.locator(".name").all_text_contents()
    assert names[0] == "Harbour Authority"  # who wrote it
    assert names[-3:] == ["leaked memo", "The Northport Gazette", "this article"]
    first.locator("button.arrow").first.click()
    assert opened.selected().startswith("f:")


def test_a_click_on_a_sentence_selects_what_stands_on_it_in_turn(open_page: Open) -> None:
    opened = open_page(make_graph())
    opened.click_words("It was first posted")
    first = opened.selected()
    assert first != ""
    assert "It was first posted" in "".join(opened.marked("evidence"))
    opened.click_words("It was first posted")
    assert opened.selected() not in ("", first)


def test_a_click_on_nothing_clears(open_page: Open) -> None:
    opened = open_page(make_graph(), fragment="#select=s:memo")
    assert opened.selected() == "s:memo"
    frame = opened.page.locator("#graph").bounding_box()
    opened.page.mouse.click(frame["x"] + 4, frame["y"] + frame["height"] - 4)
    assert opened.selected() == ""


def test_all_of_it_works_by_keyboard(open_page: Open) -> None:
    opened = open_page(make_graph())
    keys = opened.page.keyboard
    keys.press("/")
    keys.type("порт")
    keys.press("Enter")
    assert opened.selected() == "s:port-online"
    opened.page.locator("#search").fill("petrenko")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert opened.selected() == "s:petrenko"
    opened.page.locator("#graph").focus()
    keys.press("Escape")
    assert opened.selected() == ""
    keys.press("ArrowRight")
    assert opened.selected() == "s:authority"
    keys.press("ArrowRight")
    assert opened.selected() == "s:memo"
    keys.press("ArrowLeft")
    assert opened.selected() == "s:authority"
    passage = opened.page.locator("#text .passage").first
    passage.focus()
    keys.press("Enter")
    before = opened.selected()
    assert before.startswith(("f:", "c:"))
    keys.press("Enter")
    assert opened.selected() != before, "focus did not stay on the sentence"


@pytest.mark.parametrize(
    "words", ["dvorak antonin", "ANTONÍN DVOŘÁK", "oresund dvo", "o'neill  ANT", "wasser strass"]
)
def test_words_are_found_in_any_order_and_without_accents(open_page: Open, words: str) -> None:
    graph = make_graph()
    name, alias = "Antonín Dvořák O’Neill", "Øresund Wasserstraßenamt"
    sources = tuple(
        replace(one, name=name, aliases=(alias,)) if one.id == "petrenko" else one
        for one in graph.sources
    )
    opened = open_page(replace(graph, sources=sources))
    opened.page.locator("#search").fill(words)
    assert opened.page.locator("#hits bdi").all_inner_texts() == [name]


def test_a_claim_is_found_by_words_that_stand_apart(open_page: Open) -> None:
    graph = make_graph()
    claim = next(one for one in graph.claims if len(one.text.split()) > 4)
    first, *_, last = claim.text.split()
    opened = open_page(graph)
    opened.page.locator("#search").fill(f"{last} {first}")
    assert claim.text in opened.page.locator("#hits bdi").all_inner_texts()


def test_the_table_has_all_that_the_graph_has(open_page: Open) -> None:
    graph = make_graph()
    opened = open_page(graph)
    opened.page.locator("#table").focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#table").get_attribute("aria-pressed") == "true"
    assert not opened.page.locator("#graph").is_visible()
    counts = [
        opened.page.locator("#rows table").nth(n).locator("tbody tr").count() for n in range(5)
    ]
    assert counts == [
        len(graph.sources), len(graph.flows), len(graph.disputes), len(graph.events),
        len(graph.claims),
    ]  # fmt: skip
    row = opened.page.locator("#rows table").nth(1).locator("tbody button").first
    row.focus()
    opened.page.keyboard.press("Enter")
    assert opened.selected() == "f:0"
    assert opened.shows_evidence()
    assert opened.page.locator("#rows tr[aria-selected]").count() == 1
    opened.page.locator("#chain").click()
    assert opened.page.locator("#graph").is_visible()


def test_events_and_claims_lead_to_their_words(open_page: Open) -> None:
    opened = open_page(make_graph(), fragment="#select=s:memo")
    opened.page.locator("#panel .row", has_text="posted").first.click()
    assert opened.selected().startswith(("e:", "f:"))
    assert "It was first posted" in "".join(opened.marked("evidence"))
    opened.page.evaluate("provenance.select('s:engineers')")
    opened.page.locator("#panel .row.claim").click()
    assert opened.selected() == "c:2"
    assert "".join(opened.marked("content")) == "the pumps may fail"


def test_the_fragment_opens_the_same_view_and_history_goes_back(open_page: Open) -> None:
    opened = open_page(make_graph(), fragment="#select=f:3")
    assert opened.selected() == "f:3"
    assert opened.shows_evidence()
    opened.page.evaluate("provenance.select('s:memo')")
    assert opened.page.evaluate("location.hash") == "#select=s:memo"
    opened.page.go_back()
    opened.page.wait_for_function("() => provenance.selected() === 'f:3'")


@pytest.mark.parametrize(
    "fragment",
    [
        "#select=s:nobody",
        "#%",
        "#select=%E0%A4%A",
        "#select=f:99999",
        "#select=__proto__",
        "#select=s:__proto__",
        "#article=9&focus=nobody,%25&only=nothing&view=nowhere&path=x",
    ],
)
def test_a_fragment_that_means_nothing_selects_nothing(open_page: Open, fragment: str) -> None:
    assert open_page(make_graph(), fragment=fragment).selected() == ""


def test_of_several_articles_one_is_chosen(open_page: Open) -> None:
    other = make_graph(article=make_ferries_article(title="Second <b>title</b>"), disputes=())
    opened = open_page(make_graph(), other)
    opened.page.locator("#articles").select_option("2")
    assert opened.page.locator("#title").text_content() == "Second <b>title</b>"
    opened.page.evaluate("provenance.select('s:memo')")
    opened.page.reload()
    assert opened.page.locator("#title").text_content() == "Second <b>title</b>"
    assert opened.selected() == "s:memo"


def test_of_a_withheld_text_the_excerpts_are_shown(open_page: Open) -> None:
    (graph,) = read_graphs(write_graphs([make_graph()], "turtle", text=False), "turtle")
    opened = open_page(graph)
    assert "withheld" in opened.page.locator("#text").text_content()
    number = next(n for n, flow in enumerate(graph.flows) if flow.source == "petrenko")
    opened.click(f"f:{number}")
    assert "Мы ничего не скрывали" in "".join(opened.marked("evidence"))
    assert opened.shows_evidence()


def test_an_article_without_sources_says_so(open_page: Open) -> None:
    graph = make_graph(sources=(), flows=(), disputes=(), claims=(), attributions=(), events=())
    opened = open_page(graph)
    assert "Nothing in this text is credited to anybody" in (
        opened.page.locator("#panel").text_content()
    )
    opened.click("s:article")
    assert opened.selected() == "s:article"


def hostile_graph() -> SourceGraph:
    """Return the graph of the ferries with hostile words wherever words come from a text."""
    graph = make_graph()
    words = "\n\n".join(HOSTILE)
    text = TEXT + words
    sources = tuple(
        replace(one, name=HOSTILE[n % len(HOSTILE)], aliases=HOSTILE)
        for n, one in enumerate(graph.sources)
    )
    article = make_article(
        text, name=HOSTILE[0], title=HOSTILE[1] + HOSTILE[0], publisher=HOSTILE[3],
        authors=HOSTILE, url="javascript:window.broken=1", published=HOSTILE[2],
    )  # fmt: skip
    claims = tuple(
        replace(one, text=HOSTILE[n % len(HOSTILE)]) for n, one in enumerate(graph.claims)
    )
    events = tuple(replace(one, place=HOSTILE[0], date=HOSTILE[1]) for one in graph.events)
    return replace(graph, article=article, sources=sources, claims=claims, events=events)


@pytest.mark.parametrize("width", [1440, 390])
def test_hostile_words_are_shown_as_themselves_and_do_nothing(open_page: Open, width: int) -> None:
    graph = hostile_graph()
    opened = open_page(graph, viewport={"width": width, "height": 900})
    page = opened.page
    assert page.locator("#title").text_content() == HOSTILE[1] + HOSTILE[0]
    for words in HOSTILE:
        assert words in page.locator("#text").text_content()
    for source in graph.sources:
        page.evaluate("(key) => provenance.select(key)", f"s:{source.id}")
        assert page.locator("#panel h2 bdi").first.text_content() == source.name
        box = page.locator("#panel h2").bounding_box()
        assert box["height"] < 400
    for key in ("c:0", "c:1", "c:2", "e:0", "f:0", "d:0"):
        page.evaluate("(key) => provenance.select(key)", key)
    page.locator("#table").click()
    page.locator("#search").fill("<")
    assert page.locator("#hits button").count() > 0
    assert page.evaluate("window.broken") is None
    assert page.locator("body img, body iframe, #text script, #panel b").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_printing_shows_graph_and_text_whole(open_page: Open) -> None:
    opened = open_page(make_graph(), color_scheme="dark")
    opened.page.emulate_media(media="print")
    assert not opened.page.locator("#tools").is_visible()
    assert opened.page.locator("#graph canvas").is_visible()
    whole = opened.page.evaluate(
        "(() => { const t = document.querySelector('#text'); "
        "return t.scrollHeight <= t.clientHeight + 1; })()"
    )
    assert whole
    assert len(opened.page.pdf()) > 10_000


def test_labels_do_not_cover_each_other(open_page: Open) -> None:
    opened = open_page(make_graph())
    assert sum(key.startswith(("d:", "f:")) for key in opened.labels()) >= 4
    assert sum(key.startswith("h:") for key in opened.labels()) >= 4
    assert opened.covered() == []


def test_in_a_crowd_no_label_covers_a_box_a_heading_or_another(open_page: Open) -> None:
    singles = [f"speaker {n}" for n in range(24)]
    flows = [make_flow("paper", "echo"), make_flow("echo"), make_flow("paper")]
    flows += [make_flow(name, certainty=Certainty.SPECULATIVE) for name in singles]
    ends = [(name, "paper") for name in singles[:6]]
    ends += [(singles[n], singles[n + 1]) for n in range(8, 16)]
    graph = make_graph(
        sources=tuple(make_source(name) for name in ("paper", "echo", *singles)),
        flows=tuple(flows),
        disputes=tuple(make_dispute(*pair) for pair in ends),
        claims=(), attributions=(), events=(),
    )  # fmt: skip
    opened = open_page(graph)
    disputes = [key for key in opened.labels() if key.startswith("d:")]
    assert len(disputes) >= 10
    assert opened.covered() == []
    opened.page.evaluate("provenance.go({ focus: ['paper'] })")
    assert opened.covered() == []


def test_the_tip_goes_when_the_pointer_rests_and_something_else_happens(open_page: Open) -> None:
    opened = open_page(make_graph())
    tip = opened.page.locator("#tip")
    ways: list[Callable[[], Any]] = [
        lambda: opened.page.keyboard.press("Escape"),
        lambda: opened.page.mouse.wheel(0, 40),
        lambda: opened.page.mouse.down(),
        lambda: opened.page.evaluate("provenance.go({ view: 'time' })"),
        lambda: opened.page.evaluate("dispatchEvent(new Event('blur'))"),
    ]
    for leave in ways:
        opened.page.evaluate("provenance.reset()")
        opened.page.mouse.move(*opened.place_of("s:memo"))
        assert tip.is_visible()
        leave()
        assert not tip.is_visible()
        opened.page.mouse.up()
        opened.page.mouse.move(2, 2)


def test_a_finger_leaves_no_tip(open_page: Open) -> None:
    opened = open_page(make_graph(), has_touch=True, viewport={"width": 390, "height": 844})
    frame = opened.page.locator("#graph").bounding_box()
    opened.page.touchscreen.tap(frame["x"] + 8, frame["y"] + 8)
    first = opened.page.evaluate("`s:${provenance.graph().chains[0].ids[0]}`")
    opened.page.touchscreen.tap(*opened.place_of(first))
    opened.page.wait_for_timeout(400)  # a browser makes a click of a tap, where the finger was
    assert opened.selected() == first
    assert opened.page.locator("#tour").is_visible(), "the tap closes nothing that it scrolls to"
    assert not opened.page.locator("#tip").is_visible()


def test_every_unnamed_source_and_every_gap_is_told_in_words_too(open_page: Open) -> None:
    graph = make_graph()
    opened = open_page(graph)
    for source in graph.sources:
        if source.type is SourceType.UNNAMED:
            opened.page.evaluate("(key) => provenance.select(key)", f"s:{source.id}")
            assert "unnamed" in opened.page.locator("#panel h2").text_content()
    gaps = {gap for chain in trace_chains(graph) for gap in chain.gaps}
    assert gaps
    for gap in gaps:
        opened.page.evaluate("(key) => provenance.select(key)", f"s:{gap.source}")
        assert gap.reason in opened.page.locator("#panel").text_content()


def test_a_click_on_a_box_selects_that_box_and_not_its_neighbour(open_page: Open) -> None:
    """Rows of boxes stand closer than they are wide: a click in each means that one."""
    page = open_page(make_graph()).page
    page.wait_for_timeout(300)
    places = page.evaluate("""() => {
      const network = provenance.network();
      const frame = document.querySelector("#graph").getBoundingClientRect();
      return provenance.picture().nodes.filter((node) => node.box).map((node) => {
        const { x, y } = network.canvasToDOM({ x: node.x, y: node.y + node.box.height / 2 - 3 });
        return [node.id, frame.left + x, frame.top + y];
      });
    }""")
    assert len(places) > 5
    for key, x, y in places:
        page.mouse.click(x, y)
        page.wait_for_function("(key) => provenance.selected() === key", arg=key)
        assert page.evaluate("provenance.selected()") == key


def test_a_sentence_that_goes_on_after_a_heading_is_quoted_whole(open_page: Open) -> None:
    heading, told = "The lock", "was sold in spring, the warden said."
    text = f"{heading}\n\n{told}\n"
    ends = (Span(0, len(heading)), Span(len(heading) + 2, len(text) - 1))
    flow = make_flow("warden", ARTICLE, evidence=(Span(0, len(text) - 1),), cues=())
    warden = make_source("warden", name="the warden", mentions=(Span(30, 36),))
    article = make_article(text, paragraphs=ends)
    whole = replace(
        make_graph(),
        article=article,
        sources=(warden,),
        flows=(flow,),
        disputes=(),
        claims=(),
        attributions=(),
        events=(),
    )
    opened = open_page(whole, fragment="#select=s%3Awarden")
    assert f"“{heading} {told}”" in opened.page.locator("#panel .cited").first.inner_text()
    assert "were not kept" not in opened.page.locator("#panel").inner_text()
