"""Mend what the parser makes of names: firms with "and", nicknames, places, cut entities."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from provenance.extraction.attaching import attach, may_be_person
from provenance.extraction.lexicon import noun_type, words
from provenance.model import SourceType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Piece

_WORD = r"[A-Z][a-z][\w’'-]{0,30}"
_PAIR = re.compile(rf"\b(?P<one>{_WORD}) (?P<sign>and|&) (?P<other>{_WORD})")
_ALONE = re.compile(rf"\b{_WORD}")
_KIN = words("firms", "kin")
_WITHIN = words("firms", "within")
_TOWNS = words("firms", "towns")
_CALLED = re.compile(
    r"(?:who |whom |that )?(?:\w+ ){0,4}?(?:by the (?:nick)?name(?: of)?|known(?: \w+){0,3} as|"
    r"calls? (?:him|her|them)sel(?:f|ves)|called (?:him|her|them)sel(?:f|ves)|"
    r"(?:him|her|them)sel(?:f|ves)(?: only| just)? as|name(?: only| just)? as|"
    r"goes by|went by|nicknamed|dubbed)(?: only| just)? "
    r"(?:[\"'])?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})"
)
_REACH = 120


def find_firms(texts: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return the pairs of words that are one firm: "Marks and Spencer", "Haul & Sons".

    Either the text has "&" between them once, or the second is kin, or the two come again and
    again and never one without the other.
    """
    every = [text for text in texts if " and " in text or "&" in text]
    found: dict[tuple[str, str], int] = {}
    sure: set[tuple[str, str]] = set()
    for match in (m for text in every for m in _PAIR.finditer(text)):
        pair = match["one"], match["other"]
        found[pair] = found.get(pair, 0) + 1
        if match["sign"] == "&" or match["other"].casefold() in _KIN:
            sure.add(pair)
    often = {pair for pair, count in found.items() if count > 1} - sure
    if often:
        seen: dict[str, int] = {}
        for match in (m for text in texts for m in _ALONE.finditer(text)):
            seen[match[0]] = seen.get(match[0], 0) + 1
        sure |= {p for p in often if seen.get(p[0]) == seen.get(p[1]) == found[p]}
    return frozenset(sure)


def mend(doc: "Doc", firms: Collection[tuple[str, str]]) -> None:
    """Mend the names in *doc*.

    Args:
        doc: A parse; what is one name becomes one token of it.
        firms: Pairs of words of which each is one firm with "and" between.
    """
    pieces = [*_firms(doc, firms), *_nicknamed(doc)]
    if pieces:
        with doc.retokenize() as retokenizer:
            for piece, label in pieces:
                given: dict[str | int, Any] = {
                    "POS": "PROPN",
                    "TAG": "NNP",
                    "ENT_TYPE": label,
                    "ENT_IOB": 3,
                }
                retokenizer.merge(piece, attrs=given)
    _free_names(doc)
    _free_verbs(doc)
    attach(doc)
    _relabel(doc)


def _free_names(doc: "Doc") -> None:
    """Make a name again of what was read as a modal verb or a month: "May accused him".

    A modal verb goes with a bare form, and these do not.
    """
    for name in doc[:-1]:
        if not name.text.istitle() or name.lower_ not in words("certainty", "modals"):
            continue
        verb = name.head
        behind = doc[name.i + 1 : verb.i + 1]
        finite = next((t for t in behind if t.pos_ in {"VERB", "AUX"}), None)
        if finite is None or finite.tag_ not in {"VBD", "VBN", "VBZ"}:
            continue
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), name)
        apart = abs(subject.i - name.i)
        if apart > 1 or (apart and (name.dep_ != "aux" or subject.pos_ != "PROPN")):
            continue
        first, last = sorted((subject, name), key=lambda t: t.i)
        last.head, last.dep_ = verb, "nsubj" if subject == name else subject.dep_
        if first != last:
            first.head, first.dep_ = last, "compound"
        name.pos_, name.tag_ = "PROPN", "NNP"
        _name_person(last)


def _name_person(name: "Token") -> None:
    """Label *name* and the names before it as a person, where the parser saw nothing or a date."""
    doc, start = name.doc, name.i
    while start and doc[start - 1].head == name and doc[start - 1].dep_ == "compound":
        start -= 1
    if {t.ent_type_ for t in doc[start : name.i + 1]} <= {"", "DATE", "PERSON"}:
        others = [e for e in doc.ents if e.end <= start or e.start > name.i]
        doc.ents = (*others, _labelled(doc, start, name.i + 1, "PERSON"))


def _free_verbs(doc: "Doc") -> None:
    """Make "show" a verb again: "Letters obtained by the Norland Herald show that he paid"."""
    for verb in doc[1:-1]:
        name, by = verb.nbor(-1), verb.head
        taken = verb.lower_ == "show" and verb.dep_ == "pobj" and name.head == verb
        if not taken or name.pos_ != "PROPN" or verb.nbor().lower_ not in words("firms", "shown"):
            continue
        papers = by.head.head
        clause = next((c for c in papers.children if c.i > verb.i and c.dep_ == "acl"), None)
        if by.head.dep_ != "acl" or papers.tag_ != "NNS" or clause is None:
            continue
        for other in (c for c in verb.children if c is not name and c.i < verb.i):
            other.head = name
        name.head, name.dep_ = by, "pobj"
        root = papers.head == papers
        verb.head = verb if root else papers.head
        verb.dep_, verb.pos_, verb.tag_ = papers.dep_, "VERB", "VBP"
        papers.head, papers.dep_ = verb, "nsubj"
        clause.head, clause.dep_ = verb, "ccomp"


def _firms(doc: "Doc", firms: Collection[tuple[str, str]]) -> "Iterator[tuple[Piece, str]]":
    for joint in doc[1:-1] if firms and len(doc) > 2 else ():
        if joint.lower_ not in words("firms", "joining"):
            continue
        before, after = joint.nbor(-1), joint.nbor()
        around = doc[max(0, joint.i - 2)], doc[min(len(doc) - 1, joint.i + 2)]
        longer = around[0].i < before.i and _goes_with(around[0], before)
        if (before.text, after.text) in firms and not longer and before.ent_type_ != "GPE":
            yield doc[before.i : after.i + 1], "ORG"


def _goes_with(one: "Token", name: "Token") -> bool:
    """Whether *one*, before *name*, is part of it or a title: "Ann Marks and Lee Spencer"."""
    return one.pos_ == "PROPN" and one.head in {name, name.head} and one.dep_ == "compound"


def _nicknamed(doc: "Doc") -> "Iterator[tuple[Piece, str]]":
    """Yield names with a nickname in quotation marks or brackets between: 'Jo "Duke" Hay'."""
    last = 0
    for i in range(1, len(doc) - 3):
        opening, name, closing = doc[i], doc[i + 1], doc[i + 2]
        marked = {opening.text, closing.text} <= {'"', "'", "``", "''"} or (
            (opening.text, closing.text) == ("(", ")")
        )
        end = i + 3
        if not marked and opening.text in {'"', "'"} and doc[i + 3].text == opening.text:
            marked, end = doc[i + 2].text[:1].isupper(), i + 4  # 'Jo "Big Duke" Hay'
        before = doc[i - 1]
        if not marked or i - 1 < last or end >= len(doc) or name.is_sent_start:
            continue
        after = doc[end]
        named = all(t.text[:1].isupper() and t.text[-1].isalpha() for t in (before, name, after))
        acronym = opening.text == "(" and name.text.isupper()
        if named and not acronym and _is_surname(before, after):
            start = before.i
            while start > last and doc[start - 1].text[:1].isupper() and _is_given(doc[start - 1]):
                start -= 1
            yield doc[start : end + 1], "PERSON"
            last = end + 1


def _is_given(token: "Token") -> bool:
    title = token.lower_.rstrip(".") in words("nouns", "title")
    return token.pos_ == "PROPN" and not title and not token.is_sent_start


def _is_surname(before: "Token", after: "Token") -> bool:
    """Whether *after* goes on with the name that *before* began."""
    return before.pos_ == after.pos_ == "PROPN" and not before.is_punct


def _relabel(doc: "Doc") -> None:
    """Mend the labels of *doc*: an entity that ends with "of", a place read as a person."""
    kept: list[Piece] = []
    changed = False
    for entity in doc.ents:
        end = entity.end
        while end > entity.start + 1 and doc[end - 1].pos_ == "ADP":
            end -= 1
        label = entity.label_
        if end < entity.end:
            label = "PERSON" if may_be_person(doc[entity.start : end]) else label
        elif label in {"PERSON", "ORG"} and _is_where(entity):
            label = "GPE"
        elif label in {"PERSON", "ORG"} and _is_title(entity):
            label = "WORK_OF_ART"
        start = _whole(entity) if label == "PERSON" else entity.start
        if (joint := _joint(doc, start, end)) is not None:
            kept.append(_labelled(doc, start, joint, label))
            start, label = joint + 1, doc[end - 1].head.ent_type_ or label
        changed |= (start, end, label) != (entity.start, entity.end, entity.label_)
        if kept and kept[-1].end > start:
            kept.pop()
        kept.append(_labelled(doc, start, end, label))
    if changed:
        doc.ents = tuple(kept)


def _is_title(entity: "Piece") -> bool:
    """Whether *entity* is what a work is called: "his new memoir, Loud and Wrong,"."""
    root, before = entity.root, entity.doc[max(0, entity.start - 2) : entity.start]
    called = root.dep_ in {"appos", "conj"} and len(before) == 2 and before[1].text == ","
    return called and before[0] == root.head and root.head.lemma_ in words("nouns", "works")


def _joint(doc: "Doc", start: int, end: int) -> int | None:
    """Return where "and" joins the end of a name to what stands before all of it.

    "Ann Lee of the Daily Post and Tom Roe", where the parser sees what the labels do not.
    """
    for word in doc[start + 1 : end - 1]:
        other = next((t for t in doc[word.i + 1 : end] if t.dep_ == "conj"), None)
        if word.dep_ == "cc" and other is not None and other.head.i < start:
            return int(word.i)
    return None


@cache
def _span_class() -> "type[Piece]":
    from spacy.tokens import Span

    return Span


def _labelled(doc: "Doc", start: int, end: int, label: str) -> "Piece":
    return _span_class()(doc, start, end, label=label)


def _whole(entity: "Piece") -> int:
    """Return where a name begins that was cut, also at its hyphen: "Jean-Luc Roy"."""
    start = entity.start
    before = entity.doc[max(0, start - 2) : start]
    hyphened = len(before) == 2 and before[1].text == "-" and not before.text_with_ws.count(" ")
    if hyphened and before[0].text[:1].isupper():
        return start - 2
    while start > 0 and _is_forename(entity.doc[start - 1], entity):
        start -= 1  # a first name that was left out: "Agnes Roy"
    return start


def _is_forename(before: "Token", entity: "Piece") -> bool:
    joined = before.dep_ == "compound" and before.head.i in range(entity.start, entity.end)
    bare = joined and not before.ent_type_ and before.text.istitle() and before.text.isalpha()
    return bare and _is_given(before) and noun_type(before.lower_) is None


def _is_where(entity: "Piece") -> bool:
    """Whether *entity* is where somebody is, "a teacher in Alder", and nobody himself."""
    root, first = entity.root, entity[0]
    if root.dep_ != "pobj" or root.head.lower_ not in _WITHIN or root.head.i != first.i - 1:
        return False
    if len(entity) > 2 or not all(t.text.isalpha() for t in entity):
        return False
    if any(noun_type(t.lower_) for t in entity):
        return False
    who = root.head.head
    return who.lemma_ in _TOWNS or (
        who.pos_ == "NOUN"
        and noun_type(who.lemma_.lower()) in {SourceType.UNNAMED, SourceType.ORGANIZATION}
        and root.head.lower_ != "from"
    )


def name_borne(token: "Token") -> "Token | None":
    """Return the last word of the name that *token*, "a man who goes by 'Stretch'", bears."""
    for clause in token.children:
        if clause.dep_ not in {"relcl", "acl"} or clause.left_edge.i <= token.i:
            continue
        start = clause.left_edge.idx
        text = token.doc.text[start : start + _REACH]
        if match := _CALLED.match(text):
            end = start + match.end("name")
            inside = (t for t in token.doc[token.i :] if t.idx < end <= t.idx + len(t.text))
            return next(inside, None)
    return None
