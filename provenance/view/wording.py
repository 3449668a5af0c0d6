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
    Article,
    Certainty,
    CustodyEvent,
    Dispute,
    EventRole,
    Flow,
    FlowKind,
    Source,
    SourceGraph,
    SourceType,
    Stance,
)

_NUMBERED = re.compile(r"\d+-[a-z]")
_OWNED = re.compile(r"\S+(?:['’]s|s['’]) ")
_LAST = re.compile(r"\b([a-z]+) $")
_COMMA = re.compile(r"[,;](?=['’”\"]+$)")
_SINGLE = str.maketrans('“”"', "‘’'")
_TYPED = "''"
"""A quotation mark as some wires type it."""
Pieces = list[str]
Sources = Mapping[str, Source]

_DETERMINERS = read_words("provenance.view", "words.toml", "sentences", "determiners")
_ARTICLES = read_words("provenance.view", "words.toml", "sentences", "articles")
_ARTICLED = read_words("provenance.view", "words.toml", "sentences", "articled")
_INCLUDES = read_words("provenance.view", "words.toml", "sentences", "includes")
_INCLUDING = re.compile(rf" (?:{'|'.join(sorted(_INCLUDES))})\b")
_BEFORE = 14
"""Characters before a name in which its article stands, and behind it in which some are named."""

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


def tell_flow(graph: SourceGraph, sources: Sources, flow: Flow) -> Pieces:
    """Return one hop between *sources*, by their ids, as a sentence about its downstream end."""
    who = sources.get(flow.source)
    verb = _joined(doubt(flow.score), _verb(flow, sources), article_of(graph, who))
    first = article_of(graph, sources.get(flow.target)).capitalize()
    pieces = [*filter(None, [first]), f"@{flow.target}", verb, f"@{flow.source}"]
    pieces += unnamed(graph, who)
    return pieces + _hedge(flow.certainty) + _finders(flow)


def article_of(graph: SourceGraph, source: Source | None) -> str:
    """Return the article that a name asks for: "the Kremlin", "an older member", "the memo".

    A proper name has one if it mostly has in the text; who is not named has the text's first; a
    thing that only a description names has "the".
    """
    if source is None or _DETERMINERS.issuperset(source.name.casefold().split()[:1]):
        return ""
    name, person = source.name, source.type is SourceType.PERSON
    found = [] if person else _articles(graph.article, source)
    if source.type is SourceType.UNNAMED:
        return next(iter(found), "")
    mostly = 2 * found.count("the") >= max(1, len(found)) or name.casefold() in _ARTICLED
    return "the" if mostly or _is_described(source, any(found)) else ""


def unnamed(graph: SourceGraph, source: Source | None) -> Pieces:
    """Return that *source* is not named, if so; of several whom "including" follows, some are."""
    if source is None or source.type is not SourceType.UNNAMED:
        return []
    told = (graph.article.text[one.start : one.end + _BEFORE] for one in source.mentions)
    some = any(_INCLUDING.search(one.casefold()) for one in told)
    return ["(not all are named)" if some else "(unnamed)"]


def _is_described(source: Source, articled: bool) -> bool:
    """Whether no more than a description names *source*: "memo", "group of 14 OAS nations"."""
    name = source.name
    if source.type is SourceType.NEWS_OUTLET or _OWNED.match(name):
        return False
    if source.type.is_agent:
        return name == name.lower() or (name[:1].islower() and articled)
    return name[:1].islower() or _NUMBERED.match(name) is not None


def _articles(article: Article, source: Source) -> list[str]:
    """Return the article before its name wherever *source* is called by that, "" for none."""
    name = source.name.replace("’", "'")
    found = []
    for span in source.mentions:
        begin = max(0, span.start - _BEFORE)
        text = article.text[begin : span.end].replace("’", "'")
        at = text.find(name, span.start - begin)
        if at >= 0 and not (article.headline and span in article.headline):
            before = _LAST.search(text[max(0, at - _BEFORE) : at].casefold())
            found.append(before[1] if before and before[1] in _ARTICLES else "")
    return found


def _joined(*words: str) -> str:
    return " ".join(filter(None, words))


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
    spoken = not any(quoted(graph, one) in words for one in dispute.cues)
    return "", f"{': ' if spoken else ''}“{within(words)}”," if words else ""


def tell_dispute(graph: SourceGraph, sources: Sources, dispute: Dispute) -> Pieces:
    """Return a dispute in the text's own words, and what they are read as."""
    before, told = told_against(graph, dispute)
    who = _joined(before, article_of(graph, sources.get(dispute.source)))
    target = sources.get(dispute.target)
    read = _joined(doubt(dispute.score), read_as(dispute.stance, target), article_of(graph, target))
    pieces = [who[:1].upper() + who[1:], f"@{dispute.source}", told, read, f"@{dispute.target}"]
    return [*filter(None, pieces), *_hedge(dispute.certainty), *_finders(dispute)]


def read_as(stance: Stance, target: Source | None) -> str:
    """Return what the words of a dispute are read as; of somebody, what he says is meant."""
    words = " the words of" if target and target.type.is_agent else ""
    return f"{READ_AS[stance]}{words}"


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
