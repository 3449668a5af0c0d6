"""How the text commits itself: asserted, reported, alleged, speculative or denied, by its words.

What stands on the way from a verb or noun up to the root of its sentence is looked at in turn:
its own adverbs, auxiliaries and negation, then the verbs, nouns and adjectives that it is
embedded under. The weakest of them counts. What is presupposed (relative clauses, participles and
adjectives on a noun) is shielded from what governs the noun: "he may read the leaked memo" leaves
no doubt that it leaked. The scale is a coarse one of FactBank's (Saurí and Pustejovsky, 2009).
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from provenance.extraction.grammar import shares_auxiliaries
from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.parsing import Passage
from provenance.model import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINDING = words("certainty", "finding")
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "attr"}
_DEEPEST = 60
"""Words that a verb may hang below in its sentence; deeper parses are of no sentence."""
_BETWEEN = 40
"""Words between a verb and what hangs on it, at the most, among which marks are looked for."""
_MARKS = {'"', "``", "''"}
_GENERAL = words("certainty", "general")
_NOBODY = words("certainty", "nobody")
_OPEN_DETERMINERS = words("certainty", "open_determiners")
_SAYING = ("say", "believe", "show", "act")


def certainty_of(passage: Passage, anchor: "Token") -> Certainty:
    """Return how *passage* commits itself to what *anchor*, a verb or noun, heads."""
    if anchor.pos_ in {"VERB", "AUX"} or anchor.dep_ in {"amod", "acl", "relcl"}:
        found = _of_verb(anchor)
    else:
        found = _of_noun(anchor)
    return max(found, key=lambda c: c.rank, default=Certainty.ASSERTED)


def certainty_of_saying(passage: Passage, cue: "Token", speaker: "Token") -> Certainty:
    """Return how *passage* commits itself to what *speaker* says by *cue*.

    Who finds no fault says something; who made no statement does not.
    """
    found = certainty_of(passage, cue)
    undone = any(c.dep_ == "neg" or (c.dep_ in _SUBJECTS and _is_none(c)) for c in cue.children)
    if found is Certainty.DENIED and cue.lemma_.lower() in _FINDING and not undone:
        found = Certainty.ASSERTED
    return max(found, certainty_of(passage, speaker), key=lambda c: c.rank)


def is_negated(verb: "Token") -> bool:
    """Whether *verb* is denied by its own words: "did not", "nobody", "no documents"."""
    for child in (c for c in verb.children if not _is_quoted_apart(c, verb)):
        if child.dep_ == "neg" and not _is_not_only(child):
            return True
        if child.dep_ in {*_SUBJECTS, "dobj"} and _is_none(child):
            return True
        if child.dep_ == "agent" and any(_is_none(p) for p in child.children):
            return True
    return False


def _is_quoted_apart(child: "Token", verb: "Token") -> bool:
    """Whether one quotation mark stands between the two: '"We rang - no answer," Holm said'."""
    first, last = sorted((child.i, verb.i))
    if last - first > _BETWEEN:
        return False
    return sum(t.text in _MARKS for t in verb.doc[first:last]) % 2 == 1


def _is_not_only(token: "Token") -> bool:
    after = token.doc[token.i + 1 : token.i + 2]
    return bool(after) and after[0].lower_ in words("certainty", "only")


def _is_none(noun: "Token") -> bool:
    if noun.lower_ in _NOBODY:
        return True
    return any(c.dep_ == "det" and c.lower_ in words("determiners", "none") for c in noun.children)


def _hedge(token: "Token") -> Certainty | None:
    """Return what an adverb or adjective says."""
    word = token.lower_
    doc, i = token.doc, token.i
    if i > 1 and doc[i - 1].text == "-":
        word = f"{doc[i - 2].lower_}-{word}"
    if word in words("certainty", "alleged"):
        return Certainty.ALLEGED
    if word in words("certainty", "speculative") or word in words("certainty", "future"):
        return Certainty.SPECULATIVE
    return None


def _of_verb(verb: "Token") -> Iterator[Certainty]:
    yield from _own_words(verb)
    if verb.dep_ == "amod":
        yield from _adjectives(verb.head, before=verb)
    if verb.dep_ in {"xcomp", "advcl", "ccomp"} and _is_general(verb):
        yield Certainty.SPECULATIVE
    elif not _is_deep(verb):
        yield from _embedding(verb)


def _is_deep(verb: "Token") -> bool:
    """Whether *verb* hangs on more words than any sentence of news has one below the other."""
    return next(islice(verb.ancestors, _DEEPEST, None), None) is not None


def _own_words(verb: "Token") -> Iterator[Certainty]:
    if is_negated(verb):
        yield Certainty.DENIED
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in words("certainty", "modals"):
            if child.tag_ == "MD":
                yield Certainty.SPECULATIVE
        elif child.dep_ in {"advmod", "acomp"} and (hedge := _hedge(child)):
            yield hedge
        elif child.dep_ == "mark" and child.lower_ in words("conjunctions", "open"):
            yield Certainty.SPECULATIVE
        elif child.dep_ in {"prep", "advcl"} and child.lower_ == "according":
            yield Certainty.REPORTED
        elif child.dep_ == "parataxis" and child.pos_ == "VERB" and not _is_deep(child):
            yield from _under(child, "ccomp")
    if verb.dep_ not in {"relcl", "acl", "amod"} and _is_open(verb):
        yield Certainty.SPECULATIVE


def _is_open(verb: "Token") -> bool:
    """Whether *verb* tells of nothing that happened: asked, wished, a condition, or habit."""
    return _is_asked(verb) or _is_wished(verb) or _is_supposed(verb) or _is_habit(verb)


def _is_habit(verb: "Token") -> bool:
    """Whether *verb* tells what is done to none in particular: "often posts files online"."""
    return any(c.lower_ in _GENERAL for c in verb.children) and any(
        c.dep_ == "dobj"
        and c.tag_ == "NNS"
        and not any(d.dep_ in {"det", "poss"} for d in c.children)
        for c in verb.children
    )


def _is_supposed(verb: "Token") -> bool:
    """Whether *verb* is a condition without "if": "Were the court to release the files"."""
    first = next((t for t in verb.sent if t.text[:1].isalnum()), verb)
    if first.text not in words("certainty", "inverted") or _is_asked(verb):
        return False
    return bool(first.head == verb or verb.head == first)


def _is_asked(verb: "Token") -> bool:
    """Whether the clause of *verb* is a question."""
    if any(c.text == "?" for c in verb.children):
        return True
    return verb.dep_ == "ROOT" and verb.sent.text.rstrip("\"' ").endswith("?")


def _is_wished(verb: "Token") -> bool:
    """Whether *verb* is a subjunctive: "ordered that the files be released"."""
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return verb.dep_ == "ccomp" and [c.lower_ for c in auxiliaries] == ["be"]


def _embedding(token: "Token") -> Iterator[Certainty]:
    """Yield what the words say under which *token*, a verb, is embedded."""
    head, dep = token.head, token.dep_
    if head is token:
        return
    if dep == "conj":
        if shares_auxiliaries(token):
            yield from _own_words(head)
        yield from _embedding(head)
    elif dep in {"acl", "relcl"}:
        if dep == "acl" and any(
            c.lower_ in words("certainty", "nominal") and c.dep_ in {"mark", "aux"}
            for c in token.children
        ):
            yield from _under_noun(head)
    elif dep == "pcomp":
        yield from _under_preposition(head)
    elif dep == "amod" and token.tag_ == "VBG" and head.dep_ == "pobj":
        yield from _under_preposition(head.head)
    elif dep in {"ccomp", "xcomp", "oprd", "csubj", "csubjpass"}:
        yield from _under(head, dep)
        yield from _embedding(head)
    elif dep in {"advcl", "parataxis", "prep"} and head.pos_ in {"VERB", "AUX"}:
        yield from _of_main_clause(token)


def _of_main_clause(verb: "Token") -> Iterator[Certainty]:
    """Yield what an adverbial clause shares with its main clause: who says both, no doubts."""
    finite = any(c.dep_ == "mark" for c in verb.children)
    shared = {Certainty.REPORTED, Certainty.ALLEGED} if finite else set(Certainty)
    yield from (c for c in _embedding(verb.head) if c in shared)


def _under(head: "Token", dep: str) -> Iterator[Certainty]:
    """Yield what *head*, a verb or adjective with a clause as its complement, says of it."""
    if head.pos_ == "ADJ":
        yield from _hedges([head])
        yield from _own_words(head.head)
        return
    predicates = [c for c in head.children if c.dep_ in {"acomp", "attr"}]
    yield from _hedges(predicates)
    for predicate in predicates:
        if predicate.lemma_.lower() in words("certainty", "grounds"):
            yield from _under_noun(predicate)
    if weight := _weight(head, dep):
        yield weight
    elif dep == "xcomp":
        yield from _own_words(head)
    if weight is Certainty.REPORTED:
        yield from (c for c in _own_words(head) if c is not Certainty.DENIED)


def _hedges(adjectives: Iterable["Token"]) -> Iterator[Certainty]:
    yield from (hedge for adjective in adjectives if (hedge := _hedge(adjective)))


def _is_general(infinitive: "Token") -> bool:
    """Whether it is said what it is like to do it, not that it was done: "it is easy to leak"."""
    copula = infinitive.head.head if infinitive.head.pos_ == "ADJ" else infinitive.head
    return (
        copula.lemma_ == "be"
        and any(c.lower_ == "to" and c.dep_ == "aux" for c in infinitive.children)
        and any(c.lower_ == "it" and c.dep_ in _SUBJECTS for c in copula.children)
    )


def _weight(verb: "Token", dep: str) -> Certainty | None:
    """Return what *verb* gives its complement, None where it gives it nothing of its own."""
    lemma = verb.lemma_.lower()
    infinitive = dep == "xcomp"
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    hearsay = infinitive and passive and lemma in words("cues", "say")
    weight = None
    if lemma in words("certainty", "failing"):
        weight = Certainty.REPORTED if is_negated(verb) else Certainty.DENIED
    elif lemma in words("certainty", "speculative") or lemma in words("certainty", "supposing"):
        weight = Certainty.DENIED if is_negated(verb) else Certainty.SPECULATIVE
    elif lemma in words("certainty", "alleging") or hearsay:
        weight = Certainty.ALLEGED
    elif infinitive and lemma in words("certainty", "intending"):
        weight = Certainty.SPECULATIVE
    elif (passive or not infinitive) and any(lemma in words("cues", c) for c in _SAYING):
        weight = Certainty.REPORTED
    return weight


def _under_noun(noun: "Token") -> Iterator[Certainty]:
    """Yield what *noun* says of the clause or event that depends on it."""
    lemma = noun.lemma_.lower()
    groundless = lemma in words("certainty", "grounds") and _is_denied_noun(noun)
    if groundless or lemma in words("certainty", "denying_nouns"):
        yield Certainty.DENIED
    elif lemma in words("certainty", "supposing_nouns"):
        yield Certainty.SPECULATIVE
    elif lemma in words("certainty", "alleging_nouns"):
        yield Certainty.ALLEGED
    elif lemma in words("cues", "nouns"):
        yield Certainty.REPORTED


def _is_denied_noun(noun: "Token") -> bool:
    if any(c.dep_ == "det" and c.lower_ in words("determiners", "any") for c in noun.children):
        return True
    return noun.dep_ in {"attr", "dobj"} and is_negated(noun.head)


def _under_preposition(preposition: "Token") -> Iterator[Certainty]:
    """Yield what stands before "of leaking", "from leaking", "without leaking"."""
    governor = preposition.head
    lemma = governor.lemma_.lower()
    if preposition.lower_ in words("certainty", "instead"):
        yield Certainty.DENIED
    elif governor.pos_ in {"NOUN", "PROPN"}:
        yield from _under_noun(governor)
    elif preposition.lower_ in words("certainty", "accusing") and lemma in words(
        "certainty", "alleging"
    ):
        yield Certainty.ALLEGED
    elif preposition.lower_ == "of" and lemma in words("certainty", "supposing"):
        yield Certainty.SPECULATIVE
    elif preposition.lower_ in words("certainty", "keeping") and (
        lemma in words("certainty", "failing") or lemma in words("certainty", "intending")
    ):
        yield Certainty.DENIED
    else:
        yield from _embedding(governor)


def _adjectives(noun: "Token", before: "Token | None" = None) -> Iterator[Certainty]:
    for child in noun.children:
        if child is before:
            continue
        if child.dep_ in {"amod", "compound", "nmod"} and (hedge := _hedge(child)):
            yield hedge
        elif child.dep_ in {"det", "neg"} and child.lower_ in words("determiners", "none"):
            yield Certainty.DENIED
        elif child.dep_ == "det" and child.lower_ == "any":
            yield Certainty.SPECULATIVE


def _of_noun(noun: "Token") -> Iterator[Certainty]:
    yield from _adjectives(noun)
    head, dep = noun.head, noun.dep_
    if dep == "conj":
        yield from _of_noun(head)
    elif dep == "pobj":
        governor = head.head
        if governor.pos_ in {"NOUN", "PROPN"}:
            yield from _under_noun(governor)
        elif governor.lemma_.lower() in words("certainty", "accusations"):
            yield from _under_preposition(head)
    elif dep in _ARGUMENTS and head.pos_ in {"VERB", "AUX"} and not _is_agent(noun):
        yield from _under_verb(noun, head)


def _is_agent(noun: "Token") -> bool:
    type_ = noun_type(noun.lemma_.lower())
    return noun.pos_ == "PROPN" or (type_ is not None and type_.is_agent)


def _under_verb(noun: "Token", verb: "Token") -> Iterator[Certainty]:
    """Yield what *verb* says of its argument: new things share in its doubts, known ones do not."""
    lemma = verb.lemma_.lower()
    if noun.dep_ == "dobj":
        if lemma in words("certainty", "ruling_out") and not is_negated(verb):
            yield Certainty.DENIED
        elif lemma in words("certainty", "supposing") or lemma in words("certainty", "intending"):
            yield Certainty.SPECULATIVE
        elif lemma in words("certainty", "alleging"):
            yield Certainty.ALLEGED
    determiners = [c.lower_ for c in noun.children if c.dep_ in {"det", "poss"}]
    if not determiners or determiners[0] in _OPEN_DETERMINERS:
        denies_it = noun.dep_ in {"attr", "dobj"}
        yield from (c for c in _of_verb(verb) if denies_it or c is not Certainty.DENIED)
