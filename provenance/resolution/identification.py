"""Find out who is described first and named only later.

News names people late: "A federal judge" opens the article or its headline, "Judge Ann Holm"
stands three paragraphs on. Rhetoric calls it cataphora; writers, delayed identification.
"""

from collections.abc import Sequence

from provenance.model import AGENTS, MentionKind, SourceType, Span
from provenance.resolution.clusters import Board, Cluster, content_words, usual
from provenance.resolution.descriptions import (
    NARROWER,
    is_called,
    is_kindred,
    is_one_of_several,
    is_owned,
    nameless,
    telling,
)
from provenance.resolution.name_words import words
from provenance.resolution.salience import known_gender, noun_gender

_FAR = 2500
"""Code points that the name may stand after the description: half a page of news."""
_OFFICE = 2
"""Words besides the noun that tell whose or which office somebody holds, at the least."""
_HONORIFICS = words("titles", "academic")
_LETTERS = 4
"""Initials that a description is known by, at the most."""


def identify(board: Board, headline: Span | None) -> None:
    """Join on *board* each description that is named later with the name.

    Args:
        board: All clusters of the article; those that were joined to another say so.
        headline: Where the headline stands, if there is one.
    """
    for cluster in board.clusters:
        if cluster.is_named or not cluster.mentions or cluster.plural:
            continue
        if (found := _abbreviated(cluster, board.clusters)) is not None:
            board.join(cluster, found, "initials")
            continue
        above = headline is not None and all(
            headline.start <= m.span.start < headline.end for m in cluster.mentions
        )
        if cluster.type() in AGENTS:
            found = _named_later(cluster, board.clusters, above)
        elif above:
            found = _told_below(cluster, board.clusters)
        else:
            continue
        if found is not None:
            board.join(cluster, found, "named later")


def _abbreviated(cluster: Cluster, rivals: Sequence[Cluster]) -> Cluster | None:
    """Return the name that is but the initials of *cluster*: "IG", of "inspector general"."""
    initials = {
        "".join(word[0] for word in text.split()).upper()
        for text in cluster.texts
        if 1 < len(text.split()) <= _LETTERS
    }
    able = [
        rival
        for rival in rivals
        if rival.is_named and rival.mentions and not rival.entry and set(rival.names) <= initials
    ]
    return able[0] if len(able) == 1 else None


def _named_later(cluster: Cluster, rivals: Sequence[Cluster], above: bool) -> Cluster | None:
    """Return whom *cluster*, a speaker or a body, turns out to be; None where nobody fits alone."""
    texts = list(cluster.texts)
    heads = {h for noun in cluster.heads for h in (usual(noun), *NARROWER.get(noun, ()))}
    said = telling(texts) - heads
    looks_back = (cluster.mentions[0].definite and not above) or any(map(is_owned, texts))
    # "the Labor Department's chief economist" looks back to none: only one holds that office
    office = len(said) >= _OFFICE or (said and not any(map(is_owned, texts)))
    if any(map(is_one_of_several, texts)) or (looks_back and not office):
        return None
    last = max(m.span.start for m in cluster.mentions if m.kind is not MentionKind.PRONOUN)
    able = []
    for rival in rivals:
        if not (rival.is_named and rival.mentions and heads & rival.words):
            continue
        if not _may_be(cluster, rival) or not is_called(rival, heads):
            continue  # "Cafe fire" is no fire chief
        later = rival.first.start - last
        if not (above or 0 < later < _FAR):
            continue
        if not (above or said) and (_is_of(rival, heads) or _is_titled(rival, heads)):
            continue  # "an architect" is not "Ann Lee, the architect of the campaign"
        if said <= rival.words or (above and not nameless(cluster.heads)):
            able.append(rival)
    if above and able:
        return max(able, key=lambda c: (len(said & c.words), len(c.mentions), -c.number))
    bare = not said and nameless(cluster.heads)  # "an official" may be any
    return able[0] if len(able) == 1 and not bare else None


def _is_titled(rival: Cluster, heads: set[str]) -> bool:
    """Whether a title alone makes *rival* one of *heads*: "Dr. Ann Lee, a pharmacist"."""
    titled = frozenset().union(*map(content_words, rival.texts))
    other = rival.words - titled
    return bool(heads & _HONORIFICS & titled and other and not heads & other)


def _is_of(rival: Cluster, heads: set[str]) -> bool:
    """Whether *rival* is said to be one of *heads* only with what or whose he is that."""
    told = [text for text in rival.texts if heads & content_words(text)]
    return bool(told) and all(map(is_owned, told))


def _may_be(cluster: Cluster, rival: Cluster) -> bool:
    """Whether a description may be of the named *rival*: a body's of a body, say."""
    if cluster.type() is SourceType.UNNAMED:
        told = {noun_gender(cluster.heads), known_gender(rival)} - {""}
        return rival.type() is SourceType.PERSON and len(told) < 2
    return rival.type() in {SourceType.ORGANIZATION, SourceType.NEWS_OUTLET} and not rival.is_place


def _told_below(cluster: Cluster, rivals: Sequence[Cluster]) -> Cluster | None:
    """Return the artefact that a headline's *cluster* is about: the one spoken of most."""
    said = {w for text in cluster.texts for w in content_words(text)} - set(cluster.heads)
    able = [
        c
        for c in rivals
        if c is not cluster
        and c.mentions
        and c.type() is cluster.type()
        and c.first.start > cluster.first.start
        and any(is_kindred(a, b) for a in cluster.heads for b in c.heads)
    ]
    sharing = [c for c in able if said & c.words] if said else []
    return max(sharing or able, key=lambda c: (len(c.mentions), -c.number), default=None)
