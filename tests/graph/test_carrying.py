"""A chain carries a claim: what flows have in common that merely meet in a source, and what not."""

from dataclasses import replace

import pytest

from provenance.graph import findings
from provenance.graph.carrying import is_single
from provenance.graph.custody import lone_flows, trace_chains
from provenance.model import Chain, Source, SourceGraph, SourceType
from tests.helpers.factories import make_graph
from tests.helpers.graphs_by_rules import told_graph

BATCH = """Files show that the harbour paid a spy

Leaked harbour files show that the port paid a spy, the Gazette reported on Monday, citing \
a wiretap that is quoted in the files.

The Courier reported that the harbour files describe a plan to close the old mole.

The files were posted on Discord in May.
"""
MEMO = """Memo tells of cracks in the dam

A memo says that the dam has deep cracks, the Gazette reported on Monday.

The memo was leaked by Peter Lund, a former clerk. The Courier reported that the memo names two \
engineers.
"""
OWN = """Mayor knew of the fire, clerk says

Anna Holm told the Courier that the mayor had known of the fire.

The Courier also reported that the town will buy three new pumps next year.
"""
AGAIN = """Dam has deep cracks

Peter Lund told the Courier that the upper dam has deep cracks near the gate.

The Courier later reported that the upper dam has deep cracks near the gate and leaks.

The Herald reported that the upper dam has no cracks near the gate.
"""
QUOTED = """Report tells of cracks

According to the report, Peter Lund wrote that the upper dam has deep cracks. The letter, which \
is quoted in the report, was stolen from Peter Lund.
"""
COURT = """Spy was paid, files show

The files show that the port paid a spy, the Gazette reported on Monday.

Erik Stone told a court that the files were stolen from the harbour office.

Radio Nord said the files list forty names.
"""
SEEN = (
    (
        "Cracks\n\nThe brakes of the trams were cracking, according to internal files seen "
        "by the Ledger.\n\nPetra Lind told the Ledger that the tests had stopped in May.\n",
        "internal-files ledger article",
    ),
    (
        "Dump shut\n\nA memo that was handed to the Courier by a clerk says that the mayor "
        "closed the dump.\n\nAnna Holm told the Courier that nobody was warned.\n",
        "clerk memo courier article",
    ),
    (
        "Bank hid losses\n\nDocuments leaked to the Herald reveal that the bank hid its losses.\n\n"
        "The Herald said the regulator will be asked in parliament.\n",
        "documents herald article",
    ),
    (
        "Bribes\n\nThe company paid bribes to two officials, court papers obtained by the "
        "Morning Star suggest.\n\nErik Stone told the Morning Star that he was paid in cash.\n",
        "court-papers morning-star article",
    ),
    (
        "Cracks\n\nThe trams had cracks, the files show.\n\nThe files were handed to the Ledger "
        "by an engineer.\n\nPetra Lind told the Ledger that the tests had stopped in May.\n",
        "engineer files ledger article",
    ),
    (
        "No\n\n“I was told to wait,” Petra Lind said.\n\nShe told the Ledger that the tests had "
        "stopped in May.\n\nThe Ledger also reported that the trams will be sold.\n",
        "petra-lind ledger article",
    ),
)


def path(chain: Chain) -> str:
    return " ".join([chain.origin, *(flow.target for flow in chain.flows)])


def paths(text: str) -> set[str]:
    return {path(chain) for chain in trace_chains(told_graph(text))}


def alone(text: str) -> set[str]:
    graph = told_graph(text)
    return {f"{f.source} {f.target}" for f in lone_flows(graph, trace_chains(graph))}


def groups(text: str) -> list[int]:
    """Return how many claims each point of *text* has."""
    return [len(point.claims) for point in findings(told_graph(text)).points]


def test_an_outlet_does_not_cite_what_another_read_in_the_same_files() -> None:
    assert "wiretap leaked-harbour-files gazette article" in paths(BATCH)
    assert "leaked-harbour-files courier article" in paths(BATCH)
    assert not [one for one in paths(BATCH) if "wiretap" in one and "courier" in one]


@pytest.mark.parametrize(("text", "way"), SEEN)
def test_what_files_say_comes_through_the_outlet_that_got_them(text: str, way: str) -> None:
    assert way in paths(text)
    first, *_ = findings(told_graph(text)).points
    assert first.lines == ((way.split()[-2],),)


def test_where_a_batch_was_posted_is_a_hop_and_no_chain() -> None:
    """Which of the files lay there, and whether that of the spy did, is not said."""
    assert alone(BATCH) == {"discord leaked-harbour-files"}


def test_one_thing_is_handed_on_with_all_that_it_says() -> None:
    assert any(one.startswith("peter-lund memo") and "gazette" in one for one in paths(MEMO))


def test_a_thing_that_is_quoted_in_another_brings_what_its_maker_says_there() -> None:
    assert "peter-lund letter report article" in paths(QUOTED)
    assert not alone(QUOTED)


def test_of_several_things_that_its_maker_says_nobody_knows_which_a_thing_brought() -> None:
    other = "\n\nAccording to the report, Peter Lund wrote that nine clerks took bribes. "
    more = QUOTED.replace("\n\n", other, 1)
    assert {"letter report", "peter-lund letter"} <= alone(more)


def test_what_an_outlet_says_of_its_own_is_no_word_of_whom_it_heard() -> None:
    graph = told_graph(OWN)
    heard, own = sorted(trace_chains(graph), key=lambda chain: -len(chain.flows))
    assert (path(heard), path(own)) == ("anna-holm courier article", "courier article")
    assert not {*heard.cargo} & {*own.cargo}


def test_a_claim_that_is_said_again_goes_on_and_its_contrary_does_not() -> None:
    graph = told_graph(AGAIN)
    same, contrary = findings(graph).points
    assert (len(same.claims), len(contrary.claims)) == (2, 1)
    assert same.lines == (("courier",),)
    assert contrary.lines == (("herald",),)


def test_hops_that_meet_in_a_batch_say_nothing_of_each_other() -> None:
    assert "files gazette article" in paths(COURT)
    assert not [
        one for one in paths(COURT) if one.startswith(("harbour files", "erik-stone files"))
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the old bridge was closed after cracks", "the old bridge closed over its cracks", True),
        ("three ferries sank near the mole", "four ferries sank near the mole", False),
        ("the old bridge was sold by the town", "the old bridge was not sold by the town", False),
        ("the guard slept on the tower", "the guard of the tower bought a boat", False),
    ],
)
def test_claims_say_the_same_by_their_words_numbers_and_denials(
    one: str, other: str, same: bool
) -> None:
    text = f"Bridge and boats\n\nAnna Holm said that {one}.\n\nPeter Lund said that {other}.\n"
    assert groups(text) == ([2] if same else [1, 1])


@pytest.mark.parametrize(
    ("name", "single"),
    [
        ("memo", True),
        ("leaked e-mails from the town hall", False),
        ("analysis of the samples", True),
        ("trove of letters", False),
        ("Harbour Office's report", True),
        ("a letter to the mayors", True),
    ],
)
def test_a_batch_is_told_from_one_thing_by_its_names(name: str, single: bool) -> None:
    source = Source(id="a", name=name, type=SourceType.DOCUMENT, aliases=(name,))
    assert is_single(source) is single


def test_a_claim_that_no_flow_carries_is_a_line_of_whoever_makes_it() -> None:
    graph = told_graph(OWN)
    bare = SourceGraph(
        article=graph.article,
        sources=graph.sources,
        claims=graph.claims,
        attributions=graph.attributions,
        run=graph.run,
    )
    assert [point.lines for point in findings(bare).points] == [(("anna-holm",),), (("courier",),)]


def test_a_claim_that_stands_nowhere_does_no_harm() -> None:
    """A graph from elsewhere may have one."""
    graph = told_graph(OWN)
    nowhere = replace(graph.claims[0], id="nowhere", content=())
    assert len(findings(replace(graph, claims=(*graph.claims, nowhere))).points) == 2


def test_an_interview_without_a_claim_is_one_sentence_to_the_reader() -> None:
    graph = make_graph(claims=(), attributions=())
    assert "brandt interview radio-nord article" in {path(one) for one in trace_chains(graph)}
