"""All that joins the articles of a collection, found once for every answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from provenance.analysis.briefs import Brief
from provenance.analysis.identity import Identity, identify
from provenance.analysis.likeness import same_claims
from provenance.analysis.reuse import Texts, find_reuse, originals
from provenance.model import Reuse, SameClaim, SharedQuotation


@dataclass(frozen=True, slots=True)
class Links:
    """Articles, and what joins them.

    Attributes:
        briefs: By digest, sorted.
        identity: Which sources of different articles are one.
        reuses, quotations, same: What `find_reuse` and `same_claims` found.
        by_address: The digests of articles by the address that they were read under.
        copies: *reuses* by the digest of the copy.
    """

    briefs: Mapping[str, Brief]
    identity: Identity
    reuses: tuple[Reuse, ...]
    quotations: tuple[SharedQuotation, ...]
    same: tuple[SameClaim, ...]
    by_address: Mapping[str, str]
    copies: Mapping[str, Sequence[Reuse]]


def link(briefs: Iterable[Brief], texts: Texts) -> Links:
    """Return what joins *briefs*; their order does not matter.

    Args:
        briefs: Of different articles.
        texts: Gives the text of each by its digest; asked for only where a copy is to be proved.
    """
    held = {brief.digest: brief for brief in sorted(briefs, key=lambda b: b.digest)}
    reuses, quotations = find_reuse(list(held.values()), texts)
    return Links(
        briefs=held,
        identity=identify(held.values()),
        reuses=reuses,
        quotations=quotations,
        same=same_claims(list(held.values()), reuses),
        by_address={a: b.digest for b in held.values() if (a := address(b.url))},
        copies=originals(reuses),
    )


def address(url: str) -> str:
    """Return what two links to one page have in common: host and path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if host and parts.path.strip("/") else ""
