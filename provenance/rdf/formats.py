"""The serialisations of RDF: their names, their files, and how to tell them apart.

JSON-LD is in the terms of ontology/context.jsonld, which is written into each document: a reader
needs no network, and a person sees "reportedBy" and not an IRI.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from provenance import vocab
from provenance.errors import RecordError
from provenance.rdf.sheet import Term, iri

Graphs = Iterable[tuple[str, Sequence[Triple]]]
"""The name of each article, and its triples."""


@dataclass(frozen=True, slots=True)
class Format:
    """One serialisation.

    Attributes:
        name: What we call it.
        title: What its specification calls it.
        suffixes: Of its files, each also a name for it.
        datasets: Whether it holds named graphs.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    ox: RdfFormat
    datasets: bool = False

    @property
    def streamed(self) -> bool:
        """Whether a document can be written graph by graph."""
        return self.name not in ("jsonld", "rdfxml")


FORMATS = (
    Format("turtle", "Turtle", ("ttl",), RdfFormat.TURTLE),
    Format("trig", "TriG", ("trig",), RdfFormat.TRIG, datasets=True),
    Format("nquads", "N-Quads", ("nq",), RdfFormat.N_QUADS, datasets=True),
    Format("ntriples", "N-Triples", ("nt",), RdfFormat.N_TRIPLES),
    Format("jsonld", "JSON-LD", ("jsonld", "json-ld"), RdfFormat.JSON_LD, datasets=True),
    Format("rdfxml", "RDF/XML", ("rdf", "owl", "xml"), RdfFormat.RDF_XML),
)
_BY_NAME = {name: f for f in FORMATS for name in (f.name, *f.suffixes)}
_QUAD = re.compile(
    rb"(?:\s|#[^\n]*\n)*<[^>\n]*>\s*<[^>\n]*>\s*"
    rb'(?:<[^>\n]*>|"(?:[^"\\\n]|\\.)*"(?:\^\^<[^>\n]*>|@[\w-]+)?)\s*<[^>\n]*>\s*\.'
)
_BRACKET = re.compile(r"[\[\](){}]")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.DOTALL)
# An element's end, or its beginning, or one that is both; what else begins with "<" is no element.
_XML_TAG = re.compile(r"<(/)?[\w.:-]++(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/)?>")
_DEEPEST = 200
_BOM = b"\xef\xbb\xbf"
# XML 1.0 cannot say these, not even escaped.
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def format_named(name: str) -> Format:
    """Return the format that is called *name* or whose files end so.

    Raises:
        RecordError: There is none.
    """
    try:
        return _BY_NAME[name.lower().removeprefix(".")]
    except KeyError:
        known = ", ".join(f.name for f in FORMATS)
        raise RecordError(f"no such RDF format: {name!r}: one of {known}") from None


def format_of(data: bytes, name: str = "") -> Format:
    """Return the format of *data*, by the suffix of the file *name* or by how it begins."""
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    if suffix in _BY_NAME:
        return _BY_NAME[suffix]
    start = data.removeprefix(_BOM).lstrip()
    if start[:1] in (b"{", b"["):
        return _BY_NAME["jsonld"]
    if start.startswith((b"<?xml", b"<rdf:RDF", b"<!DOCTYPE rdf")):
        return _BY_NAME["rdfxml"]
    # Whatever is Turtle or N-Triples is TriG as well.
    return _BY_NAME["nquads" if _QUAD.match(start) else "trig"]


def serialized(graphs: Graphs, format: Format) -> bytes:
    """Return *graphs*, each with the name of its article, in one document of *format*.

    Raises:
        RecordError: The format cannot hold a character of theirs.
    """
    if format.streamed:
        parts = list(streamed(graphs, format))
        if len(parts) < 2 or format.name in ("turtle", "trig"):
            return b"".join(parts)
        # what concepts are called stands in each graph, before and behind what is its own
        return b"".join(sorted({line for part in parts for line in part.splitlines(keepends=True)}))
    held = list(graphs)
    if format.name == "jsonld":
        return compact(held)
    _check_xml(held)
    triples = (triple for _, triples in held for triple in triples)
    return serialize(triples, format=format.ox, prefixes=vocab.PREFIXES) or b""


def streamed(graphs: Graphs, format: Format) -> Iterator[bytes]:
    """Yield *graphs*, one at a time, in a format that is `Format.streamed`."""
    for number, (article, triples) in enumerate(graphs):
        if format.name in ("turtle", "trig"):
            yield _pretty(article, triples, format, first=number == 0)
        else:
            yield _lines(article, triples, format)


def parsed(data: bytes, format: Format, name: str = "") -> Iterator[Quad]:
    """Yield what *data* states.

    Raises:
        RecordError: It is not in *format*.
    """
    what = f"cannot read {name or 'the graph'}"
    if format.name == "rdfxml" and b"<!ENTITY" in data:
        raise RecordError(f"{what}: XML entities are not expanded")
    if _nested(data, format) > _DEEPEST:  # the parsers take time by the square of it
        raise RecordError(f"{what}: nested more than {_DEEPEST} deep")
    try:
        yield from parse(data.removeprefix(_BOM), format=format.ox)
    except (SyntaxError, ValueError) as error:
        why = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
        raise RecordError(f"{what}: not {format.title}: {why}") from error


def depth(text: str) -> int:
    """Return how deep the brackets of *text* are nested, whatever they are."""
    deepest = now = 0
    for bracket in _BRACKET.findall(text):
        now += 1 if bracket in "([{" else -1
        deepest = max(deepest, now)
    return deepest


def _nested(data: bytes, format: Format) -> int:
    """Return how deep the nodes in *data* are nested, as far as that matters in *format*."""
    if format.streamed:
        return 0
    text = data.decode("utf-8", "replace")
    if format.name == "jsonld":
        return depth(_JSON_STRING.sub("", text))
    tags = ("" if tag[2] else ")" if tag[1] else "(" for tag in _XML_TAG.finditer(text))
    return depth("".join(tags))


def _lines(article: str, triples: Sequence[Triple], format: Format) -> bytes:
    """Return *triples* as sorted lines; without blank nodes that is a canonical form."""
    data = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    # A line end within a string is escaped, so that this is the end of a statement.
    lines = data.split(b" .\n")
    lines.sort()
    lines.append(lines.pop(0))  # what is behind the last end: nothing
    end = f" <{vocab.graph_iri(article)}> .\n".encode() if format.datasets else b" .\n"
    return end.join(lines)


def _pretty(article: str, triples: Sequence[Triple], format: Format, *, first: bool) -> bytes:
    """Return a document of one graph, its own names after the empty prefix."""
    prefixes = {"": f"{article}#"} | vocab.PREFIXES
    if format.datasets:
        name = NamedNode(vocab.graph_iri(article))
        quads = (Quad(t.subject, t.predicate, t.object, name) for t in triples)
        data = serialize(quads, format=format.ox, prefixes=prefixes) or b""
    else:
        data = serialize(triples, format=format.ox, prefixes=prefixes) or b""
    *head, body = data.split(b"\n", len(prefixes))
    # In no fixed order there; and the common ones need not be said for each graph.
    head = sorted(head) if first else [min(head)]
    # A line end within a string is escaped, so that this is the end of what is said of a subject.
    return b"\n".join([*head, b"", body.replace(b" .\n", b" .\n\n")])


def _check_xml(graphs: Graphs) -> None:
    for triple in (triple for _, triples in graphs for triple in triples):
        if isinstance(triple.object, Literal) and (bad := _NO_XML.search(triple.object.value)):
            raise RecordError(
                f"cannot write RDF/XML: the text has U+{ord(bad.group()):04X}, which XML forbids"
            )


_TYPE = iri("rdf:type").value
_STRING = vocab.PREFIXES["xsd"] + "string"
_INTEGER = vocab.PREFIXES["xsd"] + "integer"


def compact(graphs: Sequence[tuple[str, Sequence[Triple]]]) -> bytes:
    """Return each graph as a named graph of one document, with the context in it."""
    context = json.loads(vocab.ontology("context.jsonld"))["@context"]
    terms = _Terms(context)
    named = [
        {"@id": vocab.graph_iri(article), "@graph": _nodes(triples, terms)}
        for article, triples in graphs
    ]
    document = {"@context": context, "@graph": named}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


class _Terms:
    """The context turned round: from IRIs to the keys that stand for them."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._keys: dict[str, str] = {}
        self._types: dict[str, str] = {}
        for key, value in context.items():
            if isinstance(value, dict):
                name = _full(value["@id"])
                self._keys[name] = key
                self._types[name] = _full(value["@type"])
            elif ":" in value and not value.endswith(("#", "/")):
                self._keys[_full(value)] = key

    def name(self, name: str) -> str:
        """Return the shortest name of a property or class."""
        if name in self._keys:
            return self._keys[name]
        for prefix, namespace in vocab.PREFIXES.items():
            if name.startswith(namespace):
                return f"{prefix}:{name.removeprefix(namespace)}"
        return name

    def value(self, predicate: str, object: Term) -> object:
        """Return *object* as briefly as the context allows under *predicate*."""
        expected = self._types.get(predicate, "")
        if isinstance(object, NamedNode):
            return object.value if expected == "@id" else {"@id": object.value}
        if object.language:
            return {"@language": object.language, "@value": object.value}
        datatype = object.datatype.value
        if datatype == _INTEGER and not expected:
            return int(object.value)
        if datatype == (expected or _STRING):
            return object.value
        if datatype == _STRING:
            return {"@value": object.value}
        return {"@type": self.name(datatype), "@value": object.value}


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return vocab.PREFIXES[prefix] + local if prefix in vocab.PREFIXES else name


def _nodes(triples: Sequence[Triple], terms: _Terms) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        subject, predicate, object = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(object, NamedNode | Literal):
            raise TypeError(f"not a triple of ours: {triple}")
        node = nodes.setdefault(subject.value, {"@id": subject.value})
        if predicate == _TYPE:
            node.setdefault("@type", []).append(terms.name(object.value))
        else:
            value = terms.value(predicate, object)
            node.setdefault(terms.name(predicate), []).append(value)
    return [{k: v[0] if _single(k, v) else v for k, v in node.items()} for node in nodes.values()]


def _single(key: str, value: object) -> bool:
    return isinstance(value, list) and len(value) == 1 and key != "@type"
