"""Mentions of one source, gathered: what they are called and what they say of its type."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance.model import Mention, MentionKind, SourceType, Span

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
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
    text = re.sub(r"\s+", " ", text.strip(" ,;:\"“”'’"))
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


def content_words(text: str) -> frozenset[str]:
    """Return the words of a description that tell it apart, singular and lower-cased.

    A run of capitalised words brings its initials along: "Democratic National Committee" also says
    "dnc".
    """
    bare = re.sub(r"['’]s?\b", "", plain(text))
    found = {singular(w) for w in re.findall(r"[\w.-]*\w", bare) if w.lower() not in _EMPTY}
    runs = re.findall(r"\b[A-Z]\w+(?:\s+(?:of\s+|the\s+|for\s+)*[A-Z]\w+){2,}", bare)
    found |= {"".join(w[0] for w in run.split() if w[0].isupper()).lower() for run in runs}
    return frozenset(_ALIKE.get(w, w) for w in found)


# Said of one artefact in one article, these are as good as the same word.
_ALIKE = {
    **dict.fromkeys(
        ("secret", "confidential", "top-secret", "restricted", "sensitive"), "classified"
    ),
    **dict.fromkeys(
        ("released", "published", "disclosed", "purloined", "stolen", "hacked", "exposed"), "leaked"
    ),
    **dict.fromkeys(("mail", "e-mail"), "email"),
    **dict.fromkeys(("cyber-security", "cyber", "digital"), "cybersecurity"),
}
_EMPTY = frozenset(
    "a an the of in on at to for from by with and or some several many few other others another this that these those "
    "his her its their such all any more most number one two three four five six so-called new recent latest own both "
    "various multiple certain".split()
)


@dataclass
class Cluster:
    """The mentions that were judged to be of one source so far; grows while a text is read."""

    mentions: list[Mention] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    types: Counter[SourceType] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    heads: Counter[str] = field(default_factory=Counter)
    entry: str = ""
    wikidata: str = ""
    known_type: SourceType | None = None

    def add(self, mention: Mention, text: str, head: str) -> None:
        """Take *mention*, which reads *text*, with *head* as its name or head noun."""
        self.mentions.append(mention)
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

    @property
    def is_named(self) -> bool:
        """Whether some mention names it."""
        return bool(self.names)

    @property
    def last(self) -> int:
        """Where the last mention so far starts, -1 before the first."""
        return max((m.span.start for m in self.mentions), default=-1)

    @property
    def first(self) -> Span:
        """Where it is mentioned first."""
        return min(m.span for m in self.mentions)

    def type(self) -> SourceType:
        """Return the type that most mentions speak for, the registry's first of all."""
        if self.known_type:
            return self.known_type
        votes = Counter(
            {t: n for t, n in self.types.items() if not (self.is_named and t is SourceType.UNNAMED)}
        )
        if votes:
            best = max(votes.values())
            return min((t for t, n in votes.items() if n == best), key=list(SourceType).index)
        if not self.is_named:
            return SourceType.UNNAMED
        return (
            SourceType.PERSON
            if any(len(n.split()) > 1 for n in self.names)
            else SourceType.ORGANIZATION
        )


def nearest(clusters: Iterable[Cluster], before: int) -> Cluster | None:
    """Return the cluster mentioned last before *before*, None where there is none."""
    able = [
        (last_before(c, before), i, c)
        for i, c in enumerate(clusters)
        if last_before(c, before) >= 0
    ]
    return max(able, key=lambda row: (row[0], -row[1]))[2] if able else None


def last_before(cluster: Cluster, before: int) -> int:
    """Return where *cluster* is mentioned last before *before*, -1 where it is not."""
    return max((m.span.start for m in cluster.mentions if m.span.start < before), default=-1)
