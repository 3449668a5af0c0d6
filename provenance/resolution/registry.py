"""Known sources: short names, types, sites, Wikidata ids. A help; nothing depends on it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from provenance.errors import ResolutionError
from provenance.model import Article, Mention, MentionKind, SourceType, Span
from provenance.resolution.name_words import words

COLUMNS = ("name", "short_names", "type", "site", "wikidata", "kind", "places")
KINDS = ("", "country", "metonym")
TYPES = tuple(
    sorted(set(SourceType) - {SourceType.PERSON, SourceType.UNNAMED})  # persons share their names
)
_ARTICLE = re.compile(r"\A[Tt]he ")
_QID = re.compile(r"Q[1-9]\d*")
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One known source.

    Attributes:
        short_names: Other names, acronyms and spellings.
        site: Its domain, without "www."; several where it has several.
        kind: "country", or "metonym" for a body that is called by its seat, else "".
        places: Names of places that stand for it ("Beijing"), though not always: they may be
            meant as places.
    """

    name: str
    short_names: tuple[str, ...]
    type: SourceType
    site: tuple[str, ...] = ()
    wikidata: str = ""
    kind: str = ""
    places: tuple[str, ...] = ()


class Registry:
    """Looks sources up by name; made once, read only."""

    def __init__(self, *layers: Iterable[Entry]) -> None:
        """Index *layers*; what a later one knows by a name, no earlier one is asked for.

        Within a layer a later entry takes the place of an earlier one of the same name.
        """
        held = {_key(e.name): (depth, e) for depth, layer in enumerate(layers) for e in layer}
        layered = sorted(held.values(), key=lambda one: one[0])
        self.entries = tuple(entry for _, entry in layered)
        self._by_name = _index(layered)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the entries called *name*; several where a short name is ambiguous.

        Short ones are matched as they are written ("WHO", not "who"), longer ones in any case; a
        leading "the" and a possessive "'s" make no difference.
        """
        return self._by_name.get(_key(name), ())


def load_registry(*paths: Path) -> Registry:
    """Return the registry that ships with the package, overlaid by the TSV files at *paths*.

    Raises:
        ResolutionError: A file cannot be read, or a row is wrong; says which.
    """
    texts = []
    for path in paths:
        try:
            texts.append((str(path), path.read_text(encoding="utf-8-sig")))
        except OSError as error:
            raise ResolutionError(f"cannot read registry {path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ResolutionError(
                f"cannot read registry {path}: not UTF-8 at byte {error.start}"
            ) from error
    return _layered(*texts)


@lru_cache(maxsize=8)
def _layered(*texts: tuple[str, str]) -> Registry:
    """Return the registry of the built-in entries and those in *texts*, each with its name.

    Indexing two thousand names takes as long as reading a short article.
    """
    return Registry(_built_in(), *(read_entries(text, name) for name, text in texts))


@cache
def _built_in() -> tuple[Entry, ...]:
    data = files("provenance.resolution").joinpath("registry.tsv").read_text(encoding="utf-8")
    return read_entries(data, "registry.tsv")


def read_entries(text: str, name: str) -> tuple[Entry, ...]:
    """Return the entries of a TSV whose header names some of `COLUMNS`, in any order.

    Empty lines and those that begin with "#" are passed over.

    Raises:
        ResolutionError: The header or a row is wrong; says where.
    """
    lines = [(n, line.rstrip("\r")) for n, line in enumerate(text.split("\n"), 1)]
    rows = [(n, line.split("\t")) for n, line in lines if line.strip() and line[0] != "#"]
    if not rows:
        raise ResolutionError(f"cannot read registry {name}: it is empty")
    header = [cell.strip() for cell in rows[0][1]]
    if not {"name", "type"} <= set(header) <= set(COLUMNS) or len(set(header)) < len(header):
        raise ResolutionError(
            f"cannot read registry {name}, line {rows[0][0]}: the header must have name and type, "
            f"and may have {', '.join(c for c in COLUMNS if c not in ('name', 'type'))}, "
            "with tabs between"
        )
    entries: dict[str, tuple[int, Entry]] = {}
    for number, cells in rows[1:]:
        try:
            entry = _entry(dict.fromkeys(COLUMNS, "") | _row(header, cells))
            if (key := _key(entry.name)) in entries:
                raise ValueError(f"{entry.name!r} is on line {entries[key][0]} already")
        except ValueError as error:
            raise ResolutionError(f"cannot read registry {name}, line {number}: {error}") from error
        entries[key] = number, entry
    return tuple(entry for _, entry in entries.values())


def _row(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(header):
        raise ValueError(f"{len(cells)} cells where the header has {len(header)}")
    return dict(zip(header, map(str.strip, cells), strict=False))


def _entry(row: dict[str, str]) -> Entry:
    """Return the entry in *row*.

    Raises:
        ValueError: A cell is wrong; says how.
    """
    name, type_, qid, kind = row["name"], row["type"], row["wikidata"], row["kind"]
    if not name or not _key(name):
        raise ValueError("no name")
    if type_ not in TYPES:
        raise ValueError(f"no such type: {type_!r} (there are {', '.join(TYPES)})")
    if kind not in KINDS:
        raise ValueError(f"no such kind: {kind!r} (there are {', '.join(filter(None, KINDS))})")
    if qid and not _QID.fullmatch(qid):
        raise ValueError(f"not a Wikidata id: {qid!r}")
    sites = _split(row["site"].lower())
    if wrong := [site for site in sites if not _HOST.fullmatch(site) or site.startswith("www.")]:
        raise ValueError(f"not a domain without www: {wrong[0]!r}")
    short, places = _split(row["short_names"]), _split(row["places"])
    return Entry(name, short, SourceType(type_), sites, qid, kind, places)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for one in cell.split("|") if (part := one.strip())) if cell else ()


def _names(entry: Entry) -> set[str]:
    return {_key(name) for name in (entry.name, *entry.short_names, *entry.places)}


def _index(layered: Iterable[tuple[int, Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Return by name the entries of the last layer that has the name."""
    found: dict[str, tuple[int, tuple[Entry, ...]]] = {}
    for layer, entry in layered:
        for key in _names(entry):
            level, others = found.get(key, (layer, ()))
            found[key] = layer, (*others, entry) if level == layer else (entry,)
    return {key: entries for key, (_, entries) in found.items()}


def _key(name: str) -> str:
    """Return what two spellings of one name have in common."""
    name = " ".join(name.replace("’", "'").split()).strip(" .,")
    name = _ARTICLE.sub("", name, count=1)
    name = name.removesuffix("'").removesuffix("'s")
    bare = name.replace(".", "")
    return bare if len(bare) <= 5 else bare.casefold()


def find_outlets(
    article: Article, mentions: Sequence[Mention], registry: Registry
) -> Iterator[Mention]:
    """Yield a mention for each name of an outlet that is not part of one of *mentions*.

    Names that are common words ("Time", "the Sun") are left to the parse.
    """
    taken = sorted(
        {m.span for m in mentions} | {apposition for m in mentions for apposition in m.appositions}
    )
    starts = [span.start for span in taken]
    sentences = sorted({m.sentence for m in mentions})
    parts = ((article.headline,) if article.headline else ()) + article.paragraphs
    for part in parts:
        for match in _pattern(registry).finditer(article.text, part.start, part.end):
            span = Span(*match.span())
            near = taken[max(0, bisect_right(starts, span.start) - 3) :]
            if any(span.overlaps(t) for t in near if t.start < span.end):
                continue
            yield Mention(
                span=span,
                head=span,
                kind=MentionKind.NAME,
                type=SourceType.NEWS_OUTLET,
                definite=True,
                sentence=_around(sentences, span) or part,
            )


def _around(sentences: Sequence[Span], span: Span) -> Span | None:
    place = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
    return sentences[place] if place >= 0 and span in sentences[place] else None


@lru_cache(maxsize=8)
def _pattern(registry: Registry) -> re.Pattern[str]:
    outlets = (e for e in registry.entries if e.type is SourceType.NEWS_OUTLET)
    known = {n for e in outlets for n in (e.name, *e.short_names) if _is_plain(n)}
    longest = "|".join(map(re.escape, sorted(known, key=lambda n: (-len(n), n))))
    return re.compile(rf"(?<![\w@.-])(?:{longest})(?!\w)")


def _is_plain(name: str) -> bool:
    """Whether *name* can hardly be anything but the outlet's name."""
    if " " in name:
        return True
    return (len(name) > 2 or name == "AP") and name not in words("outlets", "common")
