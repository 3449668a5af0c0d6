"""Stories whose true origins are known: graphs as `prov build` would make them, without reading."""

import hashlib
import random
from collections.abc import Sequence

import numpy as np

from provenance.analysis import Brief, Links, brief_of, link, standings
from provenance.analysis.briefs import Hop, Known, Told
from provenance.common.stemming import stems
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
    return SourceGraph(
        article=_article(outlet, day, whole, (sentence,)),
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


PLACES = ("Velden", "Orne", "Marsk", "Halm")


def scene(
    outlet: str,
    *said: tuple[str, SourceType, str],
    own: str = "",
    places: tuple[str, ...] = PLACES,
    before: str = "",
    day: int = 1,
) -> SourceGraph:
    """Return the graph of an article on one event, which names where that was.

    Args:
        outlet: Who published it.
        said: Who says what, each in a paragraph of its own.
        own: What the article says in its own voice.
        places: Names that articles of one event share, each in an order of its own.
        before: What stands right before the name of whoever speaks.
        day: When it was published.
    """
    parts = [_setting(outlet, places)]
    rows = []
    for number, (name, kind, claim) in enumerate(said):
        at = sum(len(part) + 2 for part in parts)
        parts.append(f"{before}{name} said that {claim}.")
        rows.append(_said(number, (name, kind, claim), parts[-1], at, at + len(before)))
    parts += [own] if own else []
    starts = [sum(len(part) + 2 for part in parts[:n]) for n in range(len(parts))]
    spans = tuple(Span(at, at + len(part)) for at, part in zip(starts, parts, strict=True))
    return SourceGraph(
        article=_article(outlet, day, "\n\n".join(parts), spans),
        sources=tuple(source for source, _, _ in rows),
        flows=tuple(flow for _, flow, _ in rows),
        claims=tuple(claim for _, _, claim in rows),
        run=Run(version="0", extractor="by hand"),
    )


def _setting(outlet: str, places: tuple[str, ...]) -> str:
    """Return a first sentence of made-up words that names *places*, as no other outlet does."""
    filler = hashlib.sha256(outlet.encode()).hexdigest()
    turn = int(filler, 16) % len(places)
    filler = filler.translate(str.maketrans("0123456789", "ghijklmnop"))
    one, two, *more = (*places[turn:], *places[:turn])
    first = f"{filler[:8]} {filler[8:16]} in {one} {filler[16:24]}, {filler[24:32]} {two}"
    return (
        first + "".join(f" {filler[at : at + 5]} {name}" for at, name in enumerate(more, 32)) + "."
    )


def _said(
    number: int, said: tuple[str, SourceType, str], line: str, at: int, start: int
) -> tuple[Source, Flow, Claim]:
    """Return who says what in *line*, which begins *at*; his name begins at *start*."""
    name, kind, claim = said
    sentence, content = Span(at, at + len(line)), at + line.index(claim)
    id = f"s{number}"
    place = Span(start, start + len(name))
    return (
        Source(id=id, name=name, type=kind, aliases=(name,), mentions=(place,)),
        Flow(source=id, target=ARTICLE, kind=FlowKind.REPORTED_BY, evidence=(sentence,)),
        Claim(
            id=f"claim-{number}",
            text=claim,
            content=(Span(content, content + len(claim)),),
            sources=(id,),
            certainty=Certainty.REPORTED,
        ),
    )


def _article(outlet: str, day: int, text: str, paragraphs: tuple[Span, ...]) -> Article:
    digest = hashlib.sha256(f"{outlet}{day}{text}".encode()).hexdigest()
    return Article(
        name=f"{outlet}-{day}.txt",
        text=text,
        digest=digest,
        text_digest=digest,
        paragraphs=paragraphs,
        publisher=outlet,
        published=f"2024-05-{day:02}",
    )


_LANGUAGE = ["".join(random.Random(n).choices("aeioubdgklmnprst", k=6)) for n in range(3_000)]


def made_up(number: int) -> Brief:
    """Return an article of a made-up language; one in five tells what the one before it does."""
    draw = random.Random(number)
    told = random.Random(number - (number % 5 == 4))
    digest = f"{number:064x}"
    claims = []
    for place in range(3):
        text = " ".join(told.choices(_LANGUAGE, k=8))
        words = stems(text)
        claims.append(
            Told(f"c{place}", place, text, (Span(0, 9),), ("s",), (), words, frozenset(words))
        )
    name = f"Board {number // 10}"
    source = Known("s", name, SourceType.ORGANIZATION, ("organization", name.lower()), frozenset())
    return Brief(
        digest,
        digest,
        digest,
        "",
        "",
        "",
        None,
        None,
        (source,),
        (Hop("s", ARTICLE),),
        tuple(claims),
        np.sort(np.random.default_rng(number).integers(0, 2**63, 20)).astype(np.uint64),
        frozenset(draw.choices(_LANGUAGE, k=20)),
    )
