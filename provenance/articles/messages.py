"""Messages within a text: what was forwarded, and what is answered to, with who wrote it."""

import re
from collections.abc import Sequence

from provenance.articles.blocks import Block
from provenance.articles.labels import name_end
from provenance.articles.shapes import is_metadata, is_note
from provenance.model import Span, Voice

_KEY = re.compile(
    r"[*_]{0,2}(?P<key>from|sent|date|to|cc|bcc|subject|reply-to)[*_]{0,2}:[*_]{0,2}[ \t]",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"[-_=* ]{0,20}(?:begin )?(?:forwarded|original|weitergeleitete)(?: (?:message|mail|e-mail))"
    r"(?: follows)?:?[-_=* ]{0,20}",
    re.IGNORECASE,
)
_WROTE = re.compile(r"[^\n<>:]{0,10}\b(?:wrote|writes|schrieb)\s?:$")
_NAME = re.compile(r"(?:.*(?:\d{4},?|\d[ap]m,?|[AP]M,?|\d{2}:\d{2},?|\bat|UTC,?|\+\d{4}\)?,?)\s)?")
_FEWEST = 2
"""Lines such as "Date: ..." that the head of a message has at the least."""


def read_messages(blocks: Sequence[Block]) -> tuple[list[Voice], set[int], set[int]]:
    """Return the messages in *blocks* with who wrote them.

    Also which blocks their words stand in, and which are lines about them alone.
    """
    found: list[tuple[list[int], Span, Span]] = []
    spoken: set[int] = set()
    struck: set[int] = set()
    i = 0
    while i < len(blocks):
        until, speaker, about = _head(blocks, i)
        if until == i:
            i += 1
            continue
        quoted = about and blocks[until : until + 1] and blocks[until].mark.startswith(">")
        own = _content(blocks, until, quoted=bool(quoted))
        if speaker is not None and own:
            found.append((own, blocks[until - 1].span, speaker))
            spoken |= set(own)
            struck |= set(range(i, until))
        i = until
    voices = [
        Voice(content=tuple(blocks[k].span for k in own), cue=cue, speaker=speaker)
        for own, cue, speaker in found
    ]
    return voices, spoken - struck, struck


def _head(blocks: Sequence[Block], i: int) -> tuple[int, Span | None, bool]:
    """Return where the head of a message that begins at *i* ends, whom it names, and if it quotes.

    Where none begins it ends at *i*.
    """
    block = blocks[i]
    if _WROTE.search(block.text[-60:]) and block.words <= 40:
        return i + 1, _writer(block), True
    at = i + 1 if _RULE.fullmatch(block.text) else i
    keys: dict[str, Block] = {}
    end = at
    while end < len(blocks) and (match := _KEY.match(blocks[end].text)):
        keys.setdefault(match["key"].lower(), blocks[end])
        end += 1
    if i == 0 or "from" not in keys or len(keys) < _FEWEST:
        return i, None, False
    found = keys["from"]
    key = _KEY.match(found.text)
    assert key is not None
    return end, _named(found, key.end()), False


def _writer(block: Block) -> Span | None:
    """Return who wrote, by "On 4 March 2024 at 09:12, Conrad Bell <c@bell.example> wrote:"."""
    match = _NAME.match(block.text)
    return _named(block, match.end() if match else 0)


def _named(block: Block, start: int) -> Span | None:
    text = block.text[start:]
    skipped = len(text) - len(text.lstrip(" \"'*<"))
    end = name_end(text[skipped:])
    if not end and "@" in text:
        end = len(re.split(r"[\s>]", text[skipped:])[0])
    if not end:
        return None
    name = text[skipped : skipped + end].rstrip("\"'*")
    at = block.span.start + start + skipped
    return Span(at, at + len(name))


def _content(blocks: Sequence[Block], first: int, *, quoted: bool) -> list[int]:
    """Return the blocks of a message that begins at *first*; all the rest, or what is *quoted*."""
    out: list[int] = []
    for i in range(first, len(blocks)):
        block = blocks[i]
        if quoted and not block.mark.startswith(">"):
            break
        if not (is_metadata(block) or is_note(block)) and (block.ends or block.words >= 8):
            out.append(i)
    return out
