"""``prov push`` against real servers, and against one that misbehaves."""

import gzip
import html
import json
import os
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance import vocab
from provenance.errors import RecordError, StoreError
from provenance.rdf import write_graphs
from provenance.stores import Remote, push, read_named
from provenance.stores.queries import answer
from tests.conftest import Prov
from tests.helpers.factories import make_article, make_graph
from tests.helpers.gold_graphs import NAMES, gold_graph
from tests.helpers.triple_stores import (
    OXIGRAPH,
    VIRTUOSO,
    VIRTUOSO_PASSWORD,
    VIRTUOSO_USER,
    free_port,
    oxigraph,
    virtuoso,
)

needs_oxigraph = pytest.mark.skipif(OXIGRAPH is None, reason="Oxigraph's server is not installed")
needs_virtuoso = pytest.mark.skipif(VIRTUOSO is None, reason="Virtuoso is not installed")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the annotated graphs of the examples as files."""
    folder = tmp_path_factory.mktemp("graphs")
    paths = [folder / f"{name}.ttl" for name in NAMES]
    for name, path in zip(NAMES, paths, strict=True):
        path.write_bytes(write_graphs([gold_graph(name)], "turtle"))
    return paths


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if OXIGRAPH is None:
        pytest.skip("Oxigraph's server is not installed")
    port = free_port()
    with oxigraph(port):
        yield f"http://127.0.0.1:{port}"


def held(server: str) -> set[tuple[str, ...]]:
    """Return all quads that *server* has in named graphs."""
    found = answer("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }", [f"{server}/query"])
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return {tuple(map(str, row)) for row in found}


def quads_of(*names: Path) -> set[tuple[str, ...]]:
    """Return the quads of files as a store keeps them, which writes 1.0 as 1."""
    store = pyoxigraph.Store()
    for graph in read_named(list(map(str, names))):
        to = pyoxigraph.NamedNode(graph.iri)
        store.load(b"".join(graph.lines), pyoxigraph.RdfFormat.N_TRIPLES, to_graph=to)
    return {(str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)) for q in store}


# ------------------------------------------------------------------------- what goes in


def test_each_article_has_its_own_graph_whatever_the_format(tmp_path: Path) -> None:
    graphs = [gold_graph(name) for name in NAMES]
    expected = None
    for format in ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"):
        path = tmp_path / f"all.{format}"
        path.write_bytes(write_graphs(graphs, format))
        named = {graph.iri: graph.lines for graph in read_named([str(path)])}
        assert len(named) == len(NAMES)
        assert expected is None or named == expected, format
        expected = named


def test_a_store_folder_is_pushed_as_it_is(tmp_path: Path, files: list[Path]) -> None:
    store = pyoxigraph.Store(str(tmp_path / "store"))
    data = write_graphs([gold_graph(name) for name in NAMES], "nquads")
    store.bulk_load(data, pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    del store
    assert quads_of(tmp_path / "store") == quads_of(*files)


def test_statements_about_no_article_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "loose.ttl"
    path.write_text("<http://example.org/a> <http://example.org/b> 1 .", encoding="utf-8")
    with pytest.raises(RecordError, match="about no one article"):
        list(read_named([str(path)]))


# ------------------------------------------------------------------------ real servers


@needs_oxigraph
@pytest.mark.parametrize("how", [[], ["--gzip"], ["--update"]], ids=str)
def test_pushed_twice_the_store_has_exactly_the_graphs(
    prov: Prov, files: list[Path], how: list[str], server: str
) -> None:
    address = f"{server}/update" if "--update" in how else f"{server}/store"
    counted = ["--query", f"{server}/query"] if "--update" in how else []
    for _ in range(2):
        result = prov("push", *files, address, *how, *counted)
        assert result.exit_code == 0, result.output
        triples = len(quads_of(*files))
        assert f"{len(files)} graphs, {triples:,} triples in {address}" in result.output
        assert "all counted there" in result.output
    assert held(server) >= quads_of(*files)


@needs_oxigraph
def test_what_was_there_is_replaced_and_others_are_left_alone(server: str, tmp_path: Path) -> None:
    store = Remote(f"{server}/store", retries=0)
    old = make_graph(article=make_article(text="Old words of one.\n"))
    other = make_graph(article=make_article(text="Another one.\n"))
    paths = [tmp_path / "old.ttl", tmp_path / "other.ttl"]
    for path, graph in zip(paths, (old, other), strict=True):
        path.write_bytes(write_graphs([graph], "turtle"))
    assert all(p.whole for p in push(read_named(list(map(str, paths))), store))
    iri = vocab.graph_iri(vocab.article_iri(old.article.digest))
    changed = tmp_path / "changed.nq"
    changed.write_text(
        f"<http://example.org/a> <http://example.org/b> <http://example.org/c> <{iri}> .\n",
        encoding="utf-8",
    )
    (pushed,) = push(read_named([str(changed)]), store)
    assert (pushed.iri, pushed.triples, pushed.found) == (iri, 1, 1)
    here = held(server)
    assert {row[1:] for row in here if row[0] == f"<{iri}>"} == {
        ("<http://example.org/a>", "<http://example.org/b>", "<http://example.org/c>")
    }
    assert quads_of(paths[1]) <= here


@needs_oxigraph
def test_a_server_killed_in_the_middle_and_a_second_push(tmp_path: Path) -> None:
    """200 graphs; the server dies among them, comes back, and all is pushed again."""
    source = tmp_path / "many.nq"
    texts = [f"Words of article {number}.\n" for number in range(200)]
    graphs = [make_graph(article=make_article(text=text)) for text in texts]
    source.write_bytes(write_graphs(graphs, "nquads"))
    named = list(read_named([str(source)]))
    assert len(named) == 200
    port, folder = free_port(), tmp_path / "store"
    store = Remote(f"http://127.0.0.1:{port}/store", retries=0)
    with oxigraph(port, folder) as process:
        results = push(named, store)
        done = [next(results) for _ in range(70)]
        process.kill()
        process.wait()
        with pytest.raises(StoreError, match="cannot push"):
            done += results
    with oxigraph(port, folder):
        assert all(one.whole for one in push(named, store))
        assert held(f"http://127.0.0.1:{port}") == quads_of(source)


@needs_oxigraph
def test_prov_killed_in_the_middle_and_run_again(tmp_path: Path) -> None:
    source = tmp_path / "many.nq"
    texts = [f"Words of article {number}.\n" for number in range(200)]
    source.write_bytes(
        write_graphs([make_graph(article=make_article(text=text)) for text in texts], "nquads")
    )
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "provenance", "push", str(source), f"{address}/store"]
    with oxigraph(port):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as first:
            while not 0 < len({row[0] for row in held(address)}) < 200:
                assert first.poll() is None, "it was over before it could be killed"
                time.sleep(0.01)
            first.kill()
        assert 0 < len({row[0] for row in held(address)}) < 200
        subprocess.run(command, check=True, stdout=subprocess.PIPE)
        assert held(address) == quads_of(source)


@needs_virtuoso
def test_virtuoso_takes_the_graphs(
    prov: Prov,
    files: list[Path],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With Digest authentication, from .netrc and from the environment; without it refused."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        target = f"{address}/sparql-graph-crud-auth"
        refused = prov("push", *files, target)
        assert refused.exit_code == 1
        assert "it answers 401" in refused.output
        _netrc(tmp_path_factory.mktemp("home"), monkeypatch, VIRTUOSO_USER, VIRTUOSO_PASSWORD)
        assert "all counted there" in prov("push", *files, target).output
        monkeypatch.delenv("NETRC")
        monkeypatch.setenv("PROV_STORE_USER", VIRTUOSO_USER)
        monkeypatch.setenv("PROV_STORE_PASSWORD", VIRTUOSO_PASSWORD)
        for how in ([], ["--query", f"{address}/sparql"]):
            result = prov("push", *files, target, *how)
            assert result.exit_code == 0, result.output
            assert "all counted there" in result.output
        count = "SELECT (COUNT(*) AS ?n) { ?x a sp:Article }"
        asked = answer(count, [f"{address}/sparql-auth"])  # by Digest
        assert isinstance(asked, pyoxigraph.QuerySolutions)
        assert [str(row[0]) for row in asked] == [f'"{len(files)}"^^<{XSD}integer>']
        monkeypatch.delenv("PROV_STORE_USER")
        with pytest.raises(StoreError, match="it answers 401"):
            answer(count, [f"{address}/sparql-auth"])


# -------------------------------------------------------------------- hostile input

XSD = "http://www.w3.org/2001/XMLSchema#"
SENTINEL = "<urn:x:s> <urn:x:p> <urn:x:o> <urn:x:sentinel> ."
BREAKERS = st.sampled_from(
    [
        "> } } ; DROP ALL ; INSERT DATA { GRAPH <urn:evil> { <urn:e> <urn:e> <urn:e",
        "\\u003E } ; CLEAR ALL #",
        '" . } ; DROP ALL #',
        '\\" . } ; DROP ALL #',
        "x\r\nX-Evil: 1\r\n\r\n",
        "a&graph=urn:x:sentinel",
        "a#b?graph=urn:x:sentinel",
        "%0d%0aX-Evil:%201",
        "en> } ; DROP ALL #",
        "é🚢\u202e",
    ]
) | st.text(max_size=12)


@needs_oxigraph
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(iri=BREAKERS, literal=BREAKERS, language=BREAKERS, graph=BREAKERS)
@pytest.mark.parametrize("update", [False, True])
def test_nothing_in_a_file_breaks_out_of_a_push(
    update: bool, iri: str, literal: str, language: str, graph: str, server: str, tmp_path: Path
) -> None:
    """A file is refused, or exactly what it says arrives, and nothing else is touched."""
    path = tmp_path / "hostile.nq"
    path.write_text(f"{SENTINEL}\n", encoding="utf-8")
    store = Remote(f"{server}/store", retries=0)
    assert all(one.whole for one in push(read_named([str(path)]), store))
    hostile = (
        f'<urn:x:{iri}> <urn:x:p> "{literal}" <urn:x:g{graph}> .\n'
        f'<urn:x:s> <urn:x:p> "l"@en{language} <urn:x:g{graph}> .\n'
    )
    path.write_bytes(hostile.encode("utf-8", "surrogatepass"))
    try:
        named = list(read_named([str(path)]))
    except RecordError:
        return
    if update:
        store = Remote(f"{server}/update", update=True, query=f"{server}/query", retries=0)
    before = {row for row in held(server) if row[0] not in {f"<{one.iri}>" for one in named}}
    assert all(one.whole for one in push(named, store))
    assert held(server) == before | quads_of(path)


@pytest.mark.parametrize("format", ["rdfxml", "trig"])
def test_no_entity_is_expanded_and_nothing_is_fetched(format: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    path = tmp_path / f"graph.{'rdf' if format == 'rdfxml' else 'ttl'}"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
        '<rdf:Description rdf:about="urn:a"><e:b>&x;</e:b></rdf:Description></rdf:RDF>',
        encoding="utf-8",
    )
    with pytest.raises(RecordError, match="cannot read"):
        list(read_named([str(path)]))


# -------------------------------------------------------------------- one that misbehaves


class _Odd(BaseHTTPRequestHandler):
    """Keeps graphs in a dictionary, and does what its server is told to."""

    server: "_OddServer"

    def do_PUT(self) -> None:
        self.server.seen.append(dict(self.headers))
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        if self.server.answers:
            status, headers = self.server.answers.pop(0)
            said = self.server.echo(self.headers.get("Authorization", ""))
            self._reply(status, headers, said.encode())
            return
        (name,) = parse_qs(urlsplit(self.path).query)["graph"]
        self.server.graphs[name] = body
        self._reply(204, {})

    def do_GET(self) -> None:
        self.server.seen.append(dict(self.headers))
        (name,) = parse_qs(urlsplit(self.path).query)["graph"]
        lines = self.server.graphs[name].splitlines(keepends=True)
        body = b"".join(lines[self.server.lose :])
        if self.server.page is not None:
            body = self.server.page
        self._reply(200, {"Content-Type": "application/n-triples"}, body)

    def do_POST(self) -> None:
        self.server.seen.append(dict(self.headers))
        self.rfile.read(int(self.headers["Content-Length"]))
        self._reply(200, {"Content-Type": "application/json"}, self.server.page or b"")

    def _reply(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class _OddServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Odd)
        self.graphs: dict[str, bytes] = {}
        self.seen: list[dict[str, str]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.lose = 0
        self.page: bytes | None = None
        self.echo: Callable[[str], str] = lambda _: ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/store"


@pytest.fixture
def odd() -> Iterator[_OddServer]:
    with _OddServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_what_fails_for_a_while_is_tried_again(odd: _OddServer, files: list[Path]) -> None:
    odd.answers = [(503, {}), (429, {}), (500, {})]
    (pushed,) = push(read_named([str(files[0])]), Remote(odd.address, retries=3, wait=0.001))
    assert pushed.whole
    assert not odd.answers


def test_tries_are_bounded(odd: _OddServer, files: list[Path]) -> None:
    odd.answers = [(503, {})] * 9
    with pytest.raises(StoreError, match="it answers 503"):
        list(push(read_named([str(files[0])]), Remote(odd.address, retries=2, wait=0.001)))
    assert len(odd.answers) == 6


def test_missing_triples_are_told(prov: Prov, odd: _OddServer, files: list[Path]) -> None:
    odd.lose = 3
    result = prov("push", files[0], odd.address)
    assert result.exit_code == 1
    (graph,) = read_named([str(files[0])])
    assert f"does not have all of 1 graph: {graph.iri} ({len(graph) - 3} of {len(graph)})" in (
        result.output
    )


def test_a_redirect_is_not_followed_with_credentials(
    odd: _OddServer, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROV_STORE_TOKEN", "secret-token")
    with _OddServer() as elsewhere:
        odd.answers = [(307, {"Location": elsewhere.address})]
        with pytest.raises(StoreError, match="has moved to"):
            list(push(read_named([str(files[0])]), Remote(odd.address, retries=0)))
        assert odd.seen[0]["Authorization"] == "Bearer secret-token"
        assert not elsewhere.seen


def test_basic_credentials_go_where_they_are_asked_for_only(
    odd: _OddServer, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROV_STORE_USER", "ada")
    monkeypatch.setenv("PROV_STORE_PASSWORD", "lovelace")
    odd.answers = [(401, {"WWW-Authenticate": 'Basic realm="store"'})]
    (pushed,) = push(read_named([str(files[0])]), Remote(odd.address, retries=0))
    assert pushed.whole
    assert "Authorization" not in odd.seen[0]
    assert odd.seen[1]["Authorization"] == "Basic YWRhOmxvdmVsYWNl"


def test_netrc_serves_basic_authentication_and_only_where_it_is_asked_for(
    odd: _OddServer, files: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _netrc(tmp_path, monkeypatch, "ada", "lovelace")
    odd.answers = [(401, {"WWW-Authenticate": 'Basic realm="store"'})]
    (pushed,) = push(read_named([str(files[0])]), Remote(odd.address, retries=0))
    assert pushed.whole
    assert "Authorization" not in odd.seen[0]
    assert odd.seen[1]["Authorization"] == "Basic YWRhOmxvdmVsYWNl"
    odd.seen.clear()
    (pushed,) = push(read_named([str(files[0])]), Remote(odd.address, retries=0))
    assert not [headers for headers in odd.seen if "Authorization" in headers]


def test_credentials_in_netrc_are_for_their_host_alone(
    odd: _OddServer, files: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _netrc(tmp_path, monkeypatch, "ada", "lovelace", host="elsewhere.example")
    odd.answers = [(401, {"WWW-Authenticate": 'Basic realm="store"'})]
    with pytest.raises(StoreError, match="it answers 401"):
        list(push(read_named([str(files[0])]), Remote(odd.address, retries=0)))
    assert not [headers for headers in odd.seen if "Authorization" in headers]


def _netrc(
    folder: Path, monkeypatch: pytest.MonkeyPatch, user: str, password: str, host: str = "127.0.0.1"
) -> None:
    path = folder / "netrc"
    path.write_text(f"machine {host} login {user} password {password}\n", encoding="utf-8")
    path.chmod(0o600)
    monkeypatch.setenv("NETRC", str(path))


@pytest.mark.parametrize("url", ["http://ada:secret@127.0.0.1/store", "ftp://127.0.0.1/", "store"])
def test_addresses_that_are_none_or_tell_a_password(
    prov: Prov, files: list[Path], url: str
) -> None:
    result = prov("push", files[0], url)
    assert result.exit_code == 1
    assert result.output.startswith("prov: cannot push to ")
    assert "secret" not in result.output
    assert result.output.count("\n") == 1


def test_a_dry_run_contacts_nobody(prov: Prov, files: list[Path], odd: _OddServer) -> None:
    result = prov("push", *files, odd.address, "--dry-run")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == len(files)
    assert not odd.seen


@pytest.mark.parametrize(
    "page",
    [
        b"<!doctype html><title>Sign in</title><form>Password</form>",
        b'{"status": "ok"}',
        b"OK",
        b"\xff\xfe\x00",
        b"<urn:a> <urn:b> ",
        b'<urn:a> <urn:b> "c" .\n<html>',
    ],
)
def test_what_is_answered_must_be_the_graph(
    prov: Prov, odd: _OddServer, files: list[Path], page: bytes
) -> None:
    odd.page = page
    result = prov("push", files[0], odd.address)
    assert result.exit_code == 1
    assert "what came back is not the graph" in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("page", [b"", b"<html>", b"[]", b"{}", b"[" * 100_000, b'{"results": 1}'])
def test_a_count_must_be_one(prov: Prov, odd: _OddServer, files: list[Path], page: bytes) -> None:
    odd.page = page
    result = prov("push", files[0], odd.address, "--query", odd.address)
    assert result.exit_code == 1
    assert "what came back is not a count" in result.output
    assert result.output.count("\n") == 1


SECRET = "tok/en+of&ours=='<1>"
ECHOES: dict[str, Callable[[str], str]] = {
    "as it is": lambda header: f"no such right: {header}",
    "escaped": lambda header: f"<p>{html.escape(header)}</p>",
    "quoted": lambda header: f"see /login?for={quote(header, safe='')}",
    "as a form": lambda header: f"see /login?{urlencode({'for': header})}",
    "as JSON": lambda header: json.dumps({"header": header.replace("/", "\\/")}),
    "as numbers": lambda header: "".join(f"\\u{ord(c):04x}" for c in header),
    "broken into lines": lambda header: "\n".join(header),
    "in Base64": lambda header: b64encode(header.encode()).decode(),
    "far behind": lambda header: f"{'x' * 280} {header}",
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=list(ECHOES))
@pytest.mark.parametrize("place", ["body", "redirect"])
def test_no_credential_that_a_server_echoes_is_shown(
    prov: Prov,
    odd: _OddServer,
    files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    echo: Callable[[str], str],
    place: str,
) -> None:
    for token, password in ((SECRET, ""), ("", SECRET)):
        monkeypatch.setenv("PROV_STORE_TOKEN", token)
        monkeypatch.setenv("PROV_STORE_USER", "ada")
        monkeypatch.setenv("PROV_STORE_PASSWORD", password)
        said = echo(f"Bearer {SECRET}" if token else f"ada:{SECRET}")
        odd.answers = [(403, {})]
        odd.echo = lambda _, said=said: said  # type: ignore[misc]
        if place == "redirect":
            where = f"http://x.example/{quote(said)}"
            odd.answers, odd.echo = [(302, {"Location": where})], lambda _: ""
        result = prov("push", files[0], odd.address)
        assert result.exit_code == 1
        assert "it repeats a credential" in result.output
        assert result.output.count("\n") == 1
        assert not any(part in result.output for part in ("tok", "ours", "t\no", said[:12]))


def test_what_a_server_says_of_basic_credentials_is_not_shown(
    prov: Prov, odd: _OddServer, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROV_STORE_USER", "ada")
    monkeypatch.setenv("PROV_STORE_PASSWORD", "lovelace")
    odd.answers = [(401, {"WWW-Authenticate": 'Basic realm="store"'}), (403, {})]
    odd.echo = lambda header: f"you sent {header}"
    result = prov("push", files[0], odd.address)
    assert "it answers 403" in result.output
    assert "YWRhOmxvdmVsYWNl" not in result.output
    odd.answers, odd.echo = [(403, {})], lambda _: "you may not write"
    assert "it answers 403 you may not write" in prov("push", files[0], odd.address).output


@pytest.mark.parametrize("token", ["sec\nret", "sec\x00ret", "sec\u2026ret", "sec\rX-Evil: ret"])
def test_a_token_that_no_header_can_hold_is_not_shown(
    prov: Prov,
    odd: _OddServer,
    files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    token: str,
) -> None:
    monkeypatch.setattr("os.environ", {**os.environ, "PROV_STORE_TOKEN": token})
    result = prov("push", files[0], odd.address)
    assert result.exit_code == 1
    assert (
        result.output
        == "prov: cannot use PROV_STORE_TOKEN: it holds characters that a header cannot\n"
    )
    assert not odd.seen
