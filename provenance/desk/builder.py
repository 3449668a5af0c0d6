"""Articles built one after the other in the background, whoever looks on."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from provenance import vocab
from provenance.desk import inbox
from provenance.desk.guard import Limits
from provenance.desk.keeper import Keeper
from provenance.errors import ArticleError, EngineError, ProvenanceError, fault
from provenance.gathering import Settings, gather
from provenance.gathering.engines.local import Worker
from provenance.gathering.making import Made
from provenance.model import Failure, Item

_REMEMBERED = 50
_MOST_LINES = 200


@dataclass(slots=True)
class Job:
    """What was brought at once, and how far it has come.

    Attributes:
        total: Things that were brought; one may hold many articles.
        lines: What went wrong or was passed over, a line each.
        articles: The digests of the articles that are in the store now.
    """

    id: int
    total: int
    name: str
    at: int = 0
    built: int = 0
    kept: int = 0
    failed: int = 0
    now: str = ""
    done: bool = False
    lines: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """Return what a page gets of it."""
        counts = {"built": self.built, "kept": self.kept, "failed": self.failed}
        names = {"id": self.id, "name": self.name, "now": self.now, "done": self.done}
        rest = len(self.lines) - _MOST_LINES
        lines = self.lines[:_MOST_LINES] + ([f"and {rest} more"] if rest > 0 else [])
        place = {"at": self.at, "total": self.total, "lines": lines}
        return names | counts | place | {"articles": self.articles[:_MOST_LINES]}


class Builder:
    """The thread in which everything that is brought is built, in turn."""

    def __init__(
        self, keeper: Keeper, settings: Settings, limits: Limits, *, private: bool = False
    ) -> None:
        """Build into the store of *keeper*; *private* is that of `corpus.fetching.fetch`."""
        self._keeper, self._settings, self._limits = keeper, settings, limits
        self._private = private
        self._worker, self._turn = Worker(), threading.Lock()
        self._queue: SimpleQueue[tuple[Job, Sequence[Path]] | None] = SimpleQueue()
        self._jobs: deque[Job] = deque(maxlen=_REMEMBERED)
        self._count = 0
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="builder", daemon=True)
        self._thread.start()

    def add(self, entries: Sequence[Path], name: str, lines: Iterable[str] = ()) -> Job:
        """Build *entries* of the inbox, and return the progress."""
        self._count += 1
        job = Job(self._count, len(entries), name, lines=list(lines))
        job.failed = len(job.lines)
        self._jobs.append(job)
        self._queue.put((job, entries))
        return job

    def jobs(self) -> list[Job]:
        """Return what was brought last, the latest first."""
        return list(self._jobs)[::-1]

    def do(self, work: Callable[[Any], Any], thing: Any) -> Any:
        """Return what *work* makes of *thing* in the process that builds articles.

        Raises:
            EngineError: It took too long, or died of it.
        """
        with self._turn:
            return self._worker.do(work, thing, self._limits.building)

    def close(self) -> None:
        """Stop; what was not built yet is found in the inbox another time."""
        self._stopped = True
        self._queue.put(None)
        self._worker.close()
        self._thread.join()

    def _run(self) -> None:
        while (taken := self._queue.get()) is not None and not self._stopped:
            job, entries = taken
            for number, entry in enumerate(entries, 1):
                if self._stopped:
                    return
                job.at = number
                try:
                    job.now = inbox.name_of(entry)
                    self._build(job, entry)
                except ArticleError as error:
                    self._fail(job, str(error))
                    inbox.drop(entry)
                except ProvenanceError as error:
                    self._fail(job, str(error))
                except Exception as error:  # a bug of one must not end the others  # noqa: BLE001
                    self._fail(job, str(fault(job.now, error)))
            job.done, job.now = True, ""

    def _build(self, job: Job, entry: Path) -> None:
        found = inbox.items(entry, private=self._private)
        came, told = False, len(job.lines)
        for outcome in gather(found, self._keeper, self._settings, spread=self._spread):
            if outcome.failure is not None:
                if not self._stopped:
                    self._fail(job, outcome.failure.reason.replace(f"{entry}/", ""))
            elif outcome.passed is not None:
                job.lines.append(outcome.passed.reason.replace(f"{entry}/", ""))
            else:
                came = True
                job.built += outcome.built
                job.kept += not outcome.built
                job.articles.append(vocab.digest_of(outcome.article))
        if not came and not self._stopped:
            if len(job.lines) == told:
                self._fail(job, f"cannot read {job.now}: no article is in it")
            inbox.drop(entry)

    def _fail(self, job: Job, why: str) -> None:
        job.failed += 1
        job.lines.append(why)

    def _spread(
        self, work: Callable[[Any], tuple[str, Made | Failure]], tasks: Iterable[Any]
    ) -> Iterator[tuple[str, Made | Failure]]:
        """Do each of *tasks* in turn; one that ends the process fails alone."""
        for task in tasks:
            item: Item = task[0]
            try:
                yield self.do(work, task)
            except EngineError as error:
                why = f"cannot read {item.name}: {error}"
                yield item.location, Failure(location=item.location, reason=why)
