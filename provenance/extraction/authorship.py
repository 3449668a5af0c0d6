"""Find who made an artefact where its own phrase says so: "a report by scientists at X"."""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.certainty import is_negated
from provenance.extraction.frames import listed
from provenance.extraction.grammar import is_passive, subject
from provenance.extraction.lexicon import words
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import conjuncts, mention_of
from provenance.extraction.speakers import can_speak, is_thing
from provenance.model import CustodyEvent, EventKind, EventRole, Mention, Participant

if TYPE_CHECKING:
    from spacy.tokens import Token

# "X's report" was made by X; "X's e-mails" may only have been kept by X
_OWN_WORK = words("nouns", "own_work")
_LODGED = words("authorship", "lodged")
_SPOKEN = words("authorship", "spoken")
_SENT = words("authorship", "sent")
_ONWARD = words("authorship", "onward")


def find_authorship(passage: Passage) -> Iterator[CustodyEvent]:
    """Yield a creation for each artefact whose phrase names its makers."""
    for token in passage.doc:
        if token.pos_ != "NOUN" or not is_thing(token):
            continue
        makers = [m for t in _makers(token) if can_speak(t) and (m := mention_of(passage, t))]
        artefact = mention_of(passage, token) if makers else None
        if artefact is not None and artefact.type and artefact.type.is_artefact:
            yield _creation(passage, token, artefact, makers)


def _makers(token: "Token") -> "list[Token]":
    by = _behind(token, "by")
    by = by or _filed_by(token)
    own = token.lemma_.lower() in _OWN_WORK
    if not by and own:
        by = [c for c in token.children if c.dep_ == "poss" and c.pos_ != "PRON"]
        if token.lemma_.lower() not in _LODGED:
            by += [c for c in token.children if c.dep_ == "compound" and c.ent_type_ == "ORG"]
    if not by and (own or token.lower_ in _SENT):
        by = _behind(token, "from")
    return [t for first in by[:1] for t in conjuncts(first)]


def _behind(token: "Token", preposition: str) -> "list[Token]":
    places = [c for c in token.children if c.lower_ == preposition]
    return [p for c in places for p in c.children if p.dep_ == "pobj"]


def _filed_by(token: "Token") -> "list[Token]":
    """Return who made *token* in "a study conducted by X", "X filed a motion"."""
    making = words("cues", "making")
    if token.lemma_.lower() in listed("footage"):
        return []  # who posts a clip has not filmed it
    found = [
        p
        for verb in token.children
        if verb.dep_ in {"acl", "relcl"} and _makes(verb, making)
        for c in verb.children
        if c.dep_ == "agent"
        for p in c.children
        if p.dep_ == "pobj"
    ]
    if token.lemma_.lower() in _SPOKEN:
        making = making | words("authorship", "delivering")
    if not found and token.dep_ == "nsubjpass" and _makes(token.head, making):
        by = [c for c in token.head.children if c.dep_ == "agent"]
        found = [p for c in by for p in c.children if p.dep_ == "pobj"]
    told = not (is_passive(token.head) or is_negated(token.head))  # "never sent anyone a file"
    if not found and token.dep_ == "dobj" and told and _makes(token.head, making):
        maker = subject(token.head)
        found = [maker] if maker is not None else []
    return found


def _makes(verb: "Token", making: frozenset[str]) -> bool:
    """Whether *verb* brings forth: "sent", but not "sent on" or "sent back"."""
    after = [verb.nbor(1)] if verb.i + 1 < len(verb.doc) else []
    after += [c.nbor(1) for c in verb.children if c.dep_ == "dobj" and c.i + 1 < len(verb.doc)]
    beside = [t for t in after if t.pos_ != "ADP" or not any(c.dep_ == "pobj" for c in t.children)]
    return verb.lemma_.lower() in making and not any(t.lower_ in _ONWARD for t in beside)


def _creation(
    passage: Passage, token: "Token", artefact: Mention, makers: list[Mention]
) -> CustodyEvent:
    trigger = passage.span(token)
    name = f"{EventKind.CREATION.value} {trigger.start} {token.text}"
    agents = tuple(Participant(EventRole.AGENT, m.span) for m in makers)
    return CustodyEvent(
        id="event-" + hashlib.sha256(name.encode()).hexdigest()[:12],
        kind=EventKind.CREATION,
        trigger=trigger,
        sentence=passage.sentence(token),
        participants=tuple(sorted((*agents, Participant(EventRole.ARTEFACT, artefact.span)))),
    )
