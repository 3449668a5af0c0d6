"""The graphs and pages that lie beside the examples are whole and belong to them."""

from pathlib import Path

import pytest

from provenance import rdf
from provenance.articles import read_article
from provenance.pipeline import render_page
from provenance.rdf import conformance
from tests.helpers.places import ROOT

EXAMPLES = ROOT / "examples"
ARTICLES = sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".txt", ".html"})
REMAKE = "run python docs/make.py"


def built(article: Path, suffix: str) -> bytes:
    return (EXAMPLES / "built" / article.name).with_suffix(suffix).read_bytes()


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_every_quote_stands_in_the_example(path: Path) -> None:
    findings = conformance.check(built(path, ".ttl"), "turtle", article=read_article(path))
    assert findings == (), REMAKE


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_the_page_is_that_of_the_graph(path: Path) -> None:
    (graph,) = rdf.read_graphs(built(path, ".ttl"), "turtle")
    page = render_page([graph])
    assert page.encode() == built(path, ".html"), REMAKE
