"""Where articles come from: lists, rows, archives, addresses, and what is wrong with them."""

import gzip
import http.server
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from provenance.articles.corpus import digest_of, find_items, read_item
from provenance.articles.corpus.fetching import fetch
from provenance.model import Failure, Item, Passed
from tests.conftest import Prov

STORY = "The ferry line will close in November, Mara Quint, the port director, said on Monday."
PAGE = f"<html><head><title>Ferries</title></head><body><p>{STORY}</p><p>{STORY}</p></body></html>"


def items(*names: object, **fields: str) -> list[Item]:
    found = list(find_items(map(str, names), fields))
    assert all(isinstance(one, Item | Passed) for one in found), found
    return [one for one in found if isinstance(one, Item)]


def failures(*names: object) -> list[str]:
    return [one.reason for one in find_items(map(str, names)) if isinstance(one, Failure)]


def test_files_folders_patterns_and_lists(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "deep/c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY)
    (tmp_path / "all.list").write_text(f"# news\n{tmp_path}/b.txt\n\n{tmp_path}/deep\n")
    assert [i.name for i in items(tmp_path)] == ["a.txt", "b.txt", "c.html"]
    assert [i.name for i in items(f"{tmp_path}/*.txt")] == ["a.txt", "b.txt"]
    assert [i.name for i in items(f"@{tmp_path}/all.list")] == ["b.txt", "c.html"]


def test_standard_input_is_an_article_or_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    given(STORY.encode())
    (first,) = items("-")
    given(b"Another. " + STORY.encode())
    (other,) = items("-")
    assert first.data == STORY.encode()
    assert first.location != other.location, "the second takes the place of the first in a store"
    (tmp_path / "a.txt").write_text(STORY)
    given(f"{tmp_path}/a.txt\n{tmp_path}/none.txt\n".encode())
    (listed, missing) = find_items(["@-"])
    assert isinstance(listed, Item)
    assert isinstance(missing, Failure)


def test_rows_of_json_lines(tmp_path: Path) -> None:
    row = {"body": STORY, "headline": "Ferries", "outlet": "Gazette", "date": "3 May 2024"}
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps(row) + "\n\n" + json.dumps(row | {"outlet": "Post"}) + "\n")
    first, second = items(file)
    article = read_item(first)
    assert (article.title, article.publisher, article.published) == (
        *("Ferries", "Gazette"),
        "2024-05-03",
    )
    assert first.location == f"{file}#1"
    assert digest_of(first) == article.digest != digest_of(second)
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert [i.data for i in items(packed)] == [first.data, second.data]


def test_columns_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "n.jsonl").write_text(json.dumps({"Volltext": STORY, "Blatt": "Gazette"}))
    (found,) = items(tmp_path / "n.jsonl", text="Volltext", publisher="Blatt")
    assert read_item(found).publisher == "Gazette"


def test_rows_of_parquet(tmp_path: Path) -> None:
    table = pyarrow.table(
        {"text": [STORY, STORY + " Again."], "url": ["https://a.example/1", None]}
    )
    parquet.write_table(table, tmp_path / "news.parquet")
    first, second = items(tmp_path / "news.parquet")
    assert read_item(first).url == "https://a.example/1"
    assert second.data.endswith(b"Again.")


def warc() -> bytes:
    """Return a web archive of three answers (ISO 28500), each record compressed by itself."""
    records = []
    for url, kind, status in (
        ("https://a.example/news/ferries", "text/html", "200 OK"),
        ("https://a.example/logo.png", "image/png", "200 OK"),
        ("https://a.example/gone", "text/html", "404 Not Found"),
    ):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{PAGE}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2024-05-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n"
        )
        records.append(gzip.compress(head.encode() + b"\r\n" + answer + b"\r\n\r\n"))
    return b"".join(records)


def test_pages_of_web_archives(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc())
    with zipfile.ZipFile(tmp_path / "b.wacz", "w") as packed:
        packed.writestr("archive/data.warc.gz", warc())
        packed.writestr("../../evil.txt", "never unpacked")
    for name in ("a.warc.gz", "b.wacz"):
        (found,) = items(tmp_path / name)
        article = read_item(found)
        assert article.url == "https://a.example/news/ferries"
        assert STORY in article.text


def test_what_is_wrong_is_one_line_each_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(f'{{"text": "{STORY}"}}\n{{broken\n[1]\n{{"text": " "}}\n')
    found = list(find_items([str(tmp_path / "bad.jsonl"), str(tmp_path / "no.txt")]))
    assert isinstance(found[0], Item)
    assert len(found) == 5
    told = failures(tmp_path / "bad.jsonl", tmp_path / "no.txt", f"{tmp_path}/*.none")
    assert [part in line for part, line in zip(
        ("#2: not JSON", "#3: no object", "#4: no text", "no such file", "nothing matches"),
        told,
        strict=True,
    )] == [True] * 5  # fmt: skip
    (tmp_path / "cut.warc.gz").write_bytes(warc()[:200])
    (tmp_path / "cut.wacz").write_bytes(b"PK\x03\x04 not a zip")
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")
    for name in ("cut.warc.gz", "cut.wacz", "cut.parquet"):
        assert all("\n" not in line for line in failures(tmp_path / name))
    assert failures(tmp_path / "cut.wacz", tmp_path / "cut.parquet")


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self._answer(200, "User-agent: *\nDisallow: /secret\n", "text/plain")
        elif self.path.startswith("/moved"):
            left = int(self.path.removeprefix("/moved") or 0)
            self.send_response(302)
            self.send_header("Location", f"/moved{left - 1}" if left else "/story")
            self.end_headers()
        elif self.path == "/huge":
            self._answer(200, "x" * 21_000_000, "text/html")
        elif self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        else:
            self._answer(200 if self.path in ("/story", "/secret") else 404, PAGE, "text/html")

    def _answer(self, status: int, text: str, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        try:
            self.wfile.write(text.encode())
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_is_fetched(site: str) -> None:
    found = fetch(f"{site}/moved2", private=True)
    assert isinstance(found, Item)
    article = read_item(found)
    assert STORY in article.text
    assert article.url == f"{site}/story"


def test_the_command_fetches_a_page(site: str, prov: Prov, tmp_path: Path) -> None:
    refused = prov("build", f"{site}/story", "-o", tmp_path / "none")
    assert refused.exit_code == 1
    assert "private network" in refused.stderr
    assert not (tmp_path / "none").exists()
    built = prov("build", f"{site}/moved1", "--private", "-o", tmp_path)
    assert built.exit_code == 0
    assert f"schema:url <{site}/story>" in (tmp_path / "moved1.ttl").read_text()


REFUSED = {
    "/secret": "robots.txt",
    "/moved9": "redirects",
    "/huge": "larger than",
    "/none": "said 404",
    "/file": "neither http nor https",
}


@pytest.mark.parametrize("path", REFUSED)
def test_what_is_not_fetched(site: str, path: str) -> None:
    found = fetch(site + path, private=True)
    assert isinstance(found, Failure)
    assert REFUSED[path] in found.reason


@pytest.mark.parametrize("host", ["", "localhost", "[::1]", "0x7f000001", "127.1"])
def test_private_addresses_are_refused(site: str, host: str) -> None:
    port = site.rpartition(":")[2]
    found = fetch(f"http://{host or '127.0.0.1'}:{port}/story")
    assert isinstance(found, Failure)
    assert "private network" in found.reason or "no connection" in found.reason
