"""Graphs pushed into a store one by one, each counted back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.stores.named import NamedGraph
from provenance.stores.protocol import Remote


@dataclass(frozen=True, slots=True)
class Pushed:
    """A graph that is in a store now.

    Attributes:
        triples: How many were sent.
        found: How many the store says that it has, None where it cannot be asked.
    """

    iri: str
    triples: int
    found: int | None

    @property
    def whole(self) -> bool:
        """Whether nothing says that some of it is missing."""
        return self.found in (None, self.triples)


def push(graphs: Iterable[NamedGraph], store: Remote) -> Iterator[Pushed]:
    """Replace each of *graphs* in *store*, and yield what is there afterwards.

    A graph that is pushed again ends the same, so that what was cut off is simply done again.

    Raises:
        StoreError: The store is unreachable or refuses.
    """
    for graph in graphs:
        store.replace(graph)
        yield Pushed(graph.iri, len(graph), store.count(graph.iri))
