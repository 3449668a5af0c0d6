"""A graph without its offsets: sources, hops and words, for whoever only asks.

More than half of a graph is where words stand. A lean one has the sentence that each hop, dispute
and event rests on as a string, and no attributions. It is not read back.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from provenance import vocab
from provenance.rdf.sheet import Term, iri

_LEFT_OUT: Final = frozenset(
    {"char", "position", "quote", "attribution", "evidence", "link", "part", "decision"}
)
"""How the names of nodes begin that are left out, parts in events excepted."""
_POINTERS: Final = frozenset(map(iri, ("sp:order", "sp:namedInText", "sp:link", "sp:decision")))
_Row = tuple[NamedNode, NamedNode, Term]
_Rows = dict[NamedNode, dict[str, list[Term]]]
"""Objects by predicate and name of the subject."""


def lean(triples: Iterable[Triple], article: str) -> Iterator[Triple]:
    """Yield what of *triples*, the graph of *article*, is no offset, with quotes as strings."""
    held = [
        (one.subject, one.predicate, one.object)
        for one in triples
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode | Literal)
    ]
    rows: _Rows = {}
    for subject, predicate, object in held:
        rows.setdefault(predicate, {}).setdefault(subject.value, []).append(object)
    parts = {o.value for row in rows.get(iri("sp:participant"), {}).values() for o in row}
    kept = [left for row in held for left in _kept(row, article, rows, parts)]
    used = {object.value for _, _, object in kept if isinstance(object, NamedNode)}
    for subject, predicate, object in kept:
        if subject.value not in vocab.CONCEPTS or subject.value in used:
            yield Triple(subject, predicate, object)
    yield Triple(NamedNode(vocab.graph_iri(article)), iri("sp:lean"), Literal(True))


def _kept(row: _Row, article: str, rows: _Rows, parts: set[str]) -> Iterator[_Row]:
    """Yield what becomes of *row*: itself, the words that it points to, or nothing."""
    subject, predicate, object = row
    if _kind(subject, article) in _LEFT_OUT and subject.value not in parts:
        return
    if predicate == iri("sp:evidence"):
        for span in _of(rows, "oa:hasTarget", object):
            yield from ((subject, iri("sp:quote"), word) for word in _words(rows, span))
    elif predicate == iri("sp:span"):  # who had a part, in the words of the article
        if not _of(rows, "sp:source", subject):
            yield from ((subject, iri("sp:quote"), word) for word in _words(rows, object))
    elif _kind(object, article) != "char" and predicate not in _POINTERS:
        yield row


def _words(rows: _Rows, span: Term) -> list[Term]:
    selectors = _of(rows, "oa:hasSelector", span)
    return [word for selector in selectors for word in _of(rows, "oa:exact", selector)]


def _of(rows: _Rows, predicate: str, subject: Term) -> list[Term]:
    return rows.get(iri(predicate), {}).get(subject.value, [])


def _kind(term: Term, article: str) -> str:
    """Return how the name of a node of *article* begins, "" for all else."""
    local = term.value.removeprefix(f"{article}#") if isinstance(term, NamedNode) else ""
    return "" if not local or local == term.value else local.partition("-")[0]
