"""What cannot be read or written: one clear line, exit status 1, nothing half-written."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.common.files import read_bytes, write_whole
from provenance.errors import ProvenanceError
from tests.conftest import Prov
from tests.helpers.factories import TEXT
from tests.helpers.places import ROOT

GERMAN = (
    "Der Minister sagte am Montag, dass die Brücke sicher sei. Die Opposition bezweifelt das, "
    "und auch die Zeitung berichtete unter Berufung auf ein Dokument, dass es Risse gebe.\n\n"
)
RUSSIAN = "Министр заявил в понедельник, что мост безопасен. Газета сообщила о трещинах.\n\n"

BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n\t\n", "it is empty"),
    "mark only": (b"\xef\xbb\xbf", "it is empty"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "PNG"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "not text"),
    "paper": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "PDF"),
    "archive": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + b"\x00" * 50, "not text"),
    "noise": (bytes((n * 97 + n // 7) % 256 for n in range(5000)), "cannot read"),
    "nul": (b"The minister said\x00 so on Monday.\n" * 5, "NUL"),
    "surrogate": (b"The minister said \xed\xa0\x80 so on Monday.\n" * 5, "surrogate"),
    "german": (GERMAN.encode() * 12, "not in English"),
    "russian": (RUSSIAN.encode() * 12, "not in English"),
    "no page": (b"<html><head><title>x</title></head><body></body></html>", "cannot read"),
    "five megabytes": (b"The minister said so on Monday.\n" * 165_000, "1,000,000"),
}


def complaint(stderr: str) -> str:
    """Return the one line on *stderr*, without the name of the command."""
    assert stderr.startswith("prov: ")
    assert stderr.endswith("\n")
    assert len(stderr.splitlines()) == 1
    assert "Traceback" not in stderr
    assert not stderr.rstrip().endswith(".")
    return stderr.removeprefix("prov: ").rstrip()


def test_a_missing_file(prov: Prov) -> None:
    for command in (
        ["build", "missing.txt"],
        ["trace", "missing.txt"],
        ["export", "missing.txt", "--to", "nq"],
        ["view", "missing.txt"],
        ["check", "missing.txt"],
    ):
        result = prov(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        expected = "cannot read missing.txt: no such file or directory"
        assert complaint(result.stderr).lower() == expected
    assert list(Path().iterdir()) == []


def test_a_folder_without_articles(prov: Prov) -> None:
    Path("empty").mkdir()
    (Path("empty") / "notes.xlsx").write_bytes(b"PK")
    result = prov("build", "empty")
    assert result.exit_code == 1
    assert complaint(result.stderr).startswith("no articles in empty")


def test_a_folder_where_a_graph_should_be(prov: Prov) -> None:
    Path("folder").mkdir()
    assert complaint(prov("trace", "folder").stderr) == "cannot read folder: is a directory"


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_is_no_article(prov: Prov, case: str) -> None:
    data, why = BAD[case]
    Path("in").mkdir()
    path = Path("in") / ("article.html" if case == "no page" else "article.txt")
    path.write_bytes(data)
    result = prov("build", path, "-o", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    said = complaint(result.stderr)
    assert path.name in said
    assert why in said
    assert not Path("out").exists()


@pytest.mark.parametrize("case", ["empty", "picture", "nul", "german"])
def test_the_same_from_standard_input(prov: Prov, case: str) -> None:
    data, why = BAD[case]
    result = prov("build", "-", "--to", "json", input=data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert why in complaint(result.stderr)


def test_another_language_is_read_when_forced(prov: Prov) -> None:
    result = prov("build", "-", "--to", "json", "--force", input=GERMAN * 12)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "line",
    ["word " * 200_000, "x" * 1_000_000, "He said so. " * 83_334, "(" * 1_000_000],
    ids=["words", "one word", "sentences", "brackets"],
)
def test_a_line_of_a_million_characters(prov: Prov, line: str) -> None:
    Path("long.txt").write_text(line + "\n")
    began = time.monotonic()
    result = prov("build", "long.txt", "-o", "out")
    assert time.monotonic() - began < 30
    assert result.exit_code == 1
    assert "long.txt" in complaint(result.stderr)
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "text",
    [
        "He said " * 1_000,
        "“" * 20_000 + " he said.",
        "a" * 30_000 + " said that " + "b" * 30_000,
        "\n" * 30_000 + "He said so.\n" + "\n" * 30_000,
        "said\n\n" * 5_000,
    ],
    ids=["no full stop", "quotation marks", "long words", "empty lines", "short paragraphs"],
)
def test_odd_shapes_end_in_good_time(prov: Prov, text: str) -> None:
    Path("odd.txt").write_text("The minister said that it was so.\n\n" + text, encoding="utf-8")
    began = time.monotonic()
    result = prov("build", "odd.txt", "--to", "json", "--force")
    assert time.monotonic() - began < 30
    assert (result.exit_code, result.stderr) == (0, "")


BLOCKED: dict[str, Callable[[Path], object]] = {
    "a file is in the way": lambda path: path.write_text("in the way"),
    "below a file": lambda path: path.parent.write_text("in the way"),
    "a link to itself": lambda path: path.symlink_to(path),
}


@pytest.mark.parametrize("case", BLOCKED)
def test_a_folder_that_cannot_be_written(prov: Prov, ferries: Path, case: str) -> None:
    out = Path("blocked") / "out" if case == "below a file" else Path("out")
    BLOCKED[case](out)
    result = prov("build", ferries, "-o", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert complaint(result.stderr).startswith(f"cannot write {out}/ferries.ttl: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(prov: Prov, ferries: Path) -> None:
    Path("out").mkdir(mode=0o500)
    result = prov("build", ferries, "-o", "out")
    assert complaint(result.stderr) == "cannot write out/ferries.ttl: permission denied"


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    code = """
import resource, signal, sys
from pathlib import Path
from provenance.common.files import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
write_whole(Path(sys.argv[1]), b"new" * 1000)
"""
    assert resource
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=ROOT
    )
    assert "ProvenanceError: cannot write" in done.stderr
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "graph.ttl"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    write_whole(Path("/dev/null"), b"data")
    assert Path("/dev/null").is_char_device()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        write_whole(pipe, b"data")
        assert reader.communicate(timeout=10)[0] == b"data"
    assert pipe.is_fifo()


def test_the_reason_is_in_lower_case() -> None:
    with pytest.raises(ProvenanceError, match="no such file or directory"):
        read_bytes(Path("missing"))


NO_GRAPHS: dict[str, tuple[str, bytes]] = {
    "an article": ("a.ttl", TEXT.encode()),
    "empty": ("a.ttl", b""),
    "binary": ("a.ttl", bytes(range(256))),
    "json": ("a.json", b'{"article": "a.txt", "sources": []}'),
    "other rdf": ("a.nt", b"<urn:a> <urn:b> <urn:c> .\n"),
    "cut short": (
        "a.ttl",
        b"@prefix sp: <https://w3id.org/source-provenance#> .\n<urn:a> a sp:Art",
    ),
    "xml bomb": (
        "a.rdf",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aa">]><rdf:RDF>&a;</rdf:RDF>',
    ),
}


@pytest.mark.parametrize("case", NO_GRAPHS)
@pytest.mark.parametrize("command", ["trace", "export", "view", "check"])
def test_a_file_that_is_no_graph(prov: Prov, case: str, command: str) -> None:
    name, data = NO_GRAPHS[case]
    Path(name).write_bytes(data)
    result = prov(command, name, *(["--to", "nq"] if command == "export" else []))
    assert (result.exit_code, result.stdout) == (1, "")
    assert name in complaint(result.stderr)
    assert list(Path().iterdir()) == [Path(name)]


def test_a_name_that_is_no_utf_8(prov: Prov, tmp_path: Path) -> None:
    name = os.fsdecode(b"story-\xff.txt")
    Path(name).write_text(TEXT, encoding="utf-8")
    result = prov("build", name, "--to", "nq")
    assert (result.exit_code, result.stderr) == (0, "")
    assert complaint(prov("build", os.fsdecode(b"missing-\xff.txt")).stderr)


def test_a_bad_registry(prov: Prov, ferries: Path) -> None:
    Path("mine.tsv").write_text("name\tshort_names\ttype\nThe Ledger\t\tnewspaper\n")
    result = prov("build", ferries, "--registry", "mine.tsv", "--to", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "mine.tsv, line 2" in complaint(result.stderr)
    result = prov("build", ferries, "--registry", "missing.tsv", "--to", "json")
    assert "missing.tsv" in complaint(result.stderr)


def test_an_unknown_extractor(prov: Prov, ferries: Path) -> None:
    result = prov("build", ferries, "--extractor", "oracle")
    assert result.exit_code == 1
    assert complaint(result.stderr) == "no such extractor: 'oracle' (there are llm, syntax, tagger)"


def test_a_bad_article_through_the_shell(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(BAD["picture"][0])
    done = subprocess.run(
        [sys.executable, "-m", "provenance", "build", "bad.txt"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "bad.txt" in complaint(done.stderr)
    assert list(tmp_path.iterdir()) == [tmp_path / "bad.txt"]
