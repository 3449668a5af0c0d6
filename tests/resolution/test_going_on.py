"""Whom a pronoun stands for that goes on speaking, where the speaker has no name."""

import pytest

from provenance.articles import article_from_text
from provenance.extraction import load_extractor
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry
from provenance.resolution.salience import noun_gender

HEAD = "Harbour board meets again over the old ferry\n\n"


def speakers(text: str) -> list[str]:
    """Return the id of each statement's source, in the order of the text."""
    article = article_from_text(HEAD + text)
    found = resolve_sources(article, load_extractor("tagger")(article), load_registry())
    return [id for a in found.attributions for id in a.source_ids]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "Greta Holm, who owns the mill, said on Tuesday that the books were clean.\n\n"
            "A former bookkeeper told the Courier that Holm had sold the mill twice. She said"
            " that she had kept copies. “I was told to burn them,” she said.",
            ["greta-holm", "former-bookkeeper", "former-bookkeeper", "former-bookkeeper"],
        ),
        (
            "The ferry was sound, said its captain, Peter Lund.\n\nA woman who had been on deck"
            " said that Lund was asleep. She said the horn never sounded.",
            ["peter-lund", "woman", "woman"],
        ),
        (
            "The ferry was sound, said its captain, Erika Lund.\n\nA waiter said that Lund was"
            " asleep. He added that nobody had steered. “We drifted,” he recalled.",
            ["erika-lund", "waiter", "waiter", "waiter"],
        ),
        (
            "“We warned them,” said a mother of two pupils. She said headmaster Karl Voss had"
            " laughed at her.\n\nVoss said the roof had been safe.",
            ["mother-of-two-pupils", "mother-of-two-pupils", "karl-voss"],
        ),
        (
            "Corwen Hydro said on Monday that the dam was safe.\n\nAn engineer said the gates had"
            " rusted. She said that Corwen Hydro had known since May.",
            ["corwen-hydro", "engineer", "engineer"],
        ),
        (
            "A senior official accused Anna Keel, the minister, of hiding the file. She said Keel"
            " had ordered it shredded. Keel called it absurd.",
            ["senior-official", "senior-official", "anna-keel"],
        ),
        (
            "A spokesman told the Argus that Dora Finn had fled. He said her office was empty. A"
            " neighbour said the house was dark. She said the car was gone.",
            ["spokesman", "spokesman", "neighbour", "neighbour"],
        ),
        (
            "Judge Ivo Stern denied on Friday that he had taken money.\n\nA clerk told the Mercury"
            " that Stern was innocent. He said the cash was a gift.",
            ["ivo-stern", "clerk", "clerk"],
        ),
    ],
)
def test_an_unnamed_speaker_goes_on_and_not_whom_he_talks_about(text: str, ids: list[str]) -> None:
    assert speakers(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "A former clerk said that the port was bankrupt. Anna Reed, who runs the port, was in"
            " Oslo on Monday. She said that it was not.",
            ["former-clerk", "anna-reed"],
        ),
        (
            "A spokesman said that the port was bankrupt. Anna Reed, the director, laughed. “He"
            " knows nothing,” she said.",
            ["spokesman", "anna-reed"],
        ),
        (
            "A spokeswoman said that Peter Lund had resigned. He said in March that he was tired.",
            ["spokeswoman", "peter-lund"],
        ),
    ],
)
def test_the_word_passes_to_whom_the_text_turns_to(text: str, ids: list[str]) -> None:
    assert speakers(text) == ids


def test_nouns_tell_the_gender_of_whom_they_describe() -> None:
    assert [noun_gender([noun]) for noun in ("policewoman", "waitress", "widower")] == [*"ffm"]
    assert noun_gender(["clerk", "chairman", "german"]) == ""
