"""Find the file of an article's reading, and parse it: whatever is wrong in it is a fault."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from provenance.common.files import is_address, is_file, is_folder, read_bytes
from provenance.errors import RecordError
from provenance.readings.form import (
    NEEDED,
    ROWS,
    ClaimRow,
    DisputeRow,
    EventRow,
    FlowRow,
    ReaderRow,
    SourceRow,
)

STDIN: Final = "-"
SUFFIXES: Final = (".reading.json", ".gold.json", ".json")
"""What the file of the reading of ``a.txt`` has after the ``a``, the first that is there."""


def reading_of(given: Path, article: str) -> tuple[bytes, str]:
    """Return the reading of the file *article*, and what it is called.

    Args:
        given: A file, "-" for standard input, or a folder of files.
        article: The article's file or address, "-" for standard input.

    Raises:
        RecordError: There is none, or it cannot be read.
    """
    if not is_folder(given):
        return read_bytes(given), "standard input" if str(given) == STDIN else str(given)
    stem = "stdin" if article == STDIN else Path(article).stem
    paths = [given / f"{stem}{suffix}" for suffix in SUFFIXES]
    found = next((path for path in paths if is_file(path)), None)
    if found is None or is_address(article):
        listed = ", ".join(path.name for path in paths)
        raise RecordError(f"no reading of {article} in {given}: none of {listed}")
    return read_bytes(found), str(found)


def reading_bytes(reading: str | Path | Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the bytes of a reading in a file, or of what such a file holds, and what to call it.

    Raises:
        RecordError: It cannot be read, or JSON cannot hold it.
    """
    if not isinstance(reading, Mapping):
        return read_bytes(Path(reading)), str(reading)
    try:
        return json.dumps(reading, ensure_ascii=False, sort_keys=True).encode(), "the reading"
    except (TypeError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())
        raise RecordError(f"cannot use the reading: not what JSON can hold ({why})") from error


LARGEST: Final = 5_000_000
"""Bytes of the largest reading; the words of an article are far fewer."""
MOST: Final = 5_000
"""Rows of each list."""
MOST_NAMES: Final = 20_000
"""Names of all sources together."""
_SHOWN = 160
_ID = 60
_LOOKED_AT, _LONGEST_KEY, _ALIKE = 20, 15, 0.8
"""Keys of a row that may be misspelt, their letters, and how much like another they must be."""
_PLAIN: Final = {
    "tuple_type": "it should be a list",
    "model_type": "it should be an object",
    "model_attributes_type": "it should be an object",
    "missing": "it is missing",
}
"""What is said in words of ours, by the library's name of what is wrong."""

Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a reading that does not hold.

    Attributes:
        where: The row: "flow 3".
        why: What is wrong with it, in words.
    """

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The rows of a reading that have its form, each with its number in its list."""

    sources: tuple[tuple[int, SourceRow], ...] = ()
    flows: tuple[tuple[int, FlowRow], ...] = ()
    disputes: tuple[tuple[int, DisputeRow], ...] = ()
    claims: tuple[tuple[int, ClaimRow], ...] = ()
    events: tuple[tuple[int, EventRow], ...] = ()
    reader: ReaderRow | None = None
    faults: tuple[Fault, ...] = ()


def parse_reading(data: bytes, name: str) -> Parsed:
    """Return what in *data* has the form of a reading, and what does not.

    Args:
        data: JSON in UTF-8.
        name: Of the file, for the error messages.

    Raises:
        RecordError: It is not JSON, or no reading at all.
    """
    if len(data) > LARGEST:
        size = f"{len(data):,} bytes are more than a reading's {LARGEST:,}"
        raise RecordError(f"cannot read {name}: {size}")
    try:
        whole = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_single)
    except UnicodeDecodeError as error:
        raise RecordError(f"cannot read {name}: not UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        why = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise RecordError(f"cannot read {name} as a reading: {why}") from error
    if not isinstance(whole, dict):
        raise RecordError(f"cannot read {name} as a reading: it is not a JSON object")
    return parsed(whole, name)


def parsed(whole: Mapping[str, Any], name: str) -> Parsed:
    """Return what in *whole*, read from JSON already, has the form of a reading.

    Raises:
        RecordError: It is no reading at all.
    """
    faults = list(_misspelt("reading", whole, (*ROWS, "reader", "article")))
    made = Parsed(
        sources=tuple(_rows(whole, "sources", SourceRow, faults, name)),
        flows=tuple(_rows(whole, "flows", FlowRow, faults, name)),
        disputes=tuple(_rows(whole, "disputes", DisputeRow, faults, name)),
        claims=tuple(_rows(whole, "claims", ClaimRow, faults, name)),
        events=tuple(_rows(whole, "events", EventRow, faults, name)),
        reader=_reader(whole, faults),
        faults=tuple(faults),
    )
    if sum(1 + len(row.aliases) for _, row in made.sources) > MOST_NAMES:
        raise RecordError(f"cannot read {name}: its sources have more than {MOST_NAMES:,} names")
    return made


def row_name(key: str, number: int, told: str = "") -> str:
    """Return what to call the row with this *number* of the list *key*, and its own words."""
    return f"{key.removesuffix('s')} {number}" + (f" ({told[:_SHOWN]})" if told else "")


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON, none of whose keys is said twice."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise ValueError(f"the key {key[:_ID]!r} stands twice in one object")
        made[key] = value
    return made


def _rows(
    whole: Mapping[str, Any], key: str, form: type[Row], faults: list[Fault], name: str
) -> Iterator[tuple[int, Row]]:
    rows = whole.get(key, None if key in NEEDED else [])
    if not isinstance(rows, list | tuple):
        near = next((f" ({one.why})" for one in faults if f"{key!r}" in one.why), "")
        raise RecordError(f"cannot read {name} as a reading: it has no list {key!r}{near}")
    if len(rows) > MOST:
        raise RecordError(f"cannot read {name}: it has more than {MOST:,} {key}")
    known = [field.alias or one for one, field in form.model_fields.items()]
    for number, row in enumerate(rows, 1):
        id = row.get("id") if isinstance(row, Mapping) else None
        where = row_name(key, number, id[:_ID] if isinstance(id, str) else "")
        if isinstance(row, Mapping):
            faults += _misspelt(where, row, known)
        try:
            yield number, form.model_validate(row)
        except ValidationError as error:
            faults.append(Fault(where, _first(error)))


def _misspelt(where: str, row: Mapping[str, Any], known: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault for each key that is not known, and nearly one that is and is not there."""
    lacks = [key for key in known if key not in row]
    others = (key for key in row if key not in known)
    for key in islice(others, _LOOKED_AT):
        if len(key) <= _LONGEST_KEY and (
            near := get_close_matches(key.casefold(), lacks, 1, _ALIKE)
        ):
            yield Fault(where, f"it has a key {key!r}, which means nothing: is it {near[0]!r}?")


def _reader(whole: Mapping[str, Any], faults: list[Fault]) -> ReaderRow | None:
    if whole.get("reader") is None:
        return None
    try:
        return ReaderRow.model_validate(whole["reader"])
    except ValidationError as error:
        faults.append(Fault("reader", _first(error)))
        return None


def _first(error: ValidationError) -> str:
    """Return the first thing that is wrong with a row, in a line."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    why = _PLAIN.get(first["type"]) or str(first["msg"]).removeprefix("Value error, ")
    why = why[:1].lower() + why[1:]
    return f"{where}: {why}" if where else why
