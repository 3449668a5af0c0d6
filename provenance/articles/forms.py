"""Who speaks by the form of a text, read in one place; extraction takes it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provenance.articles.blocks import Block
from provenance.articles.letters import read_letters
from provenance.articles.messages import read_messages
from provenance.articles.shapes import PROSE, RULE
from provenance.articles.signatures import SAID, SIGNED, read_signed
from provenance.articles.turns import ANSWER, QUESTION, read_turns
from provenance.model import Span, Voice

Roles = Mapping[int, tuple[int, str]]
"""Of a block that a page shows as part of a form: of which, and which part."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What the form of a text shows.

    Attributes:
        spoken: The blocks in which somebody speaks.
        struck: Those that only say who wrote a message, and when.
    """

    voices: list[Voice]
    spoken: set[int]
    struck: set[int]

    def marked(self, kinds: Sequence[str]) -> list[str]:
        """Return *kinds*, those of running text for what is spoken, none for what is struck."""
        return [
            RULE if i in self.struck else PROSE if i in self.spoken else kind
            for i, kind in enumerate(kinds)
        ]


def read_forms(blocks: Sequence[Block], roles: Roles | None = None) -> Forms:
    """Return whom the form of *blocks* says to speak where."""
    shown = dict(roles or {})
    asked = {i: part for i, (_, part) in shown.items() if part in (QUESTION, ANSWER)}
    said = {i: one for i, one in shown.items() if one[1] in (SAID, SIGNED)}
    messages, written, struck = read_messages(blocks)
    voices, used = read_letters(blocks) if not messages else ([], set())
    if not used:
        voices, used = read_turns(blocks, asked)
    free = [i for i in range(len(blocks)) if i not in used | struck]
    moved = {free.index(i): one for i, one in said.items() if i in free}
    more, own = read_signed([blocks[i] for i in free], moved)
    spoken = used | {free[i] for i in own} | written
    return Forms([*messages, *voices, *more], spoken - struck, struck)


def within(voices: Sequence[Voice], kept: Sequence[Span]) -> tuple[Voice, ...]:
    """Return those of *voices* that stand within the spans that are *kept*, in order.

    A message may hold, besides, the line that says who wrote another one in it.
    """
    found = (v for v in voices if any(span in one for span in v.content for one in kept))
    return tuple(sorted(found, key=lambda v: v.content))
