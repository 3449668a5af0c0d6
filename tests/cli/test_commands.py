"""The command line as a user meets it: what goes where, what is printed, what is never lost."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import click
import pytest

import provenance
from provenance.cli import main
from provenance.cli.options import FORMATS
from provenance.cli.terminal import clean
from provenance.exports import tables
from provenance.model import SourceType, Stance
from provenance.rdf import FORMATS as RDF_FORMATS
from provenance.rdf import read_graphs, write_graphs
from provenance.rdf.conformance import check
from provenance.rdf.notations import NOTATIONS
from tests.conftest import Prov
from tests.helpers.factories import (
    TEXT,
    make_dispute,
    make_ferries_article,
    make_flow,
    make_graph,
    make_source,
    make_sources,
)
from tests.helpers.places import DATA, ROOT

COMMANDS = (
    *("build", "trace", "export", "view", "check", "diff", "correct", "bundle", "verify"),
    *("query", "push", "independence", "sources", "timeline", "remove", "evaluate", "serve"),
)
CALM = "The sea is calm today, and the sun is out.\n\nThe sand is warm and the ice is cold.\n"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Return the hand-made graph in a file."""
    path = tmp_path / "ferries.ttl"
    path.write_bytes(write_graphs([make_graph()], "turtle"))
    return path


NOTHING_ELSE: dict[str, tuple[()]] = dict.fromkeys(
    ("disputes", "events", "attributions", "claims"), ()
)


def prov_process(*arguments: str | Path, **options: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "provenance", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, **options)  # type: ignore[call-overload,no-any-return]


# build


def troubles(stderr: str) -> list[str]:
    """Return what is said there besides which command comes next."""
    return [line for line in stderr.splitlines() if not line.startswith("next: prov ")]


def test_build_writes_the_graph_and_the_page(prov: Prov, ferries: Path) -> None:
    result = prov("build", ferries, "-o", "out")
    assert (result.exit_code, troubles(result.stderr)) == (0, [])
    assert sorted(path.name for path in Path("out").iterdir()) == ["ferries.html", "ferries.ttl"]
    assert "out/ferries.ttl" in result.stdout
    assert check(Path("out/ferries.ttl").read_bytes()) == ()
    assert TEXT.strip() in provenance.read("out/ferries.ttl").record.article.text


def test_build_writes_into_the_current_folder(prov: Prov, ferries: Path) -> None:
    assert prov("build", ferries).exit_code == 0
    assert Path("ferries.ttl").exists()
    assert Path("ferries.html").exists()
    assert sorted(ferries.parent.iterdir()) == [ferries]


@pytest.mark.parametrize(
    ("name", "kind"), [("a.ttl", "turtle"), ("b.html", "html"), ("c.md", "markdown")]
)
def test_a_file_is_no_folder_to_write_into(
    prov: Prov, ferries: Path, tmp_path: Path, name: str, kind: str
) -> None:
    done = prov("build", ferries, "-o", tmp_path / name)
    assert done.exit_code == 2
    assert f"--to {kind}" in done.stderr
    assert not (tmp_path / name).exists()
    (tmp_path / name).mkdir()
    assert prov("build", ferries, "-o", tmp_path / name).exit_code == 0


def test_build_can_be_done_again(prov: Prov, ferries: Path) -> None:
    prov("build", ferries)
    before = Path("ferries.ttl").read_bytes(), Path("ferries.html").read_bytes()
    assert prov("build", ferries).exit_code == 0
    assert (Path("ferries.ttl").read_bytes(), Path("ferries.html").read_bytes()) == before


@pytest.mark.parametrize("format", FORMATS)
def test_build_to_a_format_prints_that_and_nothing_else(
    prov: Prov, ferries: Path, format: str
) -> None:
    result = prov("build", ferries, "--to", format)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == provenance.build(ferries).to(format)
    assert list(Path().iterdir()) == [Path("in")]


def test_every_format_that_can_be_written_is_offered_once() -> None:
    rdf = tuple(format.name for format in RDF_FORMATS)
    assert set(FORMATS) == {*rdf, "json", "html", "markdown", *tables.FORMATS, *NOTATIONS}
    assert len(FORMATS) == len(set(FORMATS))


def test_a_format_may_be_called_by_its_suffix(prov: Prov, ferries: Path) -> None:
    assert (
        prov("build", ferries, "--to", "NQ").stdout
        == prov("build", ferries, "--to", "nquads").stdout
    )


def test_build_reads_standard_input(prov: Prov) -> None:
    result = prov("build", "-", "--to", "json", input=TEXT)
    record = json.loads(result.stdout)
    assert record["article"] == "stdin"
    assert record["text"] == TEXT
    assert prov("build", "-", "-q", input=TEXT).stdout == ""
    assert Path("stdin.ttl").exists()


def test_build_of_several_prints_a_line_each(prov: Prov, ferries: Path) -> None:
    (ferries.parent / "calm.txt").write_text(CALM)
    result = prov("build", ferries.parent, "-o", "out")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["calm.txt", "ferries.txt"]
    assert len(list(Path("out").iterdir())) == 4
    assert "Custody" in prov("build", ferries.parent, "-o", "out", "-v").stdout


def test_build_of_several_to_json_is_a_line_each(prov: Prov, ferries: Path) -> None:
    (ferries.parent / "calm.txt").write_text(CALM)
    lines = prov("build", ferries.parent, "--to", "json").stdout.splitlines()
    assert [json.loads(line)["article"] for line in lines] == ["calm.txt", "ferries.txt"]


def test_pages_of_prov_are_no_articles(prov: Prov, ferries: Path) -> None:
    for _ in range(2):
        result = prov("build", ferries.parent, "-o", ferries.parent)
        assert result.exit_code == 0
    (ferries.parent / "ferries.txt").unlink()
    result = prov("build", ferries.parent)
    assert result.exit_code == 1
    assert result.stderr.startswith("prov: no articles in")


def test_an_article_without_sources_is_said_to_have_none(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "calm.txt").write_text(CALM)
    result = prov("build", "calm.txt")
    assert result.exit_code == 0
    assert "credits nobody" in result.stdout
    assert provenance.read("calm.ttl").record.sources == ()
    assert "credits nobody" in prov("trace", "calm.ttl").stdout


def test_no_text_leaves_it_out_of_both_files(prov: Prov, ferries: Path) -> None:
    ferries.write_text(TEXT + "\n" + CALM, encoding="utf-8")
    prov("build", ferries, "--no-text")
    for name in ("ferries.ttl", "ferries.html"):
        assert "the sand is warm" not in Path(name).read_text(encoding="utf-8").lower()
    assert prov("check", "ferries.ttl", "--article", ferries).exit_code == 0


def test_base_iri_names_the_article(prov: Prov, ferries: Path) -> None:
    result = prov("build", ferries, "--to", "nq", "--base-iri", "https://news.example/")
    assert result.stdout.startswith("<https://news.example/")
    result = prov("build", ferries, "--base-iri", "not an iri")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert list(Path().iterdir()) == [Path("in")]


def test_options_come_from_the_environment_too(
    prov: Prov, ferries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROV_BUILD_TO", "ntriples")
    assert prov("build", ferries).stdout == prov("build", ferries, "--to", "nt").stdout


# nothing is lost


def test_an_article_is_not_written_over_by_its_page(prov: Prov, tmp_path: Path) -> None:
    page = tmp_path / "story.html"
    page.write_text("<html><body><p>He said so.</p></body></html>")
    result = prov("build", "story.html")
    assert result.exit_code == 1
    assert "it is an input, choose another name with -o" in result.stderr
    assert page.read_text().startswith("<html><body><p>He said")
    assert not Path("story.ttl").exists()


def test_a_page_of_others_is_not_written_over_unless_forced(prov: Prov, ferries: Path) -> None:
    saved = Path("ferries.html")
    saved.write_text("<html>somebody's own</html>")
    result = prov("build", ferries)
    assert result.exit_code == 1
    assert "ferries.html: what is there is no page of prov's" in result.stderr
    assert saved.read_text() == "<html>somebody's own</html>"
    assert not Path("ferries.ttl").exists()
    assert prov("build", ferries, "--force").exit_code == 0
    assert "somebody's own" not in saved.read_text(encoding="utf-8")


def test_two_articles_of_one_name_are_refused_before_anything_is_written(
    prov: Prov, ferries: Path
) -> None:
    other = ferries.parent / "more" / "ferries.html"
    other.parent.mkdir()
    other.write_text("<html><body><p>He said so.</p></body></html>")
    result = prov("build", ferries, other, "-o", "out")
    assert result.exit_code == 1
    assert str(ferries) in result.stderr
    assert str(other) in result.stderr
    assert not Path("out").exists()


def test_one_article_given_twice_is_built_once(prov: Prov, ferries: Path) -> None:
    assert len(prov("build", ferries, ferries, ferries.parent, "--to", "json").stdout) == len(
        prov("build", ferries, "--to", "json").stdout
    )


def test_files_have_the_permissions_of_any_file(prov: Prov, ferries: Path) -> None:
    before = os.umask(0o027)
    try:
        prov("build", ferries)
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path("ferries.ttl").stat().st_mode) == 0o640


def test_a_link_stays_a_link(prov: Prov, graph: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.html"
    prov("view", graph, "-o", real)
    link = tmp_path / "link.html"
    link.symlink_to(real)
    assert prov("view", graph, "-o", link).exit_code == 0
    assert link.is_symlink()


# several, and some of them bad


@pytest.fixture
def mixed(ferries: Path) -> Path:
    (ferries.parent / "a-bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (ferries.parent / "z-calm.txt").write_text(CALM)
    return ferries.parent


def test_the_first_failure_stops(prov: Prov, mixed: Path) -> None:
    result = prov("build", mixed, "-o", "out")
    assert result.exit_code == 1
    assert result.stderr.startswith("prov: cannot read a-bad.txt")
    assert not Path("out").exists()


def test_keep_going_does_the_others_and_still_fails(prov: Prov, mixed: Path) -> None:
    result = prov("build", mixed, "-o", "out", "--keep-going")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert {path.name for path in Path("out").glob("*.ttl")} == {"ferries.ttl", "z-calm.ttl"}
    result = prov("build", mixed, "--to", "json", "--keep-going")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2


# the summary


def summary(prov: Prov, graph: provenance.Graph | None = None) -> str:
    from provenance.cli.summary import summary as lines
    from provenance.cli.terminal import print_all

    shown: list[str] = []

    @click.command()
    def command() -> None:
        record = graph.record if graph else make_graph()
        print_all(lines(record, [Path("out/ferries.ttl"), Path("out/ferries.html")]))

    from click.testing import CliRunner

    result = CliRunner().invoke(command)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    shown.append(result.stdout)
    return shown[0]


def test_the_summary_answers_an_investigator_on_one_screen(prov: Prov) -> None:
    assert summary(prov) == (DATA / "golden" / "ferries.summary").read_text("utf-8")


def test_the_summary_stays_short_however_much_there_is(prov: Prov) -> None:
    many = [make_source(f"speaker {n}", type=SourceType.PERSON) for n in range(200)]
    things = [make_source(f"paper {n}", type=SourceType.DOCUMENT) for n in range(50)]
    flows = [make_flow(source.id) for source in (*many, *things)]
    disputes = [make_dispute(source.id, "paper 1") for source in many]
    record = make_graph(
        sources=tuple(many + things), flows=tuple(flows), disputes=tuple(disputes), events=()
    )
    lines = summary(prov, provenance.Graph(record)).splitlines()
    assert len(lines) < 85
    assert any(line.strip().startswith("and 42 artefacts more") for line in lines)
    assert any("and 170 more" in line for line in lines)
    assert "  and 188 more" in lines


def test_circles_are_drawn_once(prov: Prov) -> None:
    sources = (make_source("a"), make_source("b"))
    flows = (make_flow("a", "b"), make_flow("b", "a"), make_flow("b"))
    printed = summary(
        prov,
        provenance.Graph(make_graph(sources=sources, flows=flows, disputes=(), events=())),
    )
    assert "in a circle" in printed


HOSTILE = "\x1b[31mred\x1b[0m \x07\x9b2J \u202egnirts [bold]no markup[/bold] :smile:\r\nnext"


def test_hostile_names_do_not_reach_the_terminal(prov: Prov, tmp_path: Path) -> None:
    sources = tuple(replace(source, name=HOSTILE, aliases=()) for source in make_sources())
    article = make_ferries_article(title=HOSTILE, publisher=HOSTILE, authors=(HOSTILE,))
    record = make_graph(sources=sources, article=article)
    path = tmp_path / "ferries.ttl"
    path.write_bytes(write_graphs([record], "turtle"))
    printed = [
        summary(prov, provenance.Graph(record)),
        prov("trace", path).stdout,
        prov("trace", path, "--source", "memo").stdout,
        prov("trace", path, "--source", "nobody\x1b[2J").stderr,
        prov("build", "\x1b[2J.txt").stderr,
        prov("check", path).stdout,
    ]
    for text in printed:
        assert text
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\r"} & set(text)
    assert "[bold]no markup[/bold] :smile:" in printed[0]


def test_clean_keeps_what_is_language() -> None:
    assert clean("«Порт»  and\n👩‍🚒 e\u0301") == "«Порт» and 👩‍🚒 e\u0301"
    assert clean("soft\u00adhyphen\u200b") == "softhyphen"


# trace


def test_trace_prints_a_line_for_each_chain(prov: Prov, graph: Path) -> None:
    result = prov("trace", graph)
    assert (result.exit_code, troubles(result.stderr)) == (0, [])
    lines = result.stdout.splitlines()
    way = "Harbour Authority ▸ leaked memo (document) ▸ The Northport Gazette ▸ this article"
    assert lines[lines.index(way) + 1] == "   “three ferries had sailed with cracked hulls 🚢”"
    assert "two engineers (unnamed) ▸ Olga Brandt ▸ this article  speculative" in lines
    assert lines.count("   ? leaked memo: who posted it is not named") == 1
    alone = lines.index("Hops alone: the text does not say that anything went on from them")
    assert lines[alone + 1] == "  coast guard ▸ radio recording (intercept)"


def test_trace_of_one_source_shows_each_sentence(prov: Prov, graph: Path) -> None:
    result = prov("trace", graph, "--source", "The radio recording")
    assert "no chain runs through radio recording" in result.stdout
    assert "  coast guard ▸ radio recording (intercept)\n     “According" in result.stdout
    assert "“According to the memo, the warning came from a radio recording" in result.stdout
    assert "engineers" not in result.stdout
    assert "! the article says of Olga Brandt: “The Harbour" in result.stdout
    assert "recording”, read as a doubt about radio recording" in result.stdout
    result = prov("trace", graph, "--source", "The Northport Gazette")
    assert " ▸ The Northport Gazette  derived from leaked memo" in result.stdout


@pytest.mark.parametrize("name", ["memo", "leaked memo", "The Leaked  Memo", "eaked mem"])
def test_a_source_is_found_by_what_it_is_called(prov: Prov, graph: Path, name: str) -> None:
    result = prov("trace", graph, "--source", name)
    assert result.exit_code == 0
    assert "leaked memo" in result.stdout


def test_a_whole_word_goes_before_a_part_of_one(prov: Prov, tmp_path: Path) -> None:
    sources = tuple(make_source(id) for id in ("bus office", "business"))
    record = make_graph(
        sources=sources, flows=tuple(make_flow(s.id) for s in sources), **NOTHING_ELSE
    )
    path = tmp_path / "g.ttl"
    path.write_bytes(write_graphs([record], "turtle"))
    assert "bus office" in prov("trace", path, "--source", "bus").stdout
    assert prov("trace", path, "--source", "us").exit_code == 1


def test_a_source_that_is_not_there_is_told_with_its_neighbours(prov: Prov, graph: Path) -> None:
    result = prov("trace", graph, "--source", "Brandd")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "prov: no source is called 'Brandd': near it are Olga Brandt\n"
    result = prov("trace", graph, "--source", "r")
    assert result.stderr.startswith("prov: 'r' may be several sources: Harbour Authority")


def test_trace_says_how_many_chains_it_leaves_out(prov: Prov, tmp_path: Path) -> None:
    levels = [f"n{level}{side}" for level in range(6) for side in "ab"]
    hops = [
        make_flow(one, other)
        for level in range(5)
        for one in (f"n{level}a", f"n{level}b")
        for other in (f"n{level + 1}a", f"n{level + 1}b")
    ]
    hops += [make_flow("o", "n0a"), make_flow("o", "n0b"), make_flow("n5a"), make_flow("n5b")]
    sources = tuple(make_source(id, type=SourceType.PERSON) for id in sorted([*levels, "o"]))
    flows = tuple(sorted(hops, key=lambda f: (f.source, f.target)))
    path = tmp_path / "many.ttl"
    record = make_graph(sources=sources, flows=flows, **NOTHING_ELSE)
    path.write_bytes(write_graphs([record], "turtle"))
    assert prov("trace", path).stdout.splitlines()[-1] == "and 52 chains more from o"


# export, view, check


@pytest.mark.parametrize("format", [f.name for f in RDF_FORMATS])
def test_export_writes_what_reads_back(prov: Prov, graph: Path, format: str) -> None:
    result = prov("export", graph, "--to", format)
    assert (result.exit_code, result.stderr) == (0, "")
    assert read_graphs(result.stdout_bytes, format) == (make_graph(),)


def test_export_needs_a_format(prov: Prov, graph: Path) -> None:
    result = prov("export", graph)
    assert result.exit_code == 2
    assert "Missing option '--to'" in result.stderr


def test_export_reads_standard_input(prov: Prov, graph: Path) -> None:
    result = prov("export", "-", "--to", "nq", input=graph.read_bytes())
    assert result.stdout == prov("export", graph, "--to", "nq").stdout


def test_the_page_from_the_graph_is_the_page_of_build(prov: Prov, ferries: Path) -> None:
    prov("build", ferries, "-o", "out")
    result = prov("view", "out/ferries.ttl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[0] == "wrote ferries.html"
    assert Path("ferries.html").read_bytes() == Path("out/ferries.html").read_bytes()
    assert (
        prov("view", "out/ferries.ttl", "-o", "-").stdout_bytes == Path("ferries.html").read_bytes()
    )


def test_chains_from_the_graph_are_those_of_build(prov: Prov, ferries: Path) -> None:
    prov("build", ferries)
    assert provenance.read("ferries.ttl").chains() == provenance.build(ferries).chains()


def test_view_of_several_is_one_page(prov: Prov, graph: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    record = make_graph(article=make_ferries_article(title="The other one", digest="cd" * 32))
    other.write_bytes(write_graphs([record], "turtle"))
    assert prov("view", graph, other, "-o", "both.html").exit_code == 0
    assert "The other one" in Path("both.html").read_text(encoding="utf-8")


def test_check_says_that_a_graph_holds(prov: Prov, ferries: Path) -> None:
    prov("build", ferries)
    result = prov("check", "ferries.ttl", "--article", ferries)
    assert result.exit_code == 0
    assert result.stdout == "ferries.ttl: holds, every quote stands in ferries.txt\n"


def test_check_says_what_does_not_hold(prov: Prov, ferries: Path) -> None:
    prov("build", ferries)
    ferries.write_text(TEXT.replace("cracked hulls", "mended hulls"), encoding="utf-8")
    result = prov("check", "ferries.ttl", "--article", ferries)
    assert result.exit_code == 1
    *findings, verdict = result.stdout.splitlines()
    assert any("cracked" in finding and "mended" in finding for finding in findings)
    assert all(finding.startswith(("violation: ", "warning: ")) for finding in findings)
    assert verdict == f"ferries.ttl: {len(findings)} violations"


def test_check_finds_a_broken_graph(prov: Prov, graph: Path) -> None:
    graph.write_text(graph.read_text("utf-8").replace("Olga", "Olaf"), encoding="utf-8")
    assert prov("check", graph).exit_code == 1


# usage, help, streams


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example(prov: Prov, command: str) -> None:
    for flag in ("--help", "-h"):
        result = prov(command, flag)
        assert result.exit_code == 0
        text, _, example = result.stdout.rpartition("\n  Example")
        assert "Options:" in text
        assert f"\n    prov {command} " in example


def test_version(prov: Prov) -> None:
    assert prov("--version").stdout == f"prov {provenance.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "a.txt", "--to", "docx"],
        ["build", "a.txt", "--min-score", "2"],
        ["build", "a.txt", "--to", "json", "-o", "out"],
        ["nope"],
    ],
)
def test_wrong_usage_is_exit_status_2(prov: Prov, arguments: list[str]) -> None:
    result = prov(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error:" in result.stderr


def test_a_bug_keeps_its_traceback(
    prov: Prov, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("provenance.pipeline.convert", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        prov("export", graph, "--to", "nq")


def test_the_command_is_there_for_the_shell(graph: Path) -> None:
    process = prov_process("export", graph, "--to", "nq", stdout=subprocess.PIPE)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert read_graphs(out, "nquads") == (make_graph(),)


def test_a_closed_pipe_is_no_error(graph: Path) -> None:
    process = prov_process(
        "export", graph, "--to", "nq", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


def test_a_terminal_without_the_letters_is_no_error(graph: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "provenance", "trace", str(graph)],
        env=environment,
        capture_output=True,
        check=True,
    )
    assert troubles(done.stderr.decode()) == []
    assert b"this article" in done.stdout


def test_ctrl_c_stops_with_130_and_nothing_half_written(ferries: Path, tmp_path: Path) -> None:
    ferries.write_text(TEXT + "\n\n" + "He said that it was so. " * 20_000, encoding="utf-8")
    out = tmp_path / "out"
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)  # a child ignores what we do
    process = prov_process(
        "build", ferries, "-o", out, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    signal.signal(signal.SIGINT, heeded)
    with process:
        time.sleep(3)  # in the parser by now, with minutes to go
        process.send_signal(signal.SIGINT)
        try:
            printed, complaint = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, printed) == (130, b"")
    assert complaint == b"prov: interrupted\n"
    assert not out.exists()


def test_stances_all_have_a_colour() -> None:
    from provenance.cli.points import _STANCES

    assert set(_STANCES) == set(Stance)


def test_every_command_is_registered() -> None:
    assert isinstance(main, click.Group)
    assert tuple(sorted(main.commands)) == tuple(sorted(COMMANDS))


@pytest.mark.parametrize("called", ["Olga Brandt's lawyer, Ida Holm", "lawyer for Olga Brandt"])
def test_whoever_belongs_to_somebody_is_not_meant_by_that_name(
    prov: Prov, tmp_path: Path, called: str
) -> None:
    lawyer = make_source("ida-holm", name="Ida Holm", aliases=(called,))
    record = make_graph(sources=(lawyer,), flows=(make_flow("ida-holm"),), **NOTHING_ELSE)
    path = tmp_path / "g.ttl"
    path.write_bytes(write_graphs([record], "turtle"))
    assert "no source is called" in prov("trace", path, "--source", "Olga Brandt").stderr
    assert "Ida Holm" in prov("trace", path, "--source", "Holm").stdout
