"""Dates as they stand on lines of their own around an article.

The usual shapes are read strictly and nothing is guessed: no clock, no "yesterday", and a date in
figures only where it has one reading.
"""

import re
from datetime import date, datetime, timedelta, timezone

_DAY_OF_NAME = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<mark>-?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)[-_ ]\D"
)


def day_of_name(name: str) -> str:
    """Return the day that the file *name* begins with, as ISO 8601, "" if it is none.

    >>> day_of_name("2023-04-06-title.txt"), day_of_name("20230406_title.txt")
    ('2023-04-06', '2023-04-06')
    >>> day_of_name("2023-13-06-title.txt"), day_of_name("20230406.txt")
    ('', '')
    """
    found = _DAY_OF_NAME.match(name)
    return checked_day("-".join(found.group("year", "month", "day"))) if found else ""


def checked_day(text: str) -> str:
    """Return *text* if it is a day of the calendar as ISO 8601 writes it, else ""."""
    try:
        return text if date.fromisoformat(text).isoformat() == text else ""
    except ValueError:
        return ""


_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "(?P<month>" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
# Only those with one meaning: CST is in Chicago and in Shanghai, "ET" changes with the season.
_ZONES = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "edt": -4,
    "est": -5,
    "cdt": -5,
    "pdt": -7,
    "pst": -8,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
}
_SHAPES = (
    re.compile(rf"\b{_YEAR}[-/](?P<month>\d{{2}})[-/](?P<day>\d{{2}})(?!\d)"),
    re.compile(rf"\b{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
)
_FIGURES = re.compile(rf"\b(?P<one>\d{{1,2}})(?P<mark>[./-])(?P<two>\d{{1,2}})(?P=mark){_YEAR}\b")
_TIME = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s*\(?(?:(?P<zone>utc|gmt|edt|est|cdt|cest|cet|eest|eet|pdt|pst|z)\b|"
    r"(?P<sign>[+-])(?P<ahead>\d{2}):?(?P<by>\d{2})))?",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|"
    r"\b(?:first |last )?(?:published|posted|updated|modified|created|released|issued|filed)\b|"
    r"\b(?:date|time|on|at|by|the|edition|a\.?m|p\.?m|e[ds]?t|p[ds]?t|c[ds]?t|bst|ist|o'clock)\b|"
    r"\b\d+ (?:min(?:ute)?s?|hours?) (?:read|ago)\b",
    re.IGNORECASE,
)
_HOUR_ALONE = re.compile(
    r"\W*\d{1,2}(?:[:.]\d{2}){0,2}\s*(?:[ap]\.?\s?m\b\.?)?\W*"
    r"(?:e[ds]?t|p[ds]?t|c[ds]?t|gmt|utc|bst)?\W*",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"(?<!\d)(?P<day>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[T ]"
    r"(?P<hour>[01]\d|2[0-3]):(?P<rest>[0-5]\d:[0-5]\d)(?:\.\d{1,9})?"
    r"(?:(?P<sign>[+-])(?P<ahead>\d\d):?(?P<by>\d\d)|(?![\dZ:.]|\s?(?:UTC|GMT)))"
)
_FIRST = re.compile(r"\b(?:written|published|posted|created|issued)\b(?: on| at)?\s*:?", re.I)
_FURTHEST = timedelta(hours=14)
_LONGEST = 200


def find_date(line: str) -> str:
    """Return the date in *line* as ISO 8601, with its time where that has a zone, else "".

    A date in figures that could be read two ways ("11.08.2016") is none.
    """
    found = _find(line[:_LONGEST])
    if found is None:
        return ""
    day, _, end = found
    moment = _moment(day, line[end:_LONGEST])
    return moment.isoformat() if moment else day.date().isoformat()


def find_published(line: str) -> str:
    """Return the date in *line*: of several the one that is called that of publication."""
    first = _FIRST.search(line[:_LONGEST])
    return (find_date(line[first.end() :]) if first else "") or find_date(line)


def local_moment(moment: str, source: str) -> str:
    """Return *moment*, if it is in UTC, as the clock of its outlet has it somewhere in *source*.

    That is the same minute and second, with another zone, or without one some whole hours away:
    what a paper prints on Monday night is of Monday, also where it is Tuesday in UTC.
    """
    if not moment.endswith("+00:00") or len(moment) != len("2024-03-04T23:30:00+00:00"):
        return moment
    when = datetime.fromisoformat(moment)
    for match in _LOCAL.finditer(source):
        if match["rest"] != moment[14:19] or not checked_day(match["day"]):
            continue
        there = datetime.fromisoformat(f"{match['day']}T{match['hour']}:{moment[14:19]}")
        ahead = there - when.replace(tzinfo=None)
        zone = match["sign"] + match["ahead"] + ":" + match["by"] if match["sign"] else ""
        told = f"{'-' if ahead < timedelta() else '+'}{_clock(abs(ahead))}"
        sure = zone == told if zone else moment[14:19] != "00:00"
        if sure and timedelta() < abs(ahead) <= _FURTHEST and ahead.seconds % 3600 == 0:
            return when.astimezone(timezone(ahead)).isoformat()
    return moment


def _clock(span: timedelta) -> str:
    return f"{span.seconds // 3600:02}:{span.seconds // 60 % 60:02}"


def is_date_line(line: str) -> bool:
    """Whether *line* is a date or a time, and says nothing else."""
    if len(line) > _LONGEST:
        return False
    timed = ":" in line or "." in line or line.lower().rstrip(". ").endswith("m")
    if timed and _HOUR_ALONE.fullmatch(line):
        return True
    found = _find(line)
    if found is None:
        return False
    rest = line[: found[1]] + " " + line[found[2] :]
    rest = _AROUND.sub(" ", _TIME.sub(" ", _SHAPES[1].sub(" ", _SHAPES[2].sub(" ", rest))))
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 2


def _find(line: str) -> tuple[datetime, int, int] | None:
    """Return the first date in *line* and where it stands."""
    for shape in _SHAPES:
        if match := shape.search(line):
            month = match["month"].lower()
            number = int(month) if month.isdigit() else _NUMBER[month]
            day = _day(int(match["year"]), number, int(match["day"]))
            return (day, match.start(), match.end()) if day else None
    if match := _FIGURES.search(line):
        one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
        readings = {_day(year, two, one), _day(year, one, two)} - {None}
        if len(readings) == 1 and (day := readings.pop()):
            return day, match.start(), match.end()
    return None


def _day(year: int, month: int, day: int) -> datetime | None:
    if not 1600 <= year <= 2200:
        return None
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - a day has no zone
    except ValueError:
        return None


def _moment(day: datetime, rest: str) -> datetime | None:
    """Return *day* at the time that *rest* begins with, if its zone is given."""
    match = _TIME.search(rest)
    if match is None or match.start() > 12 or not (match["zone"] or match["sign"]):
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if match["zone"]:
        if match["zone"].lower() not in _ZONES:
            return None
        ahead = timedelta(hours=_ZONES[match["zone"].lower()])
    else:
        ahead = timedelta(hours=int(match["ahead"]), minutes=int(match["by"]))
        ahead = -ahead if match["sign"] == "-" else ahead
    if abs(ahead) >= timedelta(hours=24):
        return None
    return day.replace(
        hour=hour,
        minute=int(match["minute"]),
        second=int(match["second"] or 0),
        tzinfo=timezone(ahead),
    )
