"""What conforms is passed, and each of a set of planted faults is found and named."""

from dataclasses import replace

import pytest

from provenance import vocab
from provenance.errors import RecordError
from provenance.graph import build_graph
from provenance.model import (
    ARTICLE,
    Certainty,
    EventKind,
    EventRole,
    FlowKind,
    Participant,
    Resolution,
    SourceGraph,
    SourceType,
    Span,
)
from provenance.rdf import FORMATS, write_graphs
from provenance.rdf.conformance import Severity, check
from tests.helpers.factories import (
    TEXT,
    make_article,
    make_claim,
    make_event,
    make_ferries_article,
    make_flow,
    make_flows,
    make_graph,
    make_source,
    make_sources,
    sha256,
)
from tests.rdf.test_prov_constraints import CASES

WARNING = Severity.WARNING
IRI = vocab.article_iri(make_ferries_article().digest)
DENIAL = vocab.node_iri(IRI, "dispute", "authority", "memo", "denies")
PREFIXES = "".join(f"@prefix {p}: <{n}> .\n" for p, n in vocab.PREFIXES.items())


def planted(turtle: str, graph: SourceGraph | None = None) -> list[str]:
    """Return what is found in the graph about the ferries with some statements more."""
    data = PREFIXES + f"@prefix : <{IRI}#> .\n" + turtle
    whole = write_graphs([graph or make_graph()], "turtle") + data.encode("utf-8")
    return [f"{f.rule}: {f.node.removeprefix(IRI)} {f.message}" for f in check(whole)]


def without(*needles: str) -> list[str]:
    """Return what is found in the graph about the ferries less the lines with all *needles*."""
    lines = write_graphs([make_graph()], "nt").decode("utf-8").splitlines()
    kept = [line for line in lines if not all(needle in line for needle in needles)]
    assert len(kept) < len(lines)
    return [f"{f.rule}: {f.node} {f.message}" for f in check("\n".join(kept).encode("utf-8"))]


def found(words: str, findings: list[str]) -> bool:
    """Return whether all of *words* are in one of *findings*."""
    return any(all(word in finding for word in words.split()) for finding in findings)


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("format", [f.name for f in FORMATS])
def test_what_we_write_conforms(format: str, text: bool) -> None:
    data = write_graphs([make_graph()], format, text=text)
    assert check(data, article=make_ferries_article()) == ()


def test_several_articles_in_one_file_conform_and_one_is_read_again() -> None:
    other = SourceGraph(article=make_article("No news."), run=make_graph().run)
    data = write_graphs([make_graph(), other], "trig")
    assert check(data, article=make_ferries_article()) == ()


def test_a_built_graph_conforms_though_an_event_names_what_is_only_talked_about() -> None:
    whole = make_graph()
    resolution = Resolution(
        sources=(*whole.sources, make_source("zeppelin")),
        attributions=whole.attributions,
        events=(make_event(participants=(Participant(EventRole.AGENT, Span(0, 3), "zeppelin"),)),),
    )
    built = build_graph(whole.article, resolution, whole.run)
    assert "zeppelin" not in {source.id for source in built.sources}
    assert built.events[0].participants[0].span == Span(0, 3)
    assert [f for f in check(write_graphs([built], "ttl")) if f.severity is not WARNING] == []


def test_denied_flows_claims_and_events_conform() -> None:
    denied = Certainty.DENIED
    flows = tuple(replace(flow, certainty=denied) for flow in make_flows())
    graph = make_graph(
        flows=flows,
        claims=(make_claim(certainty=denied),),
        events=(make_event(certainty=denied),),
    )
    assert check(write_graphs([graph], "nq")) == ()


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        (":source-memo prov:wasAttributedTo :source-interview .", "typing (50) wasAttributedTo"),
        (":source-brandt prov:wasDerivedFrom :source-memo .", "typing (50) wasDerivedFrom"),
        (":source-memo prov:hadPrimarySource :source-brandt .", "typing (50) hadPrimarySource"),
        (":source-memo prov:wasQuotedFrom :source-brandt .", "typing (50) wasQuotedFrom"),
        (":run prov:used :source-brandt .", "typing (50) prov:used"),
        (":run prov:wasAssociatedWith :source-memo .", "typing (50) wasAssociatedWith"),
        (":source-memo a prov:Agent .", "entity-agent-disjoint #source-memo"),
        (":source-memo a prov:Agent .", "shape #source-memo never a prov:Agent"),
        (":run a prov:Entity .", "entity-activity-disjoint (55) #run"),
        (":source-brandt a prov:Activity .", "agent-activity-disjoint #source-brandt"),
        (":source-brandt a sp:Organization .", "shape #source-brandt exactly one type"),
        (
            ":source-recording prov:wasDerivedFrom :source-memo .",
            "derivation-generation-generation-ordering (42) #source-memo",
        ),
        (":source-official sp:toldBy :source-brandt .", "flow #source-official sp:toldBy sp:Flow"),
        (":source-memo sp:doubtedBy :source-official .", "dispute #source-memo sp:doubtedBy"),
        (
            ":source-memo prov:qualifiedAttribution [ prov:agent :source-official ] .",
            "qualified form #source-memo prov:agent",
        ),
        (
            f"<{DENIAL}> a prov:Influence .",
            "shape #dispute- never an influence",
        ),
        (
            f"<{DENIAL}> prov:agent <urn:x> .",
            "prov: dispute #dispute- no influence",
        ),
        (
            ":source-memo prov:wasInfluencedBy :source-official .",
            "prov: influence #source-memo wasInfluencedBy #source-official",
        ),
        (
            f"<{IRI}> prov:wasAttributedTo :source-official .",
            "prov: influence attributed to its author and publisher alone #source-official",
        ),
        (
            ":source-memo prov:wasDerivedFrom :source-radio . :source-radio a sp:Channel .",
            "prov: influence #source-memo it is a place",
        ),
        (":source-memo sp:mentionSpan :run .", "shape #source-memo sp:mentionSpan"),
        (":source-memo skos:altLabel 'leaked memo' .", "shape #source-memo SKOS forbids"),
        (":source-memo schema:sameAs <urn:x> .", "shape #source-memo Wikidata 'urn:x'"),
        (f"<{IRI}> schema:datePublished 'soon' .", "shape datePublished 'soon'"),
        (":char-19-77 oa:hasSource :run .", "shape #char-19-77 oa:hasSource"),
        (":position-19-77 oa:start 90 .", "shape #position-19-77 oa:start"),
    ],
)
def test_a_planted_fault_is_found(turtle: str, words: str) -> None:
    findings = planted(turtle)
    assert found(words, findings), findings


@pytest.mark.parametrize(
    ("needles", "words"),
    [
        ((f"<{IRI}#flow-", "#evidence>"), "shape a flow must show its evidence"),
        ((f"<{IRI}#flow-", "#certainty>"), "shape a flow needs one sp:certainty"),
        ((f"<{IRI}#flow-", "prov#agent>"), "qualified form prov:agent"),
        ((f"<{IRI}#flow-", "#flowKind>"), "shape a flow needs one sp:flowKind"),
        ((f"<{IRI}#source-memo> ", "prefLabel"), "shape #source-memo needs one name"),
        ((f"<{IRI}#source-memo> <",), "shape must come from one source #source-memo"),
        (("TextPositionSelector",), "shape a span needs one position"),
        (("#fileDigest",), "shape an article needs one sp:fileDigest"),
        (("wasGeneratedBy",), "shape must say by which one run"),
        (("#depth>",), "shape an attribution needs one sp:depth"),
        (("#eventKind>",), "shape a custody event needs one sp:eventKind"),
        (("oa#exact>",), "shape a quote needs its words"),
        (("#dispute-", "#stance>"), "shape a dispute needs one sp:stance"),
        (("schema.org/appearance",), "shape a claim must say in which article"),
    ],
)
def test_what_is_missing_is_found(needles: tuple[str, ...], words: str) -> None:
    findings = without(*needles)
    assert found(words, findings), findings


@pytest.mark.parametrize("record", ["flow", "claim"])
def test_what_is_denied_and_yet_stated_is_found(record: str) -> None:
    denied = Certainty.DENIED
    flows = (make_flow("brandt", "memo", kind=FlowKind.REPORTED_BY, certainty=denied),)
    graph = make_graph(flows=flows, claims=(make_claim(sources=("brandt",), certainty=denied),))
    node = {
        "flow": vocab.node_iri(IRI, "flow", "brandt", "memo", "reported_by"),
        "claim": vocab.named_iri(IRI, "claim", "claim-1"),
    }[record]
    findings = planted(f"<{node}> prov:wasAttributedTo :source-brandt .", graph)
    assert found("prov: denied must not be stated", findings), findings


def test_a_flow_from_or_to_nothing_is_found() -> None:
    graph = make_graph(flows=(make_flow("nobody", "nowhere"),))
    findings = [finding.message for finding in check(write_graphs([graph], "ttl"))]
    assert found("must come from one source source-nobody", findings), findings
    assert found("must go to one source or article source-nowhere", findings), findings


def test_a_thing_that_reports_is_found() -> None:
    graph = make_graph(flows=(make_flow("memo", ARTICLE, kind=FlowKind.REPORTED_BY),))
    assert found("custody 'leaked memo' reports nothing", planted("", graph))


def test_a_chain_that_never_reaches_the_article_is_a_warning_where_it_breaks_off() -> None:
    flows = tuple(flow for flow in make_flows() if flow.source != "gazette")
    (finding,) = check(write_graphs([make_graph(flows=flows)], "ttl"))
    assert finding.severity is Severity.WARNING
    assert finding.node == vocab.source_iri(IRI, "gazette")
    assert "breaks off at 'The Northport Gazette'" in finding.message


def test_a_ring_of_flows_is_no_endless_loop() -> None:
    told = FlowKind.REPORTED_BY
    flows = (make_flow("brandt", "official", kind=told), make_flow("official", "brandt", kind=told))
    assert check(write_graphs([make_graph(flows=flows)], "ttl")) == ()


def test_a_changed_quote_is_found() -> None:
    data = write_graphs([make_graph()], "ttl").decode("utf-8")
    forged = data.replace('oa:exact "denied that"', 'oa:exact "confirmed that"')
    assert forged != data
    findings = check(forged.encode("utf-8"))
    assert [f.rule for f in findings] == ["evidence"]
    assert "'confirmed that' here, 'denied that' in the text" in findings[0].message


def test_a_changed_text_is_found() -> None:
    data = write_graphs([make_graph()], "ttl").decode("utf-8")
    forged = data.replace('schema:articleBody "The Harbour', 'schema:articleBody "The Arbour')
    findings = [f.message for f in check(forged.encode("utf-8"))]
    assert found("was changed sp:textDigest", findings), findings
    assert found("in the text in the graph", findings), findings


def test_a_changed_article_is_found_word_by_word() -> None:
    text = TEXT.replace("denied that it had", "agreed that it had")
    findings = check(write_graphs([make_graph()], "ttl"), article=make_ferries_article(text=text))
    assert {f.rule for f in findings} == {"article"}
    messages = [f.message for f in findings]
    assert found("'denied that' 'agreed that' ferries.txt", messages), messages


@pytest.mark.parametrize("text", [True, False])
def test_an_article_that_was_changed_on_the_disk_is_found(text: bool) -> None:
    changed = TEXT.replace("denied that it had", "agreed that it had")
    article = make_ferries_article(
        text=changed, digest=sha256(changed), text_digest=sha256(changed), name="new.txt"
    )
    findings = check(write_graphs([make_graph()], "ttl", text=text), article=article)
    messages = [f.message for f in findings]
    assert found("new.txt is not the file that was read", messages), messages
    assert found("the text of new.txt is not the one that was read", messages), messages
    assert found("'denied that' here 'agreed that' new.txt", messages), messages


def test_an_article_that_was_cut_is_found() -> None:
    article = make_article(TEXT[:300], name="cut.txt")
    messages = [f.message for f in check(write_graphs([make_graph()], "ttl"), article=article)]
    assert found("cut.txt has 300 code points", messages), messages


def test_spans_beyond_the_text_are_found() -> None:
    graph = make_graph(article=make_ferries_article(paragraphs=(Span(0, 9999),)))
    messages = [f.message for f in check(write_graphs([graph], "ttl"))]
    assert found("a paragraph ends at 9999", messages), messages


def test_a_type_is_told_by_our_class_even_where_prov_is_left_out() -> None:
    lines = write_graphs([make_graph()], "nt").splitlines(keepends=True)
    bare = [line for line in lines if not line.endswith(b"/ns/prov#Agent> .\n")]
    assert len(bare) < len(lines)
    rules = {f.rule for f in check(b"".join(bare))}
    known = {"shape", "prov: typing (50)"}
    assert rules <= known, "authors and publisher are known by prov:Agent alone"


ELSEWHERE = {"24", "25", "41", "43", "44", "46", "47", "48", "49"}
"""Numbers of constraints that ask for more of PROV than a graph of ours can hold."""


@pytest.mark.parametrize("constraint", [c for c in CASES if c[:2] not in ELSEWHERE])
def test_constraints_of_prov_are_checked_beside_the_other_checker(constraint: str) -> None:
    kept, broken = (f"@prefix : <urn:x:> .\n{case}" for case in CASES[constraint])
    number = "50" if "typing" in constraint else constraint[:2]
    if number != "50":  # ours wants the types to be said
        assert not found(f"prov: ({number})", planted(kept))
    assert found(f"prov: ({number})", planted(broken)), planted(broken)


def test_articles_that_are_derived_from_what_came_later_are_a_warning() -> None:
    articles = (
        "<urn:x:b> schema:datePublished '2024-05-01'^^xsd:date ; prov:wasQuotedFrom <urn:x:a> . "
        "<urn:x:a> schema:datePublished '{}'^^xsd:dateTime ."
    )
    assert found("(42) urn:x:a published before", planted(articles.format("2024-05-02T10:00:00Z")))
    assert not found("published before", planted(articles.format("2024-05-01T10:00:00Z")))


@pytest.mark.parametrize(
    ("made", "leaked", "published", "words"),
    [
        (
            "2024-03-02",
            "2024-03-01",
            "",
            "leak 2024-03-01 before creation generation-precedes (37)",
        ),
        ("2024-03", "2024-02", "", "leak before creation (37)"),
        ("2024", "2023-12-31", "", "leak before creation (37)"),
        ("2024-03", "2024-03-01", "", ""),
        ("2024-03-01", "2024-03-01", "", ""),
        ("2024-03-01", "2024-03", "", ""),
        ("2024-03-01", "", "", ""),
        ("2024-03-01", "2024-03-05", "2024-03-04", "leak after the article that tells it"),
        ("2024-03-01", "2024-03-05", "2024-03-05T08:00:00Z", ""),
        ("2024-03-01", "2024-03", "2024-03-04", ""),
        ("soon", "2024-03-05", "yesterday", ""),
    ],
)
def test_dates_that_contradict_the_order_of_custody_are_a_warning(
    made: str, leaked: str, published: str, words: str
) -> None:
    part = (Participant(EventRole.ARTEFACT, Span(0, 3), "memo"),)
    events = tuple(
        make_event(kind.value, kind=kind, date=date, participants=part)
        for kind, date in ((EventKind.CREATION, made), (EventKind.LEAK, leaked))
    )
    graph = make_graph(events=events, article=make_ferries_article(published=published))
    findings = check(write_graphs([graph], "ttl"))
    told = [f for f in findings if f.rule == "custody: dates"]
    assert all(f.severity is WARNING for f in told)
    assert bool(told) == bool(words)
    assert all(word in told[0].message for word in words.split())
    assert {f.rule for f in findings} <= {"custody: dates", "shape"}


def test_what_was_denied_has_no_date_that_could_contradict() -> None:
    part = (Participant(EventRole.ARTEFACT, Span(0, 3), "memo"),)
    made = make_event("c", kind=EventKind.CREATION, date="2024-03-02", participants=part)
    leak = make_event("l", kind=EventKind.LEAK, date="2024-03-01", participants=part)
    graph = make_graph(events=(made, replace(leak, certainty=Certainty.DENIED)))
    assert check(write_graphs([graph], "ttl")) == ()


def test_what_is_not_ours_is_refused() -> None:
    with pytest.raises(RecordError, match=r"^cannot check x.ttl: it holds no article"):
        check(b"<urn:a> <urn:b> <urn:c> .", name="x.ttl")
    with pytest.raises(RecordError, match=r"^cannot read x.ttl: not Turtle: "):
        check(b"Once upon a time.", name="x.ttl")


def test_findings_are_the_same_every_time() -> None:
    graph = make_graph(
        sources=(*make_sources(), make_source("zeppelin", type=SourceType.CHANNEL, name="")),
        flows=(make_flow("nobody", "nowhere"), make_flow("memo", "memo")),
    )
    data = write_graphs([graph], "ttl")
    findings = check(data)
    assert findings == tuple(sorted(findings)) == check(data)
    assert len(findings) >= 4
