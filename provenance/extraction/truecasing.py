"""Give headlines in capitals the letters that the text itself would use (Lita et al., ACL 2003).

"Popular Website Shows Bias" reads to a parser like four names. What the article's sentences write
small is written small; what they never have is small where it is hardly a name.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_TITLE = re.compile(r"\b[A-Z][a-z]{1,4}\.\s\Z")
_LONGEST = 250
# what a title writes small; any other short word that is small, as a verb, makes a sentence
_SMALL_IN_TITLES = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "off", "on"}
    | {"or", "out", "per", "so", "the", "to", "up", "v", "via", "vs", "yet"}
)
_ENDINGS = ("", "s", "es", "ed", "d", "ing")


@dataclass(frozen=True, slots=True)
class Casing:
    """How often the running text has each word: small, and by what else it is written as.

    Attributes:
        small: By the word.
        otherwise: By the word in small letters; not counted where a sentence opens.
    """

    small: Mapping[str, int]
    otherwise: Mapping[str, Counter[str]]


def casing_of(texts: Iterable[str]) -> Casing:
    """Count the words of *texts*, all but those that are loud themselves."""
    small: Counter[str] = Counter()
    otherwise: dict[str, Counter[str]] = {}
    for text in texts:
        if is_loud(text):
            continue
        for match in _WORD.finditer(text):
            word = match[0]
            if word.islower():
                small[word] += 1
            elif not _opens(text, match.start()):
                otherwise.setdefault(word.lower(), Counter())[word] += 1
    return Casing(small, otherwise)


def is_loud(text: str) -> bool:
    """Whether *text* is in title case or in capitals.

    Then most of its longer words are not small, and of its short ones only those that no title
    has large: "Ann Reed met Karin Holm" is a sentence with names.
    """
    every = _WORD.findall(text)
    words = [w for w in every if len(w) > 3]
    small = sum(w.islower() for w in words)
    plain = any(len(w) <= 3 and w.islower() and w not in _SMALL_IN_TITLES for w in every)
    return len(text) < _LONGEST and len(words) > 2 and small * 5 <= len(words) and not plain


def quieten(text: str, casing: Casing, is_word: Callable[[str], bool]) -> str:
    """Return a loud *text* as a sentence would have it, code point for code point.

    Args:
        text: Any; what is not loud comes back as it is.
        casing: Of the article.
        is_word: Whether a word is hardly a name, though no sentence has it.
    """
    if not is_loud(text):
        return text

    def cased(match: re.Match[str]) -> str:
        word, low = match[0], match[0].lower()
        if len(low) != len(word):
            return word
        usual = casing.otherwise.get(low, Counter())
        if casing.small.get(low, 0) >= max(1, usual.total()):
            found = low
        elif usual:
            found = max(sorted(usual), key=lambda form: usual[form])
        else:
            name = word.capitalize() if text.isupper() else word
            found = low if any(map(is_word, _stems(low))) else name
        return found[0].upper() + found[1:] if _opens(text, match.start()) else found

    return _WORD.sub(cased, text)


def _stems(word: str) -> list[str]:
    """Return what *word* may be a form of: "hammers", "scrambling"."""
    stems = [word.removesuffix(end) for end in _ENDINGS if word.endswith(end)]
    return stems + [f"{stem}e" for stem in stems]


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or a quotation begins at *at*; after "Mr." none does."""
    before = text[max(0, at - 12) : at]
    if before[-1:] in {"-", "/"} or _TITLE.search(before):
        return False
    before = before.rstrip(" \n\t")
    return not before or before[-1] in ".!?:\"“‘'(—–-•*"
