"""The words of attribution, read once from lexicon.toml."""

from functools import cache

from provenance.common.wordlists import read_words
from provenance.model import SourceType, Stance


def words(table: str, name: str) -> frozenset[str]:
    """Return the lemmas of one class, such as ``words("cues", "say")``."""
    return read_words("provenance.extraction", "lexicon.toml", table, name)


NOUN_TYPES: tuple[tuple[str, SourceType], ...] = (
    ("person", SourceType.UNNAMED),
    ("intercept", SourceType.INTERCEPT),
    ("document", SourceType.DOCUMENT),
    ("statement", SourceType.STATEMENT),
    ("news_outlet", SourceType.NEWS_OUTLET),
    ("organization", SourceType.ORGANIZATION),
    ("channel", SourceType.CHANNEL),
)
"""Classes of head nouns with the type that they give, the first that fits counts."""

_PERSON_SUFFIXES = tuple(words("persons", "suffixes"))


@cache
def noun_type(lemma: str) -> SourceType | None:
    """Return what a head noun says about the type of its source."""
    lemma = {"datum": "data", "medium": "media"}.get(lemma, lemma)
    for name, type_ in NOUN_TYPES:
        if lemma in words("nouns", name):
            return type_
    if len(lemma) > 6 and lemma.endswith(_PERSON_SUFFIXES):
        return SourceType.UNNAMED
    return None


@cache
def stance_of(lemma: str) -> Stance | None:
    """Return the stance that a verb takes towards its object."""
    for stance in Stance:
        if lemma in words("stance", stance.value):
            return stance
    return None
