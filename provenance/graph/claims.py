"""What the claims of one article say: who says it, who is against it, and which say the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from provenance.common.stemming import denied_in, kin, said, stems
from provenance.graph.cue_words import words
from provenance.graph.nearing import HELD, SHARED, Near, Places
from provenance.model import (
    Attribution,
    Certainty,
    Claim,
    Objection,
    Point,
    SourceGraph,
    Span,
    Stance,
)


@lru_cache(maxsize=8)
def against(graph: SourceGraph) -> Mapping[str, frozenset[str]]:
    """Return by the id of each claim those of its sources that deny or doubt it.

    Whoever "denied that" or "cast doubt on" something did not say it: nobody has it from there. A
    claim that is denied as a whole, as an outlet takes it back, nobody says.
    """
    told: dict[object, list[Attribution]] = {}
    for one in graph.attributions:
        told.setdefault(one.content, []).append(one)
    return {claim.id: _against(claim, told.get(claim.content, ())) for claim in graph.claims}


def saying(graph: SourceGraph, claim: Claim) -> tuple[str, ...]:
    """Return the sources of *claim* that say so."""
    return tuple(id for id in claim.sources if id not in against(graph)[claim.id])


def is_unsaid(graph: SourceGraph, claim: Claim) -> bool:
    """Whether whoever speaks of *claim* only denies or doubts it."""
    return claim.certainty is Certainty.DENIED or bool(claim.sources and not saying(graph, claim))


def unsaid_by(graph: SourceGraph, point: Point) -> tuple[str, ...]:
    """Return who denies or doubts *point*, of which nobody else speaks; nobody of any other."""
    if point.lines:
        return ()
    turned = against(graph)
    return tuple(dict.fromkeys(id for one in point.claims for id in sorted(turned[one])))


def objections(
    graph: SourceGraph, claims: Sequence[Claim], disputes: Sequence[int]
) -> tuple[Objection, ...]:
    """Return who denies or doubts *claims*, on which these *disputes* of *graph* bear.

    Whoever says one of them, too, does neither; whoever denies them does not only doubt them.
    """
    makers = {id for claim in claims for id in saying(graph, claim)}
    found: dict[str, Objection] = {}
    for one in (*_disputing(graph, disputes), *_turning(graph, claims)):
        known = found.setdefault(one.source, one)
        if known.stance is Stance.DOUBTS and one.stance is Stance.DENIES:
            found[one.source] = one
    others = (one for id, one in found.items() if id not in makers)
    return tuple(sorted(others, key=lambda one: (one.sentence, one.source)))


def _disputing(graph: SourceGraph, disputes: Sequence[int]) -> Iterator[Objection]:
    for number in disputes:
        one = graph.disputes[number]
        if one.stance is not Stance.CONFIRMS and one.evidence:
            yield Objection(source=one.source, stance=one.stance, sentence=one.evidence[0])


def _turning(graph: SourceGraph, claims: Sequence[Claim]) -> Iterator[Objection]:
    for claim in claims:
        turned = against(graph)[claim.id]
        told = [one for one in graph.attributions if turned and one.content == claim.content]
        for id in sorted(turned):
            own = [one for one in told if id in one.source_ids]
            doubts = bool(own) and all(_doubts(one) for one in own)
            stance = Stance.DOUBTS if doubts else Stance.DENIES
            for where in [*(one.sentence for one in own), *claim.content][:1]:
                yield Objection(source=id, stance=stance, sentence=where)


def _against(claim: Claim, told: Sequence[Attribution]) -> frozenset[str]:
    turned = {id for one in told if _turns(one) for id in one.source_ids}
    if claim.certainty is Certainty.DENIED and not turned:
        turned = {*claim.sources}
    return frozenset(turned.intersection(claim.sources))


def _turns(one: Attribution) -> bool:
    """Whether *one* is told against its content: "denied that", "questioned whether"."""
    return _doubts(one) or Certainty.DENIED in (one.claimed, one.certainty)


def _doubts(one: Attribution) -> bool:
    return one.stance is Stance.DOUBTS and one.claimed is Certainty.SPECULATIVE


_LONGER = 4
"""How many times as long as another a claim may be before more must be in common."""


@dataclass(frozen=True, slots=True)
class Sense:
    """The telling words of a claim: all, those that are no names, those denied, its numbers."""

    stems: frozenset[str]
    said: frozenset[str]
    denied: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=4096)
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
    needed = SHARED + (least > 1 and sizes[1] > _LONGER * sizes[0])
    wholly = least < 2 and shared == sizes[0] > 1  # what one source says at length and in short
    if not wholly and (shared < needed or shared < HELD * sizes[0]):
        return False
    if min(len(mine & one.said), len(theirs & other.said)) < least:
        return False
    against = one.numbers - other.numbers and other.numbers - one.numbers
    return not against and not (one.denied ^ other.denied) & (mine | theirs)


def overlap(one: Sense, other: Sense) -> float:
    """Return how much of *one* is in *other*, between 0 and 1."""
    return len(_common(one.stems, other.stems)) / len(one.stems) if one.stems else 0.0


def common(one: Sense, other: Sense) -> frozenset[str]:
    """Return the words of *one*, names left out, that *other* has or means much the same by."""
    return _common(one.said, other.said)


def _common(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Return the stems of *one* that *other* has, or such as mean much the same."""
    others = _kinds(other)
    same = one & other
    return same | {stem for stem in one - same if kin(stem) & others} if others else same


@lru_cache(maxsize=4096)
def _kinds(stems: frozenset[str]) -> frozenset[int]:
    """Return the numbers of all meanings of *stems*; each claim is compared with many."""
    return frozenset(number for stem in stems for number in kin(stem))


def firsts_of(graph: SourceGraph) -> dict[str, str]:
    """Return for each claim the first that says the same, which may be itself.

    What is only denied or doubted says the same as nothing else.
    """
    senses = [sense_of(claim.text) for claim in graph.claims]
    groups = _Groups(graph.claims, senses)
    first = {
        claim.id: claim.id if is_unsaid(graph, claim) else groups.join(number)
        for number, claim in enumerate(graph.claims)
    }
    place = {id: number for number, id in enumerate(first)}
    pairs = (*_borne_out(graph), *_wholly_told(graph, senses))
    for pair in pairs:
        kept, joined = sorted((first[one] for one in pair), key=place.__getitem__)
        first = {id: kept if leader == joined else leader for id, leader in first.items()}
    return first


class _Groups:
    """Claims that say the same, each compared only with those that it has enough words with."""

    def __init__(self, claims: Sequence[Claim], senses: Sequence[Sense]) -> None:
        self._claims, self._senses = claims, senses
        self._near = Near([sense.stems for sense in senses])
        self._groups: list[list[int]] = []
        self._of: dict[int, int] = {}

    def join(self, number: int) -> str:
        """Return the first claim of the first group of which some says the same as this one."""
        near: dict[int, list[int]] = {}
        for other in sorted(self._near.add(number)):
            near.setdefault(self._of[other], []).append(other)
        for at in sorted(near):
            if self._says_same(number, self._groups[at], near[at]):
                break
        else:
            at = len(self._groups)
            self._groups.append([])
        self._groups[at].append(number)
        self._of[number] = at
        return self._claims[self._groups[at][0]].id

    def _says_same(self, number: int, group: Sequence[int], near: Sequence[int]) -> bool:
        """Whether the claim with this *number* says the same as one of *group* that is *near* it.

        Of what one source says twice, fewer words must be the same.
        """
        sources = {*self._claims[number].sources}
        again = any(not sources.isdisjoint(self._claims[other].sources) for other in group)
        least = 1 if again else 2
        own = self._senses[number]
        return any(alike(own, self._senses[other], least=least) for other in near)


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


def _wholly_told(graph: SourceGraph, senses: Sequence[Sense]) -> list[tuple[str, str]]:
    """Return pairs of a claim and of one within it that is all it says: "a memo shows that ..."."""
    by_content = {claim.content: number for number, claim in enumerate(graph.claims)}
    places = Places(claim.content for claim in graph.claims)
    pairs = []
    for inner in graph.attributions:
        number = by_content.get(inner.content)
        if number is None or not inner.cue or is_unsaid(graph, graph.claims[number]):
            continue
        told = graph.claims[number]
        for at in places.around(inner.cue[0]):
            outer = graph.claims[at]
            if outer is told or is_unsaid(graph, outer):
                continue
            frame = stems(" ".join(_quoted(graph, (*inner.source, *inner.cue))))
            if not senses[at].stems - {*frame} - senses[number].stems:
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
