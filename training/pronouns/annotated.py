"""Lessons from corpora with coreference: GUM (Zeldes, LRE 2017) and GAP (Webster et al., 2018)."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from provenance.articles import article_from_text
from provenance.model import Article, Span
from training.pronouns.lessons import (
    REACH,
    Lesson,
    Parsed,
    Text,
    as_text,
    is_gendered,
    other_gender,
    parse_whole,
    plain_article,
)

_ENTITY = re.compile(r"\(([^()]*)\)|\(([^()]*)|(?<![^()])([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Coreference:
    """A text with spans, each with the number of whom or what it stands for."""

    article: Article
    entities: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A row of GAP: a pronoun and two names, of which it stands for one or none."""

    article: Article
    pronoun: Span
    names: tuple[Span, Span]
    right: tuple[bool, bool]


def read_gum(folder: Path) -> Iterator[Coreference]:
    """Yield the documents in *folder*, in CoNLL-U with entities in the last column."""
    for path in sorted(folder.glob("*.conllu")):
        text, found = _document(path.read_text(encoding="utf-8").split("\n"))
        article = article_from_text(text)
        paragraphs, at = [], 0
        for part in article.text.split("\n\n"):
            if part.strip():
                paragraphs.append(Span(at, at + len(part)))
            at += len(part) + 2
        article = replace(article, name=path.stem, headline=None, paragraphs=tuple(paragraphs))
        yield Coreference(article, tuple(found))


def _document(lines: Sequence[str]) -> tuple[str, list[tuple[Span, str]]]:
    """Return the text of a document, paragraphs apart, and its entities."""
    text, found = "", []
    opened: list[tuple[int, str]] = []
    for line in lines:
        if line.startswith("# newpar") and "block" not in line and text.strip():
            text = text.rstrip() + "\n\n"
        columns = line.split("\t")
        if not columns[0].isdigit():
            continue
        start, text = len(text), text + columns[1]
        more = dict(pair.split("=", 1) for pair in columns[9].split("|") if "=" in pair)
        for whole, begun, ended in _ENTITY.findall(more.get("Entity", "")):
            if whole:
                found.append((Span(start, len(text)), _number(whole)))
            elif begun:
                opened.append((start, _number(begun)))
            else:
                at = next(i for i in range(len(opened) - 1, -1, -1) if opened[i][1] == ended)
                found.append((Span(opened.pop(at)[0], len(text)), ended))
        text += "" if more.get("SpaceAfter") == "No" else " "
    return text.rstrip(), found


def _number(entity: str) -> str:
    return entity.partition("-")[0].partition("[")[0]


def read_gap(path: Path) -> Iterator[Snippet]:
    """Yield the rows of a split of GAP."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            article = plain_article(article_from_text(row["Text"]), row["ID"])
            pronoun, first, second = (
                Span(int(row[f"{key}-offset"]), int(row[f"{key}-offset"]) + len(row[key]))
                for key in ("Pronoun", "A", "B")
            )
            right = (row["A-coref"].upper() == "TRUE", row["B-coref"].upper() == "TRUE")
            yield Snippet(article, pronoun, (first, second), right)


def annotated_texts(gum: Path, gap: Path) -> Iterator[Text]:
    """Yield both corpora with their lessons, and after each text its other gender."""
    for document in read_gum(gum):
        parsed = parse_whole(document.article)
        yield from _both(parsed, list(_of_document(parsed, document)))
    for snippet in read_gap(gap):
        if any(snippet.right):
            parsed = parse_whole(snippet.article)
            yield from _both(parsed, list(_of_snippet(parsed, snippet)))


def _both(parsed: Parsed, lessons: Sequence[Lesson]) -> Iterator[Text]:
    yield as_text(parsed.article, lessons)
    yield other_gender(parsed, lessons)


def _of_document(parsed: Parsed, document: Coreference) -> Iterator[Lesson]:
    spans = dict(document.entities)
    of = {m.head: innermost(m.head, document) for m, _ in parsed.people}
    for mention in parsed.mentions:
        if not is_gendered(parsed.article, mention) or mention.span not in spans:
            continue
        at, end = mention.span.start, mention.sentence.end
        near = [
            m.head
            for m, _ in parsed.people
            if at - REACH <= m.span.start < end and not m.head.overlaps(mention.span)
        ]
        meant = spans[mention.span]
        yield from _lesson(mention.span, near, [h for h in near if of[h] == meant], "gum")


def innermost(head: Span, document: Coreference) -> str:
    """Return the number of the shortest entity around *head*, "" where there is none."""
    around = [(s.end - s.start, n) for s, n in document.entities if head in s]
    return min(around)[1] if around else ""


def _of_snippet(parsed: Parsed, snippet: Snippet) -> Iterator[Lesson]:
    pronoun = next((m for m in parsed.mentions if m.span == snippet.pronoun), None)
    if pronoun is None:
        return
    near = [
        (m.head, c.number)
        for m, c in parsed.people
        if m.span.start < pronoun.sentence.end and not m.head.overlaps(pronoun.span)
    ]
    one, other = ({n for h, n in near if h.overlaps(name)} for name in snippet.names)
    meant = one if snippet.right[0] else other
    if not one & other:
        heads = [h for h, _ in near]
        yield from _lesson(pronoun.span, heads, [h for h, n in near if n in meant], "gap")


def _lesson(
    pronoun: Span, near: Sequence[Span], right: Sequence[Span], kind: str
) -> Iterator[Lesson]:
    wrong = [head for head in near if head not in right]
    if right and wrong:
        yield Lesson(
            (pronoun.start, pronoun.end),
            tuple((h.start, h.end) for h in right),
            tuple((h.start, h.end) for h in wrong),
            kind,
        )
