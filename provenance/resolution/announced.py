"""Whoever is only described where a post is announced is whom the post itself names."""

import re

from provenance.model import Article, Mention, MentionKind, SourceType
from provenance.resolution.clusters import Board, Cluster

_POSTING = re.compile(
    r"\b(?:social media|social network|Twitter|Bluesky|Facebook|Instagram|Mastodon|Threads|TikTok|"
    r"Telegram|LinkedIn|Truth Social|on X|posts?|posted|tweets?|tweeted)\b"
)
_REACH = 900
"""Code points between a description and the post that it announces."""
_NAMED_AS = {
    SourceType.ORGANIZATION: (SourceType.ORGANIZATION, SourceType.NEWS_OUTLET),
    SourceType.UNNAMED: (SourceType.PERSON,),
}


def poster(article: Article, mention: Mention, board: Board) -> Cluster | None:
    """Return the author of the post that the sentence of *mention* announces, if there is one.

    "The company said on Twitter", and a post of Blackwater Ferries below it.
    """
    able = _NAMED_AS.get(mention.type) if mention.type is not None else None
    if able is None or not mention.definite or mention.plural:
        return None
    if not _POSTING.search(article.quote(mention.sentence)):
        return None
    posts = (v for v in article.voices if v.post is not None and v.speaker is not None)
    below = [v.speaker for v in posts if v.speaker and v.speaker.start > mention.span.end]
    first = min(below, default=None)
    if first is None or first.start - mention.sentence.end > _REACH:
        return None
    named = (
        c
        for c in board.clusters
        if c.is_named and any(m.kind is MentionKind.NAME and m.head in first for m in c.mentions)
    )
    found = next(named, None)
    return found if found is not None and found.type() in able else None
