"""How large each source is drawn, and with which words."""

from dataclasses import dataclass

from provenance.model import Source
from provenance.view.labels import extent, wrap

LINE = 17.0
ICON = 26.0
PADDING = 12.0
MARK = 20.0
"""Room beside a box for the mark of a gap."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a box needs.

    Attributes:
        lines: Of its label.
        note: The small line below them, or "".
        before, after: Whether a gap is marked at its left, at its right.
    """

    width: float
    height: float
    lines: tuple[str, ...]
    note: str = ""
    before: bool = False
    after: bool = False

    @property
    def footprint(self) -> float:
        """Width together with the marks of gaps, which stand evenly at both sides."""
        return self.width + (2 * MARK if self.before or self.after else 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A source or the article at its place; *x* and *y* are the middle."""

    id: str
    x: float
    y: float
    size: Size

    @property
    def left(self) -> float:
        """Where the box itself begins."""
        return self.x - self.size.width / 2

    @property
    def right(self) -> float:
        """Where the box itself ends."""
        return self.x + self.size.width / 2


def chain_size(source: Source, *, before: bool, after: bool) -> Size:
    """Return the size of *source* within a chain: up to three lines and its type below."""
    lines = wrap(source.name)
    note = source.type.value.replace("_", " ")
    width = max(max(map(extent, lines)), 6.2 * len(note)) + ICON + PADDING
    return Size(max(width, 96.0), LINE * len(lines) + 25, lines, note, before, after)


def compact_size(source: Source, *, before: bool, after: bool) -> Size:
    """Return the size of *source* where there are many: up to two lines, no type."""
    lines = wrap(source.name, lines=2)
    width = max(map(extent, lines)) + ICON + PADDING
    return Size(max(width, 72.0), LINE * len(lines) + 10, lines, "", before, after)
