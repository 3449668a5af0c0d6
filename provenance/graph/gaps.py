"""What the text leaves out of how things came to be where they are, each with its sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping

from provenance.graph.cue_words import words
from provenance.graph.ordering import ends_of, network_of, order_of, origins_of
from provenance.model import (
    ARTICLE,
    Certainty,
    CustodyEvent,
    EventKind,
    EventRole,
    Gap,
    JoinedGraph,
    Source,
    SourceGraph,
    SourceType,
    Span,
    Spans,
)

WITHHELD = "it does not say who its source is"
NO_ORIGIN = "no origin is named"
LOOSE = "how the article came by it is not said"
_UNKNOWN = {
    SourceType.DOCUMENT: "who wrote it or passed it on is not said",
    SourceType.INTERCEPT: "who intercepted it, and from whom, is not said",
    SourceType.STATEMENT: "who made it is not named",
    SourceType.CHANNEL: "who put it there is not said",
}
_OF_SOMEBODY = _UNKNOWN | {
    SourceType.DOCUMENT: "who passed it on is not named",
    SourceType.STATEMENT: "",
}
"""Of what is called by whose it is: "US statements", "the DCCC spreadsheets"."""
_PUBLIC = {EventRole.AGENT, EventRole.CHANNEL}
# What a custody event leaves unsaid, and the roles any of which would have said it.
_UNSAID = {
    EventKind.CREATION: ("who made it is not named", {EventRole.AGENT}),
    EventKind.INTERCEPTION: ("who intercepted it is not named", {EventRole.AGENT}),
    EventKind.THEFT: ("who took it is not named", {EventRole.AGENT}),
    EventKind.LEAK: ("who leaked it is not named", {EventRole.AGENT}),
    EventKind.POSTING: ("who posted it is not named", {EventRole.AGENT}),
    EventKind.PUBLICATION: ("who published it is not named", _PUBLIC),
    EventKind.OBTAINING: (
        "who obtained it is not named",
        {EventRole.AGENT, EventRole.RECIPIENT},
    ),
    EventKind.TRANSFER: (
        "who passed it on is not named",
        {EventRole.AGENT, EventRole.ORIGIN},
    ),
}
_MOVING = {
    EventKind.THEFT,
    EventKind.LEAK,
    EventKind.POSTING,
    EventKind.TRANSFER,
    EventKind.OBTAINING,
}
# What must have happened before what; the rest may come at any time.
_STAGE = {
    EventKind.CREATION: 0,
    EventKind.INTERCEPTION: 0,
    EventKind.THEFT: 1,
    EventKind.POSTING: 2,
    EventKind.PUBLICATION: 2,
    EventKind.FIRST_REPORT: 2,
}
_RULES = (
    ("nothing before it", {*_UNKNOWN.values(), *_OF_SOMEBODY.values()}),
    ("source withheld", {WITHHELD}),
    ("nothing leads on", {LOOSE}),
)
_RULES_BY_WORD = (
    ("between two hands", "who had it between"),
    ("dates in disorder", "the dates contradict"),
    ("a circle", NO_ORIGIN),
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEAR = 4
"""Words between who does not name a source and the verb, or between that and the source."""


def find_gaps(graph: SourceGraph) -> tuple[Gap, ...]:
    """Return all that the text leaves out, in the order of the sources that it lies beside.

    Of many articles that is what each of them leaves out: it is found where all of a text is known.
    """
    if isinstance(graph, JoinedGraph):
        return graph.gaps
    rows: list[Gap] = []
    withheld, around = _withheld(graph), _Around(graph)
    for source in graph.sources:
        rows += _beside(around, source)
        rows += [gap for gap in withheld if gap.source == source.id]
    rows += [gap for gap in withheld if gap.source == ARTICLE]
    rows += [*_circles(graph), *_loose(graph)]
    return tuple(sorted(rows, key=lambda gap: (gap.evidence[:1], gap.source)))


def rule_of(graph: SourceGraph, gap: Gap) -> str:
    """Return which rule found *gap* in *graph*, "" if none here did."""
    kinds = {kind for kind, (reason, _) in _UNSAID.items() if reason == gap.reason}
    if any(event.kind in kinds for event in events_of(graph, gap.source)):
        return "nobody who does it"
    found = [rule for rule, reasons in _RULES if gap.reason in reasons]
    found += [rule for rule, words in _RULES_BY_WORD if words in gap.reason]
    return found[0] if found else ""


def withheld_words(graph: SourceGraph, sentence: Span) -> Spans:
    """Return the words of *sentence* by which somebody does not name a source."""
    at = _withholding(graph, sentence)
    return (at,) if at else ()


def events_of(graph: SourceGraph, artefact: str) -> tuple[CustodyEvent, ...]:
    """Return what happened to *artefact*: dated events by date, then the others as they stand."""
    return _in_time(event for event in graph.events if artefact in _artefacts(event))


def _artefacts(event: CustodyEvent) -> set[str]:
    return {p.source_id for p in event.participants if p.role is EventRole.ARTEFACT}


def _in_time(events: Iterable[CustodyEvent]) -> tuple[CustodyEvent, ...]:
    return tuple(sorted(events, key=lambda e: (not e.date, e.date, e.sentence, e.trigger, e.id)))


class _Around:
    """What a graph has around each of its sources, so that none is looked for among all."""

    def __init__(self, graph: SourceGraph) -> None:
        self.names = {source.id: source.name for source in graph.sources}
        self.text = graph.article.text
        self.traced = {flow.target for flow in graph.flows}
        self._events: dict[str, list[CustodyEvent]] = {}
        self._evidence: dict[str, list[Span]] = {}
        for event in graph.events:
            for id in _artefacts(event):
                self._events.setdefault(id, []).append(event)
        for flow in graph.flows:
            self._evidence.setdefault(flow.source, []).extend(flow.evidence)
        for dispute in graph.disputes:
            self._evidence.setdefault(dispute.target, []).extend(dispute.evidence)

    def events(self, id: str) -> list[CustodyEvent]:
        """Return what happened to *id*, in time."""
        happened = (e for e in self._events.get(id, ()) if e.certainty is not Certainty.DENIED)
        return [*_in_time(happened)]

    def evidence(self, id: str) -> Spans:
        """Return where *id* passes something on, or is disputed."""
        return tuple(self._evidence.get(id, ()))


def _beside(around: _Around, source: Source) -> Iterator[Gap]:
    """Yield what is left out before *source*, where it is a thing.

    A person or a body may well know it first-hand.
    """
    if source.type.is_agent:
        return
    events = around.events(source.id)
    rows = [*_unsaid(events), *_holders_unsaid(around.names, events), *_misordered(events)]
    if not rows and source.id not in around.traced and not any(map(_says_who, events)):
        owned = _has_owner(around.text, source)
        reason = (_OF_SOMEBODY if owned else _UNKNOWN).get(source.type, "")
        rows = [(reason, around.evidence(source.id))] if reason else []
    for reason, spans in rows:
        yield Gap(source=source.id, upstream=True, reason=reason, evidence=tuple(sorted({*spans})))


def _has_owner(text: str, source: Source) -> bool:
    """Whether its name says whose *source* is: a name within its sentence, and a noun behind it."""
    first, *rest = source.name.split() or [""]
    named = first[:1].isupper() and first.casefold() not in words("owning", "nobody")
    if not (named and rest and rest[-1].islower()):
        return False
    places = (text.find(source.name, one.start, one.end) for one in source.mentions)
    return any(text[:at].rstrip(" ")[-1:].isalnum() for at in places if at > 0)


def _unsaid(events: list[CustodyEvent]) -> Iterator[tuple[str, Spans]]:
    """Yield what no event of a kind says; one that does speaks for all of its kind.

    Whoever puts a thing on a channel publishes it. What is only drawn on was published by nobody.
    """
    said = {event.kind for event in events if _says_who(event)}
    said |= {EventKind.PUBLICATION} if EventKind.POSTING in said else set()
    silent: dict[str, list[Span]] = {}
    for event in events:
        drawn = event.kind is EventKind.PUBLICATION and any(
            one.role is EventRole.ORIGIN for one in event.participants
        )
        if event.kind in _UNSAID and event.kind not in said and not drawn:
            silent.setdefault(_UNSAID[event.kind][0], []).append(event.sentence)
    yield from ((reason, tuple(spans)) for reason, spans in silent.items())


def _holders_unsaid(
    names: Mapping[str, str], events: list[CustodyEvent]
) -> Iterator[tuple[str, Spans]]:
    """Yield between whom an artefact is held by nobody who is named: out of one, into the other."""
    moved = [e for e in events if e.kind in _MOVING]
    if any(p.source_id for e in moved for p in e.participants if p.role is EventRole.AGENT):
        return

    def named(role: EventRole) -> tuple[str, Spans]:
        ends = [
            (p, e.sentence)
            for e in events
            for p in e.participants
            if p.role is role and p.source_id
        ]
        part, sentence = min(ends, default=(None, None))
        return (names.get(part.source_id, ""), (sentence,)) if part and sentence else ("", ())

    left, begin = named(EventRole.ORIGIN)
    reached, end = named(EventRole.CHANNEL)
    if not reached:
        reached, end = named(EventRole.RECIPIENT)
    if left and reached and left != reached:
        yield f"who had it between {left} and {reached} is not said", (*begin, *end)


def _misordered(events: list[CustodyEvent]) -> Iterator[tuple[str, Spans]]:
    """Yield what is dated before it can have happened: published before it was stolen."""
    dated = [e for e in events if e.date and e.kind in _STAGE]
    told: dict[str, Spans] = {}
    for late in dated:
        for early in dated:
            shared = min(len(late.date), len(early.date))
            if _STAGE[late.kind] < _STAGE[early.kind] and early.date[:shared] < late.date[:shared]:
                reason = (
                    f"the dates contradict each other: {early.kind.value.replace('_', ' ')} on "
                    f"{early.date}, {late.kind.value.replace('_', ' ')} on {late.date}"
                )
                told[reason] = (*told.get(reason, ()), early.sentence, late.sentence)
    yield from told.items()


def _says_who(event: CustodyEvent) -> bool:
    roles = _UNSAID[event.kind][1] if event.kind in _UNSAID else {EventRole.AGENT}
    return any(participant.role in roles for participant in event.participants)


def _circles(graph: SourceGraph) -> Iterator[Gap]:
    """Yield where information goes in a circle with nothing leading into it."""
    names = {source.id: source.name for source in graph.sources}
    for origin, circle in origins_of(network_of(graph.flows), order_of(graph)):
        if len(circle) > 1:
            others = " and ".join(names.get(id, id) for id in sorted(circle - {origin}))
            yield Gap(
                source=origin,
                upstream=True,
                reason=f"it had it from {others}, and they from it: {NO_ORIGIN}",
                evidence=_evidence(graph, circle, circle),
            )


def _loose(graph: SourceGraph) -> Iterator[Gap]:
    """Yield where information went that nothing leads on from."""
    network = network_of(graph.flows)
    for end, part in ends_of(network, order_of(graph)):
        if end != ARTICLE:
            evidence = _evidence(graph, {id for hop in network for id in hop}, part)
            yield Gap(source=end, upstream=False, reason=LOOSE, evidence=evidence)


def _evidence(graph: SourceGraph, sources: Iterable[str], targets: Iterable[str]) -> Spans:
    spans = {
        span
        for flow in graph.flows
        if flow.source in sources and flow.target in targets
        for span in flow.evidence
    }
    return tuple(sorted(spans))


def _withheld(graph: SourceGraph) -> tuple[Gap, ...]:
    """Return where the text says that somebody does not name a source.

    "The report did not identify the source", "the agency, without citing its sources".
    """
    found: dict[str, list[Span]] = {}
    for sentence in sorted({a.sentence for a in graph.attributions}):
        at = _withholding(graph, sentence)
        if at is not None:
            found.setdefault(_who(graph, sentence, at.start), []).append(sentence)
    return tuple(
        Gap(source=id, upstream=True, reason=WITHHELD, evidence=tuple(spans))
        for id, spans in found.items()
    )


def _withholding(graph: SourceGraph, sentence: Span) -> Span | None:
    """Return the words in *sentence* that do not name a source, None where nobody does so."""
    try:
        text = graph.article.quote(sentence)
    except KeyError:  # the text was withheld, and these words with it
        return None
    found = [
        (match[0].casefold().replace("’", "'"), match.start()) for match in _WORD.finditer(text)
    ]
    for at, (word, start) in enumerate(found):
        if not _refuses(word, [one for one, _ in found[at + 1 : at + 2]]):
            continue
        after = [one for one, _ in found[at + 1 : at + 3 + _NEAR]]
        verb = next((n for n, one in enumerate(after[:_NEAR]) if _names(one)), None)
        nouns = words("withholding", "nouns")
        if verb is not None and nouns & {*after[verb + 1 : verb + 1 + _NEAR]}:
            last, begin = found[at + 1 + verb]
            return Span(sentence.start + start, sentence.start + begin + len(last))
    return None


def _refuses(word: str, after: list[str]) -> bool:
    negated = word.endswith("n't") or after == ["not"]
    return word in words("withholding", "refusing") or negated


def _names(word: str) -> bool:
    verbs = words("withholding", "verbs")
    stems = (word, word.removesuffix("ing"), word.removesuffix("ing") + "e")
    return any(one in verbs for one in stems)


def _who(graph: SourceGraph, sentence: Span, at: int) -> str:
    """Return the last source that is mentioned before *at*, as near to it as there is one."""
    before = [(m.start, s.id) for s in graph.sources for m in s.mentions if m.end <= at]
    inside = [one for one in before if one[0] >= sentence.start]
    return max(inside or before, default=(0, ARTICLE))[1]
