"""Give quotations without a verb of saying to whoever is seen to move or look before them.

"Lee turned to the guard. 'It was open.' The guard nodded.": Lee speaks. What somebody does after
the words shows who spoke only where nobody did anything before them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.extraction.lexicon import words
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import mention_of
from provenance.extraction.quotations import Quotation
from provenance.extraction.speakers import FIRST_PERSON, subject_of
from provenance.model import Attribution, Mention, MentionKind, SourceType, Span, Spans, SpeechKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHORTEST = 3
"""Words that a quotation has at the least."""
_SCORE = 0.7
_SCORE_STANDING = 0.5
"""How sure it is that whoever was named last, and only does something, has the word."""
_MUTE = words("beats", "mute")
_OTHERWISE = words("beats", "elsewhere")
_PEOPLE = {SourceType.PERSON, SourceType.UNNAMED}

Governing = tuple[Attribution, Spans]


def settle(
    passage: Passage, quotations: Sequence[Quotation], own: Sequence[Governing], by: str
) -> list[Governing]:
    """Return *own* with each quotation that stands between sentences at who moved before it."""
    out = [one for one in own if not _is_silence(passage, one[0])]
    for quotation in quotations:
        if not _stands_alone(passage, quotation):
            continue
        told = [one for one, _ in out if any(quotation.span.overlaps(s) for s in one.content)]
        if any(_says(passage, one, quotation) for one in told):
            continue
        found = _beat(passage, quotations, _before(passage, quotation))
        if found is None and not told:
            found = _beat(passage, quotations, _after(passage, quotation))
        if found is None and not told:
            found = _doer(passage, quotations, _before(passage, quotation))
        if found is not None:
            out = _given(passage, out, quotation, found, by)
    return sorted(out, key=lambda one: one[0].cue)


def actor(passage: Passage, quotations: Sequence[Quotation], by: str) -> Attribution | None:
    """Return whose words a paragraph that is one quotation gives, after this one without any.

    It is who does something in the last sentence, if that is somebody named.
    """
    tokens = [t for t in passage.doc if not t.is_space]
    found = _doer(passage, (), _sentence(tokens, tokens[-1])) if tokens else None
    if quotations or found is None:
        return None
    verb, mention = found
    return Attribution(
        source=(mention.span,),
        cue=(passage.span(verb),),
        content=(),
        sentence=passage.sentence(verb),
        speakers=(mention.span,),
        score=_SCORE_STANDING,
        speech=SpeechKind.DIRECT,
        by=by,
    )


def _given(
    passage: Passage,
    own: Sequence[Governing],
    quotation: Quotation,
    beat: "tuple[Token, Mention]",
    by: str,
) -> list[Governing]:
    """Return *own* with *quotation* said by whoever the *beat* is of, and by nobody else."""
    verb, mention = beat
    cue = passage.span(verb)
    out: list[Governing] = []
    said: list[Span] = [quotation.span]
    for one, reach in own:
        if one.cue[0].overlaps(cue):
            said += [s for s in one.content if one.speech is SpeechKind.DIRECT]
            continue
        left = tuple(s for s in one.content if not s.overlaps(quotation.span))
        if left or left == one.content:
            out.append((replace(one, content=left), reach))
    content = tuple(sorted(set(said)))
    sentence = passage.sentence(verb)
    spoken = Attribution(
        source=(mention.span,),
        cue=(cue,),
        content=content,
        sentence=Span(min(sentence.start, content[0].start), max(sentence.end, content[-1].end)),
        speakers=(mention.span,),
        score=_SCORE,
        speech=SpeechKind.DIRECT,
        by=by,
    )
    return [*out, (spoken, content)]


def _is_silence(passage: Passage, one: Attribution) -> bool:
    """Whether somebody "said nothing", which is no statement."""
    verb = _verb_at(passage, one.cue[0])
    return verb is not None and any(
        c.dep_ == "dobj"
        and c.lower_ in _MUTE
        and (c.lower_ == "nothing" or any(d.lower_ in words("beats", "any") for d in c.children))
        and not any(d.dep_ in {"acl", "prep", "relcl"} for d in c.children)
        for c in verb.children
    )


def _says(passage: Passage, one: Attribution, quotation: Quotation) -> bool:
    """Whether *one* has *quotation* by a verb of saying, or from within its sentence."""
    verb = _verb_at(passage, one.cue[0])
    if verb is None or not _is_gesture(verb):
        return True
    return one.cue[0].end <= quotation.span.start and one.speech is SpeechKind.DIRECT


def _is_gesture(verb: "Token") -> bool:
    """Whether *verb* is what somebody is seen to do: "shook her head", not "shook the firm"."""
    lemma = verb.lemma_.lower()
    objects = [c.lemma_.lower() for c in verb.children if c.dep_ == "dobj"]
    if lemma in words("cues", "handle") and words("cues", "handled") & {*objects}:
        return True
    if lemma not in words("cues", "gesture") or any(c.dep_ == "ccomp" for c in verb.children):
        return False
    beside = {c.lower_ for c in verb.children if c.dep_ in {"advmod", "prep", "prt"}}
    return not objects and not (lemma in _OTHERWISE and beside & words("cues", "elsewhere"))


def _verb_at(passage: Passage, cue: Span) -> "Token | None":
    start, end = cue.start - passage.offset, cue.end - passage.offset
    piece = passage.doc.char_span(
        max(0, start), min(end, len(passage.text)), alignment_mode="expand"
    )
    return next((t for t in piece or () if t.pos_ in {"AUX", "VERB"}), None)


def _stands_alone(passage: Passage, quotation: Quotation) -> bool:
    """Whether *quotation* is whole sentences between others, and no part of one."""
    start, end = quotation.span.start - passage.offset, quotation.span.end - passage.offset
    inner = passage.text[start + 1 : end].rstrip("\"'”’»").rstrip()
    before, after = passage.text[:start].rstrip(), passage.text[end:].lstrip()
    return (
        len(inner.split()) >= _SHORTEST
        and inner[:1].isupper()
        and inner[-1:] in set(".!?…")
        and (not before or before[-1] in '.!?…"”’»')
        and (not after or after[0].isupper() or after[0] in '"“‘«')
    )


def _before(passage: Passage, quotation: Quotation) -> "list[Token]":
    """Return the words of the sentence that ends where *quotation* begins."""
    start = quotation.span.start - passage.offset
    tokens = [t for t in passage.doc if t.idx + len(t.text) <= start and not t.is_space]
    return _sentence(tokens, tokens[-1]) if tokens else []


def _after(passage: Passage, quotation: Quotation) -> "list[Token]":
    """Return the words of the sentence that begins where *quotation* ends."""
    end = quotation.span.end - passage.offset
    tokens = [t for t in passage.doc if t.idx >= end and not t.is_space]
    return _sentence(tokens, tokens[0]) if tokens else []


def _sentence(tokens: "Sequence[Token]", one: "Token") -> "list[Token]":
    return [t for t in tokens if t.sent.start == one.sent.start]


def _beat(
    passage: Passage, quotations: Sequence[Quotation], sentence: "Sequence[Token]"
) -> "tuple[Token, Mention] | None":
    """Return the verb of *sentence* and who does it, if a person moves or looks there."""
    if any(passage.span(t).overlaps(q.span) for t in sentence for q in quotations):
        return None
    for verb in (t for t in sentence if t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"}):
        if not _is_gesture(verb):
            continue
        subject = subject_of(verb)
        if subject is None or subject not in sentence or subject.lower_ in FIRST_PERSON:
            continue
        mention = mention_of(passage, subject)
        person = mention is not None and (
            mention.type in _PEOPLE
            or (
                mention.kind is MentionKind.PRONOUN and subject.lower_ in words("pronouns", "third")
            )
            or (mention.kind is MentionKind.NAME and not mention.place)
        )
        if mention is not None and person:
            return verb, mention
    return None


def _doer(
    passage: Passage, quotations: Sequence[Quotation], sentence: "Sequence[Token]"
) -> "tuple[Token, Mention] | None":
    """Return the verb of *sentence* and who does it, if that is a person by name."""
    if any(passage.span(t).overlaps(q.span) for t in sentence for q in quotations):
        return None
    verb = next((t for t in sentence if t.dep_ == "ROOT" and t.pos_ in {"AUX", "VERB"}), None)
    if verb is None or verb.lemma_.lower() in words("cues", "say") or verb.tag_ == "VB":
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    mention = mention_of(passage, subject) if subject is not None else None
    if mention is None or mention.kind is not MentionKind.NAME or mention.place:
        return None
    others = [t for t in sentence if t.ent_type_ == "PERSON" and not _within(passage, t, mention)]
    return (verb, mention) if mention.type is SourceType.PERSON and not others else None


def _within(passage: Passage, token: "Token", mention: Mention) -> bool:
    return passage.span(token).overlaps(mention.span) or any(
        passage.span(token).overlaps(one) for one in mention.appositions
    )
