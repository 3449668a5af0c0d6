"""Work out the hops of information: who had it from whom, each hop that the text names once.

The rules are those of the gold format. An attribution gives the path from its source over its
go-betweens to the reader; a custody event gives what led into an artefact, and out of it to those
who hold it. Shortcuts over a named hop are taken out at the end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from provenance.graph.custodial import hops_of_events, relevant
from provenance.graph.hops import Hop, said_kind
from provenance.model import (
    ARTICLE,
    Attribution,
    Basis,
    Decision,
    Facet,
    Flow,
    Resolution,
    SourceType,
    Span,
    Stance,
)

LEADS_ON = "nothing else leads on"
"""The rule that the article itself has whatever would end nowhere."""
_SURE = 0.8
_AGAINST = {Stance.DENIES, Stance.DOUBTS}


def find_flows(resolution: Resolution) -> tuple[Flow, ...]:
    """Return the flows between the sources of *resolution*, sorted by their ends."""
    types = {s.id: s.type for s in resolution.sources}
    ids = dict(resolution.by_span)
    hops = list(_from_attributions(resolution.attributions, ids, types))
    hops += relevant(list(hops_of_events(resolution.events, types)), hops)
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
        bases = [ids[s] for s in one.basis if s in ids]
        own = teller is not None and teller.source_ids[0] in bases  # "Lee said that his memo shows"
        target = teller.source_ids[0] if teller and not own else ARTICLE
        if teller and one.score < _SURE and types[one.source_ids[0]].is_agent:
            continue  # talked about by somebody else, no more
        if teller and teller.stance in _AGAINST and not types[one.source_ids[0]].is_agent:
            continue  # who says that the papers show nothing has nothing from them
        route = [i for s in one.route if (i := ids.get(s)) and _carries(types[i])]
        for speaker in one.source_ids:
            path = [speaker, *(i for i in dict.fromkeys(route) if i != speaker), target]
            for upstream, downstream in pairwise(path):
                if upstream != downstream:
                    yield _hop(one, upstream, downstream, types, told=True, rule="credited")
            for basis in bases:
                if basis != speaker:
                    yield _hop(one, basis, speaker, types, told=not own, rule="cited")


def _hop(
    one: Attribution,
    source: str,
    target: str,
    types: Mapping[str, SourceType],
    *,
    told: bool,
    rule: str,
) -> Hop:
    kind = said_kind(types[source])
    return Hop(source, target, kind, one.sentence, one.cue[0], one.certainty, told=told, rule=rule)


def _carries(type_: SourceType) -> bool:
    """Whether a go-between of this type passes things on: "told the court" names no such hop."""
    return type_ not in {SourceType.PERSON, SourceType.UNNAMED, SourceType.ORGANIZATION}


def _teller(one: Attribution, attributions: tuple[Attribution, ...]) -> Attribution | None:
    """Return the innermost statement that holds *one*, None in the article's own voice."""
    if not one.depth:
        return None
    outer = [
        a
        for a in attributions
        if a.depth < one.depth
        and a.source_ids
        and any(one.cue[0] in c for c in a.content)
        and not set(a.source_ids) & set(one.source_ids)
    ]
    return max(outer, key=lambda a: (a.depth, a.cue), default=None)


def _to_the_reader(hops: Iterable[Hop], types: Mapping[str, SourceType]) -> Iterator[Hop]:
    """Yield the last hop of what would end nowhere: the article has it."""
    hops = list(hops)
    leaving = {h.source for h in hops}
    seen: set[str] = set()
    for hop in hops:
        end = hop.target
        if end != ARTICLE and end not in leaving and end not in seen:
            seen.add(end)
            yield replace(
                hop,
                source=end,
                target=ARTICLE,
                kind=said_kind(types[end]),
                supporting=False,
                artefact="",
                rule=LEADS_ON,
            )


def _without_shortcuts(hops: list[Hop], types: Mapping[str, SourceType]) -> list[Hop]:
    """Drop hops over what the text names between their ends.

    An artefact that an outlet reports on reaches the reader through it, a speaker whom the text
    quotes from an occasion, a paper or an outlet is heard there, and what went into an artefact by
    way of another did not go into it straight.
    """
    onward: dict[str, set[str]] = {}
    heard: dict[str, set[str]] = {}
    items: dict[str, set[str]] = {}
    for hop in hops:
        onward.setdefault(hop.source, set()).add(hop.target)
        if hop.supporting and hop.target != ARTICLE and types[hop.target].is_artefact:
            items.setdefault(hop.source, set()).add(hop.target)
        if hop.told:
            heard.setdefault(hop.source, set()).add(hop.target)

    def is_shortcut(hop: Hop) -> bool:
        if hop.source in onward.get(hop.target, ()) and types[hop.source].is_artefact:
            return types[hop.target] is SourceType.CHANNEL  # it lay there first
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
        apart = items.get(hop.source, set()) if hop.told else set()  # a batch tells on its own too
        further = {types[t] for t in onward[hop.source] - {ARTICLE} - apart}
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
                decision=Decision(facet=Facet.HOP, by=Basis.RULE, rule=first.rule),
            )
        )
    return tuple(sorted(flows, key=lambda f: (f.source, f.target)))
