"""Classes of words that may fill a slot of a frame: who may act, what carries information."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from provenance.extraction.frames import lemma_of, listed
from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.phrases import content_head, described_type
from provenance.extraction.slots import owners
from provenance.model import AGENTS, ARTEFACTS, SourceType

if TYPE_CHECKING:
    from spacy.tokens import Token

_NUMBERS = {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY"}
_DEFINITE = words("determiners", "definite")
_POSSESSIVES = words("pronouns", "owning")
_PERSONS = words("pronouns", "people")
_SEVERAL = words("pronouns", "things")
_THINGS = words("pronouns", "thing") | _SEVERAL


def fits(token: "Token", accepts: str, loose: bool) -> bool:
    """Whether *token* is of the class *accepts*; see frames.toml.

    Where it is *loose*, hung on another argument, a bare name is no sign of a channel.
    """
    if not token.text[0].isalnum() or token.text_with_ws + _next(token) == f"{token.text}-":
        return False
    if accepts == "site" and loose:
        return _is_channel(token)
    if accepts == "giver" and not loose and _is_somebody(token):
        return True
    return _CLASSES[accepts](token)


def _next(token: "Token") -> str:
    return str(token.doc[token.i + 1].text) if token.i + 1 < len(token.doc) else ""


def is_artefact(token: "Token") -> bool:
    """Whether *token* heads a phrase for something that carries information."""
    if token.pos_ in {"PRON", "DET"} and token.lower_ in _THINGS:
        return _stands_for_artefact(token)
    head = content_head(token)
    if head.pos_ == "PROPN":
        return head.lower_ in listed("titles") and head.ent_type_ not in {"PERSON", "GPE"}
    lemma = lemma_of(head)
    if head.pos_ not in {"NOUN", "ADJ", "NUM"} or lemma in listed("never"):
        return False
    return _type(head) in ARTEFACTS or lemma in listed("information")


def as_artefact(token: "Token") -> "Token":
    """Return the artefact whose "contents" or "authenticity" *token* is, else *token*."""
    if lemma_of(token) in listed("aspects") or token.lower_ in listed("aspects"):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                return next((p for p in child.children if p.dep_ == "pobj"), token)
            if child.dep_ == "poss":
                return child
    return token


def as_origin(token: "Token") -> "Token":
    """Return whose computer, phone ... *token* is, where that is said, else *token*."""
    if lemma_of(token) in listed("devices"):
        return next((o for o in owners(token) if _is_body(o)), token)
    return token


def is_information(token: "Token") -> bool:
    """Whether *token* is mere information, in whatever form."""
    return token.pos_ == "NOUN" and is_artefact(token) and not _is_document(token)


def _type(token: "Token") -> SourceType | None:
    """Return the type of a common noun; of names their own words say too little."""
    if token.pos_ == "PROPN":
        return None
    lemma = lemma_of(token)
    return described_type(token) or noun_type(lemma) or noun_type(lemma.removesuffix("s"))


def _stands_for_artefact(pronoun: "Token", sentences: int = 3) -> bool:
    """Whether this sentence or the one before has an artefact that *pronoun* agrees with.

    Or one of the two before has the same pronoun for one, and so on some *sentences* back.
    """
    inner = content_head(pronoun)
    if inner is not pronoun:
        return is_artefact(inner)
    near = _start_before(pronoun)
    for token in reversed(pronoun.doc[near : pronoun.i]):
        if token.pos_ == "NOUN" and token.dep_ != "compound" and is_artefact(token):
            plural = token.tag_ == "NNS" or token.lower_ == "data"
            if plural == (pronoun.lower_ in _SEVERAL):
                return True
    here = pronoun.sent.start
    same = (t for t in pronoun.doc[_start_before(pronoun.doc[near]) : here] if _is_like(t, pronoun))
    again = next(same, None) if sentences else None
    if again is not None and _stands_for_artefact(again, sentences - 1):
        return True
    return near == 0 and _is_handed(pronoun)  # what stands in the paragraph before is not seen


def _is_handed(pronoun: "Token") -> bool:
    """Whether somebody hands *pronoun* to somebody: who else has it is in the text before."""
    verb, here = pronoun.head, pronoun.dep_ in {"dobj", "nsubjpass"}
    handing = here and lemma_of(verb) in listed("handing")
    return handing and any(c.dep_ in {"dative", "prep", "agent"} for c in verb.children)


def _start_before(token: "Token") -> int:
    """Return where the sentence before that of *token* starts, or its own where it is the first."""
    start: int = token.sent.start
    return int(token.doc[start - 1].sent.start) if start else start


def _is_like(token: "Token", pronoun: "Token") -> bool:
    return token.lower_ == pronoun.lower_ and token.dep_ == "dobj"


def _is_document(token: "Token") -> bool:
    if token.pos_ in {"PRON", "DET", "PROPN"}:
        return is_artefact(token)
    head = content_head(token)
    return is_artefact(token) and (_type(head) is not None or lemma_of(head) in listed("carriers"))


def _is_intercept(token: "Token") -> bool:
    return is_artefact(token) and _type(content_head(token)) is SourceType.INTERCEPT


def _is_record(token: "Token") -> bool:
    return _is_document(token) and lemma_of(content_head(token)) not in listed("works")


def _is_held(token: "Token") -> bool:
    """Whether *token* is a document that somebody may have from anybody."""
    if not _is_document(token) or not is_correspondence(token):
        return _is_document(token)
    return token.pos_ in {"PRON", "DET"} or any(
        c.dep_ == "det" and c.lower_ in _DEFINITE for c in token.children
    )


def _is_footage(token: "Token") -> bool:
    return lemma_of(content_head(token)) in listed("footage")


def _is_authenticity(token: "Token") -> bool:
    return lemma_of(token) in listed("authenticity") and is_artefact(as_artefact(token))


def _is_actor(token: "Token") -> bool:
    if token.pos_ == "PRON":
        return token.lower_ in _PERSONS or token.lower_ in words("classes", "actors")
    if token.pos_ == "PROPN" or token.ent_type_ in _NUMBERS:
        return token.ent_type_ not in _NUMBERS
    if token.pos_ not in {"NOUN", "ADJ", "NUM", "DET"} or lemma_of(token) in listed("means"):
        return False
    head = content_head(token)
    return _type(head) not in ARTEFACTS or lemma_of(head) in listed("printing")


def _is_receiver(token: "Token") -> bool:
    return _is_actor(token) and lemma_of(token) not in listed("everybody")


def _is_body(token: "Token") -> bool:
    if token.ent_type_ in _NUMBERS or (token.dep_ == "compound" and _is_platform(token)):
        return False
    if token.pos_ == "PRON":
        return token.lower_ in _POSSESSIVES | _PERSONS
    if token.pos_ == "PROPN":
        return token.ent_type_ not in {"EVENT", "LAW", "WORK_OF_ART", "LANGUAGE"}
    if token.pos_ != "NOUN":
        return False
    type_ = _type(content_head(token))
    if token.dep_ in {"poss", "pobj"} and type_ is None:
        return token.dep_ == "poss" and lemma_of(token) not in listed("means")
    return type_ in AGENTS


def _is_maker(token: "Token") -> bool:
    return (
        token.pos_ == "PROPN" and token.ent_type_ in {"ORG", "PERSON"} and not _is_platform(token)
    )


def _is_origin(token: "Token") -> bool:
    if token.pos_ in {"PRON", "DET"}:
        return token.lower_ in _PERSONS
    return (
        _is_body(token)
        or _is_channel(token)
        or (token.ent_type_ not in _NUMBERS and lemma_of(token) in listed("devices"))
        or is_artefact(token)
    )


def _is_target(token: "Token") -> bool:
    return _is_origin(token) and _type(content_head(token)) is not SourceType.UNNAMED


def _is_somebody(token: "Token") -> bool:
    """Whether a noun of no known type may be a person: "from a clerk", but not "from memory"."""
    known = token.pos_ != "NOUN" or _type(content_head(token)) is not None
    return not known and _is_actor(token) and any(c.dep_ == "det" for c in token.children)


def _is_device(token: "Token") -> bool:
    return token.pos_ == "NOUN" and lemma_of(token) in listed("devices")


def _is_platform(token: "Token") -> bool:
    near = [token, *(c for c in token.children if c.dep_ in {"compound", "nmod"})]
    return any(t.lower_ in listed("platforms") for t in near)


def _is_channel(token: "Token") -> bool:
    if token.lower_ in listed("platforms"):
        return True
    if token.ent_type_ in _NUMBERS or token.pos_ not in {"NOUN", "PROPN"}:
        return False
    if token.pos_ == "PROPN":
        near = [token, *(c for c in token.children if c.dep_ in {"compound", "nmod"})]
        near += [token.head] if token.dep_ == "appos" else []
        return _is_platform(token) or any(
            noun_type(lemma_of(t)) is SourceType.CHANNEL for t in near
        )
    lemma = lemma_of(content_head(token))
    if lemma in words("classes", "media"):
        return any(c.lower_ == "social" for c in token.children)
    listed_as = noun_type(lemma) is SourceType.CHANNEL or lemma in words("classes", "pages")
    return listed_as or _is_platform(token)


def _is_site(token: "Token") -> bool:
    nowhere = {"PERSON", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW", "LANGUAGE", *_NUMBERS}
    if _is_channel(token) or _type(token) is SourceType.NEWS_OUTLET:
        return True
    return token.pos_ == "PROPN" and (token.ent_type_ not in nowhere or _is_outlet(token))


def _is_outlet(token: "Token") -> bool:
    if token.pos_ == "NOUN":
        lemma = lemma_of(content_head(token))
        outlet = noun_type(lemma) is SourceType.NEWS_OUTLET
        return outlet or lemma in listed("printing") | listed("press")
    if token.pos_ != "PROPN":
        return False
    name = [t.lower_ for t in token.subtree if t.pos_ == "PROPN" and abs(t.i - token.i) < 4]
    return any(w in listed("outlets") for w in (*name, " ".join(name)))


def _is_speaker(token: "Token") -> bool:
    if token.pos_ == "PRON":
        return token.lower_ in _PERSONS - {"who"}
    if _is_outlet(token) or token.ent_type_ in _NUMBERS:
        return False
    if token.pos_ == "PROPN":
        return token.ent_type_ in {"PERSON", ""}
    return token.pos_ == "NOUN" and _type(content_head(token)) in {SourceType.UNNAMED, None}


_CLASSES: dict[str, Callable[["Token"], bool]] = {
    "artefact": is_artefact,
    "document": _is_document,
    "record": _is_record,
    "intercept": _is_intercept,
    "held": _is_held,
    "footage": _is_footage,
    "authenticity": _is_authenticity,
    "actor": _is_actor,
    "receiver": _is_receiver,
    "target": _is_target,
    "device": _is_device,
    "giver": _is_origin,
    "body": _is_body,
    "maker": _is_maker,
    "origin": _is_origin,
    "channel": _is_channel,
    "site": _is_site,
    "outlet": _is_outlet,
    "speaker": _is_speaker,
}


def is_correspondence(token: "Token") -> bool:
    """Whether *token* is a letter or the like, which to send is to write."""
    return lemma_of(content_head(token)) in listed("correspondence")


def is_statement(token: "Token") -> bool:
    """Whether *token* is speech rather than a thing in hand."""
    return _type(content_head(token)) is SourceType.STATEMENT
