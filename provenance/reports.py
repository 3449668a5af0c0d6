"""A report of an article in Markdown: its claims, lines, disputes and gaps, each with its quote."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from provenance.articles.ours import REPORT
from provenance.custody import trace_chains
from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    Claim,
    Dispute,
    Flow,
    SourceGraph,
    SourceType,
    Span,
    Spans,
)
from provenance.view.dates import tell_date
from provenance.view.sentences import tell_chains
from provenance.view.wording import Pieces, tell_flow

_MOST: Final = 100
"""Chains that are told, the longest first."""
_SIGNS: Final = re.compile(r"([\\`*_\[\]|~#])|([&<>])")
_BEGINNING: Final = re.compile(r"^([+-]|\d{1,9}[.)])(?=\s|$)")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SURE: Final = 0.8
"""Of what is at least so likely nine in ten are right (docs/quality.md)."""


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
    yield from _section("Claims", (_claim(one, graph) for one in graph.claims))
    yield from _section("Lines", _lines(graph, chains))
    yield from _section("Disputes", (_dispute(one, graph) for one in graph.disputes))
    yield from _section("Gaps", _gaps(graph, chains))
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


def _claim(claim: Claim, graph: SourceGraph) -> str:
    told = [one for one in graph.attributions if one.content == claim.content]
    names = _names(graph)
    who = ", ".join(_plain(names.get(id_, id_)) for id_ in claim.sources) or "nobody who is named"
    score = max((one.score for one in told), default=1.0)
    return _row(
        f"“{_plain(claim.text)}” — credited to {who}{_doubt(claim.certainty, score)}",
        _quotes(graph, [one.sentence for one in told] or claim.content),
    )


def _lines(graph: SourceGraph, chains: Sequence[Chain]) -> Iterator[str]:
    told = sorted(chains, key=lambda one: -len(one.flows))
    sources = {one.id: one for one in graph.sources}
    for chain, pieces in zip(told[:_MOST], tell_chains(graph, told[:_MOST]), strict=True):
        hops = [
            f"  - {_spoken(tell_flow(flow, sources), graph)}"
            f"{_doubt(None, flow.score)}: {_quoted(graph, flow.evidence)}\n"
            for flow in reversed(chain.flows)
        ]
        yield f"- {_spoken(pieces, graph)}\n{''.join(hops)}"
    if len(told) > _MOST:
        yield f"- and {len(told) - _MOST:,} more\n"


def _dispute(dispute: Dispute, graph: SourceGraph) -> str:
    told = _spoken([f"@{dispute.source}", dispute.stance.value, f"@{dispute.target}"], graph)
    weak = _doubt(dispute.certainty, dispute.score)
    return _row(f"{told}{weak}", _quotes(graph, dispute.evidence))


def _gaps(graph: SourceGraph, chains: Sequence[Chain]) -> Iterator[str]:
    names = _names(graph)
    for gap in dict.fromkeys(gap for chain in chains for gap in chain.gaps):
        at = _beside(gap.source, gap.upstream, graph.flows)
        told = f"{_plain(names.get(gap.source, gap.source))}: {_plain(gap.reason)}"
        yield _row(told, _quotes(graph, at))


def _beside(id_: str, upstream: bool, flows: Sequence[Flow]) -> Spans:
    """Return the evidence of the hop beside a gap; where the text has none there, of the next."""
    into = [one for one in flows if one.target == id_]
    out = [one for one in flows if one.source == id_]
    near = (into or out) if upstream else (out or into)
    return near[0].evidence if near else ()


def _doubt(certainty: Certainty | None, score: float) -> str:
    """Return in brackets what is not quite certain, by the text or by the reader."""
    weak = certainty is not None and certainty.rank > Certainty.REPORTED.rank
    words = [certainty.value] if certainty is not None and weak else []
    words += [f"less sure, {score:.2f}"] if score < _SURE else []
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
    return re.sub(r" ([,.;])", r"\1", _plain(" ".join(words)))


def _plain(text: str) -> str:
    """Return *text* on one line, so that Markdown shows it as it is, and nothing turns it round."""
    safe = "".join("" if unicodedata.category(c) in ("Cf", "Cc", "Cs") else c for c in _one(text))
    return _BEGINNING.sub(r"\\\1", _SIGNS.sub(_escaped, safe))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else _ENTITIES[found[2]]


def _one(text: str) -> str:
    return " ".join(text.split())
