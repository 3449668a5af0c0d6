"""Many articles as one graph: what it leaves out is what the articles by themselves leave out."""

import pytest

import provenance
from provenance.analysis import brief_of, link
from provenance.desk.picturing import Picture, picture
from provenance.graph import findings
from provenance.graph.custody import trace_chains
from provenance.model import SourceGraph
from provenance.view.payload import describe
from tests.helpers.places import ROOT

LEDGER = """Ledger shows sale of sluice

Clerks of the Port Bureau wrote the ledger in May. The ledger was stolen by a hacker called Brine \
and posted on a forum, the Valley Post reported on Monday. According to the ledger, the sluice was \
sold in spring.
"""
LETTER = """Letter warned of crack

According to a letter, the upper dam has deep cracks, the Coast Herald reported. Mayor Ada Brandt \
said that nobody had told her.
"""
AUTHOR = """Engineer wrote to mayor

Peter Lund, an engineer, wrote that the upper dam has deep cracks. The Coast Herald, without \
naming its source, reported that the letter lay in a drawer.
"""


def pictured(texts: list[str]) -> tuple[Picture, list[SourceGraph]]:
    graphs = [provenance.build(text).record for text in texts]
    words = {graph.article.digest: graph.article.text for graph in graphs}
    by_digest = {graph.article.digest: graph for graph in graphs}
    briefs = {digest: brief_of(by_digest[digest]) for digest in sorted(by_digest)}
    links = link(briefs, words.__getitem__)
    return picture(links, by_digest, (), "all"), graphs


def left_out(graph: SourceGraph) -> set[tuple[str, str]]:
    names = {source.id: source.name for source in graph.sources}
    return {(names.get(gap.source, ""), gap.reason) for gap in findings(graph).gaps}


@pytest.mark.parametrize("text", [LEDGER, LETTER, AUTHOR])
def test_a_picture_of_one_has_the_gaps_of_its_page(text: str) -> None:
    drawn, (graph,) = pictured([text])
    here = left_out(drawn.graph)
    (page,) = (one.name for one in drawn.graph.sources if one.id in drawn.pages)
    assert {("" if name == page else name, why) for name, why in here} == left_out(graph)


def test_who_is_traced_in_its_article_is_no_gap_in_the_picture() -> None:
    (graph,) = (provenance.build(LEDGER).record,)
    assert graph.events
    assert not any("who wrote it" in why for _, why in left_out(graph))
    drawn, _ = pictured([LEDGER, LETTER])
    told = {(name.casefold(), why) for name, why in left_out(drawn.graph)}
    assert ("ledger", "who wrote it or passed it on is not said") not in told
    assert ("letter", "who wrote it or passed it on is not said") in told
    pages = {one.name.casefold() for one in drawn.graph.sources if one.id in drawn.pages}
    assert not {name for name, _ in told} & pages


def test_all_that_is_shown_is_left_out_by_some_article() -> None:
    folder = ROOT / "examples" / "dam"
    texts = [path.read_text() for path in sorted(folder.glob("*.txt"))]
    drawn, graphs = pictured([*texts, LEDGER, LETTER])
    own = {why for graph in graphs for _, why in left_out(graph)}
    assert {why for _, why in left_out(drawn.graph)} <= own
    page = describe(drawn.graph, trace_chains(drawn.graph))
    assert len(page["gaps"]) == len(findings(drawn.graph).gaps) > 0
    assert all(gap["evidence"] for gap in page["gaps"])
