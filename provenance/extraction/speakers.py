"""Find who a cue credits: the subject of a verb, in its clause or out of it."""

from typing import TYPE_CHECKING

from provenance.extraction.grammar import antecedent, shares_auxiliaries
from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.naming import entity_at
from provenance.extraction.phrases import described_type, is_nominal
from provenance.model import SourceType

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = {"nsubj", "csubj"}
_RAISING = words("speakers", "raising")
FIRST_PERSON = words("pronouns", "first")


def subject_of(verb: "Token", hops: int = 4) -> "Token | None":
    """Return the head of the phrase that *verb* has as its subject, in the clause or out of it."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS] or _swallowed(verb)
    if own:
        subject = _nearest(own, verb)
        if verb.dep_ == "relcl" and antecedent(subject) is not subject:
            return _antecedent(verb)
        return _possessor(_beside(verb, subject) or subject)
    if verb.dep_ == "ROOT":
        return _beside(verb, None)
    if verb.dep_ == "relcl":
        return _antecedent(verb)
    if verb.dep_ == "acl" and _is_active(verb):
        return verb.head
    return _shared_subject(verb, hops) if hops and _shares(verb) else None


def _is_active(participle: "Token") -> bool:
    """Whether a participle behind a noun is what that noun does: it has an object or a clause."""
    telling = {"ccomp"} if participle.lemma_ not in words("speakers", "informing") else set()
    return participle.tag_ == "VBG" or any(
        c.dep_ in {"dobj", *telling} for c in participle.children
    )


def _shares(verb: "Token") -> bool:
    """Whether *verb* has its subject from the verb that it hangs on."""
    if verb.dep_ == "conj":
        return True
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in _RAISING
    if verb.dep_ == "pcomp":
        return verb.head.lower_ in words("prepositions", "doing") and verb.tag_ == "VBG"
    return verb.dep_ in {"advcl", "dep"} and verb.tag_ == "VBG"


def _shared_subject(verb: "Token", hops: int) -> "Token | None":
    head = verb.head.head if verb.dep_ == "pcomp" else verb.head
    aside = head.dep_ == "advcl" and any(c.dep_ == "mark" for c in head.children)
    if aside and verb.i > head.i and verb.nbor(-1).text == ",":
        head = head.head  # "..., after her statement was shown to be false, saying that"
    if head.pos_ not in {"VERB", "AUX"}:
        return None
    passive = next((c for c in head.children if c.dep_ == "nsubjpass"), None)
    return passive if passive is not None else subject_of(head, hops - 1)


def _swallowed(verb: "Token") -> "list[Token]":
    """Return the subject that the parser gave to the aside before *verb*.

    In "A review, a copy of which was obtained by X, concluded" both nouns go to "obtained".
    """
    for clause in verb.children:
        if clause.dep_ == "advcl" and clause.i < verb.i and verb.nbor(-1).text == ",":
            taken = [c for c in clause.children if c.dep_ in {"nsubjpass", "nsubj"}]
            if len(taken) > 1:
                return taken[:1]
    return []


def _beside(verb: "Token", subject: "Token | None") -> "Token | None":
    """Return the person named right before *verb* where the parser found a farther subject or none.

    "After reports that A met B, B's adviser, C, said" is read as "reports ... said", and in "were
    put in storage, C, the head of D, wrote" the verb gets no subject: a name between comma and
    verb that was read as an apposition is the likelier speaker.
    """
    sound = subject is not None and can_speak(subject) and not _has_clause(subject)
    if subject is not None and (sound or subject.ent_type_ == "PERSON"):
        return subject
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    while before.i > verb.sent.start and (before.dep_ == "aux" or before.text == ","):
        before = before.nbor(-1)
    for t in (before, *before.ancestors):
        if (
            t.dep_ == "appos"
            and is_nominal(t)
            and t.ent_type_ == "PERSON"
            and t.i < verb.i
            and t.doc[t.left_edge.i - 1].text == ","
            and not any(
                a.dep_ == "agent" for a in t.ancestors
            )  # "cables sent by B's envoy, C, say"
        ):
            return t
    return subject


def _has_clause(token: "Token") -> bool:
    return any(t.dep_ in {"acl", "relcl"} for t in token.children)


def _possessor(subject: "Token") -> "Token":
    """Return whose words are the subject: of "his remarks" him, else *subject* itself."""
    if subject.lemma_.lower() in words("cues", "nouns"):
        return next((c for c in subject.children if c.dep_ == "poss" and can_speak(c)), subject)
    return subject


def _nearest(subjects: "list[Token]", verb: "Token") -> "Token":
    """Return the nearest of several subjects, which a bad parse gives, that can speak."""
    able = [s for s in subjects if can_speak(s)] or subjects
    return min(able, key=lambda s: abs(s.i - verb.i))


def _antecedent(verb: "Token") -> "Token | None":
    head = verb.head
    while head.dep_ == "appos" and not can_speak(head) and is_nominal(head.head):
        head = head.head
    return head if is_nominal(head) else None


def speaker_type(token: "Token") -> SourceType | None:
    """Return what *token*'s phrase says about the type of a source, None where it cannot tell."""
    entity = entity_at(token)
    if entity and entity[2] in {"PERSON", "ORG", "GPE", "NORP"} and token.pos_ == "PROPN":
        return SourceType.PERSON if entity[2] == "PERSON" else SourceType.ORGANIZATION
    if any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.children):
        return SourceType.PERSON
    return described_type(token) or noun_type(token.lemma_.lower())


def can_speak(token: "Token") -> bool:
    """Whether *token* may head the phrase of a source: an agent, or a thing that holds words."""
    if token.pos_ == "PRON":
        return token.lower_ in words("speakers", "pronouns")
    return token.pos_ == "PROPN" or speaker_type(token) is not None


def is_somebody(token: "Token") -> bool:
    """Whether *token* heads the phrase of a person, and of no body."""
    return token.ent_type_ == "PERSON" or speaker_type(token) in {
        SourceType.PERSON,
        SourceType.UNNAMED,
    }


def is_thing(token: "Token") -> bool:
    """Whether *token* heads the phrase of a document, statement, recording or place of posting."""
    type_ = speaker_type(token)
    return type_ is not None and not type_.is_agent


def is_withheld(verb: "Token", *, negation: bool = True) -> bool:
    """Whether *verb* tells of no statement: negated, asked, wished for, future or only possible.

    Without *negation* it may be negated: "does not accept the figures" says something.
    """
    if any(_withholds(child, verb) for child in verb.children if negation or child.dep_ != "neg"):
        return True
    bare = verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children)
    if bare and verb.dep_ in {"ccomp", "xcomp"}:
        return True
    joined = verb.dep_ == "conj" and verb.head.pos_ == "VERB"
    return joined and shares_auxiliaries(verb) and is_withheld(verb.head, negation=negation)


def _withholds(child: "Token", verb: "Token") -> bool:
    word = child.lower_
    if child.dep_ == "neg":  # who "did not deny it" did not say it either
        return True
    if child.dep_ == "aux" and word == "to":
        return verb.dep_ != "xcomp" or verb.head.lemma_ not in _RAISING
    if child.dep_ in {"aux", "auxpass"}:
        return word in words("cues", "modal")
    if child.dep_ == "mark":
        return word in words("conjunctions", "open")
    return word == "neither" and child.dep_ in {"preconj", "cc", "advmod"}
