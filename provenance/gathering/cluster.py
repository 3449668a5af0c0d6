"""Build the graphs of very many articles on a cluster, as files for the bulk loader of a store.

The output folder holds these folders, whose files are written in parallel:

* ``articles``: the graph of each article, with its lines in the ledger, as N-Quads;
* ``links``: what joins them, as N-Quads;
* ``failures``: what could not be used and why, as JSON Lines.

Together they are what a store on this machine would hold. ``_work`` keeps what was made of each
article, written as soon as its partition is done; when a run was stopped, or there is more to read,
the next one does the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance import vocab
from provenance.errors import EngineError
from provenance.gathering.engines.spark import Row, divide, exists, mapped, rename_parts
from provenance.gathering.making import Settings, make
from provenance.gathering.scattered import ITEM, Job, read_items
from provenance.model import Failure, Item
from provenance.stores.ledger import joined_line, ledger_lines, share_of, state_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_BUILT = {
    "run": "string",
    "digest": "string",
    "article": "string",
    "key": "string",
    "location": "string",
    "quads": "binary",
    "brief": "binary",
    "text": "string",
    "failure": "string",
    "passed": "string",
}
_LINE = {"value": "string"}


@dataclass(frozen=True, slots=True)
class Totals:
    """What became of all articles.

    Attributes:
        built: Those that were read in this run.
        kept: Those that were there already.
        failed: Those that could not be used.
        failures: The first of them.
        passed: What was passed over in each archive, the first of them.
    """

    built: int
    kept: int
    failed: int
    failures: tuple[Failure, ...]
    passed: tuple[str, ...] = ()


def build(spark: "SparkSession", job: Job) -> Totals:
    """Do *job* and return what became of all articles.

    Raises:
        EngineError: The work on the cluster failed for good.
    """
    _check_out(spark, job.out)
    if job.partitions:
        divide(spark, job.partitions)
    work = f"{job.out}/_work/built"
    _built(spark, job, work).write.mode("append").parquet(work)
    every = spark.read.schema(_ddl(_BUILT)).parquet(work)
    current = every.filter(every["run"] == job.run)
    made = _wanted(every, current).persist()
    good = made.filter("quads is not null")
    _write_quads(spark, job, good)
    failures = _failures(made, current)
    failures.write.mode("overwrite").json(f"{job.out}/failures")
    return _totals(current, good, failures)


def _wanted(every: "DataFrame", current: "DataFrame") -> "DataFrame":
    """Return what was made, in whichever run, of the articles of the *current* one, each once."""
    from pyspark.sql import functions as F

    places = current.filter("digest is not null").groupBy("digest", "key")
    named = places.agg(F.sort_array(F.collect_set("location")).alias("places"))
    made = every.filter("digest is not null and (quads is not null or failure is not null)")
    made = made.dropDuplicates(["digest", "key"]).drop("location", "run")
    return made.join(named, ["digest", "key"])


def _write_quads(spark: "SparkSession", job: Job, good: "DataFrame") -> None:
    """Write the graphs of the articles in *good*, and what joins them."""
    from provenance.gathering.crossing import joined

    graphs = mapped(good.select("article", "key", "quads", "places"), _lines, _LINE)
    graphs.write.mode("overwrite").text(f"{job.out}/articles")
    shares = mapped(good.select("article", "key"), _shares, {"share": "string"}).collect()
    state = state_of(int(row["share"], 16) for row in shares)
    last = spark.createDataFrame([(joined_line(state).decode().rstrip("\n"),)], "value string")
    links = joined(spark, good.select("digest", "brief", "text"), job.settings.base_iri)
    links.union(last).write.mode("overwrite").text(f"{job.out}/links")
    for folder in ("articles", "links"):
        rename_parts(spark, f"{job.out}/{folder}", ".nq")


def _failures(made: "DataFrame", current: "DataFrame") -> "DataFrame":
    """Return where what failed is, and why, each once, sorted."""
    from pyspark.sql import functions as F

    why = F.col("failure").alias("reason")
    read = made.filter("failure is not null").select(
        F.element_at("places", 1).alias("location"), why
    )
    unread = current.filter("digest is null and failure is not null").select("location", why)
    return read.union(unread).distinct().sort("location", "reason")


def _check_out(spark: "SparkSession", out: str) -> None:
    """Refuse to overwrite a folder of something else."""
    if exists(spark, out) and not exists(spark, f"{out}/_work"):
        raise EngineError(f"cannot write {out}: it exists, and prov did not write it")


def _built(spark: "SparkSession", job: Job, work: str) -> "DataFrame":
    """Return a row for each article that is still to be made, and for each place of any."""
    from pyspark.sql import functions as F

    items = read_items(spark, job)
    if exists(spark, work):
        done = spark.read.schema(_ddl(_BUILT)).parquet(work)
        done = done.filter("quads is not null or (failure is not null and digest is not null)")
        known = done.select("digest", "key", F.lit(True).alias("done")).distinct()
        items = items.join(known, ["digest", "key"], "left")
        items = items.withColumn("data", F.when(F.col("done").isNull(), F.col("data")))
    else:
        items = items.withColumn("done", F.lit(None).cast("boolean"))
    count = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)
    divided = items.repartition(count, "digest").sortWithinPartitions("digest", "n", "row")
    settings, run = job.settings, job.run

    def work_on(rows: Iterator[Row]) -> Iterator[Row]:
        return _make_each(rows, settings, run)

    return mapped(divided.select(*ITEM, "done"), work_on, _BUILT)


def _make_each(rows: Iterator[Row], settings: Settings, run: str) -> Iterator[Row]:
    """Yield what is made of items, which are sorted by their bytes: of equal ones only the first.

    The others only add another place of the same article.
    """
    before: tuple[str, str] | None = None
    for row in rows:
        own = {"run": run, "location": row["location"], "digest": row["digest"]}
        if row["digest"] is None:
            yield {**own, "failure": row["failure"], "passed": row["passed"]}
            continue
        article = vocab.article_iri(row["digest"], settings.base_iri)
        own |= {"article": article, "key": row["key"]}
        if before is not None and before[0] == row["digest"]:
            if before[1] == row["key"]:
                yield own
            continue
        before = row["digest"], row["key"]
        yield own
        if not row["done"]:
            fields = tuple(zip(row["field_names"], row["field_values"], strict=True))
            item = Item(location=row["location"], name=row["name"], data=row["data"], fields=fields)
            made = make(item, settings, row["key"])
            if isinstance(made, Failure):
                yield {**own, "failure": made.reason}
            else:
                yield {**own, "quads": made.quads, "brief": made.brief, "text": made.text}


def _lines(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        lines = row["quads"] + ledger_lines(row["article"], row["places"], row["key"])
        yield {"value": lines.decode().rstrip("\n")}


def _shares(rows: Iterable[Row]) -> Iterator[Row]:
    yield {"share": state_of(share_of(row["article"], row["key"]) for row in rows)}


def _totals(current: "DataFrame", good: "DataFrame", failures: "DataFrame") -> Totals:
    built = current.filter("quads is not null").select("digest").distinct().count()
    first = [
        Failure(location=r["location"], reason=r["reason"]) for r in failures.limit(20).collect()
    ]
    told = current.filter("passed is not null").select("passed").distinct().sort("passed")
    passed = tuple(row["passed"] for row in told.limit(20).collect())
    return Totals(built, good.count() - built, failures.count(), tuple(first), passed)


def _ddl(columns: dict[str, str]) -> str:
    return ", ".join(f"`{name}` {type_}" for name, type_ in columns.items())
