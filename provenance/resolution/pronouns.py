"""Decide whom a pronoun stands for: agreement, then who was speaking, then who stands nearest."""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from provenance.model import AGENTS, Article, Basis, Mention, SourceType, Span
from provenance.resolution.clusters import Board, Cluster, Way
from provenance.resolution.name_words import words
from provenance.resolution.salience import (
    NETWORK,
    features,
    known_gender,
    log_odds,
    salience,
    sure_gender,
)
from provenance.resolution.speaking import (
    FAR,
    JUST,
    PEOPLE,
    Speech,
    brought_in,
    goes_on,
    has_acted,
    last_speaker,
    may_be_person,
)

_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_REASON = re.compile(
    r",? (?:who|whom|speaking|asking|requesting|granted|given|citing)\b[^.;:!?]{1,150}"
    r"\b(?:because|since|as) "
)
_PLURAL = words("pronouns", "plural")
_TWO, _OF_TWO = "both", "both of "
"""These are never one body, as "they" may be."""
_NEUTER = words("pronouns", "neuter")
_MAKERS = words("descriptions", "makers")
_DOING = ("er", "or")
_NO_DOERS = words("descriptions", "no_doers")
_BODIES = {SourceType.ORGANIZATION, SourceType.NEWS_OUTLET}


def word_of(article: Article, mention: Mention) -> str:
    """Return a pronoun lower-cased, "both" where it is of two: "they both", "both of them"."""
    span, text = mention.span, article.text
    around = text[max(0, span.start - len(_OF_TWO)) : span.start].casefold() == _OF_TWO
    two = around or text.startswith(f" {_TWO} ", span.end)
    return _TWO if two else article.quote(span).casefold()


def antecedent(
    word: str,
    mention: Mention,
    board: Board,
    spoken: Mapping[int, int],
    speech: Speech,
    told: Mapping[Span, float],
) -> tuple[Cluster, Way] | None:
    """Return the cluster that a pronoun stands for and what tells it, None where nothing fits.

    Args:
        word: The pronoun, as `word_of` has it.
        mention: Where it stands.
        board: The clusters so far.
        spoken: By the number of a cluster, where it was last credited with something.
        speech: Who is credited with something, and with what.
        told: How well a network thinks that it goes together with the heads of mentions.
    """
    near = list(board.near(mention.span.start, FAR))
    if gender := _GENDER.get(word):
        return _somebody(gender, mention, board, spoken, speech, told)
    if word in _PLURAL:
        return _they(word, near, mention, spoken, speech)
    if word in _NEUTER:
        able = [c for c in near if _may_be_it(c, mention, spoken, speech)]
        return _first(_ranked(able, mention, spoken, speech), "pronoun", Basis.RULE)
    return None


def _they(
    word: str, near: list[Cluster], mention: Mention, spoken: Mapping[int, int], speech: Speech
) -> tuple[Cluster, Way] | None:
    """Return what "they" stands for; a body where there is no group."""
    at, speaks = mention.span.start, mention.span in speech.speakers
    able = _several(word, near, speaks)
    last = max(able, key=lambda c: spoken.get(c.number, -1), default=None)
    just = last is not None and 0 <= at - spoken.get(last.number, -FAR) <= JUST
    if speaks and last is not None and last.plural and just:
        return last, Way("goes on speaking")
    ranked = _ranked(able, mention, spoken, speech, named=0.0)
    return _first(ranked, "pronoun", Basis.RULE)


def _ranked(
    able: Sequence[Cluster],
    mention: Mention,
    spoken: Mapping[int, int],
    speech: Speech,
    named: float = 1.0,
) -> list[Cluster]:
    """Return *able*, the likeliest first; *named* is how much a name speaks for a cluster."""
    if mention.span in speech.handled:
        able = [c for c in able if c.type() not in AGENTS]
        able = [c for c in able if c.type() is not SourceType.CHANNEL] or able
    speaks = mention.span in speech.speakers
    scores = {
        c.number: _salience(c, mention, spoken, speaks=speaks) + named * c.is_named for c in able
    }
    return sorted(able, key=lambda c: (-scores[c.number], c.number))


def reasoner(
    article: Article, word: str, pronoun: Mention, board: Board
) -> tuple[Cluster, Way] | None:
    """Return who gives a reason of his own: "a clerk, who left because she feared ..."."""
    at, gender = pronoun.span.start, gender_of(word)
    people = [
        (m.span.end, c)
        for c in board.near(at, at - pronoun.sentence.start)
        if c.type() in PEOPLE
        for m in c.ordered[: c.before(at)]
    ]
    end, last = max(people, key=lambda row: (row[0], -row[1].number), default=(0, None))
    if last is None or not gender or not _REASON.fullmatch(article.text, end, at):
        return None
    return (last, Way("own reason")) if known_gender(last) in {"", gender} else None


def _somebody(
    gender: str,
    mention: Mention,
    board: Board,
    spoken: Mapping[int, int],
    speech: Speech,
    told: Mapping[Span, float],
) -> tuple[Cluster, Way] | None:
    """Return the person that "he" or "she" stands for: who goes on, just acted, or is likeliest."""
    at = mention.span.start
    if speech.hides(mention.span, max((s for s in spoken.values() if s < at), default=-1)):
        return None
    around = (*board.near(at, FAR), *board.between(mention.span.end, mention.sentence.end))
    able = [
        c
        for c in dict.fromkeys(around)
        if c.gender in {"", gender} and c.heard_as.get(mention.sentence.start, "") in {"", gender}
        if (may_be_person(c) or _may_be_doer(c, mention, speech))
    ]
    if any(sure_gender(c) == gender for c in able):
        able = [c for c in able if sure_gender(c) in {"", gender}]
    ranked = _likeliest(able, mention, gender, spoken, told)
    last = last_speaker(able, mention, gender, spoken, speech)
    for found, rule in (
        (brought_in(last, able, mention, gender, speech), "just named"),
        (goes_on(last, able, mention, gender, spoken, speech), "goes on speaking"),
        (has_acted(able, mention, gender, speech), "acted before speaking"),
    ):
        if found is not None:
            return found, Way(rule, second=next((c for c in ranked if c is not found), None))
    return _first(ranked, "pronoun", Basis.BOTH if told else Basis.RULE)


def _first(ranked: Sequence[Cluster], rule: str, by: Basis) -> tuple[Cluster, Way] | None:
    second = ranked[1] if len(ranked) > 1 else None
    return (ranked[0], Way(rule, by, second)) if ranked else None


def _may_be_it(
    cluster: Cluster, pronoun: Mention, spoken: Mapping[int, int], speech: Speech
) -> bool:
    """Whether "it" may be *cluster*: a maker, too, but where it speaks no place that was silent."""
    speaks = pronoun.span in speech.speakers
    if speaks and not cluster.entry and cluster.number not in spoken and _is_placed(cluster):
        return False
    body = not cluster.is_named and not cluster.plural and set(cluster.heads) & _MAKERS
    if cluster.type() in PEOPLE and not (body and speaks):
        return False
    return not _is_occasion(cluster, pronoun)


def _is_placed(cluster: Cluster) -> bool:
    """Whether all that is known of *cluster* is that somebody or something is there."""
    return cluster.is_named and all(m.place and m.role == "oblique" for m in cluster.mentions)


def _is_occasion(cluster: Cluster, pronoun: Mention) -> bool:
    """Whether *cluster* is what the pronoun speaks in: "in a statement, it said"."""
    if cluster.type() in AGENTS or pronoun.role != "subject":
        return False
    here = cluster.ordered[cluster.before(pronoun.sentence.start) :]
    told = takewhile(lambda m: m.span < pronoun.span, here)
    return any(m.role == "oblique" and not m.definite for m in told)


def _likeliest(
    able: Sequence[Cluster],
    mention: Mention,
    gender: str,
    spoken: Mapping[int, int],
    told: Mapping[Span, float],
) -> list[Cluster]:
    """Return *able*, first who a gendered pronoun stands for by all that is known of them."""
    judged = log_odds(able, told)
    scores = {
        c.number: salience(features(c, mention, able, gender))
        + _speaking(c, mention.span.start, spoken)
        + NETWORK * judged[c.number]
        for c in able
    }
    return sorted(able, key=lambda c: (-scores[c.number], c.number))


def _may_be_doer(cluster: Cluster, pronoun: Mention, speech: Speech) -> bool:
    """Whether what passes for a body may be one who spoke: "A brewer said ... He added ..."."""
    if pronoun.span not in speech.speakers or cluster.is_named or cluster.plural:
        return False
    doers = [
        h for h in cluster.heads if h in _MAKERS or (h.endswith(_DOING) and h not in _NO_DOERS)
    ]
    spoke = any(m.span in speech.speakers for m in cluster.mentions)
    return cluster.type() is SourceType.ORGANIZATION and bool(doers) and spoke


def _speaking(cluster: Cluster, at: int, spoken: Mapping[int, int]) -> float:
    """Return what it adds to salience that *cluster* was just credited with something."""
    gap = at - spoken[cluster.number] if cluster.number in spoken else FAR + 1
    return 1.5 if gap <= JUST else 0.5 if gap <= FAR else 0.0


def gender_of(pronoun: str) -> str:
    """Return "f" or "m" as a pronoun tells, "" where it does not."""
    return _GENDER.get(pronoun.casefold(), "")


def _several(word: str, near: list[Cluster], speaks: bool) -> list[Cluster]:
    """Return what "they" may stand for: groups and bodies, and things where nobody speaks."""
    groups = [c for c in near if not c.is_named and c.plural and (c.type() in AGENTS or not speaks)]
    if word == _TWO:
        return groups
    things = [c for c in groups if c.type() not in AGENTS]
    if word == "them" and things and not speaks:
        return things
    return groups + [c for c in near if c.is_named and c.type() in _BODIES]


def _salience(
    cluster: Cluster, mention: Mention, spoken: Mapping[int, int], *, speaks: bool
) -> float:
    """Return how much a cluster suggests itself: near, and the one who was speaking."""
    at, last = mention.span.start, cluster.last_before(mention.span.start)
    score = -(at - last) / 100
    if cluster.number in spoken:
        gap = at - spoken[cluster.number]
        bonus = 4.0 if gap <= JUST else 1.5 if gap <= FAR else 0.0
        score += bonus if speaks else bonus / 4
    return score + (0.5 if cluster.types and last >= mention.sentence.start else 0.0)
