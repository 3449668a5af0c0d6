"""Which claims somebody denies, and who: in their own article, or in another of their story."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from provenance.analysis.links import Links
from provenance.analysis.questions import Denial, speaker
from provenance.analysis.standing import claims_of
from provenance.model import ClaimRef, Standing


def contested(links: Links, found: Sequence[Standing]) -> list[tuple[Denial, ...]]:
    """Return who denies each of *found*, the standings of the claims of *links*.

    That is whoever denies one of its claims in an article, and whoever says the contrary of one in
    another article of the story.
    """
    denials: dict[ClaimRef, list[Denial]] = defaultdict(list)
    for ref, denial in (*_within(links), *_across(links)):
        denials[ref].append(denial)
    return [
        tuple(dict.fromkeys(denial for ref in one.claims for denial in denials.get(ref, ())))
        for one in found
    ]


def _within(links: Links) -> Iterator[tuple[ClaimRef, Denial]]:
    """Yield claims that somebody denies in their own article."""
    for digest, brief in links.briefs.items():
        known = {source.id for source in brief.sources}
        told = [
            (s, claim)
            for s, target in brief.denials
            for claim in brief.claims
            if claim.id == target
        ]
        unasserted = [claim for claim in brief.claims if not claim.asserted]
        told += [(s, claim) for claim in unasserted for s in claim.sources if s not in claim.saying]
        for source, claim in told:
            if source in known:
                ref = ClaimRef(digest=digest, claim=claim.id)
                yield ref, Denial(speaker(links, digest, source), digest, claim.text)


def _across(links: Links) -> Iterator[tuple[ClaimRef, Denial]]:
    """Yield claims of which another article has the contrary."""
    claims = claims_of(links) if links.against else {}
    for pair in links.against:
        for ref, other in (pair, pair[::-1]):
            claim = claims[other.digest, other.claim]
            for source in claim.sources:
                yield ref, Denial(speaker(links, other.digest, source), other.digest, claim.text)
