"""Run the network over a document of any length, in sections of bounded size.

Windows overlap: each word is read with at least `HALO` pieces of its neighbours on either side, so
that where the windows fall does not matter to it. Sections overlap by a window for the same reason.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provenance.extraction.tagger.inputs import (
    NO_WORD,
    WINDOW,
    Document,
    Encoded,
    Vocabulary,
    encode,
    windows_of,
)
from provenance.extraction.tagger.viterbi import Floats

HALO: Final = 64  # pieces
SECTION: Final = 64  # windows
_BATCH: Final = WINDOW  # pieces

Integers = NDArray[np.int64]
Network = Callable[[Integers, Integers, Integers], tuple[Floats, ...]]
"""From ids, mask and features [B, L] to emissions and both vectors of links [B, L, size].

One that ships gives a fourth: the inner vectors that pronouns are judged by.
"""


@dataclass(frozen=True, slots=True)
class Section:
    """What the network says of the words of a document from *begin* to *end*.

    Attributes:
        kept: The first word whose cue counts here, and the one behind the last; the rest of the
            section is there for what belongs to those cues.
        emissions: [W, tags].
        of_words, of_cues: [W, size].
        inner: [W, size] too, of a layer halfway up; without columns where the network has none.
    """

    begin: int
    end: int
    kept: tuple[int, int]
    emissions: Floats
    of_words: Floats
    of_cues: Floats
    inner: Floats


def read(
    document: Document, vocabulary: Vocabulary, network: Network, window: int = WINDOW
) -> Iterator[Section]:
    """Yield the sections of *document* in order, each read only when it is asked for.

    Args:
        document: What is read.
        vocabulary: For the marks of a window.
        network: Reads windows side by side.
        window: Pieces in a window, those of its neighbours included.
    """
    windows = windows_of(document, window - 2 * HALO)
    for at in range(0, len(windows), SECTION):
        own = windows[at : at + SECTION]
        around = windows[max(0, at - 1) : at + SECTION + 1]
        begin, end = around[0][0], around[-1][1]
        emissions, of_words, of_cues, *more = _run(document, vocabulary, network, around)
        inner = more[0] if more else np.zeros((end - begin, 0), np.float32)
        yield Section(begin, end, (own[0][0], own[-1][1]), emissions, of_words, of_cues, inner)


def _run(
    document: Document,
    vocabulary: Vocabulary,
    network: Network,
    windows: Sequence[tuple[int, int]],
) -> list[Floats]:
    base, end = windows[0][0], windows[-1][1]
    wide = [(_widened(document, window), window) for window in windows]
    encoded = [(encode(document, *around, vocabulary), own) for around, own in wide]
    encoded.sort(key=lambda one: len(one[0].ids))
    out: list[Floats] = []
    for batch in _batches(encoded):
        results = network(*_padded([one for one, _ in batch]))
        if not out:
            out = [np.zeros((end - base, result.shape[2]), np.float32) for result in results]
        for row, (one, own) in enumerate(batch):
            firsts = one.firsts[own[0] - one.begin : own[1] - one.begin]
            for kept, result in zip(out, results, strict=True):
                kept[own[0] - base : own[1] - base] = result[row, firsts]
    return out


def _widened(document: Document, window: tuple[int, int]) -> tuple[int, int]:
    """Return *window* with `HALO` pieces more at either side, as far as there are any."""
    begin, end = window
    room = HALO
    while begin > 0 and (need := len(document.pieces[begin - 1]) + 1) <= room:
        begin, room = begin - 1, room - need + (not document.starts_paragraph(begin))
    room = HALO
    while end < len(document) and (need := len(document.pieces[end]) + 1) <= room:
        room -= need - (not document.starts_paragraph(end))
        end += 1
    return begin, end


def _batches(
    encoded: Sequence[tuple[Encoded, tuple[int, int]]],
) -> Iterator[list[tuple[Encoded, tuple[int, int]]]]:
    batch: list[tuple[Encoded, tuple[int, int]]] = []
    for one in encoded:
        if batch and len(one[0].ids) * (len(batch) + 1) > _BATCH:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _padded(encoded: Sequence[Encoded]) -> tuple[Integers, Integers, Integers]:
    length = max(len(one.ids) for one in encoded)
    ids = np.zeros((len(encoded), length), np.int64)
    mask = np.zeros((len(encoded), length), np.int64)
    features = np.full((len(encoded), length), NO_WORD, np.int64)
    for row, one in enumerate(encoded):
        ids[row, : len(one.ids)] = one.ids
        mask[row, : len(one.ids)] = 1
        features[row, : len(one.ids)] = one.features
    return ids, mask, features
