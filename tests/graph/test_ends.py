"""Two words for who stands where, and what becomes of graphs that have the old ones."""

import re
from pathlib import Path
from typing import Any

import pytest
import rdflib

from provenance import vocab
from provenance.errors import RecordError
from provenance.gathering.making import Settings
from provenance.rdf import read_graphs, to_rdflib, write_graphs
from provenance.rdf.conformance import check
from tests.conftest import Prov
from tests.helpers.factories import make_graph

SP = rdflib.Namespace(vocab.SP)
OLD = {
    SP["from"]: (SP.Flow, SP.source),
    SP.to: (SP.Flow, SP.target),
    SP.by: (SP.Dispute, SP.source),
    SP.ascribedTo: (SP.Claim, SP.source),
}


def written_before(*words: rdflib.URIRef) -> bytes:
    """Return our graph in Turtle with *words* as an earlier version had them, or with all."""
    graph = to_rdflib(make_graph())
    for word in words or OLD:
        kind, now = OLD[word]
        for node in graph.subjects(rdflib.RDF.type, kind):
            for end in list(graph.objects(node, now)):
                graph.remove((node, now, end))
                graph.add((node, word, end))
    return graph.serialize(format="turtle", encoding="utf-8")


def test_whatever_joins_sources_has_the_same_words_for_its_ends() -> None:
    graph = to_rdflib(make_graph())
    rows: Any = graph.query(
        "SELECT ?kind (SAMPLE(?a) AS ?source) (SAMPLE(?b) AS ?target) {"
        " VALUES ?kind { sp:Flow sp:Dispute sp:Claim sp:Participation }"
        " ?node a ?kind ; sp:source ?a OPTIONAL { ?node sp:target ?b } } GROUP BY ?kind"
    )
    found = {kind: (source is not None, target is not None) for kind, source, target in rows}
    both, one = (True, True), (True, False)
    assert found == {SP.Flow: both, SP.Dispute: both, SP.Claim: one, SP.Participation: one}
    ends = graph.query(
        "SELECT ?node { { ?node a sp:Flow } UNION { ?node a sp:Dispute }"
        " FILTER NOT EXISTS { ?node sp:source ?a ; sp:target ?b } }"
    )
    assert not list(ends)


def test_no_word_that_was_retired_is_a_term() -> None:
    assert {str(word) for word in OLD} == set(vocab.RETIRED)
    assert not {word.removeprefix(vocab.SP) for word in vocab.RETIRED} & vocab.TERMS
    for name in ("provenance.ttl", "shapes.ttl", "context.jsonld"):
        words = vocab.ontology(name).decode().replace("<", " ").replace('"', " ").split()
        assert not {f"sp:{word.removeprefix(vocab.SP)}" for word in vocab.RETIRED} & set(words)


@pytest.mark.parametrize("word", OLD)
def test_a_graph_in_any_of_the_old_words_is_refused(word: rdflib.URIRef) -> None:
    data = written_before(word)
    name = f"sp:{word.removeprefix(vocab.SP)} is sp:"
    with pytest.raises(RecordError, match=f"^cannot read a.ttl: an earlier version .*{name}"):
        read_graphs(data, name="a.ttl")
    with pytest.raises(RecordError, match=f"^cannot check a.ttl: an earlier version .*{name}"):
        check(data, name="a.ttl")


def test_the_old_words_are_told_in_one_line(prov: Prov) -> None:
    Path("old.ttl").write_bytes(written_before())
    for command in (
        ("trace", "old.ttl"),
        ("view", "old.ttl", "-o", "x.html"),
        ("export", "old.ttl", "--to", "trig"),
        ("check", "old.ttl"),
        ("bundle", "old.ttl", "-o", "x.zip"),
    ):
        said = prov(*command)
        assert said.exit_code == 1, command
        assert said.stderr.count("\n") == 1
        assert "an earlier version wrote it" in said.stderr
        assert "build it again" in said.stderr


def test_a_query_over_the_old_words_says_so_beside_its_answer(prov: Prov) -> None:
    Path("old.ttl").write_bytes(written_before())
    Path("new.ttl").write_bytes(write_graphs([make_graph()], "turtle"))
    Path("q.rq").write_text("SELECT ?a ?b { ?f sp:from ?a ; sp:to ?b }", "utf-8")
    said = prov("query", "q.rq", "old.ttl", "--to", "csv")
    assert said.exit_code == 0
    assert said.stdout.count("\n") > 1, "it asks of RDF as it stands"
    assert said.stderr.count("\n") == 1
    assert "note: part of the data: an earlier version wrote it" in said.stderr
    assert prov("query", "hops", "new.ttl").stderr == ""


@pytest.mark.parametrize("query", ["one-origin", "unnamed-only", "chains"])
def test_a_query_for_beginnings_over_a_graph_without_them_says_so(query: str, prov: Prov) -> None:
    whole = write_graphs([make_graph()], "ntriples").decode().splitlines(keepends=True)
    old = [
        row for row in whole if not {"#begins>", "#beginsWith>"} & set(re.findall("#\\w+>", row))
    ]
    assert len(old) < len(whole)
    Path("old.nt").write_text("".join(old), "utf-8")
    Path("new.nt").write_text("".join(whole), "utf-8")
    said = prov("query", query, "old.nt", "--to", "csv")
    assert said.exit_code == 0
    assert "note: part of the data: an earlier version wrote it: build it again" in said.stderr
    assert prov("query", query, "new.nt", "--to", "csv").stderr == ""
    assert prov("query", "gaps", "old.nt", "--to", "csv").stderr == ""


def test_a_store_builds_again_what_has_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(extractor="syntax")
    before = settings.digest()
    assert settings.digest() == before
    monkeypatch.setattr(vocab, "TERMS", vocab.TERMS - {"target"} | {"to"})
    assert settings.digest() != before
