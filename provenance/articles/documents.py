"""The text of PDF, Word and e-mail files, with what they say of themselves."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
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
_NODES = 250_000
"""Elements, attributes and comments of a Word file: each costs time and memory, and no letter."""
_MEMBERS = 5_000


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
    from provenance.articles.pdf import read_pdf

    # The day of its making is not that of publication: it may have been printed years later.
    found = read_pdf(data, name)
    return Document(found.text, found.title, found.author)


def _docx(data: bytes, name: str) -> Document:
    from docx import Document as read

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive, name)
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


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a Word file that would take long, or much memory, whatever it is a bomb of."""
    from lxml import etree

    members = archive.infolist()
    size = sum(info.file_size for info in members)
    if size > LARGEST:
        raise ArticleError(f"cannot read {name}: it unpacks to {size // 1_000_000} MB")
    if len(members) > _MEMBERS:
        raise ArticleError(f"cannot read {name}: it holds more than {_MEMBERS:,} files")
    nodes = _Nodes(name)
    for info in members:
        parser = etree.XMLParser(target=nodes, resolve_entities=False)
        with suppress(etree.XMLSyntaxError), archive.open(info) as file:  # pictures are no XML
            while piece := file.read(65_536):
                parser.feed(piece)


class _Nodes:
    """What counts the nodes of a Word file, and keeps none."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = _NODES

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count(1 + len(attributes))

    def comment(self, text: str) -> None:
        self._count(1)

    def pi(self, target: str, data: str | None) -> None:
        self._count(1)

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise ArticleError(f"cannot read {self._name}: a broken Word file (it declares a DOCTYPE)")

    def close(self) -> None:
        """Do nothing at the end."""

    def _count(self, more: int) -> None:
        self._left -= more
        if self._left < 0:
            raise ArticleError(f"cannot read {self._name}: more than {_NODES:,} elements")


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
