"""One node for each source that several articles of a store have, scored and with its reason."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import QuerySolutions

from provenance import vocab
from provenance.analysis.canonical import Bearing, same_source
from provenance.gathering import linked, relink
from provenance.model import Membership, SameSource, SourceGraph, SourceType
from provenance.rdf import parse_rdflib, write_graphs
from provenance.rdf.conformance import check
from provenance.stores.embedded import open_collection
from provenance.stores.queries import answer, bind, find_query
from tests.conftest import Prov
from tests.helpers.generated_stories import linked as links_of
from tests.helpers.generated_stories import report, scene
from tests.helpers.places import ROOT

SP = rdflib.Namespace(vocab.SP)
BOARD = SourceType.ORGANIZATION
ALIKE = "two bearings of the bridge had cracked in the frost"


def board(outlet: str, name: str = "Water Board", day: int = 1) -> SourceGraph:
    return report(outlet, name, BOARD, day=day)


def fill(folder: Path, graphs: Sequence[SourceGraph], base: str | None = None) -> None:
    with open_collection(folder, write=True) as collection:
        for graph in graphs:
            name = vocab.article_iri(graph.article.digest, base)
            quads = write_graphs([graph], "nquads", base_iri=base)
            collection.add(name, graph.article.name, "how", quads)
        relink(collection, base)


def dump(folder: Path) -> bytes:
    with open_collection(folder) as collection:
        return b"".join(collection.dump())


def rows(folder: Path | str, **settings: str) -> list[tuple[str, ...]]:
    """Return source, type, score, reason, what it is called, article, node, by `prov query`."""
    found = answer(bind(find_query("same-source"), list(settings.items())), [str(folder)])
    assert isinstance(found, QuerySolutions)
    return [tuple(getattr(term, "value", "") for term in row) for row in found]


def same(graphs: Sequence[SourceGraph]) -> dict[str, list[tuple[str, float]]]:
    """Return by the name of each source that several of *graphs* have the reasons and scores."""
    return {
        one.name: sorted((m.reason, m.score) for m in one.members)
        for one in links_of(graphs).sources
    }


# ------------------------------------------------------------------ who is one, how sure, and why


def test_a_body_is_one_by_its_name() -> None:
    found = same(
        [board("Ash Courier"), board("Birch Post", "the Water Board"), board("Elm", "Sea")]
    )
    assert list(found) == ["the Water Board"]
    assert {reason for reason, _ in found["the Water Board"]} == {"name"}


def test_an_item_of_wikidata_is_one_under_any_name() -> None:
    graphs = []
    for outlet, name in (("Ash Courier", "Water Board"), ("Birch Post", "Board of Water")):
        graph = board(outlet, name)
        sources = tuple(replace(source, wikidata="Q42") for source in graph.sources)
        graphs.append(replace(graph, sources=sources))
    (one,) = links_of(graphs).sources
    assert (one.wikidata, {m.reason for m in one.members}) == ("Q42", {"item"})


def test_a_person_is_one_by_what_is_said_around_him() -> None:
    found = same([report("Ash Courier", "Ada Quill"), report("Birch Post", "Ada Quill", day=2)])
    assert {reason for reason, _ in found["Ada Quill"]} == {"context"}


def test_persons_of_one_name_have_a_node_each() -> None:
    graphs = [
        report(outlet, "John Smith", day=day, claim=claim)
        for day, (outlet, claim) in enumerate(
            (
                ("Ash Courier", "inspectors closed the bridge as two bearings had cracked"),
                ("Birch Post", "inspectors closed that bridge after two bearings had cracked"),
                ("Cedar Times", "goats prefer thistles to clover in spring meadows"),
                ("Dogwood News", "goats prefer thistles over clover in all spring meadows"),
            ),
            start=1,
        )
    ]
    one, other = links_of(graphs).sources
    assert one.key == other.key == ("person", "john smith")
    names = {one.members[0].source, other.members[0].source}
    assert names == {"it"}
    assert not {m.digest for m in one.members} & {m.digest for m in other.members}


def test_within_a_story_short_names_are_one_by_it() -> None:
    frost = "frost has cracked two bearings of the bridge"
    ferry = "the ferry to Olm would run all night"
    graphs = [
        scene("Ash Courier", ("Frederick Oster", SourceType.PERSON, ALIKE), day=1),
        scene("Birch Post", ("Fred Oster", SourceType.PERSON, frost), day=2),
        scene("Cedar Times", ("Fred Oster", SourceType.PERSON, ferry), day=3),
        scene("Dogwood News", ("Velden Water Board", BOARD, ALIKE), day=4),
        scene("Elder Mail", ("Water Board", BOARD, frost), day=5),
    ]
    found = same(graphs)
    assert {reason for reason, _ in found["Fred Oster"]} <= {"context", "story"}
    assert len(found["Fred Oster"]) == 3
    assert [r for r, _ in found["Velden Water Board"]] == ["name", "story"]


def test_unnamed_sources_are_never_one() -> None:
    graphs = [
        report(outlet, "a senior official", SourceType.UNNAMED, day=day)
        for day, outlet in enumerate(("Ash Courier", "Birch Post"), start=1)
    ]
    assert links_of(graphs).sources == ()


@pytest.mark.parametrize("chance", [0.001, 0.1, 0.5, 1.0])
def test_more_words_in_common_never_make_it_less_sure(chance: float) -> None:
    def score(over: int, chance: float = chance) -> float:
        key = ("person", "john smith")
        held = [
            Bearing(d * 64, "s", "John Smith", SourceType.PERSON, key, True, over) for d in "ab"
        ]
        (first, second) = same_source(held, chance).members
        assert first.score == second.score
        return first.score

    scores = [score(over) for over in range(1, 9)]
    assert all(0 < one <= other <= 1 for one, other in pairwise(scores))
    assert score(0) == score(1), "a story counts as the least that it takes"
    assert score(1, chance) <= score(1, chance / 2), "the rarer the name the surer"


def test_it_is_called_what_most_call_it() -> None:
    key = ("organization", "water board")
    names = ["Water Board", "the Water Board", "Water Board", "spokesman for the Water Board"]
    held = [Bearing(f"{n}" * 64, "s", name, BOARD, key, True) for n, name in enumerate(names)]
    assert same_source(held, 0.0).name == "Water Board"


# ------------------------------------------------------------------ in the store


def test_it_can_be_followed_in_both_directions(tmp_path: Path) -> None:
    graphs = [board("Ash Courier"), board("Birch Post"), report("Cedar Times", "Ada Quill", day=2)]
    fill(tmp_path / "s", graphs)
    graph = parse_rdflib(dump(tmp_path / "s"), "nquads")
    there, back = set(graph.subject_objects(SP.canonical)), set(graph.subject_objects(SP.occursAs))
    assert len(there) == 2
    assert {(node, one) for one, node in back} == there
    matched = {
        (graph.value(match, SP.source), graph.value(match, SP.target))
        for match in graph.subjects(rdflib.RDF.type, SP.SourceMatch)
    }
    assert matched == there
    for match in graph.subjects(rdflib.RDF.type, SP.SourceMatch):
        assert 0 < float(str(graph.value(match, SP.score))) <= 1
        assert str(graph.value(match, SP.reason)) == "name"


def test_a_store_with_them_conforms(tmp_path: Path) -> None:
    fill(tmp_path / "s", [board("Ash Courier"), board("Birch Post")])
    data = dump(tmp_path / "s")
    assert [f for f in check(data, "nquads") if f.rule != "evidence"] == []  # no digests of texts
    lines = data.splitlines(keepends=True)

    def faults(*cut: bytes) -> set[str]:
        kept = b"".join(line for line in lines if not any(one in line for one in cut))
        assert len(kept) < len(data)
        return {f.message for f in check(kept, "nquads") if f.rule == "shape"}

    assert any("in both directions" in one for one in faults(b"#occursAs>"))
    assert any("sp:score" in one for one in faults(b"source-provenance#score>"))
    assert any("what tells it" in one for one in faults(b"source-provenance#reason>"))
    assert any("canonical source" in one for one in faults(b"#CanonicalSource>"))


def test_the_query_lists_its_nodes_in_all_articles(tmp_path: Path) -> None:
    graphs = [board("Ash Courier"), board("Birch Post"), board("Cedar Times", "the Water Board")]
    graphs += [report("Elm Echo", "Ada Quill", day=n, text="") for n in (5, 6)]
    fill(tmp_path / "s", graphs)
    wanted = {
        vocab.source_iri(vocab.article_iri(graph.article.digest), "it"): graph.article.name
        for graph in graphs
    }
    found = rows(tmp_path / "s")
    assert {(row[6], row[5]) for row in found} == set(wanted.items())
    assert [row[0] for row in found] == ["Ada Quill"] * 2 + ["Water Board"] * 3
    assert {(row[1], row[3]) for row in found} == {("person", "context"), ("organization", "name")}
    some = rows(tmp_path / "s", of="the water board")
    assert [row[4] for row in some] == ["Water Board", "Water Board", "the Water Board"][
        : len(some)
    ]
    assert len(some) == 3, "each is one by what any of them is called"
    for node in (some[0][6], canonical(tmp_path / "s", some[0][6])):
        assert rows(tmp_path / "s", of=f"<{node}>") == some
    assert rows(tmp_path / "s", of="nobody of that name") == []


def canonical(folder: Path, node: str) -> str:
    found = answer(f"SELECT ?one {{ <{node}> sp:canonical ?one }}", [str(folder)])
    assert isinstance(found, QuerySolutions)
    ((one,),) = found
    return str(getattr(one, "value", ""))


def test_rdflib_lists_the_same(tmp_path: Path) -> None:
    fill(tmp_path / "s", [board("Ash Courier"), board("Birch Post"), board("Cedar Times")])
    graph = parse_rdflib(dump(tmp_path / "s"), "nquads")
    for settings in ({}, {"of": "water"}, {"of": "nobody"}):
        text = bind(find_query("same-source"), list(settings.items()))
        theirs: Any = graph.query(text)
        assert [tuple(map(str, row)) for row in theirs] == rows(tmp_path / "s", **settings)


def test_a_removed_article_is_no_member_any_more(tmp_path: Path, prov: Prov) -> None:
    graphs = [board("Ash Courier"), board("Birch Post"), board("Cedar Times")]
    fill(tmp_path / "s", graphs)
    assert len(rows("s")) == 3
    assert prov("remove", "s", "Birch Post-1.txt").exit_code == 0
    gone = vocab.article_iri(graphs[1].article.digest)
    assert len(rows("s")) == 2
    assert gone.encode() not in dump(tmp_path / "s")
    assert prov("remove", "s", "Ash Courier-1.txt").exit_code == 0
    assert rows("s") == [], "one article alone has nobody in common with others"
    assert b"CanonicalSource" not in dump(tmp_path / "s")


def test_the_order_in_which_articles_came_does_not_matter(tmp_path: Path) -> None:
    graphs = [board(outlet) for outlet in ("Ash Courier", "Birch Post", "Cedar Times")]
    graphs += [report("Elm Echo", "Ada Quill", day=n) for n in (5, 6)]
    fill(tmp_path / "one", graphs)
    fill(tmp_path / "other", graphs[::-1])
    assert rows(tmp_path / "one") == rows(tmp_path / "other")


def test_one_worker_and_many_find_the_same(tmp_path: Path, prov: Prov) -> None:
    dam = ROOT / "examples" / "dam"
    for folder, more in (("one", ()), ("two", ("--workers", "2"))):
        done = prov("build", dam, "--store", folder, "--extractor", "syntax", "-q", *more)
        assert done.exit_code == 0
    assert dump(tmp_path / "one") == dump(tmp_path / "two")
    assert {row[0] for row in rows("one")} >= {"Northern Wire", "Water Safety Board"}


@pytest.mark.parametrize("base", [None, "https://example.org/x", "https://example.org/x/"])
def test_what_it_is_named(base: str | None, tmp_path: Path) -> None:
    fill(tmp_path / "s", [board("Ash Courier"), board("Birch Post")], base)
    (one,) = {canonical(tmp_path / "s", row[6]) for row in rows(tmp_path / "s")}
    start = "https://example.org/x/sources/" if base else "urn:uuid:"
    assert one.startswith(start)
    fill(tmp_path / "s", [board("Cedar Times")], base)
    assert {canonical(tmp_path / "s", row[6]) for row in rows(tmp_path / "s")} == {one}


def test_persons_of_two_stores_do_not_become_one() -> None:
    key = ("person", "john smith")
    one, other = (vocab.canonical_iri(key, f"urn:{n}") for n in "ab")
    assert one != other
    assert vocab.canonical_iri(("organization", "water board")) == vocab.canonical_iri(
        ("organization", "water board")
    )


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    fill(tmp_path / "s", [board("Ash Courier"), board("Birch Post")])
    with open_collection(tmp_path / "s") as collection:
        (one,) = linked(collection).sources
    assert isinstance(one, SameSource)
    assert all(isinstance(member, Membership) for member in one.members)
    assert (one.name, one.type, one.key) == ("Water Board", BOARD, ("organization", "water board"))


def test_files_of_articles_have_no_rows() -> None:
    store = pyoxigraph.Store()
    quads = write_graphs([board("Ash Courier"), board("Birch Post")], "nquads")
    store.load(quads, pyoxigraph.RdfFormat.N_QUADS)
    assert not list(store.query(find_query("same-source").text))  # type: ignore[arg-type]
