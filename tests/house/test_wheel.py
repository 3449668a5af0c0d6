"""What the wheel holds: all that runs, and nothing that only trains or tests."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from zipfile import ZipFile

import pytest

from tests.helpers.places import ROOT

BUILT_FROM = ("provenance", "ontology", "pyproject.toml", "setup.cfg", "README.md", "LICENSE")
TRAINING_ONLY = {"torch", "transformers", "onnx", "training", "tests", "benchmarks"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """Build the wheel from a copy, since setuptools writes beside what it builds."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in BUILT_FROM:
        path = ROOT / name
        if path.is_dir():
            hidden = shutil.ignore_patterns("__pycache__")
            shutil.copytree(path, folder / "source" / name, ignore=hidden)
        else:
            shutil.copy(path, folder / "source")
    command = ["-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([sys.executable, *command, "-w", folder, folder / "source"], check=True)
    (made,) = folder.glob("*.whl")
    with ZipFile(made) as opened:
        yield opened


def test_the_wheel_holds_the_package_and_nothing_else(wheel: ZipFile) -> None:
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "provenance").rglob("*.py")}
    assert {name for name in held if name.endswith(".py")} == modules | {
        f"provenance/ontology/{path.name}" for path in (ROOT / "ontology").glob("*.py")
    }
    assert {name.partition("/")[0] for name in held} == {"provenance"}
    assert "provenance/ontology/provenance.ttl" in held


def test_nothing_in_the_wheel_imports_what_only_trains(wheel: ZipFile) -> None:
    for name in wheel.namelist():
        if name.endswith(".py"):
            wanted = {module.partition(".")[0] for module in imported(wheel.read(name))}
            assert not wanted & TRAINING_ONLY, name


def imported(source: bytes) -> Iterator[str]:
    """Yield what *source* imports, wherever in it that is done."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
