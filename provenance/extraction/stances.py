"""Tell what an attribution does to what others say: denies, doubts or confirms it, and to what.

A stance is told by a verb ("disputes the figures"), by several words ("cast doubt on"), by a name
that is given ("called the memo a fake"), by what is said of a thing ("said that the memo was
genuine"), or by a noun ("his denial of the claim"). Words about plans, people and bills are none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from provenance.extraction.appraisals import (
    appraisal_of,
    find_appraisal,
    judges_speaker,
    truthfulness,
)
from provenance.extraction.certainty import is_negated
from provenance.extraction.lexicon import stance_of, words
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import content_head
from provenance.extraction.slots import fillers
from provenance.extraction.speakers import is_withheld
from provenance.extraction.targets import (
    POINTING,
    is_disputable,
    is_mere_thing,
    spans_against,
)
from provenance.model import Span, Spans, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_PEOPLE = words("stances", "of_people")
_ON_ANYTHING = words("stances", "on_anything")
_BACKING = words("stances", "backing")
_BY_CLAUSE = words("stances", "by_clause")
_AUTHORED = words("stances", "authored")
_NEAR = 7
_PLEA = 3
"""Words behind "pleaded" that say how."""
_RELATIVE = {"WDT", "WP", "WP$", "WRB"}
_THIRD = words("stances", "third")


@dataclass(frozen=True, slots=True)
class Stand:
    """A stance and the heads of what it is taken towards, none where its clause alone tells.

    Attributes:
        points: Whether they may point back to what was said before: "the claim", "it".
    """

    stance: Stance
    against: "tuple[Token, ...]" = ()
    points: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A stance and where that stands which it is taken towards; neutral without one."""

    stance: Stance | None = None
    against: Spans = ()
    pointing: Span | None = None


def stance_taken(passage: Passage, cue: "Token", content: Spans) -> Taken:
    """Return the stance that *cue* takes in saying *content*.

    What is withheld takes none: "declined to confirm", "could not verify", "did not deny".
    """
    inside = _inside(passage, cue, content)
    told = _sentences(passage, content) or [inside]
    found = _noun(cue) if cue.pos_ == "NOUN" else _told(cue, inside, told)
    if found is None:
        return Taken()
    points = found.points and found.against and not is_mere_thing(found.against[0])
    pointing = passage.span(found.against[0]) if points else None
    return Taken(found.stance, spans_against(passage, found.against), pointing)


def stance_of_cue(cue: "Token") -> Stance | None:
    """Return the stance that *cue* takes by its own words, towards what is said itself.

    "Denied that", "cast doubt on"; whoever "said that it was false" says so in his own words.
    """
    found = _noun(cue) if cue.pos_ == "NOUN" else _idiom(cue) or _adjective(cue)
    return stance_of(cue.lemma_.lower()) or (found.stance if found else None)


def _inside(passage: Passage, cue: "Token", content: Spans) -> "list[Token]":
    """Return the tokens of *content*, the sentence of *cue* first."""
    sentence = cue.sent
    within = {t.i: t for span in content for t in _within(passage, span)}
    near = [within[i] for i in sorted(within) if sentence.start <= i < sentence.end]
    if near or not content:
        return near
    return _within(passage, content[0])


def _within(passage: Passage, span: Span) -> "list[Token]":
    """Return the tokens that *span* holds whole."""
    start, end = max(0, span.start - passage.offset), span.end - passage.offset
    piece = passage.doc.char_span(start, min(end, len(passage.text)), alignment_mode="contract")
    return list(piece or ())


def _sentences(passage: Passage, content: Spans) -> "list[list[Token]]":
    """Return the tokens of *content* by the sentence that they are in, in order."""
    found: dict[int, list[Token]] = {}
    for span in content:
        first, last = 0, 0
        for token in _within(passage, span):
            if token.i >= last:
                first, last = token.sent.start, token.sent.end
            found.setdefault(first, []).append(token)
    return [found[start] for start in sorted(found)]


def _told(
    cue: "Token", inside: "Sequence[Token]", told: "Sequence[Sequence[Token]]"
) -> Stand | None:
    if is_withheld(cue, negation=False):
        return None
    if plea := _pleading(cue):
        return plea
    if is_negated(cue) or _is_partial(cue):
        return _negated(cue) or _adjective(cue)
    return (
        _begging(cue)
        or _idiom(cue)
        or _adjective(cue)
        or _accused(cue)
        or _named(cue, inside)
        or _verb(cue)
        or next(filter(None, (_verdict(cue, sentence) for sentence in told)), None)
    )


def _noun(cue: "Token") -> Stand | None:
    """Read "his denial of the claim", "a denial that"."""
    for stance in Stance:
        if cue.lemma_.lower() in words("stance", f"nouns_{stance.value}"):
            about = [t for t, _ in fillers(cue, "of")] + [t for t, _ in fillers(cue, "about")]
            return Stand(stance, tuple(about), points=True)
    return None


def _is_partial(cue: "Token") -> bool:
    """Whether "not all" do it, or they do it "no longer"."""
    return any(
        (
            c.dep_ in {"nsubj", "nsubjpass"}
            and any(d.dep_ == "neg" or d.lower_ == "not" for d in c.subtree)
        )
        or (c.lower_ == "longer" and c.dep_ == "advmod")
        for c in cue.children
    )


def _negated(cue: "Token") -> Stand | None:
    """Read "does not accept the figures", "did not agree with the finding"."""
    lemma = cue.lemma_.lower()
    for stance in (Stance.DENIES, Stance.DOUBTS):
        if lemma in words("stance", f"unless_{stance.value}"):
            about = _objects(cue, lemma in _OF_PEOPLE)
            if not about and any(c.dep_ == "ccomp" and c.i > cue.i for c in cue.children):
                about = (cue,)  # "did not agree that it was so"
            return Stand(stance, about, points=True) if about else None
    found = _idiom(cue)
    return (
        replace(found, stance=Stance.DENIES) if found and found.stance is Stance.CONFIRMS else None
    )


def _begging(cue: "Token") -> Stand | None:
    """Read "begs to differ"."""
    differs = cue.lemma_ == "beg" and any(c.lemma_ == "differ" for c in cue.children)
    return Stand(Stance.DENIES, (cue,), points=True) if differs else None


def _pleading(cue: "Token") -> Stand | None:
    """Read "pleaded not guilty", "pleads innocent"."""
    said = {t.lower_ for t in cue.subtree if 0 < t.i - cue.i <= _PLEA}
    innocent = "innocent" in said or said >= words("stances", "plea")
    return Stand(Stance.DENIES) if cue.lemma_ == "plead" and innocent else None


def _verb(cue: "Token") -> Stand | None:
    """Read "denied the report", "agreed with him", "denied that the memo was his"."""
    lemma = cue.lemma_.lower()
    stance = stance_of(lemma)
    if stance is None or _is_promise(cue):
        return None
    if about := _objects(cue, lemma in _OF_PEOPLE):
        return Stand(stance, about, points=all(map(is_disputable, about)))
    if lemma in _OF_PEOPLE and not any(c.dep_ in {"dobj", "prep", "ccomp"} for c in cue.children):
        return Stand(stance, (cue,), points=True)  # "His brother agreed."
    if lemma not in _BY_CLAUSE:
        return None
    clause = next(
        (c for c in cue.children if c.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} and c.i > cue.i),
        None,
    )
    if clause is not None:
        return _clause(cue, clause, stance)
    bare = not any(c.dep_ in {"dobj", "prep"} for c in cue.children)
    return Stand(stance) if bare or lemma == "deny" else None


def _clause(cue: "Token", clause: "Token", stance: Stance) -> Stand:
    """Read "denied that the memo was his"; to confirm that a thing is a fake is to deny it."""
    if clause.nbor(-1).lower_ == "that" and is_disputable(clause):
        return Stand(stance, (clause,), points=True)  # "confirmed that account"
    found = find_appraisal(cue, list(clause.subtree))
    if found is None:
        return Stand(stance, _topic(clause))
    told, about = found
    if stance is Stance.DENIES and told is not Stance.DOUBTS:
        told = Stance.CONFIRMS if told is Stance.DENIES else Stance.DENIES
    return Stand(told if stance is not Stance.DOUBTS else stance, about, points=True)


def _is_promise(cue: "Token") -> bool:
    """Whether *cue* is "agreed to leave", "confirmed for the post"."""
    return cue.lemma_ in words("stances", "promising") and any(
        c.lower_ == "to" or c.dep_ == "xcomp" for c in cue.children
    )


def _objects(cue: "Token", people: bool) -> "tuple[Token, ...]":
    """Return the objects of *cue* that are words of somebody, or somebody where *people*."""
    found = [t for t, _ in fillers(cue, "object")]
    if not found:
        places = ("with",) if people else ("with", "as")
        found = [t for place in places for t, _ in fillers(cue, place)]
    after = cue.nbor(1) if cue.i + 1 < len(cue.doc) else cue
    if (
        not found
        and after.lower_ in POINTING
        and (after.i + 1 == len(cue.doc) or after.nbor(1).is_punct)
    ):
        found = [after]  # "disputes that."
    if not found and cue.dep_ == "relcl" and not any(t.tag_ in _RELATIVE for t in cue.subtree):
        found = [cue.head]  # "a charge the charity rejects"
    if cue.lemma_.lower() in _BACKING:
        found = [t for t in found if content_head(t).lemma_.lower() in words("stance", "vouched")]
    free = people and cue.lemma_ in _ON_ANYTHING
    return tuple(t for t in found if free or is_disputable(t, people))


def _topic(clause: "Token") -> "tuple[Token, ...]":
    """Return the paper that a denied or confirmed *clause* is about: its subject, what he wrote."""
    subjects = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if subjects:
        return tuple(t for t in subjects if t.lower_ not in POINTING and is_disputable(t))
    if clause.lemma_.lower() in _AUTHORED:
        return tuple(t for t, _ in fillers(clause, "object") if is_disputable(t))
    return ()


@cache
def _idioms() -> dict[str, tuple[tuple[tuple[str, ...], Stance], ...]]:
    """Return by their verb the further words of each idiom and its stance."""
    found: dict[str, list[tuple[tuple[str, ...], Stance]]] = {}
    for stance in Stance:
        for idiom in sorted(words("stance", f"idioms_{stance.value}")):
            verb, *rest = idiom.split()
            found.setdefault(verb, []).append((tuple(rest), stance))
    return {verb: tuple(rest) for verb, rest in found.items()}


def _idiom(cue: "Token") -> Stand | None:
    """Read "cast doubt on the findings", "brushed aside the report"."""
    for rest, stance in _idioms().get(cue.lemma_.lower(), ()):
        near = [t for t in cue.subtree if cue.i < t.i <= cue.i + _NEAR]
        found = [
            next((t for t in near if word in {t.lemma_.lower(), t.lower_}), None) for word in rest
        ]
        if None in found:
            continue
        last = found[-1]
        about = [c for c in last.children if c.dep_ == "pobj"] if last is not None else []
        about = about or [t for t, _ in fillers(cue, "object")]
        if about:
            return Stand(stance, tuple(about), points=all(map(is_disputable, about)))
    return None


def _adjective(cue: "Token") -> Stand | None:
    """Read "is sceptical of the report", "are not convinced"."""
    holders = [cue] if cue.pos_ == "ADJ" or cue.tag_ in {"VBN", "JJ"} else []
    copula = cue if cue.lemma_.lower() in words("stance", "copulas") else cue.head
    holders += [c for c in cue.children if c.dep_ in {"acomp", "attr", "oprd"}]
    for word in holders:
        lemma = word.lower_
        sure = lemma in words("stance", "adjectives_sure") and (
            is_negated(copula) or is_negated(word)
        )
        if not (sure or (lemma in words("stance", "adjectives_doubts") and not is_negated(copula))):
            continue
        about = [
            p
            for c in word.children
            if c.dep_ in {"prep", "agent"}
            for p in c.children
            if p.dep_ == "pobj"
        ]
        clause = any(c.dep_ in {"ccomp", "xcomp"} for c in word.children)
        able = tuple(t for t in about if is_disputable(t))
        if clause and not about:
            return Stand(Stance.DOUBTS)  # "was sceptical that the plan would work"
        if able or not about:
            return Stand(Stance.DOUBTS, able or (word,), points=True)
    return None


def _named(cue: "Token", inside: "Sequence[Token]") -> Stand | None:
    """Read "called the memo a fake", "dismissed as baseless the claim that"."""
    if cue.lemma_.lower() not in words("stance", "naming"):
        return None
    near = [t for t in inside or cue.subtree if t.i > cue.i or t.dep_ == "nsubjpass"]
    relatives = [c for c in cue.children if c.tag_ in _RELATIVE]
    called = [
        t
        for t in near
        if t.dep_
        in {"oprd", "attr", "acomp", "pobj", "amod", "xcomp", "ccomp", "conj", "dobj", "prep"}
    ]
    told = next((s for t in called if (s := appraisal_of(t))), None)
    speaking = any(judges_speaker(t) is not None for t in called)
    told = told or next(filter(None, map(judges_speaker, called)), None)
    about = [
        t
        for t in [*(t for t, _ in fillers(cue, "object")), *relatives, *near]
        if t.dep_ in {"appos", "dobj", "nsubj", "nsubjpass", "pobj"}
        and is_disputable(t, people=speaking)
        and appraisal_of(t) is None
    ]
    return Stand(told, tuple(about[:1]), points=True) if told and about else None


def _accused(cue: "Token") -> Stand | None:
    """Read "accused the minister of lying about the files"."""
    if cue.lemma_.lower() != "accuse":
        return None
    charges = (v for c in cue.children if c.lower_ == "of" for v in c.children)
    if not any(v.pos_ == "VERB" and truthfulness(v) is Stance.DENIES for v in charges):
        return None
    accused = [t for t, _ in fillers(cue, "object") if is_disputable(t, people=True)]
    return Stand(Stance.DENIES, tuple(accused[:1])) if accused else None


def _verdict(cue: "Token", inside: "Sequence[Token]") -> Stand | None:
    """Read "said that the memo was a forgery", "'That is nonsense,' he said"."""
    found = find_appraisal(cue, inside)
    if found is None:
        return _own_words(inside) or _stood_by(cue, inside)
    return Stand(*found, points=any(is_disputable(t) or not _speaks(t) for t in found[1]))


def _speaks(token: "Token") -> bool:
    return is_disputable(token, people=True)


def _own_words(inside: "Sequence[Token]") -> Stand | None:
    """Read what is said in the first person: "'I don't accept that,' she replied"."""
    for verb in (t for t in inside if t.pos_ == "VERB" and t.dep_ in {"ROOT", "ccomp", "conj"}):
        if any(c.dep_ == "nsubj" and c.lower_ in words("pronouns", "own") for c in verb.children):
            open_ = is_withheld(verb, negation=False)
            found = None if open_ else _negated(verb) if is_negated(verb) else _verb(verb)
            if found is not None and found.points:
                return found
    return None


def _stood_by(cue: "Token", inside: "Sequence[Token]") -> Stand | None:
    """Read "said that it stood by the report": what whoever speaks says of himself."""
    for verb in (t for t in inside if t.dep_ == "ccomp" and t.head == cue):
        if any(c.dep_ == "nsubj" and c.lower_ in _THIRD for c in verb.children):
            open_ = is_withheld(verb) or is_negated(verb)
            return None if open_ else _idiom(verb)
    return None
