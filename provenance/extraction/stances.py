"""Tell what an attribution does to what it speaks of: denies, doubts or confirms it."""

from typing import TYPE_CHECKING

from provenance.extraction.lexicon import noun_type, stance_of, words
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import content_head
from provenance.model import Spans, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_CARRYING = {
    "contain",
    "show",
    "prove",
    "reflect",
    "exist",
    "come",
    "include",
    "represent",
    "say",
    "match",
}
_JUDGING = {"consider", "deem", "find", "think", "judge", "regard"}
_SUBJECTS = {"nsubj", "nsubjpass"}


def stance_towards(passage: Passage, cue: "Token", content: Spans) -> Stance | None:
    """Return the stance of the verb *cue* or of what it says of an artefact, None if neutral."""
    own = stance_of(cue.lemma_.lower())
    if own is not None:
        promised = cue.lemma_ == "agree" and any(
            c.lower_ == "to" or c.dep_ == "xcomp" for c in cue.children
        )
        return None if promised else own
    inside = [t for t in cue.sent if any(passage.span(t) in c for c in content)]
    if cue.lemma_.lower() in _JUDGING:
        return _judged(inside)
    if cue.lemma_.lower() in {"call", "label", "describe", "dismiss", "brand", "denounce"}:
        return Stance.DENIES if any(_is(t, "false") for t in inside) else None
    for token in inside:
        if token.dep_ in _SUBJECTS and (_is_artefact(token) or _calls_it(token)):
            if _told_by_another(token.head, cue):
                continue
            told = _predicate_stance(token.head)
            if told is not None:
                return told
    return None


def _told_by_another(verb: "Token", cue: "Token") -> bool:
    """Whether between *cue* and *verb* somebody else says or judges it."""
    for other in verb.ancestors:
        if other == cue:
            return False
        lemma = other.lemma_.lower()
        if lemma in _JUDGING or lemma in words("cues", "say") or lemma in words("cues", "believe"):
            return True
    return False


def _judged(inside: "list[Token]") -> Stance | None:
    """Return the stance of "consider the report plausible", which has no copula."""
    for token in inside:
        if _is_artefact(token):
            near = [*token.children, *token.head.children, token.head]
            if any(_is(t, "true") and t.dep_ != "amod" for t in near):
                return Stance.CONFIRMS
            if any(_is(t, "false") and t.dep_ != "amod" for t in near):
                return Stance.DENIES
    return None


def _calls_it(token: "Token") -> bool:
    """Whether *token* points back in "it is nonsense", "that was a fake"."""
    if token.lower_ not in {"it", "this", "that", "they", "these"} or token.tag_ == "WDT":
        return False
    if token.head.lemma_ != "be":
        return False
    told = [c for c in token.head.children if c.dep_ in {"attr", "acomp"}]
    return any(_is(c, "false") or _is(c, "true") for c in told)


def _is(token: "Token", name: str) -> bool:
    return token.lemma_.lower() in words("stance", name) or token.lower_ in words("stance", name)


def _is_artefact(token: "Token") -> bool:
    type_ = noun_type(content_head(token).lemma_.lower()) or noun_type(token.lemma_.lower())
    return (type_ is not None and type_.is_artefact) or token.lemma_.lower() == "metadata"


def _predicate_stance(verb: "Token") -> Stance | None:
    """Return what the clause of *verb* says of an artefact: false, altered, empty, genuine."""
    negated = any(c.dep_ == "neg" for c in verb.children)
    predicates = [verb, *(c for c in verb.children if c.dep_ in {"attr", "acomp", "oprd", "dobj"})]
    predicates += [c for p in predicates[1:] for c in p.conjuncts]
    if any(_is(p, "tampered") for p in predicates):
        return None if negated else Stance.DOUBTS
    if any(_is(p, "false") for p in predicates if p.dep_ != "dobj"):
        return Stance.CONFIRMS if negated else Stance.DENIES
    if any(_is(p, "true") for p in predicates if p.dep_ != "dobj"):
        return Stance.DENIES if negated else Stance.CONFIRMS
    if verb.lemma_ in _CARRYING and negated:
        return Stance.DENIES
    empty = any(
        c.dep_ == "dobj" and (c.lower_ == "nothing" or any(d.lower_ == "no" for d in c.children))
        for c in verb.children
    )
    return Stance.DENIES if empty and verb.lemma_ in {"have", "contain", "bear", "show"} else None
