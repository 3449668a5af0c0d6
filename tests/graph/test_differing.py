"""What changed between two versions of an article, in words and as JSON."""

import json
from pathlib import Path

import pytest

from provenance import build
from provenance.graph.differing import differences
from tests.conftest import Prov
from tests.helpers.generated_stories import report

BEFORE = """The harbour will close in November, Mara Quint, the port director, said on Monday.

Tomas Wren, a retired pilot, said that the pumps had failed before.

The union denied that its members had been told.
"""
AFTER = """The harbour will close in November, Mara Quint, the port director, said on Monday.

Tomas Wren, a retired pilot, said that the pumps might have failed before.

A ministry spokeswoman, Lena Marsh, said that no decision had been made.
"""


def test_what_was_added_dropped_and_reworded() -> None:
    found = {(d.change, d.what) for d in differences(build(BEFORE).record, build(AFTER).record)}
    assert {("added", "source"), ("dropped", "source"), ("added", "flow")} <= found
    assert ("added", "claim") in found
    texts = [d.text for d in differences(build(BEFORE).record, build(AFTER).record)]
    assert any("Lena Marsh" in text for text in texts)
    assert not any("Mara Quint" in text for text in texts)
    assert any("might have failed" in text for text in texts)


def test_the_same_graph_has_no_difference(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BEFORE)
    (tmp_path / "b.txt").write_text("It rained.\n\n" + BEFORE)
    result = prov("diff", tmp_path / "a.txt", tmp_path / "b.txt")
    assert (result.exit_code, result.stdout) == (0, "no difference\n")


def test_graphs_in_files_and_as_json(prov: Prov, tmp_path: Path) -> None:
    for name, text in (("a", BEFORE), ("b", AFTER)):
        (tmp_path / f"{name}.ttl").write_text(build(text).to_turtle())
    rows = json.loads(prov("diff", tmp_path / "a.ttl", tmp_path / "b.ttl", "--to", "json").stdout)
    assert {"what", "change", "text"} == set(rows[0])
    assert prov("diff", tmp_path / "a.ttl", tmp_path / "none.ttl").exit_code == 1


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("the crew apparently obtained the map", "the crew obtained the map", "hardened"),
        ("pumps in the harbour had failed", "pumps in the harbour might have failed", "softened"),
        ("the pump seemed to have failed in May", "the pump had failed in May", "hardened"),
        ("the crew had left in March", "the crew had left in May", "reworded"),
        ("the crew may have left on foot", "the crew may have left on horseback", "reworded"),
        ("perhaps the crew left", "the crew allegedly left", "reworded"),
        ("an aide said the crew left", "an aide added the crew left", "reworded"),
    ],
)
def test_words_that_hedge(before: str, after: str, change: str) -> None:
    one, other = (report("Ash Courier", "Ada Quill", claim=text) for text in (before, after))
    assert [(d.what, d.change) for d in differences(one, other)] == [("claim", change)]
