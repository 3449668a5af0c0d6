"""Find attributions by their cues: verbs, "according to", nouns and passives, one function a kind.

The kinds of construction follow the cue classes of PARC 3.0 and PolNeAR (Newell et al., LREC 2018);
the words of each class are in lexicon.toml.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.extraction import contents
from provenance.extraction.certainty import certainty_of_saying
from provenance.extraction.grammar import is_passive_cue
from provenance.extraction.lexicon import stance_of, words
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import conjuncts, is_nominal, mention_of
from provenance.extraction.quotations import Quotation
from provenance.extraction.routes import basis_of, route_of
from provenance.extraction.speakers import (
    FIRST_PERSON,
    can_speak,
    is_somebody,
    is_thing,
    is_withheld,
    subject_of,
)
from provenance.extraction.stances import stance_of_cue, stance_taken
from provenance.model import Attribution, Certainty, Span, Spans, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME = "syntax"
LONGEST = 300
"""Tokens of a sentence at the most: the parse of more means nothing."""
TALKED_ABOUT = 0.75  # what is told by an object alone ("considers a ban"): nested, mere talk
_TOLD = words("cues", "told")
_NOT_PASSIVE = words("cues", "not_passive")
_DESCRIBING = words("cues", "describing")
_ADJECTIVES = words("stance", "adjectives_doubts") | words("stance", "adjectives_sure")
_STANCES = words("stance", "denies") | words("stance", "doubts") | words("stance", "confirms")
VERBS = words("cues", "with_quotation").union(
    *(words("cues", c) for c in ("say", "believe", "act", "show", "evidence", "quote")),
    _STANCES,
    words("stance", "standing"),
)


def find(passage: Passage, quotations: Sequence[Quotation]) -> Iterator[Attribution]:
    """Yield the attributions of *passage*, each cue's at most once."""
    everywhere = quotations
    for token in (t for s in passage.doc.sents if len(s) <= LONGEST for t in s):
        lemma, at = token.lemma_.lower(), passage.span(token)
        # "Lee told me that it was safe," said Reed: what Lee told is not all that Reed said
        within = [q.inner for q in everywhere if at in q.inner]
        quotations = [q for q in everywhere if q.inner not in within]
        if token.lower_ in words("cues", "according"):
            found = _according(passage, token, quotations)
        elif token.pos_ == "VERB" and lemma in VERBS:
            found = _verb(passage, token, quotations)
        elif lemma in words("cues", "crediting") and token.pos_ == "VERB":
            found = _credited(passage, token, quotations)
        elif token.pos_ == "NOUN" and lemma in words("cues", "nouns"):
            found = _noun(passage, token, quotations)
        elif token.lower_ in _ADJECTIVES and token.dep_ in {"acomp", "attr", "ROOT"}:
            found = _adjective(passage, token, quotations)
        else:
            found = None
        if found is not None and within:
            inner = contents.cut_within(passage, found.content, within)
            bare = found.stance is not None
            inner = tuple(s for s in inner if _says_something(passage, s, bare))
            found = replace(found, content=inner) if inner else None
        if found is not None:
            yield found


def _verb(passage: Passage, cue: "Token", quotations: Sequence[Quotation]) -> Attribution | None:
    lemma = cue.lemma_.lower()
    if is_passive_cue(cue):
        return _passive(passage, cue, quotations)
    speaker = subject_of(cue)
    if speaker is None or is_withheld(cue) or speaker.lower_ in FIRST_PERSON or _is_named(cue):
        return None
    thing = is_thing(speaker)
    classes = [c for c in ("say", "believe", "act", "show") if lemma in words("cues", c)]
    if (
        not can_speak(speaker)
        or (thing and "show" not in classes and "say" not in classes)
        or (not thing and classes == ["show"])
    ):
        return None
    content, score = _told_by(passage, cue, speaker, quotations)
    if not content and lemma not in words("stance", "standing"):
        return None
    if lemma in words("cues", "quote"):
        return _cites(passage, cue, speaker, content, quotations)
    found = _attribution(passage, cue, _cue_span(passage, cue), speaker, content, quotations, score)
    sure = found and (classes == ["act"] or found.stance is not None)
    return replace(found, score=0.9) if found and sure else found


def _is_named(cue: "Token") -> bool:
    """Whether *cue* tells what somebody is called: "Tanabe-san, as his students call him"."""
    marked = any(c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in cue.children)
    himself = any(t.i == cue.i + 1 and t.lower_.endswith(("self", "selves")) for t in cue.subtree)
    called = himself or (marked and any(c.dep_ == "dobj" for c in cue.children))
    return cue.lemma_ == "call" and called


def _cites(
    passage: Passage,
    cue: "Token",
    speaker: "Token",
    content: Spans,
    quotations: Sequence[Quotation],
) -> Attribution | None:
    """Read "the channel cited a video": what is cited comes before whoever cites it."""
    cited = [c for c in cue.children if c.dep_ == "dobj" and (is_thing(c) or can_speak(c))]
    found = _attribution(passage, cue, _cue_span(passage, cue), speaker, content, quotations)
    spans = tuple(m.span for c in cited if (m := mention_of(passage, c)) and m.kind != "pronoun")
    return replace(found, basis=(*found.basis, *spans)) if found else None


def _told_by(
    passage: Passage, cue: "Token", speaker: "Token", quotations: Sequence[Quotation]
) -> tuple[Spans, float]:
    """Return what the verb *cue* ascribes to *speaker*, and how sure it is: a clause before all."""
    if content := contents.clause_content(passage, cue, quotations):
        return content, 0.9
    if (lemma := cue.lemma_.lower()) == "learn" and is_somebody(speaker):
        return (), 0.0  # "learned of the fire"
    objects = contents.object_content(passage, cue)
    if objects and lemma in words("cues", "act") - words("cues", "say"):
        return objects, 0.9
    own = passage.span(passage.doc[speaker.left_edge.i : speaker.right_edge.i + 1])
    if quoted := contents.quoted_content(cue, passage, quotations, (own,)):
        return quoted, 0.9
    return (objects, TALKED_ABOUT) if lemma not in words("cues", "without_object") else ((), 0.0)


def _passive(passage: Passage, cue: "Token", quotations: Sequence[Quotation]) -> Attribution | None:
    """Read "is evidenced by X", "was revealed in X", "was quoted as saying", "X was told by Y"."""
    citing = (lemma := cue.lemma_.lower()) in words("cues", "quote")
    if citing and any(c.lower_ == "as" for c in cue.children):
        return _quoted_by(passage, cue, quotations)
    speaker = _agent_of(cue)
    subject = _told_of(cue)
    if speaker is None or subject is None or is_withheld(cue) or lemma in _NOT_PASSIVE:
        return None
    if is_thing(subject) and lemma in words("cues", "making"):
        return None
    telling = words("cues", "say") | words("cues", "act") | words("cues", "quote") | _STANCES
    if not is_thing(speaker) and not (can_speak(speaker) and lemma in telling):
        return None
    aside = {t.i for t in cue.subtree} if cue in subject.subtree else {cue.i}
    whole = {t.i for t in subject.subtree} - aside
    content = contents.pieces(passage, whole) + contents.clause_content(passage, cue, quotations)
    cue_span = _cue_span(passage, cue)
    score = 0.9 if lemma in _TOLD else 0.7  # "was told by superiors"
    found = _attribution(passage, cue, cue_span, speaker, content, quotations, score)
    drawn = found is not None and found.stance is None and (is_thing(subject) or citing)
    held = mention_of(passage, subject) if drawn else None
    return replace(found, basis=(*found.basis, held.span)) if found and held else found


def _agent_of(cue: "Token") -> "Token | None":
    """Return who or what does what the passive *cue* tells: behind "by", or "in" a paper."""
    held = cue.lemma_.lower() in words("cues", "evidence")
    for child in cue.children:
        for noun in (p for p in child.children if p.dep_ == "pobj"):
            placed = held and child.lower_ in words("cues", "behind") and is_thing(noun)
            if child.dep_ == "agent" or placed:
                return noun
    if stance_of(cue.lemma_.lower()):
        far = (p for c in cue.subtree if c.lower_ == "by" for p in c.children if p.dep_ == "pobj")
        return next(far, None)
    return None


def _quoted_by(
    passage: Passage, cue: "Token", quotations: Sequence[Quotation]
) -> Attribution | None:
    """Read "X was quoted as saying that ..." and "..., X was quoted as saying by Y"."""
    speaker = next((c for c in cue.children if c.dep_ == "nsubjpass"), None)
    says = next(
        (p for c in cue.children if c.lower_ == "as" for p in c.children if p.dep_ == "pcomp"), None
    )
    if speaker is None or says is None or not can_speak(speaker):
        return None
    content = (
        contents.clause_content(passage, says, quotations)
        or contents.clause_content(passage, cue, quotations)
        or contents.quoted_content(cue, passage, quotations, ())
    )
    found = _attribution(passage, cue, passage.between(cue, says), speaker, content, quotations)
    quoting = [
        p
        for verb in (cue, says)
        for c in verb.children
        if c.lower_ in words("cues", "behind")
        for p in c.children
        if p.dep_ == "pobj"
    ]
    spans = tuple(m.span for p in quoting if (m := mention_of(passage, p)))
    return replace(found, route=(*found.route, *spans)) if found else None


def _told_of(cue: "Token") -> "Token | None":
    """Return what a passive says is told: its subject, or the noun that it stands behind.

    A second participle behind "data intercepted by X and revealed in Y" belongs to the same noun,
    though the parser likes to join it to the main verb.
    """
    own = next((c for c in cue.children if c.dep_ == "nsubjpass"), None)
    if own is not None:
        return own
    if cue.dep_ == "acl":
        return cue.head
    if cue.dep_ == "conj":
        beside = [
            t for t in cue.sent if t.dep_ == "acl" and t.tag_ == "VBN" and cue.head.i < t.i < cue.i
        ]
        return beside[-1].head if beside else _told_of(cue.head)
    return None


def _credited(
    passage: Passage, cue: "Token", quotations: Sequence[Quotation]
) -> Attribution | None:
    """Read "X carried the claim, attributing it to Y": X has it from Y."""
    speaker = subject_of(cue)
    origin = [p for c in cue.children if c.lower_ == "to" for p in c.children if p.dep_ == "pobj"]
    if speaker is None or not origin or not can_speak(speaker) or is_withheld(cue):
        return None
    told = {t.i for c in cue.children if c.dep_ == "dobj" for t in c.subtree}
    verb = cue.head if cue.dep_ == "advcl" else cue
    told |= {t.i for c in verb.children if c.dep_ == "dobj" for t in c.subtree}
    content = contents.pieces(passage, told)
    found = _attribution(passage, cue, passage.span(cue), speaker, content, quotations, score=0.8)
    basis = mention_of(passage, origin[0])
    return replace(found, basis=(basis.span,)) if found and basis else None


def _according(
    passage: Passage, cue: "Token", quotations: Sequence[Quotation]
) -> Attribution | None:
    to = next((c for c in cue.children if c.lower_ == "to"), None)
    speaker = next((p for p in (to or cue).children if p.dep_ == "pobj"), None)
    if (
        to is None
        or speaker is None
        or not is_nominal(speaker)
        or not (can_speak(speaker) or is_thing(speaker))
    ):
        return None
    clause = cue.head
    while clause.pos_ not in {"VERB", "AUX"} and clause.head.i != clause.i:
        clause = clause.head
    if _frames_sentence(cue):
        clause = cue.sent.root
    content = contents.rest_of(passage, clause, cue.subtree, quotations)
    if not content:
        return None
    span = passage.between(cue, to)
    return _attribution(passage, cue, span, speaker, content, quotations)


def _frames_sentence(cue: "Token") -> bool:
    """Whether "according to X" opens its sentence, or closes it behind a comma: then all is X's."""
    if cue.i == cue.sent.start:
        return True
    after = [t for t in cue.sent if t.i > cue.right_edge.i and not t.is_punct]
    return not after and cue.nbor(-1).text == ","


def _noun(passage: Passage, cue: "Token", quotations: Sequence[Quotation]) -> Attribution | None:
    """Read "X's claim that", "the contention of X that", "X's response was: ..."."""
    speaker = next((c for c in cue.children if c.dep_ == "poss"), None)
    for prep in cue.children:
        if (
            speaker is None
            and prep.dep_ in {"prep", "agent"}
            and prep.lower_ in words("cues", "owners")
        ):
            speaker = next((p for p in prep.children if p.dep_ == "pobj" and can_speak(p)), None)
    if speaker is None or not can_speak(speaker) or speaker.lower_ in FIRST_PERSON:
        return None
    clauses = [
        c
        for c in cue.subtree
        if c.dep_ in {"acl", "ccomp", "relcl"}
        and c.i > cue.i
        and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)
    ]
    content = contents.widen(
        contents.pieces(passage, {t.i for t in clauses[0].subtree} if clauses else set()),
        quotations,
    )
    if not content and cue.dep_ == "nsubj" and cue.head.lemma_ == "be":
        content = contents.quoted_content(cue, passage, quotations, ())
    return (
        _attribution(passage, cue, passage.span(cue), speaker, content, quotations, score=0.7)
        if content
        else None
    )


def _adjective(
    passage: Passage, cue: "Token", quotations: Sequence[Quotation]
) -> Attribution | None:
    """Read "experts are sceptical of the report", "analysts were not convinced"."""
    copula = cue if cue.dep_ == "ROOT" else cue.head
    speaker = subject_of(copula)
    if speaker is None or not can_speak(speaker) or is_withheld(copula, negation=False):
        return None
    about = {t.i for t in cue.subtree if t.i > cue.i and not t.is_punct}
    content = contents.pieces(passage, about) or (passage.span(cue),)
    span = passage.between(copula, cue) if content != (passage.span(cue),) else passage.span(copula)
    found = _attribution(passage, cue, span, speaker, content, quotations)
    return found if found and found.stance else None


def _cue_span(passage: Passage, cue: "Token") -> Span:
    """Return the verb group of *cue*: auxiliaries, negation, particle and adverbs between them."""
    first = last = cue
    for child in sorted(cue.children, key=lambda c: -c.i):
        if child.dep_ in {"aux", "auxpass", "neg", "advmod"} and child.i == first.i - 1:
            first = child
        if child.dep_ == "prt" and child.i == cue.i + 1:
            last = child
    return passage.between(first, last)


def _attribution(
    passage: Passage,
    cue: "Token",
    cue_span: Span,
    speaker: "Token",
    content: Spans,
    quotations: Sequence[Quotation],
    score: float = 0.9,
) -> Attribution | None:
    heads = [t for t in conjuncts(speaker) if t == speaker or can_speak(t)]
    mentions = [m for t in heads if (m := mention_of(passage, t))]
    bare = stance_of(cue.lemma_.lower()) is not None  # "denied it" says something
    content = tuple(
        c for c in content if not c.overlaps(cue_span) and _says_something(passage, c, bare)
    )
    taken = stance_taken(passage, cue, content)
    alone = taken.stance and cue.lemma_.lower() in words("stance", "standing")  # "Lee disagreed."
    if not mentions or not (content or alone):
        return None
    source = passage.span(passage.doc[speaker.left_edge.i : speaker.right_edge.i + 1])
    if any(source.overlaps(c) for c in content) or source.overlaps(cue_span):
        source = Span(min(m.span.start for m in mentions), max(m.span.end for m in mentions))
    return Attribution(
        source=(source,),
        cue=(cue_span,),
        content=content,
        sentence=passage.sentence(cue),
        speakers=tuple(dict.fromkeys(m.span for m in mentions)),
        route=route_of(passage, cue, speaker),
        basis=basis_of(passage, cue, speaker),
        score=score,
        speech=contents.speech_kind(content, quotations),
        certainty=certainty_of_saying(passage, cue, speaker),
        claimed=claimed_by(cue, taken.stance),
        stance=taken.stance,
        against=taken.against,
        pointing=taken.pointing,
        by=NAME,
    )


def _says_something(passage: Passage, span: Span, bare: bool) -> bool:
    """Whether *span* is more than a pointing word, or where a *bare* one does, points to no person.

    "Who was confirmed by the Senate" got an office.
    """
    text = passage.text[span.start - passage.offset : span.end - passage.offset].lower()
    pointing = text in words("cues", "pointing")
    return text not in words("cues", "persons") and (bare or not pointing)


def claimed_by(cue: "Token", stance: Stance | None) -> Certainty:
    """Return how what is said stands by its cue: "claimed" and "believes" keep their distance."""
    lemma = cue.lemma_.lower()
    own = stance_of_cue(cue) if stance is not None else None
    if own is Stance.DENIES:
        return Certainty.DENIED
    if own is stance is Stance.DOUBTS:
        return Certainty.SPECULATIVE
    if stance is Stance.DOUBTS and lemma in words("certainty", "supposing"):
        return Certainty.ALLEGED  # "believes that it is doubtful" is no doubt of that
    if lemma in words("certainty", "alleging"):
        return Certainty.ALLEGED
    return Certainty.SPECULATIVE if lemma in words("certainty", "supposing") else Certainty.REPORTED
