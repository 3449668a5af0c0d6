"""When an article was published: by an option, by the name of its file, and what is refused."""

import json
from pathlib import Path

import pytest

from provenance.articles import parse_article
from provenance.articles.dates import day_of_name
from provenance.errors import ArticleError
from provenance.pipeline import build, export
from provenance.rdf import read_graphs
from tests.conftest import Prov

TEXT = """Dam has cracks

Erik Lund told the Courier on Tuesday that the upper dam has cracks.
"""


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-04-06-title.txt", "2023-04-06"),
        ("20230406_title.txt", "2023-04-06"),
        ("1999-12-31 last day.html", "1999-12-31"),
        ("20230406-2-title.txt", ""),  # of which edition?
        ("2023-0406-title.txt", ""),
        ("2023-02-30-title.txt", ""),
        ("20231306_title.txt", ""),
        ("30230406_title.txt", ""),
        ("06-04-2023-title.txt", ""),
        ("120230406_title.txt", ""),
        ("title-2023-04-06.txt", ""),
    ],
)
def test_a_file_name_tells_a_day_where_it_has_one_reading(name: str, day: str) -> None:
    assert day_of_name(name) == day
    article = parse_article(TEXT.encode(), name)
    assert (article.published, article.dated_by) == (day, "file name" if day else "")


def test_what_the_text_says_goes_before_the_file_name() -> None:
    dated = TEXT.replace("cracks\n\n", "cracks\n3 May 2024\n\n", 1)
    article = parse_article(dated.encode(), "2023-04-06-title.txt")
    assert (article.published, article.dated_by) == ("2024-05-03", "")


def test_what_dates_an_article_is_in_the_graph_and_the_summary(prov: Prov, tmp_path: Path) -> None:
    path = tmp_path / "20230406_title.txt"
    path.write_text(TEXT)
    graph = build(path).record
    assert read_graphs(export([graph], "turtle"), "turtle") == (graph,)
    result = prov("build", path, "-o", tmp_path / "out")
    assert "6 April 2023 (by the name of its file)" in result.stdout
    result = prov("build", path, "-o", tmp_path / "out", "--published", "2024-05-03")
    assert "3 May 2024 (by --published)" in result.stdout
    record = json.loads(prov("build", path, "--to", "json", "--published", "2024-05-03").stdout)
    assert (record["published"], record["dated_by"]) == ("2024-05-03", "option")


DAYS = ["yesterday", "2023-02-30", "06.04.2023", "", "2023-4-6", "20230406"]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_is_none_is_one_line(prov: Prov, tmp_path: Path, day: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    result = prov("build", path, "--to", "json", "--published", day)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    why = "no such day, written as 2023-04-06"
    assert line == f"prov: cannot use {day!r} as the day of a.txt: {why}"


def test_one_day_is_of_one_article(prov: Prov, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    one = tmp_path / "a.txt"
    for many in ([one, tmp_path / "b.txt"], [one, "--store", "s"], [tmp_path]):
        result = prov("build", *many, "--published", "2023-04-06")
        assert result.exit_code == 2
        assert "--published is the day of one article" in result.stderr


def test_a_day_is_given_in_python_as_well() -> None:
    text = "Ann Lee, the mayor, said on Monday that the bridge would be closed.\n\nShe gave no day."
    graph = build(text, published="2023-04-06", force=True)
    assert graph.record.article.published == "2023-04-06"
    assert graph.record.article.dated_by == "option"
    with pytest.raises(ArticleError, match="no such day"):
        build(text, published="2023-13-06", force=True)
