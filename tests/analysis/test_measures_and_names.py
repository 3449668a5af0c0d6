"""Claims of one event that say the same in other measures, by a number, or of one name."""

import pytest

from provenance.analysis import standings
from provenance.common.stemming import is_weighty, metric
from provenance.model import SourceType
from tests.helpers.generated_stories import linked, scene

PERSON = SourceType.PERSON


def says_the_same(one: str, other: str) -> bool:
    """Whether *one* and *other* do where both articles tell of one event, with a third."""
    said = (("Ash Courier", "Ada Quill", one), ("Birch Post", "Ben Oster", other))
    graphs = [
        scene(outlet, (who, PERSON, claim), day=day)
        for day, (outlet, who, claim) in enumerate(said, 1)
    ]
    graphs.append(
        scene("Cedar Times", ("Cora Lind", PERSON, "cows and sheep graze on the hill"), day=3)
    )
    return max(len(one.carriers) for one in standings(linked(graphs))) > 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "the ferry went down some 12 miles off the lighthouse in a gale",
            "the ferry sank in heavy seas about 19 km from the lighthouse",
        ),
        (
            "the tank holds 300 gallons and leaked into the cellar",
            "a tank of 1,135 litres had leaked through the cellar floor",
        ),
        (
            "the wave at the pier was 30 feet high",
            "a wave of nine metres broke over the pier",
        ),
        (
            "gusts of 90 mph blew down the crane",
            "the crane fell over when a gust reached 145 kph",
        ),
        (
            "the fire has burnt 2,000 acres of pine",
            "more than 800 hectares of pine have burnt since the fire began",
        ),
    ],
)
def test_what_is_measured_in_miles_and_in_kilometres_is_one(one: str, other: str) -> None:
    assert says_the_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "the ferry went down some 12 miles off the lighthouse in a gale",
            "the ferry went down some 40 km off the lighthouse in a gale",
        ),
        (
            "the wave at the pier was 30 feet high",
            "the wave at the pier was 2 metres high",
        ),
        (
            "the fire has burnt 2,000 acres of pine",
            "the fire has burnt 2,000 hectares of pine",
        ),
        (
            "gusts of 90 mph blew down the crane",
            "gusts of 90 mph broke windows of a school",
        ),
        (
            "the tank holds 300 gallons and leaked into the cellar",
            "the cellar was 135 metres from the next tank",
        ),
    ],
)
def test_what_is_far_from_it_is_another(one: str, other: str) -> None:
    assert not says_the_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "some 4,300 people fled to the hills after the sirens",
            "there are 4,300 refugees in tents",
        ),
        (
            "the bank lost 612 million crowns over the year",
            "losses at the bank came to 612 million",
        ),
        (
            "the mill owes 8,150 crowns to each of its weavers",
            "every weaver is still owed 8,150 crowns",
        ),
        (
            "the quake had a magnitude of 6.4",
            "it was a quake of 6.4, felt as far as the coast",
        ),
        (
            "the council will cut 340 posts in its schools",
            "schools are to lose 340 teachers",
        ),
    ],
)
def test_a_weighty_number_tells_more_than_a_word(one: str, other: str) -> None:
    assert says_the_same(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "the star went to the Hollow Brook Clinic",
            "the star is at the Hollow Brook Clinic",
            True,
        ),
        (
            "the skipper stayed at the Grand Vessa Palace",
            "the skipper has been to the Grand Vessa Palace",
            True,
        ),
        ("the boat is in Port Olm Inner Dock", "they took the boat to Port Olm Inner Dock", True),
        (
            "the singer came to Little Tarn Music Hall",
            "the singer was in Little Tarn Music Hall",
            True,
        ),
        ("a heron nests in Old Merrow Mill Park", "the heron is at Old Merrow Mill Park", True),
        (
            "the star bought a house that stands opposite the Hollow Brook Clinic in June",
            "a nurse who is no star was dismissed by the Hollow Brook Clinic for theft",
            False,
        ),
        ("Hollow Brook Clinic of Vessa", "the Hollow Brook Clinic in Vessa", False),
    ],
)
def test_of_one_name_a_word_more_is_enough_where_little_else_is_said(
    one: str, other: str, same: bool
) -> None:
    assert says_the_same(one, other) is same


@pytest.mark.parametrize(
    ("number", "weighty"),
    [("14000", True), ("7.6", True), ("135", True), ("24", False), ("2019", False)],
)
def test_years_and_small_numbers_stand_everywhere(number: str, weighty: bool) -> None:
    assert is_weighty(number) is weighty


def test_amounts_are_metric_or_below_zero() -> None:
    assert metric("10", "mile") == pytest.approx(-16.09)
    assert metric("10", "kilometer") == 10.0
    assert metric("10", "dollar") == metric("1.5m", "mile") == metric("٣", "mile") == 0.0
