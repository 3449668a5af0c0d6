"""Decide what a description stands for: something named before, something described before, or new."""

import re
from collections.abc import Sequence

from provenance.model import AGENTS, Mention, SourceType
from provenance.resolution.clusters import (
    Cluster,
    content_words,
    last_before,
    nearest,
    plain,
    singular,
)

# Heads that speak of one batch of papers under many names; the first word stands for the class.
_DOCUMENT_CLASSES = (
    frozenset(
        "document paper file material trove cache leak dump report batch record information data intelligence slide page".split()
    ),
    frozenset(
        "email e-mail message communication correspondence exchange batch trove dump leak release".split()
    ),
    frozenset("memo memorandum".split()),
    frozenset("study paper research preprint article".split()),
    frozenset("poll survey".split()),
    frozenset("filing lawsuit suit complaint indictment motion document petition paper".split()),
    frozenset(
        "intercept interception data signal intelligence recording wiretap communication".split()
    ),
    frozenset("interview conversation".split()),
    frozenset("conference briefing".split()),
    frozenset("call conference teleconference".split()),
    frozenset("tweet post message thread".split()),
    frozenset("statement announcement".split()),
    frozenset("speech address remark".split()),
    frozenset("server chat room chatroom channel group forum".split()),
    frozenset("audit review report assessment".split()),
)
_STANDING_IN = {
    SourceType.NEWS_OUTLET: frozenset(
        "newspaper paper outlet broadcaster network magazine daily tabloid publication site station agency".split()
    ),
    SourceType.ORGANIZATION: frozenset(
        "agency group company organization organisation firm department ministry service foundation committee body court "
        "campaign party bureau council commission panel institute university bank union watchdog administration government".split()
    ),
}
# heads of speakers that news leaves unnamed on purpose
_NAMELESS = frozenset(
    "official source person people aide insider staffer employee individual figure expert analyst diplomat member witness resident user reporter journalist".split()
)
_COLLECTIVES = frozenset("batch trove cache collection dump tranche archive leak".split())
_EXPERTS = frozenset({"expert", "specialist"})
_FAR = 500
"""Code points that a role looks back for the person who has it."""


_ITEM = re.compile(r"(?:one|another|a separate|separate|a second|a third)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r" (?:of|on|in|at|from|to|with|for|by|about) ")


def is_bare(mention: Mention, text: str) -> bool:
    """Whether a description says no more than its head noun: "the document", "officials"."""
    return len(content_words(text)) <= 1


def place(
    mention: Mention,
    text: str,
    head: str,
    clusters: Sequence[Cluster],
    names: Sequence[Cluster],
    speaks: bool,
) -> Cluster | None:
    """Return the cluster that a description stands for, None where it brings in something new."""
    noun, type_ = singular(head.split()[-1]), mention.type
    at = mention.span.start
    if type_ is None:
        return None
    if type_ in AGENTS:
        return (
            _titled(mention, text, noun, names)
            or _unnamed(mention, text, noun, clusters)
            or (_stood_for(mention, text, noun, names) if speaks else None)
        )
    if type_ is SourceType.CHANNEL:
        named = [
            c
            for c in names
            if c.type() is type_ and any(content_words(n) <= content_words(text) for n in c.names)
        ]
        if named:
            return named[0]
    return _thing(text, noun, type_, at, mention, clusters)


def _titled(mention: Mention, text: str, noun: str, names: Sequence[Cluster]) -> Cluster | None:
    """Return the named source that was introduced with this noun: "the senator", "the department"."""
    if not mention.definite or mention.plural:
        return None
    before = [c for c in names if last_before(c, mention.span.start) >= 0]
    titled = [c for c in before if noun in c.words and _agrees(c, mention)]
    extra = content_words(text) - {noun}
    closer = [c for c in titled if extra <= c.words]
    return nearest(closer or ([] if extra else titled), mention.span.start)


def _stood_for(mention: Mention, text: str, noun: str, names: Sequence[Cluster]) -> Cluster | None:
    """Return the named source that "the agency", "the newspaper", "the businessman" stands for."""
    if not mention.definite or mention.plural:
        return None
    before = [c for c in names if last_before(c, mention.span.start) >= 0]
    if mention.type is SourceType.UNNAMED:
        return None if noun in _NAMELESS else _person_meant(mention, text, before)
    if not is_bare(mention, text):
        return None
    for type_, nouns in _STANDING_IN.items():
        near = nearest([c for c in before if c.type() is type_], mention.span.start)
        if noun in nouns and near is not None:
            return near
    return None


def _person_meant(mention: Mention, text: str, before: Sequence[Cluster]) -> Cluster | None:
    """Return the named person whom "the New York businessman" goes on about, if one suggests himself."""
    people = [c for c in before if c.type() is SourceType.PERSON]
    near = [c for c in people if 0 < mention.span.start - last_before(c, mention.span.start) < _FAR]
    sharing = [c for c in near if content_words(text) & c.words]
    elsewhere = [
        c
        for c in near
        if all(
            m.span.start < mention.sentence.start or m.span.start > mention.sentence.end
            for m in c.mentions
        )
    ]
    return nearest(sharing or elsewhere, mention.span.start)


def _agrees(cluster: Cluster, mention: Mention) -> bool:
    type_ = cluster.type()
    if mention.type is SourceType.UNNAMED:
        return type_ is SourceType.PERSON
    return type_ in {SourceType.ORGANIZATION, SourceType.NEWS_OUTLET}


def _unnamed(mention: Mention, text: str, noun: str, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the unnamed speaker or body that is spoken of again.

    "The official" is the last official; "strategists" are the "Democratic strategists" of before;
    two officials of different offices, or one among many, stay apart.
    """
    words = content_words(text)
    heads = {noun} | (_EXPERTS if noun in _EXPERTS else set())
    same = [
        c
        for c in clusters
        if heads & set(c.heads) and c.mentions[0].plural == mention.plural and c.type() in AGENTS
    ]
    for cluster in same:
        if any(content_words(t) == words for t in cluster.texts) and (
            mention.plural or mention.definite or mention.type is not SourceType.UNNAMED
        ):
            return cluster
    if mention.plural or mention.definite:
        narrower = [
            c
            for c in same
            if words <= c.words or (mention.plural and c.words <= words and len(c.words) > 1)
        ]
        return nearest(narrower, mention.span.start)
    return None


def _thing(
    text: str, noun: str, type_: SourceType, at: int, mention: Mention, clusters: Sequence[Cluster]
) -> Cluster | None:
    """Return the artefact or channel that is described again, by head noun class and modifiers."""
    words = content_words(text) - {noun}
    if not mention.plural and _ITEM.match(text):
        clusters = [c for c in clusters if not c.mentions[0].plural]
    best: tuple[float, int, Cluster] | None = None
    for i, cluster in enumerate(clusters):
        if cluster.type() in AGENTS or last_before(cluster, at) < 0:
            continue
        score = _likeness(words, noun, type_, mention, cluster)
        if score > 0 and (
            best is None or (score, last_before(cluster, at)) > (best[0], last_before(best[2], at))
        ):
            best = (score, i, cluster)
    return best[2] if best else None


def _likeness(
    words: frozenset[str], noun: str, type_: SourceType, mention: Mention, cluster: Cluster
) -> float:
    """Return how far a description fits an artefact, 0 where it does not."""
    akin = noun in cluster.heads or any(
        noun in c and set(cluster.heads) & c for c in _DOCUMENT_CLASSES
    )
    if not akin:
        return 0.0
    shared = len(words & cluster.words)
    same_head = noun in cluster.heads
    single = not cluster.mentions[0].plural and not set(cluster.heads) & _COLLECTIVES
    if mention.plural and single and not same_head:
        return 0.0
    if not words:
        return (1.0 if same_head else 0.6) if mention.definite or mention.plural else 0.0
    if shared:
        return (
            2.0 * shared / len(words) + same_head if same_head or shared * 2 >= len(words) else 0.0
        )
    bare = not (cluster.words - set(cluster.heads)) and type_ is not SourceType.STATEMENT
    if bare and same_head and (mention.definite or not mention.plural):
        return 0.3
    if bare and mention.plural and cluster.mentions[0].plural:
        return 0.2
    return 0.0


def describe(cluster: Cluster) -> str:
    """Return the name of an unnamed source or artefact: its fullest description that is not too long."""
    usual = cluster.heads.most_common(1)[0][0] if cluster.heads else ""

    def rank(text: str) -> tuple[bool, bool, int, int, str]:
        words = [singular(w) for w in text.split()]
        front = _PREPOSITION.split(text)[0]
        return (usual not in words, len(words) > 8, -len(content_words(front)), len(words), text)

    return plain(min(cluster.texts, key=rank)) if cluster.texts else ""
