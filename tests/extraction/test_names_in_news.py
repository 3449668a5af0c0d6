"""Names as news has them: firms with "and", nicknames, ranks, places, capitals, slugs."""

import pytest

from provenance.articles import article_from_text
from provenance.model import ARTICLE, Certainty, SourceGraph, SourceType
from tests.helpers.graphs_by_rules import told_graph

HEAD = "Council meets about the ferry\n\nBy Nora Tamm\n\n"
PERSON, BODY, UNNAMED = SourceType.PERSON, SourceType.ORGANIZATION, SourceType.UNNAMED


def sources(text: str) -> dict[str, SourceType]:
    """Return the name and type of each source that rules find in *text*."""
    return {s.name: s.type for s in told_graph(HEAD + text).sources}


def tellers(graph: SourceGraph) -> set[str]:
    """Return the names of all who tell something to anybody."""
    names = {ARTICLE: "article"} | {s.id: s.name for s in graph.sources}
    return {names[f.source] for f in graph.flows}


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        (
            "Dunn and Sons said on Monday that the pier was sound. The council doubted it.",
            "Dunn and Sons",
        ),
        (
            "A spokeswoman for Fell and Barrow said the shop would stay. Fell and Barrow told the"
            " Courier in May that it was full.",
            "Fell and Barrow",
        ),
        (
            "Kerr & Lund, a law firm, told the court so. Kerr and Lund said it had proof.",
            "Kerr and Lund",
        ),
        (
            "The boat was sold by Holt Brothers in May. “We paid in cash,” said Pike and Partners"
            " in a letter.",
            "Pike and Partners",
        ),
        (
            "Hobbs and Daughters announced that the bakery had closed. Neighbours were sad.",
            "Hobbs and Daughters",
        ),
    ],
)
def test_a_firm_with_and_is_one(text: str, firm: str) -> None:
    """Both halves of a firm's name are one body."""
    found = sources(text)
    assert found.get(firm) is BODY
    assert not {half for half in found if half != firm and half in firm.split()}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Marsh and Bo Quill said on Monday that the pier was sound.",
        "Marsh and Quill said the pier was sound. Marsh owns a boat.",
    ],
)
def test_two_people_stay_two(text: str) -> None:
    """Two speakers who are named apart, too, are no firm."""
    assert len(sources(text)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“I rang twice,” said Tomas “Big Red” Okoro, who sells fish. Okoro said nobody came.",
            {"Tomas “Big Red” Okoro": PERSON},
        ),
        (
            'Lena "Sparks" Dahl told the council that the lamp was broken. “It was dark,” Sparks'
            " said.",
            {'Lena "Sparks" Dahl': PERSON},
        ),
        (
            "The horn was broken, said Ivo (Buzz) Marek, a deckhand. “I heard nothing,” Buzz said.",
            {"Ivo (Buzz) Marek": PERSON},
        ),
        (
            "“It went dark,” said a deckhand known on the pier as “Tick.” Tick said he swam.",
            {"Tick": PERSON},
        ),
        (
            "A woman who gave her name only as Greta said the ship had listed. Greta said it sank.",
            {"Greta": PERSON},
        ),
        (
            "A farmer who calls himself Moss said that the field was wet.",
            {"Moss": PERSON},
        ),
        (
            "The lane was closed at 9 p.m., Cpl. Dora Finch said. “We saw smoke,” she said.",
            {"Dora Finch": PERSON},
        ),
        (
            "“We found two,” Insp. Jean-Luc Roy told reporters. Supt. Una Bell said there were"
            " three.",
            {"Jean-Luc Roy": PERSON, "Una Bell": PERSON},
        ),
        (
            "Kenji Mori of Osaka University said that the sample was too small.",
            {"Kenji Mori": PERSON},
        ),
        (
            "Lady Ashby said so too. Nobody asked her husband, Sir Piers Ashby.",
            {"Lady Ashby": PERSON},
        ),
    ],
)
def test_names_are_whole(text: str, expected: dict[str, SourceType]) -> None:
    """A nickname, a rank or a university neither splits nor joins a name."""
    found = sources(text)
    assert {name: found.get(name) for name in expected} == expected
    assert sum(type_ is PERSON for type_ in found.values()) <= len(expected)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A porter in Winterholm said that the lift was broken. The warden denied it.", "warden"),
        (
            "A nurse near Oakmere told the Courier that it rained. The director denied it.",
            "director",
        ),
        ("Police in Quarrington said that a boat was gone. The owner said it was sold.", "owner"),
        (
            "A shopkeeper in Brinemouth said the till was empty. The landlord doubted it.",
            "landlord",
        ),
        ("Two teachers in Ashcombe said the roof leaked. The governor denied it.", "governor"),
    ],
)
def test_a_place_is_no_speaker(text: str, speaker: str) -> None:
    """Where a witness is does not stand for the next who speaks."""
    place = next(
        w
        for w in text.split()
        if w[:1].isupper() and w.endswith(("m", "e", "n", "h")) and len(w) > 6
    )
    found = sources(text)
    assert not any(name == place for name in found)
    assert speaker in found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The maker of the pump said that it was sound. It said that the valve was old.",
            "maker of the pump",
        ),
        (
            "A supplier of seed told the council that the sacks were dry. It said the barn leaked.",
            "supplier of seed",
        ),
        (
            "The owner of the mine said that the shaft was shut. It said nobody was below.",
            "owner of the mine",
        ),
    ],
)
def test_it_is_the_maker_and_no_place(text: str, speaker: str) -> None:
    """After a firm without a name "it" is that firm, and not where somebody stood."""
    graph = told_graph(
        HEAD + "LISBON - A clerk in Portmere said on Friday that it was late.\n\n" + text
    )
    names = {s.id: s.name for s in graph.sources}
    last = max(graph.attributions, key=lambda a: a.cue)
    assert [names[i] for i in last.source_ids] == [speaker]


def test_who_founded_a_firm_is_not_it() -> None:
    """A person with a title is another than the body of the same name."""
    found = sources(
        "Barlow Industries said on Monday that the tank was safe. Barlow said the valve was"
        " new. Mr. Barlow, who founded it in 1980, said he had sold his shares."
    )
    assert found.get("Barlow Industries") is BODY
    assert found == {"Barlow Industries": BODY, "Barlow": PERSON}


def test_a_doctor_and_another_doctor() -> None:
    """A title alone does not make a pharmacist the doctor who was spoken of."""
    found = sources(
        "A doctor in Larkhill said on Friday that the drug had harmed two children.\n\n"
        "Dr. Mina Sato, a chemist at the same clinic, denied it. “Nobody was harmed,” she said."
    )
    assert found == {"doctor in Larkhill": UNNAMED, "Mina Sato": PERSON}


@pytest.mark.parametrize(
    "text",
    [
        "The ferry firm, Lorne Lines, says an old chart was to blame. “The chart was wrong,” its"
        " spokeswoman, Ida Crane, told reporters.",
        "Lorne Lines said a chart was to blame. “That report is false,” a lawyer for Lorne Lines"
        " said of the chart.",
        "The union said that the count was late. “The count was wrong,” the union's spokesman,"
        " Abel Stone, said.",
        "Corby Mills told the board that the meter had failed. “The meter was faulty from May on,”"
        " its chief executive, Rosa Lind, said.",
        "Tern Air says that a gauge froze. “The gauge reading was wrong,” said its press officer.",
    ],
)
def test_no_dispute_with_ones_own(text: str) -> None:
    """Who speaks for a body takes nothing back that it said."""
    assert told_graph(HEAD + text).disputes == ()


def test_a_rival_still_disputes() -> None:
    """Whoever speaks for another body does."""
    text = "Lorne Lines said that the pier was safe. The union's lawyer, Una Crane, denied it."
    assert len(told_graph(HEAD + text).disputes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "“We called and called — no reply,” a shopkeeper, Ivo Brandt, said.",
        "“There were no lights,” the pilot, Ivo Brandt, said. “None at all.”",
        "Ivo Brandt said: “We did not see it. Nobody did.”",
        "“If they come, we leave,” Ivo Brandt said.",
        "“Not a soul in sight, no sound,” recalled Ivo Brandt, a shepherd.",
    ],
)
def test_no_in_what_is_said_denies_no_hop(text: str) -> None:
    """What is negative within quotation marks does not make it uncertain who said it."""
    graph = told_graph(HEAD + text)
    assert [f.certainty for f in graph.flows] == [Certainty.ASSERTED]


CAPITALS = (
    "BC-MINE-FLOOD, 2ND LD\n\nFLOOD SHUTS MINE AT CORBY\n\n"
    "CORBY, JUNE 9 (AP) - A FLOOD SHUT THE MINE AT CORBY ON TUESDAY, THE FIRE SERVICE SAID.\n\n"
    '"WE HAVE SIX MEN BELOW," MINE FOREMAN ALBA REYES TOLD THE AP BY RADIO.\n\n'
    "THE DEPARTMENT OF LABOR SAID IN A STATEMENT THAT THE PUMPS HAD FAILED. UNION SECRETARY OTTO"
    " BRANDT DENIED THAT.\n\n(REPORTING BY INA FELL; EDITING BY KARL OHM)\n"
)


def test_an_article_in_capitals() -> None:
    """A wire's capitals are read, and its names written, as others are."""
    graph = told_graph(CAPITALS)
    found = {s.name: s.type for s in graph.sources}
    assert found["Alba Reyes"] is PERSON
    assert found["Otto Brandt"] is PERSON
    assert found["Department of Labor"] is BODY
    assert found["fire service"] is BODY
    assert graph.article.publisher == ""
    assert graph.article.authors == ("INA FELL",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The pier was rotten, LENA VOSS told the GAZETTE on Monday. Ms VOSS said she had it in"
            " writing.",
            {"Lena Voss", "Gazette"},
        ),
        (
            "“We knew,” said the harbour master, OTTO BRANDT. “He lied,” BRANDT added.",
            {"Otto Brandt"},
        ),
        ("The COAST GUARD said it would look into the matter.", {"Coast Guard"}),
        ("UNICEF said that the camp was full. NATO said so too.", {"UNICEF", "NATO"}),
        ("MINISTER ANA REYES said the road was shut. REYES had driven there.", {"Ana Reyes"}),
    ],
)
def test_names_in_capitals(text: str, expected: set[str]) -> None:
    """Names that a paper prints in capitals are written as names; acronyms stay."""
    assert tellers(told_graph(HEAD + text)) == expected


@pytest.mark.parametrize(
    ("slug", "publisher"),
    [
        ("AM-HARBOR-BLAZE, 3rd Ld-Writethru", ""),
        ("URGENT", ""),
        ("US-SENATE-VOTE", ""),
        ("The Alder Ledger", "The Alder Ledger"),
    ],
)
def test_a_slug_is_no_publisher(slug: str, publisher: str) -> None:
    """What an agency calls its copy is nobody's name."""
    text = "Two ships burnt in the harbour, the fire service said on Monday. Nobody was hurt."
    article = article_from_text(
        f"{slug}\n\nTwo ships burn in harbour\n\n{text}\n\n"
        "The crews were safe, the ministry said.\n\n"
        "(Reporting by Ada Fell and Bo Hay; Editing by Cy Ohm)"
    )
    assert article.publisher == publisher
    assert article.authors == ("Ada Fell", "Bo Hay")


@pytest.mark.parametrize("opening", ["Talking to Tide magazine", "In a talk with Tide magazine"])
@pytest.mark.parametrize("verb", ["said", "confirmed"])
def test_who_talks_to_a_paper_is_not_that_paper(opening: str, verb: str) -> None:
    found = sources(f"{opening}, Ben Oster, the mayor of Northport, {verb} that the pier was shut.")
    assert found["Ben Oster"] is PERSON


def test_a_paper_or_firm_is_called_by_the_name_beside_it() -> None:
    found = sources("The newspaper Tide Herald said on Monday that the pier was shut.")
    assert found["Tide Herald"] is SourceType.NEWS_OUTLET


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "On Monday Theresa May came to the harbour.\n\nMay accused the union of “greed”.",
            "Theresa May",
        ),
        ("The chair, Ann May, met the crew.\n\nMay had rejected the plan.", "Ann May"),
        ("Will Orde owns the boat.\n\nWill flatly denied that it had sunk.", "Will Orde"),
        ("Will Orde accused the crew of lying about the hull.", "Will Orde"),
        ("Ada May spoke first in the hall of the town.\n\n“It is over,” May added.", "Ada May"),
        (
            "Ada May left the hall with two of the crew.\n\nBut May, who had seen it, said that"
            " the hull held.",
            "Ada May",
        ),
    ],
)
def test_a_name_that_is_a_modal_verb_too_is_a_name(text: str, speaker: str) -> None:
    assert speaker in tellers(told_graph(HEAD + text))


@pytest.mark.parametrize(
    "text",
    [
        "Have said it before, the crew did.",
        "- Did asked.",
        "May accused.",
        "- Lund said it.",
        "Agency, Ann",
    ],
)
def test_what_begins_in_the_middle_of_a_sentence_takes_nothing_from_what_follows(text: str) -> None:
    graph = told_graph(
        f"{HEAD}{text}\n\nThe harbour master, Ida Quist, said that the pier was shut."
    )
    assert "Ida Quist" in tellers(graph)


@pytest.mark.parametrize(
    ("text", "title", "teller"),
    [
        (
            "Gus Rudd has retired. Writing in his new memoir, Loud And Wrong, he says that Max"
            " Crane “never sang a note in tune”.",
            "Loud",
            "his new memoir",
        ),
        (
            "In her book, Stone River, Anna Berg says that the fire was set on purpose.",
            "Stone River",
            "her book",
        ),
        ("Her film, Ashes, says that the harbour was sold to a bank.", "Ashes", "her film"),
        ("The play, Winter Tide, says that the mayor paid.", "Winter Tide", "play"),
    ],
)
def test_the_title_of_a_work_is_nobody(text: str, title: str, teller: str) -> None:
    graph = told_graph(HEAD + text)
    assert teller in tellers(graph)
    assert not {name for name in tellers(graph) if title in name}


def test_whoever_is_named_behind_a_work_and_speaks_is_somebody() -> None:
    graph = told_graph(HEAD + "In his memoir, Tom Berg, a nurse, says that the ward was shut.")
    assert "Tom Berg" in tellers(graph)
