"""Decide which outlet "the paper", "the agency", "the station's news desk" stands for."""

from provenance.model import AGENTS, Mention, SourceType
from provenance.resolution.clusters import Board, Cluster, content_words, nearest
from provenance.resolution.name_words import groups, words

FAR = 500
"""Code points that a role looks back for whoever has it."""
_GENERIC = words("titles", "generic")
_KINDS = {kind: frozenset(own) for kind, own in groups("presses").items()}
_STUDIES = words("descriptions", "studies")
AGENCY, PAPER = "agency", "paper"
OWN = "this "
"""So the article speaks of the outlet that prints it, which is no source of its own."""


def house_of(mention: Mention, board: Board) -> Cluster | None:
    """Return the outlet whose place of work *mention* is: "the station's news desk"."""
    for cluster in board.near(mention.span.end, mention.span.end - mention.span.start + 1):
        owns = any(m.span != mention.span and m.span in mention.span for m in cluster.mentions)
        if owns and cluster.type() is SourceType.NEWS_OUTLET:
            return cluster
    return None


def outlet_meant(
    mention: Mention, text: str, noun: str, board: Board, speaks: bool
) -> Cluster | None:
    """Return the outlet that "the news agency" is: of several, one is meant where it speaks.

    A station is no paper, and an agency of no known wire is an office.
    """
    outlets = [c for c in board.clusters if c.is_named and c.type() is SourceType.NEWS_OUTLET]
    if content_words(text) - _GENERIC - {noun}:
        return None
    if text.casefold().startswith(OWN):  # it is named as well where the article is about it
        own = [c for c in outlets if len({m.sentence for m in c.mentions}) > 1]
        return max(own, key=lambda c: (len(c.mentions), -c.number), default=None)
    at = mention.span.start
    named = _of_kind(noun, [c for c in outlets if c.last_before(at) >= 0])
    before = [c for c in named if at - c.last_before(at) < FAR]
    sole = len(named) == 1 and (mention.type is SourceType.NEWS_OUTLET or noun == PAPER)
    return nearest(before, at) if speaks or sole else None


def printer(mention: Mention, text: str, board: Board, speaks: bool) -> Cluster | None:
    """Return the newspaper that "the paper" is, None where a paper to be read is meant."""
    at = mention.span.start
    read = [c for c in board.with_head(_STUDIES) if c.type() not in AGENTS]
    bare = text.casefold() in {PAPER, f"the {PAPER}", f"this {PAPER}"}
    if not (bare and mention.definite) or mention.plural or nearest(read, at) is not None:
        return None
    return outlet_meant(mention, text, PAPER, board, speaks)


def _of_kind(noun: str, outlets: list[Cluster]) -> list[Cluster]:
    """Return those of *outlets* that *noun* may be said of; surely so called ones if there are."""
    kind = next((k for k, own in _KINDS.items() if noun in own), None)
    if kind is None:
        return outlets
    sure = [c for c in outlets if _is_of(c, kind)]
    unknown = [c for c in outlets if not any(_is_of(c, one) for one in _KINDS)]
    return sure or ([] if noun == AGENCY else unknown)


def _is_of(cluster: Cluster, kind: str) -> bool:
    said = (*cluster.names, *cluster.texts, *cluster.noted)
    return any(word.casefold() in _KINDS[kind] for text in said for word in text.split())
