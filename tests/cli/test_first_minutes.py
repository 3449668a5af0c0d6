"""The command line's first five minutes: what is refused, opened and said, and what comes next."""

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from provenance.cli import main
from provenance.pipeline import export
from tests.conftest import Prov
from tests.helpers.factories import make_graph
from tests.helpers.places import ROOT

WRITTEN = (
    "turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "json", "html", "csv",
    "csv-sources", "graphml", "gexf", "provn", "provjson", "provxml",
)  # fmt: skip


@pytest.fixture
def built(prov: Prov, tmp_path: Path) -> Path:
    """Return the folder with the graph and the page of the ferries."""
    (tmp_path / "ferries.ttl").write_bytes(export([make_graph()], "turtle"))
    (tmp_path / "ferries.html").write_bytes(export([make_graph()], "html"))
    return tmp_path


@pytest.mark.parametrize("format", WRITTEN)
@pytest.mark.parametrize("name", ["out.txt", "out.html", "-"])
def test_what_prov_wrote_is_no_article(prov: Prov, tmp_path: Path, format: str, name: str) -> None:
    data = export([make_graph()], format)
    if name != "-":
        (tmp_path / name).write_bytes(data)
    done = prov("build", name, "-o", "new", input=data)
    assert done.exit_code == 1
    assert not (tmp_path / "new").exists()
    assert len(done.stderr.splitlines()) == 1
    assert "as an article: it is a " in done.stderr
    assert re.search(r"prov \w+ ", done.stderr.partition("; ")[2]), "what to do instead is said"


def test_what_prov_wrote_does_not_get_into_a_store(prov: Prov, tmp_path: Path) -> None:
    for format in WRITTEN:
        (tmp_path / f"{format}.txt").write_bytes(export([make_graph()], format))
    done = prov("build", tmp_path, "--store", "store", "--keep-going")
    assert done.exit_code == 1
    assert done.stderr.count("as an article: it is a ") == len(WRITTEN) - 1, "pages are passed over"
    assert "0 articles built" in done.stderr


def test_a_graph_or_page_given_where_it_lies_is_refused_for_what_it_is(
    prov: Prov, built: Path
) -> None:
    for name, what in (("ferries.ttl", "graph in RDF"), ("ferries.html", "page that prov made")):
        before = (built / name).read_bytes()
        done = prov("build", name)
        assert done.exit_code == 1
        assert f"it is a {what}" in done.stderr
        assert (built / name).read_bytes() == before


def test_a_bundle_and_a_log_of_corrections_are_no_articles(
    prov: Prov, ferries: Path, built: Path
) -> None:
    assert prov("bundle", "ferries.ttl", "-o", "ferries.zip").exit_code == 0
    done = prov("build", "ferries.zip", "-o", "new")
    assert "it is a bundle; prov verify" in done.stderr
    named = ("correct", "rename", ferries, "Olga Brandt", "O. Brandt", "--who", "Ada")
    assert prov(*named).exit_code == 0
    log = ferries.with_name("ferries.corrections.jsonl")
    done = prov("build", log, "-o", "new")
    assert done.exit_code == 1
    assert "it is a log of corrections" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "@prefix was the first word that Nora Whitlock, a linguist, wrote, she said on Monday.\n",
        'The page "<!doctype html> source-provenance" was saved, Nora Whitlock, a clerk, said.\n',
        "article,Source and the others agree, Nora Whitlock, an archivist, said on Tuesday.\n",
        "<https://example.org/a> is where it lies, Nora Whitlock, a librarian, said on Friday.\n",
        '{"article": 7} is all that the file held, Nora Whitlock, a programmer, said on Friday.\n',
        "# base of all claims\n\nNora Whitlock, a chemist, said that <sp:Claim> is new.\n",
    ],
)
def test_an_article_that_speaks_of_such_files_is_one(prov: Prov, tmp_path: Path, text: str) -> None:
    (tmp_path / "story.txt").write_text(text * 3)
    done = prov("build", "story.txt")
    assert done.exit_code == 0, done.stderr
    assert "Whitlock" in (tmp_path / "story.ttl").read_text("utf-8")


def test_in_a_folder_what_prov_wrote_is_passed_over(prov: Prov, ferries: Path) -> None:
    for _ in range(2):
        assert prov("build", ferries.parent, "-o", ferries.parent).exit_code == 0
    done = prov("build", ferries.parent, "--store", "store")
    assert done.exit_code == 0
    assert "1 article built" in done.stderr


def test_help_lists_every_command_in_whole_lines_at_80_columns(prov: Prov) -> None:
    shown = CliRunner().invoke(main, ["--help"], terminal_width=80).output
    listed = shown.partition("Commands:\n")[2].partition("\n\n")[0]
    assert "..." not in listed
    assert max(map(len, shown.splitlines())) <= 80
    words = " ".join(listed.split())
    for name, command in main.commands.items():
        first = " ".join((command.help or "").split("\n\n")[0].split())
        assert f"{name} {first}" in words or f"{name} {first.partition('.')[0]}" in words


def test_view_takes_a_store_for_what_it_is(prov: Prov, ferries: Path, tmp_path: Path) -> None:
    assert prov("build", ferries, "--store", "harbour").exit_code == 0
    done = prov("view", "harbour")
    assert done.exit_code == 0
    assert (tmp_path / "harbour-pages" / "index.html").is_file()
    assert prov("view", "harbour", "--article", ferries, "-o", "one.html").exit_code == 0
    assert (tmp_path / "one.html").is_file()


def test_view_says_what_a_folder_without_a_store_is(prov: Prov, ferries: Path, built: Path) -> None:
    empty = built / "empty"
    empty.mkdir()
    done = prov("view", "empty")
    assert done.exit_code == 1
    assert done.stderr == "prov: cannot show empty: it is a folder, and there is no store in it\n"
    (empty / "a.ttl").write_bytes((built / "ferries.ttl").read_bytes())
    assert prov("view", "empty").stderr.endswith("no store in it; give the graphs: empty/*.ttl\n")
    assert prov("view", "empty", "--article", "x").exit_code == 1


@pytest.fixture
def browser_of_mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file into which a browser of ours writes what it is to open."""
    asked = tmp_path / "asked"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" >> "{asked}"\n')
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(script))
    return asked


def opened_in(asked: Path, count: int = 1) -> list[str]:
    """Return what the browser was asked to open, once that is there."""
    for _ in range(200):
        if asked.exists() and len(found := asked.read_text().split()) >= count:
            return found
        time.sleep(0.05)
    return []


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "provenance", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_build_opens_the_page(ferries: Path, tmp_path: Path, browser_of_mine: Path) -> None:
    assert run("build", str(ferries), "--open", folder=tmp_path).returncode == 0
    assert opened_in(browser_of_mine) == [(tmp_path / "ferries.html").resolve().as_uri()]


def test_view_opens_the_page_and_the_index(built: Path, browser_of_mine: Path) -> None:
    assert run("view", "ferries.ttl", "--open", "-o", "a b.html", folder=built).returncode == 0
    assert opened_in(browser_of_mine) == [(built / "a b.html").resolve().as_uri()]


def test_without_a_browser_the_page_is_named(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "/nowhere/at-all")
    monkeypatch.setenv("PATH", "/nowhere")
    done = run("view", "ferries.ttl", "--open", folder=built)
    assert done.returncode == 0
    assert "no browser found: open ferries.html yourself" in done.stderr


@pytest.mark.parametrize("other", [("--to", "json"), ("--store", "s"), ("--engine", "spark")])
def test_what_makes_no_page_opens_none(prov: Prov, ferries: Path, other: tuple[str, str]) -> None:
    done = prov("build", ferries, "--open", *other)
    assert done.exit_code == 2
    assert "--open" in done.stderr


@pytest.mark.usefixtures("browser_of_mine")
def test_each_command_says_what_comes_next(prov: Prov, ferries: Path) -> None:
    """And what it says can be done."""
    todo = [("build", str(ferries)), ("build", str(ferries), "--store", "my store")]
    done: set[tuple[str, ...]] = set()
    while todo:
        command = todo.pop()
        result = prov(*command)
        assert result.exit_code == 0, (command, result.stderr)
        done.add(command)
        for line in result.stderr.splitlines():
            if line.startswith("next: prov "):
                words = shlex.split(line.removeprefix("next: prov ").partition(" # ")[0])
                todo += {tuple(words)} - done - set(todo)
    names = {command[0] for command in done}
    assert {"trace", "view", "check", "bundle", "verify"} <= names
    assert {"independence", "sources", "timeline"} <= names


def test_quiet_says_nothing_of_it(prov: Prov, ferries: Path) -> None:
    assert prov("build", ferries, "-q").stderr == ""
    assert "next:" not in prov("build", ferries, "-q", "--store", "s").stderr


def test_data_on_standard_output_is_followed_by_nothing(prov: Prov, built: Path) -> None:
    for command in (("export", "ferries.ttl", "--to", "csv"), ("query", "denied", "ferries.ttl")):
        assert prov(*command).stderr == ""


def test_completion_is_there_for_three_shells_and_told(prov: Prov) -> None:
    told = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for shell in ("bash", "zsh", "fish"):
        assert f"_PROV_COMPLETE={shell}_source prov" in told
        made = subprocess.run(
            [sys.executable, "-c", "from provenance.cli import main; main(prog_name='prov')"],
            env=os.environ | {"_PROV_COMPLETE": f"{shell}_source"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (
            "_PROV_COMPLETE" in made.stdout or shell == "bash"
        )  # click asks for a bash of its own
    assert "_PROV_COMPLETE=bash_source prov" in prov("--help").output


ROW = "<https://example.org/{}> a <https://example.org/a-very-long-name-without-any-blank> .\n"


def test_rows_that_do_not_fit_are_records(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(ROW.format("b").replace(" a ", " <x:t> "))
    columns = " ".join(f"(CONCAT('value-{n}-', STR(?o)) AS ?column_{n})" for n in range(6))
    (tmp_path / "wide.rq").write_text(f"SELECT {columns} WHERE {{ ?s ?p ?o }}")
    (tmp_path / "slim.rq").write_text("SELECT ?s WHERE { ?s ?p ?o }")
    wide = prov("query", "wide.rq", "a.nt").stdout
    whole = "https://example.org/a-very-long-name-without-any-blank"
    for n in range(6):
        assert re.search(rf"^column {n} +value-{n}-{whole}$", wide, re.MULTILINE)
    slim = prov("query", "slim.rq", "a.nt").stdout
    assert re.search("^s\n", slim.replace(" ", ""), re.MULTILINE)
    assert not re.search("^s +https", slim, re.MULTILINE)


def test_no_query_of_ours_splits_a_word(prov: Prov, built: Path) -> None:
    for name in ("custody", "denied", "hops", "unnamed-only"):
        printed = prov("query", name, "ferries.ttl").stdout
        assert name != "hops" or "reported_by" in printed
        assert len(printed.splitlines()) > 1
        for line in printed.splitlines():
            assert len(line) <= 100 or " " not in line.strip()
