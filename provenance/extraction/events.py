"""Find custody events: the interpreter of frames.toml.

After FrameNet (Baker, Fillmore and Lowe, 1998): a word evokes a frame, the syntax around it fills
the frame's roles. What words there are and where their roles stand is all in the data file.
"""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.certainty import certainty_of
from provenance.extraction.classes import (
    as_artefact,
    as_origin,
    fits,
    is_correspondence,
    is_information,
    is_statement,
)
from provenance.extraction.dating import date_of
from provenance.extraction.frames import Frame, Slot, lemma_of, load_frames
from provenance.extraction.grammar import antecedent, is_passive
from provenance.extraction.lexicon import words
from provenance.extraction.lists import members
from provenance.extraction.parsing import Passage, Reading, sentences
from provenance.extraction.phrases import content_head, mention_of
from provenance.extraction.slots import fillers, owners, result_verb
from provenance.extraction.verdicts import Finding, find_origin, find_verdict
from provenance.model import CustodyEvent, EventRole, Participant, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 250
"""Tokens in a sentence; what is longer is a list or a table, and its parse is useless."""

_PLACES = {"GPE", "LOC", "FAC"}
_ORIGINS = {"origin", "target", "device", "giver"}


def find_events(reading: Reading) -> tuple[CustodyEvent, ...]:
    """Return the custody events in *reading*, sorted by trigger."""
    found = [
        event
        for passage, sentence in sentences(reading.passages)
        if len(sentence) <= LONGEST
        for token in sentence
        for finding in _findings(token)
        if (event := _event(reading, passage, finding))
    ]
    return tuple(sorted(found, key=lambda e: (e.trigger, e.kind)))


def _findings(token: "Token") -> Iterator[Finding]:
    """Yield the event that *token* triggers, by the first frame that fits and by copulas."""
    for frame in _frames_of(token):
        roles = _filled(frame, token)
        if roles is not None:
            yield Finding(frame.kind, token, tuple(roles), *_words_of(token), clause=token)
            break
    if special := find_origin(token) or find_verdict(token):
        yield special


def _frames_of(token: "Token") -> tuple[Frame, ...]:
    frames = load_frames()
    if token.dep_ == "amod" and token.tag_ != "VBG":
        return frames.adjectives.get(token.lower_, ())
    if token.pos_ == "VERB" or (token.lemma_ == "have" and token.dep_ not in {"aux", "auxpass"}):
        return frames.verbs.get(lemma_of(token), ())
    if token.pos_ == "NOUN" and token.dep_ != "compound":
        return frames.nouns.get(lemma_of(token), ())
    return ()


def _filled(frame: Frame, trigger: "Token") -> list[tuple[EventRole, "Token"]] | None:
    """Return who fills which role of *frame* around *trigger*, None where it does not fit."""
    if not _has_words(frame, trigger):
        return None
    roles: list[tuple[EventRole, Token]] = []
    for role, slots in frame.slots:
        taken = {t.i for _, t in roles}
        for slot in slots:
            artefacts = [t for r, t in roles if r is EventRole.ARTEFACT]
            new = [t for t in _candidates(slot, trigger, artefacts) if t.i not in taken]
            roles += [(role, t) for t in new]
            taken.update(t.i for t in new)
            if new and role is EventRole.ARTEFACT:
                break
    if all(is_information(t) for _, t in roles):
        return None
    present = {role for role, _ in roles}
    enough = len(roles) >= frame.least and all(present & wanted for wanted in frame.requires)
    return roles if enough and _may_be_handed(frame, roles) else None


def _candidates(slot: Slot, trigger: "Token", artefacts: list["Token"]) -> Iterator["Token"]:
    """Yield the words of the class of *slot* that stand in its place, each conjunct apart."""
    if slot.place == "owner":
        found = [(t, False) for a in artefacts for t in owners(a)]
    else:
        found = list(fillers(trigger, slot.place))
    for filler, loose in found:
        filler = _above(filler, slot, loose)
        alone = slot.accepts == "authenticity" or slot.place == "itself"
        heads = [filler] if alone else members(_meant(filler, slot))
        for head in heads:
            if fits(head, slot.accepts, loose):
                yield as_artefact(head) if slot.accepts == "authenticity" else _named(head, slot)


def _above(token: "Token", slot: Slot, loose: bool) -> "Token":
    """Return the noun that a relative clause is about where the parser took the last one before it.

    In "a letter to the crew that was shared" no crew was shared.
    """
    things = {"artefact", "document", "held", "record"}
    if slot.place not in {"intransitive", "object", "subject"} or slot.accepts not in things:
        return token
    above = token.head.head if token.dep_ == "pobj" else token
    told = any(c.dep_ == "relcl" for c in token.children) and not fits(token, slot.accepts, loose)
    return above if told and above.pos_ == "NOUN" and fits(above, slot.accepts, loose) else token


def _meant(token: "Token", slot: Slot) -> "Token":
    """Return the noun that *token* speaks of: "the contents of the memo", "some of the files"."""
    if slot.accepts in {"artefact", "document", "held", "record"}:
        token = as_artefact(token)
    inner = content_head(token)
    if inner.tag_ == "WDT":
        return antecedent(inner) or token
    return token if token.pos_ in {"NOUN", "PROPN"} else inner


def _named(token: "Token", slot: Slot) -> "Token":
    return as_origin(token) if slot.accepts in _ORIGINS else token


def _has_words(frame: Frame, trigger: "Token") -> bool:
    """Whether the particle, complement, adverb and voice that *frame* asks for are there."""
    children = list(trigger.children)
    if frame.passive and not is_passive(trigger):
        return False
    if frame.particle and not any(c.lower_ in frame.particle for c in children):
        return False
    if frame.adverb and not any(c.lower_ in frame.adverb for c in children):
        return False
    return not frame.complement or any(
        _completes(p, frame.complement) for c in children for p in (c, *_after_as(c))
    )


def _after_as(child: "Token") -> Iterator["Token"]:
    """Yield what "dismissed the files as fakes" has after "as", wherever the parser hung it."""
    for token in (child, *child.children):
        if token.lower_ == "as":
            yield from token.children


def _completes(token: "Token", wanted: frozenset[str]) -> bool:
    if token.dep_ not in {"oprd", "acomp", "attr", "ccomp", "dobj", "pobj", "xcomp", "advmod"}:
        return False
    if "false" in wanted:
        return token.lemma_.lower() in words("stance", "false")
    return token.lower_ in wanted


def _may_be_handed(frame: Frame, roles: list[tuple[EventRole, "Token"]]) -> bool:
    artefacts = [t for role, t in roles if role is EventRole.ARTEFACT]
    if not frame.correspondence and any(is_correspondence(t) for t in artefacts):
        return False
    return frame.statements or not any(is_statement(t) for t in artefacts)


def _words_of(trigger: "Token") -> tuple["Token", "Token"]:
    """Return the first and last word of a verb with its auxiliaries and particle."""
    first = last = trigger
    if trigger.pos_ == "VERB" and trigger.dep_ != "amod":
        for child in sorted(trigger.children, reverse=True):
            if child.dep_ in {"aux", "auxpass", "neg", "advmod"} and child.i == first.i - 1:
                first = child
        if trigger.i + 1 < len(trigger.doc):
            after = trigger.doc[trigger.i + 1]
            if after.dep_ == "prt" and after.head is trigger:
                last = after
    return first, last


def _event(reading: Reading, passage: Passage, finding: Finding) -> CustodyEvent | None:
    participants = {
        Participant(role, mention.span)
        for role, token in finding.roles
        if (mention := mention_of(passage, token))
    }
    if not participants:
        return None
    trigger = passage.between(finding.first, finding.last)
    certainty = certainty_of(passage, finding.anchor)
    verb = result_verb(finding.anchor)
    if verb is not None:
        certainty = max(certainty, certainty_of(passage, verb), key=lambda c: c.rank)
    return CustodyEvent(
        id=_id(finding.kind, reading.article.quote(trigger), trigger),
        kind=finding.kind,
        trigger=trigger,
        sentence=passage.sentence(finding.anchor),
        participants=tuple(sorted(participants)),
        date=date_of(passage, finding.clause, reading.article.published_at(trigger)),
        place=_place(reading, passage, finding),
        certainty=certainty,
    )


def _id(kind: str, text: str, trigger: Span) -> str:
    digest = hashlib.sha256(f"{kind} {text} {trigger.start}".encode(errors="surrogatepass"))
    return f"event-{digest.hexdigest()[:12]}"


def _place(reading: Reading, passage: Passage, finding: Finding) -> str:
    taken = {t.i for _, t in finding.roles}
    for name in ("in", "at"):
        for token, loose in fillers(finding.clause, name):
            if token.ent_type_ in _PLACES and token.i not in taken and not loose:
                mention = mention_of(passage, token)
                return reading.article.quote(mention.span) if mention else ""
    return ""
