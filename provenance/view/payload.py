"""All that the page's script is told about one graph."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from provenance.graph import claim_sentence, findings, unsaid_by
from provenance.graph.reasons import reasons
from provenance.model import (
    ARTICLE,
    Attribution,
    Chain,
    Claim,
    CustodyEvent,
    EventRole,
    SourceGraph,
    Spans,
    Stance,
)
from provenance.view.chronology import contradictions, dates_of, tell_date
from provenance.view.folding import Fold, fold
from provenance.view.layout import Layout, lay_out, sizes_of
from provenance.view.passages import offsets, passages, roles, text_blocks
from provenance.view.sentences import tell_chains, tell_claims, told_claims
from provenance.view.strip import answers, whys
from provenance.view.structure import Opening, opening_of, order_chains, points_in_order
from provenance.view.timeline import lay_out_time
from provenance.view.visnetwork import DASHES, box_record, draw, looks_of
from provenance.view.wording import tell_dispute, tell_event, tell_flow

Record = dict[str, Any]

_MOST_CHAINS = 1_000
"""Chains that the page tells of."""


def describe(graph: SourceGraph, chains: Sequence[Chain]) -> Record:
    """Return *graph* as the page's script reads it.

    Ids begin with ``s:`` for sources, ``f:`` flows, ``d:`` disputes, ``c:`` claims, ``e:`` events.
    """
    chains = order_chains(graph, chains)
    opening = opening_of(graph, chains)
    part = fold(graph, chains)
    drawn = part.graph if part else graph
    inside = {ARTICLE, *(one.id for one in drawn.sources)}
    own = [one for one in chains if all({f.source, f.target} <= inside for f in one.flows)]
    layout = lay_out(drawn, own)
    time = lay_out_time(drawn, own)
    items = [*_flows(graph), *_disputes(graph), *_claims(graph), *_events(graph)]
    return {
        "meta": _meta(graph),
        "answers": answers(graph, opening.point if opening else None),
        "blocks": text_blocks(graph.article),
        "passages": passages(_evidence(graph)),
        "sources": _sources(graph),
        "items": items,
        "chains": _chains(graph, chains, layout),
        "origins": list(findings(graph).origins),
        "lines": [list(line) for line in (opening.point.lines if opening else ())],
        "points": _points(graph, chains, opening),
        "gaps": _gaps(graph),
        "why": whys(graph),
        "corrections": _corrections(graph),
        "dashes": {certainty.value: dashes for certainty, dashes in DASHES.items()},
        "pictures": {
            "chain": _picture(drawn, layout, part),
            "time": _picture(drawn, time, part) if time else None,
        },
        "folded": _folded(graph, chains, part) if part else None,
    }


def _evidence(graph: SourceGraph) -> list[tuple[str, Spans]]:
    """Return where each thing stands in the text, by its key."""
    return [
        (f"{letter}:{number}", spans)
        for letter, records in (
            ("f", [one.evidence for one in graph.flows]),
            ("d", [one.evidence for one in graph.disputes]),
            ("c", [one.content for one in graph.claims]),
            ("e", [(one.sentence,) for one in graph.events]),
        )
        for number, spans in enumerate(records)
    ]


def _folded(graph: SourceGraph, chains: Sequence[Chain], part: Fold) -> Record:
    """Return what the script needs to draw whatever is not in the pictures.

    That is how many sources are folded into each, the box of each source without its place, and
    the looks of lines with the number of the look of each.
    """
    sizes = sizes_of(graph, (), chains)
    looks = looks_of(graph)
    known = {str(look): look for look in looks.values()}
    number = {text: n for n, text in enumerate(known)}
    return {
        "counts": part.folded,
        "boxes": {one.id: box_record(sizes[one.id], one.type.value) for one in graph.sources},
        "looks": list(known.values()),
        "lines": {id_: number[str(look)] for id_, look in looks.items()},
    }


def _picture(graph: SourceGraph, layout: Layout, part: Fold | None) -> Record:
    """Return a layout as the network of its boxes and lines, and the words above them.

    The lines of a *part* are called what they are called in the whole graph.
    """
    headings = [
        {"x": round(one.x, 1), "y": round(one.y, 1), "text": one.text, "align": one.align}
        for one in layout.headings
    ]
    picture = draw(graph, layout)
    for edge in picture["edges"] if part else ():
        name = part.numbers[edge["item"]]  # type: ignore[union-attr]
        edge |= {"item": name, "id": f"{name}/{edge['id'].rpartition('/')[2]}"}
    for node in picture["nodes"] if part else ():
        if "box" in node:
            node["box"]["folded"] = part.folded.get(node["id"][2:], 0)  # type: ignore[union-attr]
    return picture | {"headings": headings}


def _meta(graph: SourceGraph) -> Record:
    article = graph.article
    return {
        "name": article.name,
        "title": article.title or article.name,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published,
        "told": tell_date(article.published),
        "url": article.url,
        "withheld": not article.text,
        "run": f"{graph.run.extractor} {graph.run.version}",
        "version": graph.run.version,
        "readers": [f"{one.name} ({one.kind.value})" for one in graph.run.readers],
        "digest": article.digest,
    }


def _points(graph: SourceGraph, chains: Sequence[Chain], opening: Opening | None) -> list[Record]:
    """Return what is claimed, that of *opening* first, with the keys of all that is of it."""
    first = opening.point if opening else None
    title = opening.title if opening else ""
    number = {claim.id: f"c:{n}" for n, claim in enumerate(graph.claims)}
    words_of = {claim.id: claim_sentence(graph, claim) for claim in graph.claims}
    return [
        {
            "text": words_of.get(point.id) or point.text,
            "claims": [number[id_] for id_ in point.claims],
            "lines": [list(line) for line in point.lines],
            "disputes": [f"d:{n}" for n in point.disputes],
            "unsaid": list(unsaid_by(graph, point)),
            "denied": list(point.objecting(Stance.DENIES)),
            "doubted": list(point.objecting(Stance.DOUBTS)),
            "leads": point.leads,
            "title": title if point is first else "",
        }
        for point in points_in_order(graph, chains)[1]
    ]


def _gaps(graph: SourceGraph) -> list[Record]:
    words = {reason.key: reason.words for reason in reasons(graph)}
    return [
        {
            "source": gap.source,
            "upstream": gap.upstream,
            "reason": gap.reason,
            "evidence": offsets(gap.evidence),
            "words": offsets(words[f"g:{number}"]),
        }
        for number, gap in enumerate(findings(graph).gaps)
    ]


def _sources(graph: SourceGraph) -> list[Record]:
    gaps: dict[str, list[str]] = {}
    for gap in findings(graph).gaps:
        gaps.setdefault(gap.source, []).append(gap.reason)
    dates = dates_of(graph)
    return [
        {
            "id": one.id,
            "name": one.name,
            "date": dates.get(one.id, ""),
            "type": one.type.value,
            "score": round(one.score, 2),
            "aliases": [alias for alias in one.aliases if alias != one.name],
            "mentions": offsets(one.mentions),
            "wikidata": one.wikidata,
            "gaps": gaps.get(one.id, []),
        }
        for one in graph.sources
    ]


def _flows(graph: SourceGraph) -> list[Record]:
    sources = {source.id: source for source in graph.sources}
    odd = contradictions(graph)
    return [
        {
            "id": f"f:{number}",
            "what": "flow",
            "kind": flow.kind.value,
            "source": flow.source,
            "target": flow.target,
            "certainty": flow.certainty.value,
            "score": round(flow.score, 2),
            "tell": tell_flow(graph, sources, flow),
            "odd": odd.get(number, ""),
            "marks": roles(graph, (flow.source, flow.target), flow.evidence, flow.cues, sources),
        }
        for number, flow in enumerate(graph.flows)
    ]


def _disputes(graph: SourceGraph) -> list[Record]:
    sources = {source.id: source for source in graph.sources}
    return [
        {
            "id": f"d:{number}",
            "what": "dispute",
            "kind": one.stance.value,
            "source": one.source,
            "target": one.target,
            "certainty": one.certainty.value,
            "score": round(one.score, 2),
            "tell": tell_dispute(graph, sources, one),
            "marks": roles(graph, (one.source, one.target), one.evidence, one.cues, sources),
        }
        for number, one in enumerate(graph.disputes)
    ]


def _claims(graph: SourceGraph) -> list[Record]:
    told: dict[Spans, list[Attribution]] = {}
    for one in graph.attributions:
        told.setdefault(one.content, []).append(one)
    told_of = tell_claims(graph)
    return [
        {
            "id": f"c:{number}",
            "what": "claim",
            "kind": "claim",
            "sources": list(claim.sources),
            "certainty": claim.certainty.value,
            "score": round(max((one.score for one in told.get(claim.content, ())), default=1.0), 2),
            "text": claim.text,
            "tell": sentence,
            "marks": _claim_marks(claim, told.get(claim.content, ())),
        }
        for number, (claim, sentence) in enumerate(zip(graph.claims, told_of, strict=True))
    ]


def _claim_marks(claim: Claim, told: Sequence[Attribution]) -> Record:
    return {
        "evidence": offsets((*claim.content, *(one.sentence for one in told))),
        "cue": offsets(span for one in told for span in one.cue),
        "source": offsets(span for one in told for span in one.source),
        "content": offsets(claim.content),
    }


def _events(graph: SourceGraph) -> list[Record]:
    return [
        {
            "id": f"e:{number}",
            "what": "event",
            "kind": event.kind.value,
            "sources": sorted({one.source_id for one in event.participants if one.source_id}),
            "certainty": event.certainty.value,
            "date": event.date,
            "tell": tell_event(event),
            "marks": _event_marks(event),
        }
        for number, event in enumerate(graph.events)
    ]


def _event_marks(event: CustodyEvent) -> Record:
    things = [one for one in event.participants if one.role is EventRole.ARTEFACT]
    return {
        "evidence": offsets((event.sentence,)),
        "cue": offsets((event.trigger,)),
        "source": offsets(one.span for one in event.participants if one not in things),
        "content": offsets(one.span for one in things),
    }


def _chains(graph: SourceGraph, chains: Sequence[Chain], layout: Layout) -> list[Record]:
    """Return each chain as the hops along it; without *chains*, the longest that was laid out."""
    number = {(f.source, f.target): f"f:{n}" for n, f in enumerate(graph.flows)}
    number_of = {claim.id: f"c:{n}" for n, claim in enumerate(graph.claims)}
    if not chains:
        path = layout.path
        hops = [number[ends] for ends in pairwise(path)]
        plain = {
            "ids": list(path),
            "hops": hops,
            "certainty": "",
            "gaps": [],
            "tells": "",
            "sentence": [],
        }
        return [plain] if hops else []
    told_of = chains[:_MOST_CHAINS]
    return [
        {
            "ids": [one.origin, *(flow.target for flow in one.flows)],
            "hops": [number[flow.source, flow.target] for flow in one.flows],
            "certainty": one.certainty.value,
            "gaps": [
                {"source": gap.source, "upstream": gap.upstream, "reason": gap.reason}
                for gap in one.gaps
            ],
            "claims": [number_of[one.name] for one in one.cargo if one.name in number_of],
            "tells": number_of.get(claim, ""),
            "sentence": told,
        }
        for one, told, claim in zip(
            told_of, tell_chains(graph, told_of), told_claims(graph, told_of), strict=True
        )
    ]


def _corrections(graph: SourceGraph) -> list[Record]:
    """Return what people changed, with the keys of what each is about."""
    claims = {claim.id: f"c:{number}" for number, claim in enumerate(graph.claims)}
    return [
        {
            "id": one.correction.id,
            "action": one.correction.action.value,
            "who": one.correction.who,
            "when": one.correction.when,
            "why": one.correction.why,
            "grade": one.correction.grade,
            "about": [claims.get(id_, f"s:{id_}") for id_ in one.about],
        }
        for one in graph.corrections
    ]
