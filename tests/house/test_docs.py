"""What the documentation promises: commands as they are, examples that run, words that exist."""

import re
import shlex
import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest

import provenance
from provenance import model, vocab
from provenance.model import Certainty, EventKind, EventRole, FlowKind, SourceType
from tests.conftest import Prov
from tests.helpers.places import ROOT

README = ROOT / "README.md"
REMAKE = "run python docs/make.py"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of *language* in *page*."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)


def commands(page: Path) -> list[str]:
    return [
        line.partition("  #")[0].strip()
        for block in blocks(page, "sh")
        for line in block.splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    folders = "provenance|training|tests|benchmarks|docs|ontology|examples"
    named = re.findall(rf"`((?:{folders})/[\w./-]+)`", page.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.fixture
def checkout(prov: Prov, tmp_path: Path) -> Prov:
    """Return ``prov`` in a folder with the examples, one of them as the article of the README."""
    shutil.copytree(ROOT / "examples", "examples")
    shutil.copy(ROOT / "examples" / "pentagon-leak.txt", "article.txt")
    Path("saved-pages").mkdir()
    shutil.copy("article.txt", "saved-pages")
    return prov


def run(prov: Prov, line: str) -> None:
    """Run a command of the documentation, with its redirections."""
    words = shlex.split(line)
    given = Path(words[words.index("<") + 1]).read_bytes() if "<" in words else None
    into = Path(words[words.index(">") + 1]) if ">" in words else None
    end = min(words.index(sign) if sign in words else len(words) for sign in "<>")
    result = prov(*words[1:end], input=given)
    assert result.exit_code == 0, f"{line}: {result.stderr}"
    if into is not None:
        into.write_bytes(result.stdout_bytes)


def made(what: str) -> str:
    """Return what docs/make.py makes."""
    code = f"import sys; from make import *; sys.stdout.buffer.write({what}.encode())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT / "docs"
    )
    return done.stdout.decode()


def test_the_command_reference_is_what_help_says() -> None:
    assert made("reference()") == (ROOT / "docs" / "cli.md").read_text("utf-8"), REMAKE


def test_the_page_of_the_ontology_is_what_the_ontology_says() -> None:
    page = made("terms.page()")
    assert page == (ROOT / "docs" / "ontology.html").read_text("utf-8"), REMAKE
    for term in vocab.TERMS:
        assert page.count(f'id="{term}"') == 1, term


def test_tables_that_are_made_are_as_they_would_be_made() -> None:
    pages = {
        "contributing": ROOT / "CONTRIBUTING.md",
        "architecture": ROOT / "docs" / "architecture.md",
        "decisions": ROOT / "docs" / "decisions" / "README.md",
    }
    for what, page in pages.items():
        assert made(f"rooms.{what}()") == page.read_text("utf-8"), REMAKE


def test_decisions_are_numbered_without_gaps_or_doubles() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert len(pages) > 10
    for number, page in enumerate(pages, 1):
        assert page.name.startswith(f"{number:04d}-"), "take the next number that is free"
        assert page.read_text("utf-8").startswith(f"# {number}. ")


def test_the_site_is_built_and_no_link_in_it_is_broken() -> None:
    pytest.importorskip("material", reason="mkdocs-material is in the extra 'docs'")
    pytest.importorskip("mkdocstrings", reason="mkdocstrings is in the extra 'docs'")
    done = subprocess.run(
        [sys.executable, "docs/website.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    site = ROOT / "build" / "site"
    assert 'class="mermaid"' in (site / "docs" / "architecture" / "index.html").read_text("utf-8")
    api = (site / "docs" / "api" / "index.html").read_text("utf-8")
    for name in ("pipeline.build", "graph.custody.trace_chains", "model.graph.SourceGraph"):
        assert f'id="provenance.{name}"' in api


def test_the_readme_is_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) < 125


def test_the_readme_sets_up_and_runs_in_one_line_each() -> None:
    first, *_, last = commands(README)
    assert first.startswith("python3 -m venv .venv && ")
    assert first.endswith("prov build examples/pentagon-leak.txt -o out/")
    assert last == "make test"


def test_ci_runs_the_tests_of_the_readme() -> None:
    ci = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert ci[-1] == commands(README)[-1]
    assert "set -euo pipefail" in ci


def test_the_commands_of_the_readme_run(checkout: Prov) -> None:
    lines = [line.rpartition("&& .venv/bin/")[2] for line in commands(README)]
    ours = [line for line in lines if line.startswith("prov ")]
    assert len(ours) == 15
    for line in ours:
        run(checkout, f"{line} --dry-run" if line.startswith("prov push ") else line)


def test_the_commands_of_the_tutorial_run(checkout: Prov) -> None:
    for line in commands(ROOT / "docs" / "tutorial.md"):
        run(checkout, line)


@pytest.mark.parametrize("page", [README, ROOT / "docs" / "tutorial.md"], ids=lambda p: p.name)
def test_the_python_of_the_documentation_runs(page: Path) -> None:
    found = blocks(page, "python")
    assert found
    for code in found:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_the_example_in_the_readme_is_what_is_printed(checkout: Prov) -> None:
    assert made("readme()") == README.read_text("utf-8"), REMAKE
    printed = checkout("build", "examples/pentagon-leak.txt", "-o", "out/").stdout
    (shown,) = blocks(README, "text")
    assert shown in printed


def links(page: Path) -> list[str]:
    """Return the files that *page* links to, as it names them."""
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
    return [target for target in targets if not target.startswith("http")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_every_page_of_the_documentation_is_linked_from_another() -> None:
    linked = {(page.parent / target).resolve() for page in PAGES for target in links(page)}
    assert [page.name for page in PAGES if page.resolve() not in linked] == []


@pytest.mark.parametrize(
    "words", [Certainty, EventKind, EventRole, FlowKind, SourceType], ids=lambda e: e.__name__
)
def test_the_glossary_has_every_kind(words: type[StrEnum]) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert not {word.value for word in words if f"`{word.value}`" not in glossary}


def test_the_help_is_in_the_words_of_the_vocabulary() -> None:
    vocabulary = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("\n## Words\n")[2]
    head, _, *rows = [row for row in vocabulary.splitlines() if row.startswith("| ")]
    assert head.endswith("| not |")
    avoided = [row.split("|")[3] for row in rows]
    words = "|".join(word.strip() for cell in avoided for word in cell.split(","))
    reference = " ".join((ROOT / "docs" / "cli.md").read_text("utf-8").split())
    assert len(re.findall(rf"\b(?:{words})\b", "tell whence it is told")) == 3
    assert re.findall(rf"\b(?:{words})\b", reference) == []


def test_the_glossary_names_records_that_exist() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    named = re.findall(r"\(`([A-Z]\w+)`\)", glossary)
    assert len(named) > 10
    assert not [name for name in named if not hasattr(model, name)]


def test_the_version_is_one_everywhere() -> None:
    version = provenance.__version__
    assert f"\n## {version} - 20" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    ontology = (ROOT / "ontology" / "provenance.ttl").read_text("utf-8")
    assert f'owl:versionInfo "{version}"' in ontology


def test_gaps_of_the_documentation_are_those_of_the_code() -> None:
    from provenance.graph import custody, gaps

    page = (ROOT / "docs" / "custody.md").read_text("utf-8")
    assert [reason for reason in gaps._UNKNOWN.values() if f"| {reason} |" not in page] == []
    (row,) = re.findall(r"^\| who (\w+ \(.+?\)) it is not named \|", page, re.M)
    doings = {
        re.sub("^who | it is not named$| is not named$", "", r) for r, _ in gaps._UNSAID.values()
    }
    assert set(re.split(r", | \(|\)", row)) - {""} == {doing.replace(" it", "") for doing in doings}
    assert gaps.WITHHELD in page
    assert gaps.LOOSE in page
    assert f"at most {custody.LIMIT} are given" in page
