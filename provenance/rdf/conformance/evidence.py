"""Whether every quote stands where it should, in the graph's text and in the article of today.

The quotes of lean graphs have no positions: they are looked for in their articles.
"""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from provenance import rdf
from provenance.model import Article, Excerpt
from provenance.rdf.conformance.reporting import Finding, short

if TYPE_CHECKING:
    from pyoxigraph import Store


def check_text(article: Article, iri: str, quotes: list[tuple[str, Excerpt]]) -> Iterator[Finding]:
    """Yield what does not agree with the text in the graph, where it is there."""
    text = article.text
    if not text:
        return
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != article.text_digest:
        why = "the text (schema:articleBody) was changed: sp:textDigest is another one's"
        yield Finding("evidence", iri, why)
    yield from _misquotes(quotes, article, "evidence", "the text in the graph")
    for span in article.paragraphs:
        if span.end > len(text):
            why = f"a paragraph ends at {span.end}, the text at {len(text)}"
            yield Finding("evidence", iri, why)


def check_article(
    kept: Article, found: Article, iri: str, quotes: list[tuple[str, Excerpt]]
) -> Iterator[Finding]:
    """Yield what the article says otherwise today."""
    if found.text_digest != kept.text_digest:
        why = f"the text of {found.name} is not the one that was read: its SHA-256 is another"
        yield Finding("article", iri, why)
    yield from _misquotes(quotes, found, "article", found.name)


def _misquotes(
    quotes: list[tuple[str, Excerpt]], article: Article, rule: str, where: str
) -> Iterator[Finding]:
    for node, excerpt in quotes:
        span, text = excerpt.span, article.text
        if span.end > len(text):
            why = f"{excerpt.exact!r} should end at {span.end}; {where} has {len(text)} code points"
            yield Finding(rule, node, why)
            continue
        there = article.excerpt(span)
        for part, quoted, read in (
            ("words", excerpt.exact, there.exact),
            ("words before", excerpt.prefix, there.prefix),
            ("words after", excerpt.suffix, there.suffix),
        ):
            if quoted != read:
                why = f"the {part} at {span.start} to {span.end} are {short(quoted)!r} here"
                yield Finding(rule, node, f"{why}, {short(read)!r} in {where}")
                break


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
    yield from _lean_misquotes(store, texts, "evidence", "the text in the graph")
    if article is None:
        return
    query = f"SELECT ?a {{ {_LEAN} ?a sp:fileDigest '{article.digest}' }}"
    today = {name: article.text for (name,) in rdf.select(store, query)}
    for name in sorted(today):
        if digests.get(name) != article.text_digest:
            why = f"the text of {article.name} is not the one that was read: its SHA-256 is another"
            yield Finding("article", name, why)
    yield from _lean_misquotes(store, today, "article", article.name)
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


def _lean_misquotes(
    store: "Store", texts: dict[str, str], rule: str, where: str
) -> Iterator[Finding]:
    for node, quote, name in rdf.select(store, _QUOTES):
        if quote not in texts.get(name, quote):
            yield Finding(rule, node, f"{short(quote)!r} does not stand in {where}")
