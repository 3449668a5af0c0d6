"""Scoring attributions: by hand on small texts, and through the command line."""

import json
from pathlib import Path

import pytest

from provenance.errors import RecordError
from provenance.evaluation.attributions import (
    BEGIN,
    EXACT,
    OVERLAP,
    QUOTED,
    WHOLE,
    annotations_of,
    score_attributions,
)
from provenance.evaluation.brat import ROLES, Annotated, read_brat
from provenance.evaluation.corpora import read_gold
from tests.conftest import Prov
from tests.helpers.places import ROOT

#       0         1         2         3         4         5
#       0123456789012345678901234567890123456789012345678901234567
TEXT = 'Ann: "Yes, we can," said Bob Lee on Monday. "We will go."'
BOB = Annotated(((25, 32),), ((20, 24),), ((5, 19), (44, 57)))
ANN = Annotated((), ((3, 4),), ((0, 3),))
GOLD = annotations_of([BOB, ANN])


def scores(*predicted: Annotated) -> dict[tuple[str, str], tuple[int, int, int]]:
    tallies = score_attributions(TEXT, GOLD, annotations_of(predicted))
    return {key: (tally.right, tally.predicted, tally.gold) for key, tally in tallies.items()}


def test_gold_scores_full_against_itself() -> None:
    found = scores(BOB, ANN)
    assert all(
        right == predicted == gold
        for (kind, _), (right, predicted, gold) in found.items()
        if kind != QUOTED
    )
    assert found[EXACT, "Cue"] == (2, 2, 2)  # a cue of punctuation alone is kept
    assert found[QUOTED, ""] == (1, 0, 1)


def test_punctuation_at_the_edge_does_not_matter_and_half_a_name_does() -> None:
    found = scores(Annotated(((25, 28),), ((20, 24),), ((6, 18),)))
    assert found[EXACT, "Content"] == (1, 1, 3)
    assert found[EXACT, "Source"] == (0, 1, 1)
    assert found[BEGIN, "Source"] == found[OVERLAP, "Source"] == (1, 1, 1)
    assert found[WHOLE, ""] == (1, 1, 2)  # three of six words: half is enough


@pytest.mark.parametrize(
    "wrong",
    [
        Annotated(((25, 32),), ((20, 24),), ((6, 14),)),  # two of six words
        Annotated(((0, 3),), ((20, 24),), BOB.content),  # another source
        Annotated((), ((20, 24),), BOB.content),  # no source, where there is one
        Annotated(((25, 32),), ((33, 35),), BOB.content),  # another cue
    ],
)
def test_a_whole_attribution_is_right_in_each_role_or_not_at_all(wrong: Annotated) -> None:
    assert scores(wrong)[WHOLE, ""] == (0, 1, 2)


def test_the_same_gold_is_hit_once() -> None:
    assert scores(BOB, BOB)[WHOLE, ""] == (1, 2, 2)


def test_nothing_predicted() -> None:
    assert scores()[EXACT, "Content"] == (0, 0, 3)


BRAT = """T1\tSource 25 32\tBob Lee
T2\tCue 20 24\tsaid
T3\tContent 5 19;44 57\t"Yes, we can," "We will go."
T4\tDiscard 33 43\ton Monday.
T5\tAttribution 20 24\tsaid
E1\tAttribution:T5 Source:T1 Cue:T2 Content:T3
#1\tAnnotatorNotes E1\tclear
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "gazette_1.txt").write_text(TEXT, encoding="utf-8", newline="")
    (tmp_path / "attributions" / "gazette_1_bea.ann").write_text(BRAT, encoding="utf-8")
    (tmp_path / "attributions" / "gazette_1_zoe.ann").write_text("", encoding="utf-8")
    return tmp_path


def test_brat_is_read(corpus: Path) -> None:
    found = read_brat(corpus / "attributions" / "gazette_1_bea.ann")
    assert found.attributions == (BOB,)
    assert ("Content", 44, 57) in found.pieces
    assert {role for role, _, _ in found.pieces} == set(ROLES)


def test_of_several_annotators_the_first_is_gold(corpus: Path) -> None:
    (article,) = read_gold(corpus)
    assert article.name == "gazette_1"
    assert article.text == TEXT
    assert list(article.gold.attributions) == [BOB]


@pytest.mark.parametrize("line", ["T1\tSource 25\tBob", "T1\tSource a b\tBob", "T1\tCue ;\tx"])
def test_brat_that_is_broken_says_where(corpus: Path, line: str) -> None:
    path = corpus / "attributions" / "gazette_1_bea.ann"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(RecordError, match="line 1"):
        read_brat(path)


def test_evaluate_attributions(prov: Prov, corpus: Path) -> None:
    result = prov("evaluate", "attributions", str(corpus), "--json")
    assert result.exit_code == 0, result.stderr
    counts = json.loads(result.stdout)
    assert counts["all"]["exact Source"]["gold"] == 1
    assert counts["all"]["exact Source"]["right"] == 1
    assert counts["gazette"] == counts["all"]
    table = prov("evaluate", "attributions", str(corpus)).stdout
    assert "exact source" in table
    assert "100.0" in table


def test_evaluate_what_was_built_before(prov: Prov, corpus: Path, tmp_path: Path) -> None:
    gold, ours = tmp_path / "gold", tmp_path / "ours"
    for folder in (gold, ours):
        folder.mkdir()
    record = {
        "text": TEXT,
        "attributions": [{"source": [[25, 32]], "cue": [[20, 24]], "content": [[5, 19], [44, 57]]}],
    }
    (gold / "a.json").write_text(json.dumps(record), encoding="utf-8")
    nested = {**record["attributions"][0], "depth": 1}  # type: ignore[dict-item]
    both = {"text": TEXT, "attributions": [*record["attributions"], nested]}
    (ours / "a.json").write_text(json.dumps(both), encoding="utf-8")
    result = prov("evaluate", "attributions", str(gold), "--predicted", str(ours), "--json")
    counts = json.loads(result.stdout)["all"]
    assert counts["attribution"] == {"right": 1, "predicted": 1, "gold": 1, "f1": 1.0}


def test_evaluate_graphs(prov: Prov) -> None:
    examples = ROOT / "examples"
    result = prov("evaluate", "graphs", str(examples), "--json")
    counts = json.loads(result.stdout)
    assert list(counts)[-1] == "all"
    assert counts["all"]["sources"]["f1"] > 0.8
    assert counts["all"]["flows"]["gold"] == sum(
        one["flows"]["gold"] for name, one in counts.items() if name != "all"
    )


@pytest.mark.parametrize("what", ["attributions", "graphs"])
def test_a_folder_without_gold_gets_one_line(prov: Prov, tmp_path: Path, what: str) -> None:
    result = prov("evaluate", what, str(tmp_path))
    assert result.exit_code == 1
    assert result.stderr.startswith("prov: no ")
    assert result.stderr.count("\n") == 1


def test_gold_that_is_broken_gets_one_line(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": 3}', encoding="utf-8")
    result = prov("evaluate", "attributions", str(tmp_path))
    assert result.exit_code == 1
    assert "a.json" in result.stderr
    assert result.stderr.count("\n") == 1
