"""Which language an article is in: its function words where they decide, else py3langid's model."""

import re
from functools import cache
from typing import TYPE_CHECKING

from provenance.common.wordlists import read_words
from provenance.errors import ArticleError
from provenance.model import Article

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 20_000
"""Code points that are looked at."""
_CERTAIN = 0.2
"""Share of function words in English: 0.30 to 0.50 in news, 0.25 at the least of 924 articles.
Other European languages have below 0.08, as they share "a", "on", "in", "as", "was"."""
_ENOUGH = 12
"""Words of running text below which nothing is said: headlines, names and figures have none."""
_ENOUGH_LETTERS = 40
_DOUBT = 0.05
"""Probability of English, or of all other languages, that is as good as none."""


def guess_language(article: Article) -> str:
    """Return the code of the language of the body (ISO 639-1), what the file says where unclear."""
    text = _body(article)[:_SAMPLE]
    words = _WORD.findall(text)
    common = sum(word.lower() in _function_words() for word in words)
    if words and common >= _CERTAIN * len(words) and common >= 3:
        return ENGLISH
    sample = _running(text, words)
    if not sample:
        return article.language
    ranked = _identifier().rank(sample)
    # Close relatives (Danish and Norwegian) share the probability that English does not have.
    doubt = dict(ranked)[ENGLISH]
    return str(ranked[0][0]) if doubt < _DOUBT or doubt > 1 - _DOUBT else article.language


def check_language(article: Article) -> None:
    """Refuse an article that is not in English; too short a text passes.

    Raises:
        ArticleError: Its body is in another language.
    """
    language = guess_language(article)
    if language not in (ENGLISH, "") and _running(*_words_of(article)):
        raise ArticleError(
            f"cannot use {article.name}: it is not in English but in {language!r}, "
            "--force reads it all the same"
        )


def _words_of(article: Article) -> tuple[str, list[str]]:
    text = _body(article)[:_SAMPLE]
    return text, _WORD.findall(text)


def _running(text: str, words: list[str]) -> str:
    """Return the words that show the language, "" where they are too few.

    Capitalised words are left out where there are others: names of people and places tell where a
    story plays, not what it is written in.
    """
    scripts = sum(not (word[0].islower() or word[0].isupper()) for word in words)
    if 2 * scripts > len(words):  # a script without capitals
        letters = sum(map(len, words))
        return " ".join(words) if letters >= _ENOUGH_LETTERS else ""
    shown = sum(not char.isspace() for char in text)
    if 10 * sum(map(len, words)) < 6 * shown:  # figures or a program
        return ""
    lower = [word for word in words if word[0].islower()]
    if len(lower) < _ENOUGH and words and all(word.isupper() for word in words):
        lower = [word.lower() for word in words]
    return " ".join(lower) if len(lower) >= _ENOUGH else ""


def _function_words() -> frozenset[str]:
    return read_words("provenance.articles", "words.toml", "english", "function")


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _body(article: Article) -> str:
    spans = article.paragraphs or ((article.headline,) if article.headline else ())
    return "\n".join(article.text[s.start : s.end] for s in spans)
