"""Find who says nothing where he stands: who declines to speak, and who acts in another's tale.

"The mayor declined to comment" makes the mayor no source, nor does "Lee said that the mayor told
his clerk to burn it": Lee tells it, and what the mayor wanted is what happened.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.extraction.lexicon import words
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import conjuncts, mention_of
from provenance.extraction.speakers import subject_of
from provenance.model import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does by speaking: he orders something, or tells a third person something.

    Attributes:
        who: His mentions.
        verb: The verb.
        hearer: The name of whom he tells it, None for an order.
    """

    who: tuple[Span, ...]
    verb: Span
    hearer: Span | None = None


_US, _WHOLE = words("silence", "called"), words("silence", "whole")


def find_declining(passage: Passage) -> Iterator[Span]:
    """Yield the mentions in *passage* of whoever declines to speak, or could not be reached.

    And of courts and offices where papers are only filed.
    """
    for verb in passage.doc:
        if verb.pos_ in {"VERB", "AUX"} and _declines(verb):
            yield from _mentions(passage, _doer(verb))
        for office in _offices(verb):
            yield from _mentions(passage, office)


def _find_acts(passage: Passage) -> Iterator[Act]:
    """Yield what is ordered in *passage*, and what one named person tells another."""
    for verb in passage.doc:
        if verb.pos_ != "VERB":
            continue
        order = verb.lemma_.lower() in words("silence", "ordering") and _is_order(verb)
        hearer = None if order else _hearer(verb)
        if order or hearer is not None:
            who = tuple(_mentions(passage, _doer(verb)))
            yield Act(who, passage.span(verb), passage.span(hearer) if hearer else None)


def without_acts(
    passage: Passage, told: Iterable[Attribution]
) -> tuple[tuple[Attribution, ...], set[Span]]:
    """Return *told* without what is only done in what others tell, and who does it there.

    Nobody says anything yet who "called us".
    """
    told = tuple(told)
    acts = _acts_told(_find_acts(passage), told)
    verbs = [act.verb for act in acts]
    rung = _rung(passage)
    kept = (
        one
        for one in told
        if not (one.depth and any(v in one.cue[0] for v in verbs))
        and not any(verb.overlaps(one.cue[0]) and one.content == (who,) for verb, who in rung)
    )
    return tuple(kept), {span for act in acts for span in act.who}


def _rung(passage: Passage) -> list[tuple[Span, Span]]:
    """Return where somebody is called, phoned, ..., and who: "Nobody called us all"."""
    found = []
    for verb in passage.doc:
        if verb.lemma_.lower() in words("silence", "ringing") and verb.pos_ == "VERB":
            for who in verb.children:
                if who.dep_ == "dobj" and who.lower_ in _US and not _is_named_so(verb, who):
                    both = [who, *(c for c in who.children if c.lower_ in _WHOLE)]
                    found += [
                        (passage.span(verb), Span(passage.span(who).start, passage.span(one).end))
                        for one in both
                    ]
    return found


def _is_named_so(verb: "Token", who: "Token") -> bool:
    """Whether *verb* says what *who* is: "called us a liar"."""
    return any(c.dep_ in {"oprd", "attr"} and c.i > who.i for c in verb.children)


def _acts_told(acts: Iterable[Act], told: Iterable[Attribution]) -> list[Act]:
    """Return those of *acts* that somebody else tells of, who was not told himself."""
    told = list(told)
    return [
        act
        for act in acts
        if any(
            act.verb in content and not {*act.who} & {*one.speakers} and not _is_he(act, one)
            for one in told
            for content in one.content
            if one.cue[0] != act.verb
        )
    ]


def _is_he(act: Act, one: Attribution) -> bool:
    return act.hearer is not None and any(act.hearer.overlaps(s) for s in one.source)


def _declines(verb: "Token") -> bool:
    """Whether *verb* tells that nothing is said: "declined to say", "did not reply"."""
    lemma = verb.lemma_.lower()
    if lemma in words("silence", "declining"):
        return any(c.lemma_.lower() in words("silence", "speaking") for c in verb.children)
    bare = not any(c.dep_ in {"ccomp", "dobj"} and c.i < verb.i for c in verb.children)
    if lemma in words("silence", "speaking") | words("silence", "reaching"):
        return bare and any(c.dep_ == "neg" or c.lower_ == "neither" for c in verb.children)
    return lemma in words("silence", "having") and any(map(_is_no_comment, verb.children))


def _offices(token: "Token") -> Iterator["Token"]:
    """Yield where papers are brought: "filed in county court", "a lawsuit at the tribunal"."""
    lemma = token.lemma_.lower()
    papers = token.pos_ == "NOUN" and lemma in words("silence", "filed")
    if papers or (token.pos_ == "VERB" and lemma in words("silence", "filing")):
        for place in token.children:
            if place.dep_ == "prep" and place.lower_ in words("silence", "offices"):
                yield from (p for p in place.children if p.dep_ == "pobj")


def _is_no_comment(part: "Token") -> bool:
    """Read "no comment", "unavailable for comment", "not available for an interview"."""
    if part.lemma_.lower() == "comment":
        return any(c.lower_ in words("determiners", "any") for c in part.children)
    lacking = part.lower_ == "unavailable" or (
        part.lower_ == "available" and any(c.dep_ == "neg" for c in part.head.children)
    )
    about = (p for c in part.children if c.lower_ == "for" for p in c.children)
    return lacking and any(p.lemma_.lower() in words("silence", "speaking") for p in about)


def _is_order(verb: "Token") -> bool:
    """Whether *verb* is "told him to go", and no "told him that"."""
    wanted = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "advcl"} and c.i > verb.i]
    return any(c.tag_ == "VB" and any(t.lower_ == "to" for t in c.lefts) for c in wanted)


def _hearer(verb: "Token") -> "Token | None":
    """Return the person by name whom *verb* tells that something is so."""
    if verb.lemma_.lower() not in words("silence", "telling"):
        return None
    told = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i]
    return next((t for t in told if t.pos_ == "PROPN" and t.ent_type_ == "PERSON"), None)


def _doer(verb: "Token") -> "Token | None":
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    return passive if passive is not None else subject_of(verb)


def _mentions(passage: Passage, token: "Token | None") -> Iterator[Span]:
    for one in conjuncts(token) if token is not None else ():
        if (mention := mention_of(passage, one)) is not None:
            yield mention.span
