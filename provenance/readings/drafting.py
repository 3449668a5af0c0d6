"""The source graph that a reading makes, and an empty reading to be filled in by a person."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from provenance import __version__
from provenance.common.files import utf8
from provenance.errors import RecordError
from provenance.graph import build_graph
from provenance.model import Article, Reader, Reading, Resolution, Run, SourceGraph
from provenance.readings.form import SCHEMA_IRI, ReaderRow
from provenance.readings.form import Reading as ReadingForm
from provenance.readings.grounding import BY, ground
from provenance.readings.loading import Fault, Parsed, parse_reading


def blank(article: Article) -> dict[str, Any]:
    """Return a reading of *article* in which nothing was found yet, and what it says."""
    empty = ReadingForm(article=article.name, sources=(), flows=())
    parts = ((article.headline,) if article.headline else ()) + article.paragraphs
    return {
        "$schema": SCHEMA_IRI,
        **empty.model_dump(mode="json", by_alias=True),
        "reader": {"kind": "person", "name": ""},
        "text_digest": article.text_digest,
        "paragraphs": [" ".join(article.quote(part).split()) for part in sorted(set(parts))],
    }


def build_from_reading(
    article: Article, data: bytes, name: str, *, keep_going: bool = False
) -> tuple[SourceGraph, tuple[Fault, ...]]:
    """Return the source graph that a reading makes of *article*, and what of it does not hold.

    Args:
        article: What was read, in whatever language.
        data: The reading, JSON in UTF-8.
        name: Of its file, for the error messages.
        keep_going: Whether what does not hold is left out; else it is refused.

    Raises:
        RecordError: It is no reading, or does not hold.
    """
    given = parse_reading(data, name)
    kept = replace(article, name=utf8(article.name), voices=(), lacks="")
    run = Run(version=__version__, extractor=BY, reading=hashlib.sha256(data).hexdigest())
    graph, faults = graph_of(kept, given, run)
    if not keep_going:
        refuse(name, faults)
    return graph, faults


def graph_of(article: Article, given: Parsed, run: Run) -> tuple[SourceGraph, tuple[Fault, ...]]:
    """Return the graph of what in *given* holds, and what does not, which is left out.

    Its run is *run*, with who read the article and how much was left out.
    """
    held = ground(article, given)
    readers = (_reader(given.reader),) if given.reader else run.readers
    told = Resolution(sources=held.sources, attributions=held.attributions, events=held.events)
    chosen = Reading(sources=held.sources, flows=held.flows, disputes=held.disputes)
    whole = replace(run, readers=readers, left_out=run.left_out + len(held.faults))
    return build_graph(article, told, whole, chosen), held.faults


def _reader(row: ReaderRow) -> Reader:
    return Reader(kind=row.kind, name=row.name, version=row.version, prompt=row.prompt)


def refuse(name: str, faults: Sequence[Fault]) -> None:
    """Refuse a reading that has *faults*.

    Raises:
        RecordError: It has; the message is about the first.
    """
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise RecordError(f"cannot use {name}: {faults[0]}{more} (prov check --reading lists all)")
