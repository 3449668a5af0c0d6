"""Lessons from news that nobody has annotated.

Two kinds. A name that has been mentioned before is replaced by a pronoun (Kocijan et al., EMNLP
2019, "WikiCREM"): whom it stands for is known. And a pronoun that stands there already has its
answer where just one of those named near it can be of its gender. In half of the texts every
pronoun is then of the other gender, and a masked name's is drawn: see `lessons.other_gender`.
"""

import random
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from provenance.articles import article_from_text
from provenance.extraction.parsing import parts_of
from provenance.model import Mention, MentionKind, SourceType
from provenance.resolution.clusters import Cluster
from provenance.resolution.names import gender
from provenance.resolution.pronouns import gender_of
from provenance.resolution.salience import name_gender
from training.pronouns.lessons import (
    FORMS,
    REACH,
    Edits,
    Lesson,
    Parsed,
    Text,
    draw_for,
    is_gendered,
    parse_whole,
    role_of_pronoun,
    tokens,
)

_ROLES: Final = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "dobj": "object",
    "pobj": "object",
    "dative": "object",
    "poss": "possessive",
}
_TITLE: Final = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Sen|Rep|Gov|Dr|Gen|Sgt|Lt|Col)\.|Senator|President|Secretary|Governor|Judge"
    r"|Miss|Justice|Congressman|Congresswoman|Representative|Detective|Professor)\s+"
)
_DESCRIBED: Final = {"appos", "relcl", "acl", "cc", "conj", "prep", "det", "amod"}
_POSSESSIVE: Final = re.compile(r"['’]s?")
_NEAR: Final = 350  # code points to the last mention, within which a pronoun is natural
_OFTEN, _SELDOM = 0.55, 0.12  # how often a name is masked near the last mention, and far from it
_LOOK: Final = 900  # code points before a pronoun in which gender must settle it

Places = dict[int, list[Mention]]


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    new: str
    kind: str
    answer: int | None


def masked_texts(folder: Path, most: int | None = None, seed: int = 1) -> Iterator[Text]:
    """Yield the articles in *folder*, or the first so many, with their lessons."""
    for path in sorted(folder.glob("*.txt"))[:most]:
        article = article_from_text(path.read_text(encoding="utf-8"))
        yield masked(parse_whole(article), path.name, draw_for(path.name, seed))


def masked(parsed: Parsed, name: str, draw: random.Random) -> Text:
    """Return a text with some names masked and its pronouns perhaps of the other gender."""
    named = [(m, c) for m, c in parsed.people if m.kind is MentionKind.NAME]
    swapped = draw.random() < 0.5
    known = tokens(parsed)
    changes = [
        *_natural(parsed, named, known, swapped),
        *_names(parsed, named, known, draw),
    ]
    changes.sort(key=lambda c: (c.start, c.end))
    kept: list[_Change] = []
    for change in changes:
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return _made(parsed, name, named, kept)


def _natural(
    parsed: Parsed,
    named: Sequence[tuple[Mention, Cluster]],
    known: Mapping[int, Any],
    swapped: bool,
) -> Iterator[_Change]:
    """Yield the pronouns of a text, with their answers where gender alone settles them."""
    people = {c.number: c for _, c in named if c.type() is SourceType.PERSON}
    told = {number: _gender(cluster) for number, cluster in people.items()}
    for mention in parsed.mentions:
        token = known.get(mention.span.end)
        if token is None or not is_gendered(parsed.article, mention):
            continue
        word = parsed.article.quote(mention.span)
        at = mention.span.start
        near = {c.number for m, c in named if at - _LOOK <= m.span.start < at} & set(people)
        able = [number for number in near if told[number] in ("", gender_of(word))]
        settled = len(near) > 1 and len(able) == 1 and told[able[0]] == gender_of(word)
        man, woman = FORMS[role_of_pronoun(word.lower(), token.tag_)]
        new = man if (gender_of(word) == "m") != swapped else woman
        answer = able[0] if settled else None
        yield _Change(at, mention.span.end, _like(new, word), "gender", answer)


def _gender(cluster: Cluster) -> str:
    titled = next(filter(None, map(gender, sorted(cluster.texts))), "")
    return titled or name_gender(cluster)


def _names(
    parsed: Parsed,
    named: Sequence[tuple[Mention, Cluster]],
    known: Mapping[int, Any],
    draw: random.Random,
) -> Iterator[_Change]:
    """Yield names to be masked: of persons, mentioned before, with nothing hanging on them."""
    of: Places = {}
    for mention, cluster in named:
        of.setdefault(cluster.number, []).append(mention)
    for number, own in of.items():
        if not any(m.type is SourceType.PERSON for m in own):
            continue
        starts = sorted(m.span.start for m in own)
        for mention in own:
            token = known.get(mention.head.end)
            before = bisect_left(starts, mention.span.start)
            if token is None or not before or not (role := _role(parsed, mention, token)):
                continue
            gap = mention.span.start - starts[before - 1]
            if draw.random() > (_OFTEN if gap < _NEAR else _SELDOM):
                continue
            end, text = mention.head.end, parsed.article.text
            if role == "possessive":
                mark = _POSSESSIVE.match(text, end)
                end = mark.end() if mark else end
            new = FORMS[role][draw.random() < 0.5]
            first = token.doc[token.left_edge.i].is_sent_start
            yield _Change(
                mention.span.start, end, new.capitalize() if first else new, "masked", number
            )


def _role(parsed: Parsed, mention: Mention, token: Any) -> str:
    """Return the row of `FORMS` that could stand in for *mention*, "" where none could."""
    text = parsed.article.text
    lead = text[mention.span.start : mention.head.start]
    tail = text[mention.head.end : mention.span.end]
    bare = (not lead or _TITLE.fullmatch(lead)) and (not tail or _POSSESSIVE.fullmatch(tail))
    described = any(child.dep_ in _DESCRIBED for child in token.children)
    if not bare or described or token.conjuncts or mention.appositions:
        return ""
    role = _ROLES.get(token.dep_, "")
    marked = _POSSESSIVE.match(text, mention.head.end) is not None
    return role if marked == (role == "possessive") else ""


def _like(new: str, word: str) -> str:
    return new.capitalize() if word[0].isupper() else new


def _made(
    parsed: Parsed,
    name: str,
    named: Sequence[tuple[Mention, Cluster]],
    changes: Sequence[_Change],
) -> Text:
    """Return the text with all *changes*, and a lesson for each that has an answer."""
    edits = Edits(tuple((c.start, c.end, c.new) for c in changes))
    gone = {at for c in changes for at in range(c.start, c.end)}
    kept = [
        (edits.moved((m.head.start, m.head.end)), c.number)
        for m, c in named
        if gone.isdisjoint(range(m.head.start, m.head.end))
    ]
    lessons = []
    for change in changes:
        if change.answer is None:
            continue
        place = edits.moved((change.start, change.end))
        near = [(head, n) for head, n in kept if place[0] - REACH <= head[0] < place[0]]
        right = tuple(head for head, n in near if n == change.answer)
        wrong = tuple(head for head, n in near if n != change.answer)
        if right and wrong:
            lessons.append(Lesson(place, right, wrong, change.kind))
    paragraphs = tuple(edits.moved((p.start, p.end)) for p in parts_of(parsed.article))
    return Text(name, edits.apply(parsed.article.text), paragraphs, tuple(lessons))
