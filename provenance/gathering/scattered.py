"""Articles that lie in a Hadoop file system, or on a disk that all machines of a cluster see."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from provenance.articles import SUFFIXES
from provenance.articles.corpus import CONTAINERS, digest_of, find_files, find_items, read_file
from provenance.articles.corpus import read_items as read_open
from provenance.articles.corpus.rows import COLUMNS, row_item
from provenance.gathering.engines.spark import Row, files_at, mapped, table_of
from provenance.gathering.making import Settings, key_of, log_of
from provenance.model import Failure, Item, Passed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done.

    Attributes:
        names: Files, folders, patterns, lists, addresses, and the like in a Hadoop file system.
        fields: See `articles.corpus.find_items`.
        out: The folder to write into, in any Hadoop file system.
        run: An id that no other run has.
        partitions: Into how many parts articles are divided; None leaves it to the cluster's size.
        private: See `articles.corpus.find_items`.
    """

    names: Sequence[str]
    fields: Mapping[str, str]
    settings: Settings
    out: str
    run: str
    partitions: int | None = None
    private: bool = False


ITEM = {
    "n": "bigint",
    "row": "bigint",
    "digest": "string",
    "key": "string",
    "location": "string",
    "name": "string",
    "data": "binary",
    "field_names": "array<string>",
    "field_values": "array<string>",
    "failure": "string",
    "passed": "string",
}
"""An item: where it stands among all files and in its own, what it is, or why it cannot be read, or
what was passed over."""
_ELSEWHERE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
_PARQUET = ".parquet"
_FILE = {"n": "bigint", "path": "string"}


def read_items(spark: "SparkSession", job: Job) -> "DataFrame":
    """Return a table of the items that *job* names, files by their whole paths.

    Parquet is read in pieces, other files whole, each by one process.
    """
    local, remote, here = _found(spark, job.names)
    known, digest = dict(job.fields), job.settings.digest()

    def read_local(rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            yield from _numbered(row["n"], read_file(Path(row["path"]), known), digest)

    whole = {path: n for n, path in remote if not path.lower().endswith(_PARQUET)}
    places = _listed(whole)

    def read_remote(rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            n, path = places[_plain(row["path"])]
            yield from _numbered(n, read_open(path, io.BytesIO(row["content"]), known), digest)

    fetched = _here(here, digest, job.private)
    tables = [table_of(spark, [tuple(row[c] for c in ITEM) for row in fetched], ITEM)]
    if local:
        parts = min(len(local), 16 * spark.sparkContext.defaultParallelism)
        listed = table_of(spark, local, _FILE).repartition(parts)
        tables.append(mapped(listed, read_local, ITEM))
    if whole:
        files = spark.read.format("binaryFile").load(list(whole))
        tables.append(mapped(files.select("path", "content"), read_remote, ITEM))
    rows = {path: n for n, path in remote if path.lower().endswith(_PARQUET)}
    if rows:
        tables.append(_parquet(spark, rows, known, digest))
    every = tables[0]
    for table in tables[1:]:
        every = every.unionAll(table)
    return every


def _found(
    spark: "SparkSession", names: Iterable[str]
) -> tuple[list[tuple[int, str]], list[tuple[int, str]], list[tuple[int, str | Failure]]]:
    """Return local files, those of Hadoop, and addresses and failures, each with its number."""
    local: list[tuple[int, str]] = []
    remote: list[tuple[int, str]] = []
    here: list[tuple[int, str | Failure]] = []
    count = 0
    for name in names:
        if _ELSEWHERE.match(name):
            known = (*SUFFIXES, *CONTAINERS)
            files = [f for f in files_at(spark, name) if f.lower().endswith(known)]
            remote += ((count + at, file) for at, file in enumerate(files))
            count += len(files)
            if not files:
                why = f"cannot read {name}: no articles are there"
                here.append((count, Failure(location=name, reason=why)))
            continue
        for one in find_files([name]):
            count += 1
            if isinstance(one, Path):
                local.append((count, str(one.absolute())))
            else:
                here.append((count, one))
        count += 1
    return local, remote, here


def _here(found: Sequence[tuple[int, str | Failure]], digest: str, private: bool) -> Iterator[Row]:
    """Yield rows for what is no file: failures, and pages that are fetched by this process."""
    for n, one in found:
        items = find_items([one], private=private) if isinstance(one, str) else [one]
        yield from _numbered(n, items, digest)


def _numbered(n: int, found: Iterable[Item | Failure | Passed], digest: str) -> Iterator[Row]:
    for row, one in enumerate(found):
        yield _row(n, row, one, digest)


def _row(n: int, row: int, one: Item | Failure | Passed, digest: str) -> Row:
    empty = dict.fromkeys(ITEM) | {"n": n, "row": row, "location": one.location}
    if isinstance(one, Failure):
        return empty | {"failure": one.reason}
    if isinstance(one, Passed):
        return empty | {"passed": one.reason}
    return empty | {
        "digest": digest_of(one),
        "key": key_of(digest, log_of(one.location)),
        "name": one.name,
        "data": one.data,
        "field_names": [name for name, _ in one.fields],
        "field_values": [value for _, value in one.fields],
    }


def _parquet(
    spark: "SparkSession", files: Mapping[str, int], fields: Mapping[str, str], digest: str
) -> "DataFrame":
    from pyspark.sql import functions as F

    table = spark.read.parquet(*files)
    wanted = {*fields.values(), *(name for names in COLUMNS.values() for name in names)}
    columns = [F.col(f"`{name}`") for name in table.columns if name in wanted]
    place = [
        F.col("_metadata.file_path").alias("__path"),
        F.col("_metadata.row_index").alias("__row"),
    ]
    places = _listed(files)

    def read(rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            n, path = places[_plain(row["__path"])]
            one = row_item(row, f"{path}#{row['__row'] + 1}", fields)
            yield _row(n, row["__row"], one, digest)

    return mapped(table.select(*columns, *place), read, ITEM)


def _listed(files: Mapping[str, int]) -> dict[str, tuple[int, str]]:
    """Return the number of each file, and its path as it was listed, by how it may be written."""
    return {_plain(path): (n, path) for path, n in files.items()}


def _plain(path: str) -> str:
    """Return *path* without what some of Spark's readers write in another way than others."""
    return re.sub(r"^([a-z0-9+.-]+):/+", r"\1:/", unquote(path))
