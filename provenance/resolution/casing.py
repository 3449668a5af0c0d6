"""Write names as running text has them where an article prints them in capitals."""

import re

from provenance.model import SourceType
from provenance.resolution.clusters import Cluster
from provenance.resolution.registry import Registry

_SMALL = {"a", "and", "at", "for", "in", "of", "on", "the", "to"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORT = 3
"""Letters of a capital word that is rather an acronym, beside others too."""
_LONG = 7
"""Letters of a lone capital word that is hardly one."""


def is_loud(text: str) -> bool:
    """Whether *text* is in capitals as old wires were."""
    upper = sum(map(str.isupper, text))
    return upper > 9 * sum(map(str.islower, text)) and upper > 1


def as_printed(name: str, cluster: Cluster, registry: Registry, *, loud: bool) -> str:
    """Return *name* with small letters where it is in capitals and no acronym.

    Args:
        name: Of a source.
        cluster: That source; a lone word is a surname where it is a person's.
        registry: Names known in capitals stay so.
        loud: Whether all of the article is in capitals.
    """
    words = name.split()
    if not cluster.is_named:
        return name.casefold() if loud else name
    person = cluster.type() is SourceType.PERSON
    if not name.isupper() or not (loud or person or len(words) > 1 or len(name) >= _LONG):
        return name
    for entry in registry.find(name):
        if entry.name.casefold() == name.casefold():
            return entry.name

    def small(match: re.Match[str]) -> str:
        word = match[0]
        if match.start() and word.casefold() in _SMALL:
            return word.casefold()
        acronym = not re.search(r"[AEIOUY]", word) or (
            not person and len(word) <= _SHORT + (len(words) == 1)
        )
        return word if acronym or (registry.find(word) and len(word) <= _SHORT) else _named(word)

    return _WORD.sub(small, name)


def _named(word: str) -> str:
    """Return *word* with one capital, or two: "O'Dowd", "McNeil"."""
    parts = re.split(r"(['’]|(?<=^MC))", word)
    return "".join(
        p.capitalize() if len(p) > 1 or (p.isupper() and i == 0) else p for i, p in enumerate(parts)
    )
