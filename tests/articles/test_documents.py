"""Articles in PDF, Word and e-mail files."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from provenance.articles import find_articles, parse_article
from provenance.errors import ArticleError

LINES = [
    "Ferry line closes for the winter",
    "The ferry line will close in November, Mara Quint, the port director, said on",
    "Monday. Two of the boats are to be sold.",
]
BODY = (
    "The ferry line will close in November, Mara Quint, the port director, said on Monday. "
    "Two of the boats are to be sold."
)


def pdf(lines: list[str], password: str = "") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    stream = DecodedStreamObject()
    shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    stream.set_data(f"BT /F1 12 Tf 60 700 Td {shown}ET".encode())
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "Ferries", "/Author": "Ada Quill"})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.author = "Ada Quill"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail(html: bool = False) -> bytes:
    message = EmailMessage()
    message["From"] = "Ada Quill <ada@example.org>"
    message["Subject"] = "Ferry line closes"
    message["Date"] = "Mon, 06 May 2024 10:00:00 +0200"
    if html:
        message.set_content(f"<html><body><p>{BODY}</p><p>{BODY}</p></body></html>", "html")
    else:
        message.set_content(BODY + "\n")
    return message.as_bytes()


def test_a_pdf() -> None:
    article = parse_article(pdf(LINES), "ferries.pdf")
    assert BODY in article.text.replace("\n", " ")
    assert (article.title, article.authors) == ("Ferries", ("Ada Quill",))


def test_a_word_file() -> None:
    article = parse_article(word(["Ferries", BODY, BODY + " Again."]), "ferries.docx")
    assert BODY in article.text
    assert article.authors == ("Ada Quill",)


@pytest.mark.parametrize("html", [False, True])
def test_an_email(html: bool) -> None:
    article = parse_article(mail(html), "ferries.eml")
    assert BODY in article.text
    assert "example.org" not in article.text
    assert (article.title, article.published) == ("Ferry line closes", "2024-05-06T10:00:00+02:00")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 60_000_000)
    return out.getvalue()


BROKEN = {
    "cut pdf": (pdf(LINES)[:300], "PDF"),
    "encrypted pdf": (pdf(LINES, "secret"), "encrypted"),
    "empty pdf": (pdf([]), "without text"),
    "zip bomb": (bomb(), "unpacks to"),
    "cut word": (word([BODY])[:900], "Word"),
    "empty word": (word([]), "without text"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_gets_one_line(name: str) -> None:
    data, why = BROKEN[name]
    with pytest.raises(ArticleError, match=why) as caught:
        parse_article(data, "file")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_suffix_that_lies_is_told(name: str) -> None:
    with pytest.raises(ArticleError, match="suffix"):
        parse_article(BODY.encode(), name)


def test_folders_have_them_too(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.docx", "c.eml"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in find_articles(tmp_path)] == ["a.pdf", "b.docx", "c.eml"]
