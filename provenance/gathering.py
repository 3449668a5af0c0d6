"""Build the graphs of many articles into a store, and join them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from provenance import __version__, vocab
from provenance.analysis import Brief, Links, brief_of, link
from provenance.corpus import digest_of, read_item
from provenance.corrections import log_path
from provenance.engines.local import spread
from provenance.errors import ProvenanceError
from provenance.model import Failure, Item
from provenance.pipeline import DEFAULT_EXTRACTOR, build_record, correct
from provenance.rdf import write_graphs
from provenance.rdf.linking import groups_of, write_links
from provenance.stores.embedded import LINKS, Collection


@dataclass(frozen=True, slots=True)
class Settings:
    """How graphs are built; what each option means is said at `pipeline.build`."""

    extractor: str = DEFAULT_EXTRACTOR
    registry: tuple[str, ...] = ()
    min_score: float = 0.0
    force: bool = False
    base_iri: str | None = None
    text: bool = True

    def digest(self) -> str:
        """Return the SHA-256 in hex of all that a graph depends on besides its article."""
        from provenance.extraction import load_extractor

        weights = ""
        if self.extractor == DEFAULT_EXTRACTOR:
            from provenance.tagger.tagger import load_tagger

            weights = load_tagger().digest
        else:
            load_extractor(self.extractor)  # says now that there is none of that name
        files = [hashlib.sha256(Path(f).read_bytes()).hexdigest() for f in self.registry]
        known = replace(self, registry=tuple(files))
        whole = json.dumps([__version__, weights, asdict(known)], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


_Task = tuple[Item, Settings, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article.

    Attributes:
        failure: Why it could not be used, None if it was.
        built: Whether it was read; not if it was there already, or is a second copy.
    """

    location: str
    failure: Failure | None = None
    built: bool = False


def gather(
    found: Iterable[Item | Failure],
    collection: Collection,
    settings: Settings,
    workers: int = 1,
) -> Iterator[Outcome]:
    """Yield what becomes of each article in *found* as it is put into *collection*.

    What is there with the same settings is not read again, and the same bytes twice in one run are
    read once. Whenever this is stopped, what was yielded is in the store, whole.
    """
    digest = settings.digest()
    seen: set[str] = set()
    again: list[tuple[str, str, str]] = []
    passed: list[Outcome] = []

    def wanted() -> Iterator[_Task]:
        for one in found:
            if isinstance(one, Failure):
                passed.append(Outcome(one.location, one))
                continue
            name = vocab.article_iri(digest_of(one), settings.base_iri)
            if name in seen:
                again.append((name, _key(digest, one), one.location))
                continue
            seen.add(name)
            if collection.holds(name, one.location, _key(digest, one)):
                passed.append(Outcome(one.location))
            else:
                yield one, settings, _key(digest, one)

    for item, made in spread(_made, wanted(), workers):
        yield from _taken(passed)
        if isinstance(made, Failure):
            yield Outcome(item, made)
            continue
        name, key, quads = made
        collection.add(name, item, key, quads)
        yield Outcome(item, built=True)
    yield from _taken(passed)
    for name, key, location in again:
        if collection.holds(name, location, key):
            yield Outcome(location)


def relink(collection: Collection, base_iri: str | None = None) -> Links:
    """Work out what joins the articles of *collection*, write it there and return it."""
    links = linked(collection)
    collection.write_links(
        write_links(
            links.reuses,
            links.quotations,
            links.same,
            groups_of(links.identity.nodes),
            graph=LINKS.value,
            base_iri=base_iri,
        )
    )
    return links


def linked(collection: Collection, names: dict[str, str] | None = None) -> Links:
    """Return what joins the articles of *collection*; they are read one at a time.

    Args:
        collection: The articles.
        names: Filled with the IRI of each article by its digest.
    """
    names = {} if names is None else names

    def briefs() -> Iterator[Brief]:
        for article in collection.articles():
            graph = collection.graph(article)
            names[graph.article.digest] = article
            yield brief_of(graph)

    return link(briefs(), lambda digest: collection.graph(names[digest]).article.text)


def _taken(outcomes: list[Outcome]) -> Iterator[Outcome]:
    while outcomes:
        yield outcomes.pop(0)


def _key(digest: str, item: Item) -> str:
    """Return what tells how *item* is built: the settings, and the corrections beside it."""
    log = log_path(Path(item.location))
    if not log.is_file():
        return digest
    return hashlib.sha256(digest.encode() + log.read_bytes()).hexdigest()


def _made(task: _Task) -> tuple[str, tuple[str, str, bytes] | Failure]:
    """Return where an item is, with its article's name, key and graph, or with what failed."""
    item, settings, key = task
    try:
        record = build_record(
            read_item(item),
            extractor=settings.extractor,
            registry=settings.registry,
            min_score=settings.min_score,
            force=settings.force,
        )
        record, _ = correct(record, Path(item.location))
        quads = write_graphs([record], "nquads", base_iri=settings.base_iri, text=settings.text)
    except ProvenanceError as error:
        return item.location, Failure(location=item.location, reason=str(error))
    name = vocab.article_iri(record.article.digest, settings.base_iri)
    return item.location, (name, key, quads)
