"""Decide whom a pronoun stands for: agreement, then who was speaking, then who stands nearest."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from provenance.model import AGENTS, Article, Basis, Mention, MentionKind, SourceType, Span, Spans
from provenance.resolution.clusters import Board, Cluster, Way
from provenance.resolution.name_words import words
from provenance.resolution.names import name_type
from provenance.resolution.salience import (
    NETWORK,
    features,
    known_gender,
    log_odds,
    name_gender,
    salience,
    sure_gender,
)

FAR = 700
"""Code points that a pronoun looks back: two to four paragraphs of news."""
_JUST = 400
"""Code points within which somebody was speaking just now."""
_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_REASON = re.compile(
    r",? (?:who|whom|speaking|asking|requesting|granted|given|citing)\b[^.;:!?]{1,150}"
    r"\b(?:because|since|as) "
)
_PLURAL = words("pronouns", "plural")
_NEUTER = words("pronouns", "neuter")
_MAKERS = words("descriptions", "makers")
_DOING = ("er", "or")
_NO_DOERS = words("descriptions", "no_doers")
_BODIES = {SourceType.ORGANIZATION, SourceType.NEWS_OUTLET}
_PEOPLE = {SourceType.PERSON, SourceType.UNNAMED}


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says something, and where what is said stands.

    Attributes:
        speakers: Mentions that are credited with something.
        doing: Those that do something in an event.
        taking: Those that are handed something.
        handled: What something is done to in an event: that is a thing, nobody who speaks.
        contents: What is said, sorted, no one within another.
        tellers: Who says each of them.
        declining: Mentions of those who would say nothing; they may go on to.
        hidden: Where somebody speaks who is brought in as nothing that is known: "another said".
    """

    speakers: frozenset[Span] = frozenset()
    doing: frozenset[Span] = frozenset()
    taking: frozenset[Span] = frozenset()
    handled: frozenset[Span] = frozenset()
    contents: Spans = ()
    tellers: tuple[frozenset[Span], ...] = ()
    declining: frozenset[Span] = frozenset()
    hidden: Spans = ()

    def hides(self, pronoun: Span, since: int) -> bool:
        """Whether somebody unknown spoke last before *pronoun*, which speaks, after *since*."""
        at = pronoun.start
        near = (one.start for one in self.hidden if 0 < at - one.start <= _JUST)
        return pronoun in self.speakers and max(near, default=-1) > since

    def tellers_of(self, span: Span) -> frozenset[Span]:
        """Return who says what *span* is part of, nobody where it is part of nothing."""
        at = bisect_right(self.contents, span.start, key=lambda s: s.start)
        return self.tellers[at - 1] if self.tells(span) else frozenset()

    def tells(self, span: Span) -> bool:
        """Whether *span* is part of what somebody says."""
        at = bisect_right(self.contents, span.start, key=lambda s: s.start)
        return at > 0 and span in self.contents[at - 1]

    def opens(self, span: Span) -> bool:
        """Whether what somebody says begins with *span*, but for "that"."""
        at = bisect_right(self.contents, span.start, key=lambda s: s.start)
        return at > 0 and span.start - self.contents[at - 1].start <= len("that ")


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
        word: The pronoun, lower-cased.
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
    just = last is not None and 0 <= at - spoken.get(last.number, -FAR) <= _JUST
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
        if c.type() in _PEOPLE
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
    for found, rule in (
        (_goes_on(able, mention, gender, spoken, speech), "goes on speaking"),
        (_has_acted(able, mention, gender, speech), "acted before speaking"),
    ):
        if found is not None:
            return found, Way(rule, second=next((c for c in ranked if c is not found), None))
    return _first(ranked, "pronoun", Basis.BOTH if told else Basis.RULE)


def _first(ranked: Sequence[Cluster], rule: str, by: Basis) -> tuple[Cluster, Way] | None:
    second = ranked[1] if len(ranked) > 1 else None
    return (ranked[0], Way(rule, by, second)) if ranked else None


def _goes_on(
    able: Sequence[Cluster],
    pronoun: Mention,
    gender: str,
    spoken: Mapping[int, int],
    speech: Speech,
) -> Cluster | None:
    """Return who spoke last and now goes on: "A clerk said that Ann Lee lied. She said ...".

    None where the text has turned to somebody else since, be it to what he does; whoever is only
    talked about by the speaker does not take the word.
    """
    if speech.tells(pronoun.span):
        return _of_himself(able, pronoun, gender, speech)
    if pronoun.span not in speech.speakers:
        return None
    at = pronoun.span.start
    people = [c for c in able if c.type() in _PEOPLE or not c.is_named]
    before = [c for c in people if 0 <= at - spoken.get(c.number, -FAR) <= _JUST]
    # "Lee said: 'My boss told us.' She added": whom she speaks of does not take the word
    before = [c for c in before if not speech.tells(_letter(spoken[c.number]))]
    last = max(before, key=lambda c: (spoken[c.number], -c.number), default=None)
    if last is None or known_gender(last) not in {"", gender}:
        return None
    since = (m for c in able if c is not last for m in c.ordered[: c.before(at)])
    turned = any(
        m.role == "subject" and m.span.start > spoken[last.number] and not speech.tells(m.span)
        for m in since
    )
    known = [c for c in able if not c.is_named or may_be_person(c)]
    return _turned_to(known, pronoun, gender) if turned else last


def _turned_to(people: Sequence[Cluster], pronoun: Mention, gender: str) -> Cluster | None:
    """Return who alone the sentence before was about: "A clerk left in May. She said ..."."""
    at = pronoun.sentence.start
    starts = {m.sentence.start: c for c in people for m in c.ordered[: c.before(at)][-1:]}
    start = max(starts, default=-1)
    there = [c for c in people if any(m.sentence.start == start for m in c.ordered[: c.before(at)])]
    acting = [c for c in there if start in c.subject_of]
    if len(acting) != 1 or (len(there) > 1 and not _only_belong(there, acting[0], start, at)):
        return None
    return acting[0] if _may_have(acting[0], gender) else None


def _only_belong(there: Sequence[Cluster], acting: Cluster, start: int, at: int) -> bool:
    """Whether the others of a sentence only say whose *acting* is, or from where: "her aide"."""
    others = (m for c in there if c is not acting for m in c.ordered[: c.before(at)])
    return all(m.role in {"possessive", "oblique"} for m in others if m.sentence.start == start)


def _has_acted(
    able: Sequence[Cluster], pronoun: Mention, gender: str, speech: Speech
) -> Cluster | None:
    """Return whose words come: "Ann Lee came out at six. 'We heard it,' she said."."""
    start = pronoun.sentence.start
    quoted = any(one.start == start for one in speech.contents)
    if pronoun.span not in speech.speakers or not quoted or speech.tells(pronoun.span):
        return None
    before = (m for c in able for m in c.ordered[: c.before(start)] if not speech.tells(m.span))
    last = [m for m in before if 0 <= start - m.sentence.end <= 1]
    subjects = {m.clause for m in last if m.role == "subject"}
    acting = [c for c in able if any(m in c.ordered and m.role == "subject" for m in last)]
    fits = [c for c in acting if c.is_named and may_be_person(c) and _may_have(c, gender)]
    return fits[0] if len(subjects) == len(acting) == len(fits) == 1 else None


def _may_have(cluster: Cluster, gender: str) -> bool:
    """Whether *cluster* may be of *gender*; a surname may be somebody's first name as well."""
    alone = cluster.is_named and all(len(name.split()) == 1 for name in cluster.names)
    return (sure_gender if alone else known_gender)(cluster) in {"", gender}


def _letter(at: int) -> Span:
    return Span(at, at + 1)


def _of_himself(
    able: Sequence[Cluster], pronoun: Mention, gender: str, speech: Speech
) -> Cluster | None:
    """Return who says what he himself says or thinks: "Lee said she doubted it"."""
    if not speech.opens(pronoun.span):
        return None
    tellers = speech.tellers_of(pronoun.span)
    own = [c for c in able if any(m.span in tellers for m in c.mentions)]
    people = [c for c in own if c.type() in _PEOPLE and not c.plural]
    fits = [c for c in people if known_gender(c) in {"", gender}]
    return fits[0] if len(own) == len(fits) == 1 else None


def _may_be_it(
    cluster: Cluster, pronoun: Mention, spoken: Mapping[int, int], speech: Speech
) -> bool:
    """Whether "it" may be *cluster*: a maker, too, but where it speaks no place that was silent."""
    speaks = pronoun.span in speech.speakers
    if speaks and not cluster.entry and cluster.number not in spoken and _is_placed(cluster):
        return False
    body = not cluster.is_named and not cluster.plural and set(cluster.heads) & _MAKERS
    if cluster.type() in _PEOPLE and not (body and speaks):
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


def may_be_person(cluster: Cluster) -> bool:
    """Whether *cluster* is a person, or bears a name that might be one's: labels of names err."""
    if not cluster.is_named:
        return cluster.type() in _PEOPLE and not cluster.plural
    if cluster.type() in _PEOPLE:
        return True
    named = [m for m in cluster.mentions if m.kind is MentionKind.NAME]
    place = cluster.is_place or all(m.place for m in named)
    settled = cluster.known_type or (place and not name_gender(cluster))
    return not (settled or any(m.called for m in named) or any(map(name_type, cluster.names)))


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
    return 1.5 if gap <= _JUST else 0.5 if gap <= FAR else 0.0


def gender_of(pronoun: str) -> str:
    """Return "f" or "m" as a pronoun tells, "" where it does not."""
    return _GENDER.get(pronoun.casefold(), "")


def _several(word: str, near: list[Cluster], speaks: bool) -> list[Cluster]:
    """Return what "they" may stand for: groups and bodies, and things where nobody speaks."""
    groups = [c for c in near if not c.is_named and c.plural and (c.type() in AGENTS or not speaks)]
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
        bonus = 4.0 if gap <= _JUST else 1.5 if gap <= FAR else 0.0
        score += bonus if speaks else bonus / 4
    return score + (0.5 if cluster.types and last >= mention.sentence.start else 0.0)
