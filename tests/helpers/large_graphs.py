"""Graphs of very many sources that hang together in long chains, with a sentence for each."""

import random

from provenance.model import (
    ARTICLE,
    Article,
    Attribution,
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


_KIN = ("killed", "slain", "died", "fire", "blaze", "officials", "authorities", "plans", "intends")


def _told(draw: random.Random, claims: int, words: int) -> list[str]:
    """Return the words of that many claims."""
    known = [f"w{chr(97 + n % 26)}{'aeiou'[n % 5]}{n}x" for n in range(words or claims * 4)]
    told: list[str] = []
    for number in range(claims):
        if told and draw.random() < 0.3:
            again = draw.choice(told).split()
            kept = [word for word in again if draw.random() < 0.9]
            told.append(" ".join(kept) or "nothing")
        else:
            size = draw.choice((1, 2, 3, 4, 5, 6, 8, 10, 14))
            some = [known[int(draw.random() ** 3 * len(known))] for _ in range(size)]
            odd = draw.choice(("", "", "not", "Anna Berg", f"{number % 7} "))
            told.append(" ".join([odd, *some[:2], draw.choice(_KIN), *some[2:]]).strip())
    return told


def wordy(claims: int, seed: int = 1, words: int = 0) -> SourceGraph:
    """Return a graph of that many claims as the news makes them, a third of them twice told.

    The commoner a word is drawn the less it says, as in any language; the more claims there are the
    more *words* they have among them.
    """
    draw = random.Random(seed)
    told = _told(draw, claims, words)
    lines = [f"S{draw.randrange(1 + claims // 2)} said that {one}." for one in told]
    starts = [sum(len(line) + 2 for line in lines[:n]) for n in range(len(lines))]
    rows = []
    for line, start in zip(lines, starts, strict=True):
        content = Span(start + line.index("that ") + 5, start + len(line) - 1)
        rows.append((line.split()[0], Span(start, start + len(line)), content))
    sources = sorted({who for who, _, _ in rows})
    return SourceGraph(
        article=Article(
            name="wordy.txt", text="\n\n".join(lines),
            digest=f"{seed:064}", text_digest=f"{seed:064}",
            paragraphs=tuple(sentence for _, sentence, _ in rows), title=f"{claims:,} claims",
        ),
        sources=tuple(
            Source(
                id=id_.casefold(), name=id_, type=SourceType.PERSON,
                mentions=tuple(
                    Span(s.start, s.start + len(id_)) for who, s, _ in rows if who == id_
                ),
            )
            for id_ in sources
        ),
        flows=tuple(
            Flow(
                source=id_.casefold(), target=ARTICLE, kind=FlowKind.REPORTED_BY,
                evidence=tuple(s for who, s, _ in rows if who == id_),
            )
            for id_ in sources
        ),
        claims=tuple(
            Claim(
                id=f"claim-{n}", text=told[n], sources=(who.casefold(),), content=(content,),
                certainty=Certainty.REPORTED,
            )
            for n, (who, _, content) in enumerate(rows)
        ),
        attributions=tuple(
            Attribution(
                source=(Span(s.start, s.start + len(who)),),
                cue=(Span(s.start + len(who) + 1, s.start + len(who) + 5),),
                content=(content,), sentence=s, source_ids=(who.casefold(),),
            )
            for who, s, content in rows
        ),
        run=Run(version="0", extractor="synthetic"),
    )  # fmt: skip
