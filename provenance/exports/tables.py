"""Source graphs for Gephi, yEd and spreadsheets: GraphML, GEXF, and tables as CSV."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import networkx as nx

from provenance.model import ARTICLE, Dispute, Flow, SourceGraph

FORMATS: Final = ("graphml", "gexf", "csv", "csv-sources")
_EDGES: Final = (
    "article", "Source", "Target", "source_name", "target_name", "kind", "certainty", "score",
    "evidence",
)  # fmt: skip
_NODES: Final = ("article", "Id", "Label", "type", "named", "aliases", "mentions", "wikidata")
_DAY = re.compile(r' lastmodifieddate="[^"]*"')  # the same bytes on every day
_FORMULA: Final = ("=", "+", "-", "@")
_PASSED_OVER: Final = ("Cc", "Cf", "Zs", "Zl", "Zp")


def write_table(graphs: Sequence[SourceGraph], format: str) -> bytes:
    """Return *graphs* in one of `FORMATS`.

    The edges are flows and disputes, from the source of the information to who had it, and from
    who disputes to what is disputed. The columns ``Id``, ``Label``, ``Source`` and ``Target`` are
    those that Gephi looks for. A cell that a spreadsheet would take for a formula has an
    apostrophe before it.
    """
    if format in ("graphml", "gexf"):
        return _network(graphs, format)
    header, rows = (_EDGES, _edges(graphs)) if format == "csv" else (_NODES, _nodes(graphs))
    out = io.StringIO(newline="")
    written = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    written.writerow(header)
    written.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _key(graph: SourceGraph, id: str) -> str:
    """Return an id that is unique among the articles."""
    return f"{graph.article.digest[:12]}/{id}"


def _edges(graphs: Iterable[SourceGraph]) -> Iterator[tuple[str, ...]]:
    for graph in graphs:
        names = _names(graph)
        for edge in _all_edges(graph):
            yield (
                graph.article.name,
                _key(graph, edge.source),
                _key(graph, edge.target),
                names.get(edge.source, edge.source),
                names.get(edge.target, edge.target),
                _kind(edge),
                edge.certainty.value,
                f"{edge.score:.2f}",
                _evidence(graph, edge),
            )


def _all_edges(graph: SourceGraph) -> Iterator[Flow | Dispute]:
    yield from graph.flows
    yield from graph.disputes


def _nodes(graphs: Iterable[SourceGraph]) -> Iterator[tuple[str, ...]]:
    for graph in graphs:
        name = graph.article.name
        title = graph.article.title or name
        yield name, _key(graph, ARTICLE), title, ARTICLE, "yes", "", "", ""
        for one in graph.sources:
            named = "no" if one.type.value == "unnamed" else "yes"
            aliases, mentions = "; ".join(one.aliases), str(len(one.mentions))
            key = _key(graph, one.id)
            yield name, key, one.name, one.type.value, named, aliases, mentions, one.wikidata


def _names(graph: SourceGraph) -> dict[str, str]:
    title = graph.article.title or graph.article.name
    return {ARTICLE: title} | {one.id: one.name for one in graph.sources}


def _kind(edge: Flow | Dispute) -> str:
    return edge.kind.value if isinstance(edge, Flow) else edge.stance.value


def _evidence(graph: SourceGraph, edge: Flow | Dispute) -> str:
    return " … ".join(" ".join(graph.article.quote(span).split()) for span in edge.evidence)


def harmless(cell: str) -> str:
    """Return *cell* so that no spreadsheet calculates it, whatever the shape of its first sign."""
    first = next((c for c in cell if unicodedata.category(c) not in _PASSED_OVER), "")
    formula = unicodedata.normalize("NFKC", first).startswith(_FORMULA)
    return f"'{cell}" if formula or cell.startswith(("\t", "\r")) else cell


def _network(graphs: Sequence[SourceGraph], format: str) -> bytes:
    out: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for graph in graphs:
        types = {ARTICLE: ARTICLE} | {one.id: one.type.value for one in graph.sources}
        article = _speakable(graph.article.name)
        for id, name in _names(graph).items():
            out.add_node(_key(graph, id), label=_speakable(name), type=types[id], article=article)
        for edge in _all_edges(graph):
            out.add_edge(
                _key(graph, edge.source),
                _key(graph, edge.target),
                kind=_kind(edge),
                certainty=edge.certainty.value,
                evidence=_speakable(_evidence(graph, edge)),
            )
    lines = nx.generate_graphml(out) if format == "graphml" else nx.generate_gexf(out)
    written = _DAY.sub("", "\n".join(lines))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def _speakable(text: str) -> str:
    """Return *text* without what XML 1.0 cannot say."""
    return "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text if _in_xml(c))


def _in_xml(char: str) -> bool:
    return not ("\ud800" <= char <= "\udfff" or char in "\ufffe\uffff")
