"""What one takes along from the page: pictures, data, links, code to embed, and paper."""

import csv
import io
import json
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from provenance.pipeline import export, render_page
from provenance.rdf import read_graphs
from tests.conftest import Prov
from tests.helpers.article_page import Open, Opened, close, open_graphs
from tests.helpers.factories import make_article, make_ferries_article, make_graph

GRAPH = make_graph()
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def whole(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Return the page of the ferries, opened once for all tests here."""
    opened = open_graphs(browser, tmp_path_factory.mktemp("page") / "ferries.html", GRAPH)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield opened
    close(opened)


@pytest.fixture
def ferry(whole: Opened) -> Opened:
    whole.page.evaluate("document.querySelector('#take').open = false; provenance.reset()")
    return whole


def take(opened: Opened, what: str) -> tuple[str, bytes]:
    """Return name and content of what a click in the menu downloads."""
    menu = opened.page.locator("#take")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    with opened.page.expect_download() as download:
        menu.locator("li button", has_text=what).first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_turtle_is_that_of_prov(ferry: Opened) -> None:
    name, data = take(ferry, "Turtle")
    assert name == "ferries.ttl"
    assert data == export([GRAPH], "turtle")


def test_json_is_that_of_prov(ferry: Opened) -> None:
    name, data = take(ferry, "JSON")
    assert name == "ferries.json"
    assert data == export([GRAPH], "json")


def test_markup_in_the_text_comes_back_out_of_the_page(open_page: Open) -> None:
    text = "He said: </script><!-- \\u003c <script> \\\\u003c/ & ]]>\n\r\0 \u2028 done."
    article = make_article(text, title="</script>", name="a.b.html")
    graph = replace(
        GRAPH, article=article, sources=(), flows=(), disputes=(), claims=(), attributions=(),
        events=(),
    )  # fmt: skip
    opened = open_page(graph)
    name, data = take(opened, "Turtle")
    assert name == "a.b.ttl"
    assert data == export([graph], "turtle")
    assert take(opened, "JSON")[1] == export([graph], "json")


def test_what_was_withheld_is_not_taken_along() -> None:
    page = export([GRAPH], "html", text=False).decode()
    assert "articleBody" in export([GRAPH], "html").decode()
    assert "articleBody" not in page
    turtle = re.search(r'id="turtle-0">(.*?)</script>', page, re.DOTALL)
    assert turtle
    (graph,) = read_graphs(turtle[1].encode(), "turtle")
    assert graph.article.text == ""


def test_a_png_is_the_graph_as_shown_within_its_frame_twice_as_fine(ferry: Opened) -> None:
    name, data = take(ferry, "PNG")
    assert name == "ferries.png"
    shown = "(({ clientWidth, clientHeight }) => [clientWidth, clientHeight])"
    width, height = ferry.page.evaluate(f"{shown}(document.querySelector('#graph'))")
    whole = struct.unpack(">II", data[16:24])
    assert whole[0] == 2 * width
    assert whole[1] > 2 * height + 150, "there is a headline above it, and a legend below"
    pixels = ferry.page.evaluate(
        """async (bytes) => {
          const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(picture.width, picture.height);
          const context = canvas.getContext("2d", { willReadFrequently: true });
          context.drawImage(picture, 0, 0);
          const at = (x, y) => [...context.getImageData(x, y, 1, 1).data];
          const inked = (x) => context.getImageData(x, 0, 200, picture.height).data
            .some((one, n) => n % 4 < 3 && one < 90);
          return [at(2, 2), inked(0) || inked(200), inked(picture.width - 300)];
        }""",
        list(data),
    )
    assert pixels[0] == [251, 250, 247, 255], "the background is that of the page"
    assert pixels[1:] == [True, True], "the drawing fills the picture"


def texts(data: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(data).iter(SVG + "text")]


def chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the chunks of a PNG, each with a right checksum."""
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (crc,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert crc == zlib.crc32(kind + body)
        yield kind.decode(), body
        at += 12 + length


def test_a_png_says_in_words_what_it_shows(ferry: Opened) -> None:
    found = list(chunks(take(ferry, "PNG")[1]))
    assert next(kind for kind, _ in found) == "IHDR"
    texts = dict(body.split(b"\0\0\0\0\0", 1) for kind, body in found if kind == "iTXt")
    assert texts[b"Title"].decode() == GRAPH.article.title
    alt = texts[b"Description"].decode()
    assert alt.startswith(f"Diagram of where “{GRAPH.article.title}” (The Harbour Ledger, ")
    assert "12 sources, 2 of them unnamed" in alt
    assert "Harbour Authority" in alt
    xmp = ElementTree.fromstring(texts[b"XML:com.adobe.xmp"].decode().lstrip("\ufeff"))
    held = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility"
    (node,) = xmp.iter(held)
    assert "".join(node.itertext()) == alt


def test_what_is_taken_bears_headline_outlet_date_legend_and_credit(ferry: Opened) -> None:
    data = take(ferry, "SVG")[1]
    words = texts(data)
    assert GRAPH.article.title in " ".join(words)
    assert any(one.startswith("The Harbour Ledger, ") for one in words)
    assert {"reported by", "derived from", "denies", "not said", "document"} <= set(words)
    assert "channel" in words
    assert any(one.startswith("From ferries.txt, by source-provenance") for one in words)
    root = ElementTree.fromstring(data)
    assert root.get("role") == "img"
    named = [root.find(f"{SVG}*[@id='{id}']") for id in root.attrib["aria-labelledby"].split()]
    told = " ".join(one.text or "" for one in named if one is not None)
    assert GRAPH.article.title in told
    assert "12 sources" in told
    ferry.page.evaluate("provenance.go({ path: 'recording' })")
    part = texts(take(ferry, "SVG")[1])
    assert "document" not in part, "the legend is that of what is shown"


def copied(opened: Opened, what: str) -> str:
    opened.page.evaluate("document.querySelector('#take').open = true")
    opened.page.evaluate("navigator.clipboard.writeText('')")
    opened.page.locator("#takeaway button", has_text=what).first.click()
    opened.page.wait_for_function(
        "() => navigator.clipboard.readText().then((text) => text !== '')"
    )
    return str(opened.page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize(
    "key", ["", "s:memo", "f:0", "c:0", "c:1", "c:2", "d:0", "e:0", "s:brandt"]
)
def test_a_paragraph_has_a_footnote_for_all_that_it_cites(ferry: Opened, key: str) -> None:
    ferry.page.evaluate("(key) => provenance.go({ select: key })", key)
    told, _, notes = copied(ferry, "Paragraph").partition("\n\n")
    cited = re.findall(r" \[(\d+)\]", told)
    numbered = dict(
        re.findall(r"^\[(\d+)\] The Harbour Ledger, 3 May 2024(?:, http\S+)?: (.+)$", notes, re.M)
    )
    assert set(cited) == set(numbered)
    assert cited
    assert told.endswith("(The Harbour Ledger, 3 May 2024)")
    for quotes in numbered.values():
        for words in re.findall("“(.+?)”(?= … “|$)", quotes):
            assert words in GRAPH.article.text
    if key.startswith("c:"):
        assert GRAPH.claims[int(key[2:])].text in told


def test_alternative_text_is_copied(ferry: Opened) -> None:
    assert copied(ferry, "Alt text").startswith("Diagram of where “")


def test_the_report_is_that_of_prov(ferry: Opened) -> None:
    name, data = take(ferry, "Report")
    assert name == "ferries.md"
    assert data == export([GRAPH], "markdown")


def test_tables_are_taken_for_a_spreadsheet_with_nothing_to_calculate(open_page: Open) -> None:
    evil = ('=HYPERLINK("x")', "\u200b+1", "＝1", "-2", "@SUM(A1)", "\t=1", "a,b", 'c "d"', "plain")
    sources = tuple(replace(one, name=evil[n % len(evil)]) for n, one in enumerate(GRAPH.sources))
    opened = open_page(replace(GRAPH, sources=sources), fragment="#view=table")
    seen = {}
    for table in opened.page.locator("#rows table").all():
        with opened.page.expect_download() as download:
            table.locator("caption button").click()
        data = Path(download.value.path()).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"\n" not in data.replace(b"\r\n", b"")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) - 1 == table.locator("tbody tr").count()
        seen[download.value.suggested_filename] = rows
    assert sorted(seen) == [
        f"ferries-{one}.csv" for one in ("claims", "disputes", "events", "flows", "sources")
    ]
    cells = [cell for rows in seen.values() for row in rows for cell in row]
    for cell in cells:
        first = cell.lstrip("\t\u200b ")[:1]
        assert unicodedata.normalize("NFKC", first) not in ("=", "+", "-", "@"), cell
    assert '\'=HYPERLINK("x")' in cells
    assert 'c "d"' in cells
    evidence = seen["ferries-flows.csv"][1][-1]
    assert evidence in GRAPH.article.text


def test_an_svg_holds_all_names_and_lines(ferry: Opened) -> None:
    name, data = take(ferry, "SVG")
    assert name == "ferries.svg"
    words = " ".join(texts(data))
    for source in GRAPH.sources:
        assert source.name in words
    root = ElementTree.fromstring(data)
    assert root.find(SVG + "title") is not None
    colours = {one.get("stroke") for one in root.iter(SVG + "path")}
    assert {"rgb(31,95,168)", "rgb(163,87,15)", "rgb(179,38,30)"} <= colours
    assert b"NaN" not in data
    assert b"undefined" not in data


def test_a_drawing_shows_what_is_shown(ferry: Opened) -> None:
    ferry.page.evaluate("provenance.go({ path: 'recording' })")
    names = set(texts(take(ferry, "SVG")[1]))
    assert {"radio recording", "coast guard"} <= names
    assert "leaked memo" not in names


def test_the_network_is_whole_after_a_picture(ferry: Opened) -> None:
    take(ferry, "SVG")
    take(ferry, "PNG")
    ferry.click("s:memo")
    assert ferry.selected() == "s:memo"


def test_what_is_copied_leaves_the_names_in_the_menu(ferry: Opened) -> None:
    ferry.page.locator("#take summary").click()
    before = ferry.page.locator("#takeaway").inner_text()
    for name in ("Paragraph", "Alt text", "Link", "Embed"):
        ferry.page.locator("#takeaway button", has_text=name).click()
        ferry.page.locator("#notice", has_text="Copied").wait_for()
        assert ferry.page.locator("#takeaway").inner_text() == before


def test_a_page_that_may_not_copy_says_so(open_page: Open) -> None:
    page = open_page(GRAPH).page
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
          document.execCommand = () => false;
        }"""
    )
    page.locator("#take summary").click()
    page.locator("#takeaway button", has_text="Link").click()
    page.locator("#notice", has_text="did not let the page copy").wait_for()
    assert page.locator("textarea").count() == 0


def test_a_table_is_no_picture(ferry: Opened) -> None:
    ferry.page.evaluate("provenance.go({ view: 'table' })")
    ferry.page.locator("#take summary").click()
    shown = ferry.page.locator("#takeaway b:visible").all_inner_texts()
    assert {"Paragraph", "Report", "Tables", "Turtle", "JSON"} <= set(shown)
    assert {"PNG", "SVG", "Alt text"}.isdisjoint(shown)


def test_link_and_code_to_embed_are_copied(ferry: Opened) -> None:
    ferry.page.evaluate("provenance.go({ select: 's:memo', view: 'time' })")
    ferry.page.locator("#take summary").click()
    ferry.page.locator("#takeaway button", has_text="Link").click()
    link = ferry.page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("ferries.html#select=s:memo&view=time")
    ferry.page.locator("#takeaway button", has_text="Embed").click()
    ferry.page.wait_for_function(
        "() => navigator.clipboard.readText().then((text) => text.startsWith('<iframe'))"
    )
    code = ferry.page.evaluate("navigator.clipboard.readText()")
    assert 'src="ferries.html#select=s:memo&amp;view=time&amp;frozen"' in code
    assert 'sandbox="allow-scripts"' in code
    ferry.page.keyboard.press("Escape")
    assert ferry.page.locator("#take").get_attribute("open") is None


def test_a_frozen_page_has_no_tools_and_still_shows_evidence(open_page: Open) -> None:
    opened = open_page(GRAPH, frozen=True)
    page = opened.page
    assert not page.locator("#tools").is_visible()
    assert page.locator("#turtle-0, #json-0").count() == 0
    opened.click("f:0")
    assert opened.selected() == "f:0"
    assert opened.shows_evidence()
    assert page.locator("#panel", has_text="Correct…").count() == 0
    assert page.evaluate("history.length") == page.evaluate("window.before ?? history.length")


def test_an_embedded_page_works_in_its_sandbox(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text(render_page([GRAPH]), encoding="utf-8")
    host = tmp_path / "host.html"
    host.write_text(
        '<iframe src="story.html#select=s:memo&amp;frozen" sandbox="allow-scripts"'
        ' width="1200" height="700"></iframe>'
    )
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    assert "leaked memo" in frame.locator("#panel h2").inner_text()
    before = page.evaluate("history.length")
    frame.locator("#panel .row").first.click()
    frame.locator("#panel .chips").wait_for()
    assert frame.locator("#text mark.evidence").count() > 0
    assert page.evaluate("history.length") == before, "the story's own history is left alone"
    context.close()
    assert complaints == []


def test_prov_view_makes_a_frozen_page(prov: Prov, tmp_path: Path) -> None:
    graph = tmp_path / "ferries.ttl"
    graph.write_bytes(export([GRAPH], "turtle"))
    assert prov("view", graph, "--frozen", "-o", "embed.html").exit_code == 0
    assert '<html lang="en" data-frozen>' in (tmp_path / "embed.html").read_text(encoding="utf-8")
    assert prov("view", graph, "-o", "page.html").exit_code == 0
    assert "data-frozen>" not in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_on_paper_the_graph_is_a_drawing_that_fits_the_first_page(open_page: Open) -> None:
    opened = open_page(GRAPH, color_scheme="dark")
    page = opened.page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1017})  # A4 less its margins
    drawing = page.locator("#drawing svg").bounding_box()
    assert drawing["width"] <= 688
    assert drawing["y"] + drawing["height"] < 1017
    assert not page.locator("#graph").is_visible()
    background = page.locator("#drawing rect").first.get_attribute("fill")
    assert background == "#fff", "paper is light"
    for gone in ("#tools", "#crumbs", "#panel .actions", "#tip"):
        assert not page.locator(gone).first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#drawing svg").count() == 0


@pytest.mark.parametrize("width", [1440, 760, 390])
def test_on_paper_the_whole_graph_is_seen_whatever_the_screen(open_page: Open, width: int) -> None:
    opened = open_page(GRAPH, viewport={"width": width, "height": 800})
    opened.page.evaluate("provenance.network().moveTo({ scale: 2 })")
    before = opened.page.evaluate("provenance.network().getScale()")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawing = ElementTree.fromstring(opened.page.locator("#drawing").inner_html())
    left, top, across, down = map(float, drawing.attrib["viewBox"].split())
    texts = {"".join(one.itertext()): one for one in drawing.iter(SVG + "text")}
    for source in GRAPH.sources:
        node = texts[next(line for line in texts if source.name.startswith(line))]
        assert left <= float(node.attrib["x"]) <= left + across
        assert top <= float(node.attrib["y"]) <= top + down
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.evaluate("provenance.network().getScale()") == pytest.approx(before)


def test_a_page_for_a_thousand_words_is_small() -> None:
    words = make_ferries_article().text.split()
    text = make_ferries_article().text + "\n\n" + " ".join(words * (1000 // len(words)))
    page = render_page([replace(GRAPH, article=make_ferries_article(text=text))])
    assert len(page.encode()) < 1_500_000
    data = re.search(r'id="json-0">(.*?)</script>', page, re.DOTALL)
    assert data
    assert json.loads(data[1])["sources"]


def test_on_paper_every_list_is_whole(open_page: Open) -> None:
    page = open_page(GRAPH).page
    folded = page.locator("#panel details.more:not(.why)")
    assert folded.count() > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for one in folded.all():
        assert one.locator("li, p").first.is_visible()
        assert not one.locator("summary").is_visible()
    drawing = page.locator("#drawing svg").bounding_box()
    box = page.locator("#drawing svg").get_attribute("viewBox")
    across, down = map(float, box.split()[2:])
    assert drawing["width"] / drawing["height"] == pytest.approx(across / down, rel=0.05)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#panel details.more[open]").count() == 0
