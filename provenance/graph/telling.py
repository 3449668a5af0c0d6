"""Which statements of a graph tell what, by whom, on what and within what."""

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.model import (
    ARTICLE,
    Attribution,
    Certainty,
    CustodyEvent,
    SourceGraph,
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
    places = _places(graph)
    found = []
    for one in made:
        speakers = tuple(filter(None, one.source_ids))
        shut = one.stance in _AGAINST or one.content in denied
        inner = [] if shut else [a for a in made if a is not one and _holds(one, a)]
        teller = min((a for a in made if _tells(a, one)), key=_length, default=None)
        stations = _ids(one.route, places)
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


def events_in(graph: SourceGraph, sentence: Span, *ids: str) -> list[CustodyEvent]:
    """Return the custody events that *sentence* tells in which all of *ids* had a part."""
    return [
        event
        for event in graph.events
        if event.sentence.overlaps(sentence)
        and event.certainty is not Certainty.DENIED
        and {*ids} <= {p.source_id for p in event.participants}
    ]


def _holds(outer: Attribution, inner: Attribution) -> bool:
    return bool(inner.cue) and any(inner.cue[0] in span for span in outer.content)


def _tells(outer: Attribution, inner: Attribution) -> bool:
    return (
        outer is not inner
        and _holds(outer, inner)
        and not {*outer.source_ids} & {*inner.source_ids}
    )


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
