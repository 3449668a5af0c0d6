# ruff: noqa: E501 - notes as they are printed
"""What an outlet takes back in a correction note."""

import pytest

from provenance.model import Certainty
from tests.helpers.graphs_by_rules import told_graph

STORY = (
    "Harbour chief's clerk held over missing funds\n\nBy Nora Tamm\n\n"
    "A clerk of the harbour was held on Monday over missing funds, police said.\n\n"
)


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article said, citing a coastguard log, that the"
        " chief, Vera Holt, had been held. She has not been held.",
        "A previous version of this story incorrectly stated that the bank had lost its licence.",
        "Clarification, 9 May: Our report initially said, citing two officials, that the"
        " pier had burnt.",
        "Editor's note: The original version of this report said the ferry had sunk. It did not.",
        "Erratum. We wrongly reported on Tuesday that Vera Holt had resigned, the editor said.",
    ],
)
def test_a_withdrawn_claim_is_denied(note: str) -> None:
    """Claims that the note takes back are denied, those of the story are not."""
    graph = told_graph(STORY + note)
    start = graph.article.text.index(note)
    withdrawn = [c for c in graph.claims if c.content[0].start > start]
    live = [c for c in graph.claims if c.content[0].start < start]
    assert {c.certainty for c in withdrawn} <= {Certainty.DENIED}
    assert {c.certainty for c in live} == {Certainty.REPORTED}
    later = [f for f in graph.flows if f.evidence[0].start > start]
    assert all(f.certainty is Certainty.DENIED for f in later)
    assert withdrawn or "We wrongly" in note


def test_news_in_a_note_is_live() -> None:
    """What somebody told the outlet after the story stands."""
    note = (
        "Editor's note: After publication the prosecutor told the Courier that the sum was $14,000."
    )
    graph = told_graph(STORY + note)
    start = graph.article.text.index(note)
    assert [c.certainty for c in graph.claims if c.content[0].start > start] == [Certainty.REPORTED]


def test_a_report_of_an_earlier_version_of_something_else_is_live() -> None:
    """An earlier version of a bill is no article of the outlet's."""
    text = "An earlier version of the bill said that the port would close, the minister noted."
    assert Certainty.DENIED not in {c.certainty for c in told_graph(STORY + text).claims}


@pytest.mark.parametrize(
    "note",
    [
        "CORRECTION: This story originally stated, quoting a port ledger, that forty clerks had left.",
        "Editor's note: This story has been updated. An earlier version quoted a docker as saying "
        "that the clerk had fled.",
        "This article was amended on 7 May 2024. An earlier version said that the clerk had fled.",
        "Correction (9 May): The first version of this text said that two clerks had been held.",
        "Clarification: An earlier headline and a previous version of the text said that police had "
        "held the chief.",
    ],
)
def test_what_a_note_takes_back_is_in_no_mouth_above(note: str) -> None:
    """Nobody of the story is credited with it, and nothing of it is live."""
    graph = told_graph(
        f"{STORY}The chief, Vera Holt, told the Dock Post that it was untrue.\n\n{note}"
    )
    start = graph.article.text.index(note)
    later = [c for c in graph.claims if any(span.start >= start for span in c.content)]
    assert all(c.content[0].start >= start for c in later)
    assert {c.certainty for c in later} <= {Certainty.DENIED}


@pytest.mark.parametrize(
    "label",
    [
        "Clarification (7 May):",
        "CORRECTION:",
        "Editor's note:",
        "Correction, June 2:",
        "Editors’ note:",
    ],
)
def test_the_label_of_a_note_is_no_source(label: str) -> None:
    """What stands before its colon neither speaks nor names anybody."""
    graph = told_graph(f"{STORY}{label} The clerk, Nils Arden, spoke to the Dock Post by phone.")
    assert {source.name for source in graph.sources} <= {"police", "Nils Arden", "Dock Post"}


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article said, incorrectly, that Marsh wrote the memo.",
        "Correction: This article originally said that the memo was leaked by Marsh.",
        "Clarification: A previous version said that Marsh had handed the memo to the Dock Post.",
    ],
)
def test_what_a_note_takes_back_did_not_happen(note: str) -> None:
    graph = told_graph(f"{STORY}The memo, the chief said, was dated in May.\n\n{note}")
    start = graph.article.text.index(note)
    events = [event for event in graph.events if event.trigger.start >= start]
    assert events
    assert {event.certainty for event in events} == {Certainty.DENIED}


@pytest.mark.parametrize("what", ["This story", "This article", "This report"])
def test_what_the_outlet_said_before_is_nobody_elses(what: str) -> None:
    graph = told_graph(
        "Charity loses grant\n\nBy Jo Ferro\n\nIts founder, Uri Blum, said that the books were in order."
        f"\n\nClarification: {what} originally said, citing the ministry, that Mr. Blum had been "
        "arrested. He was only questioned.\n"
    )
    blum = next(source.id for source in graph.sources if source.name == "Uri Blum")
    said = [one for one in graph.attributions if blum in one.source_ids]
    assert [graph.article.quote(one.content[0]) for one in said] == ["that the books were in order"]
    assert not any(flow.target == blum for flow in graph.flows)
