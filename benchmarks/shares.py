"""Measure which share of a build's processor time each stage takes.

    python benchmarks/shares.py [FOLDER]

On the texts of FOLDER (../shared/polnear/dev/text if it is there), else on the project's own, one
thread. Whom pronouns stand for is judged by a network that goes on from the tagger's; its time is
told apart, and counted with resolution. The result goes to benchmarks/results/shares.md.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from provenance.articles import article_from_text
from provenance.extraction.mentions import find_referents
from provenance.extraction.parsing import parse, parts_of
from provenance.extraction.tagged import TaggerExtractor
from provenance.extraction.tagger.tagger import load_tagger
from provenance.graph import build_graph
from provenance.graph.custody import trace_chains
from provenance.model import Run
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "polnear" / "dev" / "text"
T = TypeVar("T")


class Watch:
    """Adds up the processor time of what is run under a name."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.spent: Counter[str] = Counter()

    def run(self, name: str, stage: Callable[[], T]) -> T:
        """Return what *stage* does, its time counted under *name*."""
        began = time.thread_time_ns()
        result = stage()
        self.spent[name] += time.thread_time_ns() - began
        return result


def measure(text: str, watch: Watch) -> None:
    """Build the graph of *text* stage by stage."""
    tagger, registry = load_tagger(), load_registry()
    article = article_from_text(text)
    places = [(part.start, part.end) for part in parts_of(article)]
    found = watch.run("extraction", lambda: TaggerExtractor()(article))
    _, notes = watch.run("tagger", lambda: tagger.note(text, places))
    watch.run("parse", lambda: parse(article))
    watch.run("judge", lambda: list(find_referents(text, found.mentions, tagger, notes)))
    resolved = watch.run("resolution", lambda: resolve_sources(article, found, registry))
    run = Run(version="", extractor="tagger")
    record = watch.run("graph", lambda: build_graph(article, resolved, run))
    watch.run("custody", lambda: trace_chains(record))


def main(arguments: list[str]) -> None:
    """Measure, print and write."""
    folder = Path(arguments[0]) if arguments else SHARED
    paths = sorted(folder.glob("*.txt")) or sorted((ROOT / "examples").glob("*.txt"))
    measure(paths[0].read_text(encoding="utf-8"), Watch())  # load everything
    watch = Watch()
    for path in paths:
        measure(path.read_text(encoding="utf-8"), watch)
    spent = watch.spent
    rows = {
        "tagger": spent["tagger"],
        "parse": spent["parse"],
        "rules of extraction": spent["extraction"]
        - spent["tagger"]
        - spent["parse"]
        - spent["judge"],
        "whom pronouns stand for, by the network": spent["judge"],
        "resolution": spent["resolution"],
        "graph": spent["graph"],
        "custody": spent["custody"],
    }
    whole = sum(rows.values())
    ours = spent["judge"] + spent["resolution"] + spent["custody"]
    lines = [
        "# Shares",
        "",
        f"Made by `python benchmarks/shares.py` on {len(paths)} articles, in processor time.",
        "",
        "| stage | milliseconds an article | share |",
        "| --- | --- | --- |",
        *(
            f"| {name} | {value / len(paths) / 1e6:.1f} | {100 * value / whole:.1f} % |"
            for name, value in rows.items()
        ),
        "",
        "Resolution, custody and the network for pronouns together take"
        f" {100 * ours / spent['tagger']:.0f} % of the time of the tagger.",
        "",
    ]
    print("\n".join(lines))  # noqa: T201
    if not arguments:
        (ROOT / "benchmarks" / "results" / "shares.md").write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
