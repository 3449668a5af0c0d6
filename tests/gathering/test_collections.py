"""A store of many articles: incremental, resumable, the same however it came about."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import Store

from provenance.analysis.packing import pack, pack_links
from provenance.gathering import linked
from provenance.stores.embedded import Collection, open_collection
from tests.conftest import Prov
from tests.helpers.places import ROOT

STORY = ROOT / "examples" / "dam"


def content(folder: Path) -> bytes:
    with open_collection(folder) as collection:
        return b"".join(collection.dump())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return what a store of the ten articles holds, built in one go."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    run = [sys.executable, "-m", "provenance", "build", str(STORY), "--store", str(folder)]
    subprocess.run(run, check=True, capture_output=True)
    return content(folder)


def test_several_workers_make_the_same_store(prov: Prov, whole: bytes, tmp_path: Path) -> None:
    assert prov("build", STORY, "--store", tmp_path / "s", "--workers", 2).exit_code == 0
    assert content(tmp_path / "s") == whole


def test_what_is_there_is_not_read_again(prov: Prov, tmp_path: Path) -> None:
    store = tmp_path / "s"
    assert "10 articles built" in prov("build", STORY, "--store", store).stderr
    assert "0 articles built, 10 already there" in prov("build", STORY, "--store", store).stderr
    with_other = prov("build", STORY, "--store", store, "--min-score", 0.5)
    assert "10 articles built" in with_other.stderr


def test_removing_and_adding_again_leaves_no_trace(
    prov: Prov, whole: bytes, tmp_path: Path
) -> None:
    store, article = tmp_path / "s", STORY / "07-post.txt"
    prov("build", STORY, "--store", store)
    assert prov("remove", store, article).exit_code == 0
    assert content(store) != whole
    prov("build", STORY, "--store", store)
    assert content(store) == whole


def test_a_new_version_takes_the_place_of_the_old(prov: Prov, tmp_path: Path) -> None:
    store, article = tmp_path / "s", tmp_path / "a.txt"
    article.write_text((STORY / "01-courier.txt").read_text())
    prov("build", article, "--store", store)
    article.write_text((STORY / "07-post.txt").read_text())
    prov("build", article, "--store", store)
    with open_collection(store) as collection:
        assert list(collection.articles().values()) == [(str(article),)]


def test_the_same_bytes_twice_are_one_article(prov: Prov, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text((STORY / "01-courier.txt").read_text())
    prov("build", tmp_path / "a.txt", tmp_path / "b.txt", "--store", tmp_path / "s")
    with open_collection(tmp_path / "s") as collection:
        assert [len(where) for where in collection.articles().values()] == [2]


def test_failures_are_told_and_the_rest_is_done(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.txt").write_bytes(b"\x00\x01")
    (tmp_path / "in" / "good.txt").write_text((STORY / "01-courier.txt").read_text())
    stopped = prov("build", tmp_path / "in", "--store", tmp_path / "s")
    assert (stopped.exit_code, stopped.stderr.count("\n")) == (1, 1)
    going = prov("build", tmp_path / "in", "--store", tmp_path / "s", "--keep-going")
    assert going.exit_code == 1
    assert "1 failed" in going.stderr
    with open_collection(tmp_path / "s") as collection:
        assert len(collection.articles()) == 1


def test_what_is_kept_beside_the_store_is_what_the_store_says(prov: Prov, tmp_path: Path) -> None:
    prov("build", STORY, "--store", tmp_path / "s")
    with open_collection(tmp_path / "s") as collection:
        kept = linked(collection)
        packed = [pack(brief) for brief in kept.briefs.values()]
    found = prov("independence", tmp_path / "s", "--to", "json").stdout
    for file in (tmp_path / "s").glob("*.sqlite"):
        file.unlink()
    with open_collection(tmp_path / "s") as collection:
        again = linked(collection)
        assert [pack(brief) for brief in again.briefs.values()] == packed
        assert pack_links(again) == pack_links(kept)
    for broken in (b"", b"no database"):
        (tmp_path / "s" / "derived.sqlite").write_bytes(broken)
        assert prov("independence", tmp_path / "s", "--to", "json").stdout == found


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kept SET stamp = 'other' WHERE name LIKE 'ni:%'",
        "UPDATE kept SET name = name || 'x' WHERE name LIKE 'ni:%'",
        "INSERT INTO kept VALUES ('ni:///sha-256;x', 'y', 'z')",
        "DELETE FROM kept",
    ],
)
def test_what_is_kept_beside_the_store_is_not_believed(
    prov: Prov, tmp_path: Path, change: str
) -> None:
    prov("build", STORY, "--store", tmp_path / "s")
    with closing(sqlite3.connect(tmp_path / "s" / "derived.sqlite")) as kept, kept:
        assert kept.execute(change).rowcount
    with open_collection(tmp_path / "s") as collection:
        assert collection.names() == list(collection.articles())
        assert collection.is_joined()


def test_what_is_removed_is_in_no_file(prov: Prov, tmp_path: Path) -> None:
    prov("build", STORY, "--store", tmp_path / "s")
    with open_collection(tmp_path / "s") as collection:
        (name,) = (n for n, at in collection.articles().items() if at[0].endswith("07-post.txt"))
    prov("remove", tmp_path / "s", name)
    assert name.encode() not in (tmp_path / "s" / "derived.sqlite").read_bytes()


def test_a_killed_run_goes_on_to_the_same_store(whole: bytes, tmp_path: Path) -> None:
    store = tmp_path / "s"
    run = [sys.executable, "-m", "provenance", "build", str(STORY), "--store", str(store)]
    for wait in (1.2, 1.6, 2.0):
        with subprocess.Popen([*run, "--workers", "2"], start_new_session=True) as process:
            time.sleep(wait)
            os.killpg(process.pid, signal.SIGKILL)
    subprocess.run(run, check=True, capture_output=True)
    assert content(store) == whole


def test_a_folder_of_something_else_is_not_touched(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "letters.txt").write_text("mine")
    result = prov("build", STORY, "--store", tmp_path / "s")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert [p.name for p in (tmp_path / "s").iterdir()] == ["letters.txt"]


def test_a_store_that_is_written_to_says_so(prov: Prov, tmp_path: Path) -> None:
    held = Store(str(tmp_path / "s"))
    result = prov("build", STORY, "--store", tmp_path / "s")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert held is not None


def test_independence_in_a_table_in_words_and_as_json(prov: Prov, tmp_path: Path) -> None:
    prov("build", STORY, "--store", tmp_path / "s")
    told = prov("independence", tmp_path / "s", "--claim", "crack in the Vessa dam in March")
    assert "3 independent lines: Ilan Roth, Marta Olden, Water Safety Board" in told.stdout
    assert "Evening Star → Morning Ledger → Evening Star" in told.stdout
    assert "4 of them copies" in told.stdout
    record = json.loads(prov("independence", tmp_path / "s", "--to", "json").stdout)
    first = record["claims"][0]
    assert (len(first["articles"]), len(first["independent"]), first["copies"]) == (10, 3, 4)
    assert first["first"]["outlet"] == "The Vessa Courier"
    by_source = prov("independence", tmp_path / "s", "--source", "roth")
    assert "Radar pictures" in by_source.stdout
    assert prov("independence", tmp_path / "s", "--claim", "elephants").exit_code == 1


def test_the_same_words_are_told_once_without_their_dateline(prov: Prov, tmp_path: Path) -> None:
    prov("build", STORY, "--store", tmp_path / "s")
    told = prov("independence", tmp_path / "s", "--claim", "crack in the dam").stdout
    assert told.startswith(
        "3 independent lines (Ilan Roth, Marta Olden, Water Safety Board); 10 articles\n\n"
        "The Water Safety Board said on Friday that inspectors had found a crack in the Vessa dam"
        " in March.\n  10 articles by 10 outlets, 4 of them copies of another\n"
    )
    words = told.partition("in these words:\n")[2]
    assert words.count("inspectors had found a crack in the Vessa dam in March.") == 1
    assert "(Northern Wire) -" not in words
    assert all(line.startswith("  ") for line in words.splitlines())


def test_nobody_is_first_where_no_article_has_a_date(prov: Prov, tmp_path: Path) -> None:
    for name, text in (("a", "The dam is safe"), ("b", "Calm in Vessa")):
        said = f'{text}.\n\n"The pumps of the old dam never failed," Ilan Roth said.\n'
        (tmp_path / f"{name}.txt").write_text(said)
    prov("build", tmp_path / "a.txt", tmp_path / "b.txt", "--store", tmp_path / "s")
    told = prov("independence", tmp_path / "s", "--claim", "pumps never failed").stdout
    assert "nobody can say who was first: no article has a date" in told
    record = json.loads(prov("independence", tmp_path / "s", "--to", "json").stdout)
    assert record["claims"][0]["first"] is None


def test_no_answer_reads_a_graph_again(
    prov: Prov, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prov("build", STORY, "--store", tmp_path / "s")
    monkeypatch.delattr(Collection, "graph")
    for command in ("independence", "sources", "timeline"):
        assert prov(command, tmp_path / "s").exit_code == 0


def test_sources_and_timeline(prov: Prov, tmp_path: Path) -> None:
    prov("build", STORY, "--store", tmp_path / "s")
    rows = json.loads(prov("sources", tmp_path / "s", "--to", "json").stdout)
    assert (rows[0]["name"], rows[0]["articles"]) == ("Water Safety Board", 5)
    times = json.loads(prov("timeline", tmp_path / "s", "--to", "json").stdout)
    assert times[0]["outlet"] == "The Vessa Courier"
    assert times[1]["from"] == ["Water Safety Board", "statement"]  # who says most is first
    first = prov("timeline", tmp_path / "s", "--to", "json", "--claim", "crack").stdout
    assert json.loads(first)[0]["from"] == ["Marta Olden", "inspectors"]
    copies = [row["outlet"] for row in times if row["from"] == ["copy of Northern Wire"]]
    assert copies == ["Eastport Gazette", "Plain Tribune", "The Daily Signal", "Coastal Times"]
