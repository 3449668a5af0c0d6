"""Whether the quotes of lean graphs stand in their articles: they have no positions to look at."""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from provenance import rdf
from provenance.conformance.findings import Finding, short
from provenance.model import Article

if TYPE_CHECKING:
    from pyoxigraph import Store

_LEAN: Final = "?g sp:lean true ; prov:wasGeneratedBy/prov:used ?a ."
_QUOTES: Final = (
    f"SELECT DISTINCT ?node ?quote ?a {{ {_LEAN} ?node sp:quote ?quote"
    ' FILTER(STRSTARTS(STR(?node), CONCAT(STR(?a), "#"))) }'
)


def is_lean(store: "Store") -> bool:
    """Return whether *store* has a graph without its evidence."""
    return any(rdf.select(store, f"SELECT ?a {{ {_LEAN} }}"))


def check_lean(store: "Store", article: Article | None) -> Iterator[Finding]:
    """Yield what is wrong with the graphs in *store*, some of which are lean.

    Args:
        store: It holds the ontology too.
        article: The article of one of them as it is today.
    """
    yield from _mixed(store)
    texts = _by_article(store, "schema:articleBody")
    digests = _by_article(store, "sp:textDigest")
    for name, text in texts.items():
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != digests.get(name):
            why = "the text (schema:articleBody) was changed: sp:textDigest is another one's"
            yield Finding("evidence", name, why)
    yield from _misquotes(store, texts, "evidence", "the text in the graph")
    if article is None:
        return
    query = f"SELECT ?a {{ {_LEAN} ?a sp:fileDigest '{article.digest}' }}"
    today = {name: article.text for (name,) in rdf.select(store, query)}
    for name in sorted(today):
        if digests.get(name) != article.text_digest:
            why = f"the text of {article.name} is not the one that was read: its SHA-256 is another"
            yield Finding("article", name, why)
    yield from _misquotes(store, today, "article", article.name)
    if not today:
        why = f"{article.name} is not the file that was read: its SHA-256 is {article.digest}"
        yield Finding("article", min(digests), why)


def _by_article(store: "Store", predicate: str) -> dict[str, str]:
    found = rdf.select(store, f"SELECT ?a ?o {{ {_LEAN} ?a {predicate} ?o }}")
    return {row[0]: row[1] for row in found}


def _mixed(store: "Store") -> Iterator[Finding]:
    """Yield graphs that would go unchecked because a lean one is beside them, or hides them."""
    whole = f"SELECT ?a {{ ?a a sp:Article FILTER NOT EXISTS {{ {_LEAN} }} }}"
    for (name,) in rdf.select(store, whole):
        why = "its graph is whole, and another one here is lean (sp:lean): check them apart"
        yield Finding("records", name, why)
    for name, node in rdf.select(store, f"SELECT ?a ?node {{ {_LEAN} ?node oa:hasSource ?a }}"):
        yield Finding("records", node, f"a place in <{name}>, whose graph is lean (sp:lean)")


def _misquotes(store: "Store", texts: dict[str, str], rule: str, where: str) -> Iterator[Finding]:
    for node, quote, name in rdf.select(store, _QUOTES):
        if quote not in texts.get(name, quote):
            yield Finding(rule, node, f"{short(quote)!r} does not stand in {where}")
