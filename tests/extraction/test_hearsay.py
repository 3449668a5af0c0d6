"""What a speaker had from another, told within the speaker's own words."""

import pytest

from provenance.model import ARTICLE, SourceGraph
from tests.helpers.graphs_by_rules import told_graph

HEAD = "Council meets about the ferry\n\nBy Nora Tamm\n\n"


def hops(graph: SourceGraph) -> set[tuple[str, str]]:
    """Return the ends of each flow, by name."""
    names = {ARTICLE: "article"} | {s.id: s.name for s in graph.sources}
    return {(names[f.source], names[f.target]) for f in graph.flows}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“The captain admitted to me that the hull was cracked,” Lena Voss told the Courier.",
            {("captain", "Lena Voss"), ("Lena Voss", "Courier"), ("Courier", "article")},
        ),
        (
            "Omar Dent, a farmer, said: “The clerk, Ada Brook, told my wife that the papers were"
            " gone.”",
            {("Ada Brook", "Omar Dent"), ("Omar Dent", "article")},
        ),
        (
            "“My brother says they never closed the gate,” said Omar Dent, a farmer. “I was away"
            " that night.”",
            {("My brother", "Omar Dent"), ("Omar Dent", "article")},
        ),
        (
            "‘Mr Boyle promised us that the school would open,’ a parent, Jo Wick, said.",
            {("Boyle", "Jo Wick"), ("Jo Wick", "article")},
        ),
        (
            '"According to the mayor, nobody was hurt," a nurse, Una Pell, said on Friday.',
            {("mayor", "Una Pell"), ("Una Pell", "article")},
        ),
        (
            "“When I rang, the operator said the line was down. Nobody rang back,” recalled one"
            " passenger.",
            {("operator", "one passenger"), ("one passenger", "article")},
        ),
    ],
)
def test_what_a_quoted_speaker_was_told(text: str, expected: set[tuple[str, str]]) -> None:
    """Hearsay within quotation marks goes through whoever is quoted."""
    assert hops(told_graph(HEAD + text)) == expected


MILL = "A former porter of the mill spoke on Monday of how the fire began.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "‘We smelt it at noon,’ Nils Ohm said. ‘The hall was full of smoke, and no one came.\n\n"
        "‘Nobody rang the bell. The night manager told me: “Go home, it is nothing.”\n\n"
        "‘On Friday they gave us all new coats.’\n\n"
        "‘That is a lie,’ said Lea Pratt, the night manager. ‘I rang it twice.’",
        "“We smelt it at noon,” Nils Ohm said. “The hall was full of smoke, and no one came.\n\n"
        "“Nobody rang the bell. The night manager told me that it was nothing.\n\n"
        "“On Friday they gave us all new coats.”\n\n"
        "“That is a lie,” said Lea Pratt, the night manager. “I rang it twice.”",
    ],
)
def test_words_within_words_over_paragraphs(text: str) -> None:
    """Who is quoted over paragraphs goes on, and whom he quotes is none but who has that office."""
    graph = told_graph(HEAD + MILL + text)
    found = {(s, t) for s, t in hops(graph) if "porter" not in s}
    assert found == {
        ("Nils Ohm", "article"),
        ("Lea Pratt", "article"),
        ("Lea Pratt", "Nils Ohm"),
    }
    speakers = {s.id: s.name for s in graph.sources}
    coats = [a for a in graph.attributions if "coats" in graph.article.quote(a.content[-1])]
    assert coats
    assert {speakers[i] for a in coats for i in a.source_ids} == {"Nils Ohm"}


@pytest.mark.parametrize(
    "words",
    [
        "his memo shows a crack in the dam",
        "his measurements agreed with what the inspectors had seen",
        "his report found that the gates had rusted",
        "a study of his had shown the crack in March",
    ],
)
def test_who_speaks_of_his_own_paper_tells_the_article(words: str) -> None:
    graph = told_graph(
        f"Dam\n\nBy Nora Tamm\n\nIlan Roth, a geologist, said on Sunday that {words}."
    )
    ends = {(flow.source, flow.target) for flow in graph.flows}
    assert ("ilan-roth", "article") in ends
    assert not [one for one, other in ends if (other, one) in ends]
