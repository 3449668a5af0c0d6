"""Score the graphs that `prov build` makes against gold graphs, and write the figures down.

    python benchmarks/quality.py [GOLD_DIR ...]

Each folder holds NAME.gold.json beside NAME.txt or NAME.html. Without arguments: the articles of
this project, and ../shared/gold where it is. The result goes to benchmarks/results/quality.md.
The ten that came last are counted apart: benchmarks/results/first_look.md has what they scored
before any rule had met them.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from provenance.articles import read_article
from provenance.evaluation.graphs import read_gold_graphs, score_graph
from provenance.evaluation.tally import Tally
from provenance.exports.records import to_record
from provenance.pipeline import DEFAULT_EXTRACTOR, build_record

ROOT = Path(__file__).resolve().parent.parent
OWN = (ROOT / "examples", ROOT / "tests" / "data" / "golden")
SHARED = ROOT.parent / "shared" / "gold"
KINDS = ("sources", "flows", "disputes")
LATER = {"ballots", "breach", "grain", "hospital", "inquest"}
LATER |= {"memoir", "primary", "ramp", "sealed", "tape"}


def anything(_: str) -> bool:
    """Keep every article."""
    return True


def scores(
    folders: Iterable[Path], keep: Callable[[str], bool]
) -> Iterator[tuple[str, dict[str, Tally]]]:
    """Yield the name and the tallies of each article with a gold graph in *folders*."""
    for folder in folders:
        for name, article, gold in read_gold_graphs(folder):
            if keep(name):
                yield name, score_graph(gold, to_record(build_record(read_article(article))))


def table(title: str, folders: Iterable[Path], keep: Callable[[str], bool] = anything) -> str:
    """Return the figures of the articles in *folders* that *keep* names, as a table in Markdown."""
    lines = [
        f"## {title}",
        "",
        "| article | " + " | ".join(f"{k} P / R / **F1** (label)" for k in KINDS) + " |",
    ]
    lines.append("| --- |" + " --- |" * len(KINDS))
    total = dict.fromkeys(KINDS, Tally())
    for name, tallies in scores(folders, keep):
        lines.append(row(name, tallies))
        total = {k: total[k] + tallies[k] for k in KINDS}
    return "\n".join([*lines, row("**all (micro)**", total), ""])


def row(name: str, tallies: dict[str, Tally]) -> str:
    """Return a line of the table."""
    cells = (
        f"{t.precision:.2f} / {t.recall:.2f} / **{t.f1:.3f}** ({t.label:.2f})"
        if t.gold or t.predicted
        else "none"
        for t in (tallies[k] for k in KINDS)
    )
    return f"| {name} | " + " | ".join(cells) + " |"


def main(arguments: list[str]) -> None:
    """Score, print and write."""
    if arguments:
        print("\n".join(table(a, [Path(a)]) for a in arguments))  # noqa: T201
        return
    parts = [
        table("The project's first eight articles", OWN, lambda name: name not in LATER),
        table("The project's ten later articles", OWN, LATER.__contains__),
    ]
    if SHARED.is_dir():
        parts.append(table("Seven articles by others (development set)", [SHARED]))
    text = f"# Quality of `prov build`, extractor `{DEFAULT_EXTRACTOR}`\n\n" + "\n".join(parts)
    (ROOT / "benchmarks" / "results" / "quality.md").write_text(text, encoding="utf-8")
    print(text)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
