"""Our own queries on the examples: the right answers, and the same ones from every engine."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import QuerySolutions
from rdflib.plugins import sparql
from rdflib.query import ResultRow

from provenance import vocab
from provenance.rdf import write_graphs
from provenance.stores.queries import answer, bind, find_query, queries
from tests.helpers.expected_answers import ANSWERS
from tests.helpers.gold_graphs import NAMES, gold_graph, told_graph
from tests.helpers.places import ROOT

BUILT = sorted((ROOT / "examples" / "built").glob("*.ttl"))
Rows = list[tuple[str, ...]]
OF_TOLD = {"one-origin", "unnamed-only"}
"""Queries that ask what carries a claim: which no graph knows that does not say whose it is."""

cases = pytest.mark.parametrize(
    ("query", "example", "settings"),
    ANSWERS,
    ids=lambda part: part if isinstance(part, str) else "",
)


def rows(text: str, data: Sequence[str | Path]) -> Rows:
    """Return what `answer` finds, unbound as ""."""
    found = answer(text, [str(one) for one in data])
    assert isinstance(found, QuerySolutions)
    return [tuple("" if t is None else getattr(t, "value", "") for t in row) for row in found]


@cache
def prepared(text: str) -> "sparql.sparql.Query":
    return sparql.prepareQuery(text)


def rdflib_rows(text: str, graph: rdflib.Graph) -> Rows:
    """Return what rdflib finds, unbound as ""."""
    found = [row for row in graph.query(prepared(text)) if isinstance(row, ResultRow)]
    return [tuple("" if term is None else str(term) for term in row) for row in found]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the annotated graph of each example in a file, and that with who tells what."""
    folder = tmp_path_factory.mktemp("gold")
    graphs = {name: gold_graph(name) for name in NAMES}
    graphs |= {f"told-{name}": told_graph(name) for name in NAMES}
    for name, graph in graphs.items():
        (folder / f"{name}.ttl").write_bytes(write_graphs([graph], "turtle"))
    return {name: folder / f"{name}.ttl" for name in graphs}


@pytest.fixture(scope="module")
def parsed(files: dict[str, Path]) -> dict[str, rdflib.Graph]:
    """Return the same as rdflib reads it."""
    return {name: rdflib.Graph().parse(path, format="turtle") for name, path in files.items()}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Return the address of an Oxigraph server that holds the annotated and the built graphs."""
    program = shutil.which("oxigraph", path=Path(sys.executable).parent)
    if program is None:
        pytest.skip("Oxigraph's server is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [program, "serve", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(address)
            yield address
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            with urlopen(f"{address}/query?query=ASK%7B%7D"):
                return
        except URLError:
            time.sleep(0.05)
    raise TimeoutError(address)


def put(server: str, graphs: dict[str, bytes]) -> None:
    """Leave on *server* the named *graphs* and no others."""
    clear = Request(f"{server}/store", method="DELETE")
    puts = [
        Request(f"{server}/store?graph={quote(name, safe='')}", turtle, method="PUT")
        for name, turtle in graphs.items()
    ]
    for request in (clear, *puts):
        request.add_header("Content-Type", "text/turtle")
        with urlopen(request):
            pass


def graph_for(query: str, example: str) -> str:
    return f"told-{example}" if query in OF_TOLD else example


def test_every_query_is_tested_on_every_example() -> None:
    wanted = {(query.name, example) for query in queries() for example in NAMES}
    assert {(query, example) for query, example, _ in ANSWERS} == wanted


@cases
def test_each_query_answers_right(
    query: str, example: str, settings: tuple[tuple[str, str], ...], files: dict[str, Path]
) -> None:
    expected = ANSWERS[query, example, settings]
    text = bind(find_query(query), settings)
    found = rows(text, [files[graph_for(query, example)]])
    article = gold_graph(example).article
    assert {row[0] for row in found} <= {article.title or article.name}
    width = len(expected[0]) if expected else 1
    assert [row[1 : width + 1] for row in found] == expected
    assert all(word in article.text for row in found for word in row[width + 1 :])


@cases
def test_rdflib_answers_alike(
    query: str,
    example: str,
    settings: tuple[tuple[str, str], ...],
    files: dict[str, Path],
    parsed: dict[str, rdflib.Graph],
) -> None:
    text = bind(find_query(query), settings)
    graph = graph_for(query, example)
    assert rdflib_rows(text, parsed[graph]) == rows(text, [files[graph]])


@pytest.mark.parametrize("query", [query.name for query in queries()])
def test_stores_and_servers_answer_alike(
    query: str, files: dict[str, Path], server: str, tmp_path: Path
) -> None:
    """All three at once, each in its named graph: on disk, on a server, and in files."""
    text = find_query(query).text
    everything = [told_graph(name) if query in OF_TOLD else gold_graph(name) for name in NAMES]
    files = {name: files[graph_for(query, name)] for name in NAMES}
    named = {
        vocab.graph_iri(vocab.article_iri(gold_graph(name).article.digest)): path.read_bytes()
        for name, path in files.items()
    }
    put(server, named)
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.bulk_load(write_graphs(everything, "nquads"), pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    del store
    expected = rows(text, list(files.values()))
    apart = sum(len(rows(text, [path])) for path in files.values())
    assert len(expected) >= apart
    assert (apart > 0) == (query != "same-source"), "which asks what joins articles in a store"
    assert rows(text, [tmp_path / "store"]) == expected
    assert rows(text, [f"{server}/query"]) == expected


@pytest.mark.parametrize("query", [query.name for query in queries()])
@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.stem)
def test_built_graphs_are_answered_alike(query: str, path: Path) -> None:
    text = find_query(query).text
    graph = rdflib.Graph().parse(path, format="turtle")
    assert rdflib_rows(text, graph) == rows(text, [path])


def test_a_source_can_be_named_by_its_iri(files: dict[str, Path]) -> None:
    article = vocab.article_iri(gold_graph("pentagon-leak").article.digest)
    pentagon = vocab.source_iri(article, "pentagon")  # part of the name of the documents, too
    text = bind(find_query("hops"), [("from", f"<{pentagon}>"), ("to", "Post")])
    sources = [row[1] for row in rows(text, [files["pentagon-leak"]])]
    assert sources == ["Pentagon", "classified Pentagon documents"]
