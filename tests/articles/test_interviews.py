# ruff: noqa: E501 - letters as they are set
"""Interviews and letters, as outlets set them: whose words the answers and the letters are."""

from collections.abc import Mapping

import pytest

from tests.articles.test_voices import check, page, text, told

INTRO = (
    "<p>Otto Brandl, 61, has made cheese above Sankt Veit for three decades. Last winter his dairy "
    "was closed. He spoke to the Alpine Courier on the phone.</p>"
)
FIRST, SECOND = "Because of one sample of milk.", "Nothing at all. They sent one letter."
PAGES = {
    "outlet and name before the first turns": (
        "<p><b>Alpine Courier: Mr. Brandl, why was your dairy closed?</b></p>"
        f"<p><b>Otto Brandl:</b> {FIRST}</p><p><b>What does the office say?</b></p><p>{SECOND}</p>"
    ),
    "outlet before each question": (
        f"<p><strong>Alpine Courier: Why was it closed?</strong></p><p>{FIRST}</p>"
        f"<p><strong>Alpine Courier: What does the office say to you?</strong></p><p>{SECOND}</p>"
    ),
    "surname before each answer": (
        f"<p><b>Why was your dairy closed?</b></p><p><b>Brandl:</b> {FIRST}</p>"
        f"<p><b>What does the office say?</b></p><p><b>Brandl:</b> {SECOND}</p>"
    ),
    "labels alone are bold": (
        f"<p><b>Alpine Courier:</b> Why was your dairy closed?</p><p><b>Brandl:</b> {FIRST}</p>"
        f"<p><b>Alpine Courier:</b> What does the office say?</p><p><b>Brandl:</b> {SECOND}</p>"
    ),
    "a list of terms": (
        f"<dl><dt>Why was your dairy closed?</dt><dd>{FIRST}</dd>"
        f"<dt>What does the office say to you?</dt><dd>{SECOND}</dd></dl>"
    ),
    "questions after a dash": (
        f"<p><b>– Why was your dairy closed?</b></p><p>{FIRST}</p>"
        f"<p><b>– What does the office say?</b></p><p>– {SECOND}</p>"
    ),
    "headings with the outlet's initials": (
        f"<h3>AC: Why was your dairy closed?</h3><p>{FIRST}</p>"
        f"<h3>AC: What does the office say to you?</h3><p>OB: {SECOND}</p>"
    ),
}


@pytest.mark.parametrize("form", PAGES)
def test_answers_are_whose_who_answers(form: str) -> None:
    graph = page(INTRO + PAGES[form], title="Five questions for the cheese maker Otto Brandl")
    check(graph, {FIRST.rstrip("."): "Otto Brandl", "They sent one letter": "Otto Brandl"})
    assert not any("closed?" in one for said in told(graph).values() for one in said)


@pytest.mark.parametrize(
    "intro",
    [
        "The dairy farmer Otto Brandl talked to the Alpine Courier in his kitchen.",
        "Ada Roth of the Alpine Courier sat down with Otto Brandl, who owns the dairy.",
        "The Alpine Courier spoke with Otto Brandl, a dairy farmer, last week.",
        "Otto Brandl, who owns a dairy above Sankt Veit, spoke to Ada Roth on Monday.",
        "In an interview with the Alpine Courier, Otto Brandl explains what went wrong.",
    ],
)
def test_whoever_is_interviewed_is_not_who_asks(intro: str) -> None:
    turns = (
        f"<p><b>Why was your dairy closed?</b></p><p>{FIRST}</p>"
        f"<p><b>What does the office say to you?</b></p><p>{SECOND}</p>"
    )
    graph = page(f"<p>{intro}</p>{turns}", title="‘They sent one letter’: a dairy is closed")
    check(graph, {FIRST.rstrip("."): "Otto Brandl", "Nothing at all": "Otto Brandl"})


def test_two_who_are_interviewed_are_told_apart() -> None:
    graph = page(
        "<p>Otto Brandl and Hanna Kehl own a dairy. They spoke to the Alpine Courier.</p>"
        f"<p><b>Why was your dairy closed?</b></p><p><b>Otto Brandl:</b> {FIRST}</p>"
        "<p><b>Hanna Kehl:</b> And because nobody asked us.</p>"
        f"<p><b>What does the office say to you?</b></p><p><b>Kehl:</b> {SECOND}</p>",
        title="‘Nobody asked us’",
    )
    check(graph, {"one sample": "Otto Brandl", "nobody asked us": "Hanna Kehl"})
    check(graph, {"They sent one letter": "Hanna Kehl"})


TEXTS = {
    "markdown": (
        f"**Alpine Courier: Why was it closed?**\n\n**Otto Brandl:** {FIRST}\n\n"
        f"**Alpine Courier: What does the office say?**\n\n**Otto Brandl:** {SECOND}\n"
    ),
    "initials": (
        f"AC: Why was it closed?\n\nOB: {FIRST}\n\nAC: What does the office say?\n\nOB: {SECOND}\n"
    ),
    "outlet and surname": (
        f"Courier: Why was it closed?\n\nBrandl: {FIRST}\n\n"
        f"Courier: What does the office say?\n\nBrandl: {SECOND}\n"
    ),
    "bold questions": (
        f"**Why was your dairy closed?**\n\n{FIRST}\n\n**What does the office say?**\n\n{SECOND}\n"
    ),
    "capitals": (
        f"WHY WAS YOUR DAIRY CLOSED?\n\n{FIRST}\n\nWHAT DOES THE OFFICE SAY TO YOU?\n\n{SECOND}\n"
    ),
}


@pytest.mark.parametrize("form", TEXTS)
def test_an_interview_in_plain_text(form: str) -> None:
    intro = INTRO.removeprefix("<p>").removesuffix("</p>")
    graph = text(f"Five questions for the cheese maker Otto Brandl\n\n{intro}\n\n{TEXTS[form]}")
    check(graph, {FIRST.rstrip("."): "Otto Brandl", "They sent one letter": "Otto Brandl"})


@pytest.mark.parametrize(
    "silent",
    [
        "The office did not reply to our questions.",
        "Its director, Ina Vogt, declined to comment.",
        "Asked for comment, the office pointed to its report.",
    ],
)
@pytest.mark.parametrize("form", TEXTS)
def test_what_others_answer_below_is_no_answer(form: str, silent: str) -> None:
    intro = INTRO.removeprefix("<p>").removesuffix("</p>")
    below = f"{silent} The mayor, Paul Haas, said that the milk had been sour."
    graph = text(
        f"Five questions for the cheese maker Otto Brandl\n\n{intro}\n\n{TEXTS[form]}\n{below}\n"
    )
    check(graph, {"They sent one letter": "Otto Brandl", "the milk had been sour": "Paul Haas"})


SAID = (
    "The council claims that the trees on Mill Road are ill. I have seen no illness in any of them."
)
LETTERS: Mapping[str, str] = {
    "name over a street": "SIR - {}\nHarold Finch\nLower Mill Road\n\nSIR - {}\nBeatrix Onslow\nAsh Lane\n",
    "name, street and town": "Dear Editor, {}\n\nHarold Finch\nMill Road\nMarlow\n\nDear Editor, {}\n\nBeatrix Onslow\nMarlow\n",
    "name and place on a line": "Sir, {}\n\nHarold Finch, Mill Road\n\nSir, {}\n\nBeatrix Onslow, Ash Lane\n",
    "by e-mail": "Sir: {}\nHarold Finch\nvia email\n\nSir: {}\nBeatrix Onslow\nby email\n",
    "office below": "Sir — {}\n\nHarold Finch\nChairman, Friends of the Trees\nMarlow\n\nSir — {}\n\nDr Beatrix Onslow\nMarlow\n",
    "capitals": "SIR: {}\n\nHAROLD FINCH\nMarlow\n\nSIR: {}\n\nBEATRIX ONSLOW\nMarlow\n",
}
OTHER = "Your article on school meals was wrong. My two daughters were never given any soup at all."


@pytest.mark.parametrize("form", LETTERS)
def test_letters_are_signed_by_name_and_not_by_street(form: str) -> None:
    graph = text("Letters to the editor\n\n" + LETTERS[form].format(SAID, OTHER))
    check(graph, {"no illness": "Harold Finch", "two daughters": "Beatrix Onslow"})
    whole = [one for said in told(graph).values() for one in said]
    assert not any("Finch" in one or "Onslow" in one for one in whole), whole
