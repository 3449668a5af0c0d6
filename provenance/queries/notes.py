"""What an answer cannot tell of itself: that the graphs lack what the query asks for."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from provenance import vocab

if TYPE_CHECKING:
    from pyoxigraph import Store

_LEFT_OUT: Final = frozenset(
    vocab.SP + name
    for name in (
        *("Attribution", "Link", "basisSpan", "claimed", "contentSpan", "cueSpan", "depth"),
        *("evidence", "headlineSpan", "link", "mentionSpan", "paragraphSpan", "routeSpan"),
        *("sourceSpan", "span", "speaker", "speech"),
    )
)
"""What stands in whole graphs alone, with all of Web Annotation."""
_ANNOTATION: Final = vocab.PREFIXES["oa"]


def notes_on(store: "Store", text: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return what whoever asked *text* of *store* should know besides the answer."""
    from provenance.rdf import outdated

    found = []
    if why := outdated(store):
        found.append(f"part of the data: {why}")
    if _is_lean(store) and (lacking := _evidence(text, prefixes)):
        found.append(f"a lean graph has no {lacking}, which the query needs: ask the whole one")
    return found


def _is_lean(store: "Store") -> bool:
    from pyoxigraph import NamedNode

    return any(store.quads_for_pattern(None, NamedNode(vocab.term("lean")), None))


def _evidence(text: str, prefixes: Mapping[str, str]) -> str:
    """Return what evidence the query *text* needs, "" if it needs none for its rows."""
    try:
        from rdflib.plugins.sparql import prepareQuery

        algebra = prepareQuery(text, initNs=dict(prefixes)).algebra
    except Exception:  # it was answered, but rdflib knows less or sees it otherwise  # noqa: BLE001
        return "evidence but for its quotes"
    for term in sorted(_terms(algebra), reverse=True):  # ours first
        if term in _LEFT_OUT:
            return f"sp:{term.removeprefix(vocab.SP)}"
        if term.startswith(_ANNOTATION):
            return f"oa:{term.removeprefix(_ANNOTATION)}"
    return ""


def _terms(algebra: object) -> set[str]:
    """Return the IRIs in *algebra* but for those that are optional."""
    from rdflib import URIRef
    from rdflib.paths import Path
    from rdflib.plugins.sparql.parserutils import CompValue

    found: set[str] = set()
    pending = [algebra]
    while pending:
        one = pending.pop()
        if isinstance(one, URIRef):
            found.add(str(one))
        elif isinstance(one, CompValue):
            optional = {"LeftJoin": ("p2", "expr"), "OptionalGraphPattern": ("graph",)}
            left_out = optional.get(one.name, ())
            pending.extend(value for name, value in one.items() if name not in left_out)
        elif isinstance(one, Path):
            pending.extend(vars(one).values())
        elif isinstance(one, Iterable) and not isinstance(one, str):
            pending.extend(one)
    return found
