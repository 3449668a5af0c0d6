"""Hand-made records for the tests of every part; the article was written for them."""

import hashlib
from dataclasses import replace
from typing import Any

from provenance.model import (
    ARTICLE,
    Article,
    Attribution,
    Basis,
    Certainty,
    Claim,
    CustodyEvent,
    Decision,
    Dispute,
    EventKind,
    EventRole,
    Facet,
    Flow,
    FlowKind,
    Link,
    Participant,
    Run,
    Source,
    SourceGraph,
    SourceType,
    Span,
    SpeechKind,
    Stance,
)

TEXT = """The Harbour Ledger
Leaked memo says three ferries sailed with cracked hulls ⚓
By Ada Quill and Tomasz Wren
3 May 2024

The Northport Gazette reported on Thursday, citing a leaked memo, that three ferries had sailed \
with cracked hulls 🚢.

The memo was written by the Harbour Authority in March 2024. It was first posted on the Telegram \
channel «Порт Онлайн» on 28 April 2024.

According to the memo, the warning came from a radio recording that the coast guard intercepted \
off Cape Lorn in 2023.

"We told them twice," Captain Olga Brandt said in an interview with Radio Nord. "Nobody listened." \
Brandt said that two engineers had warned that the pumps may fail.

A senior ministry official, who asked not to be named, confirmed that the memo was genuine. The \
Harbour Authority denied that it had written the memo, and Captain Brandt doubted the recording.

«Мы ничего не скрывали», wrote Ivan Petrenko, who runs the channel.

Read also: Ten quiet beaches
"""


def at(words: str, nth: int = 0, text: str = TEXT) -> Span:
    """Return where *words* stand in *text* for the *nth* time, counted from 0."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def sha256(text: str) -> str:
    """Return the SHA-256 of *text* in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def make_article(text: str = TEXT, **overrides: Any) -> Article:
    """Return an article whose text is *text*, all of it one paragraph unless told."""
    values: dict[str, Any] = {
        "name": "ferries.txt",
        "text": text,
        "digest": sha256(text),
        "text_digest": sha256(text),
        "paragraphs": (Span(0, len(text)),) if text else (),
    }
    return Article(**values | overrides)


def make_ferries_article(**overrides: Any) -> Article:
    """Return the article of `make_graph`, with its metadata."""
    bodies = [p for p in TEXT.split("\n\n") if "Harbour Ledger" not in p and "Read also" not in p]
    values: dict[str, Any] = {
        "headline": at("Leaked memo says three ferries sailed with cracked hulls ⚓"),
        "paragraphs": tuple(at(body) for body in bodies),
        "title": "Leaked memo says three ferries sailed with cracked hulls ⚓",
        "publisher": "The Harbour Ledger",
        "authors": ("Tomasz Wren", "Ada Quill"),
        "published": "2024-05-03",
        "url": "https://ledger.example/ferries?id=7&lang=en",
        "language": "en",
        "links": (
            Link(at("The Northport Gazette"), "https://gazette.example/a b<c>"),
            Link(at("Порт Онлайн"), "https://t.example/порт"),
        ),
    }
    return make_article(**values | overrides)


def make_source(id: str = "memo", **overrides: Any) -> Source:
    """Return a document, unless told otherwise."""
    values: dict[str, Any] = {"name": id, "type": SourceType.DOCUMENT}
    return Source(id=id, **values | overrides)


def make_decision(facet: Facet, by: Basis = Basis.RULE, **overrides: Any) -> Decision:
    """Return what a rule decided, unless told otherwise."""
    return Decision(facet=facet, by=by, **overrides)


def make_flow(source: str = "memo", target: str = ARTICLE, **overrides: Any) -> Flow:
    """Return a derivation with the first paragraph as its evidence, unless told otherwise."""
    values: dict[str, Any] = {
        "kind": FlowKind.DERIVED_FROM,
        "evidence": (sentence("The Northport Gazette reported"),),
        "decision": make_decision(Facet.HOP, rule="credited"),
    }
    return Flow(source=source, target=target, **values | overrides)


def make_dispute(source: str = "authority", target: str = "memo", **overrides: Any) -> Dispute:
    """Return a denial, unless told otherwise."""
    values: dict[str, Any] = {
        "stance": Stance.DENIES,
        "evidence": (sentence("The Harbour Authority denied"),),
        "cues": (at("denied that"),),
    }
    return Dispute(source=source, target=target, **values | overrides)


def make_attribution(**overrides: Any) -> Attribution:
    """Return what the newspaper reported from the memo, unless told otherwise."""
    values: dict[str, Any] = {
        "source": (at("The Northport Gazette"),),
        "cue": (at("reported"),),
        "content": (at("three ferries had sailed with cracked hulls 🚢"),),
        "sentence": sentence("The Northport Gazette reported"),
        "speakers": (at("Northport Gazette"),),
        "basis": (at("leaked memo"),),
        "by": "syntax",
        "source_ids": ("gazette",),
    }
    return Attribution(**values | overrides)


def make_event(id: str = "posting-1", **overrides: Any) -> CustodyEvent:
    """Return the posting of the memo, unless told otherwise."""
    values: dict[str, Any] = {
        "kind": EventKind.POSTING,
        "trigger": at("was first posted"),
        "sentence": sentence("It was first posted"),
        "participants": (
            Participant(EventRole.ARTEFACT, _it(), "memo"),
            Participant(EventRole.CHANNEL, at("«Порт Онлайн»"), "port-online"),
        ),
        "date": "2024-04-28",
    }
    return CustodyEvent(id=id, **values | overrides)


def make_claim(id: str = "claim-1", **overrides: Any) -> Claim:
    """Return the claim about the hulls, unless told otherwise."""
    content = at("three ferries had sailed with cracked hulls 🚢")
    values: dict[str, Any] = {
        "text": TEXT[content.start : content.end],
        "content": (content,),
        "sources": ("gazette",),
        "certainty": Certainty.REPORTED,
    }
    return Claim(id=id, **values | overrides)


def make_run(**overrides: Any) -> Run:
    """Return a run of the syntactic extractor, unless told otherwise."""
    return Run(**{"version": "0.1.0", "extractor": "syntax"} | overrides)


def sentence(start: str) -> Span:
    """Return the sentence of the article that begins with *start*."""
    begin = TEXT.index(start)
    end = min(i for i in (TEXT.find(stop, begin) for stop in (".\n", ". ", '." ')) if i >= 0)
    return Span(begin, end + 1)


def _it() -> Span:
    start = at("It was first posted").start
    return Span(start, start + 2)


def make_sources() -> tuple[Source, ...]:
    """Return one source at least of every type, sorted by id."""
    memo = tuple(sorted((at("leaked memo"), at("The memo"), at("the memo"), at("the memo", 1))))
    return (
        make_source(
            "authority",
            name="Harbour Authority",
            type=SourceType.ORGANIZATION,
            aliases=("Harbour Authority",),
            mentions=(at("the Harbour Authority"), at("The Harbour Authority")),
            decisions=(
                make_decision(
                    Facet.TYPE, Basis.NETWORK, score=0.8, second="person", second_score=0.1
                ),
                make_decision(Facet.NAME, Basis.REGISTRY, rule="Harbour Authority"),
            )[::-1],
        ),
        make_source(
            "brandt",
            name="Olga Brandt",
            type=SourceType.PERSON,
            aliases=("Brandt", "Captain Brandt", "Captain Olga Brandt"),
            mentions=(at("Captain Olga Brandt"), at("Brandt", 1), at("Captain Brandt")),
            decisions=(make_decision(Facet.SAME, rule="short form", spans=(at("Brandt", 1),)),),
        ),
        make_source("coast-guard", name="coast guard", type=SourceType.ORGANIZATION),
        make_source(
            "engineers",
            name="two engineers",
            type=SourceType.UNNAMED,
            mentions=(at("two engineers"),),
        ),
        make_source(
            "gazette",
            name="The Northport Gazette",
            type=SourceType.NEWS_OUTLET,
            aliases=("Northport Gazette",),
            mentions=(at("The Northport Gazette"),),
            wikidata="Q4115189",
        ),
        make_source("interview", name="interview", type=SourceType.STATEMENT),
        make_source("memo", name="leaked memo", aliases=("leaked memo", "memo"), mentions=memo),
        make_source("official", name="senior ministry official", type=SourceType.UNNAMED),
        make_source("petrenko", name="Ivan Petrenko", type=SourceType.PERSON),
        make_source(
            "port-online",
            name="Порт Онлайн",
            type=SourceType.CHANNEL,
            aliases=("Telegram channel «Порт Онлайн»", "Порт Онлайн"),
            mentions=(at("Порт Онлайн"),),
        ),
        make_source("radio-nord", name="Radio Nord", type=SourceType.NEWS_OUTLET),
        make_source("recording", name="radio recording", type=SourceType.INTERCEPT),
    )


def make_flows() -> tuple[Flow, ...]:
    """Return flows of both kinds between agents and things in every combination, sorted."""
    told = FlowKind.REPORTED_BY
    said = sentence('"We told them twice,"')
    warned = sentence("Brandt said that two engineers")
    source = sentence("According to the memo")
    written = sentence("The memo was written")
    posted = sentence("It was first posted")
    flows = (
        make_flow("authority", "memo", kind=told, evidence=(written,), cues=(at("written by"),)),
        make_flow("brandt", ARTICLE, kind=told, evidence=(warned,), cues=(at("said", 1),)),
        make_flow("brandt", "interview", kind=told, evidence=(said,), cues=(at("said"),)),
        make_flow("coast-guard", "recording", evidence=(source,), cues=(at("intercepted"),)),
        make_flow(
            "engineers",
            "brandt",
            kind=told,
            evidence=(warned,),
            cues=(at("had warned"),),
            certainty=Certainty.SPECULATIVE,
        ),
        make_flow("gazette", ARTICLE, kind=told, cues=(at("reported"),)),
        make_flow("interview", "radio-nord", evidence=(said,)),
        make_flow("memo", "gazette", cues=(at("citing"),), certainty=Certainty.REPORTED),
        make_flow("petrenko", ARTICLE, kind=told, evidence=(sentence("«Мы ничего"),)),
        make_flow("port-online", "memo", evidence=(posted, written)),
        make_flow("radio-nord", ARTICLE, kind=told, evidence=(said,)),
        make_flow("recording", "memo", evidence=(source,), cues=(at("came from"),)),
    )
    return tuple(sorted(flows, key=lambda f: (f.source, f.target, f.kind)))


def make_disputes() -> tuple[Dispute, ...]:
    """Return a denial, a doubt and a confirmation, sorted."""
    denied = sentence("The Harbour Authority denied")
    confirmed = sentence("A senior ministry official")
    return (
        make_dispute(),
        make_dispute(
            "brandt",
            "recording",
            stance=Stance.DOUBTS,
            evidence=(denied,),
            cues=(at("doubted"),),
            certainty=Certainty.REPORTED,
        ),
        make_dispute(
            "official",
            stance=Stance.CONFIRMS,
            evidence=(confirmed,),
            cues=(at("confirmed that"),),
        ),
    )


def make_attributions() -> tuple[Attribution, ...]:
    """Return a plain, a broken, a nested and a denied attribution, in the order of the text."""
    said, warned = sentence('"We told them twice,"'), sentence("Brandt said that two engineers")
    denied = sentence("The Harbour Authority denied")
    return (
        make_attribution(certainty=Certainty.REPORTED, score=0.93),
        make_attribution(
            source=(at("Captain Olga Brandt"),),
            cue=(at("said"),),
            content=(at('"We told them twice,"'), at('"Nobody listened."')),
            sentence=Span(said.start, at('"Nobody listened."').end),
            speakers=(at("Captain Olga Brandt"),),
            route=(at("interview"), at("Radio Nord")),
            basis=(),
            speech=SpeechKind.DIRECT,
            source_ids=("brandt",),
        ),
        make_attribution(
            source=(at("Brandt", 1),),
            cue=(at("said", 1),),
            content=(at("two engineers had warned that the pumps may fail"),),
            sentence=warned,
            speakers=(at("Brandt", 1),),
            basis=(),
            source_ids=("brandt",),
        ),
        make_attribution(
            source=(at("two engineers"),),
            cue=(at("had warned"),),
            content=(at("the pumps may fail"),),
            sentence=warned,
            speakers=(at("two engineers"),),
            basis=(),
            depth=1,
            claimed=Certainty.SPECULATIVE,
            source_ids=("engineers",),
        ),
        make_attribution(
            source=(at("The Harbour Authority"),),
            cue=(at("denied that"),),
            content=(at("it had written the memo"),),
            sentence=denied,
            speakers=(at("Harbour Authority", 1),),
            basis=(),
            claimed=Certainty.DENIED,
            stance=Stance.DENIES,
            source_ids=("authority",),
        ),
    )


def make_events() -> tuple[CustodyEvent, ...]:
    """Return events dated to the month, the day, the year and not at all, as they stand."""
    artefact, agent = EventRole.ARTEFACT, EventRole.AGENT
    return (
        make_event(
            "creation-1",
            kind=EventKind.CREATION,
            trigger=at("was written"),
            sentence=sentence("The memo was written"),
            participants=(
                Participant(artefact, at("The memo"), "memo"),
                Participant(agent, at("the Harbour Authority"), "authority"),
            ),
            date="2024-03",
        ),
        make_event(),
        make_event(
            "interception-1",
            kind=EventKind.INTERCEPTION,
            trigger=at("intercepted"),
            sentence=sentence("According to the memo"),
            participants=(
                Participant(artefact, at("radio recording"), "recording"),
                Participant(agent, at("the coast guard"), "coast-guard"),
            ),
            date="2023",
            place="Cape Lorn",
            certainty=Certainty.REPORTED,
        ),
        make_event(
            "interview-1",
            kind=EventKind.INTERVIEW,
            trigger=at("interview"),
            sentence=sentence('"We told them twice,"'),
            participants=(
                Participant(artefact, at("interview"), "interview"),
                Participant(agent, at("Captain Olga Brandt"), "brandt"),
                Participant(EventRole.RECIPIENT, at("Radio Nord"), "radio-nord"),
            ),
            date="",
        ),
    )


def make_claims() -> tuple[Claim, ...]:
    """Return a claim for each of three contents, in the order of the text."""
    said = (at('"We told them twice,"'), at('"Nobody listened."'))
    pumps = at("the pumps may fail")
    return (
        make_claim(),
        make_claim(
            "claim-2",
            text="We told them twice, Nobody listened.",
            content=said,
            sources=("brandt",),
            certainty=Certainty.ASSERTED,
        ),
        make_claim(
            "claim-3",
            text="the pumps may fail",
            content=(pumps,),
            sources=("engineers",),
            certainty=Certainty.SPECULATIVE,
        ),
    )


def make_graph(**overrides: Any) -> SourceGraph:
    """Return the whole graph of the article about the ferries."""
    graph = SourceGraph(
        article=make_ferries_article(),
        sources=make_sources(),
        flows=make_flows(),
        disputes=make_disputes(),
        claims=make_claims(),
        attributions=make_attributions(),
        events=make_events(),
        run=make_run(weights="ab" * 32),
    )
    return replace(graph, **overrides)
