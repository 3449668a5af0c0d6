"""Noun phrases: from a head token to the mention that it stands for."""

from typing import TYPE_CHECKING

from provenance.extraction.grammar import clause_of, role_of
from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.naming import ARTICLES, named_head
from provenance.extraction.parsing import Passage
from provenance.model import Mention, MentionKind, SourceType, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEFT = {"advmod", "amod", "compound", "det", "nmod", "npadvmod", "nummod", "poss", "predet"}
_LEFT |= {"quantmod"}
_OPENERS = words("phrases", "openers")
_POINTING = words("phrases", "pointing")
_NAMED_AS = {
    SourceType.UNNAMED: SourceType.PERSON,
    SourceType.ORGANIZATION: SourceType.ORGANIZATION,
    SourceType.NEWS_OUTLET: SourceType.NEWS_OUTLET,
    SourceType.CHANNEL: SourceType.CHANNEL,
}
"""What a name is, by the type of the noun that it stands beside."""
_PERIODICALS = words("phrases", "periodicals")
_PAPERS = words("phrases", "papers")
_PAIRED = (
    SourceType.DOCUMENT,
    SourceType.STATEMENT,
    SourceType.ORGANIZATION,
    SourceType.NEWS_OUTLET,
)
_NUMBERS = {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY"}
_SPELLS = words("phrases", "spells")
_STOPS = {",", ";", "(", "—", "-", "–", ":", '"'}
_TAPPED = words("phrases", "tapped")
_AMONG = words("phrases", "among")
_PRINTED = words("phrases", "printed")
LONGEST = 14
"""Tokens that a mention may have to the right of its head."""


def is_nominal(token: "Token") -> bool:
    """Whether *token* heads a noun phrase."""
    return (
        token.pos_ in {"NOUN", "PROPN", "PRON"}
        and token.dep_ not in {"compound", "punct"}
        and (token.ent_type_ not in _NUMBERS or _is_record(token) or _is_papers(token))
        and not _is_seat(token)
    )


def _is_papers(token: "Token") -> bool:
    """Whether *token* is what is counted, where that is papers: "300 files"."""
    counted = token.tag_ == "NNS" and token.ent_type_ in {"CARDINAL", "QUANTITY"}
    return counted and noun_type(token.lemma_.lower()) is SourceType.DOCUMENT


def _is_seat(token: "Token") -> bool:
    """Whether *token* is where a member of parliament comes from, "Tenn." in "R-Tenn."."""
    before = token.doc[max(0, token.i - 2) : token.i]
    parties = words("phrases", "parties")
    return len(before) == 2 and before[1].text == "-" and before[0].text in parties


def conjuncts(token: "Token") -> list["Token"]:
    """Return *token* and what is coordinated with it, and who is named as among them.

    "Some observers, including X" credits the observers and X, "observers such as X and Y" and
    "reports in X and Y" only those two.
    """
    heads = [token]
    heads += [t for t in token.conjuncts if t.i > token.i and is_nominal(t)]
    told_by: set[Token] = set()
    for head in list(heads):
        for child in filter(_names_some, head.children):
            named = [c for c in child.children if c.dep_ == "pobj"]
            named += [t for c in named for t in c.conjuncts if is_nominal(t)]
            printed = head.lemma_ in _PRINTED and child.lower_ == "in"
            if printed and not all(t.ent_type_ == "ORG" for t in named):
                continue  # "reports in Kyiv" are not Kyiv's
            if child.lower_ not in _AMONG and named and all(t.pos_ == "PROPN" for t in named):
                told_by.add(head)
            heads += named
    heads = [t for t in heads if t not in told_by]
    return list(dict.fromkeys(heads))


def _names_some(token: "Token") -> bool:
    """Whether names follow that are some of those before, or print them."""
    such = token.lower_ == "as" and token.i > 0 and token.nbor(-1).lower_ == "such"
    several = token.head.tag_ == "NNS" and token.head.lemma_ in _PRINTED
    printed = several and token.lower_ == "in"
    return token.dep_ == "prep" and (such or printed or token.lower_ in _AMONG)


def content_head(token: "Token") -> "Token":
    """Return the noun that says what is spoken of: of "a batch of e-mails" the e-mails."""
    seen = token
    while seen.lemma_.lower() in words("nouns", "bundle") or seen.tag_ in {
        "DT",
        "CD",
        "JJ",
        "JJR",
        "JJS",
    }:
        inner = next(
            (p for c in seen.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"),
            None,
        )
        if inner is None:
            break
        seen = inner
    return seen


def phrase_bounds(token: "Token") -> tuple[int, int]:
    """Return the token range of the mention headed by *token*, without relative clauses."""
    start, end = token.i, token.i + 1
    for child in token.children:
        if child.i < token.i and child.dep_ in _LEFT:
            start = min(start, max(child.left_edge.i, token.i - LONGEST))
    while start < token.i and (
        token.doc[start].lower_ in ARTICLES
        or token.doc[start].tag_ == "WDT"
        or token.doc[start].is_punct
        or token.doc[start].dep_ in {"cc", "preconj"}
        or token.doc[start].lower_ == "both"
    ):
        start += 1
    for child in token.children:
        if child.i < end or child.i > token.i + LONGEST:
            continue
        if (
            child.dep_ == "prep"
            and child.lower_ in _OPENERS
            and child.i == end
            and not _is_when(child)
        ):
            end = _shallow_end(child, token.i + LONGEST)
        elif child.dep_ == "case" and child.i == end:
            continue
        elif child.i >= end and child.dep_ not in {"punct", "case"}:
            break
    while end > token.i + 1 and (token.doc[end - 1].is_punct and token.doc[end - 1].text != ")"):
        end -= 1
    return start, end


def _is_when(prep: "Token") -> bool:
    """Whether *prep* opens a date: the interview "on 26 February" is called an interview."""
    return any(c.dep_ == "pobj" and c.ent_type_ in {"DATE", "TIME"} for c in prep.children)


def _shallow_end(token: "Token", limit: int) -> int:
    """Return where the subtree of *token* ends, cut before clauses, appositions and commas."""
    end = token.i + 1
    for t in token.subtree:
        if t.i <= token.i:
            continue
        clause = t.dep_ in {"relcl", "acl", "appos", "mark"} or t.tag_ in {"WDT", "WP", "WRB"}
        if (
            t.i != end
            or t.i > limit
            or clause
            or (t.text in _STOPS and not _joins(t))
            or (t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"amod", "compound"})
        ):
            break
        end = t.i + 1
    return end


def _joins(mark: "Token") -> bool:
    """Whether a hyphen stands within a word, as in "Tri-River"."""
    return not mark.whitespace_ and mark.i > 0 and not mark.nbor(-1).whitespace_


def mention_of(passage: Passage, token: "Token") -> Mention | None:
    """Return the mention that *token* heads, None where it heads none that could be a source."""
    if token.pos_ == "PRON" or token.tag_ in {"WP", "DT", "WDT"}:
        return _pronoun(passage, token)
    if not is_nominal(token) and token.pos_ not in {"NUM", "ADJ", "NOUN", "PROPN"}:
        return None
    start, end = phrase_bounds(token)
    if token.doc[start].tag_ == "WP$":  # "whose conduct"
        return None
    named = named_head(token)
    left = token.doc[token.left_edge.i]
    kind = MentionKind.NAME if named else MentionKind.DESCRIPTION
    inner = content_head(token)
    single = token.lower_ in words("phrases", "single")
    plural_noun = inner.tag_ in {"NNS", "NNPS"} and not single
    people = token.ent_type_ == "NORP" and plural_noun
    described = SourceType.UNNAMED if people else _described_type(token)
    first, last, type_ = named or (inner.i, inner.i + 1, described)
    called = _called(token, first) if named else None
    doc = token.doc
    borne = named is not None and token.pos_ == "NOUN" and doc[first].head != token
    reaches = last <= end + 1 or first < start or doc[end].text == "&" or first == end + 1 or borne
    start, end = min(start, first), max(end, last) if reaches else end
    return Mention(
        span=passage.span(doc[start:end]),
        head=passage.span(doc[first:last]),
        kind=kind,
        type=called or type_,
        called=called is not None,
        place=token.ent_type_ in {"GPE", "LOC", "NORP"},
        plural=plural_noun or token.lower_ == "people",
        definite=bool(named)
        or not _POINTING.isdisjoint({left.lower_, inner.left_edge.lower_})
        or any(c.lower_ == "such" for c in inner.children)
        or any(c.dep_ == "poss" for c in token.children),
        appositions=_appositions(passage, token),
        sentence=passage.sentence(token),
        role=role_of(token),
        clause=_clause(passage, token),
    )


def _clause(passage: Passage, token: "Token") -> int:
    verb = clause_of(token)
    return passage.offset + verb.idx if verb is not None else -1


def _called(token: "Token", first: int) -> SourceType | None:
    """Return what the noun beside a name calls it.

    "The newspaper X", "the image board Y", "the company Z", "their lawyer, A", "B, his sister".
    """
    before = token if token.i < first else token.doc[first - 1] if first else token
    beside = [before] if before is token or token in before.ancestors else []
    beside += [c for c in token.children if c.dep_ == "appos" and c.i > first and _tells(c)]
    for noun in beside:
        if noun.lower_ in _PAPERS:  # "the French daily X": an adjective, to the parser
            return SourceType.NEWS_OUTLET
        if noun.pos_ == "NOUN" and noun.tag_ == "NN":
            lemma = noun.lemma_.lower()
            type_ = SourceType.NEWS_OUTLET if lemma in _PERIODICALS else described_type(noun)
            if type_ in _NAMED_AS:
                return _NAMED_AS[type_]
    return SourceType.NEWS_OUTLET if _is_listed_paper(token) else None


def _is_listed_paper(token: "Token") -> bool:
    """Whether a list calls what is named in it: "three newspapers, A, B and C"."""
    seen, apposed = token, False
    while seen.dep_ in {"appos", "conj"}:
        seen, apposed = seen.head, seen.dep_ == "appos"
    papers = seen.tag_ == "NNS" and described_type(seen) is SourceType.NEWS_OUTLET
    return apposed and papers and token.pos_ == "PROPN"


def _tells(apposed: "Token") -> bool:
    """Whether an apposition says something of the name: a bare "the employee" opens a clause."""
    pointing = any(c.lower_ in _POINTING and c.dep_ == "det" for c in apposed.children)
    return not pointing or any(c.dep_ in {"prep", "compound", "amod"} for c in apposed.children)


def described_type(token: "Token") -> SourceType | None:
    """Return the type that the noun of a description speaks for: "figures", "tax return"."""
    if _is_record(token):
        return SourceType.DOCUMENT
    head = content_head(token)
    before = head.nbor(-1).lower_ if head.i else ""
    for type_ in _PAIRED:
        if f"{before} {head.lower_}" in words("nouns", f"pairs_{type_.value}"):
            return type_
    if head.lower_ == "figures" and not any(c.dep_ in {"amod", "compound"} for c in head.children):
        return SourceType.DOCUMENT  # "public figures" are people
    return noun_type(head.lemma_.lower())


def _is_record(token: "Token") -> bool:
    """Whether *token* is "minutes", those of a meeting and no time."""
    if token.lower_ != "minutes" or any(
        c.dep_ == "nummod" or c.lower_ in _SPELLS for c in token.children
    ):
        return False
    said = token.dep_ == "nsubj" and token.head.lemma_.lower() in words("cues", "show")
    return said or any(c.lower_ == "of" or c.tag_ == "VBN" for c in token.children)


def _described_type(token: "Token") -> SourceType | None:
    """Return the type that a description speaks for; what was intercepted is an intercept."""
    type_ = described_type(token)
    taken = {c.lemma_.lower() for c in token.children if c.dep_ in {"acl", "amod"}}
    tapped = taken & _TAPPED
    return SourceType.INTERCEPT if type_ is SourceType.DOCUMENT and tapped else type_


def _pronoun(passage: Passage, token: "Token") -> Mention | None:
    if token.lower_ in words("phrases", "nobody"):
        return None
    return Mention(
        span=passage.span(token),
        head=passage.span(token),
        kind=MentionKind.PRONOUN,
        plural=token.lower_ in words("pronouns", "plural"),
        definite=True,
        sentence=passage.sentence(token),
        role=role_of(token),
        clause=_clause(passage, token),
    )


def _appositions(passage: Passage, token: "Token") -> tuple[Span, ...]:
    spans = []
    for child in token.children:
        if child.dep_ == "appos" and is_nominal(child):
            start, end = phrase_bounds(child)
            spans.append(passage.span(token.doc[start:end]))
    return tuple(sorted(spans))
