"""The grammar of clauses: voice, the subject that a verb shares, what a relative stands for."""

from itertools import islice
from typing import TYPE_CHECKING

from provenance.extraction.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = {"nsubj", "nsubjpass"}
RELATIVE_TAGS = {"WDT", "WP", "IN"}
_BLAMING = words("grammar", "blaming")


def is_passive(verb: "Token") -> bool:
    """Whether *verb* stands in the passive, a participle after or before its noun included."""
    deps = {c.dep_ for c in verb.children if c.dep_ != "dobj" or c.pos_ != "ADJ"}
    if deps & {"auxpass", "nsubjpass"}:
        return True
    if verb.tag_ not in {"VBN", "VBD", "JJ"} or deps & {"nsubj", "dobj", "aux"}:
        return False
    if verb.dep_ == "conj":
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "amod"} or (verb.tag_ == "VBN" and verb.dep_ in {"advcl", "oprd"})


def shares_auxiliaries(verb: "Token") -> bool:
    """Whether *verb* has "not" and "may" from the verb that it is joined to.

    In "did not call or write" it has; in "did not call but wrote" it stands for itself.
    """
    own = any(c.dep_ in {"nsubj", "nsubjpass", "csubj", "expl", "aux"} for c in verb.children)
    before = [c for c in verb.head.children if c.i < verb.i]
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} and any(c.dep_ == "aux" for c in before)
    turned = any(c.lower_ == "but" and c.i > verb.head.i for c in before)
    return not (own or finite or turned)


def is_passive_cue(cue: "Token") -> bool:
    """Whether a cue is a passive: by auxiliary or agent, as a participle, or joined to one."""
    if any(c.dep_ in {"auxpass", "agent"} for c in cue.children) or _lacks_object(cue):
        return True
    if any(c.dep_ in {"nsubj", "aux"} for c in cue.children) or _has_auxiliary(cue):
        return False
    if any(c.dep_ in {"ccomp", "dobj"} for c in cue.children):
        return False
    return _joins_passive(cue) or (cue.tag_ == "VBN" and cue.dep_ in {"acl", "conj"})


def _lacks_object(cue: "Token") -> bool:
    """Whether *cue* has "of" where its object should be: "Bank accused of fraud", in a headline."""
    after = cue.doc[cue.i + 1] if cue.i + 1 < len(cue.doc) else None
    ends = cue.lemma_.lower() in words("grammar", "accused") and cue.tag_ in {"VBN", "VBD"}
    return ends and after is not None and after.lower_ == "of"


def _joins_passive(cue: "Token") -> bool:
    """Whether *cue* goes on with "were printed, photographed and ..."."""
    if cue.dep_ != "conj":
        return False
    return any(c.dep_ == "auxpass" for c in cue.head.children) or _joins_passive(cue.head)


def _has_auxiliary(cue: "Token") -> bool:
    """Whether *cue* is a perfect ("have said") rather than a passive, itself or by coordination."""
    own = any(c.lemma_ == "have" and c.dep_ == "aux" for c in cue.children)
    return own or (cue.dep_ == "conj" and _has_auxiliary(cue.head))


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
    relative = token.tag_ in RELATIVE_TAGS and token.lower_ in words("pronouns", "relative")
    if not (relative or _some_of_whom(token)):
        return token
    for above in token.ancestors:
        if above.dep_ in {"relcl", "acl"}:
            return bundle(above.head)
    return None


def _some_of_whom(token: "Token") -> bool:
    """Whether *token* is "many", "one" and the like before "of whom"."""
    if token.pos_ in {"NOUN", "PROPN", "VERB"}:
        return False
    of = (c for c in token.children if c.lower_ == "of" and c.i == token.i + 1)
    return any(
        c.lower_ in words("grammar", "of_whom") for preposition in of for c in preposition.children
    )


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
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if own is not None:
        return antecedent(own) if own.lower_ != "it" else own
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


def beside_participle(verb: "Token") -> "Token | None":
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


def object_gap(verb: "Token") -> "Token | None":
    """Return the antecedent of a relative clause that leaves out the object of *verb*."""
    seen = verb
    while seen.dep_ in {"xcomp", "ccomp", "conj"} and seen.head.pos_ in {"VERB", "AUX"}:
        seen = seen.head
        if any(c.dep_ == "dobj" and c.tag_ not in RELATIVE_TAGS for c in seen.children):
            return None
    own = next((c for c in seen.children if c.dep_ == "nsubj"), None)
    if seen.dep_ not in {"relcl", "acl"} or own is None or own.tag_ in RELATIVE_TAGS:
        return None
    if any(
        t.lower_ in words("grammar", "no_gap") or (t.tag_ == "WDT" and t.dep_ == "pobj")
        for t in seen.subtree
    ):
        return None
    return bundle(seen.head)


_ROLES = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "csubj": "subject",
    "dobj": "object",
    "dative": "object",
    "attr": "object",
    "oprd": "object",
    "poss": "possessive",
    "pobj": "oblique",
}
_WITHIN = {"compound", "appos", "conj", "nmod"}
_CLAUSES = {
    "ROOT",
    "ccomp",
    "advcl",
    "relcl",
    "acl",
    "conj",
    "xcomp",
    "pcomp",
    "csubj",
    "parataxis",
}


_DEEPEST = 100
"""Steps up a sentence; more are no language, and would be taken from each of its words."""


def role_of(token: "Token") -> str:
    """Return what the phrase of *token* is to its clause: subject, object, possessive, oblique."""
    top = _outermost(token)
    return "subject" if _is_brought_in(top) else _ROLES.get(top.dep_, "")


def _is_brought_in(token: "Token") -> bool:
    """Whether *token* is whom a clause is really about: "One of them was Ann Lee"."""
    if token.dep_ != "attr" or token.pos_ != "PROPN":
        return False
    subjects = [c for c in token.head.children if c.dep_ == "nsubj"]
    return bool(subjects) and all(c.tag_ in {"CD", "DT", "JJ", "JJS"} for c in subjects)


def clause_of(token: "Token") -> "Token | None":
    """Return the verb of the clause that the phrase of *token* stands in, None outside of one."""
    top = _outermost(token)
    for one in (top, *islice(top.ancestors, _DEEPEST)):
        if one.pos_ in {"VERB", "AUX"} and one.dep_ in _CLAUSES:
            return one
    return None


def _outermost(token: "Token") -> "Token":
    for _ in range(_DEEPEST):
        if token.dep_ not in _WITHIN or token.head is token:
            break
        token = token.head
    return token
