"""What each kind of sentence tells, after the frames of frames.toml."""

import pytest

from provenance.extraction.frames import load_frames
from provenance.model import EventKind
from tests.extraction.test_events import ART, CHA, ORI, REC, A, Told, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A clerk leaked the memo to The Ledger.",
            ("leak", "leaked", {A: "clerk", ART: "memo", REC: "Ledger"}),
        ),
        (
            "The memo was leaked by a clerk.",
            ("leak", "was leaked", {A: "clerk", ART: "memo"}),
        ),
        ("The emails that leaked in July were old.", ("leak", "leaked", {ART: "emails"})),
        ("Documents leaked recently tell of it.", ("leak", "leaked", {ART: "Documents"})),
        (
            "The recordings intercepted by the navy were old.",
            ("interception", "intercepted", {A: "navy", ART: "recordings"}),
        ),
        (
            "The emails were released by WikiLeaks.",
            ("publication", "were released", {A: "WikiLeaks", ART: "emails"}),
        ),
        (
            "A memo released Friday by the agency's watchdog was short.",
            ("publication", "released", {A: "agency's watchdog", ART: "memo"}),
        ),
        (
            "The court made the letters public.",
            ("publication", "made", {A: "court", ART: "letters"}),
        ),
        (
            "The ministry turned the emails over to a panel.",
            ("transfer", "turned", {A: "ministry", ART: "emails", REC: "panel"}),
        ),
        (
            "She gave a reporter the recording.",
            ("transfer", "gave", {A: "She", ART: "recording", REC: "reporter"}),
        ),
        (
            "The ministry provided the panel with the records.",
            ("transfer", "provided", {A: "ministry", ART: "records", REC: "panel"}),
        ),
        (
            "The files, provided by a former aide, tell of it.",
            ("transfer", "provided", {A: "former aide", ART: "files"}),
        ),
        (
            "The bank shared the records with the police.",
            ("transfer", "shared", {A: "bank", ART: "records", REC: "police"}),
        ),
        (
            "The panel received the records from the bank.",
            ("transfer", "received", {ART: "records", ORI: "bank", REC: "panel"}),
        ),
        (
            "The Ledger obtained the memo from a clerk.",
            ("obtaining", "obtained", {A: "Ledger", ART: "memo", ORI: "clerk"}),
        ),
        (
            "A memo seen by Reuters tells of it.",
            ("obtaining", "seen", {A: "Reuters", ART: "memo"}),
        ),
        ("Police seized the letters.", ("obtaining", "seized", {A: "Police", ART: "letters"})),
        (
            "The panel subpoenaed the records.",
            ("obtaining", "subpoenaed", {A: "panel", ART: "records"}),
        ),
        ("He copied the documents.", ("obtaining", "copied", {A: "He", ART: "documents"})),
        (
            "Hackers stole the emails from the party.",
            ("theft", "stole", {A: "Hackers", ART: "emails", ORI: "party"}),
        ),
        (
            "The file was smuggled out of the ministry.",
            ("theft", "was smuggled", {ART: "file", ORI: "ministry"}),
        ),
        (
            "Spies hacked into the party's computers.",
            ("theft", "hacked", {A: "Spies", ORI: "party"}),
        ),
        (
            "A soldier posted the slides on Discord.",
            ("posting", "posted", {A: "soldier", ART: "slides on Discord", CHA: "Discord"}),
        ),
        (
            "The slides first appeared on social media.",
            ("posting", "first appeared", {ART: "slides", CHA: "social media"}),
        ),
        (
            "The letters surfaced on a Telegram channel.",
            ("posting", "surfaced", {ART: "letters", CHA: "Telegram channel"}),
        ),
        (
            "Police traced the files to a chat room.",
            ("discovery", "traced", {A: "Police", ART: "files", CHA: "chat room"}),
        ),
        (
            "The letters came from the ministry.",
            ("discovery", "came", {ART: "letters", ORI: "ministry"}),
        ),
        (
            "The memo was first reported by The Gazette.",
            ("first_report", "was first reported", {A: "Gazette", ART: "memo"}),
        ),
        (
            "The letter was republished by The Ledger.",
            ("republication", "was republished", {A: "Ledger", ART: "letter"}),
        ),
        (
            "The report was drafted by two lawyers.",
            ("creation", "was drafted", {A: "two lawyers", ART: "report"}),
        ),
        (
            "An expert authenticated the recording.",
            ("authentication", "authenticated", {A: "expert", ART: "recording"}),
        ),
        (
            "The army confirmed the authenticity of the video.",
            ("authentication", "confirmed", {A: "army", ART: "video"}),
        ),
        (
            "The ministry denied the authenticity of the letters.",
            ("denial", "denied", {A: "ministry", ART: "letters"}),
        ),
        (
            "The army dismissed the documents as fakes.",
            ("denial", "dismissed", {A: "army", ART: "documents"}),
        ),
        (
            "The palace called the letters a forgery.",
            ("denial", "called", {A: "palace", ART: "letters"}),
        ),
        (
            "The ministry said that the memo was a forgery.",
            ("denial", "was a forgery", {A: "ministry", ART: "memo"}),
        ),
        (
            "The ministry denied that the memo was authentic.",
            ("denial", "was authentic", {A: "ministry", ART: "memo"}),
        ),
        (
            "The ministry confirmed that the memo was genuine.",
            ("authentication", "was genuine", {A: "ministry", ART: "memo"}),
        ),
        (
            "The Harbour Gazette spoke to a member of the crew.",
            ("interview", "spoke", {A: "Harbour Gazette", ORI: "member of the crew"}),
        ),
        (
            "A reporter interviewed the captain.",
            ("interview", "interviewed", {A: "reporter", ORI: "captain"}),
        ),
    ],
)
def test_clauses(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Leaked Pentagon documents tell of it.",
            ("leak", "Leaked", {ART: "Leaked Pentagon documents", ORI: "Pentagon"}),
        ),
        (
            "The stolen emails tell of it.",
            ("theft", "stolen", {ART: "stolen emails"}),
        ),
        (
            "The hacked DNC emails tell of it.",
            ("theft", "hacked", {ART: "hacked DNC emails", ORI: "DNC"}),
        ),
        ("The DNC email leak hurt.", ("leak", "leak", {ART: "email", ORI: "DNC"})),
        (
            "The leak of classified documents hurt.",
            ("leak", "leak", {ART: "classified documents"}),
        ),
        (
            "The leak of the report to journalists by a clerk hurt.",
            ("leak", "leak", {A: "clerk", ART: "report", REC: "journalists"}),
        ),
        (
            "The group's release of the emails exposed it.",
            ("publication", "release", {A: "group", ART: "emails"}),
        ),
        ("Officials spoke of the hack of the DNC.", ("theft", "hack", {ORI: "DNC"})),
        (
            "The theft of the party's emails hurt.",
            ("theft", "theft", {ART: "party's emails", ORI: "party"}),
        ),
        (
            "They spoke of the wiretapping of the embassy.",
            ("interception", "wiretapping", {ORI: "embassy"}),
        ),
    ],
)
def test_nouns_and_adjectives(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The cable, dated May 3 and made public by a court, was old.",
            ("publication", "made", {A: "court", ART: "cable"}),
        ),
        (
            "The slides, copies of which were reviewed by The Ledger, were old.",
            ("obtaining", "were reviewed", {A: "Ledger", ART: "slides"}),
        ),
        (
            "Police traced the images back to a server in Riga.",
            ("discovery", "traced", {A: "Police", ART: "images", CHA: "server in Riga"}),
        ),
        (
            "The slides spread to Telegram.",
            ("posting", "spread", {ART: "slides", CHA: "Telegram"}),
        ),
        (
            "The navy collected an intercept.",
            ("interception", "collected", {A: "navy", ART: "intercept"}),
        ),
        (
            "Leaked to The Ledger last week, the tape told of it.",
            ("leak", "Leaked", {ART: "tape", REC: "Ledger"}),
        ),
        (
            "The minister was charged with leaking files.",
            ("leak", "leaking", {A: "minister", ART: "leaking files"}),
        ),
    ],
)
def test_forms_that_parsers_see_otherwise(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The tanker leaked oil into the bay.",
        "A pipe leaked and the roof was leaking.",
        "Thieves stole a car.",
        "The stolen car was found in a ditch.",
        "The army released prisoners on Friday.",
        "The firm released 200 workers.",
        "The release of steam was loud.",
        "The bank posted a profit.",
        "She posted guards at the gate.",
        "A published author spoke.",
        "The navy intercepted a missile.",
        "The player intercepted a pass.",
        "The student obtained a visa.",
        "She lost the emails.",
        "Police seized drugs.",
        "They seized power.",
        "The report provides the most detailed view.",
        "The minister appeared on stage.",
        "The drug appeared on the market.",
        "The breach of contract was clear.",
        "He turned over the car to his son.",
        "The minister shared concerns with his colleague.",
        "He gave the speech to a crowd.",
        "The mayor spoke to voters.",
        "The source of the river is a lake.",
        "The leak was repaired.",
        "The court rejected the appeal.",
        "He made public appearances.",
        "The hacking group grew.",
        "Voters tapped her for the job.",
        "He sent an email to his colleague.",
        "The interview went well.",
        "He published nothing.",
        "The content of the leaks was dull.",
    ],
)
def test_other_senses_tell_no_event(text: str) -> None:
    assert told(text) == []


def test_every_kind_of_event_has_a_frame() -> None:
    frames = load_frames()
    kinds = {
        f.kind
        for table in (frames.verbs, frames.nouns, frames.adjectives)
        for row in table.values()
        for f in row
    }
    assert kinds == set(EventKind)
