"""Stories whose true origins are known: graphs as `prov build` would make them, without reading."""

import hashlib
from collections.abc import Sequence

from provenance.analysis import Links, brief_of, link, standings
from provenance.model import (
    ARTICLE,
    Article,
    Certainty,
    Claim,
    Flow,
    FlowKind,
    Run,
    Source,
    SourceGraph,
    SourceType,
    Span,
    Standing,
)

CLAIM = "inspectors closed the bridge over the Orne because two bearings had cracked"


def report(
    outlet: str,
    source: str,
    type: SourceType = SourceType.PERSON,
    *,
    day: int = 1,
    text: str = "",
    claim: str = CLAIM,
) -> SourceGraph:
    """Return the graph of an article by *outlet* in which *source* says the claim."""
    own = hashlib.sha256(f"{outlet} {source} {day}".encode()).hexdigest()
    filler = " ".join(own[at : at + 8] for at in range(0, 56, 4))
    whole = text or f"{filler}.\n\n{source} said that {claim}.\n"
    start = whole.index(claim)
    content, sentence = Span(start, start + len(claim)), Span(0, len(whole))
    named = Source(id="it", name=source, type=type, aliases=(source,), mentions=(sentence,))
    flow = Flow(source="it", target=ARTICLE, kind=FlowKind.REPORTED_BY, evidence=(sentence,))
    said = Claim(
        id="claim-1",
        text=claim,
        content=(content,),
        sources=("it",),
        certainty=Certainty.REPORTED,
    )
    digest = hashlib.sha256(f"{outlet}{day}{whole}".encode()).hexdigest()
    return SourceGraph(
        article=Article(
            name=f"{outlet}-{day}.txt",
            text=whole,
            digest=digest,
            text_digest=digest,
            paragraphs=(sentence,),
            publisher=outlet,
            published=f"2024-05-{day:02}",
        ),
        sources=(named,),
        flows=(flow,),
        claims=(said,),
        run=Run(version="0", extractor="by hand"),
    )


def cites(outlet: str, other: str, *, day: int = 1, claim: str = CLAIM) -> SourceGraph:
    """Return the graph of an article by *outlet* that has the claim from the outlet *other*."""
    return report(outlet, other, SourceType.NEWS_OUTLET, day=day, claim=claim)


def linked(graphs: Sequence[SourceGraph]) -> Links:
    """Return what joins *graphs*."""
    texts = {graph.article.digest: graph.article.text for graph in graphs}
    briefs = sorted((brief_of(graph) for graph in graphs), key=lambda brief: brief.digest)
    return link({brief.digest: brief for brief in briefs}, texts.__getitem__)


def standing_of(graphs: Sequence[SourceGraph]) -> Standing:
    """Return the standing of the one claim that all of *graphs* carry."""
    (only,) = standings(linked(graphs))
    return only
