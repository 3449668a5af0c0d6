"""Dates, bylines and addresses are taken where they are plain, and nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.articles import article_from_text
from provenance.articles.bylines import find_authors, find_url
from provenance.articles.dates import find_date, is_date_line

DATES = {
    "14 April, 2023 Friday": "2023-04-14",
    "Aug. 11, 2016": "2016-08-11",
    "Thursday, Aug 11, 2016": "2016-08-11",
    "April 14th 2023": "2023-04-14",
    "1st of May 2020": "2020-05-01",
    "Updated: Sept. 3rd, 2019": "2019-09-03",
    "14-Apr-2023": "2023-04-14",
    "2023-04-14": "2023-04-14",
    "2016/08/11": "2016-08-11",
    "2023-04-14 00:23": "2023-04-14",
    "2023-04-14T00:23:00+02:00": "2023-04-14T00:23:00+02:00",
    "2023-04-14T00:23:00.123Z": "2023-04-14T00:23:00+00:00",
    "2023-04-14T00:23-0730": "2023-04-14T00:23:00-07:30",
    "Fri, 14 Apr 2023 00:23:00 GMT": "2023-04-14T00:23:00+00:00",
    "March 3, 2020 at 3:15 p.m. EDT": "2020-03-03T15:15:00-04:00",
    "March 3, 2020 12:15 a.m. EST": "2020-03-03T00:15:00-05:00",
    "3 March 2020, 12.15 pm CET": "2020-03-03T12:15:00+01:00",
    # A zone with several meanings gives the day alone.
    "March 3, 2020 3:15 PM ET": "2020-03-03",
    "April 14, 2023, 4:05 p.m. CST": "2023-04-14",
    # Figures count where they have one reading.
    "25.08.2016": "2016-08-25",
    "08/25/2016": "2016-08-25",
    "11/11/2016": "2016-11-11",
}


@pytest.mark.parametrize("line", DATES)
def test_date(line: str) -> None:
    assert find_date(line) == DATES[line]
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "11.08.2016",
        "31 February 2020",
        "2023-02-30",
        "2023-13-01",
        "May 2020",
        "12 May",
        "yesterday",
        "3 hours ago",
        "20230414",
        "99.99.2016",
        "1 May 0999",
        "",
    ],
)
def test_no_date(line: str) -> None:
    assert find_date(line) == ""


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    line = "On 12 May 2020 soldiers left the town, the mayor said."
    assert find_date(line) == "2020-05-12"
    assert not is_date_line(line)


@pytest.mark.parametrize("line", ["20:05", "9:05 p.m.", "12.30", "11:45 a.m.:", "09:41 GMT"])
def test_a_time_is_a_date_line_without_a_date(line: str) -> None:
    assert is_date_line(line)
    assert find_date(line) == ""


@given(st.text(max_size=120))
def test_any_line_is_looked_at(line: str) -> None:
    date = find_date(line)
    assert date == "" or len(date) in (10, 25)
    assert isinstance(is_date_line(line), bool)
    assert all(name.strip() == name != "" for name in find_authors(f"By {line}"))


BYLINES = {
    "By Jane Doe": ("Jane Doe",),
    "BY JANE DOE": ("JANE DOE",),
    "by: Jane Doe": ("Jane Doe",),
    "*By Jane Doe*": ("Jane Doe",),
    "By Jane Doe and John Roe, Associated Press": ("Jane Doe", "John Roe"),
    "By Jane Doe, John Roe and Ann Poe": ("Jane Doe", "John Roe", "Ann Poe"),
    "By Jane Doe & John Roe": ("Jane Doe", "John Roe"),
    "By Jane Doe, Harbour Correspondent": ("Jane Doe",),
    "By Jane Doe, POLITICO": ("Jane Doe",),
    "By Jane Doe, BBC News": ("Jane Doe",),
    "By Jane Doe | March 3, 2020": ("Jane Doe",),
    "By Jane Doe March 3, 2020": ("Jane Doe",),
    "By Jane Doe Published 3 March 2020": ("Jane Doe",),
    "By Jane Doe in Port Lund": ("Jane Doe",),
    "By Jane Doe for The Gazette": ("Jane Doe",),
    "By Jane Doe (Reuters)": ("Jane Doe",),
    "By April Jones": ("April Jones",),
    "By Martin Poe Jr., Staff Writer": ("Martin Poe Jr.",),
    "By Ludwig van der Berg": ("Ludwig van der Berg",),
    "By Jean-Luc O'Neil-Smith": ("Jean-Luc O'Neil-Smith",),
    "Posted by Jane Doe on March 3, 2020": ("Jane Doe",),
}


@pytest.mark.parametrize("line", BYLINES)
def test_byline(line: str) -> None:
    assert find_authors(line) == BYLINES[line]


@pytest.mark.parametrize(
    "line",
    [
        "By Reuters",
        "By AP Staff",
        "By Friday evening the town was empty.",
        "By the time the ferry sank, Jane Doe had left.",
        "By winning Elm and Port Lund",
        "By sea and by land",
        "Posted by admin",
        "Bystanders",
        "By " + "Jane " * 100,
    ],
)
def test_no_byline(line: str) -> None:
    assert find_authors(line) == ()


def test_addresses() -> None:
    assert find_url("https://gazette.example/a?b=1") == "https://gazette.example/a?b=1"
    assert find_url("Source: <https://gazette.example/a>") == "https://gazette.example/a"
    assert find_url("see https://gazette.example/a") == ""


BODY = "The ministry said it had no record of the report.\n\nThe owner said it was sound.\n"


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("Updated 5 March 2020\nPublished 3 March 2020", "2020-03-03"),
        ("5 March 2020\nUpdated 7 March 2020", "2020-03-05"),
        ("Updated 7 March 2020", "2020-03-07"),
        ("11.08.2016", ""),
        ("", ""),
    ],
)
def test_the_date_of_publication_comes_first(lines: str, published: str) -> None:
    article = article_from_text(f"Ferry inspector warned of rust\n\n{lines}\n\n{BODY}")
    assert article.published == published


def test_dates_of_other_stories_are_not_ours() -> None:
    article = article_from_text(f"Ferry inspector warned\n\n{BODY}\nStorm in Elm\n24 May 2024\n")
    assert article.published == ""
    article = article_from_text(f"Ferry inspector warned\n\n{BODY}\nFirst published: 24 May 2024\n")
    assert article.published == "2024-05-24"


def test_what_is_not_said_is_empty() -> None:
    article = article_from_text(f"Ferry inspector warned of rust\n\n{BODY}")
    assert (article.publisher, article.authors, article.published, article.url) == ("", (), "", "")


@pytest.mark.parametrize("top", ["News", "Home", "EXCLUSIVE", "In brief", "Menu", "12 May 2020"])
def test_a_kicker_is_no_publisher(top: str) -> None:
    article = article_from_text(f"{top}\n\nFerry inspector warned of rust\n\n{BODY}")
    assert (article.title, article.publisher) == ("Ferry inspector warned of rust", "")


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("By Ines Karr\nThe Northern Ledger\n14 May 2024", "The Northern Ledger"),
        ("By Ines Karr, The Northern Ledger", "The Northern Ledger"),
        ("By INES KARR | Baltic Times | May 14, 2024", "Baltic Times"),
        ("By Ines Karr for the Evening Courier\nPublished 14 May 2024", "Evening Courier"),
        ("Radio Nord, 14 May 2024", "Radio Nord"),
        ("By Ines Karr, Associated Press", ""),
        ("By Ines Karr\nTransport correspondent\n14 May 2024", ""),
        ("By Ines Karr\nRead more news\n14 May 2024", ""),
    ],
)
def test_the_outlet_stands_beside_the_author_or_the_date(head: str, publisher: str) -> None:
    body = "The brakes of the trams were cracking, a report by the ministry says.\n\nNobody knew."
    article = article_from_text(f"Ministry knew of cracks\n\n{head}\n\n{body}\n")
    assert (article.title, article.publisher) == ("Ministry knew of cracks", publisher)


@pytest.mark.parametrize(
    ("place", "published"),
    [
        ("LONDON, 3 June 2024 (AP) —", "2024-06-03"),
        ("LONDON/PARIS, June 3, 2024 (Reuters) -", "2024-06-03"),
        ("June 3, 2024 (Reuters) --", "2024-06-03"),
        ("LORN, Norland, 3 June 2024 –", "2024-06-03"),
        ("LORN, June 3, 2024. /TASS/.", "2024-06-03"),
        ("LORN, June 3 (Reuters) -", ""),
        ("LORN (AFP) –", ""),
        ("On 3 June 2019 (Whit Monday) —", ""),
        ("In March 2019 —", ""),
    ],
)
def test_a_dateline_gives_the_day(place: str, published: str) -> None:
    story = "the harbour was closed on Monday, the port said.\n\nTwo boats were lost there."
    text = f"Harbour closes after the storm\n\n{place} {story}\n"
    assert article_from_text(text, force=True).published == published
    dated = text.replace("\n\n", "\n\nBy Ann Lee\nMay 2, 2024\n\n", 1)
    assert article_from_text(dated, force=True).published == "2024-05-02"
