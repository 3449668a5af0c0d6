"""Build the graphs of many articles into a store of this machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance import vocab
from provenance.corpus import digest_of
from provenance.engines.local import spread
from provenance.gathering.making import Made, Settings, key_of, make
from provenance.model import Failure, Item, Passed
from provenance.stores.embedded import Collection

_Task = tuple[Item, Settings, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article.

    Attributes:
        failure: Why it could not be used, None if it was.
        passed: What of an archive at this place was passed over, None for an article.
        built: Whether it was read; not if it was there already, or is a second copy.
    """

    location: str
    failure: Failure | None = None
    passed: Passed | None = None
    built: bool = False


def gather(
    found: Iterable[Item | Failure | Passed],
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
            if not isinstance(one, Item):
                passed.append(_unread(one))
                continue
            name = vocab.article_iri(digest_of(one), settings.base_iri)
            if name in seen:
                again.append((name, key_of(digest, one, settings.reading), one.location))
                continue
            seen.add(name)
            if collection.holds(name, one.location, key_of(digest, one, settings.reading)):
                passed.append(Outcome(one.location))
            else:
                yield one, settings, key_of(digest, one, settings.reading)

    for location, made in spread(_made, wanted(), workers):
        yield from _taken(passed)
        if isinstance(made, Failure):
            yield Outcome(location, made)
            continue
        collection.add(made.article, location, made.key, made.quads, made.brief)
        yield Outcome(location, built=True)
    yield from _taken(passed)
    for name, key, location in again:
        if collection.holds(name, location, key):
            yield Outcome(location)


def _unread(one: Failure | Passed) -> Outcome:
    if isinstance(one, Failure):
        return Outcome(one.location, one)
    return Outcome(one.location, passed=one)


def _taken(outcomes: list[Outcome]) -> Iterator[Outcome]:
    while outcomes:
        yield outcomes.pop(0)


def _made(task: _Task) -> tuple[str, Made | Failure]:
    """Return where an item is, with what was made of it."""
    return task[0].location, make(*task)
