"""Score source graphs against gold ones.

A predicted source matches a gold one by a name in common, or by one name within another as whole
words where no other gold source fits as well; one to one. A flow or dispute matches when both ends
match, in the same direction. Figures are summed over articles (micro).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from provenance.errors import RecordError
from provenance.evaluation.tally import Tally
from provenance.model import ARTICLE

Record = Mapping[str, Any]
_GOLD = ".gold.json"
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")
_EDGES = (("flows", "from", "to", "kind"), ("disputes", "by", "target", "stance"))


def read_gold_graphs(folder: Path) -> Iterator[tuple[str, Path, Record]]:
    """Yield name, article and gold graph of each ``NAME.gold.json`` in *folder*, sorted.

    Raises:
        RecordError: There are none, one cannot be read, or its article is not beside it.
    """
    found = sorted(folder.glob(f"*{_GOLD}"))
    if not found:
        raise RecordError(f"no gold graphs in {folder}: no file ends in {_GOLD}")
    for path in found:
        name = path.name.removesuffix(_GOLD)
        beside = (folder / f"{name}{suffix}" for suffix in (".txt", ".html"))
        article = next((one for one in beside if one.exists()), None)
        if article is None:
            raise RecordError(f"no article {name}.txt or {name}.html beside {path}")
        try:
            yield name, article, json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RecordError(f"cannot read {path}: {error}") from error


def score_graph(gold: Record, predicted: Record) -> dict[str, Tally]:
    """Return the tallies of sources, flows and disputes of one article, both graphs as JSON."""
    matched = match_sources(predicted["sources"], gold["sources"])
    types = [{s["id"]: s["type"] for s in graph["sources"]} for graph in (predicted, gold)]
    tallies = {
        "sources": Tally(
            len(matched),
            len(_others(predicted["sources"])),
            len(_others(gold["sources"])),
            sum(types[0][p] == types[1][g] for p, g in matched.items()),
        )
    }
    ends = {**matched, ARTICLE: ARTICLE}
    for what, start, end, label in _EDGES:
        wanted = {(e[start], e[end]): e[label] for e in gold[what]}
        found = {
            (ends.get(e[start], f"? {e[start]}"), ends.get(e[end], f"? {e[end]}")): e[label]
            for e in predicted[what]
        }
        right = wanted.keys() & found.keys()
        labelled = sum(wanted[k] == found[k] for k in right)
        tallies[what] = Tally(len(right), len(found), len(wanted), labelled)
    return tallies


def match_sources(predicted: Iterable[Record], gold: Iterable[Record]) -> dict[str, str]:
    """Return the gold id of each predicted source that matches one, the surest pairs first."""
    pairs = [
        (closeness, p["id"], g["id"])
        for p in _others(predicted)
        for g in _others(gold)
        if (closeness := _closeness(p, g))
    ]
    matched: dict[str, str] = {}
    for closeness, p, g in sorted(pairs, key=lambda row: (-row[0], row[1:])):
        ambiguous = closeness <= 2 and any(
            q == p and h != g and c >= closeness for c, q, h in pairs
        )
        if not ambiguous and p not in matched and g not in matched.values():
            matched[p] = g
    return matched


def _others(sources: Iterable[Record]) -> list[Record]:
    return [s for s in sources if s["id"] != ARTICLE]


def _closeness(predicted: Record, gold: Record) -> float:
    """Return 3 or 2.5 for a name in common, 2 or 1 for one name within another, else 0."""
    ours, theirs = set(_names(predicted)), set(_names(gold))
    main, gold_main = _plain(predicted["name"]), _plain(gold["name"])
    if ours & theirs:
        return 3.0 if main in theirs else 2.5
    if main and any(_within(main, name) or _within(name, main) for name in theirs):
        return 2.0
    return 1.0 if any(_within(gold_main, name) for name in ours) else 0.0


def _names(source: Record) -> Iterator[str]:
    for name in (source["name"], *source.get("aliases", ())):
        if plain := _plain(name):
            yield plain


def _plain(name: str) -> str:
    name = re.sub(r"[‘’]", "'", name).casefold().strip(" \t\n\"'“”.,;:()")
    return " ".join(_ARTICLE.sub("", re.sub(r"'s\b", "", name)).split())


def _within(part: str, whole: str) -> bool:
    return bool(part) and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole) is not None
