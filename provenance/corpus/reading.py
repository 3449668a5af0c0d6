"""An item as an article."""

import hashlib
import json
from dataclasses import replace

from provenance.articles import parse_article
from provenance.articles.dates import find_date
from provenance.files import without_user
from provenance.model import Article, Item


def digest_of(item: Item) -> str:
    """Return the SHA-256 in hex that the article in *item* is named by.

    Of its bytes alone; where more is known of it, of that too: two outlets that print the same
    text have two articles.
    """
    if not item.fields:
        return hashlib.sha256(item.data).hexdigest()
    known = json.dumps(item.fields, ensure_ascii=False).encode()
    return hashlib.sha256(known + b"\n" + item.data).hexdigest()


def read_item(item: Item, *, force: bool = False) -> Article:
    """Return the article in *item*; what is known of it goes before what it says itself.

    Args:
        item: Its bytes and what is known of it.
        force: Whether to read one that is longer than an article.

    Raises:
        ArticleError: It is no article that can be read.
    """
    article = parse_article(item.data, item.name, force=force)
    if not item.fields:
        return article
    known = dict(item.fields)
    return replace(
        article,
        digest=digest_of(item),
        authors=(known["author"],) if "author" in known else article.authors,
        title=known.get("title", article.title),
        publisher=known.get("publisher", article.publisher),
        published=find_date(known.get("published", "")) or article.published,
        url=without_user(known.get("url", article.url)),
    )
