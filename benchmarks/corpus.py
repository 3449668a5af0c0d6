"""Many articles into a store: speed with one worker and with two, memory, kills, and joining them.

    python benchmarks/corpus.py [FOLDER]

FOLDER has articles as text (../shared/polnear/train/text if it is there, else our own). The
result goes to benchmarks/results/corpus.md. It takes about ten minutes; ratios within one run tell
more than seconds.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from provenance.analysis import Brief, link, standings
from provenance.analysis.briefs import Hop, Known, Told
from provenance.analysis.words import stems
from provenance.model import ARTICLE, SourceType, Span
from provenance.stores.embedded import open_collection

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT.parent / "shared" / "polnear" / "train" / "text"
OWN = ROOT / "tests" / "golden"
SPEED, KILLED, KILLS = 120, 500, 20
SIZES = (1_000, 5_000, 20_000, 50_000)
WORDS = 4_000  # of the made-up language


def main() -> None:
    """Measure everything, and write it down."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES if ARTICLES.is_dir() else OWN
    files = sorted(folder.glob("*.txt"))
    lines = ["# Many articles", "", "`python benchmarks/corpus.py`", ""]
    with tempfile.TemporaryDirectory() as scratch:
        lines += speeds(files[:SPEED], Path(scratch))
        lines += kills(files[:KILLED], Path(scratch))
    lines += joining()
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (ROOT / "benchmarks" / "results" / "corpus.md").write_text(text, encoding="utf-8")


def build(files: list[Path], store: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start `prov build` of *files* into *store*."""
    listed = store.with_suffix(".list")
    listed.write_text("\n".join(map(str, files)), encoding="utf-8")
    command = [sys.executable, "-m", "provenance", "build", f"@{listed}", "--store", str(store)]
    command += ["--workers", str(workers), "--keep-going"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def speeds(files: list[Path], scratch: Path) -> list[str]:
    """Return how fast one worker and two are, without what each needs to begin."""
    taken = {}
    for workers in (1, 2):
        few, many = files[:10], files
        times = []
        for number, some in enumerate((few, many)):
            began = time.perf_counter()
            build(some, scratch / f"speed-{workers}-{number}", workers).wait()
            times.append(time.perf_counter() - began)
        taken[workers] = (times[1] - times[0]) / (len(many) - len(few))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        f"* one worker: {1 / taken[1]:.2f} articles a second; two: {1 / taken[2]:.2f}, "
        f"{taken[1] / taken[2]:.2f} times as many ({len(files)} articles, {os.cpu_count()} cores)",
        f"* largest process: {peak:.0f} MB",
    ]


def kills(files: list[Path], scratch: Path) -> list[str]:
    """Return whether a run that is killed again and again ends with the same store."""
    build(files, scratch / "whole", 2).wait()
    draw = random.Random(1)
    done = []
    for _ in range(KILLS):
        process = build(files, scratch / "killed", 2)
        time.sleep(draw.uniform(1.0, 8.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if (scratch / "killed" / "CURRENT").is_file():
            with open_collection(scratch / "killed") as collection:
                done.append(len(collection.articles()))
    build(files, scratch / "killed", 2).wait()
    same = content(scratch / "whole") == content(scratch / "killed")
    shutil.rmtree(scratch / "killed")
    return [
        f"* {len(files)} articles, killed (SIGKILL) {KILLS} times at random moments, after "
        f"{done[0] if done else 0} to {max(done, default=0)} articles: the store in the end is "
        f"{'the same, byte for byte in sorted N-Quads' if same else 'NOT the same'}",
    ]


def content(store: Path) -> bytes:
    """Return all that is in *store*."""
    with open_collection(store) as collection:
        return b"".join(collection.dump())


def joining() -> list[str]:
    """Return what joining costs, by how many articles there are."""
    lines = [
        "",
        "Joining (claims of ten words in a made-up language, one in twenty told again by another "
        "article; copies, claims, independence):",
        "",
        "| articles | claims | seconds | against n log n |",
        "| --- | --- | --- | --- |",
    ]
    first = 0.0
    for size in SIZES:
        briefs = list(made_up(size))
        began = time.perf_counter()
        standings(link({brief.digest: brief for brief in briefs}, lambda digest: ""))
        seconds = time.perf_counter() - began
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
