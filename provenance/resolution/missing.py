"""Make mentions of what is used and is none yet: the outlet after a headline's dash."""

import re
from collections.abc import Sequence

from provenance.model import Article, Mention, MentionKind, SourceType, Span
from provenance.resolution.clusters import singular
from provenance.resolution.descriptions import is_one_of_several
from provenance.resolution.name_words import words

_OPENS = re.compile(r"(?:\A|[.!?\n]|[\"“”'’])\s{0,100}\Z")
POSTED = tuple(words("descriptions", "posted"))


def with_missing(article: Article, mentions: Sequence[Mention], used: set[Span]) -> list[Mention]:
    """Add a mention for each span that is used and is none: the outlet after a headline's dash."""
    known = {m.span for m in mentions}
    names = {
        w for m in mentions if m.kind is MentionKind.NAME for w in article.quote(m.head).split()
    }
    made = [_made_mention(article, span, names) for span in used - known]
    return sorted([*mentions, *made], key=lambda m: (m.span, m.head))


def _made_mention(article: Article, span: Span, names: set[str]) -> Mention:
    """Return a mention for *span*: a verb that names its channel, a name, or somebody unnamed.

    A capital that opens a sentence shows a name only where it is part of one elsewhere (*names*).
    """
    text = article.quote(span)
    opens = _OPENS.search(article.text, max(0, span.start - 100), span.start) is not None
    lower = text.split()[-1].islower() or (opens and text.split()[-1] not in names)
    kind, type_ = MentionKind.NAME, None
    if text.lower().startswith(POSTED):
        type_ = SourceType.CHANNEL
    elif not text[:1].isupper() or lower:
        kind, type_ = MentionKind.DESCRIPTION, SourceType.UNNAMED
    before = article.text[max(0, span.start - len("another ")) : span.start]
    definite = re.search(r"\b(?:an?|another)\s\Z", before, re.IGNORECASE) is None
    noun = text.split()[-1].lower()
    return Mention(
        span=span,
        head=span,
        kind=kind,
        type=type_,
        sentence=span,
        definite=definite and not is_one_of_several(text),
        plural=kind is MentionKind.DESCRIPTION and singular(noun) != noun,
    )
