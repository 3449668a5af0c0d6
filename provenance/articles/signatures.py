"""Quotations whose speaker stands on a line of their own: a signature below, a name above."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from provenance.articles.blocks import Block
from provenance.articles.bylines import find_authors
from provenance.articles.dates import find_date
from provenance.articles.labels import DASHES, heading, name_end, signature, turn_label
from provenance.model import Span, Voice

SAID, SIGNED = "c", "s"
_CLOSE = '”»"’'
_OPEN = re.compile(r"[“„«\"‘]|''|``")
_HANDLE = re.compile(r"\(?@\w")
_POST = re.compile(r", (?P<post>post(?: on (?P<on>[A-Z]\w*(?: Social)?))? by [^,]{1,80})(?=,|$)")
_SIGNED = re.compile(r"\s*[-–—―~]{1,2}\s*(?=\S)|\s+\((?=[^()]{3,80}\)\.?$)")


def read_signed(
    blocks: Sequence[Block], roles: Mapping[int, tuple[int, str]]
) -> tuple[list[Voice], set[int]]:
    """Return the quotations in *blocks* that somebody is named beside, and where these stand.

    Args:
        blocks: Those of the text.
        roles: Which of them a page shows as a quotation or its signature, and of which.
    """
    reading = _Reading(blocks)
    for number in sorted({number for number, _ in roles.values()}):
        own = [i for i, (one, _) in sorted(roles.items()) if one == number]
        reading.shown(
            [i for i in own if roles[i][1] == SAID], [i for i in own if roles[i][1] != SAID]
        )
    for i in range(len(blocks)):
        if i not in reading.used:
            reading.signed_within(i) or reading.signed_below(i)
    reading.headed()
    return reading.voices, reading.used


class _Reading:
    """What was found so far in *blocks*."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.voices: list[Voice] = []
        self.used: set[int] = set()

    def shown(self, said: list[int], signed: list[int]) -> None:
        """Take in what a page shows as a quotation with its signature."""
        if not said or not signed:
            return
        block = self.blocks[signed[0]]
        found = _named(block.text) or signature(block.text)
        if found:
            self._add(said, signed[0], found)
            self.voices[-1] = _with_post(self.voices[-1], block)

    def signed_within(self, i: int) -> bool:
        """Take in a quotation with its signature behind it on the same line."""
        block = self.blocks[i]
        close = max(block.text.rfind(mark) for mark in _CLOSE)
        quoted = block.is_quoted or (i > 0 and _is_open(self.blocks[i - 1]))
        mark = _SIGNED.match(block.text, close + 1) if close > 0 and quoted else None
        if mark is None:
            return False
        tail = block.text[mark.end() :].rstrip(").")
        found = signature(f"— {tail}") if "(" not in mark.group() else signature(tail)
        if found is None or (name_end(tail) == 0 and "(" in mark.group()):
            return False
        start = block.span.start + mark.end() - (2 if "(" not in mark.group() else 0)
        content = [*self._before(i), Span(block.span.start, block.span.start + close + 1)]
        self._voice(content, Span(start + found[0], start + found[1]), mark, i)
        self.used |= {i}
        return True

    def signed_below(self, i: int) -> bool:
        """Take in a signature on a line of its own, under a quotation."""
        block = self.blocks[i]
        if i == 0 or i - 1 in self.used or block.is_heading:
            return False
        dashed = (block.mark or block.text)[:1] in DASHES
        above = self.blocks[i - 1]
        found = signature(block.text if not block.mark else f"— {block.text}")
        if found is None:
            return False
        if block.mark:
            found = (found[0] - 2, found[1] - 2)
        whole = above.is_quoted and above.text.rstrip()[-1:] in _CLOSE
        post = _HANDLE.search(block.text) is not None
        titled = "," in block.text[found[1] :][:1] and len(block.text[: found[1]].split()) > 1
        if not ((dashed and (whole or _is_open(above) or post)) or (whole and titled)):
            return False
        self._add([*self._indexes_before(i - 1), i - 1], i, found)
        return True

    def headed(self) -> None:
        """Take in what stands under a line that names who says it."""
        free = [i for i in range(len(self.blocks) - 1) if i not in self.used]
        found = {i: one for i in free if (one := heading(self.blocks[i].text))}
        bylines = [i for i in found if find_authors(self.blocks[i].text)]
        if len(bylines) == 1:  # of the whole text; several stand each over a piece of its own
            del found[bylines[0]]
        quoted = {i for i in found if self.blocks[i + 1].is_quoted and i + 1 not in self.used}
        kinds = Counter(_shape(self.blocks[i]) for i in quoted)
        for i in sorted(found):
            start, end, announced = found[i]
            alone = i in quoted and (announced or kinds[_shape(self.blocks[i])] > 1)
            stated = announced and "tatement" in self.blocks[i].text and self._is_colon(i)
            if alone or stated:
                content = self._under(i + 1, quoted=i in quoted, stops=set(found))
                if content:
                    self._add(content, i, (start, end))
        for i in range(1, len(self.blocks)):  # the first is a headline: "Lee: ‘It is over’"
            self._label_within(i)

    def _label_within(self, i: int) -> None:
        """Take in "Conrad Bell: “The rules ...”"."""
        block = self.blocks[i]
        label = turn_label(block.text) if i not in self.used else None
        if label is None or not _OPEN.match(block.text, label[2]):
            return
        if block.text.rstrip()[-1:] not in _CLOSE or len(block.text[: label[1]].split()) < 2:
            return
        at = block.span.start
        speaker = Span(at + label[0], at + label[1])
        content = (Span(at + label[2], block.span.end),)
        cue = Span(speaker.end, at + label[2])
        self.voices.append(Voice(content=content, cue=cue, speaker=speaker))
        self.used.add(i)

    def _is_colon(self, i: int) -> bool:
        return self.blocks[i].text.rstrip().endswith(":")

    def _under(self, first: int, *, quoted: bool, stops: set[int]) -> list[int]:
        """Return the blocks that the line above *first* announces."""
        out: list[int] = []
        for i in range(first, len(self.blocks)):
            block = self.blocks[i]
            if i in stops or i in self.used or block.is_heading:
                break
            if quoted and not (block.is_quoted or (out and _is_open(self.blocks[i - 1]))):
                break
            out.append(i)
            if not quoted:
                break
        return out

    def _before(self, i: int) -> list[Span]:
        return [self.blocks[k].span for k in self._indexes_before(i)]

    def _indexes_before(self, i: int) -> list[int]:
        """Return the blocks before *i* in which the quotation that ends there began."""
        out: list[int] = []
        while i > 0 and i - 1 not in self.used and _is_open(self.blocks[i - 1]):
            i -= 1
            out.insert(0, i)
        return out

    def _add(self, said: list[int], named: int, found: tuple[int, int]) -> None:
        start = self.blocks[named].span.start
        speaker = Span(start + found[0], start + found[1])
        content = tuple(self.blocks[i].span for i in said)
        self.voices.append(Voice(content=content, cue=self.blocks[named].span, speaker=speaker))
        self.used |= {*said, named}

    def _voice(self, content: list[Span], speaker: Span, mark: re.Match[str], i: int) -> None:
        start = self.blocks[i].span.start
        cue = Span(start + mark.start(), start + mark.end())
        self.voices.append(Voice(content=tuple(content), cue=cue, speaker=speaker))


def _with_post(voice: Voice, block: Block) -> Voice:
    """Return *voice* with what a line on a post says of it."""
    match = _POST.search(block.text)
    if match is None:
        return voice
    start = block.span.start
    post = Span(start + match.start("post"), start + match.end("post"))
    channel = Span(start + match.start("on"), start + match.end("on")) if match["on"] else None
    date = find_date(block.text[match.end() :])
    return replace(voice, post=post, channel=channel, date=date)


def _named(words: str) -> tuple[int, int] | None:
    """Return where a name stands at the start of *words*, which a page shows as a signature."""
    skipped = len(words) - len(words.lstrip(DASHES + " "))
    end = name_end(words[skipped:])
    return (skipped, skipped + end) if end else None


def _is_open(block: Block) -> bool:
    """Whether a quotation begins with *block* and does not end in it."""
    opened = _OPEN.match(block.text)
    return opened is not None and not any(mark in block.text[1:] for mark in _CLOSE[:3])


def _shape(block: Block) -> tuple[bool, bool, bool]:
    """Return by what the lines over statements are alike; headings are so by their type."""
    colon = block.text.rstrip().endswith(":")
    return block.is_heading, colon, "," in block.text and not block.is_heading
