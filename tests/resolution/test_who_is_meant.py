"""Whom a pronoun, an office, a count or a spokesman stands for, and whom not."""

import pytest

from provenance import build
from provenance.graph.reader.hearing import speaks_for
from tests.helpers.graphs_by_rules import told_graph

BANK = (
    "The board of the Tessel Bank, led by Ms Anna Pruett, met on Friday. Pruett said that nothing"
    " was wrong. "
)
REST = (
    " Nobody else was asked, and the town went back to its business as the evening came on over"
    " the hills."
)


@pytest.mark.parametrize(
    ("told", "who"),
    [
        (
            "A former foreman, who asked not to be named because she is looking for work, told the"
            " Gazette about the doors. She said that they were locked.",
            "former foreman",
        ),
        (
            "A nurse who spoke on condition of anonymity because she feared for her job told"
            " another story. She said the wards were full.",
            "nurse",
        ),
        (
            "An auditor, granted anonymity as she was not authorized to speak, described the"
            " ledger. She said two pages were missing.",
            "auditor",
        ),
        (
            "One clerk, speaking privately because she still works there, said that it was common"
            " knowledge. She added that Pruett was told.",
            "one clerk",
        ),
        (
            "Carla Venn, who resigned since she could not stay silent, said that the vault was"
            " empty. She said she had counted.",
            "Carla Venn",
        ),
    ],
)
def test_who_gives_a_reason_of_her_own_goes_on(told: str, who: str) -> None:
    graph = build(BANK + told + REST).record
    names = {source.id: source.name for source in graph.sources}
    last = max(graph.claims, key=lambda claim: claim.content[0].start)
    assert [names[one] for one in last.sources] == [who]


def test_the_owner_of_a_driver_is_not_he() -> None:
    graph = told_graph(
        "The tape was made by the mayor's driver, Olaf Brink. He gave it to the Harbor Courier."
    )
    ends = {(flow.source, flow.target) for flow in graph.flows}
    assert ("olaf-brink", "tape") in ends
    assert "mayor" not in {one for one, _ in ends}


@pytest.mark.parametrize("lower", ["deputy", "assistant", "vice", "shadow"])
def test_whoever_is_below_an_office_does_not_hold_it(lower: str) -> None:
    graph = told_graph(
        f"The numbers are wrong, the {lower} minister, Ilse Varga, said. The minister denied it."
    )
    varga = next(source for source in graph.sources if source.name == "Ilse Varga")
    assert "minister" not in varga.aliases


def test_two_are_not_the_eleven_of_before() -> None:
    graph = told_graph(
        "The audit rests on interviews with eleven engineers. Two engineers told the Post that"
        " they had been asked. Two engineers told the Sun that it was a lie."
    )
    two = next(source for source in graph.sources if source.name == "two engineers")
    assert "eleven engineers" not in two.aliases
    assert len(two.mentions) >= 2


@pytest.mark.parametrize(
    ("mouth", "whose", "is_mouth"),
    [
        ("Noll's spokesman", "Noll", True),
        ("lawyer for Ann Lee", "Ann Lee", True),
        ("spokeswoman of the bank", "the bank", True),
        ("Noll's brother", "Noll", False),
        ("lawyer, Ann Lee", "Ann Lee", False),
        ("Knoll's spokesman", "Noll", False),
    ],
)
def test_who_is_the_mouth_of_whom(mouth: str, whose: str, is_mouth: bool) -> None:
    assert speaks_for([mouth], [whose]) is is_mouth


@pytest.mark.parametrize(
    ("told", "office"),
    [
        ("Anna Berg, a nurse, took the photographs. The mayor said that they were old.", "mayor"),
        (
            "Tom Holt, the club’s captain, was hurt in May. The manager told the Post that he would"
            " not play again.",
            "manager",
        ),
        ("The reporter Bill Teague was there. The dam had failed, the governor said.", "governor"),
        ("Coach Tom Holt left in May. “We were lost,” the headmaster said.", "headmaster"),
    ],
)
def test_an_office_is_not_his_who_was_brought_in_as_something_else(told: str, office: str) -> None:
    graph = told_graph(told)
    assert office in {one.name for one in graph.sources}


def test_an_office_may_be_his_of_whom_nothing_is_known() -> None:
    head = "Dam holds\n\nBy Nora Tamm\n\n"
    won = "Ruth Kern won the vote in the valley last year. The governor said that the dam was safe."
    assert {one.name for one in told_graph(head + won).sources} == {"Ruth Kern"}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Ukrainian officials", "officials briefed on the matter"),
        ("French officials", "officials with knowledge of the deal"),
        ("Union leaders", "leaders familiar with the talks"),
        ("Police officers", "officers involved in the search"),
    ],
)
def test_those_who_are_set_apart_by_what_they_know_are_others(first: str, then: str) -> None:
    graph = told_graph(
        f"{first} said that nine people were killed in the port. The New York Times, citing {then},"
        f" reported that a warning had been given. It said the {then.split()[0]} had kept a note."
    )
    (one,) = (source for source in graph.sources if source.name == first)
    ends = {(flow.source, flow.target) for flow in graph.flows}
    assert (one.id, "article") in ends
    assert (one.id, "the-new-york-times") not in ends


def test_those_who_were_of_no_kind_may_be_they() -> None:
    graph = told_graph(
        "Officials said that the mine was safe. Officials briefed on the survey said that the roof"
        " was new."
    )
    assert len([source for source in graph.sources if "fficials" in source.name]) == 1


PRESS = (
    "The Alder Post reported on the memo. Radio Fjord and the news agency Interpress wrote that it"
    " was short. The port said that it knew of no memo. "
)


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("The paper said that it had checked the memo.", "Alder Post"),
        ("The newspaper said that it had checked the memo.", "Alder Post"),
        ("The station said that it had checked the memo.", "Radio Fjord"),
        ("The broadcaster said that it had checked the memo.", "Radio Fjord"),
        ("The agency said that it had checked the memo.", "Interpress"),
        ("A clerk, Ann Roe, had given the memo to the paper.", "Alder Post"),
        ("A clerk, Ann Roe, had given the memo to the station.", "Radio Fjord"),
    ],
)
def test_a_station_is_no_paper(told: str, who: str) -> None:
    graph = told_graph(PRESS + told + REST)
    named = {s.id for s in graph.sources if who in s.name}
    takers = {f.target for f in graph.flows if f.source != f.target}
    said = {one for claim in graph.claims[-1:] for one in claim.sources}
    assert named & (takers | said)


def test_a_paper_to_be_read_is_no_newspaper() -> None:
    graph = told_graph(
        "The Alder Post reported on a study of the glacier. The paper found that it had grown."
    )
    assert "paper" not in {t for s in graph.sources if "Post" in s.name for t in s.aliases}


def test_an_agency_of_the_state_is_no_wire() -> None:
    graph = told_graph(
        "The Alder Post reported on the leak. The anti-doping agency in Oslo opened an inquiry."
        " The agency said that it had the table."
    )
    assert "agency" not in {t for s in graph.sources if "Post" in s.name for t in s.aliases}


@pytest.mark.parametrize(
    "told",
    [
        "She put the letters in a tin box and gave the box to a niece.",
        "A box of letters was found. She gave the box to a niece.",
        "The letters lay in a suitcase for years. She sold the suitcase to a dealer.",
        "A hard drive with 300 letters was found. She brought the drive to a lawyer.",
        "The letters were on a memory stick. She slipped the stick to a friend.",
    ],
)
def test_what_holds_a_thing_stands_for_it(told: str) -> None:
    graph = told_graph(f"{told} The letters, obtained by the Alder Post, say that Lund lied.{REST}")
    (letters,) = (s for s in graph.sources if "letters" in s.name)
    assert {"box", "suitcase", "drive", "stick"} & {*letters.aliases}


def test_he_and_she_in_one_sentence_are_two() -> None:
    graph = told_graph(
        "A technician, Anders Holt, told the Post of a student, Mira Kolb. He let her in, and she"
        " said that the cupboard was empty."
    )
    assert graph.claims[-1].sources == ("mira-kolb",)
