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
    """

    url: str
    published: str
    digest: str


def versions(articles: Iterable[Addressed]) -> Iterator[Version]:
    """Yield each article that was published under the address of another, with that other.

    Of several, each is joined to the one before it. Which is the newer is known where their dates
    of publication differ, as far as the less precise of the two goes.
    """
    groups: dict[str, set[Addressed]] = {}
    for article in articles:
        groups.setdefault(article.url.partition("#")[0], set()).add(article)
    for url in sorted(groups):
        for older, newer in pairwise(sorted(groups[url], key=lambda a: (a.published, a.digest))):
            shared = min(len(older.published), len(newer.published))
            dated = older.published[:shared] != newer.published[:shared]
            yield Version(newer=newer.digest, older=older.digest, dated=dated)
