"""All that joins the articles of a collection, found once for every answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Protocol
from urllib.parse import urlsplit

from provenance.analysis.briefs import Brief, Key
from provenance.analysis.canonical import Held, same_source
from provenance.analysis.casts import Bearer, Cast, cast_of
from provenance.analysis.columns import BearerRows, ClaimRows, Claims, NameRows, Numbers, PrintRows
from provenance.analysis.fingerprints import sharing
from provenance.analysis.identity import Identity, groups_of
from provenance.analysis.likeness import alike, alike_near, copied, places_of
from provenance.analysis.reuse import PRINTS, Comparer, Texts, originals, settled
from provenance.analysis.stories import members, stories
from provenance.model import ClaimRef, Reuse, SameClaim, SameSource, SharedQuotation

Pair = tuple[ClaimRef, ClaimRef]


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
    claims, own, prints, names = ClaimRows(), ClaimRows(), PrintRows(), NameRows()
    for number, brief in enumerate(briefs.values()):
        claims.add(number, brief.claims)
        own.add(number, brief.claims)
        own.add_own(number, brief.sentences)
        prints.add(number, brief)
        names.add(number, brief.names)
    story = stories(*names.columns(), len(digests))
    compare = Comparer(texts)
    pairs = zip(*sharing(*prints.columns(), PRINTS), strict=True)
    reuses, quotations = settled(
        compare(briefs[digests[one]], briefs[digests[other]]) for one, other in pairs
    )
    near = _near(briefs, digests, own.columns(), story)
    same = _same(briefs, digests, claims.columns(), reuses)
    for pair, score in near.same.items():
        same[pair] = max(score, same.get(pair, 0.0))
    cast = _cast(briefs, digests, story)
    several, split = _sources(briefs, digests, story, cast.called)
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
        carried=near.carried,
        against=near.against,
        story={digest: digests[first] for digest, first in zip(digests, story, strict=True)},
        called=cast.called,
        serves=cast.serves,
    )


def _cast(briefs: Mapping[str, Brief], digests: Sequence[str], story: Numbers) -> Cast:
    """Return who is who in all stories."""
    called: dict[Bearer, Key] = {}
    serves: dict[Bearer, Key] = {}
    for part in members(story):
        cast = cast_of([briefs[digests[number]] for number in part])
        called |= cast.called
        serves |= cast.serves
    return Cast(called, serves)


def _sources(
    briefs: Mapping[str, Brief],
    digests: Sequence[str],
    story: Numbers,
    called: Mapping[Bearer, Key],
) -> tuple[tuple[SameSource, ...], dict[Bearer, int]]:
    """Return the sources that are one, and the numbers of those who only have their name so."""
    bearers, held = BearerRows(), Held(called)
    for number, (first, brief) in enumerate(zip(story.tolist(), briefs.values(), strict=True)):
        bearers.add(number, first, brief, called)
        held.add(brief)
    rows = bearers.columns()
    split: dict[Bearer, int] = {}
    sources = []
    for parts in groups_of(rows):
        for number, part in enumerate(parts):
            whose = list(zip(rows.article[part.members], rows.place[part.members], strict=True))
            group = [(digests[a], held.id(a, p)) for a, p in whose]
            split |= dict.fromkeys(group, number) if number else {}
            if len({digest for digest, _ in group}) > 1:
                bearings = (
                    held.bearing(digests[a], a, p, over)
                    for (a, p), over in zip(whose, part.over, strict=True)
                )
                sources.append(same_source(bearings, part.chance))
    return tuple(sorted(sources, key=_places)), split


def _places(one: SameSource) -> list[Bearer]:
    return [(member.digest, member.source) for member in one.members]


@dataclass(frozen=True, slots=True)
class _Near:
    """What says the same within stories, and what says the contrary."""

    same: Mapping[Pair, float]
    carried: tuple[Carried, ...]
    against: tuple[Pair, ...]


def _near(
    briefs: Mapping[str, Brief], digests: Sequence[str], rows: Claims, story: Numbers
) -> _Near:
    """Return the claims that say the same in a story, and those its articles make themselves."""
    same: dict[Pair, float] = {}
    carried = []
    ref_of = partial(_ref, briefs, digests, rows)
    near = alike_near(rows, story)
    for (one, other), score in near.same.items():
        own = [bool(rows.own[row]) for row in (one, other)]
        if not any(own):
            first, second = sorted(map(ref_of, (one, other)))
            same[first, second] = score
            continue
        claim, sentence = (one, other) if own[1] else (other, one)
        digest = digests[rows.article[sentence]]
        carried.append(Carried(ref_of(claim), digest, int(rows.place[sentence]), round(score, 3)))
    against = sorted((ref_of(one), ref_of(other)) for one, other in near.against)
    return _Near(same, tuple(sorted(carried)), tuple(against))


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
