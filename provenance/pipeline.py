"""Join the stages: an article goes in, its source graph comes out."""

import html
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.articles import article_from_text, check_language, read_article
from provenance.custody import trace_chains
from provenance.errors import ArticleError, ProvenanceError, RecordError
from provenance.extraction import load_extractor
from provenance.graph import build_graph, to_networkx
from provenance.model import Article, Chain, Extraction, Run, SourceGraph
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry

if TYPE_CHECKING:
    import networkx
    import rdflib

DEFAULT_EXTRACTOR = "syntax"
LONGEST = 1_000_000
"""Code points that one article may have; more is a book, a log or an attack."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A source graph with its ways out; shows itself as a page in a notebook."""

    record: SourceGraph

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Return it as a networkx graph: a node per source, an edge per flow and dispute."""
        return to_networkx(self.record)

    def to_rdflib(self) -> "rdflib.Graph":
        """Return it as an rdflib graph."""
        from provenance.rdf import to_rdflib

        return to_rdflib(self.record)

    def to_html(self) -> str:
        """Return it as one HTML page that needs no network."""
        return page_of([self.record])

    def to_json(self) -> str:
        """Return it as JSON."""
        from provenance.records import to_json

        return to_json(self.record)

    def to_rdf(
        self, format: str = "turtle", *, base_iri: str | None = None, text: bool = True
    ) -> bytes:
        """Return it as RDF in *format*."""
        from provenance.rdf import write_graphs

        return write_graphs([self.record], format, base_iri=base_iri, text=text)

    def chains(self, source: str | None = None) -> tuple[Chain, ...]:
        """Return the chains of custody, of the source with the id *source* if one is given."""
        return trace_chains(self.record, source)

    def _repr_html_(self) -> str:
        page = html.escape(self.to_html(), quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:720px;border:0"></iframe>'


def build(
    source: str | Path,
    *,
    extractor: str = DEFAULT_EXTRACTOR,
    registry: Iterable[Path] = (),
    min_score: float = 0.0,
    force: bool = False,
) -> Graph:
    """Build the source graph of an article.

    Args:
        source: The article's file, or its text: a string with a line break or of more than 255
            characters is taken for text.
        extractor: The name of an extractor.
        registry: Files of known sources besides the built-in one.
        min_score: Attributions that the extractor is less sure of are left out; between 0 and 1.
        force: Whether to read what is not English or longer than an article.

    Raises:
        ProvenanceError: It cannot be read, or is no English article.
    """
    is_text = isinstance(source, str) and ("\n" in source or len(source) > 255)
    article = article_from_text(str(source)) if is_text else read_article(Path(source))
    return Graph(
        build_record(
            article, extractor=extractor, registry=registry, min_score=min_score, force=force
        )
    )


def build_record(
    article: Article,
    *,
    extractor: str = DEFAULT_EXTRACTOR,
    registry: Iterable[Path] = (),
    min_score: float = 0.0,
    force: bool = False,
) -> SourceGraph:
    """Return the source graph of *article*; the arguments are those of `build`."""
    if not force:
        if len(article.text) > LONGEST:
            size = f"{len(article.text):,} characters, more than the {LONGEST:,} of one article"
            raise ArticleError(f"cannot use {article.name}: {size}, --force reads it all the same")
        check_language(article)
    known = load_registry(*registry)
    found = _surer(load_extractor(extractor)(article), min_score)
    run = Run(version=package_version(), extractor=found.by, weights=found.weights)
    return build_graph(article, resolve_sources(article, found, known), run)


def _surer(found: Extraction, min_score: float) -> Extraction:
    return replace(found, attributions=tuple(a for a in found.attributions if a.score >= min_score))


def read(path: str | Path) -> Graph:
    """Read a graph of one article back from an RDF file that `prov` wrote.

    Raises:
        RecordError: It cannot be read, or holds several.
    """
    records = read_records(Path(path))
    if len(records) != 1:
        raise RecordError(f"cannot read {path} as one graph: it holds {len(records)} articles")
    return Graph(records[0])


def read_records(path: Path) -> tuple[SourceGraph, ...]:
    """Return the graphs in the RDF file at *path*.

    Raises:
        RecordError: It cannot be read, or holds no graph of ours.
    """
    from provenance.rdf import read_graphs

    return read_graphs(read_bytes(path), name=path.name)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the file at *path*.

    Raises:
        RecordError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise RecordError(f"cannot read {path}: {error.strerror or error}") from error


def page_of(records: Sequence[SourceGraph]) -> str:
    """Return the page of *records*."""
    from provenance.view import render_page

    return render_page(records, [trace_chains(r) for r in records])


def export(
    records: Sequence[SourceGraph], format: str, *, base_iri: str | None = None, text: bool = True
) -> bytes:
    """Return *records* in *format*: "json", "html", or one of RDF's."""
    if format == "html":
        return page_of(records).encode()
    if format == "json":
        from provenance.records import to_json, to_json_lines

        return (to_json(records[0]) if len(records) == 1 else to_json_lines(records)).encode()
    from provenance.rdf import write_graphs

    return write_graphs(records, format, base_iri=base_iri, text=text)


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path* whole or not at all, also when interrupted.

    Raises:
        ProvenanceError: It cannot be written.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except OSError as error:
        raise ProvenanceError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        if temporary and Path(temporary).exists():
            Path(temporary).unlink()


def package_version() -> str:
    """Return the version of this package, "0" in a checkout that is not installed."""
    try:
        return version("source-provenance")
    except PackageNotFoundError:
        return "0"
