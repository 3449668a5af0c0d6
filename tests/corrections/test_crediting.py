"""Words that are somebody else's: the claim moves, and what rests on its sentence with it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import provenance
from provenance.corrections import log_path, read_log, replay
from provenance.corrections.anchors import quote_of
from provenance.corrections.crediting import credited
from provenance.graph import findings
from provenance.model import (
    ARTICLE,
    Action,
    Anchor,
    Basis,
    Claim,
    Correction,
    SourceGraph,
    Stance,
)
from provenance.rdf import read_graphs, write_graphs
from provenance.rdf.conformance import check
from tests.conftest import Prov
from tests.helpers.factories import make_dispute
from tests.view.test_one_number import graphs

TEXT = """Weir was never checked, warden says

The weir was never checked, warden Finn Tay said on Monday. "We had no boat," said Mara Lund, \
who runs the yard. Lund also said that two gates were stuck.

The council denied that the gates had been stuck. Tay told the Valley Post that he had quit.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "weir.txt"
    path.write_text(TEXT)
    return path


def credit(prov: Prov, article: Path, words: str, *whose: str) -> None:
    result = prov("correct", "credit", article, words, *whose, "--who", "Ada Quill")
    assert result.exit_code == 0, result.stderr


def told(graph: SourceGraph, words: str) -> Claim:
    (found,) = [claim for claim in graph.claims if words in claim.text]
    return found


def makers(graph: SourceGraph, words: str) -> list[str]:
    names = {source.id: source.name for source in graph.sources}
    return [names[id] for id in told(graph, words).sources]


def through(graph: SourceGraph, words: str) -> set[str]:
    """Return the names of those by whom the article has a claim."""
    names = {source.id: source.name for source in graph.sources}
    id = told(graph, words).id
    (point,) = [one for one in findings(graph).points if id in one.claims]
    return {names[one] for line in point.lines for one in line}


def evidence(graph: SourceGraph, name: str) -> list[str]:
    """Return the sentences by which what *name* says reached the article."""
    id = next(source.id for source in graph.sources if source.name == name)
    flows = [flow for flow in graph.flows if (flow.source, flow.target) == (id, ARTICLE)]
    return [graph.article.quote(span) for flow in flows for span in flow.evidence]


def test_a_claim_moves_with_its_hop_and_its_line(prov: Prov, article: Path) -> None:
    before = provenance.build(article)
    assert makers(before.record, "two gates were stuck") == ["Mara Lund"]
    credit(prov, article, "two gates were stuck", "Finn Tay")
    after = provenance.build(article).record
    assert makers(after, "two gates were stuck") == ["Finn Tay"]
    assert through(after, "two gates were stuck") == {"Finn Tay"}
    assert any("two gates" in one for one in evidence(after, "Finn Tay"))
    assert not any("two gates" in one for one in evidence(after, "Mara Lund"))
    assert any("no boat" in one for one in evidence(after, "Mara Lund"))
    assert makers(after, "We had no boat") == ["Mara Lund"]
    (held,) = read_log(log_path(article))
    assert prov("correct", "undo", article, held.id).exit_code == 0
    assert provenance.build(article).to("turtle") == before.to("turtle")


def test_whoever_was_not_found_at_all_gets_its_words(prov: Prov, article: Path) -> None:
    refused = prov("correct", "credit", article, "two gates were stuck", "the ferryman")
    assert refused.exit_code == 2
    assert "--type" in refused.stderr
    credit(prov, article, "two gates were stuck", "the ferryman", "--type", "unnamed")
    graph = provenance.build(article).record
    assert through(graph, "two gates were stuck") == {"the ferryman"}


def test_it_is_in_the_rdf_in_the_list_and_conforms(prov: Prov, article: Path) -> None:
    credit(prov, article, "two gates were stuck", "Finn Tay")
    graph = provenance.build(article).record
    data = write_graphs([graph], "turtle")
    assert b'"credit"' in data
    assert not check(data, "turtle")
    assert read_graphs(data, "turtle") == (graph,)
    listed = prov("correct", "list", article).stdout
    assert "two gates were stuck” are words of Finn Tay" in listed


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("two gates were stuck", "a gate was stuck", "the words are not in the article"),
        ("Lund also said that two", "It was long ago that two", "the words are no claim any more"),
        ("warden Finn Tay said on Monday", "it was said", "Finn Tay is not in the graph"),
    ],
)
def test_where_it_no_longer_applies_that_is_said(
    prov: Prov, article: Path, old: str, new: str, why: str
) -> None:
    credit(prov, article, "two gates were stuck", "Finn Tay")
    article.write_text(TEXT.replace(old, new).replace(" Tay told", " He told"))
    result = prov("build", article, "-q")
    assert result.exit_code == 0
    assert "no longer applies" in result.stderr
    assert why in result.stderr
    assert "NO LONGER APPLIES" in prov("correct", "list", article).stdout


def test_words_that_are_theirs_already_are_refused() -> None:
    graph = provenance.build(TEXT).record
    claim = told(graph, "two gates were stuck")
    line = Correction(
        id="c-1",
        action=Action.CREDIT,
        who="Ada Quill",
        when="2024-05-06T07:08:09Z",
        source=Anchor(name="Mara Lund"),
        quotes=(quote_of(graph.article, claim.content[0]),),
    )
    for name, why in (("Mara Lund", "already"), (ARTICLE, "no source")):
        changed, lost = replay(graph, [replace(line, source=Anchor(name=name))])
        assert changed == graph
        assert why in lost[0][1]


def test_a_denial_that_is_somebody_elses_is_his() -> None:
    graph = provenance.build(TEXT).record
    claim = told(graph, "the gates had been stuck")
    (sentence,) = (one.sentence for one in graph.attributions if one.content == claim.content)
    how: dict[str, Any] = {"stance": Stance.DENIES, "evidence": (sentence,), "cues": ()}
    graph = replace(graph, disputes=(make_dispute("council", "mara-lund", **how),))
    tay = next(one for one in graph.sources if one.name == "Finn Tay")
    changed = credited(graph, claim, tay)
    assert {(one.source, one.target) for one in changed.disputes} == {("finn-tay", "mara-lund")}
    changed = credited(graph, told(graph, "two gates were stuck"), tay)
    assert {(one.source, one.target) for one in changed.disputes} == {("council", "finn-tay")}


@settings(max_examples=100, deadline=None)
@given(graphs(), st.data())
def test_on_any_graph_the_claim_comes_from_whom_it_is_given_to(
    graph: SourceGraph, data: st.DataObject
) -> None:
    assume(graph.claims)
    claim = data.draw(st.sampled_from(graph.claims))
    source = data.draw(st.sampled_from(graph.sources))
    line = Correction(
        id="c-1",
        action=Action.CREDIT,
        who="Ada Quill",
        when="2024-05-06T07:08:09Z",
        source=Anchor(name=source.name),
        quotes=(quote_of(graph.article, claim.content[0]),),
    )
    assume(sum(one.name == source.name for one in graph.sources) == 1)
    changed, lost = replay(graph, [line])
    if lost:
        assert claim.sources == (source.id,)
        return
    moved = next(one for one in changed.claims if one.id == claim.id)
    assert moved.sources == (source.id,)
    others = [one for one in graph.claims if one.content != claim.content]
    assert [one for one in changed.claims if one.content != claim.content] == others
    ends = [(flow.source, flow.target) for flow in changed.flows]
    assert len({*ends}) == len(ends)
    assert all(one != other for one, other in ends)
    assert all(flow.evidence for flow in changed.flows)
    theirs = [flow for flow in changed.flows if flow.source == source.id]
    assert any(span.overlaps(part) for f in theirs for span in f.evidence for part in claim.content)
    new = [flow for flow in changed.flows if flow not in graph.flows]
    assert all(
        flow.decision and flow.decision.by is Basis.CURATOR
        for flow in new
        if (flow.source, flow.target) not in {(f.source, f.target) for f in graph.flows}
    )
    assert read_graphs(write_graphs([changed], "turtle"), "turtle") == (changed,)
