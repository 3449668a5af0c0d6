"""All that joins the articles of a collection, found once for every answer."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

import numpy as np

from provenance.analysis.briefs import Brief, Key
from provenance.analysis.candidates import Scan, candidates
from provenance.analysis.canonical import bearing_of, same_source
from provenance.analysis.casts import Bearer, cast_of
from provenance.analysis.columns import (
    BearerPile,
    BearerRows,
    ClaimPile,
    ClaimRows,
    Claims,
    Sets,
    codes_of,
)
from provenance.analysis.fingerprints import sharing
from provenance.analysis.identity import Identity, groups_of, usual_of
from provenance.analysis.likeness import alike, alike_near, copied, places_of
from provenance.analysis.matching import units
from provenance.analysis.reuse import PRINTS, Comparer, Ends, Texts, originals, settled
from provenance.analysis.spilling import Bench, Digests, Kept, Numbers, Spill, Values
from provenance.analysis.stories import members, stories
from provenance.common.memory import give_back
from provenance.model import ClaimRef, Reuse, SameClaim, SameSource, SharedQuotation

T = TypeVar("T")
Four = tuple[str, str, str, str]
"""The digest and the id of each of two claims."""
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
        """Yield the stories that may say something to *text*, the likeliest first, by articles."""


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
    reuses: Collection[Reuse]
    quotations: Collection[SharedQuotation]
    same: Collection[SameClaim]
    sources: Collection[SameSource]
    split: Mapping[Bearer, int]
    carried: Collection[Carried] = ()
    against: Collection[Pair] = ()
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
        """Yield the stories that may say something to *text*, the likeliest first, by articles."""
        every = list(self.stories())
        told = (
            (len(story), [one for digest in story for one in units(self.briefs[digest])])
            for story in every
        )
        return (every[number] for number in candidates(text, Scan(text, told)))

    def stories(self) -> Iterator[list[str]]:
        """Yield the articles of each story, in order of the first."""
        digests = Digests(self.briefs)
        first = (digests.index(self.story.get(digest, digest)) for digest in digests)
        for part in members(np.fromiter(first, np.int64, len(digests))):
            yield [digests[int(number)] for number in part]


def link(briefs: Mapping[str, Brief], texts: Texts) -> Links:
    """Return what joins *briefs*, which are read one at a time.

    Args:
        briefs: Of different articles, by digest, sorted.
        texts: Gives the text of each by its digest; asked for only where a copy is to be proved.
    """
    with closing(Bench()) as bench:
        found = link_on(bench, briefs, texts)
        return replace(
            found,
            reuses=tuple(found.reuses),
            quotations=tuple(found.quotations),
            same=tuple(found.same),
            sources=tuple(found.sources),
            split=dict(found.split),
            carried=tuple(found.carried),
            against=tuple(found.against),
            called=dict(found.called),
            serves=dict(found.serves),
        )


def link_on(bench: Bench, briefs: Mapping[str, Brief], texts: Texts) -> Links:
    """Return what `link` does, kept on *bench*, and only as long as that is.

    So memory hardly grows with the articles.
    """
    digests = Digests(briefs)
    claims, prints, names = ClaimPile(), Spill(2), Sets()
    for number, brief in enumerate(briefs.values()):
        claims.add(brief.claims)
        prints.add(brief.prints, np.full(len(brief.prints), number))
        names.add(codes_of(brief.names))
    story = stories(names)
    compare = Comparer(texts)
    reuses, quotations = settled(
        (
            compare(briefs[digests[one]], briefs[digests[other]])
            for ends in sharing(prints, len(digests), PRINTS)
            for one, other in zip(*ends, strict=True)
        ),
        bench,
    )
    told = _Told(bench)
    _same(briefs, digests, claims, reuses, told.same)
    _tell(briefs, digests, story, told)
    sources, split = _sources(briefs, digests, told, bench)
    return Links(
        briefs=briefs,
        reuses=Values(reuses, _value),
        quotations=Values(quotations, _value),
        same=Values(told.same, _same_claim),
        sources=Values(sources, _value),
        split=split,
        carried=Values(told.carried, _value),
        against=Values(told.against, _value),
        story=Firsts(digests, story),
        called=told.called,
        serves=told.serves,
    )


def _value(_: object, value: T) -> T:
    return value


def _same_claim(key: Four, score: float) -> SameClaim:
    one, mine, other, theirs = key
    ends = ClaimRef(digest=one, claim=mine), ClaimRef(digest=other, claim=theirs)
    return SameClaim(one=ends[0], other=ends[1], score=round(score, 3))


class Firsts(Mapping[str, str]):
    """The first article of the story of each, by their digests."""

    def __init__(self, digests: Digests, first: Numbers) -> None:
        """Take the *digests* of all articles, and the place of the first of the story of each."""
        self._digests, self._first = digests, first

    def __getitem__(self, digest: str) -> str:
        try:
            return self._digests[int(self._first[self._digests.index(digest)])]
        except ValueError:
            raise KeyError(digest) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


class _Told:
    """What is found story by story; see `Links`, and for the sources `columns.Bearers`."""

    def __init__(self, bench: Bench) -> None:
        self.same = Kept[Four, float](bench)
        self.carried = Kept[Four, Carried](bench)
        self.against = Kept[Four, Pair](bench)
        self.called = Kept[Bearer, Key](bench)
        self.serves = Kept[Bearer, Key](bench)
        self.bearers = BearerPile()


def _tell(
    briefs: Mapping[str, Brief], digests: Sequence[str], story: Numbers, found: _Told
) -> None:
    """Add what each story says, and who is who in it; a few stories are held at once."""
    rows, some, first, bearers = ClaimRows(), list[str](), list[int](), BearerRows()

    def settle() -> None:
        _near(briefs, some, rows.columns(), np.array(first, np.int64), found)
        found.bearers.add(bearers.columns())
        give_back()

    for part in members(story):
        read = [briefs[digests[number]] for number in part]
        cast = cast_of(read)
        for table, keys in ((found.called, cast.called), (found.serves, cast.serves)):
            for bearer, key in keys.items():
                table.put(bearer, key)
        begin = len(some)
        for number, brief in zip(part.tolist(), read, strict=True):
            bearers.add(number, int(part[0]), brief, cast.called)
            rows.add(len(some), brief.claims)
            rows.add_own(len(some), brief.sentences)
            some.append(brief.digest)
            first.append(begin)
        if len(some) >= _AT_ONCE:
            settle()
            rows, some, first, bearers = ClaimRows(), [], [], BearerRows()
    settle()


def _sources(
    briefs: Mapping[str, Brief], digests: Sequence[str], told: _Told, bench: Bench
) -> tuple[Kept[Bearer, SameSource], Kept[Bearer, int]]:
    """Return the sources that are one, and the numbers of those who only have their name so."""
    sources, split = Kept[Bearer, SameSource](bench), Kept[Bearer, int](bench)
    persons, usual = told.bearers.persons, usual_of(told.bearers)
    for rows in told.bearers.parts():
        for parts in groups_of(rows, persons, usual):
            for number, part in enumerate(parts):
                whose = list(zip(rows.article[part.members], rows.place[part.members], strict=True))
                several = len({article for article, _ in whose}) > 1
                if not (number or several):
                    continue
                bearings = [
                    bearing_of(briefs[digests[article]], place, told.called, over)
                    for (article, place), over in zip(whose, part.over, strict=True)
                ]
                for one in bearings if number else ():
                    split.put((one.digest, one.id), number)
                if several:
                    source = same_source(bearings, part.chance)
                    sources.put((source.members[0].digest, source.members[0].source), source)
    return sources, split


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
            key = _ends(*sorted(map(ref_of, (one, other))))
            found.same.put(key, max(score, found.same.get(key, 0.0)))
            continue
        claim, sentence = (one, other) if own[1] else (other, one)
        digest, place = digests[rows.article[sentence]], int(rows.place[sentence])
        ref = ref_of(claim)
        carried = Carried(ref, digest, place, round(score, 3))
        found.carried.put((ref.digest, ref.claim, digest, f"{place:09}"), carried)
    for one, other in near.against:
        first, second = sorted(map(ref_of, (one, other)))
        found.against.put(_ends(first, second), (first, second))


def _ends(one: ClaimRef, other: ClaimRef) -> Four:
    return one.digest, one.claim, other.digest, other.claim


def _same(
    briefs: Mapping[str, Brief],
    digests: Digests,
    claims: ClaimPile,
    reuses: Kept[Ends, Reuse],
    found: Kept[Four, float],
) -> None:
    """Add the pairs of claims that say the same, those that one article copied for certain."""
    for one, other, score in alike(claims):
        ends = claims.take(np.array([one, other]))
        refs = (_ref(briefs, digests, ends, row) for row in (0, 1))
        found.put(_ends(*sorted(refs)), score)
    for reuse in reuses.values():
        copy, original = (claims.of(digests.index(d)) for d in (reuse.copy, reuse.original))
        for mine, theirs in copied(reuse, places_of(copy), places_of(original)):
            refs = (
                _ref(briefs, digests, rows, row) for rows, row in ((copy, mine), (original, theirs))
            )
            found.put(_ends(*sorted(refs)), 1.0)


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
