"""What is said of a paper or a claim: that it is true, false, tampered with, empty or not there."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from provenance.extraction.certainty import is_negated
from provenance.extraction.lexicon import words
from provenance.extraction.phrases import content_head
from provenance.extraction.targets import is_disputable
from provenance.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_CARRYING = words("appraisals", "carrying")
_EMPTY_OF = words("appraisals", "having")
_POINTING = words("appraisals", "pointing")
_WITHOUT = words("appraisals", "truth")
_SIGNS = words("appraisals", "signs")
_MORAL = words("appraisals", "moral")
_JUDGING = words("appraisals", "judging")
_TELLING = ("say", "believe", "show")
_ELLIPTIC = 5
"""Words at the most of a content that leaves out its verb: "that they did not"."""
_ASIDE = words("appraisals", "aside")
"""What may follow an adjective that judges what somebody says: "wrong about the files"."""


def appraisal_of(word: "Token") -> Stance | None:
    """Return the stance of who gives a thing the name or property *word*: "fake", "genuine"."""
    if word.pos_ == "VERB" and word.tag_ != "VBN":
        return None
    if _is(word, "false"):
        return Stance.DENIES
    if _is(word, "tampered") or _is(word, "shaky"):
        return Stance.DOUBTS
    if _is(word, "true"):
        return Stance.CONFIRMS
    inner = content_head(word)  # "a pack of lies", "a work of fiction"
    if inner is word:
        inner = next((p for c in word.children if c.lower_ == "of" for p in c.children), word)
    return Stance.DENIES if inner is not word and _is(inner, "false") else None


def find_appraisal(
    cue: "Token", inside: "Sequence[Token]"
) -> "tuple[Stance, tuple[Token, ...]] | None":
    """Return the stance of what *cue* reports about a thing in its content *inside*."""
    nothing = _no_such(inside)
    if nothing is not None:
        return Stance.DENIES, (nothing,)
    for verb in (t for t in inside if t.pos_ in {"VERB", "AUX"}):
        if not _told_by_another(verb, cue) and not _is_conditional(verb):
            for read in _READINGS:
                if found := read(verb):
                    return found
    return _elliptic(inside) or _bare(inside)


def _is(word: "Token", name: str) -> bool:
    forms = {word.lemma_.lower(), word.lower_}
    if word.i and word.nbor(-1).text == "-":  # "made-up", "far-fetched"
        forms.add(f"{word.doc[word.i - 2].lower_}-{word.lower_}")
    return bool(forms & words("stance", name))


def _told_by_another(verb: "Token", cue: "Token") -> bool:
    """Whether between *cue* and *verb* somebody else says or judges it."""
    for other in verb.ancestors:
        if other == cue:
            return False
        lemma = other.lemma_.lower()
        if lemma in _JUDGING or any(lemma in words("cues", c) for c in _TELLING):
            return any(
                c.dep_ in _SUBJECTS and c.lower_ not in words("pronouns", "own")
                for c in other.children
            )
    return False


def _is_conditional(verb: "Token") -> bool:
    """Whether the clause of *verb* is a condition, or one that only says which is meant."""
    return verb.dep_ == "relcl" or any(
        (c.dep_ == "mark" and c.lower_ in words("conjunctions", "open"))
        or (c.tag_ == "MD" and c.lower_ in words("appraisals", "supposing"))
        for c in verb.children
    )


def _of_subject(verb: "Token") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read "the memo was forged", "much of it is invented", "that is nonsense"."""
    for subject in (c for c in verb.children if c.dep_ in _SUBJECTS):
        pronoun = subject.pos_ in {"PRON", "DET"}
        if pronoun and content_head(subject) is subject and subject.lower_ not in _POINTING:
            continue
        if not is_disputable(subject) or _is_impersonal(subject, verb):
            continue
        stance = _predicated(verb)
        named = [p for p in _predicates(verb) if appraisal_of(p)]
        moral = subject.lower_ in words("appraisals", "thing") and any(
            p.lower_ in _MORAL or _is(p, "shaky") for p in named
        )
        if stance is not None and not (pronoun and (moral or not named)):
            return stance, (subject,)
    return None


def _of_speaker(verb: "Token") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read "the minister is mistaken", "he is lying", "the board got it right"."""
    stance = truthfulness(verb)
    if stance is None:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or is_disputable(subject) or not is_disputable(subject, people=True):
        return None
    other = Stance.CONFIRMS if stance is Stance.DENIES else Stance.DENIES
    return other if is_negated(verb) else stance, (subject,)


def _as_teller(verb: "Token") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read "the judge had rightly concluded that", "Lee falsely claims that"."""
    if not any(verb.lemma_.lower() in words("cues", c) for c in _TELLING) or is_negated(verb):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    how = {c.lower_ for c in verb.children if c.dep_ == "advmod"}
    if subject is None or not is_disputable(subject, people=True):
        return None
    for stance in (Stance.DENIES, Stance.CONFIRMS):
        if how & words("appraisals", f"telling_{stance.value}"):
            return stance, (subject,)
    return None


def _against_evidence(verb: "Token") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read "the photographs contradict his account", "are not consistent with it"."""
    about = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    if verb.lemma_.lower() not in words("appraisals", "contradicting") or is_negated(verb):
        at_odds = (
            c
            for c in verb.children
            if c.dep_ in {"acomp", "attr"}
            and c.lower_ in words("appraisals", "agreeing" if is_negated(verb) else "clashing")
        )
        about = [
            p
            for word in at_odds
            for c in word.children
            if c.dep_ == "prep" and c.lower_ in words("appraisals", "odds")
            for p in c.children
            if p.dep_ == "pobj"
        ]
    able = tuple(t for t in about if is_disputable(t))
    return (Stance.DENIES, able[:1]) if able else None


def truthfulness(verb: "Token") -> Stance | None:
    """Return what the clause of *verb*, negation apart, says of its subject's words."""
    lemma, words_after = verb.lemma_.lower(), {c.lower_ for c in verb.children if c.i > verb.i}
    if lemma == "be":
        return next(filter(None, map(_judged, verb.children)), None)
    if lemma == "tell":
        return _told_truth(verb)
    after = words_after | {c.lower_ for d in verb.children if d.i > verb.i for c in d.children}
    if lemma in words("appraisals", "getting") and after & words("appraisals", "got"):
        judged = (c for c in verb.subtree if c.i > verb.i and c.lower_ in _MORAL)
        found = next(judged, None)
        return None if found is None else judges_speaker(found)
    lying = lemma == "lie" and not words_after & words("stance", "lying_down")
    return Stance.DENIES if lying or _is_untruthful(verb) else None


def _told_truth(verb: "Token") -> Stance | None:
    """Read "told the truth", "was telling lies"."""
    if any(_heads(c, {"truth"}) for c in verb.children):
        return Stance.CONFIRMS
    lies = any(_heads(c, words("appraisals", "lies")) for c in verb.children)
    return Stance.DENIES if lies else None


def _is_untruthful(verb: "Token") -> bool:
    """Whether *verb* is "misrepresents", "made up" and the like."""
    up = verb.lemma_ == "make" and any(c.lower_ == "up" for c in verb.children)
    return up or verb.lemma_.lower() in words("stance", "misleading")


def _judged(word: "Token") -> Stance | None:
    """Return the stance of who calls somebody *word*, and not "the right man" or "wrong to go"."""
    if word.dep_ == "attr" and word.lemma_.lower() in words("stance", "liars"):
        return Stance.DENIES
    if word.dep_ != "acomp" or any(
        c.dep_ not in {"advcl", "advmod", "cc", "ccomp", "conj", "neg", "prep", "punct"}
        or (c.dep_ == "prep" and c.lower_ not in _ASIDE)
        for c in word.children
    ):
        return None
    return judges_speaker(word)


def judges_speaker(word: "Token") -> Stance | None:
    """Return the stance of who calls somebody *word* for what he says: "mistaken", "a liar"."""
    if word.lemma_.lower() in words("stance", "liars"):
        return Stance.DENIES
    for stance in (Stance.CONFIRMS, Stance.DENIES):
        if word.lower_ in words("stance", f"speaking_{stance.value}"):
            return stance
    return None


def _heads(token: "Token", nouns: Collection[str]) -> bool:
    return token.dep_ == "dobj" and token.lemma_.lower() in nouns


def _is_impersonal(subject: "Token", verb: "Token") -> bool:
    """Whether "it" stands for what follows: "it is wrong to", "it is true that"."""
    return subject.lower_ == "it" and any(
        c.dep_ in {"ccomp", "xcomp", "csubj", "advcl"} and c.i > verb.i
        for p in (verb, *verb.children)
        for c in (p.children if p is not verb else verb.children)
        if p is verb or p.dep_ in {"acomp", "attr"}
    )


def _predicates(verb: "Token") -> "list[Token]":
    found = [verb, *(c for c in verb.children if c.dep_ in {"attr", "acomp", "oprd", "prt"})]
    found += [c for p in found[1:] for c in p.conjuncts]
    for complement in verb.children:  # "appears to be genuine", "turned out to be a fake"
        if complement.dep_ == "xcomp" and complement.pos_ in {"AUX", "VERB"}:
            found += [c for c in complement.children if c.dep_ in {"attr", "acomp", "oprd"}]
    return found


def _predicated(verb: "Token") -> Stance | None:
    """Return what the clause of *verb* says of its subject."""
    negated = is_negated(verb)
    if _is_untruthful(verb):
        return None if negated else Stance.DENIES
    if any(f"{verb.lemma_} {c.lower_}" in words("stance", "holding") for c in verb.children):
        return Stance.DENIES if negated else None
    for word in _predicates(verb):
        told = appraisal_of(word)
        if told is Stance.DOUBTS:
            # "had not been altered" vouches for it, "is not incomplete" does not
            return told if not negated else Stance.CONFIRMS if _is(word, "tampered") else None
        if told is not None:
            other = Stance.CONFIRMS if told is Stance.DENIES else Stance.DENIES
            return other if negated else told
    asked = any(
        c.dep_ == "ccomp"
        and any(
            m.tag_ in {"WP", "WRB"} or m.lower_ in words("appraisals", "asking") for m in c.subtree
        )
        for c in verb.children
    )
    if verb.lemma_ in _CARRYING and negated and not asked:
        return Stance.DENIES
    empty = any(
        c.dep_ == "dobj" and (c.lower_ == "nothing" or any(d.lower_ == "no" for d in c.children))
        for c in verb.children
    )
    return Stance.DENIES if empty and verb.lemma_ in _EMPTY_OF else None


def _not_there(verb: "Token") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read "no such meeting was held", "those plans do not exist", "there was no such paper"."""
    happening = verb.lemma_ in words("stance", "happening") or (
        verb.lemma_ == "take" and any(c.lower_ == "place" for c in verb.children)
    )
    there = verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children)
    for subject in verb.children:
        if subject.dep_ not in {*_SUBJECTS, "attr"}:
            continue
        marks = {c.lower_ for c in subject.children if c.dep_ in {"det", "amod", "predet"}}
        if "such" in marks and ("no" in marks or (is_negated(verb) and (happening or there))):
            return Stance.DENIES, (subject,)
        never = happening and is_negated(verb)
        meant = subject.lower_ in _POINTING or bool(marks & _POINTING)
        if never and (meant or is_disputable(subject)):
            return Stance.DENIES, (subject,)
    return None


def _nothing_in_it(verb: "Token") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read "there is no truth to the report", "there was no evidence for the claim"."""
    for noun in verb.children:
        if noun.dep_ not in {"attr", "dobj"} or noun.lemma_.lower() not in _WITHOUT:
            continue
        if not any(c.lower_ == "no" for c in noun.children) and not is_negated(verb):
            continue
        about = [
            p
            for holder in (noun, verb)
            for c in holder.children
            if c.dep_ == "prep" and c.lower_ in words("appraisals", "behind")
            for p in c.children
            if p.dep_ in {"pobj"} and is_disputable(p)
        ]
        about += [
            d
            for c in noun.children
            if c.dep_ in {"acl", "relcl"}
            for d in c.children
            if d.dep_ == "dobj" and is_disputable(d)
        ]
        if about:
            return Stance.DENIES, tuple(about[:1])
    return None


def _untouched(verb: "Token") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read "it showed no signs of manipulation", "there is no proof that the clip was edited"."""
    for sign in verb.children:
        if sign.dep_ not in {"attr", "dobj"} or sign.lemma_.lower() not in _SIGNS:
            continue
        none = any(c.lower_ == "no" for c in sign.children) or is_negated(verb)
        done = [t for t in verb.subtree if _is(t, "tampered") or _is(t, "tampering")]
        if none and done and not any(map(is_negated, done)):
            able = (t for t in verb.subtree if t.dep_ in {*_SUBJECTS, "pobj"})
            about = [t for t in able if t not in done and t.lower_ != "they" and is_disputable(t)]
            return (Stance.CONFIRMS, tuple(about[:1])) if about else None
    return None


def _no_such(inside: "Sequence[Token]") -> "Token | None":
    """Return the noun in "had received no such call", the pronoun in "did nothing of the sort"."""
    for token in inside:
        marks = {c.lower_ for c in token.children}
        if token.pos_ == "NOUN" and words("appraisals", "no_such") <= marks:
            return token
        if token.lower_ == "nothing" and any(
            p.lower_ in words("appraisals", "of_the_kind")
            for c in token.children
            for p in c.children
        ):
            return token
    return None


def _elliptic(inside: "Sequence[Token]") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read "she said that they did not", which denies what was just said."""
    spoken = [t for t in inside if not t.is_punct and not t.is_space]
    short = 2 < len(spoken) <= _ELLIPTIC and spoken[-1].dep_ == "neg"
    if not short or spoken[-2].lemma_ not in words("appraisals", "eliding"):
        return None
    subject = spoken[-3]
    return (Stance.DENIES, (spoken[-1],)) if subject.pos_ == "PRON" else None


def _bare(inside: "Sequence[Token]") -> "tuple[Stance, tuple[Token, ...]] | None":
    """Read a quotation that is nothing but a name for what was said: "Nonsense", "Not true"."""
    spoken = [t for t in inside if not t.is_punct and not t.is_space]
    within = {t.i for t in spoken}
    tops = [t for t in spoken if t.head.i not in within or t.head is t]
    if not tops or any(t.dep_ in _SUBJECTS or t.pos_ in {"VERB", "AUX"} for t in spoken):
        return None
    return (Stance.DENIES, (tops[0],)) if any(map(_denied_outright, tops)) else None


_READINGS = (
    _untouched,
    _nothing_in_it,
    _not_there,
    _against_evidence,
    _of_subject,
    _of_speaker,
    _as_teller,
)


def _denied_outright(word: "Token") -> bool:
    told = appraisal_of(word)
    denied = any(c.dep_ == "neg" for c in word.children)
    return told is (Stance.CONFIRMS if denied else Stance.DENIES)
