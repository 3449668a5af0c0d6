"""Corrections as lines of JSON: in the log beside the article, in the RDF, and from the page."""

import hashlib
import json
from dataclasses import asdict, replace
from typing import Any

from provenance.errors import RecordError
from provenance.model import (
    Action,
    Anchor,
    Correction,
    Credibility,
    Quote,
    Reliability,
    SourceType,
)

_GRADES = {*Reliability, *Credibility}
_NEEDS = {
    Action.MERGE: ("source", "target"),
    Action.SPLIT: ("source", "name", "quotes"),
    Action.RETYPE: ("source", "type"),
    Action.RENAME: ("source", "name"),
    Action.REJECT: ("source", "target"),
    Action.CONFIRM: ("source", "target"),
    Action.ADD: ("source", "target", "quotes"),
    Action.CREDIT: ("source", "quotes"),
    Action.GRADE: ("grade",),
    Action.UNDO: ("undoes",),
}


def with_id(correction: Correction) -> Correction:
    """Return *correction* with the id that its content gives it."""
    whole = to_line(replace(correction, id=""))
    return replace(correction, id="c-" + hashlib.sha256(whole.encode()).hexdigest()[:10])


def to_line(correction: Correction) -> str:
    """Return *correction* as one line of JSON, with nothing that is empty."""
    return json.dumps(_dense(asdict(correction)), ensure_ascii=False)


def parse_line(line: str) -> Correction:
    """Return the correction in a line of JSON.

    Raises:
        RecordError: It is none.
    """
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise RecordError("not a correction (no object in braces)")
        action = _action(row["action"])
        found = Correction(
            id=str(row["id"]),
            action=action,
            who=str(row["who"]),
            when=str(row["when"]),
            why=str(row.get("why", "")),
            source=_anchor(row.get("source")),
            target=_anchor(row.get("target")),
            name=str(row.get("name", "")),
            type=str(row.get("type", "")),
            quotes=tuple(_quote(one) for one in row.get("quotes", ())),
            grade=str(row.get("grade", "")),
            undoes=str(row.get("undoes", "")),
        )
    except KeyError as error:
        raise RecordError(f"not a correction (no {error})") from error
    except ValueError as error:
        raise RecordError(f"not a correction ({' '.join(str(error).split())})") from error
    except RecursionError as error:
        raise RecordError("not a correction (nested too deep)") from error
    except (TypeError, AttributeError) as error:
        raise RecordError("not a correction (source, target or quotes are malformed)") from error
    for name in _NEEDS[action]:
        if not getattr(found, name):
            raise RecordError(f"not a correction (to {action} needs {name!r})")
    if found.type and found.type not in set(SourceType):
        raise RecordError(f"not a correction (no type {found.type!r})")
    if found.grade and found.grade not in _GRADES:
        raise RecordError(f"not a correction (no grade {found.grade!r}: A to F, or 1 to 6)")
    return found


def _action(name: object) -> Action:
    known = [action for action in Action if action == name]
    if not known:
        raise RecordError(f"not a correction (no action {name!r:.80})")
    return known[0]


def _anchor(row: Any) -> Anchor | None:
    if row is None:
        return None
    return Anchor(name=str(row["name"]), quote=_quote(row["quote"]) if "quote" in row else None)


def _quote(row: Any) -> Quote:
    return Quote(
        exact=str(row["exact"]),
        prefix=str(row.get("prefix", "")),
        suffix=str(row.get("suffix", "")),
    )


def _dense(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dense(one) for key, one in value.items() if one not in ("", None, (), [])}
    return [_dense(one) for one in value] if isinstance(value, list | tuple) else value
