"""Every regular expression takes time in proportion to what it reads, whoever wrote that."""

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import pytest

from tests.helpers.places import ROOT
from tests.helpers.regular_expressions import (
    FAILS,
    MAKERS,
    Expression,
    attacks,
    expressions,
    module_of,
)

TIMES = 20_000
FEWER = 8
"""By how much the shorter text is shorter; an expression that is quadratic takes 64 times less."""
STUCK = 2.0
"""Seconds of processor time after which an expression is given up; what is linear takes 0.1."""


class _StuckError(Exception):
    pass


@contextmanager
def given_up(seconds: float) -> Iterator[None]:
    """Interrupt what takes more than *seconds* of the processor."""

    def stop(*_: Any) -> None:
        raise _StuckError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def cost(match: Callable[[str], Any], text: str) -> float:
    began = time.thread_time()
    found = match(text)
    if hasattr(found, "__next__"):
        for _ in found:
            pass
    return time.thread_time() - began


FLOOR = cost(re.compile(r"(?:\s|\S)*?\x03").match, "a" * 6_000)
"""What is less than this is too little to be compared."""


def slow(expression: Expression) -> Iterator[tuple[str, str, str, str]]:
    """Yield what *expression* takes more than linear time for."""
    compiled = re.compile(expression.pattern, expression.flags)
    for way in sorted(expression.ways):
        match = getattr(compiled, way)
        for before, part in attacks(expression.pattern, expression.flags):
            for number, fails in enumerate(FAILS):
                in_full = not before and len(part) <= 3 and number == 0
                if not is_linear(match, before, part, fails, in_full=in_full):
                    yield way, before, part, fails
                    return


def is_linear(
    match: Callable[[str], Any], before: str, part: str, fails: str, *, in_full: bool
) -> bool:
    """Whether *match* takes no more than the proportion for *part* said more often.

    Unless it is *in_full*, a thousand repetitions tell what is worth all; noise is measured again.
    """

    def took(times: int) -> float:
        return cost(match, before + part * times + fails)

    try:
        with given_up(STUCK):
            if in_full and took(TIMES) <= 20 * FLOOR:
                return True
            if not in_full and took(TIMES // 20) < 10 * took(TIMES // 160) + FLOOR:
                return True
            for _ in range(4):
                if took(TIMES) <= 5 * FEWER * took(TIMES // FEWER):
                    return True
    except _StuckError:
        pass
    return False


MODULES = {
    module: list(those)
    for module, those in groupby(expressions(), key=lambda one: one.place.partition(":")[0])
}
FAST = (
    *(r"(?<!\w)\w+(?:\s\w+){0,4}+x", r"(?<!\s)\s+x", r'"(?:[^"\\]|\\.)*+(?:"|\Z)'),
    *(r"<!--[^<>]*-->", r"\bnew (.{0,40}) report", r"(?<![\w.])[\w.]*\w,"),
)
SLOW = (
    *(r"\s*(?:<!--.*?-->\s*)*<html", r"(?:a|a)*b", r"(?:\w+,? ?){1,4}\(", r"(?:a*)*c"),
    *(r"\s+x", r"\s*=\s*['\"]?\s*$", r'"(?:[^"\\]|\\.)*"', r"\bnew (.*) report", r"[\w.]*\w,"),
)


@pytest.mark.parametrize("pattern", [*FAST, *SLOW])
def test_what_is_slow_is_found(pattern: str) -> None:
    expression = Expression("here", pattern, int(re.DOTALL), frozenset({"finditer"}))
    assert bool(list(slow(expression))) is (pattern in SLOW)


def test_every_expression_is_found() -> None:
    """None is made in a way that the search for them overlooks."""
    found = {one.place for one in expressions()}
    makes = re.compile(rf"\bre\.(?:{'|'.join(MAKERS)})\((?!\"\|\"\.join)")
    for path in (ROOT / "provenance").rglob("*.py"):
        if "training" not in path.parts:
            source = path.read_text("utf-8")
            assert not re.search(r"from re import|import re as|^import regex", source, re.M), path
            lines = [n for n, line in enumerate(source.split("\n"), 1) if makes.search(line)]
            assert {f"{module_of(path)}:{number}" for number in lines} <= found


@pytest.mark.parametrize("module", MODULES)
def test_an_expression_takes_time_in_proportion(module: str) -> None:
    found = {one.place: bad for one in MODULES[module] for bad in slow(one)}
    assert not found
