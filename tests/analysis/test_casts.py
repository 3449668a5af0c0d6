"""Who is who across the articles of one event, and nowhere else."""

from dataclasses import replace

import pytest

from provenance.analysis import standings
from provenance.analysis.answers import source_rows
from provenance.analysis.catalogue import catalogue
from provenance.analysis.spellings import bare, is_kind, is_short_for, may_be_one, plain, principal
from provenance.model import Certainty, Source, SourceType, Span
from tests.helpers.generated_stories import PLACES, linked, scene

PERSON, BODY, OUTLET, UNNAMED = (
    SourceType.PERSON,
    SourceType.ORGANIZATION,
    SourceType.NEWS_OUTLET,
    SourceType.UNNAMED,
)
CLAIMS = [
    "the bearings had been replaced last autumn",
    "the ferry would run all night",
    "nobody was hurt on Sunday",
    "the repair will cost a million",
]
ELSEWHERE = ("Tolm", "Castra", "Pell", "Ruven")


def nodes(*names: tuple[str, SourceType], last: tuple[str, ...] = PLACES) -> list[tuple[str, ...]]:
    """Return who *names* are, each in an article of its own, the last one's of *last*."""
    graphs = [
        scene(
            f"Paper {number}",
            (name, kind, CLAIMS[number]),
            places=last if number == len(names) - 1 else PLACES,
        )
        for number, (name, kind) in enumerate(names)
    ]
    links = linked(graphs)
    briefs = [links.briefs[graph.article.digest] for graph in graphs]
    return [links.identity.of(brief.digest, brief.sources[0]) for brief in briefs]


@pytest.mark.parametrize(
    "names",
    [
        (
            ("U.S. Bridge Survey", BODY),
            ("US Bridge Survey", BODY),
            ("United States Bridge Survey", BODY),
        ),
        (("Sgt. Ada Quill", PERSON), ("Ada Quill", PERSON), ("Mayor Ada Quill", PERSON)),
        (("Frederick Oster", PERSON), ("Fred Oster", PERSON), ("Oster", PERSON)),
        (("Ada Maria Quill", PERSON), ("Ada M. Quill", PERSON), ("Quill", PERSON)),
        (("Giannis Rothakis", PERSON), ("Yiannis Rothakis", PERSON)),
        (("Orne Water Board", BODY), ("OWB", BODY)),
        (("Velden State Police", BODY), ("State Police", BODY), ("police", BODY)),
        (("Police", BODY), ("police", UNNAMED), ("police spokeswoman", UNNAMED)),
        (("Ruritanian navy", UNNAMED), ("Ruritanian Navy", BODY), ("navy", BODY)),
        (("Indian government", BODY), ("India", BODY)),
        (("Velden Sun Herald", OUTLET), ("Sun Herald", OUTLET)),
        (("Velden Flood Safety Agency", BODY), ("Velden Flood Agency", BODY)),
        (("Harbour Party", BODY), ("Harbour Party of Velden", BODY)),
    ],
)
def test_spellings_of_one_source_are_one_in_a_story(
    names: tuple[tuple[str, SourceType], ...],
) -> None:
    assert len(set(nodes(*names))) == 1


@pytest.mark.parametrize(
    "names",
    [
        (("Ada Quill", PERSON), ("Ben Quill", PERSON), ("Quill", PERSON)),
        (("Tim Oster", PERSON), ("Jim Oster", PERSON)),
        (("Velden police", BODY), ("Marsk police", BODY), ("police", BODY)),
        (("White House", BODY), ("House", BODY)),
        (("Ada Quill", PERSON), ("Quill & Sons", BODY)),
        (("Orne Water Board", BODY), ("Orne Road Board", BODY)),
    ],
)
def test_what_may_be_two_stays_two(names: tuple[tuple[str, SourceType], ...]) -> None:
    assert len(set(nodes(*names))) == len(names)


@pytest.mark.parametrize(
    "name", ["Police", "police", "the navy", "Ministry", "Sgt.", "Authorities"]
)
def test_what_is_named_by_its_kind_is_never_one_across_stories(name: str) -> None:
    one, two, other = nodes((name, BODY), (name, BODY), (name, BODY), last=ELSEWHERE)
    assert other not in (one, two)
    one, other = nodes((name, BODY), (name, BODY), last=ELSEWHERE)
    assert one != other


def test_a_surname_says_nothing_in_another_story() -> None:
    one, other = nodes(("Ada Quill", PERSON), ("Quill", PERSON), last=ELSEWHERE)
    assert one != other


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("U.N. Water Office", "united nations water office"),
        ("The Orne Board’s", "orne board"),
        ("Andrés Pérez", "andres perez"),
    ],
)
def test_a_plain_name(name: str, same: str) -> None:
    assert plain(name) == same


@pytest.mark.parametrize(
    ("name", "same"),
    [("President Obama", "obama"), ("Lt. Gov. Ada B. Quill, Jr.", "ada quill"), ("Mayor", "mayor")],
)
def test_a_bare_name(name: str, same: str) -> None:
    assert bare(name) == same


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("fred oster", "frederick oster", True),
        ("bill oster", "william oster", True),
        ("bensu elianita", "bensu elinita", True),
        ("maria oster", "mario oster", True),
        ("ada quill", "ada roth", False),
        ("ben oster", "bert oster", False),
        ("oster", "ben oster", False),
    ],
)
def test_who_may_be_one(one: str, other: str, may: bool) -> None:
    assert may_be_one(one, other) is may


@pytest.mark.parametrize(
    ("short", "long", "is_short"),
    [
        ("owb", "orne water board", True),
        ("state police", "velden state police", True),
        ("people", "people magazine", True),
        ("harbour party", "harbour party of velden", True),
        ("india", "indian government", True),
        ("harbour", "harbour party", False),
        ("indonesia", "indian government", False),
    ],
)
def test_a_short_form(short: str, long: str, is_short: bool) -> None:
    assert is_short_for(short, long) is is_short


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Water Board spokeswoman ", "Ada Quill"),
        ("Water Board’s spokesman, ", "Ben Oster"),
        ("Water Board Lt. ", "Cora Lind"),
    ],
)
def test_who_speaks_for_a_body_is_no_second_origin(before: str, name: str) -> None:
    claim = "inspectors closed the bridge because two bearings had cracked"
    body = scene("Ash Courier", ("Water Board", BODY, claim), day=1)
    spoken = scene("Birch Post", (name, PERSON, claim), before=before, day=2)
    links = linked([body, spoken])
    (found,) = standings(links)
    assert (found.origins, links.reuses) == (("Water Board",), ())
    assert standings(linked([spoken]))[0].origins in {("Water Board",), ("water board",)}


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        ("Orne State Police Lt. Ada Quill", "Orne State Police"),
        ("Police Commissioner Quill", "Police"),
        ("Lt. Ada Quill of the Orne Guard", "Orne Guard"),
        ("harbour authority chief Ada Quill", ""),
    ],
)
def test_who_is_named_with_an_office_speaks_for_the_body(phrase: str, body: str) -> None:
    text = f"The road is shut, {phrase} said."
    mention = Span(text.index(phrase), text.index(phrase) + len(phrase))
    source = Source(id="q", name="Ada Quill", type=PERSON, mentions=(mention,))
    assert principal(source, text) == body


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Federal authorities", True),
        ("Orne county deputies", True),
        ("Critics", True),
        ("Orne Workers", False),
        ("Orne Guard", False),
    ],
)
def test_who_is_called_by_what_they_are_has_no_name(name: str, is_one: bool) -> None:
    assert is_kind(name) == is_one


def test_whom_somebody_speaks_for_is_called_as_the_articles_do() -> None:
    claim = "the bearings of the bridge had cracked in the frost"
    graphs = [
        scene(f"Paper {n}", ("Ada Quill", PERSON, claim), before="Orne Water Board spokesman ")
        for n in range(2)
    ]
    found = max(standings(linked(graphs)), key=lambda one: len(one.carriers))
    assert found.origins == ("Orne Water Board",)


def test_a_body_that_only_a_spokesman_has_is_called_by_him_and_counts_once() -> None:
    claim = "the bearings of the bridge had cracked in the frost"
    graphs = [
        scene(f"Paper {name}", (name, PERSON, claim), before="bridge safety agency spokesman ")
        for name in ("Ada Quill", "Ben Oster")
    ]
    found = max(standings(linked(graphs)), key=lambda one: len(one.carriers))
    assert len(found.origins) == 1
    assert found.origins[0] in ("Ada Quill", "Ben Oster")


def test_who_is_only_described_is_nobody_elsewhere() -> None:
    claim = "the bearings of the bridge had cracked in the frost"
    graphs = [scene(f"Paper {n}", ("senior officer", PERSON, claim)) for n in range(2)]
    found = max(standings(linked(graphs)), key=lambda one: len(one.carriers))
    assert (found.origins, found.unknown) == ((), 2)


def test_a_spokesman_names_the_body_that_he_speaks_for() -> None:
    names = [("Orne Navy", BODY), ("Navy spokesman", UNNAMED), ("Orne Navy", BODY)]
    graphs = [scene(f"Paper {n}", (*one, CLAIMS[n])) for n, one in enumerate(names)]
    links = linked(graphs)
    (row,) = source_rows(links, standings(links))
    assert row["called"][graphs[1].article.digest] == ["Navy", "Navy spokesman"]


def test_of_who_is_called_by_his_office_the_body_is_no_first_name() -> None:
    graphs = [
        scene("Ash Courier", ("Navy chief", PERSON, CLAIMS[0]), before="Navy spokesman "),
        scene("Birch Post", ("Orne Navy", BODY, CLAIMS[1]), day=2),
        scene("Cedar Times", ("Navy spokesman", UNNAMED, CLAIMS[2]), day=3),
    ]
    links = linked(graphs)
    called = {row["name"]: set(row["called"]) for row in source_rows(links, standings(links))}
    assert called["Orne Navy"] == {graph.article.digest for graph in graphs[1:]}


def test_what_a_source_only_denies_is_no_claim_of_its_own() -> None:
    told, denied = (scene(f"Paper {n}", ("Ada Quill", PERSON, CLAIMS[n])) for n in range(2))
    claims = tuple(replace(one, certainty=Certainty.DENIED) for one in denied.claims)
    links = linked([told, replace(denied, claims=claims)])
    found = standings(links)
    (row,) = source_rows(links, found)
    assert (row["articles"], row["claims"]) == (2, 1)
    (listed,) = catalogue(links, found)["sources"]
    assert listed[3] == 1
