"""Work on many things in several processes of this machine, a bounded number at a time."""

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from provenance.errors import EngineError

Given = TypeVar("Given")
Done = TypeVar("Done")

_AHEAD = 4
"""Things that wait for each worker, so that memory does not grow with how many there are."""


def spread(work: Callable[[Given], Done], things: Iterable[Given], workers: int) -> Iterator[Done]:
    """Yield what *work* makes of *things*, in any order.

    Args:
        work: A function of a module, which may be called in other processes.
        things: What it is called with, one by one.
        workers: 1 does everything here.

    Raises:
        EngineError: A worker died, for want of memory perhaps.
    """
    if workers == 1:
        yield from map(work, things)
        return
    context = get_context("forkserver")
    with ProcessPoolExecutor(workers, context, initializer=_leave_signals) as pool:
        running: set[Future[Done]] = set()
        try:
            for thing in things:
                running.add(pool.submit(work, thing))
                if len(running) >= _AHEAD * workers:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in done)
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        except BrokenProcessPool as error:
            raise EngineError(
                "a worker died, perhaps for want of memory: run it again to go on, "
                "or with fewer --workers"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_signals() -> None:
    """Leave Ctrl-C to the process that started the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
