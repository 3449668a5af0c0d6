"""Names of sources: how they are spelled, who may be one, and who speaks for whom."""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from nicknames import NickNamer

from provenance.common.stemming import kin, stems
from provenance.common.wordlists import read_tables
from provenance.model import Source, SourceType

_ACCENT = re.compile("[\u0300-\u036f]")  # for some papers write Calderón, some Calderon
_POSSESSIVE = re.compile(r"['’]s\b")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_SHORT = {
    "US": "United States",
    "UN": "United Nations",
    "UK": "United Kingdom",
    "EU": "European Union",
}
_ABBREVIATED = re.compile(r"\b(?:US|UN|UK|EU)\b")
_INITIAL = re.compile(r"(?<=\w )[A-Z]\.? (?=[A-Z])")
_SUFFIX = re.compile(r",? (?:Jr|Sr)\.?$")
_WORD = re.compile(r"[^\W_]+")
_LIKE = 5
"""Letters that two spellings of a name have at the least, where they differ by one."""
_NEAR = 90
"""Characters before and after the name of a source in which it may stand for whom it speaks."""


@cache
def _tables() -> dict[str, list[str]]:
    found = read_tables("provenance.analysis", "spellings.toml")
    return {name: words.split() for name, words in found.items()}


_ROLES, _RANKS, _BODIES = (
    "|".join(sorted(_tables()[name])) for name in ("spokesmen", "ranks", "bodies")
)
_BODY = (
    r"(?<![\w.&’'-])(?P<body>[A-Z][\w.&’'-]*"
    r"(?: (?:(?:of|for|and|the) ){0,2}[A-Z][\w.&’'-]*){0,6}(?: police)?)"
)
_KIND = rf"(?<![\w’'-])(?P<body>(?:[A-Za-z][\w’'-]* ){{0,4}}(?:{_BODIES}))"
_NAMED = "\0[^\0]*"
_SERVING = (
    rf"{_NAMED}\0,? (?:(?:an?|the|its|chief) ){{0,2}}(?:{_ROLES}) (?:for|of|at|with) (?:the )?"
)
_SPEAKING = (
    re.compile(rf"{_BODY}(?:['’]s)? (?:{_ROLES}),? ?{_NAMED}"),
    re.compile(rf"{_KIND} (?:{_ROLES}),? ?{_NAMED}"),
    re.compile(rf"{_BODY}(?:['’]s)? (?i:{_RANKS})\.? ?{_NAMED}"),
    re.compile(rf"{_SERVING}{_BODY}"),
    re.compile(rf"(?i:{_RANKS})\.? ?{_NAMED}\0,? (?:of|with|for) (?:the )?{_BODY}"),
    re.compile(rf"{_SERVING}{_KIND}"),
)
"""Who speaks for a body, with the name between two zeros."""


def plain(name: str) -> str:
    """Return what spellings of *name* have in common."""
    undotted = _DOTTED.sub(lambda match: match[0].replace(".", ""), name)
    long = _ABBREVIATED.sub(lambda match: _SHORT[match[0]], undotted)
    whole = _ACCENT.sub("", normalize("NFD", _POSSESSIVE.sub("", long.casefold())))
    return " ".join(_WORD.findall(normalize("NFC", whole))).removeprefix("the ")


def bare(name: str) -> str:
    """Return the name of a person, plain, without offices before it, initials and suffixes."""
    words = _INITIAL.sub("", _SUFFIX.sub("", name)).split()
    while len(words) > 1 and words[0].strip(".,").casefold() in listed("titles"):
        words = words[1:]
    return plain(" ".join(words))


def listed(name: str) -> frozenset[str]:
    """Return the words in the list *name* of ``spellings.toml``."""
    return frozenset(_tables()[name])


def may_be_one(one: str, other: str) -> bool:
    """Whether two plain names of persons may be one's: Fred and Frederick, with the same surname.

    Middle names may be left out; a letter may be spelled otherwise.
    """
    if one == other:
        return True
    first, second = one.split(), other.split()
    if min(len(first), len(second)) < 2:
        return False
    if first[-1] == second[-1]:
        middle, further = first[1:-1], second[1:-1]
        fits = not middle or not further or middle == further
        return fits and _same_first(first[0], second[0])
    return first[:-1] == second[:-1] and _nearly(first[-1], second[-1])


def _same_first(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long or (len(short) == 1 and long.startswith(short)):
        return True
    return _nearly(one, other) or _short_for(short, long) or _short_for(long, short)


@cache
def _short_for(short: str, long: str) -> bool:
    return short in _nicknames().nicknames_of(long)


@cache
def _nicknames() -> NickNamer:
    return NickNamer()


def _nearly(one: str, other: str) -> bool:
    """Whether two words differ by one letter, and are long enough for that to be a misspelling."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LIKE or len(long) - len(short) > 1:
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def is_short_for(short: str, long: str) -> bool:
    """Whether the plain name of a body may be a short form of the other.

    Its last words (State Police of the Oregon State Police), its first before "of", its initials,
    its kind with some of the words before that (Water Board, of the Water Safety Board), or the
    country of a government.
    """
    one, other = short.split(), long.split()
    if not one or len(one) >= len(other):
        return False
    if len(other) == 2 and other[1] == "government":
        return _is_people(one[0], other[0])
    if len(one) == 1 and 2 <= len(short) <= 6 and short in _initials(other):
        return True
    if other[-len(one) :] == one or (one[-1] in listed("bodies") and _within(one, other)):
        return True
    return other[: len(one)] == one and other[len(one)] in listed("kinds") | listed("joining")


def _within(one: list[str], other: list[str]) -> bool:
    """Whether the words *one*, two at the least, are among *other*, in order and with its last."""
    rest = iter(other)
    return len(one) > 1 and one[-1] == other[-1] and all(word in rest for word in one)


def _is_people(country: str, people: str) -> bool:
    """Whether one word is a country and the other its people: India, Indian."""
    groups = [kin(stem) for word in (country, people) for stem in stems(word)]
    return country == people or (len(groups) == 2 and bool(groups[0] & groups[1]))


def _initials(words: list[str]) -> set[str]:
    telling = [word for word in words if word not in listed("small")]
    return {"".join(word[0] for word in telling), "".join(word[0] for word in words)}


def is_kind(name: str) -> bool:
    """Whether *name* is only a kind, as Police, Sgt., Authorities and Federal authorities are."""
    words = plain(name).split()
    if words and words[-1] in listed("people") and name.split()[-1].islower():
        return True
    return " ".join(words) in listed("bodies") | listed("titles") | listed("people")


def body_in(name: str) -> str:
    """Return the body that is named by its kind in *name*, plain; "" where there is none.

    So of "the Indian navy", and of "a police spokesman", who says what the body says.
    """
    words = plain(name).split()
    if len(words) > 1 and words[-1] in listed("spokesmen"):
        words = words[:-1]
    return " ".join(words) if words and words[-1] in listed("bodies") and len(words) < 5 else ""


def serving(name: str) -> bool:
    """Whether *name* only says whose spokesman somebody is."""
    return bool(name.split()) and name.split()[-1].casefold() in listed("spokesmen")


def principal(source: Source, text: str) -> str:
    """Return for whom *source* speaks by what stands beside its name in *text*, "" for itself.

    So do spokesmen, publicists and lawyers, and officers whose body is named with their rank.
    """
    if source.type is not SourceType.PERSON:
        return ""
    for start, end in _named(source, text):
        name = text[start:end]
        before, after = text[max(0, start - _NEAR) : start], text[end:][:_NEAR]
        for pattern in _SPEAKING:
            if match := pattern.search(f"{before}\0{name}\0{after}"):
                body = match["body"].strip().removesuffix("’s").removesuffix("'s")
                if body.casefold() not in listed("pronouns"):
                    return body
    return ""


def _named(source: Source, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the name of *source* stands in each mention, without what stands before it."""
    surname = source.name.split()[-1:] or [""]
    for span in source.mentions:
        mention = text[span.start : span.end]
        for name in (source.name, *surname):
            if name and (at := mention.find(name)) >= 0:
                yield span.start + at, span.start + at + len(name)
                break
