"""What one article costs: seconds of CPU by stage, statements, and bytes of them.

    python benchmarks/units.py [FOLDER]

FOLDER has articles as text (../shared/polnear/train/text if it is there, else our own). What
docs/scale.md reckons with comes from here. The result goes to benchmarks/results/units.md. It takes
about a minute, in one process with one thread.
"""

import os
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from pyoxigraph import RdfFormat, Store

from provenance.analysis import brief_of
from provenance.analysis.packing import pack
from provenance.articles import check_language, parse_article
from provenance.extraction import load_extractor
from provenance.extraction.parsing import parse, parts_of
from provenance.extraction.tagger.tagger import load_tagger
from provenance.graph import build_graph
from provenance.model import Run
from provenance.rdf import write_graphs
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT.parent / "shared" / "polnear" / "train" / "text"
OWN = ROOT / "tests" / "data" / "golden"
WARM, MEASURED = 5, 40
T = TypeVar("T")


class Costs:
    """Adds up seconds of CPU and numbers of things by name."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.things: Counter[str] = Counter()

    def timed(self, name: str, work: Callable[..., T], *given: object) -> T:
        """Return what *work* makes of *given*, and add the time under *name*."""
        began = time.process_time()
        done = work(*given)
        self.seconds[name] += time.process_time() - began  # type: ignore[assignment]
        return done


def measure(path: Path, costs: Costs, store: Store) -> None:
    """Read one article as `prov build --store` does, stage by stage."""
    data = path.read_bytes()
    article = costs.timed("read", parse_article, data, path.name)
    check_language(article)
    parts = [(part.start, part.end) for part in parts_of(article)]
    parsing = costs.timed("(parse alone)", parse, article)
    tagging = costs.timed("(tagger alone)", lambda: list(load_tagger()(article.text, parts)))
    found = costs.timed("extract", load_extractor("tagger"), article)
    resolved = costs.timed("resolve", resolve_sources, article, found, load_registry())
    graph = costs.timed("graph", build_graph, article, resolved, Run(version="", extractor=""))
    quads = costs.timed("write", lambda: write_graphs([graph], "nquads"))
    brief = costs.timed("brief", brief_of, graph)
    packed = costs.timed("pack", pack, brief)
    costs.timed("load", store.load, quads, RdfFormat.N_QUADS)
    costs.things.update(
        {
            "words": len(article.text.split()),
            "bytes of text": len(data),
            "attributions": len(tagging),
            "passages parsed": len(parsing.passages),
            "statements (quads)": quads.count(b"\n"),
            "bytes of N-Quads": len(quads),
            "the same, packed (deflate)": len(zlib.compress(quads, 6)),
            "bytes of what it is compared by, packed": len(packed),
            "fingerprints": len(brief.prints),
            "claims": len(brief.claims),
            "stems of claims": sum(len(set(claim.stems)) for claim in brief.claims),
            "sources that others may know": sum(s.key is not None for s in brief.sources),
        }
    )


def main() -> None:
    """Measure, and write the result."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES if ARTICLES.is_dir() else OWN
    files = sorted(folder.glob("*.txt"))[: WARM + MEASURED]
    warm = min(WARM, len(files) // 2)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        store, costs = Store(scratch), Costs()
        for number, path in enumerate(files):
            if number == warm:
                store.flush()
                costs = Costs()
            measure(path, costs, store)
    count = len(files) - warm
    whole = sum(s for name, s in costs.seconds.items() if not name.startswith("("))
    lines = [
        "# What one article costs",
        "",
        f"`python benchmarks/units.py`: the mean of {count} articles.",
        "",
        "| stage | milliseconds of CPU |",
        "| --- | --- |",
        *(f"| {name} | {1000 * s / count:.1f} |" for name, s in costs.seconds.items()),
        f"| **all** | **{1000 * whole / count:.0f}** |",
        "",
        "| what | how much |",
        "| --- | --- |",
        *(f"| {name} | {number / count:,.0f} |" for name, number in costs.things.items()),
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (ROOT / "benchmarks" / "results" / "units.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
