"""Words of claims and contexts, cut to what their forms have in common."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from provenance.wordlists import read_tables

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAMES = re.compile(r"\b[A-Z][\w.'’-]*")
_STEM = 6
_RARE = 20
"""Of 100,000 people, how many have a name that is none of the commonest."""


def stems(text: str) -> tuple[str, ...]:
    """Return the telling words of *text* in order, lower case, each cut to six letters at most.

    Cutting to a fixed length does nearly as well as a stemmer for matching, and needs no list of
    endings.
    """
    found = (match[0].casefold().replace("’", "'") for match in _WORD.finditer(text))
    return tuple(_stem(word) for word in found if word not in _listed("common"))


def negated(text: str) -> bool:
    """Whether *text* denies."""
    lower = text.casefold().replace("’", "'")
    return "n't" in lower or any(word in _listed("negations") for word in _WORD.findall(lower))


def said(text: str) -> frozenset[str]:
    """Return the stems of *text* that say something: no names, and no offices of whom it names."""
    return frozenset(stems(_NAMES.sub(" ", text))) - frozenset(map(_stem, _listed("offices")))


def everyday() -> frozenset[str]:
    """Return stems that stand around anybody in the news."""
    return frozenset(map(_stem, _listed("everyday")))


def namesakes(name: str) -> int:
    """Return of how many among ten billion people *name*, in lower case, is the name, roughly."""
    words = [word for word in name.split() if word not in _listed("suffixes")]
    if len(words) < 2:
        return 10**10
    return _borne("first_names").get(words[0], _RARE) * _borne("surnames").get(words[-1], _RARE)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    word = _numerals().get(word, word)
    return word if word[:1].isdigit() else word[:_STEM].rstrip("s") or word


@cache
def _numerals() -> Mapping[str, str]:
    words = read_tables("provenance.analysis", "words.toml")["numerals"].split()
    return dict(zip(words[::2], words[1::2], strict=True))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_tables("provenance.analysis", "words.toml")[name].split())


@cache
def _borne(name: str) -> Mapping[str, int]:
    words = read_tables("provenance.analysis", "words.toml")[name].split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))
