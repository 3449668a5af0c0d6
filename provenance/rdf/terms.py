"""RDF terms, made from strings and numbers; the only place that makes them."""

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache

from pyoxigraph import Literal, NamedNode

from provenance import vocab

Term = NamedNode | Literal

_XSD = vocab.PREFIXES["xsd"]
# Two slashes and a host, nothing that a parser would resolve, fold or refuse.
_WEB_ADDRESS = re.compile(
    r"https?://[a-z0-9.-]+(?::\d+)?(?:[/?](?:%[0-9A-F]{2}|[\w~:/?@!$&'()*+,;=.-])*)?"
)
_DOT_SEGMENT = re.compile(r"/\.{1,2}(?:[/?]|$)")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_TIME = re.compile(r"[0-9-]{10}T[0-9]{2}(?::[0-9]{2}){2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_PRECISION = {4: "gYear", 7: "gYearMonth", 10: "date"}


@cache
def iri(name: str) -> NamedNode:
    """Return the term for a prefixed name such as ``prov:Entity`` or ``sp:Flow``."""
    prefix, _, local = name.partition(":")
    if prefix == "sp":
        return NamedNode(vocab.term(local))
    return NamedNode(vocab.PREFIXES[prefix] + local)


@cache
def concept(member: StrEnum) -> NamedNode:
    """Return the SKOS concept of *member*."""
    return NamedNode(vocab.concept(member))


@cache
def _datatype(name: str) -> NamedNode:
    return NamedNode(_XSD + name)


def decimal(number: float) -> Literal:
    """Return *number* as an ``xsd:decimal`` from which the same float is read."""
    return Literal(format(Decimal(repr(number)), "f"), datatype=_datatype("decimal"))


def moment(text: str) -> Literal:
    """Return an ISO 8601 year, month, day or time with the datatype of its precision.

    What is none of these stays a plain string: nothing is made up and nothing lost.
    """
    try:
        if _DAY.fullmatch(text) and date.fromisoformat((text + "-01-01")[:10]):
            return Literal(text, datatype=_datatype(_PRECISION[len(text)]))
        if _TIME.fullmatch(text) and datetime.fromisoformat(text):
            return Literal(text, datatype=_datatype("dateTime"))
    except ValueError:
        return Literal(text)
    return Literal(text)


def address(url: str) -> Term:
    """Return *url* as an IRI where it is beyond doubt one, as an ``xsd:anyURI`` literal else."""
    # An address within a namespace of ours would be written as a prefixed name, which not every
    # reader can take with all that may stand in an address.
    ours = url.startswith(tuple(vocab.PREFIXES.values()))
    if not ours and url.isascii() and _WEB_ADDRESS.fullmatch(url) and not _DOT_SEGMENT.search(url):
        return NamedNode(url)
    return Literal(url, datatype=_datatype("anyURI"))
