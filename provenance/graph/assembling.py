"""Put a source graph together: claims, flows and disputes between resolved sources."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from provenance.graph.claims import sense_of
from provenance.graph.cue_words import words
from provenance.graph.custodial import told_once
from provenance.graph.disputing import find_disputes
from provenance.graph.flowing import find_flows
from provenance.model import (
    Article,
    Attribution,
    Certainty,
    Claim,
    CustodyEvent,
    Reading,
    Resolution,
    Run,
    SourceGraph,
)


def as_told(article: Article, resolution: Resolution) -> Reading:
    """Return the graph that rules find in what was extracted, whatever else the text says."""
    flows = find_flows(resolution)
    disputes = find_disputes(article, resolution, flows)
    return Reading(sources=resolution.sources, flows=flows, disputes=disputes)


def build_graph(
    article: Article, resolution: Resolution, run: Run, reading: Reading | None = None
) -> SourceGraph:
    """Return the source graph of *article*, as it was read or, without a *reading*, as it is told.

    A source that ends up in no flow or dispute is left out: it was talked about, no more.
    """
    reading = reading or as_told(article, resolution)
    ends = {e for f in reading.flows for e in (f.source, f.target)}
    ends |= {e for d in reading.disputes for e in (d.source, d.target)}
    kept = tuple(s for s in reading.sources if s.id in ends)
    ids = {s.id: s.id for s in kept} | dict(reading.joined)
    attributions = tuple(_trimmed(a, ids) for a in resolution.attributions)
    return SourceGraph(
        article=article,
        sources=kept,
        flows=reading.flows,
        disputes=reading.disputes,
        claims=_claims(article, attributions),
        attributions=attributions,
        events=told_once(_trimmed_event(e, ids) for e in resolution.events),
        run=run,
    )


def _trimmed(attribution: Attribution, ids: Mapping[str, str]) -> Attribution:
    """Return *attribution* with the sources that *ids* has for its own, others left out."""
    kept = tuple(dict.fromkeys(ids[i] for i in attribution.source_ids if i in ids))
    return replace(attribution, source_ids=kept, against=(), pointing=None)


def _trimmed_event(event: CustodyEvent, ids: Mapping[str, str]) -> CustodyEvent:
    """Return *event* with its words, and without the names of sources that were left out."""
    participants = tuple(
        replace(one, source_id=ids.get(one.source_id, "")) for one in event.participants
    )
    return replace(event, participants=participants)


def _text_of(article: Article, one: Attribution) -> str:
    """Return what *one* says, "" where that is no claim: "it", "on the case" that was covered."""
    pieces = [" ".join(article.quote(span).split()) for span in one.content]
    telling = [piece for piece in pieces if piece.casefold() not in words("topics", "bare")]
    if not any(sense_of(piece).stems for piece in telling):  # "it", "that"
        return ""
    first = telling[0].split()
    cue = article.quote(one.cue[0]).casefold() if one.cue else ""  # readings may give none
    verbs = [*cue.split(), first[0]]
    about = all(not words("topics", part).isdisjoint(verbs) for part in ("verbs", "about"))
    none = first[0] == "no" and one.certainty is Certainty.DENIED and one.stance is None
    return "" if about or none else " … ".join(telling)


def _claims(article: Article, attributions: tuple[Attribution, ...]) -> tuple[Claim, ...]:
    """Return a claim for each content that says something and some source stands for, in order.

    Told by several, it is as certain as whoever commits to it most: one denial does not unsay it.
    """
    claims: dict[str, Claim] = {}
    for one in attributions:
        if not one.source_ids or not one.content:
            continue
        text = _text_of(article, one)
        if not text:
            continue
        where = ",".join(f"{s.start}-{s.end}" for s in one.content)
        id_ = "claim-" + hashlib.sha256(f"{where} {text}".encode()).hexdigest()[:12]
        before = claims.get(id_)
        sources = tuple(sorted({*one.source_ids, *(before.sources if before else ())}))
        certainty = max(one.claimed, one.certainty, key=lambda c: c.rank)
        if before:
            certainty = min(before.certainty, certainty, key=lambda c: c.rank)
        claims[id_] = Claim(
            id=id_, text=text, content=one.content, sources=sources, certainty=certainty
        )
    return tuple(sorted(claims.values(), key=lambda c: (c.content, c.id)))
