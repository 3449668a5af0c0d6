"""Where the page puts things: nothing over another, everything from left to right."""

import re
from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    FlowKind,
    Gap,
    SourceGraph,
    Span,
)
from provenance.view.boxes import WRAP, Box, cells, clean, wrap
from provenance.view.curves import Curve, sample
from provenance.view.layering import crossings, forward_ends, layers, longest_path, nearest, order
from provenance.view.layout import Layout, lay_out
from provenance.view.pieces import LABEL_HEIGHT
from tests.helpers.factories import (
    make_article,
    make_dispute,
    make_flow,
    make_graph,
    make_run,
    make_source,
)

SPAN = (Span(0, 1),)


def graph_of(
    names: list[str], hops: list[tuple[str, str]], disputes: list[tuple[str, str]] | None = None
) -> SourceGraph:
    """Return a graph of documents *names* with the flows *hops*."""
    flows = {(a, b): make_flow(a, b, evidence=SPAN) for a, b in hops}
    rows = {(a, b): make_dispute(a, b, evidence=SPAN, cues=()) for a, b in disputes or []}
    return SourceGraph(
        article=make_article("x"),
        sources=tuple(make_source(name) for name in sorted(names)),
        flows=tuple(flows[ends] for ends in sorted(flows)),
        disputes=tuple(rows[ends] for ends in sorted(rows)),
        run=make_run(),
    )


def star(singles: int) -> SourceGraph:
    """Return a chain of four hops and *singles* sources straight to the article."""
    chain = ["a0", "a1", "a2", "a3", ARTICLE]
    names = [f"s{n:02}" for n in range(singles)]
    hops = [*pairwise(chain), *((name, ARTICLE) for name in names)]
    return graph_of([*chain[:-1], *names], hops)


@st.composite
def graphs(draw: st.DrawFn) -> SourceGraph:
    """Any graph of up to twelve sources, with cycles, second kinds, self loops and disputes."""
    names = [f"n{n}" for n in range(draw(st.integers(0, 12)))]
    if not names:
        return graph_of([], [])
    name, end = st.sampled_from(names), st.sampled_from([*names, ARTICLE])
    hops = draw(st.lists(st.tuples(name, end), max_size=24))
    disputes = draw(st.lists(st.tuples(name, name), max_size=6))
    return graph_of(names, hops, disputes)


def overlapping(boxes: tuple[Box, ...]) -> list[tuple[str, str]]:
    return [
        (a.id, b.id)
        for a, b in combinations(boxes, 2)
        if abs(a.x - b.x) < (a.size.width + b.size.width) / 2
        and abs(a.y - b.y) < (a.size.height + b.size.height) / 2
    ]


def run_over(layout: Layout) -> list[tuple[str, str]]:
    """Return which line runs over the middle of which box, where it runs level."""
    found = []
    for id_, points in layout.routes.items():
        for (x, y), (to, level) in pairwise(points):
            found += [
                (id_, box.id)
                for box in layout.boxes
                if y == level
                and x + 1 < box.left < to - 1
                and abs(y - box.y) < box.size.height / 2 - 1
            ]
    return found


def test_every_hop_goes_to_the_right() -> None:
    layout = lay_out(make_graph())
    boxes = {box.id: box for box in layout.boxes}
    for flow in make_graph().flows:
        assert boxes[flow.source].right < boxes[flow.target].left, flow


def test_the_article_stands_rightmost() -> None:
    layout = lay_out(star(25))
    boxes = {box.id: box for box in layout.boxes}
    assert all(box.right < boxes[ARTICLE].left for id_, box in boxes.items() if id_ != ARTICLE)


@pytest.mark.parametrize("singles", [0, 1, 7, 25, 120])
def test_no_box_over_another(singles: int) -> None:
    assert overlapping(lay_out(star(singles)).boxes) == []


def test_no_line_runs_level_over_a_box() -> None:
    assert run_over(lay_out(star(25))) == []
    assert run_over(lay_out(make_graph())) == []


def test_chains_stand_above_those_who_stand_alone() -> None:
    boxes = {box.id: box for box in lay_out(star(25)).boxes}
    assert max(boxes[f"a{n}"].y for n in range(4)) < min(boxes[f"s{n:02}"].y for n in range(25))


def test_many_singles_do_not_make_the_page_tall() -> None:
    boxes = lay_out(star(25)).boxes
    assert max(box.y + box.size.height / 2 for box in boxes) < 760


def test_the_longest_chain_is_straight() -> None:
    boxes = {box.id: box for box in lay_out(star(3)).boxes}
    assert len({round(boxes[f"a{n}"].y) for n in range(4)}) == 1


def test_the_longest_chain_goes_through_artefacts() -> None:
    path = lay_out(make_graph()).path
    assert path == ("coast-guard", "recording", "memo", "gazette", ARTICLE)


def test_chains_of_custody_decide_on_the_longest() -> None:
    graph = make_graph()
    flows = {(f.source, f.target): f for f in graph.flows}
    hops = ("port-online", "memo"), ("memo", "gazette"), ("gazette", ARTICLE)
    along = tuple(flows[ends] for ends in hops)
    chain = Chain(origin="port-online", flows=along, certainty=Certainty.ASSERTED)
    assert lay_out(graph, (chain,)).path == ("port-online", "memo", "gazette", ARTICLE)


def test_gaps_are_marked_on_the_side_that_they_lie() -> None:
    gaps = (
        Gap(source="memo", upstream=True, reason="who leaked it is not named"),
        Gap(source="gazette", upstream=False, reason="where it went is not said"),
    )
    chain = Chain(origin="memo", flows=(), certainty=Certainty.ASSERTED, gaps=gaps)
    sizes = {box.id: box.size for box in lay_out(make_graph(), (chain,)).boxes}
    assert (sizes["memo"].before, sizes["memo"].after) == (True, False)
    assert (sizes["gazette"].before, sizes["gazette"].after) == (False, True)


def test_who_disputes_a_chain_stands_in_the_next_column() -> None:
    graph = graph_of(["a", "b", "c"], [("a", "b"), ("b", ARTICLE), ("c", ARTICLE)], [("c", "a")])
    layout = lay_out(graph)
    boxes = {box.id: box for box in layout.boxes}
    assert boxes["c"].x == boxes["b"].x
    assert layout.routes["d:0"][0][0] == boxes["a"].right
    assert "d:0" in layout.backwards


def test_lines_between_the_same_ends_are_apart() -> None:
    flows = (make_flow("a", "b", evidence=SPAN),)
    both = (*flows, make_flow("a", "b", evidence=SPAN, kind=FlowKind.REPORTED_BY))
    graph = SourceGraph(
        article=make_article("x"),
        sources=(make_source("a"), make_source("b")),
        flows=(*both, make_flow("b", ARTICLE, evidence=SPAN)),
        run=make_run(),
    )
    routes = lay_out(graph).routes
    assert abs(routes["f:0"][0][1] - routes["f:1"][0][1]) > 4


def test_disputes_both_ways_bend_apart() -> None:
    graph = graph_of(["a", "b"], [("a", ARTICLE), ("b", ARTICLE)], [("a", "b"), ("b", "a")])
    curves = lay_out(graph).curves
    assert curves["d:0"] != curves["d:1"]


def test_a_cycle_is_drawn_whole() -> None:
    hops = [("a", "b"), ("b", "c"), ("c", "a"), ("c", ARTICLE)]
    layout = lay_out(graph_of(["a", "b", "c"], hops))
    assert set(layout.routes) | set(layout.curves) == {"f:0", "f:1", "f:2", "f:3"}
    assert len(layout.curves) == 1


def test_what_leads_out_of_the_article_moves_nothing() -> None:
    kept = forward_ends(["a"], [make_flow("a"), make_flow(ARTICLE, "a")])
    assert kept == (("a", ARTICLE),)


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_any_graph_can_be_laid_out(graph: SourceGraph) -> None:
    layout = lay_out(graph)
    ends = forward_ends([s.id for s in graph.sources], graph.flows)
    level = layers([s.id for s in graph.sources], ends)
    assert {box.id for box in layout.boxes} == {ARTICLE, *(s.id for s in graph.sources)}
    assert overlapping(layout.boxes) == []
    assert run_over(layout) == []
    assert all(level[source] > level[target] for source, target in ends)
    drawn = set(layout.routes) | set(layout.curves)
    expected = {f"f:{n}" for n in range(len(graph.flows))}
    assert drawn == expected | {f"d:{n}" for n in range(len(graph.disputes))}


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_the_same_graph_is_laid_out_the_same(graph: SourceGraph) -> None:
    assert lay_out(graph) == lay_out(graph)


def test_a_long_chain_needs_no_recursion() -> None:
    names = [f"n{n:05}" for n in range(3000)]
    ends = forward_ends(names, [make_flow(a, b) for a, b in pairwise([*names, ARTICLE])])
    level = layers(names, ends)
    assert level["n00000"] == 3000
    assert len(longest_path(level, ends, (), {})) == 3001


def test_sweeping_undoes_crossings() -> None:
    columns = (("a", "b", "c"), ("x", "y", "z"))
    links = [("a", "z"), ("b", "y"), ("c", "x")]
    assert crossings(columns, links) == 3
    assert crossings(order(columns, links), links) == 0


def test_labels_wrap_at_words_and_end_with_an_ellipsis() -> None:
    lines = wrap("alleged member of the Discord chat room where the documents were leaked")
    assert lines == ("alleged member of the", "Discord chat room", "where the documents…")
    assert all(cells(line) <= WRAP for line in lines)


def test_labels_of_a_single_endless_word_are_cut() -> None:
    lines = wrap("x" * 10_000)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(cells(line) <= WRAP for line in lines)


def test_wide_characters_count_twice() -> None:
    assert wrap("新华社新华社新华社新华社") == ("新华社新华社新华社新华", "社")


def test_labels_leave_out_what_would_turn_the_text_round() -> None:
    assert clean("a\u202eb\u2066c\x00\nd\ud800") == "a b c d\ufffd"
    assert wrap("\u202e") == ("(no name)",)


def test_curves_are_sampled_as_they_are_drawn() -> None:
    graph = graph_of(["a", "b"], [("a", ARTICLE), ("b", ARTICLE)])
    boxes = {box.id: box for box in lay_out(graph).boxes}
    start, end = boxes["a"], boxes["b"]
    points = sample(Curve(0.0), start, end)
    assert points[0] == (start.x, start.y)
    assert points[-1] == (end.x, end.y)
    middle = sample(Curve(0.4), start, end)[12]
    other = sample(Curve(-0.4), start, end)[12]
    straight = points[12]
    assert middle[0] + other[0] == pytest.approx(2 * straight[0])
    assert middle != pytest.approx(straight)


def test_short_chains_share_a_row_and_their_lines_run_below_it() -> None:
    pairs = [(f"a{n}", f"b{n}") for n in range(4)]
    hops = [*pairs, *((right, ARTICLE) for _, right in pairs)]
    long = [("x1", "x2"), ("x2", "x3"), ("x3", ARTICLE)]
    names = [*(name for pair in pairs for name in pair), "x1", "x2", "x3"]
    layout = lay_out(graph_of(names, [*hops, *long]))
    boxes = {box.id: box for box in layout.boxes}
    assert boxes["a0"].y == boxes["a1"].y
    assert boxes["b0"].right < boxes["a1"].left
    assert run_over(layout) == []


def test_who_disputes_somebody_of_the_same_column_stands_next_to_them() -> None:
    singles = [f"s{n}" for n in range(9)]
    hops = [("a", "b"), ("b", ARTICLE), *((name, ARTICLE) for name in singles)]
    layout = lay_out(graph_of(["a", "b", *singles], hops, [("s8", "b")]))
    boxes = {box.id: box for box in layout.boxes}
    assert boxes["s8"].x == boxes["b"].x
    assert 30 < abs(boxes["s8"].y - boxes["b"].y) < 100


def test_a_dispute_between_boxes_one_below_the_other_has_room_for_its_label() -> None:
    graph = graph_of(["s0", "s1"], [("s0", ARTICLE), ("s1", ARTICLE)], [("s0", "s1")])
    boxes = {box.id: box for box in lay_out(graph).boxes}
    upper, lower = sorted((boxes["s0"], boxes["s1"]), key=lambda box: box.y)
    assert upper.x - upper.size.width / 2 == lower.x - lower.size.width / 2
    between = lower.y - lower.size.height / 2 - (upper.y + upper.size.height / 2)
    assert between >= LABEL_HEIGHT


@pytest.mark.parametrize("count", [4, 12, 30])
def test_no_dispute_runs_over_the_headings(count: int) -> None:
    names = [f"s{n:02}" for n in range(count)]
    hops = [("a", "b"), ("b", ARTICLE), *((name, ARTICLE) for name in names)]
    disputes = [(one, other) for one, other in pairwise(names)] + [(names[0], names[-1])]
    layout = lay_out(graph_of(["a", "b", *names], hops, disputes))
    boxes = {box.id: box for box in layout.boxes}
    ends = sorted(disputes)
    for id_, curve in layout.curves.items():
        start, end = (boxes[one] for one in ends[int(id_[2:])])
        assert min(y for _, y in sample(curve, start, end)) > -10


def test_a_column_says_where_some_of_it_is_nearer_by_another_way() -> None:
    hops = [("a", "b"), ("b", "c"), ("c", ARTICLE)]
    plain = [one.text for one in lay_out(graph_of(["a", "b", "c"], hops)).headings]
    assert plain == ["what you read", "last hop", "2 hops away", "3 hops away"]
    also = lay_out(graph_of(["a", "b", "c"], [*hops, ("b", ARTICLE)]))
    assert [one.text for one in also.headings[2:]] == ["up to 2 hops away", "up to 3 hops away"]


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_no_source_is_told_to_be_further_than_it_is(graph: SourceGraph) -> None:
    layout = lay_out(graph)
    hops = nearest(graph.flows)
    below = min((one.y for one in layout.headings if one.align == "left"), default=inf)
    for heading in layout.headings:
        if not (exact := re.fullmatch(r"(\d+) hops away", heading.text)):
            continue
        column = [box.id for box in layout.boxes if box.x == heading.x and box.y < below]
        assert all(hops.get(id_, int(exact[1])) == int(exact[1]) for id_ in column)
