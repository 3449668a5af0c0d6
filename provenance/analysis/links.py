"""All that joins the articles of a collection, found once for every answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Protocol
from urllib.parse import urlsplit

import numpy as np

from provenance.analysis.briefs import Brief, Key
from provenance.analysis.canonical import bearing_of, same_source
from provenance.analysis.casts import Bearer, cast_of
from provenance.analysis.columns import BearerRows, ClaimRows, Claims, NameRows, Numbers, PrintRows
from provenance.analysis.fingerprints import sharing
from provenance.analysis.identity import Identity, groups_of
from provenance.analysis.likeness import alike, alike_near, copied, places_of
from provenance.analysis.reuse import PRINTS, Comparer, Texts, originals, settled
from provenance.analysis.stories import members, stories
from provenance.model import ClaimRef, Reuse, SameClaim, SameSource, SharedQuotation

Pair = tuple[ClaimRef, ClaimRef]
_AT_ONCE = 500
"""Articles from which on the claims of their stories are compared; more are not held at once."""


@dataclass(frozen=True, slots=True, order=True)
class Carried:
    """A claim that another article makes in its own voice.

    Attributes:
        digest, sentence: That article, and the place of its sentence.
    """

    claim: ClaimRef
    digest: str
    sentence: int
    score: float


class Joined(Protocol):
    """What an answer needs of what joins articles; see `Links`, which has it all."""

    @property
    def briefs(self) -> Mapping[str, Brief]:
        """All articles, by digest."""

    @property
    def serves(self) -> Mapping[Bearer, Key]:
        """The keys of those for whom sources speak."""

    @property
    def identity(self) -> Identity:
        """Which sources of different articles are one."""

    @property
    def copies(self) -> Mapping[str, Sequence[Reuse]]:
        """What each copy has from others."""

    @property
    def alike(self) -> Mapping[ClaimRef, Sequence[SameClaim]]:
        """What says the same as each claim."""

    def on(self, text: str) -> Iterable[Sequence[str]]:
        """Yield the stories that may say something to *text*, each by its articles."""


@dataclass(frozen=True)
class Links:
    """Articles, and what joins them.

    Attributes:
        briefs: By digest, sorted.
        reuses, quotations: Who copies whom, and which quotations two articles share.
        same: Claims that say the same.
        sources: Those that are one, for each that several articles have.
        split: The numbers of those persons who only have their name from another.
        carried: Claims that another article makes in its own voice, sorted.
        against: Those of which one denies what the other says, sorted.
        story: By digest, that of the first article which tells of the same event.
        called, serves: See `casts.Cast`.
    """

    briefs: Mapping[str, Brief]
    reuses: tuple[Reuse, ...]
    quotations: tuple[SharedQuotation, ...]
    same: tuple[SameClaim, ...]
    sources: tuple[SameSource, ...]
    split: Mapping[Bearer, int]
    carried: tuple[Carried, ...] = ()
    against: tuple[Pair, ...] = ()
    story: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[Bearer, Key] = field(default_factory=dict)
    serves: Mapping[Bearer, Key] = field(default_factory=dict)

    @cached_property
    def identity(self) -> Identity:
        """Which sources of different articles are one."""
        return Identity(self.split, self.briefs, self.called, self.serves)

    @cached_property
    def copies(self) -> Mapping[str, Sequence[Reuse]]:
        """What each copy has from others, by its digest."""
        return originals(self.reuses)

    @cached_property
    def by_address(self) -> Mapping[str, str]:
        """The digests of articles by the address that they were read under."""
        return {a: b.digest for b in self.briefs.values() if (a := address(b.url))}

    @cached_property
    def alike(self) -> Mapping[ClaimRef, Sequence[SameClaim]]:
        """What says the same as each claim."""
        found: dict[ClaimRef, list[SameClaim]] = {}
        for pair in self.same:
            for ref in (pair.one, pair.other):
                found.setdefault(ref, []).append(pair)
        return found

    def on(self, text: str) -> Iterable[Sequence[str]]:
        """Yield the stories that may say something to *text*, each by its articles: here all."""
        told: dict[str, list[str]] = {}
        for digest in self.briefs:
            told.setdefault(self.story.get(digest, digest), []).append(digest)
        return told.values()


def link(briefs: Mapping[str, Brief], texts: Texts) -> Links:
    """Return what joins *briefs*, which are read one at a time.

    Args:
        briefs: Of different articles, by digest, sorted.
        texts: Gives the text of each by its digest; asked for only where a copy is to be proved.
    """
    digests = list(briefs)
    claims, prints, names = ClaimRows(), PrintRows(), NameRows()
    for number, brief in enumerate(briefs.values()):
        claims.add(number, brief.claims)
        prints.add(number, brief)
        names.add(number, brief.names)
    story = stories(*names.columns(), len(digests))
    del names  # nobody wants it any more, and it is large
    pairs = zip(*sharing(*prints.columns(), PRINTS), strict=True)
    del prints
    compare = Comparer(texts)
    reuses, quotations = settled(
        compare(briefs[digests[one]], briefs[digests[other]]) for one, other in pairs
    )
    del compare
    same = _same(briefs, digests, claims.columns(), reuses)
    del claims
    told = _told(briefs, digests, story)
    for pair, score in told.same.items():
        same[pair] = max(score, same.get(pair, 0.0))
    several, split = _sources(briefs, digests, told)
    return Links(
        briefs=briefs,
        reuses=reuses,
        quotations=quotations,
        same=tuple(
            SameClaim(one=one, other=other, score=round(score, 3))
            for (one, other), score in sorted(same.items())
        ),
        sources=several,
        split=split,
        carried=tuple(sorted(told.carried)),
        against=tuple(sorted(told.against)),
        story={digest: digests[first] for digest, first in zip(digests, story, strict=True)},
        called=told.called,
        serves=told.serves,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is found story by story; see `Links`, and for the sources `columns.Bearers`."""

    same: dict[Pair, float] = field(default_factory=dict)
    carried: list[Carried] = field(default_factory=list)
    against: list[Pair] = field(default_factory=list)
    called: dict[Bearer, Key] = field(default_factory=dict)
    serves: dict[Bearer, Key] = field(default_factory=dict)
    bearers: BearerRows = field(default_factory=BearerRows)


def _told(briefs: Mapping[str, Brief], digests: Sequence[str], story: Numbers) -> _Told:
    """Return what each story says, and who is who in it; a few stories are held at once."""
    found = _Told()
    rows, some, first = ClaimRows(), list[str](), list[int]()
    for part in members(story):
        read = [briefs[digests[number]] for number in part]
        cast = cast_of(read)
        found.called.update(cast.called)
        found.serves.update(cast.serves)
        begin = len(some)
        for number, brief in zip(part.tolist(), read, strict=True):
            found.bearers.add(number, int(part[0]), brief, cast.called)
            rows.add(len(some), brief.claims)
            rows.add_own(len(some), brief.sentences)
            some.append(brief.digest)
            first.append(begin)
        if len(some) >= _AT_ONCE:
            _near(briefs, some, rows.columns(), np.array(first), found)
            rows, some, first = ClaimRows(), [], []
    _near(briefs, some, rows.columns(), np.array(first, np.int64), found)
    return found


def _sources(
    briefs: Mapping[str, Brief], digests: Sequence[str], told: _Told
) -> tuple[tuple[SameSource, ...], dict[Bearer, int]]:
    """Return the sources that are one, and the numbers of those who only have their name so."""
    rows = told.bearers.columns()
    split: dict[Bearer, int] = {}
    sources = []
    for parts in groups_of(rows):
        for number, part in enumerate(parts):
            whose = list(zip(rows.article[part.members], rows.place[part.members], strict=True))
            several = len({article for article, _ in whose}) > 1
            if not (number or several):
                continue
            bearings = [
                bearing_of(briefs[digests[article]], place, told.called, over)
                for (article, place), over in zip(whose, part.over, strict=True)
            ]
            split |= {(one.digest, one.id): number for one in bearings if number}
            if several:
                sources.append(same_source(bearings, part.chance))
    return tuple(sorted(sources, key=_places)), split


def _places(one: SameSource) -> list[Bearer]:
    return [(member.digest, member.source) for member in one.members]


def _near(
    briefs: Mapping[str, Brief],
    digests: Sequence[str],
    rows: Claims,
    story: Numbers,
    found: _Told,
) -> None:
    """Add the claims that say the same in a story, and those its articles make themselves."""
    ref_of = partial(_ref, briefs, digests, rows)
    near = alike_near(rows, story)
    for (one, other), score in near.same.items():
        own = [bool(rows.own[row]) for row in (one, other)]
        if not any(own):
            first, second = sorted(map(ref_of, (one, other)))
            found.same[first, second] = score
            continue
        claim, sentence = (one, other) if own[1] else (other, one)
        digest, place = digests[rows.article[sentence]], int(rows.place[sentence])
        found.carried.append(Carried(ref_of(claim), digest, place, round(score, 3)))
    for one, other in near.against:
        first, second = sorted(map(ref_of, (one, other)))
        found.against.append((first, second))


def _same(
    briefs: Mapping[str, Brief],
    digests: Sequence[str],
    claims: Claims,
    reuses: Sequence[Reuse],
) -> dict[Pair, float]:
    """Return the pairs of claims that say the same, those that one article copied for certain."""
    found = alike(claims)
    numbers = {digest: number for number, digest in enumerate(digests)}
    for reuse in reuses:
        copy, original = (places_of(claims, numbers[d]) for d in (reuse.copy, reuse.original))
        for one, other in copied(reuse, copy, original):
            found[min(one, other), max(one, other)] = 1.0
    ref = partial(_ref, briefs, digests, claims)
    return {(ref(one), ref(other)): score for (one, other), score in found.items()}


def _ref(briefs: Mapping[str, Brief], digests: Sequence[str], claims: Claims, row: int) -> ClaimRef:
    digest = digests[claims.article[row]]
    return ClaimRef(digest=digest, claim=briefs[digest].claims[claims.place[row]].id)


def address(url: str) -> str:
    """Return what two links to one page have in common: host and path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if host and parts.path.strip("/") else ""
