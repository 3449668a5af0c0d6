"""Lean graphs: what is left without evidence, and that nothing takes them for whole."""

import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from provenance import vocab
from provenance.errors import RecordError
from provenance.model import Participant, SourceGraph
from provenance.pipeline import export
from provenance.rdf import FORMATS, parse_rdflib, read_graphs, to_rdflib, write_graphs
from provenance.rdf.conformance import check
from tests.conftest import Prov
from tests.helpers.factories import (
    at,
    make_article,
    make_event,
    make_events,
    make_ferries_article,
    make_graph,
    make_run,
)
from tests.helpers.places import ROOT

SP = rdflib.Namespace(vocab.SP)
OA = rdflib.Namespace(vocab.PREFIXES["oa"])
EXAMPLES = sorted((ROOT / "examples" / "built").glob("*.ttl"))


def lean(graph: SourceGraph | None = None, format: str = "turtle", text: bool = True) -> bytes:
    return write_graphs([graph or make_graph()], format, text=text, lean=True)


@pytest.mark.parametrize("text", [True, False])
def test_a_lean_graph_conforms(text: bool) -> None:
    assert check(lean(text=text), article=make_ferries_article()) == ()


@pytest.mark.parametrize("format", [f.name for f in FORMATS])
def test_a_lean_graph_is_the_same_in_every_format(format: str) -> None:
    assert set(parse_rdflib(lean(format=format))) == set(parse_rdflib(lean(format="ntriples")))


def test_each_hop_dispute_and_event_has_its_sentences_and_nothing_has_a_place() -> None:
    graph, found = make_graph(), parse_rdflib(lean())
    text = graph.article.text
    wanted = {
        (kind, text[span.start : span.end])
        for kind, records in (("Flow", graph.flows), ("Dispute", graph.disputes))
        for record in records
        for span in record.evidence
    }
    wanted |= {("CustodyEvent", text[e.sentence.start : e.sentence.end]) for e in graph.events}
    kinds = ("Flow", "Dispute", "CustodyEvent")
    assert wanted == {
        (kind, str(quote))
        for kind in kinds
        for node in found.subjects(rdflib.RDF.type, SP[kind])
        for quote in found.objects(node, SP.quote)
    }
    assert not [t for t in found if any(str(OA) in str(term) for term in t)]
    described = set(found.subjects()) | {rdflib.URIRef(vocab.ONTOLOGY)}
    start = f"{vocab.article_iri(graph.article.digest)}#"
    own = {node for node in found.objects() if str(node).startswith(start)}
    assert own, "it has nodes of its own"
    assert own <= described, "nothing leads into nothing"


def test_what_is_not_evidence_stays_as_it_was() -> None:
    whole, found = to_rdflib(make_graph()), parse_rdflib(lean())
    gone = {s for s in whole.subjects() if "#attribution-" in str(s)}
    gone |= {part for _, part in whole.subject_objects(SP.speaker)}
    terms = ("hadFrom", "reportedBy", "source", "target", "certainty", "disputedBy", "eventKind")
    for name in terms:
        kept = {*whole.subjects(SP[name])} - gone
        assert kept, name
        assert {(s, o) for s, o in whole[: SP[name]] if s in kept} == set(found[: SP[name]]), name


def test_who_is_known_by_words_alone_keeps_them() -> None:
    words = at("the Telegram channel «Порт Онлайн»")
    event = make_event()
    unknown = Participant(event.participants[0].role, words, "")
    graph = make_graph(events=(*make_events(), make_event(id="x", participants=(unknown,))))
    found = parse_rdflib(lean(graph))
    (part,) = [
        s
        for s in found.subjects(SP.role)
        if not found.value(s, SP.source) and "Порт" in str(found.value(s, SP.quote))
    ]
    assert str(found.value(part, SP.quote)) == make_ferries_article().text[words.start : words.end]


def test_an_article_whose_name_begins_like_a_node_stays() -> None:
    base = "link-to:x"
    data = write_graphs([make_graph()], "turtle", base_iri=base, lean=True)
    article = rdflib.URIRef(vocab.article_iri(make_graph().article.digest, base))
    assert (article, rdflib.RDF.type, SP.Article) in parse_rdflib(data)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_lean_graph_has_a_quarter_of_the_triples(path: Path) -> None:
    (graph,) = read_graphs(path.read_bytes())
    data = lean(graph)
    assert len(parse_rdflib(data)) < 0.3 * len(to_rdflib(graph))
    assert [f for f in check(data) if f.severity == "violation"] == []


def test_a_lean_graph_is_refused_by_whoever_needs_evidence(prov: Prov, ferries: Path) -> None:
    assert prov("build", ferries, "--lean", "-q").exit_code == 0
    assert b"oa:start" in Path("ferries.html").read_bytes(), "the page has its evidence"
    whole = Path("ferries.ttl").read_bytes()
    assert b"sp:quote" in whole
    assert b"oa:start" not in whole
    assert prov("check", "ferries.ttl", "--article", ferries).exit_code == 0
    for command in (
        ("trace", "ferries.ttl"),
        ("view", "ferries.ttl", "-o", "x.html"),
        ("export", "ferries.ttl", "--to", "trig"),
        ("bundle", "ferries.ttl", "-o", "x.zip"),
    ):
        said = prov(*command)
        assert said.exit_code == 1, command
        assert said.stderr.count("\n") == 1
        assert "is lean" in said.stderr


def test_a_query_for_evidence_says_that_a_lean_graph_lacks_it(prov: Prov) -> None:
    Path("lean.ttl").write_bytes(lean())
    Path("whole.ttl").write_bytes(write_graphs([make_graph()], "turtle"))
    for name in ("hops", "denied", "custody", "first-where", "chains", "only-through-others"):
        said = prov("query", name, "lean.ttl")
        assert said.exit_code == 0, name
        assert re.fullmatch(r"note: a lean graph has no (sp|oa):\w+, .*\n", said.stderr), name
        assert prov("query", name, "whole.ttl").stderr == ""
    for name in ("one-origin", "unnamed-only"):  # they ask where words stand for order's sake
        assert prov("query", name, "lean.ttl").stderr == ""


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("SELECT ?x { ?x sp:evidence ?y }", "sp:evidence"),
        ("SELECT ?x { ?x <https://w3id.org/source-provenance#cueSpan> ?y }", "sp:cueSpan"),
        ("PREFIX b: <http://www.w3.org/ns/oa#> SELECT ?x { ?x b:exact ?y }", "oa:exact"),
        ("SELECT ?x { ?x a sp:Flow ; ^oa:hasBody/oa:hasTarget+ ?y }", "oa:hasTarget"),
        ("ASK { ?x a sp:Claim FILTER NOT EXISTS { ?x sp:contentSpan ?y } }", "sp:contentSpan"),
        ("SELECT ?x { { SELECT ?x { ?x a sp:Attribution } } }", "sp:Attribution"),
        ("SELECT ?x { ?x a sp:Flow { ?x sp:score 1 } UNION { ?x sp:span ?y } }", "sp:span"),
        ("SELECT ?x { ?x a sp:Flow OPTIONAL { ?x sp:evidence/oa:hasTarget ?y } }", ""),
        ("SELECT ?x { ?x a sp:Flow ; sp:quote ?y FILTER(?y != 'sp:evidence') }", ""),
        ("SELECT ?x { ?x a sp:Source } # not of sp:mentionSpan", ""),
    ],
)
def test_what_a_query_needs_is_read_from_its_grammar(text: str, needed: str, prov: Prov) -> None:
    Path("lean.ttl").write_bytes(lean())
    Path("q.rq").write_text(text, "utf-8")
    said = prov("query", "q.rq", "lean.ttl")
    assert said.exit_code == 0
    wanted = f"note: a lean graph has no {needed}, which the query needs: ask the whole one\n"
    assert said.stderr == (wanted if needed else "")


def test_lean_is_for_files_of_rdf(prov: Prov, ferries: Path) -> None:
    assert prov("build", ferries, "--store", "s", "--lean").exit_code == 2
    assert prov("build", ferries, "-q").exit_code == 0
    for format in ("html", "json", "csv", "graphml", "provn"):
        said = prov("export", "ferries.ttl", "--to", format, "--lean")
        assert (said.exit_code, said.stdout) == (1, "")
        assert "only RDF" in said.stderr
    assert prov("export", "ferries.ttl", "--to", "nt", "--lean").stdout_bytes == export(
        read_graphs(Path("ferries.ttl").read_bytes()), "nt", lean=True
    )


# ------------------------------------------------------------------ forgeries


def faults(data: bytes) -> str:
    return "\n".join(f"{f.rule}: {f.message}" for f in check(data, article=make_ferries_article()))


def test_a_quote_that_is_not_in_the_article_is_found_with_and_without_the_text() -> None:
    for text in (True, False):
        data = lean(format="nt", text=text)
        forged = data.replace(b'quote> "', b'quote> "In truth, ', 1)
        assert forged != data
        assert "does not stand in ferries" in faults(forged)
        if text:
            assert "does not stand in the text in the graph" in faults(forged)


def test_no_whole_graph_hides_behind_lean() -> None:
    article = vocab.article_iri(make_ferries_article().digest)
    line = f"<{article}#graph> <{vocab.SP}lean> true .\n".encode()
    assert "whose graph is lean" in faults(write_graphs([make_graph()], "turtle") + line)
    other = SourceGraph(article=make_article("No news."), run=make_run())
    both = write_graphs([other], "nt") + lean(format="nt")
    assert "is whole, and another one here is lean" in faults(both)


def test_another_file_and_another_text_are_told() -> None:
    assert "is not the file that was read" in "\n".join(
        f.message for f in check(lean(), article=make_article("Other."))
    )
    changed = lean(format="nt").replace(b"three ferries had sailed", b"four ferries had sailed")
    assert "textDigest is another" in faults(changed)


def test_a_lean_graph_without_a_quote_of_its_hop_is_invalid() -> None:
    lines = lean(format="nt").splitlines(keepends=True)
    data = b"".join(one for one in lines if not (b"#flow-" in one and b"quote>" in one))
    assert "a flow must show its evidence" in faults(data)


def test_only_a_lean_graph_may_have_claims_without_a_place() -> None:
    data = lean(format="nt")
    lines = [one for one in data.splitlines(keepends=True) if b"#lean>" not in one]
    assert "where its words stand" in faults(b"".join(lines))


def test_a_query_finds_the_words_of_a_hop() -> None:
    store = pyoxigraph.Store()
    store.load(lean(), pyoxigraph.RdfFormat.TURTLE)
    query = f"SELECT ?q {{ ?f <{SP.source}> ?a ; <{SP.quote}> ?q }}"
    assert len(list(store.query(query))) >= len(make_graph().flows)  # type: ignore[arg-type]


def test_reading_says_why() -> None:
    with pytest.raises(RecordError, match="is lean: its evidence was left out"):
        read_graphs(lean())
