"""What hangs together in a graph, and what is drawn from left to right: before any pixel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.graph import claim_sentence, doubt, findings
from provenance.model import ARTICLE, Certainty, Chain, Dispute, Flow, Point, SourceGraph
from provenance.view.layering import Ends, forward_ends, layers, longest_path
from provenance.view.wording import article_of

_NAMED = 2
"""Names of those who are said to have said something, at the most, above it."""
_DOUBTS = ("", "[probably]", "[perhaps]")


@dataclass(frozen=True, slots=True)
class Opening:
    """The claim that a page begins with, and what it says above it."""

    point: Point
    title: str


def order_chains(graph: SourceGraph, chains: Sequence[Chain]) -> tuple[Chain, ...]:
    """Return *chains*, the one to begin with first.

    It carries the headline's claim, is read surely, and is the longest of such. Where no claim
    stands for the headline it is one that came through somebody, the first of what is read surely.
    """
    points = findings(graph).points
    place = {point.id: number for number, point in enumerate(points)}
    things = {source.id for source in graph.sources if source.type.is_artefact}
    starts = {s.id: min((m.start for m in s.mentions), default=0) for s in graph.sources}
    leads = bool(points) and points[0].leads

    def standing(chain: Chain) -> tuple[object, ...]:
        carried = [place[one.name] for one in chain.cargo if one.name in place]
        told = min(carried, default=len(place))
        ids = (chain.origin, *(flow.target for flow in chain.flows))
        length = (-len(ids), -len(things & {*ids}), [starts.get(id, 0) for id in ids])
        if leads:
            return told > 0, ids[-1] != ARTICLE, _doubt(chain), *length
        doubt = _doubt(chain)
        return told == len(place), ids[-1] != ARTICLE, doubt > 1, len(ids) < 3, doubt, told, *length

    return tuple(sorted(chains, key=standing))


def opening_of(graph: SourceGraph, chains: Sequence[Chain]) -> Opening | None:
    """Return what to begin with, *chains* being in their order; None where nothing is claimed."""
    points = findings(graph).points
    if not points:
        return None
    if points[0].leads:
        own = _in_headline(graph, points[0])
        return Opening(
            points[0], "What the headline claims" if own else "The claim nearest the headline"
        )
    carried = {one.name for chain in chains[:1] for one in chain.cargo}
    claims = {claim.id: claim for claim in graph.claims}
    told = {point.id: bool(claim_sentence(graph, claims[point.id])) for point in points}
    points = tuple(sorted(points, key=lambda one: told[one.id]))
    found = next((point for point in points if point.id in carried), None)
    came = found is not None and len(chains[0].flows) > 1
    found = found or points[0]
    if told[found.id]:
        whose = [
            f"{article_of(graph, one)} {one.name}".strip()
            for one in graph.sources
            if one.id in claims[found.id].sources
        ]
        return Opening(found, f"What the article says of {' and '.join(whose[:_NAMED])}")
    return Opening(found, "A claim and the way that it came" if came else "One of the claims")


def _in_headline(graph: SourceGraph, point: Point) -> bool:
    """Whether the words that stand for *point* are the headline's own."""
    spans = next(claim.content for claim in graph.claims if claim.id == point.id)
    headline = graph.article.headline
    return headline is not None and all(span in headline for span in spans)


def points_in_order(
    graph: SourceGraph, chains: Sequence[Chain]
) -> tuple[Opening | None, tuple[Point, ...]]:
    """Return what to begin with, and all that is claimed in the order that all tell it in."""
    opening = opening_of(graph, order_chains(graph, chains))
    first = opening.point if opening else None
    return opening, tuple(sorted(findings(graph).points, key=lambda one: one is not first))


def _doubt(chain: Chain) -> int:
    return _DOUBTS.index(doubt(min((flow.score for flow in chain.flows), default=1.0)))


@dataclass(frozen=True, slots=True)
class Line:
    """A hop or dispute that is drawn from the column of *left* to that of *right*.

    Attributes:
        weak: Whether it is labelled with its certainty, and needs room for that.
        back: Whether its arrow is at the left.
    """

    id: str
    left: str
    right: str
    weak: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """The order behind a picture.

    Attributes:
        level: The column of each source, counted from the article (0) to the left.
        path: The ids along the chain that the page opens with, the article last.
        groups: The sources that hang together without the article, that chain's first.
        singles: Those that hang together with nobody, in the order of the text.
        lines: The hops and disputes that run from one column to another.
        pulls: Those who dispute somebody of their own column, to whom they are drawn near.
    """

    level: Mapping[str, int]
    path: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    singles: tuple[str, ...]
    lines: tuple[Line, ...]
    pulls: tuple[Ends, ...] = ()


def structure(graph: SourceGraph, chains: Sequence[Chain] = ()) -> Structure:
    """Return what is to be drawn of *graph*, by its flows and by the first of *chains*."""
    ids = [source.id for source in graph.sources]
    ends = forward_ends(ids, graph.flows)
    level = layers(ids, ends)
    place = _places(graph)
    path = _path(graph, chains, level, ends, place)
    disputes = _touching(graph, ids, ends)
    across = [_across(n, graph, level) for n in disputes if _apart(n, graph, level)]
    pulls = [_pair(n, graph) for n in disputes if not _apart(n, graph, level)]
    lines = (*_hops(graph, ends), *across)
    inner = [(line.left, line.right) for line in lines if line.right != ARTICLE]
    members = _groups(ids, [*inner, *pulls])
    artefacts = {source.id for source in graph.sources if source.type.is_artefact}
    groups = sorted(
        (group for group in members if len(group) > 1),
        key=lambda group: (
            not set(path) & set(group),
            not artefacts & set(group),
            -len(group),
            group,
        ),
    )
    disputing = {id_ for one in graph.disputes for id_ in (one.source, one.target)}
    singles = sorted(
        (group[0] for group in members if len(group) == 1),
        key=lambda id_: (id_ not in disputing, place[id_], id_),
    )
    singles = _side_by_side(singles, graph)
    return Structure(level, path, tuple(groups), tuple(singles), lines, tuple(pulls))


def _side_by_side(ids: Sequence[str], graph: SourceGraph) -> list[str]:
    """Return *ids* with those that a source disputes, or that dispute it, right after it."""
    partners: dict[str, list[str]] = {}
    for one in graph.disputes:
        partners.setdefault(one.source, []).append(one.target)
        partners.setdefault(one.target, []).append(one.source)
    found: dict[str, None] = {}
    for id_ in ids:
        found.setdefault(id_)
        found |= {other: None for other in partners.get(id_, ()) if other in ids}
    return list(found)


def _hops(graph: SourceGraph, ends: Sequence[Ends]) -> tuple[Line, ...]:
    forward = set(ends)
    return tuple(
        Line(f"f:{n}", flow.source, flow.target, flow.certainty.rank > Certainty.REPORTED.rank)
        for n, flow in enumerate(graph.flows)
        if (flow.source, flow.target) in forward
    )


def _touching(graph: SourceGraph, ids: Sequence[str], ends: Sequence[Ends]) -> list[int]:
    """Return the numbers of the disputes that touch a chain: who disputes is drawn beside it."""
    inner = [one for one in ends if one[1] != ARTICLE]
    in_chain = {id_ for group in _groups(ids, inner) if len(group) > 1 for id_ in group}
    return [
        number
        for number in range(len(graph.disputes))
        if ARTICLE not in _pair(number, graph) and in_chain & set(_pair(number, graph))
    ]


def _pair(number: int, graph: SourceGraph) -> Ends:
    return graph.disputes[number].source, graph.disputes[number].target


def _apart(number: int, graph: SourceGraph, level: Mapping[str, int]) -> bool:
    source, target = _pair(number, graph)
    return level[source] != level[target]


def _across(number: int, graph: SourceGraph, level: Mapping[str, int]) -> Line:
    source, target = _pair(number, graph)
    back = level[target] > level[source]
    left, right = (target, source) if back else (source, target)
    return Line(f"d:{number}", left, right, weak=True, back=back)


def _places(graph: SourceGraph) -> dict[str, int]:
    """Return where in the text each source first stands."""
    starts: dict[str, list[int]] = {
        source.id: [span.start for span in source.mentions] for source in graph.sources
    }
    hops: tuple[Flow | Dispute, ...] = (*graph.flows, *graph.disputes)
    for one in hops:
        if one.source in starts:
            starts[one.source] += [span.start for span in one.evidence]
    return {id_: min(found, default=0) for id_, found in starts.items()}


def _path(
    graph: SourceGraph,
    chains: Sequence[Chain],
    level: Mapping[str, int],
    ends: Sequence[Ends],
    place: Mapping[str, int],
) -> tuple[str, ...]:
    """Return the chain that the page opens with; without any, the longest way to the article."""
    artefacts = {source.id for source in graph.sources if source.type.is_artefact}
    whole = [one for one in chains if one.flows and one.flows[-1].target == ARTICLE]
    if not whole:
        return longest_path(level, ends, artefacts, place)
    first = order_chains(graph, whole)[0]
    return (first.origin, *(flow.target for flow in first.flows))


def _groups(ids: Sequence[str], pairs: Iterable[Ends]) -> list[tuple[str, ...]]:
    """Return the ids that *pairs* hold together, each group sorted."""
    parent = {id_: id_ for id_ in ids}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    for left, right in pairs:
        parent[root(left)] = root(right)
    found: dict[str, list[str]] = {}
    for id_ in sorted(ids):
        found.setdefault(root(id_), []).append(id_)
    return [tuple(group) for group in found.values()]
