"""Work on many things in several processes of this machine, a bounded number at a time."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TypeVar, cast

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
        EngineError: A worker died, perhaps out of memory.
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
                "a worker died, perhaps out of memory: run it again to continue, "
                "or with fewer --workers"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Leave Ctrl-C to the process that started the workers, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """Wait until the process that started this one ends, for whatever reason, and end too.

    Otherwise a worker would wait forever, and keep the terminal and pipes of its parent.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Worker:
    """A process of this machine that does one thing after the other, and is replaced if it dies."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: BaseProcess | None = None
        self._ends: tuple[Connection, Connection] | None = None
        self._closed = False

    def do(self, work: Callable[[Given], Done], thing: Given, seconds: float) -> Done:
        """Return what *work* makes of *thing*.

        Raises:
            EngineError: It takes longer than *seconds*, or the process died of it.
        """
        pipe = self._started()
        try:
            pipe.send((work, thing))
            if not pipe.poll(seconds):
                raise EngineError(f"it took longer than {seconds:g} s")
            done, failed = pipe.recv()
        except (EOFError, OSError) as error:
            self._kill()
            raise EngineError("the process that read it died, perhaps out of memory") from error
        except EngineError:
            self._kill()
            raise
        if failed is not None:
            raise failed
        return cast(Done, done)

    def close(self) -> None:
        """End the process, and start no other."""
        self._closed = True
        self._kill()

    def _started(self) -> Connection:
        if self._closed:
            raise EngineError("it was stopped")
        if self._process is None or not self._process.is_alive() or self._ends is None:
            context = get_context("forkserver")
            self._ends = ours, theirs = context.Pipe()
            self._process = context.Process(target=_obey, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            return ours
        return self._ends[0]

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._ends is not None:
            self._ends[0].close()
        self._process = self._ends = None


def _obey(pipe: Connection) -> None:
    """Do what comes through *pipe*, one by one, and send back what it makes."""
    _begin()
    while True:
        try:
            work, thing = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send((work(thing), None))
        except Exception as error:  # whoever asked is to have it  # noqa: BLE001
            pipe.send((None, error))
