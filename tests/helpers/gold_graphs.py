"""The examples as graphs without a fault: what their annotations say, and no extractor's guess.

Sources, flows and disputes are those of ``examples/*.gold.json``; claims and custody events, which
that format has no room for, are annotated in ``tests/queries``, by hand as well.
"""

import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

from provenance.articles import read_article
from provenance.model import (
    Attribution,
    Certainty,
    Claim,
    CustodyEvent,
    Dispute,
    EventKind,
    EventRole,
    Flow,
    FlowKind,
    Participant,
    Run,
    Source,
    SourceGraph,
    SourceType,
    Span,
    Stance,
)
from tests.helpers.places import DATA, ROOT

_END = re.compile(r"(?<=[.!?\"”])\s(?=[A-Z\"“])")

NAMES = ("court-filing", "pentagon-leak", "study-retraction")


@cache
def gold_graph(name: str) -> SourceGraph:
    """Return the graph of the example *name*."""
    gold = json.loads((ROOT / "examples" / f"{name}.gold.json").read_text("utf-8"))
    more = json.loads((DATA / "queries" / f"{name}.json").read_text("utf-8"))
    article = read_article(ROOT / "examples" / gold["article"])
    text = article.text
    claims = [_claim(one, text) for one in more["claims"]]
    told = [_at(one["evidence"], text) for part in ("disputes", "flows") for one in gold[part]]
    return SourceGraph(
        article=article,
        sources=tuple(sorted((_source(s, text) for s in gold["sources"]), key=lambda s: s.id)),
        flows=tuple(_flow(one, text) for one in gold["flows"]),
        disputes=tuple(_dispute(one, text) for one in gold["disputes"]),
        claims=tuple(claims),
        attributions=tuple(_attribution(claim, told, text) for claim in claims),
        events=tuple(_event(one, n, text) for n, one in enumerate(more["events"])),
        run=Run(version="0", extractor="by hand"),
    )


@cache
def told_graph(name: str) -> SourceGraph:
    """Return the graph of the example *name* in which each claim says whose it is.

    It has who makes it, what he founds it on and whom it goes through, in the sentence that says
    it: what flows carry follows from that.
    """
    graph = gold_graph(name)
    rows = json.loads((DATA / "queries" / f"{name}.json").read_text("utf-8"))["claims"]
    places = {source.id: source.mentions[0] for source in graph.sources if source.mentions}
    told = [
        replace(
            attribution,
            sentence=_sentence(claim.content[0], graph.article.text),
            source_ids=claim.sources,
            basis=tuple(places[id] for id in row.get("basis", ())),
            route=tuple(places[id] for id in row.get("route", ())),
        )
        for attribution, claim, row in zip(graph.attributions, graph.claims, rows, strict=True)
    ]
    return replace(graph, attributions=tuple(told))


def _at(words: str, text: str, within: str = "") -> Span:
    start = text.index(words, text.index(within))
    return Span(start, start + len(words))


def _paragraph(span: Span, text: str) -> Span:
    return Span(text.rfind("\n", 0, span.start) + 1, (text + "\n").index("\n", span.end))


def _sentence(span: Span, text: str) -> Span:
    around = _paragraph(span, text)
    ends = list(_END.finditer(text, around.start, around.end))
    return Span(
        max((m.end() for m in ends if m.end() <= span.start), default=around.start),
        min((m.start() for m in ends if m.start() >= span.end), default=around.end),
    )


def _source(row: Any, text: str) -> Source:
    return Source(
        id=row["id"],
        name=row["name"],
        type=SourceType(row["type"]),
        aliases=tuple(sorted(row["aliases"])),
        mentions=tuple(sorted({_at(alias, text) for alias in row["aliases"]})),
    )


def _flow(row: Any, text: str) -> Flow:
    return Flow(
        source=row["from"],
        target=row["to"],
        kind=FlowKind(row["kind"]),
        evidence=(_at(row["evidence"], text),),
    )


def _dispute(row: Any, text: str) -> Dispute:
    return Dispute(
        source=row["by"],
        target=row["target"],
        stance=Stance(row["stance"]),
        evidence=(_at(row["evidence"], text),),
    )


def _claim(row: Any, text: str) -> Claim:
    span = _at(row["text"], text, row.get("within", ""))
    return Claim(
        id=f"at-{span.start}",
        text=row["text"],
        content=(span,),
        sources=tuple(row["sources"]),
        certainty=Certainty(row.get("certainty", "reported")),
    )


def _attribution(claim: Claim, told: list[Span], text: str) -> Attribution:
    """Return the attribution of *claim*, in the annotated words that it is part of, if any."""
    (content,) = claim.content
    sentence = next((span for span in told if content in span), _paragraph(content, text))
    return Attribution(
        source=(), cue=(), content=claim.content, sentence=sentence, claimed=claim.certainty
    )


def _event(row: Any, number: int, text: str) -> CustodyEvent:
    trigger = _at(row["trigger"], text)
    return CustodyEvent(
        id=f"{row['kind']}-{number}",
        kind=EventKind(row["kind"]),
        trigger=trigger,
        sentence=_paragraph(trigger, text),
        participants=tuple(
            Participant(EventRole(role), trigger, row[role])
            for role in ("agent", "artefact", "origin", "channel", "recipient")
            if role in row
        ),
        date=row.get("date", ""),
        certainty=Certainty(row.get("certainty", "asserted")),
    )
