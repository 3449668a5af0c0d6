"""Stores on disk: what is removed is gone; kills, full disks, other processes, broken files."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyoxigraph
import pytest

from provenance import vocab
from provenance.errors import ProvenanceError, StoreError
from provenance.gathering import relink
from provenance.rdf import write_graphs
from provenance.stores import disk, read_named
from provenance.stores.disk import Disk
from provenance.stores.embedded import open_collection
from provenance.stores.ledger import LEDGER, LINKS
from provenance.stores.oxigraph import open_writing
from provenance.stores.queries import answer
from provenance.stores.shelf import Shelf
from tests.helpers.factories import TEXT, make_article, make_graph
from tests.helpers.generated_stories import report
from tests.helpers.places import ROOT

# Files of a store are compressed: what has nothing twice stands in them as it is.
SAID, KEPT, NEW = "Qz7vKx9pWj3rYt5mLb2n", "Hf4sUc8gDe6aXo1iNw0k", "Vy5bRj7tMz2qPl9xCu3w"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")


def graph_of(text: str) -> tuple[str, bytes]:
    """Return the name of an article with *text*, and its named graph."""
    graph = make_graph(article=make_article(TEXT + text))
    return vocab.article_iri(graph.article.digest), write_graphs([graph], "nquads")


ONE, TWO = graph_of(f" The boat was the {SAID}."), graph_of(f" The boat was the {KEPT}.")


def fill(folder: Path) -> None:
    with open_collection(folder, write=True) as collection:
        for at, (name, quads) in (("one.txt", ONE), ("two.txt", TWO)):
            collection.add(name, at, "how", quads, quads)
        collection.write_links([])


def held(folder: Path) -> bytes:
    with open_collection(folder) as collection:
        return b"".join(collection.dump())


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    fill(tmp_path / "s")
    return tmp_path / "s"


# ------------------------------------------------------------------ what is removed


def test_what_is_removed_stands_in_no_file(store: Path) -> None:
    assert SAID.encode() in bytes_of(store)
    with open_collection(store, write=True) as collection:
        collection.remove(ONE[0])
        collection.write_links([])
    found = bytes_of(store)
    assert SAID.encode() not in found
    assert ONE[0].rpartition(";")[2].encode() not in found
    assert KEPT.encode() in found
    assert sorted(file.name for file in store.iterdir() if file.is_dir()) == []


def test_what_was_replaced_stands_in_no_file(store: Path) -> None:
    name, quads = graph_of(f" The boat was the {NEW}.")
    with open_collection(store, write=True) as collection:
        collection.add(name, "one.txt", "how", quads)
        assert sorted(collection.articles()) == sorted([name, TWO[0]])
    found = bytes_of(store)
    assert SAID.encode() not in found
    assert NEW.encode() in found


def test_what_is_read_elsewhere_too_stays(store: Path) -> None:
    with open_collection(store, write=True) as collection:
        assert collection.holds(ONE[0], "copy.txt", "how")
        assert collection.holds(TWO[0], "one.txt", "how")
        assert collection.articles()[ONE[0]] == ("copy.txt",)
        assert collection.articles()[TWO[0]] == ("one.txt", "two.txt")


def test_replacing_in_one_step_writes_what_adding_does(tmp_path: Path) -> None:
    fill(tmp_path / "a")
    fill(tmp_path / "b")
    with open_collection(tmp_path / "b", write=True) as collection:
        collection.add(ONE[0], "one.txt", "other", ONE[1])
        collection.add(ONE[0], "one.txt", "how", ONE[1])
        collection.write_links([])
    assert held(tmp_path / "a") == held(tmp_path / "b")


class Cut(BaseException):
    """What a step is cut off by."""


def removing(folder: Path, last: int, end: Callable[[], None]) -> bool:
    """Remove an article, *end* that at the step *last*, and return whether it got so far."""
    count = 0

    def counted(method: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count == last:
                end()
            return method(*args, **options)

        return call

    steps = ((Disk, "update flush"), (Path, "rename unlink rmdir"), (Shelf, "drop"))
    with pytest.MonkeyPatch.context() as patch:
        for owner, names in steps:
            for name in names.split():
                patch.setattr(owner, name, counted(getattr(owner, name)))
        with open_collection(folder, write=True) as collection:
            collection.remove(ONE[0])
            collection.write_links([])
    return count >= last


def check_ended(folder: Path, before: bytes, whole: bytes) -> None:
    """Check that of the article in *folder* all is there or nothing, and then nothing at all."""
    between = held(folder)  # as who only reads it finds it
    with open_collection(folder, write=True) as collection:
        gone = ONE[0] not in collection.articles()
        assert (vocab.graph_iri(ONE[0]).encode() not in between) == gone
        collection.write_links([])
    assert held(folder) == (whole if gone else before)
    assert not gone or SAID.encode() not in bytes_of(folder)


def test_a_removal_that_is_cut_off_is_ended_by_the_next(store: Path, tmp_path: Path) -> None:
    def cut() -> None:
        raise Cut

    wanted, before = tmp_path / "wanted", held(store)
    shutil.copytree(store, wanted)
    assert not removing(wanted, 1_000, cut)
    whole = held(wanted)
    for step in range(1, 100):
        folder = tmp_path / str(step)
        shutil.copytree(store, folder)
        try:
            if not removing(folder, step, cut):
                break
        except Cut:
            check_ended(folder, before, whole)
        shutil.rmtree(folder)
    assert 15 < step < 99


@LINUX
@pytest.mark.parametrize("step", [2, 6, 9, 16])
def test_a_removal_that_is_killed_is_ended_by_the_next(
    store: Path, tmp_path: Path, step: int
) -> None:
    wanted, before = tmp_path / "wanted", held(store)
    shutil.copytree(store, wanted)
    removing(wanted, 1_000, lambda: None)
    code = (
        "import os, sys; from pathlib import Path; from tests.stores.test_on_disk import removing;"
        f"removing(Path(sys.argv[1]), {step}, lambda: os.kill(os.getpid(), 9))"
    )
    run = [sys.executable, "-c", code, str(store)]
    status = subprocess.run(run, check=False, cwd=ROOT).returncode
    assert status == -signal.SIGKILL
    check_ended(store, before, held(wanted))


# ------------------------------------------------------------------ what is broken, full, half made


@pytest.mark.parametrize("how", ["empty", "flipped", "gone"])
@pytest.mark.parametrize("kind", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_broken_store_is_one_line(store: Path, kind: str, how: str) -> None:
    for file in store.glob(kind):
        data = bytearray(file.read_bytes())
        data[::7] = bytes(one ^ 0x55 for one in data[::7])
        if how == "gone":
            file.unlink()
        else:
            file.write_bytes(data if how == "flipped" else b"")
    for read in (held, lambda folder: list(read_named([str(folder)])), fill):
        with pytest.raises(ProvenanceError, match=r"cannot (read|write) .*s: ") as told:
            read(store)
        assert "\n" not in str(told.value)
    with pytest.raises(StoreError, match="cannot read"):
        answer("SELECT * { ?a ?b ?c }", [str(store)], timeout=30)


def test_a_block_that_is_broken_is_told_by_a_query(store: Path) -> None:
    for file in store.glob("*.sst"):
        data = bytearray(file.read_bytes())
        data[100:110] = b"0123456789"
        file.write_bytes(data)
    with pytest.raises(StoreError, match="it is broken: Corruption"):
        answer("SELECT * { ?a ?b ?c }", [str(store)], timeout=30)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kept SET data = 'text'",
        "UPDATE kept SET data = 1000000000000",
        "UPDATE kept SET data = NULL, stamp = NULL",
        "UPDATE kept SET stamp = 7",
        "UPDATE kept SET name = 'no name'",
        "UPDATE kept SET name = x'ff'",
        "UPDATE kept SET name = CAST(x'ff' AS TEXT)",
        "DROP TABLE kept",
        "ALTER TABLE kept RENAME COLUMN data TO other",
    ],
)
def test_a_broken_shelf_does_no_harm(store: Path, change: str) -> None:
    with closing(sqlite3.connect(store / "derived.sqlite")) as kept, kept:
        kept.execute(f"{change} WHERE rowid = 1" if change.startswith("UPDATE") else change)
    with open_collection(store) as collection:
        assert collection.names() == sorted([ONE[0], TWO[0]])
        assert collection.derived(ONE[0]) in (None, ONE[1])
        assert collection.derived(TWO[0]) in (None, TWO[1])


@pytest.mark.parametrize("at", [(Disk, "load"), (Shelf, "put")], ids=lambda at: at[1])
def test_no_article_is_only_half_there_after_a_kill(
    store: Path, at: tuple[type, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    name, quads = graph_of(f" The boat was the {NEW}.")
    with open_collection(store, write=True) as collection:
        with monkeypatch.context() as patch:
            patch.setattr(*at, kill)
            with pytest.raises(KeyboardInterrupt):
                collection.add(name, "new.txt", "how", quads, quads)
        assert collection.names() == sorted([ONE[0], TWO[0]])
        collection.write_links([])
    assert NEW.encode() not in bytes_of(store)


HALF_MADE = [
    ["000000.dbtmp", "LOCK", "LOG"],
    ["LOG"],
    ["LOCK", "LOG", "IDENTITY", "MANIFEST-000001"],
    ["LOCK", "LOG", "LOG.old.1700000000000000", "000001.dbtmp", "OPTIONS-000003", "derived.sqlite"],
]


@pytest.mark.parametrize("names", HALF_MADE)
def test_a_store_that_was_never_made_is_made(tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "s").mkdir()
    for name in names:
        (tmp_path / "s" / name).write_bytes(b"rest")
    fill(tmp_path / "s")
    fill(tmp_path / "t")
    assert held(tmp_path / "s") == held(tmp_path / "t")


@pytest.mark.parametrize("name", ["000012.sst", "000012.log", "letters.txt", "derived.sqlite.bak"])
def test_what_may_be_of_worth_is_not_cleared_away(tmp_path: Path, name: str) -> None:
    (tmp_path / "s").mkdir()
    for file in (*HALF_MADE[0], name):
        (tmp_path / "s" / file).write_bytes(b"mine")
    with pytest.raises(StoreError, match=r"not a store|lost its file CURRENT"):
        fill(tmp_path / "s")
    assert {file.read_bytes() for file in (tmp_path / "s").iterdir()} == {b"mine"}


def test_a_folder_in_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    fill(tmp_path / "new" / "sub")
    assert held(tmp_path / "new" / "sub")


FILLING = """
import subprocess, sys
from pathlib import Path
from provenance.errors import StoreError
from provenance.stores.embedded import open_collection
from tests.stores.test_on_disk import graph_of, held
place, wanted = Path(sys.argv[1]), Path(sys.argv[2])
mount = lambda how: subprocess.run(["mount", "-t", "tmpfs", "-o", how, "tmpfs", place], check=True)
graphs = [graph_of(f" The boat was number {n}.") for n in range(40)]
def put(folder):
    with open_collection(folder, write=True) as collection:
        for number, (name, quads) in enumerate(graphs):
            if not collection.holds(name, f"{number}.txt", "how"):
                collection.add(name, f"{number}.txt", "how", quads, quads)
        collection.write_links([])
def remove():
    with open_collection(place / "s", write=True) as collection:
        collection.remove(graphs[0][0])
        collection.write_links([])
put(wanted)
full = 0
mount("size=100k")
for size in (100, 300, 600, 1000, 1500, 2000, 3000, 5000, 200_000):
    subprocess.run(["mount", "-o", f"remount,size={size}k", place], check=True)
    try:
        put(place / "s")
    except StoreError as error:
        full += 1
        assert "no space left on device" in str(error).lower(), error
assert held(place / "s") == held(wanted)
for left in (0, 50_000, 200_000, 400_000):
    with (place / "ballast").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(1_000_000)) == 1_000_000:
                pass
        except OSError:
            pass
        file.truncate(file.tell() - left)
    try:
        remove()
    except StoreError as error:
        full += 1
        assert "no space left on device" in str(error).lower(), error
    held(place / "s")
(place / "ballast").unlink()
with open_collection(place / "s", write=True) as collection:
    if graphs[0][0] in collection.articles():
        collection.remove(graphs[0][0])
assert graphs[0][0] not in held(place / "s").decode()
print("full", full)
"""


@LINUX
def test_a_full_disk_is_one_line_and_what_was_begun_goes_on(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    run = ["unshare", "-m", sys.executable, "-c", FILLING]
    run += [str(tmp_path / "disk"), str(tmp_path / "wanted")]
    done = subprocess.run(run, check=False, cwd=ROOT, capture_output=True, text=True)
    if "unshare failed" in done.stderr or "permission denied" in done.stderr.lower():
        pytest.skip("nobody may mount a small disk here")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[1]) >= 4


# ------------------------------------------------------------------ others beside


WRITING = """
import sys
from pathlib import Path
from provenance.stores.embedded import open_collection
from tests.stores.test_on_disk import ONE
print("begun", flush=True)
for number in range(1_000):
    with open_collection(Path(sys.argv[1]), write=True) as collection:
        collection.add(ONE[0], "one.txt", str(number), ONE[1], ONE[1])
        collection.write_links([])
"""


@LINUX
def test_who_reads_beside_a_writer_is_not_disturbed(store: Path) -> None:
    run = [sys.executable, "-c", WRITING, str(store)]
    root = ROOT
    with subprocess.Popen(run, cwd=root, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            for _ in range(60):
                with open_collection(store) as collection:
                    assert collection.names() == sorted([ONE[0], TWO[0]])
                    assert collection.graph(TWO[0]) == collection.graph(TWO[0])
            assert writer.poll() is None
        finally:
            writer.kill()


def test_a_second_writer_is_told(store: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.stores.test_on_disk import fill;"
        "fill(Path(sys.argv[1]))"
    )
    with open_collection(store, write=True) as collection:
        run = [sys.executable, "-c", code, str(store)]
        root = ROOT
        done = subprocess.run(run, check=False, cwd=root, capture_output=True, text=True)
        assert done.stderr.strip().endswith("another prov is writing to it")
        assert len(collection.names()) == 2


# ------------------------------------------------------------------ what is pushed


def test_the_ledger_is_not_pushed_and_links_have_a_name_of_their_store(tmp_path: Path) -> None:
    line = b'<urn:a> <urn:b> "c" <' + LINKS.value.encode() + b"> .\n"
    names = []
    for place in ("s", "t"):
        with open_collection(tmp_path / place, write=True) as collection:
            collection.add(ONE[0], f"/home/me/{place}/one.txt", "how", ONE[1])
            collection.write_links([line])
        graphs = list(read_named([str(tmp_path / place)]))
        assert LEDGER.value not in {graph.iri for graph in graphs}
        assert b"/home/me" not in b"".join(one for graph in graphs for one in graph.lines)
        names += [graph.iri for graph in graphs if graph.iri.startswith(LINKS.value)]
        with open_collection(tmp_path / place, write=True) as collection:
            collection.add(ONE[0], "one.txt", "other", ONE[1])  # its files are written anew
        assert names[-1] in {graph.iri for graph in read_named([str(tmp_path / place)])}
    assert len(set(names)) == 2
    assert LINKS.value not in names
    (tmp_path / "all.nq").write_bytes(held(tmp_path / "s"))
    assert LEDGER.value not in {g.iri for g in read_named([str(tmp_path / "all.nq")])}


# ------------------------------------------------------------------ what a first query finds


@pytest.mark.parametrize("taken", [(), (ONE[0],)])
def test_a_first_query_finds_what_every_concept_is_called(
    store: Path, taken: tuple[str, ...]
) -> None:
    """Nothing but the store is asked: neither the ontology nor any program of ours knows more."""
    with open_collection(store, write=True) as collection:
        for name in taken:
            collection.remove(name)
    labels = "SELECT DISTINCT ?x { ?flow sp:flowKind/skos:prefLabel ?x } ORDER BY ?x"
    found = [row["x"].value for row in answer(labels, [str(store)])]  # type: ignore[union-attr]
    assert found == ["derived from", "reported by"]
    kinds = ("sp:certainty", "sp:stance", "sp:speech", "sp:role", "sp:eventKind", "sp:flowKind")
    used = f"SELECT DISTINCT ?x {{ ?node {'|'.join(kinds)} ?x }}"
    bare = used.replace(
        "}", "MINUS { ?x skos:prefLabel ?l ; skos:notation ?n ; skos:inScheme ?s } }"
    )
    assert len(list(answer(used, [str(store)]))) > 15  # type: ignore[arg-type]
    assert list(answer(bare, [str(store)])) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("held", [b"\xff\x00\x1b[31m", b"x> . } ; DROP ALL", b"A" * 200_000, b""])
def test_whatever_a_store_says_it_is_makes_a_name(store: Path, held: bytes) -> None:
    with open_collection(store, write=True) as collection:
        collection.write_links([b'<urn:a> <urn:b> "c" <' + LINKS.value.encode() + b"> .\n"])
    (store / "IDENTITY").write_bytes(held)
    (name,) = {graph.iri for graph in read_named([str(store)]) if "links-" in graph.iri}
    assert len(name) < 200
    assert pyoxigraph.NamedNode(name).value == name


def test_what_joined_the_articles_is_taken_out_a_part_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction is held in memory, however many articles there are."""
    steps: list[str] = []

    def noted(self: Disk, text: str) -> None:
        steps.append(text)
        update(self, text)

    update = Disk.update
    monkeypatch.setattr(Disk, "update", noted)
    monkeypatch.setattr("provenance.stores.embedded._AT_ONCE", 4)
    with open_collection(tmp_path / "store", write=True) as collection:
        for graph in [report(f"Ash Courier {letter}", "Ada Quill") for letter in "abcdef"]:
            name = vocab.article_iri(graph.article.digest, None)
            collection.add(name, graph.article.name, "s", write_graphs([graph], "nquads"))
        relink(collection)
        whole = list(collection.dump())
        steps.clear()
        relink(collection)
        assert list(collection.dump()) == whole
    links = [line for line in whole if line.endswith(b"#links> .\n")]
    assert len(links) > 20
    assert max(step.count(" .\n") for step in steps) <= 4
    assert sum(step.count(" .\n") for step in steps) == len(links)


def test_a_store_that_is_looked_into_often_is_opened_anew_and_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs = [report("Ash Courier", f"Ada Quill {letter}") for letter in "abcdefgh"]
    opened = []

    def counted(folder: Path) -> pyoxigraph.Store:
        opened.append(folder)
        return open_writing(folder)

    def dumped(folder: Path) -> list[bytes]:
        with open_collection(folder, write=True) as collection:
            for graph in graphs:
                name = vocab.article_iri(graph.article.digest, None)
                collection.add(name, graph.article.name, "s", write_graphs([graph], "nquads"))
            for _ in zip(collection.quads(None), collection.quads(None), strict=True):
                assert collection.text(name)  # not while somebody reads it from end to end
            relink(collection)
            return list(collection.dump())

    whole = dumped(tmp_path / "once")
    monkeypatch.setattr(disk, "LOOKS", 5)
    monkeypatch.setattr(disk, "open_writing", counted)
    assert dumped(tmp_path / "often") == whole
    assert len(opened) > 2
    held = Disk(open_writing(tmp_path / "often"), tmp_path / "often")
    held.close()
    with pytest.raises(StoreError, match="it was closed"):
        held.is_empty()
