"""Which sentences of which articles answer a question in a person's words, or deny what it says."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.analysis.briefs import Brief, Sentence, Told
from provenance.common.stemming import (
    denied_in,
    feared_in,
    kin,
    measured,
    months,
    only_negates,
    pointing_in,
    several,
    several_in,
    single_in,
    stems,
)
from provenance.model import ClaimRef

if TYPE_CHECKING:
    from provenance.analysis.links import Joined

ANSWERS, AGREES, DENIES = 0.5, 0.4, 0.1
"""Which part of a question's words, by weight, the best sentence of a story has for that to be an
answer, any other that says the same, and one that denies it."""
KIN = 0.5
"""What a word counts for where another stands that means much the same, or where it is feared."""
_POINTS = 0.5
"""How much a word tells that only says which subject is meant."""
_NUMBER, _YEAR = 2.0, re.compile(r"(?:19|20)\d\d")
"""How much more a number tells than a word; and those that articles of that year leave out."""
MISSING = 0.8
"""What is left of the score where a number or the "no" of the question is missing, and where
nothing is said of whom it names."""
_NEAR = 0.8
"""Which part of what the best sentence of an article has any other has to have."""
_MOST = 0.6
"""Which part of what its sentence has of the question a claim has to have."""
SAYING = 0.25
"""Which part of the words of a question that are no names says something of whom it names."""
_AS_WELL = 0.5
"""Which part of what the best sentence of the story has any other has to have."""
TOGETHER = 2
"""Words of a question that a sentence has at the least to answer it: one may mean anything."""
_CORRECTION = re.compile(r"\b(?:actually|in fact|in reality|in truth)\b")
"""What stands where somebody says what was so instead."""


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that answers a question, or denies what it says.

    Attributes:
        claims: The claims in it that do; none where the article says it in its own voice.
        denies: Whether it denies.
        deniers: The ids of the sources of its article that do; of an answer those of whom it tells
            nothing but that they deny or doubt what is asked.
    """

    digest: str
    text: str
    score: float
    claims: tuple[ClaimRef, ...]
    denies: bool
    deniers: tuple[str, ...] = ()


_FRAME = re.compile(
    r"\s*(?:(?:who|(?:how many|which|what) (?:independent |different )?"
    r"(?:sources?|articles?|newspapers?|papers?|outlets?|origins?|media)) (?:else )?"
    r"(?:(?:has|have|had) )?(?:says?|said|told|tells?|reports?|reported|claims?|claimed)"
    r"|(?:is|was) it (?:really )?true"
    r"|(?:did|does|has|have) any(?:body|one) (?:say|said|report(?:ed)?))"
    r"(?: that| whether| of)?\s",
    re.IGNORECASE,
)
"""What begins a question about who says something; the rest is what they say."""
_OTHERWISE = 0.8
"""Part of a question that denies something from which what denies nothing of it contradicts it."""


@dataclass(frozen=True, slots=True)
class _Question:
    """The telling words of a question, how much each tells in a story, and which it denies.

    Attributes:
        names: Those that are names in the story: whom it is about, not what is said.
        units: Of its numbers.
        several: Those of what it says there are several of.
    """

    weights: Mapping[str, float]
    groups: Mapping[str, frozenset[int]]
    denied: frozenset[str]
    names: frozenset[str]
    units: Mapping[str, frozenset[str]]
    several: frozenset[str]

    def score(self, one: Told | Sentence) -> float:
        """Return which part of the question *one* has, less where what matters most is missing."""
        shared = self._shared(one)
        missing = bool(self.denied) and not self._denied_by(one) & self.denied
        missing |= any(
            word[0].isdigit() and word not in shared and not is_year(word) for word in self.weights
        )
        missing |= self._counts_one(one)
        silent = not self._says_something(shared)
        return self._part(shared, self.weights) * MISSING ** (missing + silent)

    def _says_something(self, shared: Mapping[str, float]) -> bool:
        """Whether of what is *shared* enough says something of whom the question names."""
        return self._part(shared, self.weights.keys() - self.names) >= SAYING

    def joins(self, one: Sentence) -> bool:
        """Whether *one* has enough words of the question together, however much each tells."""
        return len(self._shared(one)) >= min(TOGETHER, len(self.weights))

    def touches(self, one: Told | Sentence) -> bool:
        """Whether *one* is about what the question asks, whatever it says of that."""
        return self._part(self._shared(one), self.weights) >= DENIES

    def _part(self, shared: Mapping[str, float], words: Iterable[str]) -> float:
        """Return which part of *words*, by how much each tells, is *shared*; 1 of nothing."""
        weights = {word: self.weights[word] for word in words}
        total = sum(weights.values())
        found = sum(shared.get(word, 0.0) * weight for word, weight in weights.items())
        return found / total if total else 1.0

    def _shared(self, one: Told | Sentence) -> dict[str, float]:
        """Return the words of the question that *one* has, and how far: a kindred word half."""
        groups = {group for word in one.stems for group in kin(word)}
        units = measured(one.stems)
        feared = feared_in(one.text)
        found = {}
        for word in self.weights:
            if word in one.stems:
                if word not in self.units or self.units[word] & units[word]:
                    found[word] = KIN if word in feared else 1.0
            elif self.groups[word] & groups:
                found[word] = KIN
        if self.several and several_in(one.text):
            found |= dict.fromkeys(several() & self.weights.keys(), 1.0)
        return found

    def is_denied_by(self, one: Told | Sentence, speakers: frozenset[str]) -> bool:
        """Whether *one* denies what the question says; the names of its *speakers* are not said."""
        if self.denied:
            return self._says_otherwise(one)
        unasserted = isinstance(one, Told) and not one.asserted
        agreed = self.several if several_in(one.text) else frozenset()
        if self._denied_by(one) - speakers - agreed or self._counts_one(one, only=True):
            return True
        told = unasserted and self._says_something(self._shared(one))
        return told and self.score(one) >= AGREES

    def _says_otherwise(self, one: Told | Sentence) -> bool:
        """Whether *one* says all that the question has, and denies nothing of what that denies."""
        shared = self._shared(one)
        if not shared.keys() & self.denied - self.names or self._denied_by(one) & self.denied:
            return False
        return self._part(shared, self.weights) >= _OTHERWISE

    def _counts_one(self, one: Told | Sentence, *, only: bool = False) -> bool:
        """Whether *one* counts one of what the question says there are several of."""
        if not self.several or several_in(one.text):
            return False
        groups = {group for word in self.several for group in kin(word)}
        found = single_in(one.text, only=only)
        return any(word in self.several or kin(word) & groups for word in found)

    def _denied_by(self, one: Told | Sentence) -> frozenset[str]:
        """Return the words of the question that *one* denies."""
        denied = one.denied & one.said
        if isinstance(one, Told) and not one.asserted:
            denied = one.said - denied
        against = {group for word in denied for group in kin(word)}
        words = (w for w in self.weights if w in denied or self.groups[w] & against)
        return frozenset(words)


def matches(links: "Joined", text: str) -> list[Match]:
    """Return what in the articles of *links* answers *text*, the best first."""
    return list(search(links, text).matches)


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question, the best first.

    Attributes:
        left_out: Articles that were not read, though they may say something to it.
    """

    matches: tuple[Match, ...] = ()
    left_out: tuple[str, ...] = ()


def search(links: "Joined", text: str, most: float = math.inf) -> Found:
    """Return what in the articles of *links* answers *text*.

    Of the stories that may say something to it the likeliest are read, until they have *most*
    articles and something is found.
    """
    if (frame := _FRAME.match(text)) and stems(text[frame.end() :]):
        text = text[frame.end() :]
    wanted = tuple(dict.fromkeys(stem for stem in stems(text) if not only_negates(stem)))
    if not wanted:
        return Found()
    groups = {word: kin(word) for word in wanted}
    found: list[Match] = []
    left_out: list[str] = []
    read = 0
    for story in links.on(text):
        if found and read >= most:
            left_out += story
            continue
        read += len(story)
        said = [(links.briefs[d], unit) for d in story for unit in units(links.briefs[d])]
        question = _weighed(text, wanted, groups, [unit for _, unit in said])
        found += _answers(question, said)
    ordered = sorted(found, key=lambda m: (-m.score, m.digest, m.text))
    return Found(tuple(ordered), tuple(left_out))


def units(brief: Brief) -> Sequence[Sentence]:
    """Return the sentences of *brief*; its claims where its text was withheld."""
    if brief.sentences:
        return brief.sentences
    return [
        Sentence(claim.content[0], claim.text, (n,), claim.stems, claim.said, claim.denied)
        for n, claim in enumerate(brief.claims)
    ]


def _weighed(
    text: str,
    wanted: Sequence[str],
    groups: Mapping[str, frozenset[int]],
    said: Sequence[Sentence],
) -> _Question:
    """Return a question with how much each word tells in a story: little where all say it."""
    places: dict[str, set[int]] = {word: set() for word in wanted}
    names: Counter[str] = Counter()
    for at, one in enumerate(said):
        words = set(one.stems)
        near = {group for word in words for group in kin(word)}
        for word in wanted:
            if word in words:
                names[word] += -1 if word in one.said else 1
            if word in words or groups[word] & near:
                places[word].add(at)
    pointing = pointing_in(text)
    weights = {
        word: math.log(1 + len(said) / (1 + len(where))) * telling(word, pointing)
        for word, where in places.items()
        if where or not is_known(word)
    }
    named = frozenset(word for word, more in names.items() if more > 0 and not word[0].isdigit())
    return _Question(weights, groups, denied_in(text), named, measured(wanted), several_in(text))


def telling(word: str, pointing: Collection[str]) -> float:
    """Return how much more a *word* of a question tells than others that stand as often."""
    return _NUMBER if word[0].isdigit() else _POINTS if word in pointing else 1.0


def is_known(word: str) -> bool:
    """Whether who reads the news knows *word* of a question unsaid: the year, the month."""
    return is_year(word) or word in months()


def is_year(word: str) -> bool:
    """Whether *word* may be a year."""
    return bool(_YEAR.fullmatch(word))


def _answers(question: _Question, said: Sequence[tuple[Brief, Sentence]]) -> Iterator[Match]:
    scored = [(question.score(o) if question.joins(o) else 0.0, brief, o) for brief, o in said]
    top = max((score for score, _, _ in scored), default=0.0)
    if top < ANSWERS or not question.weights:
        return
    best: dict[str, float] = {}
    for score, brief, one in scored:
        if not question.is_denied_by(one, _speakers(brief, one)):
            best[brief.digest] = max(score, best.get(brief.digest, 0.0))
    before = ("", 0.0)
    for score, brief, one in scored:
        least = max(AGREES, _NEAR * best.get(brief.digest, 0.0), _AS_WELL * top)
        around = max(score, before[1] if before[0] == brief.digest else 0.0)
        if question.touches(one):
            yield from _match(question, brief, one, score, least, corrects=around >= AGREES)
        before = (brief.digest, score)


def _match(
    question: _Question, brief: Brief, one: Sentence, score: float, least: float, *, corrects: bool
) -> Iterator[Match]:
    """Yield what a sentence is to *question*, if anything.

    Args:
        question: What is asked.
        brief: Of the article.
        one: The sentence.
        score: How far it has what is asked.
        least: From which score it answers.
        corrects: Whether what is asked was told right before it, or in it.
    """
    told = [brief.claims[place] for place in one.claims]
    scores = {claim.id: question.score(claim) for claim in told}
    speakers = _speakers(brief, one)
    against = [c for c in told if question.is_denied_by(c, speakers)]
    if corrects and not question.denied:
        against += [c for c in told if scores[c.id] < AGREES and _CORRECTION.search(c.text)]
    claims = [c for c in told if c not in against and scores[c.id] >= _MOST * score]
    denies = question.is_denied_by(one, speakers)
    if denies or against:
        ids = [source for claim in against for source in claim.sources]
        refs = tuple(ClaimRef(digest=brief.digest, claim=claim.id) for claim in against)
        yield Match(brief.digest, one.text, round(score, 3), refs, True, tuple(dict.fromkeys(ids)))
    if score >= least and (claims if against else not denies):
        refs = tuple(ClaimRef(digest=brief.digest, claim=claim.id) for claim in claims)
        yield Match(brief.digest, one.text, round(score, 3), refs, False, _turned(told))


def _turned(told: Sequence[Told]) -> tuple[str, ...]:
    """Return who only denies or doubts what is *told*, where nobody is said to say any of it."""
    if any(claim.saying for claim in told):
        return ()
    return tuple(dict.fromkeys(source for claim in told for source in claim.sources))


def _speakers(brief: Brief, one: Sentence) -> frozenset[str]:
    """Return the stems of the names of all who say something in a sentence."""
    ids = {source for place in one.claims for source in brief.claims[place].sources}
    names = (source.name for source in brief.sources if source.id in ids)
    return frozenset(stem for name in names for stem in stems(name))
