"""The text of PDF, Word and e-mail files, with what they say of themselves."""

import io
import logging
import re
import zipfile
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from provenance.errors import ArticleError

LARGEST = 50_000_000
"""Bytes that a compressed document may unpack to, so that a bomb does not fill the memory."""
_PAGES = 500
_BREAK = re.compile(r"(?<=[\w,;–—-])\n(?=[\w“\"(])")
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n")
_READ = re.compile(
    rb"^(?:from|subject|date|content-[a-z-]+):[^\r\n]*(?:\r?\n?[ \t][^\r\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_HEADER = 10_000
_MAIL = re.compile(rb"^(?:mime-version|received):", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """What a document holds: its text, and what it says of itself, "" where it does not."""

    text: str
    title: str = ""
    author: str = ""
    published: str = ""
    is_page: bool = False


def read_document(data: bytes, name: str) -> Document | None:
    """Return the document in *data*, None if it is no PDF, Word file or e-mail.

    Raises:
        ArticleError: It is one, but broken, encrypted, without text, or a bomb.
    """
    if data.startswith(b"%PDF"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return _docx(data, name)
    if name.lower().endswith(".eml") or _is_mail(data):
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


def _is_mail(data: bytes) -> bool:
    head = _HEADER.match(data[:20_000])
    return head is not None and _MAIL.search(head[0]) is not None


def _mail(data: bytes, name: str) -> Document:
    # The standard library takes time by the square of a header's length.
    if any(len(header[0]) > _LONGEST_HEADER for header in _READ.finditer(data)):
        raise ArticleError(f"cannot read {name}: a header longer than {_LONGEST_HEADER:,} bytes")
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(preferencelist=("plain", "html"))
        text = body.get_content() if body is not None else ""
        is_page = body is not None and body.get_content_subtype() == "html"
        subject, sender = str(message["subject"] or ""), str(message["from"] or "")
        date = str(message["date"] or "")
    except Exception as error:  # the headers of the standard library fail in ways of their own
        raise ArticleError(f"cannot read {name}: a broken e-mail ({_line(error)})") from error
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(f"cannot read {name}: an e-mail without text")
    author = sender.partition("<")[0].strip(' "')
    return Document(text, subject, author, _day(date), is_page)


def _day(date: str) -> str:
    try:
        return parsedate_to_datetime(date).isoformat()
    except (ValueError, OverflowError, IndexError):
        return ""


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
