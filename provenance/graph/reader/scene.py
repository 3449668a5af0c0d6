"""What the reader is shown of an article: its words, who is mentioned where, and what was found.

All positions are numbers of words, as the tagger cuts them.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from provenance.graph.hops import reached_from
from provenance.model import (
    ARTICLE,
    Article,
    Encoding,
    Extraction,
    Mention,
    MentionKind,
    Reading,
    Resolution,
    Source,
    Span,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """An article as the reader is shown it.

    Attributes:
        text: All of it.
        words: Start and end of each word in code points.
        vectors: [W, size] what the tagger keeps of each word.
        mentions: Those that have a source, in order.
        owners: For each of them the place of its source among *sources*.
        sources: Everybody and everything mentioned.
        extraction: The attributions and custody events.
        headline: Where the headline ends in code points, 0 without one.
    """

    text: str
    words: Sequence[tuple[int, int]]
    vectors: NDArray[np.float16]
    mentions: Sequence[Mention]
    owners: Sequence[int]
    sources: Sequence[Source]
    extraction: Extraction
    headline: int = 0

    def word_at(self, place: int) -> int:
        """Return the number of the word at the code point *place*, or of the last one before."""
        return max(0, bisect_right(self.words, place, key=lambda word: word[0]) - 1)

    def owner_of(self) -> dict[Span, int]:
        """Return the place of the source behind each mention's span."""
        return {m.span: owner for m, owner in zip(self.mentions, self.owners, strict=True)}


def scene_of(
    article: Article, encoding: Encoding, extraction: Extraction, known: Resolution
) -> Scene:
    """Return *article* with all that is mentioned in it."""
    numbers = {source.id: number for number, source in enumerate(known.candidates)}
    seen: dict[Span, Mention] = {}
    for mention in known.mentions:
        seen.setdefault(mention.span, mention)
    placed = [(seen[span], numbers[id]) for span, id in known.placed if span in seen]
    return Scene(
        text=article.text,
        words=encoding.words,
        vectors=np.frombuffer(encoding.vectors, np.float16).reshape(len(encoding.words), -1),
        mentions=[mention for mention, _ in placed],
        owners=[owner for _, owner in placed],
        sources=known.candidates,
        extraction=extraction,
        headline=article.headline.end if article.headline else 0,
    )


def is_named(mentions: Sequence[Mention]) -> bool:
    """Whether one of *mentions* is a name."""
    return any(m.kind is MentionKind.NAME for m in mentions)


def surer(reading: Reading, least: float) -> Reading:
    """Return *reading* without the hops and disputes that are less likely than *least*.

    What then leads nowhere goes with them.
    """
    if not least:
        return reading
    flows = tuple(f for f in reading.flows if f.score >= least)
    onward: dict[str, list[str]] = {}
    for flow in flows:
        onward.setdefault(flow.target, []).append(flow.source)
    reached = reached_from([ARTICLE], onward)
    return replace(
        reading,
        flows=tuple(f for f in flows if f.target in reached),
        disputes=tuple(
            d for d in reading.disputes if d.score >= least and {d.source, d.target} <= reached
        ),
    )
