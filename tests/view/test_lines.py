"""The lines that a claim comes by are one number: on its article's page and across all articles."""

from hypothesis import assume, given, settings

import provenance
from provenance.analysis import Links, brief_of, link, standings
from provenance.analysis.catalogue import catalogue
from provenance.analysis.questions import about
from provenance.graph import findings
from provenance.graph.gaps import LOOSE
from provenance.model import SourceGraph, Standing
from tests.view.test_one_number import graphs

STUDY = """Dam study finds deep cracks

Ada Quill and Ben Oster wrote the study. The upper dam has deep cracks, according to the study.
"""
ONE = "Engineer sees cracks\n\nThe upper dam has deep cracks, Ada Quill said on Monday.\n"
OTHER = "Diver warns\n\nBen Oster told the Valley Post that the upper dam has deep cracks.\n"


def linked(*graphs: SourceGraph) -> Links:
    texts = {graph.article.digest: graph.article.text for graph in graphs}
    by_digest = {graph.article.digest: graph for graph in graphs}
    briefs = {digest: brief_of(by_digest[digest]) for digest in sorted(by_digest)}
    return link(briefs, texts.__getitem__)


def counted(one: Standing) -> int:
    """Return by how many lines a claim comes, named or not."""
    return len(one.lines) + one.unknown + len(one.circular)


def shown(*texts: str) -> tuple[Standing, Links]:
    links = linked(*(provenance.build(text).record for text in texts))
    found = [one for one in standings(links) if "deep cracks" in one.text]
    return max(found, key=lambda one: len(one.carriers)), links


def test_a_study_of_two_is_one_line_of_both() -> None:
    one, links = shown(STUDY)
    (page,) = [
        len(point.lines)
        for point in findings(provenance.build(STUDY).record).points
        if "deep cracks" in point.text
    ]
    assert page == 1
    assert one.origins == ("Ada Quill", "Ben Oster")
    assert one.lines == (("Ada Quill", "Ben Oster"),)
    assert about(links, one).line.startswith("1 independent line (Ada Quill and Ben Oster)")
    (row,) = [row for row in catalogue(links, [one])["claims"] if row[0] == one.text]
    assert row[2] == [["Ada Quill", "Ben Oster"]]


def test_two_who_say_so_themselves_are_two_lines() -> None:
    one, links = shown(ONE, OTHER)
    assert one.lines == (("Ada Quill",), ("Ben Oster",))
    assert about(links, one).line.startswith("2 independent lines (Ada Quill, Ben Oster)")


def test_who_wrote_together_and_said_so_elsewhere_is_still_one_line() -> None:
    one, _ = shown(STUDY, ONE)
    assert len(one.carriers) == 2
    assert one.lines == (("Ada Quill", "Ben Oster"),)


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_a_page_and_the_list_count_the_same_lines(graph: SourceGraph) -> None:
    links = linked(graph)
    found = {ref.claim: one for one in standings(links) for ref in one.claims}
    assume(all(gap.reason != LOOSE for gap in findings(graph).gaps))  # it comes by no way at all
    for point in findings(graph).points:
        told_once = len(point.claims) == 1 and point.id in found
        if told_once and not found[point.id].circular:  # a circle has no line of its own there
            assert counted(found[point.id]) == len(point.lines), (point, found[point.id])
