"""The article's text as the page shows it: blocks, and the passages that something rests on."""

from collections.abc import Iterable, Mapping
from typing import Any

from provenance.model import Article, Attribution, Source, SourceGraph, Span, Spans

Record = dict[str, Any]


_CONTEXT = 32
"""Code points either side of a quote, as `Article.excerpt` has it."""


def text_blocks(article: Article) -> list[Record]:
    """Return headline and paragraphs with where they start, or the excerpts of a withheld text.

    What stands before and after each is given too, so that the page can anchor a correction in any
    words of it as `prov correct` does.
    """
    if not article.text:
        return _excerpt_blocks(article)
    spans = [("paragraph", span) for span in article.paragraphs]
    if article.headline:
        spans.insert(0, ("headline", article.headline))
    if not spans:
        spans = [("paragraph", Span(0, len(article.text)))]
    return [
        {
            "kind": kind,
            "start": span.start,
            "text": article.text[span.start : span.end],
            "before": article.text[max(0, span.start - _CONTEXT) : span.start],
            "after": article.text[span.end : span.end + _CONTEXT],
        }
        for kind, span in spans
    ]


def _excerpt_blocks(article: Article) -> list[Record]:
    """Return the kept quotes with their surroundings, those within others left out."""
    kept = sorted(article.excerpts, key=lambda one: (one.span.start, -one.span.end))
    blocks: list[Record] = []
    end = -1
    for one in kept:
        if one.span.end > end:
            end = one.span.end
            blocks.append(
                {
                    "kind": "excerpt",
                    "start": one.span.start - len(one.prefix),
                    "text": one.prefix + one.exact + one.suffix,
                    "before": "",
                    "after": "",
                }
            )
    return blocks


def passages(owners: Iterable[tuple[str, Spans]]) -> list[Record]:
    """Return the stretches of text that something rests on, overlapping ones as one, in order.

    Each has the ids of what rests on it; a click selects them in turn.
    """
    rows = sorted(
        (
            (span.start, span.end, number, id_)
            for number, (id_, spans) in enumerate(owners)
            for span in spans
            if span.end > span.start
        )
    )
    found: list[Record] = []
    for start, end, _, id_ in rows:
        if found and start < found[-1]["end"]:
            found[-1]["end"] = max(found[-1]["end"], end)
        else:
            found.append({"start": start, "end": end, "ids": []})
        if id_ not in found[-1]["ids"]:
            found[-1]["ids"].append(id_)
    return found


def roles(
    graph: SourceGraph,
    ends: tuple[str, str],
    evidence: Spans,
    cues: Spans,
    sources: Mapping[str, Source],
) -> Mapping[str, list[list[int]]]:
    """Return what is to be marked for a hop or dispute: evidence, cue, source and content.

    Args:
        graph: The whole.
        ends: Whose it is, and whither it leads.
        evidence: The sentences that it rests on.
        cues: The words for it in them.
        sources: Of *graph*, by id.
    """
    who = ends[0]
    said = [one for one in graph.attributions if who in one.source_ids and _within(one, evidence)]
    named = [
        span
        for id_ in ends
        if id_ in sources
        for span in sources[id_].mentions
        if any(span in sentence for sentence in evidence)
    ]
    return {
        "evidence": offsets(evidence),
        "cue": offsets((*cues, *(() if cues else (s for one in said for s in one.cue)))),
        "source": offsets((*named, *(s for one in said for s in one.source))),
        "content": offsets(s for one in said for s in one.content),
    }


def _within(one: Attribution, evidence: Spans) -> bool:
    return any(one.sentence.overlaps(span) for span in evidence)


def offsets(spans: Iterable[Span]) -> list[list[int]]:
    """Return *spans* as pairs of numbers, sorted, each once."""
    return [[span.start, span.end] for span in sorted(set(spans))]
