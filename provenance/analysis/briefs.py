"""What is needed of one article to compare it with many; small, so that very many fit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from provenance.analysis.fingerprints import fingerprints
from provenance.analysis.spellings import bare, is_kind, plain, principal
from provenance.common.normal import analysed, comparable_form
from provenance.common.stemming import calendar, denied_in, said, stands_alone, stems
from provenance.extraction.credits import behind_dateline, wire_agency
from provenance.graph import findings, saying
from provenance.model import (
    Article,
    Certainty,
    Claim,
    Link,
    Objection,
    Source,
    SourceGraph,
    SourceType,
    Span,
    Spans,
    Stance,
    Standing,
)
from provenance.resolution.registry import load_registry

_END = re.compile(r"(?<![.!?…])[.!?…]+[”\"’')\]]*\s+(?=[“\"‘'(\[]*[A-Z0-9])")
_SHORT = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Lt|Gov|Sen|Rep|Sgt|Capt|Col|Gen|Maj|Prof|Rev|Jr|Sr|Inc|Corp|Co|vs|No"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec)$"
)
_LONGEST = 6
_FIRST = 70
"""Characters that an article without a title is called by at the most."""
_NAME = re.compile(r"(?<![.!?:\"“”'’\n] )(?<![\"“‘(])(?<!^)\b[A-Z][\w’'-]+", re.MULTILINE)


def sentences(article: Article) -> Iterator[Span]:
    """Yield the sentences of *article* in order, without its headline and its dateline."""
    for whole in article.paragraphs:
        if article.headline is not None and whole.overlaps(article.headline):
            continue
        paragraph = behind_dateline(article.text, whole)
        text = article.text[paragraph.start : paragraph.end]
        begin = 0
        for match in _END.finditer(text):
            before = text[max(begin, match.start() - _LONGEST) : match.start()]
            if not (match[0].startswith(".") and _SHORT.search(before)):
                yield Span(paragraph.start + begin, paragraph.start + match.end())
                begin = match.end()
        if text[begin:].strip():
            yield Span(paragraph.start + begin, paragraph.end)


def first_words(article: Article) -> str:
    """Return what *article* begins with, of whole words; "" where its text was withheld."""
    texts = (article.text[span.start : span.end] for span in sentences(article))
    whole = next((" ".join(text.split()) for text in texts if any(map(str.isalnum, text))), "")
    if len(whole) <= _FIRST:
        return whole
    cut = whole[: _FIRST + 1].rpartition(" ")[0] or whole[:_FIRST]
    return cut.rstrip(",;:–—- ") + "…"


def names_in(text: str) -> frozenset[str]:
    """Return the capitalised words of *text*, lower case, but for those that begin a sentence."""
    found = (match[0].casefold().replace("’", "'") for match in _NAME.finditer(text))
    return frozenset(name.removesuffix("'s") for name in found) - calendar()


_CONTEXT = 80
"""Stems around the mentions of a source that are kept."""
_NEAR = 120
"""Characters before and after a mention in which these stand."""
_LOWER = re.compile(r"\b[a-z]{3,}")
_DIGIT = re.compile(r"\d")
Key = tuple[str, str]
"""What sources of different articles that are the same have in common: type and name."""


@dataclass(frozen=True, slots=True)
class Known:
    """A source of one article.

    Attributes:
        key: Of the same source elsewhere; None where it has no name that could tell.
        context: Stems of what is said around it, for telling apart who has the same name.
        called: What else it is called in its article.
        serves: For whom it speaks, as its article has it; "" where it speaks for itself.
    """

    id: str
    name: str
    type: SourceType
    key: Key | None
    context: frozenset[str]
    called: tuple[str, ...] = ()
    serves: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of one article.

    Attributes:
        number: Of the claim in its graph.
        links: Addresses that the paragraphs it stands in link to.
        stems: Of its words.
        said: Of its words that are no names or offices, which say what is claimed of those.
        denied: Of its words that it denies.
        asserted: Whether whoever says it says so, and does not deny it.
        saying: Those of its sources that say so, and do not deny or doubt it.
        objections: Who denies or doubts it in the article, and the sentence that says so.
    """

    id: str
    number: int
    text: str
    content: Spans
    sources: tuple[str, ...]
    links: tuple[str, ...]
    stems: tuple[str, ...]
    said: frozenset[str]
    denied: frozenset[str] = frozenset()
    asserted: bool = True
    saying: tuple[str, ...] = ()
    objections: tuple[tuple[str, Stance, str], ...] = ()

    @property
    def stands_alone(self) -> bool:
        """Whether it says something by itself."""
        return stands_alone(self.stems, self.said)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one article.

    Attributes:
        claims: Which claims of the article have part in it, by their places; none where it says
            all in its own voice.
        stems, said, denied: As those of a claim.
    """

    span: Span
    text: str
    claims: tuple[int, ...]
    stems: tuple[str, ...]
    said: frozenset[str]
    denied: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hop:
    """A flow.

    Attributes:
        evidence: The sentences that it rests on.
    """

    source: str
    target: str
    evidence: Spans = ()


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """An article without its text.

    Attributes:
        title: Its first words, or the name of its file, where it has none.
        outlet: The key of its publisher, None where it is not said.
        wire: The key of the agency whose copy it says it is.
        prints: Fingerprints of its words, sorted.
        names: Names that it mentions, lower case.
        sentences: Of its text; none where that was withheld.
    """

    digest: str
    name: str
    title: str
    publisher: str
    published: str
    url: str
    outlet: Key | None
    wire: Key | None
    sources: tuple[Known, ...]
    flows: tuple[Hop, ...]
    claims: tuple[Told, ...]
    prints: npt.NDArray[np.uint64]
    names: frozenset[str] = frozenset()
    sentences: tuple[Sentence, ...] = ()


def is_scrap(claims: Mapping[tuple[str, str], Told], one: Standing) -> bool:
    """Whether the words that *one* is shown in say nothing by themselves."""
    told = (claims[ref.digest, ref.claim] for ref in one.claims)
    return not any(claim.stands_alone for claim in told if claim.text == one.text)


def brief_of(graph: SourceGraph) -> Brief:
    """Return what is compared of *graph*; its article must have its text."""
    article = graph.article
    agency = wire_agency(analysed(article)[0])
    objections = {id: one.objections for one in findings(graph).points for id in one.claims}
    claims = tuple(
        _claim(graph, number, claim, objections[claim.id])
        for number, claim in enumerate(graph.claims)
        if not _in_headline(article, claim.content)
    )
    return Brief(
        digest=article.digest,
        name=article.name,
        title=article.title or first_words(article) or article.name,
        publisher=article.publisher,
        published=article.published,
        url=article.url,
        outlet=outlet_key(article.publisher),
        wire=outlet_key(agency),
        sources=tuple(_known(article, source) for source in graph.sources),
        flows=tuple(dict.fromkeys(Hop(f.source, f.target, f.evidence) for f in graph.flows)),
        claims=claims,
        prints=fingerprints(comparable_form(article.text).text),
        names=names_in(article.text),
        sentences=tuple(_sentence(article, span, claims) for span in sentences(article)),
    )


def _claim(graph: SourceGraph, number: int, claim: Claim, objections: Sequence[Objection]) -> Told:
    return Told(
        id=claim.id,
        number=number,
        text=claim.text,
        content=claim.content,
        sources=claim.sources,
        links=_links(graph.article, claim.content),
        stems=stems(claim.text),
        said=said(claim.text),
        denied=denied_in(claim.text),
        asserted=claim.certainty is not Certainty.DENIED,
        saying=saying(graph, claim),
        objections=tuple(
            (one.source, one.stance, " ".join(graph.article.quote(one.sentence).split()))
            for one in objections
        ),
    )


def _sentence(article: Article, span: Span, claims: Sequence[Told]) -> Sentence:
    text = article.text[span.start : span.end].strip()
    told = (n for n, claim in enumerate(claims) if any(c.overlaps(span) for c in claim.content))
    return Sentence(span, text, tuple(told), stems(text), said(text), denied_in(text))


@lru_cache(maxsize=10_000)
def outlet_key(name: str) -> Key | None:
    """Return the key of the news outlet called *name*, which may be a short name."""
    if not name:
        return None
    known = [e for e in load_registry().find(name) if e.type is SourceType.NEWS_OUTLET]
    return SourceType.NEWS_OUTLET.value, plain(known[0].name if len(known) == 1 else name)


def key_of(source: Source, text: str) -> Key | None:
    """Return what tells *source* of the article *text* elsewhere, None if only that can tell it."""
    if source.type is SourceType.UNNAMED:
        return None
    if source.type is SourceType.NEWS_OUTLET:
        described = source.name[:1].islower() and not load_registry().find(source.name)
        return None if described else outlet_key(source.name)
    if source.wikidata:
        return "wikidata", source.wikidata
    if _describes(source, text):
        return None
    return source.type.value, bare(source.name) if source.type is SourceType.PERSON else plain(
        source.name
    )


def _describes(source: Source, text: str) -> bool:
    """Whether the name of *source* only says what it is.

    Such as "the leaked report", "campaign", or "Polls" as a sentence begins: there are many.
    """
    name = source.name
    if is_kind(name):
        return True
    if _LOWER.search(name) and (
        source.type.is_artefact or (source.type is SourceType.CHANNEL and " " in name)
    ):
        return True
    if name.islower():
        return not _DIGIT.search(name)
    if " " in name or name == name.lower():
        return False
    return re.search(rf"\b{re.escape(name.lower())}\b", text) is not None


def _known(article: Article, source: Source) -> Known:
    key = key_of(source, article.text)
    return Known(
        source.id,
        source.name,
        source.type,
        key,
        _context(article, source),
        tuple(dict.fromkeys(name for name in source.aliases if name != source.name)),
        principal(source, article.text),
    )


def _context(article: Article, source: Source) -> frozenset[str]:
    """Return stems near the mentions of *source*, its own name left out."""
    own = set(stems(" ".join((source.name, *source.aliases))))
    around = (_around(article.text, span) for span in source.mentions)
    found = (stem for text in around for stem in stems(text) if stem not in own)
    words = (stem for stem in found if len(stem) > 1 or not stem.isascii())
    return frozenset(list(dict.fromkeys(words))[:_CONTEXT])


def _around(text: str, span: Span) -> str:
    """Return *text* near *span*, of whole words; nothing where the text was withheld."""
    if span.end > len(text):
        return ""
    start, end = max(0, span.start - _NEAR), min(len(text), span.end + _NEAR)
    while 0 < start < span.start and text[start - 1].isalnum():
        start += 1
    while span.end < end < len(text) and text[end].isalnum():
        end -= 1
    return text[start:end]


def _in_headline(article: Article, content: Spans) -> bool:
    """Whether *content* stands in the headline, which says again what the body says."""
    return article.headline is not None and content[0].overlaps(article.headline)


def _links(article: Article, content: Spans) -> tuple[str, ...]:
    """Return the addresses that the paragraphs of *content* link to."""
    around = [p for p in article.paragraphs if any(s.overlaps(p) for s in content)]
    return tuple(dict.fromkeys(link.url for link in article.links if _within(link, around)))


def _within(link: Link, spans: list[Span]) -> bool:
    return any(link.span in span for span in spans)
