"""Words looked for in the texts, the sources and the claims of all articles."""

import re
import unicodedata
from typing import Any

from provenance.gathering.joining import Briefs, names_of
from provenance.stores.embedded import Collection

Record = dict[str, Any]
_MOST = 100
_AROUND = 70
_MARK = re.compile("[\u0300-\u036f]+")
_SPELLED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"}
)
"""Letters that have no plain letter within, as `static/dom.js` of the page has them, too."""


def folded(text: str) -> str:
    """Return *text* as it is looked for: in lower case, without accents."""
    if text.isascii():
        return text.lower()
    lower = unicodedata.normalize("NFD", text.casefold())
    return _MARK.sub("", lower).translate(_SPELLED)


def search(held: Collection, words: str) -> Record:
    """Return where all of *words* stand in any order, the first hundred of each kind.

    A source is found by what it is called, a claim by what it says, an article by its title and its
    text, with the place in it where the first of the words stands.
    """
    needles = folded(words).split()
    found: dict[str, list[Record]] = {"articles": [], "sources": [], "claims": []}
    if not needles:
        return found
    names = names_of(held)
    briefs = Briefs(held, names)
    for digest, brief in briefs.items():
        own = {"digest": digest, "article": brief.title or brief.name}
        for source in brief.sources:
            if _has(" ".join((source.name, *source.called)), needles):
                row = {**own, "key": f"s:{source.id}", "text": source.name}
                found["sources"].append({**row, "type": source.type.value})
        for claim in brief.claims:
            if _has(claim.text, needles):
                found["claims"].append({**own, "key": f"c:{claim.number}", "text": claim.text})
        text = held.text(names[digest])
        if _has(f"{brief.title}\n{text}", needles):
            found["articles"].append({**own, "key": "", "text": _around(text, needles[0])})
        if all(len(rows) >= _MOST for rows in found.values()):
            break
    return {kind: rows[:_MOST] for kind, rows in found.items()}


def _has(text: str, needles: list[str]) -> bool:
    whole = folded(text)
    return all(one in whole for one in needles)


def _around(text: str, needle: str) -> str:
    """Return a piece of *text* with *needle* in its midst."""
    at = _place(text, needle)
    start, end = max(0, at - _AROUND), at + len(needle) + _AROUND
    piece = " ".join(text[start:end].split())
    return ("… " if start else "") + piece + (" …" if end < len(text) else "")


def _place(text: str, needle: str) -> int:
    """Return where *needle* stands in *text*, folded as it is; 0 where it does not."""
    at = folded(text).find(needle)
    if at <= 0 or text.isascii():
        return max(0, at)
    seen = 0
    for place, letter in enumerate(text):
        seen += len(folded(letter))
        if seen > at:
            return place
    return 0
