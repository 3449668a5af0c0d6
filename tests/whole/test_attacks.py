"""Inputs that would end a run, fill the memory or take for ever; the others are read."""

import gzip
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.articles import article_from_text, parse_article
from provenance.articles.corpus import find_items
from provenance.articles.corpus.responses import suffix_of
from provenance.errors import ArticleError
from provenance.model import Failure
from tests.conftest import Prov
from tests.helpers.places import ROOT

GOOD = "The minister said that the dam had cracked.\n\nThe engineer denied that it had cracked.\n"
PAGE = "<p>The minister said that the dam had cracked, according to a leaked report.</p>" * 6


# ---- one bad article among good ones


def page(charset: str, letter: bytes = b"\xff") -> bytes:
    head = f'<html><head><meta charset="{charset}"><title>A dam</title></head><body><article>'
    return head.encode() + PAGE.encode() + b"<p>He said so" + letter + b".</p></article></html>"


def warc(*records: tuple[str, bytes]) -> bytes:
    return b"".join(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n"
        b"Content-Type: application/http; msgtype=response\r\n\r\n%s\r\n\r\n"
        % (address.encode(), len(whole), whole)
        for address, data in records
        for whole in [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + data]
    )


def complaints(data: bytes, name: str) -> list[str]:
    """Return the lines of what is said of *data* that is no article, none if it is one."""
    try:
        assert parse_article(data, name).text
    except ArticleError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize(
    "charset",
    [
        *("undefined", "punycode", "idna", "rot13", "base64", "hex", "zip", "bz2", "quopri"),
        *("mbcs", "oem", "unicode_escape", "raw_unicode_escape", "utf-7", "utf-32", "charmap"),
        *("nonsense", "..", "cp65001", "unicode-1-1-utf-7", "ascii", "utf_16", "uu"),
    ],
)
def test_no_declared_encoding_ends_a_run(charset: str) -> None:
    for letter in (b"\xff", b"\xe9", b"\x81\x8d"):
        assert len(complaints(page(charset, letter), "a.html")) <= 1


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "shift_jis", "iso-8859-2", "gbk"])
def test_encodings_of_pages_are_read(charset: str) -> None:
    letter = {"shift_jis": "水", "gbk": "中", "iso-8859-2": "ł"}.get(charset, "ж").encode(charset)
    assert letter.decode(charset) in parse_article(page(charset, letter), "a.html").text


def test_a_mail_in_an_encoding_that_is_none() -> None:
    head = "From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    for charset in ("undefined", "punycode", "base64", "utf-7"):
        kind = f"Content-Type: text/plain; charset={charset}\r\n\r\n"
        data = (head + kind + GOOD).encode() + b"\xff"
        assert len(complaints(data, "a.eml")) <= 1


@pytest.mark.parametrize(
    "source",
    [
        "<body><html><script type='application/ld+json'>",
        "<style><html>",
        "<html><noscript>",
        "<!doctype html><frameset><frame>",
    ],
)
def test_a_page_without_a_body_is_one_line(source: str) -> None:
    with pytest.raises(ArticleError, match="cannot read a"):
        parse_article(source.encode(), "a.html")


def bad_ones(folder: Path) -> None:
    (folder / "0-page.html").write_bytes(page("undefined"))
    (folder / f"{'s' * 251}.txt").write_text(GOOD)
    (folder / f"{'ä' * 125}.txt").write_text(GOOD + "A.")
    (folder / "1-web.warc").write_bytes(
        warc(
            ("http://a.example/" + "u" * 300, GOOD.encode() + PAGE.encode()),
            ("http://b.example/", page("undefined")),
        )
    )
    (folder / "2-good.txt").write_text(GOOD + "B.")


@pytest.mark.parametrize("where", ["--store", "-o"])
def test_no_article_ends_a_run_that_goes_on(prov: Prov, tmp_path: Path, where: str) -> None:
    (tmp_path / "in").mkdir()
    bad_ones(tmp_path / "in")
    files = [
        p for p in sorted((tmp_path / "in").iterdir()) if where == "--store" or p.suffix != ".warc"
    ]
    result = prov("build", *files, "--keep-going", where, tmp_path / "out")
    assert result.exit_code in (0, 1), result.output
    for line in result.stderr.splitlines():
        assert re.match(r"prov: cannot (?:read|write|use) |.*articles built$|next: ", line)
    again = prov("build", tmp_path / "in/2-good.txt", "--keep-going", where, tmp_path / "out")
    assert again.exit_code == 0


def test_a_bug_ends_nothing_but_its_article(
    prov: Prov, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong with one article of many is a line, and the others are built."""
    from provenance.resolution import resolve_sources as resolve

    def broken(article, *rest):  # type: ignore[no-untyped-def]
        if article.name == "0.txt":
            raise ZeroDivisionError("of the\ntest")
        return resolve(article, *rest)

    monkeypatch.setattr("provenance.resolution.resolve_sources", broken)
    for name in ("0.txt", "1.txt"):
        (tmp_path / name).write_text(GOOD + name)
    for where in ("--store", "-o"):
        args = ("build", tmp_path / "0.txt", tmp_path / "1.txt", where, tmp_path / f"out{where}")
        result = prov(*args, "--keep-going")
        assert result.exit_code == 1
        assert "bug in prov" in result.stderr
        assert "ZeroDivisionError: of the test" in result.stderr
    assert (tmp_path / "out-o/1.ttl").is_file()
    assert "article" in prov("sources", tmp_path / "out--store").output


def test_no_name_is_too_long_to_be_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "x" * 5_000,
        "x/" * 3_000,
        "?" * 3_000,
        "@" + "y" * 4_000,
        "[a]" * 1_000 + "*",
        "\0",
    ):
        found = list(find_items([name]))
        assert found
        assert all(isinstance(one, Failure) for one in found)


@pytest.mark.parametrize("part", ["*", "?", "a*", "[!a]", "*/", "**/", "./*", "[", "{a,b}*", "ä?"])
def test_a_pattern_of_3000_characters_is_one_line(prov: Prov, part: str) -> None:
    pattern = (part * 3_000)[:3_000]
    done = prov("build", pattern, "--store", "s")
    assert done.exit_code == 1
    first, *rest = done.stderr.splitlines()
    assert re.match(r"prov: (?:cannot read|no articles in) ", first)
    assert not any(line.startswith("prov: ") for line in rest)
    assert "Traceback" not in done.output


def test_files_are_looked_for_in_one_way() -> None:
    """Those of pathlib fail where a name is too long, as a name from an archive may be."""
    asked = re.compile(r"\.(?:is_file|is_dir|exists)\(\)")
    for path in (ROOT / "provenance").rglob("*.py"):
        parts = path.relative_to(ROOT / "provenance").parts
        if not {"evaluation", "bundles", "stores"} & set(parts):
            assert not asked.search(path.read_text("utf-8")), path


# ---- archives and documents that unpack to more than there is room for


def http(data: bytes, head: bytes = b"", status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    whole = status + b"\r\nContent-Type: text/html\r\n" + head + b"\r\n" + data
    return record(b"", whole)


def record(head: bytes, content: bytes, address: bytes = b"http://a.example/") -> bytes:
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n"
        b"Content-Type: application/http; msgtype=response\r\n%s\r\n%s\r\n\r\n"
        % (address, len(content), head, content)
    )


def brotli_bomb() -> bytes:
    brotli = pytest.importorskip("brotli")
    packer = brotli.Compressor()
    zeros = bytes(10_000_000)
    data = b"".join(packer.process(zeros) for _ in range(60)) + packer.finish()
    return bytes(data)


LONG = 40_000_000
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "no line break": ("a.warc.gz", lambda: gzip.compress(bytes(LONG) + b"\n")),
    "letters alone": ("a.warc.gz", lambda: gzip.compress(b"W" * LONG)),
    "a header of the record": (
        "a.warc.gz",
        lambda: gzip.compress(record(b"X: " + b"x" * LONG + b"\r\n", b"HTTP/1.1 200 OK\r\n\r\n")),
    ),
    "an address": ("a.warc.gz", lambda: gzip.compress(record(b"", b"", b"http://" + b"a" * LONG))),
    "a header of the answer": (
        "a.warc.gz",
        lambda: gzip.compress(http(b"<p>", b"X: " + b"<" * LONG + b"\r\n")),
    ),
    "a status": (
        "a.warc.gz",
        lambda: gzip.compress(http(b"", b"", b"HTTP/1.1 200 " + b"O" * LONG)),
    ),
    "very many headers": (
        "a.warc.gz",
        lambda: gzip.compress(http(b"<p>", b"X: x\r\n" * 5_000_000)),
    ),
    "a header that goes on": (
        "a.warc.gz",
        lambda: gzip.compress(http(b"<p>", b"X: x\r\n" + b" y\r\n" * 5_000_000)),
    ),
    "a page in gzip": (
        "a.warc",
        lambda: http(gzip.compress(bytes(10 * LONG)), b"Content-Encoding: gzip\r\n"),
    ),
    "a page in Brotli": ("a.warc", lambda: http(brotli_bomb(), b"Content-Encoding: br\r\n")),
}


@pytest.mark.parametrize("case", BOMBS)
def test_a_web_archive_that_unpacks_to_much_takes_little(case: str, tmp_path: Path) -> None:
    name, make = BOMBS[case]
    path = tmp_path / name
    path.write_bytes(make())
    assert path.stat().st_size < 1_000_000
    code = (
        "import resource, sys\n"
        "from provenance.articles.corpus import find_items\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for one in find_items(sys.argv[1:]): print(one.reason)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, cwd=ROOT, check=True
    )
    *told, kilobytes = done.stdout.splitlines()
    assert len(told) == 1
    assert len(told[0]) < 400
    assert int(kilobytes) < 150_000
    assert done.stderr == ""


# ---- names that lead round in circles


def test_a_list_that_names_itself_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    one, other = tmp_path / "one.list", tmp_path / "other.list"
    one.write_text(f"{tmp_path}/a.txt\n@{other}\n")
    other.write_text(f"@{tmp_path}/./one.list\n@{other}\n")
    first, *rest = find_items([f"@{one}"])
    assert not isinstance(first, Failure)
    assert [isinstance(r, Failure) and "names itself" in r.reason for r in rest] == [True, True]
    assert len(list(find_items([f"@{one}", f"@{one}"]))) == 6


def test_a_pattern_waits_for_no_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    os.mkfifo(tmp_path / "b.txt")
    assert len(list(find_items([f"{tmp_path}/*.txt"]))) == 1


def test_folders_in_folders_without_end_are_said(tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1_500):
            os.mkdir("d")  # noqa: PTH102 - a path from the top would be too long
            os.chdir("d")
        os.chdir(tmp_path)
        (found,) = find_items([str(tmp_path)])
    finally:
        os.chdir(here)
    assert isinstance(found, Failure)
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)


# ---- texts that took time by the square of their length


@pytest.mark.parametrize("part", ["A denied B. ", "A, ", "He of the x, y and "])
def test_what_is_said_again_and_again_takes_time_in_proportion(part: str) -> None:
    from provenance.extraction import load_extractor

    extract = load_extractor("syntax")

    def took(times: int) -> float:
        article = article_from_text("The minister spoke on Monday.\n\n" + part * times)
        began = time.thread_time()
        extract(article)
        return time.thread_time() - began

    took(100)
    assert any(took(3_200) < 9 * took(800) for _ in range(2))  # by the square: 16 times


def test_an_author_without_end_takes_no_time() -> None:
    def took(size: int) -> float:
        meta = f'<meta name="author" content="{"(" * size}">'
        data = '<script type="application/ld+json">{"author": "' + "(" * size + '"}</script>'
        whole = f"<html><head>{meta}{data}</head><body><article>{PAGE}</article></html>"
        began = time.thread_time()
        parse_article(whole.encode(), "a.html")
        return time.thread_time() - began

    took(100)
    assert took(40_000) < 9 * took(10_000)


def test_a_page_of_comments_alone_is_passed_over_at_once() -> None:
    """Were it exponential, as it was, this would not end in anybody's lifetime."""
    assert suffix_of("application/xml", b"<!---->" * 500 + b"x") == ""
    assert suffix_of("application/xml", b"<!-- > -->" * 300 + b"<html>") == ".html"
