"""PolNeAR as training material: documents with a tag and links for every word."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from provenance.evaluation.brat import Offsets, Pieces, Standoff, read_brat
from provenance.extraction.tagger.inputs import Document, Vocabulary, document_of
from provenance.extraction.tagger.viterbi import LINKS, TAGS


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotator's reading of one article.

    Attributes:
        tags: Index into `TAGS`, one to a word.
        links: For each cue, its words and, for the words that belong to it, the index into `LINKS`.
    """

    tags: list[int]
    links: list[tuple[list[int], dict[int, int]]]


@dataclass(frozen=True, slots=True)
class Example:
    """An article with all its annotations, in the annotators' alphabetical order."""

    name: str
    text: str
    document: Document
    annotations: list[Annotation]


def read_corpus(folder: Path, vocabulary: Vocabulary) -> list[Example]:
    """Read a split of PolNeAR: ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann``.

    A text that nobody has annotated is an example too, for a teacher to read.
    """
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[path.stem.rpartition("_")[0]].append(path)
    examples = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        document = document_of(text, vocabulary)
        annotations = [_annotation(document, read_brat(one)) for one in files[path.stem]]
        examples.append(Example(path.stem, text, document, annotations))
    return examples


def _annotation(document: Document, standoff: Standoff) -> Annotation:
    starts = [start for start, _ in document.words]
    tags = [0] * len(document)
    for role, start, end in standoff.pieces:
        first = True
        for word in _words_in(document, starts, (start, end)):
            if tags[word] == 0:
                new = first or document.starts_paragraph(word)
                tags[word] = TAGS.index(f"{'B' if new else 'I'}-{role}")
                first = False
    links = []
    for attribution in standoff.attributions:
        cue = _words_of(document, starts, attribution.cue)
        if not cue:
            continue
        own = dict.fromkeys(
            _words_of(document, starts, attribution.source), LINKS.index("Source")
        ) | dict.fromkeys(_words_of(document, starts, attribution.content), LINKS.index("Content"))
        links.append((cue, own))
    return Annotation(tags, links)


def _words_of(document: Document, starts: list[int], pieces: Pieces) -> list[int]:
    return [word for piece in pieces for word in _words_in(document, starts, piece)]


def _words_in(document: Document, starts: list[int], piece: Offsets) -> range:
    """Return the words of *piece*; one that it cuts counts where the larger half is inside."""
    start, end = piece
    first = bisect_left(starts, start)
    if first > 0:
        s, e = document.words[first - 1]
        if e > start and (e - start) * 2 > e - s:
            first -= 1
    return range(first, bisect_left(starts, end))
