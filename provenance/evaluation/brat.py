"""Read brat standoff files, as PolNeAR has them: spans of text, and events that group them.

https://brat.nlplab.org/standoff.html
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from provenance.errors import RecordError

ROLES: Final = ("Source", "Cue", "Content")
Offsets = tuple[int, int]
Pieces = tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One attribution: the pieces of its spans in each role, start and end in code points."""

    source: Pieces
    cue: Pieces
    content: Pieces


@dataclass(frozen=True, slots=True)
class Standoff:
    """What a file holds.

    Attributes:
        pieces: Role, start and end of every piece of a span, in order of their starts.
        attributions: What its events group, in the order of the file.
    """

    pieces: tuple[tuple[str, int, int], ...]
    attributions: tuple[Annotated, ...]


def read_brat(path: Path) -> Standoff:
    """Read the ``T`` and ``E`` lines of the file at *path*; roles other than `ROLES` are skipped.

    Raises:
        RecordError: It cannot be read, or is no such file.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"cannot read {path}: {error}") from error
    spans: dict[str, tuple[str, Pieces]] = {}
    groups: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        key, _, rest = line.partition("\t")
        head = rest.partition("\t")[0]
        if key.startswith("T"):
            role, _, offsets = head.partition(" ")
            if role in ROLES:
                spans[key] = (role, _offsets(offsets, f"{path}, line {number}"))
        elif key.startswith("E"):
            groups.append([argument.partition(":")[2] for argument in head.split()])
    pieces = {(role, start, end) for role, span in spans.values() for start, end in span}
    return Standoff(
        tuple(sorted(pieces, key=lambda piece: piece[1:])),
        tuple(_grouped(spans, group) for group in groups),
    )


def _offsets(written: str, where: str) -> Pieces:
    try:
        cut = [tuple(map(int, piece.split())) for piece in written.split(";")]
        return tuple((start, end) for start, end in cut)
    except ValueError as error:
        raise RecordError(f"cannot read {where}: {written!r} is no range of characters") from error


def _grouped(spans: dict[str, tuple[str, Pieces]], group: Iterable[str]) -> Annotated:
    by_role: dict[str, list[Offsets]] = defaultdict(list)
    for key in group:
        if key in spans:
            role, pieces = spans[key]
            by_role[role] += pieces
    return Annotated(*(tuple(sorted(set(by_role[role]))) for role in ROLES))
