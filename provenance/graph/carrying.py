"""What each flow carries, as far as the text says; defined in ``docs/custody.md``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from provenance.graph.cue_words import words
from provenance.graph.telling import Telling, events_in, tellings_of
from provenance.model import (
    ARTICLE,
    Cargo,
    CargoKind,
    Certainty,
    CustodyEvent,
    EventKind,
    EventRole,
    Flow,
    Participant,
    Source,
    SourceGraph,
    SourceType,
    Span,
)

Load = frozenset[Cargo]
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Text:
    """A graph, looked up once for all of its flows."""

    graph: SourceGraph
    first: Mapping[str, str]
    tellings: tuple[Telling, ...]
    sources: Mapping[str, Source]
    into: Mapping[str, list[Flow]]
    out: Mapping[str, list[Flow]]


def carried(graph: SourceGraph, first: Mapping[str, str]) -> tuple[tuple[Cargo, ...], ...]:
    """Return what each flow of *graph* carries, in the order of its flows.

    Args:
        graph: Any source graph.
        first: For each claim the one that stands for all that say the same.
    """
    into: dict[str, list[Flow]] = {}
    out: dict[str, list[Flow]] = {}
    for flow in graph.flows:
        into.setdefault(flow.target, []).append(flow)
        out.setdefault(flow.source, []).append(flow)
    text = _Text(graph, first, tellings_of(graph), {s.id: s for s in graph.sources}, into, out)
    return tuple(tuple(sorted(_carried(text, flow))) for flow in graph.flows)


def _carried(text: _Text, flow: Flow) -> Load:
    told = [
        one
        for one in text.tellings
        if one.goes(flow.source, flow.target) and not _is_evidence(text, one, flow.source)
    ]
    here = (_in_sentence(text, flow, span) for span in flow.evidence)
    return _claims(text, told).union(*here)


def _is_evidence(text: _Text, telling: Telling, source: str) -> bool:
    """Whether some flow out of *source* rests on the sentence of *telling*: it goes there."""
    return any(
        telling.sentence.overlaps(span)
        for flow in text.out.get(source, ())
        for span in flow.evidence
    )


def _in_sentence(text: _Text, flow: Flow, span: Span) -> Load:
    """Return what *flow* carries by what the sentence *span* says."""
    if found := _own(text, flow, span) or _passed_on(text, flow, span):
        return found
    events = events_in(text.graph, span, flow.source) if flow.target == ARTICLE else []
    events = [one for one in events if one.kind is not EventKind.INTERVIEW]
    here = [one for one in text.tellings if one.sentence.overlaps(span)]
    return (
        _handed(text, flow, span, events)
        or _claims(text, [one for one in here if _tells_of(text, one, flow)])
        or frozenset({Cargo(CargoKind.SENTENCE, f"{span.start}-{span.end}")})
    )


def _own(text: _Text, flow: Flow, span: Span) -> Load:
    """Return what is handed on along *flow* in the sentence, or what its source says there."""
    events = events_in(text.graph, span, flow.source, flow.target)
    handed = [e for e in events if e.kind is not EventKind.INTERVIEW]
    if handed and (found := _handed(text, flow, span, handed)):
        return found
    here = [one for one in text.tellings if one.sentence.overlaps(span)]
    return _claims(text, [one for one in here if one.involves(flow.source)])


def _passed_on(text: _Text, flow: Flow, span: Span) -> Load:
    """Return what the source of *flow* has from others in its sentence, and says nothing of."""
    found, seen, waiting = set[Cargo](), {flow.source}, [flow.source]
    while waiting:
        for one in text.into.get(waiting.pop(), ()):
            if any(span.overlaps(evidence) for evidence in one.evidence):
                own = _own(text, one, span)
                found |= own
                if not own and one.source not in seen:
                    seen.add(one.source)
                    waiting.append(one.source)
    return frozenset(found)


def _tells_of(text: _Text, one: Telling, flow: Flow) -> bool:
    """Whether the target of *flow* says in *one* something of its source."""
    source = text.sources.get(flow.source)
    named = source.mentions if source else ()
    return flow.target in one.speakers and any(m in c for m in named for c in one.content)


def _handed(text: _Text, flow: Flow, span: Span, events: Iterable[CustodyEvent]) -> Load:
    """Return what an artefact holds that is handed on in *events*.

    A thing of many parts hands on what the sentence itself says that it says: of the rest nobody
    knows which of its parts was handed on there.
    """
    parts = [p for e in events for p in e.participants]
    things = {p.source_id for p in parts if p.role is EventRole.ARTEFACT}
    drawn = {p.source_id for p in parts if p.role is EventRole.ORIGIN and _is_thing(text, p)}
    ends = things & {flow.source, flow.target}
    found: set[Cargo] = set()
    for id in sorted(drawn & {flow.source} or ends) or sorted(filter(None, things)):
        about = [one for one in text.tellings if id in (*one.speakers, *one.bases)]
        about = about or _brought(text, id)
        here = [one for one in text.tellings if one.involves(id) and one.sentence.overlaps(span)]
        held = _claims(text, about)
        found |= _claims(text, here)
        if id in text.sources and (len(held) < 2 or is_single(text.sources[id])):
            found |= {*held, Cargo(CargoKind.ARTEFACT, id)}
    return frozenset(found)


def _is_thing(text: _Text, part: Participant) -> bool:
    return part.source_id in text.sources and text.sources[part.source_id].type.is_artefact


def _brought(text: _Text, id: str) -> list[Telling]:
    """Return what whoever the artefact *id* came from says within what draws on it.

    Nothing where that is several things: the artefact may hold any of them.
    """
    came = {
        part.source_id
        for event in text.graph.events
        if event.certainty is not Certainty.DENIED
        and any(p.source_id == id and p.role is EventRole.ARTEFACT for p in event.participants)
        for part in event.participants
        if part.role is EventRole.ORIGIN
        or (part.role is EventRole.AGENT and event.kind is EventKind.CREATION)
    }
    into = {flow.target for flow in text.out.get(id, ())} - {ARTICLE}
    said = [one for one in text.tellings if came & {*one.speakers} and into & {*one.within}]
    return said if len(_claims(text, said)) == 1 else []


def _claims(text: _Text, tellings: Iterable[Telling]) -> Load:
    return frozenset(
        Cargo(CargoKind.CLAIM, text.first.get(claim, claim))
        for one in tellings
        for claim in one.claims
    )


def is_single(source: Source) -> bool:
    """Whether an artefact is one thing and no batch of them, as far as its names show."""
    if source.type in (SourceType.STATEMENT, SourceType.INTERCEPT):
        return True
    return not any(_is_plural(name) for name in (source.name, *source.aliases))


def _is_plural(name: str) -> bool:
    noun = ""
    for word in _WORD.findall(name.casefold()):
        if noun and word in words("collecting", "after"):
            break
        noun = word
    if noun in words("collecting", "nouns"):
        return True
    singular = noun in words("collecting", "single") or noun.endswith(
        ("ss", "us", "is", "'s", "’s")
    )
    return noun.endswith("s") and not singular
