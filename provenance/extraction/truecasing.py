"""Give headlines in capitals the letters that the text itself would use (Lita et al., ACL 2003).

"Popular Website Shows Bias" reads to a parser like four names. What the article's sentences write
small is written small; what they never have is small where it is hardly a name.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.extraction.lexicon import words

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_TITLE = re.compile(r"\b[A-Z][a-z]{1,4}\.\s\Z")
_LONGEST = 250
_SMALL_IN_TITLES = words("truecasing", "small")
_CAPITALS = re.compile(r"\b[A-Z][A-Z]+\b")
_NAMES_IN_CAPITALS = re.compile(
    r"\b[A-Z][A-Z'’-]{1,30}(?:[ \n][A-Z][A-Z'’-]{1,30}){1,4}\b|\b[A-Z][A-Z'’]{5,30}\b"
)
"""Names as tabloids and bylines print them: "JOAN FERRER", "the COURIER"."""
_BRACKETED = re.compile(r"\(([A-Z]{2,6})\)")
_BODY = "BANK|BOARD|BUREAU|DEPARTMENT|HOUSE|INSTITUTE|MINISTRY|UNIVERSITY"
_BODY_OF = re.compile(rf"(?:{_BODY}) (?:OF|FOR) ")
_OF = re.compile(rf"\b(?:{_BODY}) (?:OF|FOR) (?:THE )?\Z")
"""What a name goes on behind: "DEPARTMENT OF LABOR"."""
_ACRONYM = 3
_ENDINGS = ("", "s", "es", "ed", "d", "ing")


@dataclass(frozen=True, slots=True)
class Casing:
    """How often the running text has each word: small, and by what else it is written as.

    Attributes:
        small: By the word.
        otherwise: By the word in small letters; not counted where a sentence opens.
        named: Words of names that stand in capitals somewhere: "MILO KERR".
    """

    small: Mapping[str, int]
    otherwise: Mapping[str, Counter[str]]
    named: frozenset[str] = frozenset()


def casing_of(texts: Sequence[str]) -> Casing:
    """Count the words of *texts*, all but those that are loud themselves."""
    small: Counter[str] = Counter()
    otherwise: dict[str, Counter[str]] = {}
    for text in texts:
        if text.isupper():
            for match in _BRACKETED.finditer(text):
                otherwise.setdefault(match[1].lower(), Counter())[match[1]] += 1
        if is_loud(text) or text.isupper():
            continue
        for match in _WORD.finditer(text):
            word = match[0]
            if word.islower():
                small[word] += 1
            elif not _opens(text, match.start()):
                otherwise.setdefault(word.lower(), Counter())[word] += 1
    return Casing(small, otherwise, frozenset(_in_capitals(texts)))


def _in_capitals(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if _CAPITALS.search(text) and not text.isupper():
            for match in _NAMES_IN_CAPITALS.finditer(text):
                yield from (w for w in match[0].split() if len(w) > _ACRONYM)


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
        text: Any; of what is not loud only names in capitals are written small.
        casing: Of the article.
        is_word: Whether a word is hardly a name, though no sentence has it.
    """
    if not (is_loud(text) or text.isupper()):
        return _name_small(text, casing) if _CAPITALS.search(text) else text

    def cased(match: re.Match[str]) -> str:
        word, low = match[0], match[0].lower()
        if len(low) != len(word):
            return word
        usual = casing.otherwise.get(low, Counter())
        if text.isupper() and _in_name(text, match):
            return word.capitalize()
        if casing.small.get(low, 0) >= max(1, usual.total()):
            found = low
        elif usual:
            found = max(sorted(usual), key=lambda form: usual[form])
        else:
            name = word.capitalize() if text.isupper() else word
            found = low if any(map(is_word, _stems(low))) else name
        return found[0].upper() + found[1:] if _opens(text, match.start()) else found

    return _WORD.sub(cased, text)


def _in_name(text: str, word: re.Match[str]) -> bool:
    """Whether *word* is of a name such as "DEPARTMENT OF LABOR"."""
    opens = _BODY_OF.match(text, word.start())
    return bool(opens or _OF.search(text[max(0, word.start() - 30) : word.start()]))


def _name_small(text: str, casing: Casing) -> str:
    quiet = _NAMES_IN_CAPITALS.sub(_as_name, text)
    if not casing.named:
        return quiet
    return _CAPITALS.sub(lambda m: m[0].capitalize() if m[0] in casing.named else m[0], quiet)


def _as_name(match: re.Match[str]) -> str:
    """Return words in capitals with one each, acronyms as they are: "BBC NEWS", "US ARMY"."""
    words = re.split(r"([ \n])", match[0])
    if all(len(word) <= _ACRONYM for word in words):
        return match[0]
    return "".join(
        w if len(w) <= _ACRONYM - 1 or not re.search("[AEIOUY]", w) else w.capitalize()
        for w in words
    )


def _stems(word: str) -> list[str]:
    """Return what *word* may be a form of: "hammers", "scrambling"."""
    stems = [word.removesuffix(end) for end in _ENDINGS if word.endswith(end)]
    stems += [f"{word[:-3]}y"] if word.endswith(("ied", "ies")) else []
    return stems + [f"{stem}e" for stem in stems]


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or a quotation begins at *at*; after "Mr." none does."""
    before = text[max(0, at - 12) : at]
    if before[-1:] in {"-", "/"} or _TITLE.search(before):
        return False
    before = before.rstrip(" \n\t")
    return not before or before[-1] in ".!?:\"“‘'(—–-•*"
