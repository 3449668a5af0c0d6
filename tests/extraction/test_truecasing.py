"""Headlines in capitals read as sentences do."""

import pytest

from provenance.articles import article_from_text
from provenance.extraction.parsing import parse
from provenance.extraction.truecasing import casing_of, is_loud, quieten

BODY = (
    "The old website shows a bias, Mr. Brandt said. It was Brandt who sold the old poll to the "
    "WNBC desk. He says that he never read the poll."
)


def sentence(headline: str) -> str:
    article = article_from_text(f"{headline}\n\n{BODY}")
    assert article.headline is not None
    return str(parse(article).passages[0].doc.text)


@pytest.mark.parametrize(
    ("headline", "plain"),
    [
        ("Old Website Shows Bias When Brandt Reads", "Old website shows bias when Brandt reads"),
        ("OLD WNBC POLL SHOWS BIAS, SAYS BRANDT", "Old WNBC poll shows bias, says Brandt"),
        ("Quickly Sold: Old Poll by Ann Scott", "Quickly sold: Old poll by Ann Scott"),
        ("Old poll shows a bias, says Brandt", "Old poll shows a bias, says Brandt"),
    ],
)
def test_small_letters_where_the_text_has_them(headline: str, plain: str) -> None:
    assert sentence(headline) == plain


def test_offsets_hold_whatever_the_letters() -> None:
    loud = "İSTANBUL Website Shows Old Straße Poll"
    assert is_loud(loud)
    assert len(quieten(loud, casing_of([BODY]), str.isalpha)) == len(loud)


def test_sentences_are_left_as_they_are() -> None:
    assert not is_loud(BODY)
    assert not is_loud("Ann Holm said so")
    assert not is_loud("Anna Reed met Peter Holm in Oslo. She was late.")
