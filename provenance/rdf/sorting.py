"""The natural order of records, which RDF need not state; any other order is written down."""

from provenance.model import Attribution, Claim, CustodyEvent, Dispute, Flow, Link, Source

Key = tuple[object, ...]


def link_key(link: Link) -> Key:
    """Order links as they stand."""
    return link.span, link.url


def source_key(source: Source) -> Key:
    """Order sources by id."""
    return (source.id,)


def flow_key(flow: Flow) -> Key:
    """Order flows by their ends."""
    return flow.source, flow.target, flow.kind.value


def dispute_key(dispute: Dispute) -> Key:
    """Order disputes by their ends."""
    return dispute.source, dispute.target, dispute.stance.value


def claim_key(claim: Claim) -> Key:
    """Order claims as they stand."""
    return claim.content, claim.id


def event_key(event: CustodyEvent) -> Key:
    """Order events as they stand."""
    return event.trigger, event.id


def attribution_key(attribution: Attribution) -> Key:
    """Order attributions as they stand, by their cues first."""
    return (
        attribution.cue,
        attribution.content,
        attribution.source,
        attribution.sentence,
        attribution.depth,
    )
