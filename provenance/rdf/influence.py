"""Which term of PROV a flow is, by its kind and by what stands at its ends.

PROV's domains and ranges are kept: derivation joins entities, attribution goes from an entity to
an agent; any other hop is an influence. An article is attributed to who wrote and published it, not
to whom it quotes, and nothing is derived from the place where it was published. See
``docs/decisions/0002-flows-in-prov.md`` and ``docs/decisions/0010-who-made-the-article.md``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.model import ARTICLE, Certainty, Flow, FlowKind


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


_REPORTED = _influence("sp:reportedBy", "Agent")
_AT_CHANNEL = _influence("sp:derivedFrom", "Entity")
_TOLD = _influence("sp:toldBy", "Agent")
_TAKEN = _influence("sp:takenFrom", "Agent")
_DREW_ON_AGENT = _influence("sp:drewOn", "Agent")
_DREW_ON_ENTITY = _influence("sp:drewOn", "Entity")
_OTHER = _influence("sp:hadFrom")
_IN_A_RING = _influence("sp:hadFrom", "Entity")

_BY_ENDS = {
    (FlowKind.REPORTED_BY, True, False): _ATTRIBUTION,
    (FlowKind.REPORTED_BY, True, True): _TOLD,
    (FlowKind.DERIVED_FROM, False, False): _DERIVATION,
    (FlowKind.DERIVED_FROM, True, False): _TAKEN,
    (FlowKind.DERIVED_FROM, True, True): _DREW_ON_AGENT,
    (FlowKind.DERIVED_FROM, False, True): _DREW_ON_ENTITY,
}


Hop = tuple[str, str]
"""The ends of a flow."""


def rings(
    flows: Iterable[Flow], agents: dict[str, bool], channels: frozenset[str] = frozenset()
) -> frozenset[Hop]:
    """Return the hops from thing to thing that lead back to where they began.

    "Photographed from the screen, where the photographs were posted": an article may say so,
    but nothing is derived from itself (PROV-CONSTRAINTS 42). In PROV such a hop is an influence.
    """
    onward: dict[str, set[str]] = {}
    for flow in flows:
        if influence(flow, agents, channels=channels) is _DERIVATION:
            onward.setdefault(flow.source, set()).add(flow.target)
    found = set()
    for start in onward:
        reached: set[str] = set()
        new = set(onward[start])
        while new:
            reached |= new
            new = {end for one in new for end in onward.get(one, ())} - reached
        if start in reached:
            found |= {(one, start) for one in onward if start in onward[one] and one in reached}
    return frozenset(found)


def influence(
    flow: Flow,
    agents: dict[str, bool],
    circular: frozenset[Hop] = frozenset(),
    channels: frozenset[str] = frozenset(),
) -> Influence | None:
    """Return what *flow* is in PROV, None where the text denies that it took place.

    Args:
        flow: The hop.
        agents: By id whether an end is an agent; an end that is missing is neither.
        circular: What `rings` found among all flows.
        channels: The ids of places where things are published.
    """
    if flow.certainty is Certainty.DENIED:
        return None
    if flow.source not in agents or flow.target not in agents:
        return _OTHER
    if (flow.source, flow.target) in circular and flow.kind is FlowKind.DERIVED_FROM:
        return _IN_A_RING
    found = _BY_ENDS.get((flow.kind, agents[flow.source], agents[flow.target]), _OTHER)
    if found is _ATTRIBUTION and flow.target == ARTICLE:
        return _REPORTED
    if found is _DERIVATION and channels & {flow.source, flow.target}:
        return _AT_CHANNEL
    return found
