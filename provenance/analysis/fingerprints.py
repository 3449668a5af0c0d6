"""Fingerprints of texts, and the pairs of texts that share some.

Winnowing (Schleimer, Wilkerson and Aiken, *Winnowing: local algorithms for document
fingerprinting*, SIGMOD 2003): of the hashes of all runs of `GRAM` words, the least of each window
of `WINDOW`. Any `GRAM + WINDOW - 1` words that two texts share yield a shared fingerprint, for
certain; MinHash with LSH finds pairs by chance, and short loans in long texts hardly ever.
"""

import re
from zlib import crc32

import numpy as np
import numpy.typing as npt

Prints = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

GRAM = 5
WINDOW = 6
LARGEST = 40
"""Holders of one key that are still compared each with each; beyond that each is compared with the
first only, which all of one story's copies have in common."""
_WORD = re.compile(r"[^\W_]+")
_AT_ONCE = 2_000_000
"""Keys that are sorted at once, so that memory does not grow with how many there are."""


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of *text* stand."""
    return [match.span() for match in _WORD.finditer(text)]


def fingerprints(text: str) -> Prints:
    """Return the fingerprints of *text*, sorted, each once."""
    codes = np.array([crc32(word.encode()) for word in _WORD.findall(text.casefold())], np.uint64)
    if len(codes) < GRAM:
        return np.empty(0, np.uint64)
    mixed = np.zeros(len(codes) - GRAM + 1, np.uint64)
    for place in range(GRAM):
        part = codes[place : place + len(mixed)] + np.uint64(place)
        mixed = (mixed * np.uint64(0x9E3779B97F4A7C15)) ^ (part * np.uint64(0xC2B2AE3D27D4EB4F))
        mixed ^= mixed >> np.uint64(29)
    width = min(WINDOW, len(mixed))
    return np.unique(np.lib.stride_tricks.sliding_window_view(mixed, width).min(axis=1))


def sharing(prints: Prints, owner: Numbers, least: int) -> tuple[Numbers, Numbers]:
    """Return the pairs of owners that share at least *least* of their *prints*, in order."""
    one, other, _ = shared(prints, owner, least)
    return one, other


def shared(prints: Prints, owner: Numbers, least: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return the pairs that `sharing` does, and how many each of them shares.

    Sorting makes this cost n log n in the number of fingerprints.

    Args:
        prints: Of all texts, those of each one once.
        owner: The text that each is of.
        least: How many.
    """
    base = int(owner.max(initial=0)) + 1
    parts = [np.empty(0, np.int64)]
    for chosen in (in_round(prints, number, len(prints)) for number in range(rounds(len(prints)))):
        parts.append(pairs_of(prints[chosen], owner[chosen], base))
    found, counts = np.unique(np.concatenate(parts), return_counts=True)
    enough = counts >= least
    return *np.divmod(found[enough], base), counts[enough]


def rounds(total: int) -> int:
    """Return in how many rounds *total* keys are sorted."""
    return 1 + total // _AT_ONCE


def in_round(keys: Prints, number: int, total: int) -> npt.NDArray[np.bool_]:
    """Return which of *keys*, that are *total* in all, are sorted in the round *number*."""
    chosen: npt.NDArray[np.bool_] = keys % np.uint64(rounds(total)) == np.uint64(number)
    return chosen


def pairs_of(keys: Prints, owner: Numbers, base: int) -> Numbers:
    """Return the pairs of owners of equal *keys*, one for each key, as ``lower * base + higher``.

    Owners are numbers below *base*.
    """
    order = np.lexsort((owner, keys))
    keys, owner = keys[order], owner[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]][: len(keys)])
    sizes = np.diff(np.r_[starts, len(keys)])
    codes = [np.empty(0, np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= LARGEST)]):
        groups = owner[starts[sizes == size][:, None] + np.arange(size)]
        low, high = np.triu_indices(size, 1)
        codes.append((groups[:, low] * base + groups[:, high]).ravel())
    large = sizes > LARGEST
    for start, size in zip(starts[large], sizes[large], strict=True):
        codes.append(owner[start] * base + owner[start + 1 : start + size])
    return np.concatenate(codes)
