"""What is said of sources as triples: flows, disputes, claims, custody events, attributions."""

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from provenance.graph import saying
from provenance.model import (
    Attribution,
    Certainty,
    CustodyEvent,
    Dispute,
    EventKind,
    EventRole,
    Flow,
    FlowKind,
    Participant,
    SourceGraph,
    Span,
    Spans,
    Stance,
)
from provenance.rdf.history import write_decision, write_finders
from provenance.rdf.influence import influence, rings
from provenance.rdf.lookup import (
    attribution_key,
    claim_key,
    dispute_key,
    event_key,
    flow_key,
)
from provenance.rdf.sheet import Sheet, concept, decimal, iri, moment

_STANCES = {
    Stance.DENIES: "sp:disputedBy",
    Stance.DOUBTS: "sp:doubtedBy",
    Stance.CONFIRMS: "sp:confirmedBy",
}
# These bring their artefact forth; all others handle what was there before.
_BRING_FORTH = frozenset({EventKind.CREATION, EventKind.INTERCEPTION, EventKind.INTERVIEW})


def write_flows(sheet: Sheet, flows: tuple[Flow, ...]) -> None:
    """Write each hop as a short property, the same in PROV, and a node of its own."""
    nodes = [sheet.minted("flow", f, f.source, f.target, f.kind) for f in flows]
    circular = rings(flows, sheet.agents, sheet.channels)
    for flow, node in zip(flows, nodes, strict=True):
        source, target = sheet.source(flow.source), sheet.source(flow.target)
        words = influence(flow, sheet.agents, circular, sheet.channels)
        sheet.add(node, "rdf:type", iri("sp:Flow"))
        if words:
            sheet.add(target, "sp:hadFrom", source)
            sheet.add(target, words.short, source)
            sheet.add(target, words.prov, source)
            sheet.add(target, words.qualified, node)
            sheet.add(node, "rdf:type", *map(iri, words.classes))
            for influencer in words.influencers:
                sheet.add(node, influencer, source)
        _write_edge(sheet, node, flow, "sp:flowKind", flow.kind)
    sheet.add_nodes("sp:Flow", flows, flow_key, nodes)


def write_disputes(sheet: Sheet, disputes: tuple[Dispute, ...]) -> None:
    """Write each dispute as a short property and a node of its own; never as an influence."""
    nodes = [sheet.minted("dispute", d, d.source, d.target, d.stance) for d in disputes]
    for dispute, node in zip(disputes, nodes, strict=True):
        source, target = sheet.source(dispute.source), sheet.source(dispute.target)
        if dispute.certainty is not Certainty.DENIED:
            sheet.add(target, _STANCES[dispute.stance], source)
        sheet.add(node, "rdf:type", iri("sp:Dispute"))
        _write_edge(sheet, node, dispute, "sp:stance", dispute.stance)
    sheet.add_nodes("sp:Dispute", disputes, dispute_key, nodes)


def _write_edge(
    sheet: Sheet, node: NamedNode, edge: Flow | Dispute, term: str, kind: FlowKind | Stance
) -> None:
    sheet.add(node, "sp:source", sheet.source(edge.source))
    sheet.add(node, "sp:target", sheet.source(edge.target))
    sheet.add(node, term, concept(kind))
    sheet.add(node, "sp:certainty", concept(edge.certainty))
    sheet.add_score(node, edge.score)
    write_finders(sheet, node, edge)
    write_decision(sheet, node, edge.decision)
    sheet.add_spans(node, "sp:cueSpan", edge.cues)
    write_evidence(sheet, node, edge.evidence)


def write_claims(sheet: Sheet, graph: SourceGraph) -> None:
    """Write each claim as an entity with its words; what they say is not asserted."""
    claims = graph.claims
    nodes = [sheet.named("claim", claim) for claim in claims]
    for claim, node in zip(claims, nodes, strict=True):
        sheet.add(node, "rdf:type", *map(iri, ("sp:Claim", "prov:Entity", "schema:Claim")))
        sheet.add(node, "dcterms:identifier", Literal(claim.id))
        sheet.add(node, "schema:text", Literal(claim.text))
        sheet.add(node, "schema:appearance", sheet.article)
        sheet.add(node, "sp:certainty", concept(claim.certainty))
        sheet.add_spans(node, "sp:contentSpan", claim.content)
        sheet.add_all(node, "sp:source", claim.sources, sheet.source)
        for id in saying(graph, claim):  # what somebody denies or doubts does not come from them
            if id in sheet.agents:
                short = "prov:wasAttributedTo" if sheet.agents[id] else "prov:wasDerivedFrom"
                short = "prov:wasInfluencedBy" if id in sheet.channels else short
                sheet.add(node, short, sheet.source(id))
    sheet.add_nodes("sp:Claim", claims, claim_key, nodes)


def write_events(sheet: Sheet, events: tuple[CustodyEvent, ...]) -> None:
    """Write each custody event as an activity, with what PROV has words for and all roles."""
    nodes = [sheet.named("event", event) for event in events]
    for event, node in zip(events, nodes, strict=True):
        sheet.add(node, "rdf:type", iri("sp:CustodyEvent"), iri("prov:Activity"))
        sheet.add(node, "dcterms:identifier", Literal(event.id))
        sheet.add(node, "sp:eventKind", concept(event.kind))
        sheet.add(node, "sp:certainty", concept(event.certainty))
        if event.date:
            sheet.add(node, "sp:date", moment(event.date))
        if event.place:
            place = sheet.node("place", event.place)
            sheet.add(node, "prov:atLocation", place)
            sheet.add(place, "rdf:type", iri("prov:Location"))
            sheet.add(place, "schema:name", Literal(event.place))
        for participant in event.participants:
            _write_involvement(sheet, node, event, participant)
        sheet.add(node, "sp:cueSpan", sheet.span(event.trigger))
        parts = [(p.span, p.source_id or None, p.role) for p in event.participants]
        _write_participations(sheet, node, "sp:participant", parts)
        write_evidence(sheet, node, (event.sentence,))
    sheet.add_nodes("sp:CustodyEvent", events, event_key, nodes)


def _write_involvement(
    sheet: Sheet, node: NamedNode, event: CustodyEvent, participant: Participant
) -> None:
    """Write in PROV's own terms what *participant* was to *event*, where it has any."""
    id, role = participant.source_id, participant.role
    if id not in sheet.agents or event.certainty is Certainty.DENIED:
        return
    source = sheet.source(id)
    if sheet.agents[id]:
        if role is EventRole.AGENT:
            sheet.add(node, "prov:wasAssociatedWith", source)
    elif role is EventRole.CHANNEL:
        sheet.add(node, "prov:atLocation", source)
    elif role is EventRole.ARTEFACT and event.kind in _BRING_FORTH:
        sheet.add(node, "prov:generated", source)
    elif role in (EventRole.ARTEFACT, EventRole.ORIGIN) and event.kind is not EventKind.DENIAL:
        sheet.add(node, "prov:used", source)


def write_attributions(sheet: Sheet, graph: SourceGraph) -> None:
    """Write each attribution as an annotation of the sentences that it stands in."""
    claims: dict[Spans, list[str]] = {}
    for claim in graph.claims:
        claims.setdefault(claim.content, []).append(claim.id)
    records = graph.attributions
    nodes = [sheet.minted("attribution", a, a.source, a.cue, a.content, a.depth) for a in records]
    for attribution, node in zip(records, nodes, strict=True):
        sheet.add(node, "rdf:type", iri("sp:Attribution"), iri("oa:Annotation"))
        sheet.add(node, "oa:motivatedBy", iri("oa:describing"))
        for id in claims.get(attribution.content, ()):
            sheet.add(node, "oa:hasBody", sheet.claim(id))
        sheet.add(node, "oa:hasTarget", sheet.span(attribution.sentence))
        _write_attribution(sheet, attribution, node)
    sheet.add_nodes("sp:Attribution", records, attribution_key, nodes)


def _write_attribution(sheet: Sheet, attribution: Attribution, node: NamedNode) -> None:
    sheet.add_spans(node, "sp:sourceSpan", attribution.source)
    sheet.add_spans(node, "sp:cueSpan", attribution.cue)
    sheet.add_spans(node, "sp:contentSpan", attribution.content)
    sheet.add_spans(node, "sp:routeSpan", attribution.route)
    sheet.add_spans(node, "sp:basisSpan", attribution.basis)
    sheet.add(node, "sp:depth", Literal(attribution.depth))
    sheet.add(node, "sp:score", decimal(attribution.score))
    sheet.add(node, "sp:speech", concept(attribution.speech))
    sheet.add(node, "sp:certainty", concept(attribution.certainty))
    sheet.add(node, "sp:claimed", concept(attribution.claimed))
    if attribution.stance:
        sheet.add(node, "sp:stance", concept(attribution.stance))
    if attribution.date:
        sheet.add(node, "sp:date", moment(attribution.date))
    sheet.add_text(node, "sp:extractor", attribution.by)
    ids: tuple[str | None, ...] = attribution.source_ids
    spans: tuple[Span | None, ...] = attribution.speakers
    if ids and len(ids) != len(spans):  # they do not pair: spans first, then ids
        ids, spans = (None,) * len(spans) + ids, spans + (None,) * len(ids)
    pairs = zip(spans, ids or (None,) * len(spans), strict=True)
    _write_participations(sheet, node, "sp:speaker", [(span, id, None) for span, id in pairs])


def _write_participations(
    sheet: Sheet,
    whole: NamedNode,
    predicate: str,
    parts: Sequence[tuple[Span | None, str | None, EventRole | None]],
) -> None:
    """Write who had a part in *whole*; an id of "" is one that was sought and not found."""
    for position, (span, id, role) in enumerate(parts, start=1):
        local = whole.value.removeprefix(sheet.name)
        node = sheet.node("part", local, position)
        sheet.add(whole, predicate, node)
        sheet.add(node, "rdf:type", iri("sp:Participation"))
        if role:
            sheet.add(node, "sp:role", concept(role))
        if span:
            sheet.add(node, "sp:span", sheet.span(span))
        if id:
            sheet.add(node, "sp:source", sheet.source(id))
        elif id == "":
            sheet.add(node, "sp:resolved", Literal(False))
        sheet.add(node, "sp:position", Literal(position))


def write_evidence(sheet: Sheet, node: NamedNode, spans: Spans) -> None:
    """Write the annotation that ties *node* to the sentences that it rests on."""
    annotation = sheet.node("evidence", node.value.removeprefix(sheet.name))
    sheet.add(node, "sp:evidence", annotation)
    sheet.add(annotation, "rdf:type", iri("oa:Annotation"))
    sheet.add(annotation, "oa:motivatedBy", iri("oa:linking"))
    sheet.add(annotation, "oa:hasBody", node)
    sheet.add_spans(annotation, "oa:hasTarget", spans)
