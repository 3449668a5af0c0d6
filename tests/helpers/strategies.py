"""Hypothesis strategies for every record that a graph holds, hostile strings among them."""

import hashlib
from typing import Any

from hypothesis import strategies as st

from provenance.model import (
    ARTICLE,
    Article,
    Attribution,
    Basis,
    Capture,
    Certainty,
    Claim,
    CustodyEvent,
    Decision,
    Dispute,
    Entry,
    EventKind,
    EventRole,
    Excerpt,
    Facet,
    Flow,
    FlowKind,
    Link,
    Participant,
    Reader,
    ReaderKind,
    Run,
    Source,
    SourceGraph,
    SourceType,
    Span,
    SpeechKind,
    Stance,
)

# What breaks out of a syntax that is put together carelessly.
HOSTILE = (
    '" . <urn:x> <urn:y> <urn:z> .',
    "'''\"\"\"\\",
    "a\r\nb\tc",
    "<a b>",
    "</script><img onerror=alert(1)>",
    "&amp;&lt;]]>",
    "\u202eright to left\u2069",
    "\u2028\u0085\ufeff",
    "e\u0301 is not \u00e9",
    "%2F%zz#?",
    "{}|^`",
    "article",
    "Порт 🚢",
    "@prefix sp: <x> .",
    "http://example.org/../x?y#z",
    "http://example.org/a%20b",
    "2024-02-30",
    "2024-05",
    "2024-05-03T12:00:00+02:00",
    "0 1",
)


def texts(*, xml: bool = False, min_size: int = 0) -> st.SearchStrategy[str]:
    """Return strings of any code points but surrogates; of those that XML can say if *xml*."""
    categories: Any = ("Cs", "Cc", "Cn") if xml else ("Cs",)
    plain = st.text(st.characters(exclude_categories=categories), min_size=min_size, max_size=12)
    return st.sampled_from(HOSTILE) | plain


def spans(top: int = 40) -> st.SearchStrategy[Span]:
    """Return spans of a text of *top* code points, empty ones among them."""
    ends = st.tuples(st.integers(0, top), st.integers(0, top))
    return ends.map(lambda pair: Span(min(pair), max(pair)))


def _tuples(elements: st.SearchStrategy[Any], max_size: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(elements, max_size=max_size).map(tuple)


def _excerpts(xml: bool) -> st.SearchStrategy[Any]:
    text = texts(xml=xml)
    excerpt = st.builds(Excerpt, span=spans(), exact=text, prefix=text, suffix=text)
    unique = st.lists(excerpt, max_size=3, unique_by=lambda e: e.span)
    return unique.map(lambda excerpts: tuple(sorted(excerpts)))


_CAPTURED = ("date", "record", "digest", "archive", "software", "operator")


@st.composite
def articles(draw: st.DrawFn, *, xml: bool = False) -> Article:
    """Return an article with its text, or with excerpts where the text was withheld."""
    text = texts(xml=xml)
    body = draw(st.just("") | text)
    digest = hashlib.sha256(draw(st.binary(max_size=4))).hexdigest()
    return Article(
        name=draw(text),
        text=body,
        digest=digest,
        text_digest=hashlib.sha256(body.encode("utf-8")).hexdigest(),
        headline=draw(st.none() | spans()),
        paragraphs=draw(_tuples(spans())),
        title=draw(text),
        publisher=draw(text),
        authors=draw(_tuples(text)),
        published=draw(text),
        url=draw(text),
        language=draw(text),
        dated_by=draw(st.sampled_from(("", "file name", "option"))),
        links=draw(_tuples(st.builds(Link, span=spans(), url=text))),
        entries=draw(_tuples(_entries(text))),
        capture=draw(st.none() | st.builds(Capture, **dict.fromkeys(_CAPTURED, text))),
        excerpts=() if body else draw(_excerpts(xml)),
    )


def _entries(text: st.SearchStrategy[str]) -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        span=spans(),
        headline=st.none() | spans(),
        authors=_tuples(text),
        published=text,
    )


@st.composite
def graphs(draw: st.DrawFn, *, xml: bool = False) -> SourceGraph:
    """Return graphs of any records, whole or not: ends may be missing, spans beyond the text."""
    text = texts(xml=xml)
    ids = texts(xml=xml, min_size=1).filter(lambda id: id != ARTICLE)
    sources = draw(_records(_sources(ids, text)))
    known = [source.id for source in sources] + [ARTICLE, "missing"]
    ends = st.sampled_from(known)
    return SourceGraph(
        article=draw(articles(xml=xml)),
        sources=sources,
        flows=draw(_tuples(_flows(ends))),
        disputes=draw(_tuples(_disputes(ends))),
        claims=draw(_records(_claims(ends, text))),
        attributions=draw(_tuples(_attributions(ends, text))),
        events=draw(_records(_events(ends, text))),
        run=draw(
            st.builds(
                Run,
                version=text,
                extractor=text,
                weights=text,
                min_score=st.sampled_from((0.0, 0.25, 0.7, 1.0)),
                registry=_tuples(text),
                reading=text,
                readers=_tuples(_readers(texts(xml=xml, min_size=1), text)),
                left_out=st.integers(0, 10**6),
            )
        ),
    )


def _records(elements: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return records with an id each, in any order, some twice."""
    unique = st.lists(elements, max_size=3, unique_by=lambda record: record.id)
    return unique.flatmap(lambda found: _tuples(st.sampled_from(found)) if found else st.just(()))


_FOUND = st.sampled_from([(), ("llm",), ("llm", "tagger"), ("tagger", "llm")])


def _readers(
    names: st.SearchStrategy[str], text: st.SearchStrategy[str]
) -> st.SearchStrategy[Reader]:
    kinds = st.sampled_from(ReaderKind)
    return st.builds(Reader, kind=kinds, name=names, version=text, prompt=text)


def _decisions(*facets: Facet) -> st.SearchStrategy[Decision]:
    return st.builds(
        Decision,
        facet=st.sampled_from(facets),
        by=st.sampled_from(Basis),
        rule=st.sampled_from(HOSTILE),
        second=st.sampled_from(HOSTILE),
        second_score=st.sampled_from((0.0, 0.25)),
        **({} if len(facets) == 1 else {"score": st.sampled_from((0.5, 1.0)), "spans": _sorted()}),
    )


def _sorted() -> st.SearchStrategy[Any]:
    return st.lists(spans(), max_size=2).map(lambda some: tuple(sorted({*some})))


def _sources(
    ids: st.SearchStrategy[str], text: st.SearchStrategy[str]
) -> st.SearchStrategy[Source]:
    items = st.just("") | st.integers(1, 10**9).map(lambda number: f"Q{number}")
    return st.builds(
        Source,
        id=ids,
        name=text,
        type=st.sampled_from(SourceType),
        aliases=_tuples(text),
        mentions=_tuples(spans()),
        wikidata=items,
        found_by=_FOUND,
        decisions=st.lists(_decisions(Facet.TYPE, Facet.SAME), max_size=2).map(
            lambda some: tuple(sorted({*some}))
        ),
    )


def _flows(ends: st.SearchStrategy[str]) -> st.SearchStrategy[Flow]:
    return st.builds(
        Flow,
        source=ends,
        target=ends,
        kind=st.sampled_from(FlowKind),
        evidence=_tuples(spans()),
        cues=_tuples(spans()),
        certainty=st.sampled_from(Certainty),
        found_by=_FOUND,
        denied_by=_FOUND,
        decision=st.none() | _decisions(Facet.HOP),
    )


def _disputes(ends: st.SearchStrategy[str]) -> st.SearchStrategy[Dispute]:
    return st.builds(
        Dispute,
        source=ends,
        target=ends,
        stance=st.sampled_from(Stance),
        evidence=_tuples(spans()),
        cues=_tuples(spans()),
        certainty=st.sampled_from(Certainty),
        found_by=_FOUND,
        denied_by=_FOUND,
        decision=st.none() | _decisions(Facet.DISPUTE),
    )


def _claims(ends: st.SearchStrategy[str], text: st.SearchStrategy[str]) -> st.SearchStrategy[Claim]:
    return st.builds(
        Claim,
        id=text,
        text=text,
        content=_tuples(spans()),
        sources=_tuples(ends),
        certainty=st.sampled_from(Certainty),
    )


def _events(
    ends: st.SearchStrategy[str], text: st.SearchStrategy[str]
) -> st.SearchStrategy[CustodyEvent]:
    participants = st.builds(
        Participant,
        role=st.sampled_from(EventRole),
        span=spans(),
        source_id=st.just("") | ends,
    )
    return st.builds(
        CustodyEvent,
        id=text,
        kind=st.sampled_from(EventKind),
        trigger=spans(),
        sentence=spans(),
        participants=_tuples(participants),
        date=text,
        place=text,
        certainty=st.sampled_from(Certainty),
    )


def _attributions(
    ends: st.SearchStrategy[str], text: st.SearchStrategy[str]
) -> st.SearchStrategy[Attribution]:
    return st.builds(
        Attribution,
        source=_tuples(spans()),
        cue=_tuples(spans()),
        content=_tuples(spans()),
        sentence=spans(),
        speakers=_tuples(spans()),
        route=_tuples(spans()),
        basis=_tuples(spans()),
        depth=st.integers(0, 9),
        score=st.floats(0, 1),
        speech=st.sampled_from(SpeechKind),
        certainty=st.sampled_from(Certainty),
        claimed=st.sampled_from(Certainty),
        date=st.sampled_from(("", "2024", "2024-05", "2024-05-03")),
        stance=st.none() | st.sampled_from(Stance),
        by=text,
        source_ids=_tuples(st.just("") | ends),
    )
