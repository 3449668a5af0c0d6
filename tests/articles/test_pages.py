"""Saved web pages: body, metadata and links; nothing is fetched, run or expanded."""

import json
import time
from pathlib import Path

import pytest

from provenance.articles import parse_article, read_article
from provenance.errors import ArticleError
from provenance.model import Article
from tests.helpers.places import DATA

FIXTURES = DATA / "articles"
STORY = (
    "<p>The inspector told the ministry in a report that the hull was rusted through, according "
    "to three people who read it.</p><p>The ministry said it had no record of the report and that "
    "it would look again on Tuesday or on Wednesday.</p><p>The owner said that it had followed "
    "every rule there was and would publish its own records.</p>"
)


def page(head: str = "", body: str = STORY) -> Article:
    source = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    return parse_article(source.encode(), "a.html")


def body(article: Article) -> list[str]:
    return [article.quote(span) for span in article.paragraphs]


def test_a_modern_page() -> None:
    article = read_article(FIXTURES / "modern.html")
    assert article.title == "Ferry inspector warned of rust"
    assert article.publisher == "The Harbour Gazette"
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.published == "2023-03-14T00:23:00+02:00"
    assert article.url == "https://gazette.example/news/ferry"
    assert article.language == "en"
    assert body(article) == [
        "The inspector told the ministry in a report that the hull was rusted through, according "
        "to three people who read it.",
        "What the report says",
        "“The vessel should not have sailed.”",
        "“It did,” the report goes on.",
        "The ministry said on Monday that it was looking into it, and that nobody would resign "
        "over papers that it has never had.",
        "The first ferry was built in 1970, officials said.",
        "The second one was sold in May, the owner said.",
        "Another paragraph ends the story, as the owner told the Gazette: “I slept well & long.”",
    ]
    assert article.text == "\n\n".join([article.title, *body(article)])
    assert article.headline is not None
    assert article.quote(article.headline) == article.title


def test_links_in_the_body() -> None:
    article = read_article(FIXTURES / "modern.html")
    assert [(article.quote(link.span), link.url) for link in article.links] == [
        ("told the ministry in a report", "https://reports.example/r1"),
        ("looking into it", "https://gazette.example/news/answer"),
    ]


def test_an_old_page_of_tables_and_breaks() -> None:
    article = read_article(FIXTURES / "old.html")
    assert article.title == "Inspector warned of rust"
    assert (article.authors, article.published) == (("Jane Doe",), "2003-03-14")
    assert [paragraph[:20] for paragraph in body(article)] == [
        "The inspector told t",
        "“We looked everywher",
        "The owner of the fer",
    ]
    assert "at the café who" in article.text


def test_broken_markup() -> None:
    article = read_article(FIXTURES / "broken.html")
    assert len(article.paragraphs) == 3
    assert "three people who read it." in article.text
    assert "Hidden" not in article.text


def test_a_page_that_a_browser_saved() -> None:
    article = read_article(FIXTURES / "saved.html")
    assert article.url == "https://gazette.example/news/ferry?ref=home"
    assert article.authors == ("Jane Doe",)
    assert article.publisher == "The Harbour Gazette"
    assert article.title == "Inspector warned of rust"
    assert len(article.paragraphs) == 4
    assert not any("Second ferry" in paragraph for paragraph in body(article))


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            '<meta property="article:published_time" content="2023-03-14T10:00:00Z">',
            "10:00:00+00:00",
        ),
        ('<meta itemprop="datePublished" content="2023-03-14">', "2023-03-14"),
        ('<meta name="date" content="March 14, 2023">', "2023-03-14"),
        ('<meta name="date" content="11.03.2023">', ""),
        ('<link rel="canonical" href="https://gazette.example/2023/03/14/rust">', "2023-03-14"),
        ('<link rel="canonical" href="https://gazette.example/2023/14/03/rust">', ""),
        ("", ""),
    ],
)
def test_dates_of_pages(head: str, published: str) -> None:
    found = page(head).published
    assert found.endswith(published)
    assert bool(found) == bool(published)


def test_json_ld_in_odd_forms() -> None:
    for data in (
        [{"@type": "Article", "author": "Jane Doe", "headline": "Rust &amp; water"}],
        {
            "@type": "WebPage",
            "mainEntity": {"@type": "BlogPosting", "author": {"name": "Jane Doe"}},
        },
        {"@type": ["Thing", "ReportageNewsArticle"], "author": [["x"], {"name": "By Jane Doe"}]},
    ):
        article = page(f'<script type="application/ld+json">{json.dumps(data)}</script>')
        assert article.authors == ("Jane Doe",)
    for broken in ("{", '"a"', "[" * 50_000, '{"@type": "Article", "author": {"name": {"a": 1}}}'):
        article = page(f'<script type="application/ld+json">{broken}</script>')
        assert article.authors == ()
        assert len(article.paragraphs) == 3


def test_a_page_is_told_from_its_content_too() -> None:
    source = f"<!-- saved -->\n<!DOCTYPE html><html><body><article>{STORY}</article></body></html>"
    assert len(parse_article(source.encode(), "stdin").paragraphs) == 3
    declared = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="x"><body>{STORY}</body></html>'
    )
    assert len(parse_article(declared.encode(), "a.txt").paragraphs) == 3
    text = "A page without markup\n\nThe minister said so.\n"
    assert parse_article(text.encode(), "a.html").text == text


@pytest.mark.parametrize(
    "source",
    [
        "<html><head><title>x</title></head><body></body></html>",
        "<html>",
        "<html><body><script>var said = 'so';</script></body></html>",
        "<html><frameset><frame src='http://gazette.example/'></frameset></html>",
    ],
)
def test_a_page_without_an_article(source: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ArticleError, match=r"^cannot read a\.html: no article found on the page$"):
        parse_article(source.encode(), "a.html")
    assert capfd.readouterr() == ("", "")


def test_entities_and_outer_files_stay_where_they_are(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    source = (
        f'<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "{"&a;" * 100}"><!ENTITY c "{"&b;" * 100}">'
        f'<!ENTITY s SYSTEM "file://{secret}">]><html><body><article>{STORY}'
        "<p>Then said the mayor &c; and &s; to all who had come to the harbour.</p>"
        "<iframe src='http://gazette.example/frame'></iframe></article></body></html>"
    )
    article = parse_article(source.encode(), "a.html")
    assert "lollol" not in article.text
    assert "secret words" not in article.text


def seconds(source: str) -> float:
    began = time.process_time()
    parse_article(source.encode(), "a.html")
    return time.process_time() - began


def test_large_pages_are_read_in_seconds() -> None:
    page(body=STORY)  # what is imported once is not counted
    scripts = "<script>" + "var said = 'so';\n" * 200_000 + "</script>"
    picture = f"<img src='data:image/png;base64,{'A' * 2_000_000}'>"
    assert seconds(f"<html><body>{scripts}<article>{STORY}{picture}</article></body></html>") < 5
    line = "The minister said so. " * 45_000
    assert seconds(f"<html><body><article><p>{line}</p></article></body></html>") < 5
    cells = "<tr><td>The minister said so on Monday, they said.</td></tr>" * 10_000
    assert (
        seconds(f"<html><body><article>{STORY}<table>{cells}</table></article></body></html>") < 9
    )


def test_a_page_of_endless_paragraphs_is_refused() -> None:
    source = f"<html><body>{'<p>He said so.' * 20_001}</body></html>"
    with pytest.raises(ArticleError, match="more than 20,000 paragraphs"):
        parse_article(source.encode(), "a.html")


def test_deep_nesting() -> None:
    deep = "<div>" * 100_000 + STORY + "</div>" * 100_000
    try:
        article = parse_article(f"<html><body>{deep}</body></html>".encode(), "a.html")
    except ArticleError:
        return  # libxml2 goes no deeper
    assert article.paragraphs
