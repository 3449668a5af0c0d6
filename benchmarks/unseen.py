"""Score what `prov build` makes of articles that neither rule nor network has met.

    python benchmarks/unseen.py [--folds 0 1] [--limit N]

The articles are those of the folds of ../shared/graphs: fold 0 is for reporting alone, fold 1 is
for choices. Told by kind of source and of flow, and by score; how far scores are from the share
that is right is the expected calibration error in ten bins of equal width (Naeini et al., AAAI
2015). With --limit, the first N articles of each fold, and nothing is written; else the result
goes to benchmarks/results/unseen.md. A fold takes some five minutes on two cores.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Final

from provenance.articles import read_article
from provenance.evaluation.graphs import match_sources, score_graph
from provenance.evaluation.tally import Tally
from provenance.exports.records import to_record
from provenance.model import ARTICLE
from provenance.pipeline import build_record

ROOT: Final = Path(__file__).resolve().parent.parent
GRAPHS: Final = ROOT.parent / "shared" / "graphs"
RESULT: Final = ROOT / "benchmarks" / "results" / "unseen.md"
KINDS: Final = ("sources", "flows", "disputes")
EDGES: Final = {"flows": ("from", "to"), "disputes": ("by", "target")}
FLOORS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
FEW: Final = 20
"""A kind of flow that the gold graphs have less often has no row."""
Scored = tuple[float, bool]
"""The score of a flow or dispute, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of some articles.

    Attributes:
        tallies: Of sources, flows and disputes.
        kinds: Of "sources" and "flows", by kind, how many were "shown" and are "right", and how
            many of the gold ones ("gold") are "found".
        scored: The scores of "flows" and "disputes".
    """

    tallies: dict[str, Tally]
    kinds: Counter[tuple[str, str, str]]
    scored: dict[str, list[Scored]]


def score(path: Path) -> Scores:
    """Build the graph of the article at *path* and compare it with the gold one beside it."""
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    built = to_record(build_record(read_article(path, force=True), force=True))
    ends = match_sources(built["sources"], gold["sources"])
    types, gold_types = (
        {one["id"]: one["type"] for one in graph["sources"] if one["id"] != ARTICLE}
        for graph in (built, gold)
    )
    kinds: Counter[tuple[str, str, str]] = Counter()
    for id, kind in types.items():
        kinds.update({("sources", kind, "shown"): 1, ("sources", kind, "right"): id in ends})
    for id, kind in gold_types.items():
        found = id in ends.values()
        kinds.update({("sources", kind, "gold"): 1, ("sources", kind, "found"): found})
    ends[ARTICLE] = types[ARTICLE] = gold_types[ARTICLE] = ARTICLE
    scored: dict[str, list[Scored]] = {}
    for what, (one, other) in EDGES.items():
        wanted = {(e[one], e[other]) for e in gold[what]}
        shown = {(e[one], e[other]): e["score"] for e in built[what]}
        right = {pair for pair in shown if (ends.get(pair[0]), ends.get(pair[1])) in wanted}
        found_too = {(ends[a], ends[b]) for a, b in right}
        scored[what] = [(shown[pair], pair in right) for pair in shown]
        for a, b in shown:
            kind = f"{types[a]} to {types[b]}"
            kinds.update({(what, kind, "shown"): 1, (what, kind, "right"): (a, b) in right})
        for a, b in wanted:
            kind = f"{gold_types[a]} to {gold_types[b]}"
            kinds.update({(what, kind, "gold"): 1, (what, kind, "found"): (a, b) in found_too})
    return Scores(score_graph(gold, built), kinds, scored)


def together(some: Sequence[Scores]) -> Scores:
    """Return the figures of all articles as one."""
    tallies = {what: sum((one.tallies[what] for one in some), Tally()) for what in KINDS}
    kinds = sum((one.kinds for one in some), Counter[tuple[str, str, str]]())
    scored = {what: [pair for one in some for pair in one.scored[what]] for what in EDGES}
    return Scores(tallies, kinds, scored)


def calibration_error(scored: Iterable[Scored]) -> float:
    """Return the expected calibration error in ten bins of equal width, from 0 to 1."""
    pairs = list(scored)
    bins: dict[int, list[Scored]] = defaultdict(list)
    for pair in pairs:
        bins[min(9, int(10 * pair[0]))].append(pair)
    off = sum(
        abs(sum(p for p, _ in some) - sum(good for _, good in some)) for some in bins.values()
    )
    return off / len(pairs) if pairs else 0.0


def surer_half(scored: Iterable[Scored]) -> float:
    """Return the share that is right of that half which has the higher scores."""
    pairs = sorted(scored, reverse=True)
    half = pairs[: len(pairs) // 2]
    return sum(good for _, good in half) / len(half) if half else 0.0


# ---- the report


def report(fold: str, articles: int, whole: Scores) -> Iterator[str]:
    """Yield the lines of the part on *fold*, in Markdown."""
    yield f"## Fold {fold}: {articles} articles\n"
    yield from _table("", "precision", "recall", "**F1**", "right label", "right / shown / gold")
    for what, t in whole.tallies.items():
        counts = f"{t.right:,} / {t.predicted:,} / {t.gold:,}"
        yield _row(what, t.precision, t.recall, f"**{t.f1:.3f}**", t.label, counts)
    for what, few in (("sources", 0), ("flows", FEW)):
        yield ""
        yield from _by_kind(whole.kinds, what, few)
    yield ""
    yield from _table("flows with a score of at least", *map(str, FLOORS))
    above = [[good for s, good in whole.scored["flows"] if s >= floor] for floor in FLOORS]
    yield _row("flows", *map(len, above))
    yield _row("precision", *(sum(one) / len(one) if one else "" for one in above))
    flows, disputes = whole.scored["flows"], whole.scored["disputes"]
    yield (
        f"\nExpected calibration error: flows {calibration_error(flows):.3f}, disputes "
        f"{calibration_error(disputes):.3f}. The surer half of the flows has a precision of "
        f"{surer_half(flows):.3f}.\n"
    )


def _by_kind(counts: Counter[tuple[str, str, str]], what: str, few: int) -> Iterator[str]:
    yield from _table(f"{what}, by kind", "in the gold", "precision", "recall")
    gold = {kind: n for (of, kind, which), n in counts.items() if (of, which) == (what, "gold")}
    for kind, n in sorted(gold.items(), key=lambda row: (-row[1], row[0])):
        if n > few:
            shown, right, found = (counts[what, kind, it] for it in ("shown", "right", "found"))
            yield _row(kind.replace("_", " "), n, right / shown if shown else "", found / n)


def _table(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield "| --- " * len(cells) + "|"


def _row(*cells: object) -> str:
    told = (f"{cell:.3f}" if isinstance(cell, float) else f"{cell}" for cell in cells)
    return f"| {' | '.join(told)} |"


def articles_of(fold: str) -> list[Path]:
    """Return the paths of the articles of *fold*, sorted."""
    rows = (GRAPHS / "folds.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names = sorted(name for name, of in (row.split("\t") for row in rows) if of == fold)
    return [GRAPHS / "train" / f"{name}.txt" for name in names]


def scores_of(paths: Sequence[Path]) -> Iterator[Scores]:
    """Yield the figures of each article, and show on standard error how far it is."""
    with Pool() as pool:
        for done, one in enumerate(pool.imap_unordered(score, paths), start=1):
            print(f"\r{done} of {len(paths)}", end="", file=sys.stderr)  # noqa: T201
            yield one
    print(file=sys.stderr)  # noqa: T201


def main() -> None:
    """Build, score, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--folds", nargs="+", default=["0", "1"])
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    lines = ["# Articles that nobody has seen\n", "Made by `python benchmarks/unseen.py`.\n"]
    for fold in options.folds:
        paths = articles_of(fold)[: options.limit]
        lines += report(fold, len(paths), together(list(scores_of(paths))))
    text = "\n".join(lines)
    print(text)  # noqa: T201
    if options.limit is None:
        RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
