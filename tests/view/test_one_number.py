"""On any graph: a chain carries a claim along all of it, and a number is the same everywhere."""

import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pyoxigraph
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from provenance.cli.summary import summary
from provenance.exports.reports import write_report
from provenance.graph import findings
from provenance.graph.custody import trace_chains
from provenance.model import (
    ARTICLE,
    CargoKind,
    Certainty,
    Claim,
    FlowKind,
    SourceGraph,
    SourceType,
    Span,
    Stance,
)
from provenance.pipeline import export
from provenance.view.payload import describe
from provenance.vocab import SP
from tests.helpers.factories import (
    make_article,
    make_attribution,
    make_dispute,
    make_flow,
    make_graph,
    make_run,
    make_source,
)

SENTENCES = (
    "The gauge at the northern lock read nine metres. ",
    "A ledger shows that the sluice was sold in spring. ",
    "The warden denied that the pumps had ever failed. ",
    "Two divers told the Courier about a crack below the weir. ",
    "The gauge at the northern lock had read nine metres, she said. ",
)
STARTS = [sum(map(len, SENTENCES[:n])) for n in range(len(SENTENCES))]
SPANS = [Span(start, start + len(text) - 1) for start, text in zip(STARTS, SENTENCES, strict=True)]
TEXT = "".join(SENTENCES)


@st.composite
def graphs(draw: st.DrawFn) -> SourceGraph:
    """Any whole graph of up to six sources, with what each sentence says and by whom."""
    names = [f"n{n}" for n in range(draw(st.integers(1, 6)))]
    name, place = st.sampled_from(names), st.integers(0, len(SENTENCES) - 1)
    types = {one: draw(st.sampled_from(SourceType)) for one in names}
    ends = st.tuples(name, st.sampled_from([*names, ARTICLE])).filter(
        lambda pair: pair[0] != pair[1]
    )
    kinds = st.sampled_from(FlowKind)
    hops = draw(st.dictionaries(ends, st.tuples(kinds, st.sets(place, min_size=1)), max_size=12))
    against = draw(st.dictionaries(st.tuples(name, name), place, max_size=3))
    made = draw(st.dictionaries(place, name, max_size=5))
    stances = st.sampled_from(Stance)
    return SourceGraph(
        article=make_article(TEXT, headline=draw(st.none() | st.sampled_from(SPANS))),
        sources=tuple(
            make_source(one, type=types[one], mentions=(Span(n, n + 3),))
            for n, one in enumerate(names)
        ),
        flows=tuple(
            make_flow(*pair, kind=kind, evidence=tuple(SPANS[n] for n in sorted(numbers)))
            for pair, (kind, numbers) in sorted(hops.items())
        ),
        disputes=tuple(
            make_dispute(*pair, stance=draw(stances), evidence=(SPANS[n],), cues=())
            for pair, n in sorted(against.items())
            if pair[0] != pair[1]
        ),
        claims=tuple(
            Claim(
                id=f"claim-{n}",
                text=TEXT[SPANS[n].start : SPANS[n].end],
                content=(SPANS[n],),
                sources=(who,),
                certainty=draw(st.sampled_from((Certainty.REPORTED, Certainty.DENIED))),
            )
            for n, who in sorted(made.items())
        ),
        attributions=tuple(
            make_attribution(
                source=(),
                cue=(Span(SPANS[n].start, SPANS[n].start + 3),),
                content=(SPANS[n],),
                sentence=SPANS[n],
                speakers=(Span(0, 3),),
                source_ids=(who,),
                route=(),
                basis=(),
            )
            for n, who in sorted(made.items())
        ),
        events=(),
        run=make_run(),
    )


@settings(max_examples=120, deadline=None)
@given(graphs())
def test_something_travels_all_of_every_chain(graph: SourceGraph) -> None:
    carried = dict(zip(graph.flows, findings(graph).cargo, strict=True))
    for chain in trace_chains(graph):
        assert chain.cargo
        for flow in chain.flows:
            assert {*chain.cargo} <= {*carried[flow]}


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_a_sentence_to_copy_tells_a_claim_that_travels_all_of_its_chain(graph: SourceGraph) -> None:
    carried = {f"f:{n}": {*cargo} for n, cargo in enumerate(findings(graph).cargo)}
    number = {f"c:{n}": claim for n, claim in enumerate(graph.claims)}
    for chain in describe(graph, trace_chains(graph))["chains"]:
        along = set.intersection(*(carried[hop] for hop in chain["hops"]))
        travelling = {one.name for one in along if one.kind is CargoKind.CLAIM}
        assert {number[key].id for key in chain["claims"]} <= travelling
        words = " ".join(piece for piece in chain["sentence"] if not piece.startswith("@"))
        quoted = words.partition("However,")[0].partition("Besides,")[0]
        told = [claim for claim in graph.claims if claim.text.rstrip(".,") in quoted]
        assert along
        if not chain["claims"]:  # what the article says of those along it, whoever says it there
            assert not chain["tells"]
            assert not told or words.startswith("Of ")
            continue
        assert number[chain["tells"]].id in travelling
        assert told
        before = words.startswith("Of ")  # what stands before it may be told along
        assert all(claim.id in travelling for claim in told) or before


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_a_number_is_the_same_wherever_it_is_told(graph: SourceGraph) -> None:
    found = findings(graph)
    denials = sum(one.stance is Stance.DENIES for one in graph.disputes)
    lines = sum(len(point.lines) for point in found.points)
    numbers = (len(graph.sources), len(found.points), denials, len(found.gaps))

    page = describe(graph, trace_chains(graph))
    denying = [one for one in page["items"] if one["what"] == "dispute" and one["kind"] == "denies"]
    assert numbers == tuple(map(len, (page["sources"], page["points"], denying, page["gaps"])))
    assert sum(len(point["lines"]) for point in page["points"]) == lines
    told = {re.sub(r"\W.*", "", one["words"]): one["figure"] for one in page["answers"]}
    assert told.get("gap", told.get("gaps", 0)) == len(found.gaps)
    assert told.get("denies", told.get("deny", 0)) == denials

    record = json.loads(export([graph], "json"))
    denying = [one for one in record["disputes"] if one["stance"] == "denies"]
    assert numbers == tuple(
        map(len, (record["sources"], record["points"], denying, record["gaps"]))
    )
    assert sum(len(point["lines"]) for point in record["points"]) == lines

    assert numbers == summed(graph)
    report = write_report([graph]).decode()
    assert f"## Claims ({numbers[1]})" in report
    assert f"## Gaps ({numbers[3]})" in report
    assert Counter(types_in(graph)) == {
        one: count for one, count in {"Gap": numbers[3], "Line": lines}.items() if count
    }


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_whatever_tells_of_claims_begins_with_the_same(graph: SourceGraph) -> None:
    page = describe(graph, trace_chains(graph))["points"]
    order = [graph.claims[int(point["claims"][0][2:])].text.rstrip(".") for point in page]
    claims = write_report([graph]).decode().partition("## Claims")[2].partition("## Lines")[0]
    quoted = re.findall(r"(?m)^- “(.*?)”", claims)
    assert [one.rstrip(".") for one in quoted] == order
    console = Console(width=500)
    with console.capture() as shown:
        for line in summary(graph, ()):
            console.print(line)
    told = re.findall(r"(?m)^\s*“(.*?)”  ", shown.get())
    assert [one.rstrip(".") for one in told[: len(order)]] == order[: len(told)]
    assert bool(told) == bool(order)


def summed(graph: SourceGraph) -> tuple[int, ...]:
    """Return how many sources, claims, denials and gaps the summary counts."""
    console = Console(width=300)
    with console.capture() as shown:
        for line in summary(graph, ()):
            console.print(line)
    counts = shown.get()
    found = [re.search(rf"(\d+) {word}", counts) for word in ("source", "claim", "denial", "gap")]
    return tuple(int(one.group(1)) if one else 0 for one in found)


def types_in(graph: SourceGraph) -> list[str]:
    """Return the type of each gap and line in the Turtle of *graph*."""
    kinds = {pyoxigraph.NamedNode(f"{SP}{name}"): name for name in ("Gap", "Line")}
    turtle = export([graph], "turtle")
    store = pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    return [kinds[one.object] for one in store if one.object in kinds]


class Unread(tuple[object, ...]):
    """Records that nothing may go through."""

    def __hash__(self) -> int:
        raise AssertionError("the whole graph is gone through")


def test_what_is_kept_by_graph_is_found_without_going_through_it() -> None:
    graph = make_graph()
    parts = ("sources", "flows", "disputes", "claims", "attributions")
    changed: dict[str, Any] = {name: Unread(getattr(graph, name)) for name in parts}
    unread = replace(graph, **changed)
    assert hash(unread) == hash(graph) == hash(replace(graph))
    assert findings(replace(graph)) is findings(graph)
    assert findings(replace(graph, claims=graph.claims[:1])) != findings(graph)
