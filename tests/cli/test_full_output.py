"""Standard output without room: one line, whatever is printed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.places import ROOT

BUILT = ROOT / "examples" / "built" / "pentagon-leak.ttl"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["trace", BUILT],
        ["export", BUILT, "--to", "json"],
        ["query", "chains", BUILT],
        ["query", "chains", BUILT, "--to", "csv"],
        ["query", "--list"],
        ["view", BUILT, "-o", "-"],
        ["--help"],
        ["--version"],
        ["trace", "--help"],
    ],
)
def test_a_full_output_is_one_line(arguments: list[str | Path]) -> None:
    with Path("/dev/full").open("wb") as full:
        run = [sys.executable, "-m", "provenance", *map(str, arguments)]
        done = subprocess.run(run, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.stderr == "prov: cannot write to standard output: no space left on device\n"
    assert done.returncode == 1
