"""Whoever holds an office somewhere is named behind the place: "the mayor of Alder, Peter Haas"."""

import pytest

from tests.helpers.graphs_by_rules import told_graph


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The mayor of Alder, Peter Haas, said that 40 roofs were gone.", "Peter Haas"),
        (
            "The governor of Westmark, Nora Quill, said that the dam would hold.",
            "Nora Quill",
        ),
        ("The chief of police in Dunmore, Rolf Maas, said that two were hurt.", "Rolf Maas"),
        ("The director of Corwen Hydro, Leo Strand, said that the sensor failed.", "Leo Strand"),
        (
            "The bishop of Harrow, Thomas Lee Birch, said that the church was sold.",
            "Thomas Lee Birch",
        ),
    ],
)
def test_a_name_behind_a_place_is_whose_office_it_is(sentence: str, name: str) -> None:
    graph = told_graph(f"News of the day\n\n{sentence}\n\nIt rained on Monday.")
    names = {source.id: source.name for source in graph.sources}
    (claim,) = graph.claims
    assert [names[one] for one in claim.sources] == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor of Alder, Westmark, said that 40 roofs were gone.",
        "A teacher in Dunmore, County Harrow, said that 40 roofs were gone.",
    ],
)
def test_a_wider_place_is_nobodys_name(sentence: str) -> None:
    graph = told_graph(f"News of the day\n\n{sentence}\n\nIt rained on Monday.")
    names = {source.id: source.name for source in graph.sources}
    (claim,) = graph.claims
    assert not any(names[one] in ("Westmark", "County Harrow") for one in claim.sources)
