"""Ways to break a reading, for tests."""

import json
import random
from collections.abc import Callable
from typing import Any

from provenance.model import ARTICLE
from provenance.readings.form import ROWS

Row = dict[str, Any]
Way = Callable[[random.Random, Row], Any]


def row(rng: random.Random, whole: Row) -> Row:
    """Return any row."""
    return rng.choice([one for key in ROWS for one in whole[key]])


def spoil(rng: random.Random, text: str) -> str:
    """Return *text* with a sign in it that does not belong there."""
    at = rng.randrange(len(text) + 1)
    signs = ["\u202e", "\ud800", "\x00", "e\u0301", "ﬁ", "🚢", "\u200b", "´", "x" * 3000]
    return text[:at] + rng.choice(signs) + text[at + rng.randrange(2) :]


def words(rng: random.Random, whole: Row) -> None:
    """Change a word."""
    one = row(rng, whole)
    key = rng.choice([k for k, v in one.items() if isinstance(v, str)] or ["id"])
    parts = str(one.get(key)).split(" ")
    parts[rng.randrange(len(parts))] = rng.choice(["", "other", "THE", "of of"])
    one[key] = " ".join(parts)


def sign(rng: random.Random, whole: Row) -> None:
    """Put in a sign."""
    one = row(rng, whole)
    key = rng.choice([k for k, v in one.items() if isinstance(v, str)] or ["id"])
    one[key] = spoil(rng, str(one.get(key)))


def kind(rng: random.Random, whole: Row) -> None:
    """Put something of another kind."""
    one = row(rng, whole)
    values: list[Any] = [None, 7, 1e999, [], {}, [[1, 2]], True, "", "article", "document", -1]
    one[rng.choice([*one, "id"])] = rng.choice(values)


def lose(rng: random.Random, whole: Row) -> None:
    """Lose a key."""
    one = row(rng, whole)
    one.pop(rng.choice([*one, "id"]), None)


def ends(rng: random.Random, whole: Row) -> None:
    """Send flows elsewhere, in circles too."""
    ids = [*(str(one.get("id")) for one in whole["sources"]), ARTICLE, "nobody"]
    for one in whole["flows"]:
        one[rng.choice(["from", "to"])] = rng.choice(ids)


def double(rng: random.Random, whole: Row) -> None:
    """Say rows again."""
    key = rng.choice(list(ROWS))
    whole[key] = whole[key] * rng.choice([2, 3, 50])


def drop(rng: random.Random, whole: Row) -> None:
    """Lose a part."""
    whole.pop(rng.choice(list(whole)))


def swap(rng: random.Random, whole: Row) -> None:
    """Exchange two parts."""
    key, other = rng.sample(list(ROWS), 2)
    whole[key], whole[other] = whole[other], whole[key]


def cut(rng: random.Random, whole: Row) -> bytes:
    """Cut it off."""
    data = json.dumps(whole).encode()
    return data[: rng.randrange(len(data))]


def flip(rng: random.Random, whole: Row) -> bytes:
    """Change some bytes."""
    data = bytearray(json.dumps(whole).encode())
    for _ in range(rng.randrange(1, 6)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def swell(rng: random.Random, whole: Row) -> None:
    """Make something very large."""
    one = row(rng, whole)
    one[rng.choice([*one, "id"])] = rng.choice(["x" * 10_000_000, ["memo"] * 2000, "memo " * 5000])


WAYS: tuple[Way, ...] = (*(words, sign, kind, lose, ends, double, drop, swap, cut, flip, swell),)
"""Each breaks a reading in place, or returns what is given instead."""
