"""An item as an article."""

import hashlib
import json
import re
from dataclasses import replace

from provenance.articles import parse_article
from provenance.articles.dates import find_date
from provenance.files import without_user
from provenance.model import Article, Capture, Item

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_BESIDE = frozenset(
    (
        *("archive", "captured", "charset", "listed_title", "operator"),
        *("record", "record_digest", "software"),
    )
)
"""Fields that say how the bytes came here: the same bytes are the same article without them."""


def digest_of(item: Item) -> str:
    """Return the SHA-256 in hex that the article in *item* is named by.

    Of its bytes alone; where more is known of it, of that too: two outlets that print the same
    text have two articles.
    """
    own = [one for one in item.fields if one[0] not in _BESIDE]
    if not own:
        return hashlib.sha256(item.data).hexdigest()
    known = json.dumps(own, ensure_ascii=False).encode()
    return hashlib.sha256(known + b"\n" + item.data).hexdigest()


def read_item(item: Item, *, force: bool = False) -> Article:
    """Return the article in *item*; what is known of it goes before what it says itself.

    Args:
        item: Its bytes and what is known of it.
        force: Whether to read one that is longer than an article.

    Raises:
        ArticleError: It is no article that can be read.
    """
    known = dict(item.fields)
    article = parse_article(item.data, item.name, force=force, charset=known.get("charset", ""))
    if not known:
        return article
    return replace(
        article,
        digest=digest_of(item),
        authors=(known["author"],) if "author" in known else article.authors,
        title=known.get("title", article.title) or known.get("listed_title", ""),
        publisher=known.get("publisher", article.publisher),
        published=find_date(known.get("published", "")) or article.published,
        url=without_user(known.get("url", article.url)),
        capture=_capture(known),
    )


def _capture(known: dict[str, str]) -> Capture | None:
    if "archive" not in known:
        return None
    return Capture(
        date=date if _TIME.fullmatch(date := known.get("captured", "")) else "",
        record=known.get("record", ""),
        digest=known.get("record_digest", ""),
        archive=known["archive"],
        software=known.get("software", ""),
        operator=known.get("operator", ""),
    )
