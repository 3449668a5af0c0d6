"""No command writes over what it reads, or over what prov did not write."""

import os
from pathlib import Path

import pytest

from tests.conftest import Prov

TEXT = """The harbour will close in November, Mara Quint, the port director, said on Monday.

Tomas Wren, a retired pilot, said that the pumps had failed before.
"""
OTHERS = {
    "article.txt": TEXT.encode(),
    "letter.html": b"<p>See https://w3id.org/source-provenance# and its pages.</p>",
    "quoted.html": b'<p>They write content="source-provenance into their pages.</p>',
    "mine.ttl": b"@prefix sp: <https://w3id.org/source-provenance#> .\n<urn:a> a sp:Person .\n",
    "photos.zip": b"PK\x05\x06" + bytes(18),
    "empty": b"",
    "notes": b"\x00\xff",
}
WRITING = {
    "bundle": ("bundle", "a.ttl", "-o"),
    "view": ("view", "a.ttl", "-o"),
    "view several": ("view", "a.ttl", "b.ttl", "-o"),
    "view an index": ("view", *["a.ttl"] * 51, "-o"),
    "view a store": ("view", "--store", "store", "-o"),
    "view of a store": ("view", "--store", "store", "--article", "a.txt", "-o"),
}


@pytest.fixture
def built(prov: Prov, tmp_path: Path) -> Path:
    """Return a folder with two graphs, their pages and bundles, a store, and files of others."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT}\nSo {name} said.\n")
        assert prov("build", f"{name}.txt", "-q").exit_code == 0
    assert prov("build", "a.txt", "--store", "store").exit_code == 0
    for name, data in OTHERS.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_only_its_own_kind_of_file_is_written_over(prov: Prov, built: Path) -> None:
    before = {path: path.read_bytes() for path in built.iterdir() if path.is_file()}
    for arguments in WRITING.values():
        for path in (*before, built / "store" / "CURRENT"):
            page = path.name in ("a.html", "b.html")
            if not page or arguments[0] == "bundle":
                done = prov(*arguments, path)
                assert (done.exit_code, done.stderr.count("\n")) == (1, 1), (arguments, path)
                assert f"cannot write {path}" in done.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_what_is_read_is_kept_by_force_too(prov: Prov, built: Path) -> None:
    (built / "soft").symlink_to("a.ttl")
    os.link("a.ttl", built / "hard")
    before = (built / "a.ttl").read_bytes()
    for command in ("bundle", "view"):
        for name in ("a.ttl", "./store/../a.ttl", "soft", "hard"):
            done = prov(command, "a.ttl", "-o", name, "--force")
            assert (done.exit_code, "it is an input" in done.stderr) == (1, True), (command, name)
    done = prov("build", "a.txt", "letter.html", "--force", "-q")
    assert (done.exit_code, "it is an input" in done.stderr) == (1, True)
    (built / "known.tsv").write_text("name\ttype\n")
    done = prov("bundle", "a.ttl", "--registry", "known.tsv", "-o", "known.tsv", "--force")
    assert (done.exit_code, "it is an input" in done.stderr) == (1, True)
    assert (built / "a.ttl").read_bytes() == before == (built / "hard").read_bytes()


def test_its_own_kind_is_written_over_and_others_by_force(prov: Prov, built: Path) -> None:
    for name, kind in (("a.zip", "bundle"), ("a.html", "view")):
        assert prov(kind, "a.ttl", "-o", name).exit_code == 0
        assert prov(kind, "b.ttl", "-o", name).exit_code == 0
    assert prov("bundle", "a.ttl", "-o", "notes", "--force").exit_code == 0
    assert prov("view", "a.ttl", "-o", "empty", "--force").exit_code == 0
    assert prov("view", "a.ttl", "-o", "-").exit_code == 0


def test_an_article_that_names_us_is_no_page_of_ours(prov: Prov, built: Path) -> None:
    for name in ("letter.html", "quoted.html"):
        said = OTHERS[name] + f"<article><p>{TEXT}</p><p>{TEXT}</p></article>".encode()
        (built / "site").mkdir(exist_ok=True)
        (built / "site" / name).write_bytes(said)
    done = prov("build", "site", "-o", "out", "-q")
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(p.name for p in (built / "out").glob("*.ttl")) == ["letter.ttl", "quoted.ttl"]
