"""The frames of custody events, read once from frames.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from provenance.common.wordlists import read_tables
from provenance.model import EventKind, EventRole

if TYPE_CHECKING:
    from spacy.tokens import Token

FILLED_FIRST = (
    EventRole.ARTEFACT,
    EventRole.CHANNEL,
    EventRole.ORIGIN,
    EventRole.AGENT,
    EventRole.RECIPIENT,
)
"""The order in which roles take words; one that is taken is gone for the rest."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the syntax and the class of words that may fill it."""

    place: str
    accepts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How one sense of some words stands for a custody event; see frames.toml.

    Attributes:
        requires: Sets of roles; of each one must be filled.
        least: How many participants make an event.
        passive: Whether only the passive has this sense.
    """

    kind: EventKind
    slots: tuple[tuple[EventRole, tuple[Slot, ...]], ...]
    requires: tuple[frozenset[EventRole], ...]
    least: int
    particle: frozenset[str]
    complement: frozenset[str]
    adverb: frozenset[str]
    passive: bool
    correspondence: bool
    statements: bool


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames by the words that trigger them."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    adjectives: Mapping[str, tuple[Frame, ...]]


@cache
def load_frames() -> Frames:
    """Return the frames of frames.toml."""
    tables: dict[str, dict[str, list[Frame]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for row in _data()["frame"]:
        frame = _frame(row)
        for name, table in tables.items():
            for word in row.get(name, ()):
                table.setdefault(word, []).append(frame)
    return Frames(**{n: {w: tuple(f) for w, f in t.items()} for n, t in tables.items()})


@cache
def listed(name: str) -> frozenset[str]:
    """Return one of the word lists of frames.toml, such as ``listed("platforms")``."""
    return frozenset(_data()["words"][name])


def lemma_of(token: "Token") -> str:
    """Return the lemma of *token* in lower case, mended where the lemmatizer is known to err."""
    mended = _data()["lemmas"]
    lemma = token.lemma_.lower()
    return str(mended.get(token.lower_) or mended.get(lemma, lemma))


@cache
def origin_nouns() -> tuple[EventKind, frozenset[str]]:
    """Return the nouns of "the source of the files was a server", and their kind of event."""
    row = _data()["origin"]
    return EventKind(row["kind"]), frozenset(row["nouns"])


@cache
def verdict_kind(true: bool) -> EventKind:
    """Return the kind of event that calling an artefact true or false is."""
    return EventKind(_data()["verdict"]["true" if true else "false"])


def _data() -> Mapping[str, Any]:
    return read_tables("provenance.extraction", "frames.toml")


def _frame(row: Mapping[str, Any]) -> Frame:
    slots = tuple(
        (role, tuple(_slot(text, role) for text in row[role.value]))
        for role in FILLED_FIRST
        if role.value in row
    )
    return Frame(
        kind=EventKind(row["kind"]),
        slots=slots,
        requires=tuple(frozenset(map(EventRole, r.split("|"))) for r in row["requires"]),
        least=row.get("least", 1),
        particle=frozenset(row.get("particle", ())),
        complement=frozenset(row.get("complement", ())),
        adverb=frozenset(row.get("adverb", ())),
        passive=row.get("passive", False),
        correspondence=row.get("correspondence", True),
        statements=row.get("statements", True),
    )


_USUAL = {
    EventRole.ARTEFACT: "artefact",
    EventRole.AGENT: "actor",
    EventRole.ORIGIN: "origin",
    EventRole.CHANNEL: "channel",
    EventRole.RECIPIENT: "receiver",
}


def _slot(text: str, role: EventRole) -> Slot:
    place, _, accepts = text.partition(":")
    given = role is EventRole.ORIGIN and place in {"from", "out of"}
    return Slot(place, accepts or ("giver" if given else _USUAL[role]))
