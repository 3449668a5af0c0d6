"""The same graph along time: a column for each date that the text gives, the undated below."""

from collections.abc import Mapping, Sequence

from provenance.model import ARTICLE, Certainty, Chain, Dispute, Flow, SourceGraph
from provenance.view.chronology import dates_of, tell_date
from provenance.view.grids import arrange_singles
from provenance.view.layering import Ends
from provenance.view.layout import (
    BLOCK_GAP,
    Heading,
    Layout,
    assemble,
    disputes_among,
    headed,
    sizes_of,
)
from provenance.view.pieces import Frame, arrange_chains, columns_of
from provenance.view.structure import Line, Structure

LARGEST = 400
"""Sources in a graph that is laid out along time; of more, nobody sees the dated ones."""


def lay_out_time(graph: SourceGraph, chains: Sequence[Chain] = ()) -> Layout | None:
    """Return where the sources of *graph* stand in time, None where the text dates none of them.

    Columns keep the order of the dates, not the distance. What has no date stands below; lines to
    it that do not go straight to the article are faint; no dispute is.
    """
    known = {source.id for source in graph.sources}
    dates = {id_: date for id_, date in dates_of(graph).items() if id_ in known}
    if not dates or len(graph.sources) > LARGEST:
        return None
    days = sorted(set(dates.values()), reverse=True)
    level = {one.id: 1 for one in graph.sources} | {ARTICLE: 0}
    level |= {id_: 1 + days.index(date) for id_, date in dates.items()}
    dated = tuple(sorted(dates))
    undated = tuple(one.id for one in graph.sources if one.id not in dates)
    lines, pulls, faint = _lines(graph, level, dates)
    shape = Structure(level, (), (dated,), undated, lines, pulls)
    frame = Frame(
        shape, sizes := sizes_of(graph, undated, chains), columns_of([dated], shape, sizes)
    )
    blocks = [arrange_chains(dated, frame)]
    marks: list[Heading] = []
    if undated:
        down = blocks[0].height + BLOCK_GAP
        grid = arrange_singles(undated, frame, disputes_among(graph, shape), down)
        blocks.append(headed(grid, down, "no date is given", marks))
    tops = [
        Heading(column.x, -16.0, _told(graph, days, place))
        for place, column in frame.columns.items()
    ]
    return assemble(graph, shape, blocks, [*tops, *marks], faint)


def _lines(
    graph: SourceGraph, level: Mapping[str, int], dates: Mapping[str, str]
) -> tuple[tuple[Line, ...], tuple[Ends, ...], frozenset[str]]:
    """Return what runs from date to date or straight to the article, and the ids of other flows.

    Between them, the ends of what joins sources of one date, which need room between them.
    """
    hops: list[tuple[str, Flow | Dispute]] = [(f"f:{n}", f) for n, f in enumerate(graph.flows)]
    hops += [(f"d:{n}", dispute) for n, dispute in enumerate(graph.disputes)]
    found: list[Line] = []
    pulls: list[Ends] = []
    faint: set[str] = set()
    for id_, one in hops:
        source, target = one.source, one.target
        told = source in dates and (target in dates or target == ARTICLE)
        if told and level[source] != level[target]:
            back = level[target] > level[source]
            left, right = (target, source) if back else (source, target)
            weak = one.certainty.rank > Certainty.REPORTED.rank or id_.startswith("d")
            found.append(Line(id_, left, right, weak, back))
        elif id_.startswith("f") and target == ARTICLE and source != ARTICLE:
            found.append(Line(id_, source, target))
        elif told:
            pulls.append((source, target))
        elif id_.startswith("f"):
            faint.add(id_)
    return tuple(found), tuple(pulls), frozenset(faint)


def _told(graph: SourceGraph, days: Sequence[str], place: int) -> str:
    if place:
        return tell_date(days[place - 1])
    return tell_date(graph.article.published) or "what you read"
