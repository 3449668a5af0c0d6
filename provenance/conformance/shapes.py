"""What the shapes in ``ontology/shapes.ttl`` find."""

from collections.abc import Iterator

from provenance import rdf, vocab
from provenance.conformance.findings import Finding, short


def check_shapes(data: bytes, format: str | None, name: str) -> Iterator[Finding]:
    """Yield what the shapes find in the union of all graphs."""
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    shapes, ontology = (
        rdf.parse_rdflib(vocab.ontology(file), "turtle")
        for file in ("shapes.ttl", "provenance.ttl")
    )
    graph = rdf.parse_rdflib(data, format, name)
    try:
        _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology)
    except ArithmeticError:  # "NaN" as a decimal
        yield Finding("shape", "", "a number in it is none, and cannot be compared")
        return
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"not a validation report: {results!r}")
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        node = results.value(result, SH.focusNode)
        value = results.value(result, SH.value)
        message = str(results.value(result, SH.resultMessage))
        shown = "" if value is None or value == node else f": {short(str(value))!r}"
        yield Finding("shape", str(node), message + shown)
