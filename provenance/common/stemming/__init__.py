"""Cut words of claims and contexts to what their forms have in common.

In: any text. Out: its telling words, those it denies, and groups of such as mean much the same.
Never: know of articles or graphs.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import snowballstemmer

from provenance.common.wordlists import read_tables

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)?")
_NAMES = re.compile(r"\b[A-Z][\w.'’-]*")
_METRE = re.compile(r"([bt])re(s?)$")
_SPELLED = (
    (re.compile(r"(?<=[a-z]{3})our"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(e|ed|es|ing|er|ers|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=l)ys(e|ed|es|ing)$"), r"yz\1"),
    (re.compile(r"^(defen|offen|licen|preten)ce"), r"\1se"),
    (re.compile(r"(log|gram)(?:ue|me)(s?)$"), r"\1\2"),
)
"""Spellings of Britain, as the same words are spelled in America."""
_CLAUSE = re.compile(r"[.;:!?…]\s|,|\b(?:but|although|though|while|because)\b|[“”\"]")
_NO_DENIAL = re.compile(
    r"\bnot (?:one|a single) (?=\w+,? but\b)|"
    r"(?:\bnot|n['’]t) (?:only|just|merely|least|that|so|too|very)\b"
    r"|\b(?:can|could)(?:n['’]t|not| not) believe\b"
)
_RULED_OUT = re.compile(r"\brul(?:e|es|ed|ing) out\b")
_FEARED = re.compile(
    r"\b(?:fear|threat|risk|danger|warning|possibility|likelihood|case)s? of\b"
    r"|\b(?:possible|potential|feared)\b"
)
_FEARED_NEXT = 2
"""Telling words that are feared, after what says so."""
_SEVERAL = re.compile(
    r"\b(?:several|many|multiple|various|not one|more than one) (\w+)", re.IGNORECASE
)
_SINGLE = re.compile(
    r"\b(is |was |be |been |only |just )?(?<!\bnot )(?<!\bthan )(?:one|a single) (\w+)",
    re.IGNORECASE,
)
_CONVERTED = re.compile(
    r"\d ?-?([a-z]{1,12}|[A-Z]{1,3})\.? \((?:about )?(\d+(?:[.,]\d+)*)[ -]?([a-zA-Z]{1,12})\b"
)
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_WEIGHTY, _YEAR = 3, re.compile(r"(?:19|20)\d\d")
"""Characters that a weighty number has at the least; and what is none, as all name the year."""
_SCOPE = 5
"""Telling words after a negation that it bears on, within a clause."""
_TELLING = 2
"""Telling words that say something without those around them."""
_RARE = 20
"""Of 100,000 people, how many have a name that is none of the commonest."""
_english = snowballstemmer.stemmer("english")


def stems(text: str) -> tuple[str, ...]:
    """Return the telling words of *text* in order, lower case, without their endings."""
    return tuple(_stem(word) for word in _words(text) if word not in _listed("common"))


def only_negates(stem: str) -> bool:
    """Whether *stem* says but "not": a claim is told by it as well, nothing is asked for by it."""
    return stem.endswith(("n't", "cannot"))


def stands_alone(stems: Collection[str], said: Collection[str]) -> bool:
    """Whether words with these *stems* say something by themselves, of which *said* are no names.

    "That", "the move" and "Ada Quill" do not.
    """
    return len(stems) >= _TELLING and bool(said)


def _words(text: str) -> Iterator[str]:
    return (match[0].casefold().replace("’", "'") for match in _WORD.finditer(text))


def denied_in(text: str) -> frozenset[str]:
    """Return the stems of *text* that a negation bears on: one before them in their clause.

    Two of them cancel each other out. Who does not know or will not say denies nothing but that;
    and what is not until something else is so then.
    """
    found: set[str] = set()
    for clause in _CLAUSE.split(_RULED_OUT.sub("refuted", _NO_DENIAL.sub(" ", text))):
        words, scopes, place = list(_words(clause)), list[int](), 0
        for at, word in enumerate(words):
            if word.endswith("n't") or word in _listed("negations"):
                if _listed("awaiting") & set(words[at:]):
                    continue
                after = [near for near in words[at + 1 : at + 3] if near in _listed("unknowing")]
                found.update(_stem(word) for word in after[:1] if word not in _listed("common"))
                if not after:
                    scopes.append(place)
            elif word not in _listed("common"):
                if sum(place - begin < _SCOPE for begin in scopes) % 2:
                    found.add(_stem(word))
                place += 1
    return frozenset(found)


def feared_in(text: str) -> frozenset[str]:
    """Return the stems of *text* that it only fears, warns of or thinks possible."""
    parts = _FEARED.split(text)[1:]
    near = (list(stems(_CLAUSE.split(part, maxsplit=1)[0]))[:_FEARED_NEXT] for part in parts)
    return frozenset(stem for found in near for stem in found)


def pointing_in(text: str) -> frozenset[str]:
    """Return the stems of a relative clause that says which subject is meant, not what of it.

    In "the men who robbed the bank have fled" what is asked is who fled. Such a clause ends where
    the verb of the subject begins, which is seen by an auxiliary.
    """
    words = list(_words(text))
    relative = (at for at, word in enumerate(words) if at and word in _listed("relative"))
    begin = next(relative, len(words))
    around = words[:begin], words[begin + 2 :]
    if _listed("auxiliaries").isdisjoint(around[0]):
        for at, word in enumerate(around[1]):
            within = stems(" ".join(words[begin : begin + 2 + at]))
            if word in _listed("auxiliaries") and within:
                others = " ".join((*around[0], *around[1][at:]))
                return frozenset(within) - frozenset(stems(others))
    return frozenset()


def several_in(text: str) -> frozenset[str]:
    """Return the stems of what *text* says there are several of."""
    return frozenset(stems(" ".join(_SEVERAL.findall(text))))


@cache
def several() -> frozenset[str]:
    """Return the stems of what says that there are several."""
    return frozenset(map(_stem, ("several", "many", "multiple", "various")))


def single_in(text: str, *, only: bool = False) -> frozenset[str]:
    """Return the stems of what *text* counts one of; with *only* what it says there is one of."""
    found = _SINGLE.finditer(text)
    return frozenset(stems(" ".join(match[2] for match in found if match[1] or not only)))


def measured(text_stems: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Return the numbers among stems in order, each with its units: "" where it counts things."""
    found: dict[str, set[str]] = {}
    for stem, after in pairwise((*text_stems, "")):
        if stem[0].isdigit():
            found.setdefault(stem, set()).add(_units().get(after, ""))
    return {number: frozenset(units) for number, units in found.items()}


def measures(text_stems: Sequence[str]) -> Mapping[str, str]:
    """Return the numbers among stems in order, each with what can be compared with it.

    That is its unit, or of numbers without one whether it is a time of day or another number of
    leading zeros, a fraction, or counts things or years, which look alike: "".
    """
    found: dict[str, str] = {}
    for stem, after in pairwise((*text_stems, "")):
        if stem[0].isdigit():
            kind = "." if "." in stem else ""
            kind = "0" if len(stem) > 2 and stem[0] == "0" else kind
            found.setdefault(stem, _units().get(after, kind))
    return found


def is_weighty(number: str) -> bool:
    """Whether *number* is so large, or so exact, that two who say it hardly do so by chance."""
    return len(number) >= _WEIGHTY and not _YEAR.fullmatch(number)


def metric(number: str, unit: str) -> float:
    """Return how much *number* of a *unit* is in metric measures: below 0 if it is said in others.

    0 where nothing is measured that other measures are for.
    """
    amount = float(number) if _AMOUNT.fullmatch(number) else 0.0
    if unit in _metric():
        return -amount * _metric()[unit][1]
    return amount if unit in metric_units().values() else 0.0


def metric_units() -> Mapping[str, str]:
    """Return for each measure that is not metric the one that is."""
    return {unit: other for unit, (other, _) in _metric().items()}


@cache
def _metric() -> Mapping[str, tuple[str, float]]:
    lines = read_tables("provenance.common.stemming", "words.toml")["metric"].strip().split("\n")
    return {unit: (other, float(amount)) for unit, amount, other in map(str.split, lines)}


def converted_in(text: str) -> frozenset[str]:
    """Return the numbers in *text* that only say in other units what stands before them."""
    found = (match.groups() for match in _CONVERTED.finditer(text))
    return frozenset(
        number.replace(",", "")
        for before, number, after in found
        if {_stem(before.casefold()), _stem(after.casefold())} <= _units().keys()
    )


@cache
def _units() -> Mapping[str, str]:
    """Return by each unit how it is spelled first."""
    lines = read_tables("provenance.common.stemming", "words.toml")["units"].strip().split("\n")
    spelled = [line.split() for line in lines]
    return {_stem(word): words[0] for words in spelled for word in words}


def kin(stem: str) -> frozenset[int]:
    """Return the numbers of the groups of words that mean much the same which *stem* is of."""
    return _kindred().get(stem, frozenset())


def kindred(stem: str) -> frozenset[str]:
    """Return *stem* with all that mean much the same."""
    return frozenset((stem, *(other for group in kin(stem) for other in _groups()[group])))


@cache
def first_kin() -> Mapping[str, str]:
    """Return for each stem that is of one group alone the first stem of that."""
    firsts: dict[int, str] = {}
    for stem, groups in _kindred().items():
        for group in groups:
            firsts.setdefault(group, stem)
    return {stem: firsts[min(groups)] for stem, groups in _kindred().items() if len(groups) == 1}


def said(text: str) -> frozenset[str]:
    """Return the stems of *text* that say something: no names, and no offices of whom it names."""
    return frozenset(stems(_NAMES.sub(" ", text))) - frozenset(map(_stem, _listed("offices")))


def everyday() -> frozenset[str]:
    """Return stems that stand around anybody in the news."""
    return frozenset(map(_stem, _listed("everyday")))


def calendar() -> frozenset[str]:
    """Return the names of days and months, with what else is capitalised anywhere."""
    return _listed("calendar")


@cache
def months() -> frozenset[str]:
    """Return the stems of the names of months."""
    return frozenset(map(_stem, _listed("months")))


def namesakes(name: str) -> int:
    """Return of how many among ten billion people *name*, in lower case, is the name, roughly."""
    words = [word for word in name.split() if word not in _listed("suffixes")]
    if len(words) < 2:
        return 10**10
    return _borne("first_names").get(words[0], _RARE) * _borne("surnames").get(words[-1], _RARE)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if word[0].isdigit():
        return word.replace(",", "")
    stem: str = _english.stemWord(_regular().get(word) or _respelled(word))
    return stem


def _respelled(word: str) -> str:
    """Return *word* as it is spelled in America."""
    word = _METRE.sub(r"\1er\2", word)
    for british, american in _SPELLED:
        word = british.sub(american, word)
    return word


@cache
def _regular() -> Mapping[str, str]:
    """Return what other words are compared as: numbers in figures, forms of verbs as the verb."""
    tables = read_tables("provenance.common.stemming", "words.toml")
    words = tables["numerals"].split() + tables["irregular"].split()
    return dict(zip(words[::2], words[1::2], strict=True))


@cache
def _kindred() -> Mapping[str, frozenset[int]]:
    lines = read_tables("provenance.common.stemming", "kindred.toml")["groups"].split("\n")
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in line.split():
            found.setdefault(_stem(word), set()).add(number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}


@cache
def _groups() -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for stem, groups in _kindred().items():
        for group in groups:
            found.setdefault(group, set()).add(stem)
    return {group: frozenset(stems) for group, stems in found.items()}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_tables("provenance.common.stemming", "words.toml")[name].split())


@cache
def _borne(name: str) -> Mapping[str, int]:
    words = read_tables("provenance.common.stemming", "words.toml")[name].split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))
