"""Which claims of one article say the same, as far as their words tell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provenance.graph.saying import is_unsaid
from provenance.graph.words import words
from provenance.model import Claim, SourceGraph, Span
from provenance.stemming import denied_in, kin, said, stems

_SHARED = 3
"""Stems that two claims have in common at the least, unless they have no others."""
_HELD = 0.6
"""How much of the shorter of two claims the longer holds at the least."""
_LONGER = 4
"""How many times as long as another a claim may be before more must be in common."""


@dataclass(frozen=True, slots=True)
class Sense:
    """The telling words of a claim: all, those that are no names, those denied, its numbers."""

    stems: frozenset[str]
    said: frozenset[str]
    denied: frozenset[str]
    numbers: frozenset[str]


def sense_of(text: str) -> Sense:
    """Return what *text* says, as far as its words tell."""
    own = frozenset(stems(text))
    numbers = frozenset(stem for stem in own if stem[0].isdigit())
    return Sense(own, said(text) & own, denied_in(text), numbers)


def alike(one: Sense, other: Sense, *, least: int = 2) -> bool:
    """Whether two claims say the same.

    Args:
        one: What the one says.
        other: What the other says.
        least: How many words they have in common that are no names.
    """
    if one.stems == other.stems:
        return bool(one.stems) and not one.denied ^ other.denied
    mine, theirs = _common(one.stems, other.stems), _common(other.stems, one.stems)
    shared = min(len(mine), len(theirs))
    sizes = sorted((len(one.stems), len(other.stems)))
    needed = _SHARED + (least > 1 and sizes[1] > _LONGER * sizes[0])
    wholly = least < 2 and shared == sizes[0] > 1  # what one source says at length and in short
    if not wholly and (shared < needed or shared < _HELD * sizes[0]):
        return False
    if min(len(mine & one.said), len(theirs & other.said)) < least:
        return False
    against = one.numbers - other.numbers and other.numbers - one.numbers
    return not against and not (one.denied ^ other.denied) & (mine | theirs)


def overlap(one: Sense, other: Sense) -> float:
    """Return how much of *one* is in *other*, between 0 and 1."""
    return len(_common(one.stems, other.stems)) / len(one.stems) if one.stems else 0.0


def _common(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Return the stems of *one* that *other* has, or such as mean much the same."""
    others = {number for stem in other for number in kin(stem)}
    return frozenset(stem for stem in one if stem in other or kin(stem) & others)


def firsts_of(graph: SourceGraph) -> dict[str, str]:
    """Return for each claim the first that says the same, which may be itself.

    What is only denied or doubted says the same as nothing else.
    """
    senses = {claim.id: sense_of(claim.text) for claim in graph.claims}
    groups: list[list[Claim]] = []
    first: dict[str, str] = {}
    for claim in graph.claims:
        alone = is_unsaid(graph, claim)
        match = None if alone else _match(claim, groups, senses)
        first[claim.id] = match[0].id if match else claim.id
        if match:
            match.append(claim)
        elif not alone:
            groups.append([claim])
    for pair in (*_borne_out(graph), *_wholly_told(graph, senses)):
        kept, joined = sorted((first[one] for one in pair), key=list(senses).index)
        first = {id: kept if leader == joined else leader for id, leader in first.items()}
    return first


def _match(
    claim: Claim, groups: Sequence[list[Claim]], senses: dict[str, Sense]
) -> list[Claim] | None:
    """Return the first group of which some claim says the same as *claim*.

    Of what one source says twice, fewer words must be the same.
    """
    for group in groups:
        again = any({*claim.sources} & {*other.sources} for other in group)
        least = 1 if again else 2
        if any(alike(senses[claim.id], senses[other.id], least=least) for other in group):
            return group
    return None


def _borne_out(graph: SourceGraph) -> list[tuple[str, str]]:
    """Return pairs of a claim and that which it bears out: "... This is evidenced by data ..."."""
    pairs = []
    for outer in graph.claims:
        for span in outer.content[1:]:
            if _bears_out(graph, span):
                inner = [
                    c
                    for c in graph.claims
                    if c is not outer and any(s in span for s in c.content[:1])
                ]
                pairs += [(one.id, outer.id) for one in inner]
    return pairs


def _wholly_told(graph: SourceGraph, senses: dict[str, Sense]) -> list[tuple[str, str]]:
    """Return pairs of a claim and of one within it that is all it says: "a memo shows that ..."."""
    by_content = {claim.content: claim for claim in graph.claims}
    pairs = []
    for inner in graph.attributions:
        told = by_content.get(inner.content)
        if told is None or not inner.cue or is_unsaid(graph, told):
            continue
        for outer in graph.claims:
            if outer is told or is_unsaid(graph, outer):
                continue
            if any(inner.cue[0] in span for span in outer.content):
                frame = stems(" ".join(_quoted(graph, (*inner.source, *inner.cue))))
                if not senses[outer.id].stems - {*frame} - senses[told.id].stems:
                    pairs.append((told.id, outer.id))
    return pairs


def _quoted(graph: SourceGraph, spans: Iterable[Span]) -> Iterator[str]:
    for span in spans:
        try:
            yield graph.article.quote(span)
        except KeyError:  # the text was withheld, and these words with it
            yield ""


def _bears_out(graph: SourceGraph, span: Span) -> bool:
    begin = " ".join(_quoted(graph, (span,))).casefold().split()[:5]
    return (
        len(begin) > 2
        and begin[0] in words("bearing", "pointing")
        and begin[1] in words("bearing", "being")
        and any(word in words("bearing", "out") for word in begin[2:])
    )
