"""Print what ``prov trace`` shows: chains hop by hop, and reasons; find the source a name means."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from rich.text import Text

from provenance.cli.points import dispute_line, doubts
from provenance.cli.terminal import Names, clean, plural, shortened
from provenance.errors import GraphError
from provenance.graph import claim_sentence, dates_of_flows, quoted
from provenance.graph.custody import count_chains, find_gaps, lone_flows, trace_chains
from provenance.graph.reasons import reasons, told_by, told_second
from provenance.model import (
    Cargo,
    CargoKind,
    Chain,
    Dispute,
    Facet,
    Flow,
    Reason,
    Source,
    SourceGraph,
    Span,
)
from provenance.view.wording import unquoted, within

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
    if reason.facet is not Facet.CERTAINTY:
        line.append(f": by {clean(told_by(reason))}", style="dim")
    if second := told_second(reason):
        line.append(f"; else {clean(second)}", style="dim")
    if words := _evidence(graph, reason.words):
        line.append(f"  {words}", style="magenta")
    yield line
    yield from (
        Text(f"     {quote}", style="dim")
        for quote in (_evidence(graph, (span,)) for span in reason.evidence)
        if quote
    )


def _evidence(graph: SourceGraph, spans: tuple[Span, ...]) -> str:
    """Return the words at *spans*, each once, those left out that were withheld."""
    found = []
    for span in spans:
        try:
            found.append(f"“{clean(graph.article.quote(span))}”")
        except KeyError:
            continue
    each = list(dict.fromkeys(found))
    return ", ".join(each[:_MOST]) + (f" and {len(each) - _MOST} more" if each[_MOST:] else "")


_ARROW = " ▸ "
_MOST_NAMES = 8
_MOST_WORDS = 160


def traced(graph: SourceGraph, source: str | None, *, in_full: bool) -> Iterator[Text]:
    """Yield the lines of the chains in *graph*, of those through *source* if it is given.

    Below each is what it carries; at the end are the hops in no chain, the gaps and, for one
    source, its disputes.
    """
    names = Names(graph)
    chains = trace_chains(graph, source)
    yield Text(clean(graph.article.title or graph.article.name), style="bold")
    for number, chain in enumerate(chains):
        if in_full and number:
            yield Text("")
        yield from _in_full(chain, graph, names) if in_full else [_in_a_line(chain, names)]
        yield from _cargo(chain, graph)
    if not chains:
        yield Text(_no_chain(names, source))
    yield from _alone(graph, source, names, in_full=in_full)
    yield from _gaps(graph, source, chains, names, in_full=in_full)
    if source is not None:
        disputes = [one for one in graph.disputes if source in (one.source, one.target)]
        yield from (_dispute(one, graph, names) for one in disputes)
    else:
        yield from _left_out(graph, chains)


def _cargo(chain: Chain, graph: SourceGraph) -> Iterator[Text]:
    """Yield what travels along *chain*: the first claim, and how many more."""
    texts = cargo_texts(graph, chain.cargo) or list(_quotes(chain.flows[-1], graph))[:1]
    more = f" and {plural(len(texts) - 1, 'claim')} more" if len(texts) > 1 else ""
    if texts:
        yield Text(f"   “{shortened(within(texts[0]), _MOST_WORDS)}”{more}", style="dim")


def cargo_texts(graph: SourceGraph, cargo: Sequence[Cargo]) -> list[str]:
    """Return the words of the claims in *cargo*, or of its sentences where there are none.

    What somebody did not plainly say is told by its sentence: "Lee doubted that the figures hold".
    """
    claims = {claim.id: claim for claim in graph.claims}
    held = [claims[one.name] for one in cargo if one.kind is CargoKind.CLAIM]
    told = [claim_sentence(graph, one) or unquoted(one.text) for one in held]
    spans = [one.name.split("-") for one in cargo if one.kind is CargoKind.SENTENCE]
    found = (quoted(graph, Span(int(begin), int(end))) for begin, end in spans)
    return told or [sentence for sentence in found if sentence]


def _alone(
    graph: SourceGraph, source: str | None, names: Names, *, in_full: bool
) -> Iterator[Text]:
    """Yield the hops that nothing leads on from, one per line."""
    flows = lone_flows(graph, trace_chains(graph))
    flows = tuple(f for f in flows if source is None or source in (f.source, f.target))
    if flows:
        yield Text("Hops alone: the text does not say that anything went on from them", "bold")
    for flow in flows:
        line = Text("  ").append_text(names.styled(flow.source)).append(_ARROW, style="cyan")
        line.append_text(names.styled(flow.target))
        if weak := doubts(flow.certainty, flow.score):
            line.append("  ").append_text(weak)
        yield line
        if in_full:
            yield from (Text(f"     “{quote}”", style="dim") for quote in _quotes(flow, graph))


def _gaps(
    graph: SourceGraph,
    source: str | None,
    chains: Sequence[Chain],
    names: Names,
    *,
    in_full: bool,
) -> Iterator[Text]:
    """Yield what the text leaves out, each once."""
    along = {gap for chain in chains for gap in chain.gaps}
    gaps = [gap for gap in find_gaps(graph) if source is None or gap in along]
    if gaps:
        yield Text(f"{plural(len(gaps), 'gap')}: what the text leaves out", style="bold")
    for gap in gaps:
        yield Text(f"   ? {names.plain(gap.source)}: {clean(gap.reason)}", style="yellow")
        if in_full:
            quotes = (clean(graph.article.quote(span)) for span in gap.evidence)
            yield from (Text(f"     “{quote}”", style="dim") for quote in quotes)


def _in_a_line(chain: Chain, names: Names) -> Text:
    line = names.styled(chain.origin, "bold")
    for flow in chain.flows:
        line.append(_ARROW, style="cyan").append_text(names.styled(flow.target))
    if weak := doubts(chain.certainty, min(flow.score for flow in chain.flows)):
        line.append("  ").append_text(weak)
    return line


def _in_full(chain: Chain, graph: SourceGraph, names: Names) -> Iterator[Text]:
    dates = dict(zip(graph.flows, dates_of_flows(graph), strict=True))
    yield names.styled(chain.origin, "bold")
    for flow in chain.flows:
        line = Text(_ARROW, style="cyan").append_text(names.styled(flow.target))
        kind = flow.kind.value.replace("_", " ")
        when = f", {dates[flow]}" if dates[flow] else ""
        line.append(f"  {kind} {names.plain(flow.source)}{when}", style="dim")
        if weak := doubts(flow.certainty, flow.score):
            line.append(", ").append_text(weak)
        yield line
        yield from (Text(f"     “{quote}”", style="dim") for quote in _quotes(flow, graph))


def _quotes(flow: Flow, graph: SourceGraph) -> Iterator[str]:
    words = (clean(quoted(graph, span)) for span in flow.evidence)
    yield from (one for one in words if one)


def _dispute(dispute: Dispute, graph: SourceGraph, names: Names) -> Text:
    return Text("   ! ", style="red").append_text(dispute_line(graph, dispute, names))


def _no_chain(names: Names, source: str | None) -> str:
    if source is None:
        return "no chain: this article credits nobody"
    return f"no chain runs through {names.plain(source)}"


def _left_out(graph: SourceGraph, chains: Sequence[Chain]) -> Iterator[Text]:
    """Yield how many chains of an origin were too many to print."""
    given: dict[str, int] = {}
    for chain in chains:
        given[chain.origin] = given.get(chain.origin, 0) + 1
    for origin, count in count_chains(graph).items():
        if count is not None and count > given.get(origin, 0):
            more = plural(count - given.get(origin, 0), "chain")
            yield Text(f"and {more} more from {Names(graph).plain(origin)}", style="dim")


def find_sources(graphs: Sequence[SourceGraph], name: str) -> list[tuple[SourceGraph, str]]:
    """Return the source that *name* means in each of *graphs* that has one.

    An exact name comes first, then one with *name* as whole words in it, then one with it anywhere.

    Raises:
        GraphError: There is none, or there are several in one graph.
    """
    found = []
    for graph in graphs:
        matches = _matches(graph, name)
        if len(matches) > 1:
            raise GraphError(f"{name!r} may be several sources: {_listed(matches)}")
        found += [(graph, source.id) for source in matches]
    if not found:
        raise GraphError(f"no source is called {name!r}: {_near(graphs, name)}")
    return found


def _matches(graph: SourceGraph, name: str) -> list[Source]:
    wanted = _plain(name)
    word = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    names = {
        source.id: {_plain(one) for one in _names_of(source) if not _is_anothers(one, wanted)}
        for source in graph.sources
    }
    for fits in (wanted.__eq__, word.search, lambda one: wanted in one):
        if found := [s for s in graph.sources if wanted and any(map(fits, names[s.id]))]:
            return found
    return []


def _is_anothers(name: str, wanted: str) -> bool:
    """Whether *name* says who belongs to *wanted*: "Lee's lawyer", "a lawyer for Lee"."""
    plain = f"{_plain(name)} "
    if f"{wanted}'s " in plain or f"{wanted}' " in plain:
        return True
    for link in ("for", "of", "to"):
        whom, _, who = name.rpartition(f" {link} ")
        if _plain(who) == wanted and any(word[0].islower() for word in whom.split()[-1:]):
            return True
    return False


def _names_of(source: Source) -> tuple[str, ...]:
    return (source.name, *source.aliases, source.id)


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", " ".join(name.casefold().replace("’", "'").split()))


def _near(graphs: Sequence[SourceGraph], name: str) -> str:
    known = {_plain(n): s for g in graphs for s in g.sources for n in _names_of(s)}
    near = get_close_matches(_plain(name), list(known), n=_MOST_NAMES, cutoff=0.6)
    if near:
        return f"near it are {_listed([known[one] for one in near])}"
    return f"there are {_listed([s for g in graphs for s in g.sources])}" if known else "none is"


def _listed(sources: Sequence[Source]) -> str:
    names = list(dict.fromkeys(source.name for source in sources))
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more
