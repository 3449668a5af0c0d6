"""Briefs and what joins them as bytes and back, to be kept beside a store or sent elsewhere.

JSON, not pickles: a store may come from somebody else.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from provenance.analysis.briefs import Brief, Hop, Known, Sentence, Told
from provenance.analysis.links import Carried, Links
from provenance.errors import RecordError
from provenance.model import (
    ClaimRef,
    Membership,
    Reuse,
    SameClaim,
    SameSource,
    SharedQuotation,
    SourceType,
    Span,
    Spans,
    Stance,
)

FORM = "19"
"""Told apart from what other versions of this module wrote, or of what it packs."""
_LINKS = ("reuse", "quotation", "same", "source", "split")
_ROWS = ("form", *_LINKS, "carried", "against", "story", "called", "serves")
Passages = tuple[tuple[Span, Span], ...]


def pack(brief: Brief) -> bytes:
    """Return *brief* as bytes."""
    return _packed(
        [
            [brief.digest, brief.name, brief.title, brief.publisher, brief.published, brief.url],
            [brief.outlet, brief.wire],
            [
                [s.id, s.name, s.type, s.key, sorted(s.context), s.called, s.serves]
                for s in brief.sources
            ],
            [[f.source, f.target, _numbers(f.evidence)] for f in brief.flows],
            [
                [
                    c.id,
                    c.number,
                    c.text,
                    _numbers(c.content),
                    c.sources,
                    c.links,
                    c.stems,
                    sorted(c.said),
                    sorted(c.denied),
                    c.asserted,
                    c.saying,
                    c.objections,
                ]
                for c in brief.claims
            ],
            [int(one) for one in brief.prints],
            sorted(brief.names),
            [_sentence_row(one) for one in brief.sentences],
        ]
    )


def unpack(data: bytes) -> Brief:
    """Return the brief that `pack` made *data* of.

    Raises:
        RecordError: It did not.
    """
    try:
        texts, (outlet, wire), sources, flows, claims, prints, *rest = _unpacked(data)
        names, sentences = rest
        digest, name, title, publisher, published, url = texts
        return Brief(
            digest=digest,
            name=name,
            title=title,
            publisher=publisher,
            published=published,
            url=url,
            outlet=tuple(outlet) if outlet else None,
            wire=tuple(wire) if wire else None,
            sources=tuple(_source(row) for row in sources),
            flows=tuple(Hop(one, other, _spans(at)) for one, other, at in flows),
            claims=tuple(_claim(row) for row in claims),
            prints=np.array(prints, np.uint64),
            names=frozenset(names),
            sentences=tuple(_sentence(row) for row in sentences),
        )
    except (TypeError, ValueError) as error:
        raise RecordError(f"cannot read what is known of an article: {error}") from error


def _source(row: Sequence[Any]) -> Known:
    id, name, type, key, context, called, serves = row
    return Known(
        id,
        name,
        SourceType(type),
        tuple(key) if key else None,
        frozenset(context),
        tuple(called),
        serves,
    )


def _claim(row: Sequence[Any]) -> Told:
    id, number, text, content, sources, links, stems, said, denied, asserted, *rest = row
    saying, objections = rest
    return Told(
        id,
        number,
        text,
        _spans(content),
        tuple(sources),
        tuple(links),
        tuple(stems),
        frozenset(said),
        frozenset(denied),
        asserted,
        tuple(saying),
        tuple((source, Stance(stance), sentence) for source, stance, sentence in objections),
    )


def _sentence_row(one: Sentence) -> list[Any]:
    words = [" ".join(one.stems), " ".join(sorted(one.said)), " ".join(sorted(one.denied))]
    return [one.span.start, one.span.end, one.text, one.claims, *words]


def _sentence(row: Sequence[Any]) -> Sentence:
    start, end, text, claims, stems, said, denied = row
    return Sentence(
        Span(start, end),
        text,
        tuple(claims),
        tuple(stems.split()),
        frozenset(said.split()),
        frozenset(denied.split()),
    )


def pack_links(links: Links) -> bytes:
    """Return *links* without the briefs as bytes, made row by row."""
    rows = chain(
        (["reuse", *reuse_row(reuse)] for reuse in links.reuses),
        (["quotation", q.one, q.other, _pairs(q.passages)] for q in links.quotations),
        (
            ["same", m.one.digest, m.one.claim, m.other.digest, m.other.claim, m.score]
            for m in links.same
        ),
        (["source", *_same_row(one)] for one in links.sources),
        (["split", *bearer, number] for bearer, number in links.split.items()),
        (
            ["carried", c.claim.digest, c.claim.claim, c.digest, c.sentence, c.score]
            for c in links.carried
        ),
        (["against", a.digest, a.claim, b.digest, b.claim] for a, b in links.against),
        (["story", digest, first] for digest, first in links.story.items()),
        (["called", *bearer, *key] for bearer, key in links.called.items()),
        (["serves", *bearer, *key] for bearer, key in links.serves.items()),
    )
    packer = zlib.compressobj(1)
    lines = (_line(row) for row in chain([["form", FORM]], rows))
    return b"".join([*map(packer.compress, lines), packer.flush()])


def unpack_links(data: bytes, briefs: Mapping[str, Brief]) -> Links:
    """Return the links between *briefs* that `pack_links` made *data* of.

    Raises:
        RecordError: It did not.
    """
    found: dict[str, list[Any]] = {name: [] for name in _ROWS}
    try:
        for line in zlib.decompress(data).split(b"\n")[:-1]:
            name, *row = json.loads(line.decode("utf-8", "surrogatepass"))
            found[name].append(row)
        if found["form"] != [[FORM]]:
            raise ValueError(f"of another form, {found['form']}")
        return Links(
            briefs=briefs,
            reuses=tuple(reuse_of(row) for row in found["reuse"]),
            quotations=tuple(
                SharedQuotation(one=one, other=other, passages=_passages(p))
                for one, other, p in found["quotation"]
            ),
            same=tuple(
                SameClaim(
                    one=ClaimRef(digest=d1, claim=c1),
                    other=ClaimRef(digest=d2, claim=c2),
                    score=score,
                )
                for d1, c1, d2, c2, score in found["same"]
            ),
            sources=tuple(_same(row) for row in found["source"]),
            split={(d, id): number for d, id, number in found["split"]},
            carried=tuple(
                Carried(ClaimRef(digest=d1, claim=claim), d2, place, score)
                for d1, claim, d2, place, score in found["carried"]
            ),
            against=tuple(
                (ClaimRef(digest=d1, claim=c1), ClaimRef(digest=d2, claim=c2))
                for d1, c1, d2, c2 in found["against"]
            ),
            story=dict(found["story"]),
            called={(d, id): (kind, name) for d, id, kind, name in found["called"]},
            serves={(d, id): (kind, name) for d, id, kind, name in found["serves"]},
        )
    except (AttributeError, KeyError, TypeError, ValueError, zlib.error) as error:
        raise RecordError(f"cannot read what joins the articles: {error}") from error


def _same_row(one: SameSource) -> list[Any]:
    members = [[m.digest, m.source, m.score, m.reason] for m in one.members]
    return [one.key, one.name, one.type, one.wikidata, members]


def _same(row: Sequence[Any]) -> SameSource:
    (kind, key), name, type, wikidata, members = row
    return SameSource(
        key=(kind, key),
        name=name,
        type=SourceType(type),
        wikidata=wikidata,
        members=tuple(
            Membership(digest=digest, source=source, score=score, reason=reason)
            for digest, source, score, reason in members
        ),
    )


def _line(row: Sequence[Any]) -> bytes:
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
    return text.encode("utf-8", "surrogatepass")


def pack_reuse(reuse: Reuse) -> bytes:
    """Return *reuse* as bytes."""
    return _packed(reuse_row(reuse))


def unpack_reuse(data: bytes) -> Reuse:
    """Return what `pack_reuse` made *data* of."""
    return reuse_of(_unpacked(data))


def reuse_row(reuse: Reuse) -> list[Any]:
    """Return *reuse* as a row of plain values."""
    return [reuse.copy, reuse.original, _pairs(reuse.passages), reuse.share, reuse.reason]


def reuse_of(row: Sequence[Any]) -> Reuse:
    """Return what `reuse_row` made *row* of."""
    copy, original, passages, share, reason = row
    return Reuse(
        copy=copy, original=original, passages=_passages(passages), share=share, reason=reason
    )


def _packed(value: object) -> bytes:
    text = json.dumps([FORM, value], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _unpacked(data: bytes) -> Any:
    try:
        form, value = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if form != FORM:
        raise ValueError(f"of another form, {form}")
    return value


def _numbers(spans: Spans) -> list[int]:
    return [place for span in spans for place in (span.start, span.end)]


def _spans(numbers: Sequence[int]) -> Spans:
    return tuple(map(Span, numbers[::2], numbers[1::2]))


def _pairs(passages: Passages) -> list[list[int]]:
    return [_numbers(pair) for pair in passages]


def _passages(rows: Iterable[Sequence[int]]) -> Passages:
    return tuple((Span(a, b), Span(c, d)) for a, b, c, d in rows)
