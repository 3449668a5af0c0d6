"""JSON-LD in the terms of ``ontology/context.jsonld``, which is written into each document.

A reader therefore needs no network, and a person sees ``"reportedBy"`` and not an IRI.
"""

import json
from collections.abc import Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from provenance import vocab
from provenance.rdf.terms import Term, iri

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
