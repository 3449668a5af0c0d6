"""All clusters of one article, found by name, word, head noun or place."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from provenance.model import Mention, MentionKind
from provenance.resolution.clusters import Cluster, Way, content_words, plain, singular

OPENING = "\"'“‘("
MARKS = f".,”’){OPENING}"
"""What may stand at a word of a name and is no part of it: Jo “Duke” Hay."""


class Board:
    """The clusters so far; made for one article and thrown away with it."""

    def __init__(self) -> None:
        """Start with nothing."""
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
        """Let *into* have all mentions of *cluster*, a description, which stays behind empty.

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
