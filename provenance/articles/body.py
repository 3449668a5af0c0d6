"""Find the body among the blocks of a text by their shape, and pass over what interrupts it.

Running text comes in runs; menus, tags and lists of other stories are short lines that do not end
as sentences. The body is the range with the greatest sum of words of running text, less a charge
for each other line (the maximum-sum segment of Bentley's *Programming Pearls*, column 8): one pass,
and neither the words of a site nor the order of its parts matter.
"""

from collections.abc import Sequence

from provenance.articles.blocks import Block
from provenance.articles.shapes import LABEL, META, NOTE, PROSE, RULE, TEXT, is_named, is_spoken

_CHARGES: dict[str, float] = {TEXT: 7, NOTE: 7, META: 5, LABEL: 3, RULE: 0}
"""Words of running text that one line of each other kind costs."""
_DEAREST = 100
"""Words that a run of such lines costs at the most: a long table does not end an article."""
_MOST = 120
"""Words for which one paragraph counts at the most."""
_TABLE = 40
"""Lines of a table, a list or the like after which a body may go on."""
_TEASER = 35
"""Words up to which a paragraph that stands alone among other lines may belong to such a line."""


def find_body(blocks: Sequence[Block], kinds: Sequence[str]) -> tuple[int, int]:
    """Return the half-open range of blocks that the body stands in, furniture within included."""
    end, listed = find_end(blocks, kinds), _find_listed(blocks)
    found, start = (0, end), 0
    best = total = run = 0.0
    for i in range(end):
        if kinds[i] == PROSE:
            total, run = total + _worth(blocks, kinds, i), 0.0
        else:
            charge: float = _CHARGES[LABEL if _is_subhead(blocks[i], kinds[i]) else kinds[i]]
            charge = 0 if listed[i] else min(charge, _DEAREST - run)
            total, run = total - charge, run + charge
        if total <= 0:
            total, start, run = 0.0, i + 1, 0.0
        elif total > best:
            best, found = total, (start, i + 1)
    return found[0], _rejoined(blocks, kinds, found[1], end)


def keep_body(blocks: Sequence[Block], kinds: Sequence[str], first: int, last: int) -> list[int]:
    """Return which blocks from *first* to *last* are the article's own words."""
    out: list[int] = []
    listed = _find_listed(blocks)
    i = first
    while i < last:
        block, kind = blocks[i], kinds[i]
        if _is_related(blocks, kinds, i):
            i = _skip_related(blocks, kinds, i + 1, last)
            continue
        until = i if listed[i] else _end_of_headlines(blocks, kinds, i, last)
        if until > i:
            i = until
            continue
        if _is_ours(block, kind, blocks[out[-1]] if out else None):
            out.append(i)
        i += 1
    return out


def find_end(blocks: Sequence[Block], kinds: Sequence[str]) -> int:
    """Return where comments and the like begin, by their label: they, too, are running text."""
    read = 0
    for i, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        if read >= 30 and block.words <= 8 and not block.is_item and is_named(block, "end"):
            return i
        if kind == PROSE:
            read += block.words
    return len(blocks)


def _worth(blocks: Sequence[Block], kinds: Sequence[str], i: int) -> float:
    """Return the words of a paragraph; fewer for a teaser under the headline of another story."""
    words = min(blocks[i].words, _MOST)
    around = [j for j in (i - 1, i + 1) if 0 <= j < len(blocks)]
    alone = len(around) == 2 and all(
        kinds[j] in (TEXT, META, NOTE) and not _is_subhead(blocks[j], kinds[j]) for j in around
    )
    return words * 0.3 if alone and words <= _TEASER and not blocks[i].is_item else words


def _rejoined(blocks: Sequence[Block], kinds: Sequence[str], last: int, end: int) -> int:
    """Return where the body ends if it goes on after a table or so: with whole paragraphs."""
    i = last
    while i < min(end, last + _TABLE) and not _parts(blocks[i], kinds[i]):
        until = i
        while until < end and kinds[until] == PROSE and not blocks[until].is_item:
            until += 1
        words = sum(block.words for block in blocks[i:until])
        if until - i >= 2 and words >= 8 * (until - i):
            last = until
        i = max(until, i + 1)
    return last


def _parts(block: Block, kind: str) -> bool:
    """Whether what follows is not the story: other stories, each with its time, or a label."""
    return kind == META or any(is_named(block, table) for table in ("related", "end"))


def _is_subhead(block: Block, kind: str) -> bool:
    """Whether a line may head a part of the story: a few words, or marked or numbered as such."""
    if kind != TEXT:
        return False
    return block.words <= 5 or block.is_heading or (block.is_item and block.mark[:-1].isdigit())


def _find_listed(blocks: Sequence[Block]) -> list[bool]:
    """Return of each block whether it is in a list that a sentence announces with its colon."""
    out, announced = [], False
    for block in blocks:
        if not block.is_item:
            announced = block.text.endswith(":") and block.words >= 3
            announced = announced and not is_named(block, "related")
        out.append(announced and block.is_item)
    return out


def _is_related(blocks: Sequence[Block], kinds: Sequence[str], i: int) -> bool:
    return kinds[i] != META and blocks[i].words <= 7 and is_named(blocks[i], "related")


def _skip_related(blocks: Sequence[Block], kinds: Sequence[str], start: int, last: int) -> int:
    """Return where the story goes on after the label of a list of others."""
    for i in range(start, last):
        long = kinds[i] == PROSE and not blocks[i].is_item
        if long and (blocks[i].words > _TEASER or i + 1 >= last or kinds[i + 1] == PROSE):
            return i
    return last


def _end_of_headlines(blocks: Sequence[Block], kinds: Sequence[str], i: int, last: int) -> int:
    """Return where a run of at least three lines like headlines, or two such items, ends."""
    j = i
    while j < last and _is_headline(blocks[j], kinds[j]) and blocks[j].is_item == blocks[i].is_item:
        j += 1
    if j - i < (2 if blocks[i].is_item else 3):
        return i
    return i if blocks[i].is_item and _has_prose(kinds, blocks, i, j) else j


def _has_prose(kinds: Sequence[str], blocks: Sequence[Block], i: int, j: int) -> bool:
    """Whether an item that reads as a sentence stands beside those from *i* to *j*."""
    return any(0 <= k < len(blocks) and blocks[k].is_item and kinds[k] == PROSE for k in (i - 1, j))


def _is_headline(block: Block, kind: str) -> bool:
    return (
        kind == TEXT
        and not block.ends
        and 4 <= block.words <= 22
        and not block.text[0].islower()
        and not block.is_quoted
        and not block.text.endswith(",")
        and not block.is_heading
        and not is_spoken(block)
    )


def _is_ours(block: Block, kind: str, before: Block | None) -> bool:
    """Whether one block within the body belongs to it."""
    if kind in (RULE, META, NOTE):
        return False
    if kind == PROSE or block.text[0].islower() or block.text.endswith(","):
        return True
    if before is not None and before.is_quoted and block.text[0] in "-–—―":
        return True  # who said what was quoted above
    if block.is_item:
        return True
    if block.words <= 4 and block.text.isupper():
        return False
    return block.ends or block.words >= 8
