"""What a block looks like: running text, a label, a date, the headline of another story."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from provenance.articles.blocks import Block, ends_sentence
from provenance.articles.bylines import find_authors, find_url
from provenance.articles.dates import is_date_line
from provenance.common.wordlists import read_tables
from provenance.model import Span

_SPEAKER = re.compile(
    r"(?:[A-Z][A-Z.'’ -]{0,40}|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})(?: ?\([^()]{1,40}\))?:\s+\S"
)
_TWO_SENTENCES = re.compile(r"[a-z0-9)\"”’]{2}[.!?][\"”’]*\s+[\"“‘]?[A-Z]")
_MARKS = re.compile(r"[^\w'’/&@-]+")
_LETTER = re.compile(r"[^\W_]")
_MARKUP = re.compile(r"<[a-z!/][^<>]*>?[.\s]*(?:<[^<>]*>[.\s]*)*", re.IGNORECASE)
_KEY = re.compile(r"(?P<key>[A-Za-z][A-Za-z -]{0,24}?)\s*:(?:\s+(?P<value>\S.*))?")
PROSE, TEXT, LABEL = "prose", "text", "label"
META, NOTE, RULE = "metadata", "note", "rule"
"""Running text; a line of words that does not end as a sentence; a few such words; a date, a
byline or an address; what the site says to the reader; nothing that can be read."""


@cache
def phrases(table: str, key: str) -> "re.Pattern[str]":
    """Return the expressions in a table of ``furniture.toml`` as one."""
    lines = read_tables("provenance.articles", "furniture.toml")[table][key]
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


def is_named(block: Block, table: str) -> bool:
    """Whether the whole of *block* is a phrase of *table*, marks and colon aside."""
    if len(block.text) > 80:
        return False
    words = _MARKS.sub(" ", block.text).strip(" -'’")
    return phrases(table, "whole").fullmatch(words) is not None


def is_note(block: Block) -> bool:
    """Whether *block* speaks to the reader for the site: sharing, cookies, credits of pictures."""
    if is_named(block, "note"):
        return True
    limit = read_tables("provenance.articles", "furniture.toml")["note"]["words"]
    if block.words > limit or len(block.text) > 20 * limit:
        return False
    return bool(
        phrases("note", "starts").match(block.text) or phrases("note", "holds").search(block.text)
    )


def parted(block: Block) -> Iterator[Block]:
    """Yield what *block* holds around rows of buttons, each part as a block of its own."""
    rows = [one.span() for one in phrases("row", "whole").finditer(block.text)]
    if not rows:
        yield block
        return
    borders = [0, *(at for row in rows for at in row), len(block.text)]
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        words = block.text[start:end]
        if text := words.strip():
            first = block.span.start + start + len(words) - len(words.lstrip())
            span = Span(first, first + len(text))
            yield Block(span, text, block.mark, len(text.split()), ends_sentence(text))


def split_key(block: Block) -> tuple[str, str, str]:
    """Return what *block* says of the article, its key and its value, as "Byline: Jane Doe" does.

    The first is the name of a field of an article, "other" for what has none, "" for no such line.
    """
    match = _KEY.fullmatch(block.text) if len(block.text) <= 400 else None
    if match is None:
        return "", "", ""
    key = match["key"].lower()
    for field, keys in read_tables("provenance.articles", "furniture.toml")["keys"].items():
        if key in keys:
            return field, key, (match["value"] or "").strip("\"'")
    return "", "", ""


def classify(blocks: Sequence[Block]) -> list[str]:
    """Return the kind of each block."""
    speakers = [_speaker(block) for block in blocks]
    turns = Counter(speakers)
    spoken = [turns[one] > 1 if one else False for one in speakers]
    transcript = sum(spoken) >= 3 and 4 * sum(spoken) >= len(blocks)
    return [
        PROSE if transcript and said else _kind(block)
        for block, said in zip(blocks, spoken, strict=True)
    ]


def _speaker(block: Block) -> str:
    """Return who speaks in *block*, as a transcript says it, else ""."""
    return block.text.partition(":")[0] if is_spoken(block) else ""


def _kind(block: Block) -> str:
    if not _LETTER.search(block.text) or (block.text[0] == "<" and _MARKUP.fullmatch(block.text)):
        return RULE
    if block.words <= 30 and is_metadata(block):
        return META
    if is_note(block):
        return NOTE
    if _is_prose(block):
        return PROSE
    return LABEL if block.words <= 4 and not block.is_item and not block.is_heading else TEXT


def _is_prose(block: Block) -> bool:
    if block.is_heading and block.words <= 25:
        return False
    if block.is_item:
        return block.words >= 12 or (block.words >= 5 and block.ends)
    if block.words >= 35 or (block.ends and block.words >= 4):
        return True
    quoted = block.is_quoted and block.text.count('"') + block.text.count("”") > 1
    return (quoted and block.words >= 5) or (
        block.words >= 10 and _TWO_SENTENCES.search(block.text) is not None
    )


def is_metadata(block: Block) -> bool:
    """Whether it is a date, a time, a byline or an address, and nothing else."""
    text = block.text
    return is_date_line(text) or bool(find_url(text)) or bool(find_authors(text))


def is_spoken(block: Block) -> bool:
    """Whether it begins with the name of who speaks and a colon, as in a transcript."""
    return _SPEAKER.match(block.text[:100]) is not None
