"""Fingerprints of texts, and the pairs of texts that share some.

Winnowing (Schleimer, Wilkerson and Aiken, *Winnowing: local algorithms for document
fingerprinting*, SIGMOD 2003): of the hashes of all runs of `GRAM` words, the least of each window
of `WINDOW`. Any `GRAM + WINDOW - 1` words that two texts share yield a shared fingerprint, for
certain; MinHash with LSH finds pairs by chance, and short loans in long texts hardly ever.
"""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

Prints = npt.NDArray[np.uint64]

GRAM = 5
WINDOW = 6
_LARGEST = 40
"""Texts that may share a fingerprint and still be compared each with each; beyond that each is
compared with the first only, which all of one story's copies have in common."""
_WORD = re.compile(r"[^\W_]+")


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


def sharing(prints: Sequence[Prints], least: int) -> list[tuple[int, int]]:
    """Return the pairs of texts that share at least *least* fingerprints, in order.

    Sorting makes this cost n log n in the number of fingerprints.
    """
    if not prints:
        return []
    owner = np.repeat(np.arange(len(prints), dtype=np.int64), [len(p) for p in prints])
    every = np.concatenate([np.asarray(p, np.uint64) for p in prints])
    pairs = pairs_of(every, owner, len(prints))
    if not len(pairs):
        return []
    found, counts = np.unique(pairs, return_counts=True)
    return [divmod(int(code), len(prints)) for code in found[counts >= least]]


def pairs_of(
    keys: npt.NDArray[np.uint64], owner: npt.NDArray[np.int64], base: int
) -> npt.NDArray[np.int64]:
    """Return the pairs of owners of equal *keys*, one for each key, as ``lower * base + higher``.

    Owners are numbers below *base*.
    """
    order = np.lexsort((owner, keys))
    keys, owner = keys[order], owner[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    ends = np.r_[starts[1:], len(keys)]
    several = ends - starts > 1
    codes = []
    for start, end in zip(starts[several], ends[several], strict=True):
        group = owner[start:end]
        if len(group) > _LARGEST:
            codes.append(group[0] * base + group[1:])
            continue
        low, high = np.triu_indices(len(group), 1)
        codes.append(group[low] * base + group[high])
    return np.concatenate(codes) if codes else np.empty(0, np.int64)
