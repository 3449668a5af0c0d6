"""The slots of custody events: which words stand in them, whatever form the clause has.

Coordination, participles, gaps and the usual errors of attachment are dealt with here, so that a
frame only says who is subject and who is object.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.frames import lemma_of, listed
from provenance.extraction.grammar import (
    antecedent,
    beside_participle,
    bundle,
    is_hidden_gerund,
    is_passive,
    object_gap,
    subject,
)
from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.phrases import content_head
from provenance.model import SourceType

if TYPE_CHECKING:
    from spacy.tokens import Token

Filler = tuple["Token", bool]
"""A head token, and whether it hangs on another argument rather than on the trigger itself."""

_LOOSE_FOR_VERBS = words("slots", "loose_for_verbs")
_LOOSE_FOR_NOUNS = _LOOSE_FOR_VERBS | words("slots", "loose_for_nouns")
_LEADING = words("slots", "leading")
_DIRECTIONS = words("slots", "directions")
_HOLDING = words("slots", "holding")
_TAKERS = words("slots", "takers")
_ONE = words("slots", "one")
_LETTING = words("slots", "letting")
_NEAR = 3
_TIMES = {"DATE", "TIME"}  # "Wednesday's leak" is not out of Wednesday


def fillers(trigger: "Token", place: str) -> Iterator[Filler]:
    """Yield the head tokens that fill the slot *place* of *trigger*; see frames.toml."""
    if place in _PLACES:
        yield from ((t, False) for t in _PLACES[place](trigger))
    else:
        yield from _governed(trigger, place)


def _agents(verb: "Token") -> Iterator["Token"]:
    if not is_passive(verb):
        found = subject(verb)
        if found is not None:
            yield found
        return
    for part in [verb, *_close_conjuncts(verb)]:
        by = [c for c in part.children if c.lower_ == "by" and c.dep_ in {"agent", "prep"}]
        if not by:
            by = [
                p
                for argument in _arguments(part)
                for p in argument.children
                if p.dep_ == "prep" and p.lower_ == "by" and argument.dep_ == "pobj"
            ]
        pobjs = [p for b in by for p in b.children if p.dep_ == "pobj"]
        if pobjs:
            yield from filter(None, map(antecedent, pobjs))
            return


def _close_conjuncts(verb: "Token") -> list["Token"]:
    """Return the next verb of "obtained and published the memo", which has what both share."""
    return [c for c in verb.children if c.dep_ == "conj" and 0 < c.i - verb.i <= _NEAR]


def _objects(verb: "Token") -> Iterator["Token"]:
    if is_passive(verb):
        beside = beside_participle(verb)
        found = subject(verb)
        if beside is not None and (found is None or found.pos_ in {"PRON", "DET"}):
            found = beside
        if found is not None:
            yield found
        return
    for part in [verb, *_close_conjuncts(verb)]:
        own = [c for c in part.children if c.dep_ == "dobj" and c.pos_ != "ADJ"]
        own += [
            n
            for c in part.children
            if part.lemma_ == "make" and c.dep_ == "ccomp" and c.pos_ == "ADJ"
            for n in c.children
            if n.dep_ == "nsubj"
        ]
        if own:
            yield from filter(None, map(antecedent, own))
            return
    gap = verb.head if is_hidden_gerund(verb) else object_gap(verb)
    if gap is not None:
        yield gap


def _second(verb: "Token") -> Iterator["Token"]:
    if is_passive(verb):
        yield from (c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.pos_ != "ADP")


def _intransitive(verb: "Token") -> Iterator["Token"]:
    if is_passive(verb) or next(_objects(verb), None) is not None:
        return
    found = subject(verb)
    if found is None and verb.dep_ == "acl":
        found = bundle(verb.head)
    if found is not None:
        yield found


def _hands(verb: "Token") -> Iterator["Token"]:
    """Yield whose it is now: "fell into the hands of a blogger", "came into her possession"."""
    for place in [
        c for c in verb.children if c.dep_ == "prep" and c.lower_ in words("slots", "into")
    ]:
        for held in [c for c in place.children if c.lemma_.lower() in _HOLDING]:
            yield from _possessive(held)
            yield from (t for t, _ in _governed(held, "of"))


def _way(verb: "Token") -> Iterator["Token"]:
    """Yield where something finds "its way to"."""
    for way in [c for c in verb.children if c.dep_ == "dobj" and c.lower_ == "way"]:
        for place in (way, verb):
            yield from (t for name in ("to", "into") for t, _ in _governed(place, name))


def _there(verb: "Token") -> Iterator["Token"]:
    """Yield the channel that "from there" points back to."""
    out = [c for c in verb.children if c.lower_ == "from"]
    if any(t.lower_ == "there" for c in out for t in c.children):
        for token in reversed(verb.doc[: verb.sent.start]):
            known = noun_type(token.lemma_.lower()) is SourceType.CHANNEL
            if known or token.lower_ in listed("platforms"):
                yield token
                return


def _letting(verb: "Token") -> Iterator["Token"]:
    """Yield who lets somebody do it: "the owner let her copy the diary"."""
    if verb.dep_ in {"ccomp", "xcomp"} and verb.head.lemma_.lower() in _LETTING:
        yield from _agents(verb.head)


def _where(verb: "Token") -> Iterator["Token"]:
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children):
        yield bundle(verb.head)


def _possessive(noun: "Token") -> Iterator["Token"]:
    yield from (c for c in noun.children if c.dep_ == "poss" and c.ent_type_ not in _TIMES)


def _compound(noun: "Token") -> Iterator["Token"]:
    """Yield the words that stand before *noun* as nouns, of a name only the last."""
    for child in noun.children:
        if child.i > noun.i:
            continue
        if child.dep_ in {"compound", "nmod"}:
            if not _goes_on(child):
                yield child
            if child.pos_ == "NOUN":
                yield from _compound(child)
        elif child.dep_ == "amod":
            yield from (c for c in child.children if c.dep_ == "npadvmod" and c.pos_ == "PROPN")


def _goes_on(token: "Token") -> bool:
    """Whether the name that *token* belongs to goes on after it."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return bool(token.ent_type_) and after is not None and after.ent_iob_ == "I"


def owners(artefact: "Token") -> Iterator["Token"]:
    """Yield the names and bodies that stand before *artefact*: "the party's emails"."""
    for head in dict.fromkeys((artefact, content_head(artefact))):
        yield from _possessive(head)
        yield from _compound(head)


def _itself(noun: "Token") -> Iterator["Token"]:
    yield noun


def result_verb(trigger: "Token") -> "Token | None":
    """Return the verb of "was obtained as a result of wiretapping", None where there is none."""
    seen = trigger
    for _ in range(4):
        if seen.dep_ not in {"pobj", "pcomp"} or seen.head.lower_ not in _LEADING:
            return None
        seen = seen.head.head
        if seen.pos_ in {"VERB", "AUX"}:
            return seen if seen.lemma_.lower() in listed("getting") else None
        if seen.lemma_.lower() not in listed("bridges"):
            return None
    return None


def _result(trigger: "Token") -> Iterator["Token"]:
    verb = result_verb(trigger)
    if verb is not None:
        yield from _objects(verb)


def occasion_verb(noun: "Token") -> "Token | None":
    """Return the verb of "said in an interview", "gave an interview"."""
    if noun.dep_ == "pobj" and noun.head.lower_ in words("slots", "occasions"):
        above = noun.head.head
        return above if above.pos_ == "VERB" else None
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("slots", "granting"):
        return noun.head
    return None


def _speaker(noun: "Token") -> Iterator["Token"]:
    verb = occasion_verb(noun)
    found = subject(verb) if verb is not None else None
    if found is not None:
        yield found


def _told(noun: "Token") -> Iterator["Token"]:
    verb = occasion_verb(noun)
    for place in (noun, verb) if verb is not None else ():
        yield from (t for t, _ in _governed(place, "to"))
    if verb is not None and verb.lemma_.lower() == "tell":
        yield from (c for c in verb.children if c.dep_ in {"dobj", "dative"})


def _arguments(trigger: "Token") -> list["Token"]:
    """Return the nouns on which the parser may have hung what belongs to *trigger*."""
    found = [
        c for c in trigger.children if c.dep_ in {"dobj", "dative", "oprd"} and c.i > trigger.i
    ]
    for child in trigger.children:
        if child.dep_ in {"prep", "agent", "dative"}:
            found += [p for p in child.children if p.dep_ == "pobj"]
    return found + [c for one in found for c in one.children if c.dep_ == "appos"]


def _governed(trigger: "Token", name: str) -> Iterator[Filler]:
    noun = trigger.pos_ in {"NOUN", "PROPN"}
    if name == "to":
        yield from ((c, False) for c in trigger.children if c.dep_ == "dative" and c.pos_ != "ADP")
    places = [(trigger, False)]
    handing = name in _TAKERS and lemma_of(trigger) in listed("handing")
    loose_here = name in (_LOOSE_FOR_NOUNS if noun else _LOOSE_FOR_VERBS)
    if loose_here or (handing and not _has(trigger, name)):
        places += [(a, True) for a in _arguments(trigger)]
    places += [(c, False) for c in trigger.children if c.lower_ in _DIRECTIONS | {"available"}]
    for place, loose in places:
        for child in place.children:
            if child.dep_ not in {"prep", "agent", "dative"} or _is_denied(child):
                continue
            for spelled, pobj in _objects_of(child):
                found = antecedent(pobj) if spelled == name else None
                if found is not None:
                    yield found, loose


def _is_denied(preposition: "Token") -> bool:
    """Whether it says from whom not: "he had it from a friend, not from the clerk"."""
    return preposition.i > 0 and preposition.nbor(-1).lower_ == "not"


def _has(verb: "Token", name: str) -> bool:
    """Whether *verb* itself has the preposition *name*."""
    return any(c.lower_ == name for c in verb.children)


def _shared_out(before: "Token") -> Iterator[tuple[str, "Token"]]:
    """Yield who else gets one: "a copy went to the Post, one to a judge and one to the police"."""
    for one in before.children:
        if one.dep_ in {"appos", "conj", "dep"} and one.lower_ in _ONE:
            for preposition in [c for c in one.children if c.dep_ == "prep"]:
                yield from _objects_of(preposition)
            yield from _shared_out(one)


def _objects_of(preposition: "Token") -> Iterator[tuple[str, "Token"]]:
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield preposition.lower_, child
            yield from _shared_out(child)
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield f"{preposition.lower_} {child.lower_}", inner
        elif child.dep_ == "conj" and child.lower_ == preposition.lower_:
            yield from _objects_of(child)


_PLACES = {
    "subject": _agents,
    "object": _objects,
    "intransitive": _intransitive,
    "second": _second,
    "hands": _hands,
    "way": _way,
    "letting": _letting,
    "there": _there,
    "where": _where,
    "possessive": _possessive,
    "compound": _compound,
    "itself": _itself,
    "result": _result,
    "speaker": _speaker,
    "told": _told,
}
