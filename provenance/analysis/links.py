"""All that joins the articles of a collection, found once for every answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from provenance.analysis.briefs import Brief
from provenance.analysis.columns import BearerRows, ClaimRows, Claims, PrintRows
from provenance.analysis.fingerprints import sharing
from provenance.analysis.identity import Identity, groups_of
from provenance.analysis.likeness import alike, copied, places_of
from provenance.analysis.reuse import PRINTS, Comparer, Texts, originals, settled
from provenance.model import ClaimRef, Reuse, SameClaim, SharedQuotation

Bearer = tuple[str, str]
"""The digest of an article, and the id of a source in it."""


@dataclass(frozen=True)
class Links:
    """Articles, and what joins them.

    Attributes:
        briefs: By digest, sorted.
        reuses, quotations: Who copies whom, and which quotations two articles share.
        same: Claims that say the same.
        sources: Those that are one, for each that several articles have.
        split: The numbers of those persons who only have their name from another.
    """

    briefs: Mapping[str, Brief]
    reuses: tuple[Reuse, ...]
    quotations: tuple[SharedQuotation, ...]
    same: tuple[SameClaim, ...]
    sources: tuple[tuple[Bearer, ...], ...]
    split: Mapping[Bearer, int]

    @cached_property
    def identity(self) -> Identity:
        """Which sources of different articles are one."""
        return Identity(self.split, self.briefs)

    @cached_property
    def copies(self) -> Mapping[str, Sequence[Reuse]]:
        """What each copy has from others, by its digest."""
        return originals(self.reuses)

    @cached_property
    def by_address(self) -> Mapping[str, str]:
        """The digests of articles by the address that they were read under."""
        return {a: b.digest for b in self.briefs.values() if (a := address(b.url))}


def link(briefs: Mapping[str, Brief], texts: Texts) -> Links:
    """Return what joins *briefs*, which are read one at a time.

    Args:
        briefs: Of different articles, by digest, sorted.
        texts: Gives the text of each by its digest; asked for only where a copy is to be proved.
    """
    digests = list(briefs)
    claims, bearers, prints = ClaimRows(), BearerRows(), PrintRows()
    ids: list[tuple[str, ...]] = []
    for number, brief in enumerate(briefs.values()):
        claims.add(number, brief.claims)
        bearers.add(number, brief.sources)
        prints.add(number, brief)
        ids.append(tuple(source.id for source in brief.sources))
    compare = Comparer(texts)
    pairs = zip(*sharing(*prints.columns(), PRINTS), strict=True)
    reuses, quotations = settled(
        compare(briefs[digests[one]], briefs[digests[other]]) for one, other in pairs
    )
    same = tuple(_same(briefs, digests, claims.columns(), reuses))
    rows = bearers.columns()
    split: dict[Bearer, int] = {}
    sources = []
    for parts in groups_of(rows):
        for number, part in enumerate(parts):
            group = tuple(
                (digests[a], ids[a][p])
                for a, p in zip(rows.article[part], rows.place[part], strict=True)
            )
            split |= dict.fromkeys(group, number) if number else {}
            sources.append(group)
    several = tuple(sorted(group for group in sources if len(group) > 1))
    return Links(briefs, reuses, quotations, same, several, split)


def _same(
    briefs: Mapping[str, Brief],
    digests: Sequence[str],
    claims: Claims,
    reuses: Sequence[Reuse],
) -> Iterator[SameClaim]:
    """Yield the pairs of claims that say the same, those that one article copied for certain."""
    found = alike(claims)
    numbers = {digest: number for number, digest in enumerate(digests)}
    for reuse in reuses:
        copy, original = (places_of(claims, numbers[d]) for d in (reuse.copy, reuse.original))
        for one, other in copied(reuse, copy, original):
            found[min(one, other), max(one, other)] = 1.0

    def ref(row: int) -> ClaimRef:
        digest = digests[claims.article[row]]
        return ClaimRef(digest=digest, claim=briefs[digest].claims[claims.place[row]].id)

    for (one, other), score in sorted(found.items()):
        yield SameClaim(one=ref(one), other=ref(other), score=round(score, 3))


def address(url: str) -> str:
    """Return what two links to one page have in common: host and path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if host and parts.path.strip("/") else ""
