"""Dates, bylines and addresses as they stand on lines of their own above a body."""

import re

_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(\d{{4}})\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE
)
_ISO = re.compile(
    r"\b(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2}))?"
)
_NUMERIC = re.compile(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b")
_BYLINE = re.compile(r"^(?:By|BY|Written by|Story by|Reported by)[:\s]+(?P<names>\S.*)$")
_NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?:\s+[\w.'’-]+){1,4}$")
_URL = re.compile(r"^(?:URL:\s*|Source:\s*|Link:\s*)?(https?://\S+)$", re.IGNORECASE)


def find_date(line: str) -> str:
    """Return the date in *line* as ISO 8601, "" where there is none or it could be read two ways."""
    if match := _ISO.search(line):
        year, month, day, time, zone = match.groups()
        date = _date(int(year), int(month), int(day))
        return (
            f"{date}T{time if time.count(':') == 2 else time + ':00'}{zone}"
            if date and time
            else date
        )
    if match := _DAY_FIRST.search(line):
        return _date(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
    if match := _MONTH_FIRST.search(line):
        return _date(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))
    if match := _NUMERIC.search(line):
        return _numeric(int(match[1]), int(match[3]), int(match[4]), match[2])
    return ""


def _numeric(first: int, second: int, year: int, mark: str) -> str:
    """Return a date in figures: with dots the day is first, with slashes only where no other reading is."""
    if mark == "." or first > 12 or first == second:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 else ""


def _date(year: int, month: int, day: int) -> str:
    fits = 1600 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04}-{month:02}-{day:02}" if fits else ""


def find_authors(line: str) -> tuple[str, ...]:
    """Return the names in a byline such as "By Jane Doe and John Roe, Associated Press"."""
    match = _BYLINE.match(line.strip())
    if match is None:
        return ()
    names = re.split(r"\s*(?:\||•|·|—| - )\s*", match["names"])[0]
    parts = [p.strip() for p in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*|;", names)]
    people = [p for p in parts if _NAME.match(p) and len(p) < 60]
    return tuple(people if people and len(match["names"]) < 160 else ())


def find_url(line: str) -> str:
    """Return the address that a line is, "" where it is none."""
    match = _URL.match(line.strip())
    return match[1] if match else ""
