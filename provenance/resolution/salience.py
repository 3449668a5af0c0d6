"""How much a person suggests himself as whom "he" or "she" stands for.

A linear model of the kind of Lappin and Leass (1994): grammatical role, distance, frequency and
agreement, each with a weight. The weights were fitted, by maximum likelihood over the candidates
of a pronoun, to GUM (Zeldes, 2017) and the validation split of GAP (Webster et al., TACL 2018), as
`training.pronouns.fitting` does. Only "other gender" and "person" weigh 1 more than that: the
network, which counts beside these features, is blind to gender and to labels of names.
``benchmarks/pronouns.py`` measures.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log

from provenance.model import Mention, SourceType, Span
from provenance.resolution.clusters import Cluster, singular
from provenance.resolution.name_words import words

WEIGHTS: Mapping[str, float] = {
    "same sentence": 1.41,
    "one before": 0.29,
    "two before": -0.11,
    "further": -0.59,
    "other gender": -2.58,
    "gender": 1.01,
    "nearest": 0.62,
    "second": 0.63,
    "often": 1.14,
    "person": 1.89,
    "several words": -0.25,
    "subject": 0.7,
    "object": 0.07,
    "oblique": -0.59,
    "possessive": 0.39,
    "same clause": -1.46,
    "its own subject": 0.66,
    "subject before": 0.37,
    "owner": -1.0,
    "after": -1.0,
    "after, subject": 3.02,
}
NETWORK = 1.5
"""What a log-odds of the network counts beside those of the features."""
_UNLIKELY = -6.0  # log-odds of whom the network was not asked about, and the least of the others
_PEOPLE = {SourceType.PERSON, SourceType.UNNAMED}
_OFTEN = 4  # mentions, from which on more tell no more


def features(
    cluster: Cluster, pronoun: Mention, rivals: Sequence[Cluster], gender: str
) -> dict[str, float]:
    """Return the features of *cluster* as antecedent of *pronoun*; absent ones are 0.

    Args:
        cluster: Mentioned before the pronoun, or after it in its sentence.
        pronoun: "he", "her" ...
        rivals: All candidates, *cluster* among them.
        gender: "f" or "m", of the pronoun.
    """
    at = pronoun.span.start
    before = cluster.before(at)
    if not before:
        return _announced(cluster, pronoun, gender)
    last = cluster.ordered[before - 1]
    told_in = _sentences_before(pronoun, rivals)
    same_sentence = last.sentence == pronoun.sentence
    away = 0 if same_sentence else 1 + sum(last.sentence.start < start for start in told_in)
    nearer = sum(last.span.start < c.last_before(at) for c in rivals if c is not cluster)
    own = known_gender(cluster)
    same = away == 0 and last.clause == pronoun.clause >= 0
    found = {
        ("same sentence", "one before", "two before", "further")[min(away, 3)]: 1.0,
        "gender": float(own == gender),
        "other gender": float(bool(own) and own != gender),
        "nearest": float(nearer == 0),
        "second": float(nearer == 1),
        "often": min(before, _OFTEN) / _OFTEN,
        "person": float(cluster.type() in _PEOPLE),
        "several words": float(any(len(name.split()) > 1 for name in cluster.names)),
        "same clause": float(same and pronoun.role == "object" and last.role == "subject"),
        "its own subject": float(same and pronoun.role == "possessive" and last.role == "subject"),
        "subject before": float(bool(told_in) and told_in[0] in cluster.subject_of),
        "owner": float(any(_is_within(last, c, at) for c in rivals if c is not cluster)),
    }
    if last.role:
        found[last.role] = 1.0
    return found


def _is_within(mention: Mention, rival: Cluster, at: int) -> bool:
    """Whether *mention* only says whose *rival* is: "the mayor's driver, Ann Lee"."""
    here = rival.ordered[rival.before(mention.sentence.start) : rival.before(at)]
    return any(mention.span != m.span and mention.span in m.span for m in here)


def _announced(cluster: Cluster, pronoun: Mention, gender: str) -> dict[str, float]:
    """Return the features of who is named only after the pronoun: "In her speech, Ann said"."""
    first = cluster.ordered[0]
    own = known_gender(cluster)
    return {
        "after": 1.0,
        "after, subject": float(first.role == "subject"),
        "gender": float(own == gender),
        "other gender": float(bool(own) and own != gender),
        "person": float(cluster.type() in _PEOPLE),
        "several words": float(any(len(name.split()) > 1 for name in cluster.names)),
    }


def salience(found: Mapping[str, float]) -> float:
    """Return how much *found* features speak for a candidate, as a log-odds."""
    return sum(WEIGHTS[name] * value for name, value in found.items())


def log_odds(able: Sequence[Cluster], told: Mapping[Span, float]) -> Mapping[int, float]:
    """Return the logarithm of how likely each of *able* is by *told*, under its number.

    A cluster is as likely as all its mentions together; 0 for each where nothing is known.
    """
    known = {c.number: [told[h] for h in told for _ in range(c.spots[h])] for c in able}
    every = [score for scores in known.values() for score in scores]
    if not every:
        return dict.fromkeys(known, 0.0)
    top = max(every)
    whole = sum(exp(score - top) for score in every)
    shares = {n: sum(exp(s - top) for s in scores) / whole for n, scores in known.items()}
    return {n: max(_UNLIKELY, log(share)) if share else _UNLIKELY for n, share in shares.items()}


def known_gender(cluster: Cluster) -> str:
    """Return "f" or "m" by titles, pronouns, nouns or the first name of *cluster*, or ""."""
    return cluster.gender or noun_gender(_nouns(cluster)) or name_gender(cluster)


def sure_gender(cluster: Cluster) -> str:
    """Return what `known_gender` does, but nothing by a name that may be a surname: "Hart"."""
    full = any(len(name.split()) > 1 for name in cluster.names)
    return known_gender(cluster) if full else cluster.gender or noun_gender(_nouns(cluster))


def noun_gender(nouns: Iterable[str]) -> str:
    """Return "f" or "m" by the first of *nouns* that shows it: "spokeswoman", "father"."""
    for noun in nouns:
        if noun in words("gender", "f") or noun.endswith("woman"):
            return "f"
        if noun in words("gender", "m"):
            return "m"
    return ""


def _nouns(cluster: Cluster) -> Iterator[str]:
    """Yield the nouns that *cluster* is described by, those right before its names too."""
    surnames = {singular(name.split()[-1]) for name in cluster.names if name}
    yield from (noun for noun in cluster.heads if noun not in surnames)
    for name in filter(None, cluster.names):
        for text in cluster.texts:
            before, found, _ = text.partition(name)
            if found and (nouns := before.rstrip(" ,").split()):
                yield nouns[-1].casefold()


def name_gender(cluster: Cluster) -> str:
    """Return "f" or "m" by the first name of *cluster*, "" where that does not show it."""
    known = first_names()
    for name in sorted(cluster.names, key=lambda n: (-len(n.split()), n)):
        parts = name.casefold().split()
        for part in parts[:-1] or parts:  # "Sheriff Ruben Holt"
            if told := known.get(part, ""):
                return told
    return ""


@cache
def first_names() -> Mapping[str, str]:
    """Return the gender of those who bear a first name, lower-cased."""
    text = files("provenance.resolution").joinpath("first_names.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {name: gender for gender, *names in rows for name in names}


def _sentences_before(pronoun: Mention, rivals: Sequence[Cluster]) -> list[int]:
    """Return where the last sentences before that of *pronoun* start, of those with a rival.

    They are three at the most, the last one first: further ones are all as far.
    """
    found: set[int] = set()
    for cluster in rivals:
        start = pronoun.sentence.start
        for _ in range(3):
            if not (count := cluster.before(start)):
                break
            start = min(cluster.ordered[count - 1].sentence.start, start - 1)
            found.add(start)
    return sorted(found, reverse=True)[:3]
