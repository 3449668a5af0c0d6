"""Run queries in processes: start one, read what it reports, explain why it died.

One that stays answers many queries of a store, one after the other.
"""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Lock, Timer
from typing import IO, Any

from provenance import errors, vocab
from provenance.errors import LimitError, RecordError, StoreError
from provenance.stores.queries.confining import NETWORK_SIGNAL
from provenance.stores.queries.worker import ASKS_ANOTHER

MEMORY = 2_000_000_000
"""Bytes that an answer may take, beside the data in files."""
PREFIXES = vocab.PREFIXES | {"rdfs": vocab.RDFS}
_WORKER = "provenance.stores.queries.worker"
_STACK_SIGNAL, _CPU_SIGNAL = 11, 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is to be written, and of which graphs it is asked.

    Attributes:
        rows: The media type of what SELECT and ASK find.
        triples: That of what CONSTRUCT and DESCRIBE find, "" where these are refused.
        default: The graphs that count as the one which is asked; with none at all, every graph.
        named: The graphs that may be named.
    """

    rows: str = "application/sparql-results+json"
    triples: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def worker_of(task: str, noise: IO[bytes] | int) -> "subprocess.Popen[bytes]":
    """Return a process that does a *task* of `worker`, with *noise* for its standard error."""
    # Its modules are found where ours are, and not in the folder that we happen to be in.
    start = f"import sys; sys.path[:] = {sys.path!r}; from {_WORKER} import {task}; {task}()"
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-P", "-c", start], bufsize=0, stdin=pipe, stdout=pipe, stderr=noise
    )


def checked(told: bytes) -> dict[str, Any]:
    """Return the answer in what a process *told*.

    Raises:
        ProvenanceError: It said why it has none.
    """
    record: dict[str, Any] = json.loads(told)
    if "error" in record:
        raise getattr(errors, record["error"])(record["why"])
    return record


def death(status: int, noise: str, timeout: float, memory: int) -> RecordError:
    """Return why there is no answer from a process that ended with this *status* and *noise*."""
    if status == -NETWORK_SIGNAL:
        return RecordError(ASKS_ANOTHER)
    if status == -_CPU_SIGNAL:
        return LimitError(late(timeout))
    last = " ".join((noise.strip().splitlines() or [f"it ended with status {status}"])[-1].split())
    if status == -_STACK_SIGNAL or "RecursionError" in last:
        return RecordError("cannot run the query: it is nested too deep")
    if "memory" in noise.lower() or "bad_alloc" in noise:
        least = f"{memory // 1_000_000:,} MB of memory, --memory allows for more"
        return LimitError(f"cannot run the query: it takes more than {least}")
    return RecordError(f"cannot run the query: {last}")


def late(seconds: float) -> str:
    """Return what to report of a query that took longer than *seconds*."""
    return f"cannot run the query: it took longer than {seconds:g} s, --timeout allows for more"


class Asker:
    """A process that answers queries of a store in turn; one that a query ends is replaced.

    The process ends with the thread that started it.
    """

    def __init__(self, folder: Path, memory: int = MEMORY) -> None:
        """Ask the store in *folder*; an answer may take so many bytes of *memory*."""
        self._folder, self._memory = folder, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._noise: IO[bytes] | None = None
        self._turn, self._closed = Lock(), False

    def start(self) -> None:
        """Start a process unless one is ready to answer."""
        with self._turn:
            self._start()

    def _start(self) -> None:
        if self._closed:
            raise StoreError("cannot run the query: it was stopped")
        if self._process is not None and self._process.poll() is None:
            return
        self._end()
        self._noise = TemporaryFile()  # noqa: SIM115
        self._process = worker_of("stay", self._noise)
        given = {"folder": str(self._folder), "memory": self._memory, "prefixes": PREFIXES}
        self._tell(given)
        self._line()
        if self._closed:
            self._process.kill()

    def written(self, text: str, wanted: Wanted, timeout: float = 60.0) -> tuple[str, bytes]:
        """Return "rows" or "triples", and what the query *text* finds.

        Raises:
            LimitError: It takes longer than *timeout* seconds, or too much memory.
            RecordError: It is wrong.
            StoreError: The store cannot be read.
        """
        with self._turn:
            for _ in range(2):
                self._start()
                if (found := self._written(text, wanted, timeout)) is not None:
                    return found
        raise StoreError("cannot run the query: it was stopped")

    def _written(self, text: str, wanted: Wanted, timeout: float) -> tuple[str, bytes] | None:
        """Return the answer, None if the process ended before it was asked."""
        process, stopped = self._process, Event()
        assert process is not None

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = Timer(timeout, stop)
        timer.start()
        try:
            self._tell(asdict(wanted) | {"query": text, "seconds": timeout})
            record = checked(told) if (told := self._line()) else {}
            found = self._bytes(record["size"]) if record else b""
        finally:
            timer.cancel()
        if record and len(found) == record["size"]:
            return record["kind"], found
        why = self._dead(timeout, stopped=stopped.is_set())
        if process.returncode == 0 and not stopped.is_set():
            return None  # it had no memory left for another
        raise why

    def close(self) -> None:
        """End the process, and start no other; any thread may do so."""
        self._closed = True
        if (process := self._process) is not None:
            process.kill()
        with self._turn:
            self._end()

    def _dead(self, timeout: float, *, stopped: bool) -> RecordError:
        """Return why there is no answer from a process that has ended."""
        assert self._process is not None
        assert self._noise is not None
        status = self._process.wait()
        self._noise.seek(0)
        noise = self._noise.read().decode(errors="replace")
        self._end()
        return LimitError(late(timeout)) if stopped else death(status, noise, timeout, self._memory)

    def _tell(self, record: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # its status says why
            left = memoryview(json.dumps(record).encode() + b"\n")
            while left:
                left = left[self._process.stdin.write(left) or 0 :]

    def _line(self) -> bytes:
        """Return the next line from the process; less than a line if it has ended."""
        assert self._process is not None
        assert self._process.stdout is not None
        told = self._process.stdout.readline()
        return told if told.endswith(b"\n") else b""

    def _bytes(self, size: int) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        found = bytearray()
        while len(found) < size and (more := self._process.stdout.read(size - len(found))):
            found += more
        return bytes(found)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for one in (self._process.stdin, self._process.stdout, self._noise):
                if one is not None:
                    with suppress(BrokenPipeError):
                        one.close()
        self._process = self._noise = None
