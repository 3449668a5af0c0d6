"""Work out who denies, doubts or confirms whom, or what it carries; never a flow.

The target is what the stance names, what it points back to, or what it answers.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from provenance.graph.cue_words import words
from provenance.model import (
    ARTICLE,
    Article,
    Attribution,
    Basis,
    Certainty,
    Decision,
    Dispute,
    Facet,
    Flow,
    Resolution,
    Span,
    Spans,
    Stance,
)


def find_disputes(
    article: Article, resolution: Resolution, flows: Iterable[Flow]
) -> tuple[Dispute, ...]:
    """Return the disputes between the sources of *resolution*, sorted by their ends.

    The target is the source that the stance is taken towards, and only one that the article has
    something from. Where the words point back ("denied it", "the allegations"), it is whoever
    spoke last before.
    """
    opposition = Opposition(article, resolution, {flow.source for flow in flows})
    found: dict[tuple[str, str], list[tuple[Stance, Span, Span, Certainty]]] = {}
    for one in resolution.attributions:
        if one.stance is None or not one.source_ids:
            continue
        target = opposition.target(one)
        for speaker in one.source_ids:
            if target and target != speaker:
                row = (one.stance, one.sentence, one.cue[0], one.certainty)
                found.setdefault((speaker, target), []).append(row)
    return tuple(_dispute(ends, rows) for ends, rows in sorted(found.items()))


def _dispute(ends: tuple[str, str], rows: list[tuple[Stance, Span, Span, Certainty]]) -> Dispute:
    return Dispute(
        source=ends[0],
        target=ends[1],
        stance=rows[0][0],
        evidence=tuple(sorted({r[1] for r in rows})),
        cues=tuple(sorted({r[2] for r in rows})),
        certainty=min((r[3] for r in rows), key=lambda c: c.rank),
        decision=Decision(facet=Facet.DISPUTE, by=Basis.RULE, rule="verb of dispute"),
    )


_NEAR = 300
"""Code points between a statement and what points back to it: two sentences or so."""
_FAR = 2500
"""Code points that are looked back for whoever spoke."""
_PROPOSING = re.compile(r"(?:\w+ )?(?:ask|call|demand|invit|offer|propos|request|urg)")
_DENYING = re.compile(r"\bden(?:y|ies|ied|ying)\b")
_ANSWERING = re.compile(r"\b(?:after|response to|reply to|responding to|replying to|when)\b")
_ANY = re.compile(r"\b(?:any|anything|anyone|anybody|ever|either|they|it|there)\b")
"""Words of a denial that answers somebody."""
MOUTHS = re.compile(
    r"\b(?:spokes\w+|press (?:officer|secretary)|publicist|representative|attorney|lawyer|"
    r"solicitor|barrister|counsel|agent|chair(?:man|woman|person)?|chief executive|ceo)\b"
)
"""Nouns for those who speak for somebody."""
_KNOWN = re.compile(r"\b(?:the|(?:no )?such|this|that|these|those|any|his|her|its|their)(?: |$)")
_ARTICLE = 8
"""Code points in which an article stands before a noun."""
_OWNED = re.compile(r"\w[^,]{0,40}?['’]s? |(?:\w+ )?reports (?:about|of|that)\b")
_GATHERING = re.compile(
    r"\b(?:briefing|call|communication|conference|debate|event|hearing|interview|meeting|rally|speech)s?\b"
)
_DEMONSTRATIVES = words("disputing", "demonstratives")
_POINTING = _DEMONSTRATIVES | words("disputing", "pronouns")
_OWNING = words("disputing", "owning")
_SPEAKERS = words("disputing", "speakers")
_GUILT = words("opposing", "guilt")
_HEAD = 3
"""Words of what is denied, among which guilt is its head."""


class Opposition:
    """What each stance of one article is taken towards; made for one article."""

    def __init__(self, article: Article, resolution: Resolution, carrying: set[str]) -> None:
        """Look among the sources of *resolution* that the article has something from."""
        self._text = article.text
        self._known = resolution.attributions
        self._by_span = resolution.by_span
        self._ids = dict(resolution.by_span)
        self._types = {s.id: s.type for s in resolution.sources}
        self._names_of = {s.id: s.name.casefold() for s in resolution.sources}
        self._mentions = {s.id: s.mentions for s in resolution.sources}
        self._carrying = carrying

    def target(self, one: Attribution) -> str:
        """Return the source that *one* takes its stance towards, "" if none is found."""
        found = self._target(one)
        return "" if found and self._speaks_for(one, found) else found

    def _target(self, one: Attribution) -> str:
        for span in one.against:
            found = self._ids.get(span, "")
            own = found in one.source_ids and self._quote(span) not in _POINTING
            if own and one.stance is Stance.CONFIRMS:
                return ""  # "stood by his remarks"
            if self._is_meant(found, span, one):
                return found
        if described := next((s for s in one.against if self._is_described(s, one)), None):
            return self._ids[described]
        if one.pointing:
            return self._pointed_at(one, self._quote(one.pointing))
        return self._unsaid(one)

    def _unsaid(self, one: Attribution) -> str:
        """Return whom *one* answers that names nothing that was said: "denies any wrongdoing"."""
        if any(self._quote(span) not in _SPEAKERS for span in one.against):
            return ""  # "objects to the system"
        return self._accuser(one, _FAR if self._is_of_guilt(one) else _NEAR) or self._answered(one)

    def _is_of_guilt(self, one: Attribution) -> bool:
        """Whether *one* denies guilt as such: "denies any wrongdoing", "denied a role in it"."""
        said = " ".join(self._quote(span) for span in one.content).split()
        return any(word.strip(".,;”’\"'") in _GUILT for word in said[:_HEAD])

    def _is_meant(self, id_: str, span: Span, one: Attribution) -> bool:
        if not id_ or id_ in one.source_ids or id_ not in self._carrying:
            return False
        word = self._quote(span)
        if word in _OWNING and self._types[id_].is_agent and one.pointing:
            return not self._last_artefact(one)
        if word not in _POINTING:
            return True
        if self._types[id_].is_agent or word in _DEMONSTRATIVES:
            return False
        if _GATHERING.search(self._names_of[id_]):
            return False
        last = max((m.start for m in self._mentions[id_] if m.start < span.start), default=-1)
        said = next(self._before(one), None)
        answers = said is not None and last < said.cue[0].start and said.sentence.end < span.start
        return one.sentence.start - _NEAR <= last and not answers

    def _is_described(self, span: Span, one: Attribution) -> bool:
        """Whether *span* is a paper new to the reader: "dismissed a report in the Herald".

        Whoever takes a stance towards it says that it says something.
        """
        id_ = self._ids.get(span, "")
        if not id_ or id_ in one.source_ids or not self._types[id_].is_artefact:
            return False
        name, before = self._quote(span), self._text[: span.start].casefold().rstrip()
        known = _KNOWN.match(name) or _KNOWN.search(before[-_ARTICLE:])
        owned = _OWNED.match(name) or _GATHERING.search(name)
        return " " in name and not known and not owned

    def _speaks_for(self, one: Attribution, id_: str) -> bool:
        """Whether who says *one* is the mouth of *id_*: "its spokesman", "a lawyer for Acme"."""
        for source in one.source:
            if not MOUTHS.search(self._quote(source)):
                continue
            if id_ in self._held((source,)):
                return True
        return False

    def _quote(self, span: Span) -> str:
        return self._text[span.start : span.end].casefold()

    def _pointed_at(self, one: Attribution, noun: str) -> str:
        """Return who "the claim", "it" or "the report" goes back to: who spoke last."""
        if _is(noun, "charges") and (accuser := self._accuser(one, _FAR)):
            return accuser
        if answered := self._after_whom(one):
            return answered
        for other in self._outermost(one):
            if one.sentence.start - other.sentence.end >= _NEAR:
                break
            if other.stance is not None and other.stance is one.stance:
                return self.target(other) or self._carried(other)
            if _PROPOSING.match(self._quote(other.cue[0])):
                return ""  # no word on its truth
            if found := self._carried(other):
                return found
        return ""

    def _carried(self, one: Attribution) -> str:
        """Return the first of whoever says *one* that the article has something from."""
        return next((i for i in one.source_ids if i in self._carrying), "")

    def _after_whom(self, one: Attribution) -> str:
        """Return whom the sentence of *one* says it answers: "tweeted after X reported that"."""
        begin = bisect_left(self._known, one.cue, key=lambda a: a.cue) + 1
        for other in self._known[begin:]:
            if other.cue[0].start >= one.sentence.end:
                break
            between = self._text[one.cue[0].end : other.cue[0].start]
            if other.source_ids and _ANSWERING.search(between):
                return self._carried(other)
        return ""

    def _outermost(self, one: Attribution) -> Iterator[Attribution]:
        """Yield what others said before *one*, the last first; not what they say others did."""
        return (other for other in self._before(one) if other.depth <= one.depth)

    def _last_artefact(self, one: Attribution) -> str:
        """Return the artefact that the article has something from and spoke of last, if near."""
        at = one.cue[0].start
        found = [
            (m.start, id_)
            for id_ in self._carrying - {*one.source_ids, ARTICLE}
            if self._types[id_].is_artefact and not _GATHERING.search(self._names_of[id_])
            for m in self._mentions[id_]
            if one.sentence.start - 2 * _NEAR <= m.start < at
        ]
        return max(found, default=(0, ""))[1]

    def _before(self, one: Attribution) -> Iterator[Attribution]:
        """Yield what others said before *one*, the last first."""
        end = bisect_left(self._known, one.cue, key=lambda a: a.cue)
        for other in self._known[:end][::-1]:
            if one.sentence.start - other.sentence.end >= _FAR:
                break
            if other.source_ids and not set(other.source_ids) & set(one.source_ids):
                yield other

    def _accuser(self, one: Attribution, far: int = _NEAR) -> str:
        """Return who spoke last, within *far*, of whoever denies something in *one*."""
        if one.stance is not Stance.DENIES:
            return ""
        for other in self._outermost(one):
            if one.sentence.start - other.sentence.end >= far:
                break
            if other.stance is None and set(self._held(other.content)) & set(one.source_ids):
                return self._carried(other)
        return ""

    def _answered(self, one: Attribution) -> str:
        """Return who spoke right before an outright denial: "denied that anything was withheld"."""
        if one.stance is not Stance.DENIES or not _DENYING.search(self._quote(one.cue[0])):
            return ""
        said = " ".join(self._quote(span) for span in one.content)
        if not _ANY.search(said):
            return ""
        for other in self._before(one):
            near = one.sentence.start - other.sentence.end < _NEAR and other.stance is None
            return self._carried(other) if near else ""
        return ""

    def _held(self, spans: Spans) -> Iterator[str]:
        """Yield the sources that *spans* mention, in order."""
        for content in spans:
            first = bisect_left(self._by_span, (Span(content.start, content.start), ""))
            for span, id_ in islice(self._by_span, first, None):
                if span.start >= content.end:
                    break
                if span in content:
                    yield id_


def _is(noun: str, name: str) -> bool:
    listed = words("opposing", name)
    return noun in listed or noun.removesuffix("s") in listed
