"""The text of PDF, Word and e-mail files, with what they say of themselves."""

import io
import logging
import re
import zipfile
from dataclasses import dataclass

from provenance.articles.mail import (
    body_of,
    date_of,
    is_mail,
    parse_mail,
    sender_of,
    subject_of,
)
from provenance.errors import ArticleError

LARGEST = 50_000_000
"""Bytes that a compressed document may unpack to, so that a bomb does not fill the memory."""
_PAGES = 500
_BREAK = re.compile(r"(?<=[\w,;–—-])\n(?=[\w“\"(])")
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Document:
    """What a document holds: its text, and what it says of itself, "" where it does not."""

    text: str
    title: str = ""
    author: str = ""
    published: str = ""
    is_page: bool = False
    is_mail: bool = False


def read_document(data: bytes, name: str) -> Document | None:
    """Return the document in *data*, None if it is no PDF, Word file or e-mail.

    Raises:
        ArticleError: It is one, but broken, encrypted, without text, or a bomb.
    """
    if data.startswith(b"%PDF"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return _docx(data, name)
    if is_mail(data, name):
        return _mail(data, name)
    if data and name.lower().endswith((".pdf", ".docx")):
        raise ArticleError(f"cannot read {name}: its bytes are not what its suffix says")
    return None


def _pdf(data: bytes, name: str) -> Document:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told in our own line
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(f"cannot read {name}: it is encrypted")
        if len(reader.pages) > _PAGES:
            raise ArticleError(f"cannot read {name}: more than {_PAGES} pages")
        pages, left = [], LARGEST
        for page in reader.pages:
            pages.append(page.extract_text())
            left -= len(pages[-1])
            if left < 0:
                size = f"more than {LARGEST // 1_000_000} MB of text"
                raise ArticleError(f"cannot read {name}: {size}")
        about = reader.metadata
        title, author = (about.title, about.author) if about else ("", "")
        made = about.creation_date if about else None
    except ArticleError:
        raise
    except (RecursionError, MemoryError, OverflowError) as error:
        raise ArticleError(f"cannot read {name}: a PDF nested too deep or too large") from error
    except Exception as error:  # pypdf fails in whatever way the bytes lead it into
        raise ArticleError(f"cannot read {name}: a broken PDF ({_line(error)})") from error
    text = "\n\n".join(_flowing(page) for page in pages)
    if not text.strip():
        raise ArticleError(f"cannot read {name}: a PDF without text, perhaps pictures of pages")
    return Document(text, str(title or ""), str(author or ""), f"{made:%Y-%m-%d}" if made else "")


def _flowing(page: str) -> str:
    """Return the text of a page with the lines of each paragraph joined."""
    return _BREAK.sub(" ", _HYPHEN.sub("", page.replace("\r", "")))


def _docx(data: bytes, name: str) -> Document:
    from docx import Document as read

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > LARGEST:
            raise ArticleError(f"cannot read {name}: it unpacks to {size // 1_000_000} MB")
        file = read(io.BytesIO(data))
        paragraphs = [p.text for p in file.paragraphs]
        about = file.core_properties
        title, author, made = about.title, about.author, about.created
    except ArticleError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx have no common one
        raise ArticleError(f"cannot read {name}: a broken Word file ({_line(error)})") from error
    text = "\n\n".join(p for p in paragraphs if p.strip())
    if not text:
        raise ArticleError(f"cannot read {name}: a Word file without text")
    return Document(text, title or "", author or "", f"{made:%Y-%m-%d}" if made else "")


def _mail(data: bytes, name: str) -> Document:
    message = parse_mail(data, name)
    try:
        text, is_page = body_of(message)
        subject, sender, date = subject_of(message), sender_of(message), date_of(message)
        holds = any(message.iter_attachments())
    except Exception as error:  # the headers of the standard library fail in ways of their own
        raise ArticleError(f"cannot read {name}: a broken e-mail ({_line(error)})") from error
    if not text.strip():
        why = ", only what is attached to it" if holds else ""
        raise ArticleError(f"cannot read {name}: an e-mail without text{why}")
    return Document(text, subject, sender, date, is_page, is_mail=True)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
