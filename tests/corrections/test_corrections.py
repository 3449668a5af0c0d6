"""Corrections: made by a person, tied to words, replayed, undone, written as provenance."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import provenance
from provenance.articles import read_article
from provenance.corrections import append, log_path, read_log, replay
from provenance.corrections.anchors import anchor_of
from provenance.corrections.loglines import parse_line, to_line
from provenance.errors import RecordError
from provenance.gathering import Settings, gather
from provenance.gathering.making import log_of
from provenance.model import Action, Anchor, Correction, Item, SourceGraph, SourceType
from provenance.pipeline import build_record
from provenance.rdf import read_graphs, write_graphs
from provenance.rdf.conformance import check
from provenance.stores.embedded import open_collection
from tests.conftest import Prov
from tests.helpers.places import ROOT

TEXT = """The Harbour Gazette
Memo warned of cracked hulls, paper reports
3 May 2024

The Northport Gazette reported on Thursday, citing a leaked memo, that three ferries had sailed \
with cracked hulls.

"We told them twice," Captain Olga Brandt said in an interview with Radio Nord. "Nobody listened."

A senior ministry official, who asked not to be named, confirmed that the memo was genuine.

The Harbour Authority denied that it had written the memo. The agency said that its divers had \
looked at every hull in March.

Tomas Wren, a retired pilot, said that the pumps had failed before. Wren also said that the \
crews were afraid to speak.

"Two engineers were sent home," said Lena Marsh, who runs the union. "We want to know why."
"""
TEN = (
    ("rename", "Olga Brandt", "Olga M. Brandt"),
    ("retype", "Radio Nord", "channel"),
    ("grade", "Tomas Wren", "B"),
    ("grade", "that the pumps had failed before", "2"),
    ("reject", "Lena Marsh", "article"),
    ("add", "divers", "--type", "unnamed", "--evidence", "its divers had looked at every hull"),
    ("rename", "Northport Gazette", "The Northport Gazette (weekly)"),
    ("grade", "Harbour Authority", "D"),
    ("merge", "senior ministry official", "Harbour Authority"),
    ("split", "Tomas Wren", "another Wren", "--mention", "Wren also said"),
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "memo.txt"
    path.write_text(TEXT)
    return path


def correct(prov: Prov, article: Path, action: str, *args: str) -> None:
    result = prov("correct", action, article, *args, "--who", "Ada Quill", "--why", "I asked")
    assert result.exit_code == 0, result.stderr


def built(article: Path, extractor: str = "tagger") -> SourceGraph:
    return provenance.build(article, extractor=extractor).record


def names(graph: SourceGraph) -> set[str]:
    return {source.name for source in graph.sources}


def flows(graph: SourceGraph) -> set[tuple[str, str]]:
    called = {source.id: source.name for source in graph.sources} | {"article": "article"}
    return {(called[flow.source], called[flow.target]) for flow in graph.flows}


def test_a_story_of_ten_corrections(prov: Prov, article: Path) -> None:
    """Build, correct ten things, take another extractor: what has its evidence still holds."""
    for action, *args in TEN:
        correct(prov, article, action, *args)
    for extractor in ("tagger", "syntax"):
        machine = build_record(read_article(article), extractor=extractor)
        graph, lost = replay(machine, read_log(log_path(article)))
        assert not lost, extractor
        assert len(graph.corrections) == len(TEN)
        assert {"Olga M. Brandt", "The Northport Gazette (weekly)"} <= names(graph)
        assert {s.type for s in graph.sources if s.name == "Radio Nord"} == {SourceType.CHANNEL}
        assert ("Lena Marsh", "article") not in flows(graph)
        assert ("divers", "article") in flows(graph)
        assert not any("official" in name for name in names(graph))
        assert {("Tomas Wren", "article"), ("another Wren", "article")} <= flows(graph)
        data = write_graphs([graph], "turtle")
        assert read_graphs(data, "turtle") == (graph,)
        assert not check(data, "turtle")


def test_what_no_longer_applies_is_told_and_the_rest_holds(prov: Prov, article: Path) -> None:
    for action, *args in TEN[:5]:
        correct(prov, article, action, *args)
    article.write_text(TEXT.replace("Tomas Wren, a retired pilot, said", "It is known"))
    result = prov("build", article, "-q")
    assert result.exit_code == 0
    told = result.stderr.strip().splitlines()
    assert len(told) == 2, told
    assert all("no longer applies" in line for line in told)
    listed = prov("correct", "list", article).stdout
    assert listed.count("NO LONGER APPLIES") == 2
    assert len(listed.splitlines()) == 5


def test_an_edited_article_keeps_its_corrections(prov: Prov, article: Path) -> None:
    correct(prov, article, "rename", "Olga Brandt", "Olga M. Brandt")
    article.write_text(
        TEXT.replace("\n\nThe Northport", "\n\nIt rained all week.\n\nThe Northport")
    )
    assert "Olga M. Brandt" in names(built(article))


def test_undoing_gives_back_the_same_bytes(prov: Prov, article: Path) -> None:
    before = provenance.build(article).to("turtle")
    correct(prov, article, "merge", "senior ministry official", "Harbour Authority")
    assert provenance.build(article).to("turtle") != before
    (held,) = read_log(log_path(article))
    correct(prov, article, "undo", held.id)
    assert provenance.build(article).to("turtle") == before
    assert prov("correct", "undo", article, held.id).exit_code == 1
    assert len(log_path(article).read_text().splitlines()) == 2


def test_corrections_are_provenance(prov: Prov, article: Path) -> None:
    correct(prov, article, "grade", "Tomas Wren", "B")
    graph = provenance.build(article).to_rdflib()
    query = """
        SELECT ?who ?why ?grade WHERE {
          ?graph prov:wasRevisionOf/prov:wasGeneratedBy ?run ; prov:wasDerivedFrom ?correction .
          ?correction prov:wasAttributedTo/schema:name ?who ; schema:description ?why ;
            sp:grade/skos:notation ?grade ; sp:about/skos:prefLabel "Tomas Wren" .
        }"""
    graph.parse(data=provenance.vocab.ontology("provenance.ttl"), format="turtle")
    assert [tuple(map(str, row)) for row in graph.query(query)] == [("Ada Quill", "I asked", "B")]  # type: ignore[arg-type]


def test_a_store_reads_corrected_articles_again(prov: Prov, article: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    prov("build", article, "--store", store)
    correct(prov, article, "rename", "Olga Brandt", "Olga M. Brandt")
    assert "1 article built" in prov("build", article, "--store", store).stderr
    assert "Olga M. Brandt" in prov("sources", store, "--to", "json").stdout


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{broken", "line 1: not a correction"),
        ('{"id": "c", "action": "paint", "who": "A", "when": "now"}', "paint"),
        ('{"id": "c", "action": "merge", "who": "A", "when": "now"}', "needs 'source'"),
        ('{"id": "c", "action": "grade", "who": "A", "when": "now", "grade": "Z"}', "no grade 'Z'"),
        ('{"action": "undo", "who": "A", "when": "now"}', "no 'id'"),
    ],
)
def test_a_broken_log_is_one_clear_line(prov: Prov, article: Path, line: str, why: str) -> None:
    log_path(article).write_text(line + "\n")
    result = prov("build", article, "-q")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert why in result.stderr


@pytest.mark.parametrize(
    "line",
    [
        *("null", "5", "true", '"merge"', "[]", "[null]", "{}", "NaN"),
        '{"id": "c", "action": 5, "who": "A", "when": "now"}',
        '{"id": "c", "action": {"a": 1}, "who": "A", "when": "now"}',
        '{"id": "c", "action": "merge", "who": "A", "when": "now", "source": "x", "target": "y"}',
        '{"id": "c", "action": "add", "who": "A", "when": "now", "quotes": 5}',
        '{"id": "c", "action": "add", "who": "A", "when": "now", "quotes": [null]}',
        '{"id": "c", "action": "split", "who": "A", "when": "now", "source": [1]}',
    ],
)
def test_a_line_of_other_json_is_told_in_words_of_ours(line: str) -> None:
    with pytest.raises(RecordError, match=r"^not a correction \(") as told:
        parse_line(line)
    python = ("NoneType", "subscript", "iterable", "indices", "attribute", "valid Action", "'int'")
    assert not any(word in str(told.value) for word in python), told.value


def test_lines_are_readable_and_read_back(prov: Prov, article: Path) -> None:
    correct(prov, article, "grade", "Tomas Wren", "B")
    line = log_path(article).read_text().strip()
    assert to_line(parse_line(line)) == line
    record = json.loads(line)
    assert (record["action"], record["who"], record["why"]) == ("grade", "Ada Quill", "I asked")
    assert record["source"]["name"] == "Tomas Wren"
    with pytest.raises(RecordError):
        parse_line("[]")


@pytest.mark.parametrize(
    "args",
    [
        ("merge", "nobody at all", "Olga Brandt"),
        ("reject", "Radio Nord", "elephants"),
        ("grade", "no such claim", "3"),
        ("add", "Olga Brandt", "article", "--evidence", "words that are not there"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_logged(
    prov: Prov, article: Path, args: tuple[str, ...]
) -> None:
    result = prov("correct", args[0], article, *args[1:])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert not log_path(article).exists()


def test_a_new_article_and_extractor_keep_what_has_its_evidence(prov: Prov, article: Path) -> None:
    """The same story, and then the paper takes a paragraph out: three of ten rested on it."""
    for action, *args in TEN:
        correct(prov, article, action, *args)
    edited = "\n\n".join(part for part in TEXT.split("\n\n") if "Wren" not in part)
    article.write_text("Corrected on Friday.\n\n" + edited)
    result = prov("build", article, "--extractor", "syntax", "-q")
    assert result.exit_code == 0
    told = result.stderr.strip().splitlines()
    assert len(told) == 3, told
    assert all("no longer applies" in line for line in told)
    listed = prov("correct", "list", article).stdout
    lost = [line for line in listed.splitlines() if "NO LONGER APPLIES" in line]
    assert len(lost) == 3
    assert all("Wren" in line or "pumps" in line for line in lost)
    (graph,) = read_graphs(Path("memo.ttl").read_bytes(), "turtle")
    assert len(graph.corrections) == 7
    assert {"Olga M. Brandt", "The Northport Gazette (weekly)", "divers"} <= names(graph)


# ------------------------------------------------------------------ the log, when things go wrong


def rename(name: str) -> Correction:
    return Correction(
        id="", action=Action.RENAME, who="A", when="2024-05-03", source=Anchor(name="x"), name=name
    )


def test_a_log_that_lacks_its_last_line_break_is_gone_on_with(tmp_path: Path) -> None:
    log = tmp_path / "a.corrections.jsonl"
    first = append(log, rename("one"))
    log.write_bytes(log.read_bytes().rstrip(b"\n"))
    second = append(log, rename("two"))
    assert read_log(log) == (first, second)
    assert log.read_bytes().endswith(b"\n")


def test_the_same_correction_is_not_said_twice(tmp_path: Path) -> None:
    log = tmp_path / "a.corrections.jsonl"
    first = append(log, rename("one"))
    assert append(log, rename("one")) == first
    assert log.read_bytes().count(b"\n") == 1
    log.write_bytes(log.read_bytes() * 3)  # as earlier versions wrote it
    assert read_log(log) == (first,)


def test_what_was_undone_may_be_said_again(tmp_path: Path) -> None:
    log = tmp_path / "a.corrections.jsonl"
    first = append(log, rename("one"))
    undo = Correction(id="", action=Action.UNDO, who="A", when="2024-05-03", undoes=first.id)
    append(log, undo)
    assert read_log(log) == ()
    append(log, rename("one"))
    assert read_log(log) == (first,)


def test_one_correction_twice_is_one_in_the_graph(prov: Prov, article: Path) -> None:
    correct(prov, article, "rename", "Olga Brandt", "Olga M. Brandt")
    log = log_path(article)
    log.write_bytes(log.read_bytes() * 2)
    assert prov("build", article).exit_code == 0
    assert prov("check", "memo.ttl").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes")
@pytest.mark.parametrize("left", [0, 1, 50])
def test_a_full_disk_leaves_the_log_as_it_was(tmp_path: Path, left: int) -> None:
    log = tmp_path / "a.corrections.jsonl"
    first = append(log, rename("one"))
    size = log.stat().st_size
    code = (
        "import resource, sys; from pathlib import Path; from provenance.corrections import append;"
        "from tests.corrections.test_corrections import rename;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size + left}, {size + left}));"
        "append(Path(sys.argv[1]), rename('two'))"
    )
    run = [sys.executable, "-B", "-c", code, str(log)]
    root = ROOT
    done = subprocess.run(run, check=False, cwd=root, capture_output=True, text=True)
    assert "RecordError: cannot write" in done.stderr
    assert read_log(log) == (first,)
    assert log.stat().st_size == size


def test_a_line_that_was_cut_off_is_told_as_such(tmp_path: Path) -> None:
    log = tmp_path / "a.corrections.jsonl"
    append(log, rename("one"))
    log.write_bytes(log.read_bytes() + b'{"id": "c-')
    with pytest.raises(RecordError, match="its last line was cut off, and is no correction"):
        read_log(log)


def test_what_a_person_confirms_is_certain_and_says_by_whom(prov: Prov, article: Path) -> None:
    correct(prov, article, "confirm", "Tomas Wren", "article")
    machine = build_record(read_article(article))
    graph, lost = replay(machine, read_log(log_path(article)))
    assert not lost
    (wren,) = [one.id for one in graph.sources if one.name == "Tomas Wren"]
    scores = {(flow.source, flow.target): flow.score for flow in graph.flows}
    assert scores[wren, "article"] == 1.0
    assert [(f.source, f.target) for f in machine.flows] == [*scores]
    data = write_graphs([graph], "turtle")
    assert read_graphs(data, "turtle") == (graph,)
    assert not check(data, "turtle")
    made = read_log(log_path(article))[0]
    _, lost = replay(machine, [replace(made, target=Anchor(name="Radio Nord"))])
    assert [why for _, why in lost] == ["there is no such flow or dispute"]


@pytest.mark.parametrize(
    "location", ["https://a.example/memo", "crawl.warc#https://a.example/../x"]
)
def test_what_is_no_file_has_its_corrections_within_the_store(
    tmp_path: Path, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    item = Item(location=location, name="memo.txt", data=TEXT.encode())
    store = tmp_path / "store"
    log = log_of(location, store)
    assert log.parent == store / "corrections"
    with open_collection(store, write=True) as collection:
        (first,) = gather([item], collection, Settings())
        graph = collection.graph(first.article)
        (wren,) = [one.id for one in graph.sources if one.name == "Tomas Wren"]
        made = Correction(
            id="", action=Action.RENAME, who="Ada Quill", when="2024-05-03T10:00:00Z",
            source=anchor_of(graph, wren), name="T. Wren",
        )  # fmt: skip
        append(log, made)
        (second,) = gather([item], collection, Settings())
        assert (second.built, second.article) == (True, first.article)
        assert "T. Wren" in names(collection.graph(first.article))
        (third,) = gather([item], collection, Settings())
        assert not third.built
    assert {path.name for path in tmp_path.iterdir()} == {"store"}
