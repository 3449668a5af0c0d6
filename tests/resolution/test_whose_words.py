"""Whose words are whose: who is denied, who is one with whom, and what is said at all."""

import pytest

from provenance.model import SourceGraph, SourceType
from provenance.pipeline import build
from tests.extraction.test_silence import REST, ends


def graph_of(text: str) -> SourceGraph:
    return build(text + "\n").record


def disputes(graph: SourceGraph) -> set[tuple[str, str, str]]:
    """Return who takes which stance towards whom, by name."""
    names = {s.id: s.name for s in graph.sources}
    return {(names[d.source], d.stance.value, names[d.target]) for d in graph.disputes}


DISPUTED = (
    (  # whoever tells of what others said is denied, and not they
        "The engineer said that Grace Lind warned colleagues that the cells leaked. A second former"
        " employee disputed that account.",
        ("second former employee", "denies", "engineer"),
    ),
    (
        "Ana Ruiz, a nurse, said that the director had promised beds. The ministry dismissed her"
        " claim.",
        ("ministry", "denies", "Ana Ruiz"),
    ),
    (  # "it" is what was said last, not the thing that was spoken of before
        "A report by the marshal says that the fire began inside. The editor, Sam Hale, said that"
        " Voltara had threatened to sue him. A spokesman, Dean Fisk, said it was not true.",
        ("Dean Fisk", "denies", "Sam Hale"),
    ),
    (  # a charge is his who speaks of the accused
        "Maria Petrov said that Lars Dahl knew of the injections. A doctor, Ida Lund, said that the"
        " sample had been warm. Lars Dahl denied the allegations.",
        ("Lars Dahl", "denies", "Maria Petrov"),
    ),
    (  # "the result" is whose who spoke of it
        "According to a transcript, the runner took a hormone. The laboratory said its result was"
        " beyond doubt. A lawyer, Julia Stein, questioned the result.",
        ("Julia Stein", "doubts", "laboratory"),
    ),
    (
        "A report by the inspectors says that the bridge is safe. The department said that it stood"
        " by the report.",
        ("department", "confirms", "report"),
    ),
    (
        "Ana Ruiz said that the water was poisoned. The director, Jo Wick, said she disputed that.",
        ("Jo Wick", "denies", "Ana Ruiz"),
    ),
)


@pytest.mark.parametrize(("text", "expected"), DISPUTED)
def test_whoever_made_the_claim_is_disputed(text: str, expected: tuple[str, str, str]) -> None:
    found = disputes(graph_of(text))
    assert expected in found
    assert len(found) == 1


TURNED = (
    "Piet Vos did not deny that the pipes leaked, but said that nobody was hurt.",
    "Piet Vos did not answer questions but said that nobody was hurt.",
    "Piet Vos would not discuss the pipes but insisted that nobody was hurt.",
    "Piet Vos could not name the house but said that nobody was hurt.",
)


@pytest.mark.parametrize("text", TURNED)
def test_what_follows_but_is_said(text: str) -> None:
    (claim,) = graph_of(text).claims
    assert (claim.text, claim.certainty.value) == ("that nobody was hurt", "reported")
    assert claim.sources == ("piet-vos",)


NAMED = (
    "“It leaks,” said Councillor Quill. The councillor, Ada Quill, said that she would resign.",
    "Sergeant Quill said the door was open. Detective Ada Quill said that nobody answered.",
    "Alderman Quill said the vote was fair. Later Ada Quill told the hall that she had no doubt.",
    "Ms Quill said that the money was gone. Ada Quill, the treasurer, said it was stolen.",
    "Ada said she had seen the file. Ada Quill, who lives next door, said it was blue.",
)


@pytest.mark.parametrize("text", NAMED)
def test_a_person_with_title_and_without_is_one(text: str) -> None:
    graph = graph_of(text)
    assert [s.name for s in graph.sources if "Quill" in s.name or "Ada" in s.name] == ["Ada Quill"]


APART = (
    (
        "Mr Dahl said he had known nothing. Lars Dahl, the coach, said that he was ill. Mrs Dahl"
        " said that she had called a doctor.",
        ("that she had called a doctor", "dahl"),
    ),
    (
        "Hilde Vranken said that she had signed nothing. The lawyer for Hilde Vranken said that the"
        " date was wrong.",
        ("that the date was wrong", "lawyer-for-hilde-vranken"),
    ),
    (
        "Tomas Reed said that he had been dismissed. The opposition said that it would call for an"
        " inquiry.",
        ("that it would call for an inquiry", "opposition"),
    ),
    (
        "The Safety Board said that the files were lost. A spokeswoman said that more would follow."
        " Dean Fisk, a spokesman, said that the maker had kept copies.",
        ("that more would follow", "spokeswoman"),
    ),
)


@pytest.mark.parametrize(("text", "expected"), APART)
@pytest.mark.parametrize("rest", ["", REST], ids=["short", "long"])
def test_another_is_not_who_was_just_named(text: str, expected: tuple[str, str], rest: str) -> None:
    words, who = expected
    (claim,) = (c for c in graph_of(text + rest).claims if c.text == words)
    assert claim.sources == (who,)


FILED = (
    "According to an affidavit filed in county court last week, the money was moved twice.",
    "According to a complaint lodged at the labour tribunal, nurses changed the records.",
    "A lawsuit filed in federal court in Denton says that the company hid the fires.",
    "A motion submitted to the High Court says that the bank owed nothing.",
    "A petition registered with the city council says that the park is unsafe.",
)


@pytest.mark.parametrize("text", FILED)
@pytest.mark.parametrize("rest", ["", REST], ids=["short", "long"])
def test_where_papers_are_filed_is_no_source(text: str, rest: str) -> None:
    graph = graph_of(text + rest)
    assert {s.type for s in graph.sources} == {SourceType.DOCUMENT}
    assert len(ends(graph)) == 1


def test_a_letter_is_nobody_named_behind_it() -> None:
    text = (
        "An internal e-mail from the head of quality, Grace Lind, calls the cells “a known hazard”."
        " Grace Lind said on Monday that she had been right."
    )
    graph = graph_of(text)
    names = {s.id: s.type for s in graph.sources}
    (calling,) = (c for c in graph.claims if "hazard" in c.text)
    assert [names[i] for i in calling.sources] == [SourceType.DOCUMENT]
    assert not any("e-mail" in a for s in graph.sources if s.id == "grace-lind" for a in s.aliases)


SCRAPS = (
    ("The magazine Laufzeit first reported on the case. Jana Kroll said that she was clean.", 1),
    (
        "Ruth Olsen knew when Ivo Brandt first learned of the rust. Ivo Brandt said it was new.",
        1,
    ),
    ("The letter contains no names. Ivo Brandt said that it was a forgery.", 1),
    ("Ivo Brandt commented on the fire. He said that it had started in the hold.", 1),
    ("Ida Lund said this on Monday. Ida Lund said that it was late.", 1),
)


@pytest.mark.parametrize(("text", "count"), SCRAPS)
def test_what_says_nothing_is_no_claim(text: str, count: int) -> None:
    assert len(graph_of(text).claims) == count


def test_a_pointing_word_is_left_out_of_a_claim() -> None:
    text = "Analysts at Barrow say a recall is near, which they said would cost $400 million."
    assert not [c for c in graph_of(text).claims if "which" in c.text]


HEADED = (
    "Pipes leaked for years, inspectors say\n\n“We were never told, and we never asked.” So Ana"
    " Ruiz remembers the winter.",
    "Fires were hidden, former staff say\n\n“It was the worst day of my life.” Those words are in a"
    " letter.",
    "Mayor knew of the leak, e-mails show\n\n“I did nothing wrong, and I will not resign.” With"
    " that Ivo Brandt left the hall.",
)


@pytest.mark.parametrize("text", HEADED)
def test_a_headline_takes_no_quotation_of_the_text(text: str) -> None:
    graph = graph_of(text)
    headline = text.index("\n")
    above = [a for a in graph.attributions if a.cue[0].end <= headline]
    assert above
    assert not [a for a in above if any(piece.end > headline for piece in a.content)]


def test_what_is_said_in_pieces_is_whole() -> None:
    text = "What he got, Lena Hart said, was a table with 212 rows."
    (claim,) = graph_of(text).claims
    assert claim.text.startswith("What he got")


def test_several_who_just_spoke_are_they() -> None:
    text = (
        "The World Health Council cited the trial when it recommended the drug. In a preprint,"
        " three statisticians from Leiden write that the tables are alike. “This is no chance,”"
        " they write."
    )
    graph = graph_of(text)
    (claim,) = (c for c in graph.claims if "chance" in c.text)
    assert claim.sources == ("three-statisticians-from-leiden",)


def test_whoever_is_quoted_is_a_source() -> None:
    text = (
        "The world cycling body said that its servers had been broken into in May. It warned that"
        " papers might have been altered. The body's former head of science, Claire Aubert, was"
        " less careful. “These are our forms, and that is my handwriting,” Aubert told the radio"
        " station Onde 1."
    )
    assert "Claire Aubert" in {one for one, _ in ends(graph_of(text + REST))}


NOUNS = (
    "The minutes of the meeting say that nine members voted for the sale.",
    "According to leaked minutes, nine members voted for the sale.",
    "A valuation by the surveyors says that the site is worth two million.",
)


@pytest.mark.parametrize("text", NOUNS)
def test_minutes_and_valuations_are_documents(text: str) -> None:
    assert SourceType.DOCUMENT in {s.type for s in graph_of(text).sources}


@pytest.mark.parametrize("own", ["newspaper", "website"])
def test_this_newspaper_is_no_other(own: str) -> None:
    text = (
        "The tables were printed in the journal Lorn Letters in 2016. Ann Lee, who made them, told"
        f" this {own} that they were invented."
    )
    assert ends(graph_of(text)) == {("Ann Lee", "article")}


def test_this_newspaper_is_the_one_that_was_named() -> None:
    text = (
        "The minutes were passed to the Branford Tribune. The leader, Derek Polson, told the"
        " Tribune that they were false. A letter seen by this newspaper says that he knew."
    )
    outlets = [s for s in graph_of(text).sources if s.type is SourceType.NEWS_OUTLET]
    assert [s.name for s in outlets] == ["Branford Tribune"]
