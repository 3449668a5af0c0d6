"""Whose words a denial, a doubt or a confirmation is aimed at."""

import pytest

from tests.graph.test_disagreeing import disputes

PUSHED = "Ilse Varga said the mayor had pushed her. "
DROVE = "Olaf Brink argued that the drivers deserved overtime. "
TOLD = "Ilse Varga told the court that her car never moved. "
WARNED = "Olaf Brink said that he had warned the firm twice. "
FIRE = "Prosecutors said that Ilse Varga had set the fire. "
SHUT = "The Lorn Gazette reported that the mill would close in May. "


@pytest.mark.parametrize(
    ("text", "by", "target"),
    [
        (SHUT + "“Not true,” Emil Hart tweeted.", "Emil Hart", "Lorn Gazette"),
        (PUSHED + "Emil Hart dismissed the idea.", "Emil Hart", "Ilse Varga"),
        (PUSHED + "Emil Hart called her a liar.", "Emil Hart", "Ilse Varga"),
        (PUSHED + "“She is a liar,” Emil Hart said.", "Emil Hart", "Ilse Varga"),
        (PUSHED + "Emil Hart contradicted her.", "Emil Hart", "Ilse Varga"),
        (
            PUSHED + "Emil Hart called Varga “totally delusional” for the accusation.",
            "Emil Hart",
            "Ilse Varga",
        ),
        (
            PUSHED + "Emil Hart told reporters he thought Varga had “made up the story.”",
            "Emil Hart",
            "Ilse Varga",
        ),
        (
            PUSHED + "Emil Hart said Varga falsely claims that she was pushed.",
            "Emil Hart",
            "Ilse Varga",
        ),
        (
            "Ilse Varga said the mayor had pushed her, something Olaf Brink denies.",
            "Olaf Brink",
            "Ilse Varga",
        ),
        (
            "Ilse Varga claims that her dog bit a clerk, which the board rejected as “untrue.”",
            "board",
            "Ilse Varga",
        ),
        (DROVE + "The firm said they did not.", "firm", "Olaf Brink"),
        (DROVE + "Ilse Varga did not agree that they deserved it.", "Ilse Varga", "Olaf Brink"),
        (WARNED + "The firm said it had received no such warning.", "firm", "Olaf Brink"),
        (WARNED + "Ilse Varga said she knew of no such letter.", "Ilse Varga", "Olaf Brink"),
        (
            TOLD + "Emil Hart, the judge, said photographs of the damage were not consistent with "
            "Ms Varga's account.",
            "Emil Hart",
            "Ilse Varga",
        ),
        (
            TOLD + "“The evidence appears to contradict several aspects of her testimony,” wrote "
            "Emil Hart.",
            "Emil Hart",
            "Ilse Varga",
        ),
        (
            TOLD + "Emil Hart said that Ms Varga's statement misleads the public.",
            "Emil Hart",
            "Ilse Varga",
        ),
        (
            "The army said that two men had been kidnapped. However, the rebels dismissed as "
            '"propaganda" the army\'s claim of a kidnapping.',
            "rebels",
            "army",
        ),
        (
            FIRE + "Emil Hart, who was at the mill, said nobody was hurt. Varga denies any "
            "wrongdoing.",
            "Ilse Varga",
            "Prosecutors",
        ),
        (FIRE + "She has pleaded not guilty.", "Ilse Varga", "Prosecutors"),
        (
            "The inspectors found that the bolts were loose. Anna Pruett rejected an earlier study "
            "of the bridge by the university.",
            "Anna Pruett",
            "earlier study of the bridge by the university",
        ),
        (
            "“False,” Olaf Brink wrote on Monday in response to Ilse Varga, who said the mayor had "
            "pushed her.",
            "Olaf Brink",
            "Ilse Varga",
        ),
    ],
)
def test_a_denial_is_aimed_at_whoever_said_so(text: str, by: str, target: str) -> None:
    assert disputes(text) == {(by, "denies", target)}


@pytest.mark.parametrize(
    ("text", "by", "target"),
    [
        (
            "Police said twelve people had died. Emil Hart, a health official, confirmed the toll.",
            "Emil Hart",
            "Police",
        ),
        (PUSHED + "The board confirmed that account to state radio.", "board", "Ilse Varga"),
        (
            "Ilse Varga said the mill had been closed. Emil Hart said Varga had correctly "
            "concluded that it was closed.",
            "Emil Hart",
            "Ilse Varga",
        ),
    ],
)
def test_whoever_vouches_for_it_confirms_it(text: str, by: str, target: str) -> None:
    assert disputes(text) == {(by, "confirms", target)}


@pytest.mark.parametrize(
    "text",
    [
        PUSHED + "The board objects to the new road. It starts in May.",
        PUSHED + "Emil Hart made up the beds.",
        PUSHED + "Emil Hart said they were not hurt.",
        FIRE + "She has pleaded guilty.",
        WARNED + "Emil Hart agreed to leave.",
    ],
)
def test_not_every_negation_is_a_denial(text: str) -> None:
    assert disputes(text) == set()
