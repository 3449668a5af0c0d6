"""An empty reading of an article, to be filled in by a person."""

from typing import Any

from provenance.model import Article
from provenance.readings.form import SCHEMA_IRI, Reading


def blank(article: Article) -> dict[str, Any]:
    """Return a reading of *article* in which nothing was found yet, and what it says."""
    empty = Reading(article=article.name, sources=(), flows=())
    parts = ((article.headline,) if article.headline else ()) + article.paragraphs
    return {
        "$schema": SCHEMA_IRI,
        **empty.model_dump(mode="json", by_alias=True),
        "reader": {"kind": "person", "name": ""},
        "text_digest": article.text_digest,
        "paragraphs": [" ".join(article.quote(part).split()) for part in sorted(set(parts))],
    }
