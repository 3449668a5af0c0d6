"""What joins articles, worked out on a cluster: the same as `analysis.link` finds on one machine.

Each step is a join on what two articles or claims must share: a fingerprint of their texts, two
rare stems, a name. Only what shares it is compared, by the functions that a single machine uses.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from provenance.analysis.canonical import Bearing, same_source
from provenance.analysis.columns import ClaimRows, Claims
from provenance.analysis.fingerprints import LARGEST
from provenance.analysis.identity import apart, chance_of, have_others, too_many, with_everyday
from provenance.analysis.likeness import (
    ALIKE,
    copied,
    held_in,
    keys_of,
    likeness,
    rarest,
    told_of,
    weights_of,
)
from provenance.analysis.packing import pack_reuse, unpack, unpack_reuse
from provenance.analysis.reuse import CREDIT, NOTICE, PRINTS, Comparer
from provenance.gathering.engines.spark import Row, mapped
from provenance.gathering.storied import BEARER, bearers, near
from provenance.gathering.storied import told as stories_of
from provenance.model import ClaimRef, SameClaim, SameSource, SourceType
from provenance.rdf.linking import write_links
from provenance.stores.ledger import LINKS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_LINE = {"value": "string"}
_PAIR = {"one": "binary", "other": "binary"}
_CLAIM = {
    "ref": "binary",
    "id": "string",
    "digest": "string",
    "begin": "bigint",
    "end": "bigint",
    "codes": "array<bigint>",
    "said": "array<boolean>",
    "number": "array<boolean>",
    "denied": "array<boolean>",
    "measure": "array<bigint>",
}
_SHARED = {
    "copy": "binary",
    "original": "binary",
    "reuse": "binary",
    "credited": "boolean",
    "notice": "string",
    "lines": "string",
}
_COPIED = ("ref", "begin", "end", "codes", "number", "denied")
_AT_ONCE = 2_000


def joined(spark: "SparkSession", articles: "DataFrame", base_iri: str | None) -> "DataFrame":
    """Return the lines of N-Quads that say what joins *articles*, each once.

    Args:
        spark: Where to work.
        articles: The digest, packed brief and text of each.
        base_iri: What the names of the articles begin with.
    """
    from pyspark.sql import functions as F

    keyed = articles.withColumn("of", F.unhex(F.substring("digest", 1, 32)))
    keyed = keyed.persist()
    reuses, told = _reuses(keyed, base_iri)
    claims = mapped(keyed.select("of", "brief"), _claims, _CLAIM).persist()
    stories = stories_of(spark, keyed).persist()
    close = mapped(stories, near, _PAIR | {"score": "double"})
    same = _alike(spark, claims).union(_copied(claims, reuses)).union(close)
    same = same.groupBy("one", "other").agg(F.max("score").alias("score"))
    named = claims.select("ref", "id", "digest")
    ends = same.join(_prefixed(named, "one"), "one").join(_prefixed(named, "other"), "other")

    def write_same(rows: Iterator[Row]) -> Iterator[Row]:
        return _lines(write_links([], [], _pairs(rows), [], graph=LINKS.value, base_iri=base_iri))

    def write_sources(rows: Iterator[Row]) -> Iterator[Row]:
        groups = _groups(rows, *known.value)
        return _lines(write_links([], [], [], groups, graph=LINKS.value, base_iri=base_iri))

    sources = mapped(stories, bearers, BEARER).persist()
    several = sources.groupBy("key").agg(F.collect_list(F.struct(*list(BEARER)[1:])).alias("own"))
    several = several.filter(F.size("own") > 1).select("own")
    known = spark.sparkContext.broadcast(_usual(sources))
    lines = told.union(mapped(ends, write_same, _LINE)).union(mapped(several, write_sources, _LINE))
    return lines.distinct()


def _reuses(keyed: "DataFrame", base_iri: str | None) -> "tuple[DataFrame, DataFrame]":
    """Return who copies whom, and the lines that say so or which quotations two share."""
    from pyspark.sql import functions as F

    prints = mapped(keyed.select("of", "brief"), _prints, {"key": "bigint", "ref": "binary"})
    pairs = _sharing(prints).groupBy("one", "other").count().filter(F.col("count") >= PRINTS)
    whole = keyed.select("of", "brief", "text")
    both = pairs.join(_prefixed(whole, "one", "of"), "one").join(
        _prefixed(whole, "other", "of"), "other"
    )

    def compare(rows: Iterator[Row]) -> Iterator[Row]:
        return _compared(rows, base_iri)

    shared = mapped(both.drop("count"), compare, _SHARED).persist()
    found = shared.filter("reuse is not null")
    ends = found.filter("notice != ''").select(
        "notice", F.explode(F.array("copy", "original")).alias("holder")
    )
    notices = ends.groupBy("notice").agg(F.countDistinct("holder").alias("holders"))
    notices = notices.filter(F.col("holders") >= NOTICE).select("notice")
    found = found.join(notices, "notice", "left_anti")
    crediting = found.filter("credited").select("copy", F.lit(True).alias("credits")).distinct()
    found = found.join(crediting, "copy", "left").filter("credited or credits is null")
    quotations = shared.filter("reuse is null")
    lines = found.select("lines").union(quotations.select("lines"))
    return found, lines.select(F.explode(F.split("lines", "\n")).alias("value"))


def _compared(rows: Iterable[Row], base_iri: str | None) -> Iterator[Row]:
    """Yield a row for a copy and one for a shared quotation, where a pair has one."""
    texts: dict[str, str] = {}
    compare = Comparer(texts.__getitem__)
    for row in rows:
        one, other = unpack(row["one_brief"]), unpack(row["other_brief"])
        texts[one.digest], texts[other.digest] = row["one_text"] or "", row["other_text"] or ""
        found = compare(one, other)
        texts.clear()
        if found.quotation is not None:
            block = write_links([], [found.quotation], [], [], graph=LINKS.value, base_iri=base_iri)
            yield {"lines": b"".join(block).decode().rstrip("\n")}
        if found.reuse is not None:
            block = write_links([found.reuse], [], [], [], graph=LINKS.value, base_iri=base_iri)
            yield {
                "copy": bytes.fromhex(found.reuse.copy)[:16],
                "original": bytes.fromhex(found.reuse.original)[:16],
                "reuse": pack_reuse(found.reuse),
                "credited": found.reuse.reason == CREDIT,
                "notice": found.notice,
                "lines": b"".join(block).decode().rstrip("\n"),
            }


def _sharing(keys: "DataFrame") -> "DataFrame":
    """Return a pair for each key that two have, by the rule of `fingerprints.pairs_of`."""
    from pyspark.sql import functions as F

    held = keys.groupBy("key").agg(F.collect_list("ref").alias("refs"))
    return mapped(held.filter(F.size("refs") > 1).select("refs"), _paired, _PAIR)


def _paired(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        refs = sorted(row["refs"])
        pairs = (
            combinations(refs, 2)
            if len(refs) <= LARGEST
            else ((refs[0], other) for other in refs[1:])
        )
        for one, other in pairs:
            yield {"one": one, "other": other}


def _prints(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        for one in unpack(row["brief"]).prints.view(np.int64).tolist():
            yield {"key": one, "ref": row["of"]}


def _claims(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        brief, held = unpack(row["brief"]), ClaimRows()
        held.add(0, brief.claims)
        claims = held.columns()
        for at, place in enumerate(claims.place.tolist()):
            stems = slice(*claims.starts[at : at + 2].tolist())
            yield {
                "ref": row["of"] + place.to_bytes(4),
                "id": brief.claims[place].id,
                "digest": brief.digest,
                "begin": int(claims.begin[at]),
                "end": int(claims.end[at]),
                "codes": claims.codes[stems].view(np.int64).tolist(),
                "said": claims.said[stems].tolist(),
                "number": claims.number[stems].tolist(),
                "denied": claims.denied[stems].tolist(),
                "measure": claims.measure[stems].view(np.int64).tolist(),
            }


def _alike(spark: "SparkSession", claims: "DataFrame") -> "DataFrame":
    """Return the pairs of *claims* that say the same, and how far."""
    from pyspark.sql import functions as F

    count = claims.count()
    stems = claims.select(F.explode("codes").alias("code")).groupBy("code").count()
    held = sorted(
        (row["code"] % (1 << 64), row["count"]) for row in stems.filter("count > 1").collect()
    )
    codes, counts = np.array(held, np.uint64).reshape(-1, 2).T
    known = spark.sparkContext.broadcast((codes, counts.astype(np.int64)))

    def keyed(rows: Iterator[Row]) -> Iterator[Row]:
        for some in _batches(rows):
            table = _table([(row, row["ref"][:16]) for row in some])
            chosen = rarest(table, held_in(known.value, table.codes))
            for key, at in zip(*keys_of(table, chosen), strict=True):
                yield {"key": int(key.astype(np.int64)), "ref": some[at]["ref"]}

    def scored(rows: Iterator[Row]) -> Iterator[Row]:
        for some in _batches(rows):
            yield from _scored(some, known.value, count)

    whole = claims.drop("id", "digest")
    keys = mapped(whole, keyed, {"key": "bigint", "ref": "binary"})
    pairs = _sharing(keys).filter(F.substring("one", 1, 16) != F.substring("other", 1, 16))
    both = pairs.distinct().join(_prefixed(whole, "one"), "one")
    both = both.join(_prefixed(whole, "other"), "other")
    return mapped(both, scored, _PAIR | {"score": "double"})


def _scored(some: Sequence[Row], known: Any, count: int) -> Iterator[Row]:
    sides = [
        ({name: row[f"{side}_{name}"] for name in list(_CLAIM)[3:]}, row[side][:16])
        for row in some
        for side in ("one", "other")
    ]
    table = _table(sides)
    weights = weights_of(held_in(known, table.codes), count)
    ones = np.arange(0, len(sides), 2)
    for row, score in zip(some, likeness(table, weights, ones, ones + 1).tolist(), strict=True):
        if score >= ALIKE:
            yield {"one": row["one"], "other": row["other"], "score": score}


def _table(rows: Sequence[tuple[Row, bytes]]) -> Claims:
    """Return claims, each with its article, as columns."""
    numbers = {of: number for number, of in enumerate(sorted({of for _, of in rows}))}

    def flat(name: str, type_: Any) -> Any:
        return np.array([value for row, _ in rows for value in row[name]], type_)

    return Claims(
        article=np.array([numbers[of] for _, of in rows], np.int64),
        place=np.arange(len(rows)),
        begin=np.array([row["begin"] for row, _ in rows], np.int64),
        end=np.array([row["end"] for row, _ in rows], np.int64),
        own=np.zeros(len(rows), bool),
        starts=np.cumsum([0, *(len(row["codes"]) for row, _ in rows)]),
        codes=flat("codes", np.int64).view(np.uint64),
        said=flat("said", bool),
        number=flat("number", bool),
        denied=flat("denied", bool),
        measure=flat("measure", np.int64).view(np.uint64),
        weighty=flat("number", bool) & False,
        amount=np.zeros(sum(len(row["codes"]) for row, _ in rows)),
    )


def _copied(claims: "DataFrame", reuses: "DataFrame") -> "DataFrame":
    """Return the pairs of *claims* of which one is the other's copy."""
    from pyspark.sql import functions as F

    of = claims.withColumn("of", F.substring("ref", 1, 16)).groupBy("of")
    places = of.agg(F.collect_list(F.struct(*_COPIED)).alias("claims"))
    both = reuses.select("copy", "original", "reuse")
    both = both.join(_prefixed(places, "copy", "of"), "copy")
    both = both.join(_prefixed(places, "original", "of"), "original")
    return mapped(both, _copied_in, _PAIR | {"score": "double"})


def _copied_in(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        copy, original = (
            [
                (
                    one["ref"],
                    one["begin"],
                    one["end"],
                    told_of(one["codes"], one["number"], one["denied"]),
                )
                for one in row[f"{side}_claims"]
            ]
            for side in ("copy", "original")
        )
        for pair in copied(unpack_reuse(row["reuse"]), copy, original):
            yield {"one": min(pair), "other": max(pair), "score": 1.0}


def _pairs(rows: Iterable[Row]) -> Iterator[SameClaim]:
    for row in rows:
        one, other = (
            ClaimRef(digest=row[f"{side}_digest"], claim=row[f"{side}_id"])
            for side in ("one", "other")
        )
        yield SameClaim(one=one, other=other, score=round(row["score"], 3))


def _usual(bearers: "DataFrame") -> tuple[int, Any]:
    """Return how many persons *bearers* are, and the stems around too many of them."""
    from pyspark.sql import functions as F

    of = bearers.filter("namesakes > 0")
    persons = of.count()
    stems = of.select(F.explode("context").alias("stem")).groupBy("stem").count()
    found = stems.filter(F.col("count") > too_many(persons)).collect()
    codes = np.array([row["stem"] for row in found], np.int64).view(np.uint64)
    return persons, with_everyday(codes)


def _groups(rows: Iterable[Row], persons: int, usual: Any) -> Iterator[SameSource]:
    """Yield which of the sources that have one key are one, where several articles have it."""
    for row in rows:
        own = sorted(row["own"], key=lambda one: (one["of"], one["place"]))
        chance, parts = 0.0, [(list(range(len(own))), [0] * len(own))]
        if namesakes := own[0]["namesakes"]:
            chance = chance_of(namesakes, persons)
            contexts = (np.array(one["context"], np.int64).view(np.uint64) for one in own)
            told = [bytes(one["story"]) for one in own]
            parts = apart(contexts, told, usual, others=have_others(namesakes, persons))
        for part, over in parts:
            if len({own[at]["digest"] for at in part}) > 1:
                held = (_bearing(own[at], more) for at, more in zip(part, over, strict=True))
                yield same_source(held, chance)


def _bearing(row: Any, over: int) -> Bearing:
    kind, name = row["known"]
    return Bearing(
        digest=row["digest"],
        id=row["id"],
        name=row["name"],
        type=SourceType(row["type"]),
        key=(kind, name),
        own=row["own"],
        over=over,
    )


def _lines(blocks: Iterable[bytes]) -> Iterator[Row]:
    for block in blocks:
        for line in block.splitlines():  # of bytes: nothing but a line feed ends one
            yield {"value": line.decode()}


def _prefixed(table: "DataFrame", side: str, key: str = "ref") -> "DataFrame":
    """Return *table* with *side* before the names of its columns, and for its *key*."""
    names = {name: side if name == key else f"{side}_{name}" for name in table.columns}
    return table.withColumnsRenamed(names)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
