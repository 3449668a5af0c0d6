"""Which articles are versions of one: the same address, and other bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from provenance.model import Version


@dataclass(frozen=True, slots=True, order=True)
class Addressed:
    """An article that says where it is published.

    Attributes:
        published: As in the article, "" where it is not said.
        captured: When it came into a web archive, "" where it came from none.
    """

    url: str
    published: str
    digest: str
    captured: str = ""


def versions(articles: Iterable[Addressed]) -> Iterator[Version]:
    """Yield each article that was published under the address of another, with that other.

    Of several, each is joined to the one before it. Which is the newer is known where their dates
    of publication differ, as far as the less precise of the two goes, or else those of capture.
    """
    groups: dict[str, set[Addressed]] = {}
    for article in articles:
        groups.setdefault(article.url.partition("#")[0], set()).add(article)
    for url in sorted(groups):
        for older, newer in pairwise(_in_order(groups[url])):
            dated = any(
                _before(getattr(older, kind), getattr(newer, kind))
                for kind in ("published", "captured")
            )
            yield Version(newer=newer.digest, older=older.digest, dated=dated)


def _in_order(articles: Iterable[Addressed]) -> list[Addressed]:
    """Return *articles* by their dates; where those of publication agree, by those of capture."""
    ordered = sorted(articles, key=lambda a: (a.captured, a.digest))
    if all(a.captured for a in ordered) and len({a.published[:10] for a in ordered}) == 1:
        return ordered  # a page may change its own date, and drop the hour
    return sorted(ordered, key=lambda a: (a.published, a.captured, a.digest))


def _before(one: str, other: str) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]
