"""Whether what somebody says can be read without its sentence, or was cut out of it."""

import re
from collections.abc import Iterable
from typing import Final

from provenance.graph.cue_words import words
from provenance.model import Attribution, SourceGraph, Span

_OPENING: Final = "\"'“‘«"
_MARKS: Final = "\"'“”‘’«»)]"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PARTING: Final = tuple(",—–")
_BEFORE: Final = 40
_ENDS: Final = tuple(".,;:!?—–")
_ASIDE = re.compile(r",\s*\w+ing\b")
_DASH = re.compile(r"[—–]|\s--?\s")


def is_cut(graph: SourceGraph, one: Attribution) -> bool:
    """Whether what *one* tells is no whole clause: without a subject, or cut at a word.

    "which she said *was sold*", "*Neither the review*, he said, mentions ...". Such a claim is told
    by its sentence.
    """
    text = graph.article.text
    if not text or not one.content or not one.cue:
        return False
    pieces = sorted(one.content)
    parts = [text[piece.start : piece.end] for piece in pieces]
    return (
        _is_relative(text, one, pieces)
        or any(_is_scrap(text, one, piece) for piece in pieces)
        or any(_is_torn(text, piece, _own_spans(one)) for piece in pieces)
        or any(_is_open(part) for part in parts)
        or _is_mixed(parts)
        or _begins_within(text, one, pieces[0])
        or _goes_on(text, one, pieces)
        or _is_broken(graph, one, pieces[-1])
        or _is_half(parts)
        or _runs_on(graph, one)
    )


def _own_spans(one: Attribution) -> list[Span]:
    """Return all that stands of a statement in its sentence."""
    return [*one.content, *one.source, *one.cue, *one.speakers, *one.route, *one.basis]


def _is_torn(text: str, span: Span, own: Iterable[Span] = ()) -> bool:
    """Whether *span* ends in the middle of something: the next word belongs to it.

    Args:
        text: Of the article.
        span: What is told.
        own: What may follow it: the words that tell it.
    """
    if _last_of(text[span.start : span.end]) in words("standing", "dangling"):
        return True
    at = span.end
    while at < len(text) and text[at] in _MARKS:
        at += 1
    rest = text[at : at + _BEFORE]
    if rest[:1] == "-" and rest[1:2].isalnum():
        return True
    if text[span.start : at].rstrip(_MARKS + " ")[-1:] in _ENDS or not rest[:1].isspace():
        return False
    gap = len(rest) - len(rest.lstrip())
    found = _WORD.match(rest[gap:].lstrip(_OPENING))
    if "\n" in rest[:gap] or found is None or _may_follow(found[0]):
        return False
    begins = [at + gap]
    if found[0].casefold() in words("telling", "auxiliaries"):
        begins.append(at + gap + len(found[0]) + 1)
    return not any(one.start <= begin < one.end for one in own for begin in begins)


def _last_of(part: str) -> str:
    """Return the word that *part* ends with, "" where it ends with a mark."""
    tail = part.rstrip(" \t")
    last = tail.split()[-1] if tail else ""
    found = _WORD.findall(last)
    return found[-1].casefold() if found and last.endswith(found[-1]) else ""


def _may_follow(word: str) -> bool:
    word = word.casefold()
    return word in words("standing", "following") or word.endswith(_ending())


def _ending() -> tuple[str, ...]:
    return tuple(sorted(words("standing", "endings")))


def _is_open(part: str) -> bool:
    """Whether quotation marks are opened within *part* and never closed, or the other way round.

    A quotation of several paragraphs closes the last of them only.
    """
    curly = part.count("“") - part.count("”")
    if part[:1] in _OPENING:
        return curly < 0
    ends = part.rstrip()
    if ends.endswith("”"):  # it was opened before: in another sentence
        return curly not in (0, -1)
    return curly != 0 or (part.count('"') % 2 == 1 and not ends.endswith('"'))


def _is_mixed(parts: list[str]) -> bool:
    """Whether behind a quotation stands what it is about: "“No,” he said *of the tweets*"."""
    others = [part for part in parts if part[:1] not in _OPENING]
    return parts[0][:1] in _OPENING and any(
        words("telling", "auxiliaries").isdisjoint(_WORD.findall(part.casefold()))
        for part in others
    )


def is_apart(graph: SourceGraph, one: Attribution, span: Span) -> bool:
    """Whether a quotation stands behind a dash, and is another's: "Lee denies — “No,” ..."."""
    text = graph.article.text
    end = max(one.cue).end if one.cue else span.start
    return (
        end < span.start
        and text[span.start] in _OPENING
        and bool(_DASH.search(text[end : span.start]))
    )


def _is_relative(text: str, one: Attribution, pieces: list[Span]) -> bool:
    """Whether it is told of what stands before: "who, officials say, has prepared"."""
    first = _WORD.search(text, pieces[0].start, pieces[-1].end)
    if first is None:
        return True
    begin = min([*one.source, *one.cue]).start
    if pieces[0].start < begin and first[0].casefold() in words("standing", "relative"):
        return True
    bare = {text[piece.start : piece.end].strip().casefold() for piece in pieces}
    if len(pieces) > 1 and not bare.isdisjoint(words("topics", "bare")):
        return True
    quoted = text[pieces[0].start] in _OPENING
    asked = (
        text[: pieces[-1].end].rstrip(_MARKS).endswith("?")
        or text[pieces[-1].end : pieces[-1].end + 1] == "?"
    )
    if first[0].casefold() in words("telling", "auxiliaries") and not quoted and not asked:
        return True
    before = text[max(0, begin - _BEFORE) : begin]
    return (
        _last_of(before) in words("standing", "relative")
        and not quoted
        and pieces[0].start > begin
        and not _has_preposition(before)
    )


def _has_preposition(before: str) -> bool:
    found = _WORD.findall(before)
    return len(found) > 1 and found[-2].casefold() in words("standing", "prepositions")


def _is_scrap(text: str, one: Attribution, piece: Span) -> bool:
    """Whether one of several pieces says nothing, or is a part of another sentence."""
    part = text[piece.start : piece.end].strip()
    told = [word.casefold() for word in _WORD.findall(part)]
    if len(one.content) > 1 and words("standing", "following").issuperset(told):
        return True
    if one.sentence.overlaps(piece) or part[:1] in _OPENING or not part:
        return False
    before = text[max(0, piece.start - _BEFORE) : piece.start].rstrip(" \t" + _MARKS)
    begins = not before or before[-1] in ".!?:\n"
    after = text[piece.end : piece.end + _BEFORE].lstrip(_MARKS)
    ends = part[-1] in ".!?" or after[:1] in (".", "!", "?", "\n", "")
    return not (begins and ends)


def _begins_within(text: str, one: Attribution, first: Span) -> bool:
    """Whether what is told before its verb begins in the middle of something."""
    if first.start > min(one.cue).start:
        return False
    before = text[max(0, first.start - _BEFORE) : first.start].rstrip(_OPENING + "([")
    stripped = before.rstrip(" \t")
    if not stripped or not stripped[-1].isalnum():
        return stripped[-1:] == "-" and stripped == before
    return _last_of(stripped) not in words("standing", "following")


def _goes_on(text: str, one: Attribution, pieces: list[Span]) -> bool:
    """Whether its sentence goes on behind the verb: "Neither, he said, mentions it"."""
    end = max(span.end for span in (*one.cue, *one.source, *one.speakers))
    if end != max(one.cue).end or any(piece.end > end for piece in pieces):
        return False
    return _continues(text[end : one.sentence.end])


def _is_broken(graph: SourceGraph, one: Attribution, last: Span) -> bool:
    """Whether a verb parts the *last* of it from what follows: "the ward, he added, is shut"."""
    text = graph.article.text
    rest = text[last.end : one.sentence.end]
    if not rest.startswith(","):
        return False
    begin = last.end + len(rest) - len(rest[1:].lstrip())
    parting = [
        other
        for other in graph.attributions
        if other.source and other.cue and min(other.source).start == begin
        if max(other.source).end <= max(other.cue).start
    ]
    ends = (max(span.end for span in (*other.source, *other.cue)) for other in parting)
    return any(_continues(text[end : one.sentence.end]) for end in ends)


def _continues(rest: str) -> bool:
    """Whether a clause goes on in *rest* behind its comma or dash."""
    rest = rest.lstrip()
    found = _WORD.match(rest[1:].lstrip()) if rest[:1] in _PARTING else None
    return found is not None and found[0].islower() and not _may_follow(found[0])


def _is_half(parts: list[str]) -> bool:
    """Whether it is but the condition of something: "if the pier is unsafe"."""
    first = parts[0].casefold().partition(" ")[0]
    half = len(parts) == 1 and first in words("standing", "subordinating")
    return half and "," not in parts[0].rstrip(",")


def _runs_on(graph: SourceGraph, one: Attribution) -> bool:
    """Whether what somebody else says behind it was taken for a part: "..., calling it a lie"."""
    text = graph.article.text
    if not any(_ASIDE.search(text[piece.start : piece.end]) for piece in one.content):
        return False

    def inside(span: Span) -> bool:
        return any(span in piece for piece in one.content)

    return any(
        inside(cue)
        and text[cue.start : cue.end].endswith("ing")
        and text[max(0, cue.start - _BEFORE) : cue.start].rstrip().endswith(",")
        and bool(other.source)
        and not any(inside(span) for span in other.source)
        for other in graph.attributions
        if one.sentence.overlaps(other.sentence)
        for cue in other.cue[:1]
    )
