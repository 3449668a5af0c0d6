"""Whom the network thinks that "he" and "she" stand for, among those mentioned before."""

from collections.abc import Iterator, Sequence
from typing import Final

from provenance.model import Mention, MentionKind, Referent, SourceType
from provenance.tagger.tagger import Notes, Tagger

GENDERED: Final = frozenset({"he", "him", "his", "she", "her", "hers"})


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
