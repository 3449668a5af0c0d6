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
