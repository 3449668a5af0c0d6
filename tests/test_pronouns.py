"""Whom "he" and "she" stand for, and messages that come out of a batch."""

import pytest

from provenance.articles import article_from_text
from provenance.extraction.mentions import mentions
from provenance.extraction.parsing import parse
from provenance.model import Article, Span
from provenance.resolution import place_mentions
from provenance.resolution.registry import load_registry
from provenance.resolution.salience import first_names


def referent(text: str, pronoun: str) -> set[str]:
    """Return what the source is called that the last *pronoun* of *text* stands for."""
    article: Article = article_from_text(text)
    found = [m for passage in parse(article).passages for m in mentions(passage)]
    placed = place_mentions(article, sorted(found, key=lambda m: (m.span, m.head)), load_registry())
    start = text.rindex(pronoun)
    cluster = placed.get(Span(start, start + len(pronoun)))
    return set(cluster.names) if cluster else set()


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Anna Reed met Peter Holm in Oslo. She was late.", "She", "Anna Reed"),
        ("Anna Reed met Peter Holm in Oslo. He was late.", "He", "Peter Holm"),
        ("Peter Holm wrote to Paul Stern about the port. He wanted it closed.", "He", "Peter Holm"),
        ("In her letter to the board, Anna Reed asked for more time.", "her", "Anna Reed"),
        ("Peter Holm praised Paul Stern and thanked his own staff.", "his", "Peter Holm"),
    ],
)
def test_the_likelier_person_is_meant(text: str, pronoun: str, name: str) -> None:
    assert referent(text, pronoun) == {name}


def test_first_names_that_both_bear_tell_nothing() -> None:
    known = first_names()
    assert (known["anna"], known["peter"]) == ("f", "m")
    assert not {"kim", "taylor", "leslie"} & set(known)
    assert set(known.values()) == {"f", "m"}
