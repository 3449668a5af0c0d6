"""Words of claims and contexts, cut to what their forms have in common."""

import re
from functools import cache, lru_cache

from provenance.wordlists import read_tables

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STEM = 6


def stems(text: str) -> tuple[str, ...]:
    """Return the telling words of *text* in order, lower case, each cut to six letters at most.

    Cutting to a fixed length does nearly as well as a stemmer for matching, and needs no list of
    endings.
    """
    found = (match[0].casefold() for match in _WORD.finditer(text))
    return tuple(_stem(word) for word in found if word not in _listed("common"))


def negated(text: str) -> bool:
    """Whether *text* denies."""
    lower = text.casefold().replace("’", "'")
    return "n't" in lower or any(word in _listed("negations") for word in _WORD.findall(lower))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    return word if word.isdigit() else word[:_STEM].rstrip("s") or word


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_tables("provenance.analysis", "words.toml")[name].split())
