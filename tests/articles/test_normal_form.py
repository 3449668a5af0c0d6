# ruff: noqa: E501 - pages of one line are read more easily
"""Characters that nobody sees, and how lines are broken, change offsets and the text alone."""

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.analysis import brief_of, link
from provenance.articles import article_from_text, parse_article
from provenance.common.normal import analysed, comparable_form, normal_form, plain_text
from provenance.model import Article, SourceGraph, Span
from provenance.pipeline import build_record
from tests.helpers.places import ROOT

EXAMPLES = ROOT / "examples"
TEXT = (EXAMPLES / "study-retraction.txt").read_text(encoding="utf-8")
OWN = """Well of Añon is dry, says José Núñez

By Zoë Åkesson

The official spokesman of the water board, José Núñez, said on Friday that the first of five wells
was dry. He denied that the office had known of it in fifty-five reports.

"We found out from the Gazette," the chief of the fishing fleet, Fiona Flöge, told reporters.
According to a confidential letter that was leaked to the Gazette, the well-known flow
had failed in September.
"""
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u202a\ufe0f\u034f\u180e\U000e0020"
Mutation = Callable[[str], str]


def told(graph: SourceGraph) -> Any:
    """Return all of *graph* but offsets and text."""
    return (
        [(s.id, s.name, s.type, s.aliases) for s in graph.sources],
        [(f.source, f.target, f.kind, f.certainty) for f in graph.flows],
        [(d.source, d.target, d.stance) for d in graph.disputes],
        [(c.text, c.sources, c.certainty) for c in graph.claims],
        [(a.source_ids, a.depth, a.stance, a.speech, a.certainty) for a in graph.attributions],
        [(e.kind, e.date, e.place, e.certainty) for e in graph.events],
    )


def read(text: str) -> SourceGraph:
    article = article_from_text(text, "story.txt")
    assert article.text == text
    return build_record(article)


def sown(char: str) -> Mutation:
    """Return what puts *char* into one of ten words, and beside as many blanks."""

    def sow(text: str) -> str:
        chance = random.Random(char)
        return "".join(
            char + one if one.isalpha() and chance.random() < 0.1 else one for one in text
        )

    return sow


def wrapped(width: int, *, end: str = "", indent: str = "") -> Mutation:
    def wrap(text: str) -> str:
        parts = [
            textwrap.fill(
                " ".join(part.split()),
                width,
                break_long_words=False,
                break_on_hyphens=False,
                subsequent_indent=indent,
            )
            for part in text.split("\n\n")
        ]
        return "\n\n".join(parts).replace("\n", end + "\n")

    return wrap


def hyphenated(text: str) -> str:
    """Return *text* in lines, a word cut at the end of most, as a typesetter does."""

    def fill(words: list[str]) -> Iterator[str]:
        line = ""
        for word in words:
            room = 60 - len(line) - 1
            if len(word) > room:
                cut = min(room - 1, len(word) - 3)
                if word.isalpha() and word.islower() and cut >= 3:
                    line, word = f"{line} {word[:cut]}-", word[cut:]
                yield line.strip()
                line = ""
            line += f" {word}"
        yield line.strip()

    return "\n\n".join("\n".join(fill(part.split())) for part in text.split("\n\n"))


def whole(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")) + "\n"


MUTATIONS: dict[str, Mutation] = {
    **{f"U+{ord(char):04X}": sown(char) for char in UNSEEN},
    "blanks before line ends": wrapped(60, end=" "),
    "format=flowed": wrapped(72, end=" "),
    "wrapped": wrapped(66),
    "hanging": wrapped(60, indent="    "),
    "hyphens": hyphenated,
    "soft hyphens at line ends": lambda text: hyphenated(text).replace("-\n", "\xad\n"),
    "two blanks": lambda text: text.replace(" ", "  "),
    "tabs": lambda text: text.replace(", ", ",\t"),
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
    "ligatures": lambda text: text.replace("fi", "\ufb01").replace("fl", "\ufb02"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "full width": lambda text: text.translate({c: c + 0xFEE0 for c in range(0x41, 0x7B)}),
    "hyphens of their own": lambda text: re.sub(r"(?<=\w)-(?=\w)", "\u2011", text),
    "bold letters": lambda text: text.translate({c: 0x1D400 + c - 0x41 for c in range(0x41, 0x5B)}),
}


@pytest.fixture(scope="module")
def plain() -> Any:
    return told(read(whole(OWN)))


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_graph_is_the_same(name: str, plain: Any) -> None:
    text = MUTATIONS[name](whole(OWN))
    assert text != whole(OWN)
    graph = read(text)
    assert told(graph) == plain
    assert all(plain_text(s.name) == s.name for s in graph.sources)


@pytest.mark.parametrize("name", ["U+200B", "U+00AD", "format=flowed", "hyphens", "full width"])
def test_the_graph_of_an_example_is_the_same(name: str) -> None:
    graph = read(MUTATIONS[name](whole(TEXT)))
    assert told(graph) == told(read(whole(TEXT)))


@pytest.mark.parametrize("example", ["pentagon-leak", "study-retraction", "dam/07-post"])
@pytest.mark.parametrize("indent", [1, 4])
def test_lines_that_hang_are_one_paragraph(example: str, indent: int) -> None:
    text = whole((EXAMPLES / f"{example}.txt").read_text(encoding="utf-8"))
    hung = wrapped(60, indent=" " * indent)(text)
    plain, read_so = article_from_text(text, "a.txt"), article_from_text(hung, "a.txt")
    assert [" ".join(read_so.quote(p).split()) for p in read_so.paragraphs] == [
        plain.quote(p) for p in plain.paragraphs
    ]


def test_evidence_stands_in_the_text_that_was_given() -> None:
    text = sown("\xad")(whole(OWN))
    graph = read(text)
    found = {graph.article.quote(m) for s in graph.sources for m in s.mentions}
    assert any("\xad" in one for one in found)
    assert all(one in text for one in found)
    assert {plain_text(one) for one in found} >= {"José Núñez", "Fiona Flöge"}


@pytest.mark.parametrize("name", ["U+200B", "U+00AD", "ligatures", "decomposed", "hyphens"])
def test_articles_that_differ_only_so_are_copies(name: str) -> None:
    text = whole(TEXT.replace("Brennan", "Brénnan"))
    assert share(text, MUTATIONS[name](text)) == share(text, text + " ") > 0.7


def share(*texts: str) -> float:
    """Return how much of one of *texts* the other has."""
    graphs = [build_record(article_from_text(text), extractor="syntax") for text in texts]
    briefs = {graph.article.digest: brief_of(graph) for graph in graphs}
    kept = {graph.article.digest: graph.article.text for graph in graphs}
    (reuse,) = link(briefs, kept.__getitem__).reuses
    return reuse.share


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("Ru&shy;th Ab&shy;el", "Ruth Abel"),
        ("Ruth &#8203;Abel", "Ruth Abel"),
        ("\ufeffRuth Abel", "Ruth Abel"),
        ("Ruth A<wbr>bel", "Ruth Abel"),
        ("Ruth&nbsp;Abel", "Ruth Abel"),
        ("Rene\u0301 Abel", "René Abel"),
        ("Ruth A\ufb00el", "Ruth Affel"),
    ],
)
def test_names_on_pages_are_clean(markup: str, name: str) -> None:
    page = (
        f"<html><head><title>Pier {markup}</title><meta name=author content='{name}'></head><body>"
        "<article><h1>Harbour raises its fees</h1><p>The harbour board raised its fees by a fifth "
        f"on Tuesday, its director, {markup}, said. The union called the step a mistake.</p>"
        "<p>“Half of our boats will leave for other ports,” the chair of the union, Oscar Dunne, "
        "said. He said that nobody had asked the crews.</p></article></body></html>"
    )
    graph = build_record(parse_article(page.encode(), "page.html"))
    assert {s.name for s in graph.sources} >= {name, "Oscar Dunne"}
    assert graph.article.authors == (name,)


@pytest.mark.parametrize(
    ("cut", "joined"),
    [
        ("half-\nbaked idea", "half-baked idea"),
        ("the di-\nrector", "the director"),
        ("Ann-\nMarie Lee", "Ann-Marie Lee"),
        ("a long-\nterm plan", "a long-term plan"),
        ("re-\nported on", "reported on"),
        ("Grobl-\ninger and Groblinger", "Groblinger and Groblinger"),
        ("a 20-\nyear term", "a 20-year term"),
        ("to under-\nstand", "to understand"),
    ],
)
def test_a_cut_word_is_joined_as_the_dictionary_or_the_text_has_it(cut: str, joined: str) -> None:
    assert comparable_form(cut).text == joined


@example("Â\x1b\x80")  # the escape stands between two halves
@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from(UNSEEN + " \n-e\u0301ﬁ"), max_size=80)
)
def test_the_way_back_keeps_order_and_is_its_own_form(text: str) -> None:
    form = normal_form(text)
    spans = [form.kept(Span(at, at + 1)) for at in range(len(form.text))]
    assert spans == sorted(spans)
    assert all(span.start < span.end <= len(text) for span in spans)
    again = normal_form(form.text)
    assert again.text == form.text


@given(st.lists(st.sampled_from(["ab", "c-\n", "\n\n", " ", "\xad", "d", "\n  e"]), max_size=20))
def test_paragraphs_go_over_and_back(parts: list[str]) -> None:
    text = "x" + "".join(parts) + "y"
    cuts = [m.span() for m in re.finditer(r"[^\n].*?(?=\n\n|\Z)", text, re.DOTALL)]
    article = Article(
        name="a",
        text=text,
        digest="",
        text_digest="",
        paragraphs=tuple(Span(*cut) for cut in cuts),
    )
    moved, form = analysed(article)
    assert "\xad" not in moved.text
    assert len(moved.paragraphs) == len(article.paragraphs)
    for here, there in zip(moved.paragraphs, article.paragraphs, strict=True):
        assert "\n" not in moved.quote(here)
        assert form.kept(here) in there


@given(st.data())
@settings(max_examples=4, deadline=None, derandomize=True)
def test_any_of_these_in_any_example(data: st.DataObject) -> None:
    """Whichever example, and whatever is done to it that nobody sees: the graph is the same."""
    path = data.draw(st.sampled_from(sorted(EXAMPLES.glob("*.txt"))))
    name = data.draw(st.sampled_from(sorted(MUTATIONS)))
    text = whole(path.read_text(encoding="utf-8"))
    assert told(read(MUTATIONS[name](text))) == told(read(text))


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ("“So,â€ she said", "“So,” she said"),
        ("â€œSo,â€ she", "“So,” she"),
        ("itâ€™s â€“ so", "it’s – so"),
        ("a pâté for 5 €", "a pâté for 5 €"),
    ],
)
def test_a_mark_that_was_encoded_twice_and_lost_its_last_byte(words: str, read_as: str) -> None:
    assert plain_text(words) == read_as


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("Una Lind-<br>qvist", "Una Lindqvist"),
        ("Ann-<br>Marie Lindqvist", "Ann-Marie Lindqvist"),
        ("Una Lind&shy;<br/>qvist", "Una Lindqvist"),
        ("Una Lind-<br>\n  <i>qvist</i>", "Una Lindqvist"),
        ("Una<br>Lindqvist", "Una Lindqvist"),
    ],
)
def test_words_cut_at_a_line_end_of_a_page(markup: str, name: str) -> None:
    page = (
        "<html lang=en><head><title>Judge stops sale</title></head><body><article><h1>Judge stops "
        f"sale</h1><p>A judge stopped the sale of the pier on Monday, the buyer's lawyer, {markup}, said. "
        "The sale had been agreed in May.</p><p>Lindqvist told the Alder Led-<br>ger that the order was "
        "half-<br>baked, and that nobody had read the anti-<br>corruption law.</p></article></body></html>"
    )
    graph = build_record(parse_article(page.encode(), "page.html"))
    assert {s.name for s in graph.sources} == {name, "Alder Ledger"}
