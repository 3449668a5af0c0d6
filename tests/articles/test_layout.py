# ruff: noqa: E501 - articles of one line are read more easily
"""The body of a plain text is found by its shape, in the styles that people save articles in."""

import json
import time
from typing import Any

import pytest

from provenance.articles import article_from_text, parse_article, read_article
from provenance.model import Article
from tests.helpers.places import DATA, SHARED

FIXTURES = DATA / "articles"
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (FIXTURES / "expected.json").read_text(encoding="utf-8")
)
FIELDS = ("title", "publisher", "authors", "published", "url")

needs_corpus = pytest.mark.skipif(
    not (SHARED / "polnear").is_dir(), reason="the corpus is not beside this checkout"
)
needs_gold = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the gold articles are not beside this checkout"
)


def body(article: Article) -> list[str]:
    return [article.quote(span) for span in article.paragraphs]


def test_every_style_has_its_expectation() -> None:
    styles = {path.name for path in FIXTURES.iterdir() if path.suffix in (".txt", ".md")}
    assert styles == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_style(name: str) -> None:
    path = FIXTURES / name
    article = read_article(path)
    wanted = EXPECTED[name]
    assert body(article) == wanted["paragraphs"]
    found = {field: getattr(article, field) for field in FIELDS}
    assert {k: list(v) if isinstance(v, tuple) else v for k, v in found.items() if v} == {
        field: wanted[field] for field in FIELDS if field in wanted
    }
    assert article.text == path.read_text(encoding="utf-8")
    if article.title:
        assert article.headline is not None
        assert " ".join(article.quote(article.headline).split()) == article.title


@pytest.mark.parametrize("name", EXPECTED)
def test_line_ends_of_windows_change_nothing(name: str) -> None:
    data = (FIXTURES / name).read_bytes() + b"\n"
    plain = parse_article(data, name)
    windows = parse_article(data.replace(b"\n", b"\r\n"), name)
    assert (windows.text, windows.paragraphs) == (plain.text, plain.paragraphs)
    assert windows.digest != plain.digest
    assert windows.text_digest == plain.text_digest


def test_a_list_that_a_sentence_announces_belongs_to_the_body() -> None:
    items = "".join(f"• item {n}\n" for n in "abcdefghijklmnopqrst")
    text = f"Three ferries sank\n\nThe report names the rusty parts:\n\n{items}\nIt said no more.\n"
    found = body(article_from_text(text))
    assert len(found) == 22
    assert found[-1] == "It said no more."
    assert "item t" in found


def test_the_marks_of_a_list_are_no_part_of_its_items() -> None:
    text = (
        "Rust\n\nThe report says:\n\n- The hull was thin.\n2) The pumps were old.\n  • It sank.\n"
    )
    assert body(article_from_text(text))[1:] == [
        "The hull was thin.",
        "The pumps were old.",
        "It sank.",
    ]


@pytest.mark.parametrize(
    "row",
    [
        "Send Facebook Twitter Google+ Whatsapp Tumblr linkedin Digg Permalink http://e.example/p/1",
        "Share Email Facebook Pinterest LinkedIn Twitter",
        "Facebook | Twitter | Reddit | WhatsApp | More",
    ],
)
@pytest.mark.parametrize("end", ["", " (AFP, dpa)", " ab/cd (AP, Reuters) -"])
def test_a_row_of_buttons_parts_paragraphs_and_is_none(row: str, end: str) -> None:
    before = "The keeper of the lock said on Monday that nobody had asked him for the key."
    after = f"The council of the town had promised to look into it before the end of the year.{end}"
    text = f"Lock stays shut\n\n{before} {row} {after}\n"
    article = article_from_text(text)
    assert body(article) == [before, after]


def test_networks_that_a_sentence_lists_are_words_of_it() -> None:
    words = "He wrote on Facebook, Twitter, Reddit, WhatsApp and Telegram that the lock was shut."
    article = article_from_text(f"Lock stays shut\n\n{words}\n\n{words}\n")
    assert body(article) == [words, words]


def test_a_dateline_stays_in_its_paragraph() -> None:
    text = "Ferry sinks\n\nPORT LUND, March 14 (AP) — The ferry sank on Monday, officials said.\n"
    assert body(article_from_text(text))[0].startswith("PORT LUND, March 14 (AP) — The ferry")


@pytest.mark.parametrize("separator", ["\u2028", "\f", "\v", "\x85", "\u2029"])
def test_other_line_ends_part_paragraphs_and_stay(separator: str) -> None:
    lines = ["The hull was thin, he said.", "The pumps were old, she said."]
    article = article_from_text(separator.join(lines))
    assert body(article) == lines
    assert separator in article.text


def test_a_word_that_heads_a_section_of_comments_within_a_story_ends_nothing() -> None:
    text = (
        "Ferry sinks\n\nComments\n\nThe minister made two comments on Monday, he said.\n\n"
        "Comments by others were kinder, according to the Gazette.\n"
    )
    assert len(body(article_from_text(text))) == 2


def test_a_text_of_nothing_but_lines_is_read_whole() -> None:
    text = "rust and water\nsalt and iron\nno report\n"
    assert body(article_from_text(text)) == text.splitlines()


def test_the_fields_of_an_email_that_a_story_quotes_are_left_in_it() -> None:
    text = (
        "Minister warned by e-mail\n\nThe inspector wrote to the ministry on Monday, he said.\n\n"
        "Two people read it and kept it to themselves, the Gazette reports.\n\n"
        "Subject: rust in the hull of the ferry, and what is to be done about it before winter.\n"
    )
    article = article_from_text(text)
    assert article.title == "Minister warned by e-mail"
    assert body(article)[-1].startswith("Subject: rust")


def test_no_heavy_library_is_needed_for_english_text() -> None:
    import subprocess
    import sys

    code = """
import sys
from pathlib import Path
from provenance.articles import check_language, read_article
for path in sys.argv[1:]:
    check_language(read_article(Path(path)))
heavy = {"trafilatura", "lxml", "dateparser", "charset_normalizer", "py3langid", "numpy", "spacy"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""
    files = [str(FIXTURES / name) for name in ("feed.txt", "nav.txt", "wire.txt", "wrapped.txt")]
    done = subprocess.run(
        [sys.executable, "-c", code, *files], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


LONG = {
    "lines": "The minister said so on Monday.\n" * 80_000,
    "items": "• an item\n" * 80_000,
    "announced items": "The list is this:\n" + "• an item\n" * 80_000,
    "short prose": "Who said so then?\n" * 80_000,
    "headlines": "Some headline about a thing in town\n" * 80_000,
    "related": "Related:\nSome headline about a thing in town\n" * 40_000,
    "dates": "12 April 2023\n" * 80_000,
    "blank lines": "a" + "\n" * 2_000_000 + "b",
    "wrapped": "The minister said so on Monday and then he went on and on about\n" * 40_000,
    "one line": "word " * 200_000,
    "one word": "x" * 1_000_000,
    "brackets": "<" * 1_000_000,
    "spaces": "a" + " " * 1_000_000 + "b",
    "speaker": "A" + " A" * 500_000 + ": b",
    "quotes": '"' * 1_000_000,
    "cookies": "we use " * 100_000,
}


@pytest.mark.parametrize("case", LONG)
def test_time_grows_with_the_text_alone(case: str) -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        article_from_text(text)
        return time.process_time() - began

    text = LONG[case][:1_000_000]  # what is longer is refused
    part = seconds(text[: len(text) // 4])
    whole = seconds(text)
    assert whole < 8 * part + 1.0


@needs_gold
def test_the_real_page_with_sixty_headlines() -> None:
    article = read_article(SHARED / "gold" / "espreso.txt")
    assert article.text == (SHARED / "gold" / "espreso.txt").read_text(encoding="utf-8")
    assert article.title.startswith("Leaked Pentagon classified documents")
    assert (article.publisher, article.published) == ("Espreso", "2023-04-14")
    assert len(article.paragraphs) == 29
    end = article.text.index("\nTags:")
    assert all(span.end <= end for span in article.paragraphs)
    assert "client/title.list_title" not in body(article)
    assert body(article)[0].startswith("China approved")
    assert not any("•" in paragraph for paragraph in body(article))


def covered(article: Article) -> bytearray:
    marks = bytearray(len(article.text))
    for span in (*((article.headline,) if article.headline else ()), *article.paragraphs):
        marks[span.start : span.end] = b"\1" * (span.end - span.start)
    return marks


@needs_corpus
def test_nothing_real_of_the_corpus_is_dropped() -> None:
    files = sorted((SHARED / "polnear").glob("*/text/*.txt"))
    assert len(files) == 924
    kept = shown = titled = 0
    for path in files[::4]:
        article = read_article(path)
        marks = covered(article)
        seen = [i for i, char in enumerate(article.text) if not char.isspace()]
        shown += len(seen)
        kept += sum(marks[i] for i in seen)
        titled += article.headline is not None
        assert article.language == "en"
    assert kept / shown > 0.99
    assert titled / len(files[::4]) > 0.97


@needs_corpus
def test_attributions_of_the_corpus_stand_in_what_is_kept() -> None:
    inside = total = 0
    for path in sorted((SHARED / "polnear" / "dev-json").glob("*.json")):
        article = read_article(SHARED / "polnear" / "dev" / "text" / f"{path.stem}.txt")
        marks = covered(article)
        for span in json.loads(path.read_text(encoding="utf-8"))["spans"]:
            where = range(span["start"], span["end"])
            total += 1
            inside += all(marks[i] or article.text[i].isspace() for i in where)
    assert total > 6000
    assert inside / total > 0.995


@pytest.mark.parametrize(
    "headline",
    ["Full text: the minister on the ferry deal", "Full text: how the mill was sold twice"],
)
def test_a_headline_may_begin_with_a_label(headline: str) -> None:
    article = article_from_text(
        f"{headline}\n\nThe Gazette spoke to the minister, Lena Brandt, on Friday about the ferry.\n\n"
        "GAZETTE: When did you see it?\n\nBRANDT: In June. My deputy told me that it was signed.\n\n"
        "GAZETTE: Who called you?\n\nBRANDT: Nobody. They wrote to my office in July.\n"
    )
    assert article.title == headline
    labelled = article_from_text(
        "Section: News\n\nMill is sold twice\n\nThe mill was sold twice on Monday.\n"
    )
    assert labelled.title == "Mill is sold twice"


@pytest.mark.parametrize(
    "headline",
    [
        "The ferry was safe. It sank.",
        "They were warned. Nobody came! Why?",
        "A diary was sold twice. Only one buyer has it.",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_headline_of_two_sentences_above_a_byline(headline: str, gap: str) -> None:
    body = (
        "The ferry board met on Monday and said that it would look at the hull once more before the"
        " summer, since nobody could say who had seen to it in the winter."
    )
    article = article_from_text(f"{headline}{gap}By Ann Lee\nThe Alder Post\n\n{body}\n\n{body}\n")
    assert article.title == headline
    assert article.authors == ("Ann Lee",)
    assert article.publisher == "The Alder Post"
