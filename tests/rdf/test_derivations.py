"""Primary sources, versions and copies: derivations that PROV has narrower words for."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from provenance import vocab
from provenance.analysis.reuse import Addressed, versions
from provenance.gathering.joining import relink
from provenance.model import (
    ARTICLE,
    Certainty,
    EventKind,
    EventRole,
    FlowKind,
    Participant,
    SourceGraph,
    SourceType,
    Span,
    Version,
)
from provenance.rdf import load_store, read_graphs, select, write_graphs
from provenance.rdf.conformance import check
from provenance.rdf.witness import first_hand
from provenance.stores.embedded import Collection
from provenance.stores.ledger import LINKS
from provenance.stores.shelf import Shelf
from tests.helpers.factories import (
    make_article,
    make_event,
    make_ferries_article,
    make_flow,
    make_graph,
    make_run,
    make_source,
)
from tests.helpers.generated_stories import report

WHERE = Span(0, 3)
PAPER = make_source("memo", name="internal memo")
OUTLET = make_source(
    "ledger", name="Harbour Ledger", type=SourceType.NEWS_OUTLET, aliases=("the Ledger",)
)


def shown(
    *,
    kind: EventKind = EventKind.TRANSFER,
    role: EventRole = EventRole.RECIPIENT,
    who: str = "ledger",
    certainty: Certainty = Certainty.ASSERTED,
    flow: Certainty = Certainty.ASSERTED,
    to: str = ARTICLE,
    type: SourceType = SourceType.DOCUMENT,
) -> SourceGraph:
    """Return a graph in which a memo was shown to the outlet that publishes the article."""
    other = make_source("gazette", name="The Gazette", type=SourceType.NEWS_OUTLET)
    parts = (Participant(EventRole.ARTEFACT, WHERE, "memo"), Participant(role, WHERE, who))
    return SourceGraph(
        article=make_ferries_article(links=()),
        sources=(other, OUTLET, replace(PAPER, type=type)),
        flows=(make_flow("memo", to, kind=FlowKind.DERIVED_FROM, certainty=flow),),
        events=(make_event("e", kind=kind, participants=parts, certainty=certainty),),
        run=make_run(),
    )


def published_by(publisher: str) -> SourceGraph:
    """Return the same in the article of another outlet."""
    return replace(shown(), article=make_ferries_article(links=(), publisher=publisher))


@pytest.mark.parametrize(
    "graph",
    [
        shown(),
        shown(to="ledger"),
        shown(kind=EventKind.LEAK),
        shown(kind=EventKind.OBTAINING, role=EventRole.AGENT),
        shown(kind=EventKind.INTERVIEW, role=EventRole.AGENT, type=SourceType.STATEMENT),
        published_by("the ledger"),
        shown(type=SourceType.INTERCEPT),
    ],
)
def test_what_the_outlet_had_in_its_hands_is_a_primary_source(graph: SourceGraph) -> None:
    assert list(first_hand(graph)) == ["memo"]
    data = write_graphs([graph], "turtle")
    store = load_store(data)
    article = vocab.article_iri(graph.article.digest)
    query = """SELECT ?a ?s ?words { ?a a sp:Article ; prov:wasDerivedFrom ?s ;
        prov:hadPrimarySource ?s ; prov:qualifiedPrimarySource ?q .
        ?q a prov:PrimarySource ; prov:entity ?s ; sp:evidence/oa:hasTarget ?span .
        ?span oa:hasSelector/oa:exact ?words }"""
    sentence = graph.article.quote(graph.events[0].sentence)
    memo = vocab.source_iri(article, "memo")
    assert list(select(store, query)) == [(article, memo, sentence)]
    assert read_graphs(data) == (graph,)
    assert [f for f in check(data) if f.rule.startswith(("prov", "shape"))] == []


@pytest.mark.parametrize(
    "graph",
    [
        shown(who="gazette"),  # another outlet has it
        shown(to="gazette"),
        published_by(""),
        published_by("The Northport Gazette"),
        shown(certainty=Certainty.REPORTED),
        shown(certainty=Certainty.DENIED),
        shown(flow=Certainty.SPECULATIVE),
        shown(kind=EventKind.DISCOVERY, role=EventRole.AGENT),
        shown(role=EventRole.ORIGIN),  # it gave the memo away
        shown(type=SourceType.CHANNEL),
        replace(shown(), flows=()),
        replace(shown(), events=()),
    ],
)
def test_nothing_less_is_one(graph: SourceGraph) -> None:
    assert first_hand(graph) == {}
    assert b"rimarySource" not in write_graphs([graph], "nt")


# ------------------------------------------------------------------ versions


def test_of_several_versions_each_follows_the_one_before() -> None:
    url = "https://paper.example/story"
    rows = [
        Addressed(url, "2024-05-03", "c"),
        Addressed(url + "#comments", "2024-05-01", "a"),
        Addressed(url, "2024-05-02T09:00:00Z", "b"),
        Addressed("https://paper.example/other", "2024-05-02", "d"),
    ]
    expected = [
        Version(newer="b", older="a", dated=True),
        Version(newer="c", older="b", dated=True),
    ]
    assert list(versions(rows)) == expected
    assert list(versions(reversed(rows))) == expected


@pytest.mark.parametrize(
    ("one", "other", "dated"),
    [
        ("2024-05-01", "2024-05-02", True),
        ("2024-05-01", "2024-05-01", False),
        ("2024-05-01", "2024-05-01T10:00:00Z", False),  # at what time of that day?
        ("2024-05", "2024-05-01", False),
        ("", "2024-05-01", False),
    ],
)
def test_which_is_newer_is_only_said_where_it_is_known(one: str, other: str, dated: bool) -> None:
    (found,) = versions([Addressed("u", one, "a"), Addressed("u", other, "b")])
    assert found == Version(newer="b", older="a", dated=dated)


def store_of(*graphs: SourceGraph) -> pyoxigraph.Store:
    """Return a store of *graphs*, joined as `prov build --store` does."""
    store = pyoxigraph.Store()
    collection = Collection(store, Path(), Shelf(Path(":memory:")))
    for number, graph in enumerate(graphs):
        name = vocab.article_iri(graph.article.digest)
        collection.add(name, f"{number}.txt", "settings", write_graphs([graph], "nquads"))
    relink(collection)
    return store


def joined(store: pyoxigraph.Store) -> set[tuple[str, str, str]]:
    """Return what PROV says of two articles in the graph of links."""
    quads = store.quads_for_pattern(None, None, None, LINKS)
    prov = vocab.PREFIXES["prov"]
    return {
        (q.subject.value, q.predicate.value.removeprefix(prov), q.object.value)
        for q in quads
        if q.predicate.value.startswith(prov)
        and isinstance(q.subject, pyoxigraph.NamedNode)
        and isinstance(q.object, pyoxigraph.NamedNode)
        and "#" not in q.subject.value + q.object.value
    }


WORDS = (
    "The bridge over the Orne was closed on Monday because two of its bearings had cracked, and "
    "nobody could say when it would be opened again to the farmers who cross it every morning.\n\n"
    "Mara Voss said that inspectors closed the bridge over the Orne because two bearings had "
    "cracked.\n"
)


def test_a_new_version_is_a_revision_and_no_copy() -> None:
    url = "https://paper.example/story"
    old, new = (
        report("The Paper", "Mara Voss", day=day, text=WORDS + f"Printed on day {day}.\n")
        for day in (1, 2)
    )
    graphs = [replace(g, article=replace(g.article, url=url)) for g in (old, new)]
    older, newer = (vocab.article_iri(g.article.digest) for g in graphs)
    expected = {(newer, "wasRevisionOf", older), (newer, "wasDerivedFrom", older)}
    assert joined(store_of(*graphs)) == expected
    undated = [replace(g, article=replace(g.article, published="")) for g in graphs]
    names = sorted((older, newer))
    ((one, how, other),) = joined(store_of(*undated))
    assert (sorted((one, other)), how) == (names, "alternateOf")


def test_a_copy_under_another_address_is_a_quotation() -> None:
    old = report("The Paper", "Mara Voss", day=1, text=WORDS)
    new = report("The Courier", "Mara Voss", day=2, text=WORDS + "From elsewhere.\n")
    older, newer = (vocab.article_iri(g.article.digest) for g in (old, new))
    store = store_of(old, new)
    assert joined(store) == {(newer, "wasQuotedFrom", older), (newer, "wasDerivedFrom", older)}
    data = pyoxigraph.serialize(iter(store), format=pyoxigraph.RdfFormat.N_QUADS)
    assert data is not None
    assert [f for f in check(data, "nquads") if f.rule.startswith(("prov", "shape"))] == []


def test_articles_without_an_address_are_versions_of_nothing() -> None:
    graphs = [
        SourceGraph(article=make_article(text), run=make_graph().run) for text in ("One.", "Two.")
    ]
    assert joined(store_of(*graphs)) == set()
