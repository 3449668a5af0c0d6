"""Corrections made on the page: lines that the log takes, and that `prov build` replays."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import provenance
from provenance.articles import read_article
from provenance.corrections import log_path, replay
from provenance.corrections.anchors import anchor_of, quote_of
from provenance.corrections.loglines import parse_line, to_line, with_id
from provenance.model import Action, Correction, SourceGraph, SourceType
from provenance.pipeline import build_record, render_page
from tests.conftest import Prov
from tests.corrections.test_corrections import TEXT as MEMO
from tests.helpers.article_page import Opened, close, open_file

DENIAL = "\nThe Interior Ministry called the memo a forgery.\n"
TEXT = (MEMO + DENIAL).replace("\n3 May", "\n⚓🚢 «Порт Онлайн» 🧑‍✈️\n3 May")


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an article whose offsets differ in code points and in UTF-16 from the start."""
    path: Path = tmp_path_factory.mktemp("corrected") / "memo.v2.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def graph(article: Path) -> SourceGraph:
    return build_record(read_article(article))


@pytest.fixture(scope="module")
def opened(browser: Any, article: Path, graph: SourceGraph) -> Iterator[Opened]:
    page = article.with_suffix(".html")
    page.write_text(render_page([graph]), encoding="utf-8")
    one = open_file(browser, page)
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield one
    close(one)


Make = Callable[..., str]
WHY = "I asked “them” 🚢"
NUMBERS = count(1)  # the same correction made twice within a second is one line


@pytest.fixture
def make(opened: Opened) -> Make:
    """Return a function that makes a line on the page, by its form."""

    def make_line(
        key: str, action: str, *, undo: bool = False, ticks: int = 0, **fields: str
    ) -> str:
        page = opened.page
        page.evaluate("document.querySelector('#correcting').close()")
        page.evaluate("(key) => provenance.select(key)", key)
        page.locator("#panel .action").last.click()
        page.locator("#action").select_option(action)
        for id, value in fields.items():
            control = page.locator(f"#correcting #{id}")
            if control.evaluate("(one) => one.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)
        for number in range(ticks):
            page.locator("#correcting [name=mention]").nth(-1 - number).check()
        page.locator("#who").fill("Ada Quill")
        page.locator("#why").fill(f"{WHY} {next(NUMBERS)}")
        lines = page.locator("#lines")
        before = lines.input_value() if lines.count() else ""
        page.locator("#correcting .primary").click()
        page.wait_for_function(
            "(before) => document.querySelector('#lines')?.value.length > before.length", arg=before
        )
        return str(lines.input_value().splitlines()[-1])

    return make_line


def key_of(graph: SourceGraph, name: str) -> str:
    return f"s:{next(one.id for one in graph.sources if name in one.name)}"


def replayed(graph: SourceGraph, line: str) -> tuple[SourceGraph, Correction]:
    """Return *graph* with the correction in *line*, which the log must take as it is."""
    correction = parse_line(line)
    assert line == to_line(correction)
    assert correction.id == with_id(correction).id
    assert correction.who == "Ada Quill"
    assert correction.why.startswith(WHY)
    changed, lost = replay(graph, [correction])
    assert lost == ()
    return changed, correction


def test_every_source_is_anchored_as_prov_correct_does(make: Make, graph: SourceGraph) -> None:
    for source in graph.sources:
        line = make(f"s:{source.id}", "rename", name=source.name + " 2")
        changed, correction = replayed(graph, line)
        assert correction.source == anchor_of(graph, source.id)
        assert source.name + " 2" in {one.name for one in changed.sources}


def test_retype(make: Make, graph: SourceGraph) -> None:
    key = key_of(graph, "Radio Nord")
    changed, _ = replayed(graph, make(key, "retype", type="channel"))
    assert next(s for s in changed.sources if s.id == key[2:]).type is SourceType.CHANNEL


def test_merge(make: Make, graph: SourceGraph) -> None:
    one, other = key_of(graph, "official"), key_of(graph, "Harbour Authority")
    changed, _ = replayed(graph, make(one, "merge", target=other[2:]))
    assert len(changed.sources) == len(graph.sources) - 1


def test_split(make: Make, graph: SourceGraph) -> None:
    key = key_of(graph, "Tomas Wren")
    line = make(key, "split", name="another Wren", type="unnamed", ticks=1)
    changed, correction = replayed(graph, line)
    last = next(s for s in graph.sources if s.id == key[2:]).mentions[-1]
    assert correction.quotes == (quote_of(graph.article, last),)
    assert "another Wren" in {one.name for one in changed.sources}


def test_a_split_needs_a_mention(opened: Opened, graph: SourceGraph) -> None:
    page = opened.page
    page.evaluate("document.querySelector('#correcting').close()")
    page.evaluate("(key) => provenance.select(key)", key_of(graph, "Tomas Wren"))
    page.locator("#panel .action", has_text="Correct").click()
    page.locator("#action").select_option("split")
    page.locator("#name").fill("another Wren")
    page.locator("#who").fill("Ada Quill")
    page.locator("#correcting .primary").click()
    assert "at least one mention" in page.locator("#correcting [role=alert]").inner_text()


def test_grade_a_source_and_a_claim(make: Make, graph: SourceGraph) -> None:
    changed, correction = replayed(graph, make(key_of(graph, "Tomas Wren"), "grade", grade="B"))
    assert (correction.grade, changed.corrections[0].about) == ("B", (anchored(changed, "Tomas"),))
    number = next(n for n, one in enumerate(graph.claims) if "pumps had failed" in one.text)
    changed, correction = replayed(graph, make(f"c:{number}", "grade", grade="2"))
    assert correction.quotes == (quote_of(graph.article, graph.claims[number].content[0]),)
    assert changed.corrections[0].about == (graph.claims[number].id,)


def test_credit_a_claim_to_another_and_to_somebody_new(make: Make, graph: SourceGraph) -> None:
    number = next(n for n, one in enumerate(graph.claims) if "pumps had failed" in one.text)
    quote = quote_of(graph.article, graph.claims[number].content[0])
    olga = key_of(graph, "Olga Brandt")[2:]
    changed, correction = replayed(graph, make(f"c:{number}", "credit", whose=olga))
    assert (correction.quotes, correction.source) == ((quote,), anchor_of(graph, olga))
    assert changed.claims[number].sources == (olga,)
    line = make(f"c:{number}", "credit", whose="", name="the pilots", type="unnamed")
    changed, correction = replayed(graph, line)
    (new,) = {one.id for one in changed.sources} - {one.id for one in graph.sources}
    assert changed.claims[number].sources == (new,)
    assert next(one for one in changed.sources if one.id == new).type is SourceType.UNNAMED


def anchored(graph: SourceGraph, name: str) -> str:
    return key_of(graph, name)[2:]


def test_reject_a_hop(make: Make, graph: SourceGraph) -> None:
    number = next(n for n, one in enumerate(graph.flows) if "marsh" in one.source)
    changed, _ = replayed(graph, make(f"f:{number}", "reject"))
    assert len(changed.flows) == len(graph.flows) - 1


def test_reject_a_dispute(make: Make, graph: SourceGraph) -> None:
    assert graph.disputes
    changed, _ = replayed(graph, make("d:0", "reject"))
    assert graph.disputes[0] not in changed.disputes


def test_add_a_hop(make: Make, graph: SourceGraph) -> None:
    key, to = key_of(graph, "Olga Brandt"), key_of(graph, "Harbour Authority")
    words = "its divers had looked at every hull"
    changed, correction = replayed(graph, make(key, "add", target=to[2:], words=words))
    start = graph.article.text.index(words)
    assert correction.quotes[0].exact == words
    assert correction.quotes[0].prefix == graph.article.text[start - 32 : start]
    assert (key[2:], to[2:]) in {(one.source, one.target) for one in changed.flows}


def test_add_somebody_who_is_missing(make: Make, graph: SourceGraph) -> None:
    words = "its divers had looked at every hull"
    line = make("s:article", "missing", name="divers", type="unnamed", words=words)
    changed, correction = replayed(graph, line)
    assert correction.action is Action.ADD
    (new,) = {one.id for one in changed.sources} - {one.id for one in graph.sources}
    assert next(one for one in changed.sources if one.id == new).type is SourceType.UNNAMED
    assert (new, "article") in {(one.source, one.target) for one in changed.flows}


@pytest.mark.parametrize(("words", "said"), [("no such words", "do not stand"), ("that", "times")])
def test_words_must_stand_in_the_article_once(
    opened: Opened, graph: SourceGraph, words: str, said: str
) -> None:
    page = opened.page
    page.evaluate("document.querySelector('#correcting').close()")
    page.evaluate("(key) => provenance.select(key)", key_of(graph, "Olga Brandt"))
    page.locator("#panel .action", has_text="Correct").click()
    page.locator("#action").select_option("add")
    page.locator("#words").fill(words)
    page.locator("#who").fill("Ada Quill")
    page.locator("#correcting .primary").click()
    assert said in page.locator("#correcting [role=alert]").inner_text()


def test_from_a_click_to_a_rebuilt_graph_and_back(
    browser: Any, opened: Opened, make: Make, article: Path, graph: SourceGraph, prov: Prov
) -> None:
    renamed = make(key_of(graph, "Olga Brandt"), "rename", name="Olga M. Brandt")
    rejected = make("d:0", "reject")
    page = opened.page
    page.locator("#correcting summary").click()
    page.locator("#correcting button", has_text="Copy them").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.locator("#correcting button", has_text="Download").click()
    assert (
        download.value.suggested_filename == log_path(article).name == "memo.v2.corrections.jsonl"
    )
    assert Path(download.value.path()).read_text(encoding="utf-8") == copied
    assert copied.splitlines()[-2:] == [renamed, rejected]

    log_path(article).write_text(f"{renamed}\n{rejected}\n", encoding="utf-8")
    listed = prov("correct", "list", article).stdout
    assert "NO LONGER APPLIES" not in listed
    assert listed.count("Ada Quill") == 2
    rebuilt = provenance.build(article).record
    assert "Olga M. Brandt" in {one.name for one in rebuilt.sources}
    assert graph.disputes[0] not in rebuilt.disputes

    again = article.with_name("again.html")
    again.write_text(render_page([rebuilt]), encoding="utf-8")
    other = open_file(browser, again)
    other.page.evaluate("(key) => provenance.select(key)", key_of(rebuilt, "Olga M. Brandt"))
    panel = other.page.locator("#panel .correction")
    assert "rename by Ada Quill" in panel.inner_text()
    panel.locator("button").click()
    other.page.locator("#who").fill("Ada Quill")
    other.page.locator("#correcting .primary").click()
    undo = other.page.locator("#lines").input_value()
    close(other)
    assert parse_line(undo).action is Action.UNDO
    with log_path(article).open("a", encoding="utf-8") as log:
        log.write(undo)
    assert "Olga M. Brandt" not in {one.name for one in provenance.build(article).record.sources}
    log_path(article).unlink()


def test_a_line_separator_in_a_quote_breaks_no_line(article: Path, prov: Prov) -> None:
    odd = article.with_name("odd.txt")
    odd.write_text(TEXT.replace("hull in March", "hull in\u2028March"), encoding="utf-8")
    prov("correct", "rename", odd, "Tomas Wren", "T. Wren", "--who", "Ada")
    assert "T. Wren" in prov("correct", "list", odd).stdout
