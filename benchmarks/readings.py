"""Every annotated article as a reading, and readings broken in every way: what comes of them.

    python benchmarks/readings.py [FOLDER ...] [--mutants 500] [--seed 1] [--out FOLDER]

Each FOLDER has NAME.txt or NAME.html and NAME.gold.json; by default those of the project and of
`../shared`. Each reading is made into a graph twice, its bytes compared, its RDF read back and held
to the rules of `prov check`, and its JSON scored against the reading; with --out that stays as
NAME.json, for other scorers. Then mutants (tests/helpers/broken_readings.py) of all the readings,
refused and with --keep-going. The result goes to benchmarks/results/readings.md. 1,200 articles
take half an hour, nearly all of it for the rules.
"""

import argparse
import json
import random
import signal
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fuzzing import HangError, guard, shape  # noqa: E402

from provenance.articles import read_article  # noqa: E402
from provenance.errors import ProvenanceError  # noqa: E402
from provenance.evaluation.graphs import read_gold_graphs, score_graph  # noqa: E402
from provenance.evaluation.tally import Tally  # noqa: E402
from provenance.model import SourceGraph  # noqa: E402
from provenance.pipeline import export  # noqa: E402
from provenance.rdf import read_graphs  # noqa: E402
from provenance.rdf.conformance import check  # noqa: E402
from provenance.readings import Finder, build_from_reading  # noqa: E402
from provenance.readings.form import ROWS  # noqa: E402
from tests.helpers.broken_readings import WAYS  # noqa: E402

FOLDERS = ("examples", "tests/data/golden", "../shared/gold", "../shared/graphs/train")
PARTS = ("sources", "flows", "disputes")
BUDGET = 20  # seconds of processor time for one mutant
CHECKED = 10  # one mutant's graph in so many is held to the rules


@dataclass
class Seen:
    """What came of the readings of one folder."""

    readings: int = 0
    holds: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    tallies: dict[str, list[Tally]] = field(default_factory=lambda: {p: [] for p in PARTS})
    bad: list[str] = field(default_factory=list)


def main() -> None:
    """Read what is annotated, break it, and write down what came of both."""
    options = argparse.ArgumentParser()
    options.add_argument("folders", nargs="*")
    options.add_argument("--mutants", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    names = given.folders or [name for name in FOLDERS if (ROOT / name).is_dir()]
    guard()
    broken = mutants([ROOT / name for name in names], given.mutants, given.seed)
    with tempfile.TemporaryDirectory() as scratch:
        out = given.out or Path(scratch)
        seen = {name: annotated(ROOT / name, out / Path(name).name) for name in names}
    report(seen, broken, given)


def annotated(folder: Path, out: Path) -> Seen:
    """Make a graph of each reading in *folder*, twice, and look at all that is said of it."""
    seen = Seen()
    out.mkdir(parents=True, exist_ok=True)
    for name, path, gold in read_gold_graphs(folder):
        seen.readings += 1
        data = path.with_name(f"{name}.gold.json").read_bytes()
        graph, made, quads = written(path, data, name)
        (out / f"{name}.json").write_bytes(made)
        if (graph, made, quads) != written(path, data, name):
            seen.bad.append(f"{name}: other bytes the second time")
        if read_graphs(quads, "nquads") != (graph,):
            seen.bad.append(f"{name}: not read back as it was")
        for part, tally in score_graph(gold, json.loads(made)).items():
            seen.tallies[part].append(tally)
            if not tally.right == tally.predicted == tally.gold == tally.labelled:
                seen.bad.append(f"{name}: other {part}")
        faults = check(quads, "nquads", article=graph.article)
        against = [one for one in faults if one.severity == "violation"]
        seen.bad += [f"{name}: {one.message}" for one in against]
        seen.holds += not against
        seen.warnings += Counter(one.rule for one in faults if one.severity != "violation")
        if seen.readings % 50 == 0:
            sys.stderr.write(f"{folder.name}: {seen.readings}, bad: {len(seen.bad)}\n")
    return seen


def written(path: Path, data: bytes, name: str) -> tuple[SourceGraph, bytes, bytes]:
    """Return the graph of a reading, its JSON and its N-Quads."""
    graph, _ = build_from_reading(read_article(path), data, name)
    return graph, export([graph], "json"), export([graph], "nquads")


@dataclass
class Broken:
    """What came of mutants: by the way they were broken, and what the lines say."""

    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)


def mutants(folders: list[Path], count: int, seed: int) -> Broken:
    """Break readings in *count* ways, and see what is made of each."""
    found = [one for folder in folders for one in read_gold_graphs(folder) if one[2]["sources"]]
    broken = Broken()
    for number in range(count):
        draw = random.Random(f"{seed} {number}")
        name, path, gold = draw.choice(found)
        whole: Any = json.loads(json.dumps({key: [] for key in ROWS} | dict(gold)))
        way = WAYS[number % len(WAYS)]
        made = way(draw, whole)
        data = made if isinstance(made, bytes) else json.dumps(whole).encode()
        for keep_going in (False, True):
            end = tried(path, data, keep_going, number, broken)
            broken.ends[way.__name__, end] += 1
            if end == "bad":
                broken.bad[-1] += f" ({name}, mutant {number}, {way.__name__})"
    return broken


def tried(path: Path, data: bytes, keep_going: bool, number: int, broken: Broken) -> str:
    """Return how a mutant ended: "graph", "line", or "bad" with the reason noted."""
    signal.setitimer(signal.ITIMER_PROF, BUDGET)
    try:
        article = read_article(path)
        graph, faults = build_from_reading(article, data, "r.json", keep_going=keep_going)
        quads = export([graph], "nquads")
        assert read_graphs(quads, "nquads") == (graph,), "not read back as it was"
        assert all(len(str(one).splitlines()) == 1 for one in faults), "a fault of two lines"
        assert is_grounded(graph), "something does not stand in the text"
        if number % CHECKED == 0:
            assert not [f for f in check(quads, "nquads") if f.severity == "violation"], "invalid"
        return "graph"
    except ProvenanceError as error:
        broken.lines[shape(str(error))] += 1
        if len(str(error).splitlines()) == 1 and len(str(error)) < 500:
            return "line"
        broken.bad.append("more than a line")
    except (Exception, HangError) as error:  # noqa: BLE001  (whatever it is, it is looked for)
        broken.bad.append(f"{type(error).__name__}: {error}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return "bad"


def is_grounded(graph: SourceGraph) -> bool:
    """Whether all names and passages of *graph* stand in its text."""
    finder = Finder(graph.article)
    named = all(finder.places(one) for source in graph.sources for one in source.aliases)
    evidence = [*(f.evidence for f in graph.flows), *(d.evidence for d in graph.disputes)]
    length = len(graph.article.text)
    stands = all(s.start < s.end <= length for spans in evidence for s in spans)
    return named and stands and all(evidence) and all(s.aliases for s in graph.sources)


def report(seen: dict[str, Seen], broken: Broken, given: argparse.Namespace) -> None:
    """Write down what came of the readings and of the mutants."""
    lines = [
        "# Annotated articles as readings",
        "",
        f"`python benchmarks/readings.py --mutants {given.mutants} --seed {given.seed}`",
        "",
        "Each was made twice to the same bytes, read back from its RDF as it was, and held to the "
        "rules of `prov check` with its article, unless it is listed below.",
        "",
        "| folder | readings | conform | sources | flows | disputes | warnings |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, one in seen.items():
        cells = " | ".join(figures(one.tallies[part]) for part in PARTS)
        lines.append(
            f"| {name} | {one.readings:,} | {one.holds:,} | {cells} | {one.warnings.total():,} |"
        )
    warned: Counter[str] = sum((one.warnings for one in seen.values()), Counter())
    lines += ["", "Warnings: " + (", ".join(f"{r} {n}" for r, n in warned.most_common()) or "none")]
    if found := [f"* {bad}" for one in seen.values() for bad in one.bad]:
        lines += ["", *found]
    lines += [*broken_lines(broken), *(f"* {bad}" for bad in broken.bad)]
    out = ROOT / "benchmarks" / "results" / "readings.md"
    out.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def figures(tallies: list[Tally]) -> str:
    """Return the F1 of *tallies* together, and the counts that it is of."""
    whole = sum(tallies, Tally())
    return f"F1 {whole.f1:.2f} ({whole.right:,}/{whole.predicted:,}/{whole.gold:,})"


def broken_lines(broken: Broken) -> list[str]:
    """Return the tables of what came of mutants."""
    ends = broken.ends
    lines = [
        "",
        "## Broken readings",
        "",
        f"{ends.total() // 2:,} readings, each given twice, as it is and with `--keep-going`: "
        f"{sum(n for (_, end), n in ends.items() if end == 'graph')} graphs, "
        f"{broken.lines.total()} single lines, {len(broken.bad)} ended badly. "
        "All words of the graphs stand in their articles.",
        "",
        "| broken by | graphs | lines |",
        "| --- | --- | --- |",
    ]
    for way in WAYS:
        name = way.__name__
        told = (way.__doc__ or name).rstrip(".").lower()
        lines.append(f"| {told} | {ends[name, 'graph']} | {ends[name, 'line']} |")
    lines += ["", "| line | readings |", "| --- | --- |"]
    counted = sorted(broken.lines.items(), key=lambda one: (-one[1], one[0]))
    return [*lines, *(f"| {line.replace('|', ' ')} | {n} |" for line, n in counted[:25]), ""]


if __name__ == "__main__":
    main()
