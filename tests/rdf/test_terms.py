"""Names, terms, and what happens to strings that want to be syntax."""

import re
from dataclasses import replace
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import build, vocab
from provenance.errors import RecordError
from provenance.model import (
    ARTICLE,
    Attribution,
    Certainty,
    EventKind,
    EventRole,
    FlowKind,
    Participant,
    SourceGraph,
    SourceType,
    Span,
)
from provenance.rdf import (
    FORMATS,
    load_store,
    parse_rdflib,
    read_graphs,
    select,
    to_rdflib,
    write_graphs,
)
from tests.helpers.factories import (
    TEXT,
    at,
    make_article,
    make_attribution,
    make_claim,
    make_dispute,
    make_event,
    make_ferries_article,
    make_flow,
    make_graph,
    make_run,
    make_source,
)
from tests.helpers.strategies import HOSTILE, graphs, texts

IRI = vocab.article_iri(make_ferries_article().digest)
AGENTS = (SourceType.PERSON, SourceType.UNNAMED, SourceType.NEWS_OUTLET, SourceType.ORGANIZATION)
THINGS = (SourceType.DOCUMENT, SourceType.INTERCEPT, SourceType.STATEMENT, SourceType.CHANNEL)


def rows(graph: SourceGraph, query: str) -> set[tuple[str, ...]]:
    """Return what *query* finds in *graph*, the article's own name left out of the names."""
    found = select(load_store(write_graphs([graph], "nq")), query)
    return {tuple(value.removeprefix(IRI) for value in row) for row in found}


def small(**overrides: Any) -> SourceGraph:
    """Return a graph with nothing in it but what is given."""
    return replace(SourceGraph(article=make_ferries_article(), run=make_run()), **overrides)


def test_an_article_is_named_by_its_bytes() -> None:
    # The example of RFC 6920, section 8.1: "Hello World!"
    digest = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    name = vocab.article_iri(digest)
    assert name == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    assert vocab.article_iri(digest, "https://example.org/x/") == f"https://example.org/x/{digest}"
    assert vocab.article_iri(digest, "https://example.org/x") == f"https://example.org/x/{digest}"


@pytest.mark.parametrize("base", [None, "https://example.org/x/", "urn:x:", "https://a.example/é"])
def test_the_base_is_told_by_the_name(base: str | None) -> None:
    digest = "ab" * 32
    read = vocab.base_iri(vocab.article_iri(digest, base), digest)
    assert vocab.article_iri(digest, read) == vocab.article_iri(digest, base)
    with pytest.raises(RecordError, match="not the name of the article"):
        vocab.base_iri("https://example.org/x/y", digest)


@pytest.mark.parametrize(
    "base",
    ["", "no scheme", "http://a b/", "http://a>", "http://a/#x", "http://a/%zz", "http://[/"],
)
def test_a_bad_base_is_refused_in_one_line(base: str) -> None:
    with pytest.raises(RecordError, match=r"^not a base IRI: [^\n]*$"):
        write_graphs([make_graph()], "nt", base_iri=base)


def test_an_article_without_a_digest_has_no_name() -> None:
    with pytest.raises(RecordError, match=r"^cannot name the article 'AB': not a SHA-256 in hex$"):
        write_graphs([small(article=make_article(digest="AB"))], "nt")


@given(one=st.text(max_size=6), other=st.text(max_size=6))
def test_different_ids_have_different_valid_names(one: str, other: str) -> None:
    names = {vocab.named_iri(IRI, "source", id) for id in (one, other)}
    assert len(names) == len({one, other})
    for id, name in ((id, vocab.named_iri(IRI, "source", id)) for id in (one, other)):
        assert pyoxigraph.NamedNode(name).value == name
        assert name.isascii()
        assert vocab.id_of(name, IRI, "source") == id


def test_names_of_nodes_depend_on_all_that_defines_them() -> None:
    parts = [("a", "bc"), ("ab", "c"), ("abc",), ("a", "b", "c"), (), (Span(1, 2),), ("[1,2]",)]
    assert len({vocab.node_iri(IRI, "flow", *part) for part in parts}) == len(parts)
    assert vocab.node_iri(IRI, "flow", "a") != vocab.node_iri(IRI, "dispute", "a")


@pytest.mark.parametrize("hostile", [*HOSTILE, "a\x00b", "\U0010ffff\ufffe"])
def test_a_hostile_string_stays_a_string_everywhere(hostile: str) -> None:
    graph = make_graph(
        article=make_ferries_article(
            name=hostile,
            title=hostile,
            publisher=hostile,
            authors=(hostile,),
            published=hostile,
            url=hostile,
            language=hostile,
        ),
        sources=(make_source(hostile + "!", name=hostile, aliases=(hostile,)),),
        flows=(make_flow(hostile + "!"),),
        disputes=(make_dispute(hostile + "!", ARTICLE),),
        claims=(make_claim(hostile, text=hostile, sources=(hostile + "!",)),),
        events=(make_event(hostile, place=hostile, date=hostile),),
        attributions=(make_attribution(by=hostile, source_ids=(hostile + "!",)),),
        run=make_run(version=hostile, extractor=hostile, weights=hostile),
    )
    expected = len(parse_rdflib(write_graphs([graph], "ntriples")))
    for format in ("turtle", "trig", "nquads", "ntriples", "jsonld"):
        data = write_graphs([graph], format)
        assert read_graphs(data, format) == (graph,)
        assert not list(select(load_store(data, format), "SELECT ?s { ?s <urn:y> ?o }"))
    turtle = rdflib.Graph().parse(data=write_graphs([graph], "turtle"), format="turtle")
    assert len(turtle) == expected


@pytest.mark.parametrize("format", [f.name for f in FORMATS])
def test_every_format_states_the_same_labels_with_their_language(format: str) -> None:
    data = write_graphs([make_graph()], format)
    assert set(parse_rdflib(data, format)) == set(to_rdflib(make_graph()))


@settings(deadline=None, max_examples=40)
@given(graph=graphs())
def test_rdflib_too_reads_the_turtle_of_any_graph(graph: SourceGraph) -> None:
    data = write_graphs([graph], "turtle")
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == len(parse_rdflib(data))


@given(url=texts() | st.from_regex(r"https?://[a-z./%?#&=:]{1,12}", fullmatch=True))
def test_an_address_is_an_iri_or_a_string_and_always_itself(url: str) -> None:
    graph = small(article=make_ferries_article(url=url, links=()))
    for format in ("turtle", "jsonld"):
        (back,) = read_graphs(write_graphs([graph], format))
        assert back.article.url == url


@pytest.mark.parametrize(
    ("url", "is_iri"),
    [
        ("https://example.org/a?b=c&d=%2F", True),
        ("https://example.org", True),
        ("https://example.org/a/../b", False),  # some readers would resolve it
        ("https://example.org/a#b", False),
        ("https://EXAMPLE.org/", False),
        ("https://example.org/%zz", False),
        ("https://example.org/порт", False),
        ("javascript:alert(1)", False),
        ("https://schema.org/x.", False),  # would become a prefixed name with a dot at its end
        ("//example.org/", False),
    ],
)
def test_only_a_plain_address_becomes_an_iri(url: str, is_iri: bool) -> None:
    query = "SELECT ?u { ?a a sp:Article ; schema:url ?u FILTER isIRI(?u) }"
    found = rows(small(article=make_ferries_article(url=url, links=())), query)
    assert found == ({(url,)} if is_iri else set())


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2024", "gYear"),
        ("2024-02", "gYearMonth"),
        ("2024-02-29", "date"),
        ("2024-05-03T12:00:00Z", "dateTime"),
        ("2024-05-03T12:00:00.5+02:00", "dateTime"),
        ("2023-02-29", "string"),
        ("2024-13", "string"),
        ("0000", "string"),
        ("٢٠٢٤", "string"),
        ("yesterday", "string"),
        ("2024-05-03T99:00:00", "string"),
    ],
)
def test_a_date_has_the_datatype_of_its_precision(text: str, datatype: str) -> None:
    graph = small(article=make_ferries_article(published=text), events=(make_event(date=text),))
    query = "SELECT (STR(DATATYPE(?d)) AS ?t) {{ ?x {} ?d }}"
    xsd = vocab.PREFIXES["xsd"] + datatype
    assert rows(graph, query.format("schema:datePublished")) == {(xsd,)}
    assert rows(graph, query.format("sp:date")) == {(xsd,)}
    assert read_graphs(write_graphs([graph], "ttl")) == (graph,)


@pytest.mark.parametrize("downstream", [*AGENTS, *THINGS, None])
@pytest.mark.parametrize("upstream", [*AGENTS, *THINGS])
def test_a_hop_is_what_prov_has_a_word_for(
    upstream: SourceType, downstream: SourceType | None
) -> None:
    kind = FlowKind.REPORTED_BY if upstream.is_agent else FlowKind.DERIVED_FROM
    target = "down" if downstream else ARTICLE
    sources = [make_source("up", type=upstream)]
    sources += [make_source("down", type=downstream)] if downstream else []
    graph = small(sources=tuple(sources), flows=(make_flow("up", target, kind=kind),))
    agents = (upstream.is_agent, downstream is not None and downstream.is_agent)
    expected = {
        (True, False): ("reportedBy", "wasAttributedTo", "qualifiedAttribution", "agent"),
        (True, True): ("toldBy", "wasInfluencedBy", "qualifiedInfluence", "agent"),
        (False, False): ("derivedFrom", "wasDerivedFrom", "qualifiedDerivation", "entity"),
        (False, True): ("drewOn", "wasInfluencedBy", "qualifiedInfluence", "entity"),
    }[agents]
    mere = ("wasInfluencedBy", "qualifiedInfluence", expected[3])
    if agents == (True, False) and downstream is None:  # an article is not its sources' work
        expected = ("reportedBy", *mere)
    if agents == (False, False) and SourceType.CHANNEL in (upstream, downstream):
        expected = ("derivedFrom", *mere)  # nothing derives from a place
    words = "SELECT ?p { ?down ?p ?up . ?down sp:hadFrom ?up }"
    prov = vocab.PREFIXES["prov"]
    short = {(vocab.SP + "hadFrom",), (vocab.SP + expected[0],), (prov + expected[1],)}
    assert rows(graph, words) == short
    pattern = f"?down prov:{expected[2]} ?f . ?f a sp:Flow ; prov:{expected[3]} ?up"
    assert rows(graph, f"SELECT ?down ?up {{ {pattern} }}") == {
        (f"#source-{target}" if downstream else "", "#source-up")
    }


@pytest.mark.parametrize("downstream", [SourceType.DOCUMENT, SourceType.NEWS_OUTLET])
def test_what_is_taken_from_an_agent_is_not_attributed_to_it(downstream: SourceType) -> None:
    sources = (
        make_source("down", type=downstream),
        make_source("up", type=SourceType.ORGANIZATION),
    )
    graph = small(sources=sources, flows=(make_flow("up", "down"),))
    made = "SELECT ?x { ?x a sp:Source ; prov:wasAttributedTo|prov:wasDerivedFrom ?y }"
    assert rows(graph, made) == set()
    short = "takenFrom" if downstream is SourceType.DOCUMENT else "drewOn"
    assert rows(graph, f"SELECT ?x {{ ?x prov:wasInfluencedBy ?y ; sp:{short} ?y }}") == {
        ("#source-down",)
    }


def test_a_denied_flow_is_kept_and_not_stated_in_prov() -> None:
    flow = make_flow("memo", certainty=Certainty.DENIED)
    graph = small(sources=(make_source("memo"),), flows=(flow,))
    assert rows(graph, "SELECT ?x { ?x sp:hadFrom|prov:wasDerivedFrom ?y }") == set()
    assert rows(graph, "SELECT ?y { ?f a sp:Flow ; sp:source ?y }") == {("#source-memo",)}
    assert read_graphs(write_graphs([graph], "ttl")) == (graph,)


def test_an_article_is_the_work_of_its_author_and_publisher_alone() -> None:
    graph = make_graph(
        article=make_ferries_article(publisher="The Gazette", authors=("Ann Lee", "Bo Orr"))
    )
    made = rows(graph, "SELECT ?by { ?a a sp:Article ; prov:wasAttributedTo ?by }")
    assert made == {("#publisher",), ("#author-1",), ("#author-2",)}
    quoted = rows(graph, "SELECT ?by { ?a a sp:Article ; sp:reportedBy ?by }")
    influenced = rows(graph, "SELECT ?by { ?a a sp:Article ; prov:wasInfluencedBy ?by }")
    assert quoted
    assert quoted <= influenced


def test_a_source_is_the_same_as_its_known_entry_and_no_concept() -> None:
    """What stands in skos:exactMatch is a skos:Concept, and an agent is none."""
    graph = small(sources=(make_source("ann", wikidata="Q42"), make_source("bo")))
    assert rows(graph, "SELECT ?s ?w { ?s schema:sameAs ?w }") == {
        ("#source-ann", vocab.PREFIXES["wd"] + "Q42")
    }
    matched = "?s skos:exactMatch|skos:closeMatch|skos:broadMatch|^skos:exactMatch ?o"
    assert rows(graph, f"SELECT ?s ?o {{ ?s a sp:Source . {matched} }}") == set()
    assert rows(graph, "SELECT ?s { ?s a sp:Source , skos:Concept }") == set()


def test_a_channel_is_where_it_happened_and_nothing_derives_from_it() -> None:
    sources = (make_source("forum", type=SourceType.CHANNEL), make_source("memo"))
    flows = (make_flow("forum"), make_flow("forum", "memo"), make_flow("memo", "forum"))
    claim = make_claim(sources=("forum",))
    posted = make_event(
        kind=EventKind.POSTING,
        participants=(
            Participant(EventRole.ARTEFACT, Span(0, 4), "memo"),
            Participant(EventRole.CHANNEL, Span(5, 9), "forum"),
        ),
    )
    graph = small(sources=sources, flows=flows, claims=(claim,), events=(posted,))
    assert rows(graph, "SELECT ?x { ?x prov:wasDerivedFrom ?y }") == set()
    assert len(rows(graph, "SELECT ?x ?y { ?x sp:derivedFrom ?y ; prov:wasInfluencedBy ?y }")) == 3
    assert rows(graph, "SELECT ?y { ?e a sp:CustodyEvent ; prov:atLocation ?y }") == {
        ("#source-forum",)
    }
    assert read_graphs(write_graphs([graph], "ttl")) == (graph,)


def test_what_concepts_are_called_is_in_every_graph() -> None:
    """A first query needs no ontology; and the ontology calls them the same."""
    data = write_graphs([make_graph()], "nt")
    graph = rdflib.Graph().parse(data=data, format="nt")
    for prefix, namespace in vocab.PREFIXES.items():
        graph.bind(prefix, namespace)
    kinds = "VALUES ?p { sp:flowKind sp:stance sp:certainty sp:eventKind sp:role sp:speech }"
    missing = f"SELECT ?c {{ {kinds} ?x ?p ?c FILTER NOT EXISTS {{ ?c skos:prefLabel ?l }} }}"
    assert list(graph.query(missing)) == []
    untyped = "SELECT ?t { ?s a sp:Source, ?t FILTER(STRSTARTS(STR(?t), STR(sp:)))"
    untyped += " FILTER(?t != sp:Source)"
    assert list(graph.query(untyped + " FILTER NOT EXISTS { ?t skos:notation ?n } }")) == []

    def named(graph: rdflib.Graph) -> set[tuple[str, ...]]:
        query = "SELECT ?c ?l ?n ?s { ?c skos:prefLabel ?l ; skos:notation ?n ; skos:inScheme ?s }"
        found = graph.query(query)
        return {tuple(str(row[rdflib.Variable(name)]) for name in "clns") for row in found.bindings}

    ontology = rdflib.Graph().parse(data=vocab.ontology("provenance.ttl"), format="turtle")
    known = named(ontology)
    assert known == {
        (iri, vocab.label(n), n, vocab.term(s)) for iri, (s, n) in vocab.CONCEPTS.items()
    }
    written = named(graph)
    assert written
    assert written < known


def test_names_need_no_backslash_and_say_nothing_twice() -> None:
    data = write_graphs([make_graph()], "turtle").decode()
    names = re.findall(r"(?<![\w<:])(?:[a-z]*):[^\s;,]+", re.sub(r'"(?:[^"\\]|\\.)*"', "", data))
    assert len(names) > 100
    assert [name for name in names if "\\" in name] == []
    assert ":claim-claim-" not in write_graphs([build(TEXT).record], "turtle").decode()
    assert "_" not in "".join(name.removeprefix(vocab.SP) for name in vocab.CONCEPTS)


def test_a_dispute_is_never_an_influence() -> None:
    graph = make_graph(flows=(), claims=(), events=())
    between = "SELECT ?p { ?a a sp:Source . ?b a sp:Source . ?a ?p ?b }"
    assert rows(graph, between) == {
        (vocab.term(name),) for name in ("disputedBy", "doubtedBy", "confirmedBy")
    }
    about = "SELECT ?d { ?d a sp:Dispute . { ?d ?p ?x } UNION { ?x ?p ?d } FILTER(%s) }"
    assert rows(graph, about % "STRSTARTS(STR(?p), STR(prov:))") == set()


def test_what_somebody_denies_is_not_attributed_to_them() -> None:
    claim = make_claim(sources=("authority",), certainty=Certainty.DENIED)
    graph = make_graph(flows=(), claims=(claim,))
    assert rows(graph, "SELECT ?x { ?x a sp:Claim ; prov:wasAttributedTo ?y }") == set()
    assert rows(graph, "SELECT ?y { ?x a sp:Claim ; sp:source ?y }") == {("#source-authority",)}


def test_an_event_says_in_prov_what_prov_has_words_for() -> None:
    def words(property: str) -> set[tuple[str, ...]]:
        return rows(make_graph(), f"SELECT ?e ?x {{ ?e a sp:CustodyEvent ; {property} ?x }}")

    assert words("prov:generated") == {
        ("#event-creation-1", "#source-memo"),
        ("#event-interception-1", "#source-recording"),
        ("#event-interview-1", "#source-interview"),
    }
    assert words("prov:used") == {("#event-posting-1", "#source-memo")}
    assert words("prov:wasAssociatedWith") == {
        ("#event-creation-1", "#source-authority"),
        ("#event-interception-1", "#source-coast-guard"),
        ("#event-interview-1", "#source-brandt"),
    }
    assert words("prov:atLocation/schema:name") == {("#event-interception-1", "Cape Lorn")}
    assert ("#event-posting-1", "#source-port-online") in words("prov:atLocation")


def test_a_denial_uses_nothing() -> None:
    part = Participant(EventRole.ARTEFACT, at("the memo", 1), "memo")
    event = make_event(kind=EventKind.DENIAL, participants=(part,))
    graph = small(sources=(make_source("memo"),), events=(event,))
    assert rows(graph, "SELECT ?e { ?e prov:used|prov:generated ?x . ?e a sp:CustodyEvent }") == (
        set()
    )


def test_evidence_can_be_followed_from_a_flow_to_its_words() -> None:
    query = """SELECT ?words ?start {
        ?f sp:source/skos:prefLabel "leaked memo" ;
           sp:target/skos:prefLabel "The Northport Gazette" ;
           sp:evidence/oa:hasTarget ?span .
        ?span oa:hasSource ?a ; oa:hasSelector/oa:exact ?words ; oa:hasSelector/oa:start ?start .
        ?a a sp:Article }"""
    sentence = at(
        "The Northport Gazette reported on Thursday, citing a leaked memo, that three "
        "ferries had sailed with cracked hulls 🚢."
    )
    ((words, start),) = rows(make_graph(), query)
    assert int(start) == sentence.start
    assert words == make_ferries_article().quote(sentence)


def test_the_chain_of_custody_is_one_property_path() -> None:
    query = "SELECT ?x { ?a a sp:Article ; sp:hadFrom+ ?x }"
    ids = {source.id for source in make_graph().sources} - {"official"}
    assert rows(make_graph(), query) == {(f"#source-{id}",) for id in ids}


def test_an_attribution_has_its_claim_as_body() -> None:
    query = "SELECT ?text { ?x a sp:Attribution ; oa:hasBody/schema:text ?text }"
    texts = {claim.text for claim in make_graph().claims}
    assert rows(make_graph(), query) == {(text,) for text in texts}


@pytest.mark.parametrize(
    ("speakers", "ids"),
    [
        ((), ()),
        ((Span(0, 1),), ()),
        ((Span(0, 1),), ("",)),
        ((Span(0, 1), Span(2, 3)), ("memo",)),
        ((Span(0, 1), Span(2, 3)), ("", "memo")),
        ((Span(2, 3), Span(0, 1)), ("memo", "")),
        ((), ("memo", "memo")),
        ((Span(0, 1), Span(0, 1)), ("memo", "article")),
    ],
)
def test_speakers_and_their_sources_stay_paired(
    speakers: tuple[Span, ...], ids: tuple[str, ...]
) -> None:
    attribution = make_attribution(speakers=speakers, source_ids=ids)
    graph = small(attributions=(attribution,))
    ((back,),) = (g.attributions for g in read_graphs(write_graphs([graph], "ttl")))
    assert (back.speakers, back.source_ids) == (speakers, ids)


def test_records_that_differ_in_little_stay_apart() -> None:
    one = make_attribution()
    others: tuple[Attribution, ...] = (
        replace(one, score=0.5),
        replace(one, stance=None, by="tagger"),
        replace(one, score=0.25),
    )
    flows = tuple(make_flow(certainty=certainty) for certainty in Certainty)
    graph = small(attributions=(one, *others, one), flows=flows)
    assert read_graphs(write_graphs([graph], "ttl")) == (graph,)


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (
            {"sources": (make_source("a"), make_source("a", name="b"))},
            "two sources have the id 'a'",
        ),
        ({"claims": (make_claim("a"), make_claim("a", text="b"))}, "two claims have the id 'a'"),
        ({"events": (make_event("a"), make_event("a", place="b"))}, "two events have the id 'a'"),
        ({"sources": (make_source("article"),)}, "a source has the article's id 'article'"),
        ({"sources": (make_source("a", wikidata="42"),)}, "not a Wikidata item: '42' of 'a'"),
    ],
)
def test_a_graph_that_has_no_names_is_refused(overrides: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        write_graphs([small(**overrides)], "nt")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(RecordError, match=r"^no such RDF format: 'docx': one of turtle, trig, "):
        write_graphs([], "docx")


@pytest.mark.parametrize("format", [f.name for f in FORMATS])
def test_no_graphs_make_an_empty_file_that_is_read_as_such(format: str) -> None:
    with pytest.raises(RecordError, match=r"^cannot read x: it holds no article \(sp:Article\)$"):
        read_graphs(write_graphs([], format), format, "x")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.ttl", "cannot read a.ttl: it holds no article"),
        (b"", "", "cannot read the graph: it holds no article"),
        (b"Once upon a time", "a.ttl", "cannot read a.ttl: not Turtle: "),
        (b"\x00\xff\xfe", "a.bin", "cannot read a.bin: not TriG: "),
        (b"<html><body>", "a.rdf", "cannot read a.rdf: "),
        (b'{"@graph": ', "a.jsonld", "cannot read a.jsonld: not JSON-LD: "),
        (b'{"a": 1}', "a.json", "cannot read a.json: it holds no article"),
        (b'{"@context": "http://127.0.0.1:9/c"}', "a.json", "cannot read a.json: not JSON-LD: "),
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>', "a.xml", "entities"),
        (b"<urn:a> <urn:b> _:c .", "a.nt", "cannot read a.nt: it holds no article"),
        (b'<urn:a> <urn:b> "' + b"x" * 99 + b"\n", "a.nq", "cannot read a.nq: not N-Quads: "),
        (b"<a> <b> <c> .", "a.ttl", "cannot read a.ttl: not Turtle: "),
    ],
)
def test_what_is_no_graph_of_ours_is_told_in_one_line(data: bytes, name: str, message: str) -> None:
    with pytest.raises(RecordError) as caught:
        read_graphs(data, name=name)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("cut", "message"),
    [
        ("#fileDigest>", "has no sp:fileDigest"),
        ("#flowKind>", "has no sp:flowKind"),
        ("#certainty>", "has no sp:certainty"),
        ("prefLabel>", "has no skos:prefLabel"),
        ("oa#start>", "has no single position"),
        ("#Run>", "has 0 runs"),
        ("#evidence>", "has no sp:evidence"),
        ("#UnnamedSource>", "is of 0 types of source"),
        ("#position>", "has no sp:position"),
    ],
)
def test_a_graph_with_a_hole_is_told_by_its_node(cut: str, message: str) -> None:
    lines = write_graphs([make_graph()], "nt").decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if cut not in line]
    assert len(kept) < len(lines)
    with pytest.raises(RecordError, match=rf"^cannot read a.nt: <{IRI}[^ ]*> .*{message}"):
        read_graphs("".join(kept).encode("utf-8"), name="a.nt")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sp:certainty sp:certainty-asserted", "sp:certainty sp:stance-denies", "a Certainty must"),
        ("sp:score 0.93", 'sp:score "high"', "not a number"),
        ("oa:start 19 ", "oa:start 90 ", "is not a span: 90 to 77"),
        ("sp:source :source-memo", "sp:source <urn:x>", "not a source of this article"),
        ("sp:depth 1", "sp:depth 1 , 2", "has 2 values of sp:depth"),
        ('sp:order "', 'sp:order "oa:hasTarget x" , "', "broken sp:order"),
    ],
)
def test_a_broken_value_is_told_by_its_node(old: str, new: str, message: str) -> None:
    data = write_graphs([make_graph()], "turtle").decode("utf-8")
    assert old in data
    with pytest.raises(RecordError, match=message):
        read_graphs(data.replace(old, new).encode("utf-8"), name="a.ttl")


def test_other_statements_beside_ours_do_no_harm() -> None:
    data = write_graphs([make_graph()], "turtle")
    more = b'<urn:x> <urn:y> [ <urn:z> "a"@en ] . :source-memo <urn:note> "mine" .\n'
    assert read_graphs(data + more) == (make_graph(),)
