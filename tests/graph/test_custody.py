"""Chains of custody: what they run over, what they leave out, and that they always end."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from provenance.graph.custody import (
    LIMIT,
    count_chains,
    custody_events,
    find_gaps,
    find_origins,
    trace_chains,
)
from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    EventKind,
    EventRole,
    Flow,
    Participant,
    SourceGraph,
    SourceType,
    Span,
)
from tests.helpers.factories import (
    at,
    make_article,
    make_event,
    make_events,
    make_flow,
    make_graph,
    make_source,
)
from tests.helpers.graphs_by_rules import told_graph


def graph_of(*hops: str, **overrides: Any) -> SourceGraph:
    """Return a graph of hops written "a b" of persons, mentioned in the order of their names."""
    flows = [make_flow(*hop.split()) for hop in hops]
    ids = sorted({id for flow in flows for id in (flow.source, flow.target)} - {ARTICLE})
    sources = tuple(
        make_source(id, type=SourceType.PERSON, mentions=(Span(number, number + 1),))
        for number, id in enumerate(ids)
    )
    values: dict[str, Any] = {
        "sources": sources,
        "flows": tuple(sorted(flows, key=lambda f: (f.source, f.target))),
        "disputes": (),
        "claims": (),
        "attributions": (),
        "events": (),
    }
    return make_graph(**values | overrides)


def path(chain: Chain) -> str:
    return " ".join([chain.origin, *(flow.target for flow in chain.flows)])


def paths(graph: SourceGraph) -> list[str]:
    return [path(chain) for chain in trace_chains(graph)]


def reasons(chain: Chain) -> list[str]:
    return [gap.reason for gap in chain.gaps]


def test_ferries_are_traced_from_every_origin() -> None:
    """What the engineers had told Brandt, she did not say in the interview."""
    assert sorted(paths(make_graph())) == [
        "authority memo gazette article",
        "brandt interview radio-nord article",
        "engineers brandt article",
        "petrenko article",
        "port-online memo gazette article",
    ]


def test_a_chain_is_as_certain_as_its_weakest_hop() -> None:
    certainty = {path(chain): chain.certainty for chain in trace_chains(make_graph())}
    assert certainty["authority memo gazette article"] is Certainty.REPORTED
    assert certainty["engineers brandt article"] is Certainty.SPECULATIVE
    assert certainty["petrenko article"] is Certainty.ASSERTED


def test_of_two_flows_between_the_same_ends_the_stronger_counts() -> None:
    weak = make_flow("a", ARTICLE, certainty=Certainty.ALLEGED)
    graph = graph_of("a article")
    graph = make_graph(sources=graph.sources, flows=(weak, *graph.flows), disputes=())
    (chain,) = trace_chains(graph)
    assert chain.certainty is Certainty.ASSERTED


def test_origins_come_in_the_order_of_the_text_and_short_chains_first() -> None:
    graph = graph_of("b article", "a c", "c article", "a article")
    assert paths(graph) == ["a article", "a c article", "b article"]


def test_order_of_the_flows_does_not_matter() -> None:
    graph = make_graph()
    turned = make_graph(flows=graph.flows[::-1], sources=graph.sources[::-1])
    assert trace_chains(turned) == trace_chains(graph)


def test_an_article_without_sources_has_no_chains() -> None:
    graph = graph_of()
    assert trace_chains(graph) == ()
    assert count_chains(graph) == {}


@pytest.mark.parametrize(
    ("type", "reason"),
    [
        (SourceType.DOCUMENT, "who wrote it or passed it on is not said"),
        (SourceType.INTERCEPT, "who intercepted it, and from whom, is not said"),
        (SourceType.STATEMENT, "who made it is not named"),
        (SourceType.CHANNEL, "who put it there is not said"),
    ],
)
def test_a_thing_with_nothing_before_it_is_a_gap(type: SourceType, reason: str) -> None:
    graph = graph_of("a article", sources=(make_source("a", type=type),))
    (chain,) = trace_chains(graph)
    assert reasons(chain) == [reason]
    assert chain.gaps[0].upstream


@pytest.mark.parametrize(
    ("name", "type", "found"),
    [
        ("Aldmere figures", SourceType.STATEMENT, []),
        ("Aldmere ledgers", SourceType.DOCUMENT, ["who passed it on is not named"]),
        ("Monday memo", SourceType.STATEMENT, ["who made it is not named"]),
        ("Harbour Papers", SourceType.DOCUMENT, ["who wrote it or passed it on is not said"]),
        ("figures", SourceType.STATEMENT, ["who made it is not named"]),
    ],
)
def test_whose_name_says_whose_it_is_lacks_no_maker(
    name: str, type: SourceType, found: list[str]
) -> None:
    text = f"A clerk read the {name} aloud."
    spans = (at(name, text=text),)
    source = make_source("a", name=name, type=type, mentions=spans)
    graph = replace(graph_of("a article", sources=(source,)), article=make_article(text))
    (chain,) = trace_chains(graph)
    assert reasons(chain) == found


def test_an_agent_with_nothing_before_it_is_no_gap() -> None:
    (chain,) = trace_chains(graph_of("a article"))
    assert chain.gaps == ()


def leaked(*participants: Participant, **overrides: Any) -> SourceGraph:
    artefact = Participant(EventRole.ARTEFACT, Span(0, 1), "a")
    event = make_event(
        "leak-1", kind=EventKind.LEAK, participants=(artefact, *participants), **overrides
    )
    return graph_of("b a", "a article", sources=(make_source("a"),), events=(event,))


def test_a_leak_whose_agent_is_not_named_is_a_gap() -> None:
    (chain,) = trace_chains(leaked())
    assert reasons(chain) == ["who leaked it is not named"]
    assert chain.gaps[0].source == "a"


def test_a_leak_whose_agent_is_named_is_none() -> None:
    (chain,) = trace_chains(leaked(Participant(EventRole.AGENT, Span(2, 3), "b")))
    assert chain.gaps == ()


def test_a_leak_that_is_denied_is_none() -> None:
    (chain,) = trace_chains(leaked(certainty=Certainty.DENIED))
    assert chain.gaps == ()


def test_one_event_with_its_agent_speaks_for_others_of_its_kind() -> None:
    artefact = Participant(EventRole.ARTEFACT, Span(0, 1), "a")
    agent = Participant(EventRole.AGENT, Span(0, 1))
    events = (
        make_event("leak-1", kind=EventKind.LEAK, participants=(artefact,)),
        make_event("leak-2", kind=EventKind.LEAK, participants=(agent, artefact)),
    )
    assert find_gaps(graph_of("a article", sources=(make_source("a"),), events=events), "a") == ()


def test_a_source_that_never_reaches_the_article_ends_in_a_gap() -> None:
    graph = graph_of("a b", "a article")
    reaching, loose = trace_chains(graph)
    assert path(reaching) == "a article"
    assert path(loose) == "a b"
    assert reasons(loose) == ["how the article came by it is not said"]
    assert not loose.gaps[-1].upstream
    assert loose.gaps[-1].source == "b"


def test_circular_reporting_ends_and_is_told() -> None:
    graph = graph_of("b a", "a b", "b article")
    (chain,) = trace_chains(graph)
    assert path(chain) == "a b article"
    assert "no origin is named" in chain.gaps[0].reason
    assert count_chains(graph) == {"a": None}


def test_a_circle_that_something_leads_into_is_passed_through() -> None:
    assert paths(graph_of("o a", "a b", "b a", "b article")) == ["o a b article"]


def test_a_circle_that_leads_nowhere_ends() -> None:
    (chain,) = trace_chains(graph_of("a b", "b a"))
    assert path(chain) == "a b"
    assert not chain.gaps[-1].upstream


def test_a_source_that_cites_itself_or_the_article_does_no_harm() -> None:
    assert paths(graph_of("a a", "a article", "article a")) == ["a article"]


def test_chains_without_number_are_bounded_and_counted() -> None:
    hops = [
        f"n{level:02}{one} n{level + 1:02}{other}"
        for level in range(30)
        for one in "ab"
        for other in "ab"
    ]
    graph = graph_of("o n00a", "o n00b", *hops, "n30a article", "n30b article")
    assert len(trace_chains(graph)) == LIMIT
    assert count_chains(graph) == {"o": 2**31}


def test_many_that_all_cite_each_other_are_bounded() -> None:
    names = [f"n{number:02}" for number in range(25)]
    hops = [f"{one} {other}" for one in names for other in names if one != other]
    chains = trace_chains(graph_of(*hops, "n24 article"))
    assert len(chains) == LIMIT
    assert path(chains[0]) == "n00 n24 article"


def test_many_direct_speakers_are_quick() -> None:
    graph = graph_of(*(f"n{number:04} article" for number in range(2000)))
    assert len(trace_chains(graph)) == 2000


def test_events_come_by_date_then_as_the_text_has_them() -> None:
    graph = make_graph()
    assert [e.id for e in custody_events(graph, "memo")] == ["creation-1", "posting-1"]
    later = make_event("posting-0", date="")
    graph = make_graph(events=(later, *make_events()))
    assert [e.id for e in custody_events(graph, "memo")] == ["creation-1", "posting-1", "posting-0"]


def test_chains_through_one_source_only() -> None:
    graph = make_graph()
    for source in ("brandt", "memo", "gazette", "engineers"):
        through = trace_chains(graph, source)
        assert through
        assert through == tuple(c for c in trace_chains(graph) if source in path(c).split())
    assert trace_chains(graph, "official") == ()


def test_origins_are_those_that_nothing_leads_into() -> None:
    expected = {"authority", "coast-guard", "engineers", "petrenko", "port-online"}
    assert set(find_origins(make_graph())) == expected


def test_the_last_flow_of_every_chain_is_its_end() -> None:
    for chain in trace_chains(make_graph()):
        hops: tuple[Flow, ...] = chain.flows
        assert hops[0].source == chain.origin
        assert all(one.target == two.source for one, two in pairwise(hops))


def handed(*events: tuple[EventKind, str, EventRole, str]) -> SourceGraph:
    """Return a graph of the document "a", each event by kind, date, role and who."""
    ids = sorted({"a", *(id for _, _, _, id in events)})
    made = tuple(
        make_event(
            f"event-{n}",
            kind=kind,
            date=date,
            participants=(
                Participant(EventRole.ARTEFACT, Span(0, 1), "a"),
                Participant(role, Span(2, 3), id),
            ),
        )
        for n, (kind, date, role, id) in enumerate(events)
    )
    sources = tuple(make_source(id, name=id.title()) for id in ids)
    return graph_of("a article", sources=sources, events=made)


def test_an_artefact_that_nobody_is_said_to_have_moved_has_an_unknown_holder() -> None:
    graph = handed(
        (EventKind.LEAK, "", EventRole.ORIGIN, "ministry"),
        (EventKind.POSTING, "", EventRole.CHANNEL, "forum"),
    )
    reasons = [gap.reason for gap in find_gaps(graph, "a")]
    assert "who had it between Ministry and Forum is not said" in reasons


def test_one_who_moved_it_is_the_holder() -> None:
    graph = handed(
        (EventKind.LEAK, "", EventRole.ORIGIN, "ministry"),
        (EventKind.POSTING, "", EventRole.CHANNEL, "forum"),
        (EventKind.TRANSFER, "", EventRole.AGENT, "clerk"),
    )
    assert not [gap for gap in find_gaps(graph, "a") if "between" in gap.reason]


@pytest.mark.parametrize(
    ("stolen", "published", "contradict"),
    [
        ("2023-04-13", "2023-04-06", True),
        ("2023-04-06", "2023-04-13", False),
        ("2023-04", "2023-04-06", False),  # the day is left open
        ("2024", "2023-04-06", True),
    ],
)
def test_dates_that_contradict_each_other_are_told(
    stolen: str, published: str, contradict: bool
) -> None:
    graph = handed(
        (EventKind.THEFT, stolen, EventRole.AGENT, "clerk"),
        (EventKind.PUBLICATION, published, EventRole.AGENT, "clerk"),
    )
    told = [gap.reason for gap in find_gaps(graph, "a") if "contradict" in gap.reason]
    reason = f"the dates contradict each other: publication on {published}, theft on {stolen}"
    assert told == ([reason] if contradict else [])


HANDED_ON = (
    (
        "A memo was written by Ada Finn. A copy was given to Clear Watch, a group in Leeds, by a "
        "clerk. Clear Watch passed it to Der Spiegel, which shared it with the Herald. The Courier "
        "obtained a copy from the Herald. “It may fail,” Finn wrote in the memo.",
        [
            *("clerk memo", "memo clear-watch", "clear-watch der-spiegel", "der-spiegel herald"),
            *("herald courier", "courier article", "ada-finn memo"),
        ],
    ),
    (
        "Der Spiegel passed the memo to the Herald, which shared it with the Courier. The memo "
        "says that the dam leaks.",
        ["memo der-spiegel", "der-spiegel herald", "herald courier", "courier article"],
    ),
    (
        "The letter was handed to Green Dale, a charity, by an engineer. Green Dale gave it to the "
        "Gazette. The letter says that the wall is thin.",
        ["engineer letter", "letter green-dale", "green-dale gazette", "gazette article"],
    ),
    (
        "The Courier obtained the files from the Herald. The files show that the bank lied.",
        ["files herald", "herald courier", "courier article"],
    ),
)


@pytest.mark.parametrize(("text", "hops"), HANDED_ON)
def test_what_was_got_is_handed_on_by_who_got_it(text: str, hops: list[str]) -> None:
    """No thing comes twice from one hand, and none comes back to where it was."""
    flows = {f"{f.source} {f.target}" for f in told_graph(f"Town hall\n\n{text}\n").flows}
    assert {*hops} <= flows
    assert not [hop for hop in flows if " ".join(reversed(hop.split())) in flows]
