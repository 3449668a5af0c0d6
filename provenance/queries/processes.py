"""Processes that queries are answered in: how one is started, what it tells, why it died."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import IO, Any

from provenance import errors, vocab
from provenance.errors import LimitError, RecordError
from provenance.queries.confining import NETWORK_SIGNAL
from provenance.queries.worker import ASKS_ANOTHER

MEMORY = 2_000_000_000
"""Bytes that an answer may take, beside the data in files."""
PREFIXES = vocab.PREFIXES | {"rdfs": vocab.RDFS}
_WORKER = "provenance.queries.worker"
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
    """Return a process that does a *task* of `worker`, and tells its troubles to *noise*."""
    # Its modules are found where ours are, and not in the folder that we happen to be in.
    start = f"import sys; sys.path[:] = {sys.path!r}; from {_WORKER} import {task}; {task}()"
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-P", "-c", start], bufsize=0, stdin=pipe, stdout=pipe, stderr=noise
    )


def checked(told: bytes) -> dict[str, Any]:
    """Return what a process *told*.

    Raises:
        ProvenanceError: It told why it cannot.
    """
    record: dict[str, Any] = json.loads(told)
    if "error" in record:
        raise getattr(errors, record["error"])(record["why"])
    return record


def death(status: int, noise: str, timeout: float, memory: int) -> RecordError:
    """Return why there is no answer, of a process that ended with *status* and that *noise*."""
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
    """Return what is said of a query that took longer than so many *seconds*."""
    return f"cannot run the query: it took longer than {seconds:g} s, --timeout allows for more"
