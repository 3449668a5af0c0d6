"""Tell the words of a headline that are names from those that only stand first in it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from provenance.model import Article, Mention, MentionKind, Span


def is_common(article: Article, name: str) -> bool:
    """Whether *name* is a word that is no name elsewhere in the text: "Operator", "operator"."""
    lower = re.escape(name[:1].lower() + name[1:])
    return name.isalpha() and re.search(rf"\b{lower}\b", article.text) is not None


def without_common(article: Article, mentions: Iterable[Mention]) -> list[Mention]:
    """Return *mentions*; a headline's word that the text has in small letters alone is no name."""
    mentions, head = list(mentions), article.headline or Span(0, 0)
    below = {word for m in mentions if m.span not in head for word in article.quote(m.head).split()}

    def judged(one: Mention) -> Mention:
        name = article.quote(one.head)
        named = one.kind is MentionKind.NAME and one.span in head and name not in below
        return (
            replace(one, kind=MentionKind.DESCRIPTION)
            if named and is_common(article, name)
            else one
        )

    return [judged(one) for one in mentions]
