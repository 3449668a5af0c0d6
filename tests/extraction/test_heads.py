"""A noun beside a name says who somebody is; the nouns before it, and within, do not."""

import pytest

from tests.helpers.graphs_by_rules import told_graph

SAID = [
    ("The city engineer in Marlow, Ada Finn, said the sewer was sound.", "city", "Ada Finn"),
    ("The clinic's director, Paul Grey, said that it was untrue.", "clinic", "Paul Grey"),
    ("A nurse at the clinic, Lena Fort, said that it was cold.", "clinic", "Lena Fort"),
    ("The minister's secretary, Hugo Lantz, said it was signed.", "minister", "Hugo Lantz"),
    ("Town clerk Nils Arden said that the books were closed.", "town", "Nils Arden"),
    ("The union lawyer, Dora Pell, said the vote was void.", "union", "Dora Pell"),
    ("The team's captain, Ines Roth, said they had lost.", "team", "Ines Roth"),
]


@pytest.mark.parametrize(("first", "noun", "name"), SAID)
def test_whoever_works_for_it_is_not_it(first: str, noun: str, name: str) -> None:
    graph = told_graph(f"News of the day\n\n{first}\n\nThe {noun} said it would answer on Monday.")
    names = {source.id: source.name for source in graph.sources}
    (last,) = (c for c in graph.claims if "answer on Monday" in c.text)
    assert [names[one].lower() for one in last.sources] == [noun]
    assert name in names.values()


@pytest.mark.parametrize(
    ("first", "noun", "name"),
    [
        ("Senator John Pell said the letters were forged.", "senator", "John Pell"),
        ("Ruth Abel, a chemist from Ridge, said it was dust.", "chemist", "Ruth Abel"),
        ("The mill's chairman, Otto Kehl, said that he would sue.", "chairman", "Otto Kehl"),
        ("Ada Roth, the mayor of Ridge, said it was safe.", "mayor", "Ada Roth"),
        ("The county's judge, Nils Arden, said the trial was fair.", "judge", "Nils Arden"),
    ],
)
def test_what_somebody_is_stands_for_the_name(first: str, noun: str, name: str) -> None:
    graph = told_graph(f"News of the day\n\n{first}\n\nThe {noun} said that it rained on Monday.")
    names = {source.id: source.name for source in graph.sources}
    (last,) = (c for c in graph.claims if "rained on Monday" in c.text)
    assert [names[one] for one in last.sources] == [name]
