"""Measure which name a pronoun is given, on GAP (Webster et al., TACL 2018).

    python benchmarks/pronouns.py [GAP_FILE]

Without an argument: ../shared/gap/gap-development.tsv. The result goes to
benchmarks/results/pronouns.md. As in the paper's snippet-context task, each pronoun has two names
beside it, and each of the two decisions counts.
"""

import csv
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from provenance.articles import article_from_text
from provenance.extraction.mentions import mentions
from provenance.extraction.parsing import parse
from provenance.model import Span
from provenance.resolution import place_mentions
from provenance.resolution.registry import load_registry

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "gap" / "gap-development.tsv"
FEMININE = {"she", "her", "hers"}
Counts = Counter[tuple[bool, bool]]


def decisions(row: dict[str, str]) -> list[tuple[bool, bool]]:
    """Return for both names of *row* what is true, and what is found."""
    article = article_from_text(row["Text"])
    whole = Span(0, len(article.text))
    article = replace(article, headline=None, paragraphs=(whole,))
    found = [m for passage in parse(article).passages for m in mentions(passage)]
    placed = place_mentions(article, sorted(found, key=lambda m: (m.span, m.head)), load_registry())
    start = int(row["Pronoun-offset"])
    cluster = placed.get(Span(start, start + len(row["Pronoun"])))
    both = []
    for name in "AB":
        at = int(row[f"{name}-offset"])
        here = Span(at, at + len(row[name]))
        named = {placed[m.span].number for m in found if m.span in placed and m.head.overlaps(here)}
        both.append((row[f"{name}-coref"].upper() == "TRUE", cluster and cluster.number in named))
    return [(true, bool(told)) for true, told in both]


def figures(counts: Counts) -> str:
    """Return precision, recall and F1 as cells of a table."""
    right, wrong, missed = counts[True, True], counts[False, True], counts[True, False]
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"{100 * precision:.1f} | {100 * recall:.1f} | **{100 * f1:.1f}**"


def main(arguments: list[str]) -> None:
    """Measure, print and write."""
    path = Path(arguments[0]) if arguments else SHARED
    if not path.exists():
        sys.exit(f"{path} is not there: give the file of a split of GAP")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    counts: dict[str, Counts] = {"she, her": Counter(), "he, his, him": Counter()}
    for row in rows:
        key = "she, her" if row["Pronoun"].lower() in FEMININE else "he, his, him"
        counts[key].update(decisions(row))
    counts["all"] = sum(counts.values(), Counter())
    lines = [
        "# Pronouns",
        "",
        f"Made by `python benchmarks/pronouns.py` on {path.name}: {len(rows):,} pronouns.",
        "",
        "| pronouns | precision | recall | F1 |",
        "| --- | --- | --- | --- |",
        *(f"| {name} | {figures(own)} |" for name, own in counts.items()),
        "",
    ]
    print("\n".join(lines))  # noqa: T201
    if path == SHARED:
        (ROOT / "benchmarks" / "results" / "pronouns.md").write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
