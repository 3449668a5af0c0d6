"""Sentences of an article: what it says in its own voice, and where."""

import re
from collections.abc import Iterator

from provenance.extraction.credits import behind_dateline
from provenance.model import Article, Span
from provenance.stemming import calendar

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
