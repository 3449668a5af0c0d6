"""What articles say to a question in a person's words."""

from dataclasses import replace

import pytest

from provenance.analysis.questions import Answer, answer
from provenance.common.stemming import denied_in, feared_in, kin, pointing_in, stems
from provenance.model import Certainty, SourceGraph, SourceType, Span
from tests.helpers.generated_stories import linked, scene

PERSON, BODY = SourceType.PERSON, SourceType.ORGANIZATION
CRACK = "two bearings of the bridge had cracked in the frost"
STORY = [
    scene("Ash Courier", ("Ada Quill", PERSON, CRACK)),
    scene("Birch Post", ("Ben Oster", PERSON, "frost cracked two of the bridge's bearings"), day=2),
    scene("Cedar Times", ("Cora Lind", PERSON, "the ferry will run all night"), own=CRACK + "."),
    scene("Elm Gazette", ("Eva Roth", PERSON, "the bearings had never cracked"), day=4),
    scene("Fir Star", ("Finn Tay", PERSON, "farmers will have to sell their cows in May"), day=5),
]


def asked(text: str, graphs: list[SourceGraph] = STORY) -> Answer | None:
    links = linked(graphs)
    return answer(links, text)


@pytest.mark.parametrize(
    "text",
    [
        "have two bearings cracked?",
        "the frost cracked the bearings of the bridge",
        "Did frost crack 2 bearings",
    ],
)
def test_a_question_gathers_what_says_the_same(text: str) -> None:
    found = asked(text)
    assert found is not None
    assert found.standing.origins == ("Ada Quill", "Ben Oster")
    outlets = ("Ash Courier", "Birch Post", "Cedar Times")
    assert found.standing.outlets == outlets
    assert len(found.wordings) == 3
    assert [denial.name for denial in found.denials] == ["Eva Roth"]
    assert found.line == (
        "2 independent lines (Ada Quill, Ben Oster); 3 articles, 1 in no name but its own; "
        "denied by Eva Roth"
    )


@pytest.mark.parametrize(
    ("papers", "line"),
    [
        (1, "0 independent lines; 1 article, in no name but its own"),
        (2, "0 independent lines; 2 articles, all in no name but their own"),
    ],
)
def test_what_nobody_is_named_for_is_said_so(papers: int, line: str) -> None:
    found = asked("two bearings cracked", [scene(f"P{n}", own=f"{CRACK}.") for n in range(papers)])
    assert found is not None
    assert found.line == line


@pytest.mark.parametrize(
    "text",
    [
        "elephants",
        "a sailor was arrested for stealing the bearings",
        "the mayor of Velden resigned",
        "",
        "did they or did they not",
        "in 1999",
    ],
)
def test_an_answer_to_nothing_is_nothing(text: str) -> None:
    assert asked(text) is None


def test_no_in_a_question_is_kept() -> None:
    found = asked("the bearings had never cracked")
    assert found is not None
    assert found.wordings[0].text.startswith("Eva Roth")


@pytest.mark.parametrize(
    "text",
    [
        "no frost cracked the bearings",
        "frost didn't crack two bearings",
        "frost cannot crack bearings",
    ],
)
def test_who_says_what_a_question_denies_does_not_say_so(text: str) -> None:
    found = asked(text, [one for one in STORY if "never" not in one.article.text])
    assert found is not None
    assert found.line.startswith("nobody says so; denied by ")
    assert sorted(denial.name for denial in found.denials) == ["Ada Quill", "Ben Oster"]


@pytest.mark.parametrize(
    "text",
    [
        "how many sources say that frost cracked the bearings",
        "Which papers reported that the bearings cracked in the frost?",
        "who says the frost cracked two bearings",
        "is it true that frost cracked the bearings",
    ],
)
def test_who_says_so_is_no_part_of_what_they_say(text: str) -> None:
    found = asked(text)
    assert found is not None
    assert found.standing.origins == ("Ada Quill", "Ben Oster")
    assert len(found.wordings) == 3


def test_words_that_mean_much_the_same_answer() -> None:
    graphs = [scene("Ash Courier", ("Ada Quill", PERSON, "a doctor died as the ship sank"))]
    graphs.append(scene("Fir Star", ("Finn Tay", PERSON, "farmers must sell cows and milk")))
    found = asked("was a physician killed when the vessel sank", graphs)
    assert found is not None
    assert found.standing.origins == ("Ada Quill",)


def test_another_number_is_another_claim() -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, "14 cows drowned below the bridge")),
        scene("Birch Post", ("Ben Oster", PERSON, "300 lamps burnt above the bridge")),
    ]
    found = asked("fourteen cows drowned", graphs)
    assert found is not None
    assert found.standing.origins == ("Ada Quill",)
    assert asked("220 cows drowned above", graphs) is None


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("the shaft was ten metres deep", ("Ada Quill",)),
        ("the shaft was 10 feet deep", ("Cora Lind",)),
        ("10 miners were in the shaft", ("Ben Oster",)),
    ],
)
def test_a_number_is_one_with_what_it_measures(text: str, origins: tuple[str, ...]) -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, "the shaft went down ten meters")),
        scene("Birch Post", ("Ben Oster", PERSON, "10 miners climbed out of the shaft")),
        scene("Cedar Times", ("Cora Lind", PERSON, "ten feet down the shaft was flooded")),
        scene("Elm Gazette", ("Eva Roth", PERSON, "cows and sheep graze on the hill")),
    ]
    found = asked(text, graphs)
    assert found is not None
    assert found.standing.origins == origins


def test_a_date_that_no_article_tells_is_left_out() -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, "three cows drowned in the mill pond")),
        scene("Birch Post", ("Ben Oster", PERSON, "lamps burnt all night over the road")),
    ]
    for text in ("three cows drowned in March 2019", "in May 2019 three cows drowned"):
        found = asked(text, graphs)
        assert found is not None
        assert found.standing.origins == ("Ada Quill",)
    assert asked("a mayor drowned in March 2019", graphs) is None


def test_whom_a_question_names_is_no_answer() -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, "Orne Valley Bank got a warning by telephone")),
        scene("Birch Post", ("Ben Oster", PERSON, "the street before Orne Valley Bank was wet")),
        scene("Cedar Times", ("Cora Lind", PERSON, "Orne Valley Bank has forty clerks")),
        scene("Elm Gazette", ("Eva Roth", PERSON, "cows and sheep graze on the hill")),
    ]
    found = asked("Orne Valley Bank was warned by phone", graphs)
    assert found is not None
    assert found.standing.origins == ("Ada Quill",)


def test_who_contests_what_another_says_is_not_that_other() -> None:
    told = "the two bearings had cracked in the frost"
    contested = scene("Elm Gazette", ("Eva Roth", PERSON, told), before="Nobody believes that ")
    found = asked("two bearings cracked in the frost", [*STORY[:3], contested])
    assert found is not None
    assert found.denials == ()


def test_who_says_what_was_so_instead_denies() -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, "a navy ship sank a smugglers' boat")),
        scene(
            "Birch Post",
            ("Ada Quill", PERSON, "a navy ship sank a smugglers' boat"),
            ("Coast Union", BODY, "the boat was actually a ferry with pilgrims"),
        ),
        scene("Elm Gazette", ("Eva Roth", PERSON, "cows and sheep graze on the hill")),
    ]
    found = asked("the navy sank a boat of smugglers", graphs)
    assert found is not None
    assert [denial.name for denial in found.denials] == ["Coast Union"]
    told = asked("the boat was a ferry full of pilgrims", graphs)
    assert told is not None
    assert (told.standing.origins, told.denials) == (("Coast Union",), ())


HILL = scene("Elm Gazette", ("Eva Roth", PERSON, "cows and sheep graze on the hill"))


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("youths hurled stones into the mill", "those who hurled stones have fled"),
        ("a guard beat a pilgrim in the mill", "the man who beat a pilgrim in the mill was freed"),
        ("people slept outdoors for fear of a flood at Velden", "a flood tore down Velden's mill"),
        ("the town council warned of a possible strike", "a strike closed the town's schools"),
    ],
)
def test_what_only_points_or_is_only_feared_is_no_answer(told: str, text: str) -> None:
    graphs = [scene("Ash Courier", ("Ada Quill", PERSON, told)), HILL]
    assert asked(text, graphs) is None


def test_which_words_point_and_which_are_feared() -> None:
    assert pointing_in("the men who robbed the bank have fled") == {"rob", "bank"}
    assert pointing_in("was it the men who robbed the bank") == frozenset()
    assert pointing_in("Ada Quill will tell who robbed the bank once she is free") == frozenset()
    assert pointing_in("who robbed the bank") == frozenset()
    assert feared_in("they slept outdoors for fear of a flood, and the mill fell") == {"flood"}
    assert feared_in("a flood came") == frozenset()


@pytest.mark.parametrize(
    ("claim", "deniers", "origins"),
    [
        ("the thief of the bells was one man", ["Ben Oster"], ("Ada Quill",)),
        ("the thief of the bells was only one man", ["Ben Oster"], ("Ada Quill",)),
        ("the thief of the bells was not one man", [], ("Ada Quill", "Ben Oster")),
        ("the thief of the bells was more than one man", [], ("Ada Quill", "Ben Oster")),
    ],
)
def test_one_is_not_several(claim: str, deniers: list[str], origins: tuple[str, ...]) -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, "the thief of the bells was several men")),
        scene("Birch Post", ("Ben Oster", PERSON, claim)),
        HILL,
    ]
    found = asked("the thief of the bells was really several men", graphs)
    assert found is not None
    assert [denial.name for denial in found.denials] == deniers
    assert found.standing.origins == origins


def test_who_counts_one_does_not_carry_that_there_were_several() -> None:
    graphs = [
        scene(
            "Ash Courier", ("Ada Quill", PERSON, "the avalanche at Velden killed several hikers")
        ),
        scene("Birch Post", ("Ben Oster", PERSON, "snow near Velden killed one hiker")),
        HILL,
    ]
    found = asked("several hikers were killed by the avalanche at Velden", graphs)
    assert found is not None
    assert (found.standing.origins, found.denials) == (("Ada Quill",), ())


def test_who_says_so_and_who_denies_it_may_share_a_sentence() -> None:
    whole = "two bearings had cracked in the frost, but Eva Roth that they had never cracked"
    both = scene("Ash Courier", ("Ada Quill", PERSON, whole))
    first, second = whole.split(", but Eva Roth that ")
    begin = both.claims[0].content[0].start
    told = (
        (first, "s0", begin),
        (second, "s1", begin + whole.index(second)),
    )
    both = replace(
        both,
        sources=(*both.sources, replace(both.sources[0], id="s1", name="Eva Roth")),
        claims=tuple(
            replace(
                both.claims[0], id=id, text=text, sources=(id,), content=(Span(at, at + len(text)),)
            )
            for text, id, at in told
        ),
    )
    graphs = [scene("Birch Post", ("Ben Oster", PERSON, CRACK)), both, HILL]
    found = asked("two bearings cracked in the frost", graphs)
    assert found is not None
    assert found.standing.origins == ("Ada Quill", "Ben Oster")
    assert [denial.name for denial in found.denials] == ["Eva Roth"]


def test_who_denies_something_else_denies_nothing_of_the_question() -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, "a rider threw a stone at the toll guards")),
        scene("Birch Post", ("Toll guards", BODY, "nobody had asked the guards for a receipt")),
        HILL,
    ]
    found = asked("a rider threw a stone at the guards", graphs)
    assert found is not None
    assert found.denials == ()


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("the bearings never cracked", {"crack"}),
        ("Quill denied that it cracked, but the rails held", {"crack"}),
        ("nobody doubted the crack", set()),
        ("not only the bearings cracked", set()),
        ("it isn't just the bearings that cracked", set()),
        ("he did not know whether it cracked", {"know"}),
        ("she would not say what cracked", set()),
        ("she could not believe that it cracked", set()),
        ("there were not that many cracks", set()),
        ("he ruled out a crack", {"crack"}),
        ("it will not open until the frost ends", set()),
        ("she will not disclose who paid until the trial is over", set()),
        ("they cannot confirm the toll unless the roof is lifted", set()),
        ("the gate stays shut, it will not open", {"open"}),
        ("it was not so cold … it cracked", set()),
        ("no frost … it cracked", {"frost"}),
        ("it doesn't leak", {"leak"}),
        ("it was not one leak, but a row of them", set()),
        ("not one leak was found", {"one", "leak", "find"}),
    ],
)
def test_what_a_negation_bears_on(text: str, denied: set[str]) -> None:
    assert denied_in(text) == denied


def test_forms_of_a_word_are_one() -> None:
    assert stems("ships sank") == stems("The ship sinks")
    assert stems("seven metres") == stems("7 meter")
    assert stems("40 cm") == stems("40 centimetres")
    assert stems("military") != stems("militants")
    assert kin(*stems("killed")) & kin(*stems("dead"))


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("the harbour’s neighbouring labourers", "the harbor’s neighboring laborers"),
        ("organised, analysing, paralysed", "organized, analyzing, paralyzed"),
        ("a theatre programme and its catalogues", "a theater program and its catalogs"),
        ("licences for defence offences", "licenses for defense offenses"),
        ("four courts of our hour", "4 courts of our hour"),
    ],
)
def test_a_word_is_one_however_it_is_spelled_in_britain(british: str, american: str) -> None:
    assert stems(british) == stems(american)


def denying(outlet: str, name: str, text: str) -> SourceGraph:
    """Return the graph of an article in which *name* only denies *text*."""
    graph = scene(outlet, (name, PERSON, text))
    before = graph.article.text
    told = before.replace(f"{name} said that", f"{name} denied that")
    last = graph.article.paragraphs[-1]
    spans = (*graph.article.paragraphs[:-1], Span(last.start, len(told)))
    (claim,) = graph.claims
    at = told.index(text)
    claim = replace(claim, content=(Span(at, at + len(text)),), certainty=Certainty.DENIED)
    return replace(
        graph,
        article=replace(graph.article, text=told, paragraphs=spans),
        flows=tuple(replace(flow, evidence=spans[-1:]) for flow in graph.flows),
        claims=(claim,),
    )


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (CRACK, "the bearings of the bridge had cracked"),
        (CRACK, "two bearings cracked in the frost"),
        ("the memo's findings", "the memo's findings"),
        ("the captain's account", "the captain's account"),
    ],
)
def test_what_is_only_denied_nobody_says(claim: str, text: str) -> None:
    farmers = scene("Fir Star", ("Finn Tay", PERSON, "farmers must sell cows and milk"))
    found = asked(text, [denying("Ash Courier", "Ada Quill", claim), farmers])
    assert found is not None
    assert found.line == "nobody says so; denied by Ada Quill"
    assert (found.standing.carriers, found.standing.own_voice) == ((), ())


def test_who_is_asked_about_as_denying_is_no_voice_of_the_article() -> None:
    found = asked("Ada Quill denied that the bearings cracked", [denying("P", "Ada Quill", CRACK)])
    assert found is not None
    assert found.line == "0 independent lines; 1 article; denied by Ada Quill"


def test_who_denies_something_near_denies_nothing_that_others_say() -> None:
    near = denying("Ash Courier", "Ada Quill", "she was the Orne Fox, whom Ben Oster wrote about")
    told = scene(
        "Birch Post", ("Cora Lind", PERSON, "Ben Oster will soon name the Orne Fox"), day=2
    )
    farmers = scene("Fir Star", ("Finn Tay", PERSON, "farmers must sell cows and milk"), day=3)
    found = asked("Ben Oster will name the Orne Fox", [near, told, farmers])
    assert found is not None
    assert found.standing.origins == ("Cora Lind",)
    assert len(found.wordings) == 2
    assert found.denials == ()


@pytest.mark.parametrize("text", ["the captain slept", "the captain's sleep", "captains who sleep"])
def test_one_word_of_several_is_no_answer(text: str) -> None:
    graphs = [
        scene("Ash Courier", ("Ada Quill", PERSON, "children sleep badly beside the new road")),
        scene("Birch Post", ("Ben Oster", PERSON, "a captain of the guard was sold a horse")),
        scene("Fir Star", ("Finn Tay", PERSON, "farmers must sell cows and milk in spring")),
    ]
    assert asked(text, graphs) is None
    both = scene("Elm Gazette", ("Eva Roth", PERSON, "the captain had slept through the alarm"))
    found = asked(text, [*graphs, both])
    assert found is not None
    assert found.standing.origins == ("Eva Roth",)
