"""Who speaks by the form of a text, read in one place; extraction takes it in."""

from collections.abc import Mapping, Sequence

from provenance.articles.blocks import Block
from provenance.articles.letters import read_letters
from provenance.articles.signatures import SAID, SIGNED, read_signed
from provenance.articles.turns import ANSWER, QUESTION, read_turns
from provenance.model import Span, Voice

Roles = Mapping[int, tuple[int, str]]
"""Of a block that a page shows as part of a form: of which, and which part."""


def read_voices(
    blocks: Sequence[Block], roles: Roles | None = None
) -> tuple[list[Voice], set[int]]:
    """Return whom the form of *blocks* says to speak where, and which blocks that stands in."""
    shown = dict(roles or {})
    asked = {i: part for i, (_, part) in shown.items() if part in (QUESTION, ANSWER)}
    said = {i: one for i, one in shown.items() if one[1] in (SAID, SIGNED)}
    voices, used = read_letters(blocks)
    if not used:
        voices, used = read_turns(blocks, asked)
    free = [i for i in range(len(blocks)) if i not in used]
    moved = {free.index(i): one for i, one in said.items() if i in free}
    more, own = read_signed([blocks[i] for i in free], moved)
    return [*voices, *more], used | {free[i] for i in own}


def within(voices: Sequence[Voice], kept: Sequence[Span]) -> tuple[Voice, ...]:
    """Return those of *voices* that stand within the spans that are *kept*, in order."""
    found = (v for v in voices if all(any(span in one for one in kept) for span in v.content))
    return tuple(sorted(found, key=lambda v: v.content))
