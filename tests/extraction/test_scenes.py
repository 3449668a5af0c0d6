# ruff: noqa: E501 - articles of one line are read more easily
"""Whose words stand in a scene: whoever is named there does something, and the quotation follows."""

from collections.abc import Mapping

import pytest

from tests.articles.test_voices import check, page, text

SCENES: Mapping[str, Mapping[str, str]] = {
    "Piet Louw waited by the gate with a lamp.\n\n“They told us noon, then six.”\n\nHis sister, Anna "
    "Louw, had brought bread. “Nobody from the mine has been here.”\n\nThe manager, Karl Voss, came "
    "out at seven. “We have heard knocking,” he said.": {
        "noon": "Piet Louw",
        "has been here": "Anna Louw",
        "knocking": "Karl Voss",
    },
    "Rosa Pike had come by bus from Alder. “My house has no roof.” The rain went on.": {
        "no roof": "Rosa Pike"
    },
    "The baker, Edda Falk, opened at five as ever. “I sold every loaf by six.”\n\nA carpenter, Jon "
    "Moss, sat on the kerb. “I slept in the van,” he said.": {
        "loaf": "Edda Falk",
        "the van": "Jon Moss",
    },
    "Nora Quist stood in the yard of the school.\n\n“We rang the bell for an hour.”\n\nIt was "
    "cold.": {"bell": "Nora Quist"},
    "The vet, Ada Lunt, came at noon. “The mare was fed mouldy hay,” she said. The groom, Max Ohm, "
    "shook his head. “The hay was dry,” he said.": {"mouldy": "Ada Lunt", "dry": "Max Ohm"},
}
OTHERS: Mapping[str, Mapping[str, str]] = {
    "Piet Louw met Anna Voss at the gate.\n\n“They told us noon, then six,” a guard, Tim Horn, said.": {
        "noon": "Tim Horn"
    },
    "Piet Louw said that it was late. “They told us noon,” said Anna Voss.": {"noon": "Anna Voss"},
}


@pytest.mark.parametrize("words", SCENES, ids=range(len(SCENES)))
def test_the_words_are_those_of_who_was_just_seen(words: str) -> None:
    check(text(f"After the slide\n\nBy Marta Ilves\n\n{words}"), SCENES[words])


@pytest.mark.parametrize("words", OTHERS, ids=range(len(OTHERS)))
def test_whoever_else_is_said_to_speak_has_the_words(words: str) -> None:
    check(text(f"After the slide\n\nBy Marta Ilves\n\n{words}"), OTHERS[words])


@pytest.mark.parametrize("noun", ["owner", "insurer", "builder", "landlord", "operator"])
def test_the_owner_is_nobody_who_was_named_as_something_else(noun: str) -> None:
    graph = text(
        "Pump fails again\n\nBy Jo Ferro\n\nThe ferry's cook, Ana Ruiz, said that the pump had smoked "
        f"since May. The {noun} said it had not."
    )
    check(graph, {"smoked": "Ana Ruiz", "it had not": noun})


@pytest.mark.parametrize("word", ["Headteacher Marcus Bell", "The head, Marcus Bell,"])
def test_what_he_says_of_himself_does_not_end_his_turn(word: str) -> None:
    graph = text(
        f"Pupil hurt\n\n{word} said that the school had acted. A father of two pupils said that it had "
        'not. He said that he had written to the board in May. "They never answered me," he said.'
    )
    check(graph, {"never answered": "father of two pupils", "school had acted": "Marcus Bell"})


HEADS = [
    ("Imke Vale, farmers' union president", "Vice mayor Piet Louw", "Bram Acht, economist"),
    ("Deputy minister Imke Vale", "Piet Louw, head of the water board", "Former judge Bram Acht"),
]


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("tag", ["h2", "h3", "h4"])
def test_headings_that_name_speakers(heads: tuple[str, ...], tag: str) -> None:
    said = ["We paid it for nine years.", "It bought two dams for us.", "Somebody has to pay it."]
    body = "".join(f"<{tag}>{h}</{tag}><p>“{s}”</p>" for h, s in zip(heads, said, strict=True))
    graph = page(
        f"<p>The court struck down the levy on Friday.</p>{body}", title="Levy struck down"
    )
    check(graph, dict(zip(said, ("Imke Vale", "Piet Louw", "Bram Acht"), strict=True)))
    assert {source.type.value for source in graph.sources} == {"person"}


@pytest.mark.parametrize(
    "title", ["Four questions for Amadou Keita", "Amadou Keita answers questions"]
)
def test_answers_in_a_list_of_terms_are_of_who_is_asked(title: str) -> None:
    body = (
        "<p>The fire chief of Elmstead, Amadou Keita, talks about the fire in the mill.</p><dl><dt>How "
        "did it start?</dt><dd>The insurer says it was a cable. I do not believe that.</dd><dt>Was the "
        "alarm on?</dt><dd>No. The owner told us that it had been off.</dd></dl>"
    )
    graph = page(body, title=title)
    check(graph, {"I do not believe": "Amadou Keita", "No. The owner": "Amadou Keita"})
