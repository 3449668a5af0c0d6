"""What joins the graphs of many articles: copies, shared quotations, same claims and sources."""

from dataclasses import dataclass

from provenance.model.article import Span
from provenance.model.kinds import SourceType


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """Text that two articles have in common word for word, outside of quotation marks.

    Attributes:
        copy, original: Digests of the articles.
        passages: Where it stands, in the copy and in the original, in the copy's order.
        share: Of the copy's words, between 0 and 1.
        reason: What sets copy and original apart: "credit", "date", or "" where nothing does.
    """

    copy: str
    original: str
    passages: tuple[tuple[Span, Span], ...]
    share: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedQuotation:
    """Words that two articles quote alike: one statement, heard or copied by both."""

    one: str
    other: str
    passages: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Two articles that were published under one address.

    Attributes:
        newer, older: Their digests.
        dated: Whether it is known which is the newer.
    """

    newer: str
    older: str
    dated: bool


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ClaimRef:
    """A claim of one article among those of many."""

    digest: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameClaim:
    """Two claims of different articles that say the same, as far as their words show.

    Attributes:
        score: Between 0 and 1; 1 for the same words.
    """

    one: ClaimRef
    other: ClaimRef
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That a source of one article is one that other articles have as well.

    Attributes:
        digest: Of the article.
        source: Its id there.
        score: How sure that is, between 0 and 1.
        reason: What shows it: "item", "name", "context" or "story".
    """

    digest: str
    source: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameSource:
    """One source of several articles.

    Attributes:
        key: What its members have in common: its kind, and its name or its item in Wikidata.
        name: What most articles call it.
        type: What most take it for.
        wikidata: Its item there, "" where none is known.
        members: By article, sorted.
    """

    key: tuple[str, str]
    name: str
    type: SourceType
    wikidata: str
    members: tuple[Membership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """On whom a claim rests that several articles may carry.

    Attributes:
        text: In the words of the first article to carry it.
        claims: All that say it, sorted.
        carriers: Digests of the articles, the first to report first.
        outlets: The names of those who published them, as far as known, sorted.
        origins: Names of the origins, sorted.
        lines: The same by the independent lines that they come by, as two who wrote one report do.
        unknown: By how many lines more it comes, from who is unnamed or left unsaid.
        circular: The names in each cycle that leads back to no origin.
        pivots: Named sources through whom every account of it runs, nearest the origin first.
        copies: How many of the carriers have it by copying another.
        own_voice: Digests of the carriers that say it in no name but their own.
        through: The pivots, each with what sets it apart from others of its name.
    """

    text: str
    claims: tuple[ClaimRef, ...]
    carriers: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    unknown: int
    circular: tuple[tuple[str, ...], ...] = ()
    pivots: tuple[str, ...] = ()
    copies: int = 0
    own_voice: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    through: tuple[tuple[str, ...], ...] = ()
