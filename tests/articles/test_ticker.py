# ruff: noqa: E501 - live blogs as they are pasted
"""Live blogs in plain text: pieces that begin with a clock, each with title, author and time."""

import pytest

from provenance.articles import article_from_text, given_day, parse_article
from provenance.model import Article
from provenance.pipeline import build_record, export
from provenance.rdf import read_graphs

FERRY = "The ferry line, Corwen Ships, said that no boat would sail before Friday."
ROOFS = "The mayor of Alder, Peter Haas, said 40 roofs were gone. He asked people to stay in."
FIRST = "The weather office warned of gusts of 130 kilometres an hour."
TITLE = "Storm live: latest as bridges close\n\n"
FORMS = {
    "dash": f"16:05 - Ferries stay in port\nBy Ida Moss\n\n{FERRY}\n\n14:32 - Roofs gone in Alder\n\n{ROOFS}\n",
    "a line of its own": f"16:05\nFerries stay in port\nBy Ida Moss\n\n{FERRY}\n\n14:32\nRoofs gone in Alder\n\n{ROOFS}\n",
    "brackets": f"[16:05] Ferries stay in port\n\nBy Ida Moss\n\n{FERRY}\n\n[14:32] Roofs gone in Alder\n\n{ROOFS}\n",
    "halves of the day": f"4.05pm: Ferries stay in port\nBy Ida Moss\n{FERRY}\n\n2.32pm: Roofs gone in Alder\n{ROOFS}\n",
    "bar": f"16.05 | Ferries stay in port\n\nBy Ida Moss\n\n{FERRY}\n\n14.32 | Roofs gone in Alder\n\n{ROOFS}\n",
    "markdown": f"**16:05** Ferries stay in port\n\nBy Ida Moss\n\n{FERRY}\n\n**14:32** Roofs gone in Alder\n\n{ROOFS}\n",
}


def read(text: str, name: str = "story.txt") -> Article:
    return parse_article(text.encode(), name)


def entries(article: Article) -> list[tuple[str, tuple[str, ...], str]]:
    return [
        (article.quote(one.headline) if one.headline else "", one.authors, one.published)
        for one in article.entries
    ]


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_has_its_title_author_and_time(form: str) -> None:
    article = read(TITLE + FORMS[form])
    assert article.title == "Storm live: latest as bridges close"
    assert entries(article) == [
        ("Ferries stay in port", ("Ida Moss",), "16:05:00"),
        ("Roofs gone in Alder", (), "14:32:00"),
    ]
    assert article.authors == ()
    names = {source.name for source in build_record(article).sources}
    assert names == {"Corwen Ships", "Peter Haas"}


@pytest.mark.parametrize(
    ("clock", "day", "time"),
    [
        ("16:05", "2024-05-02", "2024-05-02T16:05:00"),
        ("4.05pm", "2024-05-02", "2024-05-02T16:05:00"),
        ("16:05 GMT", "2024-05-02", "2024-05-02T16:05:00+00:00"),
        ("16:05 CEST", "2024-05-02", "2024-05-02T16:05:00+02:00"),
        ("12.05am", "2024-05-02", "2024-05-02T00:05:00"),
    ],
)
def test_a_clock_is_of_the_day_that_is_known(clock: str, day: str, time: str) -> None:
    text = f"{TITLE}{clock} - {FERRY}\n\n00:01 - {ROOFS}\n\n00:00 - {FIRST}\n"
    assert given_day(read(text), day).entries[0].published == time
    assert read(text, f"{day}-storm.txt").entries[0].published == time


def test_sentences_behind_the_clock_keep_whoever_speaks() -> None:
    graph = build_record(read(f"{TITLE}11.45am  {FERRY}\n\n11.20am  {ROOFS}\n\n10.02am  {FIRST}\n"))
    assert {s.name for s in graph.sources} == {"Corwen Ships", "Peter Haas", "weather office"}
    (back,) = read_graphs(export([graph], "turtle"), "turtle")
    assert back.article.entries == graph.article.entries
    assert not any("am " in name for source in graph.sources for name in source.aliases)


@pytest.mark.parametrize(
    "text",
    [
        "Open day at the harbour\n\nThe harbour opens its doors.\n\n09:00 Registration\n\n10:00 Tour\n\n11:00 Tea\n",
        "Transcript of the call\n\n[00:12] Lund: It is over.\n\n[00:15] Roth: Not yet.\n\n[00:31] Lund: It is.\n",
        f"Storm closes bridges\n\n{FERRY}\n\n{ROOFS}\n\n{FIRST} The first call came at night.\n\n16:05\n\n14:32\n",
        f"Storm live\n\n{FERRY}\n\n10:00 is when the school opens.\n\n{ROOFS}\n",
        f"Storm live\n\n10:30 {FERRY}\n\n09:00 {ROOFS}\n\n11:15 {FIRST}\n",
    ],
)
def test_other_texts_with_clocks_have_no_entries(text: str) -> None:
    assert read(text).entries == ()


def test_entries_of_a_page_with_unseen_characters_are_where_they_were() -> None:
    post = '<div class="post"><time datetime="2024-05-02T{}:00Z"></time><h3>{}</h3><p>{}</p></div>'
    body = post.format("11:40", "Fer\u00adries stay", FERRY.replace("boat", "bo\u200bat"))
    body += post.format("08:15", "Roofs\u00a0\u00a0gone", ROOFS)
    page = f"<html><head><title>Storm: live</title></head><body><main><h1>Storm: live</h1>{body}</main></body></html>"
    graph = build_record(parse_article(page.encode(), "a.html"))
    assert len(graph.article.entries) == 2
    assert "roofs were gone" in graph.article.quote(graph.article.entries[1].span)


@pytest.mark.parametrize("dash", ["- ", "– ", "— ", "—"])
def test_a_signature_below_an_entry_is_its_author(dash: str) -> None:
    text = (
        "Flood: as it happened\n\n10:15 Bridge closed\nThe bridge is closed, the mayor said.\n"
        f"{dash}Marcus Lund\n\n11:40\nTwo people were saved from a roof.\n{dash}Ina Frey, Corwen\n"
    )
    article = article_from_text(text, "live.txt")
    assert [entry.authors for entry in article.entries] == [("Marcus Lund",), ("Ina Frey",)]


def test_a_signature_below_a_quotation_is_its_speaker() -> None:
    text = (
        "Flood: as it happened\n\n10:15\nThe mayor came to the bridge.\n\n“We lost all of it.”\n"
        "— Ida Lowe\n\n11:40\nTwo people were saved from a roof, the fire service said.\n"
    )
    article = article_from_text(text, "live.txt")
    assert [entry.authors for entry in article.entries] == [(), ()]
