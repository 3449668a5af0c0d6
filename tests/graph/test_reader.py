"""The reader: whole graphs out of scores, and what needs no score."""

from dataclasses import replace

import numpy as np
import pytest

from provenance.articles import article_from_text
from provenance.extraction.credits import find_credits
from provenance.graph.reader.chances import Line
from provenance.graph.reader.hearing import merged, without_rivals
from provenance.graph.reader.network import HALO, WINDOW, windows_of
from provenance.graph.reader.scene import surer
from provenance.model import (
    ARTICLE,
    Dispute,
    Flow,
    FlowKind,
    Reading,
    Source,
    SourceGraph,
    SourceType,
    Span,
    Stance,
)
from provenance.pipeline import build_record

STORY = """The ferry line will close in May, its owner said on Monday.

"We have no money left," Olga Brandt told the Harbour Courier. She blamed the port.

A report by the port authority, which the Courier has seen, put the loss at two million.

The authority denied that it had raised its fees. "That is not true," said its spokesman,
Tomas Wren.

ab/cd (AFP, dpa)
"""


@pytest.fixture(scope="module")
def graph() -> SourceGraph:
    return build_record(article_from_text(STORY))


def test_every_source_reaches_the_article(graph: SourceGraph) -> None:
    reached, todo = {ARTICLE}, [ARTICLE]
    while todo:
        end = todo.pop()
        more = {f.source for f in graph.flows if f.target == end} - reached
        reached |= more
        todo += more
    assert {source.id for source in graph.sources} | {ARTICLE} == reached


def test_scores_are_probabilities_and_evidence_stands_in_the_text(graph: SourceGraph) -> None:
    rows: list[Flow | Dispute] = [*graph.flows, *graph.disputes]
    assert len(graph.flows) > 2
    assert all(0 < one.score <= 1 and one.score == round(one.score, 2) for one in rows)
    assert all(0 < source.score <= 1 for source in graph.sources)
    assert all(one.evidence and max(one.evidence).end <= len(STORY) for one in rows)


def test_what_the_form_says_is_no_guess(graph: SourceGraph) -> None:
    named = {source.name: source.id for source in graph.sources}
    sure = {flow.source for flow in graph.flows if flow.score == 1 and flow.target == ARTICLE}
    assert {named["AFP"], named["dpa"]} <= sure


SHORT = """The ferry line will close in May, Olga Brandt told the Harbour Courier.

"We have no money left."
-- Tomas Wren
"""


def test_what_rules_tell_of_a_short_text_is_doubted_too() -> None:
    graph = build_record(article_from_text(SHORT), force=True)
    scores = {(f.source, f.target): f.score for f in graph.flows}
    assert 0.5 < scores["olga-brandt", "harbour-courier"] < 1
    assert scores["tomas-wren", ARTICLE] == 1
    surer = build_record(article_from_text(SHORT), force=True, min_score=0.9)
    assert [f.source for f in surer.flows] == ["tomas-wren"]


def test_the_least_score_leaves_the_surer_hops(graph: SourceGraph) -> None:
    least = sorted(flow.score for flow in graph.flows)[len(graph.flows) // 2]
    fewer = build_record(article_from_text(STORY), min_score=least)
    assert fewer.flows
    assert all(flow.score >= least for flow in fewer.flows)


def test_no_chain_is_cut_by_the_least_score() -> None:
    def flow(source: str, target: str, score: float) -> Flow:
        return Flow(
            source=source,
            target=target,
            kind=FlowKind.REPORTED_BY,
            evidence=(Span(0, 1),),
            score=score,
        )

    sources = tuple(Source(id=i, name=i, type=SourceType.PERSON) for i in "abc")
    whole = Reading(
        sources=sources,
        flows=(flow("a", "b", 0.9), flow("b", ARTICLE, 0.4), flow("c", ARTICLE, 0.8)),
    )
    assert [f.source for f in surer(whole, 0.5).flows] == ["c"]
    assert surer(whole, 0.0) is whole


def test_one_word_of_denial_is_rarely_two_denials() -> None:
    def denial(target: str, cue: int, score: float) -> Dispute:
        span = Span(cue, cue + 6)
        return Dispute(
            source="a",
            target=target,
            stance=Stance.DENIES,
            evidence=(span,),
            cues=(span,),
            score=score,
        )

    told = [denial("b", 10, 0.8), denial("c", 10, 0.39), denial("c", 30, 0.3), denial("d", 10, 0.4)]
    assert without_rivals(told) == [told[0], told[2], told[3]]
    unsaid = [replace(one, cues=()) for one in told]
    assert without_rivals(unsaid) == unsaid


def test_the_surest_pairs_are_joined_first() -> None:
    pairs = np.array([[0, 1], [1, 2], [3, 4]])
    groups, count = merged(pairs, np.array([0.4, 2.0, -1.0], np.float32), 5, 0.0)
    assert count == 3
    assert groups.tolist() == [0, 0, 0, 1, 2]
    assert merged(pairs, np.array([0.4, 2.0, -1.0], np.float32), 5, 1.0)[1] == 4


def test_chances_grow_with_scores_and_are_never_certain() -> None:
    line = Line(slope=0.6, shift=-0.5, least=0.0)
    chances = [line.chance(score) for score in (-90.0, -1.0, 0.0, 1.0, 90.0)]
    assert chances == sorted(chances)
    assert 0 < chances[0] < chances[-1] < 1


@pytest.mark.parametrize("words", [0, 1, WINDOW, WINDOW + 1, 5 * WINDOW + 7])
def test_windows_cover_each_word_once_with_neighbours(words: int) -> None:
    own = [n for _, _, low, high in windows_of(words) for n in range(low, high)]
    assert own == list(range(words))
    for begin, end, low, high in windows_of(words):
        assert end - begin <= WINDOW
        whole = words <= WINDOW
        assert begin == (0 if whole else max(0, low - HALO))
        assert end == (words if whole else min(words, high + HALO))


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("He left.\n\nab/cd (AFP, dpa)\n", ["AFP", "dpa"]),
        ("She left.\n\nkm (dpa, AP, reuters.com)\n", ["dpa", "AP", "reuters.com"]),
        ("It rained.\n\nSource: Al Jazeera and news agencies\n", ["Al Jazeera"]),
        ("It rained.\n\nSources: Reuters, Harbour Times\n", ["Reuters", "Harbour Times"]),
        ("LORN, March 16. /TASS/. It was calm.\n\nNobody sailed.\n", ["TASS"]),
        ("LORN (Reuters) - It was calm.\n\nNobody sailed.\n", ["Reuters"]),
        ("He spoke (and left).\n", []),
        ("They won (Smith, Jones).\n", []),
        ("Source: news agencies\n", []),
    ],
)
def test_agencies_that_are_credited(text: str, agencies: list[str]) -> None:
    article = article_from_text(text, force=True)
    assert [article.quote(mention.span) for mention, _ in find_credits(article)] == agencies


def test_a_text_that_mentions_nobody_has_no_sources() -> None:
    graph = build_record(article_from_text("It rained.\n\nIt rained again.\n"), force=True)
    assert not graph.sources
    assert not graph.flows
