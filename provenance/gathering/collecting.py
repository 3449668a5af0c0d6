"""Build the graphs of many articles into a store of this machine."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from provenance import vocab
from provenance.analysis.spilling import Bench, Kept
from provenance.articles.corpus import digest_of
from provenance.gathering.engines import local
from provenance.gathering.making import Made, Settings, key_of, log_of, make
from provenance.model import Failure, Item, Passed

_Task = tuple[Item, Settings, str, Path]
_Done = tuple[str, Made | Failure]
Spread = Callable[[Callable[[_Task], _Done], Iterable[_Task]], Iterator[_Done]]
"""What does a work on many things, in whatever order."""


class Holding(Protocol):
    """What graphs are put into, as `stores.embedded.Collection` says it."""

    @property
    def folder(self) -> Path:
        """Where it is."""

    def holds(self, article: str, location: str, settings: str) -> bool:
        """Whether it has an article, built so; note this place."""

    def add(
        self, article: str, location: str, settings: str, quads: bytes, derived: bytes | None = None
    ) -> None:
        """Add the graph of an article."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article.

    Attributes:
        failure: Why it could not be used, None if it was.
        passed: What of an archive at this place was passed over, None for an article.
        built: Whether it was read; not if it was there already, or is a second copy.
        article: Its IRI, "" if it could not be used.
        lacks: What is missing from it, in words.
    """

    location: str
    failure: Failure | None = None
    passed: Passed | None = None
    built: bool = False
    article: str = ""
    lacks: str = ""


def gather(
    found: Iterable[Item | Failure | Passed],
    collection: Holding,
    settings: Settings,
    workers: int = 1,
    spread: Spread | None = None,
) -> Iterator[Outcome]:
    """Put each article in *found* into *collection*, and yield its outcome.

    What is there with the same settings is not read again, and the same bytes twice in one run are
    read once. Whenever this is stopped, everything that was yielded is whole in the store.

    Args:
        found: Articles, and what could not be read.
        collection: Where they go.
        settings: How they are built.
        workers: How many processes build them.
        spread: What builds them instead of that many processes of its own.
    """
    digest = settings.digest()
    seen = Kept[tuple[str], None](Bench())  # on disk: memory does not grow with the articles
    again: list[tuple[str, str, str]] = []
    passed: list[Outcome] = []

    def wanted() -> Iterator[_Task]:
        for one in found:
            if not isinstance(one, Item):
                passed.append(_unread(one))
                continue
            name = vocab.article_iri(digest_of(one), settings.base_iri)
            log = log_of(one.location, collection.folder)
            key = key_of(digest, log, one.location, settings.reading)
            if (name,) in seen:
                again.append((name, key, one.location))
                continue
            seen.put((name,), None)
            if collection.holds(name, one.location, key):
                passed.append(Outcome(one.location, article=name))
            else:
                yield one, settings, key, log

    for location, made in (spread or partial(local.spread, workers=workers))(_made, wanted()):
        yield from _taken(passed)
        if isinstance(made, Failure):
            yield Outcome(location, made)
            continue
        collection.add(made.article, location, made.key, made.quads, made.brief)
        yield Outcome(location, built=True, article=made.article, lacks=made.lacks)
    yield from _taken(passed)
    for name, key, location in again:
        if collection.holds(name, location, key):
            yield Outcome(location, article=name)


def _unread(one: Failure | Passed) -> Outcome:
    if isinstance(one, Failure):
        return Outcome(one.location, one)
    return Outcome(one.location, passed=one)


def _taken(outcomes: list[Outcome]) -> Iterator[Outcome]:
    while outcomes:
        yield outcomes.pop(0)


def _made(task: _Task) -> _Done:
    """Return where an item is, with what was made of it."""
    return task[0].location, make(*task)
