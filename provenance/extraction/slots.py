"""The grammar of custody events: what fills a slot of a verb or noun, whatever form it stands in.

Voices, participles, relative clauses, control, coordination and the usual errors of attachment are
dealt with here, so that a frame only says who is subject and who is object.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.frames import listed
from provenance.extraction.lexicon import words
from provenance.extraction.phrases import content_head

if TYPE_CHECKING:
    from spacy.tokens import Token

Filler = tuple["Token", bool]
"""A head token, and whether it hangs on another argument rather than on the trigger itself."""

_SUBJECTS = {"nsubj", "nsubjpass"}
_RELATIVE_TAGS = {"WDT", "WP", "IN"}
_LOOSE_FOR_VERBS = {"from", "out of", "on", "in", "at", "via", "through"}
_LOOSE_FOR_NOUNS = _LOOSE_FOR_VERBS | {"by", "to"}
_BLAMING = {"accuse", "acquit", "charge", "convict", "suspect", "blame", "stop", "prevent", "keep"}
_LEADING = {"of", "by", "through", "via", "from", "during", "in", "as", "with"}
_NEAR = 3


def fillers(trigger: "Token", place: str) -> Iterator[Filler]:
    """Yield the head tokens that fill the slot *place* of *trigger*; see frames.toml."""
    if place in _PLACES:
        yield from ((t, False) for t in _PLACES[place](trigger))
    else:
        yield from _governed(trigger, place)


def is_passive(verb: "Token") -> bool:
    """Whether *verb* stands in the passive, a participle after or before its noun included."""
    deps = {c.dep_ for c in verb.children}
    if deps & {"auxpass", "nsubjpass"}:
        return True
    if verb.tag_ not in {"VBN", "VBD", "JJ"} or deps & {"nsubj", "dobj", "aux"}:
        return False
    if verb.dep_ == "conj":
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "amod"} or (verb.tag_ == "VBN" and verb.dep_ in {"advcl", "oprd"})


def is_hidden_gerund(verb: "Token") -> bool:
    """Whether *verb* was taken for an adjective: "charged with leaking files"."""
    return (
        verb.dep_ == "amod"
        and verb.tag_ == "VBG"
        and verb.head.dep_ == "pobj"
        and verb.head.head.i == verb.i - 1
    )


def antecedent(token: "Token") -> "Token | None":
    """Return what a relative pronoun stands for, any other *token* itself."""
    relative = token.tag_ in _RELATIVE_TAGS and token.lower_ in {"who", "whom", "which", "that"}
    if not relative:
        return token
    for above in token.ancestors:
        if above.dep_ in {"relcl", "acl"}:
            return bundle(above.head)
    return None


def bundle(noun: "Token") -> "Token":
    """Return the head of the phrase that counts *noun*: of emails, "a batch of emails"."""
    seen = noun
    while (
        seen.dep_ == "pobj"
        and seen.head.lower_ == "of"
        and seen.head.head.pos_ == "NOUN"
        and seen.head.head.lemma_.lower() in {*words("nouns", "bundle"), "page"}
    ):
        seen = seen.head.head
    return seen


def subject(verb: "Token") -> "Token | None":
    """Return the subject on the surface, found through control and coordination if need be."""
    own = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if own is not None:
        return antecedent(own) if own.lower_ != "it" else _after_for(verb) or own
    head, dep = verb.head, verb.dep_
    found = None
    if is_hidden_gerund(verb):
        found = _before_gerund(head.head)
    elif dep in {"acl", "amod"} and (verb.tag_ in {"VBG", "VBN", "JJ"} or is_passive(verb)):
        found = bundle(head)
    elif dep == "pcomp":
        found = _before_gerund(head)
    elif dep in {"conj", "advcl"} and head.pos_ in {"VERB", "AUX"}:
        found = subject(head)
    elif dep == "xcomp":
        found = _controller(head)
    return found


def _after_for(verb: "Token") -> "Token | None":
    """Return who "it is easy for hackers to" speaks of."""
    if verb.lemma_ != "be":
        return None
    places = [verb, *(c for c in verb.children if c.dep_ in {"acomp", "attr"})]
    return next(
        (
            p
            for place in places
            for c in place.children
            if c.lower_ == "for" and c.dep_ == "prep"
            for p in c.children
            if p.dep_ == "pobj"
        ),
        None,
    )


def _controller(head: "Token") -> "Token | None":
    if head.pos_ == "ADJ":
        return subject(head.head)
    return next((c for c in head.children if c.dep_ == "dobj"), None) or subject(head)


def _before_gerund(preposition: "Token") -> "Token | None":
    """Return who does what stands after a preposition: "accused the clerk of leaking"."""
    governor = preposition.head
    if governor.pos_ not in {"VERB", "AUX"}:
        return None
    if governor.lemma_.lower() in _BLAMING and not is_passive(governor):
        return next((c for c in governor.children if c.dep_ == "dobj"), None)
    return subject(governor)


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
        beside = _beside_participle(verb)
        found = subject(verb)
        if beside is not None and (found is None or found.pos_ in {"PRON", "DET"}):
            found = beside
        if found is not None:
            yield found
        return
    for part in [verb, *_close_conjuncts(verb)]:
        own = [c for c in part.children if c.dep_ == "dobj"]
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
    gap = verb.head if is_hidden_gerund(verb) else _gap(verb)
    if gap is not None:
        yield gap


def _beside_participle(verb: "Token") -> "Token | None":
    """Return the noun of a participle that *verb* may go on from.

    In "this is shown by data intercepted by spies and revealed in files" the parser joins
    "revealed" to "shown"; where the far subject tells nothing, the near participle is the likelier.
    """
    if verb.dep_ != "conj" or any(c.dep_ == "auxpass" for c in verb.children):
        return None
    between = verb.doc[verb.head.i + 1 : verb.i]
    near = [t for t in between if t.dep_ == "acl" and t.tag_ == "VBN"]
    if not near or any(t.text == "," for t in verb.doc[near[-1].i : verb.i]):
        return None
    return bundle(near[-1].head)


def _gap(verb: "Token") -> "Token | None":
    """Return the antecedent of a relative clause that leaves out the object of *verb*."""
    seen = verb
    while seen.dep_ in {"xcomp", "ccomp", "conj"} and seen.head.pos_ in {"VERB", "AUX"}:
        seen = seen.head
        if any(c.dep_ == "dobj" and c.tag_ not in _RELATIVE_TAGS for c in seen.children):
            return None
    own = next((c for c in seen.children if c.dep_ == "nsubj"), None)
    if seen.dep_ not in {"relcl", "acl"} or own is None or own.tag_ in _RELATIVE_TAGS:
        return None
    if any(
        t.lower_ in {"where", "when", "why", "whose"} or (t.tag_ == "WDT" and t.dep_ == "pobj")
        for t in seen.subtree
    ):
        return None
    return bundle(seen.head)


def _intransitive(verb: "Token") -> Iterator["Token"]:
    if is_passive(verb) or next(_objects(verb), None) is not None:
        return
    found = subject(verb)
    if found is None and verb.dep_ == "acl":
        found = bundle(verb.head)
    if found is not None:
        yield found


def _where(verb: "Token") -> Iterator["Token"]:
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children):
        yield bundle(verb.head)


def _possessive(noun: "Token") -> Iterator["Token"]:
    yield from (c for c in noun.children if c.dep_ == "poss")


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
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "at"}:
        above = noun.head.head
        return above if above.pos_ == "VERB" else None
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in {"give", "grant", "do", "hold"}:
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
    return found


def _governed(trigger: "Token", name: str) -> Iterator[Filler]:
    noun = trigger.pos_ in {"NOUN", "PROPN"}
    if name == "to":
        yield from ((c, False) for c in trigger.children if c.dep_ == "dative" and c.pos_ != "ADP")
    places = [(trigger, False)]
    if name in (_LOOSE_FOR_NOUNS if noun else _LOOSE_FOR_VERBS):
        places += [(a, True) for a in _arguments(trigger)]
    for place, loose in places:
        for child in place.children:
            if child.dep_ not in {"prep", "agent", "dative"}:
                continue
            for spelled, pobj in _objects_of(child):
                found = antecedent(pobj) if spelled == name else None
                if found is not None:
                    yield found, loose


def _objects_of(preposition: "Token") -> Iterator[tuple[str, "Token"]]:
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield preposition.lower_, child
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield f"{preposition.lower_} {child.lower_}", inner


_PLACES = {
    "subject": _agents,
    "object": _objects,
    "intransitive": _intransitive,
    "where": _where,
    "possessive": _possessive,
    "compound": _compound,
    "itself": _itself,
    "result": _result,
    "speaker": _speaker,
    "told": _told,
}
