"""Hops, disputes and events as plain sentences: pieces that are names and pieces that are words.

A piece that names a source is its id after ``@``; the page puts the name in its place and makes it
something to click on.
"""

import re
from collections.abc import Mapping

from provenance.common.wordlists import read_words
from provenance.graph import READ_AS, dispute_words, doubt, quoted
from provenance.model import (
    ARTICLE,
    Certainty,
    CustodyEvent,
    Dispute,
    EventRole,
    Flow,
    FlowKind,
    Source,
    SourceGraph,
    SourceType,
)

_NUMBERED = re.compile(r"\d+-[a-z]")
_COMMA = re.compile(r"[,;](?=['’”\"]+$)")
_SINGLE = str.maketrans('“”"', "‘’'")
_TYPED = "''"
"""A quotation mark as some wires type it."""
Pieces = list[str]
Sources = Mapping[str, Source]

_DETERMINERS = read_words("provenance.view", "words.toml", "sentences", "determiners")

EVENTS = {
    "creation": "was made",
    "interception": "was intercepted",
    "theft": "was stolen",
    "leak": "was leaked",
    "posting": "was posted",
    "publication": "was published",
    "obtaining": "was obtained",
    "transfer": "was handed over",
    "discovery": "was traced",
    "first_report": "was first reported",
    "interview": "was given",
    "republication": "was republished",
    "authentication": "was authenticated",
    "denial": "was denied",
}
_ROLES = {
    EventRole.AGENT: "by",
    EventRole.ORIGIN: "from",
    EventRole.CHANNEL: "on",
    EventRole.RECIPIENT: "to",
}


def within(words: str) -> str:
    """Return *words* as they stand within quotation marks: with single ones of their own."""
    return words.replace(_TYPED, '"').translate(_SINGLE)


def unquoted(text: str) -> str:
    """Return the words of a claim without what would stand twice: its own quotation marks."""
    words = text.replace(_TYPED, '"').removeprefix("that ").strip()
    words = _paired(_COMMA.sub("", words))
    inner = words[1:-1]
    whole = words[:1] in '“"' and words[-1:] in '”"' and not {*inner} & {*'“”"'}
    return (inner if whole else words).strip().rstrip(",;")


def _paired(words: str) -> str:
    """Return *words* without a mark at an end that has no other: its sentence has that."""
    if " … " in words:
        return words
    opened, closed = words.count("“"), words.count("”")
    odd = words.count('"') % 2 == 1
    first, last = words[:1], words[-1:]
    if (first == "“" and opened > closed) or (first == '"' and odd):
        return words[1:]
    if (last == "”" and closed > opened) or (last == '"' and odd):
        return words[:-1]
    return words


def tell_flow(flow: Flow, sources: Sources) -> Pieces:
    """Return one hop as a sentence about its downstream end."""
    verb = " ".join(filter(None, [doubt(flow.score), _verb(flow, sources)]))
    upstream = article_of(sources.get(flow.source))
    verb = f"{verb} {upstream}" if upstream else verb
    pieces = [*_subject(sources.get(flow.target)), f"@{flow.target}", verb, f"@{flow.source}"]
    who = sources.get(flow.source)
    pieces += ["(unnamed)"] if who and who.type is SourceType.UNNAMED else []
    return pieces + _hedge(flow.certainty) + _finders(flow)


def article_of(source: Source | None) -> str:
    """Return "the" for what only a description names: "the memo", "the police"."""
    if source is None or source.type in (SourceType.UNNAMED, SourceType.NEWS_OUTLET):
        return ""
    name = source.name
    plain = name[:1].islower() or _NUMBERED.match(name)
    described = name == name.lower() if source.type.is_agent else plain
    return "the" if described and name.split()[0] not in _DETERMINERS else ""


def _subject(source: Source | None) -> Pieces:
    return ["The"] if article_of(source) else []


_HAD = {
    SourceType.STATEMENT: "carries the words of",
    SourceType.CHANNEL: "carries what came from",
    SourceType.DOCUMENT: "came from",
    SourceType.INTERCEPT: "came from",
}
"""What a thing of a type did that somebody told something to; who is no thing had word."""


def _verb(flow: Flow, sources: Sources) -> str:
    target = sources.get(flow.target)
    if flow.kind is FlowKind.REPORTED_BY:
        if flow.target == ARTICLE:
            return "quotes"
        return _HAD.get(target.type, "had word from") if target else "had word from"
    upstream = sources.get(flow.source)
    if target and upstream and upstream.type is SourceType.CHANNEL:
        return "had it by way of" if target.type.is_agent else "came by way of"
    if target and not target.type.is_agent and upstream and upstream.type.is_agent:
        return "came out of"
    return "drew on"


def told_against(graph: SourceGraph, dispute: Dispute) -> tuple[str, str]:
    """Return what stands before and behind the source of *dispute*: the text's own words for it."""
    words = dispute_words(graph, dispute)
    if words and words in [quoted(graph, span) for span in dispute.evidence]:
        return "the article says of", f": “{within(words).rstrip('.')}”,"
    return "", f"“{within(words)}”," if words else ""


def tell_dispute(graph: SourceGraph, dispute: Dispute) -> Pieces:
    """Return a dispute in the text's own words, and what they are read as."""
    ends = {one.id: one for one in graph.sources if one.id in (dispute.source, dispute.target)}
    before, told = told_against(graph, dispute)
    who = " ".join(filter(None, [before, article_of(ends.get(dispute.source))]))
    target = article_of(ends.get(dispute.target))
    read = " ".join(filter(None, [doubt(dispute.score), READ_AS[dispute.stance], target]))
    pieces = [who[:1].upper() + who[1:], f"@{dispute.source}", told, read, f"@{dispute.target}"]
    return [*filter(None, pieces), *_hedge(dispute.certainty), *_finders(dispute)]


def tell_event(event: CustodyEvent) -> Pieces:
    """Return a custody event as a sentence about its artefact."""
    named = [one for one in event.participants if one.source_id]
    pieces = [f"@{one.source_id}" for one in named if one.role is EventRole.ARTEFACT][:1]
    pieces = [*(pieces or ["something"]), EVENTS[event.kind.value]]
    for one in named:
        if one.role in _ROLES:
            pieces += [_ROLES[one.role], f"@{one.source_id}"]
    if event.place:
        pieces.append(f"at {event.place}")
    if event.date:
        pieces.append(f"({event.date})")
    return pieces + _hedge(event.certainty)


def _hedge(certainty: Certainty) -> Pieces:
    return [] if certainty.rank <= Certainty.REPORTED.rank else [f"— {certainty.value}"]


def _finders(found: Flow | Dispute) -> Pieces:
    """Return which of several extractors found it, and which found the contrary."""
    if not found.found_by:
        return []
    alone = " alone" if len(found.found_by) == 1 else ""
    told = f"— found by {' and '.join(found.found_by)}{alone}"
    return [told, *(f"— {name} found the contrary" for name in found.denied_by)]
