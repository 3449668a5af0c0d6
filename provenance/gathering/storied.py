"""What is worked out within each story, on a cluster: who is who, and what says the same."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from provenance.analysis.briefs import Brief, Key
from provenance.analysis.canonical import bearing_of
from provenance.analysis.casts import Bearer, cast_of
from provenance.analysis.columns import BearerRows, ClaimRows, Sets, codes_of
from provenance.analysis.likeness import alike_near
from provenance.analysis.packing import unpack
from provenance.analysis.stories import stories
from provenance.gathering.engines.spark import Row, mapped, table_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

BEARER = {
    "key": "bigint",
    "of": "binary",
    "place": "bigint",
    "story": "binary",
    "digest": "string",
    "id": "string",
    "name": "string",
    "type": "string",
    "known": "array<string>",
    "own": "boolean",
    "namesakes": "bigint",
    "context": "array<bigint>",
}
_NAMED = {"of": "binary", "names": "array<bigint>"}
_TOLD = {"of": "binary", "story": "binary"}


def told(spark: "SparkSession", keyed: "DataFrame") -> "DataFrame":
    """Return a row for each story with its articles, each with what it is compared by.

    Names are few, some 200 bytes an article: stories are found by the driver.
    """
    from pyspark.sql import functions as F

    rows = sorted(mapped(keyed.select("of", "brief"), _names, _NAMED).collect(), key=_of)
    names = Sets()
    for row in rows:
        names.add(np.array(row["names"], np.int64).view(np.uint64))
    found = stories(names).tolist()
    listed = [(bytes(r["of"]), bytes(rows[n]["of"])) for r, n in zip(rows, found, strict=True)]
    whose = table_of(spark, listed, _TOLD)
    articles = F.collect_list(F.struct("of", "digest", "brief")).alias("articles")
    return keyed.join(whose, "of").groupBy("story").agg(articles)


def bearers(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the sources of each story in *rows*, each under its identity there."""
    for row in rows:
        articles = sorted(row["articles"], key=_of)
        briefs = [unpack(one["brief"]) for one in articles]
        cast = cast_of(briefs)
        for article, brief in zip(articles, briefs, strict=True):
            held = BearerRows()
            held.add(0, 0, brief, cast.called)
            yield from _bearers(held, cast.called, bytes(article["of"]), bytes(row["story"]), brief)


def _bearers(
    held: BearerRows, called: Mapping[Bearer, Key], of: bytes, story: bytes, brief: Brief
) -> Iterator[Row]:
    columns = held.columns()
    for at, place in enumerate(columns.place.tolist()):
        around = slice(*columns.starts[at : at + 2].tolist())
        one = bearing_of(brief, place, called, 0)
        yield {
            "key": int(columns.key[at].astype(np.int64)),
            "of": of,
            "place": place,
            "story": story,
            "digest": one.digest,
            "id": one.id,
            "name": one.name,
            "type": one.type.value,
            "known": list(one.key),
            "own": one.own,
            "namesakes": int(columns.namesakes[at]),
            "context": columns.context[around].view(np.int64).tolist(),
        }


def near(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the pairs of claims in each story in *rows* that say the same, and how far."""
    for row in rows:
        articles = sorted(row["articles"], key=_of)
        held = ClaimRows()
        for number, article in enumerate(articles):
            brief = unpack(article["brief"])
            held.add(number, brief.claims)
            held.add_own(number, brief.sentences)
        claims = held.columns()
        refs = [
            bytes(articles[number]["of"]) + place.to_bytes(4)
            for number, place in zip(claims.article.tolist(), claims.place.tolist(), strict=True)
        ]
        found = alike_near(claims, np.zeros(len(articles), np.int64)).same
        for (one, other), score in found.items():
            if not (claims.own[one] or claims.own[other]):
                first, second = sorted((refs[one], refs[other]))
                yield {"one": first, "other": second, "score": score}


def _names(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        codes = codes_of(unpack(row["brief"]).names)
        yield {"of": row["of"], "names": codes.view(np.int64).tolist()}


def _of(row: Any) -> bytes:
    return bytes(row["of"])
