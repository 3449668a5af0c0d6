"""What an outlet takes back in a correction note."""

import pytest

from provenance.model import Certainty
from tests.rules import told_graph

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
