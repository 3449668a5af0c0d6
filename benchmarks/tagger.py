"""Measure the tagger: words a second on one thread, time to load, and quality where there is gold.

    python benchmarks/tagger.py [GOLD_DIR]

Text to attributions with offsets, tokenizing included, on the articles of GOLD_DIR (brat or JSON,
../shared/polnear/dev if it is there), else on the project's own. A word is a run of letters and
digits. Times are the best of several runs; compare them within one run only. The result goes to
benchmarks/results/tagger.md.
"""

import re
import subprocess
import sys
import time
from pathlib import Path

from provenance.articles import article_from_text
from provenance.evaluation.attributions import annotations_of, score_attributions
from provenance.evaluation.brat import Annotated
from provenance.evaluation.corpora import GoldArticle, read_gold
from provenance.evaluation.tally import Tally
from provenance.extraction import load_extractor
from provenance.extraction.tagger.tagger import NETWORK, WEIGHTS, load_tagger

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "polnear" / "dev"
ROUNDS = 3
COLD = """
import time
began = time.perf_counter()
from provenance.extraction.tagger.tagger import load_tagger
list(load_tagger()("Ann Lee said that it was late."))
print(time.perf_counter() - began)
"""


def speed(texts: list[str]) -> float:
    """Return words a second, on one thread."""
    tagger = load_tagger()
    words = sum(len(re.findall(r"[^\W_]+", text)) for text in texts)
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.thread_time()
        for text in texts:
            list(tagger(text))
        best = min(best, time.thread_time() - began)
    return words / best


def cold_start() -> float:
    """Return the seconds that a new process needs from import to its first attribution."""
    run = [sys.executable, "-c", COLD]
    times = (subprocess.run(run, capture_output=True, check=True).stdout for _ in range(ROUNDS))
    return min(map(float, times))


def quality(articles: list[GoldArticle], extractor: str) -> str:
    """Return a row of F1: exact source, cue and content, and whole attributions."""
    find = load_extractor(extractor)
    totals: dict[tuple[str, str], Tally] = {}
    for one in articles:
        found = find(article_from_text(one.text, one.name)).attributions
        ours = annotations_of(
            Annotated(
                *(tuple((s.start, s.end) for s in role) for role in (a.source, a.cue, a.content))
            )
            for a in found
            if a.depth == 0
        )
        for key, tally in score_attributions(one.text, one.gold, ours).items():
            totals[key] = totals[key] + tally if key in totals else tally
    keys = [("exact", "Source"), ("exact", "Cue"), ("exact", "Content"), ("attribution", "")]
    figures = [totals[key].f1 for key in keys] + [totals["quoted", ""].recall]
    return f"| `{extractor}` | " + " | ".join(f"{100 * figure:.1f}" for figure in figures) + " |"


def main(arguments: list[str]) -> None:
    """Measure, print and write."""
    folder = Path(arguments[0]) if arguments else GOLD
    articles = list(read_gold(folder)) if folder.is_dir() else []
    own = [path.read_text(encoding="utf-8") for path in (ROOT / "examples").glob("*.txt")]
    texts = [one.text for one in articles] or own * 20
    size = (WEIGHTS / NETWORK).stat().st_size / 1e6
    lines = [
        "# The tagger",
        "",
        f"* {speed(texts):,.0f} words a second of processor time, one thread",
        f"* {cold_start():.2f} s from import to the first attribution, in a new process",
        f"* {size:.1f} MB of weights",
        "",
    ]
    if articles:
        lines += [
            f"`prov evaluate attributions`, {len(articles)} articles:",
            "",
            "| extractor | source | cue | content | whole attributions | recall, wholly quoted |",
            "| --- | --- | --- | --- | --- | --- |",
            *(quality(articles, name) for name in ("tagger", "syntax")),
            "",
        ]
    text = "\n".join(lines)
    (ROOT / "benchmarks" / "results" / "tagger.md").write_text(text, encoding="utf-8")
    print(text)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
