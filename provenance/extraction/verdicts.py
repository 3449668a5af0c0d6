"""Events that a copula states: what an artefact's source was, and that it is genuine or forged."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.extraction.certainty import is_negated
from provenance.extraction.classes import as_artefact, fits, is_artefact
from provenance.extraction.frames import origin_nouns, verdict_kind
from provenance.extraction.grammar import subject
from provenance.extraction.lexicon import stance_of, words
from provenance.extraction.phrases import conjuncts
from provenance.extraction.slots import fillers
from provenance.model import EventKind, EventRole, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINDING = words("verdicts", "finding")
_SAYING = ("say", "believe", "show")


@dataclass(frozen=True, slots=True)
class Finding:
    """An event before its words are turned into spans.

    Attributes:
        anchor: The word by which the text commits itself to it.
        first, last: The words for it.
        clause: The word whose date and place are its own.
    """

    kind: EventKind
    anchor: "Token"
    roles: tuple[tuple[EventRole, "Token"], ...]
    first: "Token"
    last: "Token"
    clause: "Token"


def find_origin(noun: "Token") -> Finding | None:
    """Return the event in "the source of the files was a chat room", where *noun* is "source"."""
    kind, nouns = origin_nouns()
    copula = noun.head
    if noun.lemma_.lower() not in nouns or copula.lemma_ != "be":
        return None
    other_side = {"nsubj": "attr", "attr": "nsubj"}.get(noun.dep_)
    other = next((c for c in copula.children if c.dep_ == other_side), None)
    artefacts = [t for found, _ in fillers(noun, "of") for t in conjuncts(found) if is_artefact(t)]
    if other is None or not artefacts:
        return None
    roles = [(EventRole.ARTEFACT, t) for t in artefacts]
    for token in conjuncts(other):
        if fits(token, "channel", False):
            roles.append((EventRole.CHANNEL, token))
        elif fits(token, "origin", False) or fits(token, "actor", False):
            roles.append((EventRole.ORIGIN, token))
    if len(roles) == len(artefacts):
        return None
    finder = _governor(copula)
    if finder is None or finder.lemma_.lower() not in _FINDING:
        return Finding(kind, copula, tuple(roles), noun, noun, copula)
    roles += _agents(finder)
    last = next((c for c in finder.children if c.dep_ == "prt"), finder)
    return Finding(kind, copula, tuple(roles), finder, last, finder)


def find_verdict(token: "Token") -> Finding | None:
    """Return the event in "said the memo was a forgery", where *token* is "was"."""
    predicate = _predicate(token)
    governor = _governor(token) if predicate is not None else None
    if predicate is None or governor is None:
        return None
    lemma = governor.lemma_.lower()
    if not any(lemma in words("cues", c) for c in _SAYING):
        return None
    artefacts = [
        (EventRole.ARTEFACT, as_artefact(t))
        for c in token.children
        if c.dep_ in {"nsubj", "nsubjpass"}
        for t in conjuncts(c)
        if is_artefact(as_artefact(t))
    ]
    agents = _agents(governor)
    if not artefacts or not agents:
        return None
    true = predicate.lemma_.lower() in words("stance", "true")
    turned = is_negated(token) + (stance_of(lemma) in {Stance.DENIES, Stance.DOUBTS})
    kind = verdict_kind(true if turned % 2 == 0 else not true)
    first, last = sorted((token, predicate), key=lambda t: t.i)
    return Finding(kind, governor, (*artefacts, *agents), first, last, governor)


def _predicate(token: "Token") -> "Token | None":
    """Return the word that calls the subject of *token* true or false."""
    verdict = words("stance", "true") | words("stance", "false")
    if any(c.tag_ == "MD" for c in token.children):
        return None
    if token.lemma_ == "be":
        for child in token.children:
            if child.dep_ in {"attr", "acomp"} and child.lemma_.lower() in verdict:
                return child
    passive = token.pos_ == "VERB" and any(c.dep_ == "nsubjpass" for c in token.children)
    forged = words("stance", "false")
    return token if passive and {token.lemma_.lower(), token.lower_} & forged else None


def _governor(verb: "Token") -> "Token | None":
    if verb.dep_ != "ccomp" or verb.head.pos_ != "VERB":
        return None
    return verb.head


def _agents(verb: "Token") -> list[tuple[EventRole, "Token"]]:
    found = subject(verb)
    if found is None:
        return []
    return [(EventRole.AGENT, t) for t in conjuncts(found) if fits(t, "actor", False)]
