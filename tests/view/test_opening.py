"""What a page opens with: the headline's claim, or one that came through somebody."""

from dataclasses import replace

import provenance
from provenance.graph import findings
from provenance.model import ARTICLE, SourceGraph
from provenance.view.structure import opening_of, order_chains, structure

HEADLINE = "The bridge was never inspected\n\n"
BODY = (
    "The mayor said that the weather would hold.\n\n"
    "An engineer told the Herald that the bridge was never inspected.\n\n"
    "A clerk told the Courier that the archive had burnt down.\n"
)


def opened(text: str) -> tuple[SourceGraph, list[str], str, str]:
    """Return the graph of *text*, the ids along the first chain, and the claim and its title."""
    graph = provenance.build(text)
    chains = order_chains(graph.record, graph.chains())
    opening = opening_of(graph.record, chains)
    assert opening is not None
    ids = [chains[0].origin, *(flow.target for flow in chains[0].flows)]
    return graph.record, ids, opening.point.text, opening.title


def test_the_page_opens_with_the_headlines_claim() -> None:
    graph, ids, claim, title = opened(HEADLINE + BODY)
    assert findings(graph).points[0].leads
    assert title == "The claim nearest the headline"
    assert "never inspected" in claim
    assert ids[-1] == ARTICLE
    assert len(ids) >= 3


def test_words_of_the_headline_itself_are_said_to_be_its_own() -> None:
    _, _, claim, title = opened("Ferries were never inspected, clerk Omar Lind says\n\n" + BODY)
    assert (title, claim) == ("What the headline claims", "Ferries were never inspected")


def test_without_a_claim_in_the_headline_it_opens_with_one_that_came_through_somebody() -> None:
    graph, ids, claim, title = opened("A week in town\n\n" + BODY)
    assert not findings(graph).points[0].leads
    assert title == "A claim and the way that it came"
    assert "weather" not in claim
    assert len(ids) >= 3


def test_what_is_read_surely_goes_before_what_is_not() -> None:
    graph = provenance.build("A week in town\n\n" + BODY)
    first = order_chains(graph.record, graph.chains())[0]
    doubted = {flow: replace(flow, score=0.3) for flow in first.flows}
    record = replace(
        graph.record, flows=tuple(doubted.get(flow, flow) for flow in graph.record.flows)
    )
    chains = [
        replace(one, flows=tuple(doubted.get(flow, flow) for flow in one.flows))
        for one in graph.chains()
    ]
    assert order_chains(record, chains)[0].origin != first.origin


def test_the_picture_has_what_the_page_opens_with_on_top() -> None:
    graph = provenance.build(HEADLINE + BODY)
    first = order_chains(graph.record, graph.chains())[0]
    shape = structure(graph.record, graph.chains())
    assert shape.path == (first.origin, *(flow.target for flow in first.flows))
    assert set(shape.path) - {ARTICLE} <= set(shape.groups[0])
