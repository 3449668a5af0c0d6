"""What is no whole clause is told by its sentence, and nobody's words are told as another's."""

from dataclasses import replace

import pytest

from provenance.graph import claim_sentence, dispute_words
from provenance.model import SourceGraph, SourceType, Span
from tests.helpers.factories import (
    at,
    make_article,
    make_attribution,
    make_claim,
    make_dispute,
    make_flow,
    make_run,
    make_source,
)


def stated(text: str, source: str, cue: str, *pieces: str) -> SourceGraph:
    """Return a graph of the one sentence *text*, in which *source* tells *pieces*."""
    whole = Span(0, len(text))
    content = tuple(at(piece, text=text) for piece in pieces)
    who = at(source, text=text)
    one = make_attribution(
        source=(who,),
        speakers=(who,),
        cue=(at(cue, text=text),),
        content=content,
        sentence=whole,
        route=(),
        basis=(),
        source_ids=("they",),
    )
    return SourceGraph(
        article=make_article(text),
        sources=(make_source("memo"), make_source("they", name=source, type=SourceType.PERSON)),
        flows=(make_flow("they", evidence=(whole,), cues=()),),
        disputes=(make_dispute("they", "memo", evidence=(whole,), cues=one.cue),),
        claims=(make_claim("claim", text=" … ".join(pieces), content=content, sources=("they",)),),
        attributions=(one,),
        run=make_run(),
    )


WITHOUT_SUBJECT = [
    (
        "The barge, which Ole Lie said had leaked, was towed to Brakel.",
        "Ole Lie",
        "said",
        "had leaked",
    ),
    (
        "The tram, which the union says broke down twice, is new.",
        "the union",
        "says",
        "broke down twice",
    ),
    ("Mrs Aro, who friends claim was never paid, went home.", "friends", "claim", "was never paid"),
    (
        "Vets saw files that a clerk said would harm the zoo.",
        "a clerk",
        "said",
        "would harm the zoo",
    ),
    ("The ward, as Lena Park told us, is shut.", "Lena Park", "told", "is shut"),
]
CUT = [
    (
        "The Star wrote of papers describing wells and canal works in May.",
        "papers",
        "describing",
        "wells and canal",
    ),
    ("Ann Lee said the harbour police chief had left.", "Ann Lee", "said", "the harbour police"),
    ("No clerk, Ann Lee said, reads what is signed.", "Ann Lee", "said", "No clerk"),
    ("Neither barge nor tug, he added, carries a pump.", "he", "added", "Neither barge nor tug"),
    ('Ann Lee said the hotel was "safe and" clean.', "Ann Lee", "said", 'the hotel was "safe'),
    ("Ann Lee says it broke off the coast of Fjordby.", "Ann Lee", "says", "it broke off the"),
    (
        "If the dam leaks, Ann Lee believes, it will be drained.",
        "Ann Lee",
        "believes",
        "If the dam leaks",
    ),
]
WHOLE = [
    ("Ann Lee said the pier was unsafe on Monday.", "Ann Lee", "said", "the pier was unsafe"),
    ("The pier was unsafe, Ann Lee said.", "Ann Lee", "said", "The pier was unsafe"),
    ("The pier, Ann Lee said, was unsafe.", "Ann Lee", "said", "The pier"),
    ("“Is it safe?” Ann Lee said.", "Ann Lee", "said", "“Is it safe?”"),
    (
        "The letter in which Ann Lee said the pier was unsafe, of 1911, is lost.",
        "Ann Lee",
        "said",
        "the pier was unsafe",
    ),
    (
        "The pier was unsafe, Ann Lee said, adding that it was old.",
        "Ann Lee",
        "said",
        "The pier was unsafe",
    ),
    (
        "The pier was unsafe, said Ann Lee, head of the port.",
        "Ann Lee",
        "said",
        "The pier was unsafe",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), [*WITHOUT_SUBJECT, *CUT])
def test_what_is_no_whole_clause_is_told_by_its_sentence(
    text: str, source: str, cue: str, content: str
) -> None:
    graph = stated(text, source, cue, content)
    assert claim_sentence(graph, graph.claims[0]) == text
    assert claim_sentence(graph, graph.claims[0]) == text


@pytest.mark.parametrize(("text", "source", "cue", "content"), WHOLE)
def test_a_whole_clause_stands_for_itself(text: str, source: str, cue: str, content: str) -> None:
    pieces = [content, "was unsafe"] if content == "The pier" else [content]
    graph = stated(text, source, cue, *pieces)
    assert claim_sentence(graph, graph.claims[0]) == ""
    assert claim_sentence(graph, graph.claims[0]) == ""


@pytest.mark.parametrize(
    ("text", "source", "cue", "pieces"),
    [
        (
            "The mill, whose owner the police say fled, burned.",
            "the police",
            "say",
            ("whose owner", "fled"),
        ),
        ("The tram, which it noted was old, stood still.", "it", "noted", ("which", "was old")),
        (
            "If the dam is weak — as Ann Lee believes — why stay?",
            "Ann Lee",
            "believes",
            ("If the dam is weak", "as"),
        ),
    ],
)
def test_neither_is_what_stands_in_scraps(
    text: str, source: str, cue: str, pieces: tuple[str, ...]
) -> None:
    graph = stated(text, source, cue, *pieces)
    assert claim_sentence(graph, graph.claims[0]) == text


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "It raised fears among farmers and criticism that wells dry up.",
            "farmers",
            "criticism",
            "that wells dry up",
        ),
        (
            "The owner's claims that the hotel is clean were read.",
            "owner's",
            "claims",
            "that the hotel is clean",
        ),
        (
            "They met the finding of the review that it was old.",
            "the review",
            "finding",
            "that it was old",
        ),
        ("He hid it, for it seemed to contradict his pledge.", "it", "to contradict", "his pledge"),
        ("His response was: “Ask the board.”", "His", "response", "“Ask the board.”"),
        ("“Why stay?” asked Tomas Rey, who keeps bees.", "Tomas Rey", "asked", "“Why stay?”"),
    ],
)
def test_what_a_noun_tells_is_told_by_its_sentence(
    text: str, source: str, cue: str, content: str
) -> None:
    graph = stated(text, source, cue, content)
    assert claim_sentence(graph, graph.claims[0]) == text


@pytest.mark.parametrize("dash", ["—", " – ", " - "])
def test_a_quotation_behind_a_dash_is_not_of_whoever_denies(dash: str) -> None:
    text = f"As Ann Lee believes, and the utility firmly denies{dash}“why stay?” asked Tomas Rey."
    graph = stated(text, "the utility", "firmly denies", "“why stay?”")
    assert dispute_words(graph, graph.disputes[0]) == text  # and not what
    assert claim_sentence(graph, graph.claims[0]) == text


def test_a_quotation_that_follows_is_told_with_its_verb() -> None:
    text = "“It is easy,” Ann Lee speculated. “It is cheap, too.” The port is old."
    graph = stated(text, "Ann Lee", "speculated", "“It is cheap, too.”")
    (one,) = graph.attributions
    one = replace(one, sentence=Span(0, text.index(" The port")))
    graph = replace(graph, attributions=(one,))
    assert claim_sentence(graph, graph.claims[0]) == text.removesuffix(" The port is old.")


def test_what_a_quotation_is_about_is_no_part_of_it() -> None:
    text = "“Nobody is out there,” Ann Lee said of the letters that Tomas Rey sent in March."
    graph = stated(
        text, "Ann Lee", "said", "“Nobody is out there,”", "the letters that Tomas Rey sent"
    )
    assert claim_sentence(graph, graph.claims[0]) == text
    assert dispute_words(graph, graph.disputes[0]) == "Nobody is out there"


def test_what_others_call_it_is_not_what_it_says() -> None:
    text = "The office slammed a suit alleging that it broke the law, calling it absurd."
    graph = stated(text, "a suit", "alleging", "that it broke the law, calling it absurd")
    (first,) = graph.attributions
    second = make_attribution(
        source=(at("The office", text=text),),
        cue=(at("calling", text=text),),
        content=(at("it absurd", text=text),),
        sentence=first.sentence,
        speakers=(at("The office", text=text),),
        route=(),
        basis=(),
        source_ids=("memo",),
    )
    both = replace(graph, disputes=(), attributions=(first, second))
    assert claim_sentence(both, both.claims[0]) == text
    assert claim_sentence(graph, graph.claims[0]) == ""


def test_without_its_text_a_claim_is_what_it_was() -> None:
    graph = stated("The tram, which it noted was old, stood.", "it", "noted", "which", "was old")
    bare = replace(graph, article=make_article(""))
    assert claim_sentence(bare, bare.claims[0]) == ""
