"""What an article's own outlet had in its own hands: its primary sources, as PROV calls them.

Only what the text says outright counts: that the outlet which publishes the article obtained a
document, was shown one, or led an interview. See ``docs/decisions/0002-flows-in-prov.md``.
"""

import re

from provenance import vocab
from provenance.model import (
    ARTICLE,
    Article,
    Certainty,
    CustodyEvent,
    EventKind,
    EventRole,
    FlowKind,
    Source,
    SourceGraph,
    SourceType,
)
from provenance.rdf.sheet import Sheet, iri

_THINGS = {SourceType.DOCUMENT, SourceType.INTERCEPT, SourceType.STATEMENT}
# In what part the outlet stands in each kind of event that brings a thing before its eyes.
_AT_HAND = {
    EventKind.OBTAINING: {EventRole.AGENT, EventRole.RECIPIENT},
    EventKind.TRANSFER: {EventRole.RECIPIENT},
    EventKind.LEAK: {EventRole.RECIPIENT},
    EventKind.INTERVIEW: {EventRole.AGENT},
}
_ARTICLE_WORD = re.compile(r"^the\s+")


def first_hand(graph: SourceGraph) -> dict[str, CustodyEvent]:
    """Return by id the things that the article's outlet had at first hand, with what says so.

    That they were obtained is not enough: information must also have come from them, to the
    article or to its outlet.
    """
    own = {source.id for source in graph.sources if _publishes(source, graph.article)}
    ends = {ARTICLE, *own}
    drawn = {
        flow.source
        for flow in graph.flows
        if flow.kind is FlowKind.DERIVED_FROM
        and flow.target in ends
        and flow.certainty is Certainty.ASSERTED
    }
    things = {source.id for source in graph.sources if source.type in _THINGS} & drawn
    found: dict[str, CustodyEvent] = {}
    for event in graph.events:
        parts = _AT_HAND.get(event.kind, set())
        if event.certainty is not Certainty.ASSERTED:
            continue
        if any(p.source_id in own and p.role in parts for p in event.participants):
            held = (p.source_id for p in event.participants if p.role is EventRole.ARTEFACT)
            for id in things.intersection(held):
                found.setdefault(id, event)
    return dict(sorted(found.items()))


def _publishes(source: Source, article: Article) -> bool:
    wanted = _plain(article.publisher)
    if not wanted or source.type is not SourceType.NEWS_OUTLET:
        return False
    return wanted in {_plain(name) for name in (source.name, *source.aliases)}


def _plain(name: str) -> str:
    return _ARTICLE_WORD.sub("", " ".join(name.casefold().split()))


def write_primary(sheet: Sheet, graph: SourceGraph) -> None:
    """Write the primary sources of the article, each with the evidence of how it was had."""
    for id, event in first_hand(graph).items():
        source, node = sheet.source(id), sheet.node("primary", id)
        sheet.add(sheet.article, "prov:wasDerivedFrom", source)
        sheet.add(sheet.article, "prov:hadPrimarySource", source)
        sheet.add(sheet.article, "prov:qualifiedPrimarySource", node)
        sheet.add(node, "rdf:type", iri("prov:PrimarySource"))
        sheet.add(node, "prov:entity", source)
        told = vocab.named_iri(sheet.name, "event", event.id)
        sheet.add(node, "sp:evidence", sheet.node("evidence", told.removeprefix(sheet.name)))
