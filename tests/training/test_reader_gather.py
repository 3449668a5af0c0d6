"""Texts of the corpus that the reader is trained on, as a tokenizer left them and made plain."""

import json
from pathlib import Path

import pytest

from training.reader.gather import gather, plain
from training.reader.marks import found, marks_of


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("`` We did n't know , '' she said .", "“We didn't know,” she said."),
        (
            "The mayor 's office ( on Elm St. ) can not pay $ 5 .",
            "The mayor's office (on Elm St.) cannot pay $5.",
        ),
        ("One line .\n\n\nAnother @ harbour .", "One line.\n\nAnother @harbour."),
        ("It ’ s late ; they ’ ve left !", "It’s late; they’ve left!"),
    ],
)
def test_blanks_of_the_tokenizer_go(kept: str, read: str) -> None:
    assert plain(kept) == read


def test_an_article_is_found_with_its_headline_and_without(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "jsons"
    folder.mkdir(parents=True)
    row = {"title": "Ferry stops", "content": "`` No money , '' said Olga Brandt ."}
    (folder / "a1.json").write_text(json.dumps(row), encoding="utf-8")
    assert gather(tmp_path, tmp_path / "out") == 1
    text = (tmp_path / "out" / "bias-a1.txt").read_text(encoding="utf-8")
    graph = {
        "sources": [{"id": "b", "name": "Olga Brandt", "type": "person", "aliases": []}],
        "flows": [
            {"from": "b", "to": "article", "kind": "reported_by", "evidence": "said Olga Brandt"}
        ],
    }
    body = text.partition("\n\n")[2]
    for read in (text, body):
        part, again = found(marks_of("bias-a1", read, graph), text)
        assert part == read
        assert again is not None
        assert again["sources"][0]["aliases"] == ["Olga Brandt"]
    assert (
        found(marks_of("bias-a1", "Something else", graph | {"sources": [], "flows": []}), text)[1]
        is None
    )
