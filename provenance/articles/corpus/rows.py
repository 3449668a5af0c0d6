"""Articles in the rows of JSON Lines and Parquet files."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import IO, Any, Final

from provenance.common.extras import missing
from provenance.common.files import reason
from provenance.model import Failure, Item

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet")
COLUMNS: Final = {
    "text": ("text", "body", "content", "article", "articleBody"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "outlet", "site"),
    "published": ("published", "publication_date", "date_published", "datePublished", "date"),
    "author": ("author", "byline"),
    "url": ("url", "link"),
}
"""What columns are called for each field, unless an option says otherwise."""
_LONGEST = 20_000_000
"""Bytes of one line."""


def read_rows(path: str, file: IO[bytes], fields: Mapping[str, str]) -> Iterator[Item | Failure]:
    """Yield the article in each row of *file*, which is at *path*; a bad row fails by itself."""
    try:
        if path.lower().endswith(".parquet"):
            yield from _parquet(path, file, fields)
        else:
            yield from _lines(path, file, fields)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        why = reason(error) if isinstance(error, OSError) and error.strerror else str(error)
        yield Failure(location=path, reason=f"cannot read {path}: {' '.join(why.split())}")


def _lines(path: str, packed: IO[bytes], fields: Mapping[str, str]) -> Iterator[Item | Failure]:
    packed_too = path.lower().endswith(".gz")
    with gzip.GzipFile(fileobj=packed) if packed_too else nullcontext(packed) as file:
        number = 0
        while line := file.readline(_LONGEST + 1):
            number += 1
            where = f"{path}#{number}"
            if len(line) > _LONGEST:
                raise ValueError(f"line {number} is longer than {_LONGEST // 1_000_000} MB")
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                why = f"cannot read {where}: not JSON ({error})"
                yield Failure(location=where, reason=why)
                continue
            yield row_item(row, where, fields)


def _parquet(path: str, file: IO[bytes], fields: Mapping[str, str]) -> Iterator[Item | Failure]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise missing("parquet", f"cannot read {path}, Parquet needs more") from error
    try:
        number = 0
        for batch in parquet.ParquetFile(file).iter_batches(batch_size=16):
            for row in batch.to_pylist():
                number += 1
                yield row_item(row, f"{path}#{number}", fields)
    except ArrowException as error:
        why = " ".join(str(error).split())
        yield Failure(location=path, reason=f"cannot read {path}: {why}")


def row_item(row: Any, where: str, fields: Mapping[str, str]) -> Item | Failure:
    """Return the article in *row*, a row of a table that is at *where*."""
    if not isinstance(row, dict):
        return Failure(location=where, reason=f"cannot read {where}: no object with fields")
    found = {name: _value(row, name, fields.get(name)) for name in COLUMNS}
    text = found.pop("text")
    if not text.strip():
        wanted = fields.get("text") or " or ".join(COLUMNS["text"])
        return Failure(location=where, reason=f"cannot read {where}: no text in {wanted}")
    if len(text) > _LONGEST:  # a small file may repeat a long one many times
        size = f"longer than {_LONGEST // 1_000_000} MB"
        return Failure(location=where, reason=f"cannot read {where}: {size}")
    return Item(
        location=where,
        name=where.rpartition("/")[2],
        data=text.encode(),
        fields=tuple(sorted((name, value) for name, value in found.items() if value)),
    )


def _value(row: Mapping[str, Any], name: str, column: str | None) -> str:
    """Return the value of a field as one string; of a list all that is in it."""
    for candidate in (column,) if column else COLUMNS[name]:
        value = row.get(candidate)
        if isinstance(value, list):
            value = ", ".join(str(one) for one in value if one)
        if value is not None and str(value).strip():
            said = str(value).encode("utf-8", "replace").decode()
            return said if name == "text" else " ".join(said.split())
    return ""
