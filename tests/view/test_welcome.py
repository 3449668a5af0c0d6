"""Whoever sees a page for the first time, on any screen: tour, legend, quotes, tables."""

from dataclasses import replace
from typing import Any

import pytest

from tests.helpers.article_page import Open, Opened
from tests.helpers.factories import make_graph

PHONE = {"width": 390, "height": 844}


def tour_of(opened: Opened) -> Any:
    return opened.page.locator("#tour")


def test_a_tour_of_three_steps_by_keys_that_stays_closed(open_page: Open) -> None:
    opened = open_page(make_graph())
    tour = tour_of(opened)
    titles = [tour.locator("h2").inner_text()]
    tour.locator("button", has_text="Next").focus()
    for _ in range(2):
        opened.page.keyboard.press("Enter")
        titles.append(tour.locator("h2").inner_text())
    assert len(set(titles)) == 3
    assert "3 of 3" in tour.inner_text()
    tour.locator(".close").focus()
    opened.page.keyboard.press("Enter")
    assert not tour.is_visible()
    assert opened.page.evaluate("document.activeElement.id") == "graph"
    opened.page.reload()
    opened.page.wait_for_function("() => provenance.network()")
    assert not tour.is_visible()
    opened.page.keyboard.press("?")
    opened.page.locator("#help button", has_text="tour").click()
    assert tour.is_visible(), "it is there for whoever asks for it"


def test_the_tour_can_be_closed_at_once_and_is_not_on_frozen_pages(open_page: Open) -> None:
    opened = open_page(make_graph())
    tour_of(opened).locator("button", has_text="Do not show this again").click()
    assert not tour_of(opened).is_visible()
    frozen = open_page(make_graph(), frozen=True)
    assert not tour_of(frozen).is_visible()


@pytest.mark.parametrize("how", ["key", "button"])
def test_the_legend_is_told_in_words(open_page: Open, how: str) -> None:
    opened = open_page(make_graph())
    if how == "key":
        opened.page.keyboard.press("l")
    else:
        opened.page.locator("#explain").click()
    meaning = opened.page.locator("#meaning")
    told = meaning.inner_text()
    pressed = opened.page.locator("#legend .facet")
    for facet in pressed.all():
        name = facet.get_attribute("title").partition(":")[0]
        assert name == "named" or name in told, name
    assert "a paper, file or message" in told
    assert "undefined" not in told
    opened.page.keyboard.press("Escape")
    assert not meaning.is_visible()


@pytest.mark.parametrize("key", ["s:memo", "s:gazette", "f:0", "d:0", "c:1", "e:0"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}])
def test_the_sentence_is_quoted_in_the_panel(
    open_page: Open, key: str, viewport: dict[str, int]
) -> None:
    graph = make_graph()
    opened = open_page(graph, viewport=viewport)
    opened.page.evaluate("(key) => provenance.select(key)", key)
    cited = opened.page.locator("#panel .cited").first
    words = cited.inner_text().strip("“”")
    assert words in graph.article.text.replace("\n", " ") or words in graph.article.text
    box = cited.bounding_box()
    assert box["y"] + min(box["height"], 60) <= viewport["height"], "it is seen without scrolling"
    cited.click()
    assert opened.shows_evidence()


def test_on_a_phone_tables_scroll_and_break_no_word(open_page: Open) -> None:
    sources = make_graph().sources
    names = ("unnamed intelligence contractor", "Telecommunications administration", "x" * 300)
    sources = (*(replace(o, name=n) for o, n in zip(sources, names, strict=False)), *sources[3:])
    opened = open_page(make_graph(sources=sources), viewport=PHONE, fragment="#view=table")
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("document.querySelector('#rows').scrollWidth") > PHONE["width"]
    broken = page.evaluate(
        """() => {
          const found = [];
          const rows = document.querySelector("#rows");
          const walker = document.createTreeWalker(rows, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (const { index, 0: word } of node.data.matchAll(/[^\\s\\u200b-]+/g)) {
              range.setStart(node, index);
              range.setEnd(node, index + word.length);
              if (word.length < 40 && range.getClientRects().length > 1) found.push(word);
            }
          }
          return found;
        }"""
    )
    assert broken == []


def test_a_correction_says_in_words_what_to_do_with_it(open_page: Open) -> None:
    opened = open_page(make_graph())
    page = opened.page
    page.evaluate("provenance.select('s:memo')")
    page.locator("#panel .action", has_text="Correct…").click()
    page.locator("#correcting #name").fill("the memo of March")
    page.locator("#who").fill("Ada")
    page.locator("#correcting .primary").click()
    made = page.locator("#correcting .made")
    made.locator(".steps").wait_for()
    assert "1 correction" in made.inner_text()
    assert "ferries.corrections.jsonl into the folder of the article" in made.inner_text()
    assert "prov build ferries.txt --open" in made.inner_text()
    assert not page.locator("#lines").is_visible(), "the lines are for programs"
    with page.expect_download() as download:
        made.locator("button", has_text="Download").click()
    assert download.value.suggested_filename == "ferries.corrections.jsonl"
    made.locator("summary").click()
    assert page.locator("#lines").is_visible()


@pytest.mark.parametrize("key", ["s:memo", "s:brandt", "f:0", "d:0", "c:1", "e:0"])
def test_why_is_answered_by_the_words_and_how_likely(open_page: Open, key: str) -> None:
    graph = make_graph()
    graph = replace(
        graph,
        flows=tuple(replace(one, score=0.61) for one in graph.flows),
        disputes=tuple(replace(one, score=0.42) for one in graph.disputes),
        sources=tuple(replace(one, score=0.61) for one in graph.sources),
    )
    opened = open_page(graph, fragment=f"#select={key}")
    why = opened.page.locator("#panel .why").first
    why.locator("summary").focus()
    opened.page.keyboard.press("Enter")
    told = why.inner_text()
    assert "undefined" not in told
    assert "null" not in told
    marked = why.locator("mark").all_inner_texts()
    assert marked
    assert all(one in graph.article.text for one in marked)
    assert ("0.61" in told) == (key[0] in "sf")
    assert ("0.42" in told) == (key[0] == "d")
    if key == "s:memo":
        assert "a paper, file or message" in told


def test_a_view_that_is_changed_by_a_key_keeps_the_keys(open_page: Open) -> None:
    page = open_page(make_graph()).page
    page.locator("#graph").focus()
    for key, place in (("t", "rows"), ("c", "graph")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == place


def test_every_stop_of_the_tab_key_has_a_name(open_page: Open) -> None:
    page = open_page(make_graph()).page
    nameless = []
    for _ in range(60):
        page.keyboard.press("Tab")
        nameless += page.evaluate("""() => {
          const node = document.activeElement;
          const told = node.getAttribute("aria-label") || node.textContent || node.labels?.length;
          return told || node === document.body ? [] : [node.outerHTML.slice(0, 200)];
        }""")
    assert nameless == []


def test_quotation_marks_within_quotation_marks_are_single(open_page: Open) -> None:
    graph = make_graph()
    texts = ('"We said so in May,"', "the hull was “as thin as paper”", '"One," he said, "or two"')
    claims = tuple(
        replace(graph.claims[n % len(graph.claims)], id=f"claim-{n}", text=text)
        for n, text in enumerate(texts)
    )
    page = open_page(replace(graph, claims=claims)).page
    seen = []
    for n in range(len(texts)):
        page.evaluate("(key) => provenance.select(key)", f"c:{n}")
        heading = page.locator("#panel h2")
        style = (
            "getComputedStyle(document.querySelector('#panel h2 q') || document.body, '::before')"
        )
        marked = page.evaluate(f"{style}.content") not in ("none", "normal")
        seen.append((heading.inner_text(), marked))
    assert seen == [
        ("We said so in May", True),
        ("the hull was ‘as thin as paper’", True),
        (texts[2], False),
    ]
