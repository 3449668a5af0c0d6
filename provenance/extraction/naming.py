"""Names within noun phrases: where they start and end, and the outlets of journalists."""

from typing import TYPE_CHECKING

from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.mending import name_borne
from provenance.model import SourceType

if TYPE_CHECKING:
    from spacy.tokens import Token


ARTICLES = words("determiners", "articles")
_SPEAKING = words("naming", "speaking")
_SUFFIXES = words("naming", "suffixes")
_NAMING = words("naming", "calling")
_NO_PERSONS = {SourceType.NEWS_OUTLET, SourceType.ORGANIZATION}
ENTITY_TYPES = {
    "PERSON": SourceType.PERSON,
    "ORG": SourceType.ORGANIZATION,
    "GPE": SourceType.ORGANIZATION,
    "NORP": SourceType.UNNAMED,
}


def entity_at(token: "Token") -> tuple[int, int, str] | None:
    """Return first and last token and label of the named entity that *token* ends or lies in."""
    if not token.ent_type_ or token.ent_type_ not in {
        *ENTITY_TYPES,
        "FAC",
        "PRODUCT",
        "WORK_OF_ART",
        "EVENT",
    }:
        return None
    start, end = token.i, token.i + 1
    while start > 0 and token.doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(token.doc) and token.doc[end].ent_iob_ == "I":
        end += 1
    for mark in (t for t in token.doc[start:end] if t.text in {",", "/", ":"}):
        # "Politico, Democratic voters", "Reuters/Ipsos", "Poll: Lee" are two, "Acme, Inc." is one
        if start <= mark.i < end - 1 and mark.nbor().lower_.rstrip(".") not in _SUFFIXES:
            start, end = (mark.i + 1, end) if mark.i < token.i else (start, mark.i)
    return start, end, token.ent_type_


def name_span(token: "Token") -> tuple[int, int] | None:
    """Return the token range of the proper name that ends at *token*, titles left out."""
    if token.pos_ != "PROPN":
        return None
    start = token.i
    while start > token.sent.start:
        before = token.doc[start - 1]
        if before.pos_ not in {"PROPN", "PART"} and before.lower_ not in words("naming", "inside"):
            break
        if before.dep_ not in {
            "compound",
            "punct",
            "poss",
            "case",
            "prep",
            "det",
            "cc",
            "nmod",
            "amod",
        }:
            break
        bare = before.i > 0 and not before.nbor(-1).whitespace_
        joins = before.text == "-" and not before.whitespace_ and bare
        title = before.lower_.rstrip(".") in words("nouns", "title")
        if title or (before.pos_ != "PROPN" and not joins):
            break
        start -= 1
    return start, token.i + 1


def named_head(token: "Token") -> tuple[int, int, SourceType | None] | None:
    """Return the token range of the name in the phrase of *token*, and its type, if it has one."""
    lemma = token.lemma_.lower()
    for child in token.children:
        described = token.pos_ == "NOUN" or lemma in words("nouns", "title")
        if child.dep_ != "appos" or child.pos_ != "PROPN" or not (own := _own_name(child)):
            continue
        if lemma in words("nouns", "works"):
            continue  # "his memoir, Loud and Wrong"
        behind = token.i + 1 < len(token.doc) and token.nbor().text == ","
        type_ = noun_type(lemma)
        thing = type_ is not None and type_.is_artefact  # "an e-mail from the chief, Ann Lee"
        if own[2] is SourceType.PERSON and (thing or (behind and type_ in _NO_PERSONS)):
            continue  # "talking to Time magazine, Ann Lee said"
        if described or token.ent_type_ not in ENTITY_TYPES:
            return own
    if token.pos_ == "NOUN" and (given := _given_name(token)):
        return given
    if lemma in _SPEAKING and (outlet := _employer(token)):
        return outlet
    return _own_name(token)


def _given_name(token: "Token") -> tuple[int, int, SourceType | None] | None:
    """Return the name that a description is said to bear: "a specialist named Roy Tillman"."""
    if noun_type(token.lemma_.lower()) is SourceType.UNNAMED and (borne := name_borne(token)):
        start = borne.i
        while start > token.i + 1 and token.doc[start - 1].pos_ == "PROPN":
            start -= 1
        return start, borne.i + 1, SourceType.PERSON
    for verb in token.children:
        if verb.dep_ == "acl" and verb.i == token.i + 1 and verb.lower_ in _NAMING:
            for name in verb.children:
                if name.dep_ == "oprd" and name.pos_ == "PROPN" and name.left_edge.i == verb.i + 1:
                    return _own_name(name)
    return None


def _own_name(token: "Token") -> tuple[int, int, SourceType | None] | None:
    entity = entity_at(token)
    if entity and entity[2] == "NORP" and token.tag_ in {"NNS", "NNPS"}:
        return None
    if token.text.islower() and noun_type(token.lemma_.lower()):
        return None
    if entity and token.pos_ in {"PROPN", "NOUN", "ADJ"}:
        start, end, label = entity
        inside = end <= token.i + 1 or all(
            t.dep_ in {"case", "punct", "prep", "pobj", "compound", "det", "appos", "amod"}
            or (label == "ORG" and "&" in {t.text, t.nbor(-1).text})
            for t in token.doc[token.i + 1 : end]
        )
        if inside and label in ENTITY_TYPES and label != "NORP":
            kind: SourceType | None = ENTITY_TYPES[label]
            article = token.doc[start - 1].lower_ if start else ""
            if label == "PERSON" and "the" in {article, token.doc[start].lower_}:
                kind = None  # "the Herald", read as a surname
            while start < token.i and (
                token.doc[start].lower_.rstrip(".") in ARTICLES
                or (
                    label == "PERSON"
                    and token.doc[start].lower_.rstrip(".") in words("nouns", "title")
                )
            ):
                start += 1
            return start, _strip_case(token, end), kind
    span = name_span(token)
    if span is None or (
        token.lemma_.lower() in words("nouns", "person") | words("nouns", "title")
        and token.text.lower() != token.text
        and span[1] - span[0] == 1
    ):
        return None
    return span[0], span[1], None


def _strip_case(token: "Token", end: int) -> int:
    while end > token.i + 1 and token.doc[end - 1].lower_ in {"'s", "'", "’s", "’", "s'"}:
        end -= 1
    return end


def _employer(token: "Token") -> tuple[int, int, SourceType | None] | None:
    """Return the outlet that journalists speak for: "CBS journalists", "reporters at Reuters"."""
    for child in token.children:
        if child.dep_ in {"compound", "nmod", "poss"} and child.ent_type_ == "ORG":
            entity = entity_at(child)
            if entity:
                return entity[0], _strip_case(child, entity[1]), SourceType.NEWS_OUTLET
        if child.dep_ == "prep" and child.lower_ in words("naming", "employed"):
            for name in child.children:
                if name.dep_ == "pobj" and name.pos_ == "PROPN" and (own := _own_name(name)):
                    return own[0], own[1], SourceType.NEWS_OUTLET
    return None
