"""What a stance can be taken towards: what is said or written, and whose it is."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from provenance.extraction.grammar import antecedent
from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.naming import entity_at
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import content_head, mention_of
from provenance.model import MentionKind, Span, Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

POINTING = words("targets", "pointing")
_PEOPLE = words("targets", "people")
_BETWEEN = words("targets", "between")
_QUANTITIES = words("targets", "quantities")
_DROPPED = words("determiners", "articles")
_DEMONSTRATIVE = words("targets", "demonstrative")


def is_disputable(token: "Token", people: bool = False) -> bool:
    """Whether *token* heads a phrase for what is said or written; for who says it if *people*."""
    found = inner(referent(token))
    if found.pos_ in {"PRON", "DET"} and content_head(found) is found:
        return found.lower_ in POINTING or (people and found.lower_ in _PEOPLE)
    head = content_head(found)
    if head.pos_ == "PRON":  # "some of them"
        return head.lower_ in POINTING
    lemma = head.lemma_.lower()
    if lemma in words("stance", "claims") or lemma in words("stance", "aspects"):
        return True
    type_ = noun_type(lemma)
    if type_ is not None and type_.is_artefact and lemma not in words("stance", "dealings"):
        return True
    named = found.pos_ == "PROPN" and found.ent_type_ in {"PERSON", "ORG", "GPE", "NORP", ""}
    return people and (named or (type_ is not None and type_.is_agent))


def is_mere_thing(token: "Token") -> bool:
    """Whether *token* heads a phrase for a paper or recording, which is not what somebody says.

    Unless it points: "no such letter", "this video".
    """
    head = content_head(inner(referent(token)))
    lemma, type_ = head.lemma_.lower(), noun_type(head.lemma_.lower())
    told = lemma in words("stance", "claims") or lemma in words("stance", "aspects")
    told = told or any(c.lower_ in _DEMONSTRATIVE for c in head.children)
    return type_ is not None and type_.is_artefact and not told


def referent(token: "Token") -> "Token":
    """Return what a relative pronoun stands for; "which" behind a clause for all that it says.

    "Lee claims that he was there, which Park rejected" names nothing that could be rejected.
    """
    found = antecedent(token) or token
    clause = token.lower_ == "which" and token.i > 0 and token.nbor(-1).text == ","
    return token if clause and found is not token and not is_disputable(found) else found


def inner(token: "Token") -> "Token":
    """Return what a quantity is taken of: of "much of what they contain" the pronoun "they"."""
    for child in token.children:
        if token.lower_ in _QUANTITIES and child.dep_ == "prep" and child.lower_ == "of":
            for clause in (c for c in child.children if c.dep_ == "pcomp"):
                return next((c for c in clause.children if c.dep_ == "nsubj"), token)
    return token


def spans_against(passage: Passage, tokens: "Iterable[Token]") -> Spans:
    """Return where the sources stand that a stance towards *tokens* may be about, likeliest first.

    Of "the authenticity of the memo" that is the memo, of "the Post's account" the account, if it
    is a source, and then the Post.
    """
    spans = (_span(passage, t) for token in tokens for t in _readings(token))
    return tuple(dict.fromkeys(spans))


def _readings(token: "Token") -> "Iterator[Token]":
    found = inner(referent(token))
    owners = list(_owners(found))
    if found.lemma_.lower() in words("stance", "aspects"):
        yield from owners
    yield found
    yield from owners


def _owners(token: "Token") -> "Iterator[Token]":
    """Yield who *token*, a noun, belongs to or comes from: "X's claims", "claims in the report"."""
    aimed = token.lemma_.lower() in words("stance", "aimed")
    for child in token.children:
        if child.dep_ == "poss" and child.ent_type_ not in {"DATE", "TIME"}:
            yield child
            if child.lemma_.lower() in words("stance", "claims"):
                yield from _owners(child)
        elif child.dep_ == "compound" and child.pos_ == "PROPN":
            yield child
        elif child.dep_ in {"relcl", "acl"}:
            yield from _givers(child)
        elif aimed and child.lower_ == "of":
            continue  # "criticism of the mayor" is not the mayor's
        elif child.dep_ in {"prep", "agent"} and child.lower_ in _BETWEEN and child.i > token.i:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield noun
                    yield from _owners(noun)


def _givers(clause: "Token") -> "Iterator[Token]":
    """Yield who gives what has *clause*: "the account that X gave", "the rumour spread by X"."""
    if clause.dep_ == "relcl" and clause.lemma_.lower() in words("stance", "giving"):
        yield from (c for c in clause.children if c.dep_ == "nsubj" and c.pos_ != "DET")
    if clause.dep_ == "acl" and clause.tag_ == "VBN":
        by = [c for c in clause.children if c.dep_ == "agent"]
        yield from (p for c in by for p in c.children if p.dep_ == "pobj")


def _span(passage: Passage, token: "Token") -> Span:
    """Return the span that the mention of *token* has, in the form in which it is listed."""
    if token.dep_ == "compound" and (entity := entity_at(token)):
        start, end, _ = entity
        while start < token.i and token.doc[start].lower_ in _DROPPED:
            start += 1
        return passage.span(token.doc[start:end])
    mention = mention_of(passage, token)
    if mention is None or (mention.type is None and mention.kind is MentionKind.DESCRIPTION):
        return passage.span(token)
    return mention.span
