"""Annotations as stand-off marks: what comes back is what was annotated."""

import json
import re
from pathlib import Path

import pytest

from provenance.evaluation.graphs import score_graph
from provenance.model import SourceType
from tests.helpers.places import DATA, ROOT
from training.reader.marks import Letters, joined, marks_of, read_marks, write_marks

GOLDEN = DATA / "golden"
STEMS = sorted(path.name.removesuffix(".gold.json") for path in GOLDEN.glob("*.gold.json"))


@pytest.mark.parametrize("stem", STEMS[:6])
def test_marks_hold_no_text_and_give_the_graph_back(stem: str) -> None:
    text = (GOLDEN / f"{stem}.txt").read_text(encoding="utf-8")
    gold = json.loads((GOLDEN / f"{stem}.gold.json").read_text(encoding="utf-8"))
    marks = marks_of(stem, text, gold)
    words = set(re.findall(r"[a-z_]+", json.dumps(marks["sources"])))
    assert words <= {type_.value for type_ in SourceType}
    back = joined(marks, text)
    assert back is not None
    tallies = score_graph(gold, back)
    assert tallies["sources"].recall > 0.9
    assert tallies["flows"].recall > 0.9


def test_blanks_and_quotation_marks_move_nothing() -> None:
    text = 'Ann Lee said: "It is over."\n\nBoris Quill denied it.\n'
    gold = {
        "sources": [{"id": "a", "name": "Ann Lee", "type": "person", "aliases": ["Ann Lee"]}],
        "flows": [
            {"from": "a", "to": "article", "kind": "reported_by", "evidence": "Ann Lee said"}
        ],
    }
    marks = marks_of("x", text, gold)
    other = text.replace('"', "”").replace("\n\n", " \n ")
    back = joined(marks, other)
    assert back is not None
    assert back["sources"][0]["aliases"] == ["Ann Lee"]
    assert back["flows"][0]["evidence"] == "Ann Lee said"
    assert joined(marks, text + "More.") is None


def test_letters_know_their_places() -> None:
    letters = Letters("“Ja,” é 7")
    assert letters.mark(0, 9) == (0, 4)
    assert letters.words((0, 2)) == "Ja"
    assert letters.mark(0, 1) is None


def test_the_marks_that_ship_can_be_read(tmp_path: Path) -> None:
    shipped = ROOT / "training" / "reader" / "marks.jsonl.gz"
    rows = list(read_marks(shipped))
    assert len(rows) > 2600
    assert sum(len(row["disputes"]) for row in rows) > 1000
    out = tmp_path / "marks.jsonl.gz"
    assert write_marks([GOLDEN], out) == len(STEMS)
    assert len(list(read_marks(out))) == len(STEMS)
