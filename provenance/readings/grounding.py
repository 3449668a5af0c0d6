"""A reading held against its article: what stands there becomes records, the rest is a fault."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from provenance.common.normal import plain_text
from provenance.extraction.moments import day_of, moments
from provenance.graph import said_kind
from provenance.model import (
    ARTICLE,
    Article,
    Attribution,
    Certainty,
    CustodyEvent,
    Dispute,
    Flow,
    FlowKind,
    Participant,
    Source,
    SourceType,
    Span,
    Spans,
    SpeechKind,
)
from provenance.readings.form import ClaimRow, DisputeRow, EventRow, FlowRow, SourceRow
from provenance.readings.loading import Fault, Parsed, row_name
from provenance.readings.placing import Finder, absent, owned


def event_of(finder: Finder, row: EventRow, sources: Mapping[str, Source]) -> CustodyEvent | str:
    """Return the event in *row*, or why it is none."""
    ids = [part.source for part in row.roles if part.source]
    spans = finder.evidence(row.evidence, row.span, _mentions(ids, sources))
    if why := _wrong(finder, row, ids, sources, spans):
        return why
    sentence = Span(spans[0].start, spans[-1].end)
    named = (row.kind.value, sentence.start, sentence.end)
    digest = hashlib.sha256(" ".join(map(str, named)).encode()).hexdigest()[:12]
    return CustodyEvent(
        id=f"event-{digest}",
        kind=row.kind,
        trigger=sentence,
        sentence=sentence,
        participants=tuple(
            sorted(
                Participant(part.role, _mention(sources[part.source], sentence), part.source)
                for part in row.roles
                if part.source
            )
        ),
        date=row.date or "",
        place=" ".join((row.place or "").split()),
        certainty=row.certainty,
    )


def _mentions(ids: Sequence[str], sources: Mapping[str, Source]) -> list[Spans]:
    return [sources[id].mentions for id in ids if id in sources]


def _wrong(
    finder: Finder, row: EventRow, ids: Sequence[str], sources: Mapping[str, Source], spans: Spans
) -> str:
    """Return why *row* is no event, "" if it is one."""
    if ARTICLE in ids:
        return "the article has no part in what happened before it"
    if missing := [id for id in ids if id not in sources]:
        return f"there is no source {missing[0]!r}"
    if not spans:
        return finder.absent(row.evidence)
    for words in filter(None, (row.place, row.dated)):
        if not finder.places(words):
            return finder.absent(words)
    text = row.dated or finder.article.text[spans[0].start : spans[-1].end]
    if row.date and not _tells(text, row.date, finder.article.published):
        return f"“{text[:60]}” does not say the date {row.date}"
    return ""


def _mention(source: Source, sentence: Span) -> Span:
    """Return where *source* is mentioned in *sentence*, or else nearest to it."""
    return min(
        source.mentions,
        key=lambda m: (max(0, m.start - sentence.end, sentence.start - m.end), m.start),
    )


def _tells(words: str, date: str, published: str) -> bool:
    """Whether an expression of time in *words* comes to *date*, at its precision or a finer one.

    What leaves the year out comes to it only by the day on which the article was published, and
    without that to the same day or month of any year.
    """
    today = day_of(published)
    plain = " ".join(words.split())
    for moment in moments(plain):
        read = {moment.resolve(today, ahead) for ahead in (False, True)}
        if today is None:
            read |= {moment.resolve(day_of(f"{date[:4]}-12-31"), False)}
        if any(one.startswith(date) for one in read if one):
            return True
    return False


BY = "reading"
"""The extractor of what a reading says."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """What of a reading holds, and what does not."""

    sources: tuple[Source, ...]
    flows: tuple[Flow, ...]
    disputes: tuple[Dispute, ...]
    attributions: tuple[Attribution, ...]
    events: tuple[CustodyEvent, ...]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Scene:
    """What is known while a reading is gone through."""

    finder: Finder
    sources: dict[str, Source] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def mentions(self, ids: Iterable[str]) -> list[Spans]:
        return [self.sources[id].mentions for id in ids if id in self.sources]


def ground(article: Article, given: Parsed) -> Grounded:
    """Return what of *given* stands in *article* and keeps the rules, and what does not.

    The rules are those of ``docs/annotation.md``: each name and passage is in the text, a thing
    reports nothing, and a chain of flows leads from every source to the article.
    """
    scene = _Scene(Finder(article), faults=list(given.faults))
    _find_sources(scene, given.sources)
    flows = _flows(scene, given.flows)
    _drop_unconnected(scene, flows)
    kept = [f for f in flows if {f.source, f.target} <= {*scene.sources, ARTICLE}]
    disputes = _disputes(scene, given.disputes)
    attributions = _attributions(scene, given.claims, kept)
    events: list[CustodyEvent] = []
    for number, row in given.events:
        made = event_of(scene.finder, row, scene.sources)
        if isinstance(made, str):
            scene.faults.append(Fault(row_name("events", number, row.kind.value), made))
        elif made.id not in {one.id for one in events}:
            events.append(made)
    return Grounded(
        sources=tuple(sorted(scene.sources.values(), key=lambda s: s.id)),
        flows=tuple(sorted(kept, key=lambda f: (f.source, f.target))),
        disputes=tuple(sorted(disputes, key=lambda d: (d.source, d.target, d.stance.value))),
        attributions=tuple(sorted(attributions, key=lambda a: (a.content, a.source_ids))),
        events=tuple(sorted(events, key=lambda e: (e.trigger, e.id))),
        faults=tuple(scene.faults),
    )


def _find_sources(scene: _Scene, rows: Sequence[tuple[int, SourceRow]]) -> None:
    """Add the sources that the article names, with all places where it does."""
    known: dict[str, tuple[SourceRow, tuple[str, ...]]] = {}  # with the names that are there
    for number, row in rows:
        where = row_name("sources", number, row.id)
        aliases, missing = _aliases(scene.finder, row)
        scene.faults += (Fault(where, f"alias {scene.finder.absent(one)}") for one in missing)
        if row.id == ARTICLE or row.id in known:
            why = "is the article's" if row.id == ARTICLE else "was given to another source"
            scene.faults.append(Fault(where, f"the id {row.id!r} {why}"))
        elif not plain_text(row.name):
            scene.faults.append(Fault(where, "its name has no sign that can be seen"))
        elif not aliases:
            scene.faults.append(Fault(where, f"its name {absent(row.name)}, nor has it an alias"))
        else:
            known[row.id] = row, aliases
            scene.numbers[row.id] = where
    places = owned(
        (id, tuple(span for one in aliases for span in scene.finder.places(one)))
        for id, (_, aliases) in known.items()
    )
    for id, (row, aliases) in known.items():
        scene.sources[id] = Source(
            id=id,
            name=_on_one_line(row.name),
            type=row.type,
            aliases=tuple(sorted(set(map(_on_one_line, aliases)))),
            mentions=places[id],
        )


def _aliases(finder: Finder, row: SourceRow) -> tuple[tuple[str, ...], list[str]]:
    """Return the names of a source that stand in the text, and the aliases that do not."""
    missing = [one for one in dict.fromkeys(row.aliases) if not finder.places(one)]
    found = {one for one in (row.name, *row.aliases) if finder.places(one)}
    return tuple(sorted(found)), missing


def _on_one_line(name: str) -> str:
    """Return *name* as it was given, but for what nobody sees."""
    plain = " ".join(name.split())
    return plain if plain.isprintable() else " ".join(plain_text(plain).split())


def _flows(scene: _Scene, rows: Sequence[tuple[int, FlowRow]]) -> list[Flow]:
    found: dict[tuple[str, str], Flow] = {}
    for number, row in rows:
        where = row_name("flows", number, f"{row.from_} to {row.to}")
        why = _wrong_hop(row, scene.sources)
        ends = (row.from_, row.to)
        near = scene.mentions(ends)
        spans = () if why else scene.finder.evidence(row.evidence, row.span, near)
        if why or not spans:
            scene.faults.append(Fault(where, why or scene.finder.absent(row.evidence)))
            continue
        kind = row.kind or said_kind(scene.sources[row.from_].type)
        other = found.get(ends)
        if other and other.kind is not kind:
            scene.faults.append(Fault(where, f"is {other.kind.value} in another flow"))
            continue
        found[ends] = Flow(
            source=row.from_,
            target=row.to,
            kind=kind,
            evidence=tuple(sorted({*spans, *(other.evidence if other else ())})),
            certainty=_stronger(row, other),
            score=max(row.score, other.score if other else 0.0),
        )
    return list(found.values())


def _stronger(row: FlowRow | DisputeRow, other: Flow | Dispute | None) -> Certainty:
    return min(row.certainty, other.certainty if other else row.certainty, key=lambda c: c.rank)


def _wrong_hop(row: FlowRow, sources: Mapping[str, Source]) -> str:
    """Return which rule a flow breaks, "" if none."""
    if row.from_ == ARTICLE:
        return "nothing flows from the article"
    for id in (row.from_, row.to):
        if id not in sources and id != ARTICLE:
            return f"there is no source {id!r}"
    if row.from_ == row.to:
        return "it leads back to where it begins"
    start = sources[row.from_].type
    if row.kind is FlowKind.REPORTED_BY and not start.is_agent:
        return f"a {start.value} reports nothing: derived_from"
    if row.kind is FlowKind.DERIVED_FROM and start.is_agent:
        end = sources[row.to].type if row.to != ARTICLE else SourceType.NEWS_OUTLET
        if end.is_agent:
            return f"only a thing is derived from a {start.value}, such as a document: reported_by"
    return ""


def _drop_unconnected(scene: _Scene, flows: Sequence[Flow]) -> None:
    """Take out the sources from which no flows lead to the article."""
    before: dict[str, list[str]] = {}
    for flow in flows:
        before.setdefault(flow.target, []).append(flow.source)
    reaching, todo = {ARTICLE}, [ARTICLE]
    while todo:
        new = [id for id in before.get(todo.pop(), ()) if id not in reaching]
        reaching.update(new)
        todo += new
    for id in [id for id in scene.sources if id not in reaching]:
        why = "no chain of flows leads from it to the article"
        scene.faults.append(Fault(scene.numbers[id], why))
        del scene.sources[id]


def _disputes(scene: _Scene, rows: Sequence[tuple[int, DisputeRow]]) -> list[Dispute]:
    found: dict[tuple[str, str, str], Dispute] = {}
    for number, row in rows:
        where = row_name("disputes", number, f"{row.by} {row.stance.value} {row.target}")
        missing = [id for id in (row.by, row.target) if id not in scene.sources]
        why = f"there is no source {missing[0]!r}" if missing else ""
        if ARTICLE in missing:
            why = "the article disputes nothing, and nobody disputes with it: name the source"
        if row.by == row.target:
            why = why or "nobody disputes with himself"
        near = scene.mentions((row.by, row.target))
        spans = () if why else scene.finder.evidence(row.evidence, row.span, near)
        if why or not spans:
            scene.faults.append(Fault(where, why or scene.finder.absent(row.evidence)))
            continue
        key = (row.by, row.target, row.stance.value)
        other = found.get(key)
        found[key] = Dispute(
            source=row.by,
            target=row.target,
            stance=row.stance,
            evidence=tuple(sorted({*spans, *(other.evidence if other else ())})),
            certainty=_stronger(row, other),
            score=max(row.score, other.score if other else 0.0),
        )
    return list(found.values())


def _attributions(
    scene: _Scene, rows: Sequence[tuple[int, ClaimRow]], flows: Sequence[Flow]
) -> list[Attribution]:
    """Return an attribution for each claim, resting on the words of a flow where it is in them."""
    made: dict[tuple[Spans, tuple[str, ...]], Attribution] = {}
    for number, row in rows:
        where = row_name("claims", number)
        ids = tuple(dict.fromkeys(row.sources))
        missing = [id for id in ids if id not in scene.sources]
        content = scene.finder.evidence(row.text, row.content, scene.mentions(ids))
        if missing or not content:
            why = f"there is no source {missing[0]!r}" if missing else scene.finder.absent(row.text)
            scene.faults.append(Fault(where, why))
            continue
        hull = Span(content[0].start, max(span.end for span in content))
        told = (e for f in flows if f.source in ids for e in f.evidence if hull in e)
        made[content, ids] = Attribution(
            source=(),
            cue=(),
            content=content,
            sentence=min(told, key=lambda span: span.end - span.start, default=hull),
            speech=_speech(scene.finder.article.text, hull),
            claimed=row.certainty,
            source_ids=ids,
            by=BY,
        )
    return list(made.values())


def _speech(text: str, span: Span) -> SpeechKind:
    """Return whether the words at *span* stand in quotation marks, or with any in them."""
    marks = '"“”„«»'
    before, inside = text[max(0, span.start - 1) : span.start + 1], text[span.start : span.end]
    after = text[max(0, span.end - 1) : span.end + 1]
    if any(c in marks for c in before) and any(c in marks for c in after):
        return SpeechKind.DIRECT
    return SpeechKind.MIXED if any(c in marks for c in inside) else SpeechKind.INDIRECT
