"""What a named source is and is called: by its words, by what is done to it, by the registry.

Names in capitals are written as running text has them. Each decision comes with its reason.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from provenance.model import (
    Article,
    Basis,
    CustodyEvent,
    Decision,
    EventKind,
    EventRole,
    Extraction,
    Facet,
    SourceType,
    Span,
)
from provenance.resolution.clusters import Cluster, Way, plain
from provenance.resolution.descriptions import descriptions, is_called
from provenance.resolution.name_words import words
from provenance.resolution.registry import Registry
from provenance.resolution.salience import known_gender

_FIRMS = words("firms", "ends")
_BODIES = words("names", "bodies") | words("names", "surely_bodies")
_MAKERS = words("descriptions", "makers")
_THINGS = words("pronouns", "bodies")


def tell_kinds(article: Article, placed: dict[Span, Cluster], extraction: Extraction) -> None:
    """Settle the type of named clusters: firms, and who was told something or had it first."""
    for span in _told(article, extraction):
        cluster = placed.get(span)
        if (
            cluster
            and cluster.is_named
            and not (cluster.known_type or cluster.gender)
            and _may_be_outlet(cluster)
        ):
            cluster.know(SourceType.NEWS_OUTLET)
    for cluster in placed.values():
        firm = any(_is_firm(name) for name in (*cluster.names, *cluster.texts))
        if (
            (firm or _is_body(article, cluster))
            and not cluster.known_type
            and cluster.type() is SourceType.PERSON
        ):
            cluster.know(SourceType.ORGANIZATION)


def _told(article: Article, extraction: Extraction) -> Iterator[Span]:
    """Yield where an outlet stands: told, leaked to, first with a thing, or the article's own."""
    yield from (span for a in extraction.attributions for span in a.route)
    for event in extraction.events:
        for one in event.participants:
            first = event.kind is EventKind.FIRST_REPORT and one.role is EventRole.AGENT
            leaked = event.kind is EventKind.LEAK and one.role is EventRole.RECIPIENT
            own = event.kind is EventKind.OBTAINING and one.role is EventRole.AGENT
            if first or leaked or (own and _is_own(article, one.span)):
                yield one.span


def _is_own(article: Article, span: Span) -> bool:
    name = plain(article.quote(span)).casefold()
    return bool(name) and name == plain(article.publisher).casefold()


def _is_firm(name: str) -> bool:
    words = name.casefold().replace(",", " ").split()
    return "&" in words[1:-1] or (len(words) > 1 and words[-1].rstrip(".") in _FIRMS)


def _is_body(article: Article, cluster: Cluster) -> bool:
    """Whether who owns, makes or runs something is a firm: by its name, or spoken of as "it"."""
    if not cluster.is_named or known_gender(cluster) or not is_called(cluster, _MAKERS):
        return False
    ends = {name.casefold().split()[-1] for name in cluster.names if " " in name}
    thing = any(article.quote(m.span).casefold() in _THINGS for m in cluster.mentions)
    return thing or not ends.isdisjoint(_BODIES)


def _may_be_outlet(cluster: Cluster) -> bool:
    """Whether a named cluster is no person: those come with more than one name at first."""
    alone = all(len(name.split()) == 1 for name in cluster.names)
    return cluster.type() is SourceType.ORGANIZATION or (
        alone and all(len(text.split()) == 1 for text in cluster.texts)
    )


def without_holders(events: tuple[CustodyEvent, ...]) -> tuple[CustodyEvent, ...]:
    """Return resolved *events* less what says that somebody made what they only got hold of.

    Of letters "obtained by the Ledger", "the Ledger's letters" are those that it has.
    """
    held = {
        (one.source_id, thing.source_id)
        for event in events
        for one in event.participants
        for thing in event.participants
        if one.source_id and thing.role is EventRole.ARTEFACT and _holds(event.kind, one.role)
    }
    return tuple(one for one in events if not _is_only_held(one, held))


def _holds(kind: EventKind, role: EventRole) -> bool:
    got = kind is EventKind.OBTAINING and role is EventRole.AGENT
    given = kind in {EventKind.LEAK, EventKind.TRANSFER} and role is EventRole.RECIPIENT
    return got or given


def _is_only_held(event: CustodyEvent, held: set[tuple[str, str]]) -> bool:
    """Whether *event* makes a maker of whoever stands before a thing: "the Ledger's letters"."""
    if event.kind is not EventKind.CREATION:
        return False
    makers = [p for p in event.participants if p.role is EventRole.AGENT]
    things = [p for p in event.participants if p.role is EventRole.ARTEFACT]
    return bool(makers) and all(
        any(m.span in t.span and (m.source_id, t.source_id) in held for t in things) for m in makers
    )


def label(cluster: Cluster) -> str:
    """Return what to call *cluster*."""
    return labels(cluster)[0]


def labels(cluster: Cluster) -> list[str]:
    """Return what *cluster* may be called, the best first."""
    if not cluster.is_named:
        return descriptions(cluster)
    names = cluster.names
    proper = [n for n in names if n not in cluster.places] or list(names)
    plainer = [n for n in proper if not any(_adds_to(n, m, names) for m in proper)]
    ranked = sorted(plainer, key=lambda n: (len(n.split()), names[n], n), reverse=True)
    if plain(cluster.entry) not in names:
        return ranked
    return [cluster.entry, *(n for n in ranked if n != plain(cluster.entry))]


def _adds_to(name: str, short: str, often: Mapping[str, int]) -> bool:
    """Whether *name* is *short*, which is used more often, with a word before: "Honest Ann Lee"."""
    return name.endswith(f" {short}") and " " in short and often[short] > often[name]


_SMALL = words("names", "small")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORT = 3
"""Letters of a capital word that is rather an acronym, beside others too."""
_LONG = 7
"""Letters of a lone capital word that is hardly one."""


def is_loud(text: str) -> bool:
    """Whether *text* is in capitals as old wires were."""
    upper = sum(map(str.isupper, text))
    return upper > 9 * sum(map(str.islower, text)) and upper > 1


def as_printed(name: str, cluster: Cluster, registry: Registry, *, loud: bool) -> str:
    """Return *name* with small letters where it is in capitals and no acronym.

    Args:
        name: Of a source.
        cluster: That source; a lone word is a surname where it is a person's.
        registry: Names known in capitals stay so.
        loud: Whether all of the article is in capitals.
    """
    words = name.split()
    if not cluster.is_named:
        return name.casefold() if loud else name
    person = cluster.type() is SourceType.PERSON
    if not name.isupper() or not (loud or person or len(words) > 1 or len(name) >= _LONG):
        return name
    for entry in registry.find(name):
        if entry.name.casefold() == name.casefold():
            return entry.name

    def small(match: re.Match[str]) -> str:
        word = match[0]
        if match.start() and word.casefold() in _SMALL:
            return word.casefold()
        acronym = not re.search(r"[AEIOUY]", word) or (
            not person and len(word) <= _SHORT + (len(words) == 1)
        )
        return word if acronym or (registry.find(word) and len(word) <= _SHORT) else _named(word)

    return _WORD.sub(small, name)


def _named(word: str) -> str:
    """Return *word* with one capital, or two: "O'Dowd", "McNeil"."""
    parts = re.split(r"(['’]|(?<=^MC))", word)
    return "".join(
        p.capitalize() if len(p) > 1 or (p.isupper() and i == 0) else p for i, p in enumerate(parts)
    )


Label = Callable[[Cluster], str]


def decisions_of(cluster: Cluster, names: Sequence[str], label: Label) -> tuple[Decision, ...]:
    """Return what decided about *cluster*.

    Args:
        cluster: The mentions of one source.
        names: What it might be called, the best first.
        label: Gives what another cluster is called.
    """
    own = [*_of_name(cluster, names), _of_type(cluster), *_of_mentions(cluster, label)]
    return tuple(sorted(own))


def _of_name(cluster: Cluster, names: Sequence[str]) -> Iterator[Decision]:
    """Yield why *cluster* is called so, unless it has no other name."""
    second = names[1] if len(names) > 1 else ""
    if cluster.entry and names[:1] == [cluster.entry]:
        yield Decision(facet=Facet.NAME, by=Basis.REGISTRY, rule=cluster.entry, second=second)
    elif second:
        rule = "fullest name" if cluster.is_named else "fullest description"
        yield Decision(facet=Facet.NAME, by=Basis.RULE, rule=rule, second=second)


def _of_type(cluster: Cluster) -> Decision:
    votes = {
        type: count
        for type, count in cluster.types.items()
        if not (cluster.is_named and type is SourceType.UNNAMED)
    }
    others = sorted((-count, type) for type, count in votes.items() if type is not cluster.type())
    second = others[0][1].value if others else ""
    by, share = Basis.RULE, 0.0
    if cluster.known_type and cluster.entry:
        rule, by = cluster.entry, Basis.REGISTRY
    elif cluster.known_type:
        rule = "words of the name"
    elif votes:
        rule = "words beside it"
        share = round(-others[0][0] / sum(votes.values()), 2) if others else 0.0
    else:
        rule = "nothing says otherwise"
    return Decision(facet=Facet.TYPE, by=by, rule=rule, second=second, second_score=share)


def _of_mentions(cluster: Cluster, label: Label) -> Iterator[Decision]:
    """Yield why mentions are of *cluster* that do not just have its name."""
    rows: dict[tuple[Basis, str, str], list[Span]] = {}
    for span, way in cluster.ways.items():
        rows.setdefault((way.by, way.rule, _second(way, cluster, label)), []).append(span)
    for (by, rule, second), spans in rows.items():
        yield Decision(
            facet=Facet.SAME, by=by, rule=rule, second=second, spans=tuple(sorted({*spans}))
        )


def _second(way: Way, cluster: Cluster, label: Label) -> str:
    other = way.second
    while other is not None and other.joined is not None:
        other = other.joined
    return plain(label(other)) if other not in (None, cluster) and other.mentions else ""
