"""Find wire copy by what articles say of themselves, against the labels of PolNeAR.

    python benchmarks/wires.py [FOLDER]

FOLDER is PolNeAR (../shared/polnear): texts and `metadata.tsv`, whose column `wire` names the
agency. The texts have their datelines and sign-offs; the author that the metadata give is put
before them as a byline. "Removed" is without those lines, where nothing is left to find them by
but the agency's own article. The result goes to benchmarks/results/wires.md.
"""

import csv
import sys
from pathlib import Path

from provenance.articles import article_from_text
from provenance.evaluation.tally import Tally
from provenance.extraction.credits import wire_agency

ROOT = Path(__file__).resolve().parent.parent
POLNEAR = ROOT.parent / "shared" / "polnear"
NONE = ("", "None", "NA")


def main() -> None:
    """Measure, and write the result."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else POLNEAR
    with (folder / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t")}
    tallies = dict.fromkeys(("text alone", "with bylines", "both removed"), Tally(0, 0, 0))
    count = 0
    for path in sorted(folder.glob("*/text/*.txt")):
        row, text = rows[path.stem], path.read_text(encoding="utf-8")
        count += 1
        wanted = row["wire"] not in NONE
        title, _, rest = text.strip().partition("\n")
        author = row["author"] if row["author"] not in NONE else ""
        signed = f"{title}\nBy {author}\n{rest}" if author else text
        bare = without_credit(text)
        for name, version in zip(tallies, (text, signed, bare), strict=True):
            found = bool(wire_agency(article_from_text(version)))
            tallies[name] += Tally(int(found and wanted), int(found), int(wanted))
    lines = [
        "# Wire copy",
        "",
        f"`python benchmarks/wires.py`: {count} articles, {tallies['text alone'].gold} wire copy.",
        "",
        "| what is seen | precision | recall | F1 |",
        "| --- | --- | --- | --- |",
    ]
    for name, tally in tallies.items():
        lines.append(f"| {name} | {tally.precision:.3f} | {tally.recall:.3f} | {tally.f1:.3f} |")
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (ROOT / "benchmarks" / "results" / "wires.md").write_text(text, encoding="utf-8")


def without_credit(text: str) -> str:
    """Return *text* without its dateline and its sign-off."""
    paragraphs = text.split("\n\n")
    kept = [p for p in paragraphs if not p.startswith(("(Reporting", "(Additional", "(Writing"))]
    for number, paragraph in enumerate(kept[:4]):
        place, mark, rest = paragraph.partition(") ")
        if mark and "(" in place[:80] and rest[:1] in "-–—":
            kept[number] = rest[1:].strip()
    return "\n\n".join(kept)


if __name__ == "__main__":
    main()
