"""Claims that say the same are found without comparing each with each."""

from dataclasses import replace
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from provenance.graph import claims
from provenance.graph.claims import alike, firsts_of, is_unsaid, sense_of
from provenance.graph.nearing import Near, Places
from provenance.model import Certainty, Claim, SourceGraph, Span
from tests.helpers import strategies
from tests.helpers.large_graphs import wordy


def plainly(graph: SourceGraph) -> dict[str, str]:
    """Return for each claim the first that says the same, each compared with each."""
    groups: list[list[Claim]] = []
    first = {}
    for claim in graph.claims:
        first[claim.id] = claim.id
        if is_unsaid(graph, claim):
            continue
        for group in groups:
            again = any({*claim.sources} & {*other.sources} for other in group)
            least = 1 if again else 2
            own = sense_of(claim.text)
            if any(alike(own, sense_of(other.text), least=least) for other in group):
                first[claim.id] = group[0].id
                group.append(claim)
                break
        else:
            groups.append([claim])
    return first


@given(st.integers(0, 10**6), st.integers(1, 60), st.integers(1, 80))
def test_the_same_say_the_same_as_where_each_is_compared_with_each(
    seed: int, size: int, words: int
) -> None:
    graph = wordy(size, seed, words)
    assert firsts_of(replace(graph, attributions=())) == plainly(replace(graph, attributions=()))


@given(strategies.graphs())
def test_the_same_of_any_records(graph: SourceGraph) -> None:
    graph = replace(graph, attributions=())
    held = replace(graph, claims=tuple(replace(c, content=c.content[:1]) for c in graph.claims))
    assert firsts_of(held) == plainly(held)


def test_groups_are_found_at_all() -> None:
    graph = wordy(200)
    first = firsts_of(graph)
    assert 20 < sum(one != leader for one, leader in first.items()) < 100


def compared(size: int) -> int:
    """Return how often two claims are compared in a graph of so many."""
    with mock.patch.object(claims, "alike", wraps=alike) as asked:
        firsts_of(wordy(size))
    return int(asked.call_count)


def test_comparisons_grow_about_as_the_claims_do() -> None:
    few, many = compared(300), compared(1200)
    assert few > 0
    assert many < 10 * few  # sixteen times as many, were each compared with each


def test_what_is_wholly_within_another_is_found_by_its_place() -> None:
    spans = [(Span(0, 5),), (Span(990, 1010), Span(3000, 3001)), (Span(0, 9000),), ()]
    places = Places(spans)
    assert [*places.around(Span(995, 1005))] == [1, 2]
    assert [*places.around(Span(8000, 8001))] == [2]
    assert [*places.around(Span(8000, 9001))] == []


def test_who_only_denies_is_compared_with_nobody() -> None:
    graph = wordy(40)
    turned = [replace(one, certainty=Certainty.DENIED) for one in graph.claims]
    first = firsts_of(replace(graph, claims=tuple(turned), attributions=()))
    assert all(one == leader for one, leader in first.items())


def test_a_claim_without_words_is_near_nothing() -> None:
    near = Near([frozenset(), frozenset(), frozenset({"bridg", "close", "fire"})])
    assert [near.add(number) for number in range(3)] == [set(), set(), set()]
