"""A chain of custody as one plain sentence, from the reader back to the origin."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provenance.common.wordlists import read_words
from provenance.graph import (
    claim_sentence,
    doubt,
    findings,
    fuller,
    quoted,
    sentence_of,
)
from provenance.model import (
    ARTICLE,
    CargoKind,
    Certainty,
    Chain,
    Claim,
    CustodyEvent,
    EventKind,
    EventRole,
    Flow,
    FlowKind,
    Source,
    SourceGraph,
    SourceType,
    Span,
    Stance,
)
from provenance.view.occasions import setting
from provenance.view.telling_names import is_general, is_obscure
from provenance.view.wording import (
    EVENTS,
    Pieces,
    article_of,
    read_as,
    told_against,
    unnamed,
    unquoted,
    within,
)

_HEDGES = {
    Certainty.ALLEGED: "allegedly",
    Certainty.SPECULATIVE: "possibly",
    Certainty.DENIED: "though this is denied,",
}
_SHORT = 4
"""Words that a claim has at the least that is told where others could be."""
_SPOKEN = "in the words of"
_ENDS = tuple(".!?”\"'’")
_STRAY = re.compile(r"^[-–—•*] |(?<=[.!?]) (?:[\"“”]|'')$")
"""A mark around a sentence that is none of its own: of a list, or of a quotation elsewhere."""
_CREDIT = 6
"""Words that a line has at the most that only credits an agency: "OSLO, Oct. 8 (AP)"."""
_ASKING = read_words("provenance.view", "words.toml", "sentences", "asking")
_RELATIVE = read_words("provenance.view", "words.toml", "sentences", "relative")
_PREPOSITIONS = {EventRole.ORIGIN: "from", EventRole.CHANNEL: "on", EventRole.AGENT: "by"}
_FIRST = {Stance.DENIES: "However,", Stance.DOUBTS: "However,", Stance.CONFIRMS: "Besides,"}
_UNTOLD = frozenset({EventKind.DENIAL, EventKind.AUTHENTICATION, EventKind.INTERVIEW})
"""Events that say nothing of how an artefact came from its upstream source."""


@dataclass(frozen=True, slots=True)
class _Index:
    """A graph, looked up once for all of its chains."""

    graph: SourceGraph
    sources: Mapping[str, Source]
    events: Mapping[str, list[CustodyEvent]]
    claims: Mapping[str, Claim]
    bearing: Mapping[str, Sequence[int]]
    leading: frozenset[str]


def _index(graph: SourceGraph) -> _Index:
    events: dict[str, list[CustodyEvent]] = {}
    for event in graph.events:
        for one in event.participants:
            if one.role is EventRole.ARTEFACT:
                events.setdefault(one.source_id, []).append(event)
    points = findings(graph).points
    return _Index(
        graph,
        {source.id: source for source in graph.sources},
        events,
        {claim.id: claim for claim in graph.claims},
        {point.id: point.disputes for point in points},
        frozenset(point.id for point in points if point.leads),
    )


def tell_chains(graph: SourceGraph, chains: Iterable[Chain]) -> list[Pieces]:
    """Return each chain as a sentence, its gaps and who disputes what it runs through included."""
    index = _index(graph)
    return [_tell(index, chain) for chain in chains]


def tell_claims(graph: SourceGraph) -> list[Pieces]:
    """Return each claim of *graph* as a sentence with those who make it."""
    index = _index(graph)
    return [_tell_claim(index, claim) for claim in graph.claims]


def _tell_claim(index: _Index, claim: Claim) -> Pieces:
    ids = [id_ for id_ in claim.sources if id_ in index.sources]
    sentence = claim_sentence(index.graph, claim, ids)
    if not ids or sentence:
        return _of(index, {id_: [] for id_ in ids}, [sentence or claim.text])
    named = _listed([_named(index, "", id_) for id_ in ids])
    return ["According to", *named, _told(claim)]


def told_claims(graph: SourceGraph, chains: Iterable[Chain]) -> list[str]:
    """Return the id of the claim that the sentence of each chain tells, "" where it tells none."""
    index = _index(graph)
    found = (_claim(index, chain) for chain in chains)
    return [claim.id if claim else "" for claim in found]


def _tell(index: _Index, chain: Chain) -> Pieces:
    claim = _claim(index, chain)
    way = _way(index, chain, "according to" if claim else "by way of")
    told = _told(claim) if claim else _credited(index, chain)
    cut = claim and claim_sentence(index.graph, claim, _ids(chain))
    first = index.sources.get(way[1][1:])
    place = first is not None and first.type is SourceType.CHANNEL
    if cut or not told or place or _is_obscure(index, way[1][1:]):
        about = _about(index, chain, claim)
        way, told = (about, "") if about else (way, told or ".")
    return [*way, *filter(None, [told]), *_disputed(index, chain)]


def _way(index: _Index, chain: Chain, how: str) -> Pieces:
    """Return the words for the hops of *chain*, from the reader back.

    Who speaks on an occasion or a channel is named with it: "according to Lee on Twitter".
    """
    hops = [
        hop
        for hop in reversed(chain.flows)
        if hop.target != ARTICLE and not _says_itself(index, hop)
    ]
    last = chain.flows[-1]
    nodes = [last.source if last.target == ARTICLE else hops[0].target]
    link = _capital(_hedged(last, how) if last.target == ARTICLE else how)
    nodes += [hop.source for hop in hops]
    pieces: Pieces = []
    at = 0
    while at < len(nodes):
        spoken = hops[at] if at < len(hops) and _is_spoken(index, hops[at]) else None
        if spoken:
            where = _hedged(spoken, setting(index.graph, index.sources[spoken.target], spoken))
            if (own := doubt(spoken.score)) in link.casefold():  # said once is enough
                where = where.removeprefix(f"{own} ")
            pieces += [*_named(index, link, spoken.source), *_left_out(chain, spoken.source)]
            pieces += [*_named(index, where, spoken.target), *_left_out(chain, spoken.target)]
            at += 1
        else:
            pieces += [*_named(index, link, nodes[at]), *_left_out(chain, nodes[at])]
        link = _link(index, hops[at]) if at < len(hops) else ""
        at += 1
    return pieces


def _says_itself(index: _Index, hop: Flow) -> bool:
    """Whether the name of a thing says whose it is: "Ms Hart's letter", "the letter from Hart"."""
    thing, maker = index.sources.get(hop.target), index.sources.get(hop.source)
    if thing is None or maker is None or thing.type.is_agent:
        return False
    own = re.escape(maker.name.split()[-1])
    whole = re.escape(maker.name)
    return bool(re.search(rf"{own}['’]s |\b(?:by|from) (?:the )?{whole}\b", thing.name))


def _is_spoken(index: _Index, hop: Flow) -> bool:
    return _words_of(index, hop) == _SPOKEN


def _hedged(flow: Flow, words: str) -> str:
    """Return *words* with the doubt about *flow*; what the article leaves open is weak enough."""
    hedge = _HEDGES.get(flow.certainty, "")
    own = "" if flow.certainty is Certainty.SPECULATIVE else doubt(flow.score)
    return " ".join(filter(None, [own, hedge, words]))


def _about(index: _Index, chain: Chain, claim: Claim | None) -> Pieces:
    """Return what the article says of those along *chain*, where no claim can be told by itself.

    What its sentence says, it says of them; what they are to each other, and whether they are
    named, the reader sees there.
    """
    spans = _passages(index, chain, claim)
    ids = [chain.origin, *(flow.target for flow in chain.flows if flow.target != ARTICLE)]
    gaps = {id_: _left_out(chain, id_) for id_ in reversed(ids)}
    nobody = not _telling_names(index, gaps)
    spans = [fuller(index.graph, span, always=nobody) for span in spans]
    said = [told for span in spans if (told := quoted(index.graph, span))]
    return _of(index, gaps, said) if said else []


def _passages(index: _Index, chain: Chain, claim: Claim | None) -> list[Span]:
    """Return the sentences that tell of all hops along *chain*, as few as there are."""
    first = claim and sentence_of(index.graph, claim, _ids(chain))
    own = [one.name.split("-") for one in chain.cargo if one.kind is CargoKind.SENTENCE]
    spans = [Span(int(start), int(end)) for start, end in own]
    last = chain.flows[-1]
    found = [first] if first else [_best(index, last, spans)] if spans else []
    shared = set.intersection(*({*flow.evidence} for flow in chain.flows))
    found = found or sorted(shared)[:1]
    for flow in chain.flows:
        if not any(span.overlaps(one) for span in flow.evidence for one in found):
            found.append(_best(index, flow, flow.evidence))
    return sorted(found)


def _best(index: _Index, flow: Flow, spans: Iterable[Span]) -> Span:
    """Return that of *spans* which names both ends of *flow*, or one, or none, by their names."""
    ends = [index.sources[one] for one in (flow.source, flow.target) if one in index.sources]

    def unnamed(span: Span) -> tuple[int, Span]:
        return sum(not _is_named(index.graph, one, span) for one in ends), span

    return min(spans, key=unnamed)


def _is_named(graph: SourceGraph, source: Source, where: Span) -> bool:
    """Whether *source* is called there by a word of its name, not "it" or "the reports"."""
    name = {*source.name.casefold().split()}
    mentions = [quoted(graph, one) for one in source.mentions if one in where]
    return any(not name.isdisjoint(one.casefold().split()) for one in mentions)


def _of(index: _Index, gaps: Mapping[str, Pieces], said: Iterable[str]) -> Pieces:
    """Return as a sentence what the article says of some sources."""
    kept = _telling_names(index, gaps)
    named = [[*_named(index, "" if n else "Of", id_)[:2], *gaps[id_]] for n, id_ in enumerate(kept)]
    quotes = [within(_STRAY.sub("", " ".join(one.split()))) for one in said]
    told = "".join(f"“{one}” … " for one in quotes[:-1]) + _ended(quotes[-1])
    return [*_listed(named), "the article says:" if named else "The article says:", told]


def _telling_names(index: _Index, ids: Iterable[str]) -> list[str]:
    """Return those of *ids* whose names say something without the sentence."""
    known = index.sources
    return [i for i in ids if i not in known or not (_is_obscure(index, i) or is_general(known[i]))]


def _listed(named: Sequence[Pieces]) -> Pieces:
    """Return names with commas and an "and" between them."""
    pieces: Pieces = []
    for number, one in enumerate(named):
        joint = "" if not number else "and" if number == len(named) - 1 else ","
        pieces += [joint, *one]
    return [piece for piece in pieces if piece]


def _ended(told: str) -> str:
    """Return *told* in quotation marks, with a full stop behind them where it has none."""
    return f"“{told}”" if told.rstrip("'’ ").endswith((".", "!", "?")) else f"“{told}”."


def _is_obscure(index: _Index, id_: str) -> bool:
    return id_ in index.sources and is_obscure(index.graph, index.sources[id_])


def _capital(words: str) -> str:
    """Return *words* as a sentence begins, those in brackets, too: "[Probably] according to"."""
    at = words.startswith("[")
    return words[:at] + words[at].upper() + words[at + 1 :]


def _ids(chain: Chain) -> set[str]:
    return {chain.origin, *(flow.target for flow in chain.flows)}


def _claim(index: _Index, chain: Chain) -> Claim | None:
    """Return what of all that travels along *chain* is told: what says most by itself."""
    claims = [index.claims[one.name] for one in chain.cargo if one.name in index.claims]
    leading = [claim for claim in claims if claim.id in index.leading]
    if leading or not claims:
        return next(iter(leading), None)

    def alone(claim: Claim) -> tuple[bool, bool]:
        short = len(claim.text.split()) < _SHORT
        return bool(claim_sentence(index.graph, claim, _ids(chain))) or short, short

    return min(claims, key=alone)


def _credited(index: _Index, chain: Chain) -> str:
    """Return the line that credits the one source of *chain*: "OSLO, Oct. 8 (AP)"."""
    source = index.sources.get(chain.origin)
    if len(chain.flows) > 1 or source is None or source.type is not SourceType.NEWS_OUTLET:
        return ""
    line = " ".join(quoted(index.graph, min(chain.flows[0].evidence)).split())
    credits = 0 < len(line.split()) <= _CREDIT and line[-1] not in _ENDS
    return f"; the article says: “{within(line)}”" if credits else ""


def _told(claim: Claim) -> str:
    """Return a claim as the article words it."""
    return f", as the article puts it: {_ended(within(unquoted(claim.text)))}"


def _named(index: _Index, words: str, id_: str) -> Pieces:
    """Return *words* and the source: a thing that only a description names gets its article."""
    source = index.sources.get(id_)
    if source is None:
        return [words, f"@{id_}"]
    named = [" ".join(filter(None, [words, article_of(index.graph, source)])), f"@{id_}"]
    return [*named, *unnamed(index.graph, source)]


def _left_out(chain: Chain, id_: str) -> Pieces:
    reasons = [gap.reason for gap in chain.gaps if gap.source == id_]
    return [f"({'; '.join(dict.fromkeys(reasons))})"] if reasons else []


def _link(index: _Index, hop: Flow) -> str:
    """Return the words between the downstream end of *hop* and its upstream end, with its doubt."""
    who, _, rest = _words_of(index, hop).partition(" ")
    if who not in _RELATIVE:
        return f", {_hedged(hop, f'{who} {rest}'.strip())}"
    own, _, hedged = _hedged(hop, rest).rpartition("] ")
    own = f" {own}]" if own else ""
    aside = "," if hop.certainty is Certainty.DENIED else ""
    return f", {who}{own}{aside} {hedged}"


def _words_of(index: _Index, hop: Flow) -> str:
    """Return what the downstream end of *hop* is to its upstream end."""
    upstream, downstream = index.sources.get(hop.source), index.sources.get(hop.target)
    if upstream and not _ASKING.isdisjoint(upstream.name.casefold().split()):
        return "which had it from"
    types = (upstream.type if upstream else None, downstream.type if downstream else None)
    return _happened(index.events.get(hop.target, ()), hop, types[0]) or _plainly(hop.kind, *types)


def _happened(events: Iterable[CustodyEvent], hop: Flow, upstream: SourceType | None) -> str:
    """Return what the text says happened to the artefact *hop.target* through *hop.source*."""
    told = (
        _deed(event, one.role, upstream)
        for event in events
        if event.kind not in _UNTOLD
        for one in event.participants
        if one.source_id == hop.source and one.role in _PREPOSITIONS
    )
    return next(told, "")


def _deed(event: CustodyEvent, role: EventRole, upstream: SourceType | None) -> str:
    if event.kind is EventKind.DISCOVERY:
        return "traced by" if role is EventRole.AGENT else "traced to"
    if event.kind is EventKind.PUBLICATION and role is EventRole.ORIGIN:
        return "from" if upstream is None or upstream.is_agent else "drawing on"
    return f"{EVENTS[event.kind.value].removeprefix('was ')} {_PREPOSITIONS[role]}"


def _plainly(kind: FlowKind, upstream: SourceType | None, downstream: SourceType | None) -> str:
    if upstream is None or upstream.is_agent:
        if downstream in (SourceType.STATEMENT, SourceType.CHANNEL):
            return _SPOKEN
        if downstream is not None and not downstream.is_agent and kind is FlowKind.DERIVED_FROM:
            return "which came from"
        who = "who" if downstream in (SourceType.PERSON, SourceType.UNNAMED) else "which"
        return f"{who} had it from"
    if upstream is SourceType.CHANNEL:
        return "by way of"
    return "citing" if downstream is None or downstream.is_agent else "drawing on"


def _disputed(index: _Index, chain: Chain) -> Pieces:
    """Return who disputes what comes along *chain*, each in the text's own words."""
    ids = _ids(chain)
    points = [index.bearing.get(one.name, ()) for one in chain.cargo]
    numbers = dict.fromkeys(number for numbers in points for number in numbers)
    pieces: Pieces = []
    for one in (index.graph.disputes[number] for number in numbers):
        if one.source in ids or one.target not in ids:
            continue
        before, told = told_against(index.graph, one)
        first = " ".join(filter(None, [_FIRST[one.stance], before]))
        pieces += [*_named(index, first, one.source)[:2], told]
        meant = read_as(one.stance, index.sources.get(one.target))
        read = " ".join(filter(None, [doubt(one.score), meant]))
        pieces += [*_named(index, read, one.target), "."]
    return [piece for piece in pieces if piece]
