"""How tests are chosen and called: what `make fast` leaves out, and ids that can be read."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SLOW, pytest_make_parametrize_id
from tests.helpers.places import ROOT

TESTS = ROOT / "tests"


def listed() -> list[str]:
    lines = SLOW.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", listed())
def test_what_is_listed_as_slow_is_a_test(name: str) -> None:
    file, _, function = name.partition("::")
    assert f"def {function or 'test_'}" in (TESTS / file).read_text("utf-8")


def test_make_fast_leaves_out_what_opens_a_browser() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (chosen,) = re.findall(r'-m "(not \w+)"', makefile)
    files = (
        "house/test_fast.py",
        "view/test_access.py",
        "house/test_wheel.py",
        "view/test_folding.py",
    )
    command = ["-m", "pytest", "--collect-only", "-q", "-m", chosen, *map(str, files)]
    done = subprocess.run(
        [sys.executable, *command], cwd=TESTS, capture_output=True, text=True, check=True
    )
    kept = {line.partition("[")[0] for line in done.stdout.splitlines() if "::" in line}
    assert {Path(test.partition("::")[0]).name for test in kept} == {
        "test_fast.py",
        "test_folding.py",
    }
    assert not any(
        test.endswith("::test_make_fast_leaves_out_what_opens_a_browser") for test in kept
    )


def test_cases_are_called_by_their_words() -> None:
    called = {
        "article said 3": ("article", ["said", 3]),
        "--to csv": ["--to", "csv"],
        "to csv object None": {"to": "csv", object(): None},
        "word " * 11 + "wo...": ["word"] * 40,
    }
    for name, case in called.items():
        assert pytest_make_parametrize_id(case) == name
    assert pytest_make_parametrize_id("its own words") is None
