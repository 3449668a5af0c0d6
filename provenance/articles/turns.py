"""Transcripts and interviews: who speaks stands before a colon, or follows from the question."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from provenance.articles.blocks import Block
from provenance.articles.labels import listed, turn_label
from provenance.articles.shapes import is_metadata, is_note
from provenance.common.wordlists import read_words
from provenance.model import Span, Voice

QUESTION, ANSWER = "q", "a"
_OVER = read_words("provenance.articles", "forms.toml", "turns", "over")
_BESIDE = read_words("provenance.articles", "forms.toml", "turns", "beside")
_FEWEST = 3
"""Turns that a transcript by names has at the least."""
_LONGEST = 80
"""Words of a question."""
INTERVIEW = re.compile(
    r"\binterview|\bq ?& ?a\b|\bin conversation\b|"
    r"\b(?:spoke|speaks|talks|talked|sat down) (?:to|with|about)\b|\banswers\b.{0,30}\bquestions\b|"
    r"\bquestions (?:for|to|with)\b",
    re.IGNORECASE,
)
YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
"""What says that somebody is interviewed, and whom a question asks."""


@dataclass(slots=True)
class _Turn:
    """A turn: who takes it, where that stands, and in which blocks it is."""

    label: str
    speaker: Span | None
    cue: Span
    content: list[Span] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)


def read_turns(blocks: Sequence[Block], roles: Mapping[int, str]) -> tuple[list[Voice], set[int]]:
    """Return the turns of the transcript in *blocks*, and which blocks they stand in.

    Args:
        blocks: Those of the text.
        roles: Which of them a page shows as a question of an interview, and as an answer.
    """
    turns = _marked(blocks, roles) if roles else _labelled(blocks)
    turns = turns or _marked(blocks, _asked(blocks))
    asking = {label for label in {t.label for t in turns} if _asks(blocks, turns, label)}
    voices = []
    for turn in turns:
        if not turn.content:
            continue
        word = turn.label.lower()
        asks = turn.label in asking and (word in listed("asks") or _is_question(blocks, turn))
        voices.append(
            Voice(content=tuple(turn.content), cue=turn.cue, speaker=turn.speaker, is_asking=asks)
        )
    return voices, {i for turn in turns for i in turn.blocks}


def _labelled(blocks: Sequence[Block]) -> list[_Turn]:
    found = {i: label for i, block in enumerate(blocks) if (label := turn_label(block.text))}
    labels = {i: blocks[i].text[a:b].casefold() for i, (a, b, _) in found.items()}
    counts = Counter(labels.values())
    asked = any(one in listed("asks") for one in counts)
    answered = any(one in listed("answers") for one in counts)
    spoken = {i for i, one in labels.items() if counts[one] > 1 or (asked and answered)}
    by_name = len(spoken) >= _FEWEST and len(spoken) * 4 >= max(spoken) - min(spoken)
    if not ((asked and answered and len(found) > 1) or by_name or (asked and len(spoken) > 2)):
        return []
    first, last = min(spoken), max(spoken)
    turns: list[_Turn] = []
    for i in range(first, len(blocks)):
        block = blocks[i]
        if i in found and (i in spoken or first < i <= last + 2):
            start, end, begin = found[i]
            at = block.span.start
            speaker = Span(at + start, at + end)
            cue = Span(at + end, at + begin) if begin > end else speaker
            named = labels[i] not in listed("answers") | listed("asks")
            turn = _Turn(labels[i], speaker if named else None, cue)
            turn.blocks.append(i)
            turns.append(turn)
            _add(turn, Span(min(at + begin, block.span.end), block.span.end))
        elif turns and not _goes_on(block, turns[-1], last=i > last):
            if i > last:
                break
        elif turns:
            _add(turns[-1], block.span)
            turns[-1].blocks.append(i)
    return turns


def _asked(blocks: Sequence[Block]) -> dict[int, str]:
    """Return the questions and answers of an interview whose questions stand alone."""
    bold = [i for i, b in enumerate(blocks) if _is_bold(b.text) and b.words <= _LONGEST]
    plain = [i for i, b in enumerate(blocks) if b.text.endswith("?") and b.words <= _LONGEST]
    asked = next((one for one in (bold, plain) if _is_interview(blocks, one)), [])
    roles: dict[int, str] = {}
    for i in range(asked[0] if asked else len(blocks), len(blocks)):
        block = blocks[i]
        behind = i > asked[-1] + 1 and _is_beside(block.text)
        if i not in asked and (block.is_heading or is_note(block) or is_over(block.text) or behind):
            break
        roles[i] = QUESTION if i in asked else ANSWER
    return roles


def _is_interview(blocks: Sequence[Block], asked: Sequence[int]) -> bool:
    words = [blocks[i].text.rstrip("*_ ") for i in asked]
    questions = sum(one.endswith("?") for one in words)
    yours = sum(YOU.search(one) is not None for one in words)
    above = blocks[: asked[0]][:6] if asked else ()
    told = any(INTERVIEW.search(block.text[:2_000]) for block in above)
    quoted = any(blocks[i].is_quoted for i in asked)
    return len(asked) >= 2 and 2 * questions >= len(asked) and told and yours > 0 and not quoted


def _is_bold(words: str) -> bool:
    """Whether all of *words* stands out, by Markdown or capitals."""
    marked = words[:2] in ("**", "__") and words[-2:] == words[:2] and words.count(words[:2]) == 2
    return marked or (words.isupper() and words.endswith("?"))


def _marked(blocks: Sequence[Block], roles: Mapping[int, str]) -> list[_Turn]:
    turns: list[_Turn] = []
    for i in sorted(roles):
        span = blocks[i].span
        label = turn_label(blocks[i].text)
        begin = span.start + label[2] if label else span.start
        spoken = Span(min(begin, span.end), span.end)
        if roles[i] == QUESTION:
            asker = Span(span.start + label[0], span.start + label[1]) if label else None
            turns.append(_Turn("q", asker, span, [spoken], [i]))
            continue
        named = _answerer(blocks[i], label)
        if turns and turns[-1].label != "q" and named is None:
            _add(turns[-1], spoken)
            turns[-1].blocks.append(i)
        elif turns:
            cue = Span(named.end, begin) if named else turns[-1].content[-1]
            turns.append(_Turn("a", named, cue, [spoken], [i]))
    return turns


def _answerer(block: Block, label: tuple[int, int, int] | None) -> Span | None:
    """Return where an answer names who gives it."""
    word = block.text[label[0] : label[1]].lower() if label else ""
    if label is None or word in listed("answers") | listed("asks"):
        return None
    return Span(block.span.start + label[0], block.span.start + label[1])


def _add(turn: _Turn, span: Span) -> None:
    if span.start < span.end:
        turn.content.append(span)


def is_over(words: str) -> bool:
    """Whether *words* are about the interview that they stand below."""
    return any(one in words.casefold() for one in _OVER) or words.startswith(("(", "["))


def _is_beside(words: str) -> bool:
    """Whether *words* behind the last answer say what others answered: "declined to comment"."""
    return any(one in words.casefold() for one in _BESIDE)


def _goes_on(block: Block, turn: _Turn, *, last: bool) -> bool:
    """Whether *block*, which has no label, belongs to the turn before it."""
    if is_note(block) or is_metadata(block) or block.is_heading:
        return False
    if not last:
        return True
    name = turn.label.split()[-1]
    over = is_over(block.text) or _is_beside(block.text)
    return not (over or (len(name) > 2 and name in block.text.casefold()))


def _is_question(blocks: Sequence[Block], turn: _Turn) -> bool:
    return blocks[turn.blocks[-1]].text.rstrip('"”*_ ').endswith("?")


def _asks(blocks: Sequence[Block], turns: Sequence[_Turn], label: str) -> bool:
    """Whether whoever has *label* is there to ask: by that word, or by asking mostly."""
    own = [turn for turn in turns if turn.label == label]
    if label.lower() in listed("asks"):
        return True
    return 2 * sum(_is_question(blocks, turn) for turn in own) > len(own)
