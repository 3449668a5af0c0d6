"""Whose turn it is where "he" or "she" speaks: who was just brought in, and who that cannot be."""

import pytest

from provenance.pipeline import build

HEAD = "Flood takes half the town\n\nBy Nora Tamm\n\n"


def speaker(text: str, words: str) -> str:
    """Return the name of whoever says *words* in *text*."""
    record = build(HEAD + text + "\n").record
    names = {source.id: source.name for source in record.sources}
    at = record.article.text.index(words)
    (told,) = (
        a
        for a in record.attributions
        if any(s.start <= at < s.end for s in a.content) and a.depth == 0
    )
    return names[told.source_ids[0]] if told.source_ids else ""


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (  # introduced behind "was"
            "Sheriff Ruben Holt said the water came at night.\n\nDeputies pulled ten people from"
            " roofs. One of them was Tina Gray, who had a dog. “It came up fast,” she said.",
            "Tina Gray",
        ),
        (
            "Doris Holt said the water came at night.\n\nDeputies pulled ten people from roofs."
            " One of them was Tina Gray, who had a dog. “It came up fast,” she said.",
            "Tina Gray",
        ),
        (
            "Doris Holt said the water came at night.\n\nAnother was Tina Gray. “It came up fast,”"
            " she said.",
            "Tina Gray",
        ),
        (
            "“Nobody warned us,” said Clara Wick, who owns the mill.\n\nAmong them was Peter Lund,"
            " a baker. “It came up fast,” he said.",
            "Peter Lund",
        ),
        (  # a surname that might be a first name, and that no parser knows
            "“The dam is weak,” said Ella Demir, an engineer.\n\nHart, reached by phone, disagreed."
            " “It came up fast,” she said.",
            "Hart",
        ),
        (  # "is said to be" puts nobody into another's mouth
            "Gus Rudd wrote about his bandmate Max Orde. Rudd says he “never sang”.\n\nOrde"
            " is said to be furious. “It came up fast,” he told us.",
            "Max Orde",
        ),
        (  # named where somebody else acts
            "Ron Teal told us that there were no plans. “We thought that the county had them,” he"
            " said.\n\nI put this to Jon Sayle, who built it. He said it came up fast.",
            "Jon Sayle",
        ),
        (
            "“It is over,” Maria Sand, who leads the union, said.\n\nThe new head of the works is"
            " Ines Coto, once a minister. She told workers it came up fast.",
            "Ines Coto",
        ),
        (  # a title that is another's
            "Asha Rahm, who keeps the books, said the money was gone.\n\nMr Fray's sister-in-law,"
            " Tamsin Cole, is a trustee. She says it came up fast.",
            "Tamsin Cole",
        ),
        (  # who is only talked about does not take the word
            "Doris Holt said that she had met Tina Gray. She said it came up fast.",
            "Doris Holt",
        ),
        (  # whose co-author he is
            "Luis Orta, who wrote the paper, said the teeth were glued.\n\nHis co-author Peter"
            " Lindgren, of Brenn, was no kinder. He said it came up fast.",
            "Peter Lindgren",
        ),
        (  # a woman's name for "he"
            "Prosecutor Maria Kass said the brothers took the money.\n\nRaymond Tull served three"
            " terms before he lost. In an advertisement he said it came up fast.",
            "Raymond Tull",
        ),
    ],
)
def test_who_was_just_brought_in_speaks(text: str, who: str) -> None:
    words = "It came up fast" if "It came up fast" in text else "it came up fast"
    assert speaker(text, words) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "For Doris Kettle, the bridge was the way to church. “It is shut,” said Kettle, who is"
            " 82.\n\nA farmer, Walt Kettle, who is no relation, said so too.",
            "Doris Kettle",
        ),
        (
            "Tom Berg owned the boat. Later Berg said “It is shut”. His wife, Anna Berg, said"
            " nothing. Anna Berg and Tom Berg live in Lorn.",
            "Tom Berg",
        ),
        (
            "“It is shut,” Holt said. That was before Ruben Holt and Ada Holt were married.",
            "Ruben Holt",
        ),
    ],
)
def test_nobody_goes_by_a_surname_before_he_is_introduced(text: str, who: str) -> None:
    assert speaker(text, "It is shut") == who


@pytest.mark.parametrize(
    "text",
    [
        "Otto Feld and Mary Holm met, the Morgenpost reported. Both of them say it came up fast.",
        "“He copied me,” Noor Hay told the magazine Mesa. They both said it came up fast.",
        "Ada Reed and Tom Vane quarrel, Radio Alta reported. Both said it came up fast.",
    ],
)
def test_two_are_no_one_body(text: str) -> None:
    assert speaker(text, "it came up fast") == ""


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "“My boy is ill,” said Clara Arr, who keeps samples. Her doctor, Rui Paz, said he had"
            " seen such cases.\n\nThe health secretary said it came up fast.",
            "health secretary",
        ),
        (
            "“Is it true?” Jane Holt asked. “It is not,” Dan Reed said. The governor said it came"
            " up fast.",
            "governor",
        ),
        (
            "Bosses of the line met Eva Marsh, who sails for it. Star Lines was warned. “It came up"
            " fast,” the company said.",
            "Star Lines",
        ),
        (
            "Judge Lou Jahn was threatened, and people briefed on his testimony said it came up"
            " fast.",
            "people",
        ),
    ],
)
def test_an_office_or_firm_is_nobodys_by_chance(text: str, who: str) -> None:
    assert speaker(text, "came up fast" if "fast,” the" not in text else "It came up") == who
