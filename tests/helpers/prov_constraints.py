"""A checker of PROV of its own: the constraints of the W3C Recommendation of 30 April 2013.

It shares nothing with the program, not even the library that reads: rdflib here, pyoxigraph there.
Numbers are those of https://www.w3.org/TR/prov-constraints/. As the Recommendation has it, events
are put into an order that the constraints ask for, and what is impossible is a circle with a strict
step in it. Where both of two events have a time, their order is taken from that, too.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise, permutations
from typing import TypeVar

import networkx as nx
import rdflib
from rdflib import PROV, RDF
from rdflib.term import Node

_T = TypeVar("_T", Node, tuple[object, ...])
Pairs = set[tuple[Node, Node]]
Violation = tuple[int, str]
"""The number of a constraint, and what breaks it."""
_Event = tuple[object, ...]
_Step = tuple[int, _Event, _Event, bool]
"""The number of a constraint, an event, one that is not before it, and whether it is later."""

_BELOW = {
    "wasDerivedFrom": ("wasQuotedFrom", "wasRevisionOf", "hadPrimarySource"),
}
_INVERSE = {"wasGeneratedBy": "generated", "wasInvalidatedBy": "invalidated"}
_QUALIFIED = {
    "used": ("qualifiedUsage", "entity"),
    "wasGeneratedBy": ("qualifiedGeneration", "activity"),
    "wasInvalidatedBy": ("qualifiedInvalidation", "activity"),
    "wasStartedBy": ("qualifiedStart", "entity"),
    "wasEndedBy": ("qualifiedEnd", "entity"),
    "wasInformedBy": ("qualifiedCommunication", "activity"),
    "wasAssociatedWith": ("qualifiedAssociation", "agent"),
    "wasAttributedTo": ("qualifiedAttribution", "agent"),
    "actedOnBehalfOf": ("qualifiedDelegation", "agent"),
    "wasDerivedFrom": ("qualifiedDerivation", "entity"),
    "wasQuotedFrom": ("qualifiedQuotation", "entity"),
    "wasRevisionOf": ("qualifiedRevision", "entity"),
    "hadPrimarySource": ("qualifiedPrimarySource", "entity"),
}
# Constraint 50: of what type either end of a relation is.
_TYPING = {
    "used": ("activity", "entity"),
    "wasGeneratedBy": ("entity", "activity"),
    "wasInvalidatedBy": ("entity", "activity"),
    "wasStartedBy": ("activity", "entity"),
    "wasEndedBy": ("activity", "entity"),
    "wasInformedBy": ("activity", "activity"),
    "wasAssociatedWith": ("activity", "agent"),
    "wasAttributedTo": ("entity", "agent"),
    "actedOnBehalfOf": ("agent", "agent"),
    "wasDerivedFrom": ("entity", "entity"),
    "specializationOf": ("entity", "entity"),
    "alternateOf": ("entity", "entity"),
    "hadMember": ("entity", "entity"),
}
_CLASSES = {
    "Entity": "entity",
    "Collection": "entity",
    "EmptyCollection": "entity",
    "Bundle": "entity",
    "Plan": "entity",
    "Activity": "activity",
    "Agent": "agent",
    "Person": "agent",
    "Organization": "agent",
    "SoftwareAgent": "agent",
}


def violations(graph: rdflib.Graph) -> list[Violation]:
    """Return all that *graph* breaks of the constraints, sorted."""
    instance = _Instance(graph)
    found = {*instance.types(), *instance.keys(), *instance.impossible(), *instance.ordering()}
    return sorted(found)


class _Instance:
    """The statements of PROV in a graph, by the name of the relation."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph = graph
        self.relations = {name: self._pairs(name) for name in {*_TYPING, *_QUALIFIED}}
        for above, below in _BELOW.items():
            for name in below:
                self.relations[above] |= self.relations[name]
        self.typed = self._typed()

    def _pairs(self, name: str) -> Pairs:
        found = set(self.graph.subject_objects(PROV[name]))
        if name in _INVERSE:
            found |= {(o, s) for s, o in self.graph.subject_objects(PROV[_INVERSE[name]])}
        if name in _QUALIFIED:
            qualified, influencer = _QUALIFIED[name]
            for subject, node in self.graph.subject_objects(PROV[qualified]):
                found |= {(subject, o) for o in self.graph.objects(node, PROV[influencer])}
        return found

    def _typed(self) -> dict[str, set[Node]]:
        typed: dict[str, set[Node]] = defaultdict(set)
        for name, kind in _CLASSES.items():
            typed[kind] |= set(self.graph.subjects(RDF.type, PROV[name]))
        for name, ends in _TYPING.items():
            for pair in self.relations[name]:
                for kind, node in zip(ends, pair, strict=True):
                    typed[kind].add(node)
        return typed

    def types(self) -> Iterator[Violation]:
        """Yield what is an entity and an activity at once, after typing (50, 55)."""
        for node in self.typed["entity"] & self.typed["activity"]:
            yield 55, f"{node} is an entity and an activity"

    def keys(self) -> Iterator[Violation]:
        """Yield what stands for several things at once (23), or has several times (24 to 29)."""
        for name, (qualified, influencer) in _QUALIFIED.items():
            holders: dict[Node, set[Node]] = defaultdict(set)
            for subject, node in self.graph.subject_objects(PROV[qualified]):
                holders[node].add(subject)
            for node, subjects in holders.items():
                others = set(self.graph.objects(node, PROV[influencer]))
                if len(subjects) > 1 or len(others) > 1:
                    yield 23, f"{node} stands for several {name}"
        yield from self._several_times()

    def _several_times(self) -> Iterator[Violation]:
        unique = (("Generation", 24), ("Invalidation", 25), ("Start", 26), ("End", 27))
        for kind, number in unique:
            times: dict[tuple[Node, Node], set[Node]] = defaultdict(set)
            for subject, node in self.graph.subject_objects(PROV[f"qualified{kind}"]):
                for activity in self.graph.objects(node, PROV.activity):
                    at = self.graph.objects(node, PROV.atTime)
                    times[subject, activity].update(at)
            for (subject, _), values in times.items():
                if len(values) > 1:
                    yield number, f"{subject} has {len(values)} times of one {kind}"
        for name, number in (("startedAtTime", 28), ("endedAtTime", 29)):
            for activity in self.typed["activity"]:
                if len(set(self.graph.objects(activity, PROV[name]))) > 1:
                    yield number, f"{activity} has several prov:{name}"

    def impossible(self) -> Iterator[Violation]:
        """Yield what the Recommendation calls impossible (51 to 54, 56)."""
        for node in self.graph.objects(None, PROV.qualifiedDerivation):
            if (node, PROV.hadActivity, None) not in self.graph:
                for name in ("hadUsage", "hadGeneration"):
                    if (node, PROV[name], None) in self.graph:
                        yield 51, f"{node} has prov:{name} and no activity"
        special: nx.DiGraph[Node] = nx.DiGraph(list(self.relations["specializationOf"]))
        for node in special:
            if special.has_edge(node, node) or any(node in c for c in _circles(special)):
                yield 52, f"{node} specializes itself"
        yield from self._overlaps()
        for node in self.graph.subjects(RDF.type, PROV.EmptyCollection):
            if (node, PROV.hadMember, None) in self.graph:
                yield 56, f"{node} is empty and has a member"

    def _overlaps(self) -> Iterator[Violation]:
        names: dict[str, set[Node]] = {}
        below = {name for names in _BELOW.values() for name in names}
        for name, (qualified, _) in _QUALIFIED.items():
            kind = "wasDerivedFrom" if name in below else name
            names.setdefault(kind, set()).update(self.graph.objects(None, PROV[qualified]))
        for one, other in combinations(sorted(names), 2):
            for node in names[one] & names[other]:
                yield 53, f"{node} stands for {one} and for {other}"
        for kind in ("entity", "activity", "agent"):
            for name, nodes in names.items():
                for node in nodes & self.typed[kind]:
                    yield 54, f"{node} is an {kind} and stands for {name}"

    def ordering(self) -> Iterator[Violation]:
        """Yield the circles with a strict step in the order of events (30 to 49)."""
        order: nx.DiGraph[_Event] = nx.DiGraph()
        for number, before, after, strict in (*self._order(), *self._timed()):
            known = order.get_edge_data(before, after)
            if known is None or (strict and not known["strict"]):
                order.add_edge(before, after, number=number, strict=strict)
        for circle in _circles(order):
            inner = order.subgraph(circle)
            for before, after, facts in inner.edges(data=True):
                if facts["strict"]:
                    back = nx.shortest_path(inner, after, before)
                    steps = [facts, *(order.edges[pair] for pair in pairwise(back))]
                    number = max(step["number"] for step in steps)
                    yield number, " before ".join(" ".join(map(str, e)) for e in [before, *back])

    def _order(self) -> Iterator[_Step]:
        r, typed = self.relations, self.typed
        for a in typed["activity"]:
            yield 30, ("start", a), ("end", a), False
        for a, e in r["used"]:
            use = ("use", a, e)
            yield 33, ("start", a), use, False
            yield 33, use, ("end", a), False
            yield 37, ("generation", e), use, False
            yield 38, use, ("invalidation", e), False
        for e, a in r["wasGeneratedBy"]:
            yield 34, ("start", a), ("generation", e), False
            yield 34, ("generation", e), ("end", a), False
        for e, a in r["wasInvalidatedBy"]:
            yield 34, ("start", a), ("invalidation", e), False
            yield 34, ("invalidation", e), ("end", a), False
        yield from self._agents()
        yield from self._order_of_entities()

    def _order_of_entities(self) -> Iterator[_Step]:
        r, typed = self.relations, self.typed
        for later, earlier in r["wasInformedBy"]:
            yield 35, ("start", earlier), ("end", later), False
        for e in typed["entity"]:
            yield 36, ("generation", e), ("invalidation", e), False
        for later, earlier in r["wasDerivedFrom"]:
            yield 42, ("generation", earlier), ("generation", later), True
        for node in self.graph.objects(None, PROV.qualifiedDerivation):
            yield from self._used_for(node)
        for name, event, number in (("wasStartedBy", "start", 43), ("wasEndedBy", "end", 44)):
            for a, e in r[name]:
                yield number, ("generation", e), (event, a), False
                yield number, (event, a), ("invalidation", e), False
        for special, general in r["specializationOf"]:
            yield 45, ("generation", general), ("generation", special), False
            yield 46, ("invalidation", special), ("invalidation", general), False

    def _used_for(self, node: Node) -> Iterator[_Step]:
        """Yield that what was used for a derivation was used before the result was there (41)."""
        users = {(a, e) for a, e in self.relations["used"]}
        for later in self.graph.subjects(PROV.qualifiedDerivation, node):
            for a in self.graph.objects(node, PROV.hadActivity):
                for e in self.graph.objects(node, PROV.entity):
                    if (a, e) in users and (node, PROV.hadUsage, None) in self.graph:
                        yield 41, ("use", a, e), ("generation", later), False

    def _agents(self) -> Iterator[_Step]:
        r, typed = self.relations, self.typed
        for a, agent in r["wasAssociatedWith"]:
            if agent in typed["activity"]:
                yield 47, ("start", a), ("end", agent), False
                yield 47, ("start", agent), ("end", a), False
            if agent in typed["entity"]:
                yield 47, ("start", a), ("invalidation", agent), False
                yield 47, ("generation", agent), ("end", a), False
        for e, agent in r["wasAttributedTo"]:
            first = "start" if agent in typed["activity"] else "generation"
            if agent in typed["activity"] | typed["entity"]:
                yield 48, (first, agent), ("generation", e), False
        for junior, senior in r["actedOnBehalfOf"]:
            if senior in typed["activity"] and junior in typed["activity"]:
                yield 49, ("start", senior), ("end", junior), False
            if senior in typed["entity"] and junior in typed["entity"]:
                yield 49, ("generation", senior), ("invalidation", junior), False

    def _timed(self) -> Iterator[_Step]:
        """Yield the order that times give; it belongs to no constraint of its own (0)."""
        times: dict[_Event, object] = {}
        for name, event in (
            ("startedAtTime", "start"),
            ("endedAtTime", "end"),
            ("generatedAtTime", "generation"),
            ("invalidatedAtTime", "invalidation"),
        ):
            for subject, at in self.graph.subject_objects(PROV[name]):
                times[event, subject] = at.toPython() if isinstance(at, rdflib.Literal) else at
        for a, node in self.graph.subject_objects(PROV.qualifiedUsage):
            used = self.graph.value(node, PROV.atTime)
            if isinstance(used, rdflib.Literal):
                times["use", a, self.graph.value(node, PROV.entity)] = used.toPython()
        for one, other in permutations(times, 2):
            if times[one] < times[other]:  # type: ignore[operator]
                yield 0, one, other, True


def _circles(order: "nx.DiGraph[_T]") -> Iterator[set[_T]]:
    for members in nx.strongly_connected_components(order):
        if len(members) > 1 or any(order.has_edge(node, node) for node in members):
            yield members


def named(turtle: str) -> rdflib.Graph:
    """Return the graph of some Turtle in which prov: and : are known."""
    head = f"@prefix prov: <{PROV}> . @prefix : <urn:x:> . @prefix xsd: <{rdflib.XSD}> .\n"
    return rdflib.Graph().parse(data=head + turtle, format="turtle")
