"""The day that a file's name tells, where it can be read in one way only."""

import re
from datetime import date

_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<mark>-?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)[-_ ]\D"
)


def day_of_name(name: str) -> str:
    """Return the day that the file *name* begins with, as ISO 8601, "" if it is none.

    >>> day_of_name("2023-04-06-title.txt"), day_of_name("20230406_title.txt")
    ('2023-04-06', '2023-04-06')
    >>> day_of_name("2023-13-06-title.txt"), day_of_name("20230406.txt")
    ('', '')
    """
    found = _DAY.match(name)
    return checked_day("-".join(found.group("year", "month", "day"))) if found else ""


def checked_day(text: str) -> str:
    """Return *text* if it is a day of the calendar as ISO 8601 writes it, else ""."""
    try:
        return text if date.fromisoformat(text).isoformat() == text else ""
    except ValueError:
        return ""
