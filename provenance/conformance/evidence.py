"""Whether every quote stands where it should, in the graph's text and in the article of today."""

import hashlib
from collections.abc import Iterator

from provenance.conformance.findings import Finding, short
from provenance.model import Article, Excerpt


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
