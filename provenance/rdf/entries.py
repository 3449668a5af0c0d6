"""The entries of a live blog, as schema.org has them: to triples and back."""

from pyoxigraph import Literal, NamedNode

from provenance.model import Article, Entry
from provenance.rdf.index import Index
from provenance.rdf.sheet import Sheet
from provenance.rdf.terms import iri, moment


def write_entries(sheet: Sheet, article: Article) -> None:
    """Write each entry of *article*, with its time, its authors and where it stands."""
    if article.entries:
        sheet.add(sheet.article, "rdf:type", iri("schema:LiveBlogPosting"))
    for position, entry in enumerate(article.entries, start=1):
        node = NamedNode(f"{sheet.name}#entry-{position}")
        sheet.add(sheet.article, "schema:liveBlogUpdate", node)
        sheet.add(node, "rdf:type", iri("schema:BlogPosting"), iri("prov:Entity"))
        sheet.add(node, "sp:position", Literal(position))
        sheet.add(node, "sp:span", sheet.place(entry.span))
        if entry.headline is not None:
            sheet.add(node, "sp:headlineSpan", sheet.span(entry.headline))
        if entry.published:
            sheet.add(node, "schema:datePublished", moment(entry.published))
        for place, name in enumerate(entry.authors, start=1):
            author = NamedNode(f"{sheet.name}#entry-{position}-author-{place}")
            sheet.add(node, "schema:author", author)
            sheet.add(node, "prov:wasAttributedTo", author)
            sheet.add(author, "rdf:type", iri("prov:Agent"))
            sheet.add(author, "schema:name", Literal(name))
            sheet.add(author, "sp:position", Literal(place))


def read_entries(index: Index) -> tuple[Entry, ...]:
    """Return the entries of the article, in order."""
    nodes = index.values(index.article, "schema:liveBlogUpdate")
    ordered = sorted(nodes, key=lambda node: index.number(node, "sp:position", int))
    return tuple(_entry(index, node) for node in ordered)


def _entry(index: Index, node: str) -> Entry:
    headlines = index.spans(node, "sp:headlineSpan")
    authors = [
        (index.number(author, "sp:position", int), index.one(author, "schema:name"))
        for author in index.values(node, "schema:author")
    ]
    return Entry(
        span=index.span(index.one(node, "sp:span")),
        headline=headlines[0] if headlines else None,
        authors=tuple(name for _, name in sorted(authors)),
        published=index.text(node, "schema:datePublished"),
    )
