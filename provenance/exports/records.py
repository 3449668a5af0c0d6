"""Source graphs as JSON, in the form that tools score and scripts read; nobody else does either.

It is what ``prov build --to json`` prints: the gold format of sources, flows and disputes, and
beside it the text, attributions, claims and custody events with their offsets: code points into
``text``, half open. It is not read back; RDF is the file format, which keeps all that is known.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from provenance.model import (
    Article,
    Attribution,
    Claim,
    CustodyEvent,
    Decision,
    Dispute,
    Findings,
    Flow,
    Run,
    Source,
    SourceGraph,
    Span,
    Spans,
    Stance,
)

Record = dict[str, Any]


def to_json(graph: SourceGraph, found: Findings | None = None) -> str:
    """Return *graph* as one JSON object, its keys always in the same order.

    With what follows from it, where that was *found*.
    """
    return dumped(to_record(graph, found), indent=2) + "\n"


def to_json_lines(
    graphs: Iterable[SourceGraph], find: Callable[[SourceGraph], Findings] | None = None
) -> str:
    """Return each of *graphs* as a JSON object on a line of its own, with what *find* finds."""
    lines = (dumped(to_record(graph, find(graph) if find else None)) for graph in graphs)
    return "".join(line + "\n" for line in lines)


def to_json_of(graphs: Sequence[SourceGraph], find: Callable[[SourceGraph], Findings]) -> str:
    """Return the one graph as an object, several a line each, with what *find* finds in them."""
    if len(graphs) == 1:
        return to_json(graphs[0], find(graphs[0]))
    return to_json_lines(graphs, find)


def dumped(value: object, indent: int | None = None) -> str:
    """Return *value* as JSON; what a terminal would obey, or would not show, is escaped in it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isascii() and "\x7f" not in text:
        return text
    return text.translate({ord(c): json.dumps(c)[1:-1] for c in set(text) if _is_hidden(c)})


def _is_hidden(char: str) -> bool:
    return char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def to_record(graph: SourceGraph, found: Findings | None = None) -> Record:
    """Return *graph* as plain lists, strings and numbers, with what follows from it if *found*."""
    article = graph.article
    return {
        "article": article.name,
        **_metadata(article),
        **_entries(article),
        **_capture(article),
        **({"part_of": article.part_of} if article.part_of else {}),
        "sources": [_source(source) for source in graph.sources],
        "flows": [_flow(flow, article) for flow in graph.flows],
        "disputes": [_dispute(dispute, article) for dispute in graph.disputes],
        "claims": [_claim(claim) for claim in graph.claims],
        "attributions": [_attribution(one) for one in graph.attributions],
        "events": [_event(event, article) for event in graph.events],
        **(_found(found, article) if found else {}),
        "run": _run(graph.run),
        "text": article.text,
    }


def _found(found: Findings, article: Article) -> Record:
    return {
        "points": [
            {
                "claims": list(point.claims),
                "text": point.text,
                "lines": [list(line) for line in point.lines],
                "disputes": list(point.disputes),
                "leads": point.leads,
                "denied_by": list(point.objecting(Stance.DENIES)),
                "doubted_by": list(point.objecting(Stance.DOUBTS)),
            }
            for point in found.points
        ],
        "gaps": [
            {
                "source": gap.source,
                "before": gap.upstream,
                "reason": gap.reason,
                **_evidence(gap.evidence, article),
            }
            for gap in found.gaps
        ],
        "cargo": [[f"{one.kind.value}:{one.name}" for one in cargo] for cargo in found.cargo],
    }


def _run(run: Run) -> Record:
    known = {"version": run.version, "extractor": run.extractor, "weights": run.weights}
    given = {
        "min_score": run.min_score,
        "registry": list(run.registry),
        "reading": run.reading,
        "readers": [asdict(reader) for reader in run.readers],
        "left_out": run.left_out,
    }
    return known | {name: value for name, value in given.items() if value}


def _metadata(article: Article) -> Record:
    return {
        "title": article.title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "digest": article.digest,
        "text_digest": article.text_digest,
        **({"dated_by": article.dated_by} if article.dated_by else {}),
    }


def _entries(article: Article) -> Record:
    """Return the entries of a live blog, if it is one."""
    entries = [
        {
            "span": [one.span.start, one.span.end],
            "title": _quote(article, one.headline) if one.headline else "",
            "authors": list(one.authors),
            "published": one.published,
        }
        for one in article.entries
    ]
    return {"entries": entries} if entries else {}


def _capture(article: Article) -> Record:
    return {"capture": asdict(article.capture)} if article.capture else {}


def _source(source: Source) -> Record:
    record = {
        "id": source.id,
        "name": source.name,
        "type": source.type.value,
        "aliases": list(source.aliases),
        "mentions": _offsets(source.mentions),
        "score": source.score,
    }
    record |= {"wikidata": source.wikidata} if source.wikidata else {}
    why = [{"facet": one.facet.value, **_decision(one)} for one in source.decisions]
    return record | _finders(source) | ({"why": why} if why else {})


def _decision(one: Decision) -> Record:
    """Return what decided, and what would have been second."""
    told = {
        "rule": one.rule,
        "score": one.score if one.score < 1 else 0,
        "second": one.second,
        "second_score": one.second_score,
        "mentions": _offsets(one.spans),
    }
    return {"by": one.by.value} | {name: value for name, value in told.items() if value}


def _why(decision: Decision | None) -> Record:
    return {"why": _decision(decision)} if decision else {}


def _finders(found: Source | Flow | Dispute) -> Record:
    """Return which of several extractors found it, and which found the contrary."""
    denied = () if isinstance(found, Source) else found.denied_by
    told = {"found_by": list(found.found_by), "denied_by": list(denied)}
    return {name: names for name, names in told.items() if names}


def _flow(flow: Flow, article: Article) -> Record:
    return {
        "from": flow.source,
        "to": flow.target,
        "kind": flow.kind.value,
        **_evidence(flow.evidence, article),
        "cue": _offsets(flow.cues),
        "certainty": flow.certainty.value,
        "score": flow.score,
        **_why(flow.decision),
        **_finders(flow),
    }


def _dispute(dispute: Dispute, article: Article) -> Record:
    return {
        "by": dispute.source,
        "target": dispute.target,
        "stance": dispute.stance.value,
        **_evidence(dispute.evidence, article),
        "cue": _offsets(dispute.cues),
        "certainty": dispute.certainty.value,
        "score": dispute.score,
        **_why(dispute.decision),
        **_finders(dispute),
    }


def _claim(claim: Claim) -> Record:
    return {
        "id": claim.id,
        "text": claim.text,
        "content": _offsets(claim.content),
        "sources": list(claim.sources),
        "certainty": claim.certainty.value,
    }


def _attribution(attribution: Attribution) -> Record:
    ids = attribution.source_ids
    return {
        "source": _offsets(attribution.source),
        "cue": _offsets(attribution.cue),
        "content": _offsets(attribution.content),
        "speakers": _offsets(attribution.speakers),
        "route": _offsets(attribution.route),
        "basis": _offsets(attribution.basis),
        "span": _offsets((attribution.sentence,)),
        "depth": attribution.depth,
        "score": attribution.score,
        "source_id": next((id for id in ids if id), None),
        "source_ids": list(ids),
        "speech": attribution.speech.value,
        "certainty": attribution.certainty.value,
        "claimed": attribution.claimed.value,
        "stance": attribution.stance.value if attribution.stance else None,
        "date": attribution.date or None,
        "by": attribution.by,
    }


def _event(event: CustodyEvent, article: Article) -> Record:
    return {
        "id": event.id,
        "kind": event.kind.value,
        "roles": [
            {
                "role": participant.role.value,
                "source": participant.source_id or None,
                "span": _offsets((participant.span,)),
            }
            for participant in event.participants
        ],
        "date": event.date or None,
        "place": event.place or None,
        **_evidence((event.sentence,), article),
        "cue": _offsets((event.trigger,)),
        "certainty": event.certainty.value,
    }


def _evidence(spans: Spans, article: Article) -> Record:
    """Return the sentences, each on a line of its own, and where they stand."""
    return {
        "evidence": "\n".join(filter(None, (_quote(article, span) for span in spans))),
        "span": _offsets(spans),
    }


def _quote(article: Article, span: Span) -> str:
    try:
        return article.quote(span)
    except KeyError:  # the text was withheld, and these words with it
        return ""


def _offsets(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
