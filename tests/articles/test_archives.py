"""Web archives as crawlers write them: nothing in them vanishes."""

import gzip
import http.server
import io
import json
import random
import threading
import zlib
from pathlib import Path

import brotli
import pytest
import rdflib
import zstandard
from rdflib.namespace import PROV, RDF

from provenance import vocab
from provenance.articles.corpus import archives, find_items, read_item
from provenance.articles.corpus.archives import read_archive
from provenance.articles.corpus.warc import read_records
from provenance.model import Article, Failure, Item, Passed
from provenance.pipeline import Graph, build_record
from provenance.rdf import read_graphs, write_graphs
from tests.conftest import Prov
from tests.helpers.web_archives import answer, chunked, members, record, response, story, wacz

SP, SCHEMA = (rdflib.Namespace(vocab.PREFIXES[name]) for name in ("sp", "schema"))
URL = "https://county.example/bridge"
PAGE = story(1).encode()


def read(data: bytes, name: str = "a.warc") -> list[Item | Failure | Passed]:
    return list(read_archive(name, io.BytesIO(data)))


def pages(data: bytes, name: str = "a.warc") -> list[Item]:
    return [one for one in read(data, name) if isinstance(one, Item)]


def failures(data: bytes, name: str = "a.warc") -> list[str]:
    return [one.reason for one in read(data, name) if isinstance(one, Failure)]


def passed(data: bytes, name: str = "a.warc") -> dict[str, int]:
    return {why: n for one in read(data, name) if isinstance(one, Passed) for why, n in one.counts}


def deflated(data: bytes, bits: int) -> bytes:
    packing = zlib.compressobj(wbits=bits)
    return packing.compress(data) + packing.flush()


SENT = {
    "gzip": (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
    "x-gzip": (gzip.compress(PAGE), {"Content_Encoding": "x-gzip"}),
    "gzip, decoded": (PAGE, {"Content_Encoding": "gzip"}),
    "gzip, not said": (gzip.compress(PAGE), {}),
    "gzip twice": (gzip.compress(gzip.compress(PAGE)), {"Content_Encoding": "gzip"}),
    "gzip in parts": (members(PAGE[:99], PAGE[99:]), {"Content_Encoding": "gzip"}),
    "deflate": (deflated(PAGE, 15), {"Content_Encoding": "deflate"}),
    "deflate, raw": (deflated(PAGE, -15), {"Content_Encoding": "deflate"}),
    "deflate, decoded": (PAGE, {"Content_Encoding": "deflate"}),
    "br": (brotli.compress(PAGE), {"Content_Encoding": "br"}),
    "br, decoded": (PAGE, {"Content_Encoding": "br"}),
    "zstd": (zstandard.compress(PAGE), {"Content_Encoding": "zstd"}),
    "zstd, decoded": (PAGE, {"Content_Encoding": "zstd"}),
    "chunked": (chunked(PAGE), {"Transfer_Encoding": "chunked"}),
    "chunked, decoded": (PAGE, {"Transfer_Encoding": "chunked"}),
    "br in gzip": (gzip.compress(brotli.compress(PAGE)), {"Content_Encoding": "br, gzip"}),
    "gzip in chunks": (
        chunked(gzip.compress(PAGE)),
        {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"},
    ),
    "br in chunks that were joined": (
        brotli.compress(PAGE),
        {"Transfer_Encoding": "chunked", "Content_Encoding": "br"},
    ),
    "identity": (PAGE, {"Content_Encoding": "identity"}),
}  # fmt: skip


@pytest.mark.parametrize("how", SENT)
def test_a_body_is_read_as_sent_and_as_decoded(how: str) -> None:
    body, headers = SENT[how]
    (found,) = pages(response(URL, answer(body, **headers)))
    assert found.data == PAGE


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE)[:-40], {"Content_Encoding": "gzip"}),
        (deflated(PAGE, 15)[:-40], {"Content_Encoding": "deflate"}),
        (brotli.compress(PAGE)[:-40], {"Content_Encoding": "br"}),
        (zstandard.compress(PAGE)[:-40], {"Content_Encoding": "zstd"}),
        (chunked(PAGE)[:-60], {"Transfer_Encoding": "chunked"}),
        (chunked(PAGE, end=b""), {"Transfer_Encoding": "chunked"}),
        (PAGE[:-200], {"Content_Length": str(len(PAGE))}),
        (PAGE, {"Content_Range": "bytes 0-700/90000"}),
        (PAGE, {"Content_Range": "bytes 300-700/701"}),
    ],
)
def test_a_body_that_is_cut_fails(body: bytes, headers: dict[str, str]) -> None:
    status = "HTTP/1.1 206 Partial Content" if "Content_Range" in headers else "HTTP/1.1 200 OK"
    data = response(URL, answer(body, status, **headers))
    assert len(failures(data)) == 1
    assert URL in failures(data)[0]
    assert pages(data) == []


def test_a_body_that_unpacks_to_very_much_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST", 1_000_000)
    much = b"<p>" + b"a" * 3_000_000
    packed = {
        "gzip": gzip.compress(much),
        "br": brotli.compress(much),
        "zstd": zstandard.compress(much),
        "deflate": deflated(much, 15),
    }
    for coding, body in packed.items():
        (why,) = failures(response(URL, answer(body, Content_Encoding=coding)))
        assert "more than 1 MB" in why


@pytest.mark.parametrize(
    "head",
    [
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        "HTTP/1.0 200\r\ncontent-type: TEXT/HTML;charset=utf-8\r\n\r\n",
        "HTTP/2 200\r\ncontent-type: text/html\r\n\r\n",
        "HTTP/2.0 200 \r\ncontent-type: text/html\r\n\r\n",
        "HTTP/3 200\r\ncontent-type: application/xhtml+xml\r\n\r\n",
        ":status: 200\r\ncontent-type: text/html\r\n\r\n",
        "HTTP/1.1 203 Non-Authoritative Information\r\nContent-Type: text/html\r\n\r\n",
        "HTTP/1.1 206 Partial Content\r\nContent-Type: text/html\r\n\r\n",
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-99/100\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Type: text/html\n\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n",
    ],
)
def test_heads_of_every_version(head: str) -> None:
    (found,) = pages(response(URL, head.encode() + PAGE))
    assert found.data == PAGE
    assert found.name == "bridge.html"


@pytest.mark.parametrize(
    ("body", "kind", "suffix"),
    [
        (PAGE, "", ".html"),
        (b"\xef\xbb\xbf<!-- saved --><html><body>x", "", ".html"),
        (b"<article><p>x</p></article>", "unknown/unknown", ".html"),
        (b"The mayor said on Monday that the bridge was shut.", "", ".txt"),
        (b"The mayor said so.", "text/plain", ".txt"),
        (b"%PDF-1.4 ...", "", ".pdf"),
        (b"%PDF-1.4 ...", "application/octet-stream", ".pdf"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "application/xml", ".html"),
        (b"<?xml version='1.0'?><rss>", "application/xml", ""),
        (b"\x89PNG\r\n\x1a\n\0\0", "", ""),
        (b"PK\x03\x04\0\0", "application/octet-stream", ""),
        (b"{}", "application/json", ""),
    ],
)
def test_what_a_page_is_where_nobody_says_it(body: bytes, kind: str, suffix: str) -> None:
    data = response(URL, answer(body, Content_Type=kind))
    assert [one.name for one in pages(data)] == ([f"bridge{suffix}"] if suffix else [])
    assert passed(data) == ({} if suffix else {f"type {kind or 'not said'}": 1})


def test_all_that_is_no_page_is_counted_by_reason() -> None:
    data = b"".join(
        [
            record("warcinfo", b"software: Spider 3\r\n"),
            record("request", b"GET / HTTP/1.1\r\n\r\n", WARC_Target_URI=URL),
            response(URL, answer(PAGE, WARC_Payload_Digest="sha1:A")),
            response(URL + "/2", answer("", "HTTP/1.1 301 Moved Permanently")),
            response(URL + "/3", answer("", "HTTP/1.1 302 Found")),
            response(URL + "/4", answer(story(4), "HTTP/1.1 404 Not Found")),
            response(URL + "/5", answer("", "HTTP/1.1 304 Not Modified")),
            response(URL + "/6.png", answer(b"\x89PNG", Content_Type="image/png")),
            response(URL + "/7.png", answer(b"\x89PNG", Content_Type="image/png")),
            response("https://a.example/robots.txt", answer("Allow", Content_Type="text/plain")),
            response(URL + "/8", answer("")),
            record("metadata", b"via: x", WARC_Target_URI=URL),
            record("revisit", answer(""), WARC_Target_URI=URL),
            record("revisit", answer(""), WARC_Target_URI=URL + "/elsewhere"),
            response(URL, answer(PAGE)),
            record("wholly-new", b"x", WARC_Target_URI=URL),
        ]
    )  # fmt: skip
    assert len(pages(data)) == 1
    assert failures(data) == []
    assert passed(data) == {
        "about the crawl": 1,
        "request": 1,
        "redirect (301)": 1,
        "redirect (302)": 1,
        "answer 404": 1,
        "unchanged (304)": 1,
        "type image/png": 2,
        "for programs": 1,
        "empty": 1,
        "metadata": 1,
        "revisit of a page that is here": 1,
        "revisit of a page that is not here": 1,
        "same as a capture before it": 1,
        "wholly-new": 1,
    }


def test_resources_and_conversions_are_pages_once() -> None:
    def resource(url: str, kind: str = "text/html", what: str = "resource") -> bytes:
        data = PAGE if kind == "text/html" else b"Bridge 1 is shut, the surveyor said on Friday."
        return record(what, data, WARC_Target_URI=url, Content_Type=kind)

    assert len(pages(resource(URL))) == 1
    assert len(pages(resource("file:///saved/bridge.html"))) == 1
    (text,) = pages(resource(URL, "text/plain", "conversion"))
    assert read_item(text).url == URL
    (taken,) = pages(resource("urn:text:" + URL, "text/plain"))
    assert read_item(taken).url == URL
    twice = response(URL, answer(PAGE)) + resource(URL, "text/plain", "conversion")
    assert len(pages(twice)) == 1
    assert passed(twice + resource("urn:text:" + URL, "text/plain")) == {
        "made from a page that is here": 2
    }
    assert passed(resource("dns:county.example", "text/dns")) == {"type text/dns": 1}


def test_records_that_break_the_standard_are_read() -> None:
    one, other = (response(f"{URL}/{n}", answer(story(n))) for n in (1, 2))
    bare = response(f"{URL}/1", answer(story(1)), WARC_Record_ID="<urn:uuid:x>")[:-4]
    folded = other.replace(b"WARC-Target-URI: ", b"WARC-Target-URI:\r\n ")
    for data in (
        one + other,
        bare + other,
        b"\r\n\r\n" + one + b"\r\n\r\n\r\n" + other,
        one.replace(b"WARC/1.0\r\n", b"WARC/1.1\r\n") + other,
        one.replace(b"\r\nWARC-", b"\nWARC-") + other,
        one.replace(b"WARC-Target-URI: https://county.example/bridge/1",
                    b"warc-target-uri: <https://county.example/bridge/1>") + other,
        one + folded,
        gzip.compress(one + other),
        members(one, other),
        members(one, other) + bytes(512),
        gzip.compress(one[:700]) + gzip.compress(one[700:] + other),
        zstandard.compress(one) + zstandard.compress(other),
    ):  # fmt: skip
        assert [one.location for one in pages(data)] == [f"a.warc#{URL}/{n}" for n in (1, 2)]
        assert failures(data) == []


@pytest.mark.parametrize("left", [5, 60, 400, 640])
def test_a_cut_record_fails_and_those_before_it_do_not(left: int) -> None:
    one, other = (response(f"{URL}/{n}", answer(story(n))) for n in (1, 2))
    assert left < len(other) - 4
    packed = gzip.compress(other)
    for data in (one + other[:left], members(one) + packed[: len(packed) * left // 1000]):
        assert [one.name for one in pages(data)] == ["1.html"]
        assert len(failures(data)) == 1


def test_a_page_that_the_crawler_cut_fails() -> None:
    data = response(URL, answer(PAGE), WARC_Truncated="length")
    assert failures(data) == [f"cannot read a.warc#{URL}: cut by the crawler"]


def test_what_is_broken_in_the_middle_is_told_and_the_rest_is_read() -> None:
    first, broken, last = (response(f"{URL}/{n}", answer(story(n))) for n in (1, 2, 3))
    spoilt = bytearray(gzip.compress(broken))
    spoilt[40:90] = bytes(50)
    nameless = broken.replace(b"WARC-Target-URI", b"WARC-Other")
    unsized = broken.replace(b"Content-Length", b"Content-Width")
    for data in (
        gzip.compress(first) + bytes(spoilt) + gzip.compress(last),
        gzip.compress(first) + b"garbage, no member" + gzip.compress(last),
        first + b"no record at all\r\n" + last,
        first + nameless + last,
        first + unsized + last,
        first + b"WARC/1.0\r\n" + b"x: y\r\n" * 2000 + b"\r\n" + last,
    ):
        assert [one.name for one in pages(data)] == ["1.html", "3.html"]
        assert 1 <= len(failures(data)) <= 2
        assert all("\n" not in line for line in failures(data))


@pytest.mark.parametrize(
    "data", [b"", bytes(900), b"\r\n" * 9, gzip.compress(b"", mtime=0), b"no record"]
)
def test_an_archive_without_a_record_fails(data: bytes) -> None:
    (why,) = failures(data)
    assert "record" in why


def test_captures_of_one_address_are_articles_of_their_own() -> None:
    data = b"".join(
        response(URL, answer(story(1, more)), WARC_Date=f"2024-03-0{day}T08:00:00Z")
        for day, more in enumerate(("", "It is old.", "It is very old."), 1)
    )
    found = pages(data)
    assert len({one.location for one in found}) == 3
    assert [read_item(one).capture.date[:10] for one in found] == [  # type: ignore[union-attr]
        f"2024-03-0{day}" for day in (1, 2, 3)
    ]


def test_archives_within_archives_and_the_titles_of_their_pages() -> None:
    untitled = story(2).replace("<title>Bridge 2 is shut</title>", "").replace("h1", "h6")
    bare = untitled.replace("<h6>Bridge 2 is shut</h6>", "")
    listed = [{"url": f"{URL}/2", "title": "Bridge two is shut | County"}]
    inner = wacz({"archive/data.warc.gz": members(response(f"{URL}/2", answer(bare)))}, listed)
    outer = wacz({"archive/rec.warc": response(f"{URL}/1", answer(PAGE)), "more/crawl.wacz": inner})
    one, two = pages(outer, "a.wacz")
    assert (one.location, two.location) == (
        f"a.wacz/rec.warc#{URL}/1",
        f"a.wacz/crawl.wacz/data.warc.gz#{URL}/2",
    )
    assert read_item(two).title == "Bridge two is shut | County"
    assert read_item(one).title == "Bridge 1 is shut"


def test_archives_that_are_not_there_or_too_deep_are_told() -> None:
    assert failures(wacz({}), "a.wacz") == ["cannot read a.wacz: no web archive is in it"]
    package = (
        b'{"profile": "multi-wacz-package", "resources": [{"path": "https://x.example/c.wacz"}]}'
    )
    told = failures(wacz({"datapackage.json": package}), "a.wacz")
    assert any("c.wacz: it is not in the archive" in line for line in told)
    nested = wacz({"data.warc": response(URL, answer(PAGE))})
    for _ in range(6):
        nested = wacz({"deeper.wacz": nested})
    (told_once,) = failures(nested, "a.wacz")
    assert "archives within each other" in told_once


@pytest.mark.parametrize(
    ("charset", "encoding", "declared"),
    [
        ("ISO-8859-1", "cp1252", ""),
        ("windows-1252", "cp1252", "iso-8859-2"),
        ("ISO-8859-2", "iso-8859-2", "windows-1252"),
        ("windows-1250", "cp1250", ""),
        ("iso-8859-15", "iso-8859-15", "windows-1252"),
        ("UTF-8", "utf-8", "windows-1252"),
        ("no-such-thing", "utf-8", ""),
    ],
)
def test_the_charset_of_the_server_goes_before_the_page(
    charset: str, encoding: str, declared: str
) -> None:
    name = "Žofie Černá" if encoding.endswith(("8859-2", "1250")) else "Amélie Šimůnek"[:6]
    page = story(1, f"Nobody had asked {name}, she said.")
    if declared:
        page = page.replace("<head>", f"<head><meta charset={declared}>")
    data = page.encode(encoding, "ignore")
    (found,) = pages(response(URL, answer(data, Content_Type=f'text/html; charset="{charset}"')))
    assert name.encode(encoding, "ignore").decode(encoding) in read_item(found).text


def test_the_charset_of_the_server_counts_when_fetching_too() -> None:
    data = story(1, "Nobody had asked Žofie Černá, she said.").encode("iso-8859-2")
    with Serving(data, "text/html; charset=ISO-8859-2") as url:
        (found,) = find_items([url], private=True)
    assert isinstance(found, Item)
    assert "Žofie Černá" in read_item(found).text


class Serving:
    """A site with one page."""

    def __init__(self, data: bytes, kind: str) -> None:
        class Site(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(404 if self.path == "/robots.txt" else 200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self._server = http.server.HTTPServer(("127.0.0.1", 0), Site)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/story"

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def article() -> Article:
    crawl = record("warcinfo", b"software: Spider 3.1\r\noperator: County Library\r\n")
    page = response(URL, answer(PAGE), WARC_Payload_Digest="sha1:ABC")
    return read_item(pages(crawl + page, "crawls/a.warc")[0])


def test_how_a_page_was_captured_is_known() -> None:
    capture = article().capture
    assert capture is not None
    assert (capture.date, capture.record) == ("2024-03-09T08:30:00Z", "urn:uuid:one")
    assert (capture.digest, capture.archive) == ("sha1:ABC", "a.warc")
    assert (capture.software, capture.operator) == ("Spider 3.1", "County Library")


def test_a_capture_is_provenance_and_is_read_back(prov: Prov) -> None:
    graph = build_record(article(), extractor="syntax")
    assert read_graphs(write_graphs([graph], "nquads"), "nquads") == (graph,)
    rdf = Graph(graph).to_rdflib()
    (record,) = rdf.subjects(RDF.type, SP.ArchiveRecord)
    (about,) = rdf.subjects(RDF.type, SP.Article)
    (capture,) = rdf.objects(record, PROV.wasGeneratedBy)
    assert (about, PROV.wasDerivedFrom, record) in rdf
    assert str(rdf.value(capture, PROV.startedAtTime)) == "2024-03-09T08:30:00Z"
    makers = {
        (str(rdf.value(agent, SCHEMA.name)), (agent, RDF.type, PROV.SoftwareAgent) in rdf)
        for agent in rdf.objects(capture, PROV.wasAssociatedWith)
    }
    assert makers == {("Spider 3.1", True), ("County Library", False)}
    assert json.loads(Graph(graph).to_json())["capture"]["archive"] == "a.warc"
    Path("a.ttl").write_bytes(write_graphs([graph], "turtle"))
    checked = prov("check", "a.ttl")
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
@pytest.mark.parametrize("dated", [True, False])
def test_captures_are_versions_in_the_order_of_their_dates(
    prov: Prov, order: tuple[int, ...], dated: bool
) -> None:
    date = "<meta property='article:published_time' content='2024-03-01'>" if dated else ""
    more = ("", "", "It is old. ", "It is very old, and it leans. ")
    Path("a.warc").write_bytes(
        b"".join(
            response(
                URL,
                answer(story(1, more[day]).replace("<head>", f"<head>{date}")),
                WARC_Date=f"2024-03-0{day}T08:00:00Z",
            )
            for day in order
        )
    )
    assert prov("build", "a.warc", "--store", "store", "--extractor", "syntax").exit_code == 0
    when = "prov:wasDerivedFrom/prov:wasGeneratedBy/prov:startedAtTime"
    query = f"SELECT ?new ?old {{ ?n prov:wasRevisionOf ?o ; {when} ?new . ?o {when} ?old }}"
    done = prov("query", "-", "store", "--to", "csv", input=query)
    assert done.exit_code == 0, done.output
    found = {tuple(day[:10] for day in row.split(",")) for row in done.stdout.split()[1:]}
    assert found == {("2024-03-02", "2024-03-01"), ("2024-03-03", "2024-03-02")}


def test_the_same_page_of_two_crawls_is_one_article() -> None:
    one = read_item(pages(response(URL, answer(PAGE), WARC_Date="2024-01-01T00:00:00Z"))[0])
    other = read_item(pages(response(URL, answer(PAGE)), "b.warc")[0])
    assert one.capture != other.capture
    assert one.digest == other.digest


def test_archives_are_built_into_a_store(prov: Prov, tmp_path: Path) -> None:
    warc = members(
        response(URL, answer(PAGE)), response(URL + ".png", answer(b"x", Content_Type="image/png"))
    )
    Path("a.wacz").write_bytes(wacz({"archive/data.warc.gz": warc}))
    Path("b.warc").write_bytes(response(f"{URL}/{'long' * 90}", answer(story(2))))
    done = prov("build", "a.wacz", "b.warc", "--store", "store")
    assert done.exit_code == 0, done.output
    assert "2 articles built" in done.output
    assert "a.wacz: 1 record passed over (type image/png: 1)" in done.output
    quiet = prov("build", "a.wacz", "--store", "store", "-q")
    assert (quiet.exit_code, quiet.output) == (0, "")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "A.WACZ", "a.warc.zst", "a.parquet"])
def test_an_archive_is_no_article_by_itself(prov: Prov, name: str) -> None:
    Path(name).write_bytes(response(URL, answer(PAGE)))
    done = prov("build", name)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "--store takes it" in done.stderr


def whole_archive() -> list[bytes]:
    """Return the records of an archive with some of every kind."""
    return [
        record("warcinfo", b"software: Spider 3\r\n"),
        record("request", b"GET / HTTP/1.1\r\n\r\n", WARC_Target_URI=URL),
        response(f"{URL}/1", answer(story(1))),
        response(f"{URL}/2", answer(gzip.compress(story(2).encode()), Content_Encoding="gzip")),
        response(f"{URL}/3", answer("", "HTTP/1.1 301 Moved Permanently")),
        response(f"{URL}/4", answer(chunked(story(4).encode()), Transfer_Encoding="chunked")),
        record("revisit", answer(""), WARC_Target_URI=f"{URL}/1"),
        response(f"{URL}/5.png", answer(b"\x89PNG", Content_Type="image/png")),
        record("resource", story(6).encode(), WARC_Target_URI=f"{URL}/6", Content_Type="text/html"),
    ]


def told(data: bytes) -> tuple[int, int, int]:
    """Return how many articles, failures and records that were passed over *data* has."""
    found = read(data)
    over = sum(n for one in found if isinstance(one, Passed) for _, n in one.counts)
    kinds = [sum(isinstance(one, kind) for one in found) for kind in (Item, Failure)]
    return kinds[0], kinds[1], over


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_mutated_archive_no_record_vanishes(packed: bool) -> None:
    """What the reader finds is an article, a failure or passed over; and it finds all there are."""
    records = whole_archive()
    assert told(b"".join(records)) == (4, 0, 5)
    chance = random.Random(11)
    for _ in range(250):
        parts = [bytearray(gzip.compress(one) if packed else one) for one in records]
        spoilt = chance.randrange(len(parts))
        part = parts[spoilt]
        start = chance.randrange(len(part))
        match chance.randrange(4):
            case 0:
                part[start : start + chance.randrange(1, 40)] = chance.randbytes(8)
            case 1:
                del part[start : start + chance.randrange(1, 200)]
            case 2:
                part[start:start] = part[: chance.randrange(1, 60)]
            case 3:
                part[start] ^= 1 << chance.randrange(8)
        data = bytes(b"".join(parts))
        articles, failed, over = told(data)
        assert articles + failed + over == sum(1 for _ in read_records(io.BytesIO(data)))
        # One that is spoilt may take the one after it along, and is told then.
        assert articles + over >= len(records) - 2
        assert articles + failed + over >= len(records) - 1
