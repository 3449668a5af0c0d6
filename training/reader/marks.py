"""Annotated source graphs as stand-off marks: offsets without text, and the way back.

The articles belong to their publishers, so what is kept of an annotation is where its mentions and
its evidence stand. Offsets count letters and digits alone, which quotation marks, blanks and
paragraphs do not move; the digest of the letters tells whether a text is the one that was read.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Graph = dict[str, Any]
"""A source graph in the format of ``prov build --to json``."""
Mark = dict[str, Any]


class Letters:
    """The letters and digits of a text, and where each of them stands in it."""

    def __init__(self, text: str) -> None:
        """Count the letters of *text*."""
        self.text = text
        self.places = [place for place, sign in enumerate(text) if sign.isalnum()]
        letters = "".join(text[place] for place in self.places)
        self.digest = hashlib.sha256(letters.casefold().encode()).hexdigest()[:16]
        self._numbers = {place: number for number, place in enumerate(self.places)}

    def mark(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return the numbers of the letters between two places of the text, None without any."""
        inside = [self._numbers[p] for p in range(begin, end) if p in self._numbers]
        return (inside[0], inside[-1] + 1) if inside else None

    def words(self, mark: tuple[int, int]) -> str:
        """Return what stands at *mark*, from its first letter to its last."""
        return self.text[self.places[mark[0]] : self.places[mark[1] - 1] + 1]


def write_marks(folders: Iterable[Path], out: Path) -> int:
    """Write the marks of all NAME.gold.json beside NAME.txt in *folders*; return how many."""
    rows = []
    for path in sorted(p for folder in folders for p in folder.glob("*.gold.json")):
        stem = path.name.removesuffix(".gold.json")
        text = path.with_name(f"{stem}.txt").read_text(encoding="utf-8")
        rows.append(marks_of(stem, text, json.loads(path.read_text(encoding="utf-8"))))
    lines = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)
    out.write_bytes(gzip.compress(lines.encode(), mtime=0))
    return len(rows)


def marks_of(name: str, text: str, graph: Graph) -> Mark:
    """Return the marks of *graph*, which was read in the *text* of the article called *name*."""
    letters = Letters(text)

    def found(words: str) -> Iterator[tuple[int, int]]:
        pattern = r"\s+".join(map(re.escape, words.split()))
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)" if pattern else r"(?!)", text):
            if (mark := letters.mark(*match.span())) is not None:
                yield mark

    def evidence(row: Graph) -> tuple[int, int]:
        pattern = r"\s+".join(map(re.escape, row["evidence"].split()))
        match = re.search(pattern, text)
        return (match and letters.mark(*match.span())) or (0, 0)

    numbers = {source["id"]: number for number, source in enumerate(graph["sources"])}
    numbers["article"] = -1
    return {
        "article": name,
        "letters": letters.digest,
        "sources": [
            [
                s["type"],
                [
                    list(dict.fromkeys(found(a)))
                    for a in {s["name"]: 0, **dict.fromkeys(s.get("aliases", ()), 0)}
                ],
            ]
            for s in graph["sources"]
        ],
        "flows": [
            [numbers[f["from"]], numbers[f["to"]], f["kind"], *evidence(f)] for f in graph["flows"]
        ],
        "disputes": [
            [numbers[d["by"]], numbers[d["target"]], d["stance"], *evidence(d)]
            for d in graph.get("disputes", ())
        ],
    }


def read_marks(path: Path) -> Iterator[Mark]:
    """Yield the marks in the file at *path*."""
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        yield json.loads(line)


def found(mark: Mark, text: str) -> tuple[str, Graph | None]:
    """Return the part of *text* that was read, with or without its headline, and its graph."""
    for part in (text, text.partition("\n\n")[2]):
        graph = joined(mark, part)
        if graph is not None:
            return part, graph
    return text, None


def joined(mark: Mark, text: str) -> Graph | None:
    """Return the annotated graph of *text*; None if it is not the text that was read."""
    letters = Letters(text)
    if letters.digest != mark["letters"]:
        return None
    ids = {number: f"s{number}" for number in range(len(mark["sources"]))} | {-1: "article"}
    sources = []
    for number, (type_, names) in enumerate(mark["sources"]):
        aliases = list(dict.fromkeys(letters.words(m) for marks in names for m in marks))
        sources.append(
            {"id": ids[number], "name": (aliases or [""])[0], "type": type_, "aliases": aliases}
        )
    return {
        "article": mark["article"],
        "sources": sources,
        "flows": [
            {"from": ids[a], "to": ids[b], "kind": kind, "evidence": letters.words((begin, end))}
            for a, b, kind, begin, end in mark["flows"]
        ],
        "disputes": [
            {
                "by": ids[a],
                "target": ids[b],
                "stance": stance,
                "evidence": letters.words((begin, end)),
            }
            for a, b, stance, begin, end in mark["disputes"]
        ],
    }
