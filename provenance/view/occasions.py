"""How an occasion or a channel stands with who speaks there: "on Twitter", "at a hearing"."""

import re

from provenance.common.wordlists import read_words
from provenance.model import Flow, Source, SourceGraph, SourceType, Span

_BEFORE = 60
"""Characters before a name in which its preposition stands."""
_OWNER = re.compile("['’]s |s['’] ")
_WORD = re.compile(r"[^\W_]+")


def setting(graph: SourceGraph, source: Source, hop: Flow) -> str:
    """Return how the text introduces *source* where *hop* rests, or what its kind asks for.

    An occasion that has a name, and is no name, gets its article: "in the Radio Nord interview".
    """
    last = source.name.split()[-1]
    named = source.name[:1].isupper() and last.islower() and not _OWNER.search(source.name)
    the = " the" if named and source.type is SourceType.STATEMENT else ""
    return f"{_preposition(graph, source, hop)}{the}"


def _preposition(graph: SourceGraph, source: Source, hop: Flow) -> str:
    mentions = sorted(source.mentions, key=lambda one: not any(one in s for s in hop.evidence))
    for mention in mentions:
        if found := _introduced(graph.article.text, mention):
            return found
    if source.type is SourceType.CHANNEL:
        return "on"
    nouns = {word.casefold() for word in _WORD.findall(source.name)}
    return next((word for word in ("at", "on") if nouns & _list(f"{word}_nouns")), "in")


def _introduced(text: str, mention: Span) -> str:
    """Return the preposition before *mention*, its article and adjectives left out."""
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    clause = re.split(r"[.,;:!?\n]", before)[-1]
    found: list[str] = _WORD.findall(clause.casefold())[-3:]
    return next((word for word in reversed(found) if word in _list("prepositions")), "")


def _list(name: str) -> frozenset[str]:
    return read_words("provenance.view", "words.toml", "occasions", name)
