import hashlib
from collections import defaultdict

import pytest

from provenance.extraction.events import find_events
from provenance.extraction.frames import load_frames
from provenance.extraction.parsing import parse
from provenance.model import Article, Certainty, CustodyEvent, EventKind, EventRole, Span

A, ART, ORI, CHA, REC = (
    EventRole.AGENT,
    EventRole.ARTEFACT,
    EventRole.ORIGIN,
    EventRole.CHANNEL,
    EventRole.RECIPIENT,
)
Told = tuple[str, str, dict[EventRole, str]]


def article_of(*paragraphs: str, published: str = "2023-04-14") -> Article:
    text = "\n".join(paragraphs)
    spans, start = [], 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        name="t",
        text=text,
        digest=digest,
        text_digest=digest,
        paragraphs=tuple(spans),
        published=published,
    )


def events_in(*paragraphs: str, published: str = "2023-04-14") -> tuple[CustodyEvent, ...]:
    return find_events(parse(article_of(*paragraphs, published=published)))


def told(text: str) -> list[Told]:
    """Return kind, trigger and participants of each event, conjuncts joined with a plus."""
    out = []
    for event in events_in(text):
        roles: defaultdict[EventRole, list[str]] = defaultdict(list)
        for one in event.participants:
            roles[one.role].append(text[one.span.start : one.span.end])
        words = text[event.trigger.start : event.trigger.end]
        out.append((event.kind.value, words, {r: " + ".join(t) for r, t in roles.items()}))
    return out


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


def test_release_of_what_came_from_elsewhere() -> None:
    (event,) = told("WikiLeaks's release of emails from the Democratic Party exposed it.")
    assert event[2][A] == "WikiLeaks"
    assert event[2][ORI] == "Democratic Party"


def test_the_antecedent_is_the_participant() -> None:
    assert told("The person who published the documents on Discord is young.") == [
        ("posting", "published", {A: "person", ART: "documents on Discord", CHA: "Discord"})
    ]
    assert told("Everyone read the emails that the hackers stole.") == [
        ("theft", "stole", {A: "hackers", ART: "emails"})
    ]
    assert told("Most of the emails she turned over to the panel were old.") == [
        ("transfer", "turned", {A: "she", ART: "emails", REC: "panel"})
    ]
    assert told("Police closed the chat room where the slides were leaked.") == [
        ("leak", "were leaked", {ART: "slides", CHA: "chat room"})
    ]
    assert told("Police closed the server on which the slides were posted.") == [
        ("posting", "were posted", {ART: "slides", CHA: "server"})
    ]


def test_a_batch_is_one_participant_whatever_hangs_on_its_contents() -> None:
    first, second = told("WikiLeaks posted a cache of cables and reports provided by a soldier.")
    assert first[2][ART] == second[2][ART] == "cache of cables and reports"


def test_subjects_are_shared_by_coordination_and_control() -> None:
    stolen, posted = told("The hackers stole the emails and posted them on a forum.")
    assert stolen[2][A] == posted[2][A] == "hackers"
    assert posted[2][ART] == "them"
    ((_, _, roles),) = told("The minister accused the clerk of leaking the memo.")
    assert roles == {A: "clerk", ART: "memo"}
    ((_, _, roles),) = told("The agency broke the law in turning over the letters to the firm.")
    assert roles == {A: "agency", ART: "letters", REC: "firm"}


def test_each_conjunct_is_its_own_participant() -> None:
    ((_, _, roles),) = told("The clerk and a soldier leaked the memo and the slides.")
    assert roles == {A: "clerk + soldier", ART: "memo + slides"}


def test_results_name_the_intercept() -> None:
    text = "The recording was apparently obtained as a result of Danish wiretapping of the embassy."
    (event,) = events_in(text)
    assert event.kind is EventKind.INTERCEPTION
    assert event.certainty is Certainty.SPECULATIVE
    assert [(p.role, text[p.span.start : p.span.end]) for p in event.participants] == [
        (ART, "recording"),
        (ORI, "embassy"),
    ]
    ((_, _, roles),) = told("The recording was made by tapping the minister's phone.")
    assert roles == {ART: "recording", ORI: "minister"}


def test_what_is_taken_up_in_a_document_comes_before_it() -> None:
    events = told("It is shown by data intercepted by the navy and revealed in secret memos.")
    assert events == [
        ("interception", "intercepted", {A: "navy", ART: "data"}),
        ("publication", "revealed", {ART: "secret memos", ORI: "data"}),
    ]


def test_the_source_of_an_artefact_is_discovered() -> None:
    assert told("The Ledger found out that the source of the slides was a Discord server.") == [
        ("discovery", "found out", {A: "Ledger", ART: "slides", CHA: "Discord server"})
    ]
    assert told("A chat room was the original source of the recordings.") == [
        ("discovery", "source", {ART: "recordings", CHA: "chat room"})
    ]


def test_an_interview_is_an_artefact() -> None:
    text = "Captain Olga Brandt said in an interview with Radio Nord on February 26 that it sank."
    (event,) = events_in(text)
    roles = {p.role: text[p.span.start : p.span.end] for p in event.participants}
    assert event.kind is EventKind.INTERVIEW
    assert roles[A] == "Radio Nord"
    assert "Olga Brandt" in roles[ORI]
    assert roles[ART].startswith("interview")
    assert event.date == "2023-02-26"


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


def test_a_pronoun_is_an_artefact_only_where_one_was_spoken_of() -> None:
    assert [e[0] for e in told("The clerk read the memo. She leaked it.")] == ["leak"]
    assert told("The clerk bought a boat. Somebody stole it.") == []


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The clerk leaked the memo.", Certainty.ASSERTED),
        ("The ministry said that the clerk leaked the memo.", Certainty.REPORTED),
        ("The clerk allegedly leaked the memo.", Certainty.ALLEGED),
        ("Hackers could leak the emails in future.", Certainty.SPECULATIVE),
        ("Any future leaks of emails might contain lies.", Certainty.SPECULATIVE),
        ("The clerk did not leak the memo.", Certainty.DENIED),
        ("There is no evidence that the clerk leaked the memo.", Certainty.DENIED),
    ],
)
def test_certainty_comes_with_the_event(text: str, certainty: Certainty) -> None:
    (event,) = events_in(text)
    assert event.certainty is certainty


def test_date_and_place_come_with_the_event() -> None:
    (event,) = events_in("A soldier posted the slides on a forum on April 6 in Oslo.")
    assert (event.date, event.place) == ("2023-04-06", "Oslo")
    (event,) = events_in("A soldier posted the slides on a forum on April 6.", published="")
    assert (event.date, event.place) == ("", "")


def test_events_are_sorted_named_by_content_and_the_same_each_time() -> None:
    text = "Leaked emails surfaced on a forum. A clerk leaked the memo. A clerk leaked the slides."
    events = events_in(text)
    assert [e.trigger for e in events] == sorted(e.trigger for e in events)
    assert len({e.id for e in events}) == len(events) == 4
    words = "event-" + hashlib.sha256(b"leak Leaked 0").hexdigest()[:12]
    assert events[0].id == words
    assert events_in(text) == events


def test_spans_are_those_of_the_article() -> None:
    paragraphs = ("Ünïcode first 🚢.", "“Spies stole the emails,” she said.")
    article = article_of(*paragraphs)
    (event,) = find_events(parse(article))
    assert article.quote(event.trigger) == "stole"
    assert {article.quote(p.span) for p in event.participants} == {"Spies", "emails"}
    assert article.quote(event.sentence) == paragraphs[1]


def test_every_kind_of_event_has_a_frame() -> None:
    frames = load_frames()
    kinds = {
        f.kind
        for table in (frames.verbs, frames.nouns, frames.adjectives)
        for row in table.values()
        for f in row
    }
    assert kinds == set(EventKind)


def test_awkward_texts_tell_nothing_and_break_nothing() -> None:
    for text in (
        "?",
        "-",
        "Leaked",
        "leak",
        "the leak of the",
        "who leaked which that",
        "« »",
        "1",
    ):
        assert isinstance(events_in(text), tuple)
