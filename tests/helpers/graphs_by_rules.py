"""Graphs as rules tell them, without the network that weighs what they say."""

from provenance.articles import article_from_text
from provenance.extraction import load_extractor
from provenance.graph import build_graph
from provenance.model import Run, SourceGraph
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry


def told_graph(text: str, extractor: str = "tagger") -> SourceGraph:
    """Return the graph of *text* as rules tell it."""
    article = article_from_text(text)
    found = load_extractor(extractor)(article)
    resolved = resolve_sources(article, found, load_registry())
    return build_graph(article, resolved, Run(version="0", extractor=extractor))
