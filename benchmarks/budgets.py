"""What one article may cost at the worst: processor time and memory of `prov build`, by shape.

    python benchmarks/budgets.py [--quick]

Each is built by the command itself in a process of its own, graph and page written. The result
goes to benchmarks/results/budgets.md. It takes about ten minutes, with --quick about two.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAID = "The minister said on Monday that it was so.\n\n"
FIRST = ["Mara", "Tomas", "Lena", "Olga", "Ilan", "Ada", "Peter", "Ruth", "Sven", "Nora"]
LAST = ["Quint", "Wren", "Marsh", "Brandt", "Roth", "Quill", "Stone", "Vale", "Frost", "Hale"]
THINGS = [
    "pumps",
    "hulls",
    "ferries",
    "engines",
    "docks",
    "memos",
    "inspectors",
    "crews",
    "harbours",
    "tolls",
]


def quotations(count: int, between: str) -> str:
    """Return *count* quotations by a hundred speakers."""
    draw = random.Random(1)
    said = (
        f'"The {draw.choice(THINGS)} failed {number} times," '
        f"{draw.choice(FIRST)} {draw.choice(LAST)} said."
        for number in range(count)
    )
    return "The Harbour Gazette\n\n" + between.join(said) + "\n"


def without_a_stop(size: int) -> str:
    """Return *size* characters of words without a full stop."""
    draw = random.Random(2)
    words = [
        "the",
        "minister",
        "said",
        "that",
        "ferries",
        "from",
        "a",
        "port",
        "which",
        "nobody",
        "had",
        "closed",
        "and",
    ]
    return SAID + " ".join(draw.choice(words) for _ in range(size // 5))[:size] + "\n"


def nested_quotes(count: int) -> str:
    """Return quotations within quotations."""
    return SAID + "“Mara Quint said, ‘Tomas Wren said, " * count + "yes" + "’”" * count + ".\n"


SHAPES: dict[str, tuple[str, Callable[[], str], float, int]] = {
    # what, its suffix, how it is made, the budgets in seconds and megabytes
    "an article of 60 words": (".txt", lambda: SAID * 6, 10, 500),
    "1,000 quotations": (".txt", lambda: quotations(1_000, "\n\n"), 30, 600),
    "3,000 quotations": (".txt", lambda: quotations(3_000, "\n\n"), 70, 800),
    "3,000 in one paragraph": (".txt", lambda: quotations(3_000, " "), 70, 1200),
    "10,000 quotations": (".txt", lambda: quotations(10_000, "\n\n"), 200, 1200),
    "a megabyte without a full stop": (".txt", lambda: without_a_stop(990_000), 200, 1500),
    "100,000 open parentheses": (".txt", lambda: SAID + "(" * 100_000 + "so.\n", 60, 1000),
    "20,000 nested parentheses": (
        ".txt", lambda: SAID + "(he said " * 10_000 + ")" * 10_000 + "\n", 70, 1200,
    ),
    "10,000 times \"he said so\"": (
        ".txt", lambda: SAID + "He said so. " * 10_000 + "\n", 70, 1200,
    ),
    "2,000 quotes in quotes": (".txt", lambda: nested_quotes(1_000), 60, 1000),
    "100,000 open quotation marks": (".txt", lambda: SAID + "“" * 100_000 + "\n", 60, 1000),
    "a word of 900,000 letters": (".txt", lambda: SAID + "a" * 900_000 + "\n", 60, 1000),
    "HTML 50,000 deep": (
        ".html", lambda: f"<html><body>{'<div>' * 50_000}<p>{SAID}</p><p>{SAID}</p>", 60, 1000,
    ),
    "HTML with 100,000 tags": (
        ".html", lambda: f"<html><body><p>{SAID}</p><p>{'<b>x</b>' * 100_000}</p>", 60, 1000,
    ),
    "5 MB of text, refused": (".txt", lambda: SAID * 110_000, 10, 500),
}  # fmt: skip
SLOW = ("10,000 quotations", "a megabyte without a full stop")


def main() -> None:
    """Build each shape, and write its cost down."""
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true", help="without those that take minutes")
    given = options.parse_args()
    lines = [
        "# What one article may cost",
        "",
        "`python benchmarks/budgets.py`: processor time and largest memory of `prov build`, graph "
        "and page written, in a process of its own; loading takes some 4 s and 300 MB of each.",
        "",
        "| article | size | seconds | budget | MB | budget | outcome |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    over = 0
    for name, (suffix, make, seconds, megabytes) in SHAPES.items():
        if given.quick and name in SLOW:
            continue
        text = make()
        took, peak, outcome = cost(text, suffix)
        over += took > seconds or peak > megabytes
        lines.append(
            f"| {name} | {len(text):,} | {took:.1f} | {seconds:.0f} | {peak} | {megabytes} "
            f"| {outcome} |"
        )
        sys.stdout.write(lines[-1] + "\n")
        sys.stdout.flush()
    lines += ["", f"Over the budget: {over}."]
    out = ROOT / "benchmarks" / "results" / "budgets.md"
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.exit(1 if over else 0)


def cost(text: str, suffix: str) -> tuple[float, int, str]:
    """Return processor seconds, megabytes at the most, and what came of it."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, f"story{suffix}")
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "provenance", "build", str(path), "-q"]
        command += ["-o", f"{scratch}/out"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT
        ) as process:
            said = process.stdout.read().decode() if process.stdout else ""
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, outcome_of(process, said)


def outcome_of(process: "subprocess.Popen[bytes]", said: str) -> str:
    """Return in a word or a line what a run ended in."""
    if process.returncode == 0:
        return "built"
    return said.strip().splitlines()[-1].removeprefix("prov: ") if said.strip() else "died"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (12_000_000_000, 12_000_000_000))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
