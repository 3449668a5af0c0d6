"""What ``prov build`` prints: an investigator's first questions, answered on one screen."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from provenance.cli.artefacts import artefact_lines
from provenance.cli.points import dispute_line, point_lines
from provenance.cli.terminal import Names, clean, plural, shortened
from provenance.graph import findings
from provenance.graph.custody import trace_chains
from provenance.model import Article, Dispute, SourceGraph, SourceType, Stance
from provenance.view.structure import points_in_order

_DATED_BY = {"file name": "by the name of its file", "option": "by --published"}
_HEADLINE = "The headline's claim"
_MOST_NAMES = 30
_MOST_DISPUTES = 12


def summary(graph: SourceGraph, files: Sequence[Path]) -> Iterator[Text | Tree | Padding]:
    """Yield what to print of *graph*, whose files are *files*: what is claimed comes first."""
    article = graph.article
    yield Text(shortened(article.title or article.name, 200), style="bold")
    yield Text(_byline(article), style="dim")
    if graph.sources:
        yield _counts(graph)
        opening, points = points_in_order(graph, trace_chains(graph))
        if opening:
            title = _HEADLINE if opening.point.leads else opening.title
            yield from _section(title, point_lines(graph, points[:1], in_full=True))
        yield from _section("Other claims", point_lines(graph, points[1:], in_full=False))
        yield from _section("Custody", artefact_lines(graph))
        yield from _section("Disputes", _disputes(graph))
        yield from _section("Origins", _origins(graph))
    else:
        yield Text("No source: this text credits nobody. Its graph is the article alone.")
    if files:
        yield from _section("Files", [Text("  " + "  ".join(clean(str(file)) for file in files))])


def one_line(graph: SourceGraph, files: Sequence[Path]) -> Text:
    """Return the one line that sums up *graph* when there are several articles."""
    line = Text(clean(graph.article.name), style="bold")
    line.append(f"  {_counts(graph).plain}", style="not bold")
    return line.append(f"  {clean(str(files[-1]))}" if files else "", style="not bold dim")


def _byline(article: Article) -> str:
    """Return who published it when, or where it was read from if the text says neither."""
    day = _day(article.published)
    by = _DATED_BY.get(article.dated_by, "")
    said = [article.publisher, ", ".join(article.authors), f"{day} ({by})" if by else day]
    return " · ".join(clean(part) for part in said if part) or clean(article.name)


def _day(published: str) -> str:
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{day.day} {day:%B %Y}"


def _counts(graph: SourceGraph) -> Text:
    unnamed = sum(source.type is SourceType.UNNAMED for source in graph.sources)
    counts = Text(plural(len(graph.sources), "source"))
    if unnamed:
        counts.append(", ").append(f"{unnamed} of them unnamed", style="yellow")
    found = findings(graph)
    counts.append(f" · {plural(len(found.points), 'claim')}")
    denied = sum(dispute.stance is Stance.DENIES for dispute in graph.disputes)
    if denied:
        counts.append(" · ").append(plural(denied, "denial"), style="red")
    if found.gaps:
        counts.append(" · ").append(plural(len(found.gaps), "gap"), style="yellow")
    return counts


def _section(title: str, lines: Sequence[Text | Tree | Padding]) -> Iterator[Text | Tree | Padding]:
    """Yield *lines* under *title*, nothing if there are none."""
    if lines:
        yield Text(f"\n{title}", style="bold")
        yield from lines


def _origins(graph: SourceGraph) -> list[Text | Tree | Padding]:
    """Return the origins in three groups, each in the order of the text."""
    names = Names(graph)
    groups: dict[str, list[str]] = {"named": [], "unnamed": [], "things": []}
    for origin in findings(graph).origins:
        kind = names.sources[origin].type if origin in names.sources else SourceType.UNNAMED
        group = "unnamed" if kind is SourceType.UNNAMED else "named"
        groups[group if kind.is_agent else "things"].append(names.plain(origin))
    table = Table.grid(padding=(0, 2))
    for group, members in groups.items():
        if members:
            more = len(members) - _MOST_NAMES
            listed = ", ".join(members[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
            table.add_row(Text(group, style="dim"), Text(listed))
    return [Padding(table, (0, 0, 0, 2))] if table.row_count else []


def _disputes(graph: SourceGraph) -> list[Text | Tree | Padding]:
    names = Names(graph)
    lines: list[Text | Tree | Padding] = [
        _dispute(dispute, graph, names) for dispute in graph.disputes[:_MOST_DISPUTES]
    ]
    if more := len(graph.disputes[_MOST_DISPUTES:]):
        lines.append(Text(f"  and {more} more", style="dim"))
    return lines


def _dispute(dispute: Dispute, graph: SourceGraph, names: Names) -> Padding:
    return Padding(dispute_line(graph, dispute, names), (0, 0, 0, 2))
