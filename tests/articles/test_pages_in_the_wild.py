"""Pages as sites make them: several headlines, comments with bylines, days in their markup."""

from pathlib import Path

import pytest

from provenance.articles import parse_article
from provenance.model import Article
from tests.conftest import Prov

FIRST = "The harbour board raised its fees by a fifth on Tuesday, its director, Ruth Abel, said."
SECOND = "Half of the boats will leave for other ports, said the union's chair, Oscar Dunne."
THIRD = "Nobody had asked the crews before, he said, and three meetings came to nothing."


def page(body: str, head: str = "") -> Article:
    """Return the article on a page with *body*."""
    html = f"<html lang=en><head><title>Harbour raises fees</title>{head}</head><body>{body}</body>"
    return parse_article(f"<!DOCTYPE html>{html}</html>".encode(), "page.html")


def read(article: Article) -> str:
    """Return the body that is read."""
    return "\n".join(article.quote(span) for span in article.paragraphs)


def test_sections_with_great_headings_are_one_story() -> None:
    """A text whose sections have h1 for headings is not cut at the first."""
    sections = "".join(
        f"<h1>{name}</h1><p>{name} cost more than before. {SECOND}</p><p>{THIRD} {name}.</p>"
        for name in ("Moorings", "Cranes", "Storage", "Pilots")
    )
    found = page(
        f"<main><header><h1>Harbour raises fees</h1></header><div><p>{FIRST}</p>{sections}</div>"
        "</main>"
    )
    assert all(name in read(found) for name in ("Moorings", "Cranes", "Storage", "Pilots"))
    assert found.lacks == ""


def test_a_box_with_a_headline_in_a_story_is_no_other() -> None:
    """What asks the reader something under a h1 takes none of the text around it."""
    found = page(
        f"<main><header><h1>Harbour raises fees</h1></header><div class=story><p>{FIRST}</p>"
        f"<p>{SECOND}</p><p>{THIRD}</p><div><h1>Tell us</h1><p>What do you think of it?</p></div>"
        f"<p>The board denied this in a statement of two lines.</p></div></main>"
    )
    assert FIRST in read(found)
    assert SECOND in read(found)


@pytest.mark.parametrize(
    "comment",
    [
        "<section id=comments><p class='comment-author'>By Lena Voss</p><p>Well!</p></section>",
        "<aside class='related'><p class=byline>By Lena Voss</p><p>Another story.</p></aside>",
        "<div class='sidebar'><a rel=author href=/v>Lena Voss</a></div>",
        "<ol class='commentlist'><li><span class='author'>Lena Voss</span> Nonsense.</li></ol>",
        "<div><div><div><div><p class=byline>By Lena Voss</p></div></div></div></div>",
    ],
)
def test_who_comments_is_no_author(comment: str) -> None:
    """Only the byline at the story, and those beside it, name its authors."""
    story = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    by = "<p class=byline>By"
    top = f"<div class=head>{by} Ines Calloway</p>{by} Joe Schmidt</p></div>"
    found = page(f"<article><h1>Harbour raises fees</h1>{top}{story}</article>{comment}")
    assert found.authors == ("Ines Calloway", "Joe Schmidt")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("<span class='post-date'>April 9, 2020</span>", "2020-04-09"),
        ("<div class=date>9th of April 2020</div>", "2020-04-09"),
        ("<abbr class=published>9 Apr 2020</abbr>", "2020-04-09"),
        ("<span class=date>04/09/2020</span>", ""),
        ("<span class=date>2020-02-31</span>", ""),
    ],
)
def test_a_day_that_only_markup_names(said: str, day: str) -> None:
    """A day in the page's markup counts where it can mean no other."""
    found = page(
        f"<article><h1>Harbour raises fees</h1>{said}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
        "</article>"
    )
    assert found.published[:10] == day


def test_labels_within_a_story_are_of_it() -> None:
    """Headings of a few words and lists that stand between paragraphs are not left out."""
    found = page(
        f"<article><h1>Harbour raises fees</h1><p>{FIRST}</p><p>The boats that left are these:</p>"
        f"<p>Merganser, Alder</p><p>Teal, Corby</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    )
    assert "Teal, Corby" in read(found)


def test_what_a_page_lacks_is_said_with_a_store_too(tmp_path: Path, prov: Prov) -> None:
    """A page of several is told, whatever is made of it."""
    title = "Harbour raises fees - Page 1 of 3"
    story = f"<article><h1>{title}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    path = tmp_path / "harbour.html"
    path.write_text(f"<html lang=en><head><title>{title}</title></head><body>{story}</body></html>")
    done = prov("build", "--store", str(tmp_path / "store"), str(path))
    assert done.exit_code == 0, done.output
    assert "harbour.html: page 1 of 3 alone" in done.stderr
