"""Many articles as one graph of the kind that one article has, so that the same page shows it.

Each article is a source in it, each source that several articles name is one, and the text is what
all of it rests on: under the headline of each article its passages, word for word.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import networkx as nx

from provenance.analysis import Links
from provenance.analysis.briefs import Known
from provenance.graph import findings, said_kind
from provenance.model import (
    ARTICLE,
    Article,
    Claim,
    Dispute,
    Flow,
    Gap,
    JoinedGraph,
    Source,
    SourceGraph,
    SourceType,
    Span,
    Spans,
    Standing,
)

Edge = TypeVar("Edge", Flow, Dispute)
MOST = 150
"""Articles in one picture."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """Many articles as one graph.

    Attributes:
        pages: The digest of each article by the id of the source that it is here.
        communities: The ids of those who have most to do with each other, the largest first.
    """

    graph: SourceGraph
    pages: dict[str, str]
    communities: list[list[str]]


class _Text:
    """What the passages of all articles are together, and where each of them stands in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.paragraphs: list[Span] = []
        self._at = 0
        self._places: dict[tuple[str, Span], Span] = {}

    def add(self, words: str) -> Span:
        """Add a paragraph and return where it stands."""
        plain = words.strip("\n") or "…"
        span = Span(self._at, self._at + len(plain))
        self.parts.append(plain + "\n\n")
        self._at = span.end + 2
        self.paragraphs.append(span)
        return span

    def keep(self, graph: SourceGraph, spans: Iterable[Span]) -> None:
        """Add the passages at *spans* of an article, those that touch as one."""
        for whole in _together(spans):
            new = self.add(graph.article.quote(whole).replace("\n", " "))
            self._places[graph.article.digest, whole] = new

    def moved(self, digest: str, spans: Iterable[Span]) -> Spans:
        """Return where *spans* of an article stand here."""
        found = set()
        for span in spans:
            for (whose, whole), new in self._places.items():
                if whose == digest and whole.start <= span.start and span.end <= whole.end:
                    start = new.start + span.start - whole.start
                    found.add(Span(start, min(start + span.end - span.start, new.end)))
                    break
        return tuple(sorted(found))


def picture(
    links: Links, graphs: Mapping[str, SourceGraph], told: Sequence[Standing], title: str
) -> Picture:
    """Return the articles *graphs*, by digest, as one graph; *links* join them.

    What is *told* are the claims that several of them carry.
    """
    order = list(graphs)
    pages = {digest: f"article-{number}" for number, digest in enumerate(order, 1)}
    names = _Names(links, order)
    text = _Text()
    parts = [_part(graphs[digest], told, text, names, pages[digest]) for digest in order]
    sources: dict[str, Source] = {}
    flows: dict[tuple[str, str], Flow] = {}
    for source in (source for part in parts for source in part.sources):
        sources[source.id] = _joined(sources.get(source.id), source)
    for flow in (flow for part in parts for flow in part.flows if flow.source != flow.target):
        flows[flow.source, flow.target] = _both(flows.get((flow.source, flow.target)), flow)
    for flow in _copies(links, pages, text):
        flows.setdefault((flow.source, flow.target), flow)
    disputes = [one for part in parts for one in part.disputes if one.source != one.target]
    record = JoinedGraph(
        article=_whole(text, title),
        sources=tuple(sources[id_] for id_ in sorted(sources)),
        flows=tuple(flow for _, flow in sorted(flows.items())),
        disputes=tuple(sorted(disputes, key=lambda one: (one.source, one.target, one.stance))),
        claims=tuple(_claims(told, graphs, text, names)),
        run=next(iter(graphs.values())).run,
        gaps=_gaps(graphs, pages, text, names),
    )
    return Picture(record, {id_: digest for digest, id_ in pages.items()}, _communities(record))


def _part(
    graph: SourceGraph, told: Sequence[Standing], text: _Text, names: "_Names", page: str
) -> SourceGraph:
    """Return what an article is in the picture, where it is the source *page*."""
    label = names.label(graph.article)
    heading = text.add(label)
    text.keep(graph, _evidence(graph, told))
    moved = _moved(graph, text, names, page)
    itself = Source(id=page, name=label, type=SourceType.DOCUMENT, mentions=(heading,))
    last = Flow(source=page, target=ARTICLE, kind=_KIND, evidence=())
    return replace(moved, sources=(*moved.sources, itself), flows=(*moved.flows, last))


_KIND = said_kind(SourceType.DOCUMENT)


class _Names:
    """What each source of each article is called here."""

    def __init__(self, links: Links, order: Sequence[str]) -> None:
        self._links = links
        self._known: dict[tuple[str, str], Known] = {}
        self._ids: dict[object, str] = {}
        for digest in order:
            for source in links.briefs[digest].sources:
                self._known[digest, source.id] = source
                node = links.identity.of(digest, source)
                self._ids.setdefault(node, f"{source.id}-{len(self._ids)}")

    def label(self, article: Article) -> str:
        """Return what to call an article: its title, or its first words."""
        title = " ".join(self._links.briefs[article.digest].title.split())
        short = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
        return f"{article.publisher}: {short}" if article.publisher else short

    def id(self, digest: str, source: str, page: str) -> str:
        """Return the id here of a source, or of the article itself."""
        if source == ARTICLE:
            return page
        return self._ids[self._links.identity.of(digest, self._known[digest, source])]


def _moved(graph: SourceGraph, text: _Text, names: _Names, page: str) -> SourceGraph:
    """Return *graph* with ids and places as they are in the picture; *page* is its article."""
    digest = graph.article.digest

    def here(source: str) -> str:
        return names.id(digest, source, page)

    def edge(one: Edge) -> Edge:
        return replace(
            one,
            source=here(one.source),
            target=here(one.target),
            evidence=text.moved(digest, one.evidence),
            cues=text.moved(digest, one.cues),
        )

    return replace(
        graph,
        sources=tuple(
            replace(one, id=here(one.id), mentions=text.moved(digest, one.mentions), wikidata="")
            for one in graph.sources
        ),
        flows=tuple(map(edge, graph.flows)),
        disputes=tuple(map(edge, graph.disputes)),
    )


def _evidence(graph: SourceGraph, told: Sequence[Standing]) -> Iterator[Span]:
    """Yield the passages of an article that something in the picture rests on."""
    for flow in graph.flows:
        yield from flow.evidence
    for dispute in graph.disputes:
        yield from dispute.evidence
    for gap in findings(graph).gaps:
        yield from gap.evidence
    shown = {ref.claim for one in told for ref in one.claims if ref.digest == graph.article.digest}
    for claim in graph.claims:
        if claim.id in shown:
            yield from claim.content


def _claims(
    told: Sequence[Standing], graphs: Mapping[str, SourceGraph], text: _Text, names: _Names
) -> Iterator[Claim]:
    """Yield the claims that several articles make, each once."""
    for number, one in enumerate(told):
        content: list[Span] = []
        sources: set[str] = set()
        certainties = []
        for ref in one.claims:
            for claim in graphs[ref.digest].claims if ref.digest in graphs else ():
                if claim.id == ref.claim:
                    content += text.moved(ref.digest, claim.content)
                    sources |= {names.id(ref.digest, id_, ARTICLE) for id_ in claim.sources}
                    certainties.append(claim.certainty)
        if content:
            yield Claim(
                id=f"claim-{number}",
                text=one.text,
                content=tuple(sorted(set(content))),
                sources=tuple(sorted(sources - {ARTICLE})),
                certainty=min(certainties, key=lambda c: c.rank),
            )


def _gaps(
    graphs: Mapping[str, SourceGraph], pages: Mapping[str, str], text: _Text, names: _Names
) -> tuple[Gap, ...]:
    """Return what the articles leave out, where none that has the source leaves out nothing."""
    found: dict[tuple[str, bool, str], Gap] = {}
    whole: set[str] = set()
    for digest, graph in graphs.items():
        gaps = findings(graph).gaps
        beside = {gap.source for gap in gaps}
        ids = {one.id for one in graph.sources} - beside
        whole |= {names.id(digest, id, pages[digest]) for id in ids}
        for gap in gaps:
            here = names.id(digest, gap.source, pages[digest])
            spans = text.moved(digest, gap.evidence)
            known = found.get((here, gap.upstream, gap.reason))
            evidence = tuple(sorted({*spans, *(known.evidence if known else ())}))
            new = replace(gap, source=here, evidence=evidence)
            found[here, gap.upstream, gap.reason] = new
    kept = (gap for gap in found.values() if gap.source not in whole)
    return tuple(sorted(kept, key=lambda gap: (gap.evidence[:1], gap.source)))


def _copies(links: Links, pages: Mapping[str, str], text: _Text) -> Iterator[Flow]:
    for reuse in links.reuses:
        if reuse.copy in pages and reuse.original in pages:
            spans = text.moved(reuse.copy, (copy for copy, _ in reuse.passages))
            one, other = pages[reuse.original], pages[reuse.copy]
            yield Flow(source=one, target=other, kind=_KIND, evidence=spans)


def _whole(text: _Text, title: str) -> Article:
    words = "".join(text.parts)
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Article(
        name=title,
        text=words,
        digest=digest,
        text_digest=digest,
        title=title,
        paragraphs=tuple(text.paragraphs),
        language="en",
    )


def _communities(graph: SourceGraph) -> list[list[str]]:
    """Return who has most to do with each other (Blondel et al., 2008), alone ones left out."""
    joined: nx.Graph[str] = nx.Graph()
    ends = [(one.source, one.target) for one in graph.flows]
    ends += [(one.source, one.target) for one in graph.disputes]
    joined.add_edges_from(pair for pair in ends if ARTICLE not in pair)
    if not joined:
        return []
    found = nx.community.louvain_communities(joined, seed=0)
    degrees = dict(joined.degree)
    groups = [sorted(one, key=lambda id_: (-degrees[id_], id_)) for one in found if len(one) > 1]
    return sorted(groups, key=lambda one: (-len(one), one))


def _joined(one: Source | None, other: Source) -> Source:
    if one is None:
        return other
    return replace(
        one,
        aliases=tuple(sorted({*one.aliases, *other.aliases, other.name})),
        mentions=tuple(sorted({*one.mentions, *other.mentions})),
    )


def _both(one: Flow | None, other: Flow) -> Flow:
    if one is None:
        return other
    return replace(
        one,
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
        cues=tuple(sorted({*one.cues, *other.cues})),
        certainty=min(one.certainty, other.certainty, key=lambda c: c.rank),
    )


def _together(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
