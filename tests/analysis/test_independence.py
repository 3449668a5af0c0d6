"""How many origins a claim has: copies, citations and cycles add none."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.analysis import standings
from provenance.analysis.answers import source_rows
from provenance.analysis.briefs import key_of
from provenance.analysis.fingerprints import LARGEST
from provenance.analysis.identity import have_others
from provenance.analysis.questions import answer
from provenance.articles import read_article
from provenance.common.stemming import namesakes
from provenance.model import Flow, FlowKind, Source, SourceGraph, SourceType, Span
from provenance.pipeline import build_record
from tests.helpers.generated_stories import CLAIM, PLACES, cites, linked, report, scene, standing_of
from tests.helpers.places import ROOT

STORY = ROOT / "examples" / "dam"
OUTLETS = ["Ash Courier", "Birch Post", "Cedar Times", "Dogwood News", "Elm Gazette", "Fir Star"]
PERSON, ORGANIZATION = SourceType.PERSON, SourceType.ORGANIZATION
BODIES = ["Water Board", "Ferry Union", "Road Office", "Orne Bank", "Coast Guard", "Farm Party"]
PEOPLE = ["Ada Quill", "Ben Oster", "Cora Lind", "Dan Merz", "Eva Roth", "Finn Tay"]


@st.composite
def stories(draw: st.DrawFn) -> list[SourceGraph]:
    """Return articles of different outlets, each with a person of its own or citing another."""
    size = draw(st.integers(1, 5))
    graphs = []
    for number in range(size):
        cited = draw(st.integers(-1, size - 1))
        if cited in (-1, number):
            graphs.append(report(OUTLETS[number], PEOPLE[number], day=number + 1))
        else:
            graphs.append(cites(OUTLETS[number], OUTLETS[cited], day=number + 1))
    return graphs


def count(graphs: list[SourceGraph]) -> int:
    return len(standing_of(graphs).origins)


@given(stories(), st.data())
def test_a_copy_adds_no_origin(graphs: list[SourceGraph], data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(graphs))
    text = "Reprinted with thanks to all who helped.\n\n" + original.article.text
    source = original.sources[0]
    copied = report("Yew Copy", source.name, source.type, text=text, day=25)
    assert any(r.copy == copied.article.digest for r in linked([*graphs, copied]).reuses)
    assert standing_of([*graphs, copied]).origins == standing_of(graphs).origins


@given(stories(), st.data())
def test_a_citation_adds_no_origin(graphs: list[SourceGraph], data: st.DataObject) -> None:
    cited = data.draw(st.sampled_from(graphs)).article.publisher
    more = [*graphs, cites("Yew Herald", cited, day=20)]
    assert standing_of(more).origins == standing_of(graphs).origins


@given(stories())
def test_a_cycle_adds_no_origin(graphs: list[SourceGraph]) -> None:
    pair = [cites("Yew Herald", "Zelkova Sun", day=20), cites("Zelkova Sun", "Yew Herald", day=21)]
    found = standing_of([*graphs, *pair])
    assert found.origins == standing_of(graphs).origins
    assert ("Yew Herald", "Zelkova Sun") in found.circular


@st.composite
def events(draw: st.DrawFn) -> list[SourceGraph]:
    """Return articles of one event, each with a source of its own: a person or a body."""
    kinds = draw(st.lists(st.sampled_from([PERSON, ORGANIZATION]), min_size=1, max_size=5))
    return [
        scene(OUTLETS[n], (PEOPLE[n] if kind is PERSON else BODIES[n], kind, CLAIM), day=n + 1)
        for n, kind in enumerate(kinds)
    ]


@given(events(), st.data())
def test_a_spokesman_adds_no_origin(graphs: list[SourceGraph], data: st.DataObject) -> None:
    served = data.draw(st.sampled_from(graphs)).sources[0].name
    role = data.draw(st.sampled_from(["lawyer", "spokeswoman", "publicist"]))
    spoken = scene("Yew Herald", ("Gus Hale", PERSON, CLAIM), before=f"{served}’s {role}, ", day=20)
    assert standing_of([*graphs, spoken]).origins == standing_of(graphs).origins


@given(events(), st.booleans())
def test_who_says_it_in_its_own_voice_adds_no_origin(
    graphs: list[SourceGraph], first: bool
) -> None:
    own = scene("Yew Herald", own=f"{CLAIM.capitalize()}.", day=1 if first else 20)
    found, before = standing_of([*graphs, own]), standing_of(graphs)
    assert (found.origins, found.unknown) == (before.origins, before.unknown)
    assert found.own_voice == (own.article.digest,)
    assert len(found.carriers) == len(before.carriers) + 1


def _copy(graph: SourceGraph, day: int) -> SourceGraph:
    digest = f"{int(graph.article.digest, 16) ^ day:064x}"
    paper = replace(
        graph.article, publisher=f"Reprint {day}", digest=digest, published=f"2024-05-{day:02}"
    )
    return replace(graph, article=paper)


def _spokesman(graph: SourceGraph, day: int) -> SourceGraph:
    before = f"{graph.sources[0].name}’s lawyer, "
    return scene(
        f"Sheet {day}", (f"Gus Hale{'abcdefghij'[day % 10]}", PERSON, CLAIM), before=before, day=day
    )


def _own_voice(graph: SourceGraph, day: int) -> SourceGraph:
    return scene(f"Sheet {day}", own=f"{CLAIM.capitalize()}.", day=day)


def _citation(graph: SourceGraph, day: int) -> SourceGraph:
    return cites(f"Sheet {day}", graph.article.publisher, day=day)


ADDED = [_copy, _spokesman, _own_voice, _citation]


@given(events(), st.data())
def test_whatever_is_added_of_these_never_raises_a_count(
    graphs: list[SourceGraph], data: st.DataObject
) -> None:
    """Copies, spokesmen, own voices, citations and a cycle, in any mixture and order."""
    added = data.draw(st.lists(st.sampled_from(ADDED), max_size=5))
    more = [
        make(data.draw(st.sampled_from(graphs)), day) for day, make in enumerate(added, start=11)
    ]
    if data.draw(st.booleans()):
        more += [
            cites("Yew Herald", "Zelkova Sun", day=20),
            cites("Zelkova Sun", "Yew Herald", day=21),
        ]
    before = standing_of(graphs)
    (found,) = [one for one in standings(linked([*more, *graphs])) if one.claims]
    assert (found.origins, found.unknown) == (before.origins, before.unknown)
    answered = answer(linked([*more, *graphs]), CLAIM)
    assert answered is not None
    assert (answered.standing.origins, answered.standing.unknown) == (
        before.origins,
        before.unknown,
    )


def test_a_pivot_is_itself_and_nobody_else_of_its_name() -> None:
    other = report(
        "Dogwood News", "Ada Quill", SourceType.DOCUMENT, claim="cows eat wet grass twice"
    )
    links = linked([report("Ash Courier", "Ada Quill"), cites("Birch Post", "Ash Courier"), other])
    counts = {row["type"]: row["pivot_of"] for row in source_rows(links, standings(links))}
    assert (counts["person"], counts["document"]) == (1, 1)


def test_what_stands_within_another_claim_is_on_its_word() -> None:
    """The board says that inspectors found it: the inspectors are no origin of their own."""
    graph = report("Ash Courier", "Water Board", SourceType.ORGANIZATION)
    part = CLAIM.removeprefix("inspectors ")
    inner = Source(id="they", name="inspectors", type=SourceType.UNNAMED)
    start = graph.article.text.index(part)
    claim = replace(
        graph.claims[0],
        id="claim-2",
        text=part,
        content=(Span(start, start + len(part)),),
        sources=("they",),
    )
    graph = replace(graph, sources=(*graph.sources, inner), claims=(*graph.claims, claim))
    other = report("Birch Post", "Ada Quill", claim=part, day=2)
    (found,) = standings(linked([graph, other]))
    assert (found.origins, found.unknown) == (("Ada Quill", "Water Board"), 0)


@given(stories())
def test_a_new_origin_adds_one(graphs: list[SourceGraph]) -> None:
    more = [*graphs, report("Yew Herald", "Gus Hale", day=20)]
    assert count(more) == count(graphs) + 1


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(
    graphs: list[SourceGraph], draw: random.Random
) -> None:
    mixed = list(graphs)
    draw.shuffle(mixed)
    assert standing_of(mixed) == standing_of(graphs)


def test_unnamed_sources_are_never_independent() -> None:
    graphs = [
        report("Ash Courier", "two officials", SourceType.UNNAMED, day=1),
        report("Birch Post", "two officials", SourceType.UNNAMED, day=2),
        report("Cedar Times", "Ada Quill", day=3),
    ]
    found = standing_of(graphs)
    assert (found.origins, found.unknown) == (("Ada Quill",), 2)


def test_who_is_quoted_everywhere_is_one_origin_and_the_pivot() -> None:
    found = standing_of(
        [report(outlet, "Ada Quill", day=n + 1) for n, outlet in enumerate(OUTLETS)]
    )
    assert found.origins == found.pivots == ("Ada Quill",)
    assert len(found.carriers) == len(OUTLETS)


def test_a_source_is_called_what_most_articles_call_it() -> None:
    graphs = [
        report("Ash Courier", "Water Board", SourceType.ORGANIZATION, day=1),
        report("Birch Post", "Water Board", SourceType.ORGANIZATION, day=2),
        report("Cedar Times", "Water Board (", SourceType.ORGANIZATION, day=3),
    ]
    assert standing_of(graphs).origins == ("Water Board",)


@pytest.mark.parametrize(
    ("names", "origins"),
    [
        (["Ada Quill", "Quill"], 1),
        (["Ada Quill", "Ada"], 1),
        (["Ada Quill", "Quill", "Ben Quill"], 3),
        (["Ada Quill", "Ada", "Ada Roth"], 3),
        (["Ada Quill", "Ada Oster Quill", "Quill"], 1),
        (["Ada Quill", "Ada O.P. Quill"], 2),
        (["Andrés Pérez", "Andres Perez"], 1),
        (["Йоханнес Шмидт", "Иоханнес Шмидт"], 1),
        (["김유나", "김유니"], 2),
    ],
)
def test_within_a_claim_what_may_be_one_name_is_one_source(names: list[str], origins: int) -> None:
    graphs = [report(outlet, name) for outlet, name in zip(OUTLETS, names, strict=False)]
    assert count(graphs) == origins


@pytest.mark.parametrize(
    ("type", "there", "origin"),
    [
        (SourceType.PERSON, True, "Ben Oster"),
        (SourceType.PERSON, False, "Ada Quill"),
        (SourceType.DOCUMENT, False, "Ben Oster"),
    ],
)
def test_what_somebody_has_from_another_is_not_all_that_he_says(
    type: SourceType, there: bool, origin: str
) -> None:
    elsewhere = "Ben Oster told all about the rain."
    graph = report("Ash Courier", "Ada Quill", type, text=f"{elsewhere}\n\nAda Quill: {CLAIM}.")
    (sentence,) = graph.sources[0].mentions
    told = Flow(
        source="ben",
        target="it",
        kind=FlowKind.REPORTED_BY,
        evidence=(sentence if there else Span(0, len(elsewhere)),),
    )
    ben = Source(id="ben", name="Ben Oster", type=SourceType.PERSON)
    graph = replace(graph, sources=(*graph.sources, ben), flows=(*graph.flows, told))
    assert standing_of([graph]).origins == (origin,)


def test_claims_of_one_speaker_rest_each_on_its_own_flows() -> None:
    elsewhere = "Ben Oster told her that nobody had fed the swans of Halm since March."
    graph = report("Ash Courier", "Ada Quill", text=f"Ada Quill: {CLAIM}.\n\n{elsewhere}")
    start = graph.article.text.index(elsewhere)
    there = Span(start, start + len(elsewhere))
    said = Span(there.start + elsewhere.index("nobody"), there.end - 1)
    text = graph.article.text[said.start : said.end]
    swans = replace(graph.claims[0], id="swans", text=text, content=(said,))
    told = Flow(source="ben", target="it", kind=FlowKind.REPORTED_BY, evidence=(there,))
    ben = Source(id="ben", name="Ben Oster", type=SourceType.PERSON)
    graph = replace(
        graph,
        sources=(*graph.sources, ben),
        flows=(*graph.flows, told),
        claims=(*graph.claims, swans),
    )
    found = {one.text: one.origins for one in standings(linked([graph]))}
    assert found == {graph.claims[0].text: ("Ada Quill",), text: ("Ben Oster",)}


def test_who_is_told_by_a_book_of_his_own_is_no_circle() -> None:
    elsewhere = "As she writes in Tides, which she quotes."
    graph = report("Ash Courier", "Ada Quill", text=f"{elsewhere}\n\nAda Quill: {CLAIM}.")
    span = (Span(0, len(elsewhere)),)
    flows = [
        Flow(source=a, target=b, kind=FlowKind.DERIVED_FROM, evidence=span)
        for a, b in (("it", "book"), ("book", "it"))
    ]
    book = Source(id="book", name="Tides", type=SourceType.DOCUMENT)
    graph = replace(graph, sources=(*graph.sources, book), flows=(*graph.flows, *flows))
    found = standing_of([graph])
    assert (found.origins, found.circular) == (("Ada Quill",), ())


def test_a_crowd_that_says_the_very_same_is_joined() -> None:
    """However many share all rare words with a longer claim, which comes first and is another."""
    crowd = [report(f"Paper {number}", f"Ada Quill {number}") for number in range(2 * LARGEST)]
    least = min(graph.article.digest for graph in crowd)
    longer = f"the harbour of Olm was sold to a fund which owes its lenders more than {CLAIM}"
    first = next(
        graph
        for number in range(10_000)
        if (graph := report(f"Sheet {number}", "Ben Oster", claim=longer)).article.digest < least
    )
    found = standings(linked([first, *crowd]))
    assert sorted(len(one.origins) for one in found) == [1, len(crowd)]


def test_claims_that_contradict_are_not_the_same() -> None:
    denial = "inspectors never closed the bridge over the Orne and no bearings had cracked"
    graphs = [report("Ash Courier", "Ada Quill"), report("Birch Post", "Ben Oster", claim=denial)]
    assert len(standings(linked(graphs))) == 2


FORM = (
    "The monthly bulletin of the river authority was sent to all papers of the valley on Monday "
    "morning together with its tables and maps.\n\nA spokesman said that {}.\n\nThe authority asks "
    "everybody who lives below the dam to keep away from the banks until further notice is given.\n"
)
FIELDS = [
    ("14 people were killed in the floods below the old dam", ("14", "220")),
    ("14 people were killed and 3 boats lost below the old dam", ("14", "220")),
    ("fourteen people were killed in the floods below the old dam", ("fourteen", "twenty")),
    ("fourteen people were killed in the floods below the old dam", ("fourteen", "220")),
    ("1,200 people had to leave their homes below the old dam", ("1,200", "1,900")),
    ("5.2 million litres ran through the gates of the old dam", ("5.2", "7.9")),
    ("14m litres ran through the gates of the old dam at night", ("14m", "22m")),
    ("the gates of the old dam failed for the first time in 2019", ("2019", "2024")),
    ("the gates of the old dam did open in time that night", ("did open", "did not open")),
]


@pytest.mark.parametrize(("claim", "change"), FIELDS)
def test_who_fills_in_a_form_does_not_say_the_same(claim: str, change: tuple[str, str]) -> None:
    """Reports of one form are copies of each other, but not in what was filled in."""
    other = claim.replace(*change)
    graphs = [
        report("Ash Courier", "Ada Quill", claim=claim, text=FORM.format(claim), day=2),
        report("Birch Post", "Ben Oster", claim=other, text=FORM.format(other)),
    ]
    links = linked(graphs)
    assert links.reuses
    assert not links.same


def test_the_same_number_in_words_and_in_digits_is_one() -> None:
    claim, other = FIELDS[2][0], FIELDS[2][0].replace("fourteen", "14")
    graphs = [
        report("Ash Courier", "Ada Quill", claim=claim, text=FORM.format(claim), day=2),
        report("Birch Post", "Ben Oster", claim=other, text=FORM.format(other)),
    ]
    assert len(linked(graphs).same) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("he backs former minister of state Ada Quill", "the former minister of state", False),
        ("the presumptive chair", "he called Quill the “presumptive chair”", False),
        ("“I don’t care about dikes”", "they don't care about ferries", False),
        ("he's sure the dam leaks water", "she’s sure that the dam leaks water", True),
        ("''The sums don't add up,''", "that the sums don’t add up", True),
    ],
)
def test_a_phrase_in_common_is_no_claim(one: str, other: str, same: bool) -> None:
    graphs = [report("Ash Courier", "Ada Quill", claim=one)]
    graphs.append(report("Birch Post", "Ben Oster", claim=other))
    assert (len(standings(linked(graphs))) == 1) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "a blast in the mill killed two night guards on Monday",
            "two night guards died on Monday in an explosion at the mill",
            True,
        ),
        (
            "the thief was a mixture of several men",
            "he believed the burglar was an amalgam of several men",
            True,
        ),
        ("divers found a hole in the old lock in June", "a hole in the old lock", False),
        (
            "police arrested a physician for the theft of the bells",
            "officers detained a doctor who had robbed the church of its bells",
            True,
        ),
        (
            "a blast in the mill killed two night guards on Monday",
            "a fireman swam in the mill pond on Monday night",
            False,
        ),
    ],
)
def test_within_a_story_words_that_mean_much_the_same_are_one(
    one: str, other: str, same: bool
) -> None:
    elsewhere = ("Tolm", "Castra", "Pell", "Ruven")

    def carried(places: tuple[str, ...]) -> int:
        graphs = [
            scene("Ash Courier", ("Ada Quill", PERSON, one)),
            scene("Birch Post", ("Ben Oster", PERSON, other), places=places, day=2),
            scene("Cedar Times", ("Cora Lind", PERSON, "cows and sheep graze on the hill"), day=3),
        ]
        return max(len(one.carriers) for one in standings(linked(graphs)))

    assert (carried(PLACES), carried(elsewhere)) == (2 if same else 1, 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_story_of_ten_articles(seed: int) -> None:
    """Three true origins, a circular pair, four wire copies, and a citation."""
    paths = sorted(STORY.glob("*.txt"))
    random.Random(seed).shuffle(paths)
    links = linked([build_record(read_article(path)) for path in paths])
    first = standings(links)[0]
    assert len(first.carriers) == len(paths) == 10
    assert first.origins == ("Ilan Roth", "Marta Olden", "Water Safety Board")
    assert first.circular == (("Evening Star", "Morning Ledger"),)
    assert (first.copies, first.unknown) == (4, 0)
    names = {brief.digest: brief.publisher for brief in links.briefs.values()}
    assert names[first.carriers[0]] == "The Vessa Courier"
    assert {names[reuse.original] for reuse in links.reuses} == {"Northern Wire"}


@pytest.mark.parametrize(
    ("name", "type", "text", "shared"),
    [
        ("Water Board", SourceType.ORGANIZATION, "The Water Board met.", True),
        ("Water Board's office", SourceType.ORGANIZATION, "So said Water Board's office.", True),
        ("campaign", SourceType.ORGANIZATION, "The campaign denied it.", False),
        ("Polls", SourceType.ORGANIZATION, "Polls say so; the polls were wrong.", False),
        ("Gallup", SourceType.ORGANIZATION, "Gallup says so; the polls were wrong.", True),
        ("leaked report", SourceType.DOCUMENT, "The leaked report says so.", False),
        ("company 3", SourceType.ORGANIZATION, "What company 3 had.", True),
        ("新华社", SourceType.ORGANIZATION, "新华社 said so.", True),
    ],
)
def test_what_is_only_described_is_known_nowhere_else(
    name: str, type: SourceType, text: str, shared: bool
) -> None:
    source = Source(id="it", name=name, type=type)
    assert (key_of(source, text) is not None) is shared


def of_one_name(name: str, *told: str) -> int:
    """Return how many persons called *name* there are, each of whom says one of *told*."""
    graphs = [
        report(f"Paper {number}", name, text=f"{name} said {claim}.", claim=claim)
        for number, claim in enumerate(told)
    ]
    return len(told) - sum(len(one.members) - 1 for one in linked(graphs).sources)


@pytest.mark.parametrize(
    ("name", "persons"), [("Ada Quill", 1), ("John Smith", 2), ("John Smith Jr.", 2), ("Quill", 2)]
)
def test_who_may_have_namesakes_needs_more_in_common(name: str, persons: int) -> None:
    told = [
        "the government told people north of Olm to leave last year",
        "people who asked the government for a loan last year were many",
    ]
    assert of_one_name(name, *told) == persons


@pytest.mark.parametrize("name", ["Ada Quill", "John Smith", "Quill"])
def test_whoever_has_telling_words_in_common_is_one(name: str) -> None:
    told = ["the dikes north of Olm need pumps", "farmers north of Olm raised dikes themselves"]
    assert of_one_name(name, *told) == 1


@pytest.mark.parametrize("name", ["Ada Quill", "John Smith"])
def test_a_name_alone_makes_nobody_one(name: str) -> None:
    assert of_one_name(name, "the harbour of Olm was sold", "wolves eat what they find") == 2


def test_a_crowd_of_one_name_does_not_become_one_person() -> None:
    """Pairs have three words in common by chance, as all talk of the same few hundred things."""
    draw = random.Random(3)
    words = [f"{a}{b}e{c}" for a in "bdfgklmnprtvz" for b in "aeiou" for c in "dklmrt"]
    told = [" ".join(draw.sample(words, 15)) for _ in range(60)]
    assert of_one_name("John Smith", *told[:40]) > 10
    assert of_one_name("John Smith", *told) > 50


def test_what_stands_around_everybody_tells_nobody() -> None:
    """All of a store talk of one bridge: three words of it are no more than a name."""
    claim = "inspectors closed the bridge near Olm"
    crowd = [report(f"Sheet {number}", f"Eva Roth {number}", claim=claim) for number in range(60)]
    graphs = [
        report(outlet, "John Smith", text=f"John Smith said {claim}, {more}.", claim=claim)
        for outlet, more in zip(OUTLETS, ["to spite ferries", "sold it"], strict=False)
    ]
    assert len(linked(graphs).sources) == 1
    assert not linked([*graphs, *crowd]).sources


@pytest.mark.parametrize(
    ("name", "persons", "likely"),
    [
        ("john smith", 10, True),
        ("ada quill", 10, False),
        ("ada quill", 100_000_000, True),
        ("paul olson", 3_000, False),
        ("paul olson", 1_000_000, True),
        ("quill", 10, True),
        ("quill jr", 10, True),
    ],
)
def test_namesakes_are_likelier_in_a_larger_store(name: str, persons: int, likely: bool) -> None:
    assert have_others(namesakes(name), persons) is likely


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "the 3.2-tonne bell sank to a depth of 40 metres in the lake at dawn",
            "at 0715 the bell sank to a depth of 40 metres in the lake",
            True,
        ),
        (
            "the bell sank to a depth of 40 metres (131 feet) in the lake",
            "the bell sank to a depth of 40 metres (130 feet) in the lake",
            True,
        ),
        (
            "the storm of 1987 tore 60 roofs from houses on the quay",
            "the storm tore 60 roofs from houses on the quay within 4 hours",
            True,
        ),
        (
            "the bell sank to a depth of 40 metres in the lake",
            "the bell sank to a depth of 55 metres in the lake",
            False,
        ),
        (
            "the storm tore 60 roofs from houses on the quay",
            "the storm tore 80 roofs from houses on the quay",
            False,
        ),
        (
            "the flood of 1987 drowned cows on the quay",
            "the flood of 2003 drowned cows on the quay",
            False,
        ),
    ],
)
def test_numbers_contradict_where_they_measure_the_same(one: str, other: str, same: bool) -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, one)),
        scene("Birch Post", ("Ben Oster", PERSON, other), day=2),
    ]
    assert (len(standings(linked(graphs))) == 1) is same
