"""What stands on a page beside its story is left out, and what is missing is said."""
# ruff: noqa: E501 - pages of one line are read more easily

from pathlib import Path

import pytest

from provenance.articles import parse_article
from provenance.articles.parts import page_of
from provenance.model import Article
from tests.conftest import Prov

TITLE = "Quarry wall gives way near Elmstead"
STORY = (
    "<p>A wall of the quarry near Elmstead gave way on Thursday, the fire service said.</p>"
    "<p>The owner, Stein and Daughters, said that nobody had been at work. A neighbour, Olga Marsh, "
    "said she had heard men shouting.</p>"
)
OTHER = (
    "<p>The museum of clocks will open again in May after two years, its head, Per Lindal, said.</p>"
    "<p>“We had every wheel out,” Lindal said. The roof was mended with money of the state.</p>"
)


def page(body: str, title: str = TITLE, head: str = "") -> Article:
    source = f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return parse_article(source.encode(), "a.html")


def read(article: Article) -> str:
    return " ".join(article.text[one.start : one.end] for one in article.paragraphs)


OWN = f"<h1>{TITLE}</h1>{STORY}"
TWO = {
    "boxes": f"<div class=a>{OWN}</div><div class=b><h1>Clocks tick again</h1>{OTHER}</div>",
    "the other first": f"<section><h1>Clocks tick again</h1>{OTHER}</section><section>{OWN}</section>",
    "articles": f"<article>{OWN}</article><article><h1>Clocks tick again</h1>{OTHER}</article>",
    "articles with h2": f"<article><h2>{TITLE}</h2>{STORY}</article><article><h2>Clocks tick again</h2>{OTHER}</article>",
    "no boxes": f"{OWN}<h1>Clocks tick again</h1>{OTHER}",
    "deep": f"<main><div><div>{OWN}</div></div><div><div><header><h1>Clocks tick again</h1></header>{OTHER}</div></div></main>",
    "three": f"<div>{OWN}</div><div><h1>Clocks tick again</h1>{OTHER}</div><div><h1>Rain at last</h1>{OTHER}</div>",
}  # fmt: skip


@pytest.mark.parametrize("how", TWO)
def test_of_several_stories_the_one_that_the_page_is_called_by(how: str) -> None:
    article = page(TWO[how])
    assert "Olga Marsh" in read(article)
    assert "Lindal" not in article.text
    assert "left out" in article.lacks


@pytest.mark.parametrize(
    "body",
    [
        OWN,
        f"<h1>The Elmstead Echo</h1><article>{OWN}</article>",
        f"<article>{OWN}<h2>What is known</h2>{OTHER}</article>",
        f"<main><h1>{TITLE}</h1><article><h2>12.40</h2>{STORY}</article><article><h2>9.10</h2>{OTHER}</article></main>",
        f"<article><h1>{TITLE}</h1></article><div class=body>{STORY}</div>",
    ],
)  # fmt: skip
def test_one_story_stays_whole(body: str) -> None:
    article = page(body)
    assert "Olga Marsh" in read(article)
    assert ("Lindal" in read(article)) == ("Lindal" in body)
    assert article.lacks == ""


CONSENT = {
    "<div id='onetrust-consent-sdk'>{}</div>": "We and our 214 partners store cookies on a device.",
    "<div class='gdpr-banner'>{}</div>": "Some partners process your personal data, our lawyers say.",
    "<section aria-label='Cookie notice'>{}</section>": "The site says that cookies help it to earn.",
    "<dialog open>{}</dialog>": "Your privacy matters to us, our editor Karl Voss said in a letter.",
    "<div role='dialog'><form>{}</form></div>": "You may withdraw your consent at any time, they said.",
    "<aside class='qc-cmp2-container'>{}</aside>": "According to our privacy policy, data go abroad.",
}


@pytest.mark.parametrize("box", CONSENT)
@pytest.mark.parametrize("below", [True, False])
def test_boxes_that_ask_for_consent_are_no_story(box: str, below: bool) -> None:
    asked = box.format(f"<p>{CONSENT[box]}</p>" * 4)
    article = page(f"<main>{OWN}</main>{asked}" if below else f"{asked}<main>{OWN}</main>")
    assert "Olga Marsh" in read(article)
    assert CONSENT[box] not in article.text


WALLS = {
    "<div class='paywall'>{}</div>": "Subscribe now to read on. Our editor, Karl Voss, said so.",
    "<div id='regwall-modal'>{}</div>": "You have read your last free article. Log in to read on.",
    "<aside class='subscription-offer'>{}</aside>": "Already a subscriber? Readers say it is worth it.",
    "<section class='piano-offer'>{}</section>": "Full access for one crown, cancel at any time.",
    "<div data-testid='metered-barrier'>{}</div>": "Register for free, a spokesman for the Echo said.",
}


@pytest.mark.parametrize("box", WALLS)
def test_boxes_that_ask_for_money_are_no_story(box: str) -> None:
    article = page(f"<article>{OWN}{box.format(f'<p>{WALLS[box]}</p>' * 2)}</article>")
    assert "Olga Marsh" in read(article)
    assert WALLS[box] not in article.text
    assert ("paywall" in article.lacks) == any(w in box for w in ("paywall", "regwall", "barrier"))


def test_a_story_within_a_box_called_paywall_is_read() -> None:
    whole = f"<div class='paywall'>{STORY}{OTHER}<p>Subscribe to our paper.</p></div>"
    assert "Lindal" in read(page(f"<article><h1>{TITLE}</h1>{whole}</article>"))


@pytest.mark.parametrize(
    ("title", "number", "count"),
    [
        (f"{TITLE} - Page 1 of 3", 1, 3),
        (f"{TITLE} | Page 2 of 4", 2, 4),
        (f"{TITLE} (page 1 of 2)", 1, 2),
        (f"{TITLE}, Page 3 of 3", 3, 3),
        (f"{TITLE} — page 1 of 10", 1, 10),
        (TITLE, 0, 0),
        ("A page of 3 rules", 0, 0),
    ],
)
def test_a_page_of_several_says_so(title: str, number: int, count: int) -> None:
    own = page_of(title)[0]
    assert own == (TITLE if count else title)
    article = page(f"<article><h1>{own}</h1>{STORY}</article>", title)
    assert article.title == own
    assert article.publisher == ""
    assert article.lacks == (f"page {number} of {count} alone" if count else "")


def test_what_is_missing_is_told(prov: Prov) -> None:
    Path("a.htm").write_text(f"<html><title>{TITLE} - Page 1 of 3</title><h1>{TITLE}</h1>{STORY}")
    done = prov("build", "a.htm", "-o", "out", "--extractor", "syntax")
    assert (done.exit_code, "a.htm: page 1 of 3 alone" in done.stderr) == (0, True), done.output


@pytest.mark.parametrize(
    "title", [f"{TITLE} (page 2 of 4) | The Quarry Times", f"{TITLE} - Page 2 of 4 - Quarry Times"]
)
def test_the_site_may_stand_behind_the_page_that_it_is(title: str) -> None:
    article = page(f"<article>{OWN}</article>", title=title)
    assert (article.title, article.lacks) == (TITLE, "page 2 of 4 alone")
