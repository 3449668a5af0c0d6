"""A store that reads the graphs which are worked at only once, while they stay as they are."""

from collections import OrderedDict
from collections.abc import Iterable

from provenance.model import SourceGraph
from provenance.stores.embedded import Collection

_MOST = 24
"""Graphs that are known; one of a thousand words takes a megabyte or two."""


class Recalling(Collection):
    """A store that nobody else writes to, and that knows the graphs it read or wrote last."""

    def __init__(self, held: Collection) -> None:
        """Take what *held* is open on."""
        super().__init__(held._store, held.folder, held._shelf)
        self._known: OrderedDict[tuple[str, str], SourceGraph] = OrderedDict()

    def graph(self, article: str) -> SourceGraph:
        """Do as `Collection.graph`."""
        return self.recalled(article) or self.recall(article, "", super().graph(article))

    def recalled(self, article: str, stamp: str = "") -> SourceGraph | None:
        """Return a graph of *article* if it is known still.

        That in the store, or that of before corrections under its *stamp*.
        """
        if (article, stamp) in self._known:
            self._known.move_to_end((article, stamp))
        return self._known.get((article, stamp))

    def recall(self, article: str, stamp: str, graph: SourceGraph) -> SourceGraph:
        """Know *graph* of *article* from now on, and return it."""
        self._known[article, stamp] = graph
        self._known.move_to_end((article, stamp))
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return graph

    def add(
        self, article: str, location: str, settings: str, quads: bytes, derived: bytes | None = None
    ) -> None:
        """Do as `Collection.add`."""
        self._known.pop((article, ""), None)
        super().add(article, location, settings, quads, derived)

    def keep_uncorrected(self, article: str, stamp: str, data: bytes) -> None:
        """Do as `Collection.keep_uncorrected`."""
        self._known.pop((article, stamp), None)
        super().keep_uncorrected(article, stamp, data)

    def _change(self, steps: Iterable[str], quads: bytes, gone: Iterable[str]) -> None:
        dropped = set(gone)
        for one in [one for one in self._known if one[0] in dropped]:
            del self._known[one]
        super()._change(steps, quads, dropped)
