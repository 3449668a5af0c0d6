"""The ontology, its shapes and its context name exactly the terms that the code writes."""

import json
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from provenance import vocab
from provenance.corrections.loglines import parse_line
from provenance.model import (
    Applied,
    Capture,
    Certainty,
    ClaimRef,
    Credibility,
    EventKind,
    Membership,
    Reader,
    ReaderKind,
    Reliability,
    Reuse,
    SameClaim,
    SameSource,
    SharedQuotation,
    SourceGraph,
    SourceType,
    Span,
    Version,
)
from provenance.rdf import parse_rdflib, read_graphs, to_rdflib, write_graphs
from provenance.rdf.linking import write_links
from provenance.stores.embedded import Collection
from provenance.stores.ledger import LINKS
from provenance.stores.shelf import Shelf
from tests.helpers.factories import (
    make_article,
    make_attribution,
    make_claim,
    make_event,
    make_events,
    make_flow,
    make_graph,
    make_run,
    make_source,
)
from tests.helpers.places import ROOT
from tests.rdf.test_derivations import shown

SP = rdflib.Namespace(vocab.SP)
PROV = rdflib.Namespace(vocab.PREFIXES["prov"])


def load(name: str) -> rdflib.Graph:
    """Return a file of the ontology as rdflib reads it."""
    return rdflib.Graph().parse(data=vocab.ontology(name), format="turtle")


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return load("provenance.ttl")


def ours(names: Iterator[object]) -> set[str]:
    """Return the local names of those that are terms of ours."""
    iris = {str(name) for name in names if isinstance(name, rdflib.URIRef)}
    return {iri.removeprefix(vocab.SP) for iri in iris if iri.startswith(vocab.SP)}


def test_every_term_is_defined_and_every_definition_used(ontology: rdflib.Graph) -> None:
    assert ours(ontology.subjects()) == vocab.TERMS


def test_every_term_has_a_label_a_definition_and_an_example(ontology: rdflib.Graph) -> None:
    schemes = {name for name, _ in vocab.SCHEMES.values()} | {vocab.SOURCE_TYPES}
    grades = {
        vocab.concept(m).removeprefix(vocab.SP) for k in (Reliability, Credibility) for m in k
    }
    for term in vocab.TERMS:
        labels = [
            *ontology.objects(SP[term], RDFS.label),
            *ontology.objects(SP[term], SKOS.prefLabel),
        ]
        assert len(set(labels)) == 1, term
        definitions = [str(d) for d in ontology.objects(SP[term], SKOS.definition)]
        assert len(definitions) == 1, term
        assert definitions[0].endswith("."), term
        examples = list(ontology.objects(SP[term], SKOS.example))
        assert len(examples) == (0 if term in schemes | grades else 1), term


def test_terms_are_of_the_kind_that_the_code_takes_them_for(ontology: rdflib.Graph) -> None:
    assert ours(ontology.subjects(RDF.type, OWL.Class)) == set(vocab.CLASSES)
    assert ours(ontology.subjects(RDF.type, OWL.ObjectProperty)) == set(vocab.OBJECT_PROPERTIES)
    assert ours(ontology.subjects(RDF.type, OWL.DatatypeProperty)) == set(vocab.DATA_PROPERTIES)


def test_every_property_says_where_it_belongs(ontology: rdflib.Graph) -> None:
    schema = rdflib.Namespace(vocab.PREFIXES["schema"])
    for name in {*vocab.OBJECT_PROPERTIES, *vocab.DATA_PROPERTIES}:
        for kinds in ((RDFS.domain, schema.domainIncludes), (RDFS.range, schema.rangeIncludes)):
            assert any(set(ontology.objects(SP[name], kind)) for kind in kinds), (name, kinds)


def test_each_scheme_lists_its_concepts(ontology: rdflib.Graph) -> None:
    for scheme in {*(name for name, _ in vocab.SCHEMES.values()), vocab.SOURCE_TYPES}:
        concepts = set(ontology.subjects(SKOS.inScheme, SP[scheme]))
        assert concepts == set(ontology.objects(SP[scheme], SKOS.hasTopConcept)), scheme


@pytest.mark.parametrize("kind", list(vocab.SCHEMES))
def test_each_enumeration_is_a_scheme_with_its_notations(
    kind: type[StrEnum], ontology: rdflib.Graph
) -> None:
    scheme = SP[vocab.SCHEMES[kind][0]]
    assert (scheme, RDF.type, SKOS.ConceptScheme) in ontology
    concepts = set(ontology.subjects(SKOS.inScheme, scheme))
    assert {str(ontology.value(c, SKOS.notation)) for c in concepts} == {m.value for m in kind}
    for member in kind:
        iri = vocab.concept(member)
        assert str(ontology.value(rdflib.URIRef(iri), SKOS.notation)) == member.value
        assert vocab.member_of(iri) is member


def test_each_type_of_source_is_a_class_and_a_concept(ontology: rdflib.Graph) -> None:
    for type, name in vocab.SOURCE_CLASSES.items():
        assert str(ontology.value(SP[name], SKOS.notation)) == type.value
        assert (SP[name], SKOS.inScheme, SP[vocab.SOURCE_TYPES]) in ontology
        above = set(ontology.transitive_objects(SP[name], RDFS.subClassOf))
        assert SP.Source in above
        assert (PROV.Agent in above) == type.is_agent
        assert (PROV.Entity in above) == (not type.is_agent)


def test_no_dispute_is_below_an_influence(ontology: rdflib.Graph) -> None:
    for name in ("disputedBy", "doubtedBy", "confirmedBy", "by", "target"):
        above = set(ontology.transitive_objects(SP[name], RDFS.subPropertyOf))
        assert not any(str(p).startswith(str(PROV)) for p in above), name
    assert PROV.Influence not in set(ontology.transitive_objects(SP.Dispute, RDFS.subClassOf))


def test_every_flow_property_is_below_an_influence(ontology: rdflib.Graph) -> None:
    for name in ("hadFrom", "reportedBy", "derivedFrom", "toldBy", "drewOn", "takenFrom"):
        above = set(ontology.transitive_objects(SP[name], RDFS.subPropertyOf))
        assert PROV.wasInfluencedBy in above, name


def everything() -> rdflib.Graph:
    """Return graphs in which every term occurs that can be written about an article."""
    events = [replace(make_event(), id=kind.value, kind=kind) for kind in EventKind]
    line = '{"id": "c-1", "action": "grade", "who": "Ada", "when": "2024-05-06", "grade": "B"}'
    graded = Applied(correction=parse_line(line), about=("memo",))
    graph = make_graph(events=(*make_events(), *events), corrections=(graded,))
    capture = Capture(date="2024-05-03T10:00:00Z", digest="sha1:A", archive="a.warc", software="B")
    article = replace(graph.article, capture=capture, dated_by="file name")
    graph = replace(graph, article=article)
    flows = tuple(make_flow(certainty=certainty, denied_by=("llm",)) for certainty in Certainty)
    attributions = (make_attribution(source_ids=("",), route=(graph.article.paragraphs[0],)),)
    more = SourceGraph(
        article=make_article("Other."),
        sources=(make_source("memo"),),
        flows=(*flows, make_flow("nobody", "nowhere")),
        attributions=attributions,
        run=make_run(
            min_score=0.5,
            registry=("c" * 64, "b" * 64),
            reading="d" * 64,
            readers=(Reader(kind=ReaderKind.MODEL, name="parrot", prompt="e" * 64),),
            left_out=2,
        ),
    )
    return to_rdflib(graph) + to_rdflib(more)


def joined() -> bytes:
    """Return what joins two articles, and the ledger of a store, as N-Quads."""
    one, other = "a" * 64, "b" * 64
    passages = ((Span(0, 5), Span(7, 12)),)
    links = write_links(
        [Reuse(copy=one, original=other, passages=passages, share=0.5, reason="date")],
        [SharedQuotation(one=one, other=other, passages=passages)],
        [
            SameClaim(
                one=ClaimRef(digest=one, claim="c"),
                other=ClaimRef(digest=other, claim="d"),
                score=1,
            )
        ],
        [
            SameSource(
                key=("organization", "board"),
                name="Board",
                type=SourceType.ORGANIZATION,
                wikidata="Q1",
                members=(
                    Membership(digest=one, source="memo", score=0.9, reason="name"),
                    Membership(digest=other, source="paper", score=0.9, reason="story"),
                ),
            )
        ],
        [Version(newer=one, older=other, dated=dated) for dated in (True, False)],
        graph=LINKS.value,
    )
    collection = Collection(pyoxigraph.Store(), Path(), Shelf(Path(":memory:")))
    collection.add(vocab.article_iri(one), "a.txt", "settings", b"".join(links))
    return b"".join(collection.dump())


def test_the_code_writes_every_class_and_property() -> None:
    graph = everything() + parse_rdflib(joined(), "nquads")
    graph += parse_rdflib(write_graphs([make_graph()], "nt", lean=True), "nt")
    graph += to_rdflib(make_graph(claims=(make_claim(), make_claim("claim-9"))))
    written = ours(graph.predicates()) | ours(graph.objects(None, RDF.type))
    wanted = {*vocab.CLASSES, *vocab.OBJECT_PROPERTIES, *vocab.DATA_PROPERTIES}
    assert written == wanted


CLASSES = [
    "Entity",
    "Activity",
    "Agent",
    "Collection",
    "EmptyCollection",
    "Bundle",
    "Person",
    "SoftwareAgent",
    "Organization",
    "Location",
    "Influence",
    "EntityInfluence",
    "Usage",
    "Start",
    "End",
    "Derivation",
    "PrimarySource",
    "Quotation",
    "Revision",
    "ActivityInfluence",
    "Generation",
    "Communication",
    "Invalidation",
    "AgentInfluence",
    "Attribution",
    "Association",
    "Plan",
    "Delegation",
    "InstantaneousEvent",
    "Role",
]
PROPERTIES = [
    "wasGeneratedBy",
    "wasDerivedFrom",
    "wasAttributedTo",
    "startedAtTime",
    "used",
    "wasInformedBy",
    "endedAtTime",
    "wasAssociatedWith",
    "actedOnBehalfOf",
    "alternateOf",
    "specializationOf",
    "generatedAtTime",
    "hadPrimarySource",
    "value",
    "wasQuotedFrom",
    "wasRevisionOf",
    "invalidatedAtTime",
    "wasInvalidatedBy",
    "hadMember",
    "wasStartedBy",
    "wasEndedBy",
    "invalidated",
    "influenced",
    "atLocation",
    "generated",
    "wasInfluencedBy",
    "qualifiedInfluence",
    "qualifiedGeneration",
    "qualifiedDerivation",
    "qualifiedPrimarySource",
    "qualifiedQuotation",
    "qualifiedRevision",
    "qualifiedAttribution",
    "qualifiedInvalidation",
    "qualifiedStart",
    "qualifiedUsage",
    "qualifiedCommunication",
    "qualifiedAssociation",
    "qualifiedEnd",
    "qualifiedDelegation",
    "influencer",
    "entity",
    "hadUsage",
    "hadGeneration",
    "activity",
    "agent",
    "hadPlan",
    "hadActivity",
    "atTime",
    "hadRole",
]


def test_every_term_of_prov_has_its_row_and_the_row_is_true() -> None:
    """PROV-O has 30 classes and 50 properties."""
    assert (len(set(CLASSES)), len(set(PROPERTIES))) == (30, 50)
    page = (ROOT / "docs" / "conformance.md").read_text("utf-8")
    part = page[page.index("## PROV-O") : page.index("## PROV-CONSTRAINTS")]
    said: dict[str, str] = {}
    for row in part.splitlines():
        if row.startswith("| `prov:"):
            names, how, *_ = row.strip("| ").split(" | ")
            for name in names.split(", "):
                assert name not in said, f"{name} has two rows"
                said[name.strip("`").removeprefix("prov:")] = how
    assert set(said) == {*CLASSES, *PROPERTIES}
    graph = everything() + parse_rdflib(joined(), "nquads") + to_rdflib(shown())
    terms = {*graph.predicates(), *graph.objects(None, RDF.type)}
    written = {str(t).removeprefix(str(PROV)) for t in terms if str(t).startswith(str(PROV))}
    assert {name for name, how in said.items() if how != "no"} == written


def test_an_unknown_term_is_a_bug() -> None:
    with pytest.raises(KeyError):
        vocab.term("wasLeakedBy")


def test_every_class_has_a_shape_and_every_shape_a_message() -> None:
    shapes = load("shapes.ttl")
    targets = ours(shapes.objects(None, SH.targetClass))
    assert targets == set(vocab.CLASSES)
    named = ours(shapes.subjects(RDF.type, SH.NodeShape))
    assert ours(shapes.subjects()) == named, "shapes describe nothing but themselves"
    used = ours(shapes.objects(None, SH.path)) | ours(shapes.objects(None, SH["class"]))
    assert used <= vocab.TERMS
    for property in shapes.objects(None, SH.property):
        assert len(list(shapes.objects(property, SH.message))) == 1
    listed = {str(n).removeprefix(vocab.SP) for n in shapes.objects(None, RDF.first)}
    concepts = {vocab.concept(m).removeprefix(vocab.SP) for kind in vocab.SCHEMES for m in kind}
    speech_and_all = {n for n in listed if "-" in n and not n.startswith(("http", "n"))}
    assert speech_and_all == concepts, "every concept is allowed somewhere, and no other"


def test_the_context_has_every_term_and_prefix() -> None:
    context = json.loads(vocab.ontology("context.jsonld"))["@context"]
    assert {k: v for k, v in context.items() if k in vocab.PREFIXES} == vocab.PREFIXES
    for name in vocab.CLASSES:
        assert context[name] == f"sp:{name}"
    for name in vocab.OBJECT_PROPERTIES:
        assert context[name] == {"@id": f"sp:{name}", "@type": "@id"}
    for name in vocab.DATA_PROPERTIES:
        value = context[name]
        assert (value["@id"] if isinstance(value, dict) else value) == f"sp:{name}"


def test_json_ld_has_short_names_for_all_that_is_written() -> None:
    document = json.loads(write_graphs([make_graph()], "jsonld"))
    for node in document["@graph"][0]["@graph"]:
        assert not [key for key in node if ":" in key], node
        assert not [type for type in node["@type"] if type.startswith("http")], node
    assert document["@context"] == json.loads(vocab.ontology("context.jsonld"))["@context"]


def test_the_ontology_is_turtle_for_pyoxigraph_too() -> None:
    for name in ("provenance.ttl", "shapes.ttl"):
        turtle = pyoxigraph.RdfFormat.TURTLE
        read = list(pyoxigraph.parse(vocab.ontology(name), format=turtle))
        assert len(read) == len(load(name))


def test_reading_does_not_need_the_ontology() -> None:
    assert read_graphs(write_graphs([make_graph()], "jsonld"))[0] == make_graph()
