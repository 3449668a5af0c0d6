"""Briefs and what joins them as bytes and back, to be kept beside a store or sent elsewhere.

JSON, not pickles: a store may come from somebody else.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from provenance.analysis.briefs import Brief, Hop, Known, Told
from provenance.analysis.links import Links
from provenance.errors import RecordError
from provenance.model import (
    ClaimRef,
    Reuse,
    SameClaim,
    SharedQuotation,
    SourceType,
    Span,
    Spans,
)

FORM = "7"
"""Told apart from what other versions of this module wrote, or of what it packs."""
Passages = tuple[tuple[Span, Span], ...]


def pack(brief: Brief) -> bytes:
    """Return *brief* as bytes."""
    return _packed(
        [
            [brief.digest, brief.name, brief.title, brief.publisher, brief.published, brief.url],
            [brief.outlet, brief.wire],
            [[s.id, s.name, s.type, s.key, sorted(s.context)] for s in brief.sources],
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
                ]
                for c in brief.claims
            ],
            [int(one) for one in brief.prints],
        ]
    )


def unpack(data: bytes) -> Brief:
    """Return the brief that `pack` made *data* of.

    Raises:
        RecordError: It did not.
    """
    try:
        texts, (outlet, wire), sources, flows, claims, prints = _unpacked(data)
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
        )
    except (TypeError, ValueError) as error:
        raise RecordError(f"cannot read what is known of an article: {error}") from error


def _source(row: Sequence[Any]) -> Known:
    id, name, type, key, context = row
    return Known(id, name, SourceType(type), tuple(key) if key else None, frozenset(context))


def _claim(row: Sequence[Any]) -> Told:
    id, number, text, content, sources, links, stems, said = row
    spans = _spans(content)
    return Told(
        id, number, text, spans, tuple(sources), tuple(links), tuple(stems), frozenset(said)
    )


def pack_links(links: Links) -> bytes:
    """Return *links* without the briefs as bytes, made row by row."""
    rows = chain(
        (["reuse", *_reuse_row(reuse)] for reuse in links.reuses),
        (["quotation", q.one, q.other, _pairs(q.passages)] for q in links.quotations),
        (
            ["same", m.one.digest, m.one.claim, m.other.digest, m.other.claim, m.score]
            for m in links.same
        ),
        (["source", *group] for group in links.sources),
        (["split", *bearer, number] for bearer, number in links.split.items()),
    )
    packer = zlib.compressobj(1)
    lines = (_line(row) for row in chain([["form", FORM]], rows))
    return b"".join([*map(packer.compress, lines), packer.flush()])


def unpack_links(data: bytes, briefs: Mapping[str, Brief]) -> Links:
    """Return the links between *briefs* that `pack_links` made *data* of.

    Raises:
        RecordError: It did not.
    """
    found: dict[str, list[Any]] = {
        name: [] for name in ("form", "reuse", "quotation", "same", "source", "split")
    }
    try:
        for line in zlib.decompress(data).split(b"\n")[:-1]:
            name, *row = json.loads(line.decode("utf-8", "surrogatepass"))
            found[name].append(row)
        if found["form"] != [[FORM]]:
            raise ValueError(f"of another form, {found['form']}")
        return Links(
            briefs=briefs,
            reuses=tuple(_reuse(row) for row in found["reuse"]),
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
            sources=tuple(tuple((d, id) for d, id in group) for group in found["source"]),
            split={(d, id): number for d, id, number in found["split"]},
        )
    except (AttributeError, KeyError, TypeError, ValueError, zlib.error) as error:
        raise RecordError(f"cannot read what joins the articles: {error}") from error


def _line(row: Sequence[Any]) -> bytes:
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
    return text.encode("utf-8", "surrogatepass")


def pack_reuse(reuse: Reuse) -> bytes:
    """Return *reuse* as bytes."""
    return _packed(_reuse_row(reuse))


def unpack_reuse(data: bytes) -> Reuse:
    """Return what `pack_reuse` made *data* of."""
    return _reuse(_unpacked(data))


def _reuse_row(reuse: Reuse) -> list[Any]:
    return [reuse.copy, reuse.original, _pairs(reuse.passages), reuse.share, reuse.reason]


def _reuse(row: Sequence[Any]) -> Reuse:
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
