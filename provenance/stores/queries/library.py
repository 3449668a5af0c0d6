"""Queries in files: the question in words, its explanation, and its parameters.

Values for parameters are written into a query as terms of RDF and never as text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from provenance.errors import RecordError

_SUFFIX = ".rq"
# A parameter is a variable with inline data of one line, and what it means behind that.
_PARAMETER = re.compile(
    r"""^[ \t]*VALUES[ \t]+[?$](?P<name>\w+)[ \t]*
        (?P<data>\{[ \t]*(?:"(?:[^"\\\n]|\\.)*"|<[^>\s]*>|UNDEF)[ \t]*\})
        (?:[ \t]*\#[ \t]*(?P<meaning>[^\n]*))?""",
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that may be set to a value.

    Attributes:
        meaning: In words, "" if the query does not explain it.
        start, end: Where its inline data stand in the text of the query.
    """

    name: str
    meaning: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query.

    Attributes:
        name: Of the file, without its suffix.
        question: The first line of its leading comment, "" without one.
        notes: The rest of that comment.
        parameters: In the order of the text.
        text: The whole file.
    """

    name: str
    question: str
    notes: str
    parameters: tuple[Parameter, ...]
    text: str


def parse_query(text: str, name: str = "") -> Query:
    """Return the query in *text* with what its comments say."""
    lines = []
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:].strip())
    question, _, notes = "\n".join(lines).partition("\n")
    parameters = tuple(
        Parameter(found["name"], (found["meaning"] or "").strip(), *found.span("data"))
        for found in _PARAMETER.finditer(text)
    )
    return Query(name, question, notes.strip(), parameters, text)


@cache
def queries() -> tuple[Query, ...]:
    """Return our own competency queries by name."""
    try:
        folder = resources.files("provenance.ontology")
    except ModuleNotFoundError:  # a source checkout that was not installed
        folder = Path(__file__).parents[3] / "ontology"
    files = [file for file in folder.joinpath("queries").iterdir() if file.name.endswith(_SUFFIX)]
    found = (parse_query(f.read_text("utf-8"), f.name.removesuffix(_SUFFIX)) for f in files)
    return tuple(sorted(found, key=lambda query: query.name))


def find_query(name: str) -> Query:
    """Return the competency query that is called *name*.

    Raises:
        RecordError: There is none.
    """
    known = {query.name: query for query in queries()}
    if name not in known:
        close = get_close_matches(name, known, n=1) or list(known)
        raise RecordError(f"no such query: {name!r}: no file, nor one of ours ({', '.join(close)})")
    return known[name]


def reference() -> str:
    """Return the part of ``docs/queries.md`` that comes from the files themselves."""
    parts = []
    for query in queries():
        parts.append(f"## {query.name}\n\n**{query.question}**\n\n{query.notes}\n")
        if query.parameters:
            rows = (f"* `--set {p.name}=...`: {p.meaning}\n" for p in query.parameters)
            parts.append("".join(rows))
    return "\n".join(parts)


_IRI = re.compile(r"<(.*)>", re.DOTALL)


def bind(query: Query, settings: Iterable[tuple[str, str]]) -> str:
    """Return the text of *query* with its parameters set.

    The inline data of each, ``VALUES ?name { ... }``, is replaced, which every SPARQL engine takes
    alike. A name that comes several times gets several values.

    Args:
        query: A query; what it calls a parameter is said in `library`.
        settings: Names with their values: an IRI in angle brackets, any other text as itself.

    Raises:
        RecordError: The query has no such parameter, or a value is no IRI.
    """
    given: dict[str, list[str]] = {}
    known = {parameter.name for parameter in query.parameters}
    for name, value in settings:
        if name not in known:
            has = f"its parameters are {', '.join(sorted(known))}" if known else "it has none"
            raise RecordError(f"cannot set {name!r} in the query: {has}")
        given.setdefault(name, []).append(_term(name, value))
    pieces, at = [], 0
    for parameter in query.parameters:
        if parameter.name in given:
            pieces += [query.text[at : parameter.start], f"{{ {' '.join(given[parameter.name])} }}"]
            at = parameter.end
    return "".join([*pieces, query.text[at:]])


def _term(name: str, value: str) -> str:
    try:
        if found := _IRI.fullmatch(value):
            return str(NamedNode(found[1]))
        return str(Literal(value))
    except (ValueError, UnicodeError) as error:
        raise RecordError(f"cannot set {name!r} to {value!r}: {error}") from error
