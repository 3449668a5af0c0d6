"""The reading within what a model said: fenced, with a word before, or cut off at its end."""

import json
import re
from collections.abc import Mapping
from typing import Any

_LISTS = ("sources", "flows", "disputes")
_THOUGHT = re.compile(r"\A\s*<think>(?:(?!</think>).)*+</think>", re.DOTALL)
_MOST = 20_000
_ENDS = '}]"'


def object_in(content: str) -> Mapping[str, Any] | None:
    """Return the reading in *content*, whose last rows may be cut off; None where there is none."""
    said = _THOUGHT.sub("", content)
    start = said.find("{")
    if start < 0:
        return None
    whole = _decoded(said[start:])
    if whole is None:
        whole = _decoded_rows(said[start:])
    if whole is None or not any(isinstance(whole.get(name), list) for name in _LISTS):
        return None
    return {name: rows if isinstance(rows := whole.get(name), list) else [] for name in _LISTS}


def _decoded(text: str) -> dict[str, Any] | None:
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _decoded_rows(text: str) -> dict[str, Any] | None:
    """Return the rows of each list that are whole, of an object that is not."""
    decoder, found = json.JSONDecoder(), {}
    for name in _LISTS:
        match = re.search(rf'"{name}"\s*+:\s*+\[', text)
        rows: list[Any] = []
        at = match.end() if match else len(text)
        while len(rows) < _MOST:
            at = _after(text, at)
            if text[at : at + 1] != "{":
                break
            try:
                row, at = decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                break
            rows.append(row)
        if match:
            found[name] = rows
    return found if any(found.values()) else None


def _after(text: str, at: int) -> int:
    """Return where the next row may begin: after blanks and a comma."""
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at
