"""No constraint of PROV is broken by what we write, and a checker of its own finds planted ones."""

from pathlib import Path

import pytest
import rdflib

import provenance
from provenance import vocab
from provenance.model import ARTICLE, SourceGraph
from provenance.rdf import read_graphs, write_graphs
from tests.helpers.factories import (
    make_ferries_article,
    make_flow,
    make_graph,
    make_run,
    make_source,
)
from tests.helpers.gold_graphs import NAMES, gold_graph
from tests.helpers.places import ROOT, SHARED
from tests.helpers.prov_constraints import named, violations

BUILT = sorted((ROOT / "examples" / "built").glob("*.ttl"))
GOLD = sorted((SHARED / "gold").glob("*.txt"))

# For each constraint something that keeps it, and something that breaks it.
CASES = {
    "23 key-properties": (
        ":a prov:qualifiedAttribution :n . :n prov:agent :x .",
        ":a prov:qualifiedAttribution :n . :b prov:qualifiedAttribution :n . :n prov:agent :x .",
    ),
    "24 unique-generation": (
        ":e prov:qualifiedGeneration [ prov:activity :a ; prov:atTime 1 ] , [ prov:activity :b ; "
        "prov:atTime 2 ] .",
        ":e prov:qualifiedGeneration [ prov:activity :a ; prov:atTime 1 ] , [ prov:activity :a ; "
        "prov:atTime 2 ] .",
    ),
    "25 unique-invalidation": (
        ":e prov:qualifiedInvalidation [ prov:activity :a ; prov:atTime 1 ] .",
        ":e prov:qualifiedInvalidation [ prov:activity :a ; prov:atTime 1 ] , [ prov:activity :a ;"
        " prov:atTime 2 ] .",
    ),
    "28 unique-startTime": (
        ":a a prov:Activity ; prov:startedAtTime 1 .",
        ":a a prov:Activity ; prov:startedAtTime 1 , 2 .",
    ),
    "29 unique-endTime": (
        ":a a prov:Activity ; prov:endedAtTime 1 .",
        ":a a prov:Activity ; prov:endedAtTime 1 , 2 .",
    ),
    "30 start-precedes-end": (
        ":a a prov:Activity ; prov:startedAtTime 1 ; prov:endedAtTime 2 .",
        ":a a prov:Activity ; prov:startedAtTime 2 ; prov:endedAtTime 1 .",
    ),
    "33 usage-within-activity": (
        ":a prov:startedAtTime 1 ; prov:qualifiedUsage [ prov:entity :e ; prov:atTime 2 ] .",
        ":a prov:startedAtTime 2 ; prov:qualifiedUsage [ prov:entity :e ; prov:atTime 1 ] .",
    ),
    "34 generation-within-activity": (
        ":a prov:endedAtTime 2 ; prov:generated :e . :e prov:generatedAtTime 1 .",
        ":a prov:endedAtTime 1 ; prov:generated :e . :e prov:generatedAtTime 2 .",
    ),
    "35 wasInformedBy-ordering": (
        ":b prov:wasInformedBy :a ; prov:endedAtTime 2 . :a prov:startedAtTime 1 .",
        ":b prov:wasInformedBy :a ; prov:endedAtTime 1 . :a prov:startedAtTime 2 .",
    ),
    "36 generation-precedes-invalidation": (
        ":e a prov:Entity ; prov:generatedAtTime 1 ; prov:invalidatedAtTime 2 .",
        ":e a prov:Entity ; prov:generatedAtTime 2 ; prov:invalidatedAtTime 1 .",
    ),
    "37 generation-precedes-usage": (
        ":a prov:qualifiedUsage [ prov:entity :e ; prov:atTime 2 ] . :e prov:generatedAtTime 1 .",
        ":a prov:qualifiedUsage [ prov:entity :e ; prov:atTime 1 ] . :e prov:generatedAtTime 2 .",
    ),
    "38 usage-precedes-invalidation": (
        ":a prov:qualifiedUsage [ prov:entity :e ; prov:atTime 1 ] . :e prov:invalidatedAtTime 2 .",
        ":a prov:qualifiedUsage [ prov:entity :e ; prov:atTime 2 ] . :e prov:invalidatedAtTime 1 .",
    ),
    "41 derivation-usage-generation-ordering": (
        ":b prov:qualifiedDerivation [ prov:entity :a ; prov:hadActivity :x ; prov:hadUsage :u ] ."
        " :x prov:qualifiedUsage :u . :u prov:entity :a ; prov:atTime 1 ."
        " :b prov:generatedAtTime 2 .",
        ":b prov:qualifiedDerivation [ prov:entity :a ; prov:hadActivity :x ; prov:hadUsage :u ] ."
        " :x prov:qualifiedUsage :u . :u prov:entity :a ; prov:atTime 2 ."
        " :b prov:generatedAtTime 1 .",
    ),
    "42 derivation-generation-generation-ordering": (
        ":c prov:wasDerivedFrom :b . :b prov:wasQuotedFrom :a .",
        ":c prov:wasDerivedFrom :b . :b prov:wasQuotedFrom :a . :a prov:wasRevisionOf :c .",
    ),
    "43 wasStartedBy-ordering": (
        ":a prov:wasStartedBy :e ; prov:startedAtTime 2 . :e prov:generatedAtTime 1 .",
        ":a prov:wasStartedBy :e ; prov:startedAtTime 1 . :e prov:generatedAtTime 2 .",
    ),
    "44 wasEndedBy-ordering": (
        ":a prov:wasEndedBy :e ; prov:endedAtTime 2 . :e prov:generatedAtTime 1 .",
        ":a prov:wasEndedBy :e ; prov:endedAtTime 1 . :e prov:generatedAtTime 2 .",
    ),
    "45 specialization-generation-ordering": (
        ":b prov:specializationOf :a ; prov:generatedAtTime 2 . :a prov:generatedAtTime 1 .",
        ":b prov:specializationOf :a ; prov:generatedAtTime 1 . :a prov:generatedAtTime 2 .",
    ),
    "46 specialization-invalidation-ordering": (
        ":b prov:specializationOf :a ; prov:invalidatedAtTime 1 . :a prov:invalidatedAtTime 2 .",
        ":b prov:specializationOf :a ; prov:invalidatedAtTime 2 . :a prov:invalidatedAtTime 1 .",
    ),
    "47 wasAssociatedWith-ordering": (
        ":a prov:wasAssociatedWith :g ; prov:endedAtTime 2 ."
        " :g a prov:Entity ; prov:generatedAtTime 1 .",
        ":a prov:wasAssociatedWith :g ; prov:endedAtTime 1 ."
        " :g a prov:Entity ; prov:generatedAtTime 2 .",
    ),
    "48 wasAttributedTo-ordering": (
        ":e prov:wasAttributedTo :g ; prov:generatedAtTime 2 ."
        " :g a prov:Entity ; prov:generatedAtTime 1 .",
        ":e prov:wasAttributedTo :g ; prov:generatedAtTime 1 ."
        " :g a prov:Entity ; prov:generatedAtTime 2 .",
    ),
    "49 actedOnBehalfOf-ordering": (
        ":g prov:actedOnBehalfOf :h . :g a prov:Entity ; prov:invalidatedAtTime 2 ."
        " :h a prov:Entity ; prov:generatedAtTime 1 .",
        ":g prov:actedOnBehalfOf :h . :g a prov:Entity ; prov:invalidatedAtTime 1 ."
        " :h a prov:Entity ; prov:generatedAtTime 2 .",
    ),
    "51 impossible-unspecified-derivation-generation-use": (
        ":b prov:qualifiedDerivation [ prov:entity :a ] .",
        ":b prov:qualifiedDerivation [ prov:entity :a ; prov:hadUsage :u ] .",
    ),
    "52 impossible-specialization-reflexive": (
        ":c prov:specializationOf :b . :b prov:specializationOf :a .",
        ":c prov:specializationOf :b . :b prov:specializationOf :c .",
    ),
    "53 impossible-property-overlap": (
        ":e prov:qualifiedAttribution :n ; prov:qualifiedInfluence :n . :n prov:agent :g .",
        ":e prov:qualifiedAttribution :n ; prov:qualifiedDerivation :n . :n prov:agent :g .",
    ),
    "54 impossible-object-property-overlap": (
        ":e prov:qualifiedAttribution :n . :n prov:agent :g .",
        ":e prov:qualifiedAttribution :n . :n a prov:Entity ; prov:agent :g .",
    ),
    "55 entity-activity-disjoint": (
        ":e a prov:Entity , prov:Agent .",
        ":e a prov:Entity , prov:Activity .",
    ),
    "55 entity-activity-disjoint, by typing (50)": (
        ":a prov:used :e . :e prov:wasGeneratedBy :b .",
        ":a prov:used :e . :a prov:wasGeneratedBy :b .",
    ),
    "56 membership-empty-collection": (
        ":c a prov:Collection ; prov:hadMember :e .",
        ":c a prov:EmptyCollection ; prov:hadMember :e .",
    ),
}


@pytest.mark.parametrize("constraint", list(CASES))
def test_the_checker_tells_what_keeps_a_constraint_from_what_breaks_it(constraint: str) -> None:
    kept, broken = CASES[constraint]
    assert violations(named(kept)) == []
    found = violations(named(broken))
    assert int(constraint.split(" ", 1)[0]) in {number for number, _ in found}, found


@pytest.mark.parametrize("path", BUILT, ids=lambda p: p.stem)
def test_built_examples_break_none(path: Path) -> None:
    assert violations(rdflib.Graph().parse(path, format="turtle")) == []


@pytest.mark.parametrize("name", NAMES)
def test_annotated_examples_break_none(name: str) -> None:
    data = write_graphs([gold_graph(name)], "turtle")
    assert violations(rdflib.Graph().parse(data=data, format="turtle")) == []


@pytest.mark.skipif(not GOLD, reason="../shared/gold is not here")
@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem[:24])
def test_graphs_of_real_articles_break_none(path: Path) -> None:
    data = provenance.build(path).to("ntriples")
    assert violations(rdflib.Graph().parse(data=data, format="nt")) == []


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_ring_that_an_article_tells_is_no_ring_in_prov(size: int) -> None:
    ids = [f"paper-{number}" for number in range(size)]
    pairs = [*zip(ids, [*ids[1:], ids[0]], strict=True), ("origin", ids[0]), (ids[0], ARTICLE)]
    flows = tuple(make_flow(source, target) for source, target in pairs)
    sources = tuple(make_source(id) for id in [*ids, "origin"])
    whole = SourceGraph(
        article=make_ferries_article(), sources=sources, flows=flows, run=make_run()
    )
    data = write_graphs([whole], "turtle")
    graph = rdflib.Graph().parse(data=data, format="turtle")
    assert violations(graph) == []
    assert len(list(graph.subject_objects(rdflib.PROV.wasDerivedFrom))) == 2
    assert len(list(graph.subject_objects(rdflib.URIRef(vocab.term("hadFrom"))))) == size + 2
    assert {flow.source for flow in read_graphs(data)[0].flows} == {*ids, "origin"}


IRI = vocab.article_iri(make_graph().article.digest)


@pytest.mark.parametrize(
    ("number", "turtle"),
    [
        (42, ":source-recording prov:wasDerivedFrom :source-memo ."),
        (55, ":run prov:wasGeneratedBy :event-posting-1 ."),
        (55, "<> a prov:Activity ."),
        (23, ":graph prov:qualifiedDerivation {flow} ."),
        (54, "{flow} a prov:Entity ."),
        (53, "<> prov:qualifiedGeneration {flow} ."),
        (
            37,
            ":x prov:qualifiedUsage [ prov:entity :graph ; prov:atTime 1 ] ."
            " :graph prov:generatedAtTime 2 .",
        ),
    ],
)
def test_what_is_planted_into_a_graph_of_ours_is_found(number: int, turtle: str) -> None:
    graph = rdflib.Graph().parse(data=write_graphs([make_graph()], "turtle"), format="turtle")
    assert violations(graph) == []
    flow = next(graph.objects(None, rdflib.PROV.qualifiedDerivation))
    text = turtle.replace("{flow}", f"<{flow}>")
    head = f"@base <{IRI}> . @prefix : <{IRI}#> . @prefix prov: <{rdflib.PROV}> .\n"
    graph.parse(data=head + text, format="turtle")
    assert number in {found for found, _ in violations(graph)}
