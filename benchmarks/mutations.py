"""`prov build` over a thousand broken files: a result, or one clear line, and what the lines say.

    python benchmarks/mutations.py [--count 1000] [--seed 1]

The examples in every format that is read, with bits flipped, cut short, or with a piece of another
file in them. Most are built in this process, one in twenty by the command itself. Nothing may be
asked of the network, nothing written outside of the output folder, and none may take longer
than 60 seconds of processor time. The result goes to benchmarks/results/mutations.md.
"""

import argparse
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fuzzing import HangError, guard, shape  # noqa: E402

from provenance.cli import main as prov  # noqa: E402
from tests.articles import test_documents  # noqa: E402
from tests.helpers import every_reader as readers  # noqa: E402
from tests.helpers import mutants  # noqa: E402

BUDGET = 60  # seconds of processor time
OUTSIDE = 20  # one in so many goes through the command itself
PACKED = (".jsonl", ".parquet", ".warc.gz", ".wacz")
Outcome = tuple[int, str, str]  # exit status, standard output, standard error


def main() -> None:
    """Build mutants, and write down what came of them."""
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    guard()
    draw = random.Random(given.seed)
    seeds = examples()
    told: dict[str, Counter[str]] = {suffix: Counter() for suffix in seeds}
    bad: list[str] = []
    for number in range(given.count):
        suffix = list(seeds)[number % len(seeds)]
        kind = draw.choice(list(CHANGES))
        data = changed(draw.choice(seeds[suffix]), kind, draw, seeds)
        with tempfile.TemporaryDirectory() as scratch:
            line, fault = tried(data, suffix, Path(scratch), number % OUTSIDE == 0)
        told[suffix][line] += 1
        if fault:
            bad.append(f"{number} ({kind}, {suffix}): {fault}")
            sys.stdout.write(bad[-1] + "\n")
        if number % 50 == 49:
            report(told, bad, given)
    report(told, bad, given)


def examples() -> dict[str, list[bytes]]:
    """Return the articles of examples/ in every format that is read, by suffix."""
    folder = ROOT / "examples"
    texts = [path.read_bytes() for path in sorted(folder.rglob("*.txt"))]
    lines = [[s for s in text.decode().splitlines() if s.strip()] for text in texts]
    plain = [[s.encode("ascii", "ignore").decode() for s in some] for some in lines]
    safe = [[s.replace("(", "").replace(")", "").replace("\\", "") for s in some] for some in plain]
    kinds = {
        ".txt": texts,
        ".html": [path.read_bytes() for path in sorted(folder.glob("*.html"))],
        ".pdf": [test_documents.pdf(some) for some in safe],
        ".docx": [test_documents.word(some) for some in lines],
        ".eml": [_mail(text) for text in texts],
    }
    for name in ("JSON Lines", "Parquet", "WARC", "WACZ"):
        reader = readers.READERS[name]
        kinds[reader.suffix] = reader.seeds()
    return kinds


def _mail(text: bytes) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"] = "Ada Quill <ada@example.org>", "News"
    message["Date"] = "Mon, 06 May 2024 10:00:00 +0200"
    message.set_content(text.decode())
    return message.as_bytes()


def changed(data: bytes, kind: str, draw: random.Random, seeds: dict[str, list[bytes]]) -> bytes:
    """Return *data* changed as *kind* says; of an archive, half of the time a file in it."""
    if data.startswith(b"PK") and draw.random() < 0.5:
        return mutants.in_zip(data, draw, lambda inside: CHANGES[kind](inside, draw, seeds))
    return CHANGES[kind](data, draw, seeds)


def _flipped(data: bytes, draw: random.Random, seeds: dict[str, list[bytes]]) -> bytes:
    found = bytearray(data)
    for _ in range(draw.choice((1, 3, 10, 100))):
        found[draw.randrange(len(found))] ^= 1 << draw.randrange(8)
    return bytes(found)


def _cut(data: bytes, draw: random.Random, seeds: dict[str, list[bytes]]) -> bytes:
    return data[: draw.randrange(len(data))]


def _spliced(data: bytes, draw: random.Random, seeds: dict[str, list[bytes]]) -> bytes:
    other = draw.choice(seeds[draw.choice(list(seeds))])
    begin, at = draw.randrange(len(other)), draw.randrange(len(data))
    piece = other[begin : begin + draw.choice((20, 400, 8000))]
    return data[:at] + piece + data[at + draw.choice((0, len(piece))) :]


CHANGES: dict[str, Callable[[bytes, random.Random, dict[str, list[bytes]]], bytes]] = {
    "bits flipped": _flipped,
    "cut short": _cut,
    "spliced": _spliced,
}


def tried(data: bytes, suffix: str, scratch: Path, outside: bool) -> tuple[str, str]:
    """Return what kind of outcome it was, and what was wrong with it, "" if nothing."""
    (scratch / "in").mkdir()
    path = scratch / "in" / f"story{suffix}"
    path.write_bytes(data)
    args = ["build", str(path), "--force", "--quiet"]
    args += ["--store" if suffix in PACKED else "-o", str(scratch / "out")]
    try:
        status, _, said = (_outside if outside else _inside)(args)
    except HangError:
        return "hang", f"longer than {BUDGET} s"
    except BaseException:  # noqa: BLE001  (whatever it is, it is what is looked for)
        return "crash", traceback.format_exc().strip().splitlines()[-1]
    beside = sorted(p.name for p in scratch.iterdir() if p.name not in ("in", "out"))
    inside = sorted(p.name for p in (scratch / "in").iterdir() if p != path)
    lines = said.strip().splitlines()
    fault = ""
    if beside or inside:
        fault = f"wrote {beside + inside}"
    elif "Traceback" in said:
        fault = lines[-1]
    elif status == 0:
        fault = "" if (scratch / "out").exists() else "nothing was written"
    elif status != 1 or not lines or not all(s.startswith("prov: ") for s in lines):
        fault = f"status {status}: {said!r}"
    elif suffix not in PACKED and len(lines) != 1:
        fault = f"{len(lines)} lines"
    return (shape(lines[0].removeprefix("prov: ")) if status else "built"), fault


def _inside(args: list[str]) -> Outcome:
    out, err = io.StringIO(), io.StringIO()
    status = 0
    signal.setitimer(signal.ITIMER_PROF, BUDGET)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            prov(args)
    except SystemExit as done:
        status = done.code if isinstance(done.code, int) else 0
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return status, out.getvalue(), err.getvalue()


def _outside(args: list[str]) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-m", "provenance", *args],
        capture_output=True, text=True, timeout=900, cwd=ROOT, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def report(told: dict[str, Counter[str]], bad: list[str], given: argparse.Namespace) -> None:
    """Write down what came of the mutants so far."""
    total = sum(counted.total() for counted in told.values())
    built = sum(counted["built"] for counted in told.values())
    lines = [
        "# `prov build` over broken files",
        "",
        f"`python benchmarks/mutations.py --count {given.count} --seed {given.seed}`",
        "",
        f"{total:,} files: {built:,} built, {total - built - len(bad):,} refused in one line (of "
        "files of many articles in one line for each), "
        f"{len(bad)} ended badly (a traceback, a hang, a request, a file elsewhere).",
        "",
        "| format | files | built | refused |",
        "| --- | --- | --- | --- |",
    ]
    for suffix, counted in told.items():
        lines.append(
            f"| {suffix} | {counted.total()} | {counted['built']} "
            f"| {counted.total() - counted['built']} |"
        )
    lines += ["", "What the lines say, by how often:", "", "| line | files |", "| --- | --- |"]
    together: Counter[str] = sum(told.values(), Counter())
    del together["built"]
    for line, count in sorted(together.items(), key=lambda one: (-one[1], one[0])):
        lines.append(f"| {line.replace('|', ' ')} | {count} |")
    lines += ["", *(f"* {one}" for one in bad)]
    out = ROOT / "benchmarks" / "results" / "mutations.md"
    out.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
