"""Decide which names are of one person or body: short forms, acronyms, titles, registry."""

import re
from collections.abc import Collection
from itertools import islice

from provenance.model import Basis, Mention, SourceType, Span
from provenance.resolution.clusters import MARKS, OPENING, Board, Cluster, Way, plain
from provenance.resolution.name_words import words
from provenance.resolution.registry import Registry
from provenance.resolution.salience import first_names

_OUTLET_WORDS = words("names", "outlets")
_SURELY_OUTLETS = words("names", "surely_outlets")
_BROADCASTING = words("names", "broadcasting")
_GENERIC = words("titles", "generic")
_SURELY_BODIES = words("names", "surely_bodies")
_BODY_WORDS = words("names", "bodies") | _SURELY_BODIES
_ROLES = words("names", "roles")
_NAMESAKES = words("names", "namesakes")
_KIN = words("descriptions", "kin")
_SURELY = 10
"""Votes for a type that are more than labels of names give."""
_FEMALE = words("titles", "female")
_MALE = words("titles", "male")
_OWNER = re.compile(r"['’]s |s['’] ")


def name_type(name: str) -> SourceType | None:
    """Return the type that the words of a name speak for, None where they do not."""
    words = [w.lower().strip(".,") for w in name.split()]
    if len(words) > 1 and words[-1] in _OUTLET_WORDS | _SURELY_OUTLETS:
        return SourceType.NEWS_OUTLET
    if len(words) > 1 and words[0] in _BROADCASTING:
        return SourceType.NEWS_OUTLET
    if len(words) == 1 and words[0] in _SURELY_OUTLETS - _GENERIC:
        return SourceType.NEWS_OUTLET
    if any(w in _BODY_WORDS for w in words) and len(words) > 1:
        return SourceType.ORGANIZATION
    return None


def _is_surely_outlet(name: str) -> bool:
    """Whether *name* is an outlet's though it looks like a person's: "Yorkshire Ledger"."""
    words = name.casefold().split()
    return len(words) > 1 and words[-1] in _SURELY_OUTLETS


def _is_surely_body(name: str) -> bool:
    """Whether *name* is a firm's though it looks like a person's: "Norwick Water"."""
    words = name.casefold().rstrip(".").split()
    return len(words) > 1 and words[-1] in _SURELY_BODIES


def _is_persons(name: str, text: str) -> bool:
    """Whether *name* is a person's by its first name, or by the title before it in *text*.

    Labels of names err: "Wells Fargo CEO John Stumpf" is taken for a company.
    """
    words = [w.strip(".,").casefold() for w in name.split()]
    if not words or words[-1] in _OUTLET_WORDS | _BODY_WORDS:
        return False
    before = text[: text.find(name)].split() if name in text else []
    if before and before[-1].strip(".,").casefold() in _ROLES:
        return True
    return 2 <= len(words) <= 3 and words[0] in first_names()


def initials(name: str) -> str:
    """Return the initials of the capitalised words of *name*."""
    return "".join(w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper())


def gender(mention_text: str) -> str:
    """Return "f", "m" or "" by the title in a mention, not by that of whose it is: "Mr Lee's"."""
    own = _OWNER.split(mention_text)[-1]
    words = {w.lower().rstrip(".") for w in own.split()}
    return "f" if words & _FEMALE else "m" if words & _MALE else ""


def _may_be(cluster: Cluster, mention_text: str) -> bool:
    """Whether the title in a mention, "Mr." or "Mrs.", fits what is known of *cluster*."""
    told = gender(mention_text)
    if told and _is_firm(cluster):
        return False  # "Mr. Corwen", who founded Corwen Chemicals
    return not (told and cluster.gender and cluster.gender != told)


def _is_firm(cluster: Cluster) -> bool:
    """Whether a word of a name of *cluster* says that it is a body."""
    person = SourceType.PERSON in cluster.types and cluster.known_type is None
    return not person and any(name_type(name) is not None for name in cluster.names)


class NameClusters:
    """Places names on the board of one article, with the registry's help."""

    def __init__(
        self, board: Board, registry: Registry, speaking: Collection[Span] = frozenset()
    ) -> None:
        """Place on *board*, looking names up in *registry*; who has spoken speaks again."""
        self.board = board
        self.speaking = speaking
        self.registry = registry

    def place(self, mention: Mention, text: str, head: str) -> Cluster:
        """Add a named mention to the cluster that it belongs to, a new one where it fits none."""
        name = plain(head)
        cluster, way = self._found(name, mention)
        if cluster is None or not _may_be(cluster, text):
            fits = self._same(name, mention, text)
            way = Way("short form", second=fits[1] if len(fits) > 1 else None) if fits else None
            cluster = fits[0] if fits else self.board.open(True)
        if way is not None:
            cluster.ways[mention.span] = way
        self._describe(cluster, name, mention.type)
        if mention.called and mention.type:
            site = mention.type is SourceType.CHANNEL and _is_surely_outlet(name)
            cluster.types[SourceType.NEWS_OUTLET if site else mention.type] += _SURELY
        elif _is_persons(name, text):
            cluster.types[SourceType.PERSON] += _SURELY
        self.board.add(cluster, mention, text, head)
        cluster.gender = cluster.gender or gender(text)
        return cluster

    def _found(self, name: str, mention: Mention) -> tuple[Cluster | None, Way | None]:
        """Return the cluster with *name*, and what shows that unless it is just so called."""
        if (cluster := self._outlet_in_short(name, mention)) is not None:
            return cluster, Way("short form", second=self.board.called(name))
        cluster = None if self._is_shared(name) else self._known(name)
        known = cluster is None or cluster is self.board.called(name)
        return cluster, None if known else Way(cluster.entry if cluster else "", Basis.REGISTRY)

    def _is_shared(self, name: str) -> bool:
        """Whether several people have the surname *name*: each may be meant by it alone."""
        if " " in name:
            return False
        bearers = (
            c
            for c in self.board.sharing(name)
            if SourceType.PERSON in c.types
            and any(" " in n and n.split()[-1].casefold() == name.casefold() for n in c.names)
        )
        return len([*islice(bearers, 2)]) > 1

    def _entry(self, name: str, type_: SourceType | None) -> str:
        found = self.registry.find(name)
        return found[0].name if len(found) == 1 and type_ is not SourceType.PERSON else ""

    def _outlet_in_short(self, name: str, mention: Mention) -> Cluster | None:
        """Return the outlet named before in full that goes by its last word: "the Independent".

        It is that one even where an outlet elsewhere has this for its name.
        """
        if " " in name or name.casefold() not in _OUTLET_WORDS | _SURELY_OUTLETS:
            return None
        able = [
            c
            for c in self.board.sharing(name)
            if 0 <= c.first.start < mention.span.start
            and any(n != name and n.endswith(f" {name}") for n in c.names)
            and c.type() in {SourceType.NEWS_OUTLET, SourceType.ORGANIZATION}
        ]
        return able[0] if len(able) == 1 else None

    def _known(self, name: str) -> Cluster | None:
        """Return the cluster with a name spelt alike, or of the same registry entry.

        Of the entries that an ambiguous short name has, the one that the article speaks of most.
        """
        known = (self.board.entered(entry.name) for entry in self.registry.find(name))
        return self.board.called(name) or max(
            filter(None, known), key=lambda c: (len(c.mentions), -c.first.start), default=None
        )

    def _describe(self, cluster: Cluster, name: str, type_: SourceType | None) -> None:
        found = self.registry.find(name)
        if len(found) == 1 and not cluster.entry:
            cluster.entry, cluster.wikidata = found[0].name, found[0].wikidata
            cluster.know(found[0].type)
            cluster.places = found[0].places
            cluster.is_place = found[0].kind in {"country", "metonym"}
        elif cluster.known_type is None and not cluster.types and type_ is not SourceType.PERSON:
            cluster.know(name_type(name))
        elif cluster.known_type is None and _is_surely_outlet(name):
            cluster.know(SourceType.NEWS_OUTLET)
        elif cluster.known_type is None and _is_surely_body(name):
            cluster.know(SourceType.ORGANIZATION)

    def _same(self, name: str, mention: Mention, text: str) -> list[Cluster]:
        """Return the clusters that *name* is a short or long form of, the most mentioned first."""
        told = gender(text)
        fits = [
            c
            for c in self.board.sharing(name)
            if _may_be(c, text)
            and any(self._alike(name, other, mention, text, c) for other in c.names)
        ]
        exact = [c for c in fits if told and c.gender == told]
        speaks = mention.span in self.speaking
        return sorted(
            exact or fits,
            key=lambda c: (
                not _is_kin(c, name),
                c.first.start < mention.span.start,  # nobody is called so before he is introduced
                speaks and any(m.span in self.speaking for m in c.mentions),
                len(c.mentions),
                -c.first.start,
            ),
            reverse=True,
        )

    def _alike(
        self, name: str, other: str, mention: Mention, mention_text: str, cluster: Cluster
    ) -> bool:
        short, long = sorted((name.split(), other.split()), key=len)
        if not short or short == long:
            return short == long
        if _is_first_word(short, long) and not (mention.place or gender(mention_text)):
            is_body = any(map(_is_surely_body, cluster.names))
            is_body = is_body or SourceType.PERSON not in cluster.types
            if is_body and not cluster.is_place and not self._both_known(name, cluster):
                return True
        if mention.type is SourceType.PERSON or SourceType.PERSON in cluster.types:
            bodily = cluster.known_type or (
                cluster.types and SourceType.PERSON not in cluster.types
            )
            if bodily or cluster.entry or self._entry(name, mention.type):
                return False
            return _person_alike(short, long)
        if self._both_known(name, cluster):
            return False
        return _body_alike(short, long)

    def _both_known(self, name: str, cluster: Cluster) -> bool:
        """Whether both are in the registry as different bodies, or one is a country."""
        found = self.registry.find(name)
        if found and cluster.entry:
            return cluster.entry not in {entry.name for entry in found}
        return cluster.is_place or any(e.kind in {"country", "metonym"} for e in found)


def _is_kin(cluster: Cluster, name: str) -> bool:
    """Whether *name* is a surname that *cluster*, "his wife, Ann Lee", shares with somebody."""
    return " " not in name and any(
        _KIN & {*text.lower().split(",")[0].split()} for text in cluster.texts
    )


def _person_alike(short: list[str], long: list[str]) -> bool:
    """Whether a short form is the surname, the first name, or first and last of the long one."""
    s, lo = [w.strip(MARKS).casefold() for w in short], [w.strip(MARKS).casefold() for w in long]
    if len(s) == 1:
        nicknames = {w.strip(MARKS).casefold() for w in long if w[0] in OPENING}
        return len(s[0]) > 1 and s[0] in {lo[-1], lo[0], *nicknames}
    if s[-1] != lo[-1]:
        return False
    return s[0] == lo[0] or (len(s[0]) == 1 and lo[0].startswith(s[0])) or set(s) <= set(lo)


def _is_first_word(short: list[str], long: list[str]) -> bool:
    """Whether a body may be called by its first word alone: "Goldman", not the late "Clinton"."""
    return (
        len(short) == 1
        and len(long) > 1
        and len(short[0]) > 3
        and short[0] == long[0]
        and long[1][:1].isupper()
        and long[1].casefold() not in _NAMESAKES
    )


def _body_alike(short: list[str], long: list[str]) -> bool:
    """Whether a short form begins or ends the long one, or is its acronym."""
    if len(short) == 1 and short[0].isupper() and 2 <= len(short[0]) <= 6:
        if initials(" ".join(long)) == short[0].replace(".", ""):
            return True
        return long[0] == short[0]
    s, lo = [w.casefold() for w in short], [w.casefold() for w in long]
    if len(s) == 1 and lo[-1] not in _OUTLET_WORDS | _BODY_WORDS | {lo[0]}:
        return False
    return (
        lo[: len(s)] == s
        and lo[len(s)] not in words("names", "going_on")
        and lo[-1] in _OUTLET_WORDS | words("names", "editions")
    ) or (lo[-len(s) :] == s and s[-1] in _OUTLET_WORDS | _BODY_WORDS)
