"""Print for people: errors on one line, and text that cannot harm a terminal."""

import re
import shlex
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.common.files import without_user
from provenance.errors import ProvenanceError
from provenance.model import ARTICLE, Certainty, SourceGraph, SourceType

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

WIDTH = 100
"""Of lines that nobody is looking at, in a file or a pipe."""


def complain(error: ProvenanceError) -> None:
    """Print on standard error what went wrong, in one line."""
    click.echo(f"prov: {clean(str(error))}", err=True)


def say(text: str, *, err: bool = False, indent: int = 0) -> None:
    """Print *text*, cleaned, on a line of its own."""
    click.echo(" " * indent + clean(text), err=err)


def next_step(*words: str | Path, why: str) -> None:
    """Print on standard error a command to run next, and what it is for."""
    say(f"next: {shlex.join(('prov', *map(str, words)))} # {why}", err=True)


def open_page(file: Path) -> None:
    """Open the page in the user's browser, or print its name if there is none."""
    import webbrowser

    if not webbrowser.open(file.resolve().as_uri()):
        say(f"no browser found: open {file} yourself", err=True)


def show(line: str) -> None:
    """Replace the last line on standard error, which is a terminal, by *line*, cleaned."""
    click.echo(f"\r\x1b[2K{clean(line)}", nl=False, err=True)


def harmless(text: str) -> str:
    """Return *text* with its line breaks, but without anything that a terminal obeys."""
    return "".join(c if c in "\n\t" else _harmless(c) for c in text)


def clean(text: str) -> str:
    """Return *text* on one line, without control characters, marks of direction and passwords."""
    return without_user("".join(map(_harmless, " ".join(text.split()))))


def shortened(text: str, most: int) -> str:
    """Return *text*, cleaned, in at most *most* characters."""
    plain = clean(text)
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def around(text: str, start: int, end: int, most: int) -> str:
    """Return the part of *text* around *start* to *end*: whole words, at most *most* characters."""
    words = list(re.finditer(r"\S+", text))
    first = next((n for n, word in enumerate(words) if word.end() > start), 0)
    last = max((n for n, word in enumerate(words) if word.start() < end), default=first)

    def excerpt() -> str:
        cut = clean(text[words[first].start() : words[last].end()])
        return f"{'… ' * (first > 0)}{cut}{' …' * (last < len(words) - 1)}"

    if not words:
        return ""
    for step in range(3 * len(words)):  # what follows tells more than what went before
        before = (first, last)
        if step % 3:
            last = min(last + 1, len(words) - 1)
        else:
            first = max(first - 1, 0)
        if len(excerpt()) > most:
            first, last = before
    return excerpt()


def plural(number: int, noun: str) -> str:
    """Return *number* with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def print_all(lines: "Iterable[RenderableType]", *, wrap: bool = True) -> None:
    """Print *lines* on standard output, in colour where it is a terminal.

    Args:
        lines: What to print.
        wrap: Whether to wrap long lines even if the output is not a terminal.
    """
    from rich.console import Console
    from rich.segment import Segment, Segments

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(width=WIDTH, highlight=False, markup=False, emoji=False, no_color=True)
    for line in lines:
        if console.is_terminal:
            parts = (one for one in console.render(_hanging(line)) if not one.control)
            console.print(Segments([Segment(harmless(p.text), p.style) for p in parts]), end="")
        else:
            with console.capture() as printed:
                console.print(line, soft_wrap=not wrap)
            for row in printed.get().splitlines():
                click.echo(harmless(row).rstrip())  # rich fills boxes up with blanks


def _hanging(line: "RenderableType") -> "RenderableType":
    """Return *line* with its continuation rows indented to its first word."""
    from rich.padding import Padding
    from rich.text import Text

    if not isinstance(line, Text):
        return line
    indent = len(line.plain) - len(line.plain.lstrip())
    return Padding(line[indent:], (0, 0, 0, indent), expand=False) if indent else line


def width() -> int:
    """Return how many characters a line of `print_all` has room for."""
    from rich.console import Console

    console = Console()
    return console.width if console.is_terminal else WIDTH


def _harmless(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":  # joiners hold letters and emoji together, the others hide or turn text
        return char if char in "\u200c\u200d" else ""
    return "\ufffd" if category in ("Cc", "Cs") else char


class Names:
    """The printed names of the sources of one graph."""

    def __init__(self, graph: SourceGraph) -> None:
        """Remember the sources of *graph*."""
        self.sources = {source.id: source for source in graph.sources}

    def plain(self, id: str, most: int = 60) -> str:
        """Return the name of the source *id*."""
        if id == ARTICLE:
            return "this article"
        return shortened(self.sources[id].name, most) if id in self.sources else clean(id)

    def styled(self, id: str, style: str = "") -> "Text":
        """Return the name of the source *id*, and its type if the name does not show it."""
        from rich.text import Text

        text = Text().append(self.plain(id), style="italic" if id == ARTICLE else style)
        kind = self.sources[id].type if id in self.sources else None
        if kind is SourceType.UNNAMED:
            text.append(" (unnamed)", style="yellow")
        elif kind is not None and not kind.is_agent and kind.value not in text.plain.casefold():
            text.append(f" ({kind.value})", style="dim")
        return text


def hedge(certainty: Certainty) -> str:
    """Return the word for *certainty* if it is weaker than "reported"."""
    return certainty.value if certainty.rank > Certainty.REPORTED.rank else ""


@contextmanager
def noted(note: str, wanted: bool) -> Iterator[None]:
    """Show *note* on standard error, if that is a terminal, while something runs."""
    seen = wanted and sys.stderr.isatty()
    if seen:
        show(note)
    try:
        yield
    finally:
        if seen:
            show("")
