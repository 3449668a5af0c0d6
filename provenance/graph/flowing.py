"""Work out the hops of information: who had it from whom, each hop that the text names once.

The rules are those of the gold format. An attribution gives the path from its source over its
go-betweens to the reader; a custody event gives what led into an artefact, and out of it to those
who hold it. Shortcuts over a named hop are taken out at the end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from provenance.model import (
    ARTICLE,
    Attribution,
    Certainty,
    CustodyEvent,
    EventKind,
    EventRole,
    Flow,
    FlowKind,
    Resolution,
    SourceType,
    Span,
    Stance,
)


@dataclass(frozen=True, slots=True)
class Hop:
    """One reading of a flow, before those with the same ends are joined.

    Attributes:
        told: Whether an attribution tells it, else a custody event.
        supporting: Whether the event's kind makes the artefact no source by itself.
        artefact: What the event happened to.
    """

    source: str
    target: str
    kind: FlowKind
    evidence: Span
    cue: Span
    certainty: Certainty
    told: bool = False
    supporting: bool = False
    artefact: str = ""


_SURE = 0.8
_AGAINST = {Stance.DENIES, Stance.DOUBTS}


def find_flows(resolution: Resolution) -> tuple[Flow, ...]:
    """Return the flows between the sources of *resolution*, sorted by their ends."""
    types = {s.id: s.type for s in resolution.sources}
    ids = dict(resolution.by_span)
    hops = list(_from_attributions(resolution.attributions, ids, types))
    hops += _relevant(list(_from_events(resolution.events, types)), hops)
    hops += _to_the_reader(hops, types)
    kept = _without_shortcuts(hops, types)
    return _joined(kept)


def _from_attributions(
    attributions: tuple[Attribution, ...], ids: Mapping[Span, str], types: Mapping[str, SourceType]
) -> Iterator[Hop]:
    for one in attributions:
        if not one.source_ids:
            continue
        teller = _teller(one, attributions)
        target = teller.source_ids[0] if teller else ARTICLE
        if teller and one.score < _SURE and types[one.source_ids[0]].is_agent:
            continue  # talked about by somebody else, no more
        if teller and teller.stance in _AGAINST and not types[one.source_ids[0]].is_agent:
            continue  # who says that the papers show nothing has nothing from them
        route = [i for s in one.route if (i := ids.get(s)) and _carries(types[i])]
        for speaker in one.source_ids:
            path = [speaker, *(i for i in dict.fromkeys(route) if i != speaker), target]
            for upstream, downstream in pairwise(path):
                if upstream != downstream:
                    yield Hop(
                        upstream,
                        downstream,
                        _said_kind(types[upstream]),
                        one.sentence,
                        one.cue[0],
                        one.certainty,
                        True,
                    )
            for basis in (ids[s] for s in one.basis if s in ids):
                if basis != speaker:
                    yield Hop(
                        basis,
                        speaker,
                        _said_kind(types[basis]),
                        one.sentence,
                        one.cue[0],
                        one.certainty,
                        True,
                    )


def _said_kind(type_: SourceType) -> FlowKind:
    return FlowKind.REPORTED_BY if type_.is_agent else FlowKind.DERIVED_FROM


def _carries(type_: SourceType) -> bool:
    """Whether a go-between of this type passes things on: "told the court" names no such hop."""
    return type_ not in {SourceType.PERSON, SourceType.UNNAMED, SourceType.ORGANIZATION}


def _teller(one: Attribution, attributions: tuple[Attribution, ...]) -> Attribution | None:
    """Return the innermost statement that holds *one*, None in the article's own voice."""
    outer = [
        a
        for a in attributions
        if a.depth < one.depth
        and a.source_ids
        and any(one.cue[0] in c for c in a.content)
        and not set(a.source_ids) & set(one.source_ids)
    ]
    return max(outer, key=lambda a: (a.depth, a.cue), default=None)


def _from_events(
    events: tuple[CustodyEvent, ...], types: Mapping[str, SourceType]
) -> Iterator[Hop]:
    for event in events:
        if event.certainty is Certainty.DENIED or _is_hypothetical(event):
            continue
        for source, target, kind in _event_ends(event, types):
            if source != target:
                yield Hop(
                    source,
                    target,
                    kind,
                    event.sentence,
                    event.trigger,
                    event.certainty,
                    supporting=event.kind in _SUPPORTING,
                    artefact=target if target != ARTICLE and types[target].is_artefact else source,
                )


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


def _event_ends(
    event: CustodyEvent, types: Mapping[str, SourceType]
) -> Iterator[tuple[str, str, FlowKind]]:
    """Yield the ends and kinds of the hops that a custody event makes."""
    derived, reported = FlowKind.DERIVED_FROM, FlowKind.REPORTED_BY
    who = {
        role: [p.source_id for p in event.participants if p.role is role and p.source_id]
        for role in EventRole
    }
    agents, channels, recipients = (
        who[EventRole.AGENT],
        who[EventRole.CHANNEL],
        who[EventRole.RECIPIENT],
    )
    if event.kind is EventKind.PUBLICATION and not any(
        p.role is EventRole.ARTEFACT for p in event.participants
    ):
        yield from ((a, ARTICLE, reported) for a in agents if types[a] is SourceType.NEWS_OUTLET)
        return
    if event.kind is EventKind.INTERVIEW and who[EventRole.ARTEFACT]:
        occasion = who[EventRole.ARTEFACT][0]
        yield from ((o, occasion, reported) for o in who[EventRole.ORIGIN])
        yield from ((occasion, a, derived) for a in agents if types[a] is SourceType.NEWS_OUTLET)
        return
    if event.kind is EventKind.INTERVIEW:
        yield from (
            (o, a, reported)
            for o in who[EventRole.ORIGIN]
            for a in agents
            if types[a] is SourceType.NEWS_OUTLET
        )
        return
    if event.kind in {EventKind.DENIAL, EventKind.AUTHENTICATION}:
        return
    for artefact in who[EventRole.ARTEFACT]:
        if not types[artefact].is_artefact:
            continue
        yield from ((o, artefact, derived) for o in who[EventRole.ORIGIN])
        yield from ((c, artefact, derived) for c in channels)
        if event.kind is not EventKind.LEAK:
            yield from (
                (artefact, r, derived) for r in recipients if types[r] is not SourceType.PERSON
            )
        for agent in agents:
            yield from _agent_ends(event.kind, agent, artefact, channels, types)


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
        if kind is not EventKind.FIRST_REPORT or types[agent] is SourceType.NEWS_OUTLET:
            yield artefact, agent, derived
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


_SUPPORTING = {EventKind.CREATION, EventKind.TRANSFER, EventKind.DISCOVERY, EventKind.OBTAINING}
"""Events that make an artefact no source by themselves: papers change hands daily."""


def _relevant(events: list[Hop], told: list[Hop]) -> list[Hop]:
    """Drop the hops of supporting events about artefacts that the article has nothing from."""
    sources = {i for h in told for i in (h.source, h.target)}
    sources |= {i for h in events if not h.supporting for i in (h.source, h.target)}
    return [h for h in events if not h.supporting or h.artefact in sources]


def _to_the_reader(hops: Iterable[Hop], types: Mapping[str, SourceType]) -> Iterator[Hop]:
    """Yield the last hop of what would end nowhere: the article tells of it."""
    hops = list(hops)
    leaving = {h.source for h in hops}
    seen: set[str] = set()
    for hop in hops:
        end = hop.target
        if end != ARTICLE and end not in leaving and end not in seen:
            seen.add(end)
            yield Hop(
                end, ARTICLE, _said_kind(types[end]), hop.evidence, hop.cue, hop.certainty, hop.told
            )


def _without_shortcuts(hops: list[Hop], types: Mapping[str, SourceType]) -> list[Hop]:
    """Drop hops over what the text names between their ends.

    An artefact that an outlet reports on reaches the reader through it, a speaker whom the text
    quotes from an occasion, a paper or an outlet is heard there, and what went into an artefact by
    way of another did not go into it straight.
    """
    onward: dict[str, set[str]] = {}
    heard: dict[str, set[str]] = {}
    for hop in hops:
        onward.setdefault(hop.source, set()).add(hop.target)
        if hop.told:
            heard.setdefault(hop.source, set()).add(hop.target)

    def is_shortcut(hop: Hop) -> bool:
        if hop.target != ARTICLE:
            between = onward[hop.source] - {hop.target, ARTICLE}
            both = types[hop.target].is_artefact
            return both and any(
                types[b].is_artefact and hop.target in onward.get(b, ()) for b in between
            )
        if types[hop.source].is_agent:
            if types[hop.source] is SourceType.NEWS_OUTLET or not hop.told:
                return False
            return any(
                not types[t].is_agent or types[t] is SourceType.NEWS_OUTLET
                for t in heard.get(hop.source, set()) - {ARTICLE}
            )
        further = {types[t] for t in onward[hop.source] - {ARTICLE}}
        return any(t is SourceType.NEWS_OUTLET or t.is_artefact for t in further)

    return [h for h in hops if not is_shortcut(h)]


def _joined(hops: Iterable[Hop]) -> tuple[Flow, ...]:
    """Return one flow for all hops with the same ends, as sure as the surest of them."""
    by_ends: dict[tuple[str, str], list[Hop]] = {}
    for hop in hops:
        by_ends.setdefault((hop.source, hop.target), []).append(hop)
    flows = []
    for (source, target), same in by_ends.items():
        first = min(same, key=lambda h: (not h.told, h.evidence))
        flows.append(
            Flow(
                source=source,
                target=target,
                kind=first.kind,
                evidence=tuple(sorted({h.evidence for h in same})),
                cues=tuple(sorted({h.cue for h in same})),
                certainty=min((h.certainty for h in same), key=lambda c: c.rank),
            )
        )
    return tuple(sorted(flows, key=lambda f: (f.source, f.target)))
