"""The format of a reading: what somebody found in an article, written down as JSON.

This is the one place that says it: the JSON Schema, the table in ``docs/readings.md`` and what a
language model is asked for are made of these classes.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from provenance.model import (
    Certainty,
    EventKind,
    EventRole,
    FlowKind,
    ReaderKind,
    SourceType,
    Stance,
)

SCHEMA_IRI = "https://w3id.org/source-provenance/reading.schema.json"


def _printable(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("must have visible characters, and no others")
    return text


Id = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_printable)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Place = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
Places = Annotated[tuple[Place, ...], Field(max_length=1000)]
Score = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Digest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Day = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}(-[0-9]{2}){0,2})?$")]


_EVIDENCE = "The words of the article that say so, copied; ' … ' joins several passages."


class _Row(BaseModel):
    """What is not named here may stand in a reading as well, and is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class SourceRow(_Row):
    """Whoever or whatever the article has information from, or by way of."""

    id: Id = Field(description="A short name for it within this reading; not 'article'.")
    name: Name = Field(description="What to call it, best in the words of the article.")
    type: SourceType = Field(description="What it is.")
    aliases: Annotated[tuple[Name, ...], Field(max_length=1000)] = Field(
        default=(), description="The words by which the article names it, copied; no pronouns."
    )


class FlowRow(_Row):
    """One hop of information, from a source to the next nearer to the reader."""

    from_: Id = Field(alias="from", description="The id of the source that has it first.")
    to: Id = Field(description="The id of who or what has it next, or 'article'.")
    kind: FlowKind | None = Field(
        default=None,
        description="Reported by somebody, or derived from a thing; by default 'from' decides.",
    )
    evidence: Words = Field(description=_EVIDENCE)
    span: Places = Field(
        default=(), description="Where they stand, if known: code points, half open."
    )
    certainty: Certainty = Field(
        default=Certainty.ASSERTED, description="How far the text commits itself."
    )
    score: Score = Field(default=1.0, description="How likely it is, by whoever read it.")


class DisputeRow(_Row):
    """A source that denies, doubts or confirms another, or what it says, in so many words."""

    by: Id = Field(description="The id of the source that does.")
    target: Id = Field(description="The id of the source that it does it to.")
    stance: Stance = Field(description="What it does.")
    evidence: Words = Field(description=_EVIDENCE)
    span: Places = Field(default=(), description="Where they stand, if known.")
    certainty: Certainty = Field(
        default=Certainty.ASSERTED, description="How far the text commits itself."
    )
    score: Score = Field(default=1.0, description="How likely it is, by whoever read it.")


class ClaimRow(_Row):
    """What somebody is said to have said."""

    text: Words = Field(description="The words of the article, copied; ' … ' joins broken ones.")
    content: Places = Field(default=(), description="Where they stand, if known.")
    sources: Annotated[tuple[Id, ...], Field(min_length=1, max_length=100)] = Field(
        description="The ids of the sources that it is ascribed to."
    )
    certainty: Certainty = Field(
        default=Certainty.REPORTED, description="How far the text commits itself."
    )


class RoleRow(_Row):
    """What a source was to a custody event."""

    role: EventRole = Field(description="What it was.")
    source: Id | None = Field(default=None, description="The id of the source.")


class EventRow(_Row):
    """Something that happened to a document or the like: a leak, a publication."""

    kind: EventKind = Field(description="What happened.")
    evidence: Words = Field(description=_EVIDENCE)
    span: Places = Field(default=(), description="Where they stand, if known.")
    roles: Annotated[tuple[RoleRow, ...], Field(max_length=100)] = Field(
        default=(), description="Who and what had a part in it."
    )
    date: Day | None = Field(
        default=None, description="When, in ISO 8601; the evidence, or 'dated', must come to it."
    )
    dated: Words | None = Field(default=None, description="The words that say when, if elsewhere.")
    place: Name | None = Field(default=None, description="Where, as the article names it.")
    certainty: Certainty = Field(
        default=Certainty.ASSERTED, description="How far the text commits itself."
    )


class ReaderRow(_Row):
    """Who read the article."""

    kind: ReaderKind = Field(description="A person, or a model that was asked.")
    name: Name = Field(description="The person's name, or the model's.")
    version: Annotated[str, StringConstraints(max_length=500)] = Field(
        default="", description="The model's version."
    )
    prompt: Digest = Field(
        default="", description="SHA-256 in hex of what the model was asked, less the article."
    )


class Answer(_Row):
    """What is found in an article: sources, and how information went between them."""

    sources: tuple[SourceRow, ...] = Field(description="Who and what the article has it from.")
    flows: tuple[FlowRow, ...] = Field(description="The hops of information.")
    disputes: tuple[DisputeRow, ...] = Field(
        default=(), description="Who denies, doubts, confirms whom."
    )


class Reading(Answer):
    """A reading of one article."""

    article: str = Field(default="", description="The name of the article's file, for people.")
    reader: ReaderRow | None = Field(default=None, description="Who read it.")
    claims: tuple[ClaimRow, ...] = Field(default=(), description="What the sources said.")
    events: tuple[EventRow, ...] = Field(
        default=(), description="What happened to documents and the like."
    )


ROWS: dict[str, type[_Row]] = {
    "sources": SourceRow,
    "flows": FlowRow,
    "disputes": DisputeRow,
    "claims": ClaimRow,
    "events": EventRow,
}
"""What each list of a reading holds, in the order in which they are looked at."""
NEEDED = ("sources", "flows")
"""Lists without which it is no reading."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a reading."""
    made = Reading.model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_IRI}
    return head | made


_ASKED = {
    "sources": ("id", "name", "type", "aliases"),
    "flows": ("from", "to", "kind", "evidence"),
    "disputes": ("by", "target", "stance", "evidence"),
}
"""What of a reading a language model is asked for."""


def asked_schema() -> dict[str, Any]:
    """Return the JSON Schema of what a model is asked for, in the words that servers know.

    They make grammars of it, some of them without references, bounds of length, or optional keys.
    """
    whole = schema()
    lists = {}
    for name, keys in _ASKED.items():
        row = ROWS[name].model_json_schema(by_alias=True)
        known = {key: _plain(row["properties"][key], row.get("$defs", {})) for key in keys}
        lists[name] = {"type": "array", "items": _closed(known)}
    return _closed(lists) | {"description": whole["description"]}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    kept = {"type": "object", "properties": properties, "required": list(properties)}
    return kept | {"additionalProperties": False}


def _plain(told: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Return the type of a key alone: a word of a list, a string, or several strings."""
    options = [told, *(one for one in told.get("anyOf", ()) if one.get("type") != "null")]
    for one in options:
        if "$ref" in one:
            return {"type": "string", "enum": known[one["$ref"].rpartition("/")[2]]["enum"]}
    if told.get("type") == "array":
        return {"type": "array", "items": {"type": "string"}}
    return {"type": "string"}


def tables() -> str:
    """Return what may stand in a reading as tables of Markdown, a section for each object."""
    return "\n".join(_table(name, form) for name, form in _OBJECTS.items())


_OBJECTS: dict[str, type[_Row]] = {
    "reading": Reading,
    "reader": ReaderRow,
    "source": SourceRow,
    "flow": FlowRow,
    "dispute": DisputeRow,
    "claim": ClaimRow,
    "event": EventRow,
    "role": RoleRow,
}


def _table(name: str, form: type[_Row]) -> str:
    """Return a heading, what *form* is, and a row for each key: the word, its values, its use."""
    rows = [
        f"### {name.capitalize()}\n",
        form.__doc__ or "",
        "\n| key | needed | what stands there |",
    ]
    rows.append("| --- | --- | --- |")
    properties = form.model_json_schema(by_alias=True)
    for key, told in properties["properties"].items():
        needed = "yes" if key in properties.get("required", ()) else ""
        rows.append(f"| `{key}` | {needed} | {told['description']}{_values(told, properties)} |")
    return "\n".join(rows) + "\n"


def _values(told: dict[str, Any], whole: dict[str, Any]) -> str:
    """Return the words that alone may stand at a key, if there are such."""
    names = [one["$ref"] for one in (told, *told.get("anyOf", ())) if "$ref" in one]
    words = [w for n in names for w in whole["$defs"][n.rpartition("/")[2]].get("enum", ())]
    return f" One of {', '.join(f'`{word}`' for word in words)}." if words else ""
