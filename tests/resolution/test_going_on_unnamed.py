"""Who goes on speaking after somebody whom the text does not name, and who never spoke."""

import pytest

from tests.helpers.graphs_by_rules import told_graph

OWNER = "The owner, Mark Dell, said on Friday that the kitchen was clean."


def last_speakers(story: str) -> list[str]:
    """Return who says what stands last in *story*."""
    graph = told_graph(story)
    names = {source.id: source.name for source in graph.sources}
    last = max(graph.attributions, key=lambda a: a.cue[0].start)
    return [names[one] for one in last.source_ids]


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("one brewer", "one brewer"),
        ("A supplier", "supplier"),
        ("A carrier", "carrier"),
        ("A retailer", "retailer"),
        ("A brewer who left in May", "brewer"),
        ("A cook at the hotel", "cook at the hotel"),
    ],
)
@pytest.mark.parametrize(
    "rest",
    [
        "there were rats. He added that nobody had cleaned the drains since May.",
        "there were rats. “We were told to be quiet,” he added.",
    ],
)
def test_whoever_just_spoke_goes_on(who: str, name: str, rest: str) -> None:
    story = f"Hotel closed after complaints\n\n{OWNER}\n\n{who} told the Gazette that {rest}"
    assert last_speakers(story) == [name]


@pytest.mark.parametrize("who", ["Another", "One", "Someone else", "A rival hotelier"])
def test_after_somebody_unknown_nobody_else_takes_the_word(who: str) -> None:
    story = f"Hotel closed after complaints\n\n{OWNER}\n\n{who} said there were rats. He added that"
    assert last_speakers(f"{story} nobody had cleaned the drains.") == []


def test_a_crowd_or_a_body_does_not_hide_the_speaker() -> None:
    story = f"Hotel closed\n\n{OWNER}\n\nA newspaper said there were rats. He said that was a lie."
    assert last_speakers(story) == ["Mark Dell"]


@pytest.mark.parametrize(
    ("headline", "below"),
    [
        ("Mill blaze: “we rang the bell”", "the fire chief, Jon Nunn, said. A blaze is"),
        ("Café fire: “we rang the bell”", "the fire chief, Jon Nunn, said. A lamp is"),
        ("Bus strike: ‘we rang the bell’", "the bus manager, Jon Nunn, said. A strike is"),
        ("School closure: “we rang the bell”", "the school head, Jon Nunn, said. A closure is"),
    ],
)
def test_what_a_headline_is_about_is_not_whose_office_has_its_name(
    headline: str, below: str
) -> None:
    graph = told_graph(
        f"{headline}\n\nThe end of it on Friday was “no accident”, {below} always bad.\n\n"
        "“We rang the bell,” a neighbour, Ida Lowe, said."
    )
    names = {source.id: source.name for source in graph.sources}
    rung = [a for a in graph.attributions if any(s.start < len(headline) for s in a.content)]
    assert all("Jon Nunn" not in map(names.get, a.source_ids) for a in rung)


@pytest.mark.parametrize(
    ("story", "name"),
    [
        (
            "Ida Lowe, a cook, told the Gazette: “My boss said the kitchen was shut.” She added"
            " that nobody had called the staff.",
            "Ida Lowe",
        ),
        (
            "A deckhand told the Gazette: “The captain said it was safe.” He said that nobody had"
            " looked.",
            "deckhand",
        ),
        (
            "Ida Lowe said that her sister, Vera Lowe, had told her that the pumps failed. She said"
            " that nobody was hurt.",
            "Ida Lowe",
        ),
    ],
)
def test_who_is_only_spoken_of_does_not_take_the_word(story: str, name: str) -> None:
    assert last_speakers(f"News of the day\n\n{story}") == [name]


@pytest.mark.parametrize("asked", ["Nobody called us", "They phoned him twice", "She rang me"])
def test_whoever_is_called_is_no_claim(asked: str) -> None:
    graph = told_graph(f"Kitchen shut\n\n“{asked}, and the door was locked,” Ida Lowe said.")
    assert not [c.text for c in graph.claims if c.text.casefold() in {"us", "him", "me"}]


@pytest.mark.parametrize(
    ("headline", "first", "name"),
    [
        ("Harbour raises fees", "The harbour board raised its fees, Ruth Abel said.", "Harbour"),
        ("Hotel closes kitchen", "The hotel group closed a kitchen, Ruth Abel said.", "Hotel"),
        ("Clinic sends staff home", "The clinic trust sent staff home, Ruth Abel said.", "Clinic"),
    ],
)
def test_a_common_word_that_opens_a_headline_is_no_name(
    headline: str, first: str, name: str
) -> None:
    noun = first.split()[2]
    graph = told_graph(
        f"{headline}\n\n{first}\n\nThe {noun} denied it. It said in a statement that it was late."
    )
    names = [source.name for source in graph.sources]
    assert name not in names
    assert f"{name.lower()} {noun}" in names
