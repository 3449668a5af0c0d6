"""Many articles into a store: speed with one worker and with two, memory, kills, and joining them.

    python benchmarks/corpus.py [--only PART] [--sizes N ...] [--articles N] [--kills N] [FOLDER]

FOLDER has articles as text (../shared/polnear/train/text if it is there, else our own). PART is
speed (about 8 minutes on two quiet cores), memory with answers (15), kills (5) or joining (3); the
others stay as they were in benchmarks/results/corpus.md. Ratios within one run tell more than
seconds. Each part says what load the machine had.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from provenance.analysis import Brief, link, standings
from provenance.analysis.briefs import Hop, Known, Told
from provenance.common.stemming import stems
from provenance.model import ARTICLE, SourceType, Span
from provenance.stores.embedded import open_collection

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT.parent / "shared" / "polnear" / "train" / "text"
OWN = ROOT / "tests" / "data" / "golden"
FEW, SPEED, KILLED, KILLS = 10, 220, 500, 20
SIZES = (1_000, 5_000, 20_000, 50_000)
HELD = (1_000, 5_000, 20_000)
ASKED = 3
WORDS = 4_000  # of the made-up language
RESULT = ROOT / "benchmarks" / "results" / "corpus.md"


def main() -> None:
    """Measure what is asked for, and write it down."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--only", choices=["speed", "memory", "kills", "joining"])
    parser.add_argument("--sizes", type=int, nargs="+", default=HELD, help="of the part memory")
    parser.add_argument("--articles", type=int, help="of the parts speed and kills")
    parser.add_argument("--kills", type=int, default=KILLS)
    given = parser.parse_args()
    files = sorted((given.folder or (ARTICLES if ARTICLES.is_dir() else OWN)).glob("*.txt"))
    with tempfile.TemporaryDirectory() as scratch:
        parts = {
            "speed": lambda: speeds(files[: given.articles or SPEED], Path(scratch)),
            "memory": lambda: memory(Path(scratch), given.sizes),
            "kills": lambda: kills(files[: given.articles or KILLED], Path(scratch), given.kills),
            "joining": joining,
        }
        found = {
            name: "\n".join([*part(), "", loaded()])
            for name, part in parts.items()
            if given.only in (None, name)
        }
    before = RESULT.read_text(encoding="utf-8") if RESULT.is_file() else ""
    text = "# Many articles\n\n`python benchmarks/corpus.py`\n"
    for name in parts:
        title = f"\n## {name.capitalize()}\n\n"
        old = before.partition(title)[2].partition("\n## ")[0].strip()
        text += title + found.get(name, old) + "\n"
    sys.stdout.write(text)
    RESULT.write_text(text, encoding="utf-8")


def loaded() -> str:
    """Return what else this machine did meanwhile."""
    few, many = os.getloadavg()[1:]
    return f"{os.cpu_count()} cores, load {few:.0f} in the last 5 minutes, {many:.0f} in 15."


def build(files: list[Path], store: Path, workers: int, *more: str) -> subprocess.Popen[bytes]:
    """Start `prov build` of *files* into *store*."""
    listed = store.with_suffix(".list")
    listed.write_text("\n".join(map(str, files)), encoding="utf-8")
    command = [sys.executable, "-m", "provenance", "build", f"@{listed}", "--store", str(store)]
    command += ["--workers", str(workers), "--keep-going", *more]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )


def speeds(files: list[Path], scratch: Path) -> list[str]:
    """Return how fast one worker and two are, without what each needs to begin.

    One worker has one thread, and the store is written by the same process. What two cores of this
    machine give at the most is told by two runs that share nothing but the machine.
    """

    def taken(name: str, workers: int, *parts: list[Path]) -> float:
        times = []
        for number, size in enumerate((FEW, len(files))):
            began = time.perf_counter()
            runs = [
                build(part[: size // len(parts)], scratch / f"{name}-{number}-{at}", workers)
                for at, part in enumerate(parts)
            ]
            for run in runs:
                run.wait()
            times.append(time.perf_counter() - began)
        return (times[1] - times[0]) / (len(files) - FEW)

    one, two = taken("one", 1, files), taken("two", 2, files)
    apart = taken("apart", 1, files[::2], files[1::2])
    return [
        f"* one worker: {1 / one:.2f} articles a second; two: {1 / two:.2f}, {one / two:.2f} times "
        f"as many ({len(files)} articles, {os.cpu_count()} cores), joining and writing the store "
        "included",
        f"* two runs of one worker each, at once, on half of the articles each: "
        f"{one / apart:.2f} times as many: what the machine gives",
    ]


def memory(scratch: Path, sizes: Sequence[int]) -> list[str]:
    """Return how much memory a run takes at most, and an answer how long, by number of articles."""
    lines = [
        "Short articles of a made-up story each, with a reading (`--reading`), so that nothing is "
        "left to do but what the store takes; the most that the processes had at once, in MB of "
        "resident memory; and `prov independence --claim`, what one article says and what all say, "
        f"the least processor time of {ASKED}, start and imports included:",
        "",
        "| articles | the parent, which writes and joins | the larger worker | seconds "
        "| an answer | of words that all have |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    parents = []
    for size in sizes:
        folder, store = scratch / f"memory-{size}", scratch / f"memory-{size}.store"
        folder.mkdir()
        for number in range(size):
            text, reading = short(number)
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
            (folder / f"{number}.json").write_text(json.dumps(reading), encoding="utf-8")
        began = time.perf_counter()
        files = sorted(folder.glob("*.txt"))
        run = build(files, store, 2, "--reading", str(folder))
        parent = worker = 0.0
        while run.poll() is None:
            time.sleep(0.2)
            own, *others = [resident(pid) for pid in (run.pid, *below(run.pid))]
            parent, worker = max(parent, own), max([worker, *others])
        seconds = time.perf_counter() - began
        answers = " | ".join(f"{took:.1f} s" for took in asked(store, size))
        lines.append(f"| {size:,} | {parent:.0f} | {worker:.0f} | {seconds:.0f} | {answers} |")
        sys.stderr.write(lines[-1] + "\n")
        parents.append(parent)
        shutil.rmtree(store)
        shutil.rmtree(folder)
    more = 1000 * (parents[-1] - parents[0]) / (sizes[-1] - sizes[0])
    lines += [
        "",
        f"An article more takes {more:.1f} kB more of the parent: mostly the indexes of the "
        "store's files, which Oxigraph holds in memory.",
    ]
    return lines


def asked(store: Path, size: int) -> Iterator[float]:
    """Yield how long it takes to answer what one article says, and what all say."""
    one = short(size // 2)[1]["claims"][0]["text"]
    for text, wanted in ((one, "1 independent line"), ("it cracked in the night", " not read: ")):
        command = [sys.executable, "-m", "provenance", "independence", str(store), "--claim", text]
        times = []
        for _ in range(ASKED):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            if wanted not in " ".join(done.stdout.split()):
                sys.exit(f"a wrong answer: {done.stdout[:500]}{done.stderr}")
        yield min(times)


def short(number: int) -> tuple[str, dict[str, Any]]:
    """Return a short made-up article and its reading, one in ten with another's claim."""
    draw = random.Random(number)
    town, street = ("".join(draw.choices("aeioubdgklmnprst", k=7)).title() for _ in range(2))
    told = random.Random(number - 1 if number % 10 == 9 else number)
    things = " and ".join("".join(told.choices("aeioubdgklmnprst", k=6)) for _ in range(4))
    claim = f"the {things} had cracked in the night"
    said = f"Person {town}, the mayor, said that {claim}."
    denied = f"A spokesman for {street} Water denied that, according to the {town} Gazette."
    text = (
        f"{town} Gazette\n\n2024-05-{number % 28 + 1:02}\n\n"
        f"The council of {town} closed {street} Road on Monday. {said} {denied}\n"
    )
    kinds = [
        ("mayor", f"Person {town}", "person"),
        ("water", f"{street} Water", "organization"),
        ("paper", f"{town} Gazette", "news_outlet"),
    ]
    hops = [("mayor", "article", said), ("water", "paper", denied), ("paper", "article", denied)]
    return text, {
        "sources": [{"id": id, "name": name, "type": kind} for id, name, kind in kinds],
        "flows": [{"from": one, "to": other, "evidence": words} for one, other, words in hops],
        "claims": [{"text": claim, "sources": ["mayor"]}],
    }


def below(pid: int) -> list[int]:
    """Return the processes that *pid* started, and those that these did."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += [int(path.parent.name), *below(int(path.parent.name))]
    return found


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB, 0 if it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6
    except (OSError, IndexError):
        return 0.0


def kills(files: list[Path], scratch: Path, times: int) -> list[str]:
    """Return whether a run that is killed again and again ends with the same store."""
    build(files, scratch / "whole", 2).wait()
    draw = random.Random(1)
    done = []
    for _ in range(times):
        process = build(files, scratch / "killed", 2)
        wait_for(scratch / "killed" / "derived.sqlite", process)
        time.sleep(draw.uniform(0.0, 4.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if (scratch / "killed" / "CURRENT").is_file():
            with open_collection(scratch / "killed") as collection:
                done.append(len(collection.articles()))
    build(files, scratch / "killed", 2).wait()
    same = content(scratch / "whole") == content(scratch / "killed")
    shutil.rmtree(scratch / "killed")
    return [
        f"* {len(files)} articles, killed (SIGKILL) {times} times at random moments, after "
        f"{done[0] if done else 0} to {max(done, default=0)} articles: the store in the end is "
        f"{'the same, byte for byte in sorted N-Quads' if same else 'NOT the same'}",
    ]


def wait_for(file: Path, run: subprocess.Popen[bytes]) -> None:
    """Wait until *run* writes to *file*, as it does for each article, or ends."""

    def written() -> float:
        return file.stat().st_mtime if file.is_file() else 0.0

    before = written()
    while written() == before and run.poll() is None:
        time.sleep(0.05)


def content(store: Path) -> bytes:
    """Return all that is in *store*."""
    with open_collection(store) as collection:
        return b"".join(collection.dump())


def joining() -> list[str]:
    """Return what joining costs, by how many articles there are."""
    lines = [
        "Claims of ten words in a made-up language, one in twenty told again by another "
        "article; copies, claims, independence:",
        "",
        "| articles | claims | seconds of processor time | against n log n |",
        "| --- | --- | --- | --- |",
    ]
    first = 0.0
    for size in SIZES:
        briefs = list(made_up(size))
        began = time.process_time()
        standings(link({brief.digest: brief for brief in briefs}, lambda digest: ""))
        seconds = time.process_time() - began
        per = seconds / (size * np.log(size))
        first = first or per
        claims = sum(len(brief.claims) for brief in briefs)
        lines.append(f"| {size:,} | {claims:,} | {seconds:.1f} | {per / first:.2f} |")
    return lines


def made_up(size: int) -> Iterator[Brief]:
    """Yield articles of five claims each, of which one in twenty is another's."""
    draw = random.Random(size)
    language = ["".join(draw.choices("aeioubdgklmnprst", k=6)) for _ in range(WORDS * 10)]
    weights = [1 / (rank + 10) for rank in range(len(language))]
    told: list[str] = []
    for number in range(size):
        digest = f"{number:064x}"
        claims = []
        for place in range(5):
            text = " ".join(draw.choices(language, weights, k=10))
            text = draw.choice(told) if told and draw.random() < 0.05 else text
            told.append(text)
            said = stems(text)
            claims.append(
                Told(f"c{place}", place, text, (Span(0, 9),), ("s",), (), said, frozenset(said))
            )
        source = Known("s", f"Person {number % 997}", SourceType.PERSON, ("person", f"p {number % 997}"), frozenset(claims[0].stems))  # fmt: skip # noqa: E501
        flow = Hop("s", ARTICLE)
        prints = np.random.default_rng(number).integers(0, 2**63, 150).astype(np.uint64)
        yield Brief(
            digest, digest, digest, "", "", "", None, None, (source,), (flow,), tuple(claims),
            np.sort(prints),
        )  # fmt: skip


if __name__ == "__main__":
    main()
