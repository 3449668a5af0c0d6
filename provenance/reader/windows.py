"""Cut a text of any length into windows of words that the reader's layers see at once."""

from collections.abc import Iterator
from typing import Final

WINDOW: Final = 448
"""Words in a window, those of its neighbours included."""
HALO: Final = 48
BETWEEN: Final = 40
"""Words around and between the mentions of a pair that are looked at."""


def windows_of(words: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the first and last word of each window, and those of its own part, all half open."""
    if words <= WINDOW:
        yield 0, words, 0, words
        return
    own = WINDOW - 2 * HALO
    for begin in range(0, words, own):
        end = min(words, begin + own)
        yield max(0, begin - HALO), min(words, end + HALO), begin, end
