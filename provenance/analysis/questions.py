"""A question in a person's words: what articles say to it, and who denies it."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.analysis.briefs import Brief, Sentence, Told
from provenance.analysis.links import Links
from provenance.analysis.standing import claims_of, standing
from provenance.analysis.words import denied_in, kin, stems
from provenance.model import ClaimRef, Standing

ANSWERS, AGREES, DENIES = 0.5, 0.4, 0.1
"""Which part of a question's words, by weight, the best sentence of a story has for that to be an
answer, any other that says the same, and one that denies it."""
_KIN = 0.5
"""What a word counts for where another stands that means much the same."""
_NUMBER, _YEAR = 2.0, re.compile(r"(?:19|20)\d\d")
"""How much more a number tells than a word; and those that articles of their time leave out."""
_MISSING = 0.8
"""What is left of the score where a number or the "no" of the question is missing."""
_NEAR = 0.8
"""Which part of what the best sentence of an article has any other has to have."""
_MOST = 0.6
"""Which part of what its sentence has of the question a claim has to have."""


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that answers a question, or denies what it says.

    Attributes:
        claims: The claims in it that do; none where the article says it in its own voice.
        denies: Whether it denies.
    """

    digest: str
    text: str
    score: float
    claims: tuple[ClaimRef, ...]
    denies: bool


@dataclass(frozen=True, slots=True)
class _Question:
    """The telling words of a question, how much each tells in a story, and which it denies."""

    weights: Mapping[str, float]
    groups: Mapping[str, frozenset[int]]
    denied: frozenset[str]

    def score(self, one: Told | Sentence) -> float:
        """Return which part of the question *one* has."""
        found = set(one.stems)
        groups = {group for word in found for group in kin(word)}
        score, total = 0.0, sum(self.weights.values())
        missing = False
        for word, weight in self.weights.items():
            if word in found:
                score += weight
            elif self.groups[word] & groups:
                score += _KIN * weight
            missing |= word[0].isdigit() and word not in found and not _YEAR.fullmatch(word)
        if self.denied and not self._denied_by(one) & self.denied:
            missing = True
        return score / total * (_MISSING if missing else 1.0) if total else 0.0

    def is_denied_by(self, one: Told | Sentence) -> bool:
        """Whether *one* denies what the question says."""
        if self.denied:
            return False
        unasserted = isinstance(one, Told) and not one.asserted
        return bool(self._denied_by(one)) or (unasserted and self.score(one) >= AGREES)

    def _denied_by(self, one: Told | Sentence) -> frozenset[str]:
        """Return the words of the question that *one* denies."""
        denied = one.denied & one.said
        against = {group for word in denied for group in kin(word)}
        words = (w for w in self.weights if w in denied or self.groups[w] & against)
        return frozenset(words)


def matches(links: Links, text: str) -> list[Match]:
    """Return what in the articles of *links* answers *text*, the best first."""
    wanted = tuple(dict.fromkeys(stems(text)))
    groups = {word: kin(word) for word in wanted}
    stories: dict[str, list[str]] = {}
    for digest in links.briefs:
        stories.setdefault(links.story.get(digest, digest), []).append(digest)
    found: list[Match] = []
    for story in stories.values():
        said = [(links.briefs[d], unit) for d in story for unit in units(links.briefs[d])]
        question = _weighed(wanted, groups, denied_in(text), [unit for _, unit in said])
        found += _answers(question, said)
    return sorted(found, key=lambda m: (-m.score, m.digest, m.text))


def units(brief: Brief) -> Sequence[Sentence]:
    """Return the sentences of *brief*; its claims where its text was withheld."""
    if brief.sentences:
        return brief.sentences
    return [
        Sentence(claim.content[0], claim.text, (n,), claim.stems, claim.said, claim.denied)
        for n, claim in enumerate(brief.claims)
    ]


def _weighed(
    wanted: Sequence[str],
    groups: Mapping[str, frozenset[int]],
    denied: frozenset[str],
    said: Sequence[Sentence],
) -> _Question:
    """Return a question with how much each word tells in a story: little where all say it."""
    places: dict[str, set[int]] = {word: set() for word in wanted}
    for at, one in enumerate(said):
        words = set(one.stems)
        near = {group for word in words for group in kin(word)}
        for word in wanted:
            if word in words or groups[word] & near:
                places[word].add(at)
    weights = {
        word: math.log(1 + len(said) / (1 + len(where))) * (_NUMBER if word[0].isdigit() else 1.0)
        for word, where in places.items()
    }
    return _Question(weights, groups, denied)


def _answers(question: _Question, said: Sequence[tuple[Brief, Sentence]]) -> Iterator[Match]:
    scored = [(question.score(one), brief, one) for brief, one in said]
    top = max((score for score, _, _ in scored), default=0.0)
    if top < ANSWERS:
        return
    best: dict[str, float] = {}
    for score, brief, one in scored:
        if not question.is_denied_by(one):
            best[brief.digest] = max(score, best.get(brief.digest, 0.0))
    for score, brief, one in scored:
        if score < DENIES:
            continue
        told = [brief.claims[place] for place in one.claims]
        claims = [c for c in told if question.score(c) >= _MOST * score]
        against = [c for c in told if question.is_denied_by(c)]
        denies = question.is_denied_by(one) or bool(against and claims == against)
        if denies:
            claims = against or claims or told
        elif score < max(AGREES, _NEAR * best[brief.digest]):
            continue
        refs = tuple(ClaimRef(digest=brief.digest, claim=claim.id) for claim in claims)
        yield Match(brief.digest, one.text, round(score, 3), refs, denies)


@dataclass(frozen=True, slots=True)
class Denial:
    """Who denies what is asked, and the sentence that says so."""

    name: str
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What articles say to a question.

    Attributes:
        line: It all in one line.
        standing: On whom it rests.
        wordings: What answers it, the best first, once for each article and sentence.
    """

    line: str
    standing: Standing
    wordings: tuple[Match, ...]
    denials: tuple[Denial, ...]


def answer(links: Links, found: Sequence[Standing], text: str) -> Answer | None:
    """Return what the articles of *links* say to *text*; None where they say nothing.

    Claims that say the same as most that were found, and whoever makes them in its own voice, count
    with them.

    Args:
        links: All articles.
        found: The standings of their claims.
        text: As a person would ask, or claim.
    """
    every = matches(links, text)
    wordings = tuple(match for match in every if not match.denies)
    if not wordings:
        return None
    claims = claims_of(links)
    refs = {ref for match in wordings for ref in match.claims}
    denying = {ref for match in every if match.denies for ref in match.claims}
    for one in found:
        if len(one.claims) > 1 and 2 * len(refs.intersection(one.claims)) > len(one.claims):
            refs.update(set(one.claims) - denying)
    own = {match.digest for match in wordings}
    if refs:
        whole = replace(standing(links, sorted(refs), claims, own), text=wordings[0].text)
    else:
        whole = _in_own_voice(links, wordings)
    denials = tuple(dict.fromkeys(_denials(links, claims, every)))
    return Answer(_line(whole, denials), whole, wordings, denials)


def _in_own_voice(links: Links, wordings: Sequence[Match]) -> Standing:
    digests = sorted(
        {m.digest for m in wordings}, key=lambda d: (links.briefs[d].published or "9", d)
    )
    return Standing(
        text=wordings[0].text,
        claims=(),
        carriers=tuple(digests),
        outlets=tuple(sorted({p for d in digests if (p := links.briefs[d].publisher)})),
        origins=(),
        unknown=0,
        own_voice=tuple(digests),
    )


def _denials(
    links: Links, claims: Mapping[tuple[str, str], Told], every: Sequence[Match]
) -> Iterator[Denial]:
    for match in every:
        if not match.denies:
            continue
        known = {source.id: source for source in links.briefs[match.digest].sources}
        ids = (id for ref in match.claims for id in claims[ref.digest, ref.claim].sources)
        for id in dict.fromkeys(ids):
            node = links.identity.of(match.digest, known[id])
            named = links.identity.is_known(node)
            name = links.identity.names[node] if named else known[id].name
            yield Denial(name, match.digest, match.text)


def _line(one: Standing, denials: Sequence[Denial]) -> str:
    """Return an answer in one line: "2 independent origins (A, B), 1 unnamed; 7 articles"."""
    names = f" ({', '.join(one.origins)})" if one.origins else ""
    count = len(one.origins)
    told = f"{count} independent origin{'s' * (count != 1)}{names}"
    told += f", {one.unknown} unnamed" if one.unknown else ""
    articles = len(one.carriers)
    told += f"; {articles} article{'s' * (articles != 1)}"
    own = len(one.own_voice)
    told += f", {'all' if own == articles else own} in no name but their own" if own else ""
    deniers = dict.fromkeys(denial.name for denial in denials)
    return told + (f"; denied by {', '.join(deniers)}" if deniers else "")
