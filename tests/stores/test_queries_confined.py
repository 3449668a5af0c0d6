"""A stranger's query: no network, bounded memory and time, and a process that may die of it."""

import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, QuerySolutions

from provenance.errors import RecordError
from provenance.stores.queries import answer
from provenance.stores.queries.confining import NETWORK_SIGNAL, names_service
from tests.conftest import Prov
from tests.stores.test_queries import BUILT, Endpoint, endpoint

assert endpoint  # a fixture
CONFINED = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64", "riscv64"),
    reason="the kernel keeps a process from the network on Linux alone",
)
ASKING = {
    "after a name": "SELECT * { ?a a ?b.SERVICE <URL> { ?d ?e ?f } }",
    "after a number": "SELECT * { ?a ?b 1.SERVICE <URL> { ?d ?e ?f } }",
    "after a language": "SELECT * { OPTIONAL { ?a ?b 'x'@en.SERVICE <URL> { ?d ?e ?f } } }",
    "a prefix of that name": "PREFIX SERVICE: <URL#> SELECT * { SERVICE SERVICE:a {?d ?e ?f} }",
    "between less and more": "SELECT * { FILTER(1<2)SERVICE#>\n<URL> { ?d ?e ?f } }",
    "between quotes in a comment": 'SELECT * { #"\nSERVICE <URL> { ?d ?e ?f } #"\n}',
    "after a comment that ends early": "SELECT * { # \rSERVICE <URL> { ?d ?e ?f } }",
    "beside an escape": 'SELECT * { BIND("\\u0041" AS ?x) SERVICE <URL> { ?d ?e ?f } }',
    "in silence": 'SELECT * { BIND("\\u0041" AS ?x) SERVICE SILENT <URL> { ?d ?e ?f } }',
    "row by row": "SELECT * { ?a a ?b LATERAL { SERVICE <URL> { ?d ?e ?f } } } LIMIT 1",
    "an address with a headline in it": "SELECT * { ?a schema:headline ?h BIND("
    'IRI(CONCAT("URL", ENCODE_FOR_URI(?h))) AS ?x) LATERAL { SERVICE ?x { ?d ?e ?f } } }',
    "under another": "ASK { OPTIONAL { { SELECT * { MINUS { SERVICE <URL> {} } } } } }",
    "a condition": "ASK { FILTER NOT EXISTS { SERVICE <URL> { ?a ?b ?c } } }",
}
UNCONFINED = "leave_network = lambda: False"


@CONFINED
@pytest.mark.parametrize("case", ASKING)
def test_no_query_opens_a_connection(case: str, endpoint: Endpoint) -> None:
    address = f"http://127.0.0.1:{endpoint.port}/"
    with pytest.raises(RecordError, match="SERVICE asks another machine"):
        answer(ASKING[case].replace("URL", address), [str(BUILT)])
    assert endpoint.asked == []


@CONFINED
@pytest.mark.parametrize(
    "what",
    [
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.getaddrinfo('host.example', 80)",
        "import threading, socket; threading.Thread(target=socket.socket).start()",
        "import os; os.execv('/bin/true', ['true'])",
    ],
)
def test_the_kernel_kills_what_asks_for_the_network(what: str) -> None:
    code = f"from provenance.stores.queries.confining import leave_network; leave_network(); {what}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert run.returncode == -NETWORK_SIGNAL, run.stderr


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("SELECT * { ?a a ?b.SERVICE <urn:x> {} }", True),
        ("PREFIX SERVICE: <urn:x> ASK { { service SILENT SERVICE:x {} } }", True),
        ("ASK { ?x ?y 'the service' }", False),
        ("ASK { ?service <urn:SERVICE> ?z }", False),
        ("ASK { ?x ?y ?z }", False),
        ("ASK { \\u0053ERVICE <urn:x> {} }", None),
        ("ASK { ?x ?y 'a service\\u0041' }", None),
        ("ASK { #\rSERVICE <urn:x> {}\n}", None),
        ("ASK { LATERAL { SERVICE <urn:x> {} } }", None),
    ],
)
def test_a_query_is_parsed_for_other_machines(text: str, asks: bool | None) -> None:
    assert names_service(text) is asks


def unconfined(text: str) -> dict[str, object]:
    """Return what the process says of a query where the kernel does not help."""
    asked = {"query": text, "data": [str(BUILT)], "prefixes": {}, "seconds": 60, "memory": 10**9}
    code = f"from provenance.stores.queries import worker; worker.{UNCONFINED}; worker.main()"
    run = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(asked).encode() + b"\n",
        capture_output=True,
        check=True,
    )
    last: dict[str, object] = json.loads(run.stdout.splitlines()[1])
    return last


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes")
@pytest.mark.parametrize("case", ASKING)
def test_without_the_kernel_nothing_is_asked_either(case: str, endpoint: Endpoint) -> None:
    address = f"http://127.0.0.1:{endpoint.port}/"
    assert "why" in unconfined(ASKING[case].replace("URL", address))
    assert endpoint.asked == []
    assert unconfined("ASK { ?x ?y 'the service' }")["size"]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { FILTER(1<2+" + "(" * 40_000 + "1" + ")" * 40_000 + ")#>\n}",
        "SELECT * " + "{" * 40_000 + "}" * 40_000,
        "SELECT * { ?a <urn:b>" + "/<urn:b>" * 200_000 + " ?c }",
        "SELECT * {" + " OPTIONAL {" * 40_000 + "}" * 40_000 + "}",
    ],
    ids=["hidden brackets", "braces", "a path", "optional"],
)
def test_a_query_nested_deep_ends_in_one_line(text: str, prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "deep.rq").write_text(text)
    result = prov("query", "deep.rq", BUILT)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "prov: cannot run the query: it is nested too deep\n"


@CONFINED
@pytest.mark.parametrize("said", ["nan", "inf", "1e300", "1e12"])
@pytest.mark.parametrize("option", ["query q.rq", "push", "build --min-score"])
def test_what_is_no_number_is_refused(option: str, said: str, prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").touch()
    (tmp_path / "q.rq").write_text("ASK {}")
    name, *more = option.split()
    given = [*more, said, "a.ttl"] if name == "build" else [*more, "a.ttl", "--timeout", said]
    given += ["http://127.0.0.1:9/x"] if name == "push" else []
    done = prov(name, *given)
    assert done.exit_code == 2
    assert "Invalid value" in done.stderr


def test_memory_beyond_all_limits_is_no_limit() -> None:
    assert answer("ASK {}", [], memory=10**26)


def test_the_memory_of_a_query_is_bounded() -> None:
    keys = "CONCAT(STR(?a), STR(?d), STR(?f), STR(?c))"
    text = f"SELECT (COUNT(DISTINCT {keys}) AS ?n) {{ ?a ?b ?c . ?d ?e ?f }}"
    with pytest.raises(RecordError, match="more than 200 MB of memory, --memory allows for more"):
        answer(text, [str(BUILT)], memory=200_000_000)


def test_the_size_of_an_answer_is_bounded() -> None:
    with pytest.raises(RecordError, match="more than 5 MB, --memory allows for more"):
        answer("SELECT * { ?a ?b ?c . ?d ?e ?f }", [str(BUILT)], memory=100_000_000)


def test_a_table_has_so_many_rows(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "many.rq").write_text("SELECT ?b { ?a ?b ?c . ?d ?e ?f } LIMIT 10100")
    told = prov("query", "many.rq", BUILT).stdout
    assert told.endswith("and 100 more rows, --to csv has all\n")
    assert 10_000 < told.count("\n") < 10_010
    assert prov("query", "many.rq", BUILT, "--to", "csv").stdout.count("\n") == 10_101


def test_what_lies_in_the_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "provenance", "pyoxigraph", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('a stranger was run')")
    monkeypatch.chdir(tmp_path)
    found = answer("SELECT (1 AS ?x) {}", [str(BUILT)])
    assert isinstance(found, QuerySolutions)
    assert [row[0] for row in found] == [Literal(1)]
