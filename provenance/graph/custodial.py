"""The hops that custody events give, and which of those events are one, told again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from provenance.graph.hops import Hop, reached_from
from provenance.model import (
    ARTICLE,
    Certainty,
    CustodyEvent,
    EventKind,
    EventRole,
    FlowKind,
    SourceType,
)

Parts = frozenset[tuple[EventRole, str]]


def told_once(events: Iterable[CustodyEvent]) -> tuple[CustodyEvent, ...]:
    """Return resolved *events* without those that are told again.

    Two are one where the same sources did the same thing and neither date, place nor certainty
    speaks against it. The first is kept, with the day and place that the other has.
    """
    kept: list[CustodyEvent] = []
    for event in events:
        again = next((i for i, one in enumerate(kept) if _is_same(one, event)), None)
        if again is None:
            kept.append(event)
        else:
            kept[again] = _with(kept[again], event)
    return tuple(kept)


def _is_same(one: CustodyEvent, other: CustodyEvent) -> bool:
    denied = {e.certainty is Certainty.DENIED for e in (one, other)}
    return (
        one.kind is other.kind
        and bool(parts := _parts(one))
        and parts == _parts(other)
        and len(denied) == 1
        and _agree(one.date, other.date)
        and ("" in (one.place, other.place) or one.place == other.place)
    )


def _parts(event: CustodyEvent) -> Parts:
    """Return who did what in *event*, empty where one of them is no source of the graph."""
    found = frozenset((p.role, p.source_id) for p in event.participants)
    return frozenset() if any(not id_ for _, id_ in found) else found


def _agree(one: str, other: str) -> bool:
    """Whether two dates may be one, of which one may be only a month or nothing."""
    return one.startswith(other) or other.startswith(one)


def _with(one: CustodyEvent, other: CustodyEvent) -> CustodyEvent:
    return replace(
        one,
        date=max(one.date, other.date, key=len),
        place=one.place or other.place,
        certainty=min(one.certainty, other.certainty, key=lambda c: c.rank),
    )


_SUPPORTING = {EventKind.CREATION, EventKind.TRANSFER, EventKind.DISCOVERY, EventKind.OBTAINING}
"""Events that make an artefact no source by themselves, unless an outlet gets it by them: papers
change hands daily."""


def hops_of_events(
    events: tuple[CustodyEvent, ...], types: Mapping[str, SourceType]
) -> Iterator[Hop]:
    """Yield the hops that custody events give; what is denied or imagined gives none."""
    told = [e for e in events if e.certainty is not Certainty.DENIED and not _is_hypothetical(e)]
    ways = _Ways.of(told, types)
    for event in told:
        for source, target, kind in _event_ends(event, types, ways):
            thing = _thing(event, source, target, types)
            if source != target:
                yield Hop(
                    source,
                    target,
                    kind,
                    event.sentence,
                    event.trigger,
                    event.certainty,
                    supporting=event.kind in _SUPPORTING
                    and not _is_outlet(target, types)
                    and thing not in ways.followed,
                    artefact=thing,
                    rule=f"custody: {event.kind.value.replace('_', ' ')}",
                )


def _thing(event: CustodyEvent, source: str, target: str, types: Mapping[str, SourceType]) -> str:
    """Return the artefact at an end of a hop, or that went from the one to the other."""
    ends = [end for end in (target, source) if end != ARTICLE and types[end].is_artefact]
    return next(iter([*ends, *_who(event)[EventRole.ARTEFACT]]), source)


def _is_outlet(id: str, types: Mapping[str, SourceType]) -> bool:
    return id != ARTICLE and types[id] is SourceType.NEWS_OUTLET


def _is_hypothetical(event: CustodyEvent) -> bool:
    """Whether a leak or release is only imagined: nobody is said to have done it, nowhere."""
    doing = {EventRole.AGENT, EventRole.CHANNEL}
    imagined = event.kind in {EventKind.LEAK, EventKind.PUBLICATION, EventKind.POSTING}
    return (
        imagined
        and event.certainty is Certainty.SPECULATIVE
        and (
            event.kind is EventKind.PUBLICATION
            or not any(p.role in doing for p in event.participants)
        )
    )


@dataclass(frozen=True, slots=True)
class _Ways:
    """What an article tells of the hands that its artefacts go through.

    Attributes:
        held: Artefacts with whoever is told to have got them.
        given: Those with whoever handed them on, in the order of the text.
        made: Those with whoever made them.
        followed: Artefacts that go from somebody to somebody more than once.
    """

    held: frozenset[tuple[str, str]]
    given: tuple[tuple[str, str], ...]
    made: frozenset[tuple[str, str]]
    followed: frozenset[str]

    @classmethod
    def of(cls, events: Iterable[CustodyEvent], types: Mapping[str, SourceType]) -> "_Ways":
        """Return the ways that *events* tell."""
        times: Counter[str] = Counter()
        held, given, made = set[tuple[str, str]](), list[tuple[str, str]](), set[tuple[str, str]]()
        for event in events:
            who = _who(event)
            givers, takers = _handing(event.kind, who)
            for thing in {a for a in who[EventRole.ARTEFACT] if types[a].is_artefact}:
                times[thing] += bool(givers and takers)
                held.update((thing, taker) for taker in takers)
                posters = {(thing, agent) for agent in who[EventRole.AGENT]}
                if event.kind is EventKind.POSTING and held & posters:
                    held.update((thing, place) for place in who[EventRole.CHANNEL])
                given += [(thing, giver) for giver in givers]
                if event.kind is EventKind.CREATION:
                    made.update((thing, maker) for maker in who[EventRole.AGENT])
        followed = frozenset(thing for thing, count in times.items() if count > 1)
        return cls(frozenset(held), tuple(given), frozenset(made), followed)

    def has(self, thing: str, giver: str, types: Mapping[str, SourceType]) -> bool:
        """Whether *giver*, who hands *thing* on, had it from somebody, named or not.

        Of those who hand on what another made, the first brings it in, and no other.
        """
        if (thing, giver) in self.held or types[giver] is SourceType.NEWS_OUTLET:
            return True
        makers = {who for what, who in self.made if what == thing}
        others = (who for what, who in self.given if what == thing and who not in makers)
        return thing in self.followed and bool(makers) and giver not in {*makers, next(others, "")}


def _who(event: CustodyEvent) -> dict[EventRole, list[str]]:
    """Return who fills each role of *event*."""
    return {
        role: [p.source_id for p in event.participants if p.role is role and p.source_id]
        for role in EventRole
    }


def _handing(kind: EventKind, who: Mapping[EventRole, list[str]]) -> tuple[list[str], list[str]]:
    """Return who hands something on in an event, and who then has it."""
    if kind is EventKind.TRANSFER:
        return [*who[EventRole.AGENT], *who[EventRole.ORIGIN]], who[EventRole.RECIPIENT]
    if kind is EventKind.OBTAINING:
        return who[EventRole.ORIGIN], who[EventRole.AGENT]
    return [], []


def _event_ends(
    event: CustodyEvent, types: Mapping[str, SourceType], ways: _Ways
) -> Iterator[tuple[str, str, FlowKind]]:
    """Yield the ends and kinds of the hops that a custody event makes."""
    who = _who(event)
    outlets = [a for a in who[EventRole.AGENT] if types[a] is SourceType.NEWS_OUTLET]
    if event.kind is EventKind.INTERVIEW:
        yield from _interview_ends(who, outlets)
    elif not any(p.role is EventRole.ARTEFACT for p in event.participants):
        if event.kind is EventKind.PUBLICATION:  # of the article itself: wire credit
            yield from ((outlet, ARTICLE, FlowKind.REPORTED_BY) for outlet in outlets)
    elif event.kind not in {EventKind.DENIAL, EventKind.AUTHENTICATION}:
        for artefact in (a for a in who[EventRole.ARTEFACT] if types[a].is_artefact):
            passed = list(_passed_on(event.kind, artefact, who, types, ways))
            yield from passed or _artefact_ends(event.kind, artefact, who, types, ways)


def _interview_ends(
    who: Mapping[EventRole, list[str]], outlets: list[str]
) -> Iterator[tuple[str, str, FlowKind]]:
    """Yield the hops of an interview: by way of it if it is named, else straight to the outlet."""
    asked, occasions = who[EventRole.ORIGIN], who[EventRole.ARTEFACT][:1]
    for occasion in occasions:
        yield from ((a, occasion, FlowKind.REPORTED_BY) for a in asked)
        yield from ((occasion, outlet, FlowKind.DERIVED_FROM) for outlet in outlets)
    if not occasions:
        yield from ((a, outlet, FlowKind.REPORTED_BY) for a in asked for outlet in outlets)


def _passed_on(
    kind: EventKind,
    artefact: str,
    who: Mapping[EventRole, list[str]],
    types: Mapping[str, SourceType],
    ways: _Ways,
) -> Iterator[tuple[str, str, FlowKind]]:
    """Yield the hops from whoever had got *artefact* to whoever gets it next.

    An outlet that hands it on had it, too, though nobody says from whom, and so had whoever hands
    on what somebody else made, where the text follows it.
    """
    givers, takers = _handing(kind, who)
    for giver in givers:
        if takers and ways.has(artefact, giver, types):
            if (artefact, giver) not in ways.held:
                yield artefact, giver, FlowKind.DERIVED_FROM
            for taker in takers:
                yield giver, taker, FlowKind.REPORTED_BY


def _artefact_ends(
    kind: EventKind,
    artefact: str,
    who: Mapping[EventRole, list[str]],
    types: Mapping[str, SourceType],
    ways: _Ways,
) -> Iterator[tuple[str, str, FlowKind]]:
    """Yield the hops into an artefact and out of it to those who received it.

    A person who only has it is nobody whom the article has it from.
    """
    derived, channels = FlowKind.DERIVED_FROM, who[EventRole.CHANNEL]
    places = [] if any((artefact, a) in ways.held for a in who[EventRole.AGENT]) else channels
    yield from ((origin, artefact, derived) for origin in (*who[EventRole.ORIGIN], *places))
    for receiver in who[EventRole.RECIPIENT]:
        outlet = types[receiver] is SourceType.NEWS_OUTLET
        kept = kind is EventKind.LEAK or types[receiver] is SourceType.PERSON
        followed = artefact in ways.followed or (artefact, receiver) in ways.given
        if outlet or not kept or followed:
            yield artefact, receiver, derived
    for agent in who[EventRole.AGENT]:
        yield from _agent_ends(kind, agent, artefact, channels, types)


def _agent_ends(
    kind: EventKind, agent: str, artefact: str, channels: list[str], types: Mapping[str, SourceType]
) -> Iterator[tuple[str, str, FlowKind]]:
    """Yield the hops of who did it: those who release come before an artefact, outlets after it."""
    derived, reported = FlowKind.DERIVED_FROM, FlowKind.REPORTED_BY
    if kind in {EventKind.INTERCEPTION, EventKind.DISCOVERY, EventKind.THEFT}:
        return
    if kind is EventKind.CREATION:
        yield agent, artefact, reported
    elif types[agent] is SourceType.NEWS_OUTLET or kind is EventKind.OBTAINING:
        yield artefact, agent, derived
    elif kind is EventKind.FIRST_REPORT:
        yield agent, artefact, derived
    elif channels and kind in {EventKind.POSTING, EventKind.LEAK, EventKind.PUBLICATION}:
        yield from ((agent, c, reported) for c in channels)
    elif kind in {
        EventKind.POSTING,
        EventKind.LEAK,
        EventKind.PUBLICATION,
        EventKind.TRANSFER,
        EventKind.REPUBLICATION,
    }:
        yield agent, artefact, derived


def relevant(events: list[Hop], told: list[Hop]) -> list[Hop]:
    """Drop the hops of supporting events about artefacts that the article has nothing from.

    And those over the heads of others whose hands the same artefact went through.
    """
    kept = [h for h in events if not h.supporting]
    sources = {i for h in (*told, *kept) for i in (h.source, h.target)}
    sources |= {h.artefact for h in kept}
    while more := [h for h in events if h not in kept and h.artefact in sources]:
        kept += more
        sources |= {i for h in more for i in (h.source, h.target)}
    onward: dict[str, dict[str, set[str]]] = {}
    for hop in kept:
        onward.setdefault(hop.artefact, {}).setdefault(hop.source, set()).add(hop.target)

    def passes_over(hop: Hop) -> bool:
        ways = onward[hop.artefact]
        return hop.source == hop.artefact and hop.target in reached_from(
            ways[hop.source] - {hop.target}, ways
        )

    return [h for h in events if h in kept and not passes_over(h)]
