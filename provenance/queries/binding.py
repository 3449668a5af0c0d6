"""Values for the parameters of a query, written into it as terms of RDF and never as text."""

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from provenance.errors import RecordError
from provenance.queries.library import Query

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
