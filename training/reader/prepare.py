"""Run extraction and resolution over annotated articles, and keep what the reader learns from."""

import json
import pickle
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from provenance.articles import read_article
from provenance.extraction import load_extractor
from provenance.graph import as_told
from provenance.graph.reader.features import Arrays, arrays_of
from provenance.graph.reader.scene import Scene, scene_of
from provenance.model import Article, Extraction, Reading, Resolution
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry
from training.reader.lessons import Gold, Lesson, lesson_of


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article as the reader is shown it, and what is right of it."""

    name: str
    scene: Scene
    arrays: Arrays
    lesson: Lesson
    told: Reading
    gold: Gold


def prepare(folder: Path, out: Path) -> int:
    """Write an example to *out* for each NAME.gold.json beside NAME.txt; return how many.

    Those that are there already are left, so a run that was cut off goes on.
    """
    out.mkdir(parents=True, exist_ok=True)
    extractor, registry = load_extractor("tagger"), load_registry()
    count = 0
    for path in sorted(folder.glob("*.gold.json")):
        stem = path.name.removesuffix(".gold.json")
        target = out / f"{stem}.pickle"
        if not target.exists():
            article = read_article(path.with_name(f"{stem}.txt"), force=True)
            extraction = extractor(article)
            known = resolve_sources(article, extraction, registry)
            gold = json.loads(path.read_text(encoding="utf-8"))
            example = example_of(article, extraction, known, gold)
            part = target.with_suffix(".part")
            part.write_bytes(pickle.dumps(example))
            part.replace(target)
        count += 1
        print(f"\r{count} {stem:60.60}", end="", file=sys.stderr)  # noqa: T201
    print(file=sys.stderr)  # noqa: T201
    return count


def example_of(article: Article, extraction: Extraction, known: Resolution, gold: Gold) -> Example:
    """Return the example that *article* makes.

    Raises:
        ValueError: Its text was not encoded.
    """
    if extraction.encoding is None:
        raise ValueError("the text was not encoded")
    scene = scene_of(article, extraction.encoding, extraction, known)
    arrays = arrays_of(scene)
    told = as_told(article, known)
    return Example(article.name, scene, arrays, lesson_of(scene, arrays, gold), told, gold)


def examples(folder: Path) -> Iterator[Example]:
    """Yield the examples in *folder* that mention anybody, in the order of their names."""
    for path in sorted(folder.glob("*.pickle")):
        example: Example = pickle.loads(path.read_bytes())
        if len(example.arrays.mentions):
            yield example
