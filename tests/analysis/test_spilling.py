"""What is compared of many articles is in files: nothing is lost there, and memory stays flat."""

import platform
import subprocess
import sys
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import pairwise

import numpy as np
import pytest

from provenance.analysis import Brief, link, spilling
from provenance.analysis.links import link_on
from provenance.analysis.spilling import Bench, Digests, Flat, Kept, Lists, Spill
from tests.helpers.generated_stories import made_up
from tests.helpers.places import ROOT


@pytest.fixture(params=[7, 1 << 15])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let so many rows be held before they are written."""
    monkeypatch.setattr(spilling, "_HELD", request.param)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("below", [0, 50])
def test_rows_of_one_key_come_together_and_none_is_lost(below: int) -> None:
    draw = np.random.default_rng(5)
    keys, owners = draw.integers(0, 50, 1_000), np.arange(1_000)
    spill = Spill(2, below)
    for at in range(0, 1_000, 13):
        spill.add(keys[at : at + 13], owners[at : at + 13])
    found = defaultdict(list)
    for number, rows in enumerate(spill.parts()):
        for key, owner in rows.tolist():
            found[key].append((number, owner))
    assert all(len({number for number, _ in held}) == 1 for held in found.values())
    assert {k: [o for _, o in held] for k, held in found.items()} == {
        key: owners[keys == key].tolist() for key in set(keys.tolist())
    }
    if below:
        firsts = [rows[:, 0] for rows in spill.parts() if len(rows)]
        assert all(one.max() < other.min() for one, other in pairwise(firsts))


@pytest.mark.usefixtures("held")
def test_lists_are_found_by_their_numbers() -> None:
    lists = Lists(2)
    told = [np.arange(2 * size, dtype=np.uint64).reshape(-1, 2) for size in (0, 3, 1, 0, 5, 2)]
    for rows in told[:3]:
        lists.add(rows)
    lists.add(np.concatenate(told[3:]), np.array([0, 0, 5, 7]))
    assert (len(lists), lists.sizes().tolist()) == (6, [0, 3, 1, 0, 5, 2])
    for numbers in ([], [0], [1, 2], [0, 2, 4, 5], list(range(6))):
        starts, rows = lists.take(np.array(numbers, np.int64))
        parts = np.split(rows, starts[1:-1]) if numbers else []
        assert [part.tolist() for part in parts] == [told[n].tolist() for n in numbers]


def test_large_numbers_stay_exact() -> None:
    flat = Flat(1)
    flat.add(np.array([2**64 - 1, 2**53 + 1], np.uint64))
    assert flat.read(np.array([0]), np.array([2]))[:, 0].tolist() == [2**64 - 1, 2**53 + 1]


def test_digests_are_sorted_and_found() -> None:
    names = [f"{number:064x}" for number in (5, 2**255 + 1, 0, 2**130)]
    digests = Digests(names)
    assert list(digests) == sorted(names)
    assert [digests.index(name) for name in sorted(names)] == [0, 1, 2, 3]
    assert f"{7:064x}" not in digests
    assert list(Digests([])) == []


def test_records_are_sorted_by_keys_whatever_is_in_these() -> None:
    keys = [("b", "é"), ("a", "\ud800"), ("a", ""), ("aa", "z"), ("b", "f")]
    with closing(Bench()) as bench:
        kept = Kept[tuple[str, str], int](bench)
        for number, key in enumerate(keys):
            kept.put(key, -1)
            kept.put(key, number)
        assert [key for key, _ in kept.each()] == sorted(keys)
        assert {key: kept[key] for key in keys} == {key: n for n, key in enumerate(keys)}
        assert (len(kept), kept.under("a"), kept.get(("c", ""))) == (5, 2, None)


class MadeUp(Mapping[str, Brief]):
    """Articles that are made when they are asked for."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __getitem__(self, digest: str) -> Brief:
        return made_up(int(digest, 16))

    def __iter__(self) -> Iterator[str]:
        return (f"{number:064x}" for number in range(self._size))

    def __len__(self) -> int:
        return self._size


def peak(size: int) -> int:
    """Return how many bytes it takes at most to link *size* articles."""
    tracemalloc.start()
    with closing(Bench()) as bench:
        links = link_on(bench, MadeUp(size), lambda digest: "")
        assert len(links.same) >= size // 10
        assert len(links.sources) >= size // 20
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def print_peaks() -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, few in (
            ("spilling._HELD", 500),
            ("columns._TOGETHER", 200),
            ("links._AT_ONCE", 50),
        ):
            patch.setattr(f"provenance.analysis.{name}", few)
        link(MadeUp(400), lambda digest: "")  # fills what is kept of words
        print(peak(2_000), peak(500))  # noqa: T201


def test_memory_hardly_grows_with_the_articles() -> None:
    code = "from tests.analysis.test_spilling import print_peaks; print_peaks()"
    run = [sys.executable, "-c", code]  # what other tests have left in memory counts for nothing
    done = subprocess.run(run, check=True, capture_output=True, text=True, cwd=ROOT)
    many, few = map(int, done.stdout.split())
    assert many < 2 * few


_LET_GO = """
from pathlib import Path
from provenance.common.memory import give_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

blocks = [bytes(2_000) for _ in range(20_000)]
del blocks[:-1]  # the last one keeps what was below it
before = resident()
give_back()
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others keep nothing")
def test_what_was_let_go_of_goes_back_to_the_machine() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LET_GO], capture_output=True, check=True, text=True, cwd=ROOT
    )
    assert int(done.stdout) > 20_000_000
