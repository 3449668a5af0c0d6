"""A cluster of two machines' processes makes what one machine makes, and goes on where it was."""

import gzip
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from provenance.analysis import brief_of, link, standings
from provenance.analysis.packing import pack
from provenance.articles.corpus import digest_of, find_items
from provenance.gathering import Settings, gather, linked, relink
from provenance.model import Item, SourceGraph, SourceType
from provenance.rdf.linking import write_links
from provenance.readings.asking import Asking
from provenance.stores.embedded import load_files, open_collection
from provenance.stores.ledger import LINKS
from tests.articles.test_corpus import PAGE, STORY, warc
from tests.conftest import Prov
from tests.helpers.generated_stories import CLAIM, report, scene
from tests.helpers.model_servers import says, sends, served
from tests.helpers.places import ROOT
from tests.readings.test_asking import GOOD, MORE
from tests.readings.test_readings import TEXT

pytest.importorskip("pyspark", reason="the extra spark is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java for Spark", allow_module_level=True)
if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
DAM = ROOT / "examples" / "dam"
CLUSTER = "local-cluster[2,1,1024]"
SETTINGS = Settings(extractor="syntax")


CONFIG = """
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.ui.enabled false
spark.sql.codegen.wholeStage false
spark.hadoop.fs.viewfs.mounttable.all.link./disk file:///
"""
"""What makes Java compile less: there is little to do, and more would take longer than that.

And a file system of Hadoop's own, under another scheme than this machine's: viewfs://all/disk.
"""


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[SparkSession]":
    from provenance.gathering.engines.spark import session

    folder = tmp_path_factory.mktemp("config")
    (folder / "spark-defaults.conf").write_text(CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        with session(CLUSTER) as opened:
            yield opened


def on_cluster(
    spark: "SparkSession", names: list[str], out: Path | str, run: str, how: Settings = SETTINGS
) -> Any:
    from provenance.gathering.cluster import build
    from provenance.gathering.scattered import Job

    job = Job(names=names, fields={}, settings=how, out=str(out), run=run)
    return build(spark, job)


def inputs(folder: Path) -> list[str]:
    """Return ten articles, one of them twice, two that are none, and rows."""
    news = folder / "news"
    shutil.copytree(DAM, news)
    shutil.copy(news / "01-courier.txt", folder / "same.txt")
    (folder / "bad.txt").write_bytes(b"\x00\x01")
    row = {"text": STORY, "outlet": "Gazette"}
    (folder / "rows.jsonl").write_text(json.dumps(row) + "\n{broken\n" + json.dumps(row) + "\n")
    names = ("news", "same.txt", "bad.txt", "rows.jsonl")
    return [str(folder / name) for name in names]


def test_the_same_quads_as_on_one_machine_also_after_a_stop(
    spark: "SparkSession", tmp_path: Path
) -> None:
    names, out = inputs(tmp_path), tmp_path / "out"
    some = sorted((tmp_path / "news").glob("0[1-5]*"))
    first = on_cluster(spark, list(map(str, some)), out, "first")
    assert (first.built, first.kept, first.failed) == (5, 0, 0)
    parts = (out / "_work" / "built").glob("part-*.parquet")
    max(
        parts, key=lambda part: part.stat().st_size
    ).unlink()  # as if this partition had not been done yet
    again = on_cluster(spark, names, out, "second")
    assert again.built + again.kept == 11
    assert 0 < again.kept < 5
    with open_collection(tmp_path / "store", write=True) as collection:
        done = list(gather(find_items(names), collection, SETTINGS))
        relink(collection)
    with open_collection(tmp_path / "store") as collection:  # swept when it was closed
        wanted = list(collection.dump())
        alone = standings(linked(collection))
    failures = {f.reason for f in (one.failure for one in done) if f is not None}
    assert {failure.reason for failure in again.failures} == failures
    assert again.failed == len(failures) == 2
    load_files(tmp_path / "loaded", sorted(out.glob("*/part-*.nq")))
    with open_collection(tmp_path / "loaded") as collection:
        assert list(collection.dump()) == wanted
        assert collection.is_joined()
        assert standings(linked(collection)) == alone


def test_files_of_hadoop_are_read_as_those_of_this_machine(
    spark: "SparkSession", tmp_path: Path
) -> None:
    import pyarrow
    from pyarrow import parquet

    from provenance.gathering.scattered import Job, read_items

    place = tmp_path / "über all"
    place.mkdir()
    table = pyarrow.table({"text": [STORY, STORY + " Again."], "url": ["https://a.example/1", ""]})
    parquet.write_table(table, place / "news.parquet")
    (place / "a.warc.gz").write_bytes(warc())
    (place / "page.html").write_text(PAGE)
    (place / "rows.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": STORY}).encode()))
    job = Job([f"file://{place}", f"file://{tmp_path}/none"], {}, SETTINGS, "", "")
    rows = read_items(spark, job).collect()
    here = [one for one in find_items([str(place)]) if isinstance(one, Item)]
    assert sorted(row["digest"] for row in rows if row["digest"]) == sorted(map(digest_of, here))
    places = {row["location"].removeprefix("file:") for row in rows if row["digest"]}
    assert places == {one.location for one in here}
    assert [row["failure"] for row in rows if row["failure"]] == [
        f"cannot read file://{tmp_path}/none: no articles are there"
    ]


def test_another_file_system_is_read_and_written(spark: "SparkSession", tmp_path: Path) -> None:
    place = f"viewfs://all/disk{tmp_path}"
    shutil.copy(DAM / "01-courier.txt", tmp_path)
    done = on_cluster(spark, [f"{place}/*.txt"], f"{place}/out", "only")
    assert (done.built, done.failed) == (1, 0)
    load_files(tmp_path / "loaded", sorted((tmp_path / "out").glob("*/part-*.nq")))
    with open_collection(tmp_path / "loaded") as collection:
        assert list(collection.articles().values()) == [(f"{place}/01-courier.txt",)]


def test_a_language_model_is_asked_from_the_cluster_and_nothing_a_second_time(
    spark: "SparkSession", tmp_path: Path
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for name in ("Lorn", "Skerry", "Holm"):
        (news / f"{name}.txt").write_text(f"{TEXT}{MORE}".replace("island", name), "utf-8")
    kept = Asking(model="parrot", replies=str(tmp_path / "replies"))
    silent = replace(SETTINGS, extractor="llm", asking=kept)
    with served(says(GOOD)) as model:
        how = replace(silent, asking=replace(kept, endpoint=model.endpoint, pause=0.0))
        asked = on_cluster(spark, [str(news)], tmp_path / "asked", "asked", how)
        assert (asked.built, asked.failed, len(model.asked)) == (3, 0, 3)
        bodies = {request["messages"][1]["content"] for request in model.asked}
        assert len(bodies) == 3
        assert on_cluster(spark, [str(news)], tmp_path / "more", "more", how).built == 3
        assert len(model.asked) == 3, "what was kept is not asked again"
    again = on_cluster(spark, [str(news)], tmp_path / "again", "again", silent)
    assert (again.built, again.failed) == (3, 0)
    with open_collection(tmp_path / "here", write=True) as collection:
        list(gather(find_items([str(news)]), collection, silent))
        relink(collection)
    with open_collection(tmp_path / "here") as collection:
        wanted = list(collection.dump())
    for name in ("asked", "again"):
        load_files(tmp_path / f"of-{name}", sorted((tmp_path / name).glob("*/part-*.nq")))
        with open_collection(tmp_path / f"of-{name}") as collection:
            assert list(collection.dump()) == wanted
            graphs = [collection.graph(article) for article in collection.articles()]
        assert [graph.run.extractor for graph in graphs] == ["llm"] * 3
        assert all(graph.flows and graph.run.left_out == 0 for graph in graphs)


def test_a_model_that_fails_on_the_cluster_is_a_line_for_each_article(
    spark: "SparkSession", tmp_path: Path
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(TEXT, "utf-8")
    with served(sends(401)) as model:
        asking = Asking(model="parrot", endpoint=model.endpoint, pause=0.0)
        how = replace(SETTINGS, extractor="llm", asking=asking)
        done = on_cluster(spark, [str(news)], tmp_path / "out", "only", how)
    (failure,) = done.failures
    assert (done.built, done.failed) == (0, 1)
    assert "401, is the key in PROV_LLM_KEY?" in failure.reason
    assert "\n" not in failure.reason


def stories(seed: int) -> list[SourceGraph]:
    """Return articles that tell one story: own sources, citations, a circle, copies, unnamed."""
    draw = random.Random(seed)
    claim = f"{CLAIM} and engineers of team {seed} measured {seed + 2} millimetres"
    papers = [f"Paper {seed}-{letter}" for letter in "abcdefgh"]
    people = ["Ada Quill", "John Smith", f"Eva Roth {seed}"]
    told = [(draw.choice(people), SourceType.PERSON) for _ in range(draw.randint(1, 4))]
    told += [("two officials", SourceType.UNNAMED)]
    circle = papers[len(told)], papers[len(told) + 1]
    told += [(outlet, SourceType.NEWS_OUTLET) for outlet in reversed(circle)]
    graphs = [
        report(papers[n], source, type_, day=n + 1, claim=claim)
        for n, (source, type_) in enumerate(told)
    ]
    text = "Reprinted with thanks to all who helped.\n\n" + graphs[0].article.text
    copied = report("Paper copy", graphs[0].sources[0].name, text=text, day=12, claim=claim)
    return [*graphs, copied]


def event(seed: int) -> list[SourceGraph]:
    """Return articles on one event, who is called in several ways and say nearly the same."""
    names = [f"Olm{seed}", f"Orne{seed}", f"Marsk{seed}", f"Halm{seed}"]
    said = [
        (
            "Frederick Oster",
            SourceType.PERSON,
            f"two bearings of bridge {seed} cracked in frost",
        ),
        ("Fred Oster", SourceType.PERSON, f"frost has cracked the bearings of the bridge {seed}"),
        ("Police", SourceType.ORGANIZATION, "the ferry to Olm would run all night"),
        ("police spokesman", SourceType.UNNAMED, "all night the ferry would run to Olm"),
        ("Cora Lind", SourceType.PERSON, f"a blast killed two guards of mill {seed}"),
        ("Dan Merz", SourceType.PERSON, f"two guards of mill {seed} died in an explosion"),
    ]
    return [
        scene(f"Sheet {seed} {n}", one, places=tuple(names), day=n + 1)
        for n, one in enumerate(said)
    ]


def test_what_joins_generated_stories_is_the_same(spark: "SparkSession") -> None:
    from provenance.gathering.crossing import joined

    graphs = {g.article.digest: g for seed in range(20) for g in (*stories(seed), *event(seed))}
    briefs = {digest: brief_of(graphs[digest]) for digest in sorted(graphs)}
    links = link(briefs, lambda digest: graphs[digest].article.text)
    assert links.reuses
    assert links.same
    assert links.sources
    blocks = write_links(
        links.reuses, links.quotations, links.same, links.sources, graph=LINKS.value
    )
    rows = [(d, pack(brief), graphs[d].article.text) for d, brief in briefs.items()]
    random.Random(1).shuffle(rows)
    table = spark.createDataFrame(rows, "digest string, brief binary, text string")
    found = [row["value"] for row in joined(spark, table.repartition(3), None).collect()]
    assert sorted(found) == sorted({line for b in blocks for line in b.decode().splitlines()})


def test_what_is_not_prov_s_own_is_not_written_over(prov: Prov, tmp_path: Path) -> None:
    both = prov("build", DAM, "--engine", "spark", "--store", tmp_path / "s")
    assert both.exit_code == 2
