"""Names of authors and addresses of pages, as lines of their own give them."""

import re

from provenance.common.wordlists import read_tables

_BY = re.compile(
    r"(?:(?:(?:written|words|story|reported|posted|published|report|article)\s+)?by[:\s]"
    r"|(?:words|text):)\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\(?\s*(?:additional )?(?:reporting|writing)(?: and (?:writing|editing))? by "
    r"(?P<rest>[^;)\n]{3,200})[;)]",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:(?<!\s)\s+)?(?:[|•·@<(\[]|—|–|\s-\s|\bfor\s|\bin\s(?=[A-Z])|\bon\s|\bat\s|\breports?\b|"
    r"\b(?:published|updated|posted|last)\b|\b\d|"
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s\d).*",
    re.IGNORECASE | re.DOTALL,
)
_ROLE = re.compile(
    r"\b(?:press|news|times|post|reuters|agency|agencies|writers?|staff|correspondents?|editors?|"
    r"reporters?|bureau|service|media|journal|network|tribune|herald|desk|columnists?|team|"
    r"contributors?|contributing|guest|special|senior|chief|producer|analyst|producers|admin|"
    r"today|daily|international|politics|magazine|radio|television|tv)\b",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"\b(?:the|a|an|of|to|and|that|this|these|his|her|their|our|my|your|its|all|many|some|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|july|"
    r"september|october|november|december|noon|midnight|morning|evening|night|law)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\sin\s[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*){0,3}(?=,?\s(?:and|&)\s|,\s)")
"""Where one of several wrote: "Ada Roth in Oslo and Nils Berg in Bergen"."""
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+(?:[^\W\d_][\w.'’-]*)){1,4}")
_FULL_STOP = re.compile(r"(?<!\b[JS]r)(?<!\b[A-Z])\.$")
_ADDRESS = re.compile(r"(?:[A-Za-z ]{2,16}:\s*)?<?(?P<url>https?://[^\s<>]+)>?", re.IGNORECASE)
_LONGEST = 200


def find_authors(line: str) -> tuple[str, ...]:
    """Return the people in a byline such as "By Jane Doe and John Roe, Associated Press"."""
    line = " ".join(line[: _LONGEST + 1].split()).strip("*_ ")
    match = _BY.fullmatch(line)
    return split_names(match["rest"]) if match and len(line) <= _LONGEST else ()


def find_signed(line: str) -> tuple[str, ...]:
    """Return who reported, as an agency signs it: "(Reporting by Ada Roth; Editing by Bo Hay)"."""
    match = _SIGNED.match(line) if len(line) <= _LONGEST else None
    return split_names(match["rest"]) if match else ()


def split_names(text: str) -> tuple[str, ...]:
    """Return the people in *text*; what they are and whom they work for is left out."""
    names = _FULL_STOP.sub("", _ENDS.sub("", _PLACED.sub("", text)).strip(" ,;"))
    listed = re.split(r"(?:(?<!\s)\s+)?[,;]\s*(?:and\s+)?|(?<!\s)\s+/", names, flags=re.IGNORECASE)
    listed = [one.strip() for one in listed]
    joined = [bool(re.search(r"\s(?:and|&)\s", one, re.IGNORECASE)) for one in listed]
    if any(joined[:-1]):  # "Jane Doe and John Roe, Associated Press": the list is over
        listed = listed[: joined.index(True) + 1]
    parted = (re.split(r"(?<!\s)\s+(?:and|&)\s+", one, flags=re.IGNORECASE) for one in listed)
    people = [name for part in parted for name in part]
    if people and not _is_name(people[0]):
        return ()
    return tuple(dict.fromkeys(one for one in people if _is_name(one)))


def find_url(line: str) -> str:
    """Return the address that *line* is, with or without a label, else ""."""
    match = _ADDRESS.fullmatch(line.strip()) if len(line) <= 2000 else None
    return match["url"] if match else ""


def _is_name(text: str) -> bool:
    if len(text) > 60 or not _NAME.fullmatch(text) or _ROLE.search(text) or _NOT_NAMES.search(text):
        return False
    small = read_tables("provenance.articles", "words.toml")["names"]["particles"]
    return all(word[0].isupper() or word.lower() in small for word in text.split())
