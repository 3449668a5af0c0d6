"""The desk over HTTP: the real server, asked as programs and as strangers ask it."""

import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from provenance import vocab
from provenance.cli import main
from provenance.corrections import read_log
from provenance.desk import inbox, searching
from provenance.desk.guard import Limits
from provenance.desk.negotiating import chosen
from provenance.errors import ArticleError
from provenance.stores.queries import answer, queries, serialized
from tests.conftest import Prov
from tests.helpers.desk_server import ARTICLE, Served, anchor, serve, story

FOREVER = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    one = serve(tmp_path_factory.mktemp("desk") / "store", "--timeout", "6")
    one.bring(("cracks.txt", ARTICLE), ("other.txt", story(7)))
    yield one
    one.kill()


@pytest.fixture(scope="module")
def article(desk: Served) -> str:
    return str(desk.bring(("cracks.txt", ARTICLE))["articles"][0])


def test_what_is_there_already_is_not_built_again(desk: Served) -> None:
    job = desk.bring(("cracks.txt", ARTICLE))
    assert (job["built"], job["kept"], job["failed"]) == (0, 1, 0)


def test_each_failure_is_one_line(desk: Served) -> None:
    job = desk.bring(("empty.txt", ""), ("noise.bin", b"\0\1\2" * 50), ("cut.pdf", b"%PDF-1.7\n"))
    assert job["failed"] == len(job["lines"]) == 3
    assert all("\n" not in line and str(desk.store) not in line for line in job["lines"])


@pytest.mark.parametrize(
    "name",
    [
        "../../../escaped.txt",
        "/etc/escaped.txt",
        "..\\..\\escaped.txt",
        "a/../../escaped.txt",
        "..",
    ],
)
def test_an_upload_is_written_nowhere_else(desk: Served, name: str) -> None:
    # by hand, as libraries make the name harmless before they send it
    text = story(len(name) + 30).encode()
    head = (
        f'--B\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
    )
    kind = {"Content-Type": "multipart/form-data; boundary=B"}
    job = desk.post("/articles", data=head + text + b"\r\n--B--\r\n", headers=kind)
    assert job.status_code == 202
    desk.ended(job.json()["id"])
    around = {path.name for path in desk.store.parent.iterdir()}
    assert around == {desk.store.name}
    kept = [path for path in desk.store.rglob("*") if path.is_file() and text in path.read_bytes()]
    assert [path.parent.parent for path in kept if path.suffix == ".txt" or path.name == "article"]
    assert all(path.is_relative_to(desk.store) for path in kept)


def test_names_are_harmless() -> None:
    assert inbox.safe_name("../../x.txt") == "x.txt"
    assert inbox.safe_name("C:\\news\\a b.pdf") == "a b.pdf"
    assert inbox.safe_name("\0\x1b[2J#@.html") == "2J_.html"
    assert inbox.safe_name("...") == "article"
    assert inbox.safe_name("") == "article"
    assert len(inbox.safe_name("ä" * 500 + ".docx").encode()) < 120
    assert inbox.safe_name("Übersicht.txt") == "Übersicht.txt"


def packed(parts: dict[str, str]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return held.getvalue()


def test_a_zip_brings_all_that_is_in_it(desk: Served) -> None:
    parts = {
        "a/one.txt": story(11),
        "../two.txt": story(12),
        "notes.xyz": "x",
        "__MACOSX/._a.txt": "",
    }
    job = desk.bring(("many.zip", packed(parts)), ("broken.zip", b"PK\3\4" + b"?" * 40))
    assert job["built"] == 2
    (why,) = job["lines"]
    assert why.startswith("cannot read broken.zip: ")


def test_a_zip_that_unpacks_to_too_much_is_refused() -> None:
    data = packed({f"{n}.txt": "a" * 100_000 for n in range(30)})
    with pytest.raises(ArticleError, match="unpacks to too much"):
        list(inbox.unpack("bomb.zip", BytesIO(data), Limits(unpacked=1_000_000)))
    with pytest.raises(ArticleError, match="unpacks to too much"):
        list(inbox.unpack("many.zip", BytesIO(data), Limits(files=20)))


def test_a_text_is_pasted_and_an_address_is_one(desk: Served) -> None:
    job = desk.post("/articles", data={"text": story(21)}).json()
    assert desk.ended(job["id"])["built"] == 1
    for wrong in ("ftp://a.example/x", "javascript:alert(1)", "http://me:secret@a.example/"):
        refused = desk.post("/articles", data={"address": wrong})
        assert refused.status_code == 409
        assert "secret" not in refused.text
    private = desk.post("/articles", data={"address": "http://127.0.0.1:1/x"}).json()
    assert desk.ended(private["id"])["failed"] == 1


HOSTS = ["evil.example", "127.0.0.1.evil.example:{port}", "localhost:1", "", "127.0.0.1"]


@pytest.mark.parametrize("host", HOSTS)
def test_other_hosts_are_turned_away(desk: Served, host: str) -> None:
    port = desk.address.rpartition(":")[2]
    found = desk.get("/", headers={"Host": host.format(port=port)})
    assert found.status_code in (400, 421)
    assert "cracks" not in found.text


def test_two_hosts_are_none(desk: Served) -> None:
    port = int(desk.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), 20) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil\r\n\r\n".encode())
        assert line.recv(100).split()[1] in (b"400", b"421")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_pages_of_other_sites_get_nothing(
    desk: Served, article: str, headers: dict[str, str]
) -> None:
    before = desk.raw(article)
    rename = {"action": "rename", "source": {"name": "Ada Brandt"}, "name": "Nobody"}
    path = f"/articles/{article}/corrections"
    assert desk.post(path, json=rename, headers=headers).status_code == 403
    assert desk.post("/articles", data={"text": story(1)}, headers=headers).status_code == 403
    refused = desk.get("/sparql", params={"query": "ASK {}"}, headers=headers)
    assert refused.status_code == 403
    assert "Access-Control-Allow-Origin" not in refused.headers
    assert desk.raw(article) == before


def test_a_form_of_another_site_cannot_correct(desk: Served, article: str) -> None:
    """A form can send no JSON as such, so nothing else is taken."""
    sent = desk.post(
        f"/articles/{article}/corrections",
        data=json.dumps({"action": "rename", "source": {"name": "Ada Brandt"}, "name": "X"}),
        headers={"Content-Type": "text/plain"},
    )
    assert sent.status_code == 415


def test_a_site_that_the_user_allows_may_ask_and_no_more(tmp_path: Path) -> None:
    one = serve(tmp_path / "s", "--allow-origin", "https://yasgui.example")
    try:
        headers = {"Origin": "https://yasgui.example", "Sec-Fetch-Site": "cross-site"}
        asked = one.get("/sparql", params={"query": "ASK {}"}, headers=headers)
        assert asked.json()["boolean"] is True
        assert asked.headers["Access-Control-Allow-Origin"] == "https://yasgui.example"
        assert one.get("/jobs", headers=headers).status_code == 403
        assert one.post("/articles", data={"text": "x"}, headers=headers).status_code == 403
    finally:
        one.kill()


def test_whoever_reaches_it_from_elsewhere_needs_the_token(tmp_path: Path) -> None:
    one = serve(tmp_path / "s", "--token")
    try:
        assert one.get("/").status_code == one.get("/?token=wrong").status_code == 401
        assert one.get("/", headers={"Authorization": "Bearer "}).status_code == 401
        assert one.post("/articles", data={"text": story(2)}).status_code == 401
        assert not (tmp_path / "s" / "articles").exists()
    finally:
        one.kill()


def test_answers_give_a_browser_nothing_to_do_harm_with(desk: Served, article: str) -> None:
    for path in ("/", f"/articles/{article}", "/sparql", "/jobs", "/nothing"):
        found = desk.get(path, headers={"Accept": "text/html"})
        policy = found.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors" in policy
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert "server" not in found.headers


def test_what_a_stranger_wrote_is_inert(desk: Served) -> None:
    evil = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'
    text = ARTICLE.replace("Mayor hid report, clerk says", f"{evil} says the mayor")
    job = desk.bring((f"{evil}.txt", text))
    (digest,) = job["articles"]
    for path in (f"/articles/{digest}", "/"):
        page = desk.get(path, headers={"Accept": "text/html"}).text
        assert "</script><script>alert" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles/../../etc/passwd", 404),
        ("/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
        ("/articles/" + "0" * 64, 404),
        ("/articles/" + "g" * 64, 404),
        ("/.well-known/ni/sha-256/..%2f..%2fx", 404),
        ("/static/../desk.js", 404),
        ("//evil.example/", 404),
        ("/store?graph=not%20an%20iri", 400),
        ("/store?graph=urn:x:nothing", 404),
        ("/store?graph=urn:a:1&default", 400),
        ("/sparql?query=SELEC", 400),
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", 400),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=a%20b", 400),
    ],
)
def test_paths_that_lead_nowhere_have_a_status(desk: Served, path: str, status: int) -> None:
    port = int(desk.address.rpartition(":")[2])
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path, headers={"Accept": "text/turtle, application/json"})
    assert line.getresponse().status == status
    line.close()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"--B\r\nContent-Disposition: form-data", "multipart/form-data; boundary=B", 400),
        (b"no boundary at all", "multipart/form-data", 400),
        (b"x" * 5000, "multipart/form-data; boundary=" + "b" * 5000, 400),
        (b"--B--\r\n", "multipart/form-data; boundary=B", 400),
        (b"text=", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"colour=red", "application/x-www-form-urlencoded", 400),
    ],
)
def test_broken_bodies_have_a_status(desk: Served, body: bytes, kind: str, status: int) -> None:
    sent = desk.post("/articles", data=body, headers={"Content-Type": kind})
    assert sent.status_code == status, sent.text
    assert len(sent.text.splitlines()) == 1


def test_a_body_that_is_too_long_is_not_waited_for(desk: Served) -> None:
    port = int(desk.address.rpartition(":")[2])
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.putrequest("POST", "/articles")
    line.putheader("Content-Type", "multipart/form-data; boundary=B")
    line.putheader("Content-Length", str(10**12))
    line.endheaders()
    assert line.getresponse().status == 413
    line.close()


@pytest.mark.parametrize(
    ("record", "status"),
    [
        ({"action": "rename"}, 400),
        ({"action": "explode", "source": {"name": "x"}}, 400),
        ({"action": "rename", "source": {"name": "Nobody at all"}, "name": "X"}, 409),
        ({"action": "undo", "undoes": "c-0000000000"}, 409),
        (
            {"action": "merge", "source": {"name": "Ada Brandt"}, "target": {"name": "Ada Brandt"}},
            409,
        ),
        ([], 400),
        ("rename", 400),
    ],
)
def test_what_is_no_correction_changes_nothing(
    desk: Served, article: str, record: Any, status: int
) -> None:
    before = desk.raw(article)
    refused = desk.post(f"/articles/{article}/corrections", json=record)
    assert refused.status_code == status, refused.text
    assert len(refused.text.splitlines()) == 1
    assert desk.raw(article) == before


def log_of(desk: Served, name: str) -> Path:
    return next(desk.store.glob(f"articles/*/{name}")).with_suffix(".corrections.jsonl")


def test_a_correction_is_in_the_log_the_graph_and_the_list(
    desk: Served, article: str, prov: Prov
) -> None:
    raw = desk.raw(article)
    made = desk.correct(
        article, action="rename", source=anchor(raw, "Ada Brandt"), name="A. Brandt", why="her card"
    )
    assert made.status_code == 200, made.text
    assert "A. Brandt" in [one["name"] for one in made.json()["raw"]["sources"]]
    log = log_of(desk, "cracks.txt")
    (line,) = read_log(log)
    assert (line.who, line.why, line.name) == ("Ada Quill", "her card", "A. Brandt")
    file = log.with_name("cracks.txt")
    assert "Ada Brandt is called A. Brandt (her card)" in prov("correct", "list", file).output
    turtle = desk.get(f"/articles/{article}", headers={"Accept": "text/turtle"}).text
    assert '"A. Brandt"' in turtle
    undone = desk.correct(article, action="undo", undoes=line.id)
    assert undone.json()["raw"] == raw
    assert read_log(log) == ()


def test_prov_correct_in_a_terminal_reaches_the_page_and_the_store(
    desk: Served, article: str, prov: Prov
) -> None:
    log = log_of(desk, "cracks.txt")
    tag = desk.get(f"/articles/{article}/data").headers["ETag"]
    same = desk.get(f"/articles/{article}/data", headers={"If-None-Match": tag})
    assert same.status_code == 304
    prov("correct", "grade", log.with_name("cracks.txt"), "Jonas Pell", "B")
    count = "SELECT ?c WHERE { ?c a sp:Correction ; sp:action 'grade' }"
    for _ in range(100):
        if len(desk.get("/sparql", params={"query": count}).json()["results"]["bindings"]) == 1:
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the correction does not come into the store")
    fresh = desk.get(f"/articles/{article}/data", headers={"If-None-Match": tag})
    assert [one["grade"] for one in fresh.json()["raw"]["corrections"]] == ["B"]
    (line,) = read_log(log)
    desk.correct(article, action="undo", undoes=line.id)


def test_corrections_at_the_same_time_lose_nothing(desk: Served, article: str, prov: Prov) -> None:
    raw = desk.raw(article)
    source = anchor(raw, "Jonas Pell")
    log = log_of(desk, "cracks.txt")

    def grade(number: int) -> int:
        why = f"reason {number}"
        return desk.correct(article, action="grade", source=source, grade="C", why=why).status_code

    with ThreadPoolExecutor(6) as tabs:
        sent = [tabs.submit(grade, number) for number in range(12)]
        prov(
            "correct", "grade", log.with_name("cracks.txt"), "Jonas Pell", "A", "--why", "terminal"
        )
        assert {one.result() for one in sent} == {200}
    reasons = {one.why for one in read_log(log)}
    assert reasons == {"terminal", *(f"reason {number}" for number in range(12))}
    for _ in range(100):
        held = desk.raw(article)["corrections"]
        if {one["why"] for one in held} == reasons:
            break
        time.sleep(0.1)
    else:
        raise AssertionError(f"the graph lacks {reasons - {one['why'] for one in held}}")
    for one in read_log(log):
        assert desk.correct(article, action="undo", undoes=one.id).status_code == 200
    assert desk.raw(article) == raw


def test_every_query_of_the_library_is_answered_as_prov_query_does(desk: Served) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore
    from SPARQLWrapper import JSON, SPARQLWrapper

    store = SPARQLStore(f"{desk.address}/sparql")
    wrapper = SPARQLWrapper(f"{desk.address}/sparql")
    wrapper.setReturnFormat(JSON)
    for query in queries():
        mine = json.loads(serialized(answer(query.text, [str(desk.store)]), "json"))
        sent = desk.post("/sparql", data={"query": query.text})
        assert sent.json() == mine, query.name
        wrapper.setQuery(vocab_prefixes() + query.text)
        assert wrapper.query().convert() == mine, query.name
        found = json.loads(rdflib_rows(store.query(query.text)))["results"]["bindings"]
        assert in_order(found) == in_order(mine["results"]["bindings"]), query.name


def rdflib_rows(found: Any) -> bytes:
    """Return what rdflib found as JSON."""
    return bytes(found.serialize(format="json"))


def in_order(rows: list[dict[str, dict[str, str]]]) -> list[str]:
    """Return *rows* in an order of their own; rdflib names the type that any text has."""
    plain = {"datatype": "http://www.w3.org/2001/XMLSchema#string"}.items()
    return sorted(
        json.dumps(
            {
                name: {k: v for k, v in cell.items() if (k, v) not in plain}
                for name, cell in row.items()
            },
            sort_keys=True,
        )
        for row in rows
    )


def test_curl_is_answered_as_prov_query_does(desk: Served) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("there is no curl")
    for query in queries():
        mine = json.loads(serialized(answer(query.text, [str(desk.store)]), "json"))
        sent = [curl, "-s", f"{desk.address}/sparql", "--data-urlencode", "query@-"]
        for asked in (sent, [*sent, "-G"]):
            told = subprocess.run(asked, input=query.text.encode(), capture_output=True, check=True)
            assert json.loads(told.stdout) == mine, query.name


def vocab_prefixes() -> str:
    """Return what declares our prefixes: the wrapper looks at the query before it sends it."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in vocab.PREFIXES.items())


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_format_that_is_wanted(desk: Served, accept: str, kind: str) -> None:
    query = {"query": "SELECT ?a WHERE { ?a a sp:Article }"}
    found = desk.get("/sparql", params=query, headers={"Accept": accept})
    assert found.headers["Content-Type"].startswith(kind.partition(";")[0])
    direct = desk.post(
        "/sparql",
        data=query["query"].encode(),
        headers={"Accept": accept, "Content-Type": "application/sparql-query"},
    )
    assert direct.text == found.text


def test_a_graph_is_constructed_in_the_format_that_is_wanted(desk: Served) -> None:
    query = "CONSTRUCT { ?a a sp:Article } WHERE { ?a a sp:Article }"
    for media in ("text/turtle", "application/n-triples", "application/rdf+xml"):
        found = desk.post("/sparql", data={"query": query}, headers={"Accept": media})
        assert found.headers["Content-Type"].startswith(media)
        known = RdfFormat.from_media_type(media)
        assert known is not None
        assert len(list(parse(found.content, format=known))) >= 2
    assert desk.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert desk.get("/sparql", params={"query": "CLEAR ALL"}).status_code == 400


def test_named_graphs_are_the_dataset_where_they_are_named(desk: Served, article: str) -> None:
    graph = vocab.graph_iri(vocab.article_iri(article))
    query = {"query": "SELECT ?a WHERE { ?a a sp:Article }", "default-graph-uri": graph}
    found = desk.get("/sparql", params=query).json()["results"]["bindings"]
    assert [one["a"]["value"] for one in found] == [vocab.article_iri(article)]


def test_a_query_without_end_ends_and_hinders_no_other(desk: Served) -> None:
    with ThreadPoolExecutor(2) as clients:
        endless = clients.submit(desk.get, "/sparql", params={"query": FOREVER})
        time.sleep(0.5)
        asked = desk.get("/sparql", params={"query": "ASK { ?a a sp:Article }"})
        assert asked.json()["boolean"] is True
        assert not endless.done()
        refused = endless.result()
    assert refused.status_code == 503
    assert refused.text == "cannot run the query: it took longer than 6 s\n"


def askers(desk: Served) -> set[int]:
    """Return the numbers of the processes that answer queries of *desk*."""
    found = set()
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            parent = one.with_name("stat").read_text("utf-8").rpartition(")")[2].split()[1]
            if b"import stay" in one.read_bytes() and int(parent) == desk.process.pid:
                found.add(int(one.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is read")
def test_many_queries_at_once_are_answered_by_four_processes_that_stay(tmp_path: Path) -> None:
    one = serve(tmp_path / "s", "--timeout", "3")
    try:
        one.bring(("cracks.txt", ARTICLE))
        query = {"query": "SELECT ?a WHERE { ?a a sp:Article }"}
        with ThreadPoolExecutor(20) as clients:
            told = list(clients.map(lambda _: one.get("/sparql", params=query), range(60)))
        assert {answered.status_code for answered in told} == {200}
        assert len({answered.text for answered in told}) == 1
        first = askers(one)
        assert 1 <= len(first) <= 4
        one.bring(("other.txt", story(8)))  # what is new is found by all of them
        with ThreadPoolExecutor(20) as clients:
            told = list(clients.map(lambda _: one.get("/sparql", params=query), range(20)))
        assert {len(row.json()["results"]["bindings"]) for row in told} == {2}
        after = askers(one)
        assert first & after  # whoever has no memory left for another is replaced
        assert one.get("/sparql", params={"query": FOREVER}).status_code == 503
        assert one.get("/sparql", params=query).json() == told[0].json()
        assert after - askers(one)
        one.stop()
        assert one.process.returncode == 0
        assert not askers(one)
    finally:
        one.process.kill()


def test_graphs_are_read_by_the_graph_store_protocol(desk: Served, article: str) -> None:
    graph = vocab.graph_iri(vocab.article_iri(article))
    accept = {"Accept": "application/n-triples"}
    one = desk.get("/store", params={"graph": graph}, headers=accept)
    every = desk.get("/store?default", headers=accept)
    whole = desk.get("/store", headers={"Accept": "application/n-quads"})
    lines = set(one.text.splitlines())
    assert lines
    assert lines < set(every.text.splitlines())
    assert "ledger" not in whole.text
    assert desk.get("/store", params={"graph": vocab.SP + "ledger"}).status_code == 404
    head = requests.head(f"{desk.address}/store", params={"graph": graph}, timeout=60)
    assert head.status_code == 200
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        sent = requests.request(method, f"{desk.address}/store?default", timeout=60)
        assert sent.status_code == 405


def test_the_name_of_an_article_leads_to_all_its_formats(desk: Served, article: str) -> None:
    value = vocab.article_iri(article).rpartition(";")[2]
    for path in (f"/articles/{article}", f"/.well-known/ni/sha-256/{value}"):
        turtle = desk.get(path, headers={"Accept": "text/turtle"})
        assert f"<{vocab.article_iri(article)}" in turtle.text
        assert desk.get(path, headers={"Accept": "text/html"}).text.startswith("<!doctype html>")
        jsonld = desk.get(path, headers={"Accept": "application/ld+json, */*;q=0.1"})
        assert jsonld.headers["Content-Type"] == "application/ld+json"
        assert desk.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_what_is_accepted_is_read_as_the_standard_has_it() -> None:
    offered = ["text/html", "text/turtle", "application/ld+json"]
    assert chosen("", offered) == "text/html"
    assert chosen("text/turtle;q=0.5, text/html;q=0.4", offered) == "text/turtle"
    assert chosen("text/*;q=0.3, text/html;q=0", offered) == "text/turtle"
    assert chosen("image/png", offered) == ""
    assert chosen("*/*;q=0.1, application/ld+json", offered) == "application/ld+json"
    assert chosen(";;;q=x,,", offered) == ""


def test_words_are_found_in_texts_sources_and_claims(desk: Served, article: str) -> None:
    found = desk.get("/search", params={"words": "drawer"}).json()
    assert article in {one["digest"] for one in found["articles"]}
    assert "drawer" in found["articles"][0]["text"]
    sources = desk.get("/search", params={"words": "jonas pell"}).json()["sources"]
    assert {one["text"] for one in sources} == {"Jonas Pell"}
    claims = desk.get("/search", params={"words": "sent twice"}).json()["claims"]
    assert claims
    assert desk.get("/search", params={"words": "qqqq"}).json() == {
        "articles": [],
        "sources": [],
        "claims": [],
    }


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("pell jonas", "sources", "Jonas Pell"),
        ("REHOR jiri", "sources", "Jiří Řehoř"),
        ("sorensen søren", "sources", "Søren Sørensen"),
        ("o’hara una", "sources", "Una O'Hara"),
        ("stavidlo prosáklo", "claims", "the Stavidlo had prosaklo"),
        ("řehoř stavidlo", "articles", "Stavidlo"),
    ],
)
def test_words_are_found_in_any_order_and_spelling(
    desk: Served, article: str, words: str, kind: str, found: str
) -> None:
    text = """Sluice leaks, keeper says

Jiří Řehoř said that the Stavidlo had prosaklo in April.
Søren Sørensen, a diver, said the gate was open. Una O’Hara, his colleague, said that nobody came.
"""
    desk.bring(("sluice.txt", text))
    rows = desk.get("/search", params={"words": words}).json()[kind]
    assert any(found in one["text"] for one in rows), rows


@given(st.text(), st.text(), st.text())
def test_a_place_is_found_again_where_letters_become_two(
    before: str, word: str, after: str
) -> None:
    text = f"{before} straße {word} Œuvre {after}"
    at = searching._place(text, "oeuvre")
    assert searching.folded(text[at:]).startswith("oeuvre")


def test_a_store_that_another_writes_to_is_told_in_one_line(desk: Served, prov: Prov) -> None:
    result = prov("serve", desk.store, "--no-browser")
    assert result.exit_code == 1
    assert "another prov is writing to it" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_folder_of_something_else_is_told_in_one_line(tmp_path: Path, prov: Prov) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Dear all")
    result = prov("serve", tmp_path / "letters", "--no-browser")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert main.commands["serve"].help


def test_a_store_of_prov_build_is_taken_as_it_is(tmp_path: Path, prov: Prov) -> None:
    """Corrected before the desk saw it: its page is there and corrects further."""
    file = tmp_path / "news" / "cracks.txt"
    file.parent.mkdir()
    file.write_text(ARTICLE, encoding="utf-8")
    prov("correct", "rename", file, "Ada Brandt", "A. B.")
    assert prov("build", file, "--store", tmp_path / "s").exit_code == 0
    one = serve(tmp_path / "s")
    try:
        digest = vocab.digest_of(one.get("/sparql", params={"query": "SELECT ?a {?a a sp:Article}"})
                                 .json()["results"]["bindings"][0]["a"]["value"])  # fmt: skip
        assert "A. B." in [source["name"] for source in one.raw(digest)["sources"]]
        made = one.correct(digest, action="grade", source={"name": "Jonas Pell"}, grade="B")
        assert made.status_code == 200, made.text
        assert len(made.json()["raw"]["corrections"]) == 2
        log = file.with_suffix(".corrections.jsonl")
        assert [line.action.value for line in read_log(log)] == ["rename", "grade"]
        undone = one.correct(digest, action="undo", undoes=read_log(log)[0].id)
        assert "Ada Brandt" in [source["name"] for source in undone.json()["raw"]["sources"]]
        log.write_text(log.read_text("utf-8") + "{}\n", encoding="utf-8")
        assert one.get(f"/articles/{digest}").status_code == 200
        refused = one.correct(digest, action="grade", source={"name": "Jonas Pell"}, grade="C")
        assert refused.status_code == 400
        assert "line 4" in refused.text
        assert (tmp_path / "s" / "corrections").exists() is False
    finally:
        one.kill()
    assert prov("build", file, "--store", tmp_path / "s").exit_code == 1
