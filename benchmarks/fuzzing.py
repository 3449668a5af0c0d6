"""Fuzz every reader, and what is made of graphs, for hours: what was tried, and what came of it.

    python benchmarks/fuzzing.py [--hours 1] [--seed 1] [--only READER]

Each reader in turn gets mutants of what it accepts (tests/helpers/mutants.py) for two seconds, over
and over; those that end in a line of a new kind are mutated further. A mutant ends well with a
result or with one line of ours; whatever else it ends in is a find, kept under build/finds. Nothing
may be asked of the network, and no mutant may take longer than 20 seconds.
"""

import argparse
import json
import os
import random
import re
import resource
import signal
import socket
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.helpers import every_reader as readers  # noqa: E402
from tests.helpers import mutants  # noqa: E402

FINDS = ROOT / "build" / "finds"
BUDGET = 20  # seconds of processor time for one mutant
TURN = 2.0  # seconds a reader has at a time
KEPT = 200  # mutants that ended in new ways, of each reader
WIDEST = 400_000  # bytes; mutants of mutants grow


class HangError(BaseException):
    """A mutant took longer than the budget."""


@dataclass
class Tally:
    """What came of one reader's mutants."""

    tried: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    finds: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    seeds: list[bytes] = field(default_factory=list)
    corpus: list[bytes] = field(default_factory=list)
    seen: set[tuple[str, int]] = field(default_factory=set)


def main() -> None:
    """Fuzz, and write down what came of it."""
    options = argparse.ArgumentParser()
    options.add_argument("--hours", type=float, default=1.0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", action="append", default=[])
    options.add_argument("--results", type=Path, default=ROOT / "benchmarks/results/fuzzing.md")
    given = options.parse_args()
    guard()
    draw = random.Random(given.seed)
    chosen = {n: r for n, r in readers.READERS.items() if not given.only or n in given.only}
    seeds = {name: reader.seeds() for name, reader in chosen.items()}
    others = [seed[:20_000] for some in seeds.values() for seed in some]
    tallies = {name: Tally(seeds=seeds[name], corpus=list(seeds[name])) for name in chosen}
    began, written = time.monotonic(), time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        while time.monotonic() - began < given.hours * 3600:
            for name, reader in chosen.items():
                turn(name, reader, tallies[name], draw, others, Path(scratch))
            if time.monotonic() - written > 60:
                report(tallies, time.monotonic() - began, given)
                written = time.monotonic()
    report(tallies, time.monotonic() - began, given)


def guard() -> None:
    """Refuse every connection, and end what runs too long."""

    def refuse(*_: Any) -> None:
        raise AssertionError("a reader asked the network")

    def hang(*_: Any) -> None:
        raise HangError

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse  # type: ignore[assignment]
    signal.signal(signal.SIGPROF, hang)
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (8_000_000_000, 8_000_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def turn(
    name: str,
    reader: readers.Reader,
    tally: Tally,
    draw: random.Random,
    others: list[bytes],
    scratch: Path,
) -> None:
    """Give *reader* mutants for a while."""
    until = time.monotonic() + TURN
    while time.monotonic() < until:
        whole = draw.random() < 0.6
        data = mutants.mutated(draw.choice(tally.seeds if whole else tally.corpus), draw, others)
        if len(data) > WIDEST:
            continue
        (scratch / "last").write_bytes(data)  # kept if the process dies of it
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, BUDGET)
        tally.tried += 1
        try:
            line = readers.outcome(reader, data, scratch)
        except BaseException as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            if isinstance(error, KeyboardInterrupt):
                raise
            found(name, data, error, tally)
            continue
        signal.setitimer(signal.ITIMER_PROF, 0)
        tally.slowest = max(tally.slowest, time.process_time() - began)
        if line:
            tally.refused[shape(line)] += 1
        else:
            tally.read += 1
        keep(tally, data, line)
        left = [p.name for p in scratch.iterdir() if p.name not in ("last", "graph.ttl")]
        if left:
            found(name, data, AssertionError(f"left behind: {left}"), tally)


def keep(tally: Tally, data: bytes, line: str) -> None:
    """Keep *data* to be mutated again if what came of it is new."""
    key = (shape(line), len(data).bit_length())
    if key not in tally.seen and len(tally.corpus) < KEPT:
        tally.seen.add(key)
        tally.corpus.append(data)


def found(name: str, data: bytes, error: BaseException, tally: Tally) -> None:
    """Keep a mutant that ended badly; one for each place in the code."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/provenance/" in f.filename]
    last = (ours or frames)[-1] if frames else None
    place = f"{Path(last.filename).name}:{last.lineno}" if last else "?"
    kind = f"{type(error).__name__} at {place}"
    if kind not in tally.finds:
        FINDS.mkdir(parents=True, exist_ok=True)
        stem = re.sub(r"\W+", "-", f"{name}-{kind}")
        (FINDS / f"{stem}{readers.READERS[name].suffix}").write_bytes(data)
        whole = "".join(traceback.format_exception(error))
        (FINDS / f"{stem}.traceback").write_text(whole, errors="backslashreplace")
    tally.finds[kind] = tally.finds.get(kind, 0) + 1


def shape(line: str) -> str:
    """Return *line* without what is different in each mutant."""
    line = re.sub(r"/\S*/|fuzzed[\w.#/-]*", "", line)
    line = re.sub(r"'[^']*'|\"[^\"]*\"|<[^>]*>|«.*»|\(.*\)", "…", line)
    return re.sub(r"[\d,.]*\d", "N", line)[:90]


def report(tallies: dict[str, Tally], seconds: float, given: argparse.Namespace) -> None:
    """Write the table down."""
    lines = [
        "# Fuzzing of every reader",
        "",
        f"`python benchmarks/fuzzing.py --hours {given.hours:g} --seed {given.seed}`: "
        f"{seconds / 3600:.2f} hours in one process, {time.process_time() / 3600:.2f} of work.",
        "",
        "| reader | mutants | read | refused in one line | kinds of line | slowest, s | finds |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, tally in tallies.items():
        refused = sum(tally.refused.values())
        finds = "; ".join(f"{kind} ({n})" for kind, n in sorted(tally.finds.items())) or "0"
        lines.append(
            f"| {name} | {tally.tried:,} | {tally.read:,} | {refused:,} | {len(tally.refused)} "
            f"| {tally.slowest:.1f} | {finds} |"
        )
    total = sum(t.tried for t in tallies.values())
    bad = sum(len(t.finds) for t in tallies.values())
    lines += ["", f"{total:,} mutants, {bad} finds; requests to the network: 0."]
    given.results.parent.mkdir(parents=True, exist_ok=True)
    given.results.write_text("\n".join(lines) + "\n", encoding="utf-8")
    lasting = {n: t.refused.most_common(12) for n, t in tallies.items()}
    (FINDS.parent / "fuzzing.json").parent.mkdir(exist_ok=True)
    (FINDS.parent / "fuzzing.json").write_text(json.dumps(lasting, indent=1), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
