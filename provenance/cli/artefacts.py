"""The chain of custody of each artefact, as an indented tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import networkx as nx
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from provenance.cli.points import doubts
from provenance.cli.terminal import Names, plural
from provenance.graph.custody import custody_events, find_gaps
from provenance.model import (
    ARTICLE,
    CustodyEvent,
    EventKind,
    EventRole,
    Flow,
    SourceGraph,
    SourceType,
)

_MOST_TREES = 8
_MOST_STATEMENTS = 8
_ARROW = " ▸ "
# What was done to an artefact: by somebody; and somewhere, at a time, by nobody in particular.
_DONE = {
    EventKind.CREATION: ("made it", "made"),
    EventKind.INTERCEPTION: ("intercepted it", "intercepted"),
    EventKind.THEFT: ("took it", "taken"),
    EventKind.LEAK: ("leaked it", "leaked"),
    EventKind.POSTING: ("posted it", "posted"),
    EventKind.PUBLICATION: ("published it", "published"),
    EventKind.OBTAINING: ("obtained it", "obtained"),
    EventKind.TRANSFER: ("passed it on", "passed on"),
    EventKind.DISCOVERY: ("traced it", "traced"),
    EventKind.FIRST_REPORT: ("first reported it", "first reported"),
    EventKind.REPUBLICATION: ("published it again", "published again"),
    EventKind.AUTHENTICATION: ("authenticated it", "authenticated"),
}


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A graph as it is drawn; what was drawn once is not drawn again."""

    graph: SourceGraph
    names: Names
    network: "nx.DiGraph[str]"
    into: dict[str, list[Flow]]
    drawn: set[str] = field(default_factory=set)


def artefact_lines(graph: SourceGraph) -> list[Text | Tree | Padding]:
    """Return a tree for each document and intercept, a line for each statement."""
    sketch = _sketch(graph)
    roots = _roots(sketch)
    trees = [root for root in roots if sketch.names.sources[root].type is not SourceType.STATEMENT]
    said = [root for root in roots if root not in trees]
    lines: list[Text | Tree | Padding] = [
        Padding(_tree(root, sketch), (0, 0, 0, 2)) for root in trees[:_MOST_TREES]
    ]
    lines += [_line(root, sketch) for root in said[:_MOST_STATEMENTS]]
    if more := len(trees[_MOST_TREES:]) + len(said[_MOST_STATEMENTS:]):
        lines.append(Text(f"  and {plural(more, 'artefact')} more: see prov trace", style="dim"))
    return lines


def _sketch(graph: SourceGraph) -> _Sketch:
    into: dict[str, list[Flow]] = {}
    for flow in graph.flows:
        into.setdefault(flow.target, []).append(flow)
    network = nx.DiGraph([(flow.source, flow.target) for flow in graph.flows])
    network.add_node(ARTICLE)
    return _Sketch(graph, Names(graph), network, into)


def _roots(sketch: _Sketch) -> list[str]:
    """Return the artefacts that are not merely upstream of another, the longest history first."""
    sources = sketch.graph.sources
    artefacts = [s.id for s in sources if s.type.is_artefact and s.id in sketch.network]
    sizes = {id: len(nx.ancestors(sketch.network, id)) for id in artefacts}
    first = {s.id: min(s.mentions, default=None) for s in sources}
    ranked = sorted(
        artefacts,
        key=lambda id: (-sizes[id], span.start if (span := first[id]) else 0, id),
    )
    shown: list[str] = []
    for id in ranked:
        others = nx.subgraph_view(
            sketch.network,
            filter_node=lambda n, id=id: n == id or n not in shown,  # type: ignore[misc]
        )
        if not any(nx.has_path(sketch.network, id, other) for other in shown) or nx.has_path(
            others, id, ARTICLE
        ):
            shown.append(id)
    return shown


def _tree(root: str, sketch: _Sketch) -> Tree:
    tree = Tree(sketch.names.styled(root, "bold"), guide_style="dim")
    _grow(tree, root, sketch, (root,))
    onward = _onward(root, sketch)
    tree.add(Text().append("▸ ", style="cyan").append_text(onward))
    return tree


def _grow(tree: Tree, id: str, sketch: _Sketch, path: tuple[str, ...]) -> None:
    """Add to *tree* what led into *id*: each with what it did, and what is left out."""
    again = id in sketch.drawn
    sketch.drawn.add(id)
    upstream = sketch.into.get(id, [])
    if again and upstream:
        tree.add(Text("as above", style="dim"))
        return
    events = custody_events(sketch.graph, id)
    for flow in upstream:
        line = sketch.names.styled(flow.source)
        deeds = ", ".join(_deeds(flow.source, events))
        doubt = doubts(flow.certainty, flow.score).plain
        line.append(f": {deeds}" if deeds else "", style="cyan")
        line.append(f" {doubt}" if doubt else "", style="cyan")
        branch = tree.add(line)
        if flow.source in path:
            branch.add(Text("in a circle", style="red"))
        else:
            _grow(branch, flow.source, sketch, (*path, flow.source))
    shown = {flow.source for flow in upstream}
    for event in events:
        if event.date and event.kind in _DONE and not _names_any(event, shown):
            tree.add(Text(f"{_DONE[event.kind][1]}{_when(event)}", style="cyan"))
    for gap in find_gaps(sketch.graph, id):
        tree.add(Text(f"? {gap.reason}", style="yellow"))


def _deeds(source: str, events: Iterable[CustodyEvent]) -> list[str]:
    """Return in a few words what *source* did in *events*, or what was done there."""
    deeds: dict[str, None] = {}
    for event in events:
        for one in event.participants:
            if one.source_id == source and one.role is not EventRole.ARTEFACT:
                active, passive = _DONE.get(event.kind, ("", ""))
                words = active if one.role is EventRole.AGENT else f"{passive} there"
                if one.role is EventRole.ORIGIN:
                    words = f"{passive} from it"
                if active and one.role is not EventRole.RECIPIENT:
                    deeds[words + _when(event)] = None
    return list(deeds)


def _names_any(event: CustodyEvent, sources: set[str]) -> bool:
    return any(participant.source_id in sources for participant in event.participants)


def _when(event: CustodyEvent) -> str:
    return (f" {event.date}" if event.date else "") + (f" ({event.place})" if event.place else "")


def _onward(root: str, sketch: _Sketch) -> Text:
    """Return the ways by which *root* reached the article."""
    ways: dict[tuple[str, ...], list[str]] = {}
    for target in sorted(sketch.network.successors(root)):
        if nx.has_path(sketch.network, target, ARTICLE):
            first, *others = nx.shortest_path(sketch.network, target, ARTICLE)
            ways.setdefault(tuple(others), []).append(first)
    if not ways:
        return Text("how the article came by it is not said", style="yellow")
    lines = []
    for rest, firsts in sorted(ways.items(), key=lambda way: (-len(way[0]), way)):
        names = ", ".join(sketch.names.plain(id) for id in firsts)
        lines.append(_ARROW.join([names, *(sketch.names.plain(id) for id in rest)]))
    return Text("; ".join(lines))


def _line(root: str, sketch: _Sketch) -> Padding:
    """Return a statement on one line: who made it, and how it came to the article."""
    line = Text()
    makers = [sketch.names.styled(flow.source) for flow in sketch.into.get(root, [])]
    if makers:
        line.append_text(Text(", ").join(makers))
    else:
        line.append("? " + next((g.reason for g in find_gaps(sketch.graph, root)), ""), "yellow")
    line.append(_ARROW, style="cyan").append(sketch.names.plain(root), style="bold")
    line.append(_ARROW, style="cyan").append_text(_onward(root, sketch))
    return Padding(line, (0, 0, 0, 2))
