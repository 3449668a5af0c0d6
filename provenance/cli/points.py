"""Print what is claimed, by which lines, who disputes it and what is missing."""

from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from provenance.cli.terminal import Names, clean, hedge, plural, shortened
from provenance.graph import doubt, findings, unsaid_by
from provenance.graph.custody import trace_chains
from provenance.model import (
    ARTICLE,
    CargoKind,
    Certainty,
    Chain,
    Dispute,
    Point,
    SourceGraph,
    Stance,
)
from provenance.view.wording import read_as, told_against, unquoted, within

_STANCES = {Stance.DENIES: "red", Stance.DOUBTS: "magenta", Stance.CONFIRMS: "green"}


def doubts(certainty: Certainty, score: float) -> Text:
    """Return what the article leaves open, and what the reader is less sure of, if anything."""
    told = Text(hedge(certainty), style="magenta")
    if own := doubt(score):
        told.append(" " if told.plain else "").append(own, style="yellow")
    return told


def dispute_line(graph: SourceGraph, dispute: Dispute, names: Names) -> Text:
    """Return a dispute in the article's own words, and how they are read."""
    before, told = told_against(graph, dispute)
    line = Text(f"{before} " if before else "")
    line.append_text(names.styled(dispute.source))
    line.append(f"{'' if before else ' '}{clean(told)}".rstrip(), style="dim")
    own = doubt(dispute.score)
    line.append(f" {own}" if own else "", style="yellow")
    line.append(
        f" {read_as(dispute.stance, names.sources.get(dispute.target))} ",
        style=_STANCES[dispute.stance],
    )
    line.append_text(names.styled(dispute.target))
    if weak := hedge(dispute.certainty):
        line.append(f", {weak}", style="magenta")
    return line


_MOST = 12
_MOST_WAYS = 6
_MOST_WORDS = 150
_FROM = " ◂ "


def point_lines(
    graph: SourceGraph, points: Sequence[Point], *, in_full: bool
) -> list[Text | Tree | Padding]:
    """Return what to print of *points*: the words and lines of each; in full, everything else."""
    names, chains = Names(graph), trace_chains(graph)
    lines: list[Text | Tree | Padding] = []
    for point in points[:_MOST]:
        lines.append(Padding(_title(graph, point, names), (0, 0, 0, 2)))
        rows = [*_ways(graph, point, chains, names)]
        if in_full:
            rows += [*_against(graph, point, names), *_missing(graph, point, chains, names)]
        lines += [Padding(row, (0, 0, 0, 4)) for row in rows]
    if more := len(points[_MOST:]):
        lines.append(Text(f"  and {plural(more, 'claim')} more: see prov trace", style="dim"))
    return lines


def _title(graph: SourceGraph, point: Point, names: Names) -> Text:
    text = Text(f"“{shortened(within(unquoted(point.text)), _MOST_WORDS)}”")
    if len(point.claims) > 1:
        text.append(f"  said {len(point.claims)} times", style="dim")
    count = plural(len(point.lines), "independent line") if len(point.lines) > 1 else "one line"
    turned = ", ".join(names.plain(id) for id in unsaid_by(graph, point))
    nobody = f"no line: denied or doubted by {turned}" if turned else "nobody is named for it"
    text.append(f"  {count if point.lines else nobody}", style="cyan")
    for verb, stance in (("denied", Stance.DENIES), ("doubted", Stance.DOUBTS)):
        if point.lines and (ids := point.objecting(stance)):
            text.append(f"  {verb} by {', '.join(map(names.plain, ids))}", style="red")
    return text


def _ways(
    graph: SourceGraph, point: Point, chains: Sequence[Chain], names: Names
) -> Iterator[Text]:
    """Yield each way by which *point* came, from the reader back, with the doubt about each hop."""
    mine = [chain for chain in chains if carries(chain, point)]
    longest = [one for one in mine if not any(_is_within(one, other) for other in mine)]
    told = {flow.source for chain in mine for flow in chain.flows}
    turned = set(unsaid_by(graph, point))
    for chain in longest[:_MOST_WAYS]:
        line = Text()
        for flow in reversed(chain.flows):
            if flow.target == ARTICLE:
                line.append_text(names.styled(flow.source, "bold"))
            else:
                line.append_text(names.styled(flow.target, "bold") if not line.plain else Text())
                line.append(_FROM, style="cyan").append_text(names.styled(flow.source))
            if weak := hedge(flow.certainty):
                line.append(f" ({weak})", style="magenta")
            if own := doubt(flow.score):
                line.append(f" {own}", style="yellow")
        if chain.origin in turned:
            line.append(": says that it is not so", style="red")
        yield line
    if more := len(longest[_MOST_WAYS:]):
        yield Text(f"and {plural(more, 'way')} more", style="dim")
    for id in (id for line in point.lines for id in line if id not in told):
        yield names.styled(id, "bold").append(": how the article has it is not told", "dim")


def _is_within(chain: Chain, other: Chain) -> bool:
    """Whether *other* goes the same way as *chain* and over more."""
    mine, theirs = ([c.origin, *(flow.target for flow in c.flows)] for c in (chain, other))
    rest = iter(theirs)
    return len(theirs) > len(mine) and all(stop in rest for stop in mine)


def carries(chain: Chain, point: Point) -> bool:
    """Whether *point* travels along *chain*."""
    return any(one.kind is CargoKind.CLAIM and one.name == point.id for one in chain.cargo)


def _against(graph: SourceGraph, point: Point, names: Names) -> Iterator[Text]:
    for number in point.disputes:
        one = graph.disputes[number]
        yield Text("! ", style="red").append_text(dispute_line(graph, one, names))


def _missing(
    graph: SourceGraph, point: Point, chains: Sequence[Chain], names: Names
) -> Iterator[Text]:
    along = {gap for chain in chains if carries(chain, point) for gap in chain.gaps}
    for gap in findings(graph).gaps:
        if gap in along:
            yield Text(f"? {names.plain(gap.source)}: {clean(gap.reason)}", style="yellow")
