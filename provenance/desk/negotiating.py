"""Which of several media types a request would rather have (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence

ROWS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "trig": "application/trig",
    "nquads": "application/n-quads",
}
_SYNONYMS = {
    "application/json": ROWS["json"],
    "application/xml": ROWS["xml"],
    "text/xml": ROWS["xml"],
    "text/plain": GRAPHS["ntriples"],
    "application/x-turtle": GRAPHS["turtle"],
    "application/xhtml+xml": "text/html",
}


def chosen(accept: str, offered: Sequence[str]) -> str:
    """Return which of the types *offered*, the best first, *accept* prefers; "" if it has none."""
    wanted = [_parsed(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, most = "", 0.0
    for one in offered:
        quality = _quality(one, wanted)
        if quality > most:
            best, most = one, quality
    return best


def _parsed(part: str) -> tuple[str, float]:
    kind, *parameters = (one.strip().lower() for one in part.split(";"))
    quality = 1.0
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return kind, quality


def _quality(offered: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Return how much *offered* is wanted, by the most special of the ranges that it is in."""
    family = offered.partition("/")[0] + "/*"
    found = [
        (
            2 if kind == offered else 1.5 if _SYNONYMS.get(kind) == offered else family == kind,
            quality,
        )
        for kind, quality in wanted
        if kind in (offered, family, "*/*") or _SYNONYMS.get(kind) == offered
    ]
    return max(found, default=(0, 0.0))[1]
