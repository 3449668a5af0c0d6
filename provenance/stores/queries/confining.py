"""Confine a process before it runs a stranger's query: no network, bounded memory and time.

On Linux the kernel kills it if it tries to open a connection (seccomp, which needs no privilege and
cannot be undone). Elsewhere `names_service` reads the query before it is run.
"""

import ctypes
import platform
import re
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

NETWORK_SIGNAL = 31
"""SIGSYS, by which the kernel kills a process that asks for what it gave up."""

# By machine: what the kernel calls it; socket, connect, execve, execveat, ptrace, io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
    "riscv64": (0xC00000F3, (198, 203, 221, 281, 117, 425)),
}
_X32 = 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_SET_DEATH_SIGNAL, _SET_SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 1, 22, 38, 2
_MOST = 2**62
"""The highest limit that every system can hold."""
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_CARRIAGE = re.compile(r"\r(?!\n)")


def leave_network() -> bool:
    """Give up connections and other programs for good, and return whether that is certain."""
    machine = _CALLS.get(platform.machine())
    if sys.platform != "linux" or machine is None or struct.calcsize("P") != 8:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_SET_DEATH_SIGNAL, 9, 0, 0, 0)  # nobody would read the answer
    code = _program(*machine)
    held = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(held, ctypes.c_void_p))
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def bound_memory(more: int) -> Callable[[], float]:
    """Limit this process to *more* bytes of memory than it has now, and forbid core dumps.

    Return a function that says which part of that is left.
    """
    if sys.platform == "win32":
        return lambda: 1.0
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return lambda: 1.0
    begun = _memory()
    _lower(resource.RLIMIT_AS, begun + more)
    return lambda: 1 - (_memory() - begun) / more


def _memory() -> int:
    """Return how many bytes this process has of what the limit counts."""
    import resource

    return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()


def bound_time(seconds: float, *, again: bool = False) -> None:
    """Limit this process to *seconds* of work from now on, in case nobody is there to stop it.

    To bound it *again* later, leave its hard limit as it is.
    """
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 2
    if again:
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        if most == resource.RLIM_INFINITY or limit < most:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, most))
    else:
        _lower(resource.RLIMIT_CPU, limit)


def leave_files() -> None:
    """Give up opening anything, a connection included, where that needs no more than a limit."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def names_service(text: str) -> bool | None:
    """Whether the query *text* asks another machine; None where that is not certain."""
    plain = _ESCAPE.sub(lambda found: _char(found[1] or found[2]), text)
    if "service" not in text.casefold() and "service" not in plain.casefold():
        return False  # no other letters make that word
    if plain != text or _CARRIAGE.search(text):  # not all parsers read these alike
        return None
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    try:
        found = parseQuery(text)
    except (ParseBaseException, RecursionError):
        return None
    pending: list[object] = [found]
    while pending:
        one = pending.pop()
        if getattr(one, "name", None) == "ServiceGraphPattern":
            return True
        if isinstance(one, CompValue):
            pending.extend(one.values())
        elif isinstance(one, Iterable) and not isinstance(one, str):
            pending.extend(one)
    return False


def _char(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= sys.maxunicode else "\ufffd"


def _lower(what: int, limit: int) -> None:
    """Set a limit of this process, unless it has a lower one."""
    import resource

    limit = min(limit, _MOST)
    hard = resource.getrlimit(what)[1]
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(what, (limit, limit))


class _Program(ctypes.Structure):
    """A filter as the kernel takes it."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _program(machine: int, calls: tuple[int, ...]) -> bytes:
    """Return the filter that kills a process on *calls*, or on those of another machine."""
    kill = len(calls) + 5  # the number of that step
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 0, kill - 2, machine), (_LOAD, 0, 0, 0)]
    steps.append((_AT_LEAST, kill - 4, 0, _X32))
    steps += [(_EQUAL, kill - at - 1, 0, call) for at, call in enumerate(calls, 4)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _KILL)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
