"""Find what a cue ascribes: a clause, a quotation, what is around a parenthesis, an object."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from provenance.extraction.lexicon import words
from provenance.extraction.parsing import Passage
from provenance.extraction.quotations import Quotation
from provenance.extraction.routes import cover
from provenance.model import Span, Spans, SpeechKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_INFINITIVE = words("cues", "infinitive")
_TELLING = words("cues", "say") | words("cues", "believe")
_TRIM = set(",.;:—–-") | {"--"}
_ABOUT = words("contents", "about")
# take a noun phrase as what is said
_OBJECT_VERBS = words("cues", "object")


def clause_content(passage: Passage, cue: "Token", quotations: Sequence[Quotation]) -> Spans:
    """Return the clause that *cue* governs, with the quotations that begin or end in it whole."""
    heads = [c for c in cue.children if _is_clause(c, cue)] or _caught_clauses(cue)
    if _is_as_clause(cue) or (not heads and _is_aside(cue)):
        return around(passage, cue, quotations)
    taken = {t.i for h in heads for t in h.subtree} - _own_tokens(cue)
    for token in (t for h in heads for t in h.subtree):
        if token.dep_ in {"ccomp", "conj", "parataxis"} and token.i > cue.i and _closes(token):
            taken -= {t.i for t in token.subtree}
        if token.lower_ in words("citing", "prepositions") and token.i <= cue.i + 4:
            taken -= {t.i for t in token.subtree}
    return widen(pieces(passage, taken), quotations)


def _caught_clauses(cue: "Token") -> "list[Token]":
    """Return the that-clause that the parser hung on the occasion: "in an interview that ..."."""
    return [
        clause
        for prep in cue.children
        if prep.dep_ == "prep"
        for place in prep.subtree
        if place.dep_ == "pobj"
        for clause in place.children
        if clause.dep_ in {"relcl", "acl"} and _begins_with_that(clause)
    ]


def _begins_with_that(clause: "Token") -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _is_as_clause(cue: "Token") -> bool:
    """Whether *cue* stands in "as many believe, others say and a third denies"."""
    if any(c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in cue.children):
        return True
    return cue.dep_ == "conj" and cue.head.pos_ == "VERB" and _is_as_clause(cue.head)


def _is_aside(cue: "Token") -> bool:
    """Whether *cue* heads a parenthesis: ", Burns said,"."""
    if _closes(cue):
        return True
    holding = (
        {"prep", "xcomp", "attr"} if cue.lemma_ == "tell" else {"dobj", "prep", "xcomp", "attr"}
    )
    if any(c.dep_ in holding and c.i > cue.i for c in cue.children):
        return False
    return cue.dep_ in {"parataxis", "dep"} and cue.head.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}


def _closes(cue: "Token") -> bool:
    """Whether *cue* closes its sentence as "..., The Post reported on Thursday." does."""
    if cue.dep_ not in {"ccomp", "conj", "parataxis", "dep"} or cue.lemma_.lower() not in _TELLING:
        return False
    children = list(cue.children)
    if not any(c.dep_ == "nsubj" for c in children):
        return False
    if any(c.dep_ in {"dobj", "ccomp", "xcomp", "attr", "cc", "mark"} for c in children):
        return False
    first = cue.left_edge
    before = first if first.text == "," else first.nbor(-1) if first.i > cue.sent.start else None
    after = [t for t in cue.sent if t.i > cue.right_edge.i and not t.is_punct]
    return before is not None and before.text == "," and not after


def _is_clause(token: "Token", cue: "Token") -> bool:
    """Whether *token* heads a clause that is what *cue* reports."""
    if token.dep_ == "ccomp":
        return not _closes(token)
    if token.dep_ == "advcl":
        return token.i > cue.i and _begins_with_that(token)
    return token.dep_ == "xcomp" and cue.lemma_.lower() in _INFINITIVE


def _own_tokens(cue: "Token") -> set[int]:
    """Return the cue's tokens and its subject's, which a bad parse may put into the content."""
    own = {cue.i}
    for child in cue.children:
        if (
            child.dep_
            in {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod", "dative", "dobj"}
            and child.i > cue.i - 12
        ):
            own |= {t.i for t in child.subtree}
    return own


def around(passage: Passage, cue: "Token", quotations: Sequence[Quotation]) -> Spans:
    """Return the clause around a parenthesis such as ", Burns said," or "as Burns said"."""
    head = cue
    while head.dep_ == "conj" and head.head.pos_ == "VERB":
        head = head.head
    clause = head.head if head.dep_ != "ROOT" else head
    return rest_of(passage, clause, head.subtree, quotations)


def rest_of(
    passage: Passage, clause: "Token", aside: Iterable["Token"], quotations: Sequence[Quotation]
) -> Spans:
    """Return the subtree of *clause* without the tokens of *aside*."""
    taken = {t.i for t in clause.subtree} - {t.i for t in aside}
    return widen(pieces(passage, taken), quotations)


def object_content(passage: Passage, cue: "Token") -> Spans:
    """Return the object, predicate or "of ..." phrase that *cue* reports on, less a person told."""
    lemma = cue.lemma_.lower()
    taken: set[int] = set()
    for child in cue.children:
        if child.i < cue.i:
            continue
        if (
            (
                child.dep_ in {"dobj", "oprd", "acomp"}
                and lemma in _OBJECT_VERBS | words("cues", "act")
            )
            or (child.dep_ == "prep" and child.lower_ in _ABOUT and not _is_adjunct(child))
            or (child.dep_ in {"xcomp", "ccomp", "advcl"} and lemma in words("cues", "act"))
        ):
            taken |= {t.i for t in child.subtree}
    return pieces(passage, taken)


def _is_adjunct(prep: "Token") -> bool:
    return any(
        c.ent_type_ in {"DATE", "TIME"}
        or (c.lemma_.lower() in words("places", "occasion"))
        or (prep.lower_ == "to" and c.ent_type_ in {"PERSON", "ORG"})
        for c in prep.children
    )


def quoted_content(
    cue: "Token", passage: Passage, quotations: Sequence[Quotation], banned: Spans
) -> Spans:
    """Return the quotations beside *cue* in its sentence that are long enough to be speech."""
    sentence, at = passage.sentence(cue), passage.span(cue)
    found = []
    for quotation in quotations:
        outside = not quotation.span.overlaps(at) and not any(quotation.span in b for b in banned)
        if cue.tag_ == "VBG" and quotation.span.start < at.start:
            continue
        if outside and quotation.span.overlaps(sentence) and len(_words(passage, quotation)) >= 3:
            found.append(quotation.span)
    return cover(found)


def _words(passage: Passage, quotation: Quotation) -> list[str]:
    inner = quotation.inner
    text = passage.text[max(0, inner.start - passage.offset) : max(0, inner.end - passage.offset)]
    return text.split()


def pieces(passage: Passage, taken: set[int]) -> Spans:
    """Return runs of tokens as spans, without punctuation at their edges but for quotes."""
    runs: list[list[int]] = []
    for i in sorted(taken):
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = []
    for run in runs:
        while run and (
            passage.doc[run[0]].text in _TRIM
            or passage.doc[run[0]].is_space
            or passage.doc[run[0]].text == ")"
        ):
            run.pop(0)
        while run and (
            passage.doc[run[-1]].text in _TRIM
            or passage.doc[run[-1]].is_space
            or passage.doc[run[-1]].text == "("
        ):
            run.pop()
        if any(passage.doc[i].is_alpha or passage.doc[i].like_num for i in run):
            spans.append(passage.between(passage.doc[run[0]], passage.doc[run[-1]]))
    return tuple(spans)


def widen(spans: Spans, quotations: Sequence[Quotation]) -> Spans:
    """Return *spans* with every quotation that one of them covers for the most part whole."""
    out = list(spans)
    for quotation in quotations:
        for span in spans:
            shared = min(span.end, quotation.span.end) - max(span.start, quotation.span.start)
            if shared > 0 and (
                2 * shared >= span.end - span.start
                or quotation.span.start <= span.start
                or quotation.span in span
            ):
                out.append(quotation.span)
                break
    return cover(out)


def cut_within(passage: Passage, content: Spans, within: Sequence[Span]) -> Spans:
    """Return *content* without the marks that close the quotation *within* which it stands."""
    for inner in within:
        text = passage.text[: max(0, inner.end - passage.offset)]
        end = passage.offset + len(text.rstrip(" ,"))
        content = tuple(s if s.end <= end else Span(s.start, max(s.start, end)) for s in content)
    return content


def speech_kind(content: Spans, quotations: Sequence[Quotation]) -> SpeechKind:
    """Return direct, indirect or mixed by how much of *content* is quoted."""
    quoted = [q.span for q in quotations if any(q.span.overlaps(c) for c in content)]
    if not quoted:
        return SpeechKind.INDIRECT
    if all(any(c in Span(q.start, q.end + 1) for q in quoted) for c in content):
        return SpeechKind.DIRECT
    return SpeechKind.MIXED
