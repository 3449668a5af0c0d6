"""When something was said: by the sentence, reckoned from the day of the article."""

from dataclasses import replace

import pytest

from provenance.articles import article_from_text, given_day
from provenance.cli.tracing import traced
from provenance.extraction import load_extractor
from provenance.graph import build_graph, dates_of_flows
from provenance.model import Run, SourceGraph
from provenance.pipeline import export
from provenance.rdf import read_graphs
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry
from provenance.view.chronology import contradictions, dates_of


def graph_of(text: str, day: str = "2023-04-14") -> SourceGraph:
    """Return the graph of *text*, published on the Friday *day*, as rules tell it."""
    article = article_from_text(f"Dam has cracks\n\n{text}\n")
    article = given_day(article, day) if day else article
    found = load_extractor("tagger")(article)
    resolved = resolve_sources(article, found, load_registry())
    return build_graph(article, resolved, Run(version="0", extractor="tagger"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On April 6, the Gazette wrote that the upper dam has cracks.", "2023-04-06"),
        ("The Gazette reported on Tuesday that the upper dam has cracks.", "2023-04-11"),
        ("The Gazette said yesterday that the upper dam has cracks.", "2023-04-13"),
        ("Erik Lund told the Gazette in March 2022 that the dam has cracks.", "2022-03"),
        ("The dam has cracks, Anna Holm said on Monday.", "2023-04-10"),
        ("Anna Holm said that the dam broke on Monday.", ""),
        ("The Gazette reported that the dam was built in 1987.", ""),
        ("The Gazette reported that the upper dam has cracks.", ""),
    ],
)
def test_a_hop_is_dated_by_when_it_was_said(text: str, day: str) -> None:
    graph = graph_of(text)
    first = graph.attributions[0]
    assert first.date == day
    dates = dict(zip(graph.flows, dates_of_flows(graph), strict=True))
    assert {dates[f] for f in graph.flows if f.source in first.source_ids} == {day}
    said = {id: date for id, date in dates_of(graph).items() if id in first.source_ids}
    assert said == (dict.fromkeys(first.source_ids, day) if day else {})


def test_a_relative_day_needs_the_day_of_the_article() -> None:
    text = "The Gazette reported on Tuesday that the upper dam has cracks."
    assert graph_of(text, day="").attributions[0].date == ""


def test_when_it_was_said_is_in_the_graph_and_in_print() -> None:
    graph = graph_of("On April 6, the Gazette wrote that the upper dam has cracks.")
    turtle = export([graph], "turtle")
    assert read_graphs(turtle, "turtle") == (graph,)
    assert turtle.decode().count('"2023-04-06"^^xsd:date') == 2  # the attribution, and its hop
    lines = [line.plain for line in traced(graph, None, in_full=True)]
    assert any(", 2023-04-06" in line for line in lines)


def test_papers_are_not_as_young_as_whoever_tells_of_them() -> None:
    graph = graph_of("A leaked memo said on Tuesday that the upper dam has cracks.")
    memos = [one.id for one in graph.sources if not one.type.is_agent]
    assert not {*memos} & {*dates_of(graph)}
    assert not contradictions(replace(graph, article=replace(graph.article, published="2020")))
