"""Which sources of different articles are one: by name, type and context, never by name alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import networkx as nx
import numpy as np

from provenance.analysis.briefs import Brief, Key, Known
from provenance.analysis.casts import Bearer
from provenance.analysis.columns import BearerPile, Bearers, code_of, counted
from provenance.analysis.fingerprints import shared
from provenance.analysis.spellings import serving
from provenance.analysis.spilling import Codes, Numbers
from provenance.common.stemming import everyday

Node = tuple[str, ...]
"""A source among all articles: its key and a number, or for one that only its article knows the
digest and its id."""
_FIRST = "0"
_FEW, _MANY = 2, 3
"""Stems that two persons of one name have in common around them, at the least: of a name that is
hardly borne by others in the store, and of one that is, where `usual_of` do not count."""
_OTHERS = 10
"""One in so many names has a namesake in the store where they begin to count as many's."""
_PEOPLE = 10**10
"""Of whom `words.namesakes` counts how many are called so."""
_PERSONS = 10_000
"""Persons among whom namesakes are looked for at the least: a small store may hold two as well."""
_OFTEN, _SHARE = 50, 33
"""Persons around more than so many of whom, and more than one in so many, a stem tells nobody."""
_CROWD = 50
"""Bearers of such a name above which two have more in common to be one, and again above five times
as many: a stem more makes it five times less likely that two have so many in common by chance."""


class Names(Protocol):
    """What to call nodes: a mapping of which nobody asks for all."""

    def __getitem__(self, node: Node, /) -> str:
        """Return what to call *node*."""

    def get(self, node: Node, default: str, /) -> str:
        """Return what to call *node*, *default* where nothing is known."""


class Identity:
    """Which node each source of each article is."""

    def __init__(
        self,
        split: Mapping[Bearer, int],
        briefs: Mapping[str, Brief],
        called: Mapping[Bearer, Key],
        serves: Mapping[Bearer, Key],
        known: Names | None = None,
    ) -> None:
        """Take what joins the sources of *briefs*.

        Args:
            split: The numbers of those persons who only have their name from another.
            briefs: Their articles.
            called: The keys that sources have in their story, where they are others than theirs.
            serves: The keys of those for whom sources speak.
            known: `names`, where they were found before.
        """
        self._known = known
        self.split = split
        self._briefs = briefs
        self._called = called
        self._serves = serves

    def of(self, digest: str, source: Known) -> Node:
        """Return the node of *source* in the article *digest*."""
        key = self._called.get((digest, source.id), source.key)
        if key is None:
            return "own", digest, source.id
        return "known", *key, str(self.split.get((digest, source.id), _FIRST))

    def is_known(self, node: Node) -> bool:
        """Whether *node* has a name that tells it from all others."""
        return node[0] == "known"

    @cached_property
    def names(self) -> Names:
        """What to call each node, and each node of one claim: what most articles call it.

        Within a claim all who have a name are one, and the number is left out: saying the same is
        context enough. A body of which nobody speaks by name is called by who speaks for it.
        """
        if self._known is not None:
            return self._known
        called: dict[Node, Counter[str]] = {}
        spoken_for: dict[Node, Counter[str]] = {}
        for brief in self._briefs.values():
            for node, name, itself in self.called_in(brief):
                if not itself:
                    spoken_for.setdefault(node, Counter())[name] += 1
                    continue
                wanted = (node, node[:-1]) if self.is_known(node) else (node,)
                for one in wanted:
                    called.setdefault(one, Counter())[name] += 1
        return {node: name_among(names) for node, names in (spoken_for | called).items()}

    def called_in(self, brief: Brief) -> Iterator[tuple[Node, str, bool]]:
        """Yield what *brief* calls which node, and whether that is itself or who speaks for it."""
        for source in brief.sources:
            if source.serves and (key := self._serves.get((brief.digest, source.id))):
                name = source.name if source.serves.islower() else source.serves
                yield ("known", *key), name, False
            yield self.of(brief.digest, source), source.name, True


def name_among(names: Mapping[str, int]) -> str:
    """Return what to call who is called *names*, each so often."""
    return max(names, key=lambda n: (not serving(n), names[n], len(n), n))


@dataclass(frozen=True, slots=True)
class Part:
    """Those of one key that are one source.

    Attributes:
        members: Which these are.
        over: Of each how many more stems it has in common with another of its name than it takes,
            that one included; 0 where it is no person, or only its story tells it.
        chance: How likely the store has another of the name.
    """

    members: Numbers
    over: Sequence[int]
    chance: float = 0.0


def groups_of(bearers: Bearers, persons: int, usual: Codes) -> Iterator[list[Part]]:
    """Yield for each key that several of *bearers* have which of them are one.

    Organizations and outlets of one name are one. Persons are where something is said of both
    in the same words besides; who is alone with a name has it.

    Args:
        bearers: All that have one of their keys.
        persons: How many there are among those of all keys.
        usual: Stems that tell nobody.
    """
    order = np.lexsort((bearers.place, bearers.article, bearers.key))
    keys = bearers.key[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]][: len(keys)])
    sizes = np.diff(np.r_[starts, len(keys)])
    for start, size in zip(starts, sizes, strict=True):
        members = order[start : start + size]
        if len(members) == 1:
            continue
        if not (namesakes := int(bearers.namesakes[members[0]])):
            yield [Part(members, [0] * len(members))]
            continue
        contexts = [bearers.context[bearers.starts[m] : bearers.starts[m + 1]] for m in members]
        told = bearers.story[members].tolist()
        chance = chance_of(namesakes, persons)
        parts = apart(contexts, told, usual, others=have_others(namesakes, persons))
        yield [Part(members[part], over, chance) for part, over in parts]


def have_others(namesakes: int, persons: int) -> bool:
    """Whether among all *persons* of a store another of the same name is likely.

    Args:
        namesakes: Of ten billion people.
        persons: As often as articles have them.
    """
    return max(persons, _PERSONS) * namesakes * _OTHERS >= _PEOPLE


def chance_of(namesakes: int, persons: int) -> float:
    """Return how likely a store with so many *persons* has another of the same name."""
    return min(1.0, max(persons, _PERSONS) * namesakes / _PEOPLE)


def usual_of(bearers: BearerPile) -> Codes:
    """Return the stems that stand around so many of *bearers* that they tell nobody, sorted."""
    stems, counts = counted(bearers.stems)
    return with_everyday(stems[counts > too_many(bearers.persons)])


def too_many(persons: int) -> int:
    """Return around how many of all *persons* a stem may stand and still tell them."""
    return max(_OFTEN, persons // _SHARE)


def with_everyday(stems: Codes) -> Codes:
    """Return *stems* with those that stand around anybody in the news, sorted."""
    return np.union1d(stems, np.array([code_of(stem) for stem in everyday()], np.uint64))


def apart(
    contexts: Iterable[Codes], told: Sequence[object], usual: Codes, *, others: bool
) -> list[tuple[list[int], list[int]]]:
    """Return which of the bearers of one name are one person, by what stands around each.

    Beside each stands what `Part.over` is of it.

    Args:
        contexts: Stems around each, sorted.
        told: The story of each: within one, the name is enough.
        usual: Those that tell nobody.
        others: Whether namesakes are likely.
    """
    held = list(contexts)
    least, crowd = _FEW, _CROWD
    if others:
        least, held = _MANY, [np.setdiff1d(one, usual, assume_unique=True) for one in held]
        while len(held) > crowd:
            least, crowd = least + 1, 5 * crowd
    owner = np.repeat(np.arange(len(held)), [len(one) for one in held])
    alike: nx.Graph[int] = nx.Graph()
    alike.add_nodes_from(range(len(held)))
    ones, others_, counts = shared(np.concatenate(held), owner, least)
    alike.add_edges_from(zip(ones.tolist(), others_.tolist(), strict=True))
    first: dict[object, int] = {}
    alike.add_edges_from((first.setdefault(one, at), at) for at, one in enumerate(told))
    over = np.zeros(len(held), np.int64)
    for side in (ones, others_):
        np.maximum.at(over, side, counts - least + 1)
    parts = sorted(sorted(part) for part in nx.connected_components(alike))
    return [(part, over[part].tolist()) for part in parts]
