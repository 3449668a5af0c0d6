"""Names of speakers as the form of a text gives them: signatures, labels before a colon."""

import re

from provenance.articles.blocks import ends_sentence
from provenance.common.wordlists import read_words

DASHES = "-–—―~"
_WORDS = re.compile(r"\S+")
_HANDLE = re.compile(r"\(?@[\w.@-]+\)?|\(u/[\w-]+\)")
_TITLED = re.compile(
    r"[A-Z][a-z-]+(?: [a-z-]+){0,2} "
    r"(?!(?:and|as|at|by|for|from|in|near|of|on|the|to|with) )[a-z-]+ "
    r"(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3})(?:,.*)?"
)
"""Somebody's office, in small letters but the first, and his name."""
_LONGEST, _MOST = 200, 24
_LETTER = re.compile(r"[QA][.)]\s+(?=\S)|[QA] [–—-]\s+")
_SHORTENED = re.compile(r"\b(?:[A-Z]|Jr|Sr|Inc|Ltd|Co|[A-Z]\.[A-Z])\.$")
_STAMP = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*")


def listed(key: str) -> frozenset[str]:
    """Return the words that ``forms.toml`` has under *key*."""
    return read_words("provenance.articles", "forms.toml", "labels", key)


def name_end(words: str) -> int:
    """Return where the name that *words* begin with ends, 0 where they begin with none."""
    end = 0
    for match in _WORDS.finditer(words):
        word = match.group()
        bare = word.strip(',;:()"“”.')
        if _HANDLE.fullmatch(word.rstrip(",;:")):
            break
        if not bare or not (bare[0].isupper() or (end and bare.lower() in listed("particles"))):
            break
        if word[0] == "(" and end:
            break
        if bare[0].isupper():
            end = match.start() + len(word.rstrip(',;:()"“”'))
        if word[-1] in ",;:":
            break
    return end


def signature(words: str) -> tuple[int, int] | None:
    """Return where the name stands in *words* if they are a signature and nothing else."""
    words = words[: _LONGEST + 1]
    skipped = len(words) - len(words.lstrip(DASHES + " "))
    rest = words[skipped:]
    if not rest or len(words) > _LONGEST or len(rest.split()) > _MOST or rest[-1] in "?!:":
        return None
    if _has_verb(rest) or any(mark in rest for mark in '"“”'):
        return None
    if ends_sentence(rest) and not _SHORTENED.search(rest[-12:]):
        return None
    end = name_end(rest)
    if end:
        return skipped, skipped + end
    return (skipped, len(words.rstrip())) if skipped and len(rest.split()) <= 12 else None


def _has_verb(words: str) -> bool:
    return any(one.strip(",;.:").lower() in listed("verbs") for one in words.split())


def heading(words: str) -> tuple[int, int, bool] | None:
    """Return where a name stands in the line over what its bearer said, and if the line says so.

    "And from Chairwoman Miriam Oduya:", "Lucy Pratt, senator", "From the desk of Conrad Bell."
    """
    bare = words.rstrip(" .:")
    if len(words) > _LONGEST or len(bare.split()) > _MOST or bare[-1:] in '?!"”':
        return None
    start, said = 0, words.rstrip().endswith(":")
    for match in _WORDS.finditer(bare):
        word = match.group().strip(",").lower()
        if word not in listed("leads"):
            break
        said = said or word in listed("announcing")
        start = match.end()
    start += len(bare[start:]) - len(bare[start:].lstrip(", "))
    rest = bare[start:]
    end = name_end(rest)
    if not end or _has_verb(rest) or rest.split()[0].lower() in listed("nobody"):
        return None
    if titled := _TITLED.fullmatch(rest):  # "Deputy minister Piet Louw"
        return start + titled.start("name"), start + titled.end("name"), said
    behind = rest[end:].lstrip()
    if behind and behind[0] not in ",(@–—-" and not start:
        return None
    return (start, start + end, said) if len(rest[:end].split()) > 1 else None


def turn_label(words: str) -> tuple[int, int, int] | None:
    """Return where the speaker stands in *words*, a turn of a transcript, and where it begins.

    "Q:", "A.", "CALLOWAY:", "[00:12] Ines Calloway (mayor):"
    """
    stamp = _STAMP.match(words)
    start = stamp.end() if stamp else 0
    marked = start + len(words[start : start + 3]) - len(words[start : start + 3].lstrip('*_"“'))
    colon = words.find(":", marked, marked + 80)
    short = _LETTER.match(words, marked)
    if short:
        return marked, marked + 1, short.end()
    if colon < 0 or words[colon + 1 : colon + 2] not in ("", " ", "*", "_", "\n", "\t"):
        return None
    label = words[marked:colon].partition("(")[0].strip("*_ ")
    label = label.rstrip(".") if len(label) > 2 else label
    if not label or len(label.split()) > 6 or label.lower() in listed("nobody"):
        return None
    named = label.lower() in listed("asks") | listed("answers")
    bare = label.split(",")[0]
    whole = name_end(bare) == len(bare.rstrip(".")) or name_end(bare) == len(bare)
    if not (named or (whole and not _has_verb(label))):
        return None
    begin = colon + 1
    begin += len(words[begin:]) - len(words[begin:].lstrip("*_ \n\t"))
    return marked, marked + len(bare), begin
