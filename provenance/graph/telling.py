"""Which statements of a graph tell what, by whom, on what and within what."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provenance.model import (
    ARTICLE,
    Attribution,
    Certainty,
    CustodyEvent,
    SourceGraph,
    SourceType,
    Span,
    Spans,
    Stance,
)

_AGAINST = {Stance.DENIES, Stance.DOUBTS}


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement that somebody known makes, and the ways by which it may reach the reader.

    Attributes:
        claims: What it says, and what others say within it.
        speakers, stations, bases: Ids: who says it, what it goes through in order, what it is
            founded on.
        within: The ids of who tells the reader of it, `ARTICLE` in its own voice.
    """

    claims: tuple[str, ...]
    sentence: Span
    content: Spans
    speakers: tuple[str, ...]
    stations: tuple[str, ...]
    bases: tuple[str, ...]
    within: tuple[str, ...]

    def involves(self, id: str) -> bool:
        """Whether the source *id* says it, hands it on or is what it is founded on."""
        return id in self.speakers or id in self.stations or id in self.bases

    def goes(self, source: str, target: str) -> bool:
        """Whether the text says that it goes from *source* straight to *target*."""
        if source in self.bases:
            return target in self.speakers
        if source in self.speakers:
            return target in (self.stations or self.within)
        if source in self.stations:
            after = self.stations[self.stations.index(source) + 1 :]
            return target in (after[:1] or self.within)
        return False


def tellings_of(graph: SourceGraph) -> tuple[Telling, ...]:
    """Return the statements of *graph* that make a claim, in the order of the text."""
    claims = {claim.content: claim.id for claim in graph.claims}
    made = [a for a in graph.attributions if a.content in claims and any(a.source_ids)]
    denied = {c.content for c in graph.claims if c.certainty is Certainty.DENIED}
    places, inside, outlets = _places(graph), _inside(made), _outlets_after(graph)
    tellers, found = _tellers(made, inside), []
    for n, one in enumerate(made):
        speakers = tuple(filter(None, one.source_ids))
        shut = one.stance in _AGAINST or one.content in denied
        inner = [] if shut else [made[other] for other in inside[n]]
        teller = tellers.get(n)
        stations = _ids(one.route, places)
        if not (stations or teller):
            stations = _holders(graph, one, outlets)
        found.append(
            Telling(
                claims=tuple(dict.fromkeys(claims[a.content] for a in (one, *inner))),
                sentence=one.sentence,
                content=one.content,
                speakers=speakers,
                stations=tuple(id for id in stations if id not in speakers),
                bases=tuple(id for id in _ids(one.basis, places) if id not in speakers),
                within=tuple(filter(None, teller.source_ids)) if teller else (ARTICLE,),
            )
        )
    return tuple(found)


def _tellers(made: Sequence[Attribution], inside: Sequence[list[int]]) -> dict[int, Attribution]:
    """Return by number who tells each statement that stands within another's: the innermost."""
    tellers: dict[int, Attribution] = {}
    for outer, held in zip(made, inside, strict=True):
        for n in held:
            apart = not {*outer.source_ids} & {*made[n].source_ids}
            if apart and (n not in tellers or _length(outer) < _length(tellers[n])):
                tellers[n] = outer
    return tellers


def _outlets_after(graph: SourceGraph) -> Mapping[str, tuple[tuple[str, ...], bool]]:
    """Return by source the outlets that it leads to and that reach the reader, and if all do."""
    outlets = {s.id for s in graph.sources if s.type is SourceType.NEWS_OUTLET}
    onward = {flow.source for flow in graph.flows if flow.target == ARTICLE} & outlets
    ways: dict[str, dict[str, None]] = {}
    for flow in graph.flows:
        ways.setdefault(flow.source, {})[flow.target] = None
    after = {
        id: tuple(target for target in found if target in onward) for id, found in ways.items()
    }
    return {id: (found, len(found) == len(ways[id])) for id, found in after.items() if found}


def _holders(
    graph: SourceGraph, one: Attribution, outlets: Mapping[str, tuple[tuple[str, ...], bool]]
) -> tuple[str, ...]:
    """Return the outlets that *one* comes through: "according to files seen by the Post".

    What an artefact says comes through those that the same sentence says got it; and where all that
    leads on from whoever speaks is one outlet, it comes through that.
    """
    found: dict[str, None] = {}
    things = {source.id for source in graph.sources if source.type.is_artefact}
    for id in one.source_ids:
        after, alone = outlets.get(id, ((), False))
        for outlet in after:
            if (alone and len(after) == 1) or (
                id in things and events_in(graph, one.sentence, id, outlet)
            ):
                found[outlet] = None
    return tuple(found)


def events_in(graph: SourceGraph, sentence: Span, *ids: str) -> list[CustodyEvent]:
    """Return the custody events that *sentence* tells in which all of *ids* had a part."""
    return [
        event
        for event in graph.events
        if event.sentence.overlaps(sentence)
        and event.certainty is not Certainty.DENIED
        and {*ids} <= {p.source_id for p in event.participants}
    ]


def _inside(made: Sequence[Attribution]) -> list[list[int]]:
    """Return for each statement which others stand within what it says, in order."""
    cues = sorted((one.cue[0].start, n) for n, one in enumerate(made) if one.cue)
    starts = [start for start, _ in cues]
    return [
        sorted(
            {
                n
                for span in outer.content
                for _, n in cues[bisect_left(starts, span.start) : bisect_right(starts, span.end)]
                if made[n].cue[0] in span and made[n] is not outer
            }
        )
        for outer in made
    ]


def _length(one: Attribution) -> int:
    return sum(span.end - span.start for span in one.content)


def _places(graph: SourceGraph) -> Mapping[Span, str]:
    return {span: source.id for source in graph.sources for span in source.mentions}


def _ids(spans: Spans, places: Mapping[Span, str]) -> tuple[str, ...]:
    """Return the sources that *spans* name: the mention that fits, else the longest within."""
    found = []
    for span in spans:
        inside = [m for m in places if m in span or span in m]
        best = min(inside, key=lambda m: (m != span, m.start - m.end, m.start), default=None)
        if best is not None:
            found.append(places[best])
    return tuple(dict.fromkeys(found))
