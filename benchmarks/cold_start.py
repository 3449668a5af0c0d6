"""Time a cold ``prov build`` of an article, and say where the time goes.

    python benchmarks/cold_start.py            # prints, and writes benchmarks/results/cold_start.md

Each run is a new process. The stages are timed within one, in the order of the pipeline, each with
the imports that it is the first to need; their sum is less than the whole by what the interpreter
takes to start and to end.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "examples" / "pentagon-leak.txt"
RESULT = ROOT / "benchmarks" / "results" / "cold_start.md"
RUNS = 5

STAGES = """
import json, sys, time
from pathlib import Path

began = time.perf_counter()
times = {}

def lap(name):
    global began
    now = time.perf_counter()
    times[name] = now - began
    began = now

article_path, folder = Path(sys.argv[1]), Path(sys.argv[2])
import provenance.cli
from provenance.cli.outputs import Outputs
lap("command line (click)")
from provenance.articles import check_language, read_article
article = read_article(article_path)
check_language(article)
lap("read the article")
import spacy
lap("import spaCy")
from provenance.extraction.parsing import load_pipeline
load_pipeline()
lap("load the English pipeline")
from provenance.extraction.tagger.tagger import load_tagger
load_tagger()
lap("load the tagger")
from provenance.extraction import load_extractor
extractor = load_extractor("tagger")
lap("load the extractor")
extraction = extractor(article)
lap("parse and extract")
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry
resolution = resolve_sources(article, extraction, load_registry())
lap("resolve sources")
from provenance.graph import build_graph
from provenance.model import Run
record = build_graph(article, resolution, Run(version="0", extractor="tagger"))
lap("build the graph (networkx)")
outputs = Outputs(folder, None, True)
turtle = outputs.document([record], "turtle")
lap("Turtle (pyoxigraph)")
page = outputs.document([record], "html")
lap("chains of custody, page (pyvis, jinja2)")
from provenance.common.files import write_whole
files = outputs.files(article.name)
for file, data in zip(files, (turtle, page), strict=True):
    write_whole(file, data)
lap("write both files")
from provenance.cli.summary import summary
from provenance.cli.terminal import print_all
print_all(summary(record, files))
lap("summary (rich)")
print(json.dumps(times), file=sys.stderr)
"""


def cold(folder: str) -> float:
    """Return the seconds that one ``prov build`` takes."""
    command = [sys.executable, "-m", "provenance", "build", str(ARTICLE), "-o", folder, "-q"]
    began = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT)
    return time.perf_counter() - began


def stages(folder: str) -> dict[str, float]:
    """Return the seconds of each stage of one run."""
    command = [sys.executable, "-c", STAGES, str(ARTICLE), folder]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    times: dict[str, float] = json.loads(done.stderr.splitlines()[-1])
    return times


def report(runs: list[float], laps: list[dict[str, float]]) -> str:
    """Return the page of the results."""
    words = len(ARTICLE.read_text(encoding="utf-8").split())
    median = {name: statistics.median(lap[name] for lap in laps) for name in laps[0]}
    rows = "".join(
        f"| {name} | {seconds:.2f} |\n"
        for name, seconds in sorted(median.items(), key=lambda item: -item[1])
    )
    each = ", ".join(f"{seconds:.2f}" for seconds in sorted(runs))
    return (
        "# A cold `prov build`\n\n"
        f"Made by `python benchmarks/{Path(__file__).name}`: `{ARTICLE.relative_to(ROOT)}`, "
        f"{words} words, {RUNS} runs, each a new process, the files in the system's cache. "
        f"Python {platform.python_version()}, {os.cpu_count()} cores.\n\n"
        f"**{statistics.median(runs):.2f} s** (median; {each}). The bound is 4 s.\n\n"
        "| where the time goes (median) | s |\n| --- | --- |\n" + rows
    )


def main() -> None:
    """Run, print and write."""
    with tempfile.TemporaryDirectory() as folder:
        cold(folder)  # fills the caches
        runs = [cold(folder) for _ in range(RUNS)]
        laps = [stages(folder) for _ in range(RUNS)]
    page = report(runs, laps)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(page, encoding="utf-8")
    sys.stdout.write(page)


if __name__ == "__main__":
    main()
