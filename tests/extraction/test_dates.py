import hashlib
import subprocess
import sys

import pytest

from provenance.extraction.dating import date_of
from provenance.extraction.moments import day_of, moments
from provenance.extraction.parsing import Passage, parse
from provenance.model import Article, Span

FRIDAY = "2023-04-14"


def passage_of(text: str) -> Passage:
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(
        name="t", text=text, digest=digest, text_digest=digest, paragraphs=(Span(0, len(text)),)
    )
    return parse(article).passages[0]


def dated(text: str, word: str, reference: str = FRIDAY) -> str:
    passage = passage_of(text)
    return date_of(passage, next(t for t in passage.doc if t.text == word), reference)


@pytest.mark.parametrize(
    ("when", "date"),
    [
        ("on April 6, 2023", "2023-04-06"),
        ("on Thursday, April 6, 2023", "2023-04-06"),
        ("on 28 April 2022", "2022-04-28"),
        ("on the 3rd of March 2021", "2021-03-03"),
        ("on 2023-04-06", "2023-04-06"),
        ("on Sept. 11, 2020", "2020-09-11"),
        ("in May 2015", "2015-05"),
        ("in late May 2015", "2015-05"),
        ("in 2013", "2013"),
        ("in early 2014", "2014"),
        ("in the spring of 2015", "2015"),
    ],
)
def test_full_dates_need_no_reference(when: str, date: str) -> None:
    assert dated(f"A clerk leaked the memo {when}.", "leaked", "") == date


@pytest.mark.parametrize(
    ("when", "date"),
    [
        ("on April 6", "2023-04-06"),
        ("on Feb. 26", "2023-02-26"),
        ("on Nov. 8", "2022-11-08"),
        ("on Friday", "2023-04-14"),
        ("on Monday", "2023-04-10"),
        ("last Friday", "2023-04-07"),
        ("late Thursday", "2023-04-13"),
        ("yesterday", "2023-04-13"),
        ("the day before yesterday", "2023-04-12"),
        ("today", "2023-04-14"),
        ("this morning", "2023-04-14"),
        ("last month", "2023-03"),
        ("this month", "2023-04"),
        ("in July", "2022-07"),
        ("in March", "2023-03"),
        ("earlier this year", "2023"),
        ("late last year", "2022"),
        ("last year", "2022"),
        ("three days ago", "2023-04-11"),
        ("two months ago", "2023-02"),
        ("a year ago", "2022"),
        ("24 hours ago", "2023-04-13"),
        ("last week", "2023-04"),
    ],
)
def test_relative_dates_are_reckoned_from_publication_at_their_precision(
    when: str, date: str
) -> None:
    text = f"A clerk leaked the memo {when}."
    assert dated(text, "leaked") == date
    assert dated(text, "leaked", "") == ""


def test_a_week_over_the_turn_of_a_month_tells_the_year_alone() -> None:
    assert dated("A clerk leaked the memo last week.", "leaked", "2023-04-05") == "2023"


def test_a_time_with_a_zone_is_a_reference_too() -> None:
    assert dated("A clerk leaked the memo yesterday.", "leaked", "2023-04-14T00:23:00+03:00") == (
        "2023-04-13"
    )


@pytest.mark.parametrize(
    ("text", "word", "date"),
    [
        ("On April 6, The Ledger published the memo.", "published", "2023-04-06"),
        ("The files leaked in 2013 were real.", "leaked", "2013"),
        ("A memo released Monday by the agency was old.", "released", "2023-04-10"),
        ("Monday's leak of emails hurt the minister.", "leak", "2023-04-10"),
        ("The leak on Monday hurt the minister.", "leak", "2023-04-10"),
        ("The leak came on Feb. 26.", "leak", "2023-02-26"),
        ("The late Monday release of spreadsheets hurt.", "release", "2023-04-10"),
        ("Files were given to a panel by a former clerk on Tuesday.", "given", "2023-04-11"),
        ("Files were given to a panel on Tuesday and shared with them.", "shared", "2023-04-11"),
        ("The ministry will publish the memo in May.", "publish", "2023-05"),
        ("The group plans to release the emails on Sunday.", "release", "2023-04-16"),
        (
            "The records, obtained Wednesday under an order, were released Thursday.",
            "obtained",
            "2023-04-12",
        ),
        (
            "The records, obtained Wednesday under an order, were released Thursday.",
            "released",
            "2023-04-13",
        ),
        ("He obtained the memo, which was leaked in 2012, in June 2014.", "obtained", "2014-06"),
        ("He obtained the memo, which was leaked in 2012, in June 2014.", "leaked", "2012"),
    ],
)
def test_a_date_belongs_to_its_clause(text: str, word: str, date: str) -> None:
    assert dated(text, word) == date


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The minister said on Tuesday that hackers had leaked the memo.", "leaked"),
        ("The Ledger reported Monday it had obtained a memo.", "obtained"),
        ("The Ledger wrote on April 6 about the leak of the files.", "leak"),
        ("Hackers leaked documents about the attacks in 2001.", "leaked"),
        ("A clerk leaked memos from the 1980s.", "leaked"),
        ("The ministry must publish the memo by Thursday.", "publish"),
        ("The Ledger published the memo in its Sunday edition.", "published"),
        ("A clerk leaked the memo recently.", "leaked"),
        ("A clerk may leak the memo.", "leak"),
        ("A clerk leaked the memo on Feb. 30.", "leaked"),
        ("A clerk leaked 2,015 pages.", "leaked"),
    ],
)
def test_no_date_where_the_sentence_gives_none_for_the_clause(text: str, word: str) -> None:
    assert dated(text, word) == ""


@pytest.mark.parametrize("reference", ["", "2023", "2023-04", "2023-02-31", "soon"])
def test_no_day_in_the_reference(reference: str) -> None:
    assert day_of(reference) is None


def test_shapes_do_not_overlap() -> None:
    places = [(m.start, m.end) for m in moments("On Friday, May 5, 2023, and in May, last May.")]
    assert len(places) == 3
    assert all(a[1] <= b[0] for a, b in zip(sorted(places), sorted(places)[1:], strict=False))


def test_common_shapes_do_not_import_dateparser() -> None:
    code = (
        "import sys; from provenance.extraction.moments import day_of, moments; "
        "m = next(moments('last month')); print(m.resolve(day_of('2023-04-14'), False)); "
        "print('dateparser' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2023-03", "False"]
