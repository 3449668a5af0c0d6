"""A report of an article in Markdown: its claims, lines, disputes and gaps, each with its quote."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from provenance.articles.ours import REPORT
from provenance.graph import claim_sentence, doubt, findings, saying, unsaid_by
from provenance.graph.custody import trace_chains
from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    Dispute,
    Point,
    SourceGraph,
    SourceType,
    Span,
)
from provenance.view.chronology import tell_date
from provenance.view.sentences import tell_chains
from provenance.view.structure import points_in_order
from provenance.view.wording import Pieces, tell_dispute, tell_flow, unquoted, within

_NOBODY: Final = "nobody who is named"
_MOST: Final = 100
"""Chains that are told, the longest first."""
_SIGNS: Final = re.compile(r"([\\`*_\[\]|~#])|([&<>])")
_BEGINNING: Final = re.compile(r"^([+-]|\d{1,9}[.)])(?=\s|$)")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write_report(graphs: Sequence[SourceGraph]) -> bytes:
    """Return *graphs* as Markdown that shows the words of articles as they are, whatever they are.

    The first line says whose it is, so that it is not read as an article.
    """
    parts = ["\n".join(_report(graph)) for graph in graphs]
    return REPORT + ("\n\n---\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _report(graph: SourceGraph) -> Iterator[str]:
    article = graph.article
    chains = trace_chains(graph)
    yield f"# {_plain(article.title or article.name)}\n"
    said = (article.publisher, ", ".join(article.authors), tell_date(article.published))
    yield " · ".join([*(_plain(one) for one in said if one), f"read as {_plain(article.name)}"])
    yield f"\n{_counted(graph)}\n"
    yield from _section("Claims", (_claim(one, graph) for one in points_in_order(graph, chains)[1]))
    yield from _section("Lines", _lines(graph, chains))
    yield from _section("Disputes", (_dispute(one, graph) for one in graph.disputes))
    yield from _section("Gaps", _gaps(graph))
    made = f"source-provenance {_plain(graph.run.version)}"
    yield f"\nMade by {made} from this text alone: what it says of its sources, not what is true."


def _counted(graph: SourceGraph) -> str:
    unnamed = sum(one.type is SourceType.UNNAMED for one in graph.sources)
    sources = _many(len(graph.sources), "source")
    return f"{sources}, {unnamed or 'none'} unnamed; {_many(len(graph.flows), 'hop')}."


def _many(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _section(title: str, rows: Iterable[str]) -> Iterator[str]:
    """Yield *rows* below *title* with how many they are, or that there are none."""
    found = list(rows)
    yield f"## {title} ({len(found)})\n"
    yield from found or ["None.\n"]


def _claim(point: Point, graph: SourceGraph) -> str:
    claims = [one for one in graph.claims if one.id in point.claims]
    contents = {one.content for one in claims}
    told = [one for one in graph.attributions if one.content in contents]
    names = _names(graph)
    credited = [id_ for one in claims for id_ in saying(graph, one)]
    turned = unsaid_by(graph, point)
    who = ", ".join(_plain(names.get(id_, id_)) for id_ in dict.fromkeys(turned or credited))
    credit = f"denied or doubted by {who}" if turned else f"credited to {who or _NOBODY}"
    sentence = claim_sentence(graph, claims[0], claims[0].sources)
    if sentence and who and not turned:
        credit += f", of whom the article says: “{_plain(within(sentence))}”"
    score = max((one.score for one in told), default=1.0)
    certainty = min((one.certainty for one in claims), key=lambda c: c.rank)
    weak = _doubt(None if turned else certainty, score)
    lines = _many(len(point.lines), "independent line") if len(point.lines) > 1 else ""
    more = "".join(
        f"; {one}" for one in (lines, "the headline's claim" if point.leads else "") if one
    )
    spans = [one.sentence for one in told] or [span for one in claims for span in one.content]
    row = f"“{_plain(within(unquoted(point.text)))}” — {credit}{weak}{more}"
    return _row(row, _quotes(graph, spans))


def _lines(graph: SourceGraph, chains: Sequence[Chain]) -> Iterator[str]:
    leading = {point.id for point in points_in_order(graph, chains)[1][:1]}
    told = sorted(chains, key=lambda one: (not _leads(one, leading), -len(one.flows)))
    sources = {one.id: one for one in graph.sources}
    for chain, pieces in zip(told[:_MOST], tell_chains(graph, told[:_MOST]), strict=True):
        hops = [
            f"  - {_spoken(tell_flow(graph, sources, flow), graph)}"
            f"{_doubt(None, flow.score)}: {_quoted(graph, flow.evidence)}\n"
            for flow in reversed(chain.flows)
        ]
        yield f"- {_spoken(pieces, graph)}\n{''.join(hops)}"
    if len(told) > _MOST:
        yield f"- and {len(told) - _MOST:,} more\n"


def _leads(chain: Chain, leading: set[str]) -> bool:
    return any(one.name in leading for one in chain.cargo)


def _dispute(dispute: Dispute, graph: SourceGraph) -> str:
    ends = {one.id: one for one in graph.sources if one.id in (dispute.source, dispute.target)}
    told = _spoken(tell_dispute(graph, ends, dispute), graph)
    weak = _doubt(None, dispute.score)
    return _row(f"{told}{weak}", _quotes(graph, dispute.evidence))


def _gaps(graph: SourceGraph) -> Iterator[str]:
    names = _names(graph)
    for gap in findings(graph).gaps:
        told = f"{_plain(names.get(gap.source, gap.source))}: {_plain(gap.reason)}"
        yield _row(told, _quotes(graph, gap.evidence))


def _doubt(certainty: Certainty | None, score: float) -> str:
    """Return in brackets what is not quite certain, by the text or by the reader."""
    weak = certainty is not None and certainty.rank > Certainty.REPORTED.rank
    words = [certainty.value] if certainty is not None and weak else []
    words += [f"{doubt(score).strip('[]')}, {score:.2f} by our reading"] if doubt(score) else []
    return f" ({', '.join(words)})" if words else ""


def _row(told: str, quotes: Iterable[str]) -> str:
    return f"- {told}\n" + "".join(f"  > {quote}\n" for quote in quotes)


def _quotes(graph: SourceGraph, spans: Iterable[Span]) -> list[str]:
    return [f"“{_plain(graph.article.quote(span))}”" for span in dict.fromkeys(spans)]


def _quoted(graph: SourceGraph, spans: Iterable[Span]) -> str:
    return " … ".join(_quotes(graph, spans))


def _names(graph: SourceGraph) -> dict[str, str]:
    return {one.id: one.name for one in graph.sources} | {ARTICLE: "this article"}


def _spoken(pieces: Pieces, graph: SourceGraph) -> str:
    names = _names(graph)
    words = [names.get(p[1:], p[1:]) if p.startswith("@") else p for p in pieces]
    return re.sub(r" ([,.;:])", r"\1", _plain(" ".join(words)))


def _plain(text: str) -> str:
    """Return *text* on one line, so that Markdown shows it as it is, and nothing turns it round."""
    safe = "".join("" if unicodedata.category(c) in ("Cf", "Cc", "Cs") else c for c in _one(text))
    return _BEGINNING.sub(r"\\\1", _SIGNS.sub(_escaped, safe))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else _ENTITIES[found[2]]


def _one(text: str) -> str:
    return " ".join(text.split())
