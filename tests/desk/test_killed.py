"""A desk that is killed in the midst of its work: nothing is lost, and nothing is there in half."""

import json
import random
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests

from provenance.corrections import read_log
from provenance.rdf import read_graphs
from tests.helpers.desk_server import ARTICLE, Served, serve, story

KILLS = 10
GRADE: dict[str, Any] = {"action": "grade", "source": {"name": "Jonas Pell"}, "grade": "B"}


def whole(desk: Served, digest: str) -> None:
    """See that an article is there in one piece: its page and its graph say the same."""
    raw = desk.raw(digest)
    quads = desk.get(f"/articles/{digest}", headers={"Accept": "application/n-quads"}).content
    (graph,) = read_graphs(quads, "nquads")
    assert [one["name"] for one in raw["sources"]] == [source.name for source in graph.sources]


def digests(desk: Served) -> set[str]:
    """Return the articles that the store has."""
    query = {"query": "SELECT ?a WHERE { ?a a sp:Article }"}
    rows = desk.get("/sparql", params=query).json()["results"]["bindings"]
    return {row["a"]["value"] for row in rows}


def test_what_was_taken_in_is_built_after_any_kill(tmp_path: Path) -> None:
    """Kill it ten times while it builds; in the end all is there, each article once."""
    chance = random.Random(19)
    brought = 0
    for number in range(KILLS):
        desk = serve(tmp_path / "s")
        files = [("files", (f"{number}-{n}.txt", story(100 + 3 * number + n))) for n in range(3)]
        assert desk.post("/articles", files=files).status_code == 202
        brought += 3
        time.sleep(chance.uniform(0, 5))
        desk.kill()
    desk = serve(tmp_path / "s")
    try:
        (job,) = desk.get("/jobs").json()
        done = desk.ended(job["id"])
        assert (done["failed"], done["built"] + done["kept"]) == (0, brought)
        assert len(digests(desk)) == brought
        for digest in done["articles"]:
            whole(desk, digest)
    finally:
        desk.kill()


def test_a_correction_that_was_answered_outlasts_any_kill(tmp_path: Path) -> None:
    """Kill it ten times while corrections come in: what was answered holds, and nothing else."""
    chance = random.Random(20)
    desk = serve(tmp_path / "s")
    (article,) = desk.bring(("cracks.txt", ARTICLE))["articles"]
    answered: set[str] = set()
    sent: set[str] = set()
    for number in range(KILLS):

        def correct(desk: Served = desk, number: int = number) -> None:
            for n in range(40):
                why = f"{number}-{n}"
                sent.add(why)
                try:
                    if desk.correct(article, why=why, **GRADE).status_code == 200:
                        answered.add(why)
                except requests.RequestException:
                    return

        tab = Thread(target=correct)
        tab.start()
        time.sleep(chance.uniform(0.2, 1.5))
        while tab.is_alive() and f"{number}-0" not in answered:  # a busy machine
            time.sleep(0.05)
        desk.kill()
        tab.join()
        desk = serve(tmp_path / "s")
    try:
        log = next(desk.store.glob("articles/*/cracks.corrections.jsonl"))
        assert all(json.loads(line) for line in log.read_text("utf-8").splitlines())
        logged = {one.why for one in read_log(log)}
        assert answered <= logged <= sent
        assert len(answered) >= KILLS
        assert {one["why"] for one in desk.raw(article)["corrections"]} == logged
        whole(desk, article)
    finally:
        desk.kill()


@pytest.mark.parametrize("left", [b"", b'{"address": "http://127.0.0.1:1/x"}', b'{"addr'])
def test_what_is_left_of_an_address_is_no_obstacle(tmp_path: Path, left: bytes) -> None:
    folder = tmp_path / "s" / "articles" / ("0" * 8)
    first = serve(tmp_path / "s")
    first.stop()
    folder.mkdir(parents=True)
    (folder / "address.json").write_bytes(left)
    (folder / ".prov-1.part").write_bytes(b"half")
    desk = serve(tmp_path / "s")
    try:
        (job,) = desk.get("/jobs").json()
        done = desk.ended(job["id"])
        assert done["built"] == 0
        assert done["failed"] == len(done["lines"]) == 1
        assert desk.bring(("a.txt", ARTICLE))["built"] == 1
    finally:
        desk.kill()
