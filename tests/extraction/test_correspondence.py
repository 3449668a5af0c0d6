"""Leaked and released messages: items, their batch, and who wrote them."""

import pytest

from tests.helpers.graphs_by_rules import told_graph

LEAD = (
    "Thousands of emails stolen from the Harwick Foundation were released by WikiLeaks on Monday. "
)


def flows(text: str, extractor: str = "tagger") -> set[tuple[str, str]]:
    graph = told_graph(text, extractor)
    names = {source.id: source.name for source in graph.sources} | {"article": "article"}
    return {(names[flow.source], names[flow.target]) for flow in graph.flows}


@pytest.mark.parametrize("extractor", ["tagger", "syntax"])
def test_an_item_comes_out_of_its_batch_and_from_its_author(extractor: str) -> None:
    text = LEAD + "In one email, the foundation's director, Paul Reyes, wrote that he was late."
    found = flows(text, extractor)
    assert {
        ("Harwick Foundation", "emails"),
        ("WikiLeaks", "emails"),
        ("emails", "one email"),
        ("Paul Reyes", "one email"),
        ("one email", "article"),
    } <= found
    assert ("Paul Reyes", "article") not in found


def test_items_are_told_apart_and_replies_belong_to_the_last_one() -> None:
    text = (
        LEAD + 'In one email, Paul Reyes asked Irene Holt for a visa. "He is a friend," Mr. Reyes '
        'wrote.\n\n"I will see to it," Ms. Holt replied.\n\nIn another message, Ms. Holt told a '
        "colleague that nobody reads anything longer than a page."
    )
    found = flows(text)
    assert {("emails", "one email"), ("emails", "another message")} <= found
    assert {("Paul Reyes", "one email"), ("Irene Holt", "one email")} <= found
    assert ("Irene Holt", "another message") in found


def test_who_emailed_somebody_is_heard_through_the_batch() -> None:
    text = LEAD + "Campaign manager Dora Quist emailed the candidate in May that they would lose."
    found = flows(text)
    assert ("Dora Quist", "emails") in found
    assert ("Dora Quist", "article") not in found


def test_who_speaks_about_the_messages_is_heard_as_ever() -> None:
    text = LEAD + "In one email, Paul Reyes wrote that he was late. It was a joke, said Ann Hill."
    assert ("Ann Hill", "article") in flows(text)


def test_the_documents_may_be_the_emails_that_the_article_is_about() -> None:
    text = (
        LEAD + "The emails show that the foundation paid a minister. The emails were genuine, "
        'the foundation said. "The documents speak for themselves," said Tom Bell.'
    )
    assert not any("documents" in pair for pair in flows(text))
