"""Clients of others ask the desk's endpoint: Jena, Comunica, and YASGUI on another site.

None of them is a dependency. `npm install @comunica/query-sparql @zazuko/yasgui` (in the root, or
with NODE_MODULES for another folder) and `apt install libapache-jena-java` (JAVA_CLASSES for
others) have these tests run.
"""

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from provenance import vocab
from tests.helpers.desk_server import ARTICLE, Served, serve, story
from tests.helpers.places import ROOT

MODULES = Path(os.environ.get("NODE_MODULES", ROOT / "node_modules"))
CLASSES = os.environ.get("JAVA_CLASSES", "/usr/share/java").split(os.pathsep)
"""Folders of jars."""
BRIDGE = re.compile(r"over-slf4j|to-slf4j|slf4j-(?!api|simple)")
STRAYED = "org/apache/jena/ext/"
ROWS = f"PREFIX sp: <{vocab.SP}> SELECT ?a ?s WHERE {{ ?a a sp:Article . ?s a sp:Source }}"
GRAPH = f"PREFIX sp: <{vocab.SP}> CONSTRUCT {{ ?s a sp:Source }} WHERE {{ ?s a sp:Source }}"
PAGE = """<!doctype html><meta charset=utf-8>
<link rel=stylesheet href=yasgui.min.css><div id=here></div>
<script src=yasgui.min.js></script>
<script>
window.ask = new (Yasgui.Yasgui || Yasgui)(document.getElementById("here"), {
  requestConfig: { endpoint: "ENDPOINT" }, copyEndpointOnNewTab: false, persistenceId: null,
});
</script>"""


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Return another site's origin, and the folder of its files."""
    folder = tmp_path_factory.mktemp("site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}", folder
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, site: tuple[str, Path]) -> Iterator[Served]:
    one = serve(tmp_path_factory.mktemp("desk") / "store", "--allow-origin", site[0])
    one.bring(("cracks.txt", ARTICLE), ("other.txt", story(7)))
    yield one
    one.kill()


def expected(desk: Served) -> set[tuple[str, str]]:
    """Return the rows that the endpoint has."""
    rows = desk.get("/sparql", params={"query": ROWS}).json()["results"]["bindings"]
    found = {(row["a"]["value"], row["s"]["value"]) for row in rows}
    assert len(found) >= 12
    return found


def ran(*command: str) -> str:
    """Return what a program prints."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def jena(desk: Served, folder: Path, *query: str) -> str:
    """Return what Jena's client prints; what its jar has in the wrong place goes into *folder*."""
    if shutil.which("java") is None:
        pytest.skip("there is no Java")
    jars = [jar for folder in CLASSES for jar in sorted(Path(folder).glob("*.jar"))]
    if not any(jar.name == "jena-cmds.jar" for jar in jars):
        pytest.skip("Jena is not installed: libapache-jena-java of Debian has it")
    with zipfile.ZipFile(next(jar for jar in jars if jar.name == "jena-core.jar")) as core:
        for name in core.namelist():  # Debian moved the classes, and left their messages
            if name.startswith(STRAYED) and name.endswith(".properties"):
                place = folder / name.removeprefix(STRAYED)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(core.read(name))
    # bridges between loggers, in both directions, go round in circles
    path = [str(folder), *(str(jar) for jar in jars if not BRIDGE.search(jar.name))]
    client = ("java", "-cp", os.pathsep.join(path), "arq.rsparql")
    return ran(*client, "--service", f"{desk.address}/sparql", *query)


def test_jena_asks(desk: Served, tmp_path: Path) -> None:
    rows = json.loads(jena(desk, tmp_path, "--results=json", ROWS))["results"]["bindings"]
    assert {(row["a"]["value"], row["s"]["value"]) for row in rows} == expected(desk)
    triples = jena(desk, tmp_path, "--results=nt", GRAPH).splitlines()
    assert {line.split()[0][1:-1] for line in triples} == {source for _, source in expected(desk)}


def test_comunica_asks(desk: Served) -> None:
    script = MODULES / "@comunica" / "query-sparql" / "bin" / "query.js"
    if shutil.which("node") is None or not script.is_file():
        pytest.skip("Comunica is not installed: npm has @comunica/query-sparql")
    # "sparql@" has it send the whole query; without it finds out that this is an endpoint
    for source in (f"sparql@{desk.address}/sparql", f"{desk.address}/sparql"):
        told = ran("node", str(script), source, ROWS, "-t", "application/sparql-results+json")
        rows = json.loads(told)["results"]["bindings"]
        assert {(row["a"]["value"], row["s"]["value"]) for row in rows} == expected(desk)


@pytest.mark.parametrize("package", ["@zazuko/yasgui", "@triply/yasgui"])
def test_yasgui_on_another_site_asks_where_it_may(
    browser: Any, desk: Served, site: tuple[str, Path], package: str
) -> None:
    build = MODULES / package / "build"
    if not (build / "yasgui.min.js").is_file():
        pytest.skip(f"YASGUI is not installed: npm has {package}")
    origin, folder = site
    for name in ("yasgui.min.js", "yasgui.min.css"):
        shutil.copyfile(build / name, folder / name)
    page_of = PAGE.replace("ENDPOINT", f"{desk.address}/sparql")
    (folder / "index.html").write_text(page_of, encoding="utf-8")
    for host, may in ((origin, True), (origin.replace("localhost", "127.0.0.1"), False)):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/index.html")
        page.wait_for_function("() => window.ask && ask.getTab()")
        page.evaluate(
            "(query) => { const tab = ask.getTab(); tab.setQuery(query); tab.query(); }", ROWS
        )
        if may:
            page.wait_for_function("() => ask.getTab().getYasr().results?.getBindings()?.length")
            rows = page.evaluate("() => ask.getTab().getYasr().results.getBindings()")
            assert {(row["a"]["value"], row["s"]["value"]) for row in rows} == expected(desk)
        else:
            page.wait_for_function("() => ask.getTab().getYasr().results?.getError()")
        context.close()
