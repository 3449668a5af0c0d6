"""Mentions of one source, gathered: what they are called and what they say of its type.

A board holds all clusters of one article, found by name, word, head noun or place.
"""

import re
from bisect import bisect_left, insort, insort_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from provenance.model import Basis, Mention, MentionKind, SourceType, Span
from provenance.resolution.name_words import groups, words

_ARTICLE = re.compile(r"^(?:the|a|an|(?:any|no)\s+such|such|any|no)\s+", re.IGNORECASE)
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "media": "media",
    "news": "news",
    "series": "series",
}


def plain(text: str) -> str:
    """Return a name without a leading article, possessive and line breaks."""
    text = re.sub(r"\s+", " ", text.strip(" ,;:\"“”'’>")).replace("’", "'")
    text = _ARTICLE.sub("", text)
    return re.sub(r"['’]s?$", "", text)


def singular(noun: str) -> str:
    """Return the singular of an English noun, lower-cased, by its ending."""
    noun = noun.lower()
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("woman") or noun.endswith("ss") or noun.endswith("us") or noun.endswith("is"):
        return noun
    if noun.endswith("women") or noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") else noun


def usual(noun: str) -> str:
    """Return the word that counts for *noun* and all that are as good: "lawyer" for "attorney"."""
    return _ALIKE.get(noun, noun)


def content_words(text: str) -> frozenset[str]:
    """Return the words of a description that distinguish it, singular and lower-cased.

    A run of capitalised words brings its initials along: "Democratic National Committee" also says
    "dnc".
    """
    bare = re.sub(r"['’]s?\b", "", plain(text))
    listed = re.findall(r"(?<![\w.-])[\w.-]*\w", bare)
    found = {singular(w) for w in listed if w.lower() not in _EMPTY}
    runs = re.findall(r"\b[A-Z]\w+(?:\s+(?:of\s+|the\s+|for\s+)*[A-Z]\w+){2,}", bare)
    found |= {"".join(w[0] for w in run.split() if w[0].isupper()).lower() for run in runs}
    return frozenset(map(usual, found))


_ALIKE = {word: one for one, group in groups("alike").items() for word in group}
_EMPTY = words("words", "empty")


def _span(mention: Mention) -> Span:
    return mention.span


def _start(mention: Mention) -> int:
    return mention.span.start


@dataclass(frozen=True, slots=True)
class Way:
    """How a mention came to be of its cluster.

    Attributes:
        rule: Which rule put it there.
        second: The cluster that it would have been of, if not of this.
    """

    rule: str
    by: Basis = Basis.RULE
    second: "Cluster | None" = None


@dataclass(eq=False)
class Cluster:
    """The mentions that were judged to be of one source so far; grows while a text is read.

    Attributes:
        number: Its place among the clusters of the article, in order of their making.
        ordered: Its mentions as they stand in the text.
        subject_of: Where the sentences start in which it is the subject.
        spots: How many of its mentions have each head.
        names, texts, heads: How it is called, in whole phrases, and by which head nouns.
        words: All content words of its phrases.
        noted: Phrases that describe it, also those that are no mention: appositions.
        entry, wikidata: Of the registry, where it is known there.
        gender: "f", "m" or "" by titles and pronouns.
        places: Names of places that stand for it.
        heard_as: By where a sentence starts, the gender of a pronoun for it there.
        ways: How those of its mentions came to it that do not just have its name.
        joined: The cluster that has its mentions now, if it turned out to be the same.
        is_place: Whether the registry has it as a country or a place that stands for a body.
    """

    number: int
    is_named: bool
    mentions: list[Mention] = field(default_factory=list)
    ordered: list[Mention] = field(default_factory=list)
    subject_of: set[int] = field(default_factory=set)
    spots: Counter[Span] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)
    types: Counter[SourceType] = field(default_factory=Counter)
    entry: str = ""
    wikidata: str = ""
    gender: str = ""
    is_place: bool = False
    places: tuple[str, ...] = ()
    known_type: SourceType | None = None
    heard_as: dict[int, str] = field(default_factory=dict)
    ways: dict[Span, Way] = field(default_factory=dict)
    joined: "Cluster | None" = None
    _type: SourceType | None = None

    def add(self, mention: Mention, text: str, head: str) -> None:
        """Take *mention*, which reads *text*, with *head* as its name or head noun."""
        self.mentions.append(mention)
        insort_left(self.ordered, mention, key=_span)
        self.spots[mention.head] += 1
        if mention.role == "subject":
            self.subject_of.add(mention.sentence.start)
        self._type = None
        if mention.kind is MentionKind.PRONOUN:
            return
        self.texts[plain(text)] += 1
        if mention.kind is MentionKind.NAME:
            self.names[plain(head)] += 1
        self.heads[singular(head.split()[-1]) if head.split() else ""] += 1
        self.words |= content_words(text)
        if mention.type:
            # a long name or a title before it makes the label surer
            self.types[mention.type] += len(head.split()) + (len(text) > len(head))

    def take(self, other: "Cluster") -> None:
        """Take all mentions of *other*, which is left empty and knows where they went."""
        self.mentions += other.mentions
        self.ordered = sorted([*other.ordered, *self.ordered], key=_span)
        self.subject_of |= other.subject_of
        self.ways |= other.ways
        self.spots += other.spots
        self.texts += other.texts
        self.words |= other.words
        self.noted |= other.noted | set(other.texts)
        if not self.is_named:
            self.heads += other.heads
        other.mentions, other.ordered, other.joined = [], [], self
        self._type = None

    def know(self, type_: SourceType | None) -> None:
        """Settle the type, whatever the mentions speak for."""
        self.known_type, self._type = type_, None

    @property
    def plural(self) -> bool:
        """Whether its first mention speaks of several."""
        return self.mentions[0].plural

    @property
    def first(self) -> Span:
        """Where it is mentioned first."""
        return self.ordered[0].span

    def before(self, at: int) -> int:
        """Return how many of *ordered* start before *at*."""
        return bisect_left(self.ordered, at, key=_start)

    def last_before(self, at: int) -> int:
        """Return where it is mentioned last before *at*, -1 where it is not."""
        count = self.before(at)
        return self.ordered[count - 1].span.start if count else -1

    def type(self) -> SourceType:
        """Return the type that most mentions speak for, the registry's first of all."""
        if self._type is None:
            self._type = self.known_type or self._voted()
        return self._type

    def _voted(self) -> SourceType:
        votes = {
            t: n for t, n in self.types.items() if not (self.is_named and t is SourceType.UNNAMED)
        }
        if votes:
            best = max(votes.values())
            return min((t for t, n in votes.items() if n == best), key=list(SourceType).index)
        if not self.is_named:
            return SourceType.UNNAMED
        several = any(len(n.split()) > 1 for n in self.names)
        return SourceType.PERSON if several else SourceType.ORGANIZATION


def nearest(clusters: Iterable[Cluster], before: int) -> Cluster | None:
    """Return the cluster mentioned last before *before*, None where there is none."""
    able = [c for c in clusters if c.last_before(before) >= 0]
    return max(able, key=lambda c: (c.last_before(before), -c.number)) if able else None


OPENING = "\"'“‘("
MARKS = f".,”’){OPENING}"
"""What may stand at a word of a name and is no part of it: Jo “Duke” Hay."""


class Board:
    """The clusters so far; made for one article and thrown away with it."""

    def __init__(self, headline: Span | None = None) -> None:
        """Start with nothing, for an article with its *headline* there."""
        self.headline = headline
        self.clusters: list[Cluster] = []
        self._by_name: dict[str, Cluster] = {}
        self._by_entry: dict[str, Cluster] = {}
        self._by_token: dict[str, dict[int, Cluster]] = {}
        self._by_word: dict[str, dict[int, Cluster]] = {}
        self._by_head: dict[str, dict[int, Cluster]] = {}
        self._by_place: list[tuple[int, int]] = []

    def open(self, named: bool) -> Cluster:
        """Return a new cluster."""
        cluster = Cluster(len(self.clusters), named)
        self.clusters.append(cluster)
        return cluster

    def add(self, cluster: Cluster, mention: Mention, text: str, head: str) -> None:
        """Add *mention* to *cluster* and to the indexes."""
        cluster.add(mention, text, head)
        insort(self._by_place, (mention.span.start, cluster.number))
        if mention.kind is MentionKind.PRONOUN:
            return
        if mention.kind is MentionKind.NAME:
            self.call(cluster, plain(head))
        else:
            self._by_head.setdefault(singular(head.split()[-1]), {})[cluster.number] = cluster
        self.note(cluster, text)

    def join(self, cluster: Cluster, into: Cluster, rule: str) -> None:
        """Move all mentions to *into* from *cluster*, a description, which stays behind empty.

        The *rule* is why.
        """
        for mention in cluster.mentions:
            cluster.ways[mention.span] = Way(rule)
            insort(self._by_place, (mention.span.start, into.number))
        into.take(cluster)
        for word in into.words:
            self._by_word.setdefault(word, {})[into.number] = into

    def call(self, cluster: Cluster, name: str) -> None:
        """Index *cluster* under a name."""
        self._by_name.setdefault(name.casefold(), cluster)
        for token in tokens_of(name):
            self._by_token.setdefault(token, {})[cluster.number] = cluster
        if cluster.entry:
            self._by_entry.setdefault(cluster.entry, cluster)

    def note(self, cluster: Cluster, text: str) -> None:
        """Index *cluster* under the words of a phrase that describes it."""
        cluster.noted.add(text)
        for word in content_words(text):
            cluster.words.add(word)
            self._by_word.setdefault(word, {})[cluster.number] = cluster

    def called(self, name: str) -> Cluster | None:
        """Return the cluster with a name spelt like *name*."""
        return self._by_name.get(name.casefold())

    def entered(self, entry: str) -> Cluster | None:
        """Return the cluster of a registry entry."""
        return self._by_entry.get(entry)

    def sharing(self, name: str) -> list[Cluster]:
        """Return the named clusters that may be a short or long form of *name*, in order."""
        found: dict[int, Cluster] = {}
        for token in tokens_of(name):
            found.update(self._by_token.get(token, {}))
        return [found[n] for n in sorted(found)]

    def with_word(self, word: str) -> list[Cluster]:
        """Return the named clusters with *word* in some phrase, in order."""
        return [c for _, c in sorted(self._by_word.get(word, {}).items()) if c.is_named]

    def with_head(self, heads: Iterable[str]) -> list[Cluster]:
        """Return the described clusters with one of *heads* as head noun, in order."""
        found: dict[int, Cluster] = {}
        for head in heads:
            found.update(self._by_head.get(head, {}))
        return [found[n] for n in sorted(found)]

    def near(self, at: int, far: int) -> Iterator[Cluster]:
        """Yield the clusters mentioned at most *far* code points before *at*, each once."""
        low, high = bisect_left(self._by_place, (at - far, 0)), bisect_left(self._by_place, (at, 0))
        for number in dict.fromkeys(n for _, n in self._by_place[low:high]):
            yield self.clusters[number]

    def between(self, start: int, end: int) -> Iterator[Cluster]:
        """Yield the named clusters mentioned from *start* to *end*, each once."""
        low, high = bisect_left(self._by_place, (start, 0)), bisect_left(self._by_place, (end, 0))
        for number in dict.fromkeys(n for _, n in self._by_place[low:high]):
            if self.clusters[number].is_named:
                yield self.clusters[number]


def tokens_of(name: str) -> frozenset[str]:
    """Return what a short or long form of *name* must share with it: words, and its initials."""
    words = {w.strip(MARKS).casefold() for w in name.split()}
    initials = "".join(w[0] for w in name.replace("-", " ").split() if w[:1].isupper())
    if len(initials) > 1:
        words.add(initials.casefold())
    return frozenset(words | {name.replace(".", "").casefold()} - {""})
