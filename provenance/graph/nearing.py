"""Which claims have enough words in common to be compared at all."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from provenance.common.stemming import kin
from provenance.model import Span, Spans

Key = str | int | frozenset[str]
SHARED = 3
"""Stems that two claims have in common at the least, unless they have no others."""
HELD = 0.6
"""How much of the shorter of two claims the longer holds at the least."""
_PIECE = 1000
"""Code points that what stands in them is looked for among at once."""


class Near:
    """Claims by their words, each found by those of which one must be in whatever says the same.

    Of n words of which t must be shared, one is among any n - t + 1, so the rarest lead to few
    (prefix filtering: Chaudhuri, Ganti and Kaushik, 2006).
    """

    def __init__(self, stems: Sequence[frozenset[str]]) -> None:
        """Look among claims with these *stems*, once each was added."""
        self._stems = stems
        self._counts = Counter(key for one in stems for key in {*_keys(one)})
        self._by_all: defaultdict[Key, list[int]] = defaultdict(list)
        self._by_rare: defaultdict[Key, list[int]] = defaultdict(list)

    def add(self, number: int) -> set[int]:
        """Add the claim with this *number*, and return which before it may say the same."""
        stems = self._stems[number]
        every, rare = {*_keys(stems)}, {*_keys(self._rarest(stems))}
        if len(stems) == 1:  # which is only said again by itself
            every = rare = {stems}
        found = {other for key in rare for other in self._by_all[key]}
        found.update(other for key in every for other in self._by_rare[key])
        for key in every:
            self._by_all[key].append(number)
        for key in rare:
            self._by_rare[key].append(number)
        return found

    def _rarest(self, stems: frozenset[str]) -> Sequence[str]:
        """Return so many of *stems* that what holds enough of all holds one of them."""
        size = len(stems)
        needed = min(size, max(SHARED, math.ceil(HELD * size)))
        return sorted(stems, key=self._commonness)[: size - needed + 1]

    def _commonness(self, stem: str) -> tuple[int, str]:
        return sum(self._counts[key] for key in _keys([stem])), stem


class Places:
    """Numbers of what stands in a text, found by a place within it."""

    def __init__(self, spans: Iterable[Spans]) -> None:
        """Look among things that stand at these *spans* each, in this order."""
        self._spans = tuple(spans)
        self._by_piece: defaultdict[int, list[int]] = defaultdict(list)
        for number, some in enumerate(self._spans):
            for piece in sorted({at for span in some for at in _pieces(span)}):
                self._by_piece[piece].append(number)

    def around(self, inner: Span) -> Iterator[int]:
        """Yield in order the numbers of what *inner* stands within."""
        for number in self._by_piece[inner.start // _PIECE]:
            if any(inner in span for span in self._spans[number]):
                yield number


def _pieces(span: Span) -> range:
    return range(span.start // _PIECE, span.end // _PIECE + 1)


def _keys(stems: Sequence[str] | frozenset[str]) -> Iterator[Key]:
    """Yield what *stems* and whatever means much the same have in common."""
    for stem in stems:
        yield stem
        yield from kin(stem)
