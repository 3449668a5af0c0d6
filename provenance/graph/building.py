"""Put a source graph together: claims, flows and disputes between resolved sources."""

import hashlib
from dataclasses import replace

from provenance.graph.disputing import find_disputes
from provenance.graph.flowing import find_flows
from provenance.model import (
    Article,
    Attribution,
    Claim,
    CustodyEvent,
    Resolution,
    Run,
    SourceGraph,
)


def build_graph(article: Article, resolution: Resolution, run: Run) -> SourceGraph:
    """Return the source graph of *article*.

    A source that ends up in no flow, dispute or claim is left out: it was talked about, no more.
    """
    flows = find_flows(article, resolution)
    disputes = find_disputes(article, resolution, flows)
    ends = {e for f in flows for e in (f.source, f.target)} | {
        e for d in disputes for e in (d.source, d.target)
    }
    kept = tuple(s for s in resolution.sources if s.id in ends)
    ids = {s.id for s in kept}
    attributions = tuple(_trimmed(a, ids) for a in resolution.attributions)
    return SourceGraph(
        article=article,
        sources=kept,
        flows=flows,
        disputes=disputes,
        claims=_claims(article, attributions),
        attributions=attributions,
        events=tuple(_trimmed_event(e, ids) for e in resolution.events),
        run=run,
    )


def _trimmed(attribution: Attribution, ids: set[str]) -> Attribution:
    kept = tuple(i for i in attribution.source_ids if i in ids)
    return replace(attribution, source_ids=kept, against=(), pointing=None)


def _trimmed_event(event: CustodyEvent, ids: set[str]) -> CustodyEvent:
    """Return *event* with its words, and without the names of sources that were left out."""
    participants = tuple(
        one if one.source_id in ids else replace(one, source_id="") for one in event.participants
    )
    return replace(event, participants=participants)


def _claims(article: Article, attributions: tuple[Attribution, ...]) -> tuple[Claim, ...]:
    """Return a claim for each content that some source stands for, in the order of the text."""
    claims: dict[str, Claim] = {}
    for one in attributions:
        if not one.source_ids or not one.content:
            continue
        text = " … ".join(" ".join(article.quote(s).split()) for s in one.content)
        where = ",".join(f"{s.start}-{s.end}" for s in one.content)
        id_ = "claim-" + hashlib.sha256(f"{where} {text}".encode()).hexdigest()[:12]
        sources = tuple(sorted({*one.source_ids, *(claims[id_].sources if id_ in claims else ())}))
        certainty = max(one.claimed, one.certainty, key=lambda c: c.rank)
        claims[id_] = Claim(
            id=id_, text=text, content=one.content, sources=sources, certainty=certainty
        )
    return tuple(sorted(claims.values(), key=lambda c: (c.content, c.id)))
