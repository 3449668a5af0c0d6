"""Read articles: plain text in any encoding, saved web pages, PDF, Word and e-mail.

In: a file's bytes and name. Out: an `Article` with text, metadata and the spans of its layout.
Never: other stages, and the network but in `corpus`; what cannot be read is an `ArticleError`.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from provenance.articles.dates import checked_day, day_of_name
from provenance.articles.documents import Document, read_document
from provenance.articles.encodings import decode
from provenance.articles.language import check_language, guess_language
from provenance.articles.mail import in_maildir, part_at
from provenance.articles.ours import check_not_ours, is_ours
from provenance.articles.ticker import on_day
from provenance.common.files import is_file, reason, without_user
from provenance.common.normal import analysed, map_spans, normal_form, plain_text
from provenance.errors import ArticleError
from provenance.model import Article

__all__ = [
    "SUFFIXES",
    "article_from_text",
    "check_language",
    "check_length",
    "find_articles",
    "parse_article",
    "read_article",
]

PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
SUFFIXES = (".txt", ".text", ".md", ".pdf", ".docx", ".eml", ".mbox", *PAGE_SUFFIXES)
"""What is taken for an article in a folder."""

LARGEST = 100_000_000
"""Bytes of the largest file that is read, so that a wrong one does not fill the memory."""

LONGEST = 1_000_000
"""Code points that one article may have; more is a book, a log or an attack."""

_MARKUP = re.compile(
    r"\s*+(?:<!--(?:(?!-->).)*+-->\s*+|<\?xml[^<>]*\?>\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_article(path: Path, *, force: bool = False) -> Article:
    """Read the file at *path*; *force* is that of `parse_article`.

    Raises:
        ArticleError: It cannot be read, is empty, is no text, or holds no article.
    """
    try:
        part = part_at(str(path)) if "#" in path.name and not is_file(path) else None
        if part is not None:
            return replace(parse_article(part[1], part[0], force=force), part_of=part[2])
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in its name
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise ArticleError(f"cannot read {path}: {why}") from error
    return parse_article(data, path.name, force=force)


def parse_article(data: bytes, name: str, *, force: bool = False, charset: str = "") -> Article:
    r"""Return the article that *data* holds.

    Line ends become "\n" and a byte order mark is left out; nothing else of a plain text is
    changed, so that offsets hold in a UTF-8 file with "\n" line ends.

    Args:
        data: The bytes of a file.
        name: What to call it; with the suffix of a web page, and markup in it, it is read as one.
            PDF, Word and e-mail are known by their bytes; offsets are those of the text in them.
        force: Whether to read a text that is longer than an article, which takes long.
        charset: The encoding that the server named; it goes before what a page says of itself.

    Raises:
        ArticleError: It is empty, is no text (NULs, lone surrogates, control characters), longer
            than an article, holds none, or is RDF or something else that `prov` writes.
    """
    if len(data) > LARGEST:
        raise ArticleError(f"cannot read {name}: larger than {LARGEST // 1_000_000} MB")
    check_not_ours(data, name)
    digest = hashlib.sha256(data).hexdigest()
    document = read_document(data, name)
    if document is not None:
        return _with_language(_dated(_from_document(document, name, digest, force=force)))
    text = decode(data, name, charset)
    page = name.lower().endswith(PAGE_SUFFIXES) and "<" in text[:4000]
    if page or _is_markup(text):
        return _with_language(_dated(_page(text, name, digest)))
    if not force:
        check_length(text, name)
    return _with_language(_dated(_plain(text, name, digest)))


def article_from_text(text: str, name: str = "text", *, force: bool = False) -> Article:
    """Return the article that the string *text* is; *force* is that of `parse_article`.

    Raises:
        ArticleError: It is blank, or no text.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        why = f"lone surrogate at character {error.start}"
        raise ArticleError(f"cannot read {name}: {why}") from error
    return parse_article(data, name, force=force)


def check_length(text: str, name: str) -> None:
    """Refuse a text that is longer than an article.

    Raises:
        ArticleError: It is.
    """
    if len(text) > LONGEST:
        size = f"{len(text):,} characters are more than an article's {LONGEST:,}"
        raise ArticleError(f"cannot use {name}: {size}, --force reads it all the same")


def find_articles(path: Path) -> list[Path]:
    """Return the articles in the folder *path* and below, sorted.

    Hidden files and folders are left out, and so are pages and reports that `prov` wrote, and the
    folders of pictures and frames that a browser saves beside a page ("story_files" beside
    "story.html").

    Raises:
        ArticleError: There are none, or a folder cannot be read.
    """
    try:
        found = sorted(_walk(path))
    except RecursionError as error:
        raise ArticleError(f"cannot read {path}: its folders are nested too deep") from error
    if not found:
        raise ArticleError(f"no articles in {path}: no file ends in {', '.join(SUFFIXES)}")
    articles = [file for file in found if not is_ours(file)]
    if not articles:
        raise ArticleError(f"no articles in {path}: nothing but what prov wrote")
    return articles


def _walk(path: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise ArticleError(f"cannot read {error.filename}: {reason(error)}") from error

    for folder, folders, files in os.walk(path, onerror=fail):
        pages = {name.rpartition(".")[0] for name in files if name.lower().endswith(PAGE_SUFFIXES)}
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and not (name.endswith("_files") and name.removesuffix("_files") in pages)
        ]
        mailed = in_maildir(Path(folder, "message"))
        for name in files:
            file = Path(folder, name)
            wanted = mailed or name.lower().endswith(SUFFIXES)
            if wanted and not name.startswith(".") and is_file(file):
                yield file


def _is_markup(text: str) -> bool:
    return _MARKUP.match(text[:4000]) is not None


def _page(text: str, name: str, digest: str) -> Article:
    from provenance.articles.webpage import read_page

    return read_page(text, name, digest)


def _plain(text: str, name: str, digest: str) -> Article:
    from provenance.articles.plain import read_layout

    form = normal_form(text)
    layout = read_layout(form.text)
    return Article(
        name=name,
        text=text,
        digest=digest,
        text_digest="",
        headline=form.kept(layout.headline) if layout.headline else None,
        paragraphs=tuple(map(form.kept, layout.paragraphs)),
        title=layout.title,
        publisher=layout.publisher,
        authors=layout.authors,
        published=layout.published,
        url=layout.url,
        voices=map_spans(layout.voices, form.kept),
        entries=map_spans(layout.entries, form.kept),
    )


def _from_document(document: Document, name: str, digest: str, *, force: bool) -> Article:
    """Return the article in *document*; what its text says of itself goes before."""
    text = decode(document.text.encode("utf-8", "replace"), name)
    if not force:
        check_length(text, name)
    found = (_page if document.is_page else _plain)(text, name, digest)
    author = (document.author,) if document.author else ()
    if document.is_mail and found.voices:  # what a forwarded story says is not said of the mail
        found = replace(found, authors=author, published=document.published, publisher="")
    return replace(
        found,
        title=document.title or found.title,
        authors=found.authors or author,
        published=found.published or document.published,
    )


def _dated(article: Article) -> Article:
    """Return *article* with the day in its file's name, if nothing within gives one."""
    day = "" if article.published else day_of_name(article.name)
    return _timed(replace(article, published=day, dated_by="file name") if day else article)


def _timed(article: Article) -> Article:
    """Return *article* with its day before the clocks of entries that tell no day."""
    entries = tuple(on_day(entry, article.published) for entry in article.entries)
    return replace(article, entries=entries)


def given_day(article: Article, text: str) -> Article:
    """Return *article* as published on the day *text*, whatever it says of itself.

    Raises:
        ArticleError: It is no day.
    """
    day = checked_day(text)
    if not day:
        why = "no such day, written as 2023-04-06"
        raise ArticleError(f"cannot use {text!r} as the day of {article.name}: {why}")
    return _timed(replace(article, published=day, dated_by="option"))


def _with_language(article: Article) -> Article:
    language = guess_language(analysed(article)[0])
    return replace(
        article,
        title=plain_text(article.title),
        publisher=plain_text(article.publisher),
        authors=tuple(map(plain_text, article.authors)),
        text_digest=_digest(article.text),
        language=language,
        url=without_user(article.url),
        links=tuple(replace(link, url=without_user(link.url)) for link in article.links),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
