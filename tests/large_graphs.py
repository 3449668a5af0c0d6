"""Graphs of very many sources that hang together in long chains, with a sentence for each."""

import random

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
)


def synthetic(sources: int, flows: int, seed: int = 1) -> SourceGraph:
    """Return a graph of that many sources and flows, and its text."""
    draw = random.Random(seed)
    ids = [f"s{number:05}" for number in range(sources)]
    lines = [f"Speaker {id_[1:]} said that the bridge {id_} had been closed." for id_ in ids]
    spans, at = {}, 0
    for id_, line in zip(ids, lines, strict=True):
        spans[id_] = Span(at, at + len(line))
        at += len(line) + 2
    text = "\n\n".join(lines)
    ends = {
        (id_, ARTICLE if n < sources // 10 else ids[int(draw.random() ** 2 * n)])
        for n, id_ in enumerate(ids)
    }
    while len(ends) < flows:
        later = draw.randrange(1, sources)
        ends.add((ids[later], ids[int(draw.random() ** 2 * later)]))
    kinds = list(SourceType)
    return SourceGraph(
        article=Article(
            name="synthetic.txt", text=text, digest=f"{seed:064}", text_digest=f"{seed:064}",
            paragraphs=tuple(spans.values()), title=f"{sources:,} sources",
        ),
        sources=tuple(
            Source(
                id=id_, name=f"Speaker {id_[1:]}", type=kinds[n % len(kinds)],
                mentions=(spans[id_],),
            )
            for n, id_ in enumerate(ids)
        ),
        flows=tuple(
            Flow(
                source=a, target=b, kind=FlowKind.REPORTED_BY, evidence=(spans[a],),
                certainty=Certainty.ALLEGED if draw.random() < 0.1 else Certainty.REPORTED,
            )
            for a, b in sorted(ends)
        ),
        claims=tuple(
            Claim(
                id=f"claim-{id_}", text=f"the bridge {id_} had been closed", sources=(id_,),
                content=(Span(spans[id_].end - 35, spans[id_].end - 1),),
                certainty=Certainty.REPORTED,
            )
            for id_ in ids
        ),
        run=Run(version="0", extractor="synthetic"),
    )  # fmt: skip
