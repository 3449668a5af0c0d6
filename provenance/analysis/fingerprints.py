"""Fingerprints of texts, and the pairs of texts that share some.

Winnowing (Schleimer, Wilkerson and Aiken, *Winnowing: local algorithms for document
fingerprinting*, SIGMOD 2003): of the hashes of all runs of `GRAM` words, the least of each window
of `WINDOW`. Any `GRAM + WINDOW - 1` words that two texts share yield a shared fingerprint, for
certain; MinHash with LSH finds pairs by chance, and short loans in long texts hardly ever.
"""

import re
from collections.abc import Iterator
from zlib import crc32

import numpy as np

from provenance.analysis.spilling import Codes, Numbers, Spill

GRAM = 5
WINDOW = 6
LARGEST = 40
"""Holders of one key that are still compared each with each; beyond that each is compared with the
first only, which all of one story's copies have in common."""
_WORD = re.compile(r"[^\W_]+")


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of *text* stand."""
    return [match.span() for match in _WORD.finditer(text)]


def fingerprints(text: str) -> Codes:
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


def sharing(keys: Spill, owners: int, least: int) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield the pairs of owners that share at least *least* keys, in order, some at a time.

    Sorting makes this cost n log n in the number of keys.

    Args:
        keys: Those of all, each with its owner.
        owners: How many there are.
        least: How many keys.
    """
    pairs = Spill(1, owners * owners)
    for rows in keys.parts():
        pairs.add(pairs_of(rows[:, 0], rows[:, 1].astype(np.int64), owners))
    for rows in pairs.parts():
        found, counts = np.unique(rows[:, 0].astype(np.int64), return_counts=True)
        yield np.divmod(found[counts >= least], owners)


def shared(prints: Codes, owner: Numbers, least: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return the pairs of owners that share at least *least* of their *prints*, and how many.

    Args:
        prints: Of all texts, those of each one once.
        owner: The text that each is of.
        least: How many.
    """
    base = int(owner.max(initial=0)) + 1
    found, counts = np.unique(pairs_of(prints, owner, base), return_counts=True)
    enough = counts >= least
    return *np.divmod(found[enough], base), counts[enough]


def pairs_of(keys: Codes, owner: Numbers, base: int) -> Numbers:
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
