"""Why each part of a graph is as it is: in which words, what decided, what would have been second.

The words are defined in ``docs/why.md``. Page, trace and RDF read it here.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from provenance.extraction.lexicon import words
from provenance.graph import cue_words, findings
from provenance.graph.gaps import WITHHELD, rule_of, withheld_words
from provenance.model import (
    ARTICLE,
    Basis,
    Certainty,
    CustodyEvent,
    Decision,
    Dispute,
    EventRole,
    Facet,
    Flow,
    Gap,
    Reason,
    Source,
    SourceGraph,
    Span,
    Spans,
)

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HEDGES = {
    Certainty.ALLEGED: ("alleged", "alleging"),
    Certainty.SPECULATIVE: ("speculative", "supposing", "intending"),
    Certainty.DENIED: ("failing",),
}
_NOT = cue_words.words("reasons", "negations")
_ENDINGS = ("", "s", "d", "es", "ed", "ing")
_BY = {
    Basis.FORM: "the form of the text",
    Basis.RULE: "a rule",
    Basis.NETWORK: "the network",
    Basis.BOTH: "the network and a rule",
    Basis.REGISTRY: "the list of known sources",
    Basis.READING: "whoever read the article",
    Basis.CURATOR: "a person who corrected it",
}


@lru_cache(maxsize=8)
def reasons(graph: SourceGraph) -> tuple[Reason, ...]:
    """Return why each hop, dispute, source and gap of *graph* is as it is, and how certain."""
    found: list[Reason] = []
    for number, flow in enumerate(graph.flows):
        found += _of_line(graph, f"f:{number}", flow, flow.kind.value)
    for number, dispute in enumerate(graph.disputes):
        found += _of_line(graph, f"d:{number}", dispute, dispute.stance.value)
    for number, event in enumerate(graph.events):
        found += _of_event(graph, f"e:{number}", event)
    for source in graph.sources:
        found += _of_source(graph, source)
    mentions = {source.id: source.mentions for source in graph.sources}
    for number, gap in enumerate(findings(graph).gaps):
        found.append(
            Reason(
                key=f"g:{number}",
                about=(gap.source,),
                facet=Facet.GAP,
                told=gap.reason,
                by=Basis.RULE,
                rule=rule_of(graph, gap),
                evidence=gap.evidence,
                words=_left_out(graph, gap, mentions.get(gap.source, ())),
            )
        )
    return tuple(found)


def told_by(reason: Reason) -> str:
    """Return what decided, in words: "the network and a rule (credited), 0.84"."""
    by = _BY[reason.by] if reason.by else "it is not known what"
    rule = f" ({reason.rule})" if reason.rule else ""
    return f"{by}{rule}" + (f", {reason.score:.2f}" if reason.score < 1 else "")


def told_second(reason: Reason) -> str:
    """Return what would have been second, in words, "" where there is nothing."""
    score = f" ({reason.second_score:.2f})" if reason.second_score else ""
    return f"{reason.second.replace('_', ' ')}{score}" if reason.second else ""


def hedges(graph: SourceGraph, evidence: Spans, cues: Spans, certainty: Certainty) -> Spans:
    """Return the word in *evidence*, the nearest to *cues*, by which the text is less certain."""
    found = [span for one in evidence for span in _hedging(graph, one, certainty)]
    at = min(cues, default=None)
    if at is None or not found:
        return tuple(found[:1])
    return (min(found, key=lambda span: (abs(span.start - at.start), span)),)


def _hedging(graph: SourceGraph, sentence: Span, certainty: Certainty) -> Iterator[Span]:
    known = frozenset().union(*(words("certainty", name) for name in _HEDGES.get(certainty, ())))
    try:
        text = graph.article.quote(sentence)
    except KeyError:  # the text was withheld, and these words with it
        return
    for match in _WORD.finditer(text) if known else ():
        word = match[0].casefold().replace("’", "'")
        negated = certainty is Certainty.DENIED and (word in _NOT or word.endswith("n't"))
        if negated or _is_form_of(word, known):
            yield Span(sentence.start + match.start(), sentence.start + match.end())


def _is_form_of(word: str, known: frozenset[str]) -> bool:
    """Whether *word* is one of *known*, or a verb of them in another form."""
    stems = {word.removesuffix(ending) for ending in _ENDINGS}
    stems |= {f"{stem[:-1]}y" for stem in stems if stem.endswith("i")}
    return bool(known & (stems | {f"{stem}e" for stem in stems if word.endswith("ing")}))


def _of_line(graph: SourceGraph, key: str, one: Flow | Dispute, told: str) -> Iterator[Reason]:
    facet = Facet.HOP if isinstance(one, Flow) else Facet.DISPUTE
    decision = one.decision or _elsewhere(graph, facet)
    ends = (one.source, one.target)
    yield Reason(
        key=key,
        about=ends,
        facet=facet,
        told=told,
        by=decision.by if decision else None,
        rule=decision.rule if decision else "",
        score=one.score,
        second=decision.second if decision else "",
        second_score=decision.second_score if decision else 0.0,
        evidence=one.evidence,
        words=one.cues,
    )
    yield from _of_certainty(graph, key, ends, one.certainty, one.evidence, one.cues)


def _of_event(graph: SourceGraph, key: str, event: CustodyEvent) -> Iterator[Reason]:
    about = tuple(dict.fromkeys(p.source_id for p in event.participants if p.source_id))
    evidence, cues = (event.sentence,), (event.trigger,)
    yield from _of_certainty(graph, key, about, event.certainty, evidence, cues)


def _of_certainty(
    graph: SourceGraph,
    key: str,
    about: tuple[str, ...],
    certainty: Certainty,
    evidence: Spans,
    cues: Spans,
) -> Iterator[Reason]:
    """Yield what the text says of how certain it is, where that is less than a report."""
    if certainty.rank > Certainty.REPORTED.rank:
        yield Reason(
            key=key,
            about=about,
            facet=Facet.CERTAINTY,
            told=certainty.value,
            by=Basis.RULE,
            rule="words of the text",
            evidence=evidence,
            words=hedges(graph, evidence, cues, certainty),
        )


def _of_source(graph: SourceGraph, source: Source) -> Iterator[Reason]:
    told = {Facet.TYPE: source.type.value, Facet.NAME: source.name}
    known = {one.facet for one in source.decisions}
    missing = [Facet.TYPE] if Facet.TYPE not in known else []
    every: Iterable[Decision | None] = (
        *source.decisions,
        *(_elsewhere(graph, facet) for facet in missing),
    )
    for one in filter(None, every):
        yield Reason(
            key=f"s:{source.id}",
            about=(source.id,),
            facet=one.facet,
            told=told.get(one.facet, source.name),
            by=one.by,
            rule=one.rule,
            score=one.score,
            second=one.second,
            second_score=one.second_score,
            evidence=(),
            words=one.spans or _called(graph, source),
        )


def _called(graph: SourceGraph, source: Source) -> Spans:
    """Return where *source* is called what it is called, or where it is mentioned first."""
    for span in source.mentions:
        try:
            if source.name in graph.article.quote(span):
                return (span,)
        except KeyError:  # the text was withheld, and these words with it
            continue
    return source.mentions[:1]


def _elsewhere(graph: SourceGraph, facet: Facet) -> Decision | None:
    """Return that somebody else decided who read the article, if it was so."""
    read = graph.run.reading or graph.run.readers
    return Decision(facet=facet, by=Basis.READING) if read else None


def _left_out(graph: SourceGraph, gap: Gap, mentions: Spans) -> Spans:
    """Return the words in the evidence of *gap* that leave somebody out.

    They tell an event whose doer is missing, or that a source is not named. Where none do so,
    they are those among *mentions* of what the gap lies beside.
    """
    if gap.reason == WITHHELD:
        return tuple(span for one in gap.evidence for span in withheld_words(graph, one))
    found = {
        event.trigger
        for event in graph.events
        if event.sentence in gap.evidence
        and gap.source != ARTICLE
        and any(
            p.source_id == gap.source and p.role is EventRole.ARTEFACT for p in event.participants
        )
    }
    beside = (
        span
        for span in mentions
        if any(one.start <= span.start and span.end <= one.end for one in gap.evidence)
    )
    return tuple(sorted(found or {*beside}))
