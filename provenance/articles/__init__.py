"""Read articles: plain text in any common encoding, and saved web pages."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from provenance.articles.decoding import decode
from provenance.articles.language import check_language, guess_language
from provenance.articles.layout import read_layout
from provenance.errors import ArticleError
from provenance.model import Article

__all__ = [
    "SUFFIXES",
    "article_from_text",
    "check_language",
    "find_articles",
    "parse_article",
    "read_article",
]

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml")
"""What is taken for an article in a folder."""

_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL
)


def read_article(path: Path) -> Article:
    """Read the file at *path*.

    Raises:
        ArticleError: It cannot be read, is empty, is no text, or holds no article.
    """
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise ArticleError(f"cannot read {path}: it is a folder") from error
    except OSError as error:
        raise ArticleError(f"cannot read {path}: {error.strerror or error}") from error
    # A name that is not UTF-8 has lone surrogates, which no format of ours can hold.
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return parse_article(data, name)


def parse_article(data: bytes, name: str) -> Article:
    """Return the article that *data* holds; *name* says whose it is, and its suffix helps to tell HTML.

    Line ends become "\\n"; a byte order mark is left out; nothing else of the text is changed.

    Raises:
        ArticleError: It is empty, is no text, or holds no article.
    """
    text = decode(data, name)
    digest = hashlib.sha256(data).hexdigest()
    if _MARKUP.match(text[:4000]) or (
        name.lower().endswith((".html", ".htm", ".xhtml")) and "<" in text[:4000]
    ):
        from provenance.articles.page import read_page

        return _finished(read_page(text, name, digest))
    return _finished(_plain(text, name, digest))


def article_from_text(text: str, name: str = "text") -> Article:
    """Return the article that the string *text* is.

    Raises:
        ArticleError: It is blank, or holds a lone surrogate.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"cannot read {name}: lone surrogate at character {error.start}"
        ) from error
    return parse_article(data, name)


def find_articles(path: Path) -> list[Path]:
    """Return the articles in the folder *path* and below, sorted; hidden ones are left out.

    Raises:
        ArticleError: There are none.
    """
    found = sorted(
        p
        for p in path.rglob("*")
        if p.suffix.lower() in SUFFIXES
        and p.is_file()
        and not any(part.startswith(".") for part in p.relative_to(path).parts)
    )
    if not found:
        raise ArticleError(
            f"no articles in {path}: none of its files ends in {', '.join(SUFFIXES)}"
        )
    return found


def _plain(text: str, name: str, digest: str) -> Article:
    layout = read_layout(text)
    headline = layout.headline
    return Article(
        name=name,
        text=text,
        digest=digest,
        text_digest="",
        headline=headline,
        paragraphs=layout.paragraphs,
        title=" ".join(text[headline.start : headline.end].split()) if headline else "",
        publisher=layout.publisher,
        authors=layout.authors,
        published=layout.published,
        url=layout.url,
    )


def _finished(article: Article) -> Article:
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    return replace(
        article, text_digest=digest, language=guess_language(article) or article.language
    )
