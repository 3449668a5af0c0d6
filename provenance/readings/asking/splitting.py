"""An article in parts that a model can take in, and the readings of the parts as one.

Each part begins with the end of the one before; a source is one by its names.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from provenance.errors import ExtractionError
from provenance.model import ARTICLE, Article, FlowKind, SourceType
from provenance.readings import Finder
from provenance.readings.asking.settings import Asking, prompt

_SIGNS = 3
"""Signs of a token, at the least, in most languages that have words."""
_ANSWER = 3
"""One token in so many is left for the answer."""
_SHORTEST = 400
_OVERLAP = 8
"""One sign in so many is given twice."""


def answer_tokens(asking: Asking) -> int:
    """Return how many tokens an answer may have."""
    return asking.context // _ANSWER


def parts_of(article: Article, asking: Asking) -> tuple[str, ...]:
    """Return the text of *article*, less site furniture, in as few parts as go into the context.

    Raises:
        ExtractionError: Next to the prompt nothing does.
    """
    room = (asking.context - answer_tokens(asking)) * _SIGNS - len(prompt())
    if room < _SHORTEST:
        least = (len(prompt()) + _SHORTEST) * _ANSWER // (_SIGNS * (_ANSWER - 1)) + 1
        raise ExtractionError(
            f"cannot ask {asking.model}: a context of {asking.context:,} tokens is too small, "
            f"at least {least:,} are needed"
        )
    whole = sorted({*((article.headline,) if article.headline else ()), *article.paragraphs})
    pieces = [p for span in whole for p in _cut(article.quote(span).strip(), room // 2) if p]
    return tuple(_packed(pieces, room))


def _packed(pieces: list[str], room: int) -> Iterator[str]:
    held: list[str] = []
    for piece in pieces:
        if held and sum(len(one) + 2 for one in held) + len(piece) > room:
            yield "\n\n".join(held)
            held = _tail(held, min(room // _OVERLAP, room - len(piece) - 2))
        held.append(piece)
    if held:
        yield "\n\n".join(held)


def _tail(pieces: list[str], most: int) -> list[str]:
    """Return the last of *pieces*, or the end of it, with which the next part begins."""
    kept: list[str] = []
    for piece in reversed(pieces):
        if sum(len(one) + 2 for one in kept) + len(piece) > most:
            break
        kept.insert(0, piece)
    if not kept and most > 1:
        end = pieces[-1][-most:]
        kept = [end.partition(" ")[2] or end]
    return kept


def _cut(text: str, most: int) -> Iterator[str]:
    """Yield *text* in pieces of *most* signs, cut between words where there are any."""
    while len(text) > most:
        at = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
        at = at if at > most // 2 else most
        yield text[:at]
        back = text.find(" ", max(1, at - most // _OVERLAP), at)
        text = text[back + 1 if back > 0 else at :]
    yield text


Row = dict[str, Any]
_THINGS = {one.value for one in SourceType if not one.is_agent}


def joined(readings: Iterable[Mapping[str, Any]], finder: Finder) -> Row:
    """Return *readings* of parts of one article as one, with what models often get wrong mended.

    A source is called by words of the text wherever it has any, and a flow has the kind that
    follows from where it begins. Whatever is no row stays, and is reported as a fault later.
    """
    made: Row = {"sources": [], "flows": [], "disputes": []}
    known: dict[str, Row] = {}
    for number, reading in enumerate(readings, 1):
        ids: dict[str, str] = {ARTICLE: ARTICLE}
        for row in reading["sources"]:
            if not _is_source(row):
                made["sources"].append(row)
                continue
            names = list(_names(row, finder))
            same = next((known[name] for name in names if name in known), None)
            if same is None:
                same = {**row, "id": _free(row["id"], number, made["sources"])}
                same |= {"name": next(_called(row, finder), row["name"]), "aliases": []}
                made["sources"].append(same)
            same["aliases"] = list(dict.fromkeys((*same["aliases"], *_aliases(row))))
            known |= dict.fromkeys(names, same)
            ids.setdefault(row["id"], same["id"])
        types = {row["id"]: row.get("type") for row in made["sources"] if _is_source(row)}
        made["flows"] += (_flow(row, ids, types) for row in reading["flows"])
        made["disputes"] += (_moved(row, ids, ("by", "target")) for row in reading["disputes"])
    return made


def _is_source(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("id"), str)
        and isinstance(row.get("name"), str)
        and row["id"] != ARTICLE
    )


def _aliases(row: Row) -> Iterator[Any]:
    aliases = row.get("aliases")
    yield from (one for one in aliases if isinstance(one, str)) if isinstance(aliases, list) else ()


def _called(row: Row, finder: Finder) -> Iterator[str]:
    """Yield the names of a source that stand in the text, its own first, then the longest."""
    aliases = sorted(_aliases(row), key=lambda one: (-len(one), one))
    yield from (one for one in (row["name"], *aliases) if finder.places(one))


def _names(row: Row, finder: Finder) -> Iterator[str]:
    yield from (" ".join(one.casefold().split()) for one in _called(row, finder))


def _free(id: str, number: int, taken: Iterable[Any]) -> str:
    """Return *id*, or with the *number* of the part where another source has it."""
    ids = {row["id"] for row in taken if _is_source(row)}
    return id if id not in ids or number == 1 else f"{id}-{number}"


def _flow(row: Any, ids: Mapping[str, str], types: Mapping[str, Any]) -> Any:
    moved = _moved(row, ids, ("from", "to"))
    if isinstance(moved, dict) and types.get(str(moved.get("from"))) in _THINGS:
        return moved | {"kind": FlowKind.DERIVED_FROM.value}
    if isinstance(moved, dict) and types.get(str(moved.get("to"))) not in _THINGS:
        return moved | {"kind": FlowKind.REPORTED_BY.value}
    return moved


def _moved(row: Any, ids: Mapping[str, str], ends: tuple[str, str]) -> Any:
    if not isinstance(row, dict):
        return row
    return row | {end: ids.get(row[end], row[end]) for end in ends if isinstance(row.get(end), str)}
