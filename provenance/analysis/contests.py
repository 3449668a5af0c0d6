"""Which claims somebody denies or doubts: in their own article, or in another of their story."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provenance.analysis.briefs import Brief
from provenance.analysis.links import Joined, Links
from provenance.analysis.standing import claims_of
from provenance.model import ClaimRef, Stance, Standing


@dataclass(frozen=True, slots=True)
class Denial:
    """Who denies what is asked, or only doubts it, and the sentence that says so."""

    name: str
    digest: str
    text: str
    doubts: bool = False


def contested(links: Links, found: Sequence[Standing]) -> list[tuple[Denial, ...]]:
    """Return who denies or doubts each of *found*, the standings of the claims of *links*.

    That is whoever objects to one of its claims in an article, as its page has it, and whoever says
    the contrary of one in another article of the story. In one article each counts once.
    """
    denials: dict[ClaimRef, list[Denial]] = defaultdict(list)
    digests = sorted({ref.digest for one in found for ref in one.claims})
    within = (pair for digest in digests for pair in _within(links, links.briefs[digest]))
    for ref, denial in (*within, *_across(links)):
        denials[ref].append(denial)
    return [each_once(d for ref in one.claims for d in denials.get(ref, ())) for one in found]


def each_once(denials: Iterable[Denial]) -> tuple[Denial, ...]:
    """Return the first of *denials* by each source of an article; to doubt is less than to deny."""
    found: dict[tuple[str, str], Denial] = {}
    for one in sorted(denials, key=lambda one: one.doubts):
        found.setdefault((one.digest, one.name), one)
    return tuple(found.values())


def objecting(links: Joined, ref: ClaimRef) -> Iterator[Denial]:
    """Return who denies or doubts a claim in its own article."""
    within = _within(links, links.briefs[ref.digest])
    return (denial for own, denial in within if own == ref)


def _within(links: Joined, brief: Brief) -> Iterator[tuple[ClaimRef, Denial]]:
    """Yield the claims of an article with who denies or doubts them there."""
    known = {source.id for source in brief.sources}
    for claim in brief.claims:
        for source, stance, sentence in claim.objections:
            if source in known:
                who = speaker(links, brief.digest, source)
                doubts = stance is Stance.DOUBTS
                denial = Denial(who, brief.digest, sentence or claim.text, doubts=doubts)
                yield ClaimRef(digest=brief.digest, claim=claim.id), denial


def _across(links: Links) -> Iterator[tuple[ClaimRef, Denial]]:
    """Yield claims of which another article has the contrary, on somebody's word."""
    claims = claims_of(links) if links.against else {}
    for pair in links.against:
        for ref, other in (pair, pair[::-1]):
            claim = claims[other.digest, other.claim]
            for source in claim.saying:
                yield ref, Denial(speaker(links, other.digest, source), other.digest, claim.text)


def speaker(links: Joined, digest: str, id: str) -> str:
    """Return what to call the source *id* of an article, as most articles do."""
    source = next(one for one in links.briefs[digest].sources if one.id == id)
    node = links.identity.of(digest, source)
    return links.identity.names[node] if links.identity.is_known(node) else source.name
