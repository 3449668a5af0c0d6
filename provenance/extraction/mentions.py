"""Every phrase of a passage that may name a source."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.grammar import role_of
from provenance.extraction.naming import ARTICLES, ENTITY_TYPES, entity_at
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import (
    content_head,
    is_nominal,
    mention_of,
)
from provenance.model import Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token


def mentions(passage: Passage) -> Iterator[Mention]:
    """Yield every mention of *passage* that may name a source, in order."""
    for token in passage.doc:
        within = token.ent_type_ in ENTITY_TYPES and token.dep_ in {"compound", "nmod", "amod"}
        if is_nominal(token) or _counts(token):
            mention = mention_of(passage, token)
            if mention and (mention.type or mention.kind is not MentionKind.DESCRIPTION):
                yield mention
        elif within and token.pos_ == "PROPN" and _ends_entity(token):
            yield _inner_name(passage, token)


def _counts(token: "Token") -> bool:
    """Whether *token* heads a phrase by counting: "one of the papers"."""
    return (
        token.pos_ in {"NUM", "DET", "ADJ", "NOUN"}
        and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "dative"}
        and content_head(token) != token
    )


def _ends_entity(token: "Token") -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is None or following.ent_iob_ != "I"


def _inner_name(passage: Passage, token: "Token") -> Mention:
    """Return the name within a longer phrase: the "US" of "the US statements"."""
    start, end, label = entity_at(token) or (token.i, token.i + 1, "")
    while start < token.i and token.doc[start].lower_ in ARTICLES:
        start += 1
    span = passage.span(token.doc[start:end])
    return Mention(
        span=span,
        head=span,
        kind=MentionKind.NAME,
        type=ENTITY_TYPES.get(label),
        definite=True,
        sentence=passage.sentence(token),
        role=role_of(token),
    )
