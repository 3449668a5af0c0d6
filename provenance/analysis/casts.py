"""Who is who in a story: which names are one person's or one body's, and who speaks for whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.analysis.briefs import Brief, Key, Known
from provenance.analysis.spellings import bare, body_in, is_short_for, listed, may_be_one, plain
from provenance.model import SourceType

Bearer = tuple[str, str]
"""The digest of an article, and the id of a source in it."""
_PERSON = SourceType.PERSON.value
_BODY = SourceType.ORGANIZATION.value
_SURELY = 3
"""How many times as many articles one of two bodies has, of which a short name then is its."""
_KINDS = {SourceType.ORGANIZATION, SourceType.NEWS_OUTLET, SourceType.CHANNEL, SourceType.UNNAMED}


@dataclass(frozen=True, slots=True)
class Cast:
    """The sources of a story.

    Attributes:
        called: Their keys there, where these are others than their own article gives them.
        serves: The keys of those for whom sources speak.
    """

    called: Mapping[Bearer, Key]
    serves: Mapping[Bearer, Key]


@dataclass(frozen=True, slots=True)
class _Named:
    bearer: Bearer
    source: Known
    name: str
    is_person: bool


def cast_of(story: Sequence[Brief]) -> Cast:
    """Return who is who among the sources of the articles of *story*."""
    every = [one for brief in story for one in _named(brief)] if len(story) > 1 else []
    articles: dict[str, set[str]] = defaultdict(set)
    for one in every:
        articles[one.name].add(one.bearer[0])
    served = [
        (plain(source.serves), brief.digest)
        for brief in (story if every else ())
        for source in brief.sources
        if source.serves
    ]
    for name, digest in served:
        articles[name].add(digest)
    persons = {one.name for one in every if one.is_person and " " in one.name}
    ends = {word for name in persons for word in (name.split()[0], name.split()[-1])}
    ends -= listed("bodies")  # of "Navy chief", the navy is nobody's first name
    persons |= _alone(every) | {name for name, _ in served if name in ends}
    people = Counter({name: len(articles[name]) for name in persons})
    bodies = Counter({name: len(held) for name, held in articles.items() if name not in people})
    one_of = {**_bodies(bodies), **_persons(people)}
    keys = _keys(every, one_of, people, story[0].digest)
    called = {one.bearer: key for one in every if (key := keys[one_of[one.name]]) != one.source.key}
    return Cast(called, dict(_serving(story, called, one_of, keys)))


def _named(brief: Brief) -> Iterable[_Named]:
    for source in brief.sources:
        if source.type is SourceType.PERSON:
            name = bare(source.name) if source.key else ""
        elif source.key is not None:
            name = plain(source.name)
        else:
            name = body_in(source.name) if source.type in _KINDS else ""
        if name:
            is_person = source.type is SourceType.PERSON
            yield _Named((brief.digest, source.id), source, name, is_person)


def _alone(every: Iterable[_Named]) -> set[str]:
    """Return the single names of persons."""
    bodies = {one.name for one in every if not one.is_person}
    return {one.name for one in every if one.is_person and one.name not in bodies}


def _persons(names: Counter[str]) -> dict[str, str]:
    """Return for each name of a person the first of those that are the same one's."""
    groups: list[list[str]] = []
    for name in sorted(names, key=lambda n: (-names[n], n)):
        if " " in name:
            fits = [group for group in groups if all(may_be_one(name, other) for other in group)]
            if len(fits) == 1:
                fits[0].append(name)
            else:
                groups.append([name])
    found = {name: group[0] for group in groups for name in group}
    for single in (name for name in names if " " not in name):
        last = [group[0] for group in groups if any(n.split()[-1] == single for n in group)]
        first = [group[0] for group in groups if any(n.split()[0] == single for n in group)]
        may = last or first
        found[single] = may[0] if len(may) == 1 else single
    return found


def _bodies(names: Counter[str]) -> dict[str, str]:
    """Return for each name of a body the longest of those that are the same one's."""
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda n: (-len(n.split()), n)):
        found[name] = found.get(_long_for(name, names), name)
    return found


def _long_for(name: str, names: Counter[str]) -> str:
    """Return the one name that *name* is short for, "" where there are none or several."""
    if " " not in name and len(name) > 6 and name not in listed("bodies"):
        longer = [n for n in names if n.split()[0] == name and is_short_for(name, n)]
    else:
        longer = [n for n in names if is_short_for(name, n)]
    if " " not in name and name not in listed("bodies"):
        longer = [n for n in longer if n.split()[-1] != name]
    longest = [n for n in longer if not any(is_short_for(n, other) for other in longer)]
    longest.sort(key=lambda n: (-names[n], n))
    if not longest or (len(longest) > 1 and names[longest[0]] < _SURELY * names[longest[1]]):
        return ""
    return longest[0]


def _keys(
    every: Iterable[_Named], one_of: Mapping[str, str], people: Mapping[str, int], story: str
) -> dict[str, Key]:
    """Return the key of each who is called by several names: what most articles have for it."""
    votes: dict[str, Counter[Key]] = {name: Counter() for name in one_of.values()}
    for one in every:
        if one.source.key is not None and one.is_person == (one.name in people):
            votes[one_of[one.name]][one.source.key] += 1
    found = {}
    for name, keys in votes.items():
        best = max(keys, key=lambda k: (k[0] == "wikidata", keys[k], len(k[1]), k), default=None)
        if best is None or best[1] in listed("bodies"):
            best = (_PERSON, name) if name in people else (f"{_BODY} of {story}", name)
        found[name] = best
    return found


def _serving(
    story: Sequence[Brief],
    called: Mapping[Bearer, Key],
    one_of: Mapping[str, str],
    keys: Mapping[str, Key],
) -> Iterable[tuple[Bearer, Key]]:
    """Yield for whom sources speak; what one article says of that goes for the whole story."""
    every = [(brief, source) for brief in story for source in brief.sources]
    serves = dict(_parts(one_of, keys))
    for brief, source in every:
        own = called.get((brief.digest, source.id), source.key)
        if own is None or not source.serves:
            continue
        name = plain(source.serves)
        key = keys[one_of[name]] if name in one_of else (_BODY, name)
        if key != own:
            serves.setdefault(own, key)
    for brief, source in every:
        own = called.get((brief.digest, source.id), source.key)
        if own in serves and serves.get(serves[own]) != own:
            yield (brief.digest, source.id), serves[own]


def _parts(one_of: Mapping[str, str], keys: Mapping[str, Key]) -> Iterable[tuple[Key, Key]]:
    """Yield parts of a government with that: the navy of a people, or the only one's ministry."""
    governments = sorted({one for name, one in one_of.items() if name.endswith(" government")})
    for name, one in one_of.items():
        people, _, part = name.rpartition(" ")
        if part in listed("parts"):
            fits = [g for g in governments if people.startswith(g.removesuffix(" government"))]
            whole = fits or (governments if len(governments) == 1 and part == "ministry" else [])
            if len(whole) == 1 and keys[one] != keys[whole[0]]:
                yield keys[one], keys[whole[0]]
