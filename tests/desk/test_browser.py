"""The desk in a browser: dropped, corrected by click, key and drag, undone; and all of it kept."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.corrections import read_log
from tests.conftest import Prov
from tests.helpers.desk_server import ARTICLE, Served, serve, story
from tests.helpers.places import ROOT

_DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) transfer.items.add(new File([text], name));
  for (const kind of ["dragover", "drop"]) {
    const how = {dataTransfer: transfer, bubbles: true, cancelable: true};
    window.dispatchEvent(new DragEvent(kind, how));
  }
}"""
_CENTRE = """(key) => {
  const network = provenance.network();
  const { x, y } = network.canvasToDOM(network.getPosition(key));
  const frame = document.querySelector("#graph").getBoundingClientRect();
  return [frame.left + x, frame.top + y];
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    one = serve(tmp_path_factory.mktemp("desk") / "store")
    yield one
    one.kill()


@pytest.fixture(scope="module")
def article(desk: Served) -> str:
    return str(desk.bring(("cracks.txt", ARTICLE))["articles"][0])


@pytest.fixture(scope="module")
def dam(desk: Served) -> list[str]:
    """Return the digests of ten articles on one story."""
    folder = ROOT / "examples" / "dam"
    files = [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.txt"))]
    found = desk.bring(*files)["articles"]
    assert len(found) == 10
    return [str(one) for one in found]


@pytest.fixture
def look(browser: Any, desk: Served) -> Iterator[Any]:
    """Return a function that opens an address of the desk, and fail on what pages complain of."""
    contexts, said = [], []

    def open_(path: str, width: int = 1440, height: int = 900) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda one: said.append(str(one)))
        page.goto(desk.address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    # a question that is wrong is refused, which a browser tells too
    assert not [one for one in said if "400 (Bad Request)" not in one], said


def key_of(page: Any, name: str) -> str:
    found = page.evaluate(
        "(name) => provenance.graph().sources.find((one) => one.name === name)?.id", name
    )
    assert found, page.evaluate("() => provenance.graph().sources.map((one) => one.name)")
    return f"s:{found}"


def names(page: Any) -> list[str]:
    return list(page.evaluate("() => provenance.graph().sources.map((one) => one.name)"))


def await_toast(page: Any, words: str) -> None:
    page.wait_for_function(
        "(words) => document.querySelector('#toast').textContent.includes(words)", arg=words
    )


def test_ten_files_are_dropped_and_one_page_opens(look: Any, desk: Served) -> None:
    page = look("/")
    page.evaluate(_DROP, [[f"story-{n}.txt", story(40 + n)] for n in range(9)] + [["bad.txt", ""]])
    job = page.locator(".job", has_text="story-0.txt and 9 more")
    job.and_(page.locator('[data-done="true"]')).wait_for(timeout=120_000)
    assert "9 articles built, 1 failed" in job.inner_text()
    (line,) = job.locator("li").all_inner_texts()
    assert line.startswith("cannot read bad.txt: ")
    page.locator("#tab-articles").click()
    page.wait_for_function("() => document.querySelectorAll('#list tbody tr').length >= 9")
    page.evaluate(_DROP, [["alone.txt", story(70)]])
    page.wait_for_url(re.compile("/articles/[0-9a-f]{64}"), timeout=120_000)
    assert "Mayor hid report" in page.locator("#title").inner_text()


def test_a_text_is_pasted(look: Any) -> None:
    page = look("/")
    page.locator("#paste").fill(story(71))
    page.locator("#send").click()
    page.wait_for_url(re.compile("/articles/[0-9a-f]{64}"), timeout=120_000)
    assert "Mayor hid report" in page.locator("#title").inner_text()


def test_what_is_built_meanwhile_takes_nothing_away(look: Any, desk: Served, article: str) -> None:
    page = look("/#list=articles")
    before = page.locator("#list tbody tr").count()
    page.locator("#list tbody a", has_text="cracks.txt").first.click()
    page.locator("#paste").fill("A text that is being written")
    page.locator("#words").fill("Jonas Pell")
    page.locator("#found :is(summary, a)").first.wait_for()
    page.evaluate("() => { window.same = true; }")
    page.evaluate(_DROP, [["lone.txt", story(90)]])
    page.locator("#words").press("Shift")  # somebody is at work: no page is opened over it
    rows = "(count) => document.querySelectorAll('#list tbody tr').length > count"
    page.wait_for_function(rows, arg=before, timeout=120_000)
    assert page.evaluate("() => window.same")
    assert page.locator("#found a, #found summary").first.is_visible()
    assert page.locator("#words").input_value() == "Jonas Pell"
    assert page.locator("#paste").input_value() == "A text that is being written"
    assert "cracks.txt" in page.locator("#panel").inner_text()
    assert "cracks.txt" in page.locator("#list tr.here").inner_text()


def test_a_list_does_not_change_under_a_hand(look: Any, desk: Served) -> None:
    page = look("/#list=articles")
    count = "() => document.querySelectorAll('#list tbody tr').length"
    before = page.evaluate(count)
    page.evaluate(_DROP, [["lone-1.txt", story(91)], ["lone-2.txt", story(92)]])
    done = page.locator(".job", has_text="lone-1.txt").and_(page.locator('[data-done="true"]'))
    for step in range(1200):
        page.mouse.move(300 + step % 2, 600)
        if done.count():
            break
        page.wait_for_timeout(100)
    for step in range(20):
        page.mouse.move(300 + step % 2, 600)
        page.wait_for_timeout(100)
        assert page.evaluate(count) == before
    rows = "(count) => document.querySelectorAll('#list tbody tr').length > count"
    page.wait_for_function(rows, arg=before)


def test_five_things_are_corrected_and_all_of_it_undone(
    look: Any, desk: Served, article: str, prov: Prov
) -> None:
    page = look(f"/articles/{article}")
    before = page.evaluate("() => JSON.stringify(provenance.graph())")
    page.locator("#as").fill("Ada Quill")
    page.locator("#as").blur()

    # a hop is wrong: one key on the line
    hop = page.evaluate("() => provenance.graph().items.find((one) => one.target === 'article').id")
    count = "() => provenance.graph().items.filter((one) => one.what === 'flow').length"
    flows = page.evaluate(count)
    page.evaluate("(key) => provenance.select(key)", hop)
    page.locator("#because").fill("a slip")
    page.locator("#graph").focus()
    page.keyboard.press("x")
    await_toast(page, "Taken out.")
    assert page.evaluate(count) == flows - 1

    # a line is right: one click
    line = page.evaluate("() => provenance.graph().items.find((one) => one.what === 'flow').id")
    page.evaluate("(key) => provenance.select(key)", line)
    page.locator("#panel .quick", has_text="Right").click()
    await_toast(page, "Confirmed.")

    # a source has another name, type and grade: a key and a word
    page.evaluate("(key) => provenance.select(key)", key_of(page, "Jonas Pell"))
    page.locator("#graph").focus()
    page.keyboard.press("r")
    page.locator("#correcting #name").fill("J. Pell")
    page.locator("#correcting .primary").click()
    await_toast(page, "Saved.")
    assert "J. Pell" in names(page)
    page.locator("#panel .quick", has_text="Retype").click()
    page.locator("#correcting #type").select_option("organization")
    page.locator("#correcting .primary").click()
    page.wait_for_function("() => provenance.graph().corrections.length === 4")
    page.locator("#panel .quick", has_text="Grade").click()
    page.locator("#correcting #grade").select_option("B")
    page.locator("#correcting .primary").click()
    page.wait_for_function("() => provenance.graph().corrections.length === 5")

    log = next(desk.store.glob("articles/*/cracks.corrections.jsonl"))
    lines = read_log(log)
    assert [one.action.value for one in lines] == ["reject", "confirm", "rename", "retype", "grade"]
    assert {one.who for one in lines} == {"Ada Quill"}
    assert lines[0].why == "a slip"
    told = prov("correct", "list", log.with_name("cracks.txt")).output
    assert "Jonas Pell is called J. Pell" in told
    assert "J. Pell graded B" in told
    turtle = page.evaluate("() => document.querySelector('#turtle-0').textContent")
    assert '"J. Pell"' in turtle

    page.locator("#graph").focus()
    for left in range(4, -1, -1):
        page.keyboard.press("u")
        page.wait_for_function("(left) => provenance.graph().corrections.length === left", arg=left)
    assert page.evaluate("() => JSON.stringify(provenance.graph())") == before
    assert read_log(log) == ()


def test_words_are_given_to_whom_they_belong_and_back(look: Any, article: str) -> None:
    page = look(f"/articles/{article}")
    before = page.evaluate("() => JSON.stringify(provenance.graph())")
    claim = """() => provenance.graph().items.find((one) => one.what === "claim"
      && one.text.includes("twice"))"""
    clerk = key_of(page, "Ada Brandt")[2:]
    page.evaluate("(key) => provenance.select(key)", page.evaluate(claim)["id"])
    page.locator("#graph").focus()
    page.keyboard.press("w")
    page.locator("#correcting #whose").select_option(clerk)
    page.locator("#correcting .primary").click()
    await_toast(page, "Saved.")
    assert page.evaluate(claim)["sources"] == [clerk]
    assert "Credited to Ada Brandt" in page.locator("#panel").inner_text()
    page.locator("#panel .quick", has_text="Whose words").click()
    page.locator("#correcting #whose").select_option("")
    page.locator("#correcting #name").fill("a surveyor")
    page.locator("#correcting .primary").click()
    page.wait_for_function("() => provenance.graph().corrections.length === 2")
    assert "a surveyor" in names(page)
    for left in (1, 0):
        page.keyboard.press("u")
        page.wait_for_function("(left) => provenance.graph().corrections.length === left", arg=left)
    assert page.evaluate("() => JSON.stringify(provenance.graph())") == before


def test_a_source_dragged_onto_another_is_that_one(look: Any, article: str) -> None:
    page = look(f"/articles/{article}")
    one, other = key_of(page, "Ada Brandt"), key_of(page, "Jonas Pell")
    page.wait_for_timeout(500)  # until the picture is fitted to its frame
    start, end = page.evaluate(_CENTRE, one), page.evaluate(_CENTRE, other)
    at = page.evaluate("() => provenance.network().getViewPosition()")
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    assert page.locator("#grabbed").inner_text() == "Ada Brandt = Jonas Pell"
    assert page.evaluate("() => provenance.network().getViewPosition()") == at
    page.mouse.up()
    await_toast(page, "Ada Brandt is Jonas Pell now.")
    assert "Ada Brandt" not in names(page)
    page.locator("#toast button").click()
    await_toast(page, "Undone.")
    assert "Ada Brandt" in names(page)


def test_the_empty_canvas_is_still_moved_by_dragging(look: Any, article: str) -> None:
    page = look(f"/articles/{article}")
    frame = page.locator("#graph").bounding_box()
    at = page.evaluate("() => provenance.network().getViewPosition()")
    page.mouse.move(frame["x"] + 6, frame["y"] + frame["height"] - 6)
    page.mouse.down()
    page.mouse.move(frame["x"] + 90, frame["y"] + frame["height"] - 60, steps=5)
    page.mouse.up()
    assert page.evaluate("() => provenance.network().getViewPosition()") != at


def test_what_another_tab_corrects_is_shown_in_this_one(
    look: Any, desk: Served, article: str
) -> None:
    one, other = look(f"/articles/{article}"), look(f"/articles/{article}")
    one.evaluate("(key) => provenance.select(key)", key_of(one, "Jonas Pell"))
    other.evaluate("(key) => provenance.select(key)", key_of(other, "Ada Brandt"))
    other.locator("#panel .quick", has_text="Rename").click()
    other.locator("#correcting #name").fill("A. B.")
    other.locator("#correcting .primary").click()
    await_toast(other, "Saved.")
    one.wait_for_function(
        "() => provenance.graph().sources.some((one) => one.name === 'A. B.')", timeout=20_000
    )
    assert one.evaluate("() => provenance.selected()") == key_of(one, "Jonas Pell")
    one.locator("#log summary").click()
    one.locator("#log button").first.click()
    await_toast(one, "Undone.")
    assert "Ada Brandt" in names(one)


def test_a_restart_has_everything(browser: Any, tmp_path: Path) -> None:
    first = serve(tmp_path / "s")
    article = first.bring(("cracks.txt", ARTICLE))["articles"][0]
    renamed = {"action": "rename", "source": {"name": "Ada Brandt"}, "name": "A. B."}
    assert first.correct(article, **renamed).status_code == 200
    before = first.raw(article)
    first.stop()
    assert first.process.returncode == 0
    again = serve(tmp_path / "s")
    try:
        assert again.raw(article) == before
        (job,) = again.get("/jobs").json()
        assert (again.ended(job["id"])["built"], job["failed"]) == (0, 0)
        assert again.raw(article) == before
    finally:
        again.stop()


def test_questions_are_chosen_changed_and_asked(look: Any, article: str) -> None:
    page = look("/sparql")
    page.locator("#known").select_option(label="unnamed-only")
    assert "SELECT" in page.locator("#query").input_value()
    page.locator("#run").click()
    page.wait_for_function("() => / rows?/.test(document.querySelector('#told-count').textContent)")
    page.locator("#query").fill("SELECT * WHERE { ?a a sp:Article ")
    page.locator("#query").press("Control+Enter")
    page.wait_for_selector("#rows [role=alert]")
    assert page.locator("#rows [role=alert]").inner_text().startswith("cannot run the query: ")
    page.locator("#query").fill("CONSTRUCT { ?a a sp:Article } WHERE { ?a a sp:Article }")
    page.locator("#run").click()
    page.wait_for_selector("#rows pre")
    assert "#Article" in page.locator("#rows pre").inner_text()
    page.locator("#query").fill("SELECT ?a WHERE { ?a a sp:Article }")
    page.locator("#format").select_option("json")
    page.locator("#run").click()
    page.wait_for_function(
        "() => document.querySelector('#rows pre')?.textContent.includes('bindings')"
    )
    assert json.loads(page.locator("#rows pre").inner_text())["head"]["vars"] == ["a"]


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_of_the_list_is_cut_off(look: Any, dam: list[str], width: int) -> None:
    page = look("/#list=articles", width=width)
    page.locator("#panel select").wait_for()
    cut = """() => [...document.querySelectorAll("#answers li, #panel select, #bring > *")]
      .filter((one) => one.getBoundingClientRect().right > innerWidth)
      .map((one) => one.outerHTML)"""
    assert page.evaluate(cut) == []


def test_words_are_searched_everywhere(look: Any, article: str) -> None:
    page = look("/")
    page.locator("#words").fill("Jonas Pell")
    first = page.locator("#found :is(summary, a)").first
    first.wait_for()
    if first.evaluate("one => one.localName") == "summary":  # he is in several articles by now
        first.click()
    page.locator("#found a:visible").first.click()
    page.wait_for_url(re.compile("/articles/"))
    assert page.evaluate("() => provenance.selected()").startswith("s:")


def test_many_articles_are_one_picture(look: Any, dam: list[str]) -> None:
    page = look("/picture?" + "&".join(f"article={one}" for one in dam))
    raw = page.evaluate("() => provenance.graph()")
    articles = [one for one in raw["sources"] if one["id"].startswith("article-")]
    assert len(articles) == 10
    into: dict[str, set[str]] = {}
    for item in raw["items"]:
        if item["what"] == "flow":
            into.setdefault(item["source"], set()).add(item["target"])
    shared = [id_ for id_, ends in into.items() if sum(e.startswith("article-") for e in ends) > 1]
    assert shared, "a source that several articles have is one node"
    assert any(a.startswith("article-") and b.startswith("article-") for a in into for b in into[a])
    page.evaluate("(key) => provenance.select(key)", f"s:{shared[0]}")
    assert page.locator("#text mark, #text .evidence").count() > 0
    page.evaluate("(key) => provenance.select(key)", f"s:{articles[0]['id']}")
    page.locator("#panel a.page").click()
    page.wait_for_url(re.compile("/articles/[0-9a-f]{64}"))


def test_an_article_without_a_title_is_called_by_its_first_words(look: Any, desk: Served) -> None:
    text = 'The weir is safe for boats, warden Finn Tay said on Monday. "We looked," he said.'
    done = desk.bring(("weir-1.txt", text), ("weir-2.txt", f"{text} Nobody else was asked."))
    page = look("/picture?" + "&".join(f"article={one}" for one in done["articles"]))
    assert len([one for one in names(page) if one.startswith("The weir is safe")]) == 2


def test_a_picture_of_many_speaks_of_no_single_article(look: Any, dam: list[str]) -> None:
    page = look("/picture?" + "&".join(f"article={one}" for one in dam[-2:]))
    page.wait_for_function("() => document.querySelector('#panel h2')")
    assert page.locator("#tour").is_hidden()
    assert "this article" not in page.locator("#panel").inner_text().lower()


def test_a_picture_counts_lines_as_the_list_does(look: Any, desk: Served, dam: list[str]) -> None:
    page = look("/picture?" + "&".join(f"article={one}" for one in dam))
    answers = page.locator("#answers").inner_text()
    assert "headline" not in answers
    sources = len(page.evaluate("() => provenance.graph().sources")) - len(dam)
    assert re.match(rf"\s*{len(dam)}\s+articles\s+{sources}\s+sources", answers), answers
    told = page.locator("#panel a.claim", has_text="Inspectors found a crack").inner_text()
    listed = desk.get("/list").json()["claims"]
    row = max((row for row in listed if "found a crack" in row[0]), key=lambda row: len(row[1]))
    assert f"{len(row[2])} independent lines" in told
    assert f"{len(row[1])} articles" in told
    page.locator("#panel a.claim").first.click()
    page.wait_for_url(re.compile("/claims"))


def test_a_source_of_many_articles_is_found_once(look: Any, dam: list[str]) -> None:
    page = look("/")
    page.locator("#words").fill("safety board")
    page.wait_for_selector("#found summary")
    names = page.locator("#found summary bdi").all_inner_texts()
    assert len(set(names)) == len(names)
    assert names[0] == "Water Safety Board"
    assert re.search(r"in \d+ articles", page.locator("#found summary").first.inner_text())
    page.locator("#words").press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#found details[open] a").count() >= 2
    page.locator("#found details[open] a").first.click()
    page.wait_for_url(re.compile("/articles/[0-9a-f]{64}#select=s"))


def test_communities_are_looked_at_alone(look: Any, dam: list[str]) -> None:
    page = look("/picture?" + "&".join(f"article={one}" for one in dam))
    page.locator("#log summary").click()
    assert page.locator("#log li").count() >= 1
    page.locator("#log li button").first.click()
    assert page.evaluate("() => provenance.shown().focus.length") == 1


def test_two_articles_stand_side_by_side(look: Any, dam: list[str]) -> None:
    page = look(f"/compare?one={dam[0]}&other={dam[2]}")
    assert page.locator("iframe").count() == 2
    button = page.locator(".shared").first
    button.click()
    for number, side in enumerate(("one", "other")):
        key = button.get_attribute(f"data-{side}")
        frame = page.frames[1 + number]
        frame.wait_for_function("(key) => window.provenance?.selected() === key", arg=key)
        assert frame.evaluate("() => !document.querySelector('#bring, #work')")


def test_a_claim_has_a_page_with_all_that_is_known(look: Any, dam: list[str]) -> None:
    page = look("/")
    page.locator("#tab-claims").click()
    page.locator("#search").fill("Inspectors found a crack")
    page.locator("#list tbody a").first.click()
    page.locator("#panel a.page", has_text="Who says so").click()
    page.wait_for_url(re.compile("/claims"))
    told = page.locator("main").inner_text()
    for part in ("Independent lines", "Articles that carry it", "Denials", "When, and from whom"):
        assert part in told
    assert page.locator("table tbody tr").count() >= 2
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("th").first.bounding_box()["height"] < 40  # no word of it is broken
    page.locator("q + a").first.click()
    page.wait_for_url(re.compile("/articles/"))
