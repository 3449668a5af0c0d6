"""What the index page of a collection tells, as plain rows that refer to each other by number.

Rows are lists, as there may be very many:

* an article: title, outlet, when it was published, file, sources, origins, unnamed sources;
* a source: name, type, articles, claims, claims that it is the pivot of, what else it is called;
* a claim: text, articles, origins, unknown origins, cycles, pivots, copies, places, who denies it
  (name, words, article, whether it is only doubted), other wordings, story;
* a derivation: from which article, to which, how ("copy", "credit", "link"), and what tells it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from provenance.analysis.answers import summary
from provenance.analysis.briefs import Brief, is_scrap
from provenance.analysis.canonical import type_of
from provenance.analysis.contests import Denial, contested
from provenance.analysis.identity import Node
from provenance.analysis.links import Links, address
from provenance.analysis.standing import claims_of, name_of, pivots_of, story_graph
from provenance.model import SourceType, Standing

Record = dict[str, Any]
Row = list[Any]
Numbers = Mapping[str, int]

_MOST_ALONE = 5_000
"""Claims of a single article that are listed; where there are more, none is, only its page."""
_MOST_NODES = 60
"""Of a story that is drawn."""
_ALIKE = 6
"""Articles with the news from the same place that are drawn apart; more become one box."""


def catalogue(links: Links, found: Sequence[Standing]) -> Record:
    """Return the rows of *links* and of *found*, its standings, the first articles first."""
    order = ordered(links)
    numbers = {digest: number for number, digest in enumerate(order)}
    every = list(zip(found, contested(links, found), strict=True))
    shown = [(one, denials) for one, denials in every if len(one.carriers) > 1 or denials]
    if len(found) - len(shown) <= _MOST_ALONE:
        shown = every
    claims = claims_of(links)
    shown.sort(key=lambda p: (is_scrap(claims, p[0]), not p[1], not on_one_line(p[0])))
    return {
        "summary": summary(found),
        "articles": [_article(links.briefs[digest]) for digest in order],
        "sources": _sources(links, found, numbers),
        "claims": [_claim(links, one, denials, numbers) for one, denials in shown],
        "derivations": sorted(_derivations(links, found, numbers)),
    }


def on_one_line(one: Standing) -> bool:
    """Whether several articles carry a claim, and all have it by one line or through one source."""
    lines = len(one.lines) + one.unknown + len(one.circular)
    return len(one.carriers) > 1 and (lines < 2 or bool(one.pivots))


def ordered(links: Links) -> list[str]:
    """Return the digests of all articles, the first published first, those without a date last."""
    when = {d: (b.published or "9", b.publisher, b.title) for d, b in links.briefs.items()}
    return sorted(links.briefs, key=lambda digest: (when[digest], digest))


def _article(brief: Brief) -> Row:
    fed = {flow.target for flow in brief.flows}
    leading = {flow.source for flow in brief.flows}
    origins = [s for s in brief.sources if s.id in leading and s.id not in fed]
    unnamed = [s for s in brief.sources if s.type is SourceType.UNNAMED]
    counts = [len(brief.sources), len(origins), len(unnamed)]
    return [brief.title, brief.publisher, brief.published, brief.name, *counts]


def _sources(links: Links, found: Sequence[Standing], numbers: Numbers) -> list[Row]:
    """Return the sources with names, the most widely used first."""
    articles: dict[Node, set[int]] = {}
    claims: Counter[Node] = Counter()
    types: dict[Node, Counter[str]] = {}
    called: dict[Node, set[str]] = {}
    for brief in links.briefs.values():
        nodes = {s.id: links.identity.of(brief.digest, s) for s in brief.sources}
        for source in brief.sources:
            articles.setdefault(nodes[source.id], set()).add(numbers[brief.digest])
            types.setdefault(nodes[source.id], Counter())[source.type.value] += 1
            called.setdefault(nodes[source.id], set()).add(source.name)
        claims.update(nodes[id_] for claim in brief.claims for id_ in claim.saying if id_ in nodes)
    pivots = pivots_of(links, found)
    names = links.identity.names
    rows = [
        [
            names[node],
            type_of(types[node]),
            sorted(used),
            claims[node],
            pivots[node],
            sorted(called[node] - {names[node]}),
        ]
        for node, used in articles.items()
        if links.identity.is_known(node)
    ]
    return sorted(rows, key=lambda row: (-len(row[2]), -row[3], row[0], row[1]))


def _claim(links: Links, one: Standing, denials: Sequence[Denial], numbers: Numbers) -> Row:
    places = [
        [numbers[brief.digest], claim.number]
        for brief in (links.briefs[digest] for digest in one.carriers)
        for claim in brief.claims
        if any((ref.digest, ref.claim) == (brief.digest, claim.id) for ref in one.claims)
    ]
    return [
        one.text,
        [numbers[digest] for digest in one.carriers],
        [list(line) for line in one.lines],
        one.unknown,
        [list(cycle) for cycle in one.circular],
        list(one.pivots),
        one.copies,
        places,
        [[d.name, d.text, numbers[d.digest], int(d.doubts)] for d in denials],
        _wordings(links, one),
        _story(links, one, numbers) if len(one.carriers) > 1 else None,
    ]


def _wordings(links: Links, one: Standing) -> list[str]:
    """Return in which other words articles make a claim."""
    refs = {(ref.digest, ref.claim) for ref in one.claims}
    digests = dict.fromkeys(ref.digest for ref in one.claims)
    told = [claim for d in digests for claim in links.briefs[d].claims if (d, claim.id) in refs]
    return [text for text in dict.fromkeys(claim.text for claim in told) if text != one.text]


def _story(links: Links, one: Standing, numbers: Numbers) -> Record | None:
    """Return who has a claim from whom: nodes with what they are, and edges by their numbers.

    A node is its label, its kind, and the numbers of the articles that it stands for. None where it
    would be too large to be read, or nobody says so.
    """
    import networkx as nx

    graph = _without_publishers(links, story_graph(links, one.claims))
    graph.remove_edges_from([edge for edge in graph.edges if _is_second_hand(links, graph, *edge)])
    parts = {node: part for part in nx.strongly_connected_components(graph) for node in part}
    fed = {node for node in graph if any(n not in parts[node] for n in graph.predecessors(node))}
    boxes = _boxes(graph)
    if not boxes or len(boxes) > _MOST_NODES:
        return None
    place = {node: number for number, box in enumerate(boxes) for node in box}
    rooted = {node for node in graph if not any(n in fed for n in parts[node])}
    nodes = [
        [
            name_of(links, box[0]) if len(box) == 1 else f"{len(box)} articles",
            _kind(links, box[0], rooted, parts),
            sorted(numbers[node[1]] for node in box if node[0] == "article"),
        ]
        for box in boxes
    ]
    edges = {(place[a], place[b], _is_copy(links, a, b)) for a, b in graph.edges if a != b}
    return {"nodes": nodes, "edges": sorted(list(edge) for edge in edges)}


def _without_publishers(links: Links, graph: Any) -> Any:
    """Return *graph* with each outlet that stands for one article of its own drawn as that."""
    import networkx as nx

    beside: dict[Node, list[Node]] = {}
    for a, b in graph.edges:
        for article, outlet in ((a, b), (b, a)):
            own = article[0] == "article" and links.briefs[article[1]].outlet
            if own and outlet == ("known", *own):
                beside.setdefault(outlet, []).append(article)
    one = {outlet: found[0] for outlet, found in beside.items() if len({*found}) == 1}
    merged = nx.relabel_nodes(graph, one)
    merged.remove_edges_from(list(nx.selfloop_edges(merged)))
    return merged


def _boxes(graph: Any) -> list[list[Node]]:
    """Return the nodes of a story, many articles that are fed by the same together."""
    alike: dict[object, list[Node]] = {}
    for node in sorted(graph):
        last = node[0] == "article" and not any(graph.successors(node))
        key = ("fed by", *sorted(graph.predecessors(node))) if last else node
        alike.setdefault(key, []).append(node)
    together = [box for box in alike.values() if len(box) > _ALIKE]
    apart = [[node] for box in alike.values() if len(box) <= _ALIKE for node in box]
    return sorted([*together, *apart])


def _kind(links: Links, node: Node, rooted: set[Node], parts: Mapping[Node, set[Node]]) -> str:
    """Return what a node is to the count: one to be counted, or why it is none."""
    if node in rooted:
        if len(parts[node]) > 1:
            return "circular"
        return "independent" if links.identity.is_known(node) else "unknown"
    return "article" if node[0] == "article" else "source"


def _is_second_hand(links: Links, graph: Any, original: Node, copy: Node) -> bool:
    """Whether *original* is itself a copy of what *copy* copies: one edge too many."""
    if not _is_copy(links, original, copy):
        return False
    both = _copied_by(links, original[1]) & _copied_by(links, copy[1])
    return any(("article", digest) in graph for digest in both)


def _copied_by(links: Links, digest: str) -> set[str]:
    return {reuse.original for reuse in links.copies.get(digest, ())}


def _is_copy(links: Links, original: Node, copy: Node) -> bool:
    if original[0] != "article" or copy[0] != "article":
        return False
    return original[1] in _copied_by(links, copy[1])


def _derivations(
    links: Links, found: Iterable[Standing], numbers: Numbers
) -> Iterator[tuple[int, int, str, str]]:
    for reuse in links.reuses:
        if _copied_by(links, reuse.original) & _copied_by(links, reuse.copy):
            continue
        told = f"{reuse.share:.0%} of its words" + (f", by {reuse.reason}" * bool(reuse.reason))
        yield numbers[reuse.original], numbers[reuse.copy], "copy", told
    copies = {(reuse.original, reuse.copy) for reuse in links.reuses}
    told_by: set[tuple[str, str]] = set()
    for one in found:
        told_by |= set(_credits(links, one))
    for original, article in sorted(told_by - copies):
        yield numbers[original], numbers[article], "credit", links.briefs[original].publisher
    for digest, brief in links.briefs.items():
        for url in dict.fromkeys(url for claim in brief.claims for url in claim.links):
            linked = links.by_address.get(address(url), "")
            if linked and linked != digest:
                yield numbers[linked], numbers[digest], "link", url


def _credits(links: Links, one: Standing) -> Iterator[tuple[str, str]]:
    """Yield each article with one that credits its outlet, where both carry the claim *one*."""
    published: dict[object, list[str]] = {}
    for digest in one.carriers:
        if links.briefs[digest].outlet:
            published.setdefault(links.briefs[digest].outlet, []).append(digest)
    for digest in one.carriers if len(one.carriers) > 1 else ():
        for source in links.briefs[digest].sources:
            for original in published.get(source.key, ()):
                if original != digest:
                    yield original, digest
