"""Nothing that a terminal obeys, or that hides text from who reads it, is printed."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

from provenance.cli.terminal import harmless
from provenance.exports.records import dumped
from tests.conftest import Prov
from tests.helpers.places import ROOT

EVIL = "\x1b]0;owned\x07\x9b31m\u202eneK\u2066\u200b\x7f"
TURNED = "\u202eneK\u2066\u200b\u00ad"
TEXT = f"""The harbour will close in November, Mara Quint, the director, told Radio Nord.

Tomas Wren, a retired pilot, denied that the pumps had failed before, "as {TURNED} ever".
"""
NAME = f"a{EVIL}b"
# What a terminal of ours uses itself: colours, and a line that is written anew.
_OURS = re.compile(r"\x1b\[[0-9;]*m|\r\x1b\[2K|\r\n")


def hidden(text: str) -> set[str]:
    """Return the characters in *text* that no terminal should get."""
    return {
        c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


@pytest.fixture
def named(prov: Prov, tmp_path: Path) -> Path:
    """Return a folder with an article, graph and store that have such names."""
    (tmp_path / f"{NAME}.txt").write_text(TEXT)
    assert prov("build", f"{NAME}.txt").exit_code == 0
    assert prov("build", f"{NAME}.txt", "--store", f"s{NAME}").exit_code == 0
    return tmp_path


COMMANDS = (
    ("build", f"{NAME}.txt"),
    ("build", f"{NAME}.txt", "--to", "json"),
    ("build", f"{NAME}.txt", "--store", f"s{NAME}"),
    ("build", f"{NAME}.txt", f"{NAME}.txt/no", "--keep-going"),
    ("build", f"none{NAME}.txt"),
    ("trace", f"{NAME}.ttl", "-v"),
    ("trace", f"{NAME}.ttl", "--source", NAME),
    ("check", f"{NAME}.ttl", "--article", f"{NAME}.txt"),
    ("view", f"{NAME}.ttl", "-o", f"{NAME}.html"),
    ("view", "--store", f"s{NAME}", "-o", f"p{NAME}"),
    ("bundle", f"{NAME}.ttl", "-o", f"{NAME}.zip"),
    ("verify", f"{NAME}.zip"),
    ("verify", f"{NAME}.zipp"),
    ("correct", "grade", f"{NAME}.txt", "Wren", "B", "--who", EVIL, "--why", EVIL),
    ("correct", "log", f"{NAME}.txt"),
    ("diff", f"{NAME}.ttl", f"{NAME}.txt"),
    ("diff", f"{NAME}.ttl", f"{NAME}.txt", "--to", "json"),
    ("query", "denied", f"{NAME}.ttl"),
    ("query", NAME, f"{NAME}.ttl"),
    ("push", f"{NAME}.ttl", "http://127.0.0.1:1/", "--dry-run"),
    ("push", f"{NAME}.ttl", f"x{NAME}"),
    ("independence", f"s{NAME}"),
    ("independence", f"s{NAME}", "--to", "json"),
    ("sources", f"s{NAME}"),
    ("sources", f"s{NAME}", "--to", "json"),
    ("timeline", f"s{NAME}"),
    ("timeline", f"s{NAME}", "--to", "json"),
    ("remove", f"s{NAME}", f"x{NAME}"),
    (f"--{NAME}",),
    (NAME,),
    ("build", f"--{NAME}"),
    ("export", f"{NAME}.ttl", "--to", NAME),
)


def test_no_command_prints_them(prov: Prov, named: Path) -> None:
    for arguments in COMMANDS:
        done = prov(*arguments)
        assert done.output.strip(), arguments
        assert hidden(done.output) == set(), arguments


def test_a_terminal_gets_none_of_them_in_data_either(named: Path) -> None:
    """On a real terminal, where colours are ours, and formats are written in which they may be."""
    for arguments in (
        ("trace", f"{NAME}.ttl", "-v"),
        ("build", f"{NAME}.txt"),
        ("query", "denied", f"{NAME}.ttl"),
        ("export", f"{NAME}.ttl", "--to", "turtle"),
        ("export", f"{NAME}.ttl", "--to", "csv"),
        ("query", "denied", f"{NAME}.ttl", "--to", "json"),
    ):
        master, slave = pty.openpty()
        command = [sys.executable, "-m", "provenance", *arguments]
        with subprocess.Popen(command, cwd=named, stdout=slave, stderr=slave) as process:
            os.close(slave)
            seen = b""
            while piece := _read(master):
                seen += piece
        os.close(master)
        assert process.returncode == 0, seen
        text = seen.decode()
        assert text.strip(), arguments
        assert hidden(_OURS.sub("", text).replace("\t", "")) == set(), arguments


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other end is closed
        return b""


def test_json_says_the_same_with_them_escaped() -> None:
    value = {EVIL: [EVIL, "ü", "\U000e0041", "\U0001f600", "\u2028"]}
    assert json.loads(dumped(value, indent=2)) == value
    assert hidden(dumped(value, indent=2)) == set()
    assert "ü" in dumped(value)
    assert dumped({"a": ["b\n"]}, indent=1) == json.dumps({"a": ["b\n"]}, indent=1)


def test_lines_stay_lines() -> None:
    assert harmless("a\tb\n\x1b\x9b\u202ec") == "a\tb\n\ufffd\ufffdc"


def test_only_one_module_prints() -> None:
    """Whoever prints otherwise prints what it was given."""
    printing = re.compile(r"click\.(?:secho|echo)\((?!dumped\()|(?<![\w.])print\(|stdout\.write\(")
    for path in (ROOT / "provenance" / "cli").glob("*.py"):
        if path.name != "terminal.py":
            assert not printing.search(path.read_text("utf-8")), path.name


def test_what_goes_on_in_the_next_row_stands_below_its_first_word() -> None:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 60, 0, 0))
    built = ROOT / "examples" / "built" / "pentagon-leak.ttl"
    command = [sys.executable, "-m", "provenance", "trace", str(built), "-v"]
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    with subprocess.Popen(
        command, stdout=slave, env=env | {"TERM": "xterm"}, stderr=subprocess.DEVNULL
    ) as one:
        os.close(slave)
        said = b""
        with suppress(OSError):  # Linux says so where nothing is left to read
            while part := os.read(master, 65536):
                said += part
        os.close(master)
    assert one.returncode == 0
    rows = [re.sub(r"\x1b\[[0-9;]*m", "", row).rstrip() for row in said.decode().split("\r\n")]
    broken = [n for n, row in enumerate(rows) if row.startswith("     “") and "”" not in row]
    assert len(broken) > 5
    assert all(rows[n + 1].startswith("     ") for n in broken)
    assert max(map(len, rows)) <= 60
