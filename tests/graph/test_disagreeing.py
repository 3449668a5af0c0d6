"""Who disagrees with what was just said, without a word for what it is."""

import pytest

from tests.helpers.graphs_by_rules import told_graph

SAID = "Ilse Varga, who runs the mill, said that the river had been clean for a year. "
WROTE = "The Lorn Gazette reported that the mill would close in May. "


def disputes(text: str) -> set[tuple[str, str, str]]:
    """Return who takes which stance towards whom, by name."""
    graph = told_graph("Mill at odds with the town\n\nBy Nora Tamm\n\n" + text)
    names = {source.id: source.name for source in graph.sources}
    return {(names[d.source], d.stance.value, names[d.target]) for d in graph.disputes}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (SAID + "Emil Hart disagreed.", "Emil Hart"),
        (SAID + "The mayor, Olaf Brink, disagrees.", "Olaf Brink"),
        (SAID + "Anna Pruett begs to differ.", "Anna Pruett"),
        (SAID + "\n\nHart, reached by phone, disagreed. “It stinks,” he said.", "Hart"),
        (SAID + "Two of her neighbours strongly disagreed.", "neighbours"),
    ],
)
def test_whoever_disagrees_denies_what_was_said(text: str, who: str) -> None:
    assert {(by[-len(who) :], *rest) for by, *rest in disputes(text)} == {
        (who, "denies", "Ilse Varga")
    }


@pytest.mark.parametrize(
    "denial",
    [
        "said those plans did not exist",
        "said that no such decision had been taken",
        "said no such plan was ever discussed",
        "said that these plans “do not exist”",
        "insisted that there had been no such decision",
    ],
)
def test_what_is_said_not_to_be_is_denied(denial: str) -> None:
    text = f"{WROTE}Its owner, Ruth Kern, {denial}."
    assert disputes(text) == {("Ruth Kern", "denies", "Lorn Gazette")}


@pytest.mark.parametrize(
    "words",
    [
        "the recording showed no signs of manipulation",
        "the recording shows no trace of editing",
        "there is no evidence that the recording was doctored",
        "they had found no hint of tampering in the recording",
    ],
)
def test_no_sign_of_tampering_vouches_for_a_thing(words: str) -> None:
    text = f"A recording got by the Lorn Gazette says that they lied. Two experts said {words}."
    assert disputes(text) == {("two experts", "confirms", "recording")}


@pytest.mark.parametrize("thing", ["the books were false", "the passports were fake"])
def test_a_thing_is_not_what_was_just_said(thing: str) -> None:
    assert disputes(SAID + f"The clerk, Bram Kuiper, said {thing}.") == set()


@pytest.mark.parametrize("word", ["this", "that", "it"])
def test_what_was_just_said_is_confirmed(word: str) -> None:
    text = f"{SAID}The University of Brenn, which took the samples, confirmed {word}."
    assert disputes(text) == {("University of Brenn", "confirms", "Ilse Varga")}


@pytest.mark.parametrize(
    "text",
    [
        SAID + "Emil Hart said that people disagreed about the river.",
        SAID + "Their views differ from one town to the next.",
        WROTE + "Its owner, Ruth Kern, said those plans exist.",
        WROTE + "Its owner, Ruth Kern, said there was such a plan.",
        SAID + "Emil Hart declined to confirm this.",
    ],
)
def test_no_more_is_read_than_is_said(text: str) -> None:
    assert not {one for one in disputes(text) if one[1] == "denies"}
