"""Who stands in a list: "to the Post, Le Soir of Brussels and a judge", one thing or several."""

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from provenance.extraction.lexicon import noun_type
from provenance.extraction.phrases import conjuncts, is_nominal
from provenance.model import SourceType

if TYPE_CHECKING:
    from spacy.tokens import Token

_LISTING = {"ADJ", "CCONJ", "DET", "NOUN", "NUM", "PROPN"}
_LINKS = {"appos", "conj"}
_PLACES = {"GPE", "LOC"}
_PEOPLE = {SourceType.PERSON, SourceType.UNNAMED}


def members(token: "Token") -> list["Token"]:
    """Return who is listed from *token* on, *token* alone where nobody else is.

    The parser takes what follows a comma for an apposition: where "and" comes later, and what
    follows is no word for what stands before, it is another. "Two reporters, A and B" are A and B.
    """
    if named := _among(token):
        return named
    found = _chain(token)
    joined = any(c.dep_ == "cc" for one in found for c in one.children)
    if not joined or all(one.dep_ == "conj" for one in found[1:]):
        return found[1:] if _counts(token, found[1:]) else conjuncts(token)
    kept = [found[0]]
    for before, one in pairwise(found):
        held = one.head if one.head in found else before
        if one.dep_ == "conj" and held not in kept and not _is_new(one):
            continue  # "a historian and writer"
        if _is_several(held) and one.pos_ == "PROPN" and one.dep_ != "conj":
            kept = [*(k for k in kept if k != held), one]
        elif one.dep_ == "conj" or not _is_said_of(one, held):
            kept.append(one)
    return kept


def _chain(token: "Token") -> list["Token"]:
    """Return *token* and all that is joined or apposed to it, one after another."""
    found = [token]
    for one in found:
        found += [c for c in one.children if _goes_on(c, one) and c.i > token.i and is_nominal(c)]
    return sorted(found)


def _goes_on(one: "Token", before: "Token") -> bool:
    """Whether *one* goes on with a list from *before*, within the same phrase."""
    return one.dep_ in _LINKS and not before.i < before.head.i < one.i


def _counts(token: "Token", others: list["Token"]) -> bool:
    """Whether *token* only counts *others*: "three newspapers, A, B and C"."""
    counted = any(c.dep_ == "nummod" for c in token.children) and _is_several(token)
    apart = token.i + 1 < len(token.doc) and token.nbor().text in {",", ":"}
    return counted and apart and bool(others) and all(t.pos_ == "PROPN" for t in others)


def _is_several(token: "Token") -> bool:
    return token.tag_ == "NNS"


def _is_said_of(one: "Token", before: "Token") -> bool:
    """Whether *one*, an apposition, only says who *before* is."""
    if one.ent_type_ in _PLACES:
        return True
    named = any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in one.children)
    if before.pos_ == "PROPN" and (one.pos_ == "PROPN" or named):
        return False
    types = _type(one), _type(before)
    body = before.pos_ == "PROPN" and before.ent_type_ != "PERSON"
    if body and types[0] is SourceType.UNNAMED:
        return False  # "Radio Alder, a judge and ..."
    return None in types or types[0] is types[1] or _PEOPLE.issuperset(types)


def _is_new(one: "Token") -> bool:
    return one.pos_ == "PROPN" or any(c.dep_ in {"det", "poss"} for c in one.children)


def _type(token: "Token") -> SourceType | None:
    if token.pos_ == "PROPN":
        return SourceType.PERSON if token.ent_type_ == "PERSON" else None
    return noun_type(token.lemma_.lower())


def _among(token: "Token") -> list["Token"]:
    """Return those who are named as among several: "three papers, among them the Post, had it"."""
    if not _is_several(token):
        return []
    for word in token.doc[token.i : token.sent.end - 2]:
        if word.lower_ == "among" and word.nbor().lower_ == "them":
            rest = token.doc[word.i + 2 : token.sent.end]
            names = [*takewhile(lambda t: t.pos_ in _LISTING or t.text == ",", rest)]
            return [t for t in names if t.pos_ == "PROPN" and t.nbor().pos_ != "PROPN"]
    return []
