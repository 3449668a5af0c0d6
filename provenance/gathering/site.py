"""The index page of many articles, and the pages of the articles that it leads to."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance import vocab
from provenance.analysis import Links, brief_of, link, standings
from provenance.analysis.catalogue import catalogue, ordered
from provenance.gathering import linked
from provenance.model import SourceGraph
from provenance.pipeline import render_page
from provenance.stores.embedded import Collection
from provenance.view import render_index

FOLDER = "articles"
"""Where the pages of the articles are, beside the index."""
_APART = 100
"""Articles that each have a file of their own; of more, many share one."""
_TOGETHER = 25
"""Articles in a file that they share. The script that draws them is 0.5 MB in each file."""
_NOT_PLAIN = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Holdings:
    """Many articles: what joins them, and how to get the graph of each by its digest."""

    links: Links
    graph: Callable[[str], SourceGraph]


def stored(collection: Collection) -> Holdings:
    """Return what *collection* holds; graphs are read on demand."""
    names = {vocab.digest_of(name): name for name in collection.names()}
    return Holdings(linked(collection), lambda digest: collection.graph(names[digest]))


def held(graphs: Iterable[SourceGraph]) -> Holdings:
    """Return *graphs*; of each article, the last one."""
    found = {graph.article.digest: graph for graph in graphs}
    briefs = {digest: brief_of(found[digest]) for digest in sorted(found)}
    return Holdings(link(briefs, lambda digest: found[digest].article.text), found.__getitem__)


def index_of(holdings: Holdings, title: str, *, alone: bool = False) -> bytes:
    """Return the index page of *holdings*.

    Args:
        holdings: What it lists.
        title: Their title as a whole.
        alone: Whether there are no pages of the articles beside it to link to.
    """
    rows = catalogue(holdings.links, standings(holdings.links))
    files = _files(holdings.links)
    pages = [
        name if len(digests) == 1 else f"{name}#article={number}"
        for name, digests in files
        for number, _ in enumerate(digests, 1)
    ]
    return render_index(rows, title, None if alone else pages).encode()


def pages_of(holdings: Holdings) -> Iterator[tuple[str, bytes, int]]:
    """Yield each file of pages: its name, its bytes, and how many articles are in it."""
    for name, digests in _files(holdings.links):
        graphs = [holdings.graph(digest) for digest in digests]
        yield name, render_page(graphs, home="../index.html").encode(), len(digests)


def _files(links: Links) -> list[tuple[str, Sequence[str]]]:
    """Return the files of pages with the digests of the articles in each."""
    digests = ordered(links)
    size = 1 if len(digests) <= _APART else _TOGETHER
    found: list[tuple[str, Sequence[str]]] = []
    for start in range(0, len(digests), size):
        own = digests[start : start + size]
        name = f"{start + 1:05}"
        if size > 1:
            name += f"-{start + len(own):05}"
        elif slug := _slug(links.briefs[own[0]].name):
            name += f"-{slug}"
        found.append((f"{FOLDER}/{name}.html", own))
    return found


def _slug(name: str) -> str:
    """Return the part of a file's *name* that is harmless on any disk and in any address."""
    return _NOT_PLAIN.sub("-", Path(name).stem.casefold())[:40].strip("-")
