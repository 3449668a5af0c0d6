"""Expressions of time in news English, and the ISO 8601 that they come to.

The common shapes are a table of patterns. dateparser is asked only about the rest, as its import
and first call take a quarter of a second. Everything is reckoned from the day that the article was
published, never from today.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

Resolver = Callable[[date | None, bool], str]
"""Gives ISO 8601 or "" from the day of publication and whether the clause looks ahead."""

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1, "couple of": 2}

_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d-]|s\b|[.,]\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%:.,]{0,20}\d|[%:])"
_NEAR = r"(?:(?P<near>last|this|next|past|early|late|mid|earlier|later)[ -](?:this )?)?"
_COUNT = r"(?P<count>\d{1,3}|couple of|" + "|".join(w for w in _NUMBERS if " " not in w) + ")"


@dataclass(frozen=True, slots=True)
class Moment:
    """An expression of time at a place in a sentence's text, half open."""

    start: int
    end: int
    resolve: Resolver


def day_of(reference: str) -> date | None:
    """Return the day that *reference*, ISO 8601, falls on; None where it names no day."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", reference)
    return date.fromisoformat(found[0]) if found and _iso(*found[0].split("-")) else None


def moments(text: str) -> Iterator[Moment]:
    """Yield the expressions of time in *text* that fit a shape, the more specific shapes first."""
    taken: list[tuple[int, int]] = []
    for pattern, resolve in _SHAPES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                yield Moment(start, end, partial(resolve, match.groupdict()))


def parse_other(text: str, today: date | None, ahead: bool) -> str:
    """Return what dateparser makes of *text* ("the day before yesterday"), "" if it fits badly."""
    if today is None or not re.search(r"\bago\b|\byesterday\b", text, re.IGNORECASE):
        return ""
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),  # noqa: DTZ001
        "PREFER_DATES_FROM": "future" if ahead else "past",
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(text)
    if found.date_obj is None or found.period is None:
        return ""
    return _cut(found.date_obj.date(), found.period)


def _iso(year: str | int, month: str | int, day: str | int) -> str:
    """Return the day in ISO 8601, "" where there is none such."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _cut(day: date, unit: str) -> str:
    """Return *day* at the precision of *unit*; a week gives its month, unless it lies in two."""
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
        parts = zip(first.isoformat().split("-"), last.isoformat().split("-"), strict=True)
        shared = []
        for one, other in parts:
            if one != other:
                break
            shared.append(one)
        return "-".join(shared[:2])
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _months_on(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_number(name: str) -> int:
    return next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))


def _read_iso(found: dict[str, str], today: date | None, ahead: bool) -> str:
    return _iso(found["year"], found["month"], found["day"])


def _read_day(found: dict[str, str], today: date | None, ahead: bool) -> str:
    month, day = _month_number(found["month"]), found["day"]
    if found["year"]:
        return _iso(found["year"], month, day)
    if today is None:
        return ""
    text = _iso(today.year, month, day)
    if ahead and text < today.isoformat():
        return _iso(today.year + 1, month, day)
    if not ahead and text > today.isoformat():
        return _iso(today.year - 1, month, day)
    return text


def _read_month(found: dict[str, str], today: date | None, ahead: bool) -> str:
    month = _month_number(found["month"])
    if found["year"]:
        return f"{found['year']}-{month:02}"
    if today is None:
        return ""
    near = (found["near"] or "").lower()
    year = today.year
    if near == "next" or ahead:
        year += month < today.month or (near == "next" and month == today.month)
    else:
        year -= month > today.month or (near == "last" and month == today.month)
    return f"{year:04}-{month:02}"


def _read_year(found: dict[str, str], today: date | None, ahead: bool) -> str:
    return found["year"]


def _read_weekday(found: dict[str, str], today: date | None, ahead: bool) -> str:
    """Read a bare weekday as the last such day, the day of publication included."""
    if today is None:
        return ""
    near = (found["near"] or "").lower()
    back = (today.weekday() - _WEEKDAYS.index(found["weekday"].lower())) % 7
    if near == "next" or ahead:
        days = -back % 7 or (7 if near == "next" else 0)
    else:
        days = -(back or (7 if near == "last" else 0))
    return (today + timedelta(days=days)).isoformat()


def _read_near_day(found: dict[str, str], today: date | None, ahead: bool) -> str:
    if today is None:
        return ""
    word = found["word"].lower()
    days = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1}
    return (today + timedelta(days=days.get(word, 0))).isoformat()


def _read_period(found: dict[str, str], today: date | None, ahead: bool) -> str:
    step = {"last": -1, "past": -1, "next": 1}.get(found["which"].lower(), 0)
    return _read_distance({"count": str(-step), "unit": found["unit"]}, today, ahead)


def _read_distance(found: dict[str, str], today: date | None, ahead: bool) -> str:
    """Read a number of days, weeks, months or years back; negative ones lie ahead."""
    if today is None:
        return ""
    word, unit = found["count"].lower(), found["unit"].lower()
    back = _NUMBERS[word] if word in _NUMBERS else int(word)
    if unit in {"day", "week"}:
        return _cut(today - timedelta(days=back * (7 if unit == "week" else 1)), unit)
    return _cut(_months_on(today, -back * (12 if unit == "year" else 1)), unit)


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[dict[str, str], date | None, bool], str]], ...] = (
    (re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"), _read_iso),
    (re.compile(r"\b(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})\b"), _read_iso),
    (re.compile(rf"\b(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?:,? {_YEAR})?"), _read_day),
    (
        re.compile(rf"\b(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}\b(?:,? {_YEAR})?"),
        _read_day,
    ),
    (re.compile(rf"\b{_NEAR}{_MONTH},?(?: of)? {_YEAR}"), _read_month),
    (re.compile(rf"\b{_NEAR}{_MONTH}(?!\w)(?P<year>)"), _read_month),
    (
        re.compile(
            r"\b(?:the )?(?:spring|summer|autumn|fall|winter|end|start|beginning|middle|"
            rf"(?:first|second|third|fourth|last) (?:half|quarter))(?: of)? {_YEAR}",
            re.IGNORECASE,
        ),
        _read_year,
    ),
    (re.compile(rf"\b(?:early |late |mid-?)?{_YEAR}", re.IGNORECASE), _read_year),
    (re.compile(rf"\b{_NEAR}(?:(?:early|late) )?{_WEEKDAY}\b", re.IGNORECASE), _read_weekday),
    (
        re.compile(
            r"\b(?:earlier |later? |early )?(?P<word>(?:the day before )?yesterday|today|tonight|"
            r"tomorrow|last night|this (?:morning|afternoon|evening))\b",
            re.IGNORECASE,
        ),
        _read_near_day,
    ),
    (
        re.compile(
            r"\b(?:(?:earlier|late|later|early|the) )?(?P<which>last|this|past|next) "
            r"(?P<unit>week|month|year)\b",
            re.IGNORECASE,
        ),
        _read_period,
    ),
    (
        re.compile(rf"\b{_COUNT} (?P<unit>day|week|month|year)s? ago\b", re.IGNORECASE),
        _read_distance,
    ),
)
