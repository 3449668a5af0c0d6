"""Lay an annotated source graph over a scene: which mentions, pairs and sources are right.

An annotated source is found by its aliases; a hop is taught where its evidence stands, and left
open (-1) at the other mentions of the same two sources.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.graph.reader.features import (
    FAR,
    HEAD,
    OWNER,
    TYPES,
    Arrays,
    Floats,
    Integers,
    holds,
    normalised,
)
from provenance.graph.reader.scene import Scene

STANCES = ("denies", "confirms", "doubts")
Words = tuple[int, int]
_TIE = 0.02
Gold = Mapping[str, Any]
"""A source graph in the format of ``prov build --to json``."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is right of a scene.

    Attributes:
        groups: [S] the annotated source behind each source of the scene, or one of its own.
        size: How many groups there are.
        known: [S] whether the group is an annotated source.
        types: [size] their types from 1, 0 where none is known.
        to_article: [size]; hops: [size, size]; disputes: [size, size, 3].
        mention_flow: [M] 1, 0, or -1 where it is open whether it stands for a hop to the article.
        pair_labels: [P, 4] likewise for a hop and the three stances.
        same: [Q] likewise for sources that may be one.
    """

    groups: Integers
    size: int
    known: NDArray[np.bool_]
    types: Integers
    to_article: Floats
    hops: Floats
    disputes: Floats
    mention_flow: Floats
    pair_labels: Floats
    same: Floats


def lesson_of(scene: Scene, arrays: Arrays, gold: Gold) -> Lesson:
    """Return what *gold* says of *scene*."""
    names = _groups(scene, gold)
    order = {name: number for number, name in enumerate(sorted(set(names), key=str))}
    groups = np.array([order[name] for name in names], np.int64)
    size = len(order)
    known = np.array([not name.startswith("#") for name in names], bool)
    types = np.zeros(size, np.int64)
    for source in gold["sources"]:
        if source["id"] in order:
            types[order[source["id"]]] = [t.value for t in TYPES].index(source["type"]) + 1
    lesson = Lesson(
        groups=groups,
        size=size,
        known=known,
        types=types,
        to_article=np.zeros(size, np.float32),
        hops=np.zeros((size, size), np.float32),
        disputes=np.zeros((size, size, len(STANCES)), np.float32),
        mention_flow=np.zeros(len(arrays.mentions), np.float32),
        pair_labels=np.zeros((len(arrays.pairs), 1 + len(STANCES)), np.float32),
        same=_same(arrays, groups, known),
    )
    _teach(scene, arrays, gold, order, lesson)
    return lesson


def _groups(scene: Scene, gold: Gold) -> list[str]:
    """Return the id of the annotated source behind each source, or a name of its own."""
    plain = [{normalised(a) for a in s.aliases} - {""} for s in scene.sources]
    main = [normalised(s.name) for s in scene.sources]
    found = [f"#{number}" for number in range(len(plain))]
    wanted = {
        s["id"]: {normalised(a) for a in (s["name"], *s.get("aliases", ()))} - {""}
        for s in gold["sources"]
    }
    for number, own in enumerate(plain):
        rows = [(main[number] in w, len(own & w), id) for id, w in wanted.items() if own & w]
        if rows:
            found[number] = max(rows)[2]
    for id, names in wanted.items():
        if id in found:
            continue
        near = (
            n
            for n, m in enumerate(main)
            if found[n].startswith("#") and any(holds(m, x) or holds(x, m) for x in names)
        )
        for first in itertools.islice(near, 1):
            found[first] = id
    return found


def _same(arrays: Arrays, groups: Integers, known: NDArray[np.bool_]) -> Floats:
    one, other = arrays.alike[:, 0], arrays.alike[:, 1]
    same = (groups[one] == groups[other]).astype(np.float32)
    same[(same == 0) & ~known[one] & ~known[other]] = -1
    return same


def _teach(
    scene: Scene, arrays: Arrays, gold: Gold, order: Mapping[str, int], lesson: Lesson
) -> None:
    """Fill in *lesson* what flows and disputes say, of groups and of the mentions they stand at."""
    teacher = _Teacher(arrays, lesson)
    for flow in gold["flows"]:
        one, other = order.get(flow["from"]), order.get(flow["to"])
        where = _where(scene, flow.get("evidence"))
        if one is not None and flow["to"] == "article":
            lesson.to_article[one] = 1
            teacher.mentions(one, where)
        elif one is not None and other is not None and one != other:
            lesson.hops[one, other] = 1
            teacher.pairs(one, other, 0, where)
    for dispute in gold.get("disputes", ()):
        by, target = order.get(dispute["by"]), order.get(dispute["target"])
        if by is not None and target is not None and by != target:
            stance = STANCES.index(dispute["stance"])
            lesson.disputes[by, target, stance] = 1
            teacher.pairs(by, target, 1 + stance, _where(scene, dispute.get("evidence")))


class _Teacher:
    """Marks the mentions, and pairs of them, nearest to the evidence of what is right."""

    def __init__(self, arrays: Arrays, lesson: Lesson) -> None:
        self.heads = arrays.mentions[:, HEAD]
        self.owners = lesson.groups[arrays.mentions[:, OWNER]]
        self.ends, self.lesson = arrays.pairs, lesson
        self.by_pair: dict[tuple[int, int], list[int]] = {}
        for number, (one, other) in enumerate(arrays.pairs):
            key = int(self.owners[one]), int(self.owners[other])
            self.by_pair.setdefault(key, []).append(number)

    def mentions(self, group: int, where: Words | None) -> None:
        """Mark the mentions of *group* nearest to *where* as right, and leave others open."""
        own = np.flatnonzero(self.owners == group)
        costs = [self._away(int(m), where) for m in own]
        for mention, cost in zip(own, costs, strict=True):
            if cost <= min(costs):
                self.lesson.mention_flow[mention] = 1
            elif self.lesson.mention_flow[mention] == 0:
                self.lesson.mention_flow[mention] = -1

    def pairs(self, one: int, other: int, column: int, where: Words | None) -> None:
        """Mark the pairs of mentions of two groups nearest to *where*, and leave others open."""
        numbers = self.by_pair.get((one, other), [])
        costs = [self._cost(int(self.ends[n, 0]), int(self.ends[n, 1]), where) for n in numbers]
        for number, cost in zip(numbers, costs, strict=True):
            self.lesson.pair_labels[number, column] = 1 if cost <= min(costs) + _TIE else -1

    def _cost(self, one: int, other: int, where: Words | None) -> float:
        apart = abs(int(self.heads[one]) - int(self.heads[other])) / FAR
        return self._away(one, where) + self._away(other, where) + 0.1 * apart

    def _away(self, mention: int, where: Words | None) -> float:
        head = int(self.heads[mention])
        if where is None or where[0] - 1 <= head <= where[1] + 1:
            return 0.0
        return float(min(abs(head - where[0]), abs(head - where[1])))


def _where(scene: Scene, evidence: str | Sequence[int] | None) -> Words | None:
    """Return the first and last word of *evidence*, its words or its offsets."""
    if not evidence:
        return None
    if isinstance(evidence, str):
        pattern = r"\s+".join(map(re.escape, evidence.split()))
        match = re.search(pattern, scene.text)
        if match is None:
            return None
        evidence = match.span()
    return scene.word_at(evidence[0]), scene.word_at(evidence[1] - 1)
