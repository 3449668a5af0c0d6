"""Letters: all between the salutation and the name below is the writer's."""

import re
from collections.abc import Iterator, Sequence

from provenance.articles.blocks import Block
from provenance.articles.labels import DASHES, signature
from provenance.common.wordlists import read_tables
from provenance.model import Span, Voice

_LETTERS = read_tables("provenance.articles", "forms.toml")["letters"]
_OPENING = re.compile(_LETTERS["opening"], re.IGNORECASE)
_CLOSING = re.compile(_LETTERS["closing"] + r"\s*(?:[,.:—–-]+\s*|$)", re.IGNORECASE)
_FEWEST = 12
"""Words of a letter at the least."""


def read_letters(blocks: Sequence[Block]) -> tuple[list[Voice], set[int]]:
    """Return the letters in *blocks* with their writers, and which blocks they stand in."""
    voices: list[Voice] = []
    used: set[int] = set()
    opened = [i for i, b in enumerate(blocks) if _OPENING.match(b.text)]
    for number, i in enumerate(opened):
        end = opened[number + 1] if number + 1 < len(opened) else len(blocks)
        found = _letter(blocks, i, end)
        if found is not None:
            voices.append(found[0])
            used |= found[1]
    return voices, used


def _letter(blocks: Sequence[Block], first: int, end: int) -> tuple[Voice, set[int]] | None:
    opening = _OPENING.match(blocks[first].text)
    assert opening is not None
    whole = len(blocks[first].text[opening.end() :].split()) >= _FEWEST
    signed = next(_signatures(blocks, first + 1, end, 0 if whole else 1), None)
    if signed is None:
        return None
    at, closing, speaker = signed
    content = [block.span for block in blocks[first + 1 : closing]]
    rest = Span(blocks[first].span.start + opening.end(), blocks[first].span.end)
    content = [rest, *content] if rest.start < rest.end else content
    if sum(b.words for b in blocks[first:closing]) < _FEWEST:
        return None
    voice = Voice(content=tuple(content), cue=blocks[closing].span, speaker=speaker)
    return voice, set(range(first, at + 1))


def _signatures(
    blocks: Sequence[Block], first: int, end: int, least: int
) -> Iterator[tuple[int, int, Span]]:
    """Yield the block that a letter's writer is named in, that of the closing, and the name.

    From *first* on; where no closing says so, *least* blocks of words come before.
    """
    for i in range(first, end):
        block = blocks[i]
        closing = _CLOSING.match(block.text)
        if closing and closing.end() < len(block.text):
            if name := signature(block.text[closing.end() :]):
                start = block.span.start + closing.end()
                yield i, i, Span(start + name[0], start + name[1])
        elif closing and i + 1 < end and (name := signature(blocks[i + 1].text)):
            start = blocks[i + 1].span.start
            yield i + 1, i, Span(start + name[0], start + name[1])
    for i in range(first + least, end):
        block = blocks[i]
        short = block.words <= 12 and not block.ends and not block.is_heading
        if short and (name := signature(block.text.lstrip(DASHES + " "))):
            start = block.span.start + len(block.text) - len(block.text.lstrip(DASHES + " "))
            yield i, i, Span(start + name[0], start + name[1])
            return
