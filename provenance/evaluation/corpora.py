"""Find annotated articles: brat folders, and JSON with offsets."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from provenance.errors import RecordError
from provenance.evaluation.attributions import Annotations, annotations_of
from provenance.evaluation.brat import ROLES, Annotated, Offsets, read_brat


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with its annotations; of several annotators the first by name."""

    name: str
    text: str
    gold: Annotations


def read_gold(folder: Path) -> Iterator[GoldArticle]:
    """Yield the articles in *folder*, sorted by name.

    Either ``NAME.json`` files with ``text`` and ``attributions`` (as `prov build --to json` writes
    them, or with ``spans`` besides), or brat: ``text/NAME.txt`` beside
    ``attributions/NAME_ANNOTATOR.ann``, or both in one folder.

    Raises:
        RecordError: There are none, or one cannot be read.
    """
    found = False
    for path in sorted(folder.glob("*.json")):
        found = True
        yield read_json(path)
    annotated: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.ann")):
        annotated.setdefault(_article_of(folder, path), path)
    for name, path in sorted(annotated.items()):
        found = True
        standoff = read_brat(path)
        pieces: dict[str, list[Offsets]] = {role: [] for role in ROLES}
        for role, start, end in standoff.pieces:
            pieces[role].append((start, end))
        gold = Annotations(pieces, standoff.attributions)
        yield GoldArticle(name, _read_text(_text_file(folder, name)), gold)
    if not found:
        raise RecordError(f"no annotated articles in {folder}: neither *.json nor *.ann is there")


def read_json(path: Path) -> GoldArticle:
    """Read one file of attributions with their text.

    Raises:
        RecordError: It cannot be read, or holds something else.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        attributions = [
            Annotated(*(tuple((s, e) for s, e in one.get(r.lower(), ())) for r in ROLES))
            for one in record["attributions"]
            if one.get("depth", 0) == 0
        ]
        whole = annotations_of(attributions)
        if "spans" in record:
            pieces: dict[str, list[Offsets]] = {role: [] for role in ROLES}
            for span in record["spans"]:
                pieces[span["role"]].append((span["start"], span["end"]))
            whole = Annotations(pieces, attributions)
        return GoldArticle(path.stem, str(record["text"]), whole)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = " ".join(str(error).split())
        raise RecordError(f"cannot read {path} as attributions: {why}") from error


def _article_of(folder: Path, annotation: Path) -> str:
    """Return the name of the article: the file's own, or that less the annotator."""
    own = annotation.stem
    return own if _text_file(folder, own).exists() else own.rpartition("_")[0]


def _text_file(folder: Path, name: str) -> Path:
    apart = folder / "text" / f"{name}.txt"
    return apart if apart.exists() else folder / f"{name}.txt"


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"cannot read {path}: {error}") from error
