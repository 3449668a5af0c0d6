"""Articles and graphs by somebody who wishes us ill: nothing runs, and all is shown as it is."""

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provenance.articles import read_article
from provenance.common.files import write_whole
from provenance.gathering import site as indexes
from provenance.model import Article, Claim, SourceGraph, SourceType
from provenance.pipeline import build_record, render_page
from provenance.rdf import write_graphs
from tests.conftest import Prov
from tests.helpers.factories import make_claim, make_dispute, make_event, make_graph, make_source
from tests.helpers.generated_stories import report
from tests.helpers.watched_page import Screen, open_screen

EVIL = (
    "</script><script>window.ran=1</script>",
    '<img src="http://evil.example/x.png" onerror="window.ran=2">',
    "<svg/onload=window.ran=3> <iframe src=javascript:parent.ran=4>",
    "{{7*7}} {% raw %} ${window.ran=5} #{7*7} <%= 7*7 %>",
    "<!-- <script> --> ]]> <style>*{display:none}</style>",
    "\u202eevil\u2066 turned \u200fround \u2069\u202c",
    "\\u003c/script> \u2028 \u2029 \\\"]}'; window.ran=6; //",
    "__proto__",
    "javascript:window.ran=7",
    "data:text/html,<script>window.ran=8</script>",
    "N" + "a" * 10_000,
    "&lt;b&gt; &#x3c;script&#x3e; &amp;",
)
CLAIM = "the wall of the reservoir had cracked in March"


def text_of(evil: str) -> str:
    """Return an article in which *evil* is headline, speaker, outlet and what is said."""
    return (
        f"{evil}\n\n"
        f"Olga {evil} Brandt, an engineer, said that {CLAIM} {evil}.\n\n"
        f'"We told them {evil} twice," said Mr Petrenko of {evil}, citing a leaked memo.\n\n'
        f"According to the Northport Gazette, {CLAIM}. The Ministry {evil} denied that.\n"
    )


def page_of(evil: str) -> str:
    """Return the same as a saved web page with *evil* in its title, byline, and addresses."""
    e = html.escape(evil)
    body = "".join(f"<p>{html.escape(one)}</p>" for one in text_of(evil).split("\n\n")[1:])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{e}</title>'
        f'<meta property="og:title" content="{e}"><meta property="og:site_name" content="{e}">'
        f'<meta name="author" content="{e}"><link rel="canonical" href="{e}">'
        f'<meta property="article:published_time" content="{e}"></head>'
        f'<body><article><h1>{e}</h1><a href="{e}">{e}</a>{body}</article></body></html>'
    )


def evil_graph(evil: str, number: int) -> SourceGraph:
    """Return a graph, as a stranger may send one, that has *evil* wherever a string may stand."""
    graph = make_graph()
    sources = tuple(
        replace(one, name=f"{evil} {one.name}", aliases=(evil, *one.aliases))
        for one in graph.sources
    )
    mean = make_source("zz-evil", name=evil, type=SourceType.UNNAMED)
    claim = make_claim("claim-evil", text=evil, sources=("zz-evil",))
    article = replace(
        graph.article, name=evil, title=evil, publisher=evil, authors=(evil, evil),
        published=evil, url=evil, digest=f"{number:064x}",
    )  # fmt: skip
    return replace(
        graph,
        article=article,
        sources=(*sources, mean),
        claims=tuple(sorted((*graph.claims, claim), key=_place)),
        disputes=(*graph.disputes, make_dispute("zz-evil", "memo")),
        events=(*graph.events, make_event("zz-event", place=evil)),
        run=replace(graph.run, extractor=evil),
    )


def _place(claim: Claim) -> tuple[int, str]:
    return claim.content[0].start, claim.id


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> list[SourceGraph]:
    """Return the graphs that we make of hostile texts and pages."""
    folder = tmp_path_factory.mktemp("articles")
    graphs = []
    for number, evil in enumerate(EVIL):
        (folder / f"{number}.txt").write_text(text_of(evil[:2000]), "utf-8")
        (folder / f"{number}.html").write_text(page_of(evil[:2000]), "utf-8")
    for path in sorted(folder.iterdir()):
        graphs.append(build_record(read_article(path), force=True))
    return graphs


@pytest.fixture
def watched(browser: Any, tmp_path: Path) -> Iterator[list[Screen]]:
    """Return a list for screens, and fail if any of them ran what it was to show."""
    screens: list[Screen] = []
    yield screens
    for screen in screens:
        screen.check()
        assert screen.page.evaluate("window.ran") is None
        strange = (
            "img, iframe, object, embed, form, base, script[src], body style, a[href^='javascript']"
        )
        assert screen.page.locator(strange).count() == 0
        screen.page.context.close()


def words(text: str) -> str:
    return "".join(text.split())


def walk_page(screen: Screen, graphs: list[SourceGraph]) -> None:
    """Look at every article, and select everything in it."""
    page = screen.page
    for number, graph in enumerate(graphs):
        if len(graphs) > 1:
            page.locator("#articles").select_option(str(number + 1))
        shown = words(page.locator("#text").text_content())
        for span in graph.article.paragraphs:
            assert words(graph.article.quote(span)) in shown
        assert page.locator("#title").text_content() == title_of(graph.article)
        for source in graph.sources:
            page.evaluate("(key) => provenance.select(key)", f"s:{source.id}")
            assert source.name in page.locator("#panel h2").text_content()
        for claim in range(len(graph.claims)):
            page.evaluate("(key) => provenance.select(key)", f"c:{claim}")
            shown = page.locator("#panel h2").text_content()
            said = unquoted(graph.claims[claim].text).strip(",").removeprefix("that ")
            assert said in unquoted(shown)


def unquoted(text: str) -> str:
    """Return *text* without quotation marks, which the page sets its own way."""
    return text.translate(str.maketrans("", "", "\"'“”‘’"))


def title_of(article: Article) -> str:
    return article.title or article.name


def test_hostile_articles_are_shown_as_they_are(
    browser: Any, tmp_path: Path, read: list[SourceGraph], watched: list[Screen]
) -> None:
    assert sum(bool(graph.sources) for graph in read) > len(EVIL)
    write_whole(tmp_path / "page.html", render_page(read).encode())
    watched.append(open_screen(browser, tmp_path, "page.html"))
    walk_page(watched[0], read)
    watched[0].page.locator("#table").click()
    assert watched[0].page.locator("#rows table").count() >= 1


def test_hostile_graphs_are_shown_as_they_are(
    browser: Any, prov: Prov, tmp_path: Path, watched: list[Screen]
) -> None:
    graphs = [evil_graph(evil, number) for number, evil in enumerate(EVIL)]
    (tmp_path / "evil.nq").write_bytes(write_graphs(graphs, "nquads"))
    assert prov("view", "evil.nq").exit_code == 0
    watched.append(open_screen(browser, tmp_path, "evil.html"))
    page = watched[0].page
    titles = page.locator("#articles option").all_text_contents()
    assert sorted(words(one) for one in titles) == sorted(map(words, EVIL))
    for number in range(len(EVIL)):
        page.locator("#articles").select_option(str(number + 1))
        title = page.locator("#title").text_content()
        assert title in EVIL
        page.evaluate("provenance.select('s:zz-evil')")
        assert title in page.locator("#panel h2").text_content()
        page.evaluate("provenance.select('e:1')")
        page.keyboard.press("Escape")


def test_hostile_rows_are_shown_as_they_are(
    browser: Any, tmp_path: Path, read: list[SourceGraph], watched: list[Screen]
) -> None:
    evil_ones = [report(evil, evil, SourceType.PERSON, day=n + 1) for n, evil in enumerate(EVIL)]
    graphs = [*read, *(evil_graph(evil, n) for n, evil in enumerate(EVIL)), *evil_ones]
    holdings = indexes.held(graphs)
    write_whole(tmp_path / "index.html", indexes.index_of(holdings, EVIL[0]))
    watched.append(open_screen(browser, tmp_path, "index.html"))
    page = watched[0].page
    assert page.locator("#title").text_content() == EVIL[0]
    shown = ""
    for name in ("claims", "articles", "sources", "derivations"):
        page.evaluate("(to) => { location.hash = to; }", f"#list={name}")
        shown += words(page.locator("#list").text_content())
    for evil in EVIL:
        assert words(evil) in shown
    for number in range(len(graphs)):
        page.evaluate("(to) => { location.hash = to; }", f"#list=articles&at=a{number}")
        assert page.locator("#panel h2").text_content()
    for kind in "cs":
        for number in range(8):
            page.evaluate("(to) => { location.hash = to; }", f"#list=sources&at={kind}{number}")
            assert page.locator("#panel h2").text_content()


@pytest.mark.parametrize("file", ["page.html", "index.html"])
def test_no_address_runs_anything(
    browser: Any, tmp_path: Path, file: str, watched: list[Screen]
) -> None:
    """What stands after the # of either page is text as well, and so is what is searched for."""
    graph = report("Ash Courier", "Ada Quill")
    write_whole(tmp_path / "page.html", render_page([graph]).encode())
    write_whole(tmp_path / "index.html", indexes.index_of(indexes.held([graph]), "one"))
    watched.append(open_screen(browser, tmp_path, file, fragment=f"#{EVIL[0]}"))
    page = watched[0].page
    for evil in EVIL:
        page.evaluate("(to) => { location.hash = to; }", f"{evil}&at={evil}&select={evil}")
        page.locator("#search").fill(evil)
        page.locator("#search").fill("")
        assert page.locator("#title").text_content()
