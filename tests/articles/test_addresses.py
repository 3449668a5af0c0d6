"""Addresses with a user or a password in them: refused, and shown nowhere."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.articles import parse_article
from provenance.articles.corpus.fetching import fetch
from provenance.common.files import check_no_user, without_user
from provenance.errors import ProvenanceError, RecordError
from provenance.model import Failure
from provenance.vocab import article_iri
from tests.conftest import Prov

BODY = "Mara Quint, the port director, said on Monday that the harbour will close in November."
PAGE = f"""<html><head><title>Harbour to close</title>
<link rel="canonical" href="https://ed:S3CRET@gazette.example/harbour"></head><body><article>
<h1>Harbour to close</h1><p>{BODY} <a href="https://ed:S3CRET@gazette.example/memo">A memo</a>
says so too.</p><p>{BODY.replace("November", "winter")}</p><p>{BODY.replace("Monday", "Friday")}</p>
</article></body></html>"""
TELLING = (
    "http://user:S3CRET@{host}/story",
    "HTTP://S3CRET@{host}/story",
    "https://user:S3C@RET@{host}/story",
    "http://:S3CRET@{host}",
    "http://us er:S3CRET@{host}/story",
    "http://us%20er:S3CRET%40@{host}/story",
    "http://user:S3\tCRET@{host}/story",
    "http://user:S3CRET@[::1]:99999/story",
    "http://user:S3CRET@[broken/story",
    "http:///user:S3CRET@{host}/story",
    "http:////S3CRET@{host}/story",
    "http://evil.example\\user:S3CRET@{host}/story",
    "http://user:S3/CRET@{host}/story",
    "http://user:S3?CRET@{host}/story",
    "http://user:#S3@CRET@{host}/story",
)


class _Moving(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.headers.get("Authorization", "") + self.path)
        self.send_response(404 if self.path == "/robots.txt" else 302)
        host = f"127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        number = int(self.path[1:]) if self.path[1:].isdecimal() else 0
        targets = [one.format(host=host) for one in TELLING if "\t" not in one]
        targets.append(f"//user:S3CRET@{host}/story")
        self.send_header("Location", targets[number])
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    _Moving.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Moving) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def leaks(folder: Path) -> list[Path]:
    """Return the files below *folder* in which the password stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if b"CRET" in path.read_bytes()]


@pytest.mark.parametrize("address", TELLING)
@pytest.mark.parametrize("how", [(), ("--store", "store"), ("--to", "json")])
def test_no_page_is_asked_with_a_password(
    prov: Prov, site: str, tmp_path: Path, address: str, how: tuple[str, ...]
) -> None:
    address = address.format(host=site.removeprefix("http://"))
    done = prov("build", address, "--private", "--keep-going", *how)
    assert done.exit_code == 1
    assert "CRET" not in done.output
    assert done.stderr.count("\n") <= 2  # a store says how many failed
    assert "holds a user or a password" in done.stderr
    assert _Moving.asked == []
    assert leaks(tmp_path) == []


@pytest.mark.parametrize("number", range(len(TELLING)))
def test_no_redirect_leads_to_a_password(site: str, number: int) -> None:
    found = fetch(f"{site}/{number}", private=True)
    assert isinstance(found, Failure)
    assert "CRET" not in found.reason + found.location
    assert _Moving.asked == ["/robots.txt", f"/{number}"]


def test_a_list_may_not_tell_one_either(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("s3a://KEY:S3CRET@bucket/a.txt\nhttp://u:S3CRET@a.example/b\n")
    done = prov("build", "@list", "--store", "store", "--keep-going")
    assert done.stderr.count("holds a user or a password") == 2
    assert "CRET" not in done.output
    (tmp_path / "list").unlink()
    assert leaks(tmp_path) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "s3a://KEY:S3CRET@bucket/a.txt"),
        ("build", "ftp://user:S3CRET@a.example/b"),
        ("build", "s3a://KEY:S3CRET@bucket/a.txt", "--engine", "spark"),
        ("build", "a.txt", "--base-iri", "https://user:S3CRET@a.example/"),
        ("build", "a.txt", "--base-iri", "https://user:S3/CRET@a.example/"),
        ("build", "s3a://KEY:S3/CRET+@bucket/a.txt"),
        ("push", "a.ttl", "https://user:S3/CRET@a.example/store"),
        ("query", "chains", "https://user:S?/CRET@a.example/sparql"),
        ("push", "a.ttl", "https://user:S3CRET@[a.example/store"),
        ("push", "a.ttl", "ftp://user:S3CRET@a.example/store"),
        ("query", "chains", "https://S3CRET@a.example/sparql"),
        ("query", "chains", "https://us\ner:S3CRET@a.example/sparql"),
        ("trace", "https://user:S3CRET@a.example/a.ttl"),
    ],
)
def test_no_error_shows_one(prov: Prov, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text(f"Harbour to close\n\n{BODY}\n")
    (tmp_path / "a.ttl").write_text("")
    done = prov(*arguments)
    assert done.exit_code in (1, 2)
    assert "CRET" not in done.output
    assert leaks(tmp_path) == []


def test_what_a_page_says_of_itself_is_kept_without(prov: Prov, tmp_path: Path) -> None:
    article = parse_article(PAGE.encode(), "a.html")
    assert article.url == "https://gazette.example/harbour"
    assert [link.url for link in article.links] == ["https://gazette.example/memo"]


def test_rows_and_archives_are_kept_without(prov: Prov, tmp_path: Path) -> None:
    url = "https://ed:S3CRET@gazette.example/harbour"
    inputs = tmp_path / "in"
    inputs.mkdir()
    row = {"text": f"{BODY}\n\n{BODY}", "url": url}
    (inputs / "rows.jsonl").write_text(json.dumps(row))
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
    head += "Content-Type: application/http; msgtype=response\r\n"
    head += f"Content-Length: {len(answer)}\r\n\r\n"
    (inputs / "pages.warc").write_text(f"{head}{answer}\r\n\r\n", newline="")
    done = prov("build", *inputs.iterdir(), "--store", "store", "--no-text")
    assert done.exit_code == 0, done.output
    assert leaks(tmp_path / "store") == []
    assert prov("export", "store", "--to", "nquads").exit_code == 1  # it is no file
    listed = prov("independence", "store", "--to", "json").stdout
    assert "CRET" not in listed


def test_names_of_containers_are_no_users() -> None:
    for name in (
        "abfss://news@account.dfs.core.windows.net/a.txt",
        "https://a.example/@ada/1?to=b@c.example",
        "https://a.example?to=b@c.example",
        "https://a.example:8443/@ada",
        "https://a.example:/b@c",
        "http://[::1]:80/b@c",
        "http://[2001:db8::1]/@ada",
        "http://a.example:8443?to=b@c.example",
        "http://a.example/x:y/@ada",
        "file:///C:/news/ada@desk.txt",
        "https://a.example#b@c",
        "mail@a.example",
        "a:b@c",
    ):
        check_no_user(name)
        assert without_user(name) == name


def test_taking_one_out_takes_time_in_proportion() -> None:
    for piece in (
        "http://",
        "http:/",
        "http:/a:b",
        "http:/a:1/",
        "a:",
        "//:",
        "a://b:",
        "x",
        "@",
        "a://b:c@",
        "a://b:c/",
        "a://b:c/x@",
        " ",
    ):
        short, long = (_least_time(piece * count) for count in (20_000, 80_000))
        assert long < 10 * max(short, 0.002), piece  # four times as long; the square is sixteen


def _least_time(text: str) -> float:
    """Return the least processor time of three that *text* takes, in seconds."""
    times = []
    for _ in range(3):
        began = time.process_time()
        without_user(text)
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("sign", ["\uff20", "\ufe6b"])
def test_signs_that_become_an_at_are_one(sign: str) -> None:
    with pytest.raises(ProvenanceError) as told:
        check_no_user(f"http://user:S3CRET{sign}a.example/b")
    assert "CRET" not in str(told.value)


def test_no_name_begins_with_one() -> None:
    with pytest.raises(RecordError, match="not a base IRI") as caught:
        article_iri("0" * 64, "https://user:S3CRET@a.example/")
    assert "CRET" not in str(caught.value)
    with pytest.raises(ProvenanceError) as told:
        check_no_user("http://user:S3CRET@a.example/b")
    assert "CRET" not in str(told.value)
