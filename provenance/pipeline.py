"""Join the stages: an article goes in, its source graph comes out."""

import hashlib
import html
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance import __version__
from provenance.common.files import is_there, read_bytes, utf8
from provenance.common.normal import analysed, restored
from provenance.common.plugins import ASKED
from provenance.errors import ExtractionError, GraphError, RecordError
from provenance.exports import tables
from provenance.graph.custody import trace_chains
from provenance.model import Article, Chain, Extraction, Run, SourceGraph

if TYPE_CHECKING:
    import networkx
    import rdflib

    from provenance.corrections.applying import Lost
    from provenance.readings.asking import Asking
    from provenance.view import Beside

DEFAULT_EXTRACTOR = "tagger"
HELD = ("turtle", "json", "markdown")  # what a page holds of its graph, to be taken away
_NOT_RDF = ("html", "json", "markdown", *tables.FORMATS, "provn", "provjson", "provxml")
_SUFFIX = re.compile(r"\.\w{1,5}$")


@dataclass(frozen=True, slots=True)
class Graph:
    """A source graph with its ways out; in a notebook it shows itself.

    Attributes:
        record: The graph itself, as `provenance.model` defines it.
    """

    record: SourceGraph

    def to(
        self, format: str, *, base_iri: str | None = None, text: bool = True, lean: bool = False
    ) -> bytes:
        """Return it in *format*; see `export`."""
        return export([self.record], format, base_iri=base_iri, text=text, lean=lean)

    def to_turtle(self, *, base_iri: str | None = None, text: bool = True) -> str:
        """Return it as Turtle."""
        return self.to("turtle", base_iri=base_iri, text=text).decode()

    def to_json(self) -> str:
        """Return it as JSON."""
        return self.to("json").decode()

    def to_html(self) -> str:
        """Return it as one HTML page, which needs no network."""
        return self.to("html").decode()

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Return it as a networkx graph: a node per source, an edge per flow and dispute."""
        from provenance.graph import to_networkx

        return to_networkx(self.record)

    def to_rdflib(self) -> "rdflib.Graph":
        """Return it as an rdflib graph."""
        from provenance.rdf import to_rdflib

        return to_rdflib(self.record)

    def chains(self, source: str | None = None) -> tuple[Chain, ...]:
        """Return its chains of custody; only those through the source with the id *source*."""
        return trace_chains(self.record, source)

    def _repr_html_(self) -> str:
        page = html.escape(self.to_html(), quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:720px;border:0"></iframe>'


def build(  # noqa: PLR0913
    source: str | Path,
    *,
    extractor: str = DEFAULT_EXTRACTOR,
    registry: Iterable[str | Path] = (),
    min_score: float = 0.0,
    force: bool = False,
    reading: str | Path | Mapping[str, Any] | None = None,
    asking: "Asking | None" = None,
    published: str | None = None,
) -> Graph:
    """Return the graph of an article, with the corrections that lie beside its file.

    Args:
        source: The article's file, or its text: a string with a line break, or with spaces and
            without a suffix, by which no file is called.
        extractor: The name of what finds the attributions, or of several with a + between.
        registry: Files of known sources besides the built-in one.
        min_score: Attributions that the extractor is less sure of are left out; between 0 and 1.
        force: Whether to use what is not in English or longer than an article.
        reading: What somebody else found, as JSON's file or data; then nothing is extracted.
        asking: Which model the extractor "llm" asks, and how.
        published: The day it was published (2023-04-06), whatever it says of itself.

    Raises:
        ProvenanceError: It is no article in English, its reading does not hold, or no such day.
    """
    from provenance.articles import article_from_text, given_day, read_article

    if given := isinstance(source, str) and _is_text(source):
        article = article_from_text(str(source), force=force)
    else:
        article = read_article(Path(source), force=force)
    if published is not None:
        article = given_day(article, published)
    if reading is not None:
        from provenance.readings import build_from_reading, reading_bytes

        record, _ = build_from_reading(article, *reading_bytes(reading))
    else:
        record = build_record(
            article,
            extractor=extractor,
            registry=registry,
            min_score=min_score,
            force=force,
            asking=asking,
        )
    if given:
        return Graph(record)
    corrected, lost = correct(record, Path(source))
    for one, why in lost:
        warnings.warn(f"correction {one.id} no longer applies: {why}", stacklevel=2)
    return Graph(corrected)


def correct(record: SourceGraph, path: Path) -> "tuple[SourceGraph, tuple[Lost, ...]]":
    """Return *record* with the corrections that lie beside its article's file at *path*.

    Those that no longer apply come with it, and why.

    Raises:
        RecordError: Their log cannot be read.
    """
    from provenance.corrections import log_path, read_log, replay

    log = read_log(log_path(path))
    return replay(record, log) if log else (record, ())


def build_record(
    article: Article,
    *,
    extractor: str = DEFAULT_EXTRACTOR,
    registry: Iterable[str | Path] = (),
    min_score: float = 0.0,
    force: bool = False,
    asking: "Asking | None" = None,
) -> SourceGraph:
    """Return the source graph of *article*; what else it takes is said at `build`."""
    if "+" in extractor:
        return _build_together(article, extractor, registry, min_score, force, asking)
    if extractor == ASKED:
        from provenance.readings.asking import build_asked

        return build_asked(article, asking, force=force)
    return _build_found(article, extractor, registry, min_score, force=force)


def _build_together(
    article: Article,
    extractors: str,
    registry: Iterable[str | Path],
    min_score: float,
    force: bool,
    asking: "Asking | None",
) -> SourceGraph:
    """Return the source graph of what several extractors find in *article*, "tagger+llm"."""
    from provenance.graph.combining import combine

    names = extractors.split("+")
    if len(set(names)) < len(names) or "" in names:
        raise ExtractionError(f"no such extractors: {extractors!r} (each once, with + between)")
    files = tuple(registry)
    return combine(
        {
            name: build_record(
                article,
                extractor=name,
                registry=files,
                min_score=min_score,
                force=force,
                asking=asking,
            )
            for name in names
        }
    )


def _build_found(
    article: Article,
    extractor: str,
    registry: Iterable[str | Path],
    min_score: float,
    *,
    force: bool,
) -> SourceGraph:
    """Return the source graph of what an extractor finds in *article*."""
    from provenance.articles import check_language, check_length
    from provenance.extraction import load_extractor
    from provenance.graph import as_told, build_graph, with_chances
    from provenance.graph.reader import read_sources, reads, surer, weights_digest
    from provenance.resolution import resolve_sources
    from provenance.resolution.registry import load_registry

    kept = replace(article, name=utf8(article.name))
    article, form = analysed(kept)
    if not force:
        check_length(article.text, article.name)
        check_language(article)
    files = [Path(one) for one in registry]
    known = load_registry(*files)
    found = _surer(load_extractor(extractor)(article), min_score)
    run = Run(
        version=__version__,
        extractor=found.by or extractor,
        weights=weights_digest(found.weights) if reads(found) else found.weights,
        min_score=min_score,
        registry=tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in files),
    )
    resolved = resolve_sources(article, found, known)
    reading = as_told(article, resolved)
    if reads(found):
        reading = read_sources(article, found, resolved, reading)
    else:
        reading = with_chances(reading, resolved)
    graph = build_graph(article, resolved, run, surer(reading, min_score))
    return restored(graph, replace(kept, voices=(), lacks=""), form)


def read(path: str | Path) -> Graph:
    """Return the graph in a file of RDF that `prov` wrote.

    Raises:
        RecordError: It cannot be read, or holds the graphs of several articles.
    """
    records = read_records(Path(path))
    if len(records) != 1:
        raise RecordError(f"cannot read {path} as one graph: it holds {len(records)}")
    return Graph(records[0])


def read_records(path: Path) -> tuple[SourceGraph, ...]:
    """Return the graphs in the file of RDF at *path*, from standard input if it is ``-``.

    Raises:
        RecordError: It cannot be read, or holds no graph of ours.
        GraphError: One points to what it does not have.
    """
    from provenance.rdf import read_graphs

    records = read_graphs(read_bytes(path), name=path.name)
    _check_whole(records)
    return records


def export(
    records: Sequence[SourceGraph],
    format: str,
    *,
    base_iri: str | None = None,
    text: bool = True,
    lean: bool = False,
) -> bytes:
    """Return *records* in one document.

    Args:
        records: Graphs of different articles.
        format: "json" (for several a line each), "html", "markdown" (a report), one of
            `tables.FORMATS` (GraphML, GEXF, CSV), "provn", "provjson", "provxml", or a format of
            RDF by name or suffix.
        base_iri: What the names of articles begin with in RDF, RFC 6920 names without it.
        text: Whether the text of the articles goes with them; quotes of evidence always do.
        lean: Whether RDF is to leave out all evidence but these quotes, so that it is smaller by
            three quarters and not read back.

    Raises:
        RecordError: No such format, it cannot hold this text, or it is not RDF and to be lean.
        GraphError: A graph points to what it does not have, and a page or table is asked for.
    """
    if lean and format in _NOT_RDF:
        raise RecordError(f"cannot write lean {format}: only RDF can leave its evidence out")
    if format in ("html", "json", "markdown") and not text:
        records = _without_text(records)
    if format == "html":
        return render_page(records, base_iri=base_iri).encode()
    if format == "json":
        from provenance.exports.records import to_json_of
        from provenance.graph import findings

        return to_json_of(records, findings).encode()
    if format in tables.FORMATS:
        _check_whole(records)
        return tables.write_table(records, format)
    if format == "markdown":
        from provenance.exports.reports import write_report

        _check_whole(records)
        return write_report(records)
    from provenance.rdf import write_graphs
    from provenance.rdf.notations import NOTATIONS, write_notation

    if format in NOTATIONS:
        return write_notation(records, format, base_iri)
    return write_graphs(records, format, base_iri=base_iri, text=text, lean=lean)


def convert(
    path: Path,
    format: str,
    *,
    base_iri: str | None = None,
    text: bool = True,
    lean: bool = False,
) -> bytes:
    """Return the graphs in the file at *path* in another format; the arguments are `export`'s.

    Names of articles stay as they are where *base_iri* is not given.

    Raises:
        RecordError: The file is no graph of ours, or its graphs were named in several ways.
    """
    from provenance import rdf, vocab

    named = rdf.read_named_graphs(read_bytes(path), name=path.name)
    bases = {vocab.base_iri(name, one.article.digest) for name, one in named.items()}
    if base_iri is None and len(bases) > 1:
        raise RecordError(f"cannot convert {path}: its articles are named in {len(bases)} ways")
    base = base_iri if base_iri is not None else next(iter(bases), None)
    return export(list(named.values()), format, base_iri=base, text=text, lean=lean)


def render_page(
    records: Sequence[SourceGraph],
    home: str = "",
    *,
    base_iri: str | None = None,
    frozen: bool = False,
    beside: "Beside | None" = None,
) -> str:
    """Return the page of *records*, with their chains of custody and the graphs to take away.

    Args:
        records: Graphs of different articles.
        home: The address of the index page that it belongs to, if any.
        base_iri: What the names of articles begin with in the Turtle that the page holds.
        frozen: Whether it is to stand within another page: without tools, and no graph to take.
        beside: What the server that it is asked for from adds to it.

    Raises:
        GraphError: One points to what it does not have, as a graph from elsewhere may.
    """
    from provenance import view

    _check_whole(records)
    held = () if frozen else records
    documents = [{to: export([r], to, base_iri=base_iri).decode() for to in HELD} for r in held]
    chains = [trace_chains(one) for one in records]
    return view.render_page(records, chains, documents, home=home, frozen=frozen, beside=beside)


def _check_whole(records: Iterable[SourceGraph]) -> None:
    from provenance.graph.wholeness import missing_parts

    for one in records:
        if why := next(missing_parts(one), ""):
            name = " ".join(one.article.name.split())
            raise GraphError(f"cannot use the graph of {name}: {why}")


def _is_text(source: str) -> bool:
    if "\n" in source or "\0" in source:
        return True
    words = source.strip()
    looks = " " in words and not _SUFFIX.search(words)
    return looks and (len(source) > 1000 or not is_there(source))


def _surer(found: Extraction, min_score: float) -> Extraction:
    return replace(found, attributions=tuple(a for a in found.attributions if a.score >= min_score))


def _without_text(records: Sequence[SourceGraph]) -> Sequence[SourceGraph]:
    """Return *records* as they are read back from RDF that holds their quotes alone."""
    from provenance.rdf import read_graphs, write_graphs

    return read_graphs(write_graphs(records, "nquads", text=False), "nquads")
