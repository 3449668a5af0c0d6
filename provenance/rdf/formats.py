"""The serialisations of RDF: their names, their files, and how to tell them apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from provenance import vocab
from provenance.errors import RecordError

Graphs = Sequence[tuple[str, Sequence[Triple]]]
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
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
# An element's end, or its beginning, or one that is both; what else begins with "<" is no element.
_XML_TAG = re.compile(r"[^<]*<(/)?[\w.:-]+(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/)?>[^<]*")
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
    if format.name == "jsonld":
        from provenance.rdf.jsonld import compact

        return compact(graphs)
    if format.name in ("turtle", "trig"):
        return b"".join(_pretty(graphs, format))
    if format.name == "rdfxml":
        _check_xml(graphs)
        return _dumped(graphs, format, vocab.PREFIXES)
    # Sorted, lines without blank nodes are a canonical form.
    return b"".join(sorted(_dumped(graphs, format, {}).splitlines(keepends=True)))


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
    text = data.decode("utf-8", "replace")
    if format.name == "jsonld":
        return depth(_JSON_STRING.sub("", text))
    if format.name == "rdfxml":
        return depth(_XML_TAG.sub(lambda tag: "" if tag[2] else ")" if tag[1] else "(", text))
    return 0


def _dumped(graphs: Graphs, format: Format, prefixes: dict[str, str]) -> bytes:
    if not format.datasets:
        triples = (triple for _, triples in graphs for triple in triples)
        return serialize(triples, format=format.ox, prefixes=prefixes) or b""
    quads = (
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(vocab.graph_iri(article)))
        for article, triples in graphs
        for triple in triples
    )
    return serialize(quads, format=format.ox, prefixes=prefixes) or b""


def _pretty(graphs: Graphs, format: Format) -> Iterator[bytes]:
    """Yield a document for each graph, its own names after the empty prefix."""
    for number, graph in enumerate(graphs):
        prefixes = {"": f"{graph[0]}#"} | vocab.PREFIXES
        lines = _dumped([graph], format, prefixes).splitlines(keepends=True)
        # In no fixed order there; and the common ones need not be said for each graph.
        head = sorted(line for line in lines if line.startswith(b"@prefix "))
        wanted = head if number == 0 else head[:1]
        body = (line + b"\n" if line.endswith(b" .\n") else line for line in lines[len(head) :])
        yield b"".join([*wanted, b"\n", *body])


def _check_xml(graphs: Graphs) -> None:
    for triple in (triple for _, triples in graphs for triple in triples):
        if isinstance(triple.object, Literal) and (bad := _NO_XML.search(triple.object.value)):
            raise RecordError(
                f"cannot write RDF/XML: the text has U+{ord(bad.group()):04X}, which XML forbids"
            )
