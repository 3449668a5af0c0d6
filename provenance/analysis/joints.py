"""What joins each article to others, apart from all else: enough of it for an answer."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from provenance.analysis.briefs import Key
from provenance.analysis.casts import Bearer
from provenance.analysis.links import Links
from provenance.analysis.packing import reuse_of, reuse_row
from provenance.errors import RecordError
from provenance.model import ClaimRef, Reuse, SameClaim

Row = tuple[str, str]
"""The digest of an article, and something that joins it to others, as JSON."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What joins one article to others; see `links.Links`."""

    copies: dict[str, list[Reuse]] = field(default_factory=dict)
    alike: dict[ClaimRef, list[SameClaim]] = field(default_factory=dict)
    called: dict[Bearer, Key] = field(default_factory=dict)
    serves: dict[Bearer, Key] = field(default_factory=dict)
    split: dict[Bearer, int] = field(default_factory=dict)


def joint_rows(links: Links) -> Iterator[Row]:
    """Yield all that joins the articles of *links*, for each that it is asked of."""
    for reuse in links.reuses:
        yield _row(reuse.copy, "copy", *reuse_row(reuse))
    for pair in links.same:
        ends = (pair.one.digest, pair.one.claim, pair.other.digest, pair.other.claim)
        for digest in {pair.one.digest: 0, pair.other.digest: 0}:
            yield _row(digest, "same", *ends, pair.score)
    for name, keys in (("called", links.called), ("serves", links.serves)):
        for (digest, id), key in keys.items():
            yield _row(digest, name, id, *key)
    for (digest, id), number in links.split.items():
        yield _row(digest, "split", id, number)


def joint_of(digest: str, rows: Iterable[str]) -> Joint:
    """Return what *rows*, those of `joint_rows` that are of *digest*, say.

    Raises:
        RecordError: They are none.
    """
    joint = Joint()
    try:
        for row in rows:
            _put(joint, digest, json.loads(row))
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"cannot read what joins an article: {error}") from error
    return joint


def _row(digest: str, *row: Any) -> Row:
    return digest, json.dumps(row, ensure_ascii=True, separators=(",", ":"))


def _put(joint: Joint, digest: str, row: Sequence[Any]) -> None:
    name, *values = row
    if name == "copy":
        joint.copies.setdefault(digest, []).append(reuse_of(values))
    elif name == "same":
        d1, c1, d2, c2, score = values
        one, other = ClaimRef(digest=d1, claim=c1), ClaimRef(digest=d2, claim=c2)
        pair = SameClaim(one=one, other=other, score=score)
        for ref in (one, other):
            if ref.digest == digest:
                joint.alike.setdefault(ref, []).append(pair)
    elif name == "split":
        id, number = values
        joint.split[digest, id] = number
    else:
        id, kind, key = values
        keys: Mapping[str, dict[Bearer, Key]] = {"called": joint.called, "serves": joint.serves}
        keys[name][digest, id] = (kind, key)
