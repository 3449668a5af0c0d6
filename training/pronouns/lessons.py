"""Texts with pronouns whose answers are known, as files of a JSON object a line."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from provenance.extraction.mentions import GENDERED, may_be_meant, mentions
from provenance.extraction.parsing import Reading, parse
from provenance.model import Article, Mention, MentionKind, Span
from provenance.resolution import place_mentions
from provenance.resolution.clusters import Cluster
from provenance.resolution.registry import Registry, load_registry
from provenance.resolution.speaking import may_be_person

REACH: Final = 1200
"""Code points that a lesson's names stand before its pronoun at the most."""
FORMS: Final = {
    "subject": ("he", "she"),
    "object": ("him", "her"),
    "possessive": ("his", "her"),
    "own": ("his", "hers"),
}
"""Each pronoun by its role, of a man and of a woman."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A pronoun with the names near it: those of whom it stands for, and all others.

    Attributes:
        kind: Where the answer is from: "masked", "gender", "gum" or "gap".
    """

    pronoun: tuple[int, int]
    right: tuple[tuple[int, int], ...]
    wrong: tuple[tuple[int, int], ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its paragraphs and its lessons; *name* is the same for all versions of one."""

    name: str
    text: str
    paragraphs: tuple[tuple[int, int], ...]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its mentions, and the names and persons among them with their clusters."""

    article: Article
    reading: Reading
    mentions: tuple[Mention, ...]
    people: tuple[tuple[Mention, Cluster], ...]


def parse_whole(article: Article, registry: Registry | None = None) -> Parsed:
    """Return *article* with all that lessons are made from."""
    reading = parse(article)
    found = [m for passage in reading.passages for m in mentions(passage)]
    found.sort(key=lambda m: (m.span, m.head))
    placed = place_mentions(article, found, registry or load_registry())
    people = [
        (m, placed[m.span])
        for m in found
        if may_be_meant(m) and m.span in placed and _is_candidate(m, placed[m.span])
    ]
    return Parsed(article, reading, tuple(found), tuple(people))


def _is_candidate(mention: Mention, cluster: Cluster) -> bool:
    if mention.kind is MentionKind.NAME:
        return cluster.is_named and may_be_person(cluster)
    return True


def is_gendered(article: Article, mention: Mention) -> bool:
    """Whether *mention* is "he", "her" ..."""
    word = article.quote(mention.span).casefold()
    return mention.kind is MentionKind.PRONOUN and word in GENDERED


def tokens(parsed: Parsed) -> dict[int, Any]:
    """Return the tokens of *parsed* by where they end."""
    return {
        passage.offset + token.idx + len(token.text): token
        for passage in parsed.reading.passages
        for token in passage.doc
    }


def role_of_pronoun(word: str, tag: str) -> str:
    """Return the row of `FORMS` that a pronoun is from, given its part of speech."""
    if word == "hers":
        return "own"
    if word in ("he", "she"):
        return "subject"
    return "possessive" if tag == "PRP$" else "object"


@dataclass(frozen=True, slots=True)
class Edits:
    """Replacements in a text, in order, and where each place of the old text stands in the new."""

    edits: tuple[tuple[int, int, str], ...]

    def apply(self, text: str) -> str:
        """Return *text* with all replacements."""
        parts, at = [], 0
        for start, end, new in self.edits:
            parts += [text[at:start], new]
            at = end
        return "".join([*parts, text[at:]])

    def moved(self, place: tuple[int, int]) -> tuple[int, int]:
        """Return where the place *place* stands, which no replacement touches."""
        by = sum(len(new) - (end - start) for start, end, new in self.edits if end <= place[0])
        more = sum(
            len(new) - (end - start)
            for start, end, new in self.edits
            if place[0] <= start and end <= place[1]
        )
        return place[0] + by, place[1] + by + more


def other_gender(parsed: Parsed, lessons: Sequence[Lesson]) -> Text:
    """Return a version of a text with each "he" a "she" and the other way round.

    From names and pronouns alike the network would learn little but who is a woman; so it has to
    learn from how sentences are built. Gender is what lists of names are for.
    """
    article, known = parsed.article, tokens(parsed)
    edits = []
    for mention in parsed.mentions:
        token = known.get(mention.span.end)
        if token is None or not is_gendered(article, mention):
            continue
        word = article.quote(mention.span)
        man, woman = FORMS[role_of_pronoun(word.lower(), token.tag_)]
        new = woman if word.lower() == man else man
        edits.append((*_place(mention.span), new.capitalize() if word[0].isupper() else new))
    made = Edits(tuple(sorted(edits)))
    changed = [
        Lesson(
            made.moved(one.pronoun),
            tuple(map(made.moved, one.right)),
            tuple(map(made.moved, one.wrong)),
            one.kind,
        )
        for one in lessons
    ]
    paragraphs = tuple(made.moved(_place(p)) for p in article.paragraphs)
    return Text(article.name, made.apply(article.text), paragraphs, tuple(changed))


def as_text(article: Article, lessons: Sequence[Lesson]) -> Text:
    """Return *article* as it is, with its lessons."""
    paragraphs = tuple(_place(p) for p in article.paragraphs)
    return Text(article.name, article.text, paragraphs, tuple(lessons))


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def write_texts(texts: Iterable[Text], path: Path) -> int:
    """Write *texts* into the file *path*, those with lessons; return how many lessons."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for text in texts:
            if text.lessons:
                file.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")
                count += len(text.lessons)
    return count


def read_texts(path: Path) -> Iterator[Text]:
    """Yield the texts in the file *path*."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield _text(json.loads(line))


def _text(row: Mapping[str, Any]) -> Text:
    def places(given: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for start, end in given)

    lessons = [
        Lesson(tuple(one["pronoun"]), places(one["right"]), places(one["wrong"]), one["kind"])
        for one in row["lessons"]
    ]
    return Text(row["name"], row["text"], places(row["paragraphs"]), tuple(lessons))


def draw_for(name: str, seed: int) -> random.Random:
    """Return random numbers of an article's own, whatever else is read."""
    return random.Random(f"{seed}/{name}")


def plain_article(article: Article, name: str) -> Article:
    """Return *article* without a headline, all of its text one paragraph, under another name."""
    return replace(article, name=name, headline=None, paragraphs=(Span(0, len(article.text)),))
