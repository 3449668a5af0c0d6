"""On how many independent lines each claim rests.

For a claim that several articles carry, a directed graph is made: each article's sources of the
claim with all that leads into them and from them to the article; from an article to its
publisher, where another article credits that; from an original to its copy. In it

* an *origin* is a strongly connected component that no edge leads into;
* it is *independent* if it is one source with a name, *unknown* if it has none;
* origins that lead to one source who stands next to an article are one *line*, as on its page;
* a component of several nodes that no edge leads into is *circular*: nobody in it had it first;
* a *pivot* is a dominator of the reader: all ways from any origin to any carrier lead through it.

Who speaks for another has it from that one. A copy gets its claim from the original alone. So a
copy, a citation, a spokesman, a cycle, who only denies or doubts it, and who says it in no name but
its own add no origin.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import networkx as nx

from provenance.analysis.briefs import Brief, Hop, Known, Told, is_scrap
from provenance.analysis.identity import Node
from provenance.analysis.independence import lines_of, origins_in
from provenance.analysis.links import Joined, Links, address
from provenance.analysis.stories import together
from provenance.model import ARTICLE, ClaimRef, SourceType, Spans, Standing

_ROOT: Node = ("root",)
_READER: Node = ("reader",)
_Basis = tuple[tuple[str, ...], tuple[int, ...]]


def standings(links: Links) -> tuple[Standing, ...]:
    """Return the standing of every claim, the most carried first, last what says nothing alone."""
    claims = claims_of(links)

    def place(one: Standing) -> tuple[bool, int, int, tuple[ClaimRef, ...]]:
        return is_scrap(claims, one), -len(one.carriers), -len(one.lines), one.claims

    return tuple(sorted(_each(links, claims), key=place))


def claims_of(links: Links) -> dict[tuple[str, str], Told]:
    """Return every claim by the digest of its article and its id."""
    return claims_in(links, links.briefs)


def _each(links: Links, claims: Mapping[tuple[str, str], Told]) -> Iterator[Standing]:
    """Yield the standing of each claim; in one article, the same flows make the same standing."""
    alone: dict[tuple[str, frozenset[_Basis]], Standing] = {}
    own: dict[ClaimRef, set[str]] = defaultdict(set)
    for one in links.carried:
        own[one.claim].add(one.digest)
    refs = (ClaimRef(digest=digest, claim=claim) for digest, claim in claims)
    for group in together(refs, links.same):
        digest = group[0].digest
        others = set().union(*(own[ref] for ref in group if ref in own))
        if others or any(ref.digest != digest for ref in group):
            yield standing(links, group, claims, others)
            continue
        brief = links.briefs[digest]
        key = digest, frozenset(_basis(brief, claims[digest, ref.claim]) for ref in group)
        if key not in alone:
            alone[key] = standing(links, group, claims)
        text = claims[digest, group[0].claim].text
        yield replace(alone[key], text=text, claims=tuple(group))


def _basis(brief: Brief, claim: Told) -> _Basis:
    """Return what the ways of *claim* are made from: who says so and the flows that tell it."""
    told = (number for number, flow in enumerate(brief.flows) if _tells(flow, claim))
    return (*claim.saying, *("",) * _is_unsaid(claim)), tuple(told)


def _tells(flow: Hop, claim: Told) -> bool:
    return any(one.overlaps(two) for one in flow.evidence for two in claim.content)


def claims_in(links: Joined, digests: Iterable[str]) -> dict[tuple[str, str], Told]:
    """Return the claims of the articles *digests* by the digest of each and its id."""
    return {(digest, c.id): c for digest in digests for c in links.briefs[digest].claims}


def story_graph(links: Joined, group: Sequence[ClaimRef]) -> "nx.DiGraph[Node]":
    """Return the graph that the standing of the claims in *group* is read from."""
    return _graph(links, group, claims_in(links, {ref.digest for ref in group}))[0]


def name_of(links: Joined, node: Node) -> str:
    """Return what to call *node* of a story's graph: a source, or an article by its outlet."""
    if node[0] == "article":
        brief = links.briefs[node[1]]
        return brief.publisher or brief.title
    return links.identity.names.get(node, node[-1])


def standing(
    links: Joined,
    group: Sequence[ClaimRef],
    claims: Mapping[tuple[str, str], Told],
    own: Iterable[str] = (),
) -> Standing:
    """Return on whom the claims in *group* rest, which say the same.

    Args:
        links: All articles.
        group: Of one article at the least.
        claims: All that there are.
        own: Digests of articles that say it in their own voice, which is nobody to rest on.
    """
    graph, copies = _graph(links, group, claims)
    named = {ref.digest for ref in group}
    carriers = sorted(named, key=lambda d: _when(links.briefs[d]))
    parts = origins_in(graph)
    circular = [_names(links, part) for part in parts if len(part) > 1]
    wires = {wire[-1] for digest in named if (wire := _wire(links, links.briefs[digest]))}
    every_line = lines_of(graph, parts, wires)
    lines = [names for line in every_line if (names := _named(links, line))]
    unknown = sum(not _named(links, line) and any(len(p) == 1 for p in line) for line in every_line)
    first = next(ref for ref in group if ref.digest == carriers[0])
    through = _pivots(links, graph, [min(part) for part in parts], carriers)
    every = sorted(named.union(own), key=lambda d: _when(links.briefs[d]))
    return Standing(
        text=claims[first.digest, first.claim].text,
        claims=tuple(group),
        carriers=tuple(every),
        outlets=tuple(sorted({p for d in every if (p := links.briefs[d].publisher)})),
        origins=tuple(sorted(name for names in lines for name in names)),
        lines=tuple(sorted(lines)),
        unknown=unknown,
        circular=tuple(sorted(circular)),
        pivots=tuple(name_of(links, node) for node in through),
        copies=copies,
        own_voice=tuple(digest for digest in every if digest not in named),
        through=through,
    )


def _graph(
    links: Joined, group: Sequence[ClaimRef], claims: Mapping[tuple[str, str], Told]
) -> "tuple[nx.DiGraph[Node], int]":
    """Return the graph of a group of claims, and how many of its articles are copies."""
    graph: nx.DiGraph[Node] = nx.DiGraph()
    carriers = {ref.digest for ref in group}
    told = _outermost(group, claims)
    group = [ref for ref in told if not _is_unsaid(claims[ref.digest, ref.claim])]
    copied = _copied(links, group, claims)
    addressed = _addressed(links, carriers)
    for ref in group:
        graph.add_node(_article(ref.digest))
        if ref.digest in copied:
            graph.add_edges_from(
                (_article(original), _article(ref.digest)) for original in copied[ref.digest]
            )
            continue
        brief = links.briefs[ref.digest]
        graph.add_edges_from(_told(links, brief, claims[ref.digest, ref.claim]))
        for url in claims[ref.digest, ref.claim].links:
            for linked in addressed.get(address(url), ()):
                if linked != ref.digest:
                    graph.add_edge(_article(linked), _article(ref.digest))
    _join_publishers(links, graph, carriers)
    return nx.relabel_nodes(graph, _namesakes(graph)), len(copied)


def _addressed(links: Joined, digests: Iterable[str]) -> dict[str, list[str]]:
    """Return those of *digests* that were read under each address, all versions of an article."""
    found: dict[str, list[str]] = {}
    for digest in sorted(digests):
        if read := address(links.briefs[digest].url):
            found.setdefault(read, []).append(digest)
    return found


def _is_unsaid(claim: Told) -> bool:
    """Whether whoever speaks of *claim* only denies or doubts it: none of them is an origin."""
    return bool(claim.sources) and not claim.saying


def _outermost(group: Sequence[ClaimRef], claims: Mapping[tuple[str, str], Told]) -> list[ClaimRef]:
    """Return *group* without claims that stand within another of it.

    "The board says that inspectors found a crack": the crack is here on the board's word.
    """
    contents: dict[str, list[Spans]] = defaultdict(list)
    for ref in group:
        contents[ref.digest].append(claims[ref.digest, ref.claim].content)
    return [
        ref
        for ref in group
        if not any(
            _within(claims[ref.digest, ref.claim].content, other) for other in contents[ref.digest]
        )
    ]


def _within(content: Spans, other: Spans) -> bool:
    """Whether *content* is a smaller part of *other*."""
    return content != other and all(any(span in whole for whole in other) for span in content)


def _copied(
    links: Joined, group: Sequence[ClaimRef], claims: Mapping[tuple[str, str], Told]
) -> dict[str, set[str]]:
    """Return the articles whose every account of the claim stands in copied text, and of whom."""
    carriers = {ref.digest for ref in group}
    originals: dict[str, set[str]] = {}
    own: set[str] = set()
    for ref in group:
        content = claims[ref.digest, ref.claim].content
        found = {
            reuse.original
            for reuse in links.copies.get(ref.digest, ())
            if reuse.original in carriers
            and any(mine.overlaps(span) for mine, _ in reuse.passages for span in content)
        }
        if found:
            originals.setdefault(ref.digest, set()).update(found)
        else:
            own.add(ref.digest)
    return {digest: found for digest, found in originals.items() if digest not in own}


def _told(links: Joined, brief: Brief, claim: Told) -> Iterator[tuple[Node, Node]]:
    """Yield the ways of *claim* in one article: into its sources, and from them to the article."""
    known = {source.id: source for source in brief.sources}
    ways = _ways(brief, claim, known)
    wire = _wire(links, brief)

    def node(id: str) -> Node:
        if id != ARTICLE:
            found = links.identity.of(brief.digest, known[id])
            return found[:-1] if links.identity.is_known(found) else found
        return wire or _article(brief.digest)

    for source, target in ways.edges:
        if node(source) != node(target):
            yield node(source), node(target)
    for source in ways:
        if served := links.serves.get((brief.digest, source)):
            yield ("known", *served), node(source)
    for source in ways:
        if not any(ways.successors(source)) and node(source) != node(ARTICLE):
            yield node(source), node(ARTICLE)
    if wire is not None:
        yield wire, _article(brief.digest)


def _ways(brief: Brief, claim: Told, known: Mapping[str, Known]) -> "nx.DiGraph[str]":
    """Return the flows of one article that *claim* went, among its sources.

    What a document tells it has from its author whole; what somebody has from another is what the
    sentence says, not all else that he says in the article.
    """
    down: nx.DiGraph[str] = nx.DiGraph()
    down.add_nodes_from(claim.saying)
    up = nx.DiGraph(down)
    for flow in brief.flows:
        down.add_edge(flow.source, flow.target)
        whole = flow.target in known and known[flow.target].type.is_artefact
        if whole or _tells(flow, claim):
            up.add_edge(flow.source, flow.target)
    above, below = set(claim.saying), set(claim.saying)
    for source in claim.saying:
        above |= nx.ancestors(up, source)
        below |= nx.descendants(down, source)
    ways = nx.DiGraph(up.subgraph(above))
    ways.add_edges_from(
        (source, target)
        for source, target in down.subgraph(below).edges
        if target not in claim.saying
    )
    return ways


def _wire(links: Joined, brief: Brief) -> Node | None:
    """Return the agency through which all comes that *brief* has, if it is copy of one."""
    if brief.wire is None or brief.wire == brief.outlet:
        return None
    return ("known", *brief.wire)


def _join_publishers(links: Joined, graph: "nx.DiGraph[Node]", carriers: set[str]) -> None:
    """Lead from each article to its publisher where another credits that for the claim."""
    for digest in sorted(carriers):
        outlet = links.briefs[digest].outlet
        node: Node = ("known", *outlet) if outlet else ()
        if outlet and node in graph and not graph.has_edge(node, _article(digest)):
            graph.add_edge(_article(digest), node)


def _namesakes(graph: "nx.DiGraph[Node]") -> dict[Node, Node]:
    """Return for each source the one that it is: within a claim, one name is one source.

    So is a surname or a first name alone the one person who bears it, and who has a middle name
    is who is called the same without it.
    """
    sources = sorted(node for node in graph if node[0] == "known")
    bearers: dict[str, Node] = {}
    for node in sources:
        bearers.setdefault(node[2], node)
    called = {node: bearers.get(_without_middle(node), bearers[node[2]]) for node in sources}
    surnames: dict[str, set[Node]] = {}
    first_names: dict[str, set[Node]] = {}
    for node, bearer in called.items():
        if _is_person(node) and " " in node[2]:
            surnames.setdefault(node[2].rpartition(" ")[2], set()).add(bearer)
            first_names.setdefault(node[2].partition(" ")[0], set()).add(bearer)
    for node in sources:
        may = surnames.get(node[2]) or (first_names.get(node[2]) if _is_person(node) else None)
        if may and len(may) == 1:
            called[node] = next(iter(may))
    return called


def _is_person(node: Node) -> bool:
    return node[1] == SourceType.PERSON.value


def _without_middle(node: Node) -> str:
    """Return the name of a source, that of a person without middle names that are spelled out."""
    words = node[2].split()
    if len(words) < 3 or not _is_person(node) or min(map(len, words[1:-1])) < 3:
        return node[2]
    return f"{words[0]} {words[-1]}"


def _named(links: Joined, line: Sequence[set[Node]]) -> tuple[str, ...]:
    """Return the names of the origins of a line that have one and had it first."""
    alone = (min(part) for part in line if len(part) == 1)
    return tuple(sorted(name_of(links, one) for one in alone if links.identity.is_known(one)))


def _pivots(
    links: Joined, graph: "nx.DiGraph[Node]", roots: Sequence[Node], carriers: Sequence[str]
) -> tuple[Node, ...]:
    """Return the named sources that dominate the reader (Lengauer and Tarjan, TOPLAS 1979)."""
    if not roots:
        return ()
    whole = nx.DiGraph(graph)
    whole.add_edges_from((_ROOT, root) for root in roots)
    whole.add_edges_from((_article(digest), _READER) for digest in carriers)
    above = nx.immediate_dominators(whole, _ROOT)
    found: list[Node] = []
    node = above.get(_READER, _ROOT)
    while node is not None and node != _ROOT:
        if links.identity.is_known(node):
            found.append(node)
        node = above[node]
    return tuple(reversed(found))


def pivots_of(links: Joined, found: Iterable[Standing]) -> Counter[Node]:
    """Return how often each source is a pivot: itself, and nobody else of its name."""
    counts: Counter[Node] = Counter()
    for one in found:
        wanted = set(one.through)
        if not wanted:
            continue
        here = {
            node
            for digest in dict.fromkeys(ref.digest for ref in one.claims)
            for source in links.briefs[digest].sources
            if (node := links.identity.of(digest, source))[:-1] in wanted
        }
        counts.update(here)
    return counts


def _article(digest: str) -> Node:
    return ("article", digest)


def _when(brief: Brief) -> tuple[str, str]:
    """Return when *brief* was published for sorting, those without a date last."""
    return brief.published or "9", brief.digest


def _names(links: Joined, part: set[Node]) -> tuple[str, ...]:
    """Return the names of the sources in *part*, of the articles if there is nobody else."""
    sources = {node for node in part if node[0] != "article"}
    return tuple(sorted({name_of(links, node) for node in sources or part}))
