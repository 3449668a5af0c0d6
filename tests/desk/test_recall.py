"""The desk reads a graph once: a correction after that reads nothing, and nothing old is shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.articles.corpus import read_file
from provenance.desk import corrector
from provenance.desk.keeper import Keeper
from provenance.gathering import Settings, gather
from provenance.model import SourceGraph
from provenance.rdf import write_graphs, writing
from provenance.stores.embedded import Collection
from tests.helpers.desk_server import ARTICLE, story

SETTINGS = Settings()


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    one = Keeper(tmp_path / "s")
    yield one
    one.close()


def built(keeper: Keeper, file: Path, text: str = ARTICLE) -> str:
    """Build *text* in *file* into the store, and return its name there."""
    file.write_text(text, encoding="utf-8")
    (made,) = gather(read_file(file, {}), keeper, SETTINGS)
    assert made.built, made
    return made.article


def grade(keeper: Keeper, name: str, letter: str) -> SourceGraph:
    """Grade a source of the article *name*, and return the graph then."""
    what = {"action": "grade", "source": {"name": "Jonas Pell"}, "grade": letter}
    made = corrector.parse_correction(what, "Ada Quill")
    digest = SETTINGS.digest()
    return keeper.ask(lambda held: corrector.correct(held, name, made, digest))[0]


def test_a_further_correction_reads_no_graph_and_makes_triples_once(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = built(keeper, tmp_path / "a.txt")
    grade(keeper, name, "B")
    grade(keeper, name, "C")

    def fail(*args: Any, **how: Any) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr("provenance.stores.embedded.read_graphs", fail)
    monkeypatch.setattr("provenance.desk.corrector.read_graphs", fail)
    writing.graph_triples.cache_clear()
    graph = grade(keeper, name, "A")
    write_graphs([graph], "turtle")
    assert writing.graph_triples.cache_info().misses == 1
    assert [one.correction.grade for one in graph.corrections if one.correction.grade] == list(
        "BCA"
    )


def test_what_is_recalled_is_what_the_store_has(keeper: Keeper, tmp_path: Path) -> None:
    name = built(keeper, tmp_path / "a.txt")
    for letter in "BC":
        graph = grade(keeper, name, letter)
        assert keeper.ask(lambda held: held.graph(name)) == graph
        assert keeper.ask(lambda held: Collection.graph(held, name)) == graph


def test_an_article_that_is_replaced_is_not_recalled(keeper: Keeper, tmp_path: Path) -> None:
    old = built(keeper, tmp_path / "a.txt")
    grade(keeper, old, "B")
    new = built(keeper, tmp_path / "a.txt", story(3))
    assert keeper.ask(Collection.names) == [new]
    assert keeper.ask(lambda held: held.recalled(old)) is None
    assert new != old


def test_only_some_graphs_are_recalled(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.desk.keeper._MOST", 2)
    names = [built(keeper, tmp_path / f"{n}.txt", story(n)) for n in range(3)]
    for name in names:
        keeper.ask(lambda held, name=name: held.graph(name))  # type: ignore[misc]
    assert [bool(keeper.ask(lambda h, n=n: h.recalled(n))) for n in names] == [  # type: ignore[misc]
        False,
        True,
        True,
    ]
