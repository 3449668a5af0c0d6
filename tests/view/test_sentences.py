"""The sentences that the page offers to copy: they say what the article says, with its verbs."""

from dataclasses import replace
from typing import Any

import pytest
from rich.padding import Padding

import provenance
from provenance.cli.points import point_lines
from provenance.cli.tracing import traced
from provenance.graph import claim_sentence, dispute_words, findings
from provenance.graph.custody import trace_chains
from provenance.model import (
    ARTICLE,
    CargoKind,
    Certainty,
    EventKind,
    EventRole,
    FlowKind,
    Participant,
    SourceGraph,
    SourceType,
    Span,
)
from provenance.pipeline import export
from provenance.view.sentences import tell_chains, tell_claims
from provenance.view.structure import order_chains
from provenance.view.wording import tell_dispute, tell_flow, unquoted
from tests.helpers.factories import (
    at,
    make_article,
    make_attribution,
    make_claim,
    make_dispute,
    make_event,
    make_flow,
    make_graph,
    make_run,
    make_source,
)


def told(text: str) -> list[str]:
    """Return the sentence of every chain of *text*."""
    graph = provenance.build(f"Notes from the harbour\n\n{text}\n")
    record = graph.record
    names = {source.id: source.name for source in record.sources} | {ARTICLE: "this article"}
    chains = order_chains(record, graph.chains())
    return [
        " ".join(names.get(one[1:], one) if one[0] == "@" else one for one in pieces)
        .replace(" ,", ",")
        .replace(" ;", ";")
        for pieces in tell_chains(record, chains)
    ]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Ruth Calder denied that the pier was unsafe.", "denied that the pier was unsafe"),
        ("Omar Lind doubted that the ferry would sail.", "doubted that the ferry would sail"),
        ("The Port Union disputed that wages had risen.", "disputed that wages had risen"),
        ("Ruth Calder rejected the claims.", "rejected the claims"),
        ("Omar Lind condemned the strike.", "condemned the strike"),
        ("Ruth Calder hopes that the council will pay.", "hopes that the council will pay"),
        ("Omar Lind told the Port Union to mend the crane.", "told the Port Union to mend"),
        ("Omar Lind wondered how the crane could fall.", "wondered how the crane could fall"),
    ],
)
def test_what_somebody_did_not_say_is_quoted_with_its_verb(text: str, verb: str) -> None:
    for one in told(text):
        assert "according" not in one.casefold()
        assert verb in one or "“" not in one


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Calder said that the pier was unsafe.",
        "Omar Lind told the Harbour Post that the ferry would sail.",
        '"The crane will fall," Ruth Calder said.',
        "The crane will fall, according to Ruth Calder.",
    ],
)
def test_what_is_said_plainly_stands_for_itself(text: str) -> None:
    (one,) = told(text)
    assert one.removeprefix("[Probably] ").capitalize().startswith("According")
    assert "as the article puts it: “" in one
    assert " said" not in one


def test_a_claim_that_says_something_goes_before_a_scrap() -> None:
    first, *_ = told(
        "Ruth Calder rejected the claims. Ruth Calder said that the pier had been mended in May."
    )
    assert "the pier had been mended in May" in first


def test_what_is_no_plain_claim_is_told_by_its_sentence() -> None:
    graph = provenance.build("Notes from the harbour\n\nOmar Lind condemned the strike.\n").record
    for claim in graph.claims:
        assert claim_sentence(graph, claim) == "Omar Lind condemned the strike."


@pytest.mark.parametrize(
    ("type", "kind", "words"),
    [
        (SourceType.CHANNEL, FlowKind.REPORTED_BY, "on the"),
        (SourceType.STATEMENT, FlowKind.REPORTED_BY, "in the"),
        (SourceType.DOCUMENT, FlowKind.REPORTED_BY, "which had it from"),
        (SourceType.DOCUMENT, FlowKind.DERIVED_FROM, "which came from"),
    ],
)
def test_a_channel_does_not_come_from_who_writes_on_it(
    type: SourceType, kind: FlowKind, words: str
) -> None:
    text = "Ada Lund said that the pier was unsafe."
    whole = (Span(0, len(text)),)
    graph = stated(text, "Ada Lund", "said", "the pier was unsafe")
    flows = (
        make_flow("they", "thing", kind=kind, evidence=whole, cues=()),
        make_flow("thing", ARTICLE, evidence=whole, cues=()),
    )
    sources = (*graph.sources, make_source("thing", name="thing", type=type, mentions=()))
    graph = replace(graph, sources=sources, flows=flows, disputes=())
    (chain,) = trace_chains(graph)
    (pieces,) = tell_chains(graph, [chain])
    spoken = type in (SourceType.CHANNEL, SourceType.STATEMENT)
    assert (words if spoken else f", {words}") in pieces
    assert (pieces.index("@they") < pieces.index("@thing")) is spoken


def stated(text: str, source: str, cue: str, content: str, **overrides: Any) -> SourceGraph:
    """Return a graph of one sentence in which *source* tells *content*, and disputes a memo."""
    whole = Span(0, len(text))
    spans = {words: (at(words, text=text),) for words in (source, cue, content)}
    one = make_attribution(
        source=spans[source],
        speakers=spans[source],
        cue=spans[cue],
        content=spans[content],
        sentence=whole,
        basis=(),
        source_ids=("they",),
    )
    claim = make_claim(
        "claim-1", text=content, content=spans[content], sources=("they",), **overrides
    )
    return SourceGraph(
        article=make_article(text),
        sources=(make_source("memo"), make_source("they", name=source, type=SourceType.PERSON)),
        flows=(make_flow("they", kind=FlowKind.REPORTED_BY, evidence=(whole,), cues=()),),
        disputes=(make_dispute("they", "memo", evidence=(whole,), cues=spans[cue]),),
        claims=(claim,),
        attributions=(one,),
        run=make_run(),
    )


@pytest.mark.parametrize(
    ("cue", "content", "thing"),
    [
        ("revealed", "the plan that was kept for years", True),
        ("tweeted", "forged letters of the mayor", True),
        ("reports", "two fires beside the pier which had been mended", True),
        ("announced", "a reward", True),
        ("explained", "why: it is cheap", True),
        ("revealed", "the one thing he thinks the council will do", True),
        ("alleges", "a long list of faults that were hidden", True),
        ("found", "the older ferry with a lead of two hours", True),
        ("revealed", "he will leave the council", False),
        ("revealed", "the pier was unsafe", False),
        ("reports", "the ferry will not sail", False),
        ("said", "the wall moved", False),
    ],
)
def test_a_thing_is_told_by_the_sentence(cue: str, content: str, thing: bool) -> None:
    text = f"Ruth Calder {cue} {content}."
    graph = stated(text, "Ruth Calder", cue, content)
    assert claim_sentence(graph, graph.claims[0]) == (text if thing else "")


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("His account was confirmed by a deckhand.", "a deckhand", "was confirmed", "His account"),
        ("The sale is denied by the Port Union.", "the Port Union", "is denied", "The sale"),
        ("All of it has been disputed by Ann Lee.", "Ann Lee", "been disputed", "All of it"),
    ],
)
def test_what_something_was_done_to_is_told_with_who_did_it(
    text: str, source: str, cue: str, content: str
) -> None:
    graph = stated(text, source, cue, content)
    assert claim_sentence(graph, graph.claims[0]) == text
    assert dispute_words(graph, graph.disputes[0]) == text.removesuffix(".")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"It is a fake," Ruth Calder told Radio Nord.', "It is a fake"),
        ("“It is a fake,” said Ruth Calder.", "It is a fake"),
        (
            '"It is a fake," Ruth Calder, who has led the office of the harbour and of its '
            "two old lighthouses since May, told Radio Nord.",
            "It is a fake",
        ),
        ("Ruth Calder said it was a fake.", "said it was a fake"),
    ],
)
def test_a_dispute_in_quotation_marks_is_told_by_the_quotation(text: str, words: str) -> None:
    cue = "told" if "told" in text else "said"
    content = text[: text.index("Ruth")].removesuffix("said ").strip() or "it was a fake"
    graph = stated(text, "Ruth Calder", cue, content)
    assert dispute_words(graph, graph.disputes[0]) == words


@pytest.mark.parametrize(
    ("score", "certainty", "begin"),
    [
        (1.0, Certainty.REPORTED, "According to"),
        (0.6, Certainty.REPORTED, "[Probably] according to"),
        (0.3, Certainty.ALLEGED, "[Perhaps] allegedly according to"),
        (1.0, Certainty.SPECULATIVE, "Possibly according to"),
        (0.6, Certainty.SPECULATIVE, "Possibly according to"),
        (1.0, Certainty.DENIED, "Though this is denied, according to"),
        (0.6, Certainty.DENIED, "[Probably] though this is denied, according to"),
    ],
)
def test_a_sentence_begins_with_the_doubt_about_it(
    score: float, certainty: Certainty, begin: str
) -> None:
    graph = stated("Ruth Calder said it was a fake.", "Ruth Calder", "said", "it was a fake")
    flows = tuple(replace(one, score=score, certainty=certainty) for one in graph.flows)
    graph = replace(graph, flows=flows, disputes=())
    (pieces,) = tell_chains(graph, trace_chains(graph))
    assert pieces[:2] in ([begin, "@they"], [begin.replace("according to", "by way of"), "@they"])


@pytest.mark.parametrize(
    ("score", "certainty", "link"),
    [
        (1.0, Certainty.REPORTED, ", who had it from"),
        (0.6, Certainty.ALLEGED, ", who [probably] allegedly had it from"),
        (1.0, Certainty.DENIED, ", who, though this is denied, had it from"),
        (0.3, Certainty.DENIED, ", who [perhaps], though this is denied, had it from"),
    ],
)
def test_doubt_about_a_hop_stands_within_its_words(
    score: float, certainty: Certainty, link: str
) -> None:
    graph = stated("Ben Oe said the pier was unsafe.", "Ben Oe", "said", "the pier was unsafe")
    sources = (make_source("ann", type=SourceType.PERSON), graph.sources[1])
    ends = (make_flow("they", "ann", score=score, certainty=certainty), make_flow("ann"))
    hops = tuple(
        replace(one, kind=FlowKind.REPORTED_BY, evidence=graph.flows[0].evidence, cues=())
        for one in ends
    )
    graph = replace(graph, sources=sources, flows=hops, disputes=())
    told = [pieces for pieces in tell_chains(graph, trace_chains(graph)) if "@they" in pieces]
    assert [pieces[pieces.index("@they") - 1] for pieces in told] == [link]


def test_a_chain_without_a_claim_is_told_by_its_sentence() -> None:
    text = "Ruth Calder declined to talk."
    graph = stated(text, "Ruth Calder", "declined", "to talk")
    graph = replace(graph, claims=(), attributions=(), disputes=())
    (pieces,) = tell_chains(graph, trace_chains(graph))
    assert pieces == ["Of", "@they", "the article says:", f"“{text}”"]
    bare = replace(graph, article=replace(graph.article, text=""))
    assert tell_chains(bare, trace_chains(bare))[0][-1] == "."
    assert not any("“" in line.plain for line in traced(bare, None, in_full=True))


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        (
            "Senator Ruth Bell wrote on Facebook that the pipe would never be built.",
            "[Probably] according to Ruth Bell on Facebook, as the article puts it:",
        ),
        (
            "Speaking at a hearing in Lyon, Omar Lind said that the fund was empty.",
            "[Probably] according to Omar Lind at the hearing in Lyon, as the",
        ),
        (
            "“The tunnel is dry,” Olga Stern told Radio Delta in an interview.",
            "According to Radio Delta, which [probably] had it from Olga Stern in the interview",
        ),
    ],
)
def test_who_speaks_is_named_with_where(text: str, begin: str) -> None:
    assert any(one.startswith(begin) for one in told(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "A set of ledgers was handed to the Tarn Herald by a bookkeeper.",
            ["Tarn Herald", "ledgers"],
        ),
        ("The release of the tax files by a hacker exposed thousands.", ["tax files", "hacker"]),
        (
            "A judge ordered the Coast Mirror to return the diary, which a maid had sold to it.",
            ["diary"],
        ),
        ("The clips appeared on YouTube before the Coast Mirror showed them.", ["YouTube"]),
        (
            "The barge, which the harbour master said had leaked for weeks, was towed on Friday.",
            ["harbour master"],
        ),
    ],
)
def test_what_carries_no_claim_is_told_by_what_the_article_says_of_it(
    text: str, names: list[str]
) -> None:
    for one in told(text):
        assert one.startswith("Of ")
        assert one.endswith(f" the article says: “{text}”")
    assert all(any(name in one for one in told(text)) for name in names)


def test_hops_that_no_claim_travels_are_each_told_by_their_sentence() -> None:
    text = "The memo was leaked by Ann. Papers lay in Fjordby. The Post got the memo."
    spans = [at(f"{one}.", text=text) for one in text.removesuffix(".").split(". ")]
    graph = stated(text, "Ann", "leaked", "The memo")
    flows = (
        make_flow("they", "memo", evidence=(spans[0],), cues=()),
        make_flow("memo", evidence=(spans[2],), cues=()),
    )
    event = make_event(
        kind=EventKind.LEAK,
        trigger=at("leaked", text=text),
        sentence=spans[0],
        participants=(Participant(EventRole.ARTEFACT, at("The memo", text=text), "memo"),),
    )
    graph = replace(graph, flows=flows, events=(event,), claims=(), attributions=(), disputes=())
    told = [" ".join(pieces) for pieces in tell_chains(graph, trace_chains(graph))]
    assert all("Papers" not in one for one in told)
    assert all(one.startswith("Of ") for one in told)


@pytest.mark.parametrize("name", ["his opinion", "Her letter", "their account"])
def test_a_name_that_says_not_whose_is_told_by_its_sentence(name: str) -> None:
    text = f"According to {name}, the pier was unsafe."
    graph = stated(text, name, "According to", "the pier was unsafe")
    thing = replace(graph.sources[1], type=SourceType.DOCUMENT)
    graph = replace(graph, sources=(graph.sources[0], thing), disputes=())
    (pieces,) = tell_chains(graph, trace_chains(graph))
    assert pieces == ["The article says:", f"“{text}”"]


@pytest.mark.parametrize(
    ("text", "source", "type"),
    [
        ("The pier leaks, according to a Sun/Star Poll of May.", "Star Poll", SourceType.DOCUMENT),
        ("The pier leaks, said Harbour Master Ole Lie.", "Harbour Master Ole", SourceType.PERSON),
    ],
)
def test_a_name_that_was_cut_is_told_by_its_sentence(
    text: str, source: str, type: SourceType
) -> None:
    cue = "according to" if "according to" in text else "said"
    graph = stated(text, source, cue, "The pier leaks")
    graph = replace(graph, sources=(replace(graph.sources[1], type=type),), disputes=())
    graph = replace(graph, sources=(replace(graph.sources[0], mentions=(at(source, text=text),)),))
    (pieces,) = tell_chains(graph, trace_chains(graph))
    assert pieces == ["The article says:", f"“{text}”"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is a fake,”", "It is a fake"),
        ("“It is a fake.", "It is a fake."),
        ('"It is a fake', "It is a fake"),
        ("It is “a fake”", "It is “a fake”"),
        ("“It is,” … “a fake”", "“It is,” … “a fake”"),
        ("that it is a fake;", "it is a fake"),
    ],
)
def test_no_quotation_mark_stands_alone(text: str, told: str) -> None:
    assert unquoted(text) == told


def test_a_channel_says_nothing_by_itself() -> None:
    text = "“Mend it,” Ole Lie wrote on Chirper."
    graph = stated(text, "Chirper", "wrote", "“Mend it,”")
    channel = replace(graph.sources[1], type=SourceType.CHANNEL)
    graph = replace(graph, sources=(channel,), disputes=())
    (pieces,) = tell_chains(graph, trace_chains(graph))
    gap = "(who put it there is not said)"
    quote = "“‘Mend it,’ Ole Lie wrote on Chirper.”"
    assert pieces == ["Of", "@they", gap, "the article says:", quote]


def test_a_line_that_only_credits_an_agency_is_quoted_as_it_is() -> None:
    text = "FJORDBY, Oct. 8 (Nordwire)"
    graph = stated(text, "Nordwire", "(", "FJORDBY")
    agency = replace(graph.sources[1], type=SourceType.NEWS_OUTLET)
    graph = replace(graph, sources=(agency,), claims=(), attributions=(), disputes=())
    (pieces,) = tell_chains(graph, trace_chains(graph))
    assert pieces == ["By way of", "@they", f"; the article says: “{text}”"]


@pytest.mark.parametrize(
    ("target", "source", "words"),
    [
        (SourceType.DOCUMENT, SourceType.CHANNEL, "came by way of"),
        (SourceType.PERSON, SourceType.CHANNEL, "had it by way of"),
        (SourceType.CHANNEL, SourceType.PERSON, "carries what came from"),
        (SourceType.NEWS_OUTLET, SourceType.PERSON, "had word from"),
        (SourceType.DOCUMENT, SourceType.PERSON, "came from"),
        (SourceType.STATEMENT, SourceType.PERSON, "carries the words of"),
        (SourceType.NEWS_OUTLET, SourceType.DOCUMENT, "drew on"),
    ],
)
def test_a_hop_alone_says_no_more_than_that_it_came_from_there(
    target: SourceType, source: SourceType, words: str
) -> None:
    sources = {
        "one": make_source("one", name="Alta", type=target),
        "two": make_source("two", name="Berg", type=source),
    }
    graph = make_graph(sources=tuple(sources.values()))
    kind = FlowKind.REPORTED_BY if source is SourceType.PERSON else FlowKind.DERIVED_FROM
    told = tell_flow(graph, sources, make_flow("two", "one", kind=kind))
    assert told == ["@one", words, "@two"]


def test_a_claim_by_itself_is_told_as_a_chain_tells_it() -> None:
    graph = stated('"It is a fake," Ruth Calder said.', "Ruth Calder", "said", '"It is a fake,"')
    assert tell_claims(graph) == [
        ["According to", "@they", ", as the article puts it: “It is a fake”."]
    ]
    graph = stated("Ruth Calder condemned the strike.", "Ruth Calder", "condemned", "the strike")
    words = "“Ruth Calder condemned the strike.”"
    assert tell_claims(graph) == [["Of", "@they", "the article says:", words]]
    text = "The barge, which Ruth Calder said had leaked, was towed."
    graph = stated(text, "Ruth Calder", "said", "had leaked")
    assert tell_claims(graph) == [["Of", "@they", "the article says:", f"“{text}”"]]


def test_a_dispute_that_only_its_sentence_tells_is_told_as_such() -> None:
    text = "A clerk of the Post Union dismissed the memo."
    graph = stated(text, "Post Union", "dismissed", "the memo")
    graph = replace(graph, attributions=(), claims=())
    (dispute,) = graph.disputes
    sources = {one.id: one for one in graph.sources}
    told = tell_dispute(graph, sources, replace(dispute, cues=()))
    assert told[:3] == ["The article says of", "@they", f": “{text.removesuffix('.')}”,"]


def test_what_is_denied_is_not_printed_as_said() -> None:
    text = "Ruth Calder doubted that the pier was safe."
    graph = stated(
        text, "Ruth Calder", "doubted", "that the pier was safe", certainty=Certainty.DENIED
    )
    lines = [line.plain.strip() for line in traced(graph, None, in_full=False)]
    assert f"“{text}”" in lines
    report = export([graph], "markdown").decode()
    assert "“the pier was safe” — denied or doubted by Ruth Calder" in report
    assert "credited to Ruth Calder" not in report


def test_quotation_marks_are_not_printed_twice() -> None:
    graph = stated('"It is a fake," Ruth Calder said.', "Ruth Calder", "said", '"It is a fake,"')
    lines = [line.plain.strip() for line in traced(graph, None, in_full=False)]
    assert "“It is a fake”" in lines
    (title, *_) = point_lines(graph, findings(graph).points, in_full=True)
    assert isinstance(title, Padding)
    assert str(title.renderable).startswith("“It is a fake”  one line")


def test_a_chain_that_hands_on_a_thing_is_printed_with_its_sentence() -> None:
    text = "Ruth Calder leaked the memo to the Post."
    graph = stated(text, "Ruth Calder", "leaked", "the memo")
    event = make_event(
        kind=EventKind.LEAK,
        trigger=at("leaked", text=text),
        sentence=Span(0, len(text)),
        participants=(Participant(EventRole.ARTEFACT, at("the memo", text=text), "memo"),),
    )
    flow = make_flow("memo", evidence=(Span(0, len(text)),), cues=())
    graph = replace(graph, flows=(flow,), events=(event,), claims=(), attributions=())
    (chain,) = trace_chains(graph)
    assert [one.kind for one in chain.cargo] == [CargoKind.ARTEFACT]
    lines = [line.plain.strip() for line in traced(graph, None, in_full=False)]
    assert f"“{text}”" in lines


@pytest.mark.parametrize(
    "text",
    [
        "Ministry denies plan to close lighthouses\n\nThe ministry denied that it planned to close "
        "eleven lighthouses. The keepers said that they knew of a plan of the ministry.\n",
        "Firm denies that ferry valves were faulty\n\nThe ferry firm Corran denied that the valves "
        "of the ferry had been faulty. Omar Lind, a welder, said that ferry firms pay badly.\n",
    ],
)
def test_a_headline_that_tells_a_denial_is_stood_for_by_nothing_else(text: str) -> None:
    graph = provenance.build(text).record
    assert not any(point.leads for point in findings(graph).points)
    plain = text.replace("denied that", "said that").replace("denies that", "says that")
    said = provenance.build(plain.replace("denies plan", "plans")).record
    assert any(point.leads for point in findings(said).points)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Admiralty said that the mole was safe.", "according to the Admiralty,"),
        ("Harbour Watch said that the mole was safe.", "according to Harbour Watch,"),
        ("A retired diver said that the mole was safe.", "according to a retired diver"),
        ("The divers said that the mole was safe.", "according to the divers"),
        ("Ruth Calder said that the mole was safe.", "according to Ruth Calder,"),
        (
            "According to the clerk’s lawyers, it was safe.",
            "according to the clerk's lawyers",
        ),
    ],
)
def test_a_name_has_the_article_that_it_has_in_the_text(text: str, words: str) -> None:
    assert any(words in one.replace("According", "according") for one in told(text))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "Omar Lind told the Post that the mole had been sold. The Port Union denied it.",
            "Omar Lind told the Post that the mole had been sold. The Port Union denied it.",
        ),
        (
            "It was noon. Asked what was in it, Ruth Calder replied: “Asbestos. Asbestos, rats.”",
            "It was noon. Asked what was in it,",
        ),
    ],
)
def test_what_says_nothing_alone_is_told_with_what_stands_before(text: str, quoted: str) -> None:
    assert any(quoted in one for one in told(text))


def test_of_several_some_may_be_named() -> None:
    text = "Several officials, including Ann Holm, said that the straws would go."
    assert any("officials (not all are named)" in one for one in told(text))
    text = "Several officials said that the straws would go."
    assert any("officials (unnamed)" in one for one in told(text))


def test_a_title_is_no_sentence() -> None:
    (one,) = told("It was late. “Mr. Holm sold the mole,” Ruth Calder said.")
    assert "As the article puts it: “Mr. Holm sold the mole”".casefold() in one.casefold()


def test_who_was_asked_is_cited_by_nobody() -> None:
    (one,) = told("“The tunnel is dry,” Olga Stern told Radio Delta in an interview.")
    assert "citing" not in one


def test_a_denial_of_somebody_is_one_of_his_words() -> None:
    one, *_ = told("Omar Lind said that the mole was sold. Ruth Calder denied it.")
    assert "read as a denial of the words of Omar Lind" in one
