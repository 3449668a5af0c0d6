"""Processes that answer query after query: confined as those of one are, replaced if one dies."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from provenance.errors import LimitError, RecordError, StoreError
from provenance.stores.queries import Asker, Wanted, answer, queries, serialized
from tests.stores.test_queries import BUILT, Endpoint, endpoint
from tests.stores.test_queries_confined import ASKING, CONFINED

assert endpoint  # a fixture
GRAPH = NamedNode("urn:graph")
COUNT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
KEYS = "CONCAT(STR(?a), STR(?d), STR(?f), STR(?c))"
HUNGRY = f"SELECT (COUNT(DISTINCT {KEYS}) AS ?n) {{ ?a ?b ?c . ?d ?e ?f }}"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/proc is read")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("staying") / "store"
    Store(str(made)).load(BUILT.read_bytes(), RdfFormat.TURTLE, to_graph=GRAPH)
    return made


@pytest.fixture
def asker(folder: Path) -> Iterator[Asker]:
    one = Asker(folder, 1_000_000_000)
    one.start()
    yield one
    one.close()


def process_of(asker: Asker) -> int:
    """Return the number of the process that would answer next."""
    asker.start()
    assert asker._process is not None
    return asker._process.pid


def count(asker: Asker) -> int:
    """Return how many triples are there."""
    found = json.loads(asker.written(COUNT, Wanted())[1])
    return int(found["results"]["bindings"][0]["n"]["value"])


def test_one_process_answers_all_as_one_of_each_does(asker: Asker, folder: Path) -> None:
    before = process_of(asker)
    for query in queries():
        kind, found = asker.written(query.text, Wanted())
        mine = serialized(answer(query.text, [str(folder)]), "json")
        assert (kind, json.loads(found)) == ("rows", json.loads(mine)), query.name
    assert process_of(asker) == before


def test_what_is_wrong_ends_no_process(asker: Asker) -> None:
    before = process_of(asker)
    for text in ("SELECT", "CLEAR ALL", "SELECT * { SERVICE <http://127.0.0.1/> {} }", ""):
        with pytest.raises(RecordError):
            asker.written(text, Wanted())
    with pytest.raises(LimitError, match="the answer has more than 50 MB"):
        asker.written("SELECT * { ?a ?b ?c . ?d ?e ?f }", Wanted())
    assert count(asker) > 1000
    assert process_of(asker) == before


def test_one_that_takes_too_long_is_replaced(asker: Asker) -> None:
    before = process_of(asker)
    with pytest.raises(LimitError, match=r"took longer than 1\.5 s"):
        asker.written(FOREVER, Wanted(), 1.5)
    assert process_of(asker) != before
    assert count(asker) > 1000


def test_one_that_takes_too_much_memory_is_replaced(folder: Path) -> None:
    one = Asker(folder, 300_000_000)
    try:
        before = process_of(one)
        with pytest.raises(LimitError, match="more than 300 MB of memory"):
            one.written(HUNGRY, Wanted())
        assert process_of(one) != before
        assert count(one) > 1000
    finally:
        one.close()


def test_one_that_has_no_memory_left_for_another_is_replaced_unseen(folder: Path) -> None:
    one = Asker(folder, 100_000_000)
    try:
        for _ in range(3):
            before = process_of(one)
            with pytest.raises(RecordError, match="SERVICE asks another machine"):
                one.written(ASKING["after a name"], Wanted())  # which is parsed by a large library
            assert count(one) > 1000
            assert process_of(one) != before
    finally:
        one.close()


@CONFINED
@pytest.mark.parametrize("case", ["after a name", "beside an escape", "in silence", "row by row"])
def test_no_query_opens_a_connection(case: str, asker: Asker, endpoint: Endpoint) -> None:
    count(asker)  # not the first either
    with pytest.raises(RecordError, match="SERVICE asks another machine"):
        asker.written(ASKING[case].replace("URL", f"http://127.0.0.1:{endpoint.port}/"), Wanted())
    assert endpoint.asked == []
    assert count(asker) > 1000


@CONFINED
def test_the_network_is_given_up_before_the_first_query(asker: Asker) -> None:
    for _ in range(2):
        told = Path(f"/proc/{process_of(asker)}/status").read_text("utf-8")
        assert "Seccomp:\t2\n" in told
        assert "NoNewPrivs:\t1\n" in told
        limits = Path(f"/proc/{process_of(asker)}/limits").read_text("utf-8")
        (space,) = [line for line in limits.splitlines() if line.startswith("Max address space")]
        assert "unlimited" not in space
        with pytest.raises(LimitError):  # and what comes in its place is no freer
            asker.written(FOREVER, Wanted(), 0.5)


def test_what_was_written_meanwhile_is_seen(asker: Asker, folder: Path) -> None:
    first, before = count(asker), process_of(asker)
    new = Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), GRAPH)
    store = Store(str(folder))
    store.add(new)
    assert count(asker) == first + 1
    store.remove(new)
    assert count(asker) == first
    store.optimize()  # files are merged into others and deleted
    assert count(asker) == first
    assert process_of(asker) == before


def test_a_store_that_is_not_there_yet_is_told_and_read_later(tmp_path: Path) -> None:
    one = Asker(tmp_path / "s")
    try:
        with pytest.raises(StoreError, match="there is no Oxigraph store"):
            one.written(COUNT, Wanted())
        Store(str(tmp_path / "s")).load(BUILT.read_bytes(), RdfFormat.TURTLE, to_graph=GRAPH)
        assert count(one) > 1000
    finally:
        one.close()
    with pytest.raises(StoreError, match="it was stopped"):
        one.written(COUNT, Wanted())


@LINUX
def test_memory_that_was_taken_is_counted() -> None:
    code = (
        "from provenance.stores.queries.confining import bound_memory\n"
        "free = bound_memory(100_000_000)\n"
        "first = free()\n"
        "held = bytearray(50_000_000)\n"
        "print(first > 0.9, 0.3 < free() < 0.6)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "True True\n"


@CONFINED
def test_it_ends_when_whoever_started_it_is_killed(folder: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom provenance.stores.queries import Asker\n"
        "one = Asker(Path(sys.argv[1]))\none.start()\nprint(one._process.pid, flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        assert Path(f"/proc/{number}").exists()
        parent.kill()
    for _ in range(200):
        if not _lives(number):
            return
        time.sleep(0.05)
    raise AssertionError("it lives on")


def _lives(number: int) -> bool:
    """Whether a process is there and no mere entry of one that has ended."""
    try:
        os.kill(number, 0)
        return ") Z " not in Path(f"/proc/{number}/stat").read_text("utf-8")
    except OSError:
        return False
