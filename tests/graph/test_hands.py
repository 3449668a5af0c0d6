"""What goes from hand to hand: each hand in the text is a hop, and none is passed over."""

import pytest

from provenance import build
from provenance.model import EventKind, EventRole, SourceGraph
from tests.extraction.test_events import ART, ORI, REC, A, Told, events_in, told
from tests.helpers.graphs_by_rules import told_graph

FILLER = " The council met on Monday in the town hall."
HANDED = [
    ("The ministry received the same emails from the nurses' union.", ART, "same emails"),
    ("The reporter got the photos from a neighbour.", ORI, "neighbour"),
    ("He had the ledger from his brother.", ORI, "his brother"),
    ("The cable, which the Gazette had from a clerk, was short.", ORI, "clerk"),
    ("The union was given the emails by a widow.", A, "widow"),
    ("The committee was handed a printout by an aide.", REC, "committee"),
    ("A guard slipped the list to a visiting priest.", REC, "visiting priest"),
    ("The emails reached The Northern Star in a brown envelope.", REC, "Northern Star"),
    ("The dossier found its way to a lawyer in Prague.", REC, "lawyer in Prague"),
    ("The list ended up with a blogger, Tom Yates.", REC, "blogger, Tom Yates"),
    ("The memo fell into the hands of the opposition.", REC, "opposition"),
    ("The notebook came into the possession of the museum in 1990.", REC, "museum"),
    ("One copy went to the bishop, who burned it.", REC, "bishop"),
    ("A cleaner took the file to the police.", REC, "police"),
    ("The agency sold the pictures to the Mail.", A, "agency"),
    ("The Mail bought the footage from an agency.", ORI, "agency"),
    ("The officer lent the diary to a historian.", REC, "historian"),
    ("The files were taken from the bank's server by an employee.", A, "employee"),
    ("The video was picked up by CNN.", REC, "CNN"),
    ("The blog had been sent the file by a reader.", A, "reader"),
    ("The diary came to her from a nephew.", ORI, "nephew"),
    ("A prisoner had smuggled the letter to him.", REC, "him"),
    ("The tape was made by the mayor's driver, Olaf Brink, on a phone.", ART, "tape"),
    ("He passed the file to a steward, Leo Marsh, who kept it.", REC, "steward, Leo Marsh"),
    ("She had the letters from a surgeon, Dr. Emil Hart, who left.", ORI, "surgeon, Dr. Emil Hart"),
    (
        "He gave the file to his cousin, a taxi driver named Ruth Amsel.",
        REC,
        "his cousin, a taxi driver named Ruth Amsel",
    ),
    ("The Post was slipped the memo last week.", REC, "Post"),
    ("She was sent the recording in June.", REC, "She"),
    ("He had the memo from a friend, not from the clerk.", ORI, "friend"),
    ("A widow left the diary with a priest.", REC, "priest"),
    ("The driver played the tape to a friend.", REC, "friend"),
    ("A guard handed the map in to his captain.", REC, "his captain"),
    ("He had been shown the clip by an officer.", A, "officer"),
    ("The owner let a student copy the diary.", ORI, "owner"),
    ("The owner let a student copy the diary.", A, "student"),
    ("The museum allowed the Herald to photograph the letters.", ORI, "museum"),
    ("The agency took the clip from Telegram.", ORI, "Telegram"),
    ("Lena Pavlik shared the files with the Alder Post.", ART, "files"),
    (
        "The memo was written by a clerk of the water board, Martin Oakes.",
        A,
        "clerk of the water board, Martin Oakes",
    ),
    (
        "The clip was on a Telegram channel. From there it was copied by a nurse.",
        ORI,
        "Telegram channel",
    ),
]
LISTED = [
    (
        "Brandt handed copies to the Rheinblatt, Le Courrier of Geneva and the broadcaster SRK.",
        REC,
        ["Rheinblatt", "Le Courrier of Geneva", "broadcaster SRK"],
    ),
    (
        "Lee gave copies of the diary to the Alder Post, the radio station Fjord FM, a judge and"
        " the Ombudsman.",
        REC,
        ["Alder Post", "radio station Fjord FM", "judge", "Ombudsman"],
    ),
    (
        "Ann Marsh sent copies of the memo to the police, his lawyer and The Northern Star.",
        REC,
        ["police", "his lawyer", "Northern Star"],
    ),
    ("Tate showed the memo to Amy Burke and to the auditors.", REC, ["Amy Burke", "auditors"]),
    ("Ann passed the file to Strata as well as to Dan Weir.", REC, ["Strata", "Dan Weir"]),
    ("Ann passed the file both to Strata and to the Herald.", REC, ["Strata", "Herald"]),
    (
        "The Herald shared the files with three newspapers, Denik Sport, the Kurier and La Corsa.",
        REC,
        ["Denik Sport", "Kurier", "La Corsa"],
    ),
    (
        "Ann Roe forwarded the clip to two reporters, Sam Okoro of the Daily Ledger and Inga Rask"
        " of Radio Norden.",
        REC,
        ["Sam Okoro of the Daily Ledger", "Inga Rask of Radio Norden"],
    ),
    (
        "Several stations took the clip from the Ledger, among them Norden TV and the channel RTS.",
        A,
        ["Norden TV", "channel RTS"],
    ),
    (
        "One copy went to the regulator, one to the Examiner, and one to Radio Alder.",
        REC,
        ["regulator", "Examiner", "Radio Alder"],
    ),
    ("He gave the tape to Dr. Tom Roe, a historian and writer.", REC, ["Dr. Tom Roe"]),
    (
        "She sent the tape to the Herald and the Alder Post, a weekly.",
        REC,
        ["Herald", "Alder Post"],
    ),
    ("A clerk passed the tape to Tom Roe, a reporter for the Post.", REC, ["Tom Roe"]),
]


@pytest.mark.parametrize(("text", "role", "who"), LISTED, ids=[text for text, *_ in LISTED])
def test_each_of_a_list_has_it(text: str, role: EventRole, who: list[str]) -> None:
    (event,) = (e for e in events_in(text) if e.kind in {EventKind.TRANSFER, EventKind.OBTAINING})
    found = sorted(p.span for p in event.participants if p.role is role)
    assert [text[span.start : span.end] for span in found] == who


@pytest.mark.parametrize(("text", "role", "who"), HANDED, ids=[text for text, *_ in HANDED])
def test_who_hands_what_to_whom(text: str, role: EventRole, who: str) -> None:
    found = [roles.get(role) for _, _, roles in told(text)]
    assert who in found


@pytest.mark.parametrize(
    "text",
    [
        "The board received a letter from Lee.",
        "He had a drink from the bar.",
        "The train reached the station at noon.",
        "The award went to a nurse.",
        "The goods were taken from the shop by a thief.",
    ],
)
def test_what_nobody_hands_on(text: str) -> None:
    events: list[Told] = told(text)
    assert not [one for one in events if one[0] == "transfer" and ART in one[2]]


def test_a_pronoun_is_the_thing_that_was_handed_on_before() -> None:
    text = (
        "The memo was short. He sent it to his supervisor, Paul Brandt, in January. Brandt did not"
        " answer. He passed it to a clerk."
    )
    assert [roles.get(REC) for kind, _, roles in told(text) if kind == "transfer"] == [
        "his supervisor, Paul Brandt",
        "clerk",
    ]


REST = """

"We looked at it for two weeks," said the editor, Hanna Voss. She said that nothing in it was cut.

The mayor, Peter Lund, has called it a forgery. His office did not answer questions on Friday, and
the council said that it would wait for the inquiry that the governor has promised. It is to begin
in May and to last until the autumn, and three judges will sit on it. Several members of the
council have asked for more time, since the budget is to be voted on in June and nobody wants two
quarrels at once in a town of this size, where everybody knows everybody else and has to meet them
at the market.
"""


def path(graph: SourceGraph, first: str) -> list[str]:
    """Return the names along the only way on from the source that is called *first*."""
    names = {source.id: source.name for source in graph.sources}
    at = next(id_ for id_, name in names.items() if name == first)
    found = [first]
    ways = {(f.source, f.target) for f in graph.flows}
    while len(found) < len(names) and (onward := [b for a, b in ways if a == at and b in names]):
        (at,) = onward
        found.append(names[at])
    return found


CHAINS = [
    (
        "The tape that Radio Calder played on Monday was made by the mayor's driver, Olaf Brink, on"
        " a phone. He gave it to his cousin, a taxi dispatcher named Ruth Amsel, in February. She"
        " sent it to the station's news desk by email.",
        ["Olaf Brink", "tape", "Ruth Amsel", "Radio Calder"],
    ),
    (
        "A memo on lead in the pipes of four schools was written by a clerk of the water board,"
        " Martin Oakes. He sent it to his supervisor, Paul Brandt, on January 14. Brandt did not"
        " answer for three weeks. He passed it to a union steward, Leo Marsh, who gave a copy to"
        " the Harbor Courier.",
        [
            "Martin Oakes",
            "memo on lead in the pipes of four schools",
            "Paul Brandt",
            "Leo Marsh",
            "Harbor Courier",
        ],
    ),
    (
        "The ledger was kept by nobody for years. A porter, Tim Roe, sold it to a dealer, Ada"
        " Quill, in 2009. Quill lent it to the town museum, which showed it to the Alder Post.",
        ["Tim Roe", "ledger", "Ada Quill", "town museum", "Alder Post"],
    ),
    (
        "The Alder Post had the memo from a lawyer, Ann Roe, who had been given it by a clerk, Tom"
        " Hart, who had copied it. It was written by the harbour master, Ida Lund.",
        ["Ida Lund", "memo", "Tom Hart", "Ann Roe", "Alder Post"],
    ),
    (
        "The e-mails were on a memory stick. A cleaner, Ann Roe, gave the stick to a student, Emil"
        " Hart. Hart sold it to the Alder Post.",
        ["Ann Roe", "e-mails", "Emil Hart", "Alder Post"],
    ),
]


@pytest.mark.parametrize(("text", "hands"), CHAINS, ids=["tape", "memo", "ledger", "back", "stick"])
@pytest.mark.parametrize("short", [True, False], ids=["rules", "network"])
def test_every_hand_is_a_hop(text: str, hands: list[str], short: bool) -> None:
    graph = told_graph(text) if short else build(text + REST).record
    assert path(graph, hands[0]) == hands


@pytest.mark.parametrize(
    "text",
    [
        "He told the Post that he had never sent anyone a memo.",
        "The blog had been sent the memo by a reader.",
        "A clip of the crash had been posted by the administrator of a chat group.",
    ],
)
def test_who_did_not_make_it(text: str) -> None:
    assert not [one for one in told_graph(text + FILLER).events if one.kind is EventKind.CREATION]


def test_she_who_says_that_she_made_it_made_it() -> None:
    graph = told_graph(
        "The councillor, Ines Caldwell, called the prosecutor. A secretary, who asked not to be"
        " named, told the Herald that she had made the recording. A lawyer, Tomas Reuter, gave it"
        " to the broadcaster RTK."
    )
    makers = {flow.source for flow in graph.flows if flow.target == "recording"}
    assert "secretary" in makers
    assert "ines-caldwell" not in makers


def test_a_copy_is_of_what_was_handed_on_and_of_no_other_paper() -> None:
    graph = told_graph(
        "Chief caught on tape discussing a contract\n\nThe broadcaster RTK received the recording"
        " from Ines Caldwell. The Herald obtained a copy from the prosecutor."
    )
    (paper,) = (flow.source for flow in graph.flows if flow.target == "herald")
    assert paper.startswith("recording")


def test_what_is_put_somewhere_by_who_had_it_is_taken_from_there() -> None:
    graph = told_graph(
        "The clip was filmed by a soldier, Ivo Lund. He sent it to a cousin, Ann Roe. Roe posted it"
        " to a Telegram channel called River Watch. From there it was copied by a clerk, Tom Hart,"
        " who gave it to the Alder Post."
    )
    assert path(graph, "Ivo Lund") == [
        "Ivo Lund",
        "clip",
        "Ann Roe",
        "River Watch",
        "Tom Hart",
        "Alder Post",
    ]


def test_who_hands_on_what_others_brought_in_had_it() -> None:
    graph = told_graph(
        "The letters were written by a dealer, Otto Seiler. A porter, Tim Roe, sold them to a"
        " bookseller, Ada Quill, in 1988. A student, Ida Mark, gave them to the Alder Post."
    )
    ends = {(flow.source, flow.target) for flow in graph.flows}
    assert {("tim-roe", "letters"), ("letters", "ida-mark"), ("ida-mark", "alder-post")} <= ends
