"""What one source of several articles is called there, and how sure each article's is that one.

Scores are the share that was right of those that were looked at, by Laplace's rule of succession,
or, of persons, how unlikely it is that another of the name is told of in the same words: see
``docs/independence.md``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from provenance.analysis.briefs import Brief, Key
from provenance.analysis.casts import Bearer
from provenance.analysis.spellings import serving
from provenance.model import Membership, SameSource, SourceType

ITEM, NAME, CONTEXT, STORY = "item", "name", "context", "story"
"""Why: the same item of Wikidata; the same name of a body; the same words around a person; the name
in the same story, which may be short there, or spelled otherwise."""
SURE: Final = {ITEM: 0.95, NAME: 0.95, STORY: 0.94}
"""After 18 of 18 and 14 of 14 pairs in four annotated stories that were right."""
_A_STEM: Final = 5
"""How many times less likely a stem more makes it that two have so many in common by chance."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """A source of one article that has a key.

    Attributes:
        digest, id: Its article, and its id there.
        key: In its story.
        own: Whether its article alone gives it that key.
        over: Of a person, how many more stems it has in common with another of its name than it
            takes, that one included; 0 where only its story tells it.
    """

    digest: str
    id: str
    name: str
    type: SourceType
    key: Key
    own: bool
    over: int = 0


def bearing_of(brief: Brief, place: int, called: Mapping[Bearer, Key], over: int) -> Bearing:
    """Return the source in *place* of *brief*, which has a key.

    Args:
        brief: Of its article.
        place: Which source of it.
        called: The keys that sources have in their story, where they are others than theirs.
        over: See `Bearing`.
    """
    source = brief.sources[place]
    key = called.get((brief.digest, source.id), source.key)
    if key is None:
        raise ValueError(f"{source.id} of {brief.digest} is known to its article alone")
    own = key == source.key
    return Bearing(brief.digest, source.id, source.name, source.type, key, own, over)


def same_source(bearings: Iterable[Bearing], chance: float) -> SameSource:
    """Return the one source that *bearings* of several articles are.

    Args:
        bearings: All of it.
        chance: Of a person, how likely the store has another of that name.
    """
    held = sorted(bearings, key=lambda one: (one.digest, one.id))
    kind, name = held[0].key
    names = Counter(one.name for one in held)
    return SameSource(
        key=(kind, name),
        name=max(names, key=lambda n: (not serving(n), names[n], len(n), n)),
        type=SourceType(type_of(Counter(one.type.value for one in held))),
        wikidata=name if kind == "wikidata" else "",
        members=tuple(_member(one, chance) for one in held),
    )


def _member(one: Bearing, chance: float) -> Membership:
    kind, _ = one.key
    reason = ITEM if kind == "wikidata" else NAME
    if kind == SourceType.PERSON.value:
        reason = CONTEXT if one.over else STORY
        score = 1 - chance * float(_A_STEM) ** -max(one.over, 1)
    else:
        reason = reason if one.own else STORY
        score = SURE[reason]
    return Membership(digest=one.digest, source=one.id, score=round(score, 3), reason=reason)


def type_of(types: Counter[str]) -> str:
    """Return what most articles take a source for; who is known is not unnamed."""
    named = {name: count for name, count in types.items() if name != SourceType.UNNAMED.value}
    return max(named, key=lambda name: (named[name], name), default=SourceType.ORGANIZATION.value)
