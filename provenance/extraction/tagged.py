"""The extractor by the tagger: spans from the network, their details from the parse.

The network says who is credited with what; it was trained on flat annotations. What those lack is
the syntactic extractor's: attributions within a content, quotations that go on without a cue,
go-betweens, certainty, mentions and events.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.extraction import contents, cues
from provenance.extraction.certainty import certainty_of_saying
from provenance.extraction.grammar import antecedent, is_passive_cue
from provenance.extraction.lexicon import words
from provenance.extraction.mentions import find_referents
from provenance.extraction.parsing import Passage, as_sentences, parts_of
from provenance.extraction.phrases import conjuncts, is_nominal, mention_of
from provenance.extraction.quotations import Quotation
from provenance.extraction.routes import ISSUING, basis_of, route_of
from provenance.extraction.speakers import (
    FIRST_PERSON,
    SUBJECTS,
    can_speak,
    is_thing,
    is_withheld,
)
from provenance.extraction.stances import stance_taken
from provenance.extraction.syntax import Governing, extract
from provenance.extraction.tagger.tagger import Found, load_tagger
from provenance.model import Article, Attribution, Encoding, Extraction, Span, Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME = "tagger"
_SPEECH = 4
"""Words in quotation marks that are something said, and not a term."""
_PRONOUN = 4
"""Code points of a pronoun that may speak: "they"."""
_SURE = 0.7
"""Score from which the network is believed of a speaker whom the word lists do not know."""
_SURER = 0.85
_FINITE = {"VBD", "VBN", "VBP", "VBZ"}
_SHOWN = 3
"""Words that a document lets one know, at the least, where they are no clause."""


_OPENS, _CLOSES = '“„«"‘', '”»"’'
_QUOTED = re.compile('“[^“”]*+”|"[^"]*+"|«[^«»]*+»|„[^„“”]*+[“”]')


class TaggerExtractor:
    """Finds attributions by the neural tagger; loads it, and spaCy, when first called."""

    name = NAME

    def __call__(self, article: Article) -> Extraction:
        """Return the attributions, custody events and mentions of *article*."""
        tagger = load_tagger()
        places = [(part.start, part.end) for part in parts_of(article)]
        found, notes = tagger.note(as_sentences(article), places)
        found = [_on_its_side(one, article.headline) for one in found]
        found = [_unparted(article.text, one) for one in found]
        starts = [one.cue[0] for one in found]

        def refine(
            passage: Passage, quotations: Sequence[Quotation], parsed: list[Attribution]
        ) -> list[Governing]:
            begin = bisect_left(starts, passage.offset)
            end = bisect_left(starts, passage.offset + len(passage.text))
            own = list(_described(passage, quotations, found[begin:end], parsed))
            kept = [
                (one, one.content)
                for one in (_before(one, own) for one in parsed)
                if not any(_rival(one, other) for other, _ in own)
            ]
            return sorted([*own, *kept], key=lambda one: one[0].cue)

        whole = extract(article, refine)
        referents = tuple(find_referents(article.text, whole.mentions, tagger, notes))
        encoding = Encoding(words=tuple(notes.words), vectors=notes.inner.tobytes())
        return replace(
            whole, referents=referents, encoding=encoding, by=NAME, weights=tagger.digest
        )


def _on_its_side(one: Found, headline: Span | None) -> Found:
    """Return *one* with nothing for its content that the headline parts it from."""
    if headline is None:
        return one
    above = one.cue[0] < headline.end
    contents = tuple(piece for piece in one.contents if (piece[0] < headline.end) is above)
    return replace(one, contents=contents)


def _unparted(text: str, one: Found) -> Found:
    """Return *one* without the quotations of earlier paragraphs that other sentences part from it.

    Between "'They told us noon.'" and "The manager came out. 'We have heard it,' he said" somebody
    else had the word.
    """
    paragraph = text.rfind("\n", 0, one.cue[0]) + 1
    own = min((start for start, _ in one.contents if start >= paragraph), default=paragraph)

    def is_parted(start: int, end: int) -> bool:
        quoted = text[start] in _OPENS and text[end - 1] in _CLOSES
        between = _QUOTED.sub("", text[end:own])
        return end <= paragraph and quoted and re.search(r"\w", between) is not None

    return replace(one, contents=tuple(s for s in one.contents if not is_parted(*s)))


def _before(parsed: Attribution, own: Sequence[Governing]) -> Attribution:
    """Return *parsed*, its content cut where it runs on into who says all of it.

    In "files show that he paid, according to X" X speaks of the files and of what they show.
    """
    for outer, reach in own:
        if not parsed.content or not any(parsed.cue[0] in span for span in reach):
            continue
        last, start = parsed.content[-1], min(s.start for s in (*outer.source, *outer.cue))
        if last.start < start < last.end and outer.cue[0] in last:
            parsed = replace(parsed, content=(*parsed.content[:-1], Span(last.start, start)))
    return parsed


def _described(
    passage: Passage,
    quotations: Sequence[Quotation],
    found: Sequence[Found],
    parsed: Sequence[Attribution],
) -> Iterator[Governing]:
    """Yield *found* with what the parse adds to each, by the like of it among *parsed* if any."""
    for one in found:
        spans = Attribution(
            source=tuple(Span(*piece) for piece in one.sources),
            cue=(Span(*one.cue),),
            content=_within(one, quotations),
            sentence=Span(*one.cue),
            score=round(one.score, 2),
            by=NAME,
        )
        spans = replace(spans, speech=contents.speech_kind(spans.content, quotations))
        cue = _head(passage, spans.cue[0])
        if cue is None:
            continue
        heads = [t for span in spans.source for t in _speakers(passage, span)]
        spans, heads = _by_papers(passage, cue, spans, heads)
        like = _like(spans, parsed)
        # "an aide was forthcoming: it is real, he said"
        heads = [t for t in heads if t.pos_ != "PRON"] or heads
        if like is not None and _is_misread(passage, like, heads):
            like = None
        if like is not None and (_touch(like.speakers, spans.source) or not heads):
            told, reach = _with_spans(like, spans), (*spans.content, *like.content)
        else:
            told, reach = _by_itself(passage, cue, heads, spans, quotations), spans.content
        yield told, reach


def _by_papers(
    passage: Passage, cue: "Token", spans: Attribution, heads: "list[Token]"
) -> "tuple[Attribution, list[Token]]":
    """Return the papers for whoever has them: "Letters seen by the Courier show that he paid"."""
    for token in heads:
        papers = token.head.head.head
        had = token.head.dep_ == "agent" and token.head.head.dep_ == "acl"
        if had and papers.dep_ in SUBJECTS and papers.head == cue and is_thing(papers):
            whole = passage.doc[papers.left_edge.i : token.i + 1]
            start, end = whole.start_char + passage.offset, whole.end_char + passage.offset
            end = max(end, spans.source[-1].end)
            return replace(spans, source=(Span(start, end),)), [papers]
    return spans, heads


def _within(one: Found, quotations: Sequence[Quotation]) -> Spans:
    """Return the content of *one*; what is said within a quotation neither opens nor leaves it.

    In "'It was sealed. Lee told me: "Go home." He lied,' Reed said" Lee told the words between.
    """
    content = tuple(Span(*piece) for piece in one.contents)
    around = [q for q in quotations if Span(*one.cue) in q.inner]
    return tuple(s for s in content if all(s in q.inner for q in around))


def _is_misread(passage: Passage, like: Attribution, heads: "Sequence[Token]") -> bool:
    """Whether the parse has a pronoun for a speaker whom the network finds described as well."""
    said = {m.span for t in heads if (m := mention_of(passage, t)) and t.pos_ != "PRON"}
    short = all(s.end - s.start <= _PRONOUN for s in like.speakers)
    return bool(said and like.speakers) and short and not said & {*like.speakers}


def _like(spans: Attribution, parsed: Sequence[Attribution]) -> Attribution | None:
    """Return what the parse has for the same cue, else for the same source and content."""
    alike = [a for a in parsed if a.cue[0].overlaps(spans.cue[0])] or [
        a for a in parsed if _touch(a.source, spans.source) and _touch(a.content, spans.content)
    ]
    return max(alike, key=lambda a: _shared(a.content, spans.content), default=None)


def _with_spans(parsed: Attribution, spans: Attribution) -> Attribution:
    return replace(
        parsed,
        source=spans.source or parsed.source,
        cue=spans.cue,
        content=spans.content,
        score=min(parsed.score, spans.score),
        speech=spans.speech,
        by=NAME,
    )


def _by_itself(
    passage: Passage,
    cue: "Token",
    heads: "Sequence[Token]",
    spans: Attribution,
    quotations: Sequence[Quotation],
) -> Attribution:
    """Return *spans* with the details of an attribution that the parse does not have."""
    speaker = heads[0] if heads else cue
    mentions = [m.span for t in heads if (m := mention_of(passage, t)) is not None]
    taken = stance_taken(passage, cue, spans.content)
    found = replace(
        spans,
        sentence=_evidence(passage, cue, spans.source),
        route=route_of(passage, cue, speaker),
        basis=basis_of(passage, cue, speaker),
        certainty=certainty_of_saying(passage, cue, speaker),
        claimed=cues.claimed_by(cue, taken.stance),
    )
    told = taken.stance is not None or _tells(passage, cue, speaker, spans, quotations)
    if not mentions or not (told or (found.route and not is_withheld(cue))):
        return found
    return replace(
        found,
        speakers=tuple(dict.fromkeys(mentions)),
        stance=taken.stance,
        against=taken.against,
        pointing=taken.pointing,
    )


def _tells(
    passage: Passage,
    cue: "Token",
    speaker: "Token",
    spans: Attribution,
    quotations: Sequence[Quotation],
) -> bool:
    """Whether information came from *speaker*: not so where it only wants, does or declines."""
    thing, content = is_thing(speaker), spans.content
    heard = spans.score >= _SURE and speaker.lemma_.lower() not in words("nouns", "mute")
    able = thing or can_speak(speaker) or heard
    if is_withheld(cue) or not able or is_passive_cue(cue):
        return False
    if cue.is_punct:
        return True
    quoted = any(
        quotation.span.overlaps(span) and len(_tokens(passage, quotation.inner)) >= _SPEECH
        for quotation in quotations
        for span in content
    )
    opening = [_tokens(passage, span)[:1] for span in content]
    if quoted or any(t.lower_ == "that" and t.dep_ == "mark" for first in opening for t in first):
        return True
    classes = ("say", "show", "evidence") if thing else ("say", "believe", "quote")
    known = any(cue.lemma_.lower() in words("cues", name) for name in classes)
    finite = cue.tag_ in {"VBD", "VBP", "VBZ"}
    if thing and known and finite and any(len(_tokens(passage, s)) >= _SHOWN for s in content):
        return True
    so = finite and any(t.lower_ == "so" for first in opening for t in first)  # "Lee said so too"
    so = so or (finite and _is_named_saying(passage, cue, spans))
    if known and (so or any(_has_clause(passage, span) for span in content)):
        return True
    full = any(len(_tokens(passage, s)) >= _SHOWN for s in content)
    return full and _is_heard(cue, thing, spans.score)


def _is_named_saying(passage: Passage, cue: "Token", spans: Attribution) -> bool:
    """Whether a person by name says some words, be they no clause to the parser."""
    named = any(t.ent_type_ == "PERSON" for span in spans.source for t in _tokens(passage, span))
    long = any(len(_tokens(passage, span)) >= _SPEECH for span in spans.content)
    return named and long and cue.lemma_.lower() in words("cues", "say")


def _is_heard(cue: "Token", thing: bool, score: float) -> bool:
    """Whether the network is sure enough of a speaker, or a paper, with no clause for a content."""
    if score < _SURE or cue.tag_ not in _FINITE:
        return False
    lemma = cue.lemma_.lower()
    if lemma in words("cues", "say"):
        return not thing and score >= _SURER
    classes = ("act", "heard", "held") if thing else ("act", "heard")
    return any(lemma in words("cues", name) for name in classes)


def _has_clause(passage: Passage, span: Span) -> bool:
    inside = _tokens(passage, span)
    return any(t.dep_ in SUBJECTS and t.head in inside for t in inside)


def _head(passage: Passage, span: Span) -> "Token | None":
    """Return the verb or noun that the words at *span* hang on; of a lone mark the mark."""
    inside = _tokens(passage, span)
    if not inside:  # "Lee: It is over."
        return next(iter(_piece(passage, span)), None)
    tops = [t for t in inside if t.head == t or not any(t.head == other for other in inside)]
    telling = [t for t in tops if t.pos_ in {"VERB", "NOUN", "AUX"}]
    if telling and telling[0].lemma_ in words("tagged", "heard"):  # "can be heard saying"
        telling = [t for t in inside if t.tag_ == "VBG"] or telling
    if telling and telling[0].lemma_ in ISSUING:  # "released a statement calling"
        telling = [t for t in inside if t.tag_ == "VBG" and t.lemma_ in cues.VERBS] or telling
    return next(iter(telling or tops), None)


def _speakers(passage: Passage, span: Span) -> "Iterator[Token]":
    """Yield the heads of the names and descriptions in the source at *span*."""
    inside = _tokens(passage, span)
    within = {t.i for t in inside}
    tops = [t for t in inside if t.head.i not in within or t.head == t]
    # "said ranking Democrat Ann Lee": what ranks was taken for a verb, Lee for its object
    if all(t.pos_ == "VERB" for t in tops):  # "people briefed on the talks" is no sentence either
        tops = _names(inside) or [t for t in inside if t.dep_ in SUBJECTS and t.head in tops]
    for token in tops:
        for one in conjuncts(token):
            if one.i in within and is_nominal(one) and one.lower_ not in FIRST_PERSON:
                yield antecedent(one) or one


def _names(inside: "Sequence[Token]") -> "list[Token]":
    """Return the first name among the words *inside* a source, by the word it hangs on."""
    names = [t for t in inside if t.pos_ == "PROPN" and t.dep_ != "pobj"]
    return [t for t in names if t.head not in names][:1]


def _tokens(passage: Passage, span: Span) -> "list[Token]":
    return [t for t in _piece(passage, span) if not t.is_punct and not t.is_space]


def _piece(passage: Passage, span: Span) -> "list[Token]":
    start, end = span.start - passage.offset, span.end - passage.offset
    piece = passage.doc.char_span(
        max(0, start), min(end, len(passage.text)), alignment_mode="expand"
    )
    return list(piece or ())


def _evidence(passage: Passage, cue: "Token", source: Spans) -> Span:
    """Return the sentence of *cue*, with that of the source where it is another."""
    sentence = passage.sentence(cue)
    for span in source:
        for token in _tokens(passage, span):
            other = passage.sentence(token)
            sentence = Span(min(sentence.start, other.start), max(sentence.end, other.end))
    return sentence


def _rival(parsed: Attribution, tagged: Attribution) -> bool:
    """Whether *tagged* already has what *parsed* has."""
    if parsed.cue[0].overlaps(tagged.cue[0]):
        return True
    return parsed.source == tagged.source and _touch(parsed.content, tagged.content)


def _touch(some: Spans, others: Spans) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def _shared(some: Spans, others: Spans) -> int:
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in some
        for other in others
    )
