"""Hang names on what they belong to, where the parser hung them elsewhere."""

from itertools import takewhile
from typing import TYPE_CHECKING

from provenance.extraction.grammar import SUBJECTS
from provenance.extraction.lexicon import noun_type, words
from provenance.model import SourceType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Piece

_BODIES = {SourceType.NEWS_OUTLET, SourceType.ORGANIZATION}
_GETTING = words("slots", "getting")
_INDEFINITE = words("slots", "indefinite")
_KNOWN = words("slots", "known")
_FAR = 7
"""Words between "named" and the comma before whoever is described."""


def attach(doc: "Doc") -> None:
    """Mend in *doc* what names, lists and those to whom something is handed hang on."""
    _reattach(doc)
    _entitle(doc)
    _share(doc)
    _relist(doc)


def _reattach(doc: "Doc") -> None:
    """Give a name back to whoever bears it: "The mayor of Alder, Peter Haas, said"."""
    for name in doc:
        place = name.head
        named = place.pos_ == "PROPN" or name.ent_type_ == "PERSON"
        if name.dep_ != "appos" or place.dep_ != "pobj" or not named:
            continue
        who = place.head.head
        while who.dep_ == "pobj" and noun_type(who.lemma_.lower()) is not SourceType.UNNAMED:
            who = who.head.head  # "the head of the port of Alder, Peter Haas"
        if _is_borne(name, place, who):
            name.head = who
    for name in doc:
        if name.pos_ == "PROPN" and (bearer := _bearer(name)) is not None:
            name.head, name.dep_ = bearer, "appos"


def _entitle(doc: "Doc") -> None:
    """Join a name with the noun right before it: "the agency CTP took", "from the firm Norwick"."""
    for noun in doc[:-1]:
        if noun.tag_ != "NN" or noun_type(noun.lemma_.lower()) not in _BODIES:
            continue
        first = noun.nbor()
        name = next((t for t in (first, *first.ancestors) if t.left_edge == first), None)
        if name is None or name.pos_ != "PROPN" or first.pos_ != "PROPN":
            continue
        twice = name.head == noun.head and name.dep_ == noun.dep_ and noun.dep_ in SUBJECTS
        astray = name.dep_ == "appos" and name.head.i < noun.left_edge.i
        pointed = any(c.dep_ == "det" and c.lower_ == "the" for c in noun.children)
        if pointed and (twice or astray) and name not in noun.ancestors:
            name.head, name.dep_ = noun.head, noun.dep_
            for left in [*noun.lefts]:
                left.head = name
            noun.head, noun.dep_ = name, "compound"


def _relist(doc: "Doc") -> None:
    """Hang a list on what stands right before it: "sent a copy to the Post, Radio Alder and Lee".

    The parser makes it an apposition of the copy, or of whoever sends it.
    """
    for one in doc[2:]:
        start = one.left_edge.i
        listed = any(c.dep_ == "conj" for c in one.children)
        if one.dep_ not in {"appos", "npadvmod"} or not listed or doc[start - 1].text != ",":
            continue
        last = doc[start - 2]
        near = [t for t in (last, *last.ancestors) if t.i > one.head.i and t.dep_ == "pobj"]
        if not near or near[-1].right_edge != last or doc[start].pos_ == "ADP":
            continue
        above = [*takewhile(lambda t: t.pos_ != "VERB", near[-1].ancestors)]
        if one not in near[-1].ancestors and one.head not in above:
            one.head, one.dep_ = near[-1], "appos"


def _share(doc: "Doc") -> None:
    """Hang on the verb with whom something is shared, and from whom somebody has it.

    In "shared the files with the Post" no files have it, "had the memo from a clerk" says not who
    wrote it.
    """
    for word in doc:
        thing, verb = word.head, word.head.head
        if word.dep_ != "prep" or thing.dep_ not in {"dobj", "nsubjpass"} or word.i < verb.i:
            continue
        shared = word.lower_ == "with" and verb.lemma_ == "share"
        known = any(c.lower_ in _KNOWN for c in thing.children)
        if shared or (word.lower_ == "from" and verb.lemma_ in _GETTING and known):
            word.head = verb


def _bearer(name: "Token") -> "Token | None":
    """Return the noun right before *name* that the parser did not join with it.

    "A surgeon, Dr. Emil Hart, who ..."; "his cousin, a taxi driver named Ruth Hart".
    """
    doc, start = name.doc, name.left_edge.i
    if name.dep_ == "oprd" and name.head.lower_ == "named":
        near = (i for i in range(start - 1, max(0, start - _FAR), -1) if doc[i].text == ",")
        start = next(near, -1) + 1
    elif name.dep_ not in {"dep", "npadvmod"} and not (_is_second(name) or _is_far(name)):
        return None
    if start < 2 or doc[start - 1].text != ",":
        return None
    who = doc[start - 2]
    described = who.pos_ == "NOUN" and _may_be_somebody(who)
    described &= name.ent_type_ == "PERSON" or may_be_person(doc[name.left_edge.i : name.i + 1])
    closed = name.i + 1 < len(doc) and doc[name.i + 1].text in {",", "."}
    free = name not in who.ancestors and not any(c.dep_ == "appos" for c in who.children)
    return who if described and closed and free else None


def _is_second(name: "Token") -> bool:
    """Whether the parser took *name* for an object where the verb has one."""
    return name.dep_ == "dobj" and any(
        c.dep_ == "dobj" and c.i < name.i for c in name.head.children
    )


def _is_far(name: "Token") -> bool:
    """Whether a clause stands between *name* and what the parser took it to be said of."""
    between = name.doc[name.head.i + 1 : name.left_edge.i]
    return name.dep_ == "appos" and any(t.dep_ == "relcl" for t in between)


def _may_be_somebody(noun: "Token") -> bool:
    """Whether *noun* is a person: one so listed, or brought in with "a" and of no known kind."""
    type_ = noun_type(noun.lemma_.lower())
    brought_in = noun.tag_ == "NN" and any(c.lower_ in _INDEFINITE for c in noun.children)
    return type_ is SourceType.UNNAMED or (type_ is None and brought_in)


def _is_borne(name: "Token", place: "Token", who: "Token") -> bool:
    """Whether *name*, set off by commas behind *place*, is that of *who* has to do with it."""
    start, after = name.left_edge.i, name.i + 1
    closed = after < len(name.doc) and name.doc[after].text in {",", "."}
    commas = closed and name.doc[start - 1].text == ","
    named = start == name.i - len([*name.lefts]) < name.i and name.pos_ == "PROPN"
    parts = name.doc[start:after]
    capital = all(t.text[:1].isupper() and noun_type(t.lower_) is None for t in parts)
    person = who.pos_ == "NOUN" and noun_type(who.lemma_.lower()) is SourceType.UNNAMED
    alone = not any(c.dep_ == "appos" for c in who.children)
    behind = who.i < place.i < start and name.ent_type_ not in {"GPE", "LOC", "ORG", "FAC"}
    return commas and named and capital and person and alone and behind


def may_be_person(piece: "Piece") -> bool:
    """Whether *piece* looks like the name of a person: two to four words, none of a known kind."""
    known = any(noun_type(t.lower_) for t in piece)
    return 1 < len(piece) <= 4 and not known and all(t.text[:1].isupper() for t in piece)
