"""PDFs are read by their layout, as a person reads them."""

import io
from collections.abc import Sequence

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from provenance.articles import parse_article
from provenance.articles.pdf import read_pdf
from provenance.errors import ArticleError

Drawn = tuple[float, float, float, str]
"""Where a line begins, in points from the left and the bottom, its size and its words."""
LEAD = 14.0


def printed(pages: Sequence[Sequence[Drawn]], **about: str) -> bytes:
    """Return a PDF with lines of text where they are to stand."""
    writer = PdfWriter()
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    for lines in pages:
        page = writer.add_blank_page(612, 792)
        stream = DecodedStreamObject()
        shown = "".join(
            f"BT /F1 {size} Tf {x} {y} Td ({_escaped(words)}) Tj ET\n"
            for x, y, size, words in lines
        )
        stream.set_data(shown.encode("latin-1"))
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({f"/{name}": value for name, value in about.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _escaped(words: str) -> str:
    for char in "\\()":
        words = words.replace(char, "\\" + char)
    return words.replace("ﬁ", "\xae").replace("ﬂ", "\xaf")  # where Adobe's encoding has them


def column(left: float, top: float, *paragraphs: Sequence[str], size: float = 11) -> list[Drawn]:
    """Return paragraphs, each of lines, one below the other."""
    out: list[Drawn] = []
    for lines in paragraphs:
        for line in lines:
            out.append((left, top, size, line))
            top -= LEAD
        top -= LEAD * 0.7
    return out


def paragraphs(*pages: Sequence[Drawn], **about: str) -> list[str]:
    return read_pdf(printed(pages, **about), "a.pdf").text.split("\n\n")


FIRST = (
    "The mill at Otter Weir will shut",
    "in June, its owner Jan Marek said",
    "on Monday to the staff.",
)
SECOND = (
    "A union leader, Petra Holm, said",
    "that nobody had been warned of",
    "it at all before the day.",
)
THIRD = (
    "The town council said it would",
    "meet the owner, who denied that",
    "the land had been sold.",
)
WHOLE = [" ".join(lines) for lines in (FIRST, SECOND, THIRD)]  # fmt: skip
HEAD = (60, 720, 26, "Mill at Otter Weir to shut")
BY = (60, 690, 11, "By Lena Brandt")


def test_headline_byline_and_paragraphs_are_apart() -> None:
    data = printed([[HEAD, BY, *column(60, 660, FIRST, SECOND, THIRD)]])
    article = parse_article(data, "a.pdf")
    assert article.title == "Mill at Otter Weir to shut"
    assert article.authors == ("Lena Brandt",)
    assert [article.text[p.start : p.end] for p in article.paragraphs] == WHOLE


def test_a_headline_of_two_lines_is_one() -> None:
    tall = [(60, 740, 26, "Mill at Otter Weir to shut"), (60, 710, 26, "after two hundred years")]
    found = paragraphs([*tall, (60, 680, 11, "BY LENA BRANDT"), *column(60, 650, FIRST, SECOND)])
    assert found == [
        "Mill at Otter Weir to shut after two hundred years",
        "BY LENA BRANDT",
        *WHOLE[:2],
    ]


@pytest.mark.parametrize("by_rows", [False, True])
@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other(count: int, by_rows: bool) -> None:
    texts = (FIRST, SECOND, THIRD)[:count]
    columns = [column(40 + 185 * n, 660, lines, size=10) for n, lines in enumerate(texts)]
    drawn = [line for each in columns for line in each]
    if by_rows:
        drawn.sort(key=lambda one: (-one[1], one[0]))
    assert paragraphs([HEAD, *drawn]) == [HEAD[3], *WHOLE[:count]]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left = column(40, 660, FIRST, SECOND[:2])
    right = column(320, 660, SECOND[2:], THIRD)
    assert paragraphs([HEAD, *left, *right]) == [HEAD[3], *WHOLE]


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    one = [HEAD, *column(60, 660, FIRST, SECOND[:1])]
    assert paragraphs(one, column(60, 660, SECOND[1:], THIRD)) == [HEAD[3], *WHOLE]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("The Weir Courier", "{}"),
        ("Courier {}", "- {} -"),
        ("THE WEIR COURIER   Tuesday 4 March", "Page {} of 3"),
        ("", "https://courier.example/mill    {}/3"),
        ("p. {}", "All about the mill"),
        ("{} | The Weir Courier", ""),
    ],
)
def test_running_heads_and_numbers_of_pages_are_left_out(head: str, foot: str) -> None:
    pages = []
    for number, lines in enumerate((FIRST, SECOND, THIRD), 1):
        around = [(60, 765, 9, head.format(number)), (300, 25, 9, foot.format(number))]
        pages.append([*(one for one in around if one[3]), *column(60, 600, lines)])
    assert paragraphs(*pages) == WHOLE


def test_what_is_said_on_every_page_within_the_text_stays() -> None:
    same = ("He would not say more of it.",)
    pages = [column(60, 600, lines, same) for lines in (FIRST, SECOND, THIRD)]
    assert paragraphs(*pages).count(same[0]) == 3


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("The authori-", "ties said nothing.", "The authorities said nothing."),
        ("It was a constitu-", "tional matter.", "It was a constitutional matter."),
        ("The lawyer, Ada Holm-", "qvist, said so.", "The lawyer, Ada Holmqvist, said so."),
        ("The lawyer, Ada Holm-", "Berg, said so.", "The lawyer, Ada Holm-Berg, said so."),
        ("The writer Jean-", "Paul Ott said so.", "The writer Jean-Paul Ott said so."),
        ("It was a self-", "serving claim.", "It was a self-serving claim."),
        ("The anti-", "corruption office said so.", "The anti-corruption office said so."),
        ("The decision-", "makers said nothing.", "The decision-makers said nothing."),
        ("They will pro-", "test, she said.", "They will protest, she said."),
        ("They were al-", "lies, she said.", "They were allies, she said."),
        ("The on-site and on-", "site crews, he said.", "The on-site and on-site crews, he said."),
        ("The wickerwork of wicker-", "work, he said.", "The wickerwork of wickerwork, he said."),
    ],
)  # fmt: skip
def test_hyphens_at_the_ends_of_lines(one: str, other: str, whole: str) -> None:
    assert paragraphs(column(60, 600, (one, other))) == [whole]


def test_ligatures_are_letters() -> None:
    (found,) = paragraphs(column(60, 600, ("The ofﬁce found the ﬁrst ﬂaw,", "the ofﬁcial said.")))
    assert found == "The office found the first flaw, the official said."


def test_a_large_initial_belongs_to_its_word() -> None:
    drawn = [
        (60, 640, 40, "T"),
        (92, 656, 11, "he mill at Otter Weir will shut"),
        (92, 642, 11, "in June."),
    ]
    assert "The mill at Otter Weir will shut in June." in " ".join(paragraphs([HEAD, *drawn]))


@pytest.mark.parametrize("date", ["D:20240506101500Z", "D:19990101", "D:2031"])
def test_the_day_of_printing_is_no_day_of_publication(date: str) -> None:
    lines = column(60, 660, FIRST, SECOND)
    assert parse_article(printed([lines], CreationDate=date, ModDate=date), "a.pdf").published == ""
    dated = [(60, 700, 11, "Published 4 March 2024"), *lines]
    article = parse_article(printed([dated], CreationDate=date), "a.pdf")
    assert article.published == "2024-03-04"


@pytest.mark.parametrize("pages", [1, 2, 7])
def test_a_scan_says_so_and_what_would_read_it(pages: int) -> None:
    with pytest.raises(ArticleError, match="pictures of pages: OCRmyPDF"):
        read_pdf(printed([[]] * pages), "a.pdf")
