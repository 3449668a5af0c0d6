"""What is written is read back as it was, in every format and whatever the strings hold."""

from dataclasses import fields, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import RecordError
from provenance.model import SourceGraph
from provenance.rdf import FORMATS, read_graphs, stream_graphs, write_graphs
from tests.helpers.factories import make_article, make_ferries_article, make_graph
from tests.helpers.strategies import graphs

NAMES = [f.name for f in FORMATS]
BASES = [None, "https://example.org/x/", "urn:news:"]


@pytest.mark.parametrize("base_iri", BASES)
@pytest.mark.parametrize("format", NAMES)
def test_the_whole_graph_comes_back(format: str, base_iri: str | None) -> None:
    graph = make_graph()
    (back,) = read_graphs(write_graphs([graph], format, base_iri=base_iri), format)
    for field in fields(SourceGraph):
        assert getattr(back, field.name) == getattr(graph, field.name), field.name


@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "ntriples", "jsonld"])
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_any_graph_comes_back(format: str, data: Any) -> None:
    graph = data.draw(graphs())
    assert read_graphs(write_graphs([graph], format)) == (graph,)


@settings(deadline=None, max_examples=40)
@given(graph=graphs(xml=True))
def test_any_graph_that_xml_can_hold_comes_back(graph: SourceGraph) -> None:
    assert read_graphs(write_graphs([graph], "rdfxml")) == (graph,)


@pytest.mark.parametrize(("first", "second"), list(product(NAMES, NAMES)))
@settings(max_examples=8)
@given(data=st.data())
def test_one_format_after_another_changes_nothing(first: str, second: str, data: Any) -> None:
    """Every pair: written in one, read, written in the other, read, it is what it was."""
    graph = data.draw(graphs(xml="rdfxml" in (first, second)))
    once = read_graphs(write_graphs([graph], first), first)
    twice = read_graphs(write_graphs(once, second), second)
    assert twice == (graph,)
    for lines in ("nquads", "ntriples"):
        written = write_graphs(twice, lines)
        assert written == write_graphs([graph], lines)
        assert written.splitlines() == sorted(set(written.splitlines()))


@settings(max_examples=20)
@given(one=graphs(), other=graphs())
def test_lines_of_several_articles_are_sorted_and_stay_the_same_bytes(
    one: SourceGraph, other: SourceGraph
) -> None:
    both = {graph.article.digest: graph for graph in (one, other)}
    for format in ("nquads", "ntriples"):
        data = write_graphs(list(both.values()), format)
        assert data.splitlines(keepends=True) == sorted(set(data.splitlines(keepends=True)))
        assert write_graphs(read_graphs(data, format), format) == data
        streamed = b"".join(stream_graphs(both.values(), format))
        assert b"".join(sorted(set(streamed.splitlines(keepends=True)))) == data


@pytest.mark.parametrize("format", ["turtle", "trig"])
def test_graph_by_graph_is_as_good_as_at_once(format: str) -> None:
    given = [make_graph(), SourceGraph(article=make_article("No news."), run=make_graph().run)]
    data = b"".join(stream_graphs(iter(given), format, text=False))
    expected = read_graphs(write_graphs(given, format, text=False))
    assert read_graphs(data, format) == expected


@pytest.mark.parametrize("format", ["jsonld", "rdfxml"])
def test_what_is_one_document_cannot_be_written_graph_by_graph(format: str) -> None:
    with pytest.raises(RecordError, match="graph by graph"):
        stream_graphs([make_graph()], format)


@settings(deadline=None, max_examples=40)
@given(graph=graphs())
def test_a_withheld_text_stays_withheld_and_the_rest_comes_back(graph: SourceGraph) -> None:
    (back,) = read_graphs(write_graphs([graph], "nt", text=False))
    assert back.article.text == ""
    assert replace(back, article=graph.article) == graph
    assert read_graphs(write_graphs([back], "nt")) == (back,)
    assert write_graphs([back], "nt") == write_graphs([graph], "nt", text=False)


@pytest.mark.parametrize("format", NAMES)
def test_without_text_the_evidence_can_still_be_read(format: str) -> None:
    graph = make_graph()
    data = write_graphs([graph], format, text=False)
    (back,) = read_graphs(data)
    assert back.article.text == ""
    for flow in graph.flows:
        for span in flow.evidence:
            assert back.article.excerpt(span) == graph.article.excerpt(span)


def test_a_paragraph_is_not_quoted() -> None:
    article = make_article("One. Two three four, never in any evidence. Five.")
    graph = SourceGraph(article=article, run=make_graph().run)
    data = write_graphs([graph], "turtle", text=False)
    assert b"never in any evidence" not in data
    assert read_graphs(data)[0].article.paragraphs == article.paragraphs


@pytest.mark.parametrize("format", NAMES)
def test_several_articles_in_one_file_stay_apart(format: str) -> None:
    one, other = make_graph(), make_graph(article=make_ferries_article(digest="0" * 64))
    empty = SourceGraph(article=make_article("No news."), run=one.run)
    data = write_graphs([one, other, empty, one], format)
    assert sorted(read_graphs(data), key=str) == sorted([one, other, empty], key=str)
    assert data == write_graphs([empty, other, one], format), "the order given is of no account"


def test_two_different_graphs_of_one_article_are_refused() -> None:
    other = make_graph(flows=())
    with pytest.raises(RecordError, match=r"cannot write ferries.txt and ferries.txt together"):
        write_graphs([make_graph(), other], "trig")


@pytest.mark.parametrize("format", NAMES)
def test_the_format_is_told_by_the_bytes_or_the_suffix(format: str) -> None:
    data = write_graphs([make_graph()], format)
    suffixes = next(f.suffixes for f in FORMATS if f.name == format)
    assert len(read_graphs(data)) == 1
    assert len(read_graphs(b"\xef\xbb\xbf" + data)) == 1
    for suffix in suffixes:
        assert len(read_graphs(data, name=f"graph.{suffix.upper()}")) == 1
        assert len(read_graphs(data, suffix)) == 1


def test_what_xml_cannot_hold_is_refused_in_one_line() -> None:
    graph = make_graph(article=make_ferries_article(title="a\x00b"))
    with pytest.raises(RecordError, match=r"^cannot write RDF/XML: the text has U\+0000"):
        write_graphs([graph], "rdfxml")
    assert read_graphs(write_graphs([graph], "turtle")) == (graph,)
