"""Compare what is read of saved pages with trafilatura alone: body, title, authors, date.

    git clone --depth 1 https://github.com/adbar/trafilatura
    python benchmarks/pages.py trafilatura

The pages and what is right of each (``tests/evaldata.json``) are those of trafilatura's own
benchmark; nothing of them is kept here. English pages with a known author or date are taken, in
the order of their files. The result goes to benchmarks/results/pages.md.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provenance.articles import parse_article
from provenance.errors import ArticleError

RESULT = Path(__file__).resolve().parent / "results" / "pages.md"
_ENGLISH = re.compile(rb"<html[^>]*\blang=[\"']?en", re.IGNORECASE)
_SMALL = {"the", "of", "and", "to", "a", "in", "is", "that", "for", "it", "on", "with", "as", "was"}
_SMALL |= {"this", "are", "by", "be", "at", "from", "or"}
ROWS = ("body", "title", "authors", "date")


@dataclass(slots=True)
class Read:
    """What one reader makes of a page."""

    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""


@dataclass(slots=True)
class Score:
    """Counts of one reader: right, given and wanted, for each thing that is read."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {row: [0, 0, 0] for row in ROWS})

    def add(self, row: str, right: int, given: int, wanted: int) -> None:
        """Count."""
        self.counts[row] = [
            a + b for a, b in zip(self.counts[row], (right, given, wanted), strict=True)
        ]

    def line(self, row: str) -> str:
        """Return precision, recall and F1."""
        right, given, wanted = self.counts[row]
        precision, recall = right / max(1, given), right / max(1, wanted)
        return f"{precision:.3f} / {recall:.3f} / **{2 * right / max(1, given + wanted):.3f}**"


def plain(text: str) -> str:
    """Return *text* as it is compared: one blank between words, one form of each letter."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").split())


def names(value: object) -> set[str]:
    """Return the people in an annotation or an answer, to be compared."""
    listed = value if isinstance(value, list | tuple) else re.split(r";|,| and ", str(value or ""))
    return {plain(str(one)).casefold().removeprefix("by ") for one in listed if plain(str(one))}


def ours(data: bytes, name: str) -> Read:
    """Return what this project reads."""
    try:
        found = parse_article(data, name, force=True)
    except ArticleError:
        return Read()
    spans = ([found.headline] if found.headline else []) + [*found.paragraphs]
    text = "\n".join(found.quote(span) for span in spans)
    return Read(text, found.title, found.authors, found.published[:10])


def alone(data: bytes, _: str) -> Read:
    """Return what trafilatura reads with its usual settings."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(data, with_metadata=True, include_comments=False)
    if found is None:
        return Read()
    authors = tuple((found.author or "").split("; "))
    return Read(found.text or "", found.title or "", authors, found.date or "")


def is_english(words: str) -> bool:
    """Whether *words* have more English than other small words."""
    known = re.findall(r"[a-z]+", words.casefold())
    return sum(w in _SMALL for w in known) * 8 >= len(known)


def pages(checkout: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Yield name, bytes and annotation of each English page with an author or a date."""
    tests = checkout / "tests"
    rows = json.loads((tests / "evaldata.json").read_text(encoding="utf-8")).values()
    for row in sorted(rows, key=lambda one: str(one["file"])):
        path = next(
            (p for d in ("cache", "eval") if (p := tests / d / row["file"]).is_file()), None
        )
        if path is None or not (row.get("author") or row.get("date")):
            continue
        data = path.read_bytes()
        if _ENGLISH.search(data[:20_000]) and is_english(" ".join(row["with"])):
            yield row["file"], data, row


def score(read: Read, row: dict[str, Any], into: Score) -> None:
    """Compare *read* with the annotation *row*."""
    text = plain(read.text)
    kept = sum(plain(one) in text for one in row["with"])
    wrong = sum(plain(one) in text for one in row["without"])
    into.add("body", kept, kept + wrong, len(row["with"]))
    if title := plain(row.get("title", "")):
        said = plain(read.title)
        into.add("title", said.casefold() == title.casefold(), bool(said), 1)
    if wanted := names(row.get("author")):
        found = names(read.authors)
        into.add("authors", len(found & wanted), len(found), len(wanted))
    if date := row.get("date"):
        into.add("date", read.date == date, bool(read.date), 1)


def main(arguments: list[str]) -> None:
    """Score, print and write."""
    wrong = "--wrong" in arguments
    checkout, *most = [one for one in arguments if one != "--wrong"]
    limit = int(most[0]) if most else 100_000
    scores = {"prov": Score(), "trafilatura": Score()}
    count = 0
    for name, data, row in pages(Path(checkout)):
        if count >= limit:
            break
        count += 1
        both = {"prov": ours(data, name), "trafilatura": alone(data, name)}
        for who, read in both.items():
            score(read, row, scores[who])
        if wrong:
            _tell(name, row, both["prov"], both["trafilatura"])
    lines = [
        "# Saved pages: what is read beside trafilatura alone",
        "",
        f"{count} English pages of trafilatura's own benchmark; precision / recall / **F1**. Body:",
        "pieces that belong to it and pieces that do not; title, each author and the day as",
        "annotated. Made by `python benchmarks/pages.py CHECKOUT`.",
        "",
        "| | " + " | ".join(scores) + " |",
        "| --- |" + " --- |" * len(scores),
        *(f"| {r} | " + " | ".join(s.line(r) for s in scores.values()) + " |" for r in ROWS),
    ]
    if not most:
        RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))  # noqa: T201


def _tell(name: str, row: dict[str, Any], mine: Read, theirs: Read) -> None:
    """Print where the two readers differ from the annotation."""
    for what, right, one, other in (
        ("title", plain(row.get("title", "")), plain(mine.title), plain(theirs.title)),
        ("author", names(row.get("author")), names(mine.authors), names(theirs.authors)),
        ("date", row.get("date"), mine.date, theirs.date),
    ):
        if right and one != right:
            print(f"{name}: {what}: {right!r} / {one!r} / {other!r}")  # noqa: T201
    texts = plain(mine.text), plain(theirs.text)
    for key, belongs in (("with", True), ("without", False)):
        for piece in row[key]:
            here, there = (plain(piece) in text for text in texts)
            if here is not belongs:
                print(f"{name}: {key}{'' if there is belongs else ' (both)'}: {piece[:90]!r}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
