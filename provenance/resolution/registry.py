"""Known sources: short names, types, sites, Wikidata ids. A help; nothing depends on it."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from provenance.errors import ResolutionError
from provenance.model import SourceType

COLUMNS = ("name", "short_names", "type", "site", "wikidata", "kind")
KINDS = ("", "country", "metonym")
_QID = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One known source.

    Attributes:
        short_names: Other names, acronyms and spellings.
        kind: "country", or "metonym" for a body that is called by a place, else "".
    """

    name: str
    short_names: tuple[str, ...]
    type: SourceType
    site: str = ""
    wikidata: str = ""
    kind: str = ""


class Registry:
    """Looks sources up by name; made once, read only."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index *entries*; a later one takes the place of an earlier one of the same name."""
        self.entries = tuple({_key(e.name): e for e in entries}.values())
        self._by_name: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for name in {_key(n) for n in (entry.name, *entry.short_names)}:
                self._by_name.setdefault(name, []).append(entry)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the entries called *name*; several where a short name is ambiguous.

        Acronyms are matched as they are written ("WHO", not "who"), longer names in any case.
        """
        return tuple(self._by_name.get(_key(name), ()))


def _key(name: str) -> str:
    name = re.sub(r"\s+", " ", name.replace("’", "'")).strip(" .,")
    name = re.sub(r"^[Tt]he ", "", name)
    name = name[:-2] if name.endswith("'s") and not name.isupper() else name
    bare = name.replace(".", "")
    return bare if len(bare) <= 5 else bare.casefold()


def load_registry(*paths: Path) -> Registry:
    """Return the registry that ships with the package, extended by the TSV files at *paths*.

    Raises:
        ResolutionError: A file cannot be read, or a row is wrong; says which.
    """
    entries = list(_built_in())
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ResolutionError(f"cannot read registry {path}: {error}") from error
        entries += read_entries(text, str(path))
    return Registry(entries)


@cache
def _built_in() -> tuple[Entry, ...]:
    data = files("provenance.resolution").joinpath("registry.tsv").read_text(encoding="utf-8")
    return tuple(read_entries(data, "registry.tsv"))


def read_entries(text: str, name: str) -> Iterator[Entry]:
    """Yield the entries of a TSV with the columns `COLUMNS`, of which the last three may be absent.

    Raises:
        ResolutionError: A row is wrong; says which.
    """
    rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = tuple(next(rows, ()))
    if header != COLUMNS[: len(header)] or len(header) < 3:
        raise ResolutionError(
            f"cannot read registry {name}: line 1 is not {' '.join(COLUMNS)}, with tabs between"
        )
    for number, row in enumerate(rows, 2):
        if row and not row[0].startswith("#"):
            yield _entry(row, f"{name}, line {number}")


def _entry(row: list[str], where: str) -> Entry:
    cells = [c.strip() for c in row] + [""] * (len(COLUMNS) - len(row))
    name, short, type_, site, wikidata, kind = cells[: len(COLUMNS)]
    if not name or len(row) > len(COLUMNS):
        raise ResolutionError(
            f"cannot read registry {where}: not {len(COLUMNS)} cells with a name first"
        )
    if type_ not in {t.value for t in SourceType}:
        raise ResolutionError(f"cannot read registry {where}: no such type: {type_!r}")
    if kind not in KINDS:
        raise ResolutionError(f"cannot read registry {where}: no such kind: {kind!r}")
    if wikidata and not _QID.fullmatch(wikidata):
        raise ResolutionError(f"cannot read registry {where}: not a Wikidata id: {wikidata!r}")
    return Entry(
        name,
        tuple(s.strip() for s in short.split("|") if s.strip()),
        SourceType(type_),
        site,
        wikidata,
        kind,
    )
