"""Which term of PROV a flow is, told by its kind and by what stands at its ends.

PROV's domains and ranges are kept: derivation joins entities, attribution goes from an entity to
an agent; any other hop is an influence. See ``docs/decisions/0002-flows-in-prov.md``.
"""

from dataclasses import dataclass

from provenance.model import Certainty, Flow, FlowKind


@dataclass(frozen=True, slots=True)
class Influence:
    """The words for one kind of hop, as prefixed names.

    Attributes:
        short: Our property from the downstream end to the upstream end.
        prov: What it is in PROV.
        qualified: The property from the downstream end to the flow's own node.
        classes: What that node is, besides a flow.
        influencers: The properties from that node to the upstream end.
    """

    short: str
    prov: str
    qualified: str
    classes: tuple[str, ...]
    influencers: tuple[str, ...]


_ATTRIBUTION = Influence(
    "sp:reportedBy",
    "prov:wasAttributedTo",
    "prov:qualifiedAttribution",
    ("prov:Attribution",),
    ("prov:agent",),
)
_DERIVATION = Influence(
    "sp:derivedFrom",
    "prov:wasDerivedFrom",
    "prov:qualifiedDerivation",
    ("prov:Derivation",),
    ("prov:entity",),
)


def _influence(short: str, kind: str = "") -> Influence:
    classes = ("prov:Influence", *((f"prov:{kind}Influence",) if kind else ()))
    influencers = ("prov:influencer", *((f"prov:{kind.lower()}",) if kind else ()))
    return Influence(short, "prov:wasInfluencedBy", "prov:qualifiedInfluence", classes, influencers)


_TOLD = _influence("sp:toldBy", "Agent")
_TAKEN = _influence("sp:takenFrom", "Agent")
_DREW_ON_AGENT = _influence("sp:drewOn", "Agent")
_DREW_ON_ENTITY = _influence("sp:drewOn", "Entity")
_OTHER = _influence("sp:hadFrom")

_BY_ENDS = {
    (FlowKind.REPORTED_BY, True, False): _ATTRIBUTION,
    (FlowKind.REPORTED_BY, True, True): _TOLD,
    (FlowKind.DERIVED_FROM, False, False): _DERIVATION,
    (FlowKind.DERIVED_FROM, True, False): _TAKEN,
    (FlowKind.DERIVED_FROM, True, True): _DREW_ON_AGENT,
    (FlowKind.DERIVED_FROM, False, True): _DREW_ON_ENTITY,
}


def influence(flow: Flow, agents: dict[str, bool]) -> Influence | None:
    """Return what *flow* is in PROV, None where the text denies that it took place.

    Args:
        flow: The hop.
        agents: By id whether an end is an agent; an end that is missing is neither.
    """
    if flow.certainty is Certainty.DENIED:
        return None
    if flow.source not in agents or flow.target not in agents:
        return _OTHER
    return _BY_ENDS.get((flow.kind, agents[flow.source], agents[flow.target]), _OTHER)
