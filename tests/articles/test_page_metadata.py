# ruff: noqa: E501 - pages of one line are read more easily
"""Who wrote a page, and when it was published, as pages say it."""

import json

import pytest

from provenance.articles import parse_article
from provenance.articles.bylines import find_authors
from provenance.model import Article

BODY = (
    "<p>The harbour board raised its fees by a fifth on Tuesday, its director, Ruth Abel, said. "
    "The union called it a mistake.</p><p>“Half of our boats will leave for other ports,” the "
    "chair of the union, Oscar Dunne, said. He said that nobody had asked the crews.</p>"
)


def read(head: str = "", above: str = "", **data: object) -> Article:
    if data:
        known = {"@context": "https://schema.org", "@type": "NewsArticle", **data}
        head += f'<script type="application/ld+json">{json.dumps(known)}</script>'
    page = (
        f'<html lang="en"><head><title>Harbour raises fees</title>{head}</head><body><article>'
        f"<h1>Harbour raises fees</h1>{above}{BODY}</article></body></html>"
    )
    return parse_article(page.encode(), "a.html")


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("20240304T233000Z", "2024-03-04T23:30:00+00:00"),
        ("20240304T233000+0100", "2024-03-04T23:30:00+01:00"),
        ("20240304", "2024-03-04"),
        ("1709596200", "2024-03-04T23:50:00+00:00"),
        (1709596200, "2024-03-04T23:50:00+00:00"),
        ("1709596200000", "2024-03-04T23:50:00+00:00"),
        ("20241332", ""),
        ("2024-02-30", ""),
    ],
)
def test_dates_as_programs_write_them(said: object, date: str) -> None:
    assert read(datePublished=said).published == date
    assert read(f'<meta property="article:published_time" content="{said}">').published == date


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2021/apr/25/harbour", "2021-04-25"),
        ("/news/2021/04/25/harbour", "2021-04-25"),
        ("/2021/4/5/harbour", "2021-04-05"),
        ("/2021-04-25/harbour", "2021-04-25"),
        ("/journal/2021/04/92713", "2021-04"),
        ("/news/20210425/harbour.html", "2021-04-25"),
        ("/news/20211325/harbour.html", ""),
        ("/2021/11/harbour-fees", "2021-11"),
        ("/news/1999-08/harbour", "1999-08"),
        ("/2021/13/harbour", ""),
        ("/2021/4711/harbour", ""),
        ("/2021/foo/25/harbour", ""),
    ],
)
def test_a_day_in_the_address(path: str, date: str) -> None:
    assert read(f'<link rel="canonical" href="https://quay.example{path}">').published == date


def test_the_time_of_the_day_counts_where_both_are_said() -> None:
    head = '<meta property="article:published_time" content="2024-03-04T23:30:00-05:00">'
    assert read(head, datePublished="2024-03-04").published == "2024-03-04T23:30:00-05:00"
    assert read(head, datePublished="2024-03-05").published == "2024-03-05"


BOTH = ("Ines Calloway", "Joe Schmidt")


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By Ines Calloway, Maritime Editor, and Joe Schmidt in Port Alder</p>',
        '<p class="byline">By Ines Calloway in Oslo and Joe Schmidt in Bergen</p>',
        '<div class="article-authors">Ines Calloway and Joe Schmidt</div>',
        '<a rel="author" href="/i">Ines Calloway</a>, <a rel="author" href="/j">Joe Schmidt</a>',
        '<span itemprop="author">Ines Calloway</span> <span itemprop="author">Joe Schmidt</span>',
        '<p class="byline">Words by Ines Calloway / Joe Schmidt</p>',
    ],
)
def test_a_byline_counts_before_the_name_of_the_site(byline: str) -> None:
    head = (
        '<meta name="author" content="The Quay"><meta property="og:site_name" content="The Quay">'
    )
    assert read(head, byline).authors == BOTH
    assert read("", byline).authors == BOTH


@pytest.mark.parametrize(
    "said",
    [
        "By Ines Calloway / Joe Schmidt",
        "Ines Calloway and Joe Schmidt",
        ["Ines Calloway", "Joe Schmidt"],
        [{"@type": "Person", "name": "Ines Calloway"}, {"name": "By Joe Schmidt"}],
        "Ines Calloway & Joe Schmidt",
    ],
)
def test_two_authors_in_data(said: object) -> None:
    assert read(author=said).authors == BOTH


def test_capitals_are_two_people() -> None:
    assert find_authors("BY INES CALLOWAY AND JOE SCHMIDT") == ("INES CALLOWAY", "JOE SCHMIDT")


def test_authors_that_are_only_referred_to() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#site", "name": "Quay News"},
            {"@type": "NewsArticle", "headline": "Fees", "author": [{"@id": "#a"}, {"@id": "#b"}]},
            {"@type": "Person", "@id": "#b", "name": "Dan Okoro"},
            {"@type": "Person", "@id": "#a", "name": "Freya Solberg"},
        ],
    }
    head = '<meta name="author" content="Quay News Staff"><script type="application/ld+json">'
    article = read(f"{head}{json.dumps(graph)}</script>")
    assert article.authors == ("Freya Solberg", "Dan Okoro")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Words: Freya Solberg | Pictures: Nils Aune", ("Freya Solberg",)),
        ("Text: Freya Solberg and Dan Okoro", ("Freya Solberg", "Dan Okoro")),
        ("Words: the board's own", ()),
    ],
)
def test_who_wrote_the_words(line: str, authors: tuple[str, ...]) -> None:
    assert find_authors(line) == authors


def test_whom_a_byline_names_counts_before_whom_data_refer_to() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "Fees", "author": {"@id": "#a"}},
        {"@type": "Person", "@id": "#a", "name": "Web Poster"},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    byline = '<a rel="author" href="/freya">Freya Solberg</a>'
    assert read(head, byline).authors == ("Freya Solberg",)
    assert read(head).authors == ("Web Poster",)


@pytest.mark.parametrize(
    ("elsewhere", "moment"),
    [
        ("2024-03-04T21:25:54-05:00", "2024-03-04T21:25:54-05:00"),
        ("2024-03-04 21:25:54", "2024-03-04T21:25:54-05:00"),
        ("2024-03-05T11:25:54+0900", "2024-03-05T11:25:54+09:00"),
        ("2024-03-05T02:25:54Z", "2024-03-05T02:25:54+00:00"),
        ("2024-03-05 01:25:54 UTC", "2024-03-05T02:25:54+00:00"),
        ("2024-03-04T21:25:54-06:00", "2024-03-05T02:25:54+00:00"),
        ("2024-03-02T21:25:54", "2024-03-05T02:25:54+00:00"),
        ("2024-02-30 21:25:54", "2024-03-05T02:25:54+00:00"),
        ("2024-03-04 21:25:55", "2024-03-05T02:25:54+00:00"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_its_outlet(elsewhere: str, moment: str) -> None:
    head = f"<script>var shown = '{elsewhere}';</script>"
    assert read(head, datePublished="2024-03-05T02:25:54Z").published == moment


def test_a_whole_hour_may_be_another_moment() -> None:
    head = "<script>var shown = '2024-03-04 21:00:00';</script>"
    assert read(head, datePublished="2024-03-05T02:00:00Z").published == "2024-03-05T02:00:00+00:00"


BELOW = "<ul><li><a href=/x>Old story</a> <span class=date>2023-01-09</span></li></ul>"


@pytest.mark.parametrize(
    ("above", "date"),
    [
        ("<p class=meta>Wed., Nov. 30th, 2022</p>", "2022-11-30"),
        ("<div><span>Quay desk</span> <span>30 November 2022</span></div>", "2022-11-30"),
        (
            "<p class=date>Written: 2022-11-30 15:03:30 / Updated: 2022-12-01 15:30</p>",
            "2022-11-30",
        ),
        ("<p>Updated 2 December 2022 | Published 30 November 2022</p>", "2022-11-30"),
        ("<p>Updated 2 December 2022</p><p>30 November 2022</p>", "2022-11-30"),
    ],
)
def test_the_date_that_a_page_shows_counts_before_those_of_other_stories(
    above: str, date: str
) -> None:
    page = (
        f"<html lang=en><head><title>Fees</title></head><body><main><h1>Harbour raises fees</h1>{above}"
        f"{BODY}</main>{BELOW}</body></html>"
    )
    assert parse_article(page.encode(), "a.html").published == date


def test_a_labelled_date_counts_where_there_is_no_headline() -> None:
    page = (
        "<html lang=en><head><title>Harbour raises fees</title></head><body><p class=date>2023-01-09</p>"
        f"<h2>Harbour raises fees</h2><p class=date>Posted on: 2022-11-30</p>{BODY}</body></html>"
    )
    assert parse_article(page.encode(), "a.html").published == "2022-11-30"


@pytest.mark.parametrize(
    "between",
    [
        "<p>The board met on Monday evening.</p><blockquote><p>No.</p>— Una (@una) March 4, 2024</blockquote>",
        "<blockquote><p>No.</p>— Una (@una) <a href=/x>March 4, 2024</a></blockquote>",
    ],
)
def test_the_date_of_a_post_or_comment_is_not_that_of_the_story(between: str) -> None:
    page = f"<html lang=en><head><title>Fees</title></head><body><h1>Fees rise</h1>{between}{BODY}</body></html>"
    assert parse_article(page.encode(), "a.html").published == ""
