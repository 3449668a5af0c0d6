"""From an article to its graph in Python, and out of it again."""

import html
import pickle
import re
from dataclasses import replace
from pathlib import Path

import pytest

import provenance
from provenance.errors import ArticleError, ExtractionError, RecordError
from provenance.model import ARTICLE, FlowKind
from provenance.pipeline import Graph, build_record, convert, export
from provenance.rdf import read_graphs, write_graphs
from tests.helpers.factories import TEXT, make_article, make_ferries_article, make_graph

STORY = """Bridge was known to be unsafe, engineer says

The bridge over the Lorn was known to be unsafe, engineer Ada Quill told the Northport Gazette \
on Monday.

"We wrote to the ministry twice," Quill said. A ministry spokesman, who asked not to be named, \
denied that any letter had arrived.
"""


@pytest.fixture(scope="module")
def story() -> Graph:
    return provenance.build(STORY)


def test_text_becomes_a_graph(story: Graph) -> None:
    names = {source.name for source in story.record.sources}
    assert any("Quill" in name for name in names)
    assert any(flow.target == ARTICLE for flow in story.record.flows)
    assert story.record.article.text == STORY
    assert story.record.run.version == provenance.__version__
    assert story.record.run.extractor == "tagger"


def test_a_file_gives_what_its_text_gives(story: Graph, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    for source in (path, str(path)):
        record = provenance.build(source).record
        assert record.article.name == "story.txt"
        assert replace(record, article=story.record.article) == story.record


def test_the_same_article_gives_the_same_bytes(story: Graph) -> None:
    again = provenance.build(STORY)
    assert again == story
    for format in ("turtle", "trig", "nquads", "jsonld", "json", "html"):
        assert again.to(format) == story.to(format)


@pytest.mark.parametrize(
    "name", ["missing.txt", "missing", "my story.txt", "no/such/folder/a.html"]
)
def test_a_name_that_no_file_has_is_not_taken_for_text(name: str) -> None:
    with pytest.raises(ArticleError, match="cannot read"):
        provenance.build(name)


def test_a_sentence_is_taken_for_text() -> None:
    graph = provenance.build("“The ferry was late,” harbour master Olga Brandt said on Monday.")
    assert [source.name for source in graph.record.sources] == ["Olga Brandt"]


@pytest.mark.parametrize("text", ["", " \n ", "a\0b\nc", "lone \ud800 surrogate\n"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(ArticleError):
        provenance.build(text)


def test_a_text_without_attributions_is_a_graph_of_the_article_alone() -> None:
    graph = provenance.build("The sea is calm today.\n\nThe sun is out, and the sand is warm.\n")
    assert graph.record.sources == ()
    assert graph.chains() == ()
    assert graph.to_networkx().number_of_nodes() == 1
    assert read_graphs(graph.to("turtle"), "turtle") == (graph.record,)
    assert "<html" in graph.to_html()


def test_attributions_below_the_score_leave_no_trace() -> None:
    everything = build_record(make_article(STORY))
    assert everything.attributions
    assert all(one.score <= 1 for one in everything.attributions)
    best = max(one.score for one in everything.attributions)
    kept = build_record(make_article(STORY), min_score=best)
    assert [a.score for a in kept.attributions] == [
        a.score for a in everything.attributions if a.score >= best
    ]


def test_an_extractor_that_is_not_there_is_named() -> None:
    with pytest.raises(ExtractionError, match=r"'nobody'.*syntax"):
        provenance.build(STORY, extractor="nobody")


def test_a_registry_of_the_user_helps(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(
        "name\tshort_names\ttype\tsite\twikidata\n"
        "Lorn Observatory\tBluewater\tnews_outlet\t\tQ42\n",
        encoding="utf-8",
    )
    text = "The tide is rising, according to Bluewater.\n\n“It rises,” Bluewater reported.\n"
    (source,) = provenance.build(text, registry=[path]).record.sources
    assert source.wikidata == "Q42"
    assert source.type == "news_outlet"


def test_other_languages_are_refused_unless_forced() -> None:
    german = "Der Minister sagte am Montag, dass die Brücke sicher sei. " * 20 + "\n"
    with pytest.raises(ArticleError, match="not in English"):
        provenance.build(german)
    assert provenance.build(german, force=True).record.article.text == german


def test_a_book_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ArticleError, match="1,000,000"):
        provenance.build("He said that it was so.\n" * 50_000)


def test_a_graph_is_read_back_from_every_format_of_rdf(tmp_path: Path) -> None:
    graph = Graph(make_graph())
    for format, suffix in (
        ("turtle", "ttl"),
        ("trig", "trig"),
        ("nquads", "nq"),
        ("jsonld", "jsonld"),
    ):
        path = tmp_path / f"ferries.{suffix}"
        path.write_bytes(graph.to(format))
        assert provenance.read(path) == graph


def test_several_graphs_are_not_read_as_one(tmp_path: Path) -> None:
    other = replace(make_graph(), article=make_ferries_article(digest="cd" * 32))
    path = tmp_path / "two.trig"
    path.write_bytes(write_graphs([make_graph(), other], "trig"))
    with pytest.raises(RecordError, match="it holds 2"):
        provenance.read(path)


def test_a_graph_converts_with_its_names_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "ferries.ttl"
    path.write_bytes(write_graphs([make_graph()], "turtle", base_iri="https://news.example/"))
    assert convert(path, "nquads") == write_graphs(
        [make_graph()], "nquads", base_iri="https://news.example/"
    )
    renamed = convert(path, "nquads", base_iri="https://other.example/")
    assert b"https://news.example/" not in renamed


def test_without_the_text_only_quotes_remain() -> None:
    dropped = "Fine weather is expected on the coast until the weekend."
    article = make_article(f"{TEXT}\n\n{TEXT}\n\n{dropped}")
    graph = make_graph(article=article)
    for format in ("turtle", "json", "html"):
        assert dropped in export([graph], format).decode()
        data = export([graph], format, text=False).decode()
        assert dropped not in data
        assert "three ferries had sailed" in data


def test_json_of_several_is_a_line_each() -> None:
    other = replace(make_graph(), article=make_ferries_article(digest="cd" * 32))
    assert len(export([make_graph(), other], "json").splitlines()) == 2
    assert len(export([make_graph()], "json").splitlines()) > 100


def test_networkx_and_rdflib_tell_the_same_flows() -> None:
    graph = Graph(make_graph())
    hops = {
        (one, other)
        for one, other, kind in graph.to_networkx().edges(keys=True)
        if kind in set(FlowKind)
    }
    assert hops == {(flow.source, flow.target) for flow in graph.record.flows}
    flows = list(
        graph.to_rdflib().query(
            "PREFIX sp: <https://w3id.org/source-provenance#> SELECT ?f { ?f a sp:Flow }"
        )
    )
    assert len(flows) == len(graph.record.flows)


def test_a_notebook_shows_the_page_in_a_frame() -> None:
    graph = Graph(make_graph())
    shown = graph._repr_html_()
    (source,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(source) == graph.to_html()


def test_a_graph_travels_between_processes() -> None:
    graph = Graph(make_graph())
    assert pickle.loads(pickle.dumps(graph)) == graph
    assert hash(graph) == hash(Graph(make_graph()))
