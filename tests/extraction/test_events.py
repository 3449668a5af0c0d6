import hashlib
from collections import defaultdict

import pytest

from provenance.extraction.authorship import find_authorship
from provenance.extraction.certainty import certainty_of
from provenance.extraction.events import find_events
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


def test_release_of_what_came_from_elsewhere() -> None:
    (event,) = told("WikiLeaks's release of emails from the Democratic Party exposed it.")
    assert event[2][A] == "WikiLeaks"
    assert event[2][ORI] == "Democratic Party"


def test_what_could_not_be_confirmed_is_a_denied_authentication() -> None:
    (event,) = events_in("The ministry has not confirmed that the memos are authentic.")
    assert event.kind is EventKind.AUTHENTICATION
    assert event.certainty is Certainty.DENIED


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


@pytest.mark.parametrize(
    "words", ["leaked ", "and leaked the memo ", "leak of the leak ", "to leak "]
)
@pytest.mark.parametrize("times", [60, 800])
def test_what_is_no_sentence_breaks_nothing(words: str, times: int) -> None:
    article = article_of(words * times)
    reading = parse(article)
    assert isinstance(find_events(reading), tuple)
    for passage in reading.passages:
        assert certainty_of(passage, passage.doc[len(passage.doc) - 2]) in Certainty


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ann Holm said she had sent the e-mail on to the board.", False),
        ("The files were sent back to the ministry by the court.", False),
        ("Bo Lind sent the letter round to the clerks.", False),
        ("The note was sent along by Cora Roth.", False),
        ("Ann Holm said she had sent the e-mail to the board.", True),
        ("Bo Lind sent the letter on Monday.", True),
        ("The note was sent by Cora Roth.", True),
    ],
)
def test_whoever_sends_something_on_did_not_write_it(text: str, made: bool) -> None:
    passages = parse(article_of(text)).passages
    assert bool([e for p in passages for e in find_authorship(p)]) == made
