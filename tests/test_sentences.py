"""The sentences that the page offers to copy: they say what the article says, with its verbs."""

import pytest

import provenance
from provenance.graph import claim_words
from provenance.model import ARTICLE, FlowKind, SourceType
from provenance.view.sentences import tell_chains
from provenance.view.structure import order_chains
from tests.factories import make_flow, make_graph, make_source


def told(text: str) -> list[str]:
    """Return the sentence of every chain of *text*."""
    graph = provenance.build(f"Notes from the harbour\n\n{text}\n")
    record = graph.record
    names = {source.id: source.name for source in record.sources} | {ARTICLE: "this article"}
    chains = order_chains(record, graph.chains())
    return [
        " ".join(names.get(one[1:], one) if one[0] == "@" else one for one in pieces)
        .replace(" ,", ",")
        .replace(" ;", ";")
        for pieces in tell_chains(record, chains)
    ]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Ruth Calder denied that the pier was unsafe.", "denied that the pier was unsafe"),
        ("Omar Lind doubted that the ferry would sail.", "doubted that the ferry would sail"),
        ("The Port Union disputed that wages had risen.", "disputed that wages had risen"),
        ("Ruth Calder rejected the claims.", "rejected the claims"),
        ("Omar Lind condemned the strike.", "condemned the strike"),
        ("Ruth Calder hopes that the council will pay.", "hopes that the council will pay"),
        ("Omar Lind wondered how the crane could fall.", "wondered how the crane could fall"),
    ],
)
def test_what_somebody_did_not_say_is_quoted_with_its_verb(text: str, verb: str) -> None:
    for one in told(text):
        assert not one.startswith("According")
        assert verb in one or "“" not in one


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Calder said that the pier was unsafe.",
        "Omar Lind told the Harbour Post that the ferry would sail.",
        '"The crane will fall," Ruth Calder said.',
        "The crane will fall, according to Ruth Calder.",
    ],
)
def test_what_is_said_plainly_stands_for_itself(text: str) -> None:
    (one,) = told(text)
    assert one.startswith("According")
    assert "as the article puts it: “" in one
    assert " said" not in one


def test_a_claim_that_says_something_goes_before_a_scrap() -> None:
    first, *_ = told(
        "Ruth Calder rejected the claims. Ruth Calder said that the pier had been mended in May."
    )
    assert "the pier had been mended in May" in first


def test_a_claim_with_its_verb_is_what_the_article_says() -> None:
    graph = provenance.build("Notes from the harbour\n\nOmar Lind condemned the strike.\n").record
    for claim in graph.claims:
        words = claim_words(graph, claim)
        assert words in graph.article.text
        assert words.startswith("condemned")


@pytest.mark.parametrize(
    ("type", "kind", "words"),
    [
        (SourceType.CHANNEL, FlowKind.REPORTED_BY, "in the words of"),
        (SourceType.STATEMENT, FlowKind.REPORTED_BY, "in the words of"),
        (SourceType.DOCUMENT, FlowKind.REPORTED_BY, "which had it from"),
        (SourceType.DOCUMENT, FlowKind.DERIVED_FROM, "which came from"),
    ],
)
def test_a_channel_does_not_come_from_who_writes_on_it(
    type: SourceType, kind: FlowKind, words: str
) -> None:
    from provenance.custody import trace_chains

    flows = (make_flow("ada", "thing", kind=kind), make_flow("thing", ARTICLE))
    sources = (make_source("ada", type=SourceType.PERSON), make_source("thing", type=type))
    graph = make_graph(sources=sources, flows=flows, disputes=(), claims=(), events=())
    (chain,) = trace_chains(graph)
    (pieces,) = tell_chains(graph, [chain])
    assert f", {words}" in pieces
