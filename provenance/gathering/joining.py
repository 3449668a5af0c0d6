"""Work out what joins the articles of a store, write it there, and read it back."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from functools import lru_cache, partial

from provenance import vocab
from provenance.analysis import Brief, Links, brief_of, link
from provenance.analysis.links import Joined, link_on
from provenance.analysis.packing import pack, pack_links, unpack, unpack_links
from provenance.analysis.questions import Answer, answer
from provenance.analysis.reuse import Addressed, versions
from provenance.analysis.spilling import Bench, Digests
from provenance.errors import RecordError, StoreError
from provenance.gathering.recalling import Named, Recalled, keep_joints
from provenance.model import Version
from provenance.rdf.linking import write_links
from provenance.stores.embedded import Collection
from provenance.stores.ledger import LINKS


class Names(Mapping[str, str]):
    """The IRI of each article by its digest, in order of the digests.

    Most are made of the digest alone, so only those that are not are held.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Take the IRIs of all articles."""
        self._base: str | None = None
        self._others: dict[str, str] = {}
        self._digests = Digests(self._read(names))

    def _read(self, names: Iterable[str]) -> Iterator[str]:
        for number, name in enumerate(names):
            digest = vocab.digest_of(name)
            if number == 0 and name.endswith(digest):
                self._base = name.removesuffix(digest)
            if name != vocab.article_iri(digest, self._base):
                self._others[digest] = name
            yield digest

    def __getitem__(self, digest: str) -> str:
        if digest not in self._digests:
            raise KeyError(digest)
        return self._others.get(digest) or vocab.article_iri(digest, self._base)

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


_HELD = 500
"""Briefs that are held in memory; of more, those used last."""


def relink(collection: Collection, base_iri: str | None = None) -> None:
    """Work out what joins the articles of *collection*, and write it there."""
    collection.let_go()  # of what building took
    names = names_of(collection)
    with closing(Bench()) as bench:
        links = link_on(bench, Briefs(collection, names), lambda d: collection.text(names[d]))
        collection.let_go()
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
        _keep(collection, links, names)


def answered(collection: Collection, text: str) -> tuple[Joined, Answer | None]:
    """Return what the articles of *collection* say about *text*, and what joins those that do.

    Read no more than that takes, if what joins the articles is kept by article.
    """
    if (links := recalled(collection)) is not None:
        with suppress(RecordError, StoreError):  # what is kept is broken
            return links, answer(links, text)
    whole = linked(collection)
    return whole, answer(whole, text)


def recalled(collection: Collection) -> Joined | None:
    """Return what joins the articles of *collection*, read on demand; None if it is not kept."""
    joints = collection.joints()
    return Recalled(Briefs(collection, Named(joints)), joints) if joints else None


def linked(collection: Collection) -> Links:
    """Return what joins the articles of *collection*."""
    kept = collection.derived(LINKS.value) if collection.is_joined() else None
    try:
        if kept is not None:
            return unpack_links(kept, Briefs(collection, names_of(collection)))
    except RecordError:
        pass  # by another version
    names = names_of(collection)
    links = link(Briefs(collection, names), lambda digest: collection.text(names[digest]))
    if collection.is_joined():
        _keep(collection, links, names)
    return links


def _keep(collection: Collection, links: Links, names: Mapping[str, str]) -> None:
    collection.derive(LINKS.value, pack_links(links))
    keep_joints(collection, links, names)


def _versions(collection: Collection) -> Iterator[Version]:
    held = collection.addressed()
    return versions(
        Addressed(url, date, vocab.digest_of(name), captured) for name, url, date, captured in held
    )


def names_of(collection: Collection) -> Mapping[str, str]:
    """Return the IRI of each article by its digest, sorted."""
    return Names(collection.each_name())


class Briefs(Mapping[str, Brief]):
    """What the articles of a store are compared by, by digest; read on demand."""

    def __init__(self, collection: Collection, names: Mapping[str, str]) -> None:
        """Take the articles of *collection* that have these *names*, by digest, sorted."""
        self._names = names
        # No method of this object's: it must go, and the store be closed, when nobody wants it.
        self._read = lru_cache(maxsize=_HELD)(partial(_brief, collection))

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
