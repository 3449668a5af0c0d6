"""Every graph that we can make conforms, loads and is answered alike wherever it is put.

The graphs are those of the examples as people annotated them and as ``prov build`` makes them, and
what it makes of the annotated articles in ``../shared/gold``, where these are there.
"""

import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import prov.model
import pyoxigraph
import pytest
import rdflib
from rdflib.query import ResultRow

import provenance
from provenance import rdf
from provenance.articles import read_article
from provenance.rdf.conformance import Severity, check
from provenance.stores import Remote, push, read_named
from provenance.stores.queries import answer, bind, find_query, queries
from tests.helpers.expected_answers import ANSWERS
from tests.helpers.gold_graphs import NAMES, gold_graph
from tests.helpers.places import ROOT, SHARED
from tests.helpers.triple_stores import (
    OXIGRAPH,
    VIRTUOSO,
    VIRTUOSO_PASSWORD,
    VIRTUOSO_USER,
    free_port,
    oxigraph,
    virtuoso,
)

EXAMPLES = sorted(p for p in (ROOT / "examples").iterdir() if p.suffix in {".txt", ".html"})
GOLD = sorted((SHARED / "gold").glob("*.txt"))
needs_gold = pytest.mark.skipif(not GOLD, reason="../shared/gold is not here")
of_gold = pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem[:24])
of_examples = pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
Rows = list[tuple[str, ...]]


@cache
def built(path: Path) -> bytes:
    """Return what ``prov build`` makes of the article at *path*, as Turtle."""
    kept = ROOT / "examples" / "built" / f"{path.stem}.ttl"
    if path in EXAMPLES:
        return kept.read_bytes()
    return provenance.build(path).to("turtle")


def faults(data: bytes, path: Path) -> list[str]:
    findings = check(data, "turtle", article=read_article(path))
    return [f.message for f in findings if f.severity is Severity.VIOLATION]


@needs_gold
@of_gold
def test_what_is_built_of_real_articles_conforms_and_is_read_everywhere(path: Path) -> None:
    assert faults(built(path), path) == []
    loads_everywhere(built(path))


@of_examples
def test_what_is_built_of_the_examples_is_read_everywhere(path: Path) -> None:
    loads_everywhere(built(path))


@pytest.mark.parametrize("name", NAMES)
def test_what_people_annotated_conforms_and_is_read_everywhere(name: str) -> None:
    data = rdf.write_graphs([gold_graph(name)], "turtle")
    assert [f.message for f in check(data) if f.severity is Severity.VIOLATION] == []
    loads_everywhere(data)


def loads_everywhere(data: bytes) -> None:
    """Read *data* with pyoxigraph, rdflib and the library prov, and compare what they have."""
    ours = set(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE))
    assert len(rdflib.Graph().parse(data, format="turtle")) == len(ours) > 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is not PROV
        document = prov.model.ProvDocument.deserialize(
            content=data.decode("utf-8"), format="rdf", rdf_format="turtle"
        )
    assert ends(document, prov.model.ProvAttribution) == pairs(ours, "wasAttributedTo")
    assert ends(document, prov.model.ProvDerivation) == pairs(ours, "wasDerivedFrom")
    assert ends(document, prov.model.ProvInfluence) == pairs(ours, "wasInfluencedBy")


def ends(document: prov.model.ProvDocument, kind: type) -> set[tuple[str, ...]]:
    relations = document.get_records(kind)
    return {tuple(str(v.uri) for _, v in one.formal_attributes[:2]) for one in relations}


def pairs(quads: set[pyoxigraph.Quad], name: str) -> set[tuple[str, ...]]:
    predicate = pyoxigraph.NamedNode(f"http://www.w3.org/ns/prov#{name}")
    return {(str(q.subject)[1:-1], str(q.object)[1:-1]) for q in quads if q.predicate == predicate}


# ------------------------------------------------------------------ the same answers


def settings_known() -> list[str]:
    """Return the text of each query with each setting that an answer is known for."""
    settings = {(name, given) for name, _, given in ANSWERS if given}
    return [bind(find_query(name), given) for name, given in sorted(settings)]


def rows(text: str, data: Sequence[str]) -> Rows:
    found = answer(text, data)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [tuple("" if t is None else getattr(t, "value", "") for t in row) for row in found]


def rdflib_rows(text: str, graph: rdflib.Graph) -> Rows:
    found = [row for row in graph.query(text) if isinstance(row, ResultRow)]
    return [tuple("" if term is None else str(term) for term in row) for row in found]


def written(folder: Path, graphs: dict[str, bytes]) -> list[str]:
    """Return the names of *graphs* as files in *folder*."""
    for name, data in graphs.items():
        (folder / f"{name}.ttl").write_bytes(data)
    return [str(folder / f"{name}.ttl") for name in sorted(graphs)]


def annotated(folder: Path) -> list[str]:
    graphs = {name: rdf.write_graphs([gold_graph(name)], "turtle") for name in NAMES}
    return written(folder, graphs)


def all_built(folder: Path) -> list[str]:
    return written(folder, {path.stem: built(path) for path in (*EXAMPLES, *GOLD)})


@pytest.mark.skipif(OXIGRAPH is None, reason="Oxigraph's server is not installed")
def test_oxigraph_answers_every_query_alike(tmp_path: Path) -> None:
    files = all_built(tmp_path)
    port = free_port()
    with oxigraph(port):
        store = Remote(f"http://127.0.0.1:{port}/store")
        assert all(one.whole for one in push(read_named(files), store))
        for query in queries():
            expected = rows(query.text, files)
            assert rows(query.text, [f"http://127.0.0.1:{port}/query"]) == expected, query.name


@pytest.mark.parametrize("path", [*EXAMPLES, *GOLD], ids=lambda p: p.stem[:24])
def test_rdflib_answers_every_query_alike(path: Path, tmp_path: Path) -> None:
    """An article at a time: rdflib takes the square of the time for ten of them at once."""
    files = written(tmp_path, {path.stem: built(path)})
    graph = rdflib.Graph().parse(files[0], format="turtle")
    found = {query.name: rdflib_rows(query.text, graph) for query in queries()}
    assert found == {query.name: rows(query.text, files) for query in queries()}
    assert found["hops"]


@pytest.mark.skipif(VIRTUOSO is None, reason="Virtuoso is not installed")
def test_virtuoso_answers_every_query_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First of the annotated examples; those that are built then take their place.

    But for "chains", which Virtuoso plans with more than the two gigabytes that it may take, and
    "why", of whose optional parts within a union it loses and doubles some.
    """
    monkeypatch.setenv("PROV_STORE_USER", VIRTUOSO_USER)
    monkeypatch.setenv("PROV_STORE_PASSWORD", VIRTUOSO_PASSWORD)
    with virtuoso(tmp_path) as address:
        store = Remote(f"{address}/sparql-graph-crud-auth")
        plain = [query.text for query in queries() if query.name not in {"chains", "why"}]
        known = [text for text in settings_known() if "?chain WHERE" not in text]
        for files, texts in (
            (annotated(tmp_path), [*plain, *known]),
            (all_built(tmp_path), plain),
        ):
            assert all(one.whole for one in push(read_named(files), store))
            for text in texts:
                found, expected = rows(text, [f"{address}/sparql"]), rows(text, files)
                # It sorts letters beyond ASCII its own way.
                assert sorted(found) == sorted(expected), text
