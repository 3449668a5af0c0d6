"""What ``prov trace --why`` prints: what decided about each part of a graph, by which words."""

from collections.abc import Iterator

from rich.text import Text

from provenance.cli.terminal import Names, clean
from provenance.model import Facet, Reason, SourceGraph, Span
from provenance.reasons import reasons, told_by, told_second

_TITLES = {
    Facet.HOP: "Hops",
    Facet.DISPUTE: "Disputes",
    Facet.TYPE: "Types",
    Facet.NAME: "Names",
    Facet.SAME: "Taken for one",
    Facet.CERTAINTY: "Certainty",
    Facet.GAP: "Gaps",
}
_MOST = 12


def why_lines(graph: SourceGraph, source: str | None) -> Iterator[Text]:
    """Yield why each part of *graph* is as it is, or only what concerns *source*."""
    names = Names(graph)
    yield Text(clean(graph.article.title or graph.article.name), style="bold")
    mine = [one for one in reasons(graph) if source is None or source in one.about]
    for facet, title in _TITLES.items():
        rows = [one for one in mine if one.facet is facet]
        if rows:
            yield Text(title, style="bold")
        for one in rows:
            yield from _lines(graph, one, names)


def _lines(graph: SourceGraph, reason: Reason, names: Names) -> Iterator[Text]:
    between = " ▸ " if reason.facet is Facet.HOP else " ! "
    line = Text("  ")
    if reason.facet in (Facet.HOP, Facet.DISPUTE):
        line.append(between.join(map(names.plain, reason.about)))
    else:
        line.append(", ".join(map(names.plain, reason.about)))
    if reason.facet not in (Facet.NAME, Facet.SAME):
        line.append(f": {clean(reason.told.replace('_', ' '))}", style="cyan")
    if reason.facet not in (Facet.GAP, Facet.CERTAINTY):
        line.append(f": by {clean(told_by(reason))}", style="dim")
    if second := told_second(reason):
        line.append(f"; else {clean(second)}", style="dim")
    if words := _quotes(graph, reason.words):
        line.append(f"  {words}", style="magenta")
    yield line
    yield from (
        Text(f"     {quote}", style="dim")
        for quote in (_quotes(graph, (span,)) for span in reason.evidence)
        if quote
    )


def _quotes(graph: SourceGraph, spans: tuple[Span, ...]) -> str:
    """Return the words at *spans*, each once, those left out that were withheld."""
    found = []
    for span in spans:
        try:
            found.append(f"“{clean(graph.article.quote(span))}”")
        except KeyError:
            continue
    each = list(dict.fromkeys(found))
    return ", ".join(each[:_MOST]) + (f" and {len(each) - _MOST} more" if each[_MOST:] else "")
