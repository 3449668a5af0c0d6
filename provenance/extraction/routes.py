"""Find go-betweens: the occasion, the channel and the outlet between a speaker and the reader."""

from typing import TYPE_CHECKING

from provenance.extraction.frames import listed
from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.naming import entity_at
from provenance.extraction.parsing import Passage
from provenance.extraction.phrases import content_head, mention_of
from provenance.extraction.speakers import is_thing
from provenance.model import MentionKind, SourceType, Span, Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

_TELLING = words("routes", "telling")
_PLACES = {"DOCUMENT", "STATEMENT", "CHANNEL", "INTERCEPT"}
_CONFIDING = words("routes", "confiding")
_CALLS = words("routes", "calls")
_APPEARING = words("routes", "appearing")
_ON = words("routes", "on")
_ASKING = words("routes", "asking")
_GATHERINGS = words("routes", "gatherings")
_SENT = words("routes", "sent")
_TALKING = words("routes", "talking")
_TIMES = {"DATE", "TIME"}
_MEANS = words("routes", "means")
ISSUING = words("routes", "issuing")
_POINTING = words("routes", "pointing")
_POSTING = words("routes", "posting")


def route_of(passage: Passage, cue: "Token", speaker: "Token | None" = None) -> Spans:
    """Return the go-betweens of what *cue* reports, from the *speaker* to the reader."""
    occasions: list[Token] = []
    outlets: list[Token] = []
    preps = _prepositions(cue)
    for prep in preps:
        for place in (c for c in prep.children if c.dep_ in {"pobj", "pcomp"}):
            if (house := _house(place)) is not place and prep.lower_ == "on":
                outlets.append(house)  # "said on Fox News's 'Fox and Friends'"
            elif place.dep_ == "pobj" and _is_occasion(prep, place):
                occasions.append(place)
                outlets += _carriers(place)
    occasions += [c for c in cue.children if _is_told_occasion(cue, c)] + _issued(cue)
    outlets += [_house(c) for c in cue.children if _is_told(cue, c)]
    outlets += _confided_to(cue) + _talking_to(cue)
    if speaker is not None:
        outlets += _asked_by(speaker)
    spans = [m.span for t in (*occasions, *outlets) if (m := mention_of(passage, t))]
    if cue.lemma_.lower() in _POSTING:
        spans.append(passage.span(cue))
    return tuple(dict.fromkeys(spans))


def _prepositions(cue: "Token") -> "list[Token]":
    """Return the prepositions of *cue*, and of the subject or object that may have caught them."""
    asked = [c for c in cue.children if c.dep_ == "advcl" and c.lower_ in _APPEARING]
    asked += [c for c in cue.children if c.dep_ == "advmod"]  # "said later in the hearing"
    found = [c for holder in (cue, *asked) for c in holder.children if c.dep_ == "prep"]
    first = cue.sent[0]
    if cue.sent.root == cue and first.dep_ == "prep" and first not in found:
        found.append(first)  # "In a statement read to the court, she said"
    found = [prep for prep in found if not _opens_content(cue, prep)]
    for child in cue.children:
        if child.dep_ in {"nsubj", "dobj", "dative"} and child.i > cue.i:
            found += [
                c
                for c in child.children
                if c.dep_ == "prep" and c.lower_ in words("routes", "loose")
            ]
            found += [
                c
                for a in child.children
                if a.dep_ == "appos"
                for c in a.children
                if c.lower_ == "via"
            ]
    return found


def _opens_content(cue: "Token", prep: "Token") -> bool:
    """Whether *prep* opens what is said: "in one e-mail he warned of it, the Times reported"."""
    told = [c for c in cue.children if c.dep_ == "ccomp" and prep.i < c.i < cue.i]
    return any(c.dep_ in {"nsubj", "nsubjpass"} for one in told for c in one.children)


def _is_channel(place: "Token") -> bool:
    return place.lower_ in listed("platforms") or (
        noun_type(place.lemma_.lower()) is SourceType.CHANNEL
    )


def _issued(cue: "Token") -> "list[Token]":
    """Return the paper in "filed a motion arguing that", "sent a letter saying that"."""
    if cue.tag_ != "VBG" or cue.dep_ not in {"acl", "advcl", "xcomp"}:
        return []
    papers = [cue.head] if cue.head.dep_ == "dobj" else []
    papers += [c for c in cue.head.children if c.dep_ == "dobj" and c.i < cue.i]
    return [p for p in papers if p.head.lemma_.lower() in ISSUING and is_thing(p)]


def _is_occasion(prep: "Token", place: "Token") -> bool:
    took = _is_channel(place) and prep.head.lemma_.lower() in words("routes", "going")
    if prep.lower_ not in words("places", "prepositions"):
        return took and prep.lower_ == "to"
    if prep.lower_ in words("routes", "ways"):
        return place.lemma_.lower() in _MEANS and place.lemma_.lower() in words(
            "places", "occasion"
        )
    lemma = content_head(place).lemma_.lower()
    if place.ent_type_ in {"DATE", "TIME"}:
        return False
    if lemma in words("places", "occasion"):
        return prep.lower_ != "on" or lemma in _ON
    type_ = noun_type(lemma)
    named = place.pos_ == "PROPN"
    if prep.lower_ in words("routes", "channels"):
        return type_ is SourceType.CHANNEL or (named and not _is_place_or_day(place))
    return type_ is SourceType.CHANNEL and prep.lower_ == "in"


def _is_place_or_day(token: "Token") -> bool:
    entity = entity_at(token)
    return token.ent_type_ in {"GPE", "LOC", "FAC", "DATE", "TIME"} or (
        entity is not None and entity[2] == "GPE"
    )


def _carriers(place: "Token") -> "list[Token]":
    """Return the outlets that an occasion was for: "interview with CBS"."""
    return [
        _house(name)
        for prep in place.children
        if prep.dep_ == "prep"
        and (
            prep.lower_ in words("routes", "carriers")
            or (prep.lower_ == "to" and place.lemma_.lower() in _SENT)
        )
        for name in prep.children
        if name.dep_ == "pobj"
        and (_house(name) != name or _is_named_body(name) or _is_outlet_again(name))
    ]


def _is_told_occasion(cue: "Token", token: "Token") -> bool:
    """Whether an occasion stands as if it were people: "told a press conference that"."""
    given = token.dep_ in {"dobj", "dative", "iobj"} and token.i > cue.i
    occasion = token.lemma_.lower() in _GATHERINGS
    return cue.lemma_.lower() in _TELLING and given and occasion


def _is_told(cue: "Token", token: "Token") -> bool:
    if cue.lemma_.lower() not in _TELLING or token.i < cue.i:
        return False
    outlet = noun_type(token.lemma_.lower()) is SourceType.NEWS_OUTLET  # "told local radio"
    told = token.dep_ in {"dobj", "dative", "iobj"}
    named = _is_named_body(token) or token.ent_type_ == "LOC"  # nobody talks to a lake: "the Echo"
    return told and (named or outlet or _named_house(token) is not None)


def _named_house(token: "Token") -> "Token | None":
    """Return the name before what *token* says it is: "the Reuters news agency"."""
    if token.lemma_.lower() not in words("places", "houses") or token.pos_ == "PROPN":
        return None
    before = [t for t in token.subtree if t.i < token.i and t.dep_ in {"compound", "nmod", "amod"}]
    names = [t for t in before if t.pos_ == "PROPN" and t.ent_type_ not in {"GPE", "NORP", "LOC"}]
    return names[-1] if names else None


def _asked_by(speaker: "Token") -> "list[Token]":
    """Return the outlet in "experts consulted by The Herald"."""
    return [
        p
        for verb in speaker.children
        if verb.dep_ == "acl" and verb.lemma_.lower() in _ASKING
        for c in verb.children
        if c.dep_ == "agent"
        for p in c.children
        if p.dep_ == "pobj" and (_is_named_body(p) or _is_outlet_again(p))
    ]


def _house(token: "Token") -> "Token":
    """Return the outlet of whoever was told, or of a show: "told Ann Lee of Fox News"."""
    houses = [c for c in token.children if c.dep_ == "poss" and _is_newsroom(c)]
    houses += [
        p
        for c in token.children
        if token.ent_type_ == "PERSON"
        and c.dep_ == "prep"
        and c.lower_ in words("routes", "houses")
        for p in c.children
        if p.dep_ == "pobj" and p.ent_type_ == "ORG"
    ]
    return houses[0] if houses else _named_house(token) or token


def _is_newsroom(token: "Token") -> bool:
    """Whether *token* is a body that has shows and reporters: "Fox News's Ann Lee"."""
    return _is_named_body(token) and token.ent_type_ == "ORG"


def _confided_to(cue: "Token") -> "list[Token]":
    """Return the outlet in "confirmed its contents to the Courier"."""
    if cue.lemma_.lower() not in _CONFIDING:
        return []
    to = [c for c in cue.children if c.dep_ in {"prep", "dative"} and c.lower_ == "to"]
    return [p for c in to for p in c.children if p.dep_ == "pobj" and _is_named_body(p)]


def _talking_to(cue: "Token") -> "list[Token]":
    """Return the outlet in "Talking to the Courier, Lee said that it was over"."""
    first = cue.sent[0]
    if cue.sent.root != cue or first.lower_ not in _TALKING:
        return []
    to = [c for c in first.children if c.lower_ in words("routes", "hearers")]
    told = [p for c in to for p in c.children if p.dep_ == "pobj"]
    return [p for p in told if _named_house(p) or _is_named_body(p)]


def _is_named_body(token: "Token") -> bool:
    """Whether *token* heads a name that may be an outlet's; people are sorted out at resolution."""
    named = token.pos_ == "PROPN" and token.ent_type_ not in {"GPE", "NORP", "LOC"}
    return named and (
        token.ent_type_ != "DATE" or any(c.dep_ == "compound" for c in token.children)
    )


def _is_outlet_again(token: "Token") -> bool:
    """Whether *token* points to an outlet: "the same network", "the chain's Boston affiliate"."""
    pointing = any(c.lower_ in _POINTING or c.dep_ == "poss" for c in token.children)
    return pointing and noun_type(token.lemma_.lower()) is SourceType.NEWS_OUTLET


def basis_of(passage: Passage, cue: "Token", speaker: "Token") -> Spans:
    """Return what is cited: "X, citing Y", "a person who was shown Y", "officials briefed on Y"."""
    found: list[Token] = []
    for holder in (cue, speaker):
        for child in holder.children:
            if child.lemma_.lower() in words("citing", "verbs") and child.tag_ == "VBG":
                found += [c for c in child.children if c.dep_ in {"dobj", "pobj"}]
            if holder.lemma_ == "hear" and child.lower_ == "from" and child.dep_ == "prep":
                found += [c for c in child.children if c.dep_ == "pobj"]
            if child.lower_ in words("citing", "prepositions") and child.dep_ == "prep":
                found += [c for c in child.children if c.dep_ == "pobj"]
    found += _cited_beside(cue) + _seen_by(speaker)
    if is_thing(speaker):
        found += [c for c in speaker.children if c.dep_ == "poss" and c.ent_type_ not in _TIMES]
    spans = []
    for token in found:
        for one in (token, *token.conjuncts):
            if (mention := mention_of(passage, one)) and (
                mention.type or mention.kind is not MentionKind.DESCRIPTION
            ):
                spans.append(mention.span)
    return tuple(dict.fromkeys(spans))


def _cited_beside(cue: "Token") -> "list[Token]":
    """Return what is cited behind *cue*, whichever verb the parser gave it to.

    That is right behind it, or after a comma at the end of what it reports: "said that the crane
    fell, quoting a witness".
    """
    near = []
    for t in cue.sent[cue.i + 1 - cue.sent.start :]:
        if t.lower_ in words("citing", "participles") and t.tag_ == "VBG":
            after = t.nbor(-1).text == "," and cue in t.ancestors
            near += [t] if after or t.i <= cue.i + 4 else []
        elif t.lemma_.lower() in words("cues", "say") and t.dep_ != "xcomp" and t.pos_ == "VERB":
            break
    return [c for t in near if t.head != cue for c in t.children if c.dep_ in {"dobj", "pobj"}]


def _seen_by(speaker: "Token") -> "list[Token]":
    """Return the artefacts that the phrase of *speaker* says it has seen or heard."""
    found = []
    for child in speaker.children:
        clause = child.dep_ in {"acl", "relcl"}
        if child.dep_ == "prep" and child.lower_ == "on" and noun_type(speaker.lemma_.lower()):
            found += [p for p in _objects(child) if p.lemma_.lower() in _CALLS]
        if clause and child.lemma_.lower() in words("cues", "seeing"):
            found += [c for c in child.children if c.dep_ == "dobj"]
            found += [p for c in child.children if c.lower_ == "on" for p in _objects(c)]
        if child.dep_ == "relcl" and child.lemma_ == "be":  # "people who were at the meeting"
            found += [
                p
                for c in child.children
                if c.lower_ in words("routes", "present")
                for p in _objects(c)
            ]
        if child.dep_ in {"amod", "acl", "relcl"} and child.lower_ == "familiar":
            found += [p for c in child.children if c.dep_ == "prep" for p in _objects(c)]
    return [
        t
        for t in found
        if (type_ := noun_type(content_head(t).lemma_.lower())) and type_.is_artefact
    ]


def _objects(preposition: "Token") -> "list[Token]":
    return [c for c in preposition.children if c.dep_ == "pobj"]


def cover(spans: "list[Span]") -> Spans:
    """Return *spans* sorted, with those that touch or overlap joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + 1:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
