"""Whether a source's name says something without its sentence."""

from provenance.common.wordlists import read_words
from provenance.model import Source, SourceGraph, SourceType

_OWNERS = read_words("provenance.view", "words.toml", "sentences", "owners")


def is_obscure(graph: SourceGraph, source: Source) -> bool:
    """Whether only the sentence tells what *source* is: "his letter", a name that was cut."""
    owner = source.name.casefold().partition(" ")[0]
    return owner in _OWNERS or _is_torn(graph, source)


def is_general(source: Source) -> bool:
    """Whether only the sentence says whose *source* is: "the group", "the commander"."""
    if source.type is SourceType.UNNAMED or not source.type.is_agent:
        return False
    return source.name.removeprefix("the ").isalpha() and source.name.islower()


def _is_torn(graph: SourceGraph, source: Source) -> bool:
    """Whether wherever its name stands it is but a part of one: "Star Poll" of "Sun/Star Poll"."""
    text, name = graph.article.text, source.name
    places = [text.find(name, one.start, one.end) for one in source.mentions]
    around = [
        (text[max(0, at - 1) : at], text[at + len(name) : at + len(name) + 2])
        for at in places
        if at >= 0
    ]
    person = source.type is SourceType.PERSON
    return bool(around) and all(
        (before == "/") != (after[:1] == "/")
        or (person and after[:1] == " " and after[1:].isupper())
        for before, after in around
    )
