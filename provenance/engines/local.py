"""Work on many things in several processes of this machine, a bounded number at a time."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
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
    with ProcessPoolExecutor(workers, context, initializer=_begin) as pool:
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


def _begin() -> None:
    """Leave Ctrl-C to the process that started the workers, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """Wait for the end of the process that started this one, however it comes, and end too.

    A worker would wait for work for ever otherwise, with the terminal and pipes of its parent.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
