"""Decide whom a pronoun stands for: agreement, then who was speaking, then who stands nearest."""

from collections.abc import Mapping, Sequence

from provenance.model import AGENTS, Article, Attribution, Mention, SourceType, Span
from provenance.resolution.clusters import Cluster, last_before

_FAR = 700
"""Code points that a pronoun looks back: two to four paragraphs of news."""
_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_PLURAL = {"they", "them", "their", "those", "others", "some", "many", "both"}
_NEUTER = {"it", "its", "this", "that"}


def antecedent(
    article: Article,
    mention: Mention,
    names: Sequence[Cluster],
    described: Sequence[Cluster],
    attributions: Sequence[Attribution],
    placed: Mapping[Span, Cluster],
    genders: Mapping[int, str],
) -> Cluster | None:
    """Return the cluster that a pronoun stands for, None where nothing fits."""
    word, at = article.quote(mention.span).casefold(), mention.span.start
    if word in _GENDER:
        able = [
            c
            for c in (*names, *described)
            if c.type() in {SourceType.PERSON, SourceType.UNNAMED} and not c.mentions[0].plural
        ]
        able = [c for c in able if genders.get(id(c), _GENDER[word]) == _GENDER[word]]
    elif word in _PLURAL:
        speaks = any(mention.span in a.speakers for a in attributions)
        able = [c for c in described if c.mentions[0].plural and (c.type() in AGENTS or not speaks)]
        things = [c for c in able if c.type() not in AGENTS]
        if word == "them" and things and not speaks:
            able = things
        else:
            able += [
                c for c in names if c.type() in {SourceType.ORGANIZATION, SourceType.NEWS_OUTLET}
            ]
    elif word in _NEUTER:
        able = [
            c
            for c in (*names, *described)
            if c.type() not in {SourceType.PERSON, SourceType.UNNAMED}
        ]
    else:
        return None
    spoken = {s for a in attributions for s in a.speakers if s.start < at}
    ranked = [
        (_salience(c, at, mention, spoken, placed), -i, c)
        for i, c in enumerate(able)
        if 0 <= at - last_before(c, at) <= _FAR and last_before(c, at) >= 0
    ]
    return max(ranked, key=lambda row: row[:2])[2] if ranked else None


def _salience(
    cluster: Cluster, at: int, mention: Mention, spoken: set[Span], placed: Mapping[Span, Cluster]
) -> float:
    """Return how much a cluster suggests itself: near, and the one who was speaking."""
    distance = at - last_before(cluster, at)
    score = -distance / 100
    speaking = [s for s in spoken if placed.get(s) is cluster]
    if speaking:
        gap = at - max(s.start for s in speaking)
        score += 4.0 if gap <= 400 else 1.5 if gap <= _FAR else 0.0
    if cluster.is_named:
        score += 1.0
    if cluster.types and any(
        m.span.start >= mention.sentence.start and m.span.start < at for m in cluster.mentions
    ):
        score += 0.5
    return score
