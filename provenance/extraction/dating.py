"""Dates of events: the expression of time that is nearest in the syntax, as ISO 8601."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.moments import Moment, day_of, moments, parse_other
from provenance.extraction.parsing import Passage
from provenance.model import Attribution, Spans

if TYPE_CHECKING:
    from spacy.tokens import Span as Piece
    from spacy.tokens import Token

_PREPOSITIONS = words("dating", "prepositions")
_ADVERBIAL = {"npadvmod", "advmod", "tmod"}
_WITHIN_NOUN = {"compound", "poss", "nmod", "amod", "nummod"}
# a date that the parser hung on the last noun of a clause belongs to the clause, if the noun
# stands to its verb, or to the noun of the event, in one of these ways
_PASSED = {"dobj", "dative", "agent", "appos", "conj", "oprd"}
_PASSED_PREPOSITIONS = words("dating", "passed")
_NEAR = 80
_OCCURRING = words("dating", "occurring")


def said_on(passage: Passage, one: Attribution, reference: str) -> str:
    """Return when *one* was said, "" where the text does not say it outside of what was said."""
    start, end = (at - passage.offset for at in (one.cue[0].start, one.cue[0].end))
    cue = passage.doc.char_span(start, end, alignment_mode="expand") if start >= 0 else None
    return date_of(passage, cue.root, reference, one.content) if cue else ""


def date_of(passage: Passage, anchor: "Token", reference: str, apart: Spans = ()) -> str:
    """Return when that happened which *anchor*, a verb or noun, heads; "" where it is not said.

    Args:
        passage: The paragraph of *anchor*.
        anchor: The head of the clause or phrase for the event.
        reference: The day the article was published in ISO 8601; without it ("") only dates that
            say their year are told.
        apart: What else is reported there, whose dates are its own.
    """
    today = day_of(reference)
    kin = list(dict.fromkeys(_kin(anchor)))
    ahead = any(_is_ahead(k) for k in kin)
    found = []
    for moment, piece in _expressions(_surroundings(anchor)):
        if any(passage.span(piece) in span for span in apart):
            continue
        nearness = _nearness(piece, kin)
        text = moment.resolve(today, ahead) if nearness else ""
        if nearness and text:
            found.append((*nearness, -len(text), abs(piece[0].i - anchor.i), text))
    return min(found)[-1] if found else ""


def _surroundings(anchor: "Token") -> "Piece":
    """Return the sentence of *anchor*; of a monstrous one what is near."""
    sentence = anchor.sent
    return anchor.doc[max(sentence.start, anchor.i - _NEAR) : min(sentence.end, anchor.i + _NEAR)]


def _expressions(sentence: "Piece") -> Iterator[tuple[Moment, "Piece"]]:
    """Yield the expressions of time in *sentence* with the tokens that they cover."""
    taken: set[int] = set()
    for moment in moments(sentence.text):
        piece = sentence.char_span(moment.start, moment.end, alignment_mode="expand")
        if piece is not None and piece[0].tag_ not in {"MD", "VB"}:
            taken.update(t.i for t in piece)
            yield moment, piece
    for entity in sentence.ents:
        if entity.label_ in {"DATE", "TIME"} and not taken & {t.i for t in entity}:
            start = entity.start_char - sentence.start_char
            resolve = partial(parse_other, entity.text)
            yield Moment(start, start + len(entity.text), resolve), entity


def _nearness(piece: "Piece", kin: list["Token"]) -> tuple[int, int] | None:
    """Return how near *piece* is to the first of *kin* that it dates, None where it dates none."""
    place, adverbial = _attachment(piece)
    if place is None:
        return None
    path = list(_path(place)) if adverbial else [place]
    ranks = [(rank, path.index(one)) for rank, one in enumerate(kin) if one in path]
    return min(ranks, default=None)


def _attachment(piece: "Piece") -> tuple["Token | None", bool]:
    """Return the word that *piece* modifies, and whether as an adverbial."""
    inside = {t.i for t in piece}
    for token in piece:
        head = token.head
        if head.i in inside:
            continue
        if token.dep_ == "pobj" and head.dep_ in {"prep", "dep"}:
            fits = head.lower_ in _PREPOSITIONS
            return (head.head if fits else None), True
        if token.dep_ in _ADVERBIAL and not token.like_num:
            return head, True
        if token.dep_ in _WITHIN_NOUN:
            return head, False
    return None, False


def _path(place: "Token") -> Iterator["Token"]:
    """Yield *place* and the words above it up to the verb of its clause."""
    seen = place
    yield seen
    while seen.pos_ not in {"VERB", "AUX"} and seen.head is not seen:
        governor = seen.head
        if seen.dep_ == "pobj":
            if governor.lower_ not in _PASSED_PREPOSITIONS or not _may_pass(seen):
                return
            governor = governor.head
        elif seen.dep_ not in _PASSED:
            return
        seen = governor
        yield seen


def _may_pass(noun: "Token") -> bool:
    """Whether a date hung on *noun* may belong above it; "the attacks in 2001" keep theirs."""
    if noun.head.dep_ in {"agent", "dative"} or noun.pos_ in {"PROPN", "PRON"}:
        return True
    return noun_type(noun.lemma_.lower()) is not None


def _kin(anchor: "Token") -> Iterator["Token"]:
    """Yield *anchor* and the words whose date is its own, the nearer first."""
    yield anchor
    for child in anchor.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and child.i - anchor.i <= 2:
            yield child
    if anchor.pos_ in {"NOUN", "PROPN"}:
        happens = anchor.head.lemma_.lower() in _OCCURRING
        if anchor.dep_ in {"nsubj", "nsubjpass"} and happens:
            yield anchor.head
        return
    seen = anchor
    while seen.dep_ in {"conj", "xcomp"} and seen.head.pos_ in {"VERB", "AUX"}:
        if seen.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in seen.children):
            return
        seen = seen.head
        if seen.lemma_ != "date":
            yield seen
    if seen.dep_ == "pcomp" and seen.head.lower_ in words("prepositions", "doing"):
        yield seen.head.head


def _is_ahead(verb: "Token") -> bool:
    """Whether *verb* is about what is still to come."""
    if any(c.dep_ == "aux" and c.lower_ in words("dating", "ahead") for c in verb.children):
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in words("certainty", "intending")
