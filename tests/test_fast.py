"""What `make fast` leaves out is there, and what is left in is most of the suite."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SLOW

TESTS = Path(__file__).parent


def listed() -> list[str]:
    lines = SLOW.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", listed())
def test_what_is_listed_as_slow_is_a_test(name: str) -> None:
    file, _, function = name.partition("::")
    assert f"def {function or 'test_'}" in (TESTS / file).read_text("utf-8")


def test_make_fast_leaves_out_what_opens_a_browser() -> None:
    makefile = (TESTS.parent / "Makefile").read_text("utf-8")
    (chosen,) = re.findall(r'-m "(not \w+)"', makefile)
    files = ("test_fast.py", "test_access.py", "test_wheel.py", "test_view_folding.py")
    command = ["-m", "pytest", "--collect-only", "-q", "-m", chosen, *map(str, files)]
    done = subprocess.run(
        [sys.executable, *command], cwd=TESTS, capture_output=True, text=True, check=True
    )
    kept = {line.partition("[")[0] for line in done.stdout.splitlines() if "::" in line}
    assert {Path(test.partition("::")[0]).name for test in kept} == {
        "test_fast.py",
        "test_view_folding.py",
    }
    assert not any(
        test.endswith("::test_make_fast_leaves_out_what_opens_a_browser") for test in kept
    )
