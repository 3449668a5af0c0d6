"""Bytes become text, or one clear line says why not."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from provenance import articles
from provenance.articles import (
    article_from_text,
    check_language,
    find_articles,
    parse_article,
    read_article,
)
from provenance.errors import ArticleError
from provenance.model import Article

STORY = (
    "Ferry inspector warned of rust\n\n“The hull was rusted – through,” the inspector told the "
    "café’s owner, who paid £20.\n\nThe ministry said it had no record of the report.\n"
)
RUSSIAN = (
    "Министр заявил в понедельник, что мост безопасен. Оппозиция сомневается в этом.\n"
    "Газета сообщила со ссылкой на документ о трещинах в бетоне старого моста через реку.\n"
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_encodings_of_english(encoding: str) -> None:
    article = parse_article(STORY.encode(encoding), "a.txt")
    assert article.text == STORY
    assert article.digest == hashlib.sha256(STORY.encode(encoding)).hexdigest()
    assert article.text_digest == hashlib.sha256(STORY.encode()).hexdigest()


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_with_its_mark(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert parse_article(mark + STORY.encode(encoding), "a.txt").text == STORY


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_encodings_that_statistics_tell(encoding: str) -> None:
    text = RUSSIAN * 10
    assert parse_article(text.encode(encoding), "a.txt").text == text


def test_one_byte_above_ascii_is_western() -> None:
    assert "café" in parse_article(b"At the caf\xe9 he said no.\n", "a.txt").text
    assert "“no”" in parse_article(b"He said \x93no\x94 to all of us.\n", "a.txt").text


def test_utf_8_text_is_kept_code_point_for_code_point() -> None:
    text = (
        "\n \xa0A title\u200b \n\n\u2028He said\xa0so. \t \n\u0301\U0001f6a2 she said.\v\f\x1b\n\n "
    )
    assert parse_article(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("raw", "kept"),
    [(b"a b\r\nc d\r\n", "a b\nc d\n"), (b"a b\rc d\r", "a b\nc d\n"), (b"a\r\n\rb\n", "a\n\nb\n")],
)
def test_line_ends(raw: bytes, kept: str) -> None:
    assert parse_article(raw, "a.txt").text == kept


BAD = {
    "empty": (b"", "it is empty"),
    "blank": (b" \t\r\n \xc2\xa0", "it is empty"),
    "mark alone": (b"\xef\xbb\xbf\n", "it is empty"),
    "pdf": (b"%PDF-1.7\n", "a broken PDF (Failed to load document (PDFium: Data format error).)"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", "it is a PNG picture, not text"),
    "jpeg": (b"\xff\xd8\xff\xe0", "it is a JPEG picture, not text"),
    "zip": (
        b"PK\x03\x04",
        "it is a zip archive, or an office document other than Word's, not text",
    ),
    "rtf": (b"{\\rtf1 said}", "it is RTF, save it as text or HTML"),
    "gzip": (b"\x1f\x8b\x08\x00", "it is gzip data, not text"),
    "nul": (b"He said\0 so.", "NUL at character 7, this is not text"),
    "nul in latin": (b"Caf\xe9 said\0 so.", "NUL at byte 9, this is not text"),
    "surrogate": (b"He said \xed\xa0\x80.", "lone surrogate at byte 8"),
    "surrogate in utf-16": (b"\xff\xfea\x00\x00\xd8b\x00", "lone surrogate at byte 4"),
    "cut utf-16": (b"\xff\xfea\x00b", "not UTF-16-LE at byte 4"),
    "bad after mark": (b"\xef\xbb\xbfa\xff", "not UTF-8 at byte 4"),
    "controls": (b"He said \x01\x02\x03\x04 so.", "not text, it has 4 control characters"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_text(case: str) -> None:
    data, why = BAD[case]
    with pytest.raises(ArticleError) as caught:
        parse_article(data, "a.txt")
    assert str(caught.value) == f"cannot read a.txt: {why}"


def test_lone_surrogates_in_a_string() -> None:
    with pytest.raises(ArticleError, match=r"^cannot read text: lone surrogate at character 2$"):
        article_from_text("He\ud800 said so.")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "missing.txt", "no such file or directory"),
        (tmp_path, "is a directory"),
        (tmp_path / ("x" * 300), "file name too long"),
        (tmp_path / "a\0b", "embedded null byte"),
    ):
        with pytest.raises(ArticleError) as caught:
            read_article(path)
        assert str(caught.value) == f"cannot read {path}: {why}"


def test_a_file_that_never_ends_is_not_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "LARGEST", 1_000_000)
    with pytest.raises(ArticleError, match="larger than 1 MB"):
        read_article(Path("/dev/zero"))
    (tmp_path / "a.txt").write_bytes(b"x" * 1_000_001)
    with pytest.raises(ArticleError, match="larger than 1 MB"):
        read_article(tmp_path / "a.txt")


def test_a_pipe_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, STORY.encode())
    os.close(writing)
    assert read_article(Path(f"/dev/fd/{reading}")).text == STORY
    os.close(reading)


def test_folders(tmp_path: Path) -> None:
    wanted = ["a.HTML", "b.txt", "deep/c.md", "deep/d.text", "page.htm", "z.xhtml"]
    left = [".hidden.txt", ".git/e.txt", "f.xlsx", "g", "page_files/frame.html", "deep/.h/i.txt"]
    for name in wanted + left:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    (tmp_path / "folder.txt").mkdir()
    assert find_articles(tmp_path) == [tmp_path / name for name in wanted]


def test_folders_without_articles(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"^no articles in .*: no file ends in \.txt, "):
        find_articles(tmp_path)
    with pytest.raises(ArticleError, match=r"^cannot read .*missing: no such file or directory$"):
        find_articles(tmp_path / "missing")
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ArticleError, match="not a directory"):
        find_articles(tmp_path / "a.txt")


def test_folders_that_link_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert find_articles(tmp_path) == [tmp_path / "a.txt"]


def check_whole(article: Article) -> None:
    """Check what holds of every article."""
    assert article.text_digest == hashlib.sha256(article.text.encode()).hexdigest()
    reached = 0
    for span in article.paragraphs:
        assert reached <= span.start < span.end <= len(article.text)
        reached = span.end
        assert article.quote(span).strip()
    if article.headline:
        assert article.headline.end <= len(article.text)
        assert not any(span.overlaps(article.headline) for span in article.paragraphs)
    for link in article.links:
        assert any(link.span in span for span in article.paragraphs)


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            (
                "By Jane Doe",
                "12 April 2023",
                "Read also:",
                "Comments (3)",
                "• The hull was thin.",
                "• Second ferry sinks",
                "HOST: Good evening.",
                "The minister said on Monday that the ferry was sound.",
                "“It was not,” he said.",
                "Title: A story",
                "# A story",
                "> a quotation",
                "20:05",
                "Ferry inspector warned of rust",
                "that sank last week was rusted through, according to three people who",
                "",
                "<p>",
                "---",
                "\u200b",
                "\u3000",
            )
        ),
    ),
    max_size=30,
).map("\n".join)
TEXTS = LINES.filter(lambda t: bool(t.strip()) and "\0" not in t and "\r" not in t)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
@example("a\n\u200b\u3000\u200b" + "b" * 50 + "\n" + "c" * 50 + "\nd")
@example("•")
@example("Title: \nx")
@example("A | B\nA | B")
def test_any_text_round_trips(text: str) -> None:
    try:
        article = parse_article(text.encode(), "a.txt")
    except ArticleError:
        return  # a page without an article, or control characters
    if article.text.startswith(text[:1]) and not text.lstrip().startswith("<"):
        assert article.text == text.removeprefix("\ufeff")
    assert article.digest == hashlib.sha256(text.encode()).hexdigest()
    check_whole(article)
    assert parse_article(text.encode(), "a.txt") == article


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(("a.txt", "a.html")))
@example(b"\xff\xfe", "a.txt")
@example(b"<html>", "a.html")
@example(b"<?xml version='1.0' encoding='x'?><html><p>a", "a.html")
@example(b"<meta charset=utf-7>caf\xe9", "a.html")
@example(b"<meta charset=nonsense>caf\xe9", "a.html")
@example(b"<html lang><body><p>x</p><!--", "a.html")
def test_any_bytes_are_an_article_or_told_in_one_line(data: bytes, name: str) -> None:
    try:
        article = parse_article(data, name)
        check_language(article)
    except ArticleError as error:
        line = str(error)
    else:
        line = article.name
        check_whole(article)
    assert name in line
    assert "\n" not in line


HTML = st.lists(
    st.one_of(
        st.sampled_from(
            (
                "<html>",
                "<body>",
                "<article>",
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<h1>",
                "</h1>",
                "<ul>",
                "<li>",
                "</ul>",
                "<a href='http://a.example/'>",
                "<a href='//['>",
                "</a>",
                "<br>",
                "<br><br>",
                "<table>",
                "<td>",
                "<blockquote>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<meta property='og:title' content='A title'>",
                "<script type='application/ld+json'>",
                '[{"@type": "Article", "author": [1, []]}]',
                "<time datetime='2023-14-14'>",
                "&#0;",
                "&amp;",
                "&b;",
                "The minister said on Monday that the ferry was sound when it left the port. ",
                "“It was not,” he said. ",
            )
        ),
        st.text(max_size=20),
    ),
    max_size=40,
).map("".join)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(HTML)
def test_any_page_is_an_article_or_told_in_one_line(source: str) -> None:
    try:
        article = parse_article(source.encode(), "a.html")
    except ArticleError as error:
        line = str(error)
    else:
        line = article.name
        check_whole(article)
        assert parse_article(source.encode(), "a.html") == article
    assert "\n" not in line
