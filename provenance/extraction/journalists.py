"""Find the outlet that a journalist works for: what he writes comes through it."""

from typing import TYPE_CHECKING

from provenance.extraction.frames import listed
from provenance.extraction.naming import entity_at

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOURNALISTS = {"anchor", "columnist", "correspondent", "editor", "journalist", "reporter"}
_WRITING = {"report", "reveal", "write"}
_REMARKING = {"argue", "explain", "note", "observe"}
_AT = {"at", "for", "from", "of", "with"}


def house_of_writer(cue: "Token", speaker: "Token") -> "list[Token]":
    """Return the outlet in "Ann Lee of The Times reports", "Post reporter Ann Lee wrote".

    What a journalist only says need not have been in the paper.
    """
    lemma = cue.lemma_.lower()
    if lemma not in _WRITING | _REMARKING or speaker.ent_type_ != "PERSON":
        return []
    if lemma == "write" and (houses := _written_for(cue)):
        return houses
    roles = [c for c in speaker.children if c.lemma_.lower() in _JOURNALISTS]
    houses = [c for c in speaker.children if c.dep_ == "poss"]
    for holder in (speaker, *roles):
        before = [c for c in holder.children if c.dep_ in {"compound", "nmod", "poss"}]
        preps = [c for c in holder.children if c.dep_ == "prep" and c.lower_ in _AT]
        houses += [c for c in before if roles]
        houses += [p for prep in preps for p in prep.children if p.dep_ == "pobj"]
    named = [h for h in houses if h.pos_ == "PROPN" and h.ent_type_ not in {"PERSON", "GPE"}]
    return [h for h in named if roles or _sounds_like_an_outlet(h)][:1]


def _written_for(cue: "Token") -> "list[Token]":
    """Return the outlet in "wrote Ann Lee for Morning Briefing"."""
    held = [cue, *(c for c in cue.children if c.dep_ == "nsubj" and c.i > cue.i)]
    preps = [c for t in held for c in t.children if c.dep_ == "prep" and c.lower_ == "for"]
    named = [p for prep in preps for p in prep.children if p.dep_ == "pobj" and p.pos_ == "PROPN"]
    return [p for p in named if p.ent_type_ in {"ORG", "WORK_OF_ART", ""}][:1]


def _sounds_like_an_outlet(name: "Token") -> bool:
    start, end, _ = entity_at(name) or (name.i, name.i + 1, "")
    words = [t.lower_ for t in name.doc[start:end]]
    return any(w in listed("outlets") for w in (*words, " ".join(words)))
