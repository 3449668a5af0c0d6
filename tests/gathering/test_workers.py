"""Workers end with the process that started them, however that ends, and hold nothing of its."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from provenance.errors import EngineError
from provenance.gathering.engines.local import Worker

LONG = "Mara Quint, the port director, said that pump {} had failed on Monday.\n\n" * 40
_PATIENCE = 60
"""Seconds until a test gives up; nothing here is measured."""


def group(leader: int) -> set[int]:
    """Return the processes in the group of *leader* that are not dead."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,pgid=,stat="], check=True, capture_output=True, text=True
    ).stdout
    rows = [line.split() for line in listed.splitlines()]
    return {int(pid) for pid, group, state in rows if int(group) == leader and state[0] != "Z"}


def wait_until(leader: int, least: int, most: int) -> set[int]:
    """Return the processes in the group of *leader* once there are *least* to *most*."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        found = group(leader)
        if least <= len(found) <= most:
            return found
        time.sleep(0.1)
    return group(leader)


WAITING = """
import time
from provenance.gathering.engines.local import spread
def things():
    yield from (1, 2, 3)
    time.sleep(3600)
if __name__ == "__main__":
    list(spread(abs, things(), 2))
"""


def check_none_left(command: list[str], name: str) -> None:
    """End a run by the signal *name*: nothing of its is left, and its pipes are closed."""
    with subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            # The run, the tracker of its resources, the server of forks and two workers.
            assert len(wait_until(process.pid, 5, 9)) >= 5
            process.send_signal(getattr(signal, name))
            process.communicate(timeout=_PATIENCE)
            assert wait_until(process.pid, 0, 0) == set()
        finally:
            if group(process.pid):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL", "SIGHUP", "SIGABRT"])
def test_workers_that_wait_do_not_outlive_a_run(name: str, tmp_path: Path) -> None:
    (tmp_path / "waiting.py").write_text(WAITING)
    check_none_left([str(tmp_path / "waiting.py")], name)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_workers_that_read_do_not_outlive_a_run(name: str, tmp_path: Path) -> None:
    many = (json.dumps({"text": LONG.format(*range(39), number)}) for number in range(400))
    (tmp_path / "rows.jsonl").write_text("".join(f"{row}\n" for row in many))
    command = ["-m", "provenance", "build", str(tmp_path / "rows.jsonl")]
    check_none_left([*command, "--store", str(tmp_path / "store"), "--workers", "2"], name)


def test_a_worker_that_dies_or_hangs_is_replaced() -> None:
    worker = Worker()
    try:
        with pytest.raises(EngineError, match="died"):
            worker.do(os._exit, 3, 60)
        assert worker.do(len, "abc", 60) == 3
        with pytest.raises(EngineError, match=r"longer than 0\.2 s"):
            worker.do(time.sleep, 60, 0.2)
        assert worker.do(len, "ab", 60) == 2
        with pytest.raises(ValueError, match="invalid literal"):
            worker.do(int, "x", 60)
    finally:
        worker.close()
    with pytest.raises(EngineError, match="stopped"):
        worker.do(len, "a", 60)
