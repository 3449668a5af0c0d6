"""Logs of corrections looked at again and again: others write to them too."""

from pathlib import Path

from provenance.desk import corrector, inbox
from provenance.desk.builder import Builder
from provenance.desk.keeper import Keeper
from provenance.errors import GraphError, ProvenanceError
from provenance.gathering import Settings
from provenance.gathering.making import uncorrected
from provenance.model import Item, SourceGraph
from provenance.stores.embedded import Collection

Seen = tuple[tuple[int, int], ...]


class Watch:
    """What was seen of each log, so that only what changed is read again."""

    def __init__(self, keeper: Keeper, builder: Builder, settings: Settings) -> None:
        """Look at the logs of the store of *keeper*, that *builder* builds into by *settings*."""
        self._keeper, self._builder, self._settings = keeper, builder, settings
        self._digest = settings.digest()
        self._logs: dict[str, tuple[Path, ...]] = {}
        self._seen: dict[str, Seen] = {}

    def look_at_all(self) -> None:
        """Bring into all graphs what their logs say now."""
        names = self._keeper.ask(Collection.names)
        for gone in self._logs.keys() - set(names):
            del self._logs[gone]
            self._seen.pop(gone, None)
        for name in names:
            self.look(name)

    def look(self, name: str) -> None:
        """Bring into the graph of the article *name* what its log says now."""
        seen: Seen = ()
        try:
            if name not in self._logs:
                self._logs[name] = self._keeper.ask(lambda held: corrector.logs_of(held, name))
            seen = tuple(map(_seen, self._logs[name]))
            if self._seen.get(name, ((0, 0),) * len(seen)) == seen:
                return
            self._refresh(name)
        except ProvenanceError:
            pass  # it is told to whoever corrects it next
        self._seen[name] = seen

    def _refresh(self, name: str) -> None:
        try:
            self._keeper.ask(lambda held: corrector.refresh(held, name, self._digest))
        except GraphError:
            if self._keeper.ask(lambda held: corrector.is_known(held, name)):
                raise
            rebuilt(self._keeper, self._builder, name, self._settings)
            self._keeper.ask(lambda held: corrector.refresh(held, name, self._digest))


def _seen(log: Path) -> tuple[int, int]:
    """Return a stamp that changes when *log* is written to; nothing where there is none."""
    try:
        known = log.stat()
    except OSError:
        return 0, 0
    return known.st_mtime_ns, known.st_size


def rebuilt(keeper: Keeper, builder: Builder, name: str, settings: Settings) -> None:
    """Read the article *name* again, and keep what it is before corrections.

    Raises:
        GraphError: Its file is not there any more.
    """
    places = keeper.ask(lambda held: held.places(name))
    found = (inbox.item_at(keeper.folder, place) for place in places)
    item = next((one for one in found if one is not None), None)
    if item is None:
        raise GraphError("cannot correct it: the article's file is not there any more")
    machine = builder.do(_machine, (item, settings))
    keeper.ask(lambda held: corrector.keep(held, name, machine))


def _machine(task: tuple[Item, Settings]) -> SourceGraph:
    return uncorrected(*task)
