"""Work on very many things on a cluster, by Apache Spark.

Tables of plain rows go in and come out; functions of rows run where the rows are, in Python
processes that Spark starts once and uses again, so that what they load they load once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from provenance.common.extras import missing
from provenance.errors import EngineError, MissingExtraError

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

Row = dict[str, Any]
Columns = Mapping[str, str]
"""The type of each column, in Spark's words: "string", "binary", "bigint", "array<bigint>" ..."""

_CONFIG: dict[str, bool | float | int | str | None] = {
    # A task's rows are there as soon as it is done, whatever becomes of the others.
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
    "spark.hadoop.mapreduce.fileoutputcommitter.cleanup-failures.ignored": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.session.timeZone": "UTC",
    # Small tables in few pieces: each piece costs as much as some hundred rows.
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
    "spark.python.worker.reuse": "true",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
_HERE: dict[str, bool | float | int | str | None] = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
_SHARE = 4
"""Partitions for each core, so that all cores are busy until nearly the end."""
_BATCH = 200
"""Rows that are handed on at once."""


@contextmanager
def session(master: str | None = None) -> "Iterator[SparkSession]":
    """Open a session of Spark, on the cluster at *master* or where `spark-submit` says.

    Raises:
        MissingExtraError: Spark is not installed, or there is no Java for it.
        EngineError: The cluster is not available, or work on it fails for good.
    """
    import os
    import sys

    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise missing("spark", "no Spark is here, it needs more") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("source-provenance").config(map=_CONFIG)
    if master or "SPARK_ENV_LOADED" not in os.environ:
        builder = builder.master(master or "local[*]")
        if (master or "local").startswith("local"):
            builder = builder.config(map=_HERE)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise MissingExtraError(
            f"Spark does not start, it needs Java 17: {_reason(error)}"
        ) from error
    divide(spark, _SHARE * spark.sparkContext.defaultParallelism)
    try:
        yield spark
    except Exception as error:
        if not _is_sparks(error):
            raise
        raise EngineError(f"the work on the cluster failed: {_reason(error)}") from error
    finally:
        spark.stop()


def divide(spark: "SparkSession", count: int) -> None:
    """Repartition tables into *count* partitions, or fewer where they are small."""
    spark.conf.set("spark.sql.shuffle.partitions", count)


def mapped(
    table: "DataFrame", work: Callable[[Iterator[Row]], Iterable[Row]], columns: Columns
) -> "DataFrame":
    """Return the rows that *work* makes of those of *table*, called once for each partition."""

    def batches(given: "Iterator[pyarrow.RecordBatch]") -> "Iterator[pyarrow.RecordBatch]":
        import pyarrow

        schema = pyarrow.schema([(name, _arrow(pyarrow, type_)) for name, type_ in columns.items()])
        made = iter(work(row for batch in given for row in batch.to_pylist()))
        while rows := list(islice(made, _BATCH)):
            yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)

    return table.mapInArrow(batches, ", ".join(f"`{name}` {t}" for name, t in columns.items()))


def table_of(
    spark: "SparkSession", rows: Iterable[tuple[Any, ...]], columns: Columns
) -> "DataFrame":
    """Return a table of *rows* of this process."""
    schema = ", ".join(f"`{name}` {type_}" for name, type_ in columns.items())
    return spark.createDataFrame(list(rows), schema)


def files_at(spark: "SparkSession", pattern: str) -> list[str]:
    """Return the files of a Hadoop file system that *pattern* names, in folders too, sorted.

    Those whose names begin with a dot or an underscore are none, as everywhere in Hadoop.
    """
    context: Any = spark.sparkContext
    hadoop = context._jvm.org.apache.hadoop.fs
    path = hadoop.Path(pattern)
    system = path.getFileSystem(context._jsc.hadoopConfiguration())
    found: list[str] = []
    for status in system.globStatus(path) or []:
        listed = system.listFiles(status.getPath(), True)
        while listed.hasNext():
            file = listed.next().getPath().toString()
            inside = file.removeprefix(status.getPath().toString()).split("/")
            if not any(part.startswith((".", "_")) for part in inside):
                found.append(file)
    return sorted(found)


def exists(spark: "SparkSession", path: str) -> bool:
    """Return whether there is anything at *path* in its Hadoop file system."""
    context: Any = spark.sparkContext
    place = context._jvm.org.apache.hadoop.fs.Path(path)
    return bool(place.getFileSystem(context._jsc.hadoopConfiguration()).exists(place))


def rename_parts(spark: "SparkSession", folder: str, suffix: str) -> None:
    """Add the *suffix* of what they hold to the files that Spark wrote as text into *folder*."""
    context: Any = spark.sparkContext
    hadoop = context._jvm.org.apache.hadoop.fs
    for file in files_at(spark, folder):
        path = hadoop.Path(file)
        system = path.getFileSystem(context._jsc.hadoopConfiguration())
        if not system.rename(path, hadoop.Path(file.removesuffix(".txt") + suffix)):
            raise EngineError(f"cannot write {folder}: a file cannot be renamed")


def _arrow(pyarrow: Any, type_: str) -> Any:
    if type_.startswith("array<"):
        return pyarrow.list_(_arrow(pyarrow, type_[6:-1]))
    return {
        "string": pyarrow.string(),
        "binary": pyarrow.binary(),
        "bigint": pyarrow.int64(),
        "double": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }[type_]


def _is_sparks(error: Exception) -> bool:
    return type(error).__module__.split(".")[0] in ("pyspark", "py4j")


def _reason(error: BaseException) -> str:
    """Return the last line of *error* that says something: those before it are Spark's own."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if "Error" in line and not line.startswith(("at ", "File "))]
    return (told or lines or [type(error).__name__])[-1 if told else 0][:300]
