"""Words looked for in the texts, the sources and the claims of all articles."""

from typing import Any

from provenance.gathering.joining import Briefs, names_of
from provenance.stores.embedded import Collection

Record = dict[str, Any]
_MOST = 100
_AROUND = 70


def search(held: Collection, words: str) -> Record:
    """Return where all of *words* stand, the first hundred of each kind.

    A source is found by its name, a claim by what it says, an article by its title and its text,
    with the place in it where the first of the words stands.
    """
    needles = words.casefold().split()
    found: dict[str, list[Record]] = {"articles": [], "sources": [], "claims": []}
    if not needles:
        return found
    names = names_of(held)
    briefs = Briefs(held, names)
    for digest, brief in briefs.items():
        own = {"digest": digest, "article": brief.title or brief.name}
        for source in brief.sources:
            if _has(source.name, needles):
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
    folded = text.casefold()
    return all(one in folded for one in needles)


def _around(text: str, needle: str) -> str:
    """Return a piece of *text* with *needle* in its midst."""
    at = max(0, text.lower().find(needle))
    start, end = max(0, at - _AROUND), at + len(needle) + _AROUND
    piece = " ".join(text[start:end].split())
    return ("… " if start else "") + piece + (" …" if end < len(text) else "")
