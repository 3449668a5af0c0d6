"""A page whose headline, byline, date and story are lines of one block."""

import pytest

from provenance.articles import parse_article
from provenance.model import Article

TITLE = "Mill to close in June"
STORY = "The mill at Corwen Cross will close in June, its owner, Dora Pell, said on Monday."


def page(block: str, head: str = "") -> Article:
    source = f"<html lang='en'><head><title>{TITLE}</title></head><body>{head}<div>{block}</div>"
    return parse_article(source.encode(), "page.html", force=True)


@pytest.mark.parametrize(
    ("block", "authors", "published"),
    [
        (f"By Ada Finch<br>4 May 2023<br>{STORY}", ("Ada Finch",), "2023-05-04"),
        (f"4 May 2023<br>By Ada Finch<br>{STORY}", ("Ada Finch",), "2023-05-04"),
        (f"By Ada Finch and Joe Marsh<br>{STORY}", ("Ada Finch", "Joe Marsh"), ""),
        (f"{TITLE}<br>By Ada Finch<br>{STORY}", ("Ada Finch",), ""),
        (f"{TITLE}<br/>Words by Ada Finch<br/>{STORY}", ("Ada Finch",), ""),
    ],
)
def test_lines_above_the_story_are_no_part_of_it(
    block: str, authors: tuple[str, ...], published: str
) -> None:
    article = page(block)
    assert [article.quote(span) for span in article.paragraphs] == [STORY]
    assert (article.authors, article.published) == (authors, published)


def test_a_line_break_within_a_sentence_parts_nothing() -> None:
    cut = STORY.replace("in June, ", "in<br>June, ").replace("said on", "said<br>on")
    article = page(
        f"{cut} The roof was held up<br>by Milo Kerr<br>and his men.", f"<h1>{TITLE}</h1>"
    )
    (span,) = article.paragraphs
    assert article.quote(span) == f"{STORY} The roof was held up by Milo Kerr and his men."
