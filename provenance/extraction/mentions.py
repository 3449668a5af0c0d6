"""Every phrase of a passage that may name a source."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from provenance.extraction.grammar import role_of
from provenance.extraction.lexicon import words
from provenance.extraction.naming import ARTICLES, ENTITY_TYPES, entity_at
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import (
    content_head,
    is_nominal,
    mention_of,
)
from provenance.extraction.tagger.tagger import Notes, Tagger
from provenance.model import Mention, MentionKind, Referent, SourceType

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


GENDERED: Final = words("pronouns", "gendered")


def find_referents(
    text: str, mentions: Sequence[Mention], tagger: Tagger, notes: Notes
) -> Iterator[Referent]:
    """Yield how well each gendered pronoun goes together with each name and person near it.

    Those that stand before the pronoun, or behind it in its own sentence.

    Args:
        text: The article's.
        mentions: All of *text*, in order.
        tagger: Which has read it.
        notes: What that left.
    """
    pronouns = {(m.span.start, m.span.end): m for m in mentions if _is_gendered(text, m)}
    heads = {(m.head.start, m.head.end): m.head for m in mentions if may_be_meant(m)}
    for place, name, score in tagger.referents(notes, sorted(pronouns), sorted(heads)):
        pronoun, head = pronouns[place], heads[name]
        if head.start < pronoun.sentence.end and not head.overlaps(pronoun.span):
            yield Referent(pronoun=pronoun.span, head=head, score=round(score, 3))


def _is_gendered(text: str, mention: Mention) -> bool:
    word = text[mention.span.start : mention.span.end].casefold()
    return mention.kind is MentionKind.PRONOUN and word in GENDERED


def may_be_meant(mention: Mention) -> bool:
    """Whether *mention* is a name, or somebody without one: "a prosecutor"."""
    person = mention.type is SourceType.UNNAMED and not mention.plural
    return mention.kind is MentionKind.NAME or (mention.kind is MentionKind.DESCRIPTION and person)
