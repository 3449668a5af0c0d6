"""Decide whom a pronoun stands for: agreement, then who was speaking, then who stands nearest."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from provenance.model import AGENTS, Mention, SourceType, Span
from provenance.resolution.board import Board
from provenance.resolution.clusters import Cluster
from provenance.resolution.names import name_type
from provenance.resolution.salience import NETWORK, features, log_odds, salience

FAR = 700
"""Code points that a pronoun looks back: two to four paragraphs of news."""
_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_PLURAL = {"they", "them", "their", "those", "others", "some", "many", "both"}
_NEUTER = {"it", "its", "this", "that"}
_BODIES = {SourceType.ORGANIZATION, SourceType.NEWS_OUTLET}
_PEOPLE = {SourceType.PERSON, SourceType.UNNAMED}


def antecedent(
    word: str,
    mention: Mention,
    board: Board,
    spoken: Mapping[int, int],
    speaks: bool,
    told: Mapping[Span, float],
) -> Cluster | None:
    """Return the cluster that a pronoun stands for, None where nothing fits.

    Args:
        word: The pronoun, lower-cased.
        mention: Where it stands.
        board: The clusters so far.
        spoken: By the number of a cluster, where it was last credited with something.
        speaks: Whether the pronoun itself is credited with something.
        told: How well a network thinks that it goes together with the heads of mentions.
    """
    at = mention.span.start
    near = list(board.near(at, FAR))
    if gender := _GENDER.get(word):
        around = (*near, *board.between(mention.span.end, mention.sentence.end))
        able = [c for c in dict.fromkeys(around) if may_be_person(c) and c.gender in {"", gender}]
        return _likeliest(able, mention, gender, spoken, told)
    if word in _PLURAL:
        able = _several(word, near, speaks)
    elif word in _NEUTER:
        able = [c for c in near if c.type() not in _PEOPLE and not _is_occasion(c, mention)]
    else:
        return None
    ranked = [(_salience(c, mention, spoken), -c.number, c) for c in able]
    return max(ranked, key=lambda row: row[:2])[2] if ranked else None


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
) -> Cluster | None:
    """Return who of *able* a gendered pronoun stands for, by all that is known of them."""
    judged = log_odds(able, told)
    scored = [
        (
            salience(features(c, mention, able, gender))
            + _speaking(c, mention.span.start, spoken)
            + NETWORK * judged[c.number],
            -c.number,
            c,
        )
        for c in able
    ]
    return max(scored, key=lambda row: row[:2])[2] if scored else None


def may_be_person(cluster: Cluster) -> bool:
    """Whether *cluster* is a person, or bears a name that might be one's: labels of names err."""
    if not cluster.is_named:
        return cluster.type() in _PEOPLE and not cluster.plural
    settled = cluster.known_type or cluster.is_place
    return cluster.type() in _PEOPLE or not (settled or any(map(name_type, cluster.names)))


def _speaking(cluster: Cluster, at: int, spoken: Mapping[int, int]) -> float:
    """Return what it adds to salience that *cluster* was just credited with something."""
    gap = at - spoken[cluster.number] if cluster.number in spoken else FAR + 1
    return 1.5 if gap <= 400 else 0.5 if gap <= FAR else 0.0


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


def _salience(cluster: Cluster, mention: Mention, spoken: Mapping[int, int]) -> float:
    """Return how much a cluster suggests itself: near, and the one who was speaking."""
    at, last = mention.span.start, cluster.last_before(mention.span.start)
    score = -(at - last) / 100 + (1.0 if cluster.is_named else 0.0)
    if cluster.number in spoken:
        gap = at - spoken[cluster.number]
        score += 4.0 if gap <= 400 else 1.5 if gap <= FAR else 0.0
    return score + (0.5 if cluster.types and last >= mention.sentence.start else 0.0)
