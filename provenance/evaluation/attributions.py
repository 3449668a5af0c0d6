"""Score attributions against annotated ones, as is usual for PolNeAR.

Spans are compared word by word; punctuation at their edges does not matter. Each piece of a broken
span counts by itself, as BIO tags would have it (Wang et al., COLING 2022). Whole attributions are
matched one to one, as many as can be (Kuhn's algorithm): their cues share a word, so do their
sources, and at least half of the words of both contents are in common. A role that one side lacks
must be lacking in the other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from provenance.evaluation.brat import ROLES, Annotated, Offsets
from provenance.evaluation.tally import Tally

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_MARKS: Final = "\"“”‘’«»„'"
_ALIKE: Final = 0.5  # Jaccard index of contents
EXACT, BEGIN, OVERLAP, WHOLE, QUOTED = "exact", "begin", "overlap", "attribution", "quoted"


@dataclass(frozen=True, slots=True)
class Annotations:
    """What is annotated in one text, or predicted for it.

    Attributes:
        pieces: By role, pieces of spans as offsets in code points.
        attributions: What belongs together.
    """

    pieces: Mapping[str, Sequence[Offsets]]
    attributions: Sequence[Annotated]


def annotations_of(attributions: Iterable[Annotated]) -> Annotations:
    """Return *attributions* with no piece beyond theirs."""
    kept = list(attributions)
    pieces = {
        role: sorted({piece for one in kept for piece in getattr(one, role.lower())})
        for role in ROLES
    }
    return Annotations(pieces, kept)


def score_attributions(
    text: str, gold: Annotations, predicted: Annotations
) -> dict[tuple[str, str], Tally]:
    """Return tallies by kind of match and role, for one text.

    The keys are (`EXACT` | `BEGIN` | `OVERLAP`, role), (`WHOLE`, "") and, of the attributions whose
    content is wholly quoted, (`QUOTED`, ""), which has recall only.
    """
    words = _Words(text)
    tallies: dict[tuple[str, str], Tally] = {}
    for role in ROLES:
        wanted = words.runs(gold.pieces.get(role, ()))
        found = words.runs(predicted.pieces.get(role, ()))
        tallies |= {(kind, role): tally for kind, tally in _spans(wanted, found).items()}
    golds = [_token_sets(words, one) for one in gold.attributions]
    ours = [_token_sets(words, one) for one in predicted.attributions]
    tallies[WHOLE, ""] = Tally(len(_matched(ours, golds)), len(ours), len(golds))
    quoted = [
        sets
        for one, sets in zip(gold.attributions, golds, strict=True)
        if _is_quoted(text, one.content) and all(sets.values())
    ]
    tallies[QUOTED, ""] = Tally(len(_matched(ours, quoted)), 0, len(quoted))
    return tallies


def _spans(wanted: set[Offsets], found: set[Offsets]) -> dict[str, Tally]:
    begins, ours = ({first for first, _ in runs} for runs in (wanted, found))
    return {
        EXACT: Tally(len(wanted & found), len(found), len(wanted)),
        BEGIN: Tally(len(begins & ours), len(ours), len(begins)),
        OVERLAP: Tally(_overlapping(wanted, found), len(found), len(wanted)),
    }


class _Words:
    """The tokens of a text, and which of them a range of characters holds."""

    def __init__(self, text: str) -> None:
        self._is_word: list[bool] = []
        self._at: dict[int, int] = {}
        for number, match in enumerate(_TOKEN.finditer(text)):
            self._is_word.append(match[0][0].isalnum())
            self._at.update(dict.fromkeys(range(*match.span()), number))

    def run(self, piece: Offsets) -> Offsets | None:
        """Return first and last token of *piece* less the punctuation at its edges."""
        inside = [self._at[at] for at in range(*piece) if at in self._at]
        if not inside:
            return None
        words = [n for n in range(inside[0], inside[-1] + 1) if self._is_word[n]]
        kept = words or inside
        return kept[0], kept[-1]

    def runs(self, pieces: Iterable[Offsets]) -> set[Offsets]:
        """Return the runs of tokens of *pieces*; such as overlap are one."""
        joined: list[Offsets] = []
        for first, last in sorted({run for piece in pieces if (run := self.run(piece))}):
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], last))
            else:
                joined.append((first, last))
        return set(joined)

    def tokens(self, pieces: Iterable[Offsets]) -> frozenset[int]:
        """Return the words in *pieces*; of a piece without one its punctuation."""
        found: set[int] = set()
        for first, last in (run for piece in pieces if (run := self.run(piece))):
            whole = range(first, last + 1)
            found |= {n for n in whole if self._is_word[n]} or set(whole)
        return frozenset(found)


_Sets = dict[str, frozenset[int]]


def _token_sets(words: _Words, one: Annotated) -> _Sets:
    return {role: words.tokens(getattr(one, role.lower())) for role in ROLES}


def _agree(ours: _Sets, gold: _Sets) -> bool:
    for role in ("Cue", "Source"):
        if bool(ours[role]) != bool(gold[role]) or (gold[role] and not ours[role] & gold[role]):
            return False
    mine, theirs = ours["Content"], gold["Content"]
    if not mine or not theirs:
        return not mine and not theirs
    return len(mine & theirs) / len(mine | theirs) >= _ALIKE


def _matched(ours: Sequence[_Sets], golds: Sequence[_Sets]) -> dict[int, int]:
    """Return the largest one-to-one matching, from gold to ours."""
    fits = [[g for g, gold in enumerate(golds) if _agree(one, gold)] for one in ours]
    owner: dict[int, int] = {}

    def place(mine: int, seen: set[int]) -> bool:
        for gold in fits[mine]:
            if gold not in seen:
                seen.add(gold)
                if gold not in owner or place(owner[gold], seen):
                    owner[gold] = mine
                    return True
        return False

    for mine in range(len(ours)):
        place(mine, set())
    return owner


def _overlapping(wanted: set[Offsets], found: set[Offsets]) -> int:
    """Return how many runs of *wanted* share a token with one of *found* that is theirs alone."""
    free = sorted(found)
    count = 0
    for first, last in sorted(wanted):
        hit = next((run for run in free if run[0] <= last and first <= run[1]), None)
        if hit is not None:
            free.remove(hit)
            count += 1
    return count


def _is_quoted(text: str, pieces: Sequence[Offsets]) -> bool:
    """Whether every piece stands in quotation marks from end to end."""
    cut = [text[start:end].strip().rstrip(",.") for start, end in pieces]
    return bool(cut) and all(len(c) > 1 and c[0] in _MARKS and c[-1] in _MARKS for c in cut)
