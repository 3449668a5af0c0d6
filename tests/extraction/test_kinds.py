# ruff: noqa: E501 - articles of one line are read more easily
"""What a source is, who only has what he is said to have made, and events that are told twice."""

import pytest

from provenance.articles import parse_article
from provenance.model import EventKind, EventRole, SourceGraph, SourceType
from provenance.pipeline import build_record

TOP = "Mill owners knew of dust\n\nBy Jo Ferro\n\n"


def graph_of(words: str, top: str = TOP, name: str = "story.txt") -> SourceGraph:
    return build_record(parse_article(f"{top}{words}\n".encode(), name))


def made(graph: SourceGraph) -> set[tuple[str, ...]]:
    names = {source.id: source.name for source in graph.sources}
    return {
        tuple(names.get(p.source_id, "") for p in event.participants if p.role is EventRole.AGENT)
        for event in graph.events
        if event.kind is EventKind.CREATION
    }


FIRMS = ["Haul Ltd", "Corwen Brothers Inc.", "Dora Pike LLC", "Keel & Marsh plc", "Otto Lang GmbH"]


@pytest.mark.parametrize("name", FIRMS)
def test_a_firm_is_no_person(name: str) -> None:
    graph = graph_of(f"A crane fell on Monday. The builder, {name}, said the wind was to blame.")
    assert {s.type for s in graph.sources if s.name.startswith(name.split()[0])} == {
        SourceType.ORGANIZATION
    }


HELD = [
    "Letters obtained by the Alder Ledger show that the owners knew of it. The Ledger's letters "
    "are genuine, Oscar Dunne said.",
    "The Alder Ledger obtained the minutes of the board. Milo Kerr said the Ledger's minutes were "
    "incomplete.",
    "A clerk gave three memos to the Coast Herald. The Herald's memos are forged, Ines Sol said.",
    "The memo was leaked to the Coast Herald in May. Ines Sol said that the Herald's memo was old.",
    "According to emails obtained by the Coast Herald, he knew. The Herald's emails are old, Ada "
    "Lunt said.",
]


@pytest.mark.parametrize("words", HELD)
def test_who_only_holds_papers_made_none_of_them(words: str) -> None:
    assert made(graph_of(words)) == set()


def test_who_holds_nothing_made_what_is_called_theirs() -> None:
    words = "The union's report shows that the dust was measured, Jon Pike said."
    assert made(graph_of(words)) == {("union",)}


AGAIN = [
    "A report by Ruth Abel shows that the dust was measured. The report by Ruth Abel says that it "
    "was kept. Jon Pike said that Ruth Abel's report was right.",
    "The memo was written by Ida Moss. It shows that the dust was known. The memo by Ida Moss says "
    "that the owners paid.",
    "According to emails obtained by the Coast Herald, he knew. The emails, obtained by the Coast "
    "Herald, show that he paid.",
    "Jon Pike leaked the memo to the Coast Herald in May 2021. The memo shows that he paid. Pike "
    "leaked the memo to the Herald.",
    "Ida Moss gave the letters to the Coast Herald. The letters show that he paid. Moss gave the "
    "letters to the Herald, she said.",
]


@pytest.mark.parametrize("words", AGAIN)
def test_an_event_that_is_told_again_is_one(words: str) -> None:
    events = [
        (e.kind, frozenset((p.role, p.source_id) for p in e.participants))
        for e in graph_of(words).events
        if all(p.source_id for p in e.participants)
    ]
    assert events
    assert len(events) == len(set(events))


def test_events_on_two_days_are_two() -> None:
    words = (
        "Jon Pike leaked the memo to the Coast Herald on 3 May 2021. The memo shows that he paid. "
        "On 9 June 2022 Jon Pike leaked the memo to the Coast Herald."
    )
    leaks = [e for e in graph_of(words).events if e.kind is EventKind.LEAK]
    assert [e.date for e in leaks] == ["2021-05-03", "2022-06-09"]


HEADS = [
    "Regulators welcome new head of broadcasting",
    "Officials praise the plan for a harbour",
    "Watchdog blames firm for spill in bay",
    "Critics slam new rules for fishing boats",
    "Activists call harbour plan a mistake",
]


@pytest.mark.parametrize("head", HEADS)
def test_who_is_only_in_the_headline_is_nobody_whom_a_quotation_may_mean(head: str) -> None:
    words = (
        '"She knows it better than anyone, and they say so."\n— Gareth Ashdown, commissioner\n\n'
        'Conrad Bell: "It will matter more than they think, and it did before."'
    )
    graph = graph_of(words, f"{head}\n\nThe board met on Tuesday in the old town hall.\n\n")
    assert {source.name for source in graph.sources} == {"Gareth Ashdown", "Conrad Bell"}


def test_the_paper_itself_is_an_outlet() -> None:
    page = (
        '<html><head><title>Dust in the mill</title><meta property="og:site_name" content="The '
        'Standard"></head><body><article><h1>Dust in the mill</h1><p>The owners of the mill knew '
        "of the dust for ten years, according to letters seen by the Standard.</p><p>“They had it "
        "measured twice,” Ruth Abel, a chemist, said on Monday in the town.</p></article></body>"
    )
    (paper,) = [s for s in graph_of("", page, "story.html").sources if s.name == "Standard"]
    assert paper.type is SourceType.NEWS_OUTLET


OWNERS = [
    "The operator of the dam, Corwen Hydro, says a sensor failed. Its spokesman, Leo Strand, said so.",
    "The owner of the ferry line, Blackwater Group, said the tide was late.",
    "Their employer, Halden Fisheries, said they had been told not to sail.",
    "The builder, Tallis Works, said that it had been warned. It said that in May.",
    "The maker of the pump, Brannock Systems, said the valve was open.",
]


@pytest.mark.parametrize("words", OWNERS)
def test_who_owns_or_runs_something_may_be_a_firm(words: str) -> None:
    graph = graph_of(words)
    first = min(
        (one for one in graph.attributions if one.cue[0].start > len(TOP)), key=lambda one: one.cue
    )
    types = {source.id: source.type for source in graph.sources}
    assert [types[one] for one in first.source_ids] == [SourceType.ORGANIZATION]


@pytest.mark.parametrize("name", ["Rob Elsey", "Ruth Banks", "Mark House"])
def test_who_owns_or_runs_something_may_be_a_person(name: str) -> None:
    graph = graph_of(f"The owner of the ferry, {name}, said the tide was late. He said it was May.")
    assert [(source.name, source.type) for source in graph.sources] == [(name, SourceType.PERSON)]


SHOWN = [
    "Letters obtained by the Norland Herald show that Tallis Systems knew of the leak. The Herald's "
    "letters are genuine, Ilse Brun said.",
    "Emails seen by the Norland Courier show that the office wrote the tender. Ilse Brun said that "
    "the Courier's emails were private.",
    "Documents obtained by the Quay Gazette show that the office paid. Ilse Brun said that the "
    "Gazette's documents were old.",
]


@pytest.mark.parametrize("words", SHOWN)
def test_papers_are_called_what_they_are_and_come_by_the_outlet(words: str) -> None:
    graph = graph_of(words)
    papers, outlet = words.split()[0].lower(), " ".join(words.split()[4:6])
    assert {source.name.lower() for source in graph.sources} == {
        papers,
        outlet.lower(),
        "ilse brun",
    }
    names = {source.id: source.name.lower() for source in graph.sources}
    assert (papers, outlet.lower()) in {
        (names.get(flow.source), names.get(flow.target)) for flow in graph.flows
    }
    first = min(
        (one for one in graph.attributions if one.cue[0].start > len(TOP)), key=lambda one: one.cue
    )
    assert [names[one] for one in first.source_ids] == [papers]


@pytest.mark.parametrize("name", ["Agnes Roy", "Signe Holm", "Bela Stern", "Odile Brandt"])
def test_a_first_name_is_part_of_the_name(name: str) -> None:
    graph = graph_of(f"The zoo lost a tiger. Its vet, {name}, said that it had been ill since May.")
    assert name in {source.name for source in graph.sources}


def test_somebody_named_who_says_something_is_a_source_whatever_the_parse() -> None:
    graph = graph_of("The zoo's friends asked for an inquiry, their chair, Leo Mann, said.")
    assert {source.name for source in graph.sources} == {"Leo Mann"}
