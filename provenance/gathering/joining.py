"""What joins the articles of a store, worked out, written there and kept."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from provenance import vocab
from provenance.analysis import Brief, Links, brief_of, link
from provenance.analysis.packing import pack, pack_links, unpack, unpack_links
from provenance.analysis.reuse import Addressed, versions
from provenance.errors import RecordError
from provenance.model import Version
from provenance.rdf.linking import write_links
from provenance.stores.embedded import LINKS, Collection

_HELD = 500
"""Briefs that are held in memory; of more, those used last."""


def relink(collection: Collection, base_iri: str | None = None) -> Links:
    """Work out what joins the articles of *collection*, write it there and return it."""
    links = _link(collection)
    found = tuple(_versions(collection))
    known = {frozenset((one.newer, one.older)) for one in found}
    collection.write_links(
        write_links(
            # A new version of an article is no copy of the old one.
            (r for r in links.reuses if frozenset((r.copy, r.original)) not in known),
            links.quotations,
            links.same,
            links.sources,
            found,
            graph=LINKS.value,
            base_iri=base_iri,
        )
    )
    collection.derive(LINKS.value, pack_links(links))
    return links


def linked(collection: Collection) -> Links:
    """Return what joins the articles of *collection*."""
    kept = collection.derived(LINKS.value) if collection.is_joined() else None
    try:
        if kept is not None:
            return unpack_links(kept, Briefs(collection))
    except RecordError:
        pass  # by another version
    links = _link(collection)
    if collection.is_joined():
        collection.derive(LINKS.value, pack_links(links))
    return links


def _versions(collection: Collection) -> Iterator[Version]:
    held = collection.addressed()
    return versions(
        Addressed(url, date, vocab.digest_of(name), captured) for name, url, date, captured in held
    )


def _link(collection: Collection) -> Links:
    briefs = Briefs(collection)
    return link(briefs, lambda digest: collection.text(briefs.name(digest)))


class Briefs(Mapping[str, Brief]):
    """What the articles of a store are compared by, by digest; read when it is asked for."""

    def __init__(self, collection: Collection) -> None:
        """Take the articles that are in *collection* now."""
        names = {vocab.digest_of(name): name for name in collection.names()}
        self._names = dict(sorted(names.items()))
        # No method of this object's: it must go, and the store be closed, when nobody wants it.
        self._read = lru_cache(maxsize=_HELD)(partial(_brief, collection))

    def name(self, digest: str) -> str:
        """Return the IRI of an article."""
        return self._names[digest]

    def __getitem__(self, digest: str) -> Brief:
        return self._read(self._names[digest])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _brief(collection: Collection, name: str) -> Brief:
    if (kept := collection.derived(name)) is not None:
        try:
            return unpack(kept)
        except RecordError:
            pass  # by another version
    brief = brief_of(collection.graph(name))
    collection.derive(name, pack(brief))
    return brief
