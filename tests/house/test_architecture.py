"""The layers of the design, the size of modules and functions, and what starts quickly."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import fields
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import tests
from tests import helpers
from tests.helpers.places import ROOT

PACKAGE = ROOT / "provenance"
LAYERS = (
    {"model", "errors"},
    {"common", "vocab"},
    {"articles", "extraction", "resolution"},
    {"graph"},
    {"corrections"},
    {"analysis", "rdf", "readings", "view"},
    {"exports"},
    {"evaluation", "pipeline", "stores"},
    {"bundles", "gathering"},
    {"desk"},
    {"cli"},
)
LEVEL = {part: number for number, layer in enumerate(LAYERS) for part in layer}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGEST_PREFACE = 10  # lines of a package's docstring after its first
MODULES = sorted(PACKAGE.rglob("*.py"))
PACKAGES = [path for path in MODULES if path.name == "__init__.py"]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """Return the part of the package that *module* belongs to, "" for the package itself."""
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> Iterator[str]:
    """Yield the modules of ours that *path* imports, wherever in it that is done."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] == "provenance")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out"
            if node.module == "provenance":
                yield from (f"provenance.{a.name}" for a in node.names)
            elif node.module and node.module.startswith("provenance."):
                yield node.module


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_from_below_only(path: Path) -> None:
    mine = part_of(name_of(path))
    if mine in ("", "__main__"):
        return
    assert mine in LEVEL, f"{mine} has no place in the layers"
    for module in imports(path):
        other = part_of(module)
        allowed = other in (mine, "__version__") or LEVEL.get(other, 99) < LEVEL[mine]
        assert allowed, f"{name_of(path)} must not import {module}"


def test_records_do_not_import_one_another_in_a_circle() -> None:
    above = {
        name_of(path): {module for module in imports(path) if module != "provenance.model"}
        for path in (PACKAGE / "model").glob("*.py")
    }
    assert len(above) > 1
    tuple(TopologicalSorter(above).static_order())  # raises CycleError


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1 - docstring_lines(node)
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_a_package_says_what_it_takes_makes_and_leaves_alone(package: Path) -> None:
    said = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
    first, *rest = said.splitlines()
    assert first.endswith("."), "a sentence on one line"
    assert len(rest) < LONGEST_PREFACE
    paragraph = " ".join(rest)
    places = [paragraph.find(f"{word}: ") for word in ("In", "Out", "Never")]
    assert -1 not in places, "In: what it takes. Out: what it makes. Never: what it leaves alone."
    assert places == sorted(places)


def test_no_two_modules_have_one_name() -> None:
    names = Counter(path.stem for path in MODULES if path not in PACKAGES)
    assert [name for name, times in names.items() if times > 1] == []


CLI = [path for path in MODULES if path.parent == PACKAGE / "cli"]


@pytest.mark.parametrize("path", CLI, ids=name_of)
def test_options_go_from_hand_to_hand_as_records(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            for one in (*node.args.args, *node.args.kwonlyargs):
                untyped = one.annotation and "[str, Any]" in ast.unparse(one.annotation)
                assert not (untyped and one.arg in ("how", "given")), f"{node.name} takes a dict"


def test_the_record_of_the_options_of_build_has_them_all() -> None:
    from provenance.cli.building import build
    from provenance.cli.options import BuildOptions

    apart = {"articles", "output_dir", "to", "opening"}
    known = {field.name for field in fields(BuildOptions)} - {"asking"}
    assert {param.name for param in build.params} - apart == known


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the length of the docstring of *node*, of which there can hardly be too much."""
    if ast.get_docstring(node) is None:
        return 0
    return (node.body[0].end_lineno or 0) - node.body[0].lineno + 1


RESERVED = ("graph", "default", "style", "class", "click", "direction", "call", "href")
"""Words that are no names of boxes in Mermaid."""


def picture() -> str:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page.partition("```mermaid\n")[2].partition("```")[0]
    assert not re.search(rf"(?:^|> ) *(?:{'|'.join(RESERVED)})(?: -|$)", drawn, re.M)
    return re.sub(r' *graph_\["graph"\]\n', "", drawn).replace("graph_", "graph")


@cache
def imported_by(part: str) -> set[str]:
    """Return the parts, and the records as ``model.Name``, that a part imports."""
    found = set()
    for path in MODULES:
        if part_of(name_of(path)) == part:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module == "provenance.model":
                    found |= {f"model.{alias.name}" for alias in node.names}
            found |= {part_of(module) for module in imports(path)}
    return found - {part}


def test_the_picture_shows_every_package_and_nothing_else() -> None:
    drawn = set(re.findall(r"[a-z]+", re.sub(r"-- \w+ -->|-\.->", " ", picture())))
    packages = {part_of(name_of(path)) for path in PACKAGES} - {"", "common", "model"}
    assert drawn - {"flowchart", "subgraph", "end"} == packages | {"pipeline"}


def test_the_arrows_of_the_picture_are_those_of_the_code() -> None:
    handed = re.findall(r"(\w+) -- (\w+) --> (\w+)", picture())
    assert len(handed) > 5
    for giver, record, taker in handed:
        for part in (giver, taker):
            assert f"model.{record}" in imported_by(part), f"{part} has no {record}"
    calls = re.findall(r"(\w+) -\.-> (\w+)", picture())
    assert len(calls) > 5
    for caller, called in calls:
        assert called in imported_by(caller), f"{caller} does not call {called}"


def test_the_box_of_the_picture_holds_what_the_pipeline_joins() -> None:
    (box,) = re.findall(r"subgraph pipeline\n(.*?)  end\n", picture(), re.S)
    packages = {part_of(name_of(path)) for path in PACKAGES}
    boxed = re.findall(r"[a-z]+", re.sub(r"-- \w+ -->", " ", box))
    assert set(boxed) == imported_by("pipeline") & packages - {"", "common", "model"}


def test_the_guide_to_changes_names_what_is_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    guide = page.partition("## Where to change what")[2]
    named = re.findall(r"`((?:provenance|training|ontology)/[^`]+)`", guide)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_tests_list_what_they_share() -> None:
    listed = re.findall(r"^\* `(\w+)`: .+\.$", helpers.__doc__ or "", re.M)
    there = {path.stem for path in (ROOT / "tests" / "helpers").glob("*.py")}
    assert listed == sorted(there - {"__init__"})


def test_the_tests_have_a_folder_for_each_package() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    rooms = {path.parent.name for path in (ROOT / "tests").glob("*/__init__.py")}
    beside = set(re.findall(r"^\* `(\w+)`: ", tests.__doc__ or "", re.M)) - {"data"}
    assert rooms - packages == beside
    assert packages - rooms == {"common", "model"}  # nearly every other test is one of these too
    assert not [path.name for path in (ROOT / "tests").glob("test_*.py")]


def test_every_package_is_installed() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    installed = set(config["options"]["packages"].split())
    found = {name_of(path) for path in PACKAGE.rglob("__init__.py")}
    assert installed == found | {"provenance.ontology"}


def test_every_data_file_is_installed() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    for package, patterns in config["options.package_data"].items():
        folder = (
            ROOT / "ontology" if package.endswith("ontology") else ROOT / package.replace(".", "/")
        )
        matched = {path for pattern in patterns.split(",") for path in folder.glob(pattern.strip())}
        here = {path for path in folder.iterdir() if path.is_file()}
        below = {path for name in ("static", "templates") for path in (folder / name).glob("*")}
        missed = {path for path in here | below if path.suffix not in (".py", ".pyc")} - matched
        assert not missed, f"{package} lacks {missed}"


def python(code: str) -> str:
    """Return what *code* prints in a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout


def test_help_imports_nothing_but_click() -> None:
    code = """
import sys
before = set(sys.modules)
from provenance.cli import main
main(["--help"], standalone_mode=False)
third = {name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names
print("third:", *sorted(third))
"""
    assert python(code).splitlines()[-1] in ("third: click provenance", "third: click colorama")


def test_the_package_itself_imports_nothing() -> None:
    code = "import sys, provenance; print(*sorted(m for m in sys.modules if m.startswith('prov')))"
    assert python(code).split() == ["provenance"]


def test_public_names_are_there() -> None:
    code = "import provenance as p; print(*(getattr(p, name) is not None for name in p.__all__))"
    assert set(python(code).split()) == {"True"}


def test_a_name_that_is_not_there_is_told_as_usual() -> None:
    import provenance

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = provenance.nothing
    assert "build" in dir(provenance)
