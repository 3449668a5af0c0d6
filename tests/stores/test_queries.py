"""Queries: what may be set, what is refused, and our own against the same question in Python."""

import csv
import io
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions
from rdflib.query import ResultRow

from provenance import vocab
from provenance.errors import RecordError, StoreError
from provenance.graph.carrying import carried
from provenance.model import (
    ARTICLE,
    Cargo,
    CargoKind,
    Certainty,
    FlowKind,
    SourceGraph,
    SourceType,
    Span,
)
from provenance.rdf import write_graphs
from provenance.stores.queries import answer, bind, find_query, parse_query, queries
from provenance.stores.queries.library import reference
from tests.conftest import Prov
from tests.helpers.factories import (
    make_article,
    make_attribution,
    make_claim,
    make_dispute,
    make_flow,
    make_graph,
    make_run,
    make_source,
)
from tests.helpers.places import ROOT
from tests.helpers.strategies import graphs, texts

FOLDER = ROOT / "ontology" / "queries"
BUILT = ROOT / "examples" / "built" / "pentagon-leak.ttl"
OF_STORES = {"same-source"}
"""Queries that ask what joins articles, which only a store knows."""
PICK = parse_query('# Which?\n# Notes.\n\nSELECT ?x {\n  VALUES ?x { "" }  # anything\n}')


def values(text: str, *data: Path) -> list[tuple[str, ...]]:
    found = answer(text, [str(path) for path in data])
    assert isinstance(found, QuerySolutions)
    return [tuple("" if t is None else getattr(t, "value", "") for t in row) for row in found]


def solved(text: str, data: bytes) -> list[tuple[str, ...]]:
    """Return the rows that pyoxigraph finds in *data*."""
    store = pyoxigraph.Store()
    store.bulk_load(data, pyoxigraph.RdfFormat.N_TRIPLES)
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return [tuple("" if t is None else getattr(t, "value", "") for t in row) for row in solutions]


def over(text: str, graph: SourceGraph) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the rows that pyoxigraph finds in *graph* and those that rdflib finds."""
    data = write_graphs([graph], "ntriples")
    ours = solved(text, data)
    rows = rdflib.Graph().parse(data, format="nt").query(text)
    theirs = [
        tuple("" if term is None else str(term) for term in row)
        for row in rows
        if isinstance(row, ResultRow)
    ]
    return ours, theirs


# ------------------------------------------------------------------ the library and its files


def test_every_file_asks_a_question_and_sorts_its_answer() -> None:
    assert [query.name for query in queries()] == sorted(f.stem for f in FOLDER.glob("*.rq"))
    assert len(queries()) == 12
    for query in queries():
        assert query.question.endswith("?"), query.name
        assert len(query.notes) > 50, query.name
        first = "?source ?one" if query.name in OF_STORES else "?article ?text"
        assert f"\nORDER BY {first} " in query.text, query.name
        assert all(parameter.meaning for parameter in query.parameters), query.name
        assert "\t" not in query.text
        assert max(map(len, query.text.splitlines())) <= 100, query.name


def test_terms_of_ours_in_queries_exist() -> None:
    named = {name for query in queries() for name in re.findall(r"\bsp:([\w-]+)", query.text)}
    assert len(named) > 20
    assert sorted(named - set(vocab.TERMS)) == []


def test_no_question_has_no_answer_on_nothing() -> None:
    empty = SourceGraph(article=make_article("Nothing."), run=make_run())
    for query in queries():
        assert over(query.text, empty) == ([], []), query.name


def test_the_documentation_says_what_the_files_say() -> None:
    page = (ROOT / "docs" / "queries.md").read_text("utf-8")
    assert page.endswith(f"\n\n{reference()}"), "put what reference() returns below the text"


def test_a_query_is_read_with_its_comments() -> None:
    assert (PICK.question, PICK.notes) == ("Which?", "Notes.")
    assert [(one.name, one.meaning) for one in PICK.parameters] == [("x", "anything")]
    assert parse_query("SELECT * {}").question == ""


def test_an_unknown_query_is_told_with_the_nearest() -> None:
    with pytest.raises(RecordError, match=r"no such query: 'chain'.*\(chains\)"):
        find_query("chain")


# ------------------------------------------------------------------ parameters


@settings(max_examples=25)
@given(value=texts())
def test_a_value_comes_out_as_it_went_in(value: str) -> None:
    assume(not (value.startswith("<") and value.endswith(">")))
    text = bind(PICK, [("x", value)])
    found = answer(text, [])
    assert isinstance(found, QuerySolutions)
    assert [tuple(row) for row in found] == [(Literal(value),)]
    (row,) = rdflib.Graph().query(text)
    assert isinstance(row, ResultRow)
    assert str(row[0]) == value


@pytest.mark.parametrize(
    "value",
    [
        '" } UNION { ?s ?p ?x } #',
        "\\",
        '\\"',
        "'''",
        "}",
        "{ UNDEF }",
        "\n#",
        "?x",
        "$x",
        "\\u0022",
    ],
)
def test_a_value_cannot_break_out(value: str) -> None:
    found = answer(bind(PICK, [("x", value)]), [str(BUILT)])
    assert isinstance(found, QuerySolutions)
    assert [row[0] for row in found] == [Literal(value)]


def test_iris_and_several_values() -> None:
    found = answer(bind(PICK, [("x", "<urn:a>"), ("x", "b"), ("x", "")]), [])
    assert isinstance(found, QuerySolutions)
    assert [row[0] for row in found] == [NamedNode("urn:a"), Literal("b"), Literal("")]


@pytest.mark.parametrize("value", ["<urn:a> <urn:b>", "<a b>", "<not absolute>", '<urn:"x">', "<>"])
def test_what_is_no_iri_is_refused(value: str) -> None:
    with pytest.raises(RecordError, match="cannot set 'x' to"):
        bind(PICK, [("x", value)])


def test_a_parameter_that_is_not_there_is_refused() -> None:
    with pytest.raises(RecordError, match="cannot set 'y' in the query: its parameters are x"):
        bind(PICK, [("y", "1")])
    with pytest.raises(RecordError, match="it has none"):
        bind(parse_query("SELECT * {}"), [("y", "1")])


# ------------------------------------------------------------------ the same question in Python

CERTAINTIES = st.sampled_from([Certainty.ASSERTED, Certainty.REPORTED, Certainty.DENIED])


@st.composite
def networks(draw: st.DrawFn) -> SourceGraph:
    """Return up to six sources with any flows between them, circles and loops among them."""
    ids = [f"s{number}" for number in range(draw(st.integers(1, 6)))]
    types = [draw(st.sampled_from([SourceType.UNNAMED, SourceType.PERSON])) for _ in ids]
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from([*ids, ARTICLE]))
    flows = draw(st.dictionaries(pairs, CERTAINTIES, max_size=10))
    denials = draw(st.dictionaries(pairs.filter(lambda p: p[0] != p[1]), CERTAINTIES, max_size=3))
    ascribed = draw(st.lists(st.tuples(st.sampled_from(ids), CERTAINTIES), max_size=4))
    return SourceGraph(
        article=make_article(),
        sources=tuple(make_source(i, type=t) for i, t in zip(ids, types, strict=True)),
        flows=tuple(
            make_flow(source, target, kind=FlowKind.REPORTED_BY, certainty=certainty)
            for (source, target), certainty in sorted(flows.items())
        ),
        disputes=tuple(
            make_dispute(source, target, certainty=certainty)
            for (source, target), certainty in sorted(denials.items())
        ),
        claims=tuple(
            make_claim(f"c{n}", text=f"c{n}", content=(Span(n, n + 1),), sources=(s,), certainty=c)
            for n, (s, c) in enumerate(ascribed)
        ),
        run=make_run(),
    )


def network_of(graph: SourceGraph) -> "nx.DiGraph[str]":
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from([*(source.id for source in graph.sources), ARTICLE])
    flows = (flow for flow in graph.flows if flow.certainty is not Certainty.DENIED)
    network.add_edges_from((flow.source, flow.target) for flow in flows)
    return network


def origins_of(network: "nx.DiGraph[str]") -> set[str]:
    """Return a node of each strong component that nothing leads into, the first by its name."""
    circles = nx.condensation(network)
    first = (min(circles.nodes[n]["members"]) for n in circles if not circles.in_degree(n))
    return set(first) - {ARTICLE}


@st.composite
def tellings(draw: st.DrawFn) -> SourceGraph:
    """Return a network whose claims and flows stand in up to three sentences."""
    graph = draw(networks())
    spans = [Span(20 * n, 20 * n + 20) for n in range(draw(st.integers(1, 3)))]
    said = [
        make_attribution(
            content=claim.content,
            sentence=draw(st.sampled_from(spans)),
            source_ids=claim.sources,
            basis=(),
        )
        for claim in graph.claims
    ]
    flows = [replace(flow, evidence=(draw(st.sampled_from(spans)),)) for flow in graph.flows]
    return replace(graph, attributions=tuple(said), flows=tuple(flows))


def loads_of(graph: SourceGraph) -> dict[Cargo, "nx.DiGraph[str]"]:
    """Return for all that is not denied who has it, and the hops that carry it."""
    network = network_of(graph)
    loads: dict[Cargo, nx.DiGraph[str]] = {}
    for claim in graph.claims:
        if claim.certainty is not Certainty.DENIED:
            load = loads.setdefault(Cargo(CargoKind.CLAIM, claim.id), nx.DiGraph())
            load.add_nodes_from(claim.sources)
    for flow, cargo in zip(graph.flows, carried(graph, {}), strict=True):
        for one in cargo:
            load = loads.setdefault(one, nx.DiGraph())
            if network.has_edge(flow.source, flow.target) and flow.source != flow.target:
                load.add_edge(flow.source, flow.target)
    return loads


@settings(max_examples=50, deadline=None)
@given(graph=tellings())
def test_origins_are_those_of_what_carries_the_claim(graph: SourceGraph) -> None:
    loads = loads_of(graph)
    unnamed = {source.id for source in graph.sources if source.type is SourceType.UNNAMED}
    one, hidden = [], set()
    for claim in graph.claims:
        load = loads.get(Cargo(CargoKind.CLAIM, claim.id))
        if load is None or claim.certainty is Certainty.DENIED:
            continue
        found = sorted(origins_of(load))
        if len(found) == 1:
            one.append((claim.id, found[0], str(len({*load} - {ARTICLE}))))
        if found and {*found} <= unnamed:
            hidden |= {(claim.id, origin) for origin in found}
    ours, theirs = over(find_query("one-origin").text, graph)
    assert ours == theirs
    assert [(row[1], row[2], row[4]) for row in ours] == one
    ours, theirs = over(find_query("unnamed-only").text, graph)
    assert ours == theirs
    assert {(row[1], row[3]) for row in ours} == hidden


WORDS = ("the dam leaks", "geese flew over")
DAM = "Lee said that the dam leaks."
DIARY = "A clerk read to Lee from his diary that geese flew over."


def dam() -> SourceGraph:
    """Return what Lee says of himself, and what he has from a diary that a clerk read."""
    text = f"{DAM} {DIARY}"
    said, read = Span(0, len(DAM)), Span(len(DAM) + 1, len(text))
    contents = [
        Span(text.index(w), text.index(w) + len(w)) for w in ("the dam leaks", "geese flew over")
    ]
    place = Span(text.index("diary"), text.index("diary") + 5)
    claims = [
        make_claim(id, text=text[at.start : at.end], content=(at,), sources=("lee",))
        for id, at in zip(("dam", "geese"), contents, strict=True)
    ]
    return SourceGraph(
        article=make_article(text),
        sources=(
            make_source("clerk", type=SourceType.UNNAMED),
            make_source("diary", mentions=(place,), aliases=("diary",)),
            make_source("lee", type=SourceType.PERSON),
        ),
        flows=(
            make_flow("clerk", "diary", kind=FlowKind.REPORTED_BY, evidence=(read,), cues=()),
            make_flow("diary", "lee", evidence=(read,), cues=()),
            make_flow("lee", ARTICLE, kind=FlowKind.REPORTED_BY, evidence=(said,), cues=()),
        ),
        claims=tuple(claims),
        attributions=tuple(
            make_attribution(
                source=(),
                cue=(),
                speakers=(),
                content=(at,),
                sentence=sentence,
                basis=basis,
                source_ids=("lee",),
            )
            for at, sentence, basis in zip(contents, (said, read), ((), (place,)), strict=True)
        ),
        run=make_run(),
    )


def test_a_claim_has_no_origin_of_what_else_its_speaker_says() -> None:
    ours, theirs = over(find_query("one-origin").text, dam())
    assert ours == theirs
    assert [row[1:] for row in ours] == [
        ("the dam leaks", "lee", "person", "1"),
        ("geese flew over", "diary", "document", "2"),
    ]
    ours, theirs = over(find_query("unnamed-only").text, dam())
    assert ours == theirs == []


@settings(max_examples=60, deadline=None)
@given(graph=tellings())
def test_a_chain_begins_where_nothing_leads_into_what_carries_its_load(graph: SourceGraph) -> None:
    loads = [load for load in loads_of(graph).values() if load.has_node(ARTICLE)]
    paths = {
        tuple(path)
        for load in loads
        for origin in origins_of(load)
        for path in nx.all_simple_paths(load, origin, ARTICLE)
    }
    named = ([*path[:-1], "this article"] for path in paths)
    expected = sorted((p[0], len(p) - 1, " > ".join(p)) for p in named)
    ours = solved(find_query("chains").text, write_graphs([graph], "ntriples"))
    assert [row[1:] for row in ours] == [(str(hops), chain) for _, hops, chain in expected]


def test_who_tells_something_else_back_begins_nothing_that_he_had() -> None:
    """Ben told Ada of the dam, she the reader; that she told Ben of geese begins no dam."""
    one, other = Span(0, 20), Span(20, 40)
    graph = SourceGraph(
        article=make_article(),
        sources=tuple(make_source(id, type=SourceType.PERSON) for id in ("ada", "ben")),
        flows=tuple(
            make_flow(*ends, kind=FlowKind.REPORTED_BY, evidence=(span,), cues=())
            for *ends, span in (("ada", ARTICLE, one), ("ada", "ben", other), ("ben", "ada", one))
        ),
        run=make_run(),
    )
    ours, theirs = over(find_query("chains").text, graph)
    assert ours == theirs
    assert [row[1:] for row in ours] == [("2", "ben > ada > this article")]


@settings(max_examples=15, deadline=None)
@given(graph=networks())
def test_hops_are_those_of_the_network(graph: SourceGraph) -> None:
    network = network_of(graph)
    hops, theirs = over(find_query("hops").text, graph)
    assert hops == theirs
    reached = nx.ancestors(network, ARTICLE) | {ARTICLE}
    edges = {(a, b.replace(ARTICLE, "this article")) for a, b in network.edges if b in reached}
    assert {(row[1], row[2]) for row in hops} == edges
    assert len(hops) == len(edges)


@settings(max_examples=15, deadline=None)
@given(graph=networks())
def test_who_repeats_what_was_denied_is_downstream_of_it(graph: SourceGraph) -> None:
    network = network_of(graph)
    expected = set()
    for denial in graph.disputes:
        if denial.certainty is not Certainty.DENIED:
            after = nx.descendants(network, denial.target) - {denial.source, denial.target}
            expected |= {(denial.target, denial.source, one) for one in after or {""}}
    names = {ARTICLE: "this article"}
    wanted = sorted(tuple(names.get(part, part) for part in row) for row in expected)
    ours, theirs = over(find_query("denied").text, graph)
    assert ours == theirs
    assert sorted((row[1], row[2], row[5]) for row in ours) == wanted


def test_a_chain_that_is_too_long_is_said_to_be_there() -> None:
    ids = [f"s{number}" for number in range(11)]
    flows = [make_flow(a, b) for a, b in zip(ids, [*ids[1:], ARTICLE], strict=True)]
    long = SourceGraph(
        article=make_article(),
        sources=tuple(map(make_source, ids)),
        flows=tuple(flows),
        run=make_run(),
    )
    text = find_query("chains").text
    ours, theirs = over(text, long)
    assert [row[1:] for row in ours] == [("9", "s2 > ... > this article")]  # eleven hops
    assert ours == theirs
    ours, theirs = over(bind(find_query("chains"), [("from", "s2")]), long)
    assert [row[1:] for row in ours] == [("9", "s2 > ... > this article")]
    assert ours == theirs


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=graphs(xml=True))
def test_any_graph_is_answered_alike(graph: SourceGraph) -> None:
    for query in queries():
        ours, theirs = over(query.text, graph)
        assert ours == theirs, query.name


# ------------------------------------------------------------------ where, and how it is refused


def test_prefixes_of_ours_need_not_be_declared() -> None:
    assert values("SELECT (COUNT(*) AS ?n) { ?x a sp:Article ; schema:headline ?h }", BUILT)
    redeclared = "PREFIX sp: <urn:other:> SELECT ?x { ?x a sp:Article }"
    assert values(redeclared, BUILT) == []


def test_several_files_count_as_one_and_graphs_can_still_be_named(tmp_path: Path) -> None:
    (tmp_path / "ferries.trig").write_bytes(write_graphs([make_graph()], "trig"))
    both = (BUILT, tmp_path / "ferries.trig")
    assert values("SELECT (COUNT(?x) AS ?n) { ?x a sp:Article }", *both) == [("2",)]
    assert values("SELECT (COUNT(?g) AS ?n) { GRAPH ?g { ?x a sp:Article } }", *both) == [("1",)]


def test_a_store_is_read_and_never_written(tmp_path: Path) -> None:
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.bulk_load(write_graphs([make_graph()], "nquads"), pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    count = "SELECT (COUNT(?x) AS ?n) { ?x a sp:Article }"
    assert values(count, tmp_path / "store") == [("1",)]  # while somebody else has it open
    assert values(count, tmp_path / "store", BUILT) == [("2",)]
    assert values(count, tmp_path / "store") == [("1",)]


def test_a_folder_that_is_no_store_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no Oxigraph store"):
        answer("ASK {}", [str(tmp_path)])
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_takes_too_long_is_not_waited_for() -> None:
    every = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6))
    with pytest.raises(RecordError, match=r"longer than 0\.1 s, --timeout"):
        answer(f"SELECT (COUNT(*) AS ?n) {{ {every} }}", [str(BUILT)], timeout=0.1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("SELECT ?x {", "cannot run the query: error at"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "only SELECT and ASK"),
        ("DELETE WHERE { ?s ?p ?o }", "cannot run the query"),
        ("SELECT * { ?x unknown:y ?z }", "cannot run the query"),
        ("SELECT * { ?x ?y ?z FILTER(<https://example.org/f>(?z)) }", "custom function"),
    ],
)
def test_what_is_no_question_is_refused(text: str, why: str) -> None:
    with pytest.raises(RecordError, match=why):
        answer(text, [str(BUILT)])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { #\nSERVICE<http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { BIND ('#' AS ?a) SERVICE ?x { ?s ?p ?o } BIND ('#' AS ?b) }",
        "ASK { {}SERVICE <http://127.0.0.1:{port}/> {} }",
        "PREFIX x: <http://127.0.0.1:{port}/> ASK { SERVICE x:y {} }",
    ],
)
def test_no_other_machine_is_asked(text: str, endpoint: "Endpoint") -> None:
    with pytest.raises(RecordError, match=r"cannot run the query: .*(SERVICE asks|service name)"):
        answer(text.replace("{port}", str(endpoint.port)), [str(BUILT)])
    assert endpoint.asked == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PREFIX sp: <urn:> SELECT ?service { ?service a sp:Service }", []),
        ("SELECT * { BIND ('SERVICE' AS ?x) } # SERVICE", [("SERVICE",)]),
        ('SELECT * { ?x <urn:SERVICE> """ " SERVICE \\""" """ }', []),
    ],
)
def test_the_word_alone_does_no_harm(text: str, expected: list[tuple[str]]) -> None:
    assert values(text, BUILT) == expected


class Endpoint:
    """A server on this machine that answers as it is told."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.status, self.body, self.place = 200, b'{"head":{},"boolean":true}', ""
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                told.asked.append(parse_qs(self.rfile.read(length).decode()))
                self.send_response(told.status)
                if told.place:
                    self.send_header("Location", told.place)
                self.end_headers()
                self.wfile.write(told.body)

            do_GET = do_POST

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.address = f"http://127.0.0.1:{self.port}/sparql"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_an_endpoint_gets_the_query_with_its_prefixes(endpoint: Endpoint) -> None:
    assert answer("PREFIX sp: <urn:mine:>\nASK { ?x a sp:A }", [endpoint.address])
    (form,) = endpoint.asked
    assert form["union-default-graph"] == ["true"]
    (query,) = form["query"]
    assert query.endswith(" PREFIX sp: <urn:mine:>\nASK { ?x a sp:A }")
    assert query.count("PREFIX sp:") == 1
    assert "PREFIX prov: <http://www.w3.org/ns/prov#>" in query
    assert query.count("\n") == 1


def test_what_an_endpoint_refuses_is_told_in_one_line(endpoint: Endpoint) -> None:
    endpoint.status, endpoint.body = 400, b"Virtuoso 37000\n  Error SP030: syntax error"
    with pytest.raises(StoreError, match=r"answers 400 Virtuoso 37000 Error SP030: syntax error$"):
        answer("ASK {}", [endpoint.address])
    endpoint.status, endpoint.body = 200, b"<html>Welcome</html>"
    with pytest.raises(StoreError, match="no result of SELECT or ASK"):
        answer("ASK {}", [endpoint.address])


def test_a_redirect_is_told_and_not_followed(endpoint: Endpoint) -> None:
    endpoint.status, endpoint.place = 302, f"http://localhost:{endpoint.port}/elsewhere"
    with pytest.raises(StoreError, match="answers 302 and has moved to http://localhost"):
        answer("ASK {}", [endpoint.address])
    assert len(endpoint.asked) == 1


def test_no_endpoint_no_answer(endpoint: Endpoint) -> None:
    with pytest.raises(StoreError, match="query each by itself"):
        answer("ASK {}", [endpoint.address, str(BUILT)])
    with pytest.raises(StoreError, match="holds a password"):
        answer("ASK {}", ["http://me:secret@localhost/sparql"])
    with pytest.raises(
        StoreError, match=r"cannot query http://127\.0\.0\.1:1/: connection refused"
    ):
        answer("ASK {}", ["http://127.0.0.1:1/"])
    assert endpoint.asked == []


# ------------------------------------------------------------------ the command


def test_the_command_prints_tables_under_the_article(prov: Prov) -> None:
    lines = prov("query", "chains", BUILT, "--set", "from=Blinken").stdout.splitlines()
    assert (
        lines[0] == "Leaked Pentagon papers say Russian spies heard of a Chinese plan to arm Moscow"
    )
    assert lines[2].split() == ["hops", "chain"]
    assert lines[4].split(maxsplit=1)[1].startswith("Antony Blinken > interview")
    assert lines[-1] == "1 row"
    assert prov("query", "-", BUILT, input="ASK { ?x a sp:Article }").stdout == "yes\n"


def test_the_command_writes_the_formats_of_the_w3c(prov: Prov) -> None:
    text = "SELECT ?x ?y { VALUES (?x ?y) { ('a,\"b' 1) (<urn:c> UNDEF) } }"
    Path("mine.rq").write_text(text)
    assert prov("query", "mine.rq", BUILT, "--to", "csv").stdout_bytes == (
        b'x,y\r\n"a,""b",1\r\nurn:c,\r\n'
    )
    assert prov("query", "mine.rq", BUILT, "--to", "tsv").stdout_bytes == (
        b'?x\t?y\n"a,\\"b"\t1\n<urn:c>\t\n'
    )
    made = json.loads(prov("query", "mine.rq", BUILT, "--to", "json").stdout)
    assert made["head"]["vars"] == ["x", "y"]
    assert made["results"]["bindings"][1] == {"x": {"type": "uri", "value": "urn:c"}}
    assert json.loads(prov("query", "-", BUILT, "--to", "json", input="ASK {}").stdout)["boolean"]


def test_no_cell_of_csv_is_calculated(prov: Prov) -> None:
    cells = ("=1+1", "@SUM(A1)", "\t=1", "\uff1d1+1", "+1-1", "-x", "-5", "+1.5e3", "plain", "")
    values = " ".join(f"({n} {json.dumps(cell)})" for n, cell in enumerate(cells))
    text = (
        f"SELECT ?n ?x ?y {{ VALUES (?n ?x) {{ {values} }} OPTIONAL {{ ?x ?p ?y }} }} ORDER BY ?n"
    )
    data = prov("query", "-", BUILT, "--to", "csv", input=text).stdout_bytes
    found = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert found[0] == ["n", "x", "y"]
    held = [f"'{cell}" for cell in cells[:6]] + list(cells[6:])
    assert [row[1] for row in found[1:]] == held
    assert {row[2] for row in found[1:]} == {""}
    assert data.endswith(b"\r\n")
    iri = "SELECT (<urn:a> AS ?x) (BNODE() AS ?y) ('a\"b,c' AS ?z) {}"
    (_, row) = csv.reader(prov("query", "-", BUILT, "--to", "csv", input=iri).stdout.splitlines())
    assert (row[0], row[1][:2], row[2]) == ("urn:a", "_:", 'a"b,c')
    assert prov("query", "-", BUILT, "--to", "csv", input="ASK {}").stdout.strip() == "true"


def test_the_list_has_every_question(prov: Prov) -> None:
    listed = prov("query", "--list").stdout
    for query in queries():
        assert f"{query.name}\n  {query.question}\n" in listed
        assert all(f"--set {one.name}=" in listed for one in query.parameters)


def test_a_hostile_name_cannot_harm_the_terminal(prov: Prov) -> None:
    told = prov("query", "-", BUILT, input="SELECT ('\\u001b[31m red [bold]' AS ?x) {}").stdout
    assert "\x1b" not in told
    assert "[31m red [bold]" in told


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["chains"], 2, "Missing argument 'DATA...'"),
        (["-", "-"], 2, "cannot both be standard input"),
        (["chains", "x.ttl", "--set", "from"], 2, "'from' is not NAME=VALUE"),
        (["chains", "x.ttl", "--set", "=x"], 2, "is not NAME=VALUE"),
        (["chains", "x.ttl"], 1, "prov: cannot read x.ttl: no such file"),
        (["mine.rq", "x.ttl"], 1, "prov: cannot read mine.rq: no such file"),
        (["nonesuch", "x.ttl"], 1, "prov: no such query: 'nonesuch'"),
        (["chains", BUILT, "--set", "x=1"], 1, "prov: cannot set 'x' in the query"),
    ],
)
def test_wrong_usage_is_told(prov: Prov, arguments: list[str], status: int, why: str) -> None:
    result = prov("query", *arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert why in result.stderr
